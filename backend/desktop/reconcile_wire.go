package desktop

import (
	"fmt"
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

// InvoiceFigure is the amounts of an invoice that are stored; null = the invoice does not say.
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

// ReconciledInvoice is an invoice compared with the ledger. Difference and rest are null without an
// invoice amount.
type ReconciledInvoice struct {
	Key         InvoiceKey       `json:"key"`
	AccountName string           `json:"accountName"`
	Status      reconcile.Status `json:"status"`
	StatusTitle string           `json:"statusTitle"` // the status in words
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

// FigureInput is what a person typed. ID and version are those of the amounts that they changed; both 0 =
// there were none.
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

// FigureOutcome says what became of one of many amounts that were to be saved.
type FigureOutcome struct {
	Key     InvoiceKey `json:"key"`
	Problem string     `json:"problem"` // why it was not saved, "" = it was
}

// FiguresPreview is what a file of invoice amounts says, before any of it is saved.
type FiguresPreview struct {
	File    string            `json:"file"` // its name without the folder
	Decimal reconcile.Decimal `json:"decimal"`
	LeftOut int               `json:"leftOut"` // lines without any amount, such as those of a template that nobody filled in
	Rows    []FigureRow       `json:"rows"`
}

// FigureRow is a line of a file of invoice amounts. The input is ready to be saved; its amounts have a decimal
// point. Where the line cannot be saved the total is as the file writes it.
type FigureRow struct {
	Line    int         `json:"line"`
	Input   FigureInput `json:"input"`
	Before  *string     `json:"before"` // total that is stored now, null = none
	State   FigureState `json:"state"`
	Problem string      `json:"problem"` // why it cannot be saved
}

// FigureState says what saving a row of a file does.
type FigureState string

const (
	figureNew      FigureState = "new"
	figureSame     FigureState = "same"     // it is stored so already
	figureReplaces FigureState = "replaces" // other amounts are stored
	figureRefused  FigureState = "refused"  // it cannot be saved
)

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
	key := InvoiceKey{Provider: k.Provider, Account: k.Account, Invoice: k.Invoice, Currency: k.Currency}
	if k.Month != 0 { // a row of a file need not say
		key.Month = k.Month.String()
	}
	return key
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
		Key: invoiceKey(br.Key), AccountName: br.AccountName, Status: br.Status, StatusTitle: br.Status.Title(), Lines: br.Lines, Ledger: br.Ledger.String(), Figure: invoiceFigure(br.Figure),
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

func figuresPreview(name string, file *service.FiguresFile) FiguresPreview {
	return FiguresPreview{File: name, Decimal: file.Decimal, LeftOut: file.Blank, Rows: converted(file.Rows, figureRow)}
}

func figureRow(row service.FigureRow) FigureRow {
	out := FigureRow{Line: row.Line, Input: figureInput(&row.Figure), State: figureNew}
	if row.Before != nil {
		out.Input.ID, out.Input.Version = row.Before.ID, row.Before.Version
		out.Before, out.State = new(row.Before.Total.String()), figureReplaces
		if row.Same(row.Before) {
			out.State = figureSame
		}
	}
	if row.Err != nil {
		out.Input.Total, out.State, out.Problem = row.Text, figureRefused, finops.MessageOf(row.Err)
	}
	return out
}

func figureInput(f *reconcile.Figure) FigureInput {
	part := func(a *finops.Amount) string {
		if a == nil {
			return ""
		}
		return a.String()
	}
	return FigureInput{
		ID: f.ID, Version: f.Version, Key: invoiceKey(f.Key), Total: f.Total.String(), Tax: part(f.Parts.Tax), Credits: part(f.Parts.Credits),
		Marketplace: part(f.Parts.Marketplace), Other: part(f.Parts.Other), Note: f.Note,
	}
}

// figureText says what an invoice amount is, a line for each part.
func figureText(f *reconcile.Figure) string {
	lines := []string{fmt.Sprintf("Total %s %s", f.Total, f.Currency)}
	for _, part := range []struct {
		name   string
		amount *finops.Amount
	}{{"Tax", f.Parts.Tax}, {"Credits", f.Parts.Credits}, {"Marketplace", f.Parts.Marketplace}, {"Other", f.Parts.Other}} {
		if part.amount != nil {
			lines = append(lines, part.name+" "+part.amount.String())
		}
	}
	if f.Invoice != "" {
		lines = append(lines, "Invoice "+f.Invoice)
	}
	if f.Note != "" {
		lines = append(lines, "Note: "+f.Note)
	}
	return strings.Join(lines, "\n")
}
