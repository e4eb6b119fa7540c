package service

import (
	"context"
	"fmt"
	"io"
	"slices"

	"cloud-intelligence/backend/analysis/reconcile"
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

// bills asks the engine for what a bridge is made of.
func (w Reconciliation) bills(ctx context.Context) (*reconcile.Ledger, error) {
	billed := []finops.Metric{finops.BilledCost}
	sums, err := w.engine.Ask(ctx, finops.Question{Metrics: billed, GroupBy: reconcileColumns, Grain: finops.GrainMonth, Sort: finops.SortKeys})
	if err != nil {
		return nil, fmt.Errorf("ask for the bills: %w", err)
	}
	var cells []reconcile.Cell
	for _, r := range sums.Rows {
		charged, err := finops.ParseMonth(r.Time)
		if err != nil {
			return nil, fmt.Errorf("ask for the bills: %w", err)
		}
		cells = append(cells, reconcile.Cell{
			Provider: text(r.Keys[0]), Account: text(r.Keys[1]), PeriodStart: text(r.Keys[2]), Invoice: text(r.Keys[3]), Category: text(r.Keys[4]),
			Class: text(r.Keys[5]), Publisher: text(r.Keys[6]), Issuer: text(r.Keys[7]), Currency: r.Currency,
			Month: billingMonth(r.Keys[2], charged), ChargeMonth: charged, Lines: r.Lines, Billed: r.Amounts[0],
		})
	}
	used, err := w.engine.Ask(ctx, finops.Question{Metrics: billed, GroupBy: []string{finops.DimProvider, finops.DimBillingAccount, "BillingPeriodStart", "InvoiceId", "ServiceName"}, Grain: finops.GrainMonth})
	if err != nil {
		return nil, fmt.Errorf("ask for the services: %w", err)
	}
	var services []reconcile.ServiceUse
	for _, r := range used.Rows {
		of, err := billOf(r)
		if err != nil {
			return nil, err
		}
		services = append(services, reconcile.ServiceUse{BillOf: of, Currency: r.Currency, Invoice: text(r.Keys[3]), Service: text(r.Keys[4])})
	}
	charged, err := w.engine.Ask(ctx, finops.Question{Metrics: billed, GroupBy: []string{finops.DimProvider, finops.DimBillingAccount, "BillingPeriodStart"}, Grain: finops.GrainDay})
	if err != nil {
		return nil, fmt.Errorf("ask for the days: %w", err)
	}
	var days []reconcile.ChargeDay
	for _, r := range charged.Rows {
		day, err := finops.ParseDay(r.Time)
		if err != nil {
			return nil, fmt.Errorf("ask for the days: %w", err)
		}
		days = append(days, reconcile.ChargeDay{BillOf: reconcile.BillOf{Provider: text(r.Keys[0]), Account: text(r.Keys[1]), Month: billingMonth(r.Keys[2], day.Month())}, Day: day})
	}
	names, err := w.engine.AccountNames(ctx)
	if err != nil {
		return nil, fmt.Errorf("name the billing accounts: %w", err)
	}
	return reconcile.NewLedger(cells, services, days, names.BillingAccounts), nil
}

func billOf(r finops.Row) (of reconcile.BillOf, err error) {
	charged, err := finops.ParseMonth(r.Time)
	if err != nil {
		return of, fmt.Errorf("ask for the services: %w", err)
	}
	return reconcile.BillOf{Provider: text(r.Keys[0]), Account: text(r.Keys[1]), Month: billingMonth(r.Keys[2], charged)}, nil
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

// Figures returns the invoice figures that are kept.
func (w Reconciliation) Figures(ctx context.Context) ([]reconcile.Figure, error) {
	kept, err := w.db.Invoices(ctx)
	if err != nil {
		return nil, err
	}
	figures := make([]reconcile.Figure, len(kept))
	for i, v := range kept {
		figures[i] = reconcile.Figure{
			ID: v.ID, Version: v.Version, Key: canonical(reconcile.Key{Provider: v.Provider, Account: v.BillingAccount, Month: v.Month, Invoice: v.InvoiceID, Currency: v.Currency}), Total: v.Total,
			Parts: reconcile.Parts{Tax: v.Tax, Credits: v.Credits, Marketplace: v.Marketplace, Other: v.Other}, Note: v.Note, EnteredAt: v.EnteredAt, User: v.User,
		}
	}
	return figures, nil
}

// SavedFigure says what became of a figure.
type SavedFigure struct {
	reconcile.Figure
	Line   int               // of the file it came from, 0 = it was typed
	Before *reconcile.Figure // what was kept of the invoice before; nil = it is new
}

// SaveFigure keeps the figure of one invoice. What row leaves open is taken from the ledger
// where only one bill fits. A figure with an ID changes that one, and answers CodeConflict when
// it was changed since the version that was seen; without, it takes the place of the figure of
// the same invoice.
func (w Reconciliation) SaveFigure(ctx context.Context, row reconcile.Row) (SavedFigure, error) {
	saved, err := w.saveFigures(ctx, []reconcile.Row{row})
	if err != nil {
		return SavedFigure{}, err
	}
	return saved[0], nil
}

// ImportedFigures is what an import of figures did.
type ImportedFigures struct {
	Decimal reconcile.Decimal // how the amounts were read
	Saved   []SavedFigure
	Blank   int // lines without any amount, which were left out
}

// ImportFigures keeps the figures of a CSV file, all of them or none; see
// reconcile.ReadFigures for the file.
func (w Reconciliation) ImportFigures(ctx context.Context, file io.Reader, decimal reconcile.Decimal) (*ImportedFigures, error) {
	read, err := reconcile.ReadFigures(file, decimal)
	if err != nil {
		return nil, err
	}
	if len(read.Rows) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The file holds no figures. Fill in the total of each invoice.")
	}
	saved, err := w.saveFigures(ctx, read.Rows)
	if err != nil {
		return nil, err
	}
	return &ImportedFigures{Decimal: read.Decimal, Saved: saved, Blank: read.Blank}, nil
}

// saveFigures completes, checks and keeps figures, all of them or none.
func (w Reconciliation) saveFigures(ctx context.Context, rows []reconcile.Row) ([]SavedFigure, error) {
	l, kept, err := w.load(ctx)
	if err != nil {
		return nil, err
	}
	saved := make([]SavedFigure, len(rows))
	list := make([]store.Invoice, len(rows))
	lineOf := map[reconcile.Key]int{}
	for i, row := range rows {
		row.Key = canonical(row.Key)
		f := row.Figure
		if f.Key, err = completeKey(l, row); err == nil {
			err = f.Check()
		}
		if err != nil {
			return nil, inLine(row.Line, err)
		}
		if first, twice := lineOf[f.Key]; twice {
			return nil, finops.Errorf(finops.CodeInvalid, "Lines %d and %d are of the same invoice. Remove one of them. Nothing was kept.", first, row.Line)
		}
		lineOf[f.Key] = row.Line
		f.EnteredAt, f.User = w.now(), w.user
		saved[i] = SavedFigure{Figure: f, Line: row.Line, Before: figureBefore(kept, &f)}
		list[i] = invoiceOf(&f)
		if before := saved[i].Before; before != nil {
			list[i].ID = before.ID // it may be kept under another spelling of the bill
		}
	}
	return saved, w.db.SaveInvoices(ctx, list)
}

func inLine(line int, err error) error {
	if line == 0 {
		return err
	}
	return finops.WrapError(finops.CodeOf(err), err, "Line %d: %s Nothing was kept.", line, finops.MessageOf(err))
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
	return k, finops.Errorf(finops.CodeInvalid, "Say which %s the invoice is of: the ledger does not hold exactly one bill that fits.", missing)
}

// DeleteFigure forgets a figure; the ledger stays as it is.
func (w Reconciliation) DeleteFigure(ctx context.Context, id int64) error {
	return w.db.DeleteInvoice(ctx, id, w.user, w.now())
}

// FigureTemplate returns a table to fill in: the header that ImportFigures reads and a row
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
			table = append(table, []string{br.Provider, br.Account, br.Month.String(), br.Invoice, br.Currency, "", "", "", "", "", "", br.Ledger.String()})
		}
	}
	return table, nil
}
