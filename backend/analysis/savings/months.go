package savings

import (
	"math/big"

	"cloud-intelligence/backend/finops"
)

// decimals is how many decimals the money of a finding has.
const decimals = 10

// monthDays is a month: 365.25 days divided by 12.
var monthDays = big.NewRat(304375, 10000)

// spread is an exact sum of amounts of which some are a part of a longer charge period: k of n days.
type spread struct {
	whole finops.Sum
	parts map[int64]*finops.Sum // by n: amount × k
}

func (s *spread) add(a finops.Amount, p part) {
	if p.of == 1 && p.days == 1 {
		s.whole.Add(a)
		return
	}
	sum := s.parts[p.of]
	if sum == nil {
		sum = &finops.Sum{}
		if s.parts == nil {
			s.parts = map[int64]*finops.Sum{}
		}
		s.parts[p.of] = sum
	}
	if times, ok := a.Mul(finops.NewAmount(p.days, 0)); ok {
		sum.Add(times)
		return
	}
	for range p.days { // longer than an amount may be: added one by one, exactly
		sum.Add(a)
	}
}

// addSpread adds another sum.
func (s *spread) addSpread(o *spread) {
	s.whole.AddSum(o.whole)
	for n, sum := range o.parts {
		if s.parts == nil {
			s.parts = map[int64]*finops.Sum{}
		}
		if s.parts[n] == nil {
			s.parts[n] = &finops.Sum{}
		}
		s.parts[n].AddSum(*sum)
	}
}

// rat is the sum as a fraction.
func (s *spread) rat() *big.Rat {
	total := s.whole.Rat()
	for n, sum := range s.parts {
		v := sum.Rat()
		total.Add(total, v.Quo(v, big.NewRat(n, 1)))
	}
	return total
}

// units is the sum in units of finops.Sum.Units, where it is a whole number of them; ok is false where it is not.
func (s *spread) units() (units *big.Int, ok bool) {
	if len(s.parts) > 0 {
		return nil, false
	}
	return s.whole.Units()
}

func ratOfAmount(a finops.Amount) *big.Rat {
	var s finops.Sum
	s.Add(a)
	return s.Rat()
}

// perMonth scales what a number of days cost to a month.
func perMonth(total *big.Rat, days int) *big.Rat {
	if days == 0 {
		return new(big.Rat)
	}
	m := new(big.Rat).Mul(total, monthDays)
	return m.Quo(m, big.NewRat(int64(days), 1))
}

// rounded rounds half to even at the decimals of a finding.
func rounded(r *big.Rat) finops.Amount {
	a, err := finops.ParseAmount([]byte(finops.RoundHalfEven(r, decimals)))
	if err != nil {
		panic("savings: a rounded amount that is no number") // it prints decimals
	}
	return a
}
