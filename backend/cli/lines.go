package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// pageMax is how many lines are held at once; more of them are streamed.
const pageMax = 10_000

// tableColumns are the columns of a table where the person names none.
var tableColumns = []string{"ChargePeriodStart", finops.DimProvider, finops.DimAccount, "ServiceName", "ResourceId", "ChargeCategory", "ChargeDescription", "BillingCurrency", "BilledCost"}

type linesFlags struct {
	filterFlags
	tableFlags
	columns []string
	sort    string
	limit   int
	offset  int
}

func (r *runner) linesCommand() *cobra.Command {
	var f linesFlags
	cmd := &cobra.Command{
		Use:   "lines",
		Short: "List charge lines as the bills have them",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.runLines(cmd.Context(), f)
		},
	}
	f.filterFlags.register(cmd)
	cmd.Flags().StringSliceVar(&f.columns, "columns", nil, "`COLUMNS`, separated by commas, also Provider, Account, BillingAccount, Dim/NAME; csv and json have all columns of the bills otherwise, a table a few")
	cmd.Flags().StringVar(&f.sort, "sort", "", "sort by `COLUMN`; -COLUMN for the largest first; as in the files otherwise")
	cmd.Flags().IntVar(&f.limit, "limit", 100, "at most `N` lines; 0 = all")
	cmd.Flags().IntVar(&f.offset, "offset", 0, "leave out the first `N` lines")
	f.tableFlags.register(cmd)
	return cmd
}

func (f *linesFlags) question() (engine.LinesQuestion, error) {
	var q engine.LinesQuestion
	chosen, err := f.parse()
	if err != nil {
		return q, err
	}
	q.Where, q.From, q.To = chosen.where, chosen.from, chosen.to
	if len(f.columns) > 0 {
		if q.Columns, err = columnNames("--columns", f.columns); err != nil {
			return q, err
		}
	}
	name, desc := strings.CutPrefix(f.sort, "-")
	q.SortBy, q.SortDesc = filter.ColumnName(name), desc
	if desc && q.SortBy == "" {
		return q, finops.Errorf(finops.CodeInvalid, "--sort names no column.")
	}
	if q.Limit, q.Offset = f.limit, f.offset; q.Limit < 0 || q.Offset < 0 {
		return q, finops.Errorf(finops.CodeInvalid, "--limit and --offset cannot be negative.")
	}
	return q, nil
}

func (r *runner) runLines(ctx context.Context, f linesFlags) error {
	q, err := f.question()
	if err != nil {
		return err
	}
	return r.withWorkspace(ctx, func(w *service.Workspace) error {
		if q.Where, err = f.inScope(ctx, w, q.Where); err != nil {
			return err
		}
		if f.file() {
			t, _, err := w.Tables.Lines(ctx, q, false)
			if err != nil {
				return f.locate(err)
			}
			return r.writeTable(f.tableFlags, w.Path(), t)
		}
		if f.format == "table" && q.Columns == nil {
			state, err := w.Ledger.State(ctx)
			if err != nil {
				return err
			}
			q.Columns = filledColumns(state)
		}
		list, err := openLines(ctx, w, q)
		if err != nil {
			return f.locate(err)
		}
		if f.format == "json" {
			return list.json(ctx, r.out)
		}
		return list.table(ctx, r.out)
	})
}

// filledColumns are the columns of a table that the ledger has; nil, which means all, when
// it has none of them.
func filledColumns(state *engine.State) []string {
	var names []string
	for _, name := range tableColumns {
		if slices.Contains(state.Dimensions, name) || slices.ContainsFunc(state.Columns, func(c engine.ColumnState) bool { return c.Name == name }) {
			names = append(names, name)
		}
	}
	return names
}

// lineList is a page of lines, held or streamed.
type lineList struct {
	w     *service.Workspace
	q     engine.LinesQuestion
	page  *engine.LinesPage
	whole bool // page has all rows that were asked for
}

func openLines(ctx context.Context, w *service.Workspace, q engine.LinesQuestion) (*lineList, error) {
	l := &lineList{w: w, q: q, whole: q.Limit > 0 && q.Limit <= pageMax}
	first := q
	if !l.whole {
		first.Limit = 1 // for the columns and totals
	}
	var err error
	l.page, err = w.Ledger.Lines(ctx, first)
	return l, err
}

func (l *lineList) each(ctx context.Context, fn func(row []*string) error) error {
	if !l.whole {
		q := l.q
		q.Columns = l.page.Columns
		return l.w.Ledger.EachLine(ctx, q, fn)
	}
	for _, row := range l.page.Rows {
		if err := fn(row); err != nil {
			return err
		}
	}
	return nil
}

// json streams the rows, so that a whole ledger may be listed.
func (l *lineList) json(ctx context.Context, w io.Writer) error {
	totals := make([]object, len(l.page.Totals))
	for i, row := range l.page.Totals {
		totals[i] = sumFields(finops.Metrics, row)
	}
	head, err := plainJSON(object{{"total", l.page.Total}, {"totals", totals}, {"columns", wire.List(l.page.Columns)}})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%s,\"rows\":", head[:len(head)-1]); err != nil {
		return wrapWrite(err)
	}
	err = writeJSONRows(w, func(yield func(object, error) bool) {
		err := l.each(ctx, func(row []*string) error {
			o := make(object, len(row))
			for i, cell := range row {
				o[i] = field{l.page.Columns[i], cell}
			}
			if !yield(o, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "}\n")
	return wrapWrite(err)
}

// errStopped ends the reading of lines when their writing has failed.
var errStopped = errors.New("the rows are not wanted any more")

func (l *lineList) table(ctx context.Context, w io.Writer) error {
	names, err := l.w.Ledger.AccountNames(ctx)
	if err != nil {
		return err
	}
	var t table
	for _, name := range l.page.Columns {
		c, ok := finops.ColumnByName(name)
		t.column(name, ok && c.Kind == finops.KindDecimal)
	}
	err = l.each(ctx, func(row []*string) error {
		cells := make([]string, len(row))
		for i, cell := range row {
			switch {
			case cell == nil:
			case t.right[i]:
				cells[i] = finops.Grouped(*cell)
			default:
				cells[i] = labelled(names, l.page.Columns[i], cell)
			}
		}
		t.rows = append(t.rows, cells)
		return nil
	})
	if err != nil {
		return err
	}
	shown := len(t.rows)
	if err := t.write(w); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "\n%s of %s. In total:\n", count(shown), things(l.page.Total, "line")); err != nil {
		return wrapWrite(err)
	}
	return writeTotals(w, l.page.Totals)
}

// writeTotals is the table of all four metrics by currency.
func writeTotals(w io.Writer, totals []finops.Row) error {
	var t table
	t.column("BillingCurrency", false)
	t.column("lines", true)
	for _, m := range finops.Metrics {
		t.column(string(m), true)
	}
	for _, row := range totals {
		t.rows = append(t.rows, sumCells(finops.Metrics, row))
	}
	return t.write(w)
}

func wrapWrite(err error) error {
	if err != nil {
		return fmt.Errorf("write the results: %w", err)
	}
	return nil
}
