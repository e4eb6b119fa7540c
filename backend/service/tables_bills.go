package service

import (
	"context"
	"strconv"
	"strings"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/report"
)

// Bills lists every version of the bills that are meant, with a row for each of its totals.
func (w Tables) Bills(ctx context.Context, meant BillFilter) (*report.Table, error) {
	bills, err := Bills(w).List(ctx)
	if err != nil {
		return nil, err
	}
	t, err := w.table(ctx, "Bills", "Every version of every bill that was imported, with its totals")
	if err != nil {
		return nil, err
	}
	t.Columns = []report.Column{
		{Name: "month", Kind: report.Month}, {Name: "provider"}, {Name: "billingAccount"}, {Name: "state"}, {Name: "export"}, {Name: "part"}, {Name: "importId"},
		{Name: "importedAt", Kind: report.Time}, {Name: "lines", Kind: report.Count}, {Name: "firstDay", Kind: report.Day}, {Name: "lastDay", Kind: report.Day}, {Name: "currency"},
		{Name: "metric"}, {Name: "amount", Kind: report.Amount}, {Name: "files"}, {Name: "user"}, {Name: "stateTitle"},
	}
	t.Currency = 11
	var rows [][]*string
	for i := range bills {
		b := &bills[i]
		if !meant.fits(b) {
			continue
		}
		for _, v := range b.Versions {
			for _, total := range v.Totals {
				rows = append(rows, report.Cells(
					b.Month.String(), b.Provider, b.Account, string(v.State), v.Export, v.Part, strconv.FormatInt(v.ImportID, 10), v.ImportedAt,
					strconv.FormatInt(v.Lines, 10), v.FirstDay, v.LastDay, total.Currency, string(total.Metric), total.Amount.String(), strings.Join(v.Files, "; "), v.User, v.StateTitle,
				))
			}
		}
	}
	t.Rows = report.List(rows)
	return t, nil
}

// Invoices lists reconciled invoices, one a row.
func (w Tables) Invoices(ctx context.Context, bridges []*reconcile.Bridge) (*report.Table, error) {
	t, err := w.table(ctx, "Reconciliation", "Billed cost of the ledger compared with the invoices")
	if err != nil {
		return nil, err
	}
	t.Columns = []report.Column{
		{Name: "month", Kind: report.Month}, {Name: "provider"}, {Name: "billing_account"}, {Name: "billing_account_name"}, {Name: "invoice_id"}, {Name: "currency"},
		{Name: "lines", Kind: report.Count}, {Name: "ledger", Kind: report.Amount}, {Name: "total", Kind: report.Amount}, {Name: "tax", Kind: report.Amount},
		{Name: "credits", Kind: report.Amount}, {Name: "marketplace", Kind: report.Amount}, {Name: "other", Kind: report.Amount}, {Name: "difference", Kind: report.Amount},
		{Name: "rest", Kind: report.Amount}, {Name: "status"}, {Name: "note"}, {Name: "status_title"},
	}
	t.Currency = 5
	rows := make([][]*string, len(bridges))
	for i, br := range bridges {
		row := report.Cells(br.Month.String(), br.Provider, br.Account, br.AccountName, br.Invoice, br.Currency, strconv.FormatInt(br.Lines, 10), br.Ledger.String())
		if f := br.Figure; f != nil {
			row = append(row, new(f.Total.String()), amountCell(f.Parts.Tax), amountCell(f.Parts.Credits), amountCell(f.Parts.Marketplace), amountCell(f.Parts.Other),
				new(br.Difference.String()), new(br.Rest.String()), new(string(br.Status)), &f.Note, new(br.Status.Title()))
		} else {
			row = append(row, nil, nil, nil, nil, nil, nil, nil, new(string(br.Status)), nil, new(br.Status.Title()))
		}
		rows[i] = row
	}
	t.Rows = report.List(rows)
	return t, nil
}

// Bridges lists the steps from the charge lines to each invoice.
func (w Tables) Bridges(ctx context.Context, bridges []*reconcile.Bridge) (*report.Table, error) {
	t, err := w.table(ctx, "Reconciliation", "From the charge lines of a bill to its invoice")
	if err != nil {
		return nil, err
	}
	t.Columns = []report.Column{
		{Name: "month", Kind: report.Month}, {Name: "provider"}, {Name: "billing_account"}, {Name: "invoice_id"}, {Name: "currency"}, {Name: "section"}, {Name: "kind"}, {Name: "title"},
		{Name: "lines", Kind: report.Count}, {Name: "amount", Kind: report.Amount}, {Name: "printed", Kind: report.Amount}, {Name: "inLedger", Kind: report.Amount},
	}
	t.Currency = 4
	var rows [][]*string
	for _, br := range bridges {
		add := func(section, kind, title string, more ...*string) {
			rows = append(rows, append(report.Cells(br.Month.String(), br.Provider, br.Account, br.Invoice, br.Currency, section, kind, title), more...))
		}
		for _, s := range br.Steps {
			section := "ledger"
			if !s.Inside {
				section = "not in the invoice"
			}
			add(section, string(s.Kind), s.Kind.Title(), new(strconv.FormatInt(s.Lines, 10)), new(s.Amount.String()), nil, nil)
		}
		add("total", "ledger", "Ledger, billed cost", new(strconv.FormatInt(br.Lines, 10)), new(br.Ledger.String()), nil, nil)
		for _, d := range br.Differences {
			add("difference", string(d.Kind), d.Kind.Title(), nil, new(d.Amount.String()), amountCell(d.Printed), sumCell(d.InLedger))
		}
		if br.Figure != nil {
			add("total", "invoice", "Invoice", nil, new(br.Figure.Total.String()), nil, nil)
		}
	}
	t.Rows = report.List(rows)
	return t, nil
}

func amountCell(a *finops.Amount) *string {
	if a == nil {
		return nil
	}
	return new(a.String())
}

// Changes lists what a newer export changed in a bill: the kinds of changes, then the
// services and sub-accounts.
func (w Tables) Changes(ctx context.Context, c *ingest.Change) (*report.Table, error) {
	t, err := w.table(ctx, "Changes", strings.TrimSpace(c.Provider+" "+c.Account)+", "+c.Month.String()+": the newer version compared with the one before")
	if err != nil {
		return nil, err
	}
	t.Columns = []report.Column{
		{Name: "kind"}, {Name: "name"}, {Name: "currency"}, {Name: "lines", Kind: report.Count}, {Name: "billedBefore", Kind: report.Amount},
		{Name: "billedNow", Kind: report.Amount}, {Name: "effectiveBefore", Kind: report.Amount}, {Name: "effectiveNow", Kind: report.Amount},
	}
	t.Currency = 2
	var rows [][]*string
	for _, part := range []struct {
		name string
		ingest.LinesChange
	}{{"before", c.Before}, {"new", c.New}, {"gone", c.Gone}, {"changed", c.Changed}, {"now", c.Now}, {"late", c.Late}, {"creditsBefore", c.CreditsBefore}, {"creditsNow", c.CreditsNow}} {
		for _, m := range part.Costs {
			rows = append(rows, report.Cells(part.name, "", m.Currency, strconv.FormatInt(part.Lines, 10), "", m.Billed.String(), "", m.Effective.String()))
		}
	}
	for _, groups := range []struct {
		kind string
		list []ingest.GroupChange
	}{{"service", c.Services}, {"subAccount", c.Accounts}} {
		for _, g := range groups.list {
			rows = append(rows, report.Cells(groups.kind, g.Name, g.Currency, "", g.BilledBefore.String(), g.BilledNow.String(), g.EffectiveBefore.String(), g.EffectiveNow.String()))
		}
	}
	t.Rows = report.List(rows)
	return t, nil
}
