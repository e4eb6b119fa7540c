package engine

import (
	"cmp"
	"slices"
	"strconv"

	"cloud-intelligence/backend/finops"
)

// limited reports which groups are within the limit of a question: without time steps the first
// ones, with them those that are the largest in the whole period, in all their steps.
func limited(s *groupSums, groups []found, q finops.Question) func(found) bool {
	if q.Limit == 0 {
		return func(found) bool { return true }
	}
	if q.Grain == finops.GrainNone {
		taken := map[string]int{}
		return func(g found) bool {
			taken[g.currency]++
			return taken[g.currency] <= q.Limit
		}
	}
	rank := map[string]int{} // by currency and keys, from 1
	for _, list := range wholeGroups(s, groups) {
		slices.SortStableFunc(list, func(a, b *wholeGroup) int {
			switch {
			case a.sum == nil || b.sum == nil:
				return cmp.Compare(sign(a.sum == nil), sign(b.sum == nil))
			default:
				return b.sum.Cmp(*a.sum)
			}
		})
		for i, w := range list {
			rank[w.id] = i + 1
		}
	}
	return func(g found) bool { return rank[groupID(g)] <= q.Limit }
}

// wholeGroup is a group over all its time steps.
type wholeGroup struct {
	id  string
	sum *finops.Sum // of the first metric; nil = unknown
}

// wholeGroups adds up the time steps of groups, by currency.
func wholeGroups(s *groupSums, groups []found) map[string][]*wholeGroup {
	byID, byCurrency := map[string]*wholeGroup{}, map[string][]*wholeGroup{}
	for _, g := range groups {
		id := groupID(g)
		w := byID[id]
		if w == nil {
			w = &wholeGroup{id: id}
			byID[id] = w
			byCurrency[g.currency] = append(byCurrency[g.currency], w)
		}
		if len(s.metrics) == 0 {
			continue
		}
		if sum := s.sum(0, g.slot); sum != nil {
			if w.sum == nil {
				w.sum = &finops.Sum{}
			}
			w.sum.AddSum(*sum)
		}
	}
	return byCurrency
}

// groupID is one text for the currency and the keys of a group.
func groupID(g found) string {
	id := strconv.AppendQuote(nil, g.currency)
	for _, k := range g.keys {
		if k == nil {
			id = append(id, '-')
		} else {
			id = strconv.AppendQuote(id, *k)
		}
	}
	return string(id)
}
