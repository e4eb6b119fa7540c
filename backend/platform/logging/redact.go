package logging

import (
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
)

const hidden = "[redacted]"

// secretNames are parts of a name that give away a secret.
var secretNames = []string{"password", "passwd", "passphrase", "secret", "token", "authorization", "credential"}

// secretTexts find secrets inside longer texts. The first group, where there is one, is kept.
var secretTexts = []*regexp.Regexp{
	regexp.MustCompile(`\b(?:AKIA|ASIA|AIDA|AROA|ABIA|ACCA)[A-Z0-9]{16}\b`),
	regexp.MustCompile(`(?i)(\b(?:bearer|basic)\s+)[a-z0-9._~+/=-]{8,}`),
	regexp.MustCompile(`(?i)([a-z_-]*(?:password|passwd|passphrase|secret|token|authorization|credential|api_?key|access_?key|account_?key|private_?key)[a-z_-]*["']?\s*[:=]\s*["']?)[^\s"',;&}\]]+`),
	regexp.MustCompile(`(?i)([?&](?:sig|signature|x-amz-signature|x-amz-credential|x-goog-signature|key)=)[^&\s"]+`),
	regexp.MustCompile(`(://[^/\s:@]+:)[^/\s@]+@`),
	regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`),
	regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*`),
}

// redact is the ReplaceAttr of the log's handler.
func redact(groups []string, a slog.Attr) slog.Attr {
	if secretName(a.Key) || slices.ContainsFunc(groups, secretName) {
		return slog.String(a.Key, hidden)
	}
	switch a.Value.Kind() {
	case slog.KindString:
		return slog.String(a.Key, Redact(a.Value.String()))
	case slog.KindAny:
		if _, source := a.Value.Any().(*slog.Source); source {
			return a
		}
		// A %+v of a structure names its fields, so the texts above find them.
		if raw, ok := a.Value.Any().([]byte); ok {
			return slog.String(a.Key, Redact(string(raw)))
		}
		if level, ok := a.Value.Any().(slog.Level); ok {
			return slog.String(a.Key, level.String())
		}
		return slog.String(a.Key, Redact(fmt.Sprintf("%+v", a.Value.Any())))
	default:
		return a
	}
}

func secretName(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasSuffix(lower, "key") || slices.ContainsFunc(secretNames, func(s string) bool { return strings.Contains(lower, s) })
}

// Redact returns text with everything taken out that looks like a secret: access keys,
// bearer tokens, signatures of links, passwords in addresses, private keys.
func Redact(text string) string {
	for _, re := range secretTexts {
		keep := ""
		if re.NumSubexp() > 0 {
			keep = "${1}"
		}
		text = re.ReplaceAllString(text, keep+hidden)
	}
	return text
}
