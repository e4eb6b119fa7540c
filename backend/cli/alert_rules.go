package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

func (r *runner) alertRulesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "rules", Short: "Say what raises alerts beside budgets: anomalies, late data, commitments that expire, lost savings", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.alertRulesListCommand(), r.alertRulesSetCommand(), r.alertRulesDeleteCommand())
	return cmd
}

func (r *runner) alertRulesListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the alert rules", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listAlertRules(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listAlertRules(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListAlertRules)
	}
	all, err := w.Alerts.Rules(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"rules", wire.Each(all, func(rule service.AlertRule) service.AlertRuleInfo { return rule.Info() })}})
	}
	if len(all) == 0 {
		return r.print("There are no alert rules.\n")
	}
	t := table{}
	for i, name := range []string{"Name", "Kind", "From", "Scope", "State", "Version", "Changed", "By"} {
		t.column(name, i == 2 || i == 5)
	}
	for i := range all {
		rule := &all[i]
		state := "on"
		switch {
		case rule.Off:
			state = "off"
		case rule.Problem != "":
			state = rule.Problem
		}
		t.rows = append(t.rows, []string{rule.Name, string(rule.Kind), ruleLimit(rule), rule.Scope, state, count(rule.Version), minute(rule.ChangedAt), rule.ChangedBy})
	}
	return t.write(r.out)
}

// ruleLimit is the threshold of a rule as people read it; "" = it has none.
func ruleLimit(rule *service.AlertRule) string {
	switch rule.Kind {
	case service.RuleAnomaly:
		var sum finops.Sum
		sum.Add(rule.Amount)
		return readable(&sum, rule.Currency) + " " + rule.Currency
	case service.RuleLate, service.RuleExpiring:
		return fmt.Sprintf("%d days", rule.Days)
	case service.RuleRegressed:
	}
	return ""
}

func (r *runner) alertRulesSetCommand() *cobra.Command {
	var f alertRuleFlags
	cmd := &cobra.Command{
		Use: "set NAME", Short: "Keep an alert rule; what the flags do not say stays as it is", Args: oneName("the alert rule one name"),
		Long: `Set keeps an alert rule. anomaly reports each anomaly whose impact is at least --amount in --currency; late each data set whose newest day is more than
--days days ago; expiring each commitment, --days days before its end; regressed each saving that was made and is lost again. Each is reported once.
With --version it is changed only if it still is of that version (list shows it; 0 = there is none), else the exit code is 3.`,
		Example: "  " + program + " --workspace acme.cloudintel alerts rules set Anomalies --kind anomaly --amount 500 --currency USD\n" +
			"  " + program + " --workspace acme.cloudintel alerts rules set 'Late bills' --kind late --days 3 --scope Production",
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.setAlertRule(cmd, w, args[0], f) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.kind, "kind", "", "`WHAT` it reports: anomaly, late, expiring or regressed")
	flags.StringVar(&f.amount, "amount", "", "the least impact of an anomaly: `AMOUNT`")
	flags.StringVar(&f.currency, "currency", "", "its billing `CURRENCY`")
	flags.IntVar(&f.days, "days", 0, "so many `DAYS` without data, or before the end of a commitment")
	flags.StringVar(&f.scope, "scope", "", "only charges of the scope of this `NAME`; all where it is empty")
	flags.BoolVar(&f.off, "off", false, "it reports nothing for now; --off=false switches it on again")
	flags.Int64Var(&f.version, "version", 0, "change only version `N`")
	return cmd
}

type alertRuleFlags struct {
	kind, amount, currency, scope string
	days                          int
	off                           bool
	version                       int64
}

func (r *runner) setAlertRule(cmd *cobra.Command, w *service.Workspace, name string, f alertRuleFlags) error {
	changed := cmd.Flags().Changed
	rule, err := w.Alerts.RuleByName(cmd.Context(), name)
	switch {
	case finops.CodeOf(err) == finops.CodeNotFound:
		rule = service.AlertRule{Name: name}
	case err != nil:
		return err
	}
	if changed("kind") {
		rule.Kind = service.AlertRuleKind(f.kind)
	}
	if changed("amount") {
		if rule.Amount, err = finops.ParseAmount([]byte(strings.TrimSpace(f.amount))); err != nil {
			return finops.Errorf(finops.CodeInvalid, "--amount %q is not an amount.", f.amount)
		}
	}
	if changed("currency") {
		rule.Currency = strings.ToUpper(f.currency)
	}
	if changed("days") {
		rule.Days = f.days
	}
	if changed("scope") {
		rule.Scope = f.scope
	}
	if changed("off") {
		rule.Off = f.off
	}
	seen := int64(service.AnyVersion)
	if changed("version") {
		seen = f.version
	}
	version, err := w.Alerts.SaveRule(cmd.Context(), rule, seen)
	if err != nil {
		return err
	}
	return r.print("Saved the alert rule %s, version %d.\n", visible(strings.TrimSpace(name)), version)
}

func (r *runner) alertRulesDeleteCommand() *cobra.Command {
	return r.deletion("delete", "Remove an alert rule; its alerts stay", "the alert rule", func(w *service.Workspace) deleteFunc { return w.Alerts.DeleteRule })
}
