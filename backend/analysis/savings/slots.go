package savings

import (
	"iter"

	"cloud-intelligence/backend/finops"
)

// slotCosts are exact costs by the hour or the day in which covered and other usage meet. A slot is the hour, since 1970, in which it
// begins. Nearly all are packed amounts of the days that are looked at, as there can be a thousand slots of each of many findings.
type slotCosts struct {
	first  int64
	packed []int64           // from the first slot on; see finops.Unpack
	others map[int64]*spread // what cannot be packed, or is outside
}

func newSlotCosts(cal *calendar) slotCosts { return slotCosts{first: int64(cal.start(costDays)) * 24} }

// slotOf is the hour of a line, of one of more than an hour the first of its day.
func slotOf(b *Batch, i int) int64 {
	if hourly(b, i) {
		return b.Starts[i] / 3600
	}
	return int64(b.Days[i]) * 24
}

// dayOf is the slot of the day of a slot.
func dayOf(slot int64) int64 { return slot - slot%24 }

func (s *slotCosts) add(slot int64, cost finops.Amount, p part) {
	if at := slot - s.first; p.of == 1 && p.days == 1 && at >= 0 && at < 24*(costDays+1) && s.pack(int(at), cost) {
		return
	}
	if s.others == nil {
		s.others = map[int64]*spread{}
	}
	if s.others[slot] == nil {
		s.others[slot] = &spread{}
	}
	s.others[slot].add(cost, p)
}

// join adds the costs of other lines.
func (s *slotCosts) join(o *slotCosts) {
	for at, packed := range o.packed {
		if packed != 0 {
			s.add(o.first+int64(at), finops.Unpack(packed), part{days: 1, of: 1})
		}
	}
	for slot, other := range o.others {
		if s.others == nil {
			s.others = map[int64]*spread{}
		}
		if s.others[slot] == nil {
			s.others[slot] = &spread{}
		}
		s.others[slot].addSpread(other)
	}
}

// pack adds a cost to the packed one of a slot, where that is possible.
func (s *slotCosts) pack(at int, cost finops.Amount) bool {
	for len(s.packed) <= at {
		s.packed = append(s.packed, 0)
	}
	var sum finops.Sum
	sum.Add(finops.Unpack(s.packed[at]))
	sum.Add(cost)
	packed, ok := sum.Amount().Pack()
	if ok {
		s.packed[at] = packed
	}
	return ok
}

// has reports whether a slot has a cost.
func (s *slotCosts) has(slot int64) bool {
	at := slot - s.first
	return (at >= 0 && at < int64(len(s.packed)) && s.packed[at] != 0) || s.others[slot] != nil
}

// at is the cost of a slot.
func (s *slotCosts) at(slot int64) (cost spread) {
	if at := slot - s.first; at >= 0 && at < int64(len(s.packed)) {
		cost.whole.Add(finops.Unpack(s.packed[at]))
	}
	if other := s.others[slot]; other != nil {
		cost.addSpread(other)
	}
	return cost
}

// all are the slots with a cost.
func (s *slotCosts) all() iter.Seq[int64] {
	return func(yield func(int64) bool) {
		for at, packed := range s.packed {
			slot := s.first + int64(at)
			if (packed != 0 || s.others[slot] != nil) && !yield(slot) {
				return
			}
		}
		for slot := range s.others {
			if at := slot - s.first; (at < 0 || at >= int64(len(s.packed))) && !yield(slot) {
				return
			}
		}
	}
}

// foldDays puts the costs of the hours of each day together.
func (s *slotCosts) foldDays() {
	days := slotCosts{first: s.first}
	for at, packed := range s.packed {
		if packed != 0 {
			days.add(dayOf(s.first+int64(at)), finops.Unpack(packed), part{days: 1, of: 1})
		}
	}
	for slot, other := range s.others {
		if days.others == nil {
			days.others = map[int64]*spread{}
		}
		if days.others[dayOf(slot)] == nil {
			days.others[dayOf(slot)] = &spread{}
		}
		days.others[dayOf(slot)].addSpread(other)
	}
	*s = days
}
