package commitment

import (
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Expiring is usage of the pool that running commitments cover until they end within the term of the new one.
type Expiring struct {
	Months   int            // from the purchase until it is no longer covered, rounded up
	OnDemand [][]finops.Sum // by slot and class, as Usage.Slots
}

// Deal is what a commitment of one term costs, and when it has paid for itself.
type Deal struct {
	Upfront *big.Rat // at the start
	Monthly *big.Rat // each month of 730.5 hours
	Total   *big.Rat // over the term, used or not
	// BreakEvenMonth is the first month by whose end the usage that it pays would have cost as much without it as the whole commitment:
	// from then on nothing is lost even if all usage ends. 0 = it never comes within the term.
	BreakEvenMonth int
	// PaybackMonth is the first month by whose end what was paid is no more than without the commitment; 0 where nothing is paid
	// upfront, or it never comes within the term.
	PaybackMonth int
}

// DealOf is the deal of a commitment of some years.
func DealOf(p Point, years int, payment Payment) Deal {
	months := int64(12 * years)
	monthly := new(big.Rat).Mul(p.HourlyCommitment, big.NewRat(monthHalfHours, 2))
	total := new(big.Rat).Mul(monthly, big.NewRat(months, 1))
	d := Deal{Total: total, Upfront: new(big.Rat), Monthly: monthly}
	switch payment {
	case PayAll:
		d.Upfront, d.Monthly = new(big.Rat).Set(total), new(big.Rat)
	case PayPartial:
		d.Upfront = new(big.Rat).Mul(total, big.NewRat(1, 2))
		d.Monthly = new(big.Rat).Mul(monthly, big.NewRat(1, 2))
	}
	covered := new(big.Rat).Add(p.MonthlySaving, monthly)
	d.BreakEvenMonth = monthsToPay(total, covered, months)
	if d.Upfront.Sign() > 0 {
		d.PaybackMonth = monthsToPay(d.Upfront, new(big.Rat).Sub(covered, d.Monthly), months)
	}
	return d
}

// monthsToPay is how many months of an amount reach a sum, rounded up; 0 where the term is too short.
func monthsToPay(sum, monthly *big.Rat, most int64) int {
	if sum.Sign() <= 0 || monthly.Sign() <= 0 {
		return 0
	}
	q := new(big.Rat).Quo(sum, monthly)
	n := new(big.Int).Sub(q.Num(), big.NewInt(1))
	n.Quo(n, q.Denom()).Add(n, big.NewInt(1)) // rounded up
	if n.Cmp(big.NewInt(most)) > 0 {
		return 0
	}
	return int(n.Int64())
}

// Purchase is a step of a plan.
type Purchase struct {
	Months int      // from now
	Add    *big.Rat // money an hour that is bought
	Held   Point    // all that was bought by then, over the usage that is not covered otherwise by then
}

// plan buys what is best now, and as much more when a running commitment ends as its usage then asks for.
func (u *Usage) plan(now Point) []Purchase {
	steps := []Purchase{{Add: now.HourlyCommitment, Held: now}}
	if now.HourlyCommitment.Sign() == 0 {
		steps = nil
	}
	held := now.HourlyCommitment
	for i, e := range u.Expiring {
		if i+1 < len(u.Expiring) && u.Expiring[i+1].Months == e.Months {
			continue
		}
		f := fix(u.after(i + 1))
		best := f.point(f.optimum())
		if more := new(big.Rat).Sub(best.HourlyCommitment, held); more.Sign() > 0 {
			steps = append(steps, Purchase{Months: e.Months, Add: more, Held: best})
			held = best.HourlyCommitment
		}
	}
	return steps
}

// after is the usage when the first n running commitments have ended.
func (u *Usage) after(n int) *Usage {
	more := &Usage{SlotHours: u.SlotHours, Rates: u.Rates, Slots: make([]Slot, len(u.Slots))}
	for i, s := range u.Slots {
		more.Slots[i] = Slot{Start: s.Start, OnDemand: slices.Clone(s.OnDemand)}
		for _, e := range u.Expiring[:n] {
			for class := range e.OnDemand[i] {
				more.Slots[i].OnDemand[class].AddSum(e.OnDemand[i][class])
			}
		}
	}
	return more
}

const (
	tranches  = 4 // purchases of a ladder
	rungMonth = 3 // months between them
)

// Ladder is the best commitment bought in four equal parts, three months apart, beside the whole bought at once (the block). Savings are of
// the whole term.
type Ladder struct {
	Rungs    []Rung
	Saving   *big.Rat
	Block    *big.Rat
	Downside []LadderDownside
}

// Rung is what is held from a month on.
type Rung struct {
	Months           int // from now
	HourlyCommitment *big.Rat
	MonthlySaving    *big.Rat
}

// LadderDownside is what both save when usage falls after the first three months: the block cannot be made smaller, the ladder
// stops at what the lower usage asks for.
type LadderDownside struct {
	UsagePercent  int
	Saving, Block *big.Rat
}

// ladder lays out the purchases of a commitment of a slot over a term.
func (f *fixed) ladder(best int64, years int, less map[int]*fixed) *Ladder {
	if best == 0 {
		return nil
	}
	rung := func(i int64) int64 { return mulDiv(best, i, tranches) }
	term := int64(12 * years)
	months := func(i int64) *big.Rat { // in which i parts are held
		if i == tranches {
			return big.NewRat(term-(tranches-1)*rungMonth, 1)
		}
		return big.NewRat(rungMonth, 1)
	}
	l := &Ladder{Saving: new(big.Rat)}
	var held [tranches + 1]*big.Rat
	for i := int64(1); i <= tranches; i++ {
		p := f.point(rung(i))
		held[i] = p.MonthlySaving
		l.Rungs = append(l.Rungs, Rung{int(i-1) * rungMonth, p.HourlyCommitment, p.MonthlySaving})
		l.Saving.Add(l.Saving, new(big.Rat).Mul(p.MonthlySaving, months(i)))
	}
	l.Block = new(big.Rat).Mul(held[tranches], big.NewRat(term, 1))
	for _, percent := range downsides {
		low := less[percent]
		most := max(rung(1), low.optimum())
		d := LadderDownside{UsagePercent: percent, Saving: new(big.Rat).Mul(held[1], months(1))}
		for i := int64(2); i <= tranches; i++ {
			d.Saving.Add(d.Saving, new(big.Rat).Mul(low.point(min(rung(i), most)).MonthlySaving, months(i)))
		}
		d.Block = new(big.Rat).Mul(held[tranches], big.NewRat(rungMonth, 1))
		d.Block.Add(d.Block, new(big.Rat).Mul(low.point(best).MonthlySaving, big.NewRat(term-rungMonth, 1)))
		l.Downside = append(l.Downside, d)
	}
	return l
}

// Option is what the best commitment of some terms would do.
type Option struct {
	Optimum   Point
	BreakEven *big.Rat // see Simulation
	Deal      Deal
}

// Best finds the best commitment for some usage, without the rest of a simulation.
func Best(u *Usage, years int, payment Payment) Option {
	f := fix(u)
	best := f.optimum()
	p := f.point(best)
	return Option{Optimum: p, BreakEven: f.breakEven(best), Deal: DealOf(p, years, payment)}
}

// At is what a commitment of so much money an hour would have done over some usage; it is rounded down to what usage is counted in.
func At(u *Usage, hourly *big.Rat) Point {
	f := fix(u)
	c := new(big.Rat).Mul(hourly, big.NewRat(int64(1000*f.hours), 1))
	c.Mul(c, power(f.decimals))
	n := new(big.Int).Quo(c.Num(), c.Denom())
	if n.Sign() < 0 || !n.IsInt64() {
		return f.point(0)
	}
	return f.point(n.Int64())
}
