package commitment

import (
	"cmp"
	"context"
	"math"
	"math/big"
	"math/bits"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Usage is what a pool of interchangeable usage costs on demand, slot by slot: hours where the export is hourly, else days.
type Usage struct {
	SlotHours int // 1 or 24
	// Rates are what a commitment costs of the on-demand price, in thousandths, one for each class of usage, the lowest (the
	// largest discount) first: providers apply a commitment where it saves most.
	Rates []int
	Slots []Slot // by time, also those without usage
	// Expiring is what running commitments cover until they end within the term, the first to end first. It is not part of Slots.
	Expiring []Expiring
}

// Slot is an hour or a day.
type Slot struct {
	Start    int64        // Unix seconds
	OnDemand []finops.Sum // by class: what is not covered yet, at on-demand prices
}

// units is how finely usage is calculated: on-demand costs of a slot are rounded half to even at so many decimals.
const units = 10

// fixed is usage in whole numbers of 10^-decimals.
type fixed struct {
	hours    int
	rates    []int64
	slots    [][]int64 // by slot and class
	decimals int
}

// fix turns usage into whole numbers. Very large amounts get fewer decimals, so that no product leaves 64 bits.
func fix(u *Usage) *fixed {
	f := &fixed{hours: u.SlotHours, decimals: units}
	for _, r := range u.Rates {
		f.rates = append(f.rates, int64(r))
	}
	var most finops.Sum
	for _, s := range u.Slots {
		var total finops.Sum
		for _, v := range s.OnDemand {
			total.AddSum(v)
		}
		if total.Cmp(most) > 0 {
			most = total
		}
	}
	limit := big.NewRat(math.MaxInt64/4000, 1)
	for f.decimals > 0 && new(big.Rat).Mul(most.Rat(), power(f.decimals)).Cmp(limit) > 0 {
		f.decimals--
	}
	for _, s := range u.Slots {
		list := make([]int64, len(u.Rates))
		for class, v := range s.OnDemand {
			if v.Sign() <= 0 {
				continue // a discount that is larger than the usage of its hour
			}
			list[class] = f.whole(v)
		}
		f.slots = append(f.slots, list)
	}
	return f
}

// whole is an amount in units.
func (f *fixed) whole(v finops.Sum) int64 {
	if n, ok := v.Amount().Rescale(f.decimals); ok {
		return n
	}
	n, _ := new(big.Int).SetString(finops.RoundHalfEven(new(big.Rat).Mul(v.Rat(), power(f.decimals)), 0), 10)
	return n.Int64()
}

// part is so many percent of the usage, rounded half to even.
func (f *fixed) part(percent int64) *fixed {
	less := *f
	less.slots = make([][]int64, len(f.slots))
	for i, slot := range f.slots {
		less.slots[i] = make([]int64, len(slot))
		for class, v := range slot {
			n, rest := v*percent/100, v*percent%100
			if rest > 50 || rest == 50 && n%2 == 1 {
				n++
			}
			less.slots[i][class] = n
		}
	}
	return &less
}

// between is the usage of some slots.
func (f *fixed) between(from, to int) *fixed {
	some := *f
	some.slots = f.slots[from:to]
	return &some
}

func power(n int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
}

// optimum is the commitment of a slot, in thousandths of a unit, at which one more saves nothing any more. What a slot saves falls
// with each class that is covered and ends when all is, so the saving is concave and its best point is where usage ends or changes
// its class in some slot: with one class the quantile of the usage at the discount.
func (f *fixed) optimum() int64 {
	const one = 1_000_000_000_000
	type step struct {
		at   int64
		fall int64 // by how much one more of commitment saves less from here on
	}
	var steps []step
	gain := -one * int64(len(f.slots))
	for _, slot := range f.slots {
		at, before, open := int64(0), int64(0), false
		for class, v := range slot {
			if v == 0 {
				continue
			}
			worth := one * 1000 / f.rates[class]
			if open {
				steps = append(steps, step{at, before - worth})
			} else {
				gain += worth
			}
			at, before, open = at+v*f.rates[class], worth, true
		}
		if open {
			steps = append(steps, step{at, before})
		}
	}
	slices.SortFunc(steps, func(a, b step) int { return cmp.Compare(a.at, b.at) })
	if gain <= 0 {
		return 0
	}
	for _, s := range steps {
		if gain -= s.fall; gain <= 0 {
			return s.at
		}
	}
	return 0
}

// outcome is what a commitment of a slot does over all slots.
type outcome struct {
	onDemand *big.Rat // all usage
	covered  *big.Rat // usage that the commitment pays, at on-demand prices
	spent    *big.Rat // what was used of the commitment
	paid     *big.Rat // the commitment
}

func (o *outcome) saving() *big.Rat { return new(big.Rat).Sub(o.covered, o.paid) }

// wide adds up numbers that are not negative in 128 bits.
type wide struct{ hi, lo uint64 }

func (w *wide) add(n int64) {
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, uint64(n), 0) //nolint:gosec // not negative
	w.hi += carry
}

func (w *wide) int() *big.Int {
	n := new(big.Int).SetUint64(w.hi)
	return n.Lsh(n, 64).Add(n, new(big.Int).SetUint64(w.lo))
}

// at evaluates a commitment of a slot in thousandths of a unit, exactly.
func (f *fixed) at(c int64) *outcome {
	var total, whole, spent wide
	partial := make([]wide, len(f.rates)) // of the commitment, in usage that it covers in part
	for _, slot := range f.slots {
		left := c
		for class, v := range slot {
			total.add(v)
			need := v * f.rates[class]
			if need > left {
				partial[class].add(left)
				left = 0
				continue
			}
			whole.add(v)
			left -= need
		}
		spent.add(c - left)
	}
	unit := power(f.decimals)
	rat := func(n *big.Int, by int64) *big.Rat {
		return new(big.Rat).Quo(new(big.Rat).SetFrac(n, big.NewInt(by)), unit)
	}
	o := &outcome{onDemand: rat(total.int(), 1), covered: rat(whole.int(), 1), spent: rat(spent.int(), 1000)}
	for class := range partial {
		o.covered.Add(o.covered, rat(partial[class].int(), f.rates[class]))
	}
	o.paid = rat(new(big.Int).Mul(big.NewInt(c), big.NewInt(int64(len(f.slots)))), 1000)
	return o
}

// hourly is a commitment of a slot as money an hour.
func (f *fixed) hourly(c int64) *big.Rat {
	return new(big.Rat).Quo(big.NewRat(c, int64(1000*f.hours)), power(f.decimals))
}

// Point is what a commitment would have done over the usage that was looked at. Amounts are of a month of 730.5 hours.
type Point struct {
	HourlyCommitment *big.Rat
	MonthlySaving    *big.Rat // below 0 where it costs more than it saves
	Utilisation      *big.Rat // part of the commitment that is used; nil for none
	Coverage         *big.Rat // part of the usage, at on-demand prices, that it pays; nil where there is no usage
}

// Downside is the point where the usage is only a part of what it was.
type Downside struct {
	UsagePercent int
	Point
}

// Backtest is a commitment chosen from the earlier usage, and what it did in the weeks after that.
type Backtest struct {
	HeldOutHours int
	Chosen       *big.Rat // money an hour
	Point        Point    // in the weeks that were held out
	Best         Point    // the best commitment for these weeks, as only hindsight knows it
}

// Simulation is the answer of Simulate.
type Simulation struct {
	Hours   int
	Optimum Point
	// Cautious is the lower of the optimum and the 10th percentile of the weekly minima: hardly ever unused.
	Cautious  Point
	BreakEven *big.Rat // part of the commitment that must be used for it to save anything, at the optimum
	Curve     []CurvePoint
	Downside  []Downside
	Backtest  *Backtest // nil for less than eight weeks
	Deal      Deal      // of the optimum
	// AfterExpiry is the best commitment once all running ones that end within the term have ended; nil where none does.
	AfterExpiry *Point
	Plan        []Purchase // what to buy now, and when running commitments end
	Ladder      *Ladder    // nil where nothing is worth buying
}

// CurvePoint is a commitment that is not the best one, and how it does when things go worse.
type CurvePoint struct {
	Point
	Downside []*big.Rat // saving a month at 90, 80 and 70 % of the usage
	HeldOut  *big.Rat   // saving a month over the last four weeks; nil for less than eight weeks
}

// Horizon says for which term a simulation is made, and in how fine a curve.
type Horizon struct {
	Years   int
	Payment Payment
	Points  int // of the curve, an odd number: the optimum is in the middle
}

const (
	monthHalfHours = 1461 // a month is 365.25 ÷ 12 days
	heldOutDays    = 28
	leastDays      = 56 // for a back-test
)

// downsides are the percentages of the usage for which a commitment is looked at.
var downsides = []int{90, 80, 70}

func (f *fixed) point(c int64) Point {
	o := f.at(c)
	month := big.NewRat(monthHalfHours, int64(2*max(1, len(f.slots)*f.hours)))
	return Point{
		HourlyCommitment: f.hourly(c), MonthlySaving: month.Mul(month, o.saving()),
		Utilisation: quotient(o.spent, o.paid), Coverage: quotient(o.covered, o.onDemand),
	}
}

// Simulate finds the commitment that would have saved most, and how it does when usage falls. It answers CodeInvalid where there is no usage.
func Simulate(ctx context.Context, u *Usage, h Horizon) (*Simulation, error) {
	f := fix(u)
	if total := f.at(0).onDemand; total.Sign() == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The pool has no usage at on-demand prices in these days, so there is nothing to commit to.")
	}
	best := f.optimum()
	s := &Simulation{Hours: len(f.slots) * f.hours, Optimum: f.point(best), Cautious: f.point(min(best, f.floor()))}
	s.BreakEven = f.breakEven(best)
	s.Deal = DealOf(s.Optimum, h.Years, h.Payment)
	less := map[int]*fixed{}
	for _, percent := range downsides {
		less[percent] = f.part(int64(percent))
		s.Downside = append(s.Downside, Downside{percent, less[percent].point(best)})
	}
	if err := s.draw(ctx, f, less, best, h.Points); err != nil {
		return nil, err
	}
	s.Backtest = f.backtest()
	s.Ladder = f.ladder(best, h.Years, less)
	s.Plan = u.plan(s.Optimum)
	if n := len(u.Expiring); n > 0 {
		later := fix(u.after(n))
		p := later.point(later.optimum())
		s.AfterExpiry = &p
	}
	return s, nil
}

// draw makes the curve, from nothing to twice the optimum, or to all usage.
func (s *Simulation) draw(ctx context.Context, f *fixed, less map[int]*fixed, best int64, points int) error {
	top := 2 * best
	if top == 0 {
		top = f.most()
	}
	out := heldOutDays * 24 / f.hours
	var later *fixed
	if len(f.slots) >= leastDays*24/f.hours {
		later = f.between(len(f.slots)-out, len(f.slots))
	}
	for i := range int64(points) {
		if err := ctx.Err(); err != nil {
			return finops.WrapError(finops.CodeCancelled, err, "The simulation was cancelled")
		}
		c := mulDiv(top, i, int64(points-1))
		p := CurvePoint{Point: f.point(c)}
		for _, percent := range downsides {
			p.Downside = append(p.Downside, less[percent].point(c).MonthlySaving)
		}
		if later != nil {
			p.HeldOut = later.point(c).MonthlySaving
		}
		s.Curve = append(s.Curve, p)
	}
	return nil
}

// mulDiv is a × b ÷ c, rounded down; no number is negative, and b is not more than c.
func mulDiv(a, b, c int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))   //nolint:gosec // not negative
	quotient, _ := bits.Div64(hi, lo, uint64(c)) //nolint:gosec // not negative
	return int64(quotient)                       //nolint:gosec // at most a
}

// breakEven is the utilisation at which a commitment costs as much as the usage it covers.
func (f *fixed) breakEven(c int64) *big.Rat {
	if c == 0 {
		return nil
	}
	o := f.at(c)
	return quotient(o.spent, o.covered)
}

// most is the largest usage of a slot.
func (f *fixed) most() (most int64) {
	for _, slot := range f.slots {
		sum := int64(0)
		for class, v := range slot {
			sum += v * f.rates[class]
		}
		most = max(most, sum)
	}
	return most
}

// floor is the 10th percentile of the lowest usage of each week.
func (f *fixed) floor() int64 {
	week := 7 * 24 / f.hours
	var lows []int64
	for from := 0; from < len(f.slots); from += week {
		part := fixed{rates: f.rates}
		low := int64(math.MaxInt64)
		for _, slot := range f.slots[from:min(from+week, len(f.slots))] {
			part.slots = [][]int64{slot}
			low = min(low, part.most())
		}
		lows = append(lows, low)
	}
	slices.Sort(lows)
	return lows[(len(lows)-1)/10]
}

// backtest chooses from all but the last four weeks.
func (f *fixed) backtest() *Backtest {
	end, out := len(f.slots), heldOutDays*24/f.hours
	if end < leastDays*24/f.hours {
		return nil
	}
	earlier, later := f.between(0, end-out), f.between(end-out, end)
	chosen := earlier.optimum()
	return &Backtest{HeldOutHours: out * f.hours, Chosen: f.hourly(chosen), Point: later.point(chosen), Best: later.point(later.optimum())}
}
