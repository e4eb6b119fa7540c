package cli

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
)

func (r *runner) channelsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "channels", Short: "Say where alerts are sent to", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.channelsAddCommand(), r.channelsListCommand(), r.channelsSetCommand(), r.channelsRemoveCommand())
	return cmd
}

// secretMost bounds a secret that is read from standard input.
const secretMost = 8 << 10

func (r *runner) channelsAddCommand() *cobra.Command {
	var s notify.Settings
	var kind, tls string
	var hours hourFlags
	var fromStdin, asJSON bool
	cmd := &cobra.Command{
		Use: "add NAME", Short: "Send alerts by mail, to Slack or Teams, as signed JSON, or show them on this computer", Args: oneName("the channel one name"),
		Long: `Add keeps a channel for the alerts that are raised from now on. Its secret is read from standard input with --secret-stdin, goes into the keychain of
the system, and is never an argument: the password of an SMTP server, the address of a web hook of Slack or Teams, the key of the signature of JSON.
desktop shows notifications of the system on the computer that sends, and needs no secret.`,
		Example: "  pass mail/alerts | " + program + " alerts channels add Mail --kind smtp --host smtp.example.com --user alerts --from alerts@example.com --to finance@example.com --secret-stdin\n" +
			"  pass slack/hook | " + program + " alerts channels add Slack --kind slack --secret-stdin\n" +
			"  pass hook/key | " + program + " alerts channels add Hook --kind json --url https://example.com/alerts --secret-stdin",
		RunE: func(cmd *cobra.Command, args []string) error {
			s.Kind = notify.Kind(kind)
			if s.Kind == notify.SMTP {
				s.TLS = notify.TLS(tls)
			}
			if err := hours.apply(cmd, &s.Hours); err != nil {
				return err
			}
			secret := ""
			if fromStdin {
				text, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), secretMost))
				if err != nil {
					return finops.WrapError(finops.CodeInvalid, err, "The secret cannot be read from standard input.")
				}
				secret = strings.TrimRight(string(text), "\r\n")
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if err := w.Alerts.AddChannel(cmd.Context(), args[0], s, secret); err != nil {
					return err
				}
				return r.sayChannel(cmd.Context(), w, args[0], "Added", asJSON)
			})
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "`HOW` it sends: smtp, slack, teams, json or desktop")
	cmd.Flags().StringVar(&s.URL, "url", "", "the `ADDRESS` that JSON is sent to")
	cmd.Flags().StringVar(&s.Host, "host", "", "the SMTP `SERVER`")
	cmd.Flags().IntVar(&s.Port, "port", 0, "its `PORT`; the usual one of --tls where it is not given")
	cmd.Flags().StringVar(&tls, "tls", string(notify.StartTLS), "`HOW` the mail is kept private: starttls or tls")
	cmd.Flags().StringVar(&s.User, "user", "", "the `USER` who signs in to the SMTP server; nobody where it is not given")
	cmd.Flags().StringVar(&s.From, "from", "", "the `ADDRESS` that mails come from")
	cmd.Flags().StringArrayVar(&s.To, "to", nil, "an `ADDRESS` that mails go to; repeat the flag")
	cmd.Flags().BoolVar(&fromStdin, "secret-stdin", false, "read the secret from standard input")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the channel as JSON, without its secret")
	hours.register(cmd)
	return cmd
}

// hourFlags say when a channel sends.
type hourFlags struct{ digest, quiet string }

func (f *hourFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.digest, "digest", "", "send all alerts of a day together at a `TIME` such as 08:00; none = each as it is raised")
	cmd.Flags().StringVar(&f.quiet, "quiet", "", "send nothing in quiet hours such as 20:00-07:00: `FROM-TO`; none = there are none")
}

// apply changes what the flags say.
func (f *hourFlags) apply(cmd *cobra.Command, h *notify.Hours) error {
	if cmd.Flags().Changed("digest") {
		if h.Digest = f.digest; f.digest == "none" {
			h.Digest = ""
		}
	}
	if cmd.Flags().Changed("quiet") {
		from, to, ok := strings.Cut(f.quiet, "-")
		if f.quiet == "none" {
			from, to, ok = "", "", true
		}
		if h.QuietFrom, h.QuietTo = strings.TrimSpace(from), strings.TrimSpace(to); !ok {
			return finops.Errorf(finops.CodeInvalid, "--quiet %q is not FROM-TO such as 20:00-07:00.", f.quiet)
		}
	}
	return nil
}

func (r *runner) channelsSetCommand() *cobra.Command {
	var hours hourFlags
	var version int64
	var asJSON bool
	cmd := &cobra.Command{
		Use: "set NAME", Short: "Say when a channel sends: at once, once a day, not at night", Args: oneName("the channel by its name"),
		Long: `Set changes the daily digest and the quiet hours of a channel, in the time zone of the computer that sends. What is held back follows them. With --version
they are changed only if the channel still is of that version (list shows it), else the exit code is 3.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				c, err := w.Alerts.ChannelByName(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if err := hours.apply(cmd, &c.Hours); err != nil {
					return err
				}
				seen := int64(service.AnyVersion)
				if cmd.Flags().Changed("version") {
					seen = version
				}
				if err := w.Alerts.SetHours(cmd.Context(), c.Name, c.Hours, seen); err != nil {
					return err
				}
				return r.sayChannel(cmd.Context(), w, c.Name, "Saved", asJSON)
			})
		},
	}
	hours.register(cmd)
	cmd.Flags().Int64Var(&version, "version", 0, "change only version `N`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the channel as JSON, without its secret")
	return cmd
}

func (r *runner) channelsListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the channels", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listChannels(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

// sayChannel prints what became of a channel: a sentence, or the channel as it is now.
func (r *runner) sayChannel(ctx context.Context, w *service.Workspace, name, done string, asJSON bool) error {
	c, err := w.Alerts.ChannelByName(ctx, name)
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(r.out, channelJSON(c))
	}
	return r.print("%s the channel %s.\n", done, visible(c.Name))
}

func channelJSON(c service.AlertChannel) any {
	return struct {
		service.ChannelInfo
		URL  string   `json:"url" cli:"null"`
		Host string   `json:"host" cli:"null"`
		From string   `json:"from" cli:"null"`
		To   []string `json:"to"`
	}{c.Info(), c.URL, c.Host, c.From, c.To}
}

func (r *runner) listChannels(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListChannels)
	}
	channels, err := w.Alerts.Channels(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"channels", wire.Each(channels, channelJSON)}})
	}
	if len(channels) == 0 {
		return r.print("There are no channels.\n")
	}
	t := table{}
	for _, name := range []string{"Name", "Kind", "Sends to", "Digest", "Quiet", "Since", "By"} {
		t.column(name, false)
	}
	for _, c := range channels {
		to, quiet := c.URL, ""
		if c.Kind == notify.SMTP || c.Kind == notify.Desktop {
			to = c.Where("")
		}
		if c.QuietFrom != "" {
			quiet = c.QuietFrom + " to " + c.QuietTo
		}
		t.rows = append(t.rows, []string{c.Name, string(c.Kind), to, c.Digest, quiet, minute(c.AddedAt), c.AddedBy})
	}
	return t.write(r.out)
}

func (r *runner) channelsRemoveCommand() *cobra.Command {
	return r.deletion("remove", "Remove a channel and its secret; what it sent stays in the log", "the channel", func(w *service.Workspace) deleteFunc { return w.Alerts.RemoveChannel })
}

func (r *runner) alertsTestCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "test CHANNEL", Short: "Send a test message by a channel", Args: oneName("the channel by its name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				err := w.Alerts.Test(cmd.Context(), args[0])
				switch {
				case asJSON:
					var failed any
					if err != nil {
						failed = finops.MessageOf(err)
					}
					return errors.Join(err, writeJSON(r.out, object{{"channel", args[0]}, {"sent", err == nil}, {"error", failed}}))
				case err != nil:
					return err
				}
				return r.print("Sent a test message by %s.\n", visible(args[0]))
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print whether it was sent as JSON")
	return cmd
}

func (r *runner) alertsDeliverCommand() *cobra.Command {
	var out tableFlags
	var log bool
	cmd := &cobra.Command{
		Use: "deliver", Short: "Send the alerts that wait, each once by every channel", Args: noArguments,
		Long: `Deliver sends the alerts that were raised since a channel was added and were not sent by it yet. What a channel holds back, for its daily digest or its
quiet hours, waits for a later deliver; --log says until when. What fails is tried again by a later deliver, after
a pause that doubles from a minute to six hours, eight times in all. The exit code is 1 where something could not be sent.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out.file() && !log {
				return finops.Errorf(finops.CodeInvalid, "--format %s goes with --log, which lists what was sent.", out.format)
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.deliver(cmd.Context(), w, out, log) })
		},
	}
	out.register(cmd)
	cmd.Flags().BoolVar(&log, "log", false, "send nothing, and list what was sent and what was tried")
	return cmd
}

func (r *runner) deliver(ctx context.Context, w *service.Workspace, out tableFlags, log bool) error {
	if out.file() && log {
		return r.writeList(ctx, w, out, service.ListDeliveries)
	}
	var done []store.Delivery
	var err error
	if log {
		done, err = w.Alerts.Deliveries(ctx)
	} else {
		var tried []service.Delivered
		tried, err = w.Alerts.Deliver(ctx)
		for _, d := range tried {
			done = append(done, d.Delivery)
		}
	}
	if err != nil {
		return err
	}
	if err := r.printDeliveries(done, out.format == "json"); err != nil {
		return err
	}
	for _, d := range done {
		if !log && d.State != store.DeliverySent {
			return &exitError{exitFailed, "Not all alerts could be sent."}
		}
	}
	return nil
}

func (r *runner) printDeliveries(done []store.Delivery, asJSON bool) error {
	if asJSON {
		return writeJSON(r.out, object{{"deliveries", wire.Each(done, service.DeliveryOf)}})
	}
	if len(done) == 0 {
		return r.print("Nothing to send.\n")
	}
	t := table{}
	for i, name := range []string{"Alert", "Channel", "State", "Attempts", "Next", "Error"} {
		t.column(name, i == 0 || i == 3)
	}
	for _, d := range done {
		next := ""
		if d.State == store.DeliveryWaiting || d.State == store.DeliveryHeld {
			next = minute(d.NextAt)
		}
		t.rows = append(t.rows, []string{count(d.AlertID), d.Channel, string(d.State), count(d.Attempts), next, d.Error})
	}
	return t.write(r.out)
}
