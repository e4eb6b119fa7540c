package reconcile

import (
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// InvoiceKey is a Key as text, as it crosses to the window, stands in --json and is typed. Month is YYYY-MM, "" where
// it is not given.
type InvoiceKey struct {
	Provider       string `json:"provider"`
	BillingAccount string `json:"billingAccount"`
	Month          string `json:"month"`
	InvoiceID      string `json:"invoiceId"` // "" = the whole bill of the month
	Currency       string `json:"currency"`
}

// Text writes a key; a month of 0 is not given.
func (k Key) Text() InvoiceKey {
	text := InvoiceKey{Provider: k.Provider, BillingAccount: k.Account, InvoiceID: k.Invoice, Currency: k.Currency}
	if k.Month != 0 {
		text.Month = k.Month.String()
	}
	return text
}

// Key reads what a person typed, and says whether the month is given. It answers CodeInvalid where the month is none.
func (k InvoiceKey) Key() (key Key, monthGiven bool, err error) {
	key = Key{
		Provider: strings.TrimSpace(k.Provider), Account: strings.TrimSpace(k.BillingAccount), Invoice: strings.TrimSpace(k.InvoiceID), Currency: strings.ToUpper(strings.TrimSpace(k.Currency)),
	}
	if month := strings.TrimSpace(k.Month); month != "" {
		key.Month, err = finops.ReadMonth(month)
		monthGiven = true
	}
	return key, monthGiven, err
}

// FigureDocument is the stored amounts of an invoice; null = the invoice does not say.
type FigureDocument struct {
	ID          int64          `json:"id"`
	Version     int64          `json:"version"` // raised by every change
	Total       finops.Amount  `json:"total"`
	Tax         *finops.Amount `json:"tax"`
	Credits     *finops.Amount `json:"credits"`
	Marketplace *finops.Amount `json:"marketplace"`
	Other       *finops.Amount `json:"other"`
	Note        string         `json:"note"`
	EnteredAt   string         `json:"enteredAt"` // RFC 3339
	User        string         `json:"user"`
}

// InvoiceDocument is an invoice compared with the ledger, the same in the window and in --json. Amounts are exact
// decimal texts; difference and rest are null without an invoice amount.
type InvoiceDocument struct {
	InvoiceKey
	BillingAccountName string          `json:"billingAccountName"`
	Status             Status          `json:"status"`
	StatusTitle        string          `json:"statusTitle"` // the status in words
	Lines              int64           `json:"lines"`
	Ledger             *finops.Sum     `json:"ledger"` // billed cost of the lines that the invoice is about; null where none of them has one
	Figure             *FigureDocument `json:"figure"`
	Difference         *finops.Sum     `json:"difference"` // the invoice's total less ledger
	Rest               *finops.Sum     `json:"rest"`       // what of the difference is not explained
	Tolerance          finops.Amount   `json:"tolerance"`  // what counts as rounding at most
}

// BridgeDocument leads from the ledger to an invoice.
type BridgeDocument struct {
	InvoiceDocument
	Bill        finops.Sum           `json:"bill"` // billed cost of the whole bill: all steps together
	BillLines   int64                `json:"billLines"`
	Steps       []StepDocument       `json:"steps"`
	Differences []DifferenceDocument `json:"differences"`
	Beside      []BesideDocument     `json:"beside"`
	Reasons     []ReasonDocument     `json:"reasons"`
}

// StepDocument is a part of the bill. The conditions and days lead to its charge lines.
type StepDocument struct {
	Kind   Kind               `json:"kind"`
	Title  string             `json:"title"`
	Inside bool               `json:"inside"` // false for lines of the bill that the invoice is not about
	Lines  int64              `json:"lines"`
	Amount *finops.Sum        `json:"amount"` // null where none of the lines has a billed cost
	Where  []finops.Condition `json:"where"`
	From   *finops.Day        `json:"from"` // null = all days
	To     *finops.Day        `json:"to"`
}

// DifferenceDocument is a step from the ledger to the invoice.
type DifferenceDocument struct {
	Kind     Kind           `json:"kind"`
	Title    string         `json:"title"`
	Amount   finops.Sum     `json:"amount"`
	Printed  *finops.Amount `json:"printed"`
	InLedger *finops.Sum    `json:"inLedger"`
}

// BesideDocument is cost that is shown and never added.
type BesideDocument struct {
	Provider string             `json:"provider"`
	Currency string             `json:"currency"`
	Lines    int64              `json:"lines"`
	Amount   finops.Sum         `json:"amount"`
	Where    []finops.Condition `json:"where"`
}

// ReasonDocument is a fact that may explain what is left.
type ReasonDocument struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Summary makes JSON of what an invoice comes to; nothing of the steps.
func (br *Bridge) Summary() InvoiceDocument {
	d := InvoiceDocument{
		InvoiceKey: br.Text(), BillingAccountName: br.AccountName, Status: br.Status, StatusTitle: br.Status.Title(), Lines: br.Lines, Ledger: br.Known(), Tolerance: br.Tolerance,
	}
	if f := br.Figure; f != nil {
		d.Figure = &FigureDocument{
			ID: f.ID, Version: f.Version, Total: f.Total, Tax: f.Parts.Tax, Credits: f.Parts.Credits, Marketplace: f.Parts.Marketplace, Other: f.Parts.Other, Note: f.Note,
			EnteredAt: f.EnteredAt.UTC().Format(time.RFC3339), User: f.User,
		}
		d.Difference, d.Rest = &br.Difference, &br.Rest
	}
	return d
}

// Document makes JSON of the bridge.
func (br *Bridge) Document() BridgeDocument {
	d := BridgeDocument{
		InvoiceDocument: br.Summary(), Bill: br.Bill, BillLines: br.BillLines,
		Steps: []StepDocument{}, Differences: []DifferenceDocument{}, Beside: []BesideDocument{}, Reasons: []ReasonDocument{},
	}
	for _, s := range br.Steps {
		d.Steps = append(d.Steps, StepDocument{s.Kind, s.Kind.Title(), s.Inside, s.Lines, s.Known(), fullConditions(s.Where), s.From, s.To})
	}
	for _, x := range br.Differences {
		d.Differences = append(d.Differences, DifferenceDocument{x.Kind, x.Kind.Title(), x.Amount, x.Printed, x.InLedger})
	}
	for _, x := range br.Beside {
		d.Beside = append(d.Beside, BesideDocument{x.Provider, x.Currency, x.Lines, x.Amount, fullConditions(x.Where)})
	}
	for _, r := range br.Reasons {
		d.Reasons = append(d.Reasons, ReasonDocument(r))
	}
	return d
}

// fullConditions copies conditions without nil lists, so that JSON has [] and never null.
func fullConditions(where []finops.Condition) []finops.Condition {
	all := make([]finops.Condition, len(where))
	for i, c := range where {
		all[i] = c
		if c.Values == nil {
			all[i].Values = []*string{}
		}
	}
	return all
}
