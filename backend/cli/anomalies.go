package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/service"
)

type anomalyFlags struct {
	from, to, asOf, sensitivity string
	out                         tableFlags
}

func (r *runner) anomaliesCommand() *cobra.Command {
	var f anomalyFlags
	cmd := &cobra.Command{
		Use:   "anomalies",
		Short: "List usage that cost something else than expected: spikes, shifts, drops and drifts",
		Long: `Anomalies judges the daily cost of usage (EffectiveCost) of every provider, account, service and region from the days before,
and lists what was away from it, named by the smallest part of the charges that explains it. Purchases, fees,
credits and tax are not judged. docs/anomalies.md describes how it is calculated.`,
		Example: "  " + program + " --workspace acme.cloudintel anomalies --from 2026-09-01\n" +
			"  " + program + " --workspace acme.cloudintel anomalies --sensitivity high --as-of 2026-08-31 --json",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return r.anomalies(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.from, "from", "", "only anomalies that last until this `DAY` or longer, YYYY-MM-DD (UTC)")
	cmd.Flags().StringVar(&f.to, "to", "", "only anomalies that begin on this `DAY` or before")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "the last complete `DAY`; later days are hidden")
	cmd.Flags().StringVar(&f.sensitivity, "sensitivity", "", "`HOW` far a day must be off: low, medium or high; as set for each scope where it is not given")
	f.out.register(cmd)
	cmd.AddCommand(r.anomaliesSetCommand(), r.anomaliesMuteCommand(), r.anomaliesSensitivityCommand())
	return cmd
}

func (r *runner) anomalies(ctx context.Context, f anomalyFlags) error {
	period := filterFlags{from: f.from, to: f.to}
	chosen, err := period.parse()
	if err != nil {
		return err
	}
	q := service.AnomalyQuestion{From: chosen.from, To: chosen.to, Sensitivity: f.sensitivity}
	if q.AsOf, err = parseDay("--as-of", f.asOf); err != nil {
		return err
	}
	return r.withWorkspace(ctx, func(w *service.Workspace) error {
		report, err := w.Anomalies.Find(ctx, q)
		if err != nil {
			return err
		}
		for _, note := range report.Notes {
			r.note("%s", note)
		}
		if f.out.format != "table" {
			return r.writeRows(ctx, w, f.out, "Anomalies", anomaliesJSON(report))
		}
		return r.printAnomalies(report)
	})
}

// anomalyJSON names where an anomaly is by the columns.
type anomalyJSON struct {
	service.AnomalyInfo
	Keys object `json:"keys"`
}

func anomaliesJSON(report *service.AnomalyReport) object {
	anomalies := make([]anomalyJSON, len(report.Anomalies))
	for i := range report.Anomalies {
		a := &report.Anomalies[i]
		anomalies[i] = anomalyJSON{a.Info(), keysJSON(a)}
	}
	return object{{"asOf", report.AsOf}, {"sensitivity", report.Sensitivity}, {"anomalies", anomalies}}
}

// keysJSON names the place of an anomaly, and the virtual dimensions and tags that most of it has.
func keysJSON(a *service.Anomaly) object {
	keys := nodeJSON(a.Node)
	for _, t := range a.Tags {
		keys = append(keys, field{t.Column, t.Value})
	}
	return keys
}

// nodeJSON names the levels of a node as FOCUS does.
func nodeJSON(n anomaly.Node) object {
	keys := object{}
	for i, level := range anomaly.Levels {
		if i == 0 {
			level = "ProviderName"
		}
		if n.Named[i] {
			keys = append(keys, field{level, orNull(n.Values[i])})
		}
	}
	return keys
}

func (r *runner) printAnomalies(report *service.AnomalyReport) error {
	if err := r.print("Usage up to %s, sensitivity %s\n\n", report.AsOf, report.Sensitivity); err != nil {
		return err
	}
	if len(report.Anomalies) == 0 {
		return r.print("No anomalies.\n")
	}
	t := table{}
	for i, name := range []string{"Id", "Kind", "First day", "Last day", "Where", "Currency", "Expected", "Actual", "Impact", "State"} {
		t.column(name, i >= 6 && i <= 8)
	}
	for i := range report.Anomalies {
		a := &report.Anomalies[i]
		var where []string
		for k, named := range a.Node.Named {
			switch {
			case named && a.Node.Values[k] == "":
				where = append(where, noValue)
			case named:
				where = append(where, a.Node.Values[k])
			}
		}
		t.rows = append(t.rows, []string{
			a.ID, string(a.Kind), a.First.String(), a.Last.String(), strings.Join(where, " · "), orNone(a.Currency),
			readable(&a.Expected, a.Currency), readable(&a.Actual, a.Currency), readable(&a.Impact, a.Currency), string(a.State),
		})
	}
	return t.write(r.out)
}
