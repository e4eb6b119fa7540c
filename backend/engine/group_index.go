package engine

import "math/bits"

// groupIndex finds the slots of group numbers by hashing, with one look at the memory for most of them, which is what costs
// when there are millions.
type groupIndex struct {
	entries []groupEntry // as many as a power of two, at most half of them in use
	used    int
}

// groupEntry is a group and its slot + 1; 0 = none.
type groupEntry struct {
	number uint64
	slot   uint32
}

func newGroupIndex() *groupIndex { return &groupIndex{entries: make([]groupEntry, 1<<12)} }

// slot returns the slot of a group, and gives it the next one where it has none yet.
func (x *groupIndex) slot(number uint64, next uint32) (slot uint32, known bool) {
	e := x.entry(number)
	if e.slot != 0 {
		return e.slot - 1, true
	}
	if x.used++; 2*x.used > len(x.entries) {
		x.grow()
		e = x.entry(number)
	}
	*e = groupEntry{number, next + 1}
	return next, false
}

// entry is the entry of a group, or the free one where it belongs.
func (x *groupIndex) entry(number uint64) *groupEntry {
	const golden = 0x9E3779B97F4A7C15 // spreads numbers that follow each other
	shift := 65 - bits.Len(uint(len(x.entries)))
	for at := number * golden >> shift; ; at++ {
		if e := &x.entries[at&uint64(len(x.entries)-1)]; e.slot == 0 || e.number == number {
			return e
		}
	}
}

func (x *groupIndex) grow() {
	old := x.entries
	x.entries = make([]groupEntry, 4*len(old))
	for _, e := range old {
		if e.slot != 0 {
			*x.entry(e.number) = e
		}
	}
}
