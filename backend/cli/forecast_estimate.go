package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

func (r *runner) estimateCommand() *cobra.Command {
	var f forecastFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use: "estimate", Short: "Estimate the days that have passed and that a provider has not delivered yet", Args: noArguments,
		Long: `Estimate says what the days cost between the last day that a provider delivered and yesterday: the forecast of each billing account that
lacks days, less what has arrived of them. An estimate is in no total, no export and no reconciliation, and goes as soon as the data
arrives. What has had no data for more than 31 days counts as ended.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return r.runEstimate(cmd.Context(), f, asJSON) },
	}
	f.registerScope(cmd)
	f.registerWhere(cmd)
	f.registerCost(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the estimate as JSON")
	return cmd
}

func (r *runner) runEstimate(ctx context.Context, f forecastFlags, asJSON bool) error {
	return r.withForecastQuestion(ctx, f, func(w *service.Workspace, q service.ForecastQuestion) error {
		e, err := w.Forecasts.Estimate(ctx, q)
		if err != nil {
			return f.locate(err)
		}
		if asJSON {
			return writeJSON(r.out, e.Info())
		}
		return r.printEstimate(e)
	})
}

func (r *runner) printEstimate(e *service.Estimate) error {
	if len(e.Sets) == 0 {
		return r.print("No day is missing.\n")
	}
	for i := range e.Sets {
		s := &e.Sets[i]
		days := s.From.Words() + " to " + s.To.Words()
		if s.From == s.To {
			days = s.From.Words()
		}
		text := "no estimate. " + s.Refused
		if s.Refused == "" {
			text = "estimated " + readable(&s.Amount, e.Currency)
			if s.Known {
				text += "; single days were off by " + strconv.FormatFloat(100*s.DailyWAPE, 'f', 1, 64) + " % in back-tests"
			}
		}
		if err := r.print("%s %s, %s missing: %s\n", visible(s.Provider), visible(s.Account), days, text); err != nil {
			return err
		}
	}
	if len(e.Days) == 0 {
		return nil
	}
	if err := r.print("\n%s in %s, in no total\n", e.Metric, orNone(e.Currency)); err != nil {
		return err
	}
	t := table{}
	for i, name := range []string{"Day", "Estimate", "80 % from", "80 % to"} {
		t.column(name, i > 0)
	}
	for i := range e.Days {
		row := []string{e.Days[i].Day.String()}
		for _, s := range []finops.Sum{e.Days[i].Amount, e.Days[i].Low80, e.Days[i].High80} {
			row = append(row, readable(&s, e.Currency))
		}
		t.rows = append(t.rows, row)
	}
	return t.write(r.out)
}
