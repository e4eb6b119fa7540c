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

// reasons lists what may cause an unexplained difference, the likeliest first; for a bill
// without an invoice amount, why it may be too early to compare.
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

// matches finds a part of the bill that is exactly the unexplained difference.
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
			r.add("match", "The unexplained difference is exactly \"%s\" (%s): the invoice seems to leave it out. If it does, enter 0 for it.", name, money(s.Amount, br.Currency))
		case s.Inside:
			r.add("match", "The unexplained difference is exactly \"%s\" (%s): the invoice seems to leave it out.", name, money(s.Amount, br.Currency))
		default:
			r.add("match", "The unexplained difference is exactly \"%s\" (%s): the invoice seems to include them too.", name, money(s.Amount, br.Currency))
		}
	}
	for _, x := range br.Beside {
		together := br.Rest
		together.SubSum(x.Amount)
		if x.Provider != br.Provider && x.Lines > 0 && within(together, half) {
			r.add("match", "The unexplained difference is exactly the charges from %s with the same invoice number (%s).", x.Provider, money(x.Amount, br.Currency))
		}
	}
	if len(br.Differences) > 1 && within(br.Difference, br.Tolerance) {
		r.add("parts", "Without tax, credits, marketplace and other as entered, the ledger matches the invoice. Check these amounts.")
	}
}

func (r *reasonList) invoiceLines(br *Bridge, b *bill) {
	if br.Invoice == "" {
		if ids := b.invoices(br.Currency); len(ids) > 1 {
			r.add("several_invoices", "The charges of this month are on %d invoices (%s). If the amount is of one of them, enter its number.", len(ids), names(ids))
		}
		return
	}
	if inLedger, lines := br.inLedger(KindNoInvoice); lines > 0 {
		r.add("no_invoice", "%s of this bill %s no invoice number (%s). A file that was exported before the invoice was issued has none; a later export may have it.",
			counted(lines, "line", "lines"), plural(lines, "has", "have"), money(inLedger, br.Currency))
	}
}

func (r *reasonList) beside(br *Bridge) {
	for _, x := range br.Beside {
		switch {
		case x.Lines == 0:
		case x.Provider != br.Provider:
			r.add("other_provider", "%s from %s %s the same invoice number (%s). They are another bill and not included here.",
				counted(x.Lines, "line", "lines"), x.Provider, plural(x.Lines, "has", "have"), money(x.Amount, x.Currency))
		default:
			code := x.Currency
			if code == "" {
				code = "an unknown currency"
			}
			r.add("other_currency", "%s of this bill %s in %s (%s). Amounts of different currencies are never added.",
				counted(x.Lines, "line", "lines"), plural(x.Lines, "is", "are"), code, money(x.Amount, x.Currency))
		}
	}
}

// missingParts names what neither the ledger nor the invoice amount has.
func (r *reasonList) missingParts(br *Bridge) {
	if _, lines := br.inLedger(KindTax); lines == 0 && br.Figure.Parts.Tax == nil && br.Rest.Sign() > 0 {
		r.add("no_tax", "The ledger has no tax of this bill. If the invoice charges tax, enter the amount.")
	}
	if _, lines := br.inLedger(KindCredit); lines == 0 && br.Figure.Parts.Credits == nil && br.Rest.Sign() < 0 {
		r.add("no_credit", "The ledger has no credits of this bill. If the invoice deducts credits, enter the amount with a minus.")
	}
	if _, lines := br.inLedger(KindMarketplace); lines > 0 && br.Figure.Parts.Marketplace == nil && br.Rest.Sign() < 0 {
		r.add("marketplace", "The ledger has %s of other publishers. Some providers send a separate invoice for the marketplace: then enter 0 for it here.", counted(lines, "line", "lines"))
	}
	if br.Figure.Parts.Other == nil && br.Rest.Sign() > 0 {
		r.add("not_in_data", "Enter what the invoice charges and the ledger does not have, such as a support plan, under Other.")
	}
}

// completeness says whether the bill may be unfinished.
func (r *reasonList) completeness(br *Bridge, b *bill, today finops.Day) {
	end := br.Month.Last()
	switch after := int(today - end); {
	case after <= 0:
		r.add("open_month", "%s has not ended. Compare when its invoice is there.", br.Month.Words())
	case after <= settleDays:
		r.add("settling", "%s ended %s ago. Providers may still change a bill in the two weeks after its month.", br.Month.Words(), counted(int64(after), "day", "days"))
	}
	c := b.coverage
	if c.Monthly || c.First == c.Last {
		return // without daily detail there are no days to miss
	}
	if c.Last < end && c.Last >= br.Month.First() {
		r.add("last_day", "The charges end on %s. If the month went on, import the finished bill.", c.Last.Words())
	}
	if missing := c.Lacks(max(c.First, br.Month.First()), min(c.Last, end)); len(missing) > 0 {
		days := make([]string, len(missing))
		for i, d := range missing {
			days[i] = d.Words()
		}
		r.add("missing_days", "%s of the month %s no charges (%s).", counted(int64(len(days)), "day", "days"), plural(int64(len(days)), "has", "have"), names(days))
	}
}

// noData says what the ledger has in the place of the invoice.
func (r *reasonList) noData(l *Ledger, br *Bridge, b *bill) {
	if br.BillLines > 0 {
		ids := b.invoices(br.Currency)
		if len(ids) == 0 {
			r.add("no_ids", "The charges of this bill have no invoice number. Leave the invoice number empty to compare the whole month (%s).", money(br.Bill, br.Currency))
			return
		}
		r.add("other_ids", "No charge is on invoice %s. The charges of this bill are on %s.", br.Invoice, names(ids))
		return
	}
	if codes := b.currencies(); len(codes) > 0 {
		r.add("other_currency", "The ledger has this bill in %s only.", names(codes))
		return
	}
	months := 0
	for of := range l.bills {
		if of.Provider == br.Provider && of.Account == br.Account {
			months++
		}
	}
	if months > 0 {
		r.add("no_month", "The ledger has %s of this billing account, but not %s. Import the bill of that month.", counted(int64(months), "month", "months"), br.Month.Words())
		return
	}
	r.add("no_account", "The ledger has no charges of billing account %s of %s. Check the account, or import its bills.", br.Account, br.Provider)
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
