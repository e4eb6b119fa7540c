package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

func (r *runner) rulesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "rules", Short: "List the rules that find savings, show or change one, or check your own",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.rulesListCommand(), r.rulesShowCommand(), r.rulesCheckCommand(), r.rulesSetCommand(), r.rulesSwitchCommand("off"), r.rulesSwitchCommand("on"), r.rulesPacksCommand())
	return cmd
}

// rules are those of the workspace where one is named, and those of the program otherwise.
func (r *runner) rules(ctx context.Context, fn func([]service.RuleState) error) error {
	if _, err := r.path(); err == nil {
		return r.withWorkspace(ctx, func(w *service.Workspace) error {
			states, err := w.Savings.RuleStates(ctx)
			if err != nil {
				return err
			}
			return fn(states)
		})
	}
	c, err := savings.Embedded()
	if err != nil {
		return err
	}
	states := make([]service.RuleState, len(c.Rules))
	for i, rule := range c.Rules {
		states[i].Rule = rule
	}
	return fn(states)
}

func (r *runner) rulesListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the rules; with --workspace also what was changed there", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out.file() {
				return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.writeList(cmd.Context(), w, out, service.ListRules) })
			}
			return r.rules(cmd.Context(), func(states []service.RuleState) error { return r.listRules(states, out.format == "json") })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listRules(states []service.RuleState, asJSON bool) error {
	if asJSON {
		return writeJSON(r.out, object{{"rules", wire.Each(states, stateJSON)}})
	}
	var t table
	for _, name := range []string{"Rule", "Title", "Providers", "Class", "Confidence", "Saving", "Changed"} {
		t.column(name, false)
	}
	for _, s := range states {
		rule := s.Rule
		t.rows = append(t.rows, []string{rule.ID, rule.Title, strings.Join(rule.Providers, ", "), rule.Class, rule.Confidence, rule.Saving, changedText(s)})
	}
	return t.write(r.out)
}

// changedText says what a person changed about a rule.
func changedText(s service.RuleState) string {
	var parts []string
	if s.Off {
		parts = append(parts, "off")
	}
	for _, c := range s.Changed {
		if c.Parameter != "" {
			parts = append(parts, c.Parameter+"="+c.Value)
		}
	}
	if s.Pack != "" {
		parts = append(parts, "from "+s.Pack)
	}
	return strings.Join(parts, ", ")
}

func (r *runner) rulesSetCommand() *cobra.Command {
	var seen func() int64
	cmd := &cobra.Command{
		Use: "set ID PARAMETER=VALUE…", Short: "Change parameters of a rule for this workspace; PARAMETER= is the default again",
		Long: `Set changes parameters of a rule for this workspace. With --version they are changed only if nobody changed the rule since that version
(changesVersion of list --json), else the exit code is 3.`,
		Example: "  " + program + " --workspace acme.cloudintel rules set A-NET-07 daysAbove=13",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return finops.Errorf(finops.CodeInvalid, "Name a rule and what to change, such as daysAbove=13. See `%s --help`.", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			values := map[string]string{}
			for _, arg := range args[1:] {
				name, value, ok := strings.Cut(arg, "=")
				if !ok {
					return finops.Errorf(finops.CodeInvalid, "%q is not a change; write it as PARAMETER=VALUE.", arg)
				}
				values[name] = value
			}
			return r.changeRule(cmd.Context(), func(w *service.Workspace) (service.RuleState, error) {
				return w.Savings.SetRule(cmd.Context(), args[0], values, seen())
			})
		},
	}
	seen = versionFlag(cmd)
	return cmd
}

func (r *runner) rulesSwitchCommand(word string) *cobra.Command {
	var seen func() int64
	cmd := &cobra.Command{
		Use: word + " ID", Short: "Switch a rule " + word + " for this workspace",
		Args: oneRule("Name one rule"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.changeRule(cmd.Context(), func(w *service.Workspace) (service.RuleState, error) {
				return w.Savings.SwitchRule(cmd.Context(), args[0], word == "on", seen())
			})
		},
	}
	seen = versionFlag(cmd)
	return cmd
}

func (r *runner) changeRule(ctx context.Context, change func(*service.Workspace) (service.RuleState, error)) error {
	return r.withWorkspace(ctx, func(w *service.Workspace) error {
		s, err := change(w)
		if err != nil {
			return err
		}
		return r.print("%s is %s. %s\n", s.Rule.ID, map[bool]string{true: "off", false: "on"}[s.Off], parametersText(s.Rule))
	})
}

func parametersText(rule *savings.Rule) string {
	if len(rule.Parameters) == 0 {
		return "It has no parameters."
	}
	var parts []string
	for _, p := range rule.Parameters {
		parts = append(parts, p.Name+"="+p.Used())
	}
	return strings.Join(parts, ", ")
}

func (r *runner) rulesPacksCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "packs", Short: "List the packs of rules of this workspace, which add to those of the program or take their place", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listPacks(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	cmd.AddCommand(r.addPackCommand(), r.deletion("remove", "Remove a pack; the rules of the program count again", "the pack", func(w *service.Workspace) deleteFunc { return w.Savings.RemovePack }))
	return cmd
}

func (r *runner) listPacks(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListRulePacks)
	}
	packs, err := w.Savings.Packs(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"packs", wire.Each(packs, service.RulePack.Info)}})
	}
	if len(packs) == 0 {
		return r.print("No packs.\n")
	}
	var t table
	for i, name := range []string{"Pack", "Version", "Rules", "Changed", "By"} {
		t.column(name, i == 1)
	}
	for _, p := range packs {
		t.rows = append(t.rows, []string{p.Name, count(p.Version), strings.Join(p.Info().Rules, ", "), minute(p.ChangedAt), p.ChangedBy})
	}
	return t.write(r.out)
}

func (r *runner) addPackCommand() *cobra.Command {
	var seen func() int64
	cmd := &cobra.Command{
		Use: "add PATH", Short: "Copy the rules of a folder into the workspace; their samples must pass", Args: oneRule("Name the folder with the rules"),
		Long: `Add copies the rules of a folder into the workspace, in place of a pack of the same name. With --version that pack is replaced only if it
still is of that version, else the exit code is 3; 0 = only where there is none.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				p, err := w.Savings.AddPack(cmd.Context(), args[0], seen())
				if err != nil {
					return err
				}
				return r.print("%s with %s.\n", p.Name, things(len(p.Rules), "rule"))
			})
		},
	}
	seen = versionFlag(cmd)
	return cmd
}

// ruleJSON is a rule with what its file says about how it counts.
type ruleJSON struct {
	service.RuleInfo
	Hours   string   `json:"hours" cli:"null"`
	Use     string   `json:"use" cli:"null"`
	Base    string   `json:"base" cli:"null"`
	Rates   string   `json:"rates" cli:"null"`
	Legs    []object `json:"legs"`
	Group   any      `json:"group"`
	By      string   `json:"by" cli:"null"`
	Related string   `json:"related" cli:"null"`
}

func stateJSON(s service.RuleState) ruleJSON {
	rule := s.Rule
	legs := wire.Each(rule.Legs, func(l savings.Leg) object {
		return object{{"lines", l.Lines}, {"ratio", orNull(l.Ratio)}, {"price", orNull(l.Price)}, {"atMost", orNull(l.AtMost)}}
	})
	return ruleJSON{s.Info(), rule.Hours, rule.Use, rule.Base, rule.Rates, legs, rule.Group, rule.By, rule.Related}
}

func (r *runner) rulesShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Print a rule as its file has it, without the samples",
		Args: oneRule("Name one rule"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.rules(cmd.Context(), func(states []service.RuleState) error {
				var c savings.Catalogue
				for _, s := range states {
					c.Rules = append(c.Rules, s.Rule)
				}
				rule, err := c.ByID(args[0])
				if err != nil {
					return err
				}
				at := slices.IndexFunc(states, func(s service.RuleState) bool { return s.Rule == rule })
				return writeJSON(r.out, stateJSON(states[at]))
			})
		},
	}
}

func oneRule(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return finops.Errorf(finops.CodeInvalid, "%s. See `%s --help`.", what, cmd.CommandPath())
		}
		return nil
	}
}

func (r *runner) rulesCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check PATH", Short: "Check the rules of a folder, and run the samples in them",
		Args: oneRule("Name the folder with the rules"),
		RunE: func(cmd *cobra.Command, args []string) error { return r.checkRules(cmd.Context(), args[0]) },
	}
}

func (r *runner) checkRules(ctx context.Context, path string) error {
	p, err := service.ReadPack(ctx, path)
	if err != nil {
		return err
	}
	samples := 0
	for _, text := range p.Rules {
		rule, err := savings.Decode([]byte(text))
		if err != nil {
			return err
		}
		samples += len(rule.Samples)
	}
	return r.print("%s with %s: all as they should be.\n", things(len(p.Rules), "rule"), things(samples, "sample"))
}
