package service

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/finops"
)

// TestSavings_FindsWhatIsPlantedInTheDemoClientAndNothingElse compares what the rules find with what the generator of the demo client says
// that it planted, to the last decimal.
func TestSavings_FindsWhatIsPlantedInTheDemoClientAndNothingElse(t *testing.T) {
	long(t)
	for _, options := range []demo.Options{{}, {Lines: 45_000, Seed: 3, Months: 7}} {
		planted, err := demo.Findings(t.Context(), options)
		require.NoError(t, err)
		dir := t.TempDir()
		_, err = demo.Write(t.Context(), dir, options)
		require.NoError(t, err)
		w := newWorkspace(t)
		load(t, w, dir)
		r, err := w.Savings.Find(t.Context(), SavingsQuestion{})
		require.NoError(t, err)
		var found []demo.Finding
		for _, f := range r.Findings {
			found = append(found, foundInDemo(f))
		}
		missing, more := findingsWithout(planted, found), findingsWithout(found, planted)
		for _, f := range missing {
			assert.Fail(t, "planted, not found", "%+v", f)
		}
		for _, f := range more {
			assert.Fail(t, "found, not planted", "%+v", f)
		}
	}
}

// foundInDemo is a finding as the generator states it.
func foundInDemo(f *savings.Finding) demo.Finding {
	text := func(a *finops.Amount) string {
		if a == nil {
			return ""
		}
		return a.String()
	}
	return demo.Finding{
		Rule: f.Rule.ID, Provider: f.Provider, BillingAccount: f.BillingAccount, SubAccount: f.SubAccount, Resource: f.ResourceID, Currency: f.Currency,
		State: string(f.State), Candidate: f.Class == savings.Candidate, Gross: text(f.Gross), Absorbed: text(f.Absorbed), Overlap: text(f.Overlap), Net: text(f.Net),
	}
}

// findingsWithout returns those of a list, in order, that another one does not have as often.
func findingsWithout(list, other []demo.Finding) []demo.Finding {
	count := map[demo.Finding]int{}
	for _, f := range other {
		count[f]++
	}
	var left []demo.Finding
	for _, f := range list {
		if count[f]--; count[f] < 0 {
			left = append(left, f)
		}
	}
	slices.SortFunc(left, func(a, b demo.Finding) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Resource, b.Resource))
	})
	return left
}
