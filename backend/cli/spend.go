package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/service"
)

// periodFlags name a period: days, or a preset.
type periodFlags struct {
	filterFlags
	preset string
}

func (f *periodFlags) register(cmd *cobra.Command) {
	f.filterFlags.register(cmd)
	names := make([]string, len(spend.Presets))
	for i, p := range spend.Presets {
		names[i] = string(p)
	}
	cmd.Flags().StringVar(&f.preset, "period", "", "a `PERIOD` counted from the newest day of each currency, in place of --from and --to: "+strings.Join(names, ", "))
}

// apply enters the charges that are meant into a question.
func (f *periodFlags) apply(q *service.SpendQuestion) error {
	chosen, err := f.parse()
	if err != nil {
		return err
	}
	q.Where, q.From, q.To = chosen.where, chosen.from, chosen.to
	if f.preset == "" {
		return nil
	}
	if f.from != "" || f.to != "" {
		return finops.Errorf(finops.CodeInvalid, "Give --period, or --from and --to, not both.")
	}
	if q.Preset, err = spend.ParsePreset(f.preset); err != nil {
		return finops.WrapError(finops.CodeInvalid, err, "--period: %s", finops.MessageOf(err))
	}
	return nil
}

type spendFlags struct {
	periodFlags
	tableFlags
	by, metric, currency, compare, grain string
	top                                  int
}

func (r *runner) spendCommand() *cobra.Command {
	var f spendFlags
	cmd := &cobra.Command{
		Use:   "spend",
		Short: "What a cost is made of, and what changed: the figures of the page Overview",
		Long: `Spend divides a cost by the values of one column: the largest values and the rest with their shares, the comparison with
another period, what changed most and, with --grain, the cost over time; for each currency apart. Without a period it shows the
latest month to date. Changes are over the days that both periods have, and name what is missing; charges that providers
usually book later in a month are listed separately until the month has ended.`,
		Example: "  " + program + " --workspace acme.cloudintel spend --by Account --period last-month --compare last-year\n" +
			"  " + program + " --workspace acme.cloudintel spend --by Tags/team --top 5 --grain month --json",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.runSpend(cmd.Context(), f)
		},
	}
	cmd.Flags().StringVar(&f.by, "by", "ServiceName", "the `COLUMN` to divide by: Provider, Account, a FOCUS column, a column of the files, Tags/KEY, Dim/NAME")
	cmd.Flags().IntVar(&f.top, "top", 10, "only the `N` largest values and changes, the others in one row; 0 = all")
	cmd.Flags().StringVar(&f.metric, "metric", "", costHelp)
	cmd.Flags().StringVar(&f.currency, "currency", "", "only the currency of this `CODE`")
	cmd.Flags().StringVar(&f.compare, "compare", string(spend.BasePrevious), "the period to compare with: previous, previous-month, last-year, none, or `DAY..DAY`")
	cmd.Flags().StringVar(&f.grain, "grain", "", "add the cost by `STEP`: day, week, month, quarter, year, fiscal-quarter, fiscal-year")
	f.periodFlags.register(cmd)
	f.tableFlags.register(cmd)
	return cmd
}

// question is what the flags ask, without scope and currency.
func (f *spendFlags) question() (q service.SpendQuestion, err error) {
	q = service.SpendQuestion{Column: filter.ColumnName(f.by), Top: f.top}
	if f.top < 0 {
		return q, finops.Errorf(finops.CodeInvalid, "--top cannot be negative.")
	}
	if q.Metric, err = parseCost(f.metric); err != nil {
		return q, err
	}
	if q.Grain, err = finops.ParseGrain(f.grain); err != nil {
		return q, finops.WrapError(finops.CodeInvalid, err, "--grain: %s", finops.MessageOf(err))
	}
	if err := f.apply(&q); err != nil {
		return q, err
	}
	if q.Preset == "" && q.From == nil && q.To == nil {
		q.Preset = spend.PresetMonth
	}
	q.Base, q.Before, err = parseCompare(f.compare)
	return q, err
}

const costHelp = "the cost `METRIC`: BilledCost, EffectiveCost, ListCost or ContractedCost (default EffectiveCost, or the first of them that the bills have)"

// parseCost reads a cost; "" = the usual one of the ledger.
func parseCost(text string) (finops.Metric, error) {
	if text == "" {
		return "", nil
	}
	metrics, err := parseMetrics([]string{text})
	if err != nil {
		return "", err
	}
	if metrics[0].Unit() != "" {
		return "", finops.Errorf(finops.CodeInvalid, "--metric is %s, which is not a cost; query adds up quantities.", metrics[0])
	}
	return metrics[0], nil
}

// parseCompare reads a base, or the days of a custom one.
func parseCompare(text string) (base spend.Base, before spend.Window, err error) {
	first, last, days := strings.Cut(text, "..")
	if !days {
		if base, err = spend.ParseBase(text); err != nil || base == spend.BaseCustom {
			return base, before, finops.Errorf(finops.CodeInvalid, "--compare is %q; it can be previous, previous-month, last-year, none, or days such as 2026-10-01..2026-10-20.", text)
		}
		return base, before, nil
	}
	for _, part := range []struct {
		text string
		to   *finops.Day
	}{{first, &before.From}, {last, &before.To}} {
		d, err := parseDay("--compare", part.text)
		if err != nil {
			return base, before, err
		}
		if d == nil {
			return base, before, finops.Errorf(finops.CodeInvalid, "--compare: Name the first and the last day, such as 2026-10-01..2026-10-20.")
		}
		*part.to = *d
	}
	return spend.BaseCustom, before, nil
}

// currencies makes one question for each currency of the ledger, or for the one that is named.
func currencies(ctx context.Context, w *service.Workspace, q service.SpendQuestion, only string) ([]service.SpendQuestion, error) {
	state, err := w.Ledger.State(ctx)
	if err != nil {
		return nil, err
	}
	if q.Metric == "" {
		q.Metric = state.Metric()
	}
	var list []service.SpendQuestion
	for _, c := range state.Currencies {
		if only == "" || strings.EqualFold(only, c.Code) {
			q.Currency = c.Code
			list = append(list, q)
		}
	}
	if only != "" && len(list) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "--currency: There are no charges in %q.", only)
	}
	return list, nil
}

func (r *runner) runSpend(ctx context.Context, f spendFlags) error {
	q, err := f.question()
	if err != nil {
		return err
	}
	return r.withWorkspace(ctx, func(w *service.Workspace) error {
		if q.Where, err = f.inScope(ctx, w, q.Where); err != nil {
			return err
		}
		questions, err := currencies(ctx, w, q, f.currency)
		if err != nil {
			return err
		}
		answers, err := w.Ledger.SpendAll(ctx, questions)
		if err != nil {
			return f.locate(err)
		}
		switch {
		case f.file():
			t, err := w.Tables.SpendTable(ctx, questions, answers)
			if err != nil {
				return err
			}
			return r.writeTable(f.tableFlags, w.Path(), t)
		case f.format == "json":
			spends := []service.Spend{}
			for i, s := range answers {
				spends = append(spends, service.NewSpend(questions[i].Currency, s))
			}
			return writeJSON(r.out, object{{"metric", metricOf(questions)}, {"column", q.Column}, {"base", q.Base}, {"currencies", spends}})
		}
		if len(answers) == 0 {
			return r.print("The workspace has no charges yet. `%s import` reads bills.\n", program)
		}
		for i, s := range answers {
			if err := r.spendText(questions[i], s); err != nil {
				return err
			}
		}
		return nil
	})
}

// metricOf is the metric of all questions; null where there are none.
func metricOf(questions []service.SpendQuestion) any {
	if len(questions) == 0 {
		return nil
	}
	return questions[0].Metric
}
