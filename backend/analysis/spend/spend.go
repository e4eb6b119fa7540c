package spend

import (
	"cmp"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Spend is a cost by the values of one column.
type Spend struct {
	Version    int64  // of the ledger
	Now        Window // the period
	Total      Row
	Rows       []Row       // the largest first
	Rest       *Row        // all other values; nil where Rows has all
	Groups     int         // values in the period
	NoShare    string      // why no row has a share; "" = they have
	Comparison *Comparison // nil = none was asked for
	Series     *Series     // nil = none was asked for
}

// Row is what one value costs.
type Row struct {
	Key    *string   // nil = no value; also of the total and the rest
	Name   *string   // readable, where Key is an id; nil = there is none
	Beside []*string // what its largest charges have in the columns that were asked for
	Lines  int64
	Amount *finops.Sum // of the whole period
	// Share is Amount of the absolute amounts of all values, so that credits make no share
	// larger than the whole: a decimal number of six digits, from -1 to 1. "" = it has none.
	Share string
	// Compared and Before are over the days that both periods have, Change is the one less the
	// other; nil without a comparison, and where it is unknown.
	Compared, Before, Change *finops.Sum
	New, Gone                bool // of the compared days, only those of the period, or only those before, have charges
}

// Relative is Change as a part of Before, rounded to six digits; "" where it is unknown or
// nothing above 0 was there before.
func (r *Row) Relative() string { return Share(r.Change, r.Before) }

// Comparison says what the changes of a Spend are over.
type Comparison struct {
	Before    Window
	Stretches []Stretch // none = nothing can be compared
	Missing   []Missing // by provider
	Movers    []Row     // the largest changes first, either way
	Still     *Row      // all changes that Movers does not list; nil where there are none
}

// Whole reports whether the two periods are compared as a whole.
func (c *Comparison) Whole() bool { return len(c.Missing) == 0 }

// Query says what to make of the answers.
type Query struct {
	Currency string
	Now      Window
	Top      int // rows and movers at most; 0 = all values, also those that only the other period has
}

// Compared is what the ledger answers of one stretch, by the column.
type Compared struct{ Now, Before *finops.Answer }

// Build makes a Spend of the answer by the column over the whole period. Rows of other
// currencies are left out.
func Build(q Query, now *finops.Answer) *Spend {
	s := &Spend{Version: now.Version, Now: q.Now}
	var absolute finops.Sum
	s.Total.Amount = &finops.Sum{}
	for _, t := range now.Totals {
		if t.Currency == q.Currency {
			s.Total.Lines, s.Total.Amount = t.Lines, t.Amounts[0]
		}
	}
	for _, r := range now.Rows {
		if r.Currency != q.Currency {
			continue
		}
		row := Row{Key: r.Keys[0], Lines: r.Lines, Amount: r.Amounts[0]}
		if row.Amount != nil {
			absolute.AddSum(magnitude(*row.Amount))
		}
		s.Rows = append(s.Rows, row)
	}
	s.Groups = len(s.Rows)
	if absolute.IsZero() {
		s.NoShare = "There is no cost of which a share could be taken."
	}
	for i := range s.Rows {
		s.Rows[i].Share = Share(s.Rows[i].Amount, &absolute)
	}
	s.Total.Share = Share(s.Total.Amount, &absolute)
	s.rank(q.Top)
	if s.Rest != nil {
		s.Rest.Share = Share(s.Rest.Amount, &absolute)
	}
	return s
}

// rank orders the rows and folds those beyond the largest into the rest.
func (s *Spend) rank(top int) {
	slices.SortStableFunc(s.Rows, func(a, b Row) int {
		return cmp.Or(compareSums(b.Amount, a.Amount), finops.CompareValues(a.Key, b.Key))
	})
	if top <= 0 || len(s.Rows) <= top {
		return
	}
	s.Rest = &Row{}
	for _, r := range s.Rows[top:] {
		s.Rest.Lines += r.Lines
		s.Rest.Amount = plus(s.Rest.Amount, r.Amount)
	}
	s.Rows = s.Rows[:top:top]
}

// Share divides a part by the absolute whole, exactly, and rounds to six digits; "" where
// there is nothing to divide or to divide by.
func Share(part, whole *finops.Sum) string {
	if part == nil || whole == nil || whole.Sign() <= 0 {
		return ""
	}
	p, okPart := new(big.Rat).SetString(part.String())
	all, okWhole := new(big.Rat).SetString(whole.String())
	if !okPart || !okWhole {
		return "" // cannot be: a sum prints as a decimal number
	}
	return p.Quo(p, all).FloatString(6)
}

// AddComparison enters the comparison with another period: answers has one element for each
// of the stretches.
func (s *Spend) AddComparison(q Query, before Window, stretches []Stretch, missing []Missing, answers []Compared) {
	c := &Comparison{Before: before, Stretches: stretches, Missing: missing}
	s.Comparison = c
	if len(stretches) == 0 {
		return
	}
	changes := map[string]*Row{}
	var all []*Row
	find := func(key *string) *Row {
		id := keyID(key)
		if changes[id] == nil {
			changes[id] = &Row{Key: key, New: true, Gone: true}
			all = append(all, changes[id])
		}
		return changes[id]
	}
	unknown := map[*Row]bool{}
	for _, a := range answers {
		for _, r := range ofCurrency(a.Now, q.Currency) {
			row := find(r.Keys[0])
			row.Gone, row.Lines, row.Compared = false, row.Lines+r.Lines, plus(row.Compared, r.Amounts[0])
			unknown[row] = unknown[row] || r.Amounts[0] == nil
		}
		for _, r := range ofCurrency(a.Before, q.Currency) {
			row := find(r.Keys[0])
			row.New, row.Before = false, plus(row.Before, r.Amounts[0])
			unknown[row] = unknown[row] || r.Amounts[0] == nil
		}
	}
	for _, row := range all {
		settle(row, unknown[row])
	}
	s.spreadChanges(q.Top, changes, all)
	c.move(q.Top, all)
}

// settle makes the change of a row: no charges cost 0, but what is unknown stays so.
func settle(row *Row, unknown bool) {
	if row.Gone {
		row.Compared = &finops.Sum{}
	}
	if row.New {
		row.Before = &finops.Sum{}
	}
	if row.Compared == nil || row.Before == nil || unknown {
		return
	}
	change := *row.Compared
	change.SubSum(*row.Before)
	row.Change = &change
}

// spreadChanges enters the changes into the rows, the rest and the total.
func (s *Spend) spreadChanges(top int, changes map[string]*Row, all []*Row) {
	shown := map[string]bool{}
	for i := range s.Rows {
		r := &s.Rows[i]
		shown[keyID(r.Key)] = true
		from := changes[keyID(r.Key)]
		if from == nil { // nothing of it on the days that both have
			from = &Row{Compared: &finops.Sum{}, Before: &finops.Sum{}, Change: &finops.Sum{}}
		}
		r.Compared, r.Before, r.Change, r.New, r.Gone = from.Compared, from.Before, from.Change, from.New, from.Gone
	}
	var rest, total Row
	for _, row := range all {
		total.addChange(row)
		switch {
		case shown[keyID(row.Key)]:
		case top <= 0: // all values, also those that only the other period has
			only := *row
			only.Lines, only.Amount, only.Share = 0, &finops.Sum{}, s.zeroShare()
			s.Rows = append(s.Rows, only)
		default:
			rest.addChange(row)
		}
	}
	s.Total.takeChange(total)
	if s.Rest == nil && rest.Before != nil { // values that only the other period has
		s.Rest = &Row{Amount: &finops.Sum{}, Share: s.zeroShare()}
	}
	if s.Rest != nil {
		s.Rest.takeChange(rest)
	}
}

func (s *Spend) zeroShare() string {
	if s.NoShare != "" {
		return ""
	}
	return "0.000000"
}

func (r *Row) addChange(o *Row) {
	r.Compared, r.Before, r.Change = plus(r.Compared, o.Compared), plus(r.Before, o.Before), plus(r.Change, o.Change)
}

func (r *Row) takeChange(o Row) {
	zero := func(s *finops.Sum) *finops.Sum { return plus(&finops.Sum{}, s) }
	r.Compared, r.Before, r.Change = zero(o.Compared), zero(o.Before), zero(o.Change)
}

// move lists the largest changes and adds up the others.
func (c *Comparison) move(top int, all []*Row) {
	moved := slices.DeleteFunc(slices.Clone(all), func(r *Row) bool { return r.Change == nil || r.Change.IsZero() })
	slices.SortStableFunc(moved, func(a, b *Row) int {
		x, y := magnitude(*a.Change), magnitude(*b.Change)
		return cmp.Or(y.Cmp(x), finops.CompareValues(a.Key, b.Key))
	})
	for i, r := range moved {
		if top <= 0 || i < top {
			c.Movers = append(c.Movers, *r)
			continue
		}
		if c.Still == nil {
			c.Still = &Row{}
		}
		c.Still.addChange(r)
	}
}

func ofCurrency(a *finops.Answer, currency string) []finops.Row {
	if a == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(a.Rows), func(r finops.Row) bool { return r.Currency != currency })
}

func magnitude(s finops.Sum) finops.Sum {
	if s.Sign() < 0 {
		return s.Neg()
	}
	return s
}

// plus adds sums of which nil is unknown: what is known counts.
func plus(a, b *finops.Sum) *finops.Sum {
	switch {
	case b == nil:
		return a
	case a == nil:
		return new(*b)
	}
	sum := *a
	sum.AddSum(*b)
	return &sum
}

// compareSums orders amounts; unknown is the least.
func compareSums(a, b *finops.Sum) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return a.Cmp(*b)
}

// keyID tells values apart, also none from an empty one.
func keyID(key *string) string {
	if key == nil {
		return ""
	}
	return "=" + *key
}
