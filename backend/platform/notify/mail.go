package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"cloud-intelligence/backend/finops"
)

// mailMax is how long sending one mail may take.
const mailMax = 30 * time.Second

func (s Settings) checkMail() error {
	if s.Host == "" || strings.ContainsAny(s.Host, "/ \r\n") || s.Port < 0 || s.Port > 65535 {
		return finops.Errorf(finops.CodeInvalid, "Name the SMTP server, such as smtp.example.com, and its port.")
	}
	if s.TLS != StartTLS && s.TLS != Always {
		return finops.Errorf(finops.CodeInvalid, "%q is not a way to use TLS; use starttls or tls.", string(s.TLS))
	}
	_, err := s.letter(Message{})
	return err
}

// letter writes a mail.
func (s Settings) letter(m Message) (*mail.Msg, error) {
	msg := mail.NewMsg()
	if err := msg.From(s.From); err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "%q is not an address that a mail can come from.", s.From)
	}
	if len(s.To) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "Name at least one address that mails go to.")
	}
	if err := msg.To(s.To...); err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "%q has an address that a mail cannot go to.", strings.Join(s.To, ", "))
	}
	msg.Subject(oneLine(m.title()))
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(m.ID + "@cloud-intelligence.invalid") // the same for every try
	msg.SetBodyString(mail.TypeTextPlain, m.sentences()+"\n\n"+m.Workspace+"\n")
	return msg, nil
}

// oneLine keeps what somebody named a budget from becoming a header of its own.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, text)
}

// mail sends a message by SMTP.
func (s Settings) mail(ctx context.Context, caFile, password string, m Message) error {
	msg, err := s.letter(m)
	if err != nil {
		return err
	}
	config := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12}
	if caFile != "" {
		pem, err := os.ReadFile(caFile)
		if err != nil {
			return finops.WrapError(finops.CodeInvalid, err, "The file of certificates %s cannot be read.", caFile)
		}
		if config.RootCAs, err = x509.SystemCertPool(); err != nil {
			config.RootCAs = x509.NewCertPool() // a system without certificates of its own
		}
		config.RootCAs.AppendCertsFromPEM(pem)
	}
	options := []mail.Option{mail.WithTimeout(mailMax), mail.WithTLSConfig(config)}
	if s.TLS == Always {
		options = append(options, mail.WithSSLPort(false))
	} else {
		options = append(options, mail.WithTLSPortPolicy(mail.TLSMandatory))
	}
	if s.Port != 0 {
		options = append(options, mail.WithPort(s.Port))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuthCustom(&signIn{host: s.Host, user: s.User, password: password}))
	}
	ctx, cancel := context.WithTimeout(ctx, mailMax)
	defer cancel()
	options = append(options, mail.WithDialContextFunc(s.dialUntil(ctx, config)))
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return finops.WrapError(finops.CodeInvalid, err, "The SMTP server %s cannot be used with these settings.", s.Host)
	}
	return s.explainMail(client.DialAndSendWithContext(ctx, msg))
}

// dialUntil connects so that the connection is closed when ctx is done. The library waits for answers without a limit, and some servers
// give none, such as after a sign-in that they refused.
func (s Settings) dialUntil(ctx context.Context, config *tls.Config) mail.DialContextFunc {
	return func(dial context.Context, network, address string) (net.Conn, error) {
		connect := (&net.Dialer{}).DialContext
		if s.TLS == Always {
			connect = (&tls.Dialer{Config: config}).DialContext
		}
		conn, err := connect(dial, network, address)
		if err == nil {
			context.AfterFunc(ctx, func() { _ = conn.Close() }) // whoever reads gets an error
		}
		return conn, err
	}
}

// signIn signs in by the best way that the server offers. The library would choose too, but not over a connection that it did not open itself.
type signIn struct {
	host, user, password string

	smtp.Auth
}

// Start begins to sign in.
func (s *signIn) Start(server *smtp.ServerInfo) (way string, first []byte, err error) {
	for _, offered := range []struct {
		name string
		auth smtp.Auth
	}{
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(s.user, s.password)}, {"PLAIN", smtp.PlainAuth("", s.user, s.password, s.host, false)},
		{"LOGIN", smtp.LoginAuth(s.user, s.password, s.host, false)}, {"CRAM-MD5", smtp.CRAMMD5Auth(s.user, s.password)},
	} {
		if slices.ContainsFunc(server.Auth, func(name string) bool { return strings.EqualFold(name, offered.name) }) {
			s.Auth = offered.auth
			way, first, err = s.Auth.Start(server)
			if err != nil {
				err = fmt.Errorf("sign in by %s: %w", offered.name, err)
			}
			return way, first, err
		}
	}
	return "", nil, fmt.Errorf("the server offers none of the ways to sign in that are known, only %q", server.Auth)
}

// explainMail says whether trying again can help.
func (s Settings) explainMail(err error) error {
	if err == nil {
		return nil
	}
	var send *mail.SendError
	if errors.As(err, &send) && !send.IsTemp() && send.ErrorCode() >= 500 {
		return finops.WrapError(finops.CodeDenied, err, "The SMTP server %s refused the mail. Check the sender, the receivers and the password.", s.Host)
	}
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	if errors.As(err, &unknown) || errors.As(err, &name) {
		return finops.WrapError(finops.CodeDenied, err, "The certificate of %s is not trusted, so that nothing was sent.", s.Host)
	}
	text := err.Error()
	if strings.Contains(text, "AUTH failed") || strings.Contains(text, "535") {
		return finops.Errorf(finops.CodeDenied, "The SMTP server %s refused the sign-in. Check the user and the password.", s.Host)
	}
	return finops.WrapError(finops.CodeUnavailable, err, "The SMTP server %s could not be reached, or did not take the mail.", s.Host)
}
