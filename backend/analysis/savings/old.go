package savings

import (
	"slices"

	"cloud-intelligence/backend/finops"
)

// oldPlaces is how many places are remembered: a place that another one has taken the room of is only looked at again.
const oldPlaces = 1 << 16

// place decides, with the class of a line, which groups the line is of, where no rule looks at a further column.
type place struct {
	set, class, currency, account, region, resource, commitment uint32
}

// oldPlace is a place with the first day of which its groups know.
type oldPlace struct {
	place
	first finops.Day
	known bool
}

// isOld reports whether a line changes nothing: it is older than what any rule looks at, and its groups know of a line that is as
// old. Most lines of a long history are.
func (e *examination) isOld(b *Batch, i, set int, k *class) bool {
	day := b.Days[i]
	if k.lasts || lastDay(day, b.Starts[i], b.Ends[i]) >= e.sets[set].start(max(k.reach, costDays)) {
		return false
	}
	if len(k.roles) == 0 {
		return true
	}
	p := place{
		uint32(set), k.id, b.Columns[atCurrency][i], b.Columns[atAccount][i], b.Columns[atRegion][i], b.Columns[atResource][i], b.Columns[atCommitment][i],
	}
	o := &e.old[p.hash()%oldPlaces]
	if o.known && o.place == p && o.first <= day {
		return true
	}
	*o = oldPlace{p, day, true}
	return false
}

// isPlaced reports whether the place and the class of a line decide the value of a field. What a field takes from the id of a
// resource, the place decides.
func (e *examination) isPlaced(f *field) bool {
	return !slices.ContainsFunc(f.columns, func(column int) bool { return column >= GroupColumns && !e.classes.decides(column) })
}

func (p *place) hash() uint32 {
	h := uint32(2166136261)
	for _, n := range [...]uint32{p.set, p.class, p.currency, p.account, p.region, p.resource, p.commitment} {
		h = (h ^ n) * 16777619
		h ^= h >> 15
	}
	return h
}
