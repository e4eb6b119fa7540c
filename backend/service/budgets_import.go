package service

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/store"
)

// RowError says what is wrong with a row of a file.
type RowError struct {
	Line    int // of the file, from 1
	Problem string
}

// RowsError is the cause of an Error with CodeInvalid: nothing was imported, and these are all rows that are wrong.
type RowsError struct{ Rows []RowError }

// Error lists the rows.
func (e *RowsError) Error() string {
	var lines []string
	for _, r := range e.Rows {
		lines = append(lines, fmt.Sprintf("line %d: %s", r.Line, r.Problem))
	}
	return strings.Join(lines, "\n")
}

// NamesTakenError is the cause of an Error with CodeConflict: there are budgets of these names.
type NamesTakenError struct{ Names []string }

// Error lists the names.
func (e *NamesTakenError) Error() string { return strings.Join(e.Names, ", ") }

// budgetColumns are the columns of a file of budgets.
var budgetColumns = []string{"name", "scope", "metric", "currency", "period", "amount"}

// budgetRowsMost bounds a file of budgets.
const budgetRowsMost = 100_000

// readBudgets is a file of budgets while it is read.
type readBudgets struct {
	scopes []Scope
	check  func(finops.Filter) error
	list   []*readBudget
	wrong  []RowError
}

type readBudget struct {
	budget.Budget
	name  string
	line  int // of its first row
	scope string
}

func wrongRows(n int) string {
	if n == 1 {
		return "1 row is"
	}
	return fmt.Sprintf("%d rows are", n)
}

// Import reads a table of budgets, comma-separated or the first sheet of an Excel workbook, with the columns name, scope, metric, currency, period and amount, and keeps them all, or none.
// Rows of one name are one budget; scope is the name of a scope, a filter, or empty for all charges. It returns how many it kept. It
// answers CodeInvalid around a RowsError with all rows that are wrong, and CodeConflict for a name that is taken, unless
// they are to be replaced; the other settings of a budget that is replaced stay.
func (w Budgets) Import(ctx context.Context, in io.Reader, replace bool, reason string) (int, error) {
	scopes, err := Scopes(w).List(ctx)
	if err != nil {
		return 0, err
	}
	r := readBudgets{scopes: scopes, check: func(f finops.Filter) error { return w.engine.CheckFilter(ctx, f) }}
	if err := r.read(in); err != nil {
		return 0, err
	}
	have, err := w.List(ctx)
	if err != nil {
		return 0, err
	}
	var taken []string
	changes := make([]store.BudgetChange, 0, len(r.list))
	for _, b := range r.list {
		seen := int64(0)
		if at := slices.IndexFunc(have, func(h Budget) bool { return strings.EqualFold(h.Name, b.name) }); at >= 0 {
			taken = append(taken, have[at].Name)
			old := have[at].Budget
			b.Calendar, b.Thresholds, b.RollOver, b.Parent = old.Calendar, old.Thresholds, old.RollOver, old.Parent
			seen = have[at].Version
		}
		c, err := w.change(ctx, "", b.name, b.Budget, reason, seen)
		if err != nil {
			r.wrong = append(r.wrong, RowError{b.line, finops.MessageOf(err)})
			continue
		}
		changes = append(changes, c)
	}
	if len(r.wrong) > 0 {
		slices.SortStableFunc(r.wrong, func(a, b RowError) int { return a.Line - b.Line })
		return 0, finops.WrapError(finops.CodeInvalid, &RowsError{r.wrong}, "Nothing was imported: %s wrong.", wrongRows(len(r.wrong)))
	}
	if len(taken) > 0 && !replace {
		return 0, finops.WrapError(finops.CodeConflict, &NamesTakenError{taken}, "There is a budget named %q already; nothing was imported. Replace it, or choose another name.", taken[0])
	}
	if _, err := w.db.SaveBudgets(ctx, changes, w.user, w.now()); err != nil {
		return 0, err
	}
	return len(changes), w.evaluate(ctx)
}

// nextRow gives the next row of a table with the line it stands on; io.EOF after the last.
type nextRow func() (line int, cells []string, err error)

func (r *readBudgets) read(in io.Reader) error {
	buffered := bufio.NewReader(in)
	next := csvRows(buffered)
	if magic, _ := buffered.Peek(len(report.WorkbookMagic)); string(magic) == report.WorkbookMagic { // a shorter file is none
		rows, err := report.ReadSheet(buffered, budgetRowsMost+1)
		if err != nil {
			return err
		}
		next = sheetRows(rows)
	}
	_, header, err := next()
	if err != nil {
		return finops.WrapError(finops.CodeInvalid, err, "The file is no table of budgets: its first line must be %s.", strings.Join(budgetColumns, ","))
	}
	at := make([]int, len(budgetColumns))
	for i, name := range budgetColumns {
		at[i] = slices.IndexFunc(header, func(h string) bool {
			return strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")), name)
		})
		if at[i] < 0 {
			return finops.Errorf(finops.CodeInvalid, "The file has no column %q: its first line must be %s.", name, strings.Join(budgetColumns, ","))
		}
	}
	if err := r.rows(next, at); err != nil {
		return err
	}
	if len(r.list) == 0 && len(r.wrong) == 0 {
		return finops.Errorf(finops.CodeInvalid, "The file has no budgets.")
	}
	return nil
}

// rows reads the rows below the head, whose columns are at these places.
func (r *readBudgets) rows(next nextRow, at []int) error {
	for n := 0; ; n++ {
		line, record, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if parse, ok := errors.AsType[*csv.ParseError](err); ok {
			r.wrong = append(r.wrong, RowError{parse.Line, "The quotes of this line do not match."})
			return nil // what follows cannot be read as rows
		}
		if err != nil {
			return finops.WrapError(finops.CodeUnavailable, err, "The file cannot be read to its end.")
		}
		if n == budgetRowsMost {
			return finops.Errorf(finops.CodeInvalid, "The file has more than %d rows.", budgetRowsMost)
		}
		cells := make([]string, len(at))
		for i, column := range at {
			if column < len(record) {
				cells[i] = strings.TrimSpace(record[column])
			}
		}
		if strings.Join(cells, "") == "" {
			continue
		}
		if err := r.row(line, cells); err != nil {
			r.wrong = append(r.wrong, RowError{line, finops.MessageOf(err)})
		}
	}
}

// csvRows reads comma-separated values.
func csvRows(in io.Reader) nextRow {
	c := csv.NewReader(in)
	c.FieldsPerRecord = -1
	c.TrimLeadingSpace = true
	return func() (int, []string, error) {
		record, err := c.Read()
		if err != nil {
			return 0, nil, err //nolint:wrapcheck // io.EOF ends the rows, and the sentence about any other stands where it is used
		}
		line, _ := c.FieldPos(0)
		return line, record, nil
	}
}

// sheetRows gives the rows of a sheet.
func sheetRows(rows [][]string) nextRow {
	line := 0
	return func() (int, []string, error) {
		if line == len(rows) {
			return 0, nil, io.EOF
		}
		line++
		return line, rows[line-1], nil
	}
}

// row adds a row to the budget of its name.
func (r *readBudgets) row(line int, cells []string) error {
	name, scope := cells[0], cells[1]
	if err := rules.CheckName("budget", name); err != nil {
		return err
	}
	for _, at := range []int{3, 4, 5} { // what a budget cannot be without
		if cells[at] == "" {
			return finops.Errorf(finops.CodeInvalid, "The row has no %s.", budgetColumns[at])
		}
	}
	metric := finops.EffectiveCost
	var err error
	if cells[2] != "" {
		if metric, err = finops.ParseMetric(cells[2]); err != nil {
			return err
		}
	}
	amount, err := finops.ParseAmount([]byte(cells[5]))
	if err != nil {
		return finops.Errorf(finops.CodeInvalid, "%q is not an amount; write it with a point and without signs of thousands.", cells[5])
	}
	p, err := budget.Calendar{}.ParseWritten(cells[4])
	if err != nil {
		return err
	}
	currency := strings.ToUpper(cells[3])
	at := slices.IndexFunc(r.list, func(b *readBudget) bool { return strings.EqualFold(b.name, name) })
	if at < 0 {
		b := &readBudget{name: name, line: line, scope: scope}
		b.Metric, b.Currency = metric, currency
		if err := r.scope(b); err != nil {
			return err
		}
		r.list = append(r.list, b)
		at = len(r.list) - 1
	}
	b := r.list[at]
	switch {
	case b.scope != scope:
		return finops.Errorf(finops.CodeInvalid, "The scope is another one than that of %q in line %d.", name, b.line)
	case b.Metric != metric:
		return finops.Errorf(finops.CodeInvalid, "The metric is another one than that of %q in line %d.", name, b.line)
	case b.Currency != currency:
		return finops.Errorf(finops.CodeInvalid, "The currency is another one than that of %q in line %d.", name, b.line)
	}
	b.Amounts = append(b.Amounts, budget.Amount{Period: p.Name, Amount: amount})
	next := b.Budget
	next.Amounts = slices.Clone(b.Amounts)
	if err := next.Check(); err != nil {
		if b.Amounts = b.Amounts[:len(b.Amounts)-1]; len(b.Amounts) == 0 {
			r.list = r.list[:at]
		}
		return err
	}
	return nil
}

// scope finds the scope that a row names, or reads its filter.
func (r *readBudgets) scope(b *readBudget) error {
	if b.scope == "" {
		return nil
	}
	if slices.ContainsFunc(r.scopes, func(s Scope) bool { return rules.Key(s.Name) == rules.Key(b.scope) }) {
		b.Scope = b.scope
		return nil
	}
	f, err := filter.Parse(b.scope)
	if err != nil || f.Everything() {
		return finops.Errorf(finops.CodeInvalid, "There is no scope named %q, and it is not a filter.", b.scope)
	}
	b.Where = filter.Print(f)
	return r.check(f)
}
