package savings

import (
	"math/big"

	"cloud-intelligence/backend/finops"
)

// daySums are exact sums by day. Nearly all fit a word, so that those of many thousand resources take little room.
type daySums struct {
	words []int64             // by day: the coefficient at dayScale
	wide  map[int]*finops.Sum // by day: what a word has no room for; it counts beside it
}

// dayScale is the decimals of a word.
const dayScale = 9

// add adds an amount to the sum of a day.
func (d *daySums) add(day int, a finops.Amount) {
	if coef, ok := a.Rescale(dayScale); ok {
		if sum := d.words[day] + coef; (sum > d.words[day]) == (coef > 0) {
			d.words[day] = sum
			return
		}
	}
	d.wideAt(day).Add(a)
}

func (d *daySums) wideAt(day int) *finops.Sum {
	if d.wide == nil {
		d.wide = map[int]*finops.Sum{}
	}
	if d.wide[day] == nil {
		d.wide[day] = &finops.Sum{}
	}
	return d.wide[day]
}

// join adds other sums, of as many days.
func (d *daySums) join(o *daySums) {
	if d.words == nil {
		*d = *o
		return
	}
	for day, coef := range o.words {
		d.add(day, finops.NewAmount(coef, dayScale))
	}
	for day, sum := range o.wide {
		d.wideAt(day).AddSum(*sum)
	}
}

// rat is the sum of a day as a fraction.
func (d *daySums) rat(day int) *big.Rat {
	var sum finops.Sum
	sum.AddCoef(d.words[day], dayScale)
	if wide := d.wide[day]; wide != nil {
		sum.AddSum(*wide)
	}
	return sum.Rat()
}
