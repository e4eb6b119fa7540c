package spend

import (
	"math/big"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Spend is a cost by the values of one column.
type Spend struct {
	Version    int64 // of the ledger
	Now        Period
	Total      Row
	Rows       []Row       // in the order that was asked for
	Rest       *Row        // all other values; nil where Rows has all
	Groups     int         // values in the period
	NoShare    Reason      // why no row has a share; "" = they have
	Comparison *Comparison // nil = none was asked for
	Series     *Series     // nil = none was asked for
}

// Reason says why there is no figure.
type Reason string

// The reasons.
const (
	ReasonNone          Reason = ""
	ReasonNoCost        Reason = "no_cost"        // the absolute cost rounds to 0 in its currency, so that a share of it would mislead
	ReasonNothingBefore Reason = "nothing_before" // no provider of the period has charges in the one to compare with
	ReasonNoCommonDays  Reason = "no_common_days" // no provider has charges on a day of both periods
)

// Text is the sentence for a person; "" where there is no reason.
func (r Reason) Text() string {
	switch r {
	case ReasonNoCost:
		return "The cost rounds to zero, so there are no shares."
	case ReasonNothingBefore:
		return "There are no charges in the earlier period."
	case ReasonNoCommonDays:
		return "No provider has charges on the same days of both periods."
	}
	return ""
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
	// Compared and Before are over the days that both periods have, without what is usually
	// booked later; Change is the one less the other. nil without a comparison, where it is unknown, and
	// where no charges are on those days.
	Compared, Before, Change *finops.Sum
	New, Gone                bool // of the compared days, only those of the period, or only those before, have charges
}

// relativeMost is up to how many times Before a Change has a share of it.
const relativeMost = 100

// Relative is Change as a part of Before, rounded to six digits; "" where it is unknown and where
// it says nothing: where one of the two amounts is negative, or nearly nothing was there before.
func (r *Row) Relative() string {
	if r.Change == nil || r.Compared.Sign() < 0 {
		return ""
	}
	var most finops.Sum
	for range relativeMost {
		most.AddSum(*r.Before)
	}
	if r.Change.Cmp(most) > 0 {
		return ""
	}
	return Share(r.Change, r.Before)
}

// Comparison says what the changes of a Spend are over.
type Comparison struct {
	Before    Window
	Stretches []Stretch // none = nothing can be compared
	Later     []Stretch // the days of which charges that are usually booked later are apart
	Missing   []Missing // by provider
	Days      int       // days of the period that are compared for a provider
	Unused    []Window  // days of the earlier period that have charges and are compared for no provider
	Reason    Reason    // why nothing can be compared; "" = something can
	Movers    []Row     // the largest changes first, either way
	Still     *Row      // all changes that Movers does not list; nil where there are none
	// Apart has the charges that are usually booked later, the largest first, and ApartTotal
	// their sum: in no other change. nil = there are none.
	Apart      []Row
	ApartTotal *Row
	whole      bool
}

// Whole reports whether the two periods are compared as a whole.
func (c *Comparison) Whole() bool { return c.whole && c.ApartTotal == nil }

// Query says what to make of the answers.
type Query struct {
	Currency string
	Now      Period
	Top      int // rows and movers at most; 0 = all values, also those that only the other period has
	Order    Order
}

// Share divides a part by the absolute whole, exactly, and rounds to six digits, or to as many more as it takes to
// differ from zero; "" where there is nothing to divide or to divide by.
func Share(part, whole *finops.Sum) string {
	if part == nil || whole == nil || whole.Sign() <= 0 {
		return ""
	}
	share := new(big.Rat).Quo(part.Rat(), whole.Rat())
	digits := 6
	text := share.FloatString(digits)
	for share.Sign() != 0 && strings.Trim(text, "-0.") == "" {
		digits++
		text = share.FloatString(digits)
	}
	return text
}

// roundsToZero reports whether an absolute sum is nothing in the decimals of its currency.
func roundsToZero(absolute finops.Sum, currency string) bool {
	return strings.Trim(absolute.Rat().FloatString(finops.MinorDigits(currency)), "0.") == ""
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
