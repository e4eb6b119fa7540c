package cli

import (
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
)

func (r *runner) rulesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "rules", Short: "List the rules that find savings, show one, or check your own",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.rulesListCommand(), r.rulesShowCommand(), r.rulesCheckCommand())
	return cmd
}

func (r *runner) rulesListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the rules", Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			c, err := savings.Embedded()
			if err != nil {
				return err
			}
			if asJSON {
				all := []object{}
				for _, rule := range c.Rules {
					all = append(all, ruleJSON(rule))
				}
				return writeJSON(r.out, object{{"rules", all}})
			}
			var t table
			for _, name := range []string{"Rule", "Title", "Providers", "Class", "Confidence", "Saving"} {
				t.column(name, false)
			}
			for _, rule := range c.Rules {
				t.rows = append(t.rows, []string{rule.ID, rule.Title, strings.Join(rule.Providers, ", "), rule.Class, rule.Confidence, rule.Saving})
			}
			return t.write(r.out)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the rules as JSON")
	return cmd
}

func ruleJSON(rule *savings.Rule) object {
	parameters := []object{}
	for _, p := range rule.Parameters {
		parameters = append(parameters, object{{"name", p.Name}, {"default", p.Default}, {"unit", p.Unit}, {"least", p.Least}, {"most", p.Most}})
	}
	return object{
		{"id", rule.ID}, {"version", rule.Version}, {"title", rule.Title}, {"providers", rule.Providers}, {"service", rule.Service}, {"detects", rule.Detects},
		{"match", rule.Match}, {"hours", orNull(rule.Hours)}, {"use", orNull(rule.Use)}, {"base", orNull(rule.Base)}, {"group", rule.Group}, {"parameters", parameters},
		{"lookback", rule.Lookback}, {"leastDays", rule.LeastDays}, {"saving", rule.Saving}, {"stage", rule.Stage}, {"class", rule.Class}, {"confidence", rule.Confidence},
		{"restsOn", rule.RestsOn}, {"refutedBy", rule.RefutedBy},
		{"fix", object{{"console", rule.Fix.Console}, {"cli", rule.Fix.CLI}, {"terraform", rule.Fix.Terraform}}},
		{"effort", rule.Effort}, {"reversibility", rule.Reversibility}, {"sources", rule.Sources},
	}
}

func (r *runner) rulesShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Print a rule as its file has it, without the samples",
		Args: oneRule("Name one rule"),
		RunE: func(_ *cobra.Command, args []string) error {
			c, err := savings.Embedded()
			if err != nil {
				return err
			}
			rule, err := c.ByID(args[0])
			if err != nil {
				return err
			}
			return writeJSON(r.out, ruleJSON(rule))
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
	info, err := os.Stat(path)
	if err != nil {
		return finops.WrapError(finops.CodeNotFound, err, "The folder %s is not there.", path)
	}
	if !info.IsDir() {
		return finops.Errorf(finops.CodeInvalid, "%s is no folder. Name the folder with the rules, each a file ID.yaml.", path)
	}
	c, err := savings.Load(os.DirFS(path))
	if err != nil {
		return err
	}
	samples := 0
	for _, rule := range c.Rules {
		if err := rule.Test(ctx); err != nil {
			return err
		}
		samples += len(rule.Samples)
	}
	return r.print("%s with %s: all as they should be.\n", things(len(c.Rules), "rule"), things(samples, "sample"))
}
