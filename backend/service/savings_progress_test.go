package service

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
)

// addressDays writes the bills of idle addresses and of a function, which each cost 0.12 USD a day on days that count from 31 May 2026, between first and last.
func addressDays(t *testing.T, dir string, idle map[string][2]int, first, last int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription," +
		"ProviderName,PublisherName,InvoiceIssuerName,BillingAccountId,SubAccountId,RegionId,ServiceName,ServiceCategory,ResourceId,SkuMeter,ConsumedQuantity,ConsumedUnit,PricingCategory,PricingQuantity,PricingUnit,ChargeFrequency\n")
	for day := first; day <= last; day++ {
		for _, name := range []string{"function", "eipalloc-a", "eipalloc-b"} {
			meter := "EU-PublicIPv4:IdleAddress"
			span, found := idle[name]
			if name == "function" {
				meter, span, found = "EU-Request", [2]int{first, last}, true
			}
			if !found || day < span[0] || day > span[1] {
				continue
			}
			start := time.Date(2026, 6, day, 0, 0, 0, 0, time.UTC)
			month := time.Date(start.Year(), start.Month(), 1, 0, 0, 0, 0, time.UTC)
			fmt.Fprintf(&b, "0.12,0.12,0.12,0.12,USD,%s,%s,%s,%s,Usage,,Address,AWS,AWS,AWS,100,200,eu-west-1,Amazon VPC,Networking,%s,%s,24,Hours,Standard,24,Hours,Usage-Based\n",
				month.Format(time.RFC3339), month.AddDate(0, 1, 0).Format(time.RFC3339), start.Format(time.RFC3339), start.AddDate(0, 0, 1).Format(time.RFC3339), name, meter)
		}
	}
	path := filepath.Join(dir, "focus.csv")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o600))
	return path
}

func requireDecided(t *testing.T, w *Workspace, id string, patch ProgressPatch) TrackedFinding {
	t.Helper()
	require.NoError(t, w.Savings.Change(t.Context(), []FindingVersion{{id, AnyVersion}}, patch))
	list, err := w.Savings.Tracked(t.Context())
	require.NoError(t, err)
	for _, f := range list {
		if f.ID == id {
			return f
		}
	}
	t.Fatalf("%s is not tracked", id)
	return TrackedFinding{}
}

// TestSavings_WhatIsDecidedStays: a decision has its version and stays over imports, since ids do; what is done or dismissed is in no total.
func TestSavings_WhatIsDecidedStays(t *testing.T) {
	dir := t.TempDir()
	w := newWorkspace(t)
	load(t, w, filepath.Dir(addressDays(t, filepath.Join(dir, "1"), map[string][2]int{"eipalloc-a": {1, 30}, "eipalloc-b": {1, 30}}, 1, 30)))
	found, err := w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	require.Len(t, found.Findings, 2)
	a, b := found.Findings[0], found.Findings[1]
	require.Equal(t, "7.305", found.Totals[0].Net.String(), "two addresses of 0.12 × 30.4375")

	accepted := requireDecided(t, w, a.ID, ProgressPatch{State: new(savings.Accepted), Owner: new(" Nora "), Due: new("2026-07-15")})
	assert.Equal(t, []any{savings.Accepted, "Nora", "2026-07-15", int64(1), "Tester"}, []any{accepted.State, accepted.Owner, accepted.Due, accepted.Version, accepted.ChangedBy})
	found, err = w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	require.Equal(t, "7.305", found.Totals[0].Net.String(), "what is accepted can still be saved")
	assert.Equal(t, savings.Accepted, found.Findings[0].Shown())

	err = w.Savings.Change(t.Context(), []FindingVersion{{b.ID, 0}, {a.ID, 0}}, ProgressPatch{State: new(savings.Planned)})
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	assert.Equal(t, []savings.State{savings.Accepted, savings.Planned}, []savings.State{conflict.Have.(TrackedFinding).State, conflict.Want.(TrackedFinding).State})
	tracked, err := w.Savings.Tracked(t.Context())
	require.NoError(t, err)
	assert.Len(t, tracked, 1, "of several findings all change, or none")

	for _, wrong := range []ProgressPatch{
		{State: new(savings.Dismissed)}, {State: new(savings.State("later"))}, {Due: new("soon")}, {State: new(savings.Done), DoneOn: new("2199-01-01")}, {Until: new("2026-07-01")},
	} {
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(w.Savings.Change(t.Context(), []FindingVersion{{a.ID, AnyVersion}}, wrong)), "%+v", wrong)
	}
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(w.Savings.Change(t.Context(), []FindingVersion{{"none", AnyVersion}}, ProgressPatch{Note: new("x")})))

	requireDecided(t, w, b.ID, ProgressPatch{State: new(savings.Dismissed), Reason: new("kept for a move"), Until: new("2199-01-01")})
	found, err = w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	require.Equal(t, "3.6525", found.Totals[0].Net.String())
	requireDecided(t, w, b.ID, ProgressPatch{Until: new("2000-01-01")})
	found, err = w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	require.Equal(t, "7.305", found.Totals[0].Net.String(), "that day is over")

	entries, err := w.Audit.List(t.Context(), 1)
	require.NoError(t, err)
	assert.Equal(t, []string{"change finding", "A-NET-07 eipalloc-b"}, []string{entries[0].Action, entries[0].Subject})

	load(t, w, filepath.Dir(addressDays(t, filepath.Join(dir, "2"), map[string][2]int{"eipalloc-a": {31, 45}}, 31, 45)))
	tracked, err = w.Savings.Tracked(t.Context())
	require.NoError(t, err)
	require.Len(t, tracked, 2)
	found, err = w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	require.Len(t, found.Findings, 1)
	assert.Equal(t, []any{a.ID, savings.Accepted}, []any{found.Findings[0].ID, found.Findings[0].Shown()})
	history, err := w.Savings.History(t.Context())
	require.NoError(t, err)
	require.Len(t, history, 2, "one of each state of the ledger")
	assert.Equal(t, []string{"2026-06-28", "7.305"}, []string{history[0].AsOf, history[0].Totals[0].Net.String()})
	assert.Equal(t, []string{"2026-07-13", "3.6525"}, []string{history[1].AsOf, history[1].Totals[0].Net.String()})
}

// TestSavings_WhatIsDoneIsMeasuredOnTheNextBills: of findings that are done the cost before and after is compared once seven days are settled, and one that
// comes back is a regression.
func TestSavings_WhatIsDoneIsMeasuredOnTheNextBills(t *testing.T) {
	dir := t.TempDir()
	w := newWorkspace(t)
	add := func(first, last int, idle map[string][2]int) {
		load(t, w, filepath.Dir(addressDays(t, filepath.Join(dir, fmt.Sprint(first)), idle, first, last)))
		_, err := w.Savings.Find(t.Context(), SavingsQuestion{})
		require.NoError(t, err)
	}
	add(1, 30, map[string][2]int{"eipalloc-a": {1, 30}, "eipalloc-b": {1, 30}})
	found, err := w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	require.Len(t, found.Findings, 2)
	var ids []FindingVersion
	for _, f := range found.Findings {
		ids = append(ids, FindingVersion{f.ID, 0})
	}
	require.NoError(t, w.Savings.Change(t.Context(), ids, ProgressPatch{State: new(savings.Done), DoneOn: new("2026-07-05")})) // day 35
	outcomes := func() map[string]*savings.Measurement {
		tracked, err := w.Savings.Tracked(t.Context())
		require.NoError(t, err)
		all := map[string]*savings.Measurement{}
		for _, f := range tracked {
			require.NotNil(t, f.Measured)
			all[f.Finding.ResourceID] = f.Measured
		}
		return all
	}
	assert.Equal(t, savings.Waiting, outcomes()["eipalloc-a"].Outcome)
	found, err = w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	assert.Zero(t, found.Totals[0].Net.Sign(), "what is done is saved no second time")

	add(31, 45, map[string][2]int{"eipalloc-a": {31, 34}, "eipalloc-b": {31, 45}})
	now := outcomes()
	a, b := now["eipalloc-a"], now["eipalloc-b"]
	assert.Equal(t, []any{savings.Realised, "3.6525", "0", "3.6525", 8, 30}, []any{a.Outcome, a.Before.String(), a.After.String(), a.Saved.String(), a.DaysAfter, a.DaysBefore})
	assert.Equal(t, []any{savings.Short, "3.6525", "0"}, []any{b.Outcome, b.After.String(), b.Saved.String()})
	tracked, err := w.Savings.Tracked(t.Context())
	require.NoError(t, err)
	total := RealisedTotals(tracked)[0]
	assert.Equal(t, []any{"USD", 2, "7.305", "3.6525", 0}, []any{total.Currency, total.Findings, total.Promised.String(), total.Saved.String(), total.Waiting})

	add(62, 92, map[string][2]int{"eipalloc-a": {70, 92}})
	now = outcomes()
	assert.Equal(t, savings.Regressed, now["eipalloc-a"].Outcome)
	assert.Equal(t, []string{"0"}, []string{now["eipalloc-a"].Late.String()})
	assert.Equal(t, savings.Realised, now["eipalloc-b"].Outcome)
	history, err := w.Savings.History(t.Context())
	require.NoError(t, err)
	require.Len(t, history, 3)
	assert.Equal(t, "3.6525", history[1].Totals[0].Realised.String())
}
