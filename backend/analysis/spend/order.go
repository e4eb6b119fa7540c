package spend

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Sort names the figure by which rows are ordered.
type Sort string

// The sorts.
const (
	SortAmount Sort = "amount" // the cost of the period
	SortName   Sort = "name"   // the readable name, or the value where it has none
	SortBefore Sort = "before" // the cost in the period that is compared with
	SortChange Sort = "change" // the change with its sign: what rose most is the largest
	SortShare  Sort = "share"  // the share of the period's cost, which follows the cost
	SortPart   Sort = "part"   // the change as a part of the cost before; see Row.Relative
)

// Sorts lists the sorts.
var Sorts = []Sort{SortAmount, SortName, SortBefore, SortChange, SortShare, SortPart}

// ParseSort reads a sort by its name; "" is SortAmount.
func ParseSort(text string) (Sort, error) {
	s := Sort(strings.ToLower(text))
	if s == "" {
		return SortAmount, nil
	}
	if slices.Contains(Sorts, s) {
		return s, nil
	}
	return "", finops.Errorf(finops.CodeInvalid, "%q is not a way to order rows; use amount, name, before, change, share or part.", text)
}

// Order is that of the rows of a Spend; the zero Order begins with the highest cost. What is
// unknown comes last either way. Where nothing is compared, SortBefore, SortChange and SortPart order
// by the cost.
type Order struct {
	Sort Sort
	Up   bool                    // the least first, names from A
	Name func(key string) string // readable names for SortName, "" = there is none; nil = none has one

	parts map[*value]part // of SortPart, filled as they are asked for
}

// part is a change as a part of what was before, in millionths; known is false where there is none.
type part struct {
	millionths int64
	known      bool
}

// ofChanges reports whether values count that only the period to compare with has.
func (o Order) ofChanges() bool {
	return o.Sort == SortBefore || o.Sort == SortChange || o.Sort == SortPart
}

func (o Order) compare(x, y *value) int {
	a, knownA := o.figure(x)
	b, knownB := o.figure(y)
	if knownA != knownB {
		if knownA {
			return -1
		}
		return 1
	}
	by := a.Cmp(b)
	if o.Sort == SortName && knownA {
		by = cmp.Compare(o.name(*x.key), o.name(*y.key))
	}
	if !o.Up {
		by = -by
	}
	return cmp.Or(by, finops.CompareValues(x.key, y.key))
}

// figure is what a value is ordered by, but for its name; ok is false where there is none.
func (o Order) figure(v *value) (amount finops.Sum, ok bool) {
	switch o.Sort {
	case SortName:
		return finops.Sum{}, v.key != nil
	case SortBefore:
		return v.sum(ofBefore), v.is&(inBefore|beforeKnown) != inBefore
	case SortChange:
		return v.change()
	case SortPart:
		p := o.part(v)
		return finops.SumOf(p.millionths>>63, uint64(p.millionths)), p.known
	case SortAmount, SortShare:
	}
	return v.sum(ofPeriod), v.is&(inPeriod|amountKnown) != inPeriod
}

// part is what Row.Relative shows of a value.
func (o Order) part(v *value) part {
	p, ok := o.parts[v]
	if !ok {
		row := v.row(true)
		millionths, err := strconv.ParseInt(strings.Replace(row.Relative(), ".", "", 1), 10, 64)
		p = part{millionths, err == nil}
		o.parts[v] = p
	}
	return p
}

// name is what a value is ordered by under SortName, without regard to case.
func (o Order) name(key string) string {
	if o.Name != nil {
		if name := o.Name(key); name != "" {
			key = name
		}
	}
	return strings.ToLower(key)
}
