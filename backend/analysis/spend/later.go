package spend

import (
	"cmp"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Kind distinguishes charges that are booked alike; nil = no value.
type Kind struct{ Provider, Service, Category *string }

// Habits is how charges were booked in earlier months: on which days of each month there were
// charges of a kind.
type Habits struct {
	kinds map[string]*habit
}

type habit struct {
	kind   Kind
	months map[finops.Month]*booked
}

// booked are the days of a month with charges of a kind.
type booked struct {
	first finops.Day
	days  int
}

const (
	// habitMonths is in how many months a kind must have been charged for a habit.
	habitMonths = 3
	// lastDays are so many days at the end of a month.
	lastDays = 7
)

// NewHabits returns Habits of nothing yet.
func NewHabits() *Habits { return &Habits{kinds: map[string]*habit{}} }

// Add enters that there are charges of a kind on a day; a day is entered once.
func (h *Habits) Add(k Kind, d finops.Day) {
	id := keyID(k.Provider) + "\x00" + keyID(k.Service) + "\x00" + keyID(k.Category)
	of := h.kinds[id]
	if of == nil {
		of = &habit{kind: k, months: map[finops.Month]*booked{}}
		h.kinds[id] = of
	}
	m := of.months[d.Month()]
	if m == nil {
		m = &booked{first: d}
		of.months[d.Month()] = m
	}
	m.first = min(m.first, d)
	m.days++
}

// Late lists the kinds that in each month were first charged in its last days; Steady those that in
// each month were charged on at least half of the days. A kind with charges in fewer than three
// months is in neither, as its habit is not known.
func (h *Habits) Late() []Kind {
	return h.all(func(m finops.Month, b *booked) bool { return b.first > m.Last()-lastDays })
}

// Steady is described at Late.
func (h *Habits) Steady() []Kind {
	return h.all(func(m finops.Month, b *booked) bool { return 2*b.days >= int(m.Last()-m.First())+1 })
}

// all are the kinds that were so in each month, in a fixed order.
func (h *Habits) all(so func(finops.Month, *booked) bool) (list []Kind) {
	for _, of := range h.kinds {
		holds := len(of.months) >= habitMonths
		for m, b := range of.months {
			holds = holds && so(m, b)
		}
		if holds {
			list = append(list, of.kind)
		}
	}
	slices.SortFunc(list, func(a, b Kind) int {
		return cmp.Or(finops.CompareValues(a.Provider, b.Provider), finops.CompareValues(a.Service, b.Service), finops.CompareValues(a.Category, b.Category))
	})
	return list
}
