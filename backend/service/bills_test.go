package service

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

const azureHeader = "BillingAccountId,BillingPeriodStartDate,BillingPeriodEndDate,SubscriptionId,Date,MeterId,MeterCategory,MeterName,Quantity,EffectivePrice,Cost,UnitPrice,BillingCurrency,ResourceLocation,ResourceId,UnitOfMeasure,ReservationId,ChargeType,Frequency,PublisherType,PayGPrice,PricingModel"

// azureFile writes cost details: n machines and a reservation that covers one more, as the
// actual or the amortized view shows them.
func azureFile(t *testing.T, name string, machines, days int, amortized bool) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(azureHeader + "\n")
	line := func(day int, resource, cost, reservation, chargeType, model string) {
		fmt.Fprintf(&b, "100,05/01/2026,05/31/2026,s-1,05/%02d/2026,m-1,Virtual Machines,B2s,24,1,%s,1,EUR,US East,/subscriptions/s-1/vm/%s,1 Hour,%s,%s,UsageBased,Azure,1,%s\n",
			day, cost, resource, reservation, chargeType, model)
	}
	for day := 1; day <= days; day++ {
		for m := range machines {
			line(day, fmt.Sprint("web-", m), "10", "", "Usage", "OnDemand")
		}
		covered := "0"
		if amortized {
			covered = "4"
			line(day, "", "1", "r-1", "UnusedReservation", "Reservation")
		}
		line(day, "db", covered, "r-1", "Usage", "Reservation")
	}
	if !amortized {
		line(1, "", "150", "r-1", "Purchase", "Reservation")
	}
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o600))
	return path
}

// focusOf is the FOCUS export of the same bill: one line a day.
func focusOf(t *testing.T, name string, days int, cost string) string {
	t.Helper()
	table := newTable()
	for day := 1; day <= days; day++ {
		table.line("ProviderName", "Microsoft", "BillingAccountId", "/providers/Microsoft.Billing/billingAccounts/100", "BillingCurrency", "EUR", "BilledCost", cost, "EffectiveCost", cost,
			"ChargePeriodStart", fmt.Sprintf("2026-05-%02dT00:00:00Z", day), "ChargePeriodEnd", fmt.Sprintf("2026-05-%02dT00:00:00Z", day+1))
	}
	return table.file(t, name)
}

func newMixed(t *testing.T) *Workspace {
	t.Helper()
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", Options{Sources: source.Registry{focusfile.Source{}, azureexport.Source{}}, User: "Tester"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	return w
}

// costs says lines, billed and effective cost of the ledger.
func costs(t *testing.T, w *Workspace) string {
	t.Helper()
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost, finops.EffectiveCost}})
	require.NoError(t, err)
	if len(a.Totals) == 0 {
		return "nothing"
	}
	require.Len(t, a.Totals, 1)
	return fmt.Sprintf("%d lines %s %s", a.Totals[0].Lines, a.Totals[0].Amounts[0], a.Totals[0].Amounts[1])
}

// voices lists the current versions of the only bill.
func voices(t *testing.T, w *Workspace) (list []string) {
	t.Helper()
	bills, err := w.Bills.List(t.Context())
	require.NoError(t, err)
	for _, b := range bills {
		for i := len(b.Versions) - 1; i >= 0; i-- {
			v := b.Versions[i]
			list = append(list, strings.Join(strings.Fields(filepath.Base(v.Files[0])+" "+v.Part+" "+string(v.State)), " "))
		}
	}
	return list
}

func TestBills_ActualAndAmortizedAreOneBill(t *testing.T) {
	// 3 machines × 30 days × 10 = 900 and the purchase of 150 on the bill; 900 and 30 × (4 + 1) in use.
	actual, amortized := azureFile(t, "actual.csv", 3, 30, false), azureFile(t, "amortized.csv", 3, 30, true)
	want := "151 lines 1050 1050"
	for _, order := range [][]string{{actual, amortized}, {amortized, actual}} {
		w := newMixed(t)
		load(t, w, order[0])
		res := load(t, w, order[1])
		require.Len(t, res.Same, 1)
		assert.Equal(t, "actual", res.Same[0].Excluded.Part)
		assert.Equal(t, "amortized", res.Same[0].Counted.Part)
		require.Equal(t, want, costs(t, w))
		assert.ElementsMatch(t, []string{"actual.csv actual excluded", "actual.csv actual/commitments counted", "amortized.csv amortized counted"}, voices(t, w))
		again, err := importWith(t.Context(), w, ImportOptions{}, actual, amortized)
		require.NoError(t, err)
		assert.Zero(t, again.ImportID)

		undo(t, w, res.ImportID)
		if order[0] == actual {
			require.Equal(t, "121 lines 1050 900", costs(t, w))
		} else {
			require.Equal(t, "150 lines 900 1050", costs(t, w))
		}
	}

	w := newMixed(t)
	load(t, w, actual, amortized) // in one import
	require.Equal(t, want, costs(t, w))
}

func TestBills_NewerViewsReplaceTheirOwn(t *testing.T) {
	w := newMixed(t)
	load(t, w, azureFile(t, "actual.csv", 2, 15, false))
	load(t, w, azureFile(t, "amortized.csv", 2, 15, true))
	require.Equal(t, "61 lines 450 375", costs(t, w))

	// The actual export of the whole month reaches further than the amortized one.
	newer := load(t, w, azureFile(t, "actual-2.csv", 2, 30, false))
	require.Len(t, newer.Replaced, 1)
	require.Equal(t, "91 lines 750 600", costs(t, w))
	load(t, w, azureFile(t, "amortized-2.csv", 2, 30, true))
	require.Equal(t, "121 lines 750 750", costs(t, w))
	undo(t, w, newer.ImportID)
	require.Equal(t, "121 lines 750 750", costs(t, w), "the purchase of the first actual export is current again")
}

func TestBills_OtherScopesAreNoViews(t *testing.T) {
	w := newMixed(t)
	load(t, w, azureFile(t, "actual.csv", 2, 30, false))
	other := strings.NewReplacer("web-", "app-", "/db", "/store", "s-1", "s-2", "r-1", "r-2")
	text, err := os.ReadFile(azureFile(t, "amortized.csv", 2, 30, true))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "other.csv")
	require.NoError(t, os.WriteFile(path, []byte(other.Replace(string(text))), 0o600))
	res := load(t, w, path)
	require.Empty(t, res.Same)
	require.Equal(t, "211 lines 1350 1350", costs(t, w))
}

func TestBills_TwoExportsOfOneBill(t *testing.T) {
	amortized, focus := azureFile(t, "amortized.csv", 3, 30, true), focusOf(t, "focus.csv", 30, "35")
	w := newMixed(t)
	load(t, w, amortized)
	before := costs(t, w)
	res := load(t, w, focus)
	require.Len(t, res.Same, 1)
	assert.Equal(t, []string{focus}, res.Same[0].Counted.Files, "one view of two has less of the bill")
	assert.Equal(t, []string{amortized}, res.Same[0].Excluded.Files)
	require.Equal(t, "30 lines 1050 1050", costs(t, w))
	assert.Equal(t, []string{"excluded", "active"}, states(t, w))
	assert.Equal(t, []string{"amortized.csv amortized excluded", "focus.csv counted"}, voices(t, w))
	again, err := importWith(t.Context(), w, ImportOptions{}, focus)
	require.NoError(t, err)
	assert.Zero(t, again.ImportID, "what is excluded is known")

	bill := ingest.Bill{Provider: "Microsoft", Account: "100", Month: month(t, "2026-05")}
	other := ingest.Bill{Provider: "Microsoft", Account: "/providers/Microsoft.Billing/billingAccounts/100", Month: bill.Month}
	require.NoError(t, w.Bills.UseExport(t.Context(), other, "focus"))
	requireSound(t, w)
	require.Equal(t, "30 lines 1050 1050", costs(t, w))
	require.NoError(t, w.Bills.UseExport(t.Context(), bill, "azure-export"))
	require.Equal(t, before, costs(t, w))
	require.NoError(t, w.Bills.UseExport(t.Context(), bill, store.AllExports))
	requireSound(t, w)
	require.Equal(t, "180 lines 1950 2100", costs(t, w))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(w.Bills.UseExport(t.Context(), bill, "aws-cur")))
	require.NoError(t, w.Bills.UseExport(t.Context(), bill, "azure-export"))
	undo(t, w, 1)
	require.Equal(t, "30 lines 1050 1050", costs(t, w), "the other counts when one is taken back")
}

func TestVerify_FindsABillThatCountsTwice(t *testing.T) {
	w := newMixed(t)
	load(t, w, azureFile(t, "amortized.csv", 3, 30, true))
	load(t, w, focusOf(t, "focus.csv", 30, "35"))
	storetest.Tamper(t, w.Path(), "UPDATE slice SET state = 'active', standby = 0")
	report, err := reopen(t, w.Path()).Ledger.Verify(t.Context())
	require.NoError(t, err)
	require.False(t, report.OK)
	for _, c := range report.Checks {
		assert.Equal(t, c.Name != "duplicates", c.OK, c.Detail)
	}
}

func TestBills_TheOrderOfImportsDecidesNothing(t *testing.T) {
	for _, first := range []bool{true, false} {
		w := newMixed(t)
		files := []string{azureFile(t, "amortized.csv", 3, 30, true), focusOf(t, "focus.csv", 30, "35")}
		if !first {
			slices.Reverse(files)
		}
		load(t, w, files[0])
		load(t, w, files[1])
		require.Equal(t, "30 lines 1050 1050", costs(t, w))
	}
}

func TestBills_FocusCountsWithinOneImport(t *testing.T) {
	w := newMixed(t)
	load(t, w, azureFile(t, "a.csv", 3, 30, true), focusOf(t, "z.csv", 30, "35"))
	require.Equal(t, "30 lines 1050 1050", costs(t, w))
}

func TestBills_TheExportThatReachesFurtherIsUsed(t *testing.T) {
	w := newMixed(t)
	load(t, w, focusOf(t, "focus.csv", 10, "35"))
	load(t, w, azureFile(t, "amortized.csv", 3, 30, true))
	require.Equal(t, "150 lines 900 1050", costs(t, w))
}

func TestBills_AnExportThatReachesFurtherButHasLessIsAsked(t *testing.T) {
	w := newMixed(t)
	load(t, w, focusOf(t, "focus.csv", 29, "70"))
	conflict(t, w, "the totals differ by", azureFile(t, "amortized.csv", 3, 30, true))
}

func TestBills_DifferentTotalsAreAsked(t *testing.T) {
	w := newMixed(t)
	load(t, w, focusOf(t, "focus.csv", 30, "70"))
	path := azureFile(t, "amortized.csv", 3, 30, true)
	conflict(t, w, "the totals differ by 50 %", path)
	res, err := importWith(t.Context(), w, ImportOptions{Overlap: ingest.OverlapAdd}, path)
	require.NoError(t, err)
	require.Empty(t, res.Conflicts)
	requireSound(t, w)
	require.Equal(t, "180 lines 3000 3150", costs(t, w))
	undo(t, w, res.ImportID)
	res, err = importWith(t.Context(), w, ImportOptions{Overlap: ingest.OverlapReplace}, path)
	require.NoError(t, err)
	require.Empty(t, res.Conflicts)
	require.Equal(t, "150 lines 900 1050", costs(t, w))
	require.Len(t, res.Same, 1)
	load(t, w, azureFile(t, "amortized-2.csv", 4, 30, true)) // who has decided is not asked again
	require.Equal(t, "180 lines 1200 1350", costs(t, w))
}

func TestChanges_OfANewerExport(t *testing.T) {
	w := newWorkspace(t)
	old := newTable("SubAccountId").lines(10, "r", "SubAccountId", "1").line("ResourceId", "gone", "BilledCost", "7").line("ResourceId", "last", "ChargePeriodStart", "2026-05-10T00:00:00Z", "ChargePeriodEnd", "2026-05-11T00:00:00Z")
	newer := newTable("SubAccountId").lines(10, "r", "SubAccountId", "1").
		line("ResourceId", "last", "ChargePeriodStart", "2026-05-10T00:00:00Z", "ChargePeriodEnd", "2026-05-11T00:00:00Z", "BilledCost", "1.75").
		line("ResourceId", "late", "BilledCost", "3", "EffectiveCost", "3").
		line("ResourceId", "new", "ServiceName", "Compute", "ChargePeriodStart", "2026-05-20T00:00:00Z", "ChargePeriodEnd", "2026-05-21T00:00:00Z", "BilledCost", "100").
		line("ResourceId", "credit", "ChargeCategory", "Credit", "ChargePeriodStart", "2026-05-20T00:00:00Z", "BilledCost", "-20", "EffectiveCost", "-20")
	path := newer.file(t, "new.csv")
	load(t, w, old.file(t, "old.csv"))

	dump := storetest.Dump(t, w.Path())
	res, err := importWith(t.Context(), w, ImportOptions{Review: ingest.ReviewRestated}, path)
	require.NoError(t, err)
	require.True(t, res.NeedsReview)
	require.Zero(t, res.ImportID)
	requireSameDump(t, dump, storetest.Dump(t, w.Path()))
	requireSound(t, w)
	require.Len(t, res.Changes, 1)
	c := res.Changes[0]
	say := func(l ingest.LinesChange) string {
		text := fmt.Sprint(l.Lines)
		for _, m := range l.Costs {
			text += fmt.Sprintf(" %s %s %s", m.Currency, m.Billed, m.Effective)
		}
		return text
	}
	assert.Equal(t, "12 USD 23.5 15", say(c.Before))
	assert.Equal(t, "14 USD 99.75 -2", say(c.Now))
	assert.Equal(t, "3 USD 83 -15.75", say(c.New))
	assert.Equal(t, "1 USD 7 1.25", say(c.Gone))
	assert.Equal(t, "1 USD 0.25 0", say(c.Changed))
	assert.EqualValues(t, 10, c.Unchanged)
	assert.Equal(t, "1 USD 3 3", say(c.Late))
	assert.Equal(t, "0", say(c.CreditsBefore))
	assert.Equal(t, "1 USD -20 -20", say(c.CreditsNow))
	require.Len(t, c.Services, 2)
	assert.Equal(t, "Compute", c.Services[0].Name)
	assert.Equal(t, "100", c.Services[0].BilledNow.String())
	assert.Equal(t, "0", c.Services[0].BilledBefore.String())

	done := load(t, w, path)
	require.Len(t, done.Changes, 1)
	again, err := w.Bills.Changes(t.Context(), done.Changes[0].Bill, 1, done.ImportID)
	require.NoError(t, err)
	assert.Equal(t, say(c.New), say(again.New))
	assert.Equal(t, c.Unchanged, again.Unchanged)
	bills, err := w.Bills.List(t.Context())
	require.NoError(t, err)
	require.Len(t, bills[0].Versions, 2)
	assert.Equal(t, []VersionState{VersionCounted, VersionReplaced}, []VersionState{bills[0].Versions[0].State, bills[0].Versions[1].State})
	assert.Equal(t, "23.5", bills[0].Versions[1].Totals[0].Amount.String())
}

func TestHold_AlwaysChangesNothing(t *testing.T) {
	w := newWorkspace(t)
	dump := storetest.Dump(t, w.Path())
	res, err := importWith(t.Context(), w, ImportOptions{Review: ingest.ReviewAlways}, newTable().lines(5, "r").file(t, "a.csv"))
	require.NoError(t, err)
	assert.True(t, res.NeedsReview)
	assert.EqualValues(t, 5, res.Lines)
	requireSameDump(t, dump, storetest.Dump(t, w.Path()))
}

func TestBillInfo_NamesTheDaysThatAreInAState(t *testing.T) {
	w := newWorkspace(t)
	whole, first := newTable(), newTable()
	for _, day := range []string{"01", "02", "06", "07"} {
		whole.lines(10, "r"+day, "ChargePeriodStart", "2026-05-"+day+"T00:00:00Z")
	}
	for _, day := range []string{"01", "02"} { // a later state of two days, with charges that the first did not have
		first.lines(12, "r"+day, "ChargePeriodStart", "2026-05-"+day+"T00:00:00Z", "BilledCost", "2")
	}
	load(t, w, whole.file(t, "whole.csv"))
	load(t, w, first.file(t, "first.csv"))
	bills, err := w.Bills.List(t.Context())
	require.NoError(t, err)
	titles := map[string]int64{}
	for _, v := range bills[0].Versions {
		titles[v.StateTitle] = v.Lines
	}
	assert.Equal(t, map[string]int64{"Counted": 24, "1–2 May 2026 replaced by import 2": 20, "Partly counted": 20}, titles)
	require.NoError(t, w.Imports.Undo(t.Context(), 2))
	bills, err = w.Bills.List(t.Context())
	require.NoError(t, err)
	titles = map[string]int64{}
	for _, v := range bills[0].Versions {
		titles[v.StateTitle] = v.Lines
	}
	assert.Equal(t, map[string]int64{"Undone": 24, "Counted": 40}, titles)
}

// TestUseExport_OfTheOtherAccount switches between two accounts under which the same charges were exported.
func TestUseExport_OfTheOtherAccount(t *testing.T) {
	w := newWorkspace(t)
	before := newTable().lines(40, "r", "BillingAccountId", "sub-1")
	after := newTable("BillingAccountName").lines(40, "r", "BillingAccountId", "ba-9", "BillingAccountName", "Acme")
	load(t, w, before.file(t, "before.csv"))
	load(t, w, after.file(t, "after.csv"))
	require.Equal(t, "40 60", billed(t, w), "they count once")

	one, other := ingest.Bill{Provider: "AWS", Account: "sub-1", Month: month(t, "2026-05")}, ingest.Bill{Provider: "AWS", Account: "ba-9", Month: month(t, "2026-05")}
	counted := func() (account string, under map[string]*ingest.Bill) {
		bills, err := w.Bills.List(t.Context())
		require.NoError(t, err)
		under = map[string]*ingest.Bill{}
		for _, b := range bills {
			under[b.Account] = b.CountedUnder
			if b.Lines > 0 {
				account += b.Account
			}
		}
		return account, under
	}
	account, under := counted()
	require.Equal(t, "ba-9", account)
	assert.Equal(t, map[string]*ingest.Bill{"sub-1": &other, "ba-9": nil}, under)

	require.NoError(t, w.Bills.UseExport(t.Context(), one, ThisAccount))
	requireSound(t, w)
	require.Equal(t, "40 60", billed(t, w))
	account, under = counted()
	assert.Equal(t, "sub-1", account)
	assert.Equal(t, map[string]*ingest.Bill{"sub-1": nil, "ba-9": &one}, under)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(w.Bills.UseExport(t.Context(), one, ThisAccount)))

	require.NoError(t, w.Bills.UseExport(t.Context(), one, ""), "the choice is taken back")
	account, _ = counted()
	assert.Equal(t, "ba-9", account)
	require.NoError(t, w.Bills.UseExport(t.Context(), one, ThisAccount))
	require.NoError(t, w.Bills.UseExport(t.Context(), other, ThisAccount), "and back")
	requireSound(t, w)
	account, _ = counted()
	assert.Equal(t, "ba-9", account)
}

// TestBills_WithoutDailyDetailReachToTheEndOfTheirMonth has charges that begin on the first day of each month: they
// are for the whole of it, as the state of the ledger says.
func TestBills_WithoutDailyDetailReachToTheEndOfTheirMonth(t *testing.T) {
	w := newWorkspace(t)
	bill := newTable()
	for _, m := range []finops.Month{finops.NewMonth(2026, 1), finops.NewMonth(2026, 2)} {
		first, next := m.First().String(), (m + 1).First().String()
		bill.line("ProviderName", "Datadog", "BillingAccountId", "3", "BillingPeriodStart", first, "BillingPeriodEnd", next, "ChargePeriodStart", first, "ChargePeriodEnd", next)
	}
	load(t, w, bill.file(t, "fees.csv"), newTable().lines(5, "d", "BillingAccountId", "1").file(t, "daily.csv"))
	bills, err := w.Bills.List(t.Context())
	require.NoError(t, err)
	through := map[string]string{}
	for _, b := range bills {
		through[b.Account+" "+b.Month.String()] = b.LastDay + " " + b.Versions[0].LastDay
	}
	assert.Equal(t, "2026-01-31 2026-01-31", through["3 2026-01"])
	assert.Equal(t, "2026-02-28 2026-02-28", through["3 2026-02"])
	state, err := w.Ledger.State(t.Context())
	require.NoError(t, err)
	for _, a := range state.Accounts {
		if a.Account == "1" {
			assert.False(t, a.Monthly)
			assert.Equal(t, a.Last.String(), strings.Fields(through["1 "+a.Last.Month().String()])[0], "daily charges reach as far as they go")
		}
	}
}
