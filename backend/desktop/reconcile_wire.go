package desktop

import (
	"strings"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// InvoiceKey names an invoice; Invoice "" = the whole bill of the month.
type InvoiceKey struct {
	Provider string `json:"provider"`
	Account  string `json:"account"`
	Month    string `json:"month"`
	Invoice  string `json:"invoice"`
	Currency string `json:"currency"`
}

// InvoiceFigure is what a person typed of an invoice; null = it does not say.
type InvoiceFigure struct {
	ID          int64   `json:"id"`
	Version     int64   `json:"version"` // raised by every change
	Total       string  `json:"total"`
	Tax         *string `json:"tax"`
	Credits     *string `json:"credits"`
	Marketplace *string `json:"marketplace"`
	Other       *string `json:"other"`
	Note        string  `json:"note"`
	EnteredAt   string  `json:"enteredAt"`
	User        string  `json:"user"`
}

// ReconciledInvoice is an invoice beside the ledger. Difference and rest are null without a
// figure.
type ReconciledInvoice struct {
	Key         InvoiceKey       `json:"key"`
	AccountName string           `json:"accountName"`
	Status      reconcile.Status `json:"status"`
	Lines       int64            `json:"lines"`
	Ledger      string           `json:"ledger"` // billed cost of the lines that the invoice is about
	Figure      *InvoiceFigure   `json:"figure"`
	Difference  *string          `json:"difference"`
	Rest        *string          `json:"rest"`
}

// InvoiceBridge leads from the ledger to an invoice.
type InvoiceBridge struct {
	Invoice     ReconciledInvoice  `json:"invoice"`
	Bill        string             `json:"bill"` // billed cost of the whole bill: all steps together
	BillLines   int64              `json:"billLines"`
	Steps       []BridgeStep       `json:"steps"`
	Differences []BridgeDifference `json:"differences"`
	Beside      []BridgeBeside     `json:"beside"`
	Reasons     []BridgeReason     `json:"reasons"`
	Tolerance   string             `json:"tolerance"` // what counts as rounding at most
}

// BridgeStep is a part of the bill. The conditions and days lead to its charge lines.
type BridgeStep struct {
	Kind   string             `json:"kind"`
	Title  string             `json:"title"`
	Inside bool               `json:"inside"` // false for lines of the bill that the invoice is not about
	Lines  int64              `json:"lines"`
	Amount string             `json:"amount"`
	Where  []finops.Condition `json:"where"`
	From   string             `json:"from"`
	To     string             `json:"to"`
}

// BridgeDifference is a step from the ledger to the invoice.
type BridgeDifference struct {
	Kind     string  `json:"kind"`
	Title    string  `json:"title"`
	Amount   string  `json:"amount"`
	Printed  *string `json:"printed"`
	InLedger *string `json:"inLedger"`
}

// BridgeBeside is cost that is shown and never added.
type BridgeBeside struct {
	Provider string             `json:"provider"`
	Currency string             `json:"currency"`
	Lines    int64              `json:"lines"`
	Amount   string             `json:"amount"`
	Where    []finops.Condition `json:"where"`
}

// BridgeReason is a fact that may explain what is left.
type BridgeReason struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// FigureInput is what a person typed. ID 0 = a new figure; version is that of the figure that
// they changed.
type FigureInput struct {
	ID          int64      `json:"id"`
	Version     int64      `json:"version"`
	Key         InvoiceKey `json:"key"`
	Total       string     `json:"total"`
	Tax         string     `json:"tax"`
	Credits     string     `json:"credits"`
	Marketplace string     `json:"marketplace"`
	Other       string     `json:"other"`
	Note        string     `json:"note"`
}

// FiguresImport says what an import of figures did.
type FiguresImport struct {
	Added    int               `json:"added"`
	Same     int               `json:"same"`
	LeftOut  int               `json:"leftOut"` // lines without any amount, such as those of a template that nobody filled in
	Decimal  reconcile.Decimal `json:"decimal"`
	Replaced []ReplacedFigure  `json:"replaced"`
}

// ReplacedFigure is a figure that took the place of another.
type ReplacedFigure struct {
	Line   int        `json:"line"`
	Key    InvoiceKey `json:"key"`
	Before string     `json:"before"`
	Now    string     `json:"now"`
}

// key reads the name of an invoice; the month may be open.
func (k InvoiceKey) key() (out reconcile.Key, monthGiven bool, err error) {
	out = reconcile.Key{
		Provider: strings.TrimSpace(k.Provider), Account: strings.TrimSpace(k.Account), Invoice: strings.TrimSpace(k.Invoice), Currency: strings.ToUpper(strings.TrimSpace(k.Currency)),
	}
	if month := strings.TrimSpace(k.Month); month != "" {
		out.Month, err = finops.ParseMonth(month)
		monthGiven = true
	}
	return out, monthGiven, err
}

func invoiceKey(k reconcile.Key) InvoiceKey {
	return InvoiceKey{Provider: k.Provider, Account: k.Account, Month: k.Month.String(), Invoice: k.Invoice, Currency: k.Currency}
}

func amountPart(a *finops.Amount) *string {
	if a == nil {
		return nil
	}
	text := a.String()
	return &text
}

func invoiceFigure(f *reconcile.Figure) *InvoiceFigure {
	if f == nil {
		return nil
	}
	return &InvoiceFigure{
		ID: f.ID, Version: f.Version, Total: f.Total.String(), Tax: amountPart(f.Parts.Tax), Credits: amountPart(f.Parts.Credits), Marketplace: amountPart(f.Parts.Marketplace),
		Other: amountPart(f.Parts.Other), Note: f.Note, EnteredAt: instant(f.EnteredAt), User: f.User,
	}
}

func reconciledInvoice(br *reconcile.Bridge) ReconciledInvoice {
	out := ReconciledInvoice{
		Key: invoiceKey(br.Key), AccountName: br.AccountName, Status: br.Status, Lines: br.Lines, Ledger: br.Ledger.String(), Figure: invoiceFigure(br.Figure),
	}
	if br.Figure != nil {
		out.Difference, out.Rest = amount(&br.Difference), amount(&br.Rest)
	}
	return out
}

func invoiceBridge(br *reconcile.Bridge) InvoiceBridge {
	return InvoiceBridge{
		Invoice: reconciledInvoice(br), Bill: br.Bill.String(), BillLines: br.BillLines, Tolerance: br.Tolerance.String(),
		Steps: converted(br.Steps, func(s reconcile.Step) BridgeStep {
			return BridgeStep{string(s.Kind), s.Kind.Title(), s.Inside, s.Lines, s.Amount.String(), wireConditions(s.Where), dayText(s.From), dayText(s.To)}
		}),
		Differences: converted(br.Differences, func(d reconcile.Difference) BridgeDifference {
			return BridgeDifference{string(d.Kind), d.Kind.Title(), d.Amount.String(), amountPart(d.Printed), amount(d.InLedger)}
		}),
		Beside: converted(br.Beside, func(x reconcile.Beside) BridgeBeside {
			return BridgeBeside{x.Provider, x.Currency, x.Lines, x.Amount.String(), wireConditions(x.Where)}
		}),
		Reasons: converted(br.Reasons, func(r reconcile.Reason) BridgeReason { return BridgeReason{r.Code, r.Text} }),
	}
}

func wireConditions(where []finops.Condition) []finops.Condition {
	return converted(where, func(c finops.Condition) finops.Condition {
		return finops.Condition{Column: c.Column, Op: c.Op, Values: list(c.Values)}
	})
}

func dayText(d *finops.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func figuresImport(done *service.ImportedFigures) FiguresImport {
	out := FiguresImport{LeftOut: done.Blank, Decimal: done.Decimal, Replaced: []ReplacedFigure{}}
	for _, s := range done.Saved {
		switch {
		case s.Before == nil:
			out.Added++
		case s.Same(s.Before):
			out.Same++
		default:
			out.Replaced = append(out.Replaced, ReplacedFigure{s.Line, invoiceKey(s.Key), s.Before.Total.String(), s.Total.String()})
		}
	}
	return out
}
