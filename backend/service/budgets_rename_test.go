package service

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
)

// TestBudgets_Rename: another name keeps versions, alerts and parts, and raises no alert again.
func TestBudgets_Rename(t *testing.T) {
	w := budgetWorkspace(t)
	load(t, w, dailyBills(newTable(), 125, func(int) string { return "10" }).file(t, "usage.csv"))
	whole := budget.Budget{Metric: finops.EffectiveCost, Currency: "USD", Amounts: amounts(t, "2026-05", "1"), Thresholds: []budget.Threshold{{Kind: budget.Actual, Percent: amountOf(t, "100")}}}
	saveBudget(t, w, "Whole", whole)
	part := whole
	part.Parent = "WHOLE"
	saveBudget(t, w, "Part", part)
	saveBudget(t, w, "Other", whole)
	before := alertTexts(t, w)
	rename := func(was, name string, b budget.Budget, seen int64) error {
		_, err := w.Budgets.Rename(t.Context(), was, name, b, "", seen)
		return err
	}
	require.NoError(t, rename("whole", "Tout", whole, 1))
	report := checkBudgets(t, w, "2026-05-04", "Tout")
	require.Equal(t, []string{"Part"}, report.Standings[0].Children.Names)
	require.Len(t, report.Standings[0].Alerts, 1, "its alert stays")
	require.EqualValues(t, 1, report.Standings[0].Version, "nothing but the name changed")
	child, err := w.Budgets.ByName(t.Context(), "Part")
	require.NoError(t, err)
	require.Equal(t, []any{"Tout", int64(1)}, []any{child.Parent, child.Version})
	history, err := w.Budgets.Versions(t.Context(), "Part")
	require.NoError(t, err)
	require.Equal(t, "Tout", history[0].Parent)
	require.Equal(t, before, alertTexts(t, w), "no alert is raised again, and those before stay")

	more := whole
	more.Amounts = amounts(t, "2026-05", "2")
	require.NoError(t, rename("Tout", "TOUT", more, 1))
	versions, err := w.Budgets.Versions(t.Context(), "tout")
	require.NoError(t, err)
	require.Len(t, versions, 2, "a change of the amount is a version")
	require.Equal(t, before, alertTexts(t, w), "what is reached raises no alert")

	require.Equal(t, finops.CodeConflict, finops.CodeOf(rename("TOUT", "other", more, 2)))
	require.Equal(t, finops.CodeConflict, finops.CodeOf(rename("TOUT", "New", whole, 1)), "somebody else changed it")
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(rename("Gone", "New", whole, AnyVersion)))
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(rename("TOUT", "", more, 2)))
	circle := more
	circle.Parent = "Part"
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(rename("TOUT", "New", circle, 2)), "it would be a part of itself")
	_, err = w.Budgets.ByName(t.Context(), "TOUT")
	require.NoError(t, err, "what fails changes nothing")
	entries, err := w.Audit.List(t.Context(), 3)
	require.NoError(t, err)
	require.Equal(t, []string{"save budget", "rename budget", "rename budget"}, []string{entries[0].Action, entries[1].Action, entries[2].Action})
}
