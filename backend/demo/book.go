package demo

import "math/big"

// bookDays is how many days at the end of a provider's horizon a book keeps.
const bookDays = 70

// spent is what an item cost on a day; costs are at item.scale.
type spent struct {
	cost, covered, quantity int64
}

// book keeps what a provider's writer wrote of each item by day, so that what is planted can be stated in money.
type book struct {
	calendar *calendar
	from     int // first day that is kept
	last     int // last day that counts: providers add lines to the two days behind it
	spent    [][]spent
	slots    map[int]*slots        // of items that a commitment may cover, by number
	demand   map[service][]int64   // what usage on demand of a service cost in each slot, at demandScale
	plans    map[*commitment]*plan // what the commitments were used for
}

// slots are what an item cost in each hour, at item.scale; what is billed by the day is in its first hour.
type slots struct{ covered, paid []int64 }

// plan is what a commitment covered on each day, what that would have cost at list prices, and what was left of it.
type plan struct {
	used, list, unused []*big.Rat
	accounts           map[int]int // the last day on which it covered usage, by account
}

// demandScale is the scale of sums over items with different ones.
const demandScale = 12

func newBook(w *monthWriter) *book {
	b := &book{
		calendar: w.calendar, from: max(0, w.lastDay+1-bookDays), last: w.lastDay - 2, spent: make([][]spent, len(w.items)), slots: map[int]*slots{},
		demand: map[service][]int64{}, plans: map[*commitment]*plan{},
	}
	n := w.lastDay + 1 - b.from
	for i := range b.spent {
		b.spent[i] = make([]spent, n)
		if w.items[i].cover != coverNone {
			b.slots[i] = &slots{make([]int64, n*hoursOfDay), make([]int64, n*hoursOfDay)}
		}
	}
	for _, cm := range w.commitments {
		p := &plan{make([]*big.Rat, n), make([]*big.Rat, n), make([]*big.Rat, n), map[int]int{}}
		for day := range n {
			p.used[day], p.list[day], p.unused[day] = new(big.Rat), new(big.Rat), new(big.Rat)
		}
		b.plans[cm] = p
	}
	return b
}

// note keeps a line of an item.
func (b *book) note(ch charge, day, hour int) {
	if b == nil || day < b.from {
		return
	}
	it, at := ch.item, day-b.from
	s := &b.spent[it.number][at]
	s.cost += ch.effective
	s.quantity += ch.quantity
	slot := at*hoursOfDay + hour
	if ch.cover != nil {
		s.covered += ch.effective
		b.slots[it.number].covered[slot] += ch.effective
		p := b.plans[ch.cover]
		p.accounts[it.account] = day
		p.used[at].Add(p.used[at], ratOf(ch.effective, it.scale))
		p.list[at].Add(p.list[at], ratOf(product(ch.quantity, it.list), it.scale))
		return
	}
	if ch.category != "Standard" {
		return
	}
	if b.slots[it.number] != nil {
		b.slots[it.number].paid[slot] += ch.effective
	}
	of := it.res.template.service
	if b.demand[of] == nil {
		b.demand[of] = make([]int64, len(b.spent[it.number])*hoursOfDay)
	}
	b.demand[of][slot] += amount{ch.effective, it.scale}.atScale(demandScale).units
}

// noteUnused keeps what is left of a commitment.
func (b *book) noteUnused(cm *commitment, left amount, day int) {
	if b != nil && day >= b.from {
		unused := b.plans[cm].unused[day-b.from]
		unused.Add(unused, ratOf(left.units, left.scale))
	}
}

// absorb works out what of a claim stays on the bill because a commitment pays for it, and nothing else takes what it covers.
func (b *book) absorb(k *claim, commitments []*commitment) {
	for _, cm := range commitments {
		covered, others := map[int]int64{}, map[int]int64{} // by slot, at the scales of the plan and of the demand
		for _, it := range k.items {
			s := b.slots[it.number]
			if s == nil || commitments[it.cover-1] != cm {
				continue
			}
			for day := max(b.from, b.last-costDays+1); day <= b.last; day++ {
				for hour := range hoursOfDay {
					at := (day-b.from)*hoursOfDay + hour
					covered[at] += s.covered[at]
					others[at] -= amount{s.paid[at], it.scale}.atScale(demandScale).units
				}
			}
		}
		rate := b.rate(cm)
		for at, money := range covered {
			if money == 0 {
				continue
			}
			stays := ratOf(money, cm.plan.scale)
			stays.Mul(stays, k.share)
			taken := ratOf(others[at]+b.demand[cm.covers][at], demandScale)
			if stays.Sub(stays, taken.Mul(taken, rate)); stays.Sign() > 0 {
				k.absorbed.Add(k.absorbed, stays)
			}
		}
	}
}

// costDays is how many days commitments are looked at.
const costDays = 30

// rate is what a commitment costs of the list price of what it covers.
func (b *book) rate(cm *commitment) *big.Rat {
	used, list := new(big.Rat), new(big.Rat)
	for at := max(0, b.last-costDays+1-b.from); at <= b.last-b.from; at++ {
		used.Add(used, b.plans[cm].used[at])
		list.Add(list, b.plans[cm].list[at])
	}
	if list.Sign() == 0 {
		return list
	}
	return used.Quo(used, list)
}

// owned is a resource, or one of its SKUs, with what the book says of it.
type owned struct {
	book  *book
	res   *resource
	items []*item
}

// first is the day of the first line.
func (o *owned) first() int {
	first := o.book.calendar.days
	for _, it := range o.items {
		day := it.res.from
		for it.cadence == workdays && o.book.calendar.weekend[day] {
			day++
		}
		first = min(first, day)
	}
	return first
}

// alive reports whether there are lines of the last two days that count.
func (o *owned) alive() bool {
	for _, it := range o.items {
		if it.res.to >= o.end() && it.res.from <= o.end() {
			return true
		}
	}
	return false
}

// end is the last day that counts.
func (o *owned) end() int { return o.book.last }

// days is over how many of the last days the cost is spread.
func (o *owned) days(lookback int) int { return o.end() - max(o.end()-lookback+1, o.first()) + 1 }

// each calls fn with each day and item of a lookback.
func (o *owned) each(lookback int, fn func(day int, of *spent)) {
	for _, it := range o.items {
		for day := max(o.end()-lookback+1, o.book.from); day <= o.end(); day++ {
			fn(day, &o.book.spent[it.number][day-o.book.from])
		}
	}
}

// cost is what was paid in a lookback.
func (o *owned) cost(lookback int) *big.Rat {
	sum := new(big.Rat)
	for _, it := range o.items {
		one := owned{o.book, o.res, []*item{it}}
		units := int64(0)
		one.each(lookback, func(_ int, of *spent) { units += of.cost })
		sum.Add(sum, ratOf(units, it.scale))
	}
	return sum
}

func ratOf(units int64, scale int) *big.Rat { return big.NewRat(units, pow10[scale]) }

// aMonth scales what some days cost to a month of 365.25 days divided by 12.
func aMonth(money *big.Rat, days int) *big.Rat {
	m := new(big.Rat).Mul(money, big.NewRat(304375, 10000))
	return m.Quo(m, big.NewRat(int64(days), 1))
}
