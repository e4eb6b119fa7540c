package reconcile

import (
	"slices"

	"cloud-intelligence/backend/finops"
)

// Status says how a reconciliation ended.
type Status string

// The statuses.
const (
	StatusTies         Status = "ties"          // the ledger and the invoice are equal, to the last digit
	StatusTiesRounding Status = "ties_rounding" // but for rounding
	StatusExplained    Status = "explained"     // items of the invoice explain the difference
	StatusOpen         Status = "not_explained" // an unexplained difference remains
	StatusNoData       Status = "no_data"       // the ledger has no charges of the invoice
	StatusNoFigure     Status = "no_figure"     // the amount of the invoice is missing
)

var statusTitles = map[Status]string{
	StatusTies:         "Matches",
	StatusTiesRounding: "Matches within rounding",
	StatusExplained:    "Explained by invoice items",
	StatusOpen:         "Unexplained difference",
	StatusNoData:       "No charges in the ledger",
	StatusNoFigure:     "Invoice amount missing",
}

// Title returns the words for a status.
func (s Status) Title() string { return statusTitles[s] }

// Difference is a step from the ledger to the invoice.
type Difference struct {
	Kind     Kind
	Printed  *finops.Amount // what the invoice says of it
	InLedger *finops.Sum    // what the ledger has of it
	Amount   finops.Sum
}

// Beside is cost that is not part of the bridge but may matter to it. It is never added.
type Beside struct {
	Provider, Currency string
	Lines              int64
	Amount             finops.Sum
	Where              []finops.Condition
}

// Reason is a fact that may explain a rest. Code is for programs, Text for people.
type Reason struct{ Code, Text string }

// Bridge leads from the billed cost of a bill's lines to the total of an invoice. Exactly:
// the steps add up to Bill, those that are Inside to Ledger, and Ledger plus the
// differences is the invoice's total.
type Bridge struct {
	Key
	AccountName string
	Figure      *Figure // nil = none was typed
	Bill        finops.Sum
	BillLines   int64
	Ledger      finops.Sum // of the lines that the invoice is about
	Lines       int64
	Unknown     int64 // of them, lines that are known to have no billed cost
	Steps       []Step
	Differences []Difference // empty without a figure or lines
	Difference  finops.Sum   // the invoice's total less Ledger; 0 without a figure
	Rest        finops.Sum   // what is not explained
	Tolerance   finops.Amount
	Status      Status
	Beside      []Beside
	Reasons     []Reason
	FirstDay    finops.Day // of the bill's charges; meaningful when BillLines > 0
	LastDay     finops.Day
}

// Bridge makes the bridge of one invoice; f may be nil. Today is for telling whether the
// month is over.
func (l *Ledger) Bridge(k Key, f *Figure, today finops.Day) *Bridge {
	b := l.bills[BillOf{k.Provider, k.Account, k.Month}]
	if b == nil {
		b = &bill{BillOf: BillOf{k.Provider, k.Account, k.Month}}
	}
	br := &Bridge{Key: k, AccountName: l.names[k.Account], Figure: f}
	if len(b.days) > 0 {
		br.FirstDay, br.LastDay = b.days[0], b.days[len(b.days)-1]
	}
	br.addSteps(b)
	br.Beside = l.beside(b, k)
	br.Tolerance = Tolerance(k.Currency, b.serviceCount(k), br.Lines)
	br.conclude()
	br.Reasons = l.reasons(br, b, today)
	return br
}

func (br *Bridge) addSteps(b *bill) {
	steps := map[Kind]*Step{}
	for i := range b.cells {
		c := &b.cells[i]
		if c.Currency != br.Currency {
			continue
		}
		kind := b.kindOf(c, br.Key)
		s := steps[kind]
		if s == nil {
			s = &Step{Kind: kind, Inside: kind != KindOtherInvoice && kind != KindNoInvoice}
			s.Where, s.From, s.To = b.conditions(kind, br.Key)
			steps[kind] = s
		}
		s.Lines += c.Lines
		if c.Billed == nil {
			s.Unknown += c.Lines
			continue
		}
		s.Amount.AddSum(*c.Billed)
	}
	for _, kind := range kinds {
		s := steps[kind]
		if s == nil {
			continue
		}
		br.Steps = append(br.Steps, *s)
		br.BillLines += s.Lines
		br.Bill.AddSum(s.Amount)
		if s.Inside {
			br.Lines += s.Lines
			br.Unknown += s.Unknown
			br.Ledger.AddSum(s.Amount)
		}
	}
}

// Known returns the billed cost of the lines that the invoice is about; nil where there are lines and none of them has one.
func (br *Bridge) Known() *finops.Sum {
	return known(&br.Ledger, br.Lines, br.Unknown)
}

// Known returns the billed cost of the step; nil where none of its lines has one.
func (s *Step) Known() *finops.Sum { return known(&s.Amount, s.Lines, s.Unknown) }

func known(amount *finops.Sum, lines, unknown int64) *finops.Sum {
	if lines > 0 && unknown == lines {
		return nil
	}
	return amount
}

// inLedger returns what the ledger has of a kind, 0 where it has nothing.
func (br *Bridge) inLedger(kind Kind) (s finops.Sum, lines int64) {
	for i := range br.Steps {
		if br.Steps[i].Kind == kind {
			return br.Steps[i].Amount, br.Steps[i].Lines
		}
	}
	return s, 0
}

// conclude adds the differences: what the parts of the invoice explain, then rounding, and
// what remains.
func (br *Bridge) conclude() {
	if br.Figure == nil {
		br.Status = StatusNoFigure
		return
	}
	br.Difference.Add(br.Figure.Total)
	br.Difference.SubSum(br.Ledger)
	br.Rest = br.Difference
	if br.Lines == 0 {
		br.Status = StatusNoData
		return
	}
	explained := false
	for _, p := range []struct {
		kind    Kind
		printed *finops.Amount
	}{{KindTax, br.Figure.Parts.Tax}, {KindCredit, br.Figure.Parts.Credits}, {KindMarketplace, br.Figure.Parts.Marketplace}, {KindOther, br.Figure.Parts.Other}} {
		if p.printed == nil {
			continue
		}
		inLedger, _ := br.inLedger(p.kind) // nothing for KindOther, which the cost data does not hold
		d := Difference{Kind: p.kind, Printed: p.printed, InLedger: &inLedger, Amount: sumOf(*p.printed)}
		d.Amount.SubSum(inLedger)
		br.Rest.SubSum(d.Amount)
		explained = explained || !d.Amount.IsZero()
		br.Differences = append(br.Differences, d)
	}
	rounded := br.round()
	switch {
	case !br.Rest.IsZero():
		br.Differences = append(br.Differences, Difference{Kind: KindRest, Amount: br.Rest})
		br.Status = StatusOpen
	case explained:
		br.Status = StatusExplained
	case rounded:
		br.Status = StatusTiesRounding
	default:
		br.Status = StatusTies
	}
}

// round takes what counts as rounding out of the rest: all of it within the tolerance, else
// only the digits of the ledger below the minor unit, so that the rest is a tidy amount.
func (br *Bridge) round() bool {
	rounding := br.Rest
	if !within(br.Rest, br.Tolerance) {
		reached := sumOf(br.Figure.Total)
		reached.SubSum(br.Rest)
		rounding = RoundTo(reached, finops.MinorDigits(br.Currency))
		rounding.SubSum(reached)
	}
	if rounding.IsZero() {
		return false
	}
	br.Rest.SubSum(rounding)
	br.Differences = append(br.Differences, Difference{Kind: KindRounding, Amount: rounding})
	return true
}

// beside lists what the same bill holds in other currencies, and what other bills of the
// account and month hold under the same invoice id: FOCUS 1.4 names the seller of a
// marketplace charge as its provider.
func (l *Ledger) beside(b *bill, k Key) []Beside {
	var list []Beside
	for _, currency := range b.currencies() {
		if currency == k.Currency {
			continue
		}
		x := Beside{Provider: b.Provider, Currency: currency, Where: b.scope(currency)}
		x.add(b.cells, currency, "")
		list = append(list, x)
	}
	if k.Invoice == "" {
		return list
	}
	var others []*bill
	for of, o := range l.bills {
		if of.Account == k.Account && of.Month == k.Month && of.Provider != k.Provider && slices.Contains(o.invoices(k.Currency), k.Invoice) {
			others = append(others, o)
		}
	}
	slices.SortFunc(others, func(x, y *bill) int { return compare(x.Provider, y.Provider) })
	for _, o := range others {
		x := Beside{Provider: o.Provider, Currency: k.Currency, Where: append(o.scope(k.Currency), in("InvoiceId", k.Invoice))}
		x.add(o.cells, k.Currency, k.Invoice)
		list = append(list, x)
	}
	return list
}

func (x *Beside) add(cells []Cell, currency, invoice string) {
	for i := range cells {
		c := &cells[i]
		if c.Currency != currency || (invoice != "" && c.Invoice != invoice) {
			continue
		}
		x.Lines += c.Lines
		if c.Billed != nil {
			x.Amount.AddSum(*c.Billed)
		}
	}
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
