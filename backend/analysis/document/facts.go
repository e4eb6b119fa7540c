package document

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Facts is what several documents say together.
type Facts struct {
	docs   []*Document
	things map[string][]*Thing // by key, newest document first
	parts  map[string][]*Thing // by the key of what they are on
	series map[seriesKey]*Series
	advice map[string][]*Advice
	prices map[PriceOf]*Price // by PriceOf.key, of the newest sheet
	kinds  map[Kind]bool
}

type seriesKey struct {
	key    string
	metric Metric
	stat   Stat
}

// NewFacts puts documents together. The order in which they are given does not matter.
func NewFacts(docs []*Document) *Facts {
	f := &Facts{
		docs: slices.Clone(docs), things: map[string][]*Thing{}, parts: map[string][]*Thing{}, series: map[seriesKey]*Series{},
		advice: map[string][]*Advice{}, prices: map[PriceOf]*Price{}, kinds: map[Kind]bool{},
	}
	slices.SortFunc(f.docs, newest)
	for _, d := range f.docs {
		f.kinds[d.Kind] = true
		for _, t := range d.Things {
			t.doc = d
			for _, key := range append([]string{t.Key}, t.Aliases...) {
				f.things[key] = append(f.things[key], t)
			}
			for _, on := range t.On {
				f.parts[on] = append(f.parts[on], t)
			}
		}
		for _, s := range d.Series {
			s.doc = d
			key := seriesKey{s.Key, s.Metric, s.Stat}
			if have := f.series[key]; have == nil || (have.doc.Day == d.Day && len(have.Points) < len(s.Points)) {
				f.series[key] = s
			}
		}
		for _, a := range d.Advice {
			a.doc = d
			f.advice[a.Key] = append(f.advice[a.Key], a)
		}
		for _, p := range d.Prices {
			p.doc = d
			if key := p.key(); f.prices[key] == nil {
				f.prices[key] = p
			}
		}
	}
	return f
}

// newest puts the newest document first.
func newest(a, b *Document) int {
	return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Name, b.Name))
}

// Has reports whether there is a document of one of the kinds.
func (f *Facts) Has(kinds ...Kind) bool {
	return f != nil && slices.ContainsFunc(kinds, func(k Kind) bool { return f.kinds[k] })
}

// Documents are all documents, the newest first.
func (f *Facts) Documents() []*Document {
	if f == nil {
		return nil
	}
	return f.docs
}

// Thing finds a resource of a type by its keys; nil = no document lists it.
func (f *Facts) Thing(of Type, keys ...string) *Thing {
	if f == nil {
		return nil
	}
	for _, key := range keys {
		for _, t := range f.things[key] {
			if t.Type == of {
				return t
			}
		}
	}
	return nil
}

// Same returns the things that the newest document with such a key lists under it: more than one where a name is not unique.
func (f *Facts) Same(of Type, key string) []*Thing {
	var list []*Thing
	for _, t := range f.things[key] {
		if t.Type == of && (len(list) == 0 || list[0].doc == t.doc) {
			list = append(list, t)
		}
	}
	return list
}

// On returns the things of a type that are on another one, each as the newest document says it.
func (f *Facts) On(of Type, key string) []*Thing {
	if f == nil {
		return nil
	}
	var list []*Thing
	for _, t := range f.parts[key] {
		if t.Type == of && f.Thing(of, t.Key) == t {
			list = append(list, t)
		}
	}
	return list
}

// Things are all things of a type in documents of a kind, each as the newest document says it.
func (f *Facts) Things(of Type) []*Thing {
	if f == nil {
		return nil
	}
	var list []*Thing
	for _, d := range f.docs {
		for _, t := range d.Things {
			if t.Type == of && f.Thing(of, t.Key) == t {
				list = append(list, t)
			}
		}
	}
	return list
}

// Advice is what the provider itself recommends for a resource, the newest first.
func (f *Facts) Advice(keys ...string) []*Advice {
	if f == nil {
		return nil
	}
	keys = slices.Clone(keys)
	for _, key := range keys[:len(keys):len(keys)] {
		for _, t := range f.things[key] {
			keys = append(keys, t.Key)
			keys = append(keys, t.Aliases...)
		}
	}
	slices.Sort(keys)
	var list []*Advice
	for _, key := range slices.Compact(keys) {
		list = append(list, f.advice[key]...)
	}
	slices.SortStableFunc(list, func(a, b *Advice) int { return newest(a.doc, b.doc) })
	return list
}

// Purchases are the commitments that providers recommend to buy, those of the newest documents first. What a newer document says of the same
// purchase stands for older ones.
func (f *Facts) Purchases() (list []*Advice) {
	seen := map[string]bool{}
	for _, d := range f.Documents() {
		var own []string
		for _, a := range d.Advice {
			if a.Action != ActionReserve {
				continue
			}
			if p := a.Purchase; p != nil {
				key := fmt.Sprint(d.Kind, a.Key, p.Years, p.Payment, p.LookBack, p.Account)
				if seen[key] {
					continue
				}
				own = append(own, key)
			}
			list = append(list, a)
		}
		for _, key := range own {
			seen[key] = true
		}
	}
	return list
}

// Measured is what a metric was in some days.
type Measured struct {
	Document *Document
	Days     int   // with a point
	Period   int64 // seconds
	Points   []Point
}

// Metric returns the points of a metric in the days from and to, with the first of the statistics and keys for which there are any;
// nil = there are none.
func (f *Facts) Metric(keys []string, metric Metric, from, to finops.Day, stats ...Stat) *Measured {
	if f == nil {
		return nil
	}
	for _, stat := range stats {
		for _, key := range keys {
			s := f.series[seriesKey{key, metric, stat}]
			if s == nil {
				continue
			}
			m := &Measured{Document: s.doc, Period: s.Period}
			days := map[finops.Day]bool{}
			for _, p := range s.Points {
				if day := finops.DayOfUnix(p.Start); day >= from && day <= to {
					m.Points = append(m.Points, p)
					days[day] = true
				}
			}
			if m.Days = len(days); m.Days > 0 {
				return m
			}
		}
	}
	return nil
}

// Largest is the largest value.
func (m *Measured) Largest() finops.Amount {
	most := m.Points[0].Value
	for _, p := range m.Points {
		if p.Value.Cmp(most) > 0 {
			most = p.Value
		}
	}
	return most
}

// Smallest is the smallest value.
func (m *Measured) Smallest() finops.Amount {
	least := m.Points[0].Value
	for _, p := range m.Points {
		if p.Value.Cmp(least) < 0 {
			least = p.Value
		}
	}
	return least
}

// Below is the part of the points that are below a limit, from 0 to 1.
func (m *Measured) Below(limit *big.Rat) *big.Rat {
	n := 0
	for _, p := range m.Points {
		if Rat(p.Value).Cmp(limit) < 0 {
			n++
		}
	}
	return big.NewRat(int64(n), int64(len(m.Points)))
}

// ByDay adds up the values of each day.
func (m *Measured) ByDay() map[finops.Day]*finops.Sum {
	days := map[finops.Day]*finops.Sum{}
	for _, p := range m.Points {
		day := finops.DayOfUnix(p.Start)
		if days[day] == nil {
			days[day] = &finops.Sum{}
		}
		days[day].Add(p.Value)
	}
	return days
}

// Rat is a measurement as a fraction.
func Rat(a finops.Amount) *big.Rat {
	var s finops.Sum
	s.Add(a)
	return s.Rat()
}
