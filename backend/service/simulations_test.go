package service

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/commitment"
)

// TestSimulate_BesideAzure puts the reservations that Azure recommends for the estate, in its export and by Advisor, beside the best commitment.
func TestSimulate_BesideAzure(t *testing.T) {
	readExpected(t)
	w := estateWorkspace(t, "azure-focus-1.2.csv")
	_, err := w.Documents.Add(t.Context(), []string{filepath.Join(estate, "azure", "reservation-recommendations-ea.csv"), filepath.Join(estate, "azure", "advisor-recommendation-list.json")}, DocumentChange{})
	require.NoError(t, err)
	s, err := w.Commitments.Simulate(t.Context(), SimulationQuestion{Pool: "azure-vm-reservation:westeurope:Ds_v5", Terms: commitment.Terms{Years: 3, Payment: commitment.PayNone}})
	require.NoError(t, err)
	const machines = "; it is for 1 × Standard_D2s_v5 and names no amount an hour, here one commitment is for all machines of the family in the region"
	type row struct {
		document, saving string
		years            int
		difference       string
	}
	var rows []row
	for _, r := range s.Info().Recommendations {
		assert.Empty(t, r.NotComparable)
		assert.Nil(t, r.Result, "Azure names machines")
		at := 0
		for i, o := range s.Options {
			if o.Terms.Years == r.Years && o.Terms.Payment == commitment.PayNone {
				at = i
			}
		}
		assert.Equal(t, PointOf(s.Options[at].Optimum), *r.Ours, "of the same term")
		rows = append(rows, row{r.Document, *r.MonthlySaving, r.Years, r.Difference})
	}
	export := "Azure counted 30 days of usage from 27 Sep 2026 on, here it is the 38 days up to 27 Oct 2026" + machines + "; its saving is taken to be in EUR, which the document does not state."
	assert.Equal(t, []row{
		{"reservation-recommendations-ea.csv", "44.71", 3, export}, // the term that is simulated
		{"reservation-recommendations-ea.csv", "27.57", 1, export},
		{"advisor-recommendation-list.json", "58.50", 1, "Azure counted 30 days of usage before 27 Oct 2026, here it is the 38 days up to 27 Oct 2026" + machines + "."},
	}, rows)

	other, err := w.Commitments.Simulate(t.Context(), SimulationQuestion{Pool: "azure-vm-reservation:westeurope:Bs", Terms: commitment.Terms{Years: 1, Payment: commitment.PayNone}})
	require.NoError(t, err)
	require.Len(t, other.Recommended, 3, "they stay in sight")
	assert.Empty(t, other.Recommended[0].Difference)
	assert.Equal(t, s.Pool.ID, other.Recommended[0].Pool)
}
