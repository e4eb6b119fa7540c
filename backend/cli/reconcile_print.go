package cli

import (
	"fmt"

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

// statusText says how a reconciliation ended, with the difference that is unexplained.
func statusText(br *reconcile.Bridge) string {
	if br.Status == reconcile.StatusOpen {
		return br.Status.Title() + ": " + readable(&br.Rest, br.Currency)
	}
	return br.Status.Title()
}

func (r *runner) printReconciliation(bridges []*reconcile.Bridge) error {
	if len(bridges) == 0 {
		return r.print("The workspace has no bill and no invoice amount.\n")
	}
	var t table
	for _, name := range []string{"Month", "Provider", "Account", "Invoice", "Currency", "Ledger", "Invoice total", "Difference", "Unexplained", "Status"} {
		t.column(name, name == "Ledger" || name == "Invoice total" || name == "Difference" || name == "Unexplained")
	}
	for _, br := range bridges {
		total, difference, rest := "", "", ""
		if br.Figure != nil {
			total, difference, rest = finops.Grouped(br.Figure.Total.String()), readable(&br.Difference, br.Currency), readable(&br.Rest, br.Currency)
		}
		invoice := br.Invoice
		if invoice == "" {
			invoice = "(no number)"
		}
		t.rows = append(t.rows, []string{br.Month.String(), br.Provider, br.Account, invoice, orNone(br.Currency), readable(br.Known(), br.Currency), total, difference, rest, br.Status.Title()})
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
			if err := r.print("Not included: %s: %s in %s.\n", s.Kind.Title(), readable(s.Known(), br.Currency), things(s.Lines, "line")); err != nil {
				return err
			}
		}
	}
	for _, x := range br.Beside {
		if err := r.print("Related, not included: %s %s in %s from %s.\n", readable(&x.Amount, x.Currency), orNone(x.Currency), things(x.Lines, "line"), visible(x.Provider)); err != nil {
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
			t.rows = append(t.rows, []string{s.Kind.Title(), count(s.Lines), readable(s.Known(), br.Currency)})
		}
	}
	t.totals = append(t.totals, []string{"Ledger, billed cost", count(br.Lines), readable(br.Known(), br.Currency)})
	for _, d := range br.Differences {
		title := d.Kind.Title()
		if d.Printed != nil && d.Kind != reconcile.KindOther {
			title += fmt.Sprintf(": invoice %s, ledger %s", finops.Grouped(d.Printed.String()), readable(d.InLedger, br.Currency))
		}
		t.totals = append(t.totals, []string{title, "", readable(&d.Amount, br.Currency)})
	}
	if br.Figure != nil {
		t.totals = append(t.totals, []string{"Invoice", "", finops.Grouped(br.Figure.Total.String())})
	}
	return t
}

func (r *runner) reconcileJSON(bridges []*reconcile.Bridge, steps bool) error {
	if steps {
		return writeJSON(r.out, object{{"invoices", documents(bridges, (*reconcile.Bridge).Document)}})
	}
	return writeJSON(r.out, object{{"invoices", documents(bridges, (*reconcile.Bridge).Summary)}})
}

// documents makes JSON of each; the result is never nil.
func documents[A, B any](all []*A, document func(*A) B) []B {
	out := make([]B, len(all))
	for i, one := range all {
		out[i] = document(one)
	}
	return out
}

// printFigures shows what every line of a file of invoice amounts does.
func (r *runner) printFigures(read *service.FiguresFile) error {
	var t table
	for _, name := range []string{"Line", "Month", "Provider", "Account", "Invoice", "Currency", "Stored", "In the file", "Result"} {
		t.column(name, name == "Line" || name == "Stored" || name == "In the file")
	}
	for _, row := range read.Rows {
		month, before, total := "", "", row.Text
		if row.Month != 0 {
			month = row.Month.String()
		}
		if row.Before != nil {
			before = row.Before.Total.String()
		}
		if row.Err == nil {
			total = row.Total.String()
		}
		t.rows = append(t.rows, []string{count(int64(row.Line)), month, visible(row.Provider), visible(row.Account), visible(row.Invoice), visible(row.Currency), before, visible(total), string(row.State())})
	}
	if err := t.write(r.out); err != nil {
		return err
	}
	for _, row := range read.Rows {
		if row.Err != nil {
			r.note("Line %d: %s", row.Line, finops.MessageOf(row.Err))
		}
	}
	n := countFigures(read.Rows)
	return r.print("%d new, %d would replace an amount, %d unchanged, %d refused. Nothing was saved.\n", n.added, n.replaced, n.same, n.refused)
}

func (r *runner) importedJSON(read *service.FiguresFile) error {
	all := make([]service.FigureLine, len(read.Rows))
	for i := range read.Rows {
		all[i] = read.Rows[i].Document()
	}
	n := countFigures(read.Rows)
	return writeJSON(r.out, object{{"decimal", read.Decimal}, {"new", n.added}, {"replaced", n.replaced}, {"same", n.same}, {"refused", n.refused}, {"leftOut", read.Blank}, {"figures", all}})
}
