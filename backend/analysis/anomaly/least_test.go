package anomaly

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// TestFind_LeavesOutWhatIsTooSmallToLookAt raises a leaf that costs next to nothing by an amount for three days, in a workspace that costs next to nothing as a
// whole, so that neither its scale nor its share of the whole leaves it out.
func TestFind_LeavesOutWhatIsTooSmallToLookAt(t *testing.T) {
	for _, c := range []struct {
		currency, level string
		more            float64
		found           bool
	}{
		{"USD", "low", 9, false},
		{"USD", "low", 11, true},
		{"USD", "medium", 0.18, false},
		{"USD", "medium", 0.99, false},
		{"USD", "medium", 1.01, true},
		{"USD", "high", 0.09, false},
		{"USD", "high", 0.18, true},
		{"", "medium", 1.01, true},
		{"EUR", "medium", 0.99, false},
		{"JPY", "medium", 99, false},
		{"JPY", "medium", 101, true},
		{"IDR", "medium", 9_900, false},
		{"IDR", "medium", 10_100, true},
	} {
		t.Run(fmt.Sprintf("%s %s %v", c.currency, c.level, c.more), func(t *testing.T) {
			in := Input{First: finops.NewDay(2026, 1, 1), Sensitivity: Sensitivities[c.level]}
			in.AsOf = in.First + 99
			in.Sets = []DataSet{{Last: in.AsOf}}
			l := Leaf{Values: [4]string{"AWS", "1", "Functions", "eu"}, Currency: c.currency, Cost: make([]float64, 100)}
			for day := range l.Cost {
				if l.Cost[day] = 0.001; day >= 80 && day < 83 {
					l.Cost[day] += c.more
				}
			}
			in.Leaves = []Leaf{l}
			found := find(t, in)
			if !c.found {
				require.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			require.Equal(t, in.First+80, found[0].First)
		})
	}
}
