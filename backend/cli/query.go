package cli

import (
	"context"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

type queryFlags struct {
	filterFlags
	tableFlags
	groupBy []string
	metrics []string
	grain   string
	limit   int
}

func (r *runner) queryCommand() *cobra.Command {
	var f queryFlags
	cmd := &cobra.Command{
		Use:   "query",
		Short: "Add up charges by any columns",
		Long: `Query adds up the charges by any columns of the bills, for each currency apart: amounts of different
currencies are never added. Tables round; csv and json give the exact amounts, xlsx 15 digits of them.`,
		Example: "  " + program + " --workspace acme.cloudintel query --group-by ServiceName --metric BilledCost,EffectiveCost --grain month\n" +
			"  " + program + " --workspace acme.cloudintel query --group-by Tags/team --where 'Provider in (\"AWS\", \"Google Cloud\") and Tags/team is not empty'",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.runQuery(cmd.Context(), f)
		},
	}
	cmd.Flags().StringSliceVar(&f.groupBy, "group-by", nil, "`COLUMNS`, separated by commas: Provider, Account, BillingAccount, Weekday, HourOfDay, PeriodLength, FOCUS columns, columns of the files, Tags/KEY, Dim/NAME")
	cmd.Flags().StringSliceVar(&f.metrics, "metric", nil, "`METRICS`, separated by commas: BilledCost, EffectiveCost, ListCost, ContractedCost, or a quantity with its unit in --group-by: ConsumedQuantity, PricingQuantity, CommitmentDiscountQuantity, PricingCurrencyEffectiveCost (default EffectiveCost, or the first cost that the bills have)")
	f.filterFlags.register(cmd)
	cmd.Flags().StringVar(&f.grain, "grain", "", "one row for each `STEP` of time: hour, day, week, month, quarter, year, fiscal-quarter, fiscal-year")
	cmd.Flags().IntVar(&f.limit, "limit", 0, "only the `N` largest rows of each currency; 0 = all (the totals are over all rows)")
	f.tableFlags.register(cmd)
	return cmd
}

func (f *queryFlags) question() (finops.Question, error) {
	var q finops.Question
	chosen, err := f.parse()
	if err != nil {
		return q, err
	}
	q.Where, q.From, q.To = chosen.where, chosen.from, chosen.to
	if q.GroupBy, err = columnNames("--group-by", f.groupBy); err != nil {
		return q, err
	}
	if f.metrics != nil {
		if q.Metrics, err = parseMetrics(f.metrics); err != nil {
			return q, err
		}
	}
	if q.Grain, err = finops.ParseGrain(f.grain); err != nil {
		return q, finops.WrapError(finops.CodeInvalid, err, "--grain: %s", finops.MessageOf(err))
	}
	if q.Limit = f.limit; q.Limit < 0 {
		return q, finops.Errorf(finops.CodeInvalid, "--limit cannot be negative.")
	}
	return q, nil
}

func (r *runner) runQuery(ctx context.Context, f queryFlags) error {
	q, err := f.question()
	if err != nil {
		return err
	}
	return r.withWorkspace(ctx, func(w *service.Workspace) error {
		if q.Where, err = f.inScope(ctx, w, q.Where); err != nil {
			return err
		}
		if len(q.Metrics) == 0 {
			state, err := w.Ledger.State(ctx)
			if err != nil {
				return err
			}
			q.Metrics = []finops.Metric{state.Metric()}
		}
		if f.file() {
			t, err := w.Tables.Query(ctx, q)
			if err != nil {
				return f.locate(err)
			}
			return r.writeTable(f.tableFlags, w.Path(), t)
		}
		a, err := w.Ledger.Ask(ctx, q)
		if err != nil {
			return f.locate(err)
		}
		names, err := w.Ledger.AccountNames(ctx)
		if err != nil {
			return err
		}
		if f.format == "json" {
			return writeQueryJSON(r.out, q, a, names)
		}
		return writeQueryTable(r.out, q, a, names)
	})
}

func writeQueryJSON(w io.Writer, q finops.Question, a *finops.Answer, names *engine.AccountNames) error {
	rows := func(yield func(object, error) bool) {
		for _, row := range a.Rows {
			o := make(object, 0, len(row.Keys)+len(row.Amounts)+3)
			for k, key := range row.Keys {
				// The currency is the same as the member below, which shows none as "".
				if q.GroupBy[k] != "BillingCurrency" {
					o = append(o, field{q.GroupBy[k], key})
				} else {
					o = append(o, field{q.GroupBy[k], row.Currency})
				}
			}
			if q.Grain != finops.GrainNone {
				o = append(o, field{string(q.Grain), row.Time})
			}
			if !yield(append(o, sumFields(q.Metrics, row)...), nil) {
				return
			}
		}
	}
	totals := func(yield func(object, error) bool) {
		for _, row := range a.Totals {
			if !yield(sumFields(q.Metrics, row), nil) {
				return
			}
		}
	}
	for _, list := range []struct {
		before string
		rows   iter.Seq2[object, error]
	}{{`{"rows":`, rows}, {`,"totals":`, totals}} {
		if _, err := io.WriteString(w, list.before); err != nil {
			return wrapWrite(err)
		}
		if err := writeJSONRows(w, list.rows); err != nil {
			return err
		}
	}
	if err := writeNamesJSON(w, q, a, names); err != nil {
		return err
	}
	_, err := io.WriteString(w, "}\n")
	return wrapWrite(err)
}

// writeNamesJSON adds the names of the accounts in the rows, where accounts are grouped by.
func writeNamesJSON(w io.Writer, q finops.Question, a *finops.Answer, names *engine.AccountNames) error {
	known := map[string]map[string]string{}
	for k, column := range q.GroupBy {
		if !engine.HasNames(column) {
			continue
		}
		known[column] = map[string]string{}
		for _, row := range a.Rows {
			if id := row.Keys[k]; id != nil && names.Of(column, *id) != "" {
				known[column][*id] = names.Of(column, *id)
			}
		}
	}
	if len(known) == 0 {
		return nil
	}
	text, err := plainJSON(known)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, `,"names":`+string(text))
	return wrapWrite(err)
}

// sumFields are the members that rows and totals have in common.
func sumFields(metrics []finops.Metric, row finops.Row) object {
	o := object{{"BillingCurrency", row.Currency}, {"lines", row.Lines}}
	for m, metric := range metrics {
		o = append(o, field{string(metric), amountOf(row.Amounts[m])})
	}
	return o
}

// queryHeader names the columns of a table: time, groups, currency, lines, metrics.
func queryHeader(q finops.Question) (header []string, keyAt []int) {
	if q.Grain != finops.GrainNone {
		header = append(header, string(q.Grain))
	}
	for k, name := range q.GroupBy {
		if name != "BillingCurrency" { // it has a column of its own
			header, keyAt = append(header, name), append(keyAt, k)
		}
	}
	header = append(header, "BillingCurrency", "lines")
	for _, m := range q.Metrics {
		header = append(header, string(m))
	}
	return header, keyAt
}

func writeQueryTable(w io.Writer, q finops.Question, a *finops.Answer, names *engine.AccountNames) error {
	header, keyAt := queryHeader(q)
	numbers := len(header) - len(q.Metrics) - 1
	var t table
	for i, name := range header {
		t.column(name, i >= numbers)
	}
	for _, row := range a.Rows {
		var cells []string
		if q.Grain != finops.GrainNone {
			cells = append(cells, row.Time)
		}
		for _, k := range keyAt {
			cells = append(cells, labelled(names, q.GroupBy[k], row.Keys[k]))
		}
		t.rows = append(t.rows, append(cells, sumCells(q.Metrics, row)...))
	}
	for _, row := range a.Totals {
		cells := make([]string, numbers-1)
		if len(cells) > 0 {
			cells[0] = "Total"
		}
		t.totals = append(t.totals, append(cells, sumCells(q.Metrics, row)...))
	}
	if err := t.write(w); err != nil {
		return err
	}
	if hidden := a.Groups - len(a.Rows); hidden > 0 {
		_, err := io.WriteString(w, "\n"+things(hidden, "more row")+"; the totals are over all of them.\n")
		return wrapWrite(err)
	}
	return nil
}

func sumCells(metrics []finops.Metric, row finops.Row) []string {
	cells := []string{orNone(row.Currency), count(row.Lines)}
	for m, sum := range row.Amounts {
		if metrics[m].Unit() != "" && sum != nil { // no money: all digits
			cells = append(cells, finops.Grouped(sum.String()))
			continue
		}
		cells = append(cells, readable(sum, row.Currency))
	}
	return cells
}

func keyText(key *string) string {
	if key == nil {
		return noValue
	}
	return *key
}

// keyIn is keyText of a value in a column.
func keyIn(column string, key *string) string {
	if key == nil && column == finops.DimProvider {
		return noProvider
	}
	return keyText(key)
}

// labelled is keyIn with the name of an account before its id.
func labelled(names *engine.AccountNames, column string, key *string) string {
	if key != nil && names.Of(column, *key) != "" {
		return names.Of(column, *key) + " (" + *key + ")"
	}
	return keyIn(column, key)
}
