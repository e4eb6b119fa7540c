// Package notify sends alerts to where people read them: by e-mail over SMTP, to Slack and Teams, to any web hook as signed JSON, and as notifications
// of the system. It hides their formats, TLS, the signature, and which answers mean that trying again can help.
//
// A Channel has no state. Its Send contacts nobody but the address that it was made with, and answers finops errors: CodeUnavailable and
// CodeThrottled where trying again can help, CodeDenied where the other side refused, CodeInvalid for settings that cannot be used. No secret is
// ever part of one. docs/budgets.md says what is sent.
package notify
