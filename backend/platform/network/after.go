package network

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// retryAfter is the longest wait that an answer asks for; providers name several, of which only
// the longest one helps: Retry-After and x-ms-retry-after-ms, those of Azure's quotas, and times until a quota begins anew
// (hh:mm:ss). 0 = it asks for none.
func retryAfter(h http.Header, now time.Time) time.Duration {
	var longest time.Duration
	for name, values := range h {
		name = strings.ToLower(name)
		for _, text := range values {
			if wait, ok := waitOf(name, strings.TrimSpace(text), now); ok {
				longest = max(longest, wait)
			}
		}
	}
	return longest
}

func waitOf(name, text string, now time.Time) (time.Duration, bool) {
	if strings.HasSuffix(name, "resets-after") {
		at, err := time.Parse("15:04:05", text)
		return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second, err == nil
	}
	if !strings.Contains(name, "retry-after") {
		return 0, false
	}
	unit := time.Second
	if strings.HasSuffix(name, "-ms") {
		unit = time.Millisecond
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		return time.Duration(n * float64(unit)), n > 0 && n < 1e6
	}
	at, err := http.ParseTime(text)
	return at.Sub(now), err == nil
}
