package service

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
)

func saveRule(t testing.TB, w *Workspace, r AlertRule) {
	t.Helper()
	_, err := w.Alerts.SaveRule(t.Context(), r, AnyVersion)
	require.NoError(t, err)
}

// alertTexts are the sentences of the alerts, the oldest first.
func alertTexts(t testing.TB, w *Workspace) (list []string) {
	t.Helper()
	alerts, err := w.Alerts.List(t.Context())
	require.NoError(t, err)
	for _, a := range alerts {
		list = append([]string{a.CrossedAt.String() + " " + a.Message}, list...)
	}
	return list
}

// spiked costs 10 a day, and 500 on some days.
func spiked(days ...int) func(int) string {
	return func(t int) string {
		for _, d := range days {
			if t == d {
				return "500"
			}
		}
		return "10"
	}
}

// bringAgain imports the first days of the usage anew, in place of what was there.
func bringAgain(t *testing.T, w *Workspace, days int, cost func(int) string, overrides ...string) {
	t.Helper()
	plan, err := w.Imports.Plan(t.Context(), []string{dailyBills(newTable("CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountStatus", "x_CommitmentDiscountEnd"), days, cost, overrides...).file(t, "usage.csv")})
	require.NoError(t, err)
	_, err = w.Imports.Run(t.Context(), plan, ImportOptions{Overlap: "replace"})
	require.NoError(t, err)
}

func TestAlertRules_AnAnomalyRaisesOneAlert(t *testing.T) {
	w := budgetWorkspace(t)
	bringAgain(t, w, 122, spiked(60, 119)) // the newest day is 2 May, a spike on 30 April
	rule := AlertRule{Name: "Odd", Kind: RuleAnomaly, Amount: amountOf(t, "400"), Currency: "USD"}
	saveRule(t, w, rule)
	require.Equal(t, []string{"2026-04-30 AWS, Storage cost 490.00 USD more than expected on 30 Apr 2026 (spike)."}, alertTexts(t, w), "the one of March ended before the rule was made")
	for range 2 {
		bringAgain(t, w, 123, spiked(60, 119))
		bringAgain(t, w, 124, spiked(60)) // taken back by a restatement
	}
	bringAgain(t, w, 125, spiked(60, 119))
	bringAgain(t, w, 126, spiked(60, 119))
	require.Len(t, alertTexts(t, w), 1, "it is there again, no restatement any more, and was reported")

	rule.Amount = amountOf(t, "100")
	saveRule(t, w, rule)
	require.Len(t, alertTexts(t, w), 1)
	saveRule(t, w, AlertRule{Name: "Larger", Kind: RuleAnomaly, Amount: amountOf(t, "495"), Currency: "USD"})
	saveRule(t, w, AlertRule{Name: "Euro", Kind: RuleAnomaly, Amount: amountOf(t, "1"), Currency: "EUR"})
	require.Len(t, alertTexts(t, w), 1)

	_, err := w.Scopes.Save(t.Context(), "Mine", finops.If(finops.Condition{Column: "ServiceName", Values: []*string{new("Storage")}}), 0)
	require.NoError(t, err)
	_, err = w.Scopes.Save(t.Context(), "Other", finops.If(finops.Condition{Column: "ServiceName", Values: []*string{new("Compute")}}), 0)
	require.NoError(t, err)
	saveRule(t, w, AlertRule{Name: "Of mine", Kind: RuleAnomaly, Amount: amountOf(t, "400"), Currency: "USD", Scope: "mine"})
	saveRule(t, w, AlertRule{Name: "Of other", Kind: RuleAnomaly, Amount: amountOf(t, "400"), Currency: "USD", Scope: "Other"})
	require.Len(t, alertTexts(t, w), 2)

	// What a change of the rule reaches raises no alert, and what comes after it does.
	bringAgain(t, w, 150, spiked(60, 119, 135)) // 16 May, and so much more that data is there for 28 May
	require.Len(t, alertTexts(t, w), 4, "two rules of the amount, the currency and the scope")
	big := AlertRule{Name: "Big", Kind: RuleAnomaly, Amount: amountOf(t, "5000"), Currency: "USD"}
	saveRule(t, w, big)
	big.Amount = amountOf(t, "300")
	saveRule(t, w, big)
	require.Len(t, alertTexts(t, w), 4, "the change reached it")
	bringAgain(t, w, 151, spiked(60, 119, 135))
	require.Len(t, alertTexts(t, w), 4)
	rule.Off = true
	saveRule(t, w, rule)
	require.NoError(t, w.Scopes.Delete(t.Context(), "Other", AnyVersion))
	report, err := w.Budgets.Check(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, []string{`The alert rule "Of other" cannot be evaluated. There is no scope named "Other".`}, report.Problems)
}

// A restatement that moves the first day of an anomaly gives it another id.
func TestAlertRules_AnAnomalyThatMovesRaisesOneAlert(t *testing.T) {
	w := budgetWorkspace(t)
	bringAgain(t, w, 122, spiked(118, 119, 120))
	saveRule(t, w, AlertRule{Name: "Odd", Kind: RuleAnomaly, Amount: amountOf(t, "400"), Currency: "USD"})
	first := "2026-05-01 AWS, Storage cost 1,470.00 USD more than expected from 29 Apr 2026 to 1 May 2026 (spike)."
	require.Equal(t, []string{first}, alertTexts(t, w))
	ids := map[string]bool{}
	for _, days := range [][]int{{119, 120}, {118, 119, 120}, {117, 118, 119, 120}} {
		bringAgain(t, w, 124, spiked(days...))
		report, err := w.Anomalies.Find(t.Context(), AnomalyQuestion{})
		require.NoError(t, err)
		require.Len(t, report.Anomalies, 1)
		require.Equal(t, anomaly.Open, report.Anomalies[0].State)
		ids[report.Anomalies[0].ID] = true
		alerts, err := w.Alerts.List(t.Context())
		require.NoError(t, err)
		now, err := w.Anomalies.Current(t.Context(), alerts[0].Period)
		require.NoError(t, err)
		require.Equal(t, report.Anomalies[0].ID, now, "the alert leads to it")
		require.Equal(t, []string{first}, alertTexts(t, w))
	}
	require.Len(t, ids, 3)
	bringAgain(t, w, 130, spiked(118, 119, 120, 126))
	require.Len(t, alertTexts(t, w), 2, "four days later is another one")
	bringAgain(t, w, 131, func(day int) string {
		if day == 118 {
			return "1"
		}
		return spiked(120, 126)(day)
	})
	require.Len(t, alertTexts(t, w), 2)
}

func TestAlertRules_LateData(t *testing.T) {
	w := budgetWorkspace(t)
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	w.now = func() time.Time { return now }
	bringAgain(t, w, 122, spiked()) // up to 2 May
	load(t, w, dailyBills(newTable(), 10, spiked(), "ProviderName", "Microsoft", "BillingAccountId", "old").file(t, "old.csv"))
	saveRule(t, w, AlertRule{Name: "Late", Kind: RuleLate, Days: 3})
	require.Empty(t, alertTexts(t, w), "what ended in January is not late")
	pass := func(days int) {
		now = now.AddDate(0, 0, days)
		_, err := w.Alerts.Deliver(t.Context())
		require.NoError(t, err)
	}
	pass(1)
	require.Empty(t, alertTexts(t, w), "three days are not more than three days")
	pass(1)
	first := "2026-05-06 AWS 1 has no data after 2 May 2026, more than 3 days ago."
	require.Equal(t, []string{first}, alertTexts(t, w), "nothing was imported: the day has come")
	pass(2)
	bringAgain(t, w, 122, spiked())
	require.Equal(t, []string{first}, alertTexts(t, w))
	bringAgain(t, w, 128, spiked()) // up to 8 May
	pass(3)
	require.Equal(t, []string{first}, alertTexts(t, w))
	pass(1)
	require.Equal(t, []string{first, "2026-05-12 AWS 1 has no data after 8 May 2026, more than 3 days ago."}, alertTexts(t, w), "it stopped another time")
	saveRule(t, w, AlertRule{Name: "Late", Kind: RuleLate, Days: 2})
	imports, err := w.Imports.List(t.Context())
	require.NoError(t, err)
	for _, i := range imports {
		if i.State == ImportActive {
			require.NoError(t, w.Imports.Undo(t.Context(), i.ID))
			break
		}
	}
	require.Len(t, alertTexts(t, w), 2, "taken back to a day that was reported")
}

func TestAlertRules_ACommitmentExpires(t *testing.T) {
	w := budgetWorkspace(t)
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	w.now = func() time.Time { return now }
	bringAgain(t, w, 123, spiked(), "CommitmentDiscountId", "sp-1", "CommitmentDiscountName", "Plan", "CommitmentDiscountStatus", "Used", "x_CommitmentDiscountEnd", "2026-06-20T00:00:00Z")
	saveRule(t, w, AlertRule{Name: "Ends", Kind: RuleExpiring, Days: 30})
	require.Empty(t, alertTexts(t, w))
	now = time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC)
	for range 3 {
		_, err := w.Alerts.Deliver(t.Context())
		require.NoError(t, err)
		require.Equal(t, []string{"2026-05-20 The commitment Plan of AWS ends on 19 Jun 2026."}, alertTexts(t, w))
		now = now.AddDate(0, 0, 1)
	}
}

func TestAlertRules_ASavingRegressed(t *testing.T) {
	dir := t.TempDir()
	w := newWorkspace(t)
	saveRule(t, w, AlertRule{Name: "Lost", Kind: RuleRegressed})
	add := func(first, last int, idle map[string][2]int) {
		load(t, w, filepath.Dir(addressDays(t, filepath.Join(dir, fmt.Sprint(first)), idle, first, last)))
	}
	add(1, 30, map[string][2]int{"eipalloc-a": {1, 30}})
	found, err := w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	require.Len(t, found.Findings, 1)
	require.NoError(t, w.Savings.Change(t.Context(), []FindingVersion{{found.Findings[0].ID, 0}}, ProgressPatch{State: new(savings.Done), DoneOn: new("2026-07-05")})) // day 35
	add(31, 62, map[string][2]int{"eipalloc-a": {31, 35}})
	require.Empty(t, alertTexts(t, w), "it is saved")
	add(63, 80, map[string][2]int{"eipalloc-a": {63, 80}})
	lost := alertTexts(t, w)
	require.Len(t, lost, 1)
	require.Regexp(t, `^2026-08-1\d The saving of .+, eipalloc-a, done on 5 Jul 2026, is lost again: at first it saved [0-9.]+ USD a month, lately 0\.00 USD\.$`, lost[0])
	add(81, 90, map[string][2]int{"eipalloc-a": {81, 90}})
	require.Equal(t, lost, alertTexts(t, w))
}

func TestAlertRules_AreChangedByVersion(t *testing.T) {
	w := budgetWorkspace(t)
	for _, wrong := range []AlertRule{
		{Name: "", Kind: RuleRegressed}, {Name: "A", Kind: "odd"}, {Name: "A", Kind: RuleLate}, {Name: "A", Kind: RuleExpiring, Days: 400}, {Name: "A", Kind: RuleAnomaly, Currency: "USD"},
		{Name: "A", Kind: RuleAnomaly, Amount: amountOf(t, "1"), Currency: "usd"}, {Name: "A", Kind: RuleRegressed, Scope: "None"},
	} {
		_, err := w.Alerts.SaveRule(t.Context(), wrong, 0)
		require.Equal(t, finops.CodeInvalid, finops.CodeOf(err), "%+v", wrong)
	}
	version, err := w.Alerts.SaveRule(t.Context(), AlertRule{Name: "A", Kind: RuleLate, Days: 3}, 0)
	require.NoError(t, err)
	require.EqualValues(t, 1, version)
	_, err = w.Alerts.SaveRule(t.Context(), AlertRule{Name: "a", Kind: RuleLate, Days: 4}, 1)
	require.NoError(t, err)
	_, err = w.Alerts.SaveRule(t.Context(), AlertRule{Name: "A", Kind: RuleLate, Days: 5}, 1)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	both, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	require.Equal(t, []int{4, 5}, []int{both.Have.(AlertRule).Days, both.Want.(AlertRule).Days})
	_, err = w.Alerts.SaveRule(t.Context(), AlertRule{Name: "A", Kind: RuleRegressed}, 2)
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err), "another kind is another rule")
	entries, err := w.Audit.List(t.Context(), 1)
	require.NoError(t, err)
	require.Equal(t, []string{"save alert rule", "a"}, []string{entries[0].Action, entries[0].Subject})
	require.NoError(t, w.Alerts.DeleteRule(t.Context(), "A", AnyVersion))
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(w.Alerts.DeleteRule(t.Context(), "A", AnyVersion)))
}
