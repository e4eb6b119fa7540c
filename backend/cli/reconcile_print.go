package cli

import (
	"fmt"
	"time"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// invoiceName names an invoice in a sentence.
func invoiceName(k reconcile.Key) string {
	name := fmt.Sprintf("%s %s, %s", k.Provider, k.Account, k.Month)
	if k.Invoice != "" {
		name += ", invoice " + k.Invoice
	}
	return name
}

var statusWords = map[reconcile.Status]string{
	reconcile.StatusTies:         "ties",
	reconcile.StatusTiesRounding: "ties, with rounding",
	reconcile.StatusExplained:    "explained",
	reconcile.StatusOpen:         "not explained",
	reconcile.StatusNoData:       "no data in the ledger",
	reconcile.StatusNoFigure:     "no invoice figure",
}

// statusText tells how a reconciliation ended, with the rest that has no explanation.
func statusText(br *reconcile.Bridge) string {
	if br.Status == reconcile.StatusOpen {
		return statusWords[br.Status] + ": " + readable(&br.Rest, br.Currency)
	}
	return statusWords[br.Status]
}

func (r *runner) printReconciliation(bridges []*reconcile.Bridge) error {
	if len(bridges) == 0 {
		return r.print("The ledger holds no bill, and there is no invoice figure.\n")
	}
	var t table
	for _, name := range []string{"Month", "Provider", "Account", "Invoice", "Currency", "Ledger", "Invoice total", "Difference", "Status"} {
		t.column(name, name == "Ledger" || name == "Invoice total" || name == "Difference")
	}
	for _, br := range bridges {
		total, difference := "", ""
		if br.Figure != nil {
			total, difference = grouped(br.Figure.Total.String()), readable(&br.Difference, br.Currency)
		}
		invoice := br.Invoice
		if invoice == "" {
			invoice = "(whole bill)"
		}
		t.rows = append(t.rows, []string{br.Month.String(), br.Provider, br.Account, invoice, orNone(br.Currency), readable(&br.Ledger, br.Currency), total, difference, statusText(br)})
	}
	return t.write(r.out)
}

func (r *runner) printBridges(bridges []*reconcile.Bridge) error {
	for i, br := range bridges {
		if i > 0 {
			if err := r.print("\n"); err != nil {
				return err
			}
		}
		if err := r.printBridge(br); err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) printBridge(br *reconcile.Bridge) error {
	if err := r.print("%s, %s: %s\n\n", visible(invoiceName(br.Key)), orNone(br.Currency), statusText(br)); err != nil {
		return err
	}
	if err := stepTable(br).write(r.out); err != nil {
		return err
	}
	for _, s := range br.Steps {
		if !s.Inside {
			if err := r.print("Not part of it: %s: %s in %s.\n", s.Kind.Title(), readable(&s.Amount, br.Currency), things(s.Lines, "line")); err != nil {
				return err
			}
		}
	}
	for _, x := range br.Beside {
		if err := r.print("Beside it, never added: %s %s in %s from %s.\n", readable(&x.Amount, x.Currency), orNone(x.Currency), things(x.Lines, "line"), visible(x.Provider)); err != nil {
			return err
		}
	}
	if len(br.Reasons) > 0 {
		if err := r.print("\nPossible causes:\n"); err != nil {
			return err
		}
	}
	for _, reason := range br.Reasons {
		if err := r.print("- %s\n", visible(reason.Text)); err != nil {
			return err
		}
	}
	return nil
}

// stepTable shows the way from the lines to the ledger's sum, and on to the invoice.
func stepTable(br *reconcile.Bridge) *table {
	t := &table{}
	t.column("Step", false)
	t.column("Lines", true)
	t.column("Amount", true)
	for _, s := range br.Steps {
		if s.Inside {
			t.rows = append(t.rows, []string{s.Kind.Title(), count(s.Lines), readable(&s.Amount, br.Currency)})
		}
	}
	t.totals = append(t.totals, []string{"Ledger, billed cost", count(br.Lines), readable(&br.Ledger, br.Currency)})
	for _, d := range br.Differences {
		title := d.Kind.Title()
		if d.Printed != nil && d.Kind != reconcile.KindOther {
			title += fmt.Sprintf(": invoice %s, ledger %s", grouped(d.Printed.String()), readable(d.InLedger, br.Currency))
		}
		t.totals = append(t.totals, []string{title, "", readable(&d.Amount, br.Currency)})
	}
	if br.Figure != nil {
		t.totals = append(t.totals, []string{"Invoice", "", grouped(br.Figure.Total.String())})
	}
	return t
}

func (r *runner) reconcileJSON(bridges []*reconcile.Bridge, steps bool) error {
	all := make([]object, len(bridges))
	for i, br := range bridges {
		all[i] = bridgeJSON(br, steps)
	}
	return writeJSON(r.out, object{{"invoices", all}})
}

func bridgeJSON(br *reconcile.Bridge, steps bool) object {
	o := object{
		{"provider", br.Provider}, {"billingAccount", br.Account}, {"billingAccountName", br.AccountName}, {"month", br.Month}, {"invoiceId", br.Invoice},
		{"currency", br.Currency}, {"status", br.Status}, {"lines", br.Lines}, {"ledger", br.Ledger.String()}, {"figure", figureJSON(br.Figure)},
	}
	if br.Figure != nil {
		o = append(o, object{{"difference", br.Difference.String()}, {"rest", br.Rest.String()}, {"tolerance", br.Tolerance.String()}}...)
	}
	if !steps {
		return o
	}
	all, differences, beside, reasons := []object{}, []object{}, []object{}, []object{}
	for _, s := range br.Steps {
		all = append(all, object{{"kind", s.Kind}, {"title", s.Kind.Title()}, {"inside", s.Inside}, {"lines", s.Lines}, {"amount", s.Amount.String()},
			{"where", stepConditionsJSON(s.Where)}, {"from", s.From}, {"to", s.To}})
	}
	for _, d := range br.Differences {
		differences = append(differences, object{{"kind", d.Kind}, {"title", d.Kind.Title()}, {"amount", d.Amount.String()}, {"printed", amountOf(d.Printed)}, {"inLedger", amountOf(d.InLedger)}})
	}
	for _, x := range br.Beside {
		beside = append(beside, object{{"provider", x.Provider}, {"currency", x.Currency}, {"lines", x.Lines}, {"amount", x.Amount.String()}, {"where", stepConditionsJSON(x.Where)}})
	}
	for _, reason := range br.Reasons {
		reasons = append(reasons, object{{"code", reason.Code}, {"text", reason.Text}})
	}
	return append(o, object{
		{"bill", br.Bill.String()}, {"billLines", br.BillLines}, {"steps", all}, {"differences", differences}, {"beside", beside}, {"reasons", reasons},
	}...)
}

func stepConditionsJSON(where []finops.Condition) []object {
	all := make([]object, len(where))
	for i, c := range where {
		all[i] = object{{"column", c.Column}, {"op", c.Op}, {"values", c.Values}}
	}
	return all
}

func figureJSON(f *reconcile.Figure) any {
	if f == nil {
		return nil
	}
	return object{
		{"id", f.ID}, {"total", f.Total.String()}, {"tax", amountOf(f.Parts.Tax)}, {"credits", amountOf(f.Parts.Credits)}, {"marketplace", amountOf(f.Parts.Marketplace)},
		{"other", amountOf(f.Parts.Other)}, {"note", f.Note}, {"enteredAt", f.EnteredAt.UTC().Format(time.RFC3339)}, {"user", f.User},
	}
}

func (r *runner) importedJSON(done *service.ImportedFigures, added, replaced, same int) error {
	all := []object{}
	for _, s := range done.Saved {
		var before any
		if s.Before != nil {
			before = s.Before.Total.String()
		}
		all = append(all, object{{"line", s.Line}, {"provider", s.Provider}, {"billingAccount", s.Account}, {"month", s.Month}, {"invoiceId", s.Invoice}, {"currency", s.Currency},
			{"total", s.Total.String()}, {"totalBefore", before}})
	}
	return writeJSON(r.out, object{{"decimal", done.Decimal}, {"new", added}, {"replaced", replaced}, {"same", same}, {"leftOut", done.Blank}, {"figures", all}})
}
