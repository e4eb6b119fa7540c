package cli

import (
	"context"
	"math"
	"strconv"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/forecast"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

type forecastFlags struct {
	filterFlags
	tableFlags
	metric, currency, until, asOf string
}

func (r *runner) forecastCommand() *cobra.Command {
	var f forecastFlags
	cmd := &cobra.Command{
		Use:   "forecast",
		Short: "Forecast a cost by month, with ranges and the error of past forecasts",
		Long: `Forecast says what the charges of a scope will come to in the running month and those after it: what has arrived, fees
that are repeated, and the rest by the models that were best in a back-test. In 80 (95) of 100 cases the cost is
expected inside the band of 80 % (95 %). Below 60 complete days of history there is no forecast, and the answer says so.
docs/forecast.md describes how it is calculated.`,
		Example: "  " + program + " --workspace acme.cloudintel forecast --scope Production --until 2027-03\n" +
			"  " + program + " --workspace acme.cloudintel forecast --where 'ServiceName = \"Amazon EC2\"' --as-of 2026-08-31 --json",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.runForecast(cmd.Context(), f)
		},
	}
	f.register(cmd)
	f.tableFlags.register(cmd)
	cmd.AddCommand(r.estimateCommand(), r.plannedCommand(), r.freezeCommand(), r.frozenCommand(), r.unfreezeCommand())
	return cmd
}

// register registers what is forecast.
func (f *forecastFlags) register(cmd *cobra.Command) {
	f.registerScope(cmd)
	f.registerWhere(cmd)
	f.registerCost(cmd)
	cmd.Flags().StringVar(&f.until, "until", "", "the last `MONTH`, YYYY-MM, at most 24 months ahead; three months ahead where it is not given")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "the last complete `DAY`; later days are left out, so that a past forecast can be compared with what came")
}

// registerCost registers which cost it is.
func (f *forecastFlags) registerCost(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.metric, "metric", string(finops.EffectiveCost), "the cost `METRIC`: BilledCost, EffectiveCost, ListCost or ContractedCost")
	cmd.Flags().StringVar(&f.currency, "currency", "", "the billing `CURRENCY`, where the charges have several")
}

func (f *forecastFlags) question() (service.ForecastQuestion, error) {
	q := service.ForecastQuestion{Currency: f.currency}
	chosen, err := f.parse()
	if err != nil {
		return q, err
	}
	q.Where = chosen.where
	metrics, err := parseMetrics([]string{f.metric})
	if err != nil {
		return q, err
	}
	q.Metric = metrics[0]
	if q.AsOf, err = parseDay("--as-of", f.asOf); err != nil {
		return q, err
	}
	if f.until != "" {
		month, err := finops.ParseMonth(f.until)
		if err != nil {
			return q, finops.WrapError(finops.CodeInvalid, err, "--until: %s.", finops.MessageOf(err))
		}
		q.Until = &month
	}
	return q, nil
}

// withForecastQuestion opens the workspace and makes the question of the flags in their scope.
func (r *runner) withForecastQuestion(ctx context.Context, f forecastFlags, do func(*service.Workspace, service.ForecastQuestion) error) error {
	q, err := f.question()
	if err != nil {
		return err
	}
	return r.withWorkspace(ctx, func(w *service.Workspace) error {
		if q.Where, err = f.inScope(ctx, w, q.Where); err != nil {
			return err
		}
		return do(w, q)
	})
}

func (r *runner) runForecast(ctx context.Context, f forecastFlags) error {
	return r.withForecastQuestion(ctx, f, func(w *service.Workspace, q service.ForecastQuestion) error {
		a, err := w.Forecasts.Forecast(ctx, q)
		if err != nil {
			return f.locate(err)
		}
		for _, note := range a.Notes {
			r.note("%s", note)
		}
		switch {
		case f.file():
			info, err := w.Info(ctx)
			if err != nil {
				return err
			}
			return r.writeTable(f.tableFlags, w.Path(), r.forecastTable(info.Name, f.scope, a))
		case f.format == "json":
			return writeJSON(r.out, forecastJSON(f.scope, a))
		}
		return r.printForecast(a)
	})
}

// ratio is a share of a back-test in JSON: a number of four decimals, null where nothing was tested.
func ratio(known bool, v float64) any {
	if !known {
		return nil
	}
	return math.Round(v*1e4) / 1e4
}

func forecastJSON(scope string, a *service.Forecast) any {
	type dayJSON struct {
		Day finops.Day `json:"day"`
		service.ForecastSpanInfo
	}
	days := make([]dayJSON, len(a.Days))
	for i := range a.Days {
		days[i] = dayJSON{a.Days[i].Day, service.SpanOf(&a.Days[i].Span)}
	}
	b := a.Backtest
	return struct {
		Scope string `json:"scope" cli:"null"`
		service.ForecastInfo
		Model    string    `json:"model" cli:"null"`
		Backtest object    `json:"backtest"`
		Days     []dayJSON `json:"days"`
	}{scope, a.Info(), a.Model(), object{{"wape", ratio(b.Known, b.WAPE)}, {"bias", ratio(b.Known, b.Bias)}, {"folds", b.Folds}}, days}
}

func (r *runner) printForecast(a *service.Forecast) error {
	if a.Refused != "" {
		return r.print("%s\n", visible(a.Refused))
	}
	if err := r.print("%s in %s, with data up to %s\nModel: %s\n%s\n\n", a.Metric, orNone(a.Currency), a.AsOf, a.Model(), backtestText(a.Backtest)); err != nil {
		return err
	}
	t := table{}
	for i, name := range []string{"Month", "Actual", "Fees to come", "Usage to come", "Commitments ending", "Planned changes", "Forecast", "80 % from", "80 % to", "95 % from", "95 % to"} {
		t.column(name, i > 0)
	}
	for i := range a.Months {
		m := &a.Months[i]
		actual := ""
		if m.Actual != nil {
			actual = readable(m.Actual, a.Currency)
		}
		row := []string{m.Month.String(), actual}
		for _, s := range []finops.Sum{m.Fixed, m.Varying, m.Ends, m.Planned, m.Forecast, m.Low80, m.High80, m.Low95, m.High95} {
			row = append(row, readable(&s, a.Currency))
		}
		t.rows = append(t.rows, row)
	}
	return t.write(r.out)
}

func backtestText(b forecast.Backtest) string {
	if !b.Known {
		return "Back-test: the history is too short for one."
	}
	percent := func(v float64) string { return strconv.FormatFloat(math.Round(1000*v)/10+0, 'f', 1, 64) + " %" } // +0: nothing is -0.0
	return "Back-test: off by " + percent(b.WAPE) + " of the cost (WAPE; target 12 %), bias " + percent(b.Bias) + ", from " + things(b.Folds, "month end") + "; " + percent(b.DailyWAPE) + " by day"
}

// forecastTable has a row for each month.
func (r *runner) forecastTable(workspace, scope string, a *service.Forecast) *report.Table {
	question := string(a.Metric) + " with data up to " + a.AsOf.String()
	if scope != "" {
		question += ", " + scope
	}
	if a.Refused != "" {
		question += ". " + a.Refused
	}
	t := &report.Table{
		Title: "Forecast", Question: question, Workspace: workspace, AsOf: r.deps.Now(), Currency: 1,
		Columns: []report.Column{{Name: "month", Kind: report.Month}, {Name: "BillingCurrency"}},
	}
	for _, name := range []string{"actual", "fixed", "varying", "ends", "planned", "forecast", "low80", "high80", "low95", "high95"} {
		t.Columns = append(t.Columns, report.Column{Name: name, Kind: report.Amount})
	}
	var rows [][]*string
	for i := range a.Months {
		m := &a.Months[i]
		row := report.Cells(m.Month.String(), a.Currency)
		var actual *string
		if m.Actual != nil {
			actual = new(m.Actual.String())
		}
		row = append(row, actual)
		row = append(row, report.Cells(m.Fixed.String(), m.Varying.String(), m.Ends.String(), m.Planned.String(), m.Forecast.String(), m.Low80.String(), m.High80.String(), m.Low95.String(), m.High95.String())...)
		rows = append(rows, row)
	}
	t.Rows = report.List(rows)
	return t
}
