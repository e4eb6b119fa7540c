package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
)

func (r *runner) alertsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "alerts",
		Short: "List the alerts that budgets and alert rules raised, and send them",
		Long: `An alert is raised once when a threshold of a budget is reached, or for what an alert rule reports: by an import, by a change of the budget or the
rule, by budgets check, or by deliver. Nothing is sent but by deliver and test, and only to channels that were added. docs/budgets.md describes what is sent.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.alertsListCommand(), r.alertsDeliverCommand(), r.alertsTestCommand(), r.alertRulesCommand(), r.channelsCommand())
	return cmd
}

func (r *runner) alertsListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the alerts, the newest first", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listAlerts(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func alertJSON(a store.Alert) any {
	var threshold object // null = a rule raised it
	if a.Rule == "" {
		threshold = alertThreshold(&a)
	}
	return struct {
		service.AlertInfo
		Threshold object `json:"threshold" cli:"null"`
	}{service.AlertOf(a), threshold}
}

func (r *runner) listAlerts(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListAlerts)
	}
	alerts, err := w.Alerts.List(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"alerts", wire.Each(alerts, alertJSON)}})
	}
	if len(alerts) == 0 {
		return r.print("There are no alerts.\n")
	}
	for i := range alerts {
		a := &alerts[i]
		sent := ""
		if len(a.SentTo) > 0 {
			sent = " Sent to " + strings.Join(a.SentTo, ", ") + "."
		}
		if err := r.print("%4s  %s  %s%s\n", fmt.Sprint(a.ID), a.CrossedAt, visible(a.Message), visible(sent)); err != nil {
			return err
		}
	}
	return nil
}
