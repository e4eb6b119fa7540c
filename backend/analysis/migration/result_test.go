package migration_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/migration"
)

// contract are the fields that programs rely on, by the place where they stand; others may stand beside them.
var contract = map[string]string{
	"":                            "priceBook providers recommendation sensitivity plan unmapped",
	"priceBook":                   "version oldestAsOf",
	"providers.0":                 "provider eligible gates region monthly terms oneOff npv paybackMonth score contributions confidence workloads",
	"providers.0.monthly":         "total compute licences block object database network support",
	"providers.0.terms":           "onDemand oneYear threeYear flexOneYear flexThreeYear",
	"providers.0.score":           "total cost services compliance performance",
	"providers.0.contributions.0": "part label value weight points source asOf",
	"providers.0.confidence":      "stars share",
	"providers.0.workloads.0":     "name target monthly reason unpriced counted strategy",
	"recommendation":              "provider tooClose",
	"plan":                        "start end phases risks",
}

// at finds a value in decoded JSON; a number is a place in a list.
func at(t *testing.T, v any, path string) any {
	t.Helper()
	for _, name := range strings.FieldsFunc(path, func(c rune) bool { return c == '.' }) {
		switch have := v.(type) {
		case map[string]any:
			v = have[name]
		case []any:
			require.NotEmpty(t, have, path)
			v = have[0]
		}
	}
	return v
}

func TestResult_HasTheFieldsOfTheContract(t *testing.T) {
	text, err := json.Marshal(assess(t, profileText(t, "shop")))
	require.NoError(t, err)
	var decoded any
	require.NoError(t, json.Unmarshal(text, &decoded))
	for path, names := range contract {
		object, ok := at(t, decoded, path).(map[string]any)
		require.True(t, ok, path)
		have := slices.Collect(maps.Keys(object))
		for name := range strings.FieldsSeq(names) {
			assert.Contains(t, have, name, path)
		}
	}
	for _, path := range []string{"providers.0.monthly.total", "providers.0.terms.oneYear", "providers.0.oneOff", "providers.0.npv"} {
		assert.IsType(t, "", at(t, decoded, path), "%s is an exact decimal", path)
	}
	for _, path := range []string{"providers.0.score.total", "providers.0.paybackMonth", "providers.0.confidence.share"} {
		assert.IsType(t, float64(0), at(t, decoded, path), path)
	}
}

// Each assumption is changed for itself, the winner has the most points, and an unchanged price basis gives the scores of the result.
func TestResult_Sensitivity(t *testing.T) {
	for _, name := range profiles {
		r := assess(t, profileText(t, name))
		var changes []string
		for _, c := range r.Sensitivity.Changes {
			changes = append(changes, c.Assumption+" "+c.Change)
			for _, s := range c.Scores {
				winner := slices.IndexFunc(c.Scores, func(o migration.ScenarioScore) bool { return o.Provider == c.Winner })
				assert.LessOrEqual(t, s.Total, c.Scores[winner].Total)
				if c.Assumption == "priceBasis" && c.Change == r.Basis.PurchaseOption {
					assert.Equal(t, provider(t, r, s.Provider).Score.Total, s.Total, name)
				}
			}
		}
		assert.Equal(t, []string{
			"egress -20 %", "egress +20 %", "labour -30 %", "labour +30 %", "priceBasis on_demand", "priceBasis 1yr", "priceBasis 3yr", "priceBasis flex_1yr", "priceBasis flex_3yr",
		}, changes)
		assert.Equal(t, 66, r.Sensitivity.Weightings)
		shares := 0.0
		for _, s := range r.Sensitivity.Weights {
			shares += number(t, string(s.Share))
		}
		assert.InDelta(t, 1, shares, 0.001)
	}
}

// Two providers are too close to call below three points; the confidence is beside the score and moves nothing in it.
func TestResult_TooCloseAndConfidence(t *testing.T) {
	for _, name := range profiles {
		r := assess(t, profileText(t, name))
		var totals []migration.Tenth
		for _, p := range r.Providers {
			if p.Score != nil {
				totals = append(totals, p.Score.Total)
			}
			assert.True(t, p.Confidence.Stars >= 1 && p.Confidence.Stars <= 5)
		}
		assert.Equal(t, len(totals) > 1 && totals[0]-totals[1] < 30, r.Recommendation.TooClose, name)
	}
	profile := func(known string) string {
		return `{"organization":{"name":"x","countries":["US"],"current_monthly_cost":500},"workloads":[{"name":"a","type":"other"` + known + `}]}`
	}
	guess, stated := assess(t, profile("")), assess(t, profile(`,"block_gib":100,"egress_gb_month":0,"depends_on":[]`))
	for _, p := range guess.Providers {
		more := provider(t, stated, p.Provider)
		assert.Equal(t, p.Score, more.Score)
		assert.Greater(t, more.Confidence.Stars, p.Confidence.Stars)
	}
}

// What moves the net present value the most comes first; each assumption has a low and a high end.
func TestResult_Tornado(t *testing.T) {
	r := assess(t, profileText(t, "shop"))
	for _, p := range r.Providers {
		require.Len(t, p.Tornado, 6)
		last := -1.0
		for i, b := range p.Tornado {
			width := number(t, b.NPVHigh.String()) - number(t, b.NPVLow.String())
			width = max(width, -width)
			assert.True(t, i == 0 || width <= last, "%s is wider than what stands before it", b.Assumption)
			last = width
		}
	}
}
