package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

// The headers of a signed message.
const (
	HeaderID        = "Idempotency-Key"
	HeaderTime      = "X-Timestamp"     // seconds since 1970
	HeaderSignature = "X-Signature-256" // sha256=HEX, see Sign
)

// answerMax is how much of an answer is read.
const answerMax = 64 << 10

// Sign is the signature of a body at a time: HMAC-SHA256 over the time, a point and the body, in hexadecimal digits.
func Sign(key, at string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = mac.Write([]byte(at + ".")) // a hash never fails
	_, _ = mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// post sends a message to a web hook, and again where that can help.
func (s Settings) post(ctx context.Context, door *network.Door, secret string, m Message) error {
	body, err := s.body(m)
	if err != nil {
		return err
	}
	address := s.URL
	if s.Kind != JSON {
		address = secret
	}
	lane := door.Lane(network.API{Name: s.api(), PerSecond: 1, Burst: 5}, "alerts", nil)
	client := lane.Client()
	return lane.Do(ctx, func(ctx context.Context) error {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
		if err != nil {
			return finops.Errorf(finops.CodeInvalid, "The address of the web hook cannot be used.") // the error has the address, which may be secret
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set(HeaderID, m.ID)
		if s.Kind == JSON {
			at := strconv.FormatInt(m.At.Unix(), 10)
			r.Header.Set(HeaderTime, at)
			r.Header.Set(HeaderSignature, Sign(secret, at, body))
		}
		answer, err := client.Do(r)
		if err != nil {
			return s.hide(err)
		}
		defer answer.Body.Close() // it was read as far as it matters
		if _, err := io.Copy(io.Discard, io.LimitReader(answer.Body, answerMax)); err != nil {
			return s.hide(err)
		}
		return s.answered(answer.StatusCode)
	})
}

// hide keeps the address, which may be secret, out of an error.
func (s Settings) hide(err error) error {
	if code := finops.CodeOf(err); code != finops.CodeInternal {
		return finops.Errorf(code, "%s", finops.MessageOf(err))
	}
	return finops.Errorf(finops.CodeUnavailable, "%s could not be reached.", s.name())
}

func (s Settings) name() string {
	switch s.Kind {
	case Slack:
		return "Slack"
	case Teams:
		return "Teams"
	case SMTP, JSON, Desktop:
	}
	return "The web hook"
}

// api names whom a pace and a breaker are of: a web hook of one's own that fails leaves those of other hosts alone.
func (s Settings) api() string {
	if u, err := url.Parse(s.URL); s.Kind == JSON && err == nil {
		return s.name() + " at " + u.Host
	}
	return s.name()
}

// answered turns a status into an error.
func (s Settings) answered(status int) error {
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusTooManyRequests:
		return finops.Errorf(finops.CodeThrottled, "%s asks to wait longer (status %d).", s.name(), status)
	case status >= 500, status == http.StatusRequestTimeout:
		return finops.Errorf(finops.CodeUnavailable, "%s answered with status %d.", s.name(), status)
	}
	return finops.Errorf(finops.CodeDenied, "%s refused the message with status %d. Check its address and whether it is still set up there.", s.name(), status)
}

// body writes a message as its receiver reads it.
func (s Settings) body(m Message) ([]byte, error) {
	var v any
	switch s.Kind {
	case Slack:
		// These three are all that Slack reads as anything but text.
		v = map[string]string{"text": escaped(m.titled())}
	case Teams:
		v = map[string]any{"type": "message", "attachments": []any{map[string]any{
			"contentType": "application/vnd.microsoft.card.adaptive",
			"content": map[string]any{
				"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
				"body": []any{map[string]any{"type": "TextBlock", "wrap": true, "text": strings.ReplaceAll(m.titled(), "\n", "\n\n")}}, // a line of its own
			},
		}}}
	case JSON, SMTP, Desktop:
		v = m.signed()
	}
	body, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write a message: %w", err)
	}
	return body, nil
}

// alertBody is one alert as JSON.
type alertBody struct {
	ID        string     `json:"id"`
	Workspace string     `json:"workspace"`
	Budget    string     `json:"budget"`
	Rule      string     `json:"rule"`
	Period    string     `json:"period"`
	About     string     `json:"about"`
	Kind      string     `json:"kind"`
	Percent   string     `json:"percent"`
	CrossedAt finops.Day `json:"crossedAt"`
	SeenAt    string     `json:"seenAt"`
	Message   string     `json:"message"`
	Test      bool       `json:"test"`
}

func (m Message) alertBody(a Alert) alertBody {
	return alertBody{a.ID, m.Workspace, a.Budget, a.Rule, a.Period, a.About, a.Kind, a.Percent, a.CrossedAt, a.SeenAt.UTC().Format(time.RFC3339), a.Text, false}
}

// signed is what a web hook of JSON gets: one alert, a list of them, or a test.
func (m Message) signed() any {
	switch {
	case len(m.Alerts) == 0:
		test := m.alertBody(Alert{ID: m.ID, CrossedAt: finops.DayOfUnix(m.At.Unix()), SeenAt: m.At, Text: m.Text})
		test.Test = true
		return test
	case !m.Digest:
		return m.alertBody(m.Alerts[0])
	}
	list := make([]alertBody, len(m.Alerts))
	for i, a := range m.Alerts {
		list[i] = m.alertBody(a)
	}
	return struct {
		ID        string      `json:"id"`
		Workspace string      `json:"workspace"`
		Message   string      `json:"message"`
		Alerts    []alertBody `json:"alerts"`
	}{m.ID, m.Workspace, m.title(), list}
}
