package cli

import (
	"context"
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
	cmd.AddCommand(r.channelsAddCommand(), r.channelsListCommand(), r.channelsRemoveCommand())
	return cmd
}

// secretMost bounds a secret that is read from standard input.
const secretMost = 8 << 10

func (r *runner) channelsAddCommand() *cobra.Command {
	var s notify.Settings
	var kind, tls string
	var fromStdin bool
	cmd := &cobra.Command{
		Use: "add NAME", Short: "Send alerts by mail, to Slack or Teams, or as signed JSON", Args: oneName("the channel one name"),
		Long: `Add keeps a channel for the alerts that are raised from now on. Its secret is read from standard input with --secret-stdin, goes into the keychain of
the system, and is never an argument: the password of an SMTP server, the address of a web hook of Slack or Teams, the key of the signature of JSON.`,
		Example: "  pass mail/alerts | " + program + " alerts channels add Mail --kind smtp --host smtp.example.com --user alerts --from alerts@example.com --to finance@example.com --secret-stdin\n" +
			"  pass slack/hook | " + program + " alerts channels add Slack --kind slack --secret-stdin\n" +
			"  pass hook/key | " + program + " alerts channels add Hook --kind json --url https://example.com/alerts --secret-stdin",
		RunE: func(cmd *cobra.Command, args []string) error {
			s.Kind = notify.Kind(kind)
			if s.Kind == notify.SMTP {
				s.TLS = notify.TLS(tls)
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
				return r.print("Added the channel %s.\n", visible(strings.TrimSpace(args[0])))
			})
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "`HOW` it sends: smtp, slack, teams or json")
	cmd.Flags().StringVar(&s.URL, "url", "", "the `ADDRESS` that JSON is sent to")
	cmd.Flags().StringVar(&s.Host, "host", "", "the SMTP `SERVER`")
	cmd.Flags().IntVar(&s.Port, "port", 0, "its `PORT`; the usual one of --tls where it is not given")
	cmd.Flags().StringVar(&tls, "tls", string(notify.StartTLS), "`HOW` the mail is kept private: starttls or tls")
	cmd.Flags().StringVar(&s.User, "user", "", "the `USER` who signs in to the SMTP server; nobody where it is not given")
	cmd.Flags().StringVar(&s.From, "from", "", "the `ADDRESS` that mails come from")
	cmd.Flags().StringArrayVar(&s.To, "to", nil, "an `ADDRESS` that mails go to; repeat the flag")
	cmd.Flags().BoolVar(&fromStdin, "secret-stdin", false, "read the secret from standard input")
	return cmd
}

func (r *runner) channelsListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the channels", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listChannels(cmd.Context(), w, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the list as JSON")
	return cmd
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

func (r *runner) listChannels(ctx context.Context, w *service.Workspace, asJSON bool) error {
	channels, err := w.Alerts.Channels(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(r.out, object{{"channels", wire.Each(channels, channelJSON)}})
	}
	if len(channels) == 0 {
		return r.print("There are no channels.\n")
	}
	t := table{}
	for _, name := range []string{"Name", "Kind", "Sends to", "Since", "By"} {
		t.column(name, false)
	}
	for _, c := range channels {
		to := c.URL
		if c.Kind == notify.SMTP {
			to = strings.Join(c.To, ", ") + " by " + c.Host
		}
		t.rows = append(t.rows, []string{c.Name, string(c.Kind), to, minute(c.ChangedAt), c.ChangedBy})
	}
	return t.write(r.out)
}

func (r *runner) channelsRemoveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME", Short: "Remove a channel and its secret; what it sent stays in the log", Args: oneName("the channel by its name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return w.Alerts.RemoveChannel(cmd.Context(), args[0]) })
		},
	}
}

func (r *runner) alertsTestCommand() *cobra.Command {
	return &cobra.Command{
		Use: "test CHANNEL", Short: "Send a test message by a channel", Args: oneName("the channel by its name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if err := w.Alerts.Test(cmd.Context(), args[0]); err != nil {
					return err
				}
				return r.print("Sent a test message by %s.\n", visible(args[0]))
			})
		},
	}
}

func (r *runner) alertsDeliverCommand() *cobra.Command {
	var asJSON, log bool
	cmd := &cobra.Command{
		Use: "deliver", Short: "Send the alerts that wait, each once by every channel", Args: noArguments,
		Long: `Deliver sends the alerts that were raised since a channel was added and were not sent by it yet. What fails is tried again by a later deliver, after
a pause that doubles from a minute to six hours, eight times in all. The exit code is 1 where something could not be sent.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.deliver(cmd.Context(), w, asJSON, log) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	cmd.Flags().BoolVar(&log, "log", false, "send nothing, and list what was sent and what was tried")
	return cmd
}

func (r *runner) deliver(ctx context.Context, w *service.Workspace, asJSON, log bool) error {
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
	if err := r.printDeliveries(done, asJSON); err != nil {
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
	for i, name := range []string{"Alert", "Channel", "State", "Attempts", "Error"} {
		t.column(name, i == 0 || i == 3)
	}
	for _, d := range done {
		t.rows = append(t.rows, []string{count(d.AlertID), d.Channel, string(d.State), count(d.Attempts), d.Error})
	}
	return t.write(r.out)
}
