package notify

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

// Kind says how a channel sends.
type Kind string

// The kinds of channels.
const (
	SMTP  Kind = "smtp"
	Slack Kind = "slack"
	Teams Kind = "teams"
	JSON  Kind = "json"
	// Desktop shows a notification of the system, on the computer that sends.
	Desktop Kind = "desktop"
)

// Kinds lists them.
var Kinds = []Kind{SMTP, Slack, Teams, JSON, Desktop}

// Settings of a channel, without its secret. Their JSON is kept in workspaces.
type Settings struct {
	Kind Kind     `json:"kind"`
	URL  string   `json:"url,omitempty"`  // of a web hook that takes JSON
	Host string   `json:"host,omitempty"` // of an SMTP server
	Port int      `json:"port,omitempty"` // 0 = the usual one of TLS
	TLS  TLS      `json:"tls,omitempty"`
	User string   `json:"user,omitempty"` // "" = no sign-in
	From string   `json:"from,omitempty"`
	To   []string `json:"to,omitempty"`
	Hours
}

// TLS says how a mail is kept from others on its way.
type TLS string

// The ways to use TLS. There is none without: a mail says what somebody spends.
const (
	StartTLS TLS = "starttls" // the connection becomes private before anything is sent
	Always   TLS = "tls"      // from its first byte on
)

// Alert is one alert of a message.
type Alert struct {
	ID         string // the same in every message
	Budget     string // "" = a rule raised it
	Rule       string // "" = a budget raised it
	Period     string // of a budget, by its name: "2026-10"
	PeriodText string // the same in words: "Oct 2026"
	About      string // of a rule: the id of the anomaly, of the finding …
	Kind       string // of the threshold or the rule
	Percent    string // of a budget
	CrossedAt  finops.Day
	SeenAt     time.Time
	Text       string // the sentence
}

// Message is what is sent: an alert, a digest of several, or a test without any.
type Message struct {
	ID        string // the same for every try, so that a receiver can tell a repetition
	Workspace string
	Alerts    []Alert
	Digest    bool
	Text      string    // of a test
	At        time.Time // of the try
}

// title says in a few words what a message is of.
func (m Message) title() string {
	switch {
	case len(m.Alerts) == 0:
		return "Test of alerts"
	case m.Digest && len(m.Alerts) == 1:
		return "1 alert of " + m.Workspace
	case m.Digest:
		return fmt.Sprintf("%d alerts of %s", len(m.Alerts), m.Workspace)
	case m.Alerts[0].Rule != "":
		return "Alert " + m.Alerts[0].Rule
	}
	return "Budget " + m.Alerts[0].Budget + ", " + m.Alerts[0].PeriodText
}

// sentences are those of a message, of a digest each on a line.
func (m Message) sentences() string {
	switch {
	case len(m.Alerts) == 0:
		return m.Text
	case !m.Digest:
		return m.Alerts[0].Text
	}
	list := make([]string, len(m.Alerts))
	for i, a := range m.Alerts {
		list[i] = "- " + a.Text
	}
	return strings.Join(list, "\n")
}

// titled are the sentences of a message where it is shown without its title.
func (m Message) titled() string {
	if m.Digest {
		return m.title() + ":\n" + m.sentences()
	}
	return m.sentences()
}

// SecretName says what the secret of a kind is.
func SecretName(k Kind) string {
	switch k {
	case SMTP:
		return "password"
	case Slack, Teams:
		return "address of the web hook"
	case JSON:
		return "key of the signature"
	case Desktop:
	}
	return "secret"
}

// NeedsSecret reports whether a channel of these settings needs a secret.
func (s Settings) NeedsSecret() bool {
	return s.Kind != Desktop && (s.Kind != SMTP || s.User != "")
}

// Check answers CodeInvalid, in one sentence, for settings that cannot be used.
func (s Settings) Check(secret string) error {
	if err := s.Hours.Check(); err != nil {
		return err
	}
	switch s.Kind {
	case Desktop:
		return nil
	case SMTP:
		return s.checkMail()
	case Slack, Teams:
		return checkURL(secret, "The address of the web hook")
	case JSON:
		if len(secret) < 16 {
			return finops.Errorf(finops.CodeInvalid, "The key of the signature needs at least 16 characters.")
		}
		return checkURL(s.URL, "The address")
	}
	return finops.Errorf(finops.CodeInvalid, "%q is not a kind of channel; use smtp, slack, teams, json or desktop.", string(s.Kind))
}

// checkURL wants TLS, but on this computer.
func checkURL(text, what string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil {
		return finops.Errorf(finops.CodeInvalid, "%s must be one such as https://example.com/hook.", what)
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	if u.Scheme != "https" && (u.Scheme != "http" || !local) {
		return finops.Errorf(finops.CodeInvalid, "%s must begin with https://.", what)
	}
	return nil
}

// Where names the place that a channel sends to, without what is secret.
func (s Settings) Where(secret string) string {
	switch s.Kind {
	case SMTP:
		return strings.Join(s.To, ", ") + " by " + s.Host
	case Slack, Teams:
		if u, err := url.Parse(secret); err == nil {
			return u.Host
		}
	case JSON:
		if u, err := url.Parse(s.URL); err == nil {
			return u.Host
		}
	case Desktop:
		return "this computer"
	}
	return string(s.Kind)
}

// Send sends a message. caFile names certificates that are trusted beside those of the system; "" = none.
func (s Settings) Send(ctx context.Context, door *network.Door, caFile, secret string, m Message) error {
	if err := s.Check(secret); err != nil {
		return err
	}
	switch s.Kind {
	case SMTP:
		return s.mail(ctx, caFile, secret, m)
	case Desktop:
		return s.desktop(ctx, m)
	case Slack, Teams, JSON:
	}
	return s.post(ctx, door, secret, m)
}
