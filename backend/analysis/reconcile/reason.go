package reconcile

import (
	"fmt"
	"strings"

	"cloud-intelligence/backend/finops"
)

// settleDays is how long after the end of a month its bill may still change: AWS restates
// the previous month for two weeks, Azure until the fifth of the next one.
const settleDays = 14

// namesMax bounds how many names a sentence lists.
const namesMax = 5

// reasons lists what the ledger tells about a rest, the most telling first; for a bill
// without a figure, what would speak against laying an invoice beside it already.
func (l *Ledger) reasons(br *Bridge, b *bill, today finops.Day) []Reason {
	var r reasonList
	switch br.Status {
	case StatusTies, StatusTiesRounding, StatusExplained:
		return nil
	case StatusNoFigure:
		r.completeness(br, b, today)
		return r
	case StatusNoData:
		r.noData(l, br, b)
		return r
	case StatusOpen:
	}
	r.matches(br)
	r.invoiceLines(br, b)
	r.beside(br)
	if br.Unknown > 0 {
		r.add("unknown_cost", "%s no billed cost in the file and %s as 0.", counted(br.Unknown, "line has", "lines have"), plural(br.Unknown, "counts", "count"))
	}
	r.missingParts(br)
	r.completeness(br, b, today)
	return r
}

type reasonList []Reason

func (r *reasonList) add(code, format string, args ...any) {
	*r = append(*r, Reason{code, fmt.Sprintf(format, args...)})
}

// matches finds a part of the bill that is exactly the rest.
func (r *reasonList) matches(br *Bridge) {
	unit := finops.NewAmount(1, finops.MinorDigits(br.Currency))
	half := finops.NewAmount(5, finops.MinorDigits(br.Currency)+1)
	for i := range br.Steps {
		s := &br.Steps[i]
		if absolute(s.Amount).Amount().Cmp(unit) < 0 {
			continue
		}
		together := br.Rest
		if s.Inside {
			together.AddSum(s.Amount)
		} else {
			together.SubSum(s.Amount)
		}
		if !within(together, half) {
			continue
		}
		switch name := s.Kind.Title(); {
		case s.Inside && (s.Kind == KindTax || s.Kind == KindMarketplace || s.Kind == KindCredit):
			r.add("match", "The rest is exactly the step \"%s\" (%s): the invoice seems to leave it out. If it does, type 0 for it.", name, money(s.Amount, br.Currency))
		case s.Inside:
			r.add("match", "The rest is exactly the step \"%s\" (%s): the invoice seems to leave it out.", name, money(s.Amount, br.Currency))
		default:
			r.add("match", "The rest is exactly the step \"%s\" (%s): the invoice seems to hold them too.", name, money(s.Amount, br.Currency))
		}
	}
	for _, x := range br.Beside {
		together := br.Rest
		together.SubSum(x.Amount)
		if x.Provider != br.Provider && x.Lines > 0 && within(together, half) {
			r.add("match", "The rest is exactly what the ledger holds under this invoice id from %s (%s).", x.Provider, money(x.Amount, br.Currency))
		}
	}
	if len(br.Differences) > 1 && within(br.Difference, br.Tolerance) {
		r.add("parts", "Without the typed parts the ledger ties with the invoice. Check the parts.")
	}
}

func (r *reasonList) invoiceLines(br *Bridge, b *bill) {
	if br.Invoice == "" {
		if ids := b.invoices(br.Currency); len(ids) > 1 {
			r.add("several_invoices", "The lines of this month name %d invoices (%s). If the figure is of one of them, type its id.", len(ids), names(ids))
		}
		return
	}
	if inLedger, lines := br.inLedger(KindNoInvoice); lines > 0 {
		r.add("no_invoice", "%s of this bill %s no invoice (%s). A file that was exported before the invoice was issued names none; a later export may.",
			counted(lines, "line", "lines"), plural(lines, "names", "name"), money(inLedger, br.Currency))
	}
}

func (r *reasonList) beside(br *Bridge) {
	for _, x := range br.Beside {
		switch {
		case x.Lines == 0:
		case x.Provider != br.Provider:
			r.add("other_provider", "%s from %s %s the same invoice id (%s). They are another bill of the ledger and not in this bridge.",
				counted(x.Lines, "line", "lines"), x.Provider, plural(x.Lines, "names", "name"), money(x.Amount, x.Currency))
		default:
			code := x.Currency
			if code == "" {
				code = "a currency that is not named"
			}
			r.add("other_currency", "%s of this bill %s in %s (%s). Amounts of different currencies are never added.",
				counted(x.Lines, "line", "lines"), plural(x.Lines, "is", "are"), code, money(x.Amount, x.Currency))
		}
	}
}

// missingParts names what the ledger does not hold and the figure does not say.
func (r *reasonList) missingParts(br *Bridge) {
	if _, lines := br.inLedger(KindTax); lines == 0 && br.Figure.Parts.Tax == nil && br.Rest.Sign() > 0 {
		r.add("no_tax", "The ledger holds no tax line of this bill. If the invoice charges tax, type the amount.")
	}
	if _, lines := br.inLedger(KindCredit); lines == 0 && br.Figure.Parts.Credits == nil && br.Rest.Sign() < 0 {
		r.add("no_credit", "The ledger holds no credit line of this bill. If the invoice deducts credits, type the amount with a minus.")
	}
	if _, lines := br.inLedger(KindMarketplace); lines > 0 && br.Figure.Parts.Marketplace == nil && br.Rest.Sign() < 0 {
		r.add("marketplace", "The ledger holds %s of other publishers. Some providers send a separate invoice for the marketplace: then type 0 for it here.", counted(lines, "line", "lines"))
	}
	if br.Figure.Parts.Other == nil && br.Rest.Sign() > 0 {
		r.add("not_in_data", "What the invoice charges and the ledger does not hold, such as a support plan, is typed as other.")
	}
}

// completeness tells whether the bill may be unfinished.
func (r *reasonList) completeness(br *Bridge, b *bill, today finops.Day) {
	end := br.Month.Last()
	switch after := int(today - end); {
	case after <= 0:
		r.add("open_month", "%s has not ended. The invoice comes when it has.", br.Month)
	case after <= settleDays:
		r.add("settling", "%s ended %s ago. Providers may still change a bill in the two weeks after its month.", br.Month, counted(int64(after), "day", "days"))
	}
	if len(b.days) < 2 {
		return // a bill that is told by the month has no days to miss
	}
	if last := b.days[len(b.days)-1]; last < end {
		r.add("last_day", "The last day with a charge is %s. If the month went on, import the finished bill.", last)
	}
	if missing := missingDays(b.days, br.Month); len(missing) > 0 {
		r.add("missing_days", "%s between the first and the last day held %s no charge (%s).",
			counted(int64(len(missing)), "day", "days"), plural(int64(len(missing)), "has", "have"), names(missing))
	}
}

// missingDays lists the days of the month between two charges that have none.
func missingDays(days []finops.Day, month finops.Month) []string {
	var missing []string
	before := finops.Day(0)
	for i, d := range days {
		if d < month.First() || d > month.Last() {
			continue
		}
		for gap := before + 1; i > 0 && before >= month.First() && gap < d; gap++ {
			missing = append(missing, gap.String())
		}
		before = d
	}
	return missing
}

// noData tells what the ledger holds in the place of the invoice.
func (r *reasonList) noData(l *Ledger, br *Bridge, b *bill) {
	if br.BillLines > 0 {
		ids := b.invoices(br.Currency)
		if len(ids) == 0 {
			r.add("no_ids", "No line of this bill names an invoice. Leave the invoice id empty to compare the whole month (%s).", money(br.Bill, br.Currency))
			return
		}
		r.add("other_ids", "No line names invoice %s. The lines of this bill name %s.", br.Invoice, names(ids))
		return
	}
	if codes := b.currencies(); len(codes) > 0 {
		r.add("other_currency", "The ledger holds this bill in %s only.", names(codes))
		return
	}
	months := 0
	for of := range l.bills {
		if of.Provider == br.Provider && of.Account == br.Account {
			months++
		}
	}
	if months > 0 {
		r.add("no_month", "The ledger holds %s of this billing account, but not %s. Import the bill of that month.", counted(int64(months), "month", "months"), br.Month)
		return
	}
	r.add("no_account", "The ledger holds nothing of billing account %s of %s. Check the account, or import its bills.", br.Account, br.Provider)
}

func names(list []string) string {
	if len(list) <= namesMax {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:namesMax], ", "), len(list)-namesMax)
}

func counted(n int64, one, many string) string { return fmt.Sprintf("%d %s", n, plural(n, one, many)) }

func plural(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
