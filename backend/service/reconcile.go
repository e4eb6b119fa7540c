package service

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// Reconciliation compares the bills of a workspace with its invoices.
type Reconciliation struct{ *workspace }

// reconcileColumns decide where a charge line stands in a bridge. All of them are in the
// daily rollup, so the charges themselves need not be read.
var reconcileColumns = []string{
	finops.DimProvider, finops.DimBillingAccount, "BillingPeriodStart", "InvoiceId", "ChargeCategory", "ChargeClass", "PublisherName", "InvoiceIssuerName",
}

// Bridges lays the ledger beside every invoice figure, and lists the invoices of the
// ledger that have none; see reconcile.Ledger.Report.
func (w Reconciliation) Bridges(ctx context.Context) ([]*reconcile.Bridge, error) {
	l, figures, err := w.load(ctx)
	if err != nil {
		return nil, err
	}
	return l.Report(figures, w.today()), nil
}

// Bridge makes the bridge of one invoice, with the figure of it where there is one.
func (w Reconciliation) Bridge(ctx context.Context, k reconcile.Key) (*reconcile.Bridge, error) {
	l, figures, err := w.load(ctx)
	if err != nil {
		return nil, err
	}
	k = canonical(k)
	for i := range figures {
		if figures[i].Key == k {
			return l.Bridge(k, &figures[i], w.today()), nil
		}
	}
	return l.Bridge(k, nil, w.today()), nil
}

func (w *workspace) today() finops.Day { return finops.DayOfUnix(w.now().Unix()) }

func (w Reconciliation) load(ctx context.Context) (*reconcile.Ledger, []reconcile.Figure, error) {
	l, err := w.bills(ctx)
	if err != nil {
		return nil, nil, err
	}
	figures, err := w.Figures(ctx)
	return l, figures, err
}

// bills asks for what a bridge is made of, all of one snapshot of the ledger.
func (w Reconciliation) bills(ctx context.Context) (l *reconcile.Ledger, err error) {
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		cells, err := billCells(ctx, s)
		if err != nil {
			return fmt.Errorf("ask for the bills: %w", err)
		}
		services, err := billServices(ctx, s)
		if err != nil {
			return fmt.Errorf("ask for the services: %w", err)
		}
		days, err := billDays(ctx, s)
		if err != nil {
			return fmt.Errorf("ask for the days: %w", err)
		}
		state, err := s.State(ctx)
		if err != nil {
			return fmt.Errorf("ask for the billing accounts: %w", err)
		}
		coverage := map[reconcile.AccountOf]finops.Coverage{}
		for _, a := range state.Accounts {
			coverage[reconcile.AccountOf{Provider: a.Provider, Account: a.Account}] = a.Coverage
		}
		l = reconcile.NewLedger(cells, services, days, coverage, s.AccountNames().BillingAccounts)
		return nil
	})
	return l, err
}

func billCells(ctx context.Context, s *engine.Snapshot) (cells []reconcile.Cell, err error) {
	sums, err := s.Ask(ctx, finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: reconcileColumns, Grain: finops.GrainMonth, Sort: finops.SortKeys})
	if err != nil {
		return nil, err
	}
	for _, r := range sums.Rows {
		charged, err := finops.ParseMonth(r.Time)
		if err != nil {
			return nil, err
		}
		cells = append(cells, reconcile.Cell{
			Provider: text(r.Keys[0]), Account: text(r.Keys[1]), PeriodStart: text(r.Keys[2]), Invoice: text(r.Keys[3]), Category: text(r.Keys[4]),
			Class: text(r.Keys[5]), Publisher: text(r.Keys[6]), Issuer: text(r.Keys[7]), Currency: r.Currency,
			Month: billingMonth(r.Keys[2], charged), ChargeMonth: charged, Lines: r.Lines, Billed: r.Amounts[0],
		})
	}
	return cells, nil
}

// billKeys name the bill of a row.
var billKeys = []string{finops.DimProvider, finops.DimBillingAccount, "BillingPeriodStart"}

func billServices(ctx context.Context, s *engine.Snapshot) (services []reconcile.ServiceUse, err error) {
	used, err := s.Ask(ctx, finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: append(slices.Clone(billKeys), "InvoiceId", "ServiceName"), Grain: finops.GrainMonth})
	if err != nil {
		return nil, err
	}
	for _, r := range used.Rows {
		charged, err := finops.ParseMonth(r.Time)
		if err != nil {
			return nil, err
		}
		services = append(services, reconcile.ServiceUse{BillOf: billOf(r, charged), Currency: r.Currency, Invoice: text(r.Keys[3]), Service: text(r.Keys[4])})
	}
	return services, nil
}

func billDays(ctx context.Context, s *engine.Snapshot) (days []reconcile.ChargeDay, err error) {
	charged, err := s.Ask(ctx, finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: billKeys, Grain: finops.GrainDay})
	if err != nil {
		return nil, err
	}
	for _, r := range charged.Rows {
		day, err := finops.ParseDay(r.Time)
		if err != nil {
			return nil, err
		}
		days = append(days, reconcile.ChargeDay{BillOf: billOf(r, day.Month()), Day: day})
	}
	return days, nil
}

// billOf is the bill of a row by billKeys, whose charges are of a month.
func billOf(r finops.Row, charged finops.Month) reconcile.BillOf {
	return reconcile.BillOf{Provider: text(r.Keys[0]), Account: text(r.Keys[1]), Month: billingMonth(r.Keys[2], charged)}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// billingMonth is the month of a bill: that of BillingPeriodStart, or of the charge where a
// line names none, as an import decides it.
func billingMonth(start *string, charged finops.Month) finops.Month {
	if start == nil {
		return charged
	}
	if sec, ok := finops.ParseTime([]byte(*start)); ok {
		return finops.DayOfUnix(sec).Month()
	}
	return charged
}

// canonical names the bill of a key as the ledger does: a person may write a provider or an
// account as it stands on the invoice, and figures were kept that way.
func canonical(k reconcile.Key) reconcile.Key {
	k.Provider, k.Account = finops.CanonicalProvider(k.Provider), finops.CanonicalAccount(k.Account)
	return k
}

// Figures returns the invoice amounts that are stored.
func (w Reconciliation) Figures(ctx context.Context) ([]reconcile.Figure, error) {
	kept, err := w.db.Invoices(ctx)
	if err != nil {
		return nil, err
	}
	figures := make([]reconcile.Figure, len(kept))
	for i, v := range kept {
		figures[i] = figureFrom(v)
	}
	return figures, nil
}

func figureFrom(v store.Invoice) reconcile.Figure {
	return reconcile.Figure{
		ID: v.ID, Version: v.Version, Key: canonical(reconcile.Key{Provider: v.Provider, Account: v.BillingAccount, Month: v.Month, Invoice: v.InvoiceID, Currency: v.Currency}), Total: v.Total,
		Parts: reconcile.Parts{Tax: v.Tax, Credits: v.Credits, Marketplace: v.Marketplace, Other: v.Other}, Note: v.Note, EnteredAt: v.EnteredAt, User: v.User,
	}
}

// FigureRow is the amounts of one invoice that are to be saved, checked against the workspace. Err says
// why a row cannot be saved.
type FigureRow struct {
	reconcile.Row
	Before *reconcile.Figure // what is stored of the invoice; nil = nothing yet
}

// SaveFigure saves the amounts of one invoice. What row leaves open is taken from the ledger
// where only one bill fits. A figure with an ID changes that one, and answers CodeConflict with
// both figures when it was changed since the version that was seen; without, it takes the place of the figure of
// the same invoice.
func (w Reconciliation) SaveFigure(ctx context.Context, row reconcile.Row) (FigureRow, error) {
	checked, err := w.check(ctx, []reconcile.Row{row})
	if err != nil {
		return FigureRow{}, err
	}
	if checked[0].Err != nil {
		return FigureRow{}, checked[0].Err
	}
	return checked[0], w.save(ctx, checked)
}

// SaveFigures saves those of the rows that can be saved, all of these or none, and returns all of
// them; those with an Err were not saved.
func (w Reconciliation) SaveFigures(ctx context.Context, rows []reconcile.Row) ([]FigureRow, error) {
	checked, err := w.check(ctx, rows)
	if err != nil {
		return nil, err
	}
	for i := range checked {
		if r := &checked[i]; r.Err == nil {
			r.Err = r.changedMeanwhile()
		}
	}
	return checked, w.save(ctx, slices.DeleteFunc(slices.Clone(checked), func(row FigureRow) bool { return row.Err != nil }))
}

// changedMeanwhile says of one of many rows what SaveFigure says with both values.
func (r *FigureRow) changedMeanwhile() error {
	switch {
	case r.Before == nil && r.ID != 0:
		return finops.Errorf(finops.CodeConflict, "It was deleted in the meantime. Open the invoice to enter it again.")
	case r.Before != nil && r.Version != 0 && r.Before.Version != r.Version:
		return finops.Errorf(finops.CodeConflict, "%s changed it to %s %s meanwhile. Open the invoice to choose one.", cmp.Or(r.Before.User, "Somebody"), r.Before.Total, r.Before.Currency)
	}
	return nil
}

// FiguresFile is what a file of invoice amounts says, checked against the workspace.
type FiguresFile struct {
	Decimal reconcile.Decimal // how the amounts were read
	Rows    []FigureRow
	Blank   int // lines without any amount, which are left out
}

// ReadFigures reads a CSV file of invoice amounts and saves nothing; see reconcile.ReadFigures for the
// file.
func (w Reconciliation) ReadFigures(ctx context.Context, file io.Reader, decimal reconcile.Decimal) (*FiguresFile, error) {
	read, err := reconcile.ReadFigures(file, decimal)
	if err != nil {
		return nil, err
	}
	if len(read.Rows) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The file has no invoice amounts. Fill in the total of each invoice.")
	}
	rows, err := w.check(ctx, read.Rows)
	if err != nil {
		return nil, err
	}
	return &FiguresFile{Decimal: read.Decimal, Rows: rows, Blank: read.Blank}, nil
}

// ImportFigures saves the amounts of a file that ReadFigures read, all of them or none.
func (w Reconciliation) ImportFigures(ctx context.Context, file *FiguresFile) error {
	rows := make([]reconcile.Row, len(file.Rows))
	for i := range file.Rows {
		rows[i] = file.Rows[i].Row
	}
	if err := reconcile.Refusal(rows); err != nil {
		return err
	}
	return w.save(ctx, file.Rows)
}

// check completes rows from the ledger and finds those that cannot be saved.
func (w Reconciliation) check(ctx context.Context, rows []reconcile.Row) ([]FigureRow, error) {
	l, kept, err := w.load(ctx)
	if err != nil {
		return nil, err
	}
	checked := make([]FigureRow, len(rows))
	first := map[reconcile.Key]int{}
	for i, row := range rows {
		checked[i].Row = row
		r := &checked[i]
		if r.Err != nil {
			continue
		}
		r.Key = canonical(r.Key)
		if r.Err = r.CheckGiven(); r.Err == nil {
			r.Key, r.Err = completeKey(l, r.Row)
		}
		if r.Err == nil {
			r.Err = r.Check()
		}
		if r.Err != nil {
			continue
		}
		if at, twice := first[r.Key]; twice {
			r.Err = errTwice(rows[at].Line)
			continue
		}
		first[r.Key] = i
		r.EnteredAt, r.User = w.now(), w.user
		r.Before = figureBefore(kept, &r.Figure)
	}
	return checked, nil
}

func errTwice(line int) error {
	if line == 0 {
		return finops.Errorf(finops.CodeInvalid, "The same invoice is entered twice. Remove one of them.")
	}
	return finops.Errorf(finops.CodeInvalid, "Line %d is of the same invoice. Remove one of them.", line)
}

// save stores rows without an Err, all of them or none.
func (w Reconciliation) save(ctx context.Context, rows []FigureRow) error {
	list := make([]store.Invoice, len(rows))
	for i := range rows {
		list[i] = invoiceOf(&rows[i].Figure)
		if before := rows[i].Before; before != nil {
			list[i].ID = before.ID // it may be stored under another spelling of the bill
		}
	}
	return figureConflict(w.db.SaveInvoices(ctx, list))
}

// figureConflict puts figures in the place of the stored rows that a conflict carries.
func figureConflict(err error) error {
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	if !ok {
		return err
	}
	side := func(value any) any {
		if v, stored := value.(store.Invoice); stored {
			return figureFrom(v)
		}
		return value
	}
	return finops.WrapError(finops.CodeConflict, &finops.ConflictError{Have: side(conflict.Have), Want: side(conflict.Want)}, "%s", finops.MessageOf(err))
}

func figureBefore(kept []reconcile.Figure, f *reconcile.Figure) *reconcile.Figure {
	for i := range kept {
		if kept[i].ID == f.ID || (f.ID == 0 && kept[i].Key == f.Key) {
			return &kept[i]
		}
	}
	return nil
}

func invoiceOf(f *reconcile.Figure) store.Invoice {
	return store.Invoice{
		ID: f.ID, Version: f.Version, Provider: f.Provider, BillingAccount: f.Account, Month: f.Month, InvoiceID: f.Invoice, Currency: f.Currency, Total: f.Total,
		Tax: f.Parts.Tax, Credits: f.Parts.Credits, Marketplace: f.Parts.Marketplace, Other: f.Parts.Other, Note: f.Note, EnteredAt: f.EnteredAt, User: f.User,
	}
}

// completeKey takes what a row leaves open from the ledger. A figure may come before its
// bill: what names it fully is kept as it is.
func completeKey(l *reconcile.Ledger, row reconcile.Row) (reconcile.Key, error) {
	if row.MonthGiven && l.Has(row.Key) {
		return row.Key, nil
	}
	if found, ok := l.Find(row.Key, row.MonthGiven); ok {
		return found, nil
	}
	k := row.Key
	k.Provider = l.Spelling(k.Provider)
	var missing string
	switch {
	case k.Account == "" && k.Invoice == "":
		missing = "billing account"
	case !row.MonthGiven:
		missing = "billing month"
	case k.Provider == "":
		missing = "provider"
	case k.Account == "":
		missing = "billing account"
	case k.Currency == "":
		missing = "currency"
	default:
		return k, nil
	}
	return k, finops.Errorf(finops.CodeInvalid, "The %s is missing, and the bills of the workspace do not say which it is. Enter it.", missing)
}

// DeleteFigure deletes the amounts of an invoice; the ledger stays as it is. See Dimensions.Delete.
func (w Reconciliation) DeleteFigure(ctx context.Context, id, seen int64) error {
	return figureConflict(w.db.DeleteInvoice(ctx, id, seen, w.user, w.now()))
}

// FigureTemplate returns a table to fill in: the header that ReadFigures reads and a row
// for each invoice of the ledger that has no figure yet. The billed cost stands in a column
// of its own that is not read: what an invoice says is read from the invoice.
func (w Reconciliation) FigureTemplate(ctx context.Context) ([][]string, error) {
	bridges, err := w.Bridges(ctx)
	if err != nil {
		return nil, err
	}
	table := [][]string{append(slices.Clone(reconcile.Columns), "billed_in_ledger")}
	for _, br := range bridges {
		if br.Status == reconcile.StatusNoFigure {
			known := ""
			if ledger := br.Known(); ledger != nil {
				known = ledger.String()
			}
			table = append(table, []string{br.Provider, br.Account, br.Month.String(), br.Invoice, br.Currency, "", "", "", "", "", "", known})
		}
	}
	return table, nil
}
