package desktop

import (
	"errors"
	"os"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Budgets gives the page what may be spent and how that stands, and keeps it.
type Budgets struct{ d *Desktop }

// Standings returns how all budgets stand in the period that matters now: the one that is running, else the last that has begun, else the first.
func (b *Budgets) Standings() (info BudgetsInfo, err error) {
	defer caught(&err)
	err = b.d.session.use(func(ws *service.Workspace) error {
		report, err := ws.Budgets.Standings(b.d.ctx, nil)
		if err == nil {
			info = budgetsInfo(report)
			info.Providers, err = ws.Budgets.OfProviders(b.d.ctx)
		}
		return err
	})
	return info, err
}

// Detail returns how a budget stands in one of its periods, day by day, and what moved it; "" is the period that matters now.
func (b *Budgets) Detail(name, period string) (info BudgetDetailInfo, err error) {
	defer caught(&err)
	err = b.d.session.use(func(ws *service.Workspace) error {
		detail, err := ws.Budgets.Detail(b.d.ctx, name, period)
		if err == nil {
			info = budgetDetailInfo(detail)
		}
		return err
	})
	return info, err
}

// Versions returns all versions of a budget, the newest first, also of one that cannot be calculated.
func (b *Budgets) Versions(name string) (versions []BudgetInfo, err error) {
	defer caught(&err)
	versions = []BudgetInfo{}
	err = b.d.session.use(func(ws *service.Workspace) error {
		list, err := ws.Budgets.Versions(b.d.ctx, name)
		for i := range list {
			versions = append([]BudgetInfo{budgetInfo(&list[i])}, versions...)
		}
		return err
	})
	return versions, err
}

// Save keeps a budget and returns its version, if the stored one is of the version seen; 0 = there was none.
func (b *Budgets) Save(draft BudgetDraft, version int64) (saved int64, err error) {
	defer caught(&err)
	content, err := draft.budget()
	if err != nil {
		return 0, err
	}
	err = b.d.changing("Saving a budget", func(ws *service.Workspace) (err error) {
		saved, err = ws.Budgets.Rename(b.d.ctx, draft.Was, draft.Name, content, draft.Reason, version)
		return err
	})
	return saved, err
}

// Delete removes a budget if the stored one is of the version seen; its alerts stay.
func (b *Budgets) Delete(name string, version int64) (err error) {
	defer caught(&err)
	return b.d.changing("Removing a budget", func(ws *service.Workspace) error { return ws.Budgets.Delete(b.d.ctx, name, version) })
}

// Fill makes the amounts of a budget for the parts of a period: each the same, from a total, or from last year.
func (b *Budgets) Fill(draft BudgetDraft, fill BudgetFill) (amounts []service.BudgetAmount, err error) {
	defer caught(&err)
	content, err := draft.budget()
	if err != nil {
		return nil, err
	}
	value, err := typedAmount(fill.Value, draft.Currency)
	if err != nil {
		return nil, err
	}
	var list []budget.Amount
	err = b.d.session.use(func(ws *service.Workspace) (err error) {
		switch fill.By {
		case FillSame:
			parts, err := service.PartsOf(content.Calendar, fill.Period, fill.Each)
			list = wire.Each(parts, func(p budget.Period) budget.Amount { return budget.Amount{Period: p.Name, Amount: value} })
			return err
		case FillPercent:
			list, err = ws.Budgets.FromLastYear(b.d.ctx, content, fill.Period, fill.Each, value)
		case FillEven, FillDays, FillLastYear:
			list, err = ws.Budgets.Spread(b.d.ctx, content, fill.Period, fill.Each, value, service.SpreadBy(fill.By))
		}
		return err
	})
	return wire.Each(list, service.AmountOf), err
}

// ReadAmounts reads amounts that were copied from a spreadsheet. Amounts without periods follow each other from first on.
func (b *Budgets) ReadAmounts(draft BudgetDraft, text, first string) (read PastedAmounts, err error) {
	defer caught(&err)
	list, problems := budget.ReadPasted(draft.calendar(), text, draft.Currency, first)
	return PastedAmounts{wire.Each(list, service.AmountOf), wire.Each(problems, func(p budget.PastedProblem) RowProblem { return RowProblem{p.Line, p.Problem} })}, nil
}

// Period returns which days a period of a calendar has; it answers CodeInvalid for what is none.
func (b *Budgets) Period(draft BudgetDraft, period string) (info PeriodInfo, err error) {
	defer caught(&err)
	p, err := draft.calendar().Parse(period)
	return PeriodInfo{p.Name, p.First.String(), p.Last.String()}, err
}

// ChooseFile asks for a file of budgets; "" when the person cancelled.
func (b *Budgets) ChooseFile() (path string, err error) {
	defer caught(&err)
	window, err := b.d.window()
	if err != nil {
		return "", err
	}
	paths, err := window.OpenFilesDialog(Dialog{Title: "Choose a file of budgets", Filters: []Filter{{"CSV files and Excel workbooks", "*.csv;*.xlsx"}, {"All files", "*"}}})
	if err != nil {
		return "", errDialog(err)
	}
	if len(paths) == 0 {
		return "", nil
	}
	return paths[0], nil
}

// Import reads budgets from a CSV file or an Excel workbook, all of them or none. Rows that are wrong, and names that are
// taken where they are not to be replaced, are reported and are not failures.
func (b *Budgets) Import(path string, replace bool, reason string) (info BudgetImport, err error) {
	defer caught(&err)
	info = BudgetImport{Problems: []RowProblem{}, Taken: []string{}}
	file, err := os.Open(path) //nolint:gosec // the person chose it
	if err != nil {
		return info, finops.WrapError(finops.CodeNotFound, err, "The file %s cannot be opened.", path)
	}
	defer func() { _ = file.Close() }() // only read
	err = b.d.changing("Importing budgets", func(ws *service.Workspace) (err error) {
		info.Imported, err = ws.Budgets.Import(b.d.ctx, file, replace, reason)
		return err
	})
	if rows, ok := errors.AsType[*service.RowsError](err); ok {
		info.Problems, err = wire.Each(rows.Rows, func(r service.RowError) RowProblem { return RowProblem(r) }), nil
	}
	if taken, ok := errors.AsType[*service.NamesTakenError](err); ok {
		info.Taken, err = wire.List(taken.Names), nil
	}
	return info, err
}
