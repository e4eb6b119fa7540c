package savings

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// The days that a finding is measured over once it is done.
const (
	MeasureDays      = 30 // at most, before and after
	MeasureDaysLeast = 7  // settled days after it
)

// Outcome says how a finding that is done turned out.
type Outcome string

// The outcomes.
const (
	Waiting      Outcome = "waiting"      // fewer than MeasureDaysLeast settled days since
	Realised     Outcome = "realised"     // at least half of what it promised is saved
	Short        Outcome = "short"        // less than half is saved
	Regressed    Outcome = "regressed"    // at least half was saved at first, and less than half of late
	Unmeasurable Outcome = "unmeasurable" // for the reason given
)

// Measurement is what the bills say about a finding that is done. Amounts are of a month, at EffectiveCost.
type Measurement struct {
	Outcome               Outcome `json:"outcome"`
	Reason                string  `json:"reason"` // of an outcome that needs one; "" otherwise
	DaysBefore, DaysAfter int     // counted days with usage of the data set
	FirstDay, LastDay     string  // of the days after it, as YYYY-MM-DD; "" = none
	Before, After         *finops.Amount
	Saved                 *finops.Amount // its part of Before less After; negative where the cost grew
	Early, Late           *finops.Amount // the same of the first MeasureDays and of the newest MeasureDaysLeast days
}

// spanCost is what lines cost on the counted days from a day to the end of a calendar.
type spanCost struct {
	cal   *calendar
	from  finops.Day
	first finops.Day // the first day with a line; 0 = none
	sum   spread
}

func (s *spanCost) days(from finops.Day) int { return s.cal.counted(from, s.cal.asOf) }

// Measure compares what lines cost before and after a day on which something was done, which itself counts for neither. The table has the
// lines of an Effect; days count as they do for findings.
func Measure(ctx context.Context, t *Table, set DataSet, done finops.Day) (Measurement, error) {
	whole := newCalendar(set, nil)
	since := 0
	if len(whole.Days) > 0 {
		since = whole.counted(done+1, whole.asOf)
	}
	if since < MeasureDaysLeast {
		return Measurement{Outcome: Waiting, DaysAfter: since, Reason: fmt.Sprintf("%d of %d settled days since it was done.", since, MeasureDaysLeast)}, nil
	}
	before, after, early := done-1, whole.asOf, nthDay(whole, done+1, MeasureDays)
	spans := []*spanCost{
		{cal: newCalendar(set, &before), from: done - MeasureDays},
		{cal: newCalendar(set, &after), from: max(done+1, after-MeasureDays+1)},
		{cal: newCalendar(set, &early), from: done + 1},
		{cal: newCalendar(set, &after), from: lastDays(whole, MeasureDaysLeast)},
	}
	columns := map[string]int{}
	for i, name := range t.Names {
		columns[name] = i
	}
	promotions := newPromotions(t, columns)
	err := t.Each(ctx, 1, nil, func(_ int, b *Batch) error {
		for i := range b.Lines {
			cost, priced := promotions.cost(b, i)
			if !priced {
				continue
			}
			for _, s := range spans {
				if p := s.cal.partOf(b.Days[i], b.Starts[i], b.Ends[i], s.from); p.days > 0 {
					s.sum.add(cost, p)
					if s.first == 0 || p.from < s.first {
						s.first = p.from
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		return Measurement{}, fmt.Errorf("read charge lines: %w", err)
	}
	return compared(spans, since), nil
}

// compared makes a measurement of the costs before, after, at first and of late.
func compared(spans []*spanCost, since int) Measurement {
	before, after := spans[0], spans[1]
	if before.first == 0 {
		return Measurement{Outcome: Unmeasurable, Reason: "There are no charges in the 30 days before it was done.", DaysAfter: since}
	}
	monthly := func(s *spanCost, from finops.Day) *big.Rat { return perMonth(s.sum.rat(), s.days(from)) }
	then := monthly(before, max(before.from, before.first))
	m := Measurement{
		DaysBefore: before.days(max(before.from, before.first)), DaysAfter: after.days(after.from),
		FirstDay: after.from.String(), LastDay: after.cal.asOf.String(),
	}
	amount := func(r *big.Rat) *finops.Amount {
		a := rounded(r)
		return &a
	}
	fall := func(s *spanCost) *finops.Amount { return amount(new(big.Rat).Sub(then, monthly(s, s.from))) }
	m.Before, m.After = amount(then), amount(monthly(after, after.from))
	saved := minus(*m.Before, *m.After)
	m.Saved, m.Early, m.Late = &saved, fall(spans[2]), fall(spans[3])
	return m
}

// Judge says how the finding turned out. The fall of the cost is divided among the findings that are done about the same lines, by
// what each promised, and without the part that commitments absorb: done are those findings, this one among them.
func (m *Measurement) Judge(f *Finding, done []*Finding) {
	if m.Saved == nil {
		return
	}
	var all finops.Sum
	for _, d := range done {
		all.Add(*d.Net)
		all.Add(*d.Absorbed)
	}
	if f.Net.Sign() == 0 {
		*m = Measurement{Outcome: Unmeasurable, Reason: "Its saving is a part of another finding, or stays on the bill for a commitment.", DaysBefore: m.DaysBefore, DaysAfter: m.DaysAfter}
		return
	}
	part := new(big.Rat).Quo(ratOfAmount(*f.Net), all.Rat())
	for _, a := range []**finops.Amount{&m.Saved, &m.Early, &m.Late} {
		own := rounded(new(big.Rat).Mul(ratOfAmount(**a), part))
		*a = &own
	}
	half := new(big.Rat).Mul(ratOfAmount(*f.Net), big.NewRat(1, 2))
	reaches := func(a *finops.Amount) bool { return ratOfAmount(*a).Cmp(half) >= 0 }
	switch {
	case reaches(m.Late):
		m.Outcome = Realised
	case reaches(m.Early):
		m.Outcome = Regressed
	default:
		m.Outcome = Short
	}
}

// nthDay is the n-th counted day from a day on, the last one where there are fewer.
func nthDay(c *calendar, from finops.Day, n int) finops.Day {
	at, _ := slices.BinarySearch(c.Days, from)
	return c.Days[min(at+n, len(c.Days))-1]
}

// lastDays is the first of the newest n counted days.
func lastDays(c *calendar, n int) finops.Day { return c.Days[max(0, len(c.Days)-n)] }
