package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
)

func (r *runner) connectionsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "connections", Short: "Connect to the places that bills come from by themselves", Args: noArguments,
		Long: `A connection is a place that bills come from by themselves, such as the bucket that AWS delivers exports into;
"sync" brings them in. Passwords and keys are kept in the keychain of the operating system and nowhere else. They are asked for in
the terminal, or read from standard input with --secret-stdin, and are never an argument.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.connectionsListCommand(), r.connectionKindsCommand(), r.connectionsAddCommand(), r.connectionsEditCommand(), r.connectionsTestCommand(), r.connectionsRemoveCommand(),
		r.connectionsPolicyCommand(), r.connectionsHostsCommand(), r.connectionsNetworkCommand())
	return cmd
}

func (r *runner) connectionsListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the connections, what they brought in and what is wrong with them", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listConnections(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listConnections(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListConnections)
	}
	connections, err := w.Connections.List(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"connections", wire.Each(connections, connectionOf)}})
	}
	if len(connections) == 0 {
		return r.print("The workspace has no connections.\n")
	}
	t := table{}
	for i, name := range []string{"Name", "Version", "Kind", "Months", "Last sync", "State", "Problem"} {
		t.column(name, i == 1)
	}
	for _, c := range connections {
		at, state := "never", ""
		if c.LastRun != nil {
			at, state = minute(c.LastRun.StartedAt), c.LastRun.State
		}
		t.rows = append(t.rows, []string{c.Name, fmt.Sprint(c.Version), c.Kind, monthRanges(c), at, state, c.Problem})
	}
	return t.write(r.out)
}

// monthRanges says from when to when a connection has brought in bills.
func monthRanges(c service.Connection) string {
	var months []string
	for _, m := range c.Months {
		if m.Month != "" {
			months = append(months, m.Month)
		}
	}
	if len(months) == 0 {
		return ""
	}
	slices.Sort(months)
	first, last := months[0], months[len(months)-1]
	if first == last {
		return first
	}
	return first + " to " + last
}

// connectionForScripts has the values by option.
type connectionForScripts struct {
	service.ConnectionInfo
	Values  map[string]string `json:"values"`
	LastRun *runForScripts    `json:"lastRun"` // null where it was never synced
}

func connectionOf(c service.Connection) connectionForScripts {
	f := connectionForScripts{ConnectionInfo: service.ConnectionOf(c, time.Now()), Values: c.Values}
	if c.LastRun != nil {
		run := runOf(*c.LastRun, c.Name)
		f.LastRun = &run
	}
	return f
}

// importNumber is null where nothing was imported.
func importNumber(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

func (r *runner) connectionKindsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "kinds", Short: "List the kinds of connections with their options", Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return writeJSON(r.out, object{{"kinds", wire.Each(r.deps.Connectors, service.ConnectorOf)}})
			}
			for _, k := range r.deps.Connectors {
				if err := r.print("%s: %s\n", k.Name(), k.Label()); err != nil {
					return err
				}
				for _, o := range k.Options() {
					if err := r.print("  %-18s %s\n", o.Name, optionText(o)); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the kinds as JSON")
	return cmd
}

func optionText(o source.Option) string {
	text := strings.TrimSpace(o.Label + ". " + o.Help + " " + o.Charge)
	if o.Example != "" {
		text += " Example: " + o.Example
	}
	if o.Required {
		text += " (required)"
	}
	if o.Secret {
		text += " (secret)"
	}
	if o.Switch {
		text += " (on or off)"
	}
	return text
}

func (r *runner) connectionsTestCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "test NAME", Short: "Go through what a sync needs, step by step", Args: oneName("the connection by its name"),
		Long: `Test signs in, looks which permissions are there, finds the exports and says what a sync will call. It changes nothing.
The exit code is 1 when a step fails.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				steps, err := w.Connections.Test(cmd.Context(), args[0], nil)
				if err != nil {
					return err
				}
				return r.printSteps(steps, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the steps as JSON")
	return cmd
}

func (r *runner) printSteps(steps []source.Step, asJSON bool) error {
	failed := slices.ContainsFunc(steps, func(s source.Step) bool { return !s.OK })
	needed := slices.ContainsFunc(steps, func(s source.Step) bool { return !s.OK && !s.Beside })
	var err error
	if asJSON {
		err = writeJSON(r.out, object{{"steps", wire.Each(steps, func(s source.Step) service.TestStep { return service.TestStep(s) })}})
	}
	for _, s := range steps {
		state := "ok"
		if !s.OK {
			state = "failed"
		}
		if !asJSON && err == nil {
			err = r.print("%-7s %s\n        %s\n", state, s.Name, visible(s.Detail))
		}
	}
	switch {
	case err != nil || !failed:
		return err
	case needed:
		return &exitError{exitFailed, "The connection cannot be used yet."}
	}
	return &exitError{exitFailed, "Bills can be synced; not everything beside them can be read."}
}

func (r *runner) connectionsRemoveCommand() *cobra.Command {
	return r.deletion("remove", "Remove a connection and its secrets; what it brought in stays", "the connection", func(w *service.Workspace) deleteFunc { return w.Connections.Remove })
}

func (r *runner) connectionsPolicyCommand() *cobra.Command {
	var form string
	f := connectionFlags{}
	cmd := &cobra.Command{
		Use: "policy KIND|NAME", Short: "Print the least that a connection must be allowed, to copy", Args: oneName("a kind of connection, or a connection by its name"),
		Long: `Policy prints what the provider must allow, made from the list of what the program calls: for a connection of
the workspace with its values, for a kind with those given by --set.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			values, err := f.values()
			if err != nil {
				return err
			}
			if slices.ContainsFunc(r.deps.Connectors, func(c source.Connector) bool { return c.Name() == args[0] }) {
				for _, c := range r.deps.Connectors {
					if c.Name() == args[0] {
						return r.printPolicies(c.Policies(values), form)
					}
				}
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				c, err := w.Connections.ByName(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				policies, err := w.Connections.Policies(c.Kind, c.Values)
				if err != nil {
					return err
				}
				return r.printPolicies(policies, form)
			})
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&form, "form", "json", "`json` or terraform")
	return cmd
}

func (r *runner) printPolicies(policies []source.Policy, form string) error {
	if form != "json" && form != "terraform" {
		return finops.Errorf(finops.CodeInvalid, "--form is json or terraform.")
	}
	if len(policies) == 0 {
		r.note("This kind of connection needs no permissions.")
	}
	for _, p := range policies {
		if p.Form != form {
			continue
		}
		r.note("%s. %s", p.Name, p.Note)
		if err := r.print("%s", p.Text); err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) connectionsHostsCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "hosts", Short: "List every host that was contacted, when, for what and how many bytes", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listHosts(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listHosts(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListHosts)
	}
	hosts, err := w.Connections.Hosts(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"hosts", wire.Each(hosts, service.HostOf)}})
	}
	if len(hosts) == 0 {
		return r.print("No host was ever contacted for this workspace.\n")
	}
	t := table{}
	for i, name := range []string{"Host", "For", "Calls", "Bytes sent", "Bytes received", "First", "Last"} {
		t.column(name, i >= 2 && i <= 4)
	}
	for _, h := range hosts {
		t.rows = append(t.rows, []string{h.Host, h.Purpose, count(h.Calls), count(h.Sent), count(h.Received), minute(h.First), minute(h.Last)})
	}
	return t.write(r.out)
}

func (r *runner) connectionsNetworkCommand() *cobra.Command {
	var offline, proxy, caFile, opening string
	var seen func() int64
	cmd := &cobra.Command{
		Use: "network", Short: "Show or change how the network is reached: offline switch, proxy, certificates", Args: noArguments,
		Long: `Without flags network shows the settings of the workspace. With --offline on nothing is contacted for it. Without a
proxy of its own the variables HTTPS_PROXY and NO_PROXY count. With --at-opening on the window syncs all connections when the workspace is opened
in it and when the computer wakes. With --version the settings are changed only if they still are of that version, else the exit code is 3.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				s, err := w.Connections.Network(cmd.Context())
				if err != nil {
					return err
				}
				changed := cmd.Flags().Changed
				if changed("offline") && offline != "on" && offline != "off" {
					return finops.Errorf(finops.CodeInvalid, "--offline is on or off.")
				}
				if changed("offline") {
					s.Offline = offline == "on"
				}
				if changed("proxy") {
					s.Proxy = strings.TrimPrefix(proxy, "none")
				}
				if changed("ca-file") {
					s.CAFile = strings.TrimPrefix(caFile, "none")
				}
				if changed("at-opening") && opening != "on" && opening != "off" {
					return finops.Errorf(finops.CodeInvalid, "--at-opening is on or off.")
				}
				if changed("at-opening") {
					s.AtOpening = opening == "on"
				}
				if cmd.Flags().NFlag() > 0 {
					if s.Version, err = w.Connections.SetNetwork(cmd.Context(), s, seen()); err != nil {
						return err
					}
				}
				return r.print("Offline: %s\nProxy: %s\nCertificates: %s\nSync at opening: %s\nVersion: %d\n",
					onOff(s.Offline), orElse(s.Proxy, "as the environment says"), orElse(s.CAFile, "those of the system"), onOff(s.AtOpening), s.Version)
			})
		},
	}
	seen = versionFlag(cmd)
	cmd.Flags().StringVar(&opening, "at-opening", "", "`on|off`")
	cmd.Flags().StringVar(&offline, "offline", "", "`on|off`")
	cmd.Flags().StringVar(&proxy, "proxy", "", "`URL` of a proxy, or none")
	cmd.Flags().StringVar(&caFile, "ca-file", "", "`FILE` of certificates in PEM form that are trusted, too, or none")
	return cmd
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return visible(text)
}
