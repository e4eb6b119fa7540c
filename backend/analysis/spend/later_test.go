package spend_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
)

// TestHabits_SayWhatComesLate books some kinds of charges in the months of half a year.
func TestHabits_SayWhatComesLate(t *testing.T) {
	h := spend.NewHabits()
	kind := func(service string) spend.Kind { return spend.Kind{Provider: new("A"), Service: &service} }
	for at := range finops.Month(6) {
		m := finops.NewMonth(2026, time.January) + at
		for d := m.First(); d <= m.Last(); d++ {
			h.Add(kind("daily"), d)
			if d.Time().Weekday() == time.Monday {
				h.Add(kind("weekly"), d)
			}
		}
		h.Add(kind("first"), m.First())
		h.Add(kind("support"), m.Last())
		h.Add(kind("fee"), m.Last()-2-finops.Day(at%3))
		if at > 3 {
			h.Add(kind("new"), m.Last())
		}
		if at%2 == 0 {
			h.Add(kind("mostly late"), m.Last())
		} else {
			h.Add(kind("mostly late"), m.First())
		}
	}
	assert.Equal(t, []spend.Kind{kind("fee"), kind("support")}, h.Late())
	assert.Equal(t, []spend.Kind{kind("daily")}, h.Steady())
	assert.Empty(t, spend.NewHabits().Late())
}
