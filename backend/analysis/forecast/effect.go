package forecast

import (
	"math/big"

	"cloud-intelligence/backend/finops"
)

// Effect is what something known changes on days to come. Days are kept by amount; a day that is not in it has no change.
type Effect struct {
	Name string
	End  bool // of a commitment
	Days map[finops.Day]finops.Sum
}

// Monthly is an effect of so much a month, spread evenly over the days of each month, from the day after asOf to last: the amounts of a
// whole month add up to it exactly. active says of a day by how much it counts beside the as-of day: 1, 0 or -1.
func Monthly(amount *big.Rat, asOf, last finops.Day, digits int, active func(finops.Day) int) map[finops.Day]finops.Sum {
	days := map[finops.Day]finops.Sum{}
	for d := asOf + 1; d <= last; d++ {
		sign := active(d)
		if sign == 0 {
			continue
		}
		m := d.Month()
		length, at := int64(m.Last()-m.First())+1, int64(d-m.First())
		// What the days up to this one come to, less what those before it do: no digit is lost over a month.
		before := rounded(new(big.Rat).Mul(amount, big.NewRat(at, length)), digits)
		sum := rounded(new(big.Rat).Mul(amount, big.NewRat(at+1, length)), digits)
		sum.SubSum(before)
		if sign < 0 {
			sum = negated(sum)
		}
		days[d] = sum
	}
	return days
}

// Daily is an effect of a share of so much a day, from the day after asOf to last.
func Daily(amount *big.Rat, asOf, last finops.Day, digits int, share func(finops.Day) *big.Rat) map[finops.Day]finops.Sum {
	days := map[finops.Day]finops.Sum{}
	for d := asOf + 1; d <= last; d++ {
		if s := share(d); s.Sign() != 0 {
			days[d] = rounded(new(big.Rat).Mul(amount, s), digits)
		}
	}
	return days
}

func rounded(r *big.Rat, digits int) finops.Sum {
	var sum finops.Sum
	if a, err := finops.ParseTotal([]byte(finops.RoundHalfEven(r, digits))); err == nil { // what RoundHalfEven writes can be read
		sum.Add(a)
	}
	return sum
}

func negated(s finops.Sum) finops.Sum {
	var out finops.Sum
	out.SubSum(s)
	return out
}
