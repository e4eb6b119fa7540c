package engine_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// TestEachOf_IsAskOfEachFilter compares one reading for many filters with a question for each of them: filters that the rollup answers, those that
// need lines, those that no single key decides, all and nothing; together, and those of the rollup alone.
func TestEachOf_IsAskOfEachFilter(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 2_000, Months: 3})
	require.NoError(t, err)
	_, e := importFiles(t, dir)
	coarse := []string{
		"", `ProviderName = "AWS"`, `ProviderName != "AWS"`, `ServiceName contains "compute"`, `RegionId startswith "eu" and ChargeCategory = "Usage"`,
		`ProviderName = "AWS" or RegionId startswith "eu"`, `not (ServiceName contains "a" or SubAccountId contains "1")`, `ServiceName = "none of that name"`,
	}
	fine := []string{`Tags/CostCenter is empty`, `ResourceId contains "7" and ProviderName = "AWS"`, `Tags/CostCenter is empty or ServiceName contains "storage"`, `EffectiveCost > 1 and RegionId startswith "us"`}
	for _, texts := range [][]string{coarse, slices.Concat(coarse, fine), fine[:1], coarse[6:7]} {
		filters := make([]finops.Filter, len(texts))
		for i, text := range texts {
			if text != "" {
				filters[i] = parse(t, text)
			}
		}
		q := finops.Question{Metrics: []finops.Metric{finops.EffectiveCost, finops.ListCost}, GroupBy: []string{"ServiceName", "ChargeCategory"}, Grain: finops.GrainDay}
		for _, from := range []*finops.Day{nil, new(finops.NewDay(2026, 9, 12))} {
			q.From = from
			sums := make([]map[string][]finops.Sum, len(filters))
			key := func(r finops.Row) string {
				return fmt.Sprintf("%s %s %s %s", shown(r.Keys[0]), shown(r.Keys[1]), r.Time, r.Currency)
			}
			add := func(of int, r finops.Row) {
				if sums[of] == nil {
					sums[of] = map[string][]finops.Sum{}
				}
				if sums[of][key(r)] == nil {
					sums[of][key(r)] = make([]finops.Sum, 2)
				}
				for m, a := range r.Amounts {
					if a != nil {
						sums[of][key(r)][m].AddSum(*a)
					}
				}
			}
			require.NoError(t, e.WithSnapshot(t.Context(), func(s *engine.Snapshot) error {
				sets := map[int]string{}
				return s.EachOf(t.Context(), q, filters, func(r finops.Row, set int, meets []int) {
					if sets[set] == "" {
						sets[set] = fmt.Sprint(meets)
					}
					require.Equal(t, sets[set], fmt.Sprint(meets))
					for _, i := range meets {
						add(i, r)
					}
				})
			}))
			for i, f := range filters {
				own := q
				own.Where = f
				a, err := e.Ask(t.Context(), own)
				require.NoError(t, err)
				require.Len(t, sums[i], len(a.Rows), texts[i])
				for _, r := range a.Rows {
					for m, want := range r.Amounts {
						if want != nil {
							require.Equal(t, want.String(), sums[i][key(r)][m].String(), "%s, %s", texts[i], key(r))
						}
					}
				}
			}
		}
	}
}

func shown(value *string) string {
	if value == nil {
		return "none"
	}
	return *value
}

func TestEachOf_RefusesAnUnknownColumn(t *testing.T) {
	_, e := importFiles(t, odd(t))
	err := e.WithSnapshot(t.Context(), func(s *engine.Snapshot) error {
		return s.EachOf(t.Context(), finops.Question{Metrics: finops.Metrics[:1]}, []finops.Filter{parse(t, "ServicName = x")}, func(finops.Row, int, []int) {})
	})
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}
