package service

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestPlan_TellsEachFile(t *testing.T) {
	w := newWorkspace(t)
	paths := []string{newTable().line().line().file(t, "a.csv"), newTable().line().file(t, "b.csv")}
	var reported []PlanProgress
	plan, err := w.Imports.plan(t.Context(), paths, func(p PlanProgress) { reported = append(reported, p) })
	require.NoError(t, err)
	require.Len(t, plan.Files, 2)
	assert.Equal(t, []PlanProgress{{File: paths[0], FilesTotal: 2}, {File: paths[1], Files: 1, FilesTotal: 2, Lines: 2}}, reported)
}

func TestPlan_SpellsCurrencies(t *testing.T) {
	w := newWorkspace(t)
	plan, err := w.Imports.plan(t.Context(), []string{newTable().line("BillingCurrency", "EUR").line("BillingCurrency", " EUR").line("BillingCurrency", "eur").file(t, "a.csv")}, func(PlanProgress) {})
	require.NoError(t, err)
	require.Len(t, plan.Files, 1)
	assert.Equal(t, []string{"EUR"}, plan.Files[0].Currencies)
}

// A cancelled look is an error at whatever file it stops, never a plan that lacks files.
func TestPlan_Cancelled(t *testing.T) {
	w := newWorkspace(t)
	paths := []string{newTable().line().file(t, "a.csv"), newTable().line().file(t, "b.csv"), newTable().line().file(t, "c.csv")}
	stop := errors.New("stop")
	for at := range int64(len(paths)) {
		ctx, cancel := context.WithCancelCause(t.Context())
		plan, err := w.Imports.plan(ctx, paths, func(p PlanProgress) {
			if p.Files == at {
				cancel(stop)
			}
		})
		assert.Nil(t, plan)
		require.ErrorIs(t, err, stop)
		assert.Equal(t, finops.CodeCancelled, finops.CodeOf(err))
	}
}
