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
		Short: "List the alerts that budgets raised, and send them by mail and web hooks",
		Long: `An alert is raised once when a threshold of a budget is reached: by an import, by a change of the budget, or by budgets check.
Nothing is sent but by deliver and test, and only to channels that were added. docs/budgets.md describes what is sent.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.alertsListCommand(), r.alertsDeliverCommand(), r.alertsTestCommand(), r.channelsCommand())
	return cmd
}

func (r *runner) alertsListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the alerts, the newest first", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listAlerts(cmd.Context(), w, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the list as JSON")
	return cmd
}

func alertJSON(a store.Alert) any {
	return struct {
		service.AlertInfo
		Threshold object `json:"threshold"`
	}{service.AlertOf(a), alertThreshold(&a)}
}

func (r *runner) listAlerts(ctx context.Context, w *service.Workspace, asJSON bool) error {
	alerts, err := w.Alerts.List(ctx)
	if err != nil {
		return err
	}
	if asJSON {
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
