package savings

import (
	"math"
	"slices"

	"cloud-intelligence/backend/finops"
)

// spotsMost is how many places are remembered at most: a place that another one has taken the room of is only looked at again.
const spotsMost = 1 << 16

// newSpots has room for some places of each resource of one of some parts.
func newSpots(resources, parts int) []spot {
	n := 1 << 8
	for n < 4*resources/parts && n < spotsMost/parts {
		n *= 2
	}
	return make([]spot, n)
}

// forget makes room for what is asked of places next, and lets go of what is only needed to find.
func (e *examination) forget() {
	for _, part := range e.peers {
		clear(part.spots)
		part.known = nil
		part.cells, part.rates, part.ratesOf, part.past, part.related, part.beginnings, part.pooled = nil, nil, nil, nil, nil, nil, nil
		part.claimed, part.findings = e.claimed, e.findings
	}
}

// place decides, with the class of a line, which groups the line is of, where rules look at one further column at most.
type place struct {
	set, class, currency, account, region, resource, commitment, by uint32
}

// spot is a place with what is known of it.
type spot struct {
	place
	known  bool
	first  finops.Day  // the first day of which its groups know
	groups []spotGroup // by role of the class
	claims []int       // on its lines, once all are found; see examination.claimsOn
	asked  bool        // claims are known
}

// spotGroup is the group that a place belongs to for a rule.
type spotGroup struct {
	key  cellKey
	cell *cell             // nil = not asked for, or there is none yet
	near *cell             // where use is counted beside it; nil = not yet
	legs [legsMost]*legSum // sums of its legs that are the same every day; nil = not yet
}

// spotOf finds what is known of the place of a line; nil where the place does not decide.
func (e *examination) spotOf(b *Batch, i, set int, k *class) *spot {
	if !k.placed {
		return nil
	}
	var by uint32
	if k.by >= 0 {
		by = e.valueOf(k.by, b, i)
	}
	p := place{
		uint32(set), k.id, b.Columns[atCurrency][i], b.Columns[atAccount][i], b.Columns[atRegion][i], b.Columns[atResource][i], b.Columns[atCommitment][i], by,
	}
	s := &e.spots[int(p.hash())%len(e.spots)]
	if s.known && s.place == p {
		return s
	}
	*s = spot{place: p, known: true, first: math.MaxInt32, groups: s.groups[:0], claims: s.claims[:0]}
	for _, r := range k.roles {
		s.groups = append(s.groups, spotGroup{key: e.key(b, i, set, r.rule, k)})
	}
	return s
}

// groupOf is the group of a line for one of the roles of its class.
func (e *examination) groupOf(s *spot, b *Batch, i, set, role int, k *class) *spotGroup {
	if s != nil {
		return &s.groups[role]
	}
	e.lone = spotGroup{key: e.key(b, i, set, k.roles[role].rule, k)}
	return &e.lone
}

// cellIn is the group of which lines were seen; begin lets it begin with this one, else it is nil where there were none.
func (e *examination) cellIn(g *spotGroup, begin bool) *cell {
	if g.cell == nil {
		g.cell = e.cells[g.key]
	}
	if g.cell == nil && begin {
		g.cell = e.cellOf(g.key)
	}
	return g.cell
}

// isOld reports whether a line changes nothing: it is older than what any rule looks at, and its groups know of a line that is as
// old. Most lines of a long history are.
func (e *examination) isOld(b *Batch, i, set int, k *class, s *spot) bool {
	day := b.Days[i]
	if s == nil || k.lasts || lastDay(day, b.Starts[i], b.Ends[i]) >= e.sets[set].start(max(k.reach, costDays)) {
		return false
	}
	if len(k.roles) == 0 || s.first <= day {
		return true
	}
	s.first = day
	return false
}

// knownLine are lines with the same values in all columns that change nothing, from a day on.
type knownLine struct {
	values [knownParts]uint32 // numbers of the combinations of values, by part of classes.whole
	from   finops.Day
	some   bool
}

// knownParts is how many parts the columns of a table may have for its lines to be known by them, and knownMost how many lines are.
const knownParts, knownMost = 5, 1 << 18

// newKnown has room for lines that are known, some of each resource of one of some parts; none where their columns have too many parts.
func newKnown(c *classes, parts int) []knownLine {
	if len(c.whole) > knownParts {
		return nil
	}
	n := 1 << 8
	for n < 8*len(c.table.Values[atResource])/parts && n < knownMost/parts {
		n *= 2
	}
	return make([]knownLine, n)
}

// beforeAll is the first day that a rule or the window of commitments looks at in any data set.
func (e *examination) beforeAll() finops.Day {
	reach := costDays
	for i := range e.ratings {
		reach = max(reach, e.ratings[i].reach())
	}
	first := finops.Day(math.MaxInt32)
	for i, c := range e.sets {
		if len(c.Days) == 0 {
			continue
		}
		first = min(first, c.start(reach))
		if e.share != nil {
			first = min(first, e.share.from[i])
		}
	}
	return first
}

// isKnown reports whether a line is older than what any rule looks at, and such lines are known to change nothing. Most lines of a long
// history are, and nothing else has to be asked of them.
func (e *examination) isKnown(b *Batch, i int) bool {
	if len(e.known) == 0 || lastDay(b.Days[i], b.Starts[i], b.Ends[i]) >= e.oldBefore {
		return false
	}
	k, values := e.knownAt(b, i)
	return k.some && k.from <= b.Days[i] && k.values == values
}

// know keeps that a line changes nothing, since its groups know of one that is as old.
func (e *examination) know(b *Batch, i int) {
	if len(e.known) > 0 {
		k, values := e.knownAt(b, i)
		*k = knownLine{values, b.Days[i], true}
	}
}

func (e *examination) knownAt(b *Batch, i int) (k *knownLine, values [knownParts]uint32) {
	h := uint32(2166136261)
	for n := range e.classes.whole {
		values[n] = e.classes.number(&e.classes.whole[n], b, i)
		h = mixed(h, values[n])
	}
	return &e.known[int(h)%len(e.known)], values
}

// isPlaced reports whether the place and the class of a line decide the value of a field. What a field takes from the id of a
// resource, the place decides.
func (e *examination) isPlaced(f *field) bool {
	return !slices.ContainsFunc(f.columns, func(column int) bool { return column >= GroupColumns && !e.classes.decides(column) })
}

func (p *place) hash() uint32 {
	h := uint32(2166136261)
	for _, n := range [...]uint32{p.set, p.class, p.currency, p.account, p.region, p.resource, p.commitment, p.by} {
		h = mixed(h, n)
	}
	return h
}

// mixed takes a number into a hash.
func mixed(h, n uint32) uint32 {
	h = (h ^ n) * 16777619
	return h ^ h>>15
}
