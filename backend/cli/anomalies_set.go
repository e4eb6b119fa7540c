package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

func (r *runner) anomaliesSetCommand() *cobra.Command {
	var state, note string
	cmd := &cobra.Command{
		Use: "set ID --state STATE", Short: "Say how an anomaly stands: open, expected or resolved", Args: oneName("the anomaly by its id"),
		Long: `Set keeps the state of an anomaly and a note to it. It counts more than what the data and mute rules say. With --version it is
changed only if it still is of that version (anomalies --json shows it; 0 = nothing was said), else the exit code is 3.`,
		Example: "  " + program + " --workspace acme.cloudintel anomalies set 4761c783f59f --state expected --note 'Load test'",
	}
	cmd.Flags().StringVar(&state, "state", "", "`STATE`: open, expected or resolved")
	cmd.Flags().StringVar(&note, "note", "", "`TEXT` to keep with it")
	seen := versionFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
			version, err := w.Anomalies.Mark(cmd.Context(), args[0], anomaly.State(state), note, seen())
			if err != nil {
				return err
			}
			return r.print("Saved the state of %s, version %d.\n", visible(args[0]), version)
		})
	}
	return cmd
}

func (r *runner) anomaliesMuteCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "mute", Short: "List, save or remove rules that mute anomalies", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.muteListCommand(), r.muteSetCommand(), r.deletion("delete", "Remove a mute rule", "the rule", func(w *service.Workspace) deleteFunc { return w.Anomalies.DeleteMuteRule }))
	return cmd
}

func (r *runner) muteListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the mute rules", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if out.file() {
					return r.writeList(cmd.Context(), w, out, service.ListMuteRules)
				}
				rules, err := w.Anomalies.MuteRules(cmd.Context())
				if err != nil {
					return err
				}
				return r.listMutes(rules, out.format == "json")
			})
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listMutes(rules []service.MuteRule, asJSON bool) error {
	all := []any{}
	t := table{}
	for i, name := range []string{"Name", "Version", "Where", "Kind", "Note"} {
		t.column(name, i == 1)
	}
	for _, rule := range rules {
		keys := object{}
		var where []string
		for _, level := range anomaly.Levels {
			if value, ok := rule.Keys[level]; ok {
				keys = append(keys, field{level, value})
				where = append(where, level+"="+value)
			}
		}
		all = append(all, struct {
			service.MuteRuleInfo
			Keys    object `json:"keys"`
			Version int64  `json:"version"`
		}{rule.Info(), keys, rule.Version})
		t.rows = append(t.rows, []string{rule.Name, fmt.Sprint(rule.Version), strings.Join(where, ", "), string(rule.Kind), rule.Note})
	}
	switch {
	case asJSON:
		return writeJSON(r.out, object{{"rules", all}})
	case len(rules) == 0:
		return r.print("The workspace has no mute rules.\n")
	}
	return t.write(r.out)
}

func (r *runner) muteSetCommand() *cobra.Command {
	var where []string
	var kind, note string
	cmd := &cobra.Command{
		Use: "set NAME [--where COLUMN=VALUE]… [--kind KIND]", Short: "Save a rule that mutes anomalies", Args: oneName("the rule one name"),
		Long: "Set keeps a rule under a name. It mutes the anomalies of which all that it names is true: " + strings.Join(anomaly.Levels[:], ", ") + `, and the kind.
With --version it is replaced only if it still is of that version, else the exit code is 3.`,
		Example: "  " + program + " --workspace acme.cloudintel anomalies mute set sandbox --where SubAccountId=500100200301 --kind spike",
	}
	cmd.Flags().StringArrayVar(&where, "where", nil, "`COLUMN=VALUE` that an anomaly must have; may be given several times")
	cmd.Flags().StringVar(&kind, "kind", "", "`KIND`: spike, shift, drop or drift")
	cmd.Flags().StringVar(&note, "note", "", "`TEXT` to keep with it")
	seen := versionFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		rule := service.MuteRule{Name: args[0], Keys: map[string]string{}, Kind: anomaly.Kind(kind), Note: note}
		for _, w := range where {
			column, value, ok := strings.Cut(w, "=")
			if !ok {
				return finops.Errorf(finops.CodeInvalid, "%q names no value; write it as COLUMN=VALUE.", w)
			}
			rule.Keys[column] = value
		}
		return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
			version, err := w.Anomalies.SaveMuteRule(cmd.Context(), rule, seen())
			if err != nil {
				return err
			}
			return r.print("Saved the mute rule %s, version %d.\n", visible(strings.TrimSpace(args[0])), version)
		})
	}
	return cmd
}

func (r *runner) anomaliesSensitivityCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "sensitivity", Short: "Show, set or preview how far a day must be off, for all usage or a scope", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listSensitivities(cmd.Context(), w) })
		},
	}
	var scope string
	cmd.PersistentFlags().StringVar(&scope, "scope", service.AllUsage, "the `SCOPE` by its name; "+service.AllUsage+" = all usage that no scope with a sensitivity has")
	set := &cobra.Command{
		Use: "set LEVEL", Short: "Set the sensitivity: low, medium or high", Args: oneName("the sensitivity: low, medium or high"),
		Long: "Set keeps the sensitivity of a scope. With --version it is changed only if it still is of that version, else the exit code is 3.",
	}
	seen := versionFlag(set)
	set.RunE = func(cmd *cobra.Command, args []string) error {
		return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
			version, err := w.Anomalies.SetSensitivity(cmd.Context(), scope, args[0], seen())
			if err != nil {
				return err
			}
			return r.print("Saved the sensitivity of %s, version %d.\n", visible(scope), version)
		})
	}
	unset := &cobra.Command{Use: "clear", Short: "Take back what is set for a scope", Args: noArguments}
	seenToClear := versionFlag(unset)
	unset.RunE = func(cmd *cobra.Command, _ []string) error {
		return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
			return w.Anomalies.ClearSensitivity(cmd.Context(), scope, seenToClear())
		})
	}
	preview := &cobra.Command{
		Use: "preview", Short: "Say what each sensitivity would have found in the last 90 days", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.previewSensitivity(cmd.Context(), w, scope) })
		},
	}
	cmd.AddCommand(set, unset, preview)
	return cmd
}

func (r *runner) listSensitivities(ctx context.Context, w *service.Workspace) error {
	list, err := w.Anomalies.Sensitivities(ctx)
	if err != nil {
		return err
	}
	t := table{}
	for i, name := range []string{"Scope", "Sensitivity", "Version", "Problem"} {
		t.column(name, i == 2)
	}
	for _, s := range list {
		t.rows = append(t.rows, []string{s.Scope, s.Level, fmt.Sprint(s.Version), s.Problem})
	}
	return t.write(r.out)
}

func (r *runner) previewSensitivity(ctx context.Context, w *service.Workspace, scope string) error {
	list, err := w.Anomalies.Preview(ctx, scope)
	if err != nil {
		return err
	}
	t := table{}
	for i, name := range []string{"Sensitivity", "From", "To", "Anomalies"} {
		t.column(name, i == 3)
	}
	for _, p := range list {
		t.rows = append(t.rows, []string{p.Level, p.From.String(), p.To.String(), fmt.Sprint(len(p.Anomalies))})
	}
	return t.write(r.out)
}
