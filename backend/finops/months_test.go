package finops_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestMonthRanges_CollapseMonths(t *testing.T) {
	month := func(text string) finops.Month {
		m, err := finops.ParseMonth(text)
		require.NoError(t, err)
		return m
	}
	year := func(from, to string, but ...string) (list []finops.Month) {
		for m := month(from); m <= month(to); m++ {
			if !slices.Contains(but, m.String()) {
				list = append(list, m)
			}
		}
		return list
	}
	for want, months := range map[string][]finops.Month{
		"":                                    nil,
		"May 2026":                            {month("2026-05")},
		"Jan – Mar 2026":                      year("2026-01", "2026-03"),
		"Dec 2025 – Jan 2026":                 year("2025-12", "2026-01"),
		"Jan 2026, Mar 2026":                  {month("2026-01"), month("2026-03")},
		"Jan – Feb 2026, May 2026":            {month("2026-01"), month("2026-02"), month("2026-05")},
		"Jan 2019 – Aug 2026 except May 2026": year("2019-01", "2026-08", "2026-05"),
		"Jan 2025 – Aug 2026 except Feb 2025, Apr – May 2026": year("2025-01", "2026-08", "2025-02", "2026-04", "2026-05"),
	} {
		assert.Equal(t, want, finops.MonthRanges(months))
	}
}
