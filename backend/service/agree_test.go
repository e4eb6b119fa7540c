package service

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// holed is a bill with whole-month fees, days without charges, a correction of long ago, and
// credits that nearly take back what is tagged.
func holed(t *testing.T) string {
	c := newTable("Tags", "BillingAccountName")
	day := func(d int, overrides ...string) {
		c.line(append([]string{
			"ChargePeriodStart", fmt.Sprintf("2026-05-%02dT00:00:00Z", d), "ChargePeriodEnd", fmt.Sprintf("2026-05-%02dT00:00:00Z", d+1), "BillingAccountName", "Main",
		}, overrides...)...)
	}
	for _, d := range []int{2, 3, 4, 7, 8, 20} {
		day(d, "Tags", `{"team":"web"}`, "EffectiveCost", "10")
		day(d, "Tags", `{"team":"web"}`, "EffectiveCost", "-9.9")
		day(d, "EffectiveCost", "0.15")
		day(d, "ProviderName", "Microsoft", "BillingAccountId", "m", "BillingAccountName", "Other", "EffectiveCost", "-3", "Tags", `{"team":"data"}`)
	}
	day(10, "ProviderName", "Microsoft", "BillingAccountId", "m", "BillingAccountName", "Other", "BillingCurrency", "EUR")
	month := []string{"ChargePeriodStart", "2026-05-01T00:00:00Z", "ChargePeriodEnd", "2026-06-01T00:00:00Z", "BillingAccountName", "Main"}
	c.line(append(month, "ServiceName", "Support")...)
	c.line("ChargePeriodStart", "2025-11-20T00:00:00Z", "ChargePeriodEnd", "2025-11-21T00:00:00Z", "BillingAccountName", "Main", "ServiceName", "Correction")
	return c.file(t, "bill.csv")
}

// TestAreas_AgreeOnOneFact asks every area for what several of them say: days without charges, complete
// months, names of accounts, and how much of the usage is tagged.
func TestAreas_AgreeOnOneFact(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 4_000, Months: 3})
	require.NoError(t, err)
	for name, path := range map[string]string{"demo": dir, "holed": holed(t)} {
		t.Run(name, func(t *testing.T) {
			w := newWorkspace(t)
			load(t, w, path)
			w.now = func() time.Time { return time.Date(2027, time.January, 20, 0, 0, 0, 0, time.UTC) }
			state, err := w.Ledger.State(t.Context())
			require.NoError(t, err)
			p, err := w.Quality.Passport(t.Context())
			require.NoError(t, err)
			requireSameDays(t, state, p)
			requireSameAccounts(t, w, state, p)
			requireSameTagged(t, w, p)
		})
	}
}

// requireSameDays compares the days of the providers with those of data quality.
func requireSameDays(t *testing.T, state *engine.State, p *passport.Passport) {
	t.Helper()
	missing, reached := map[finops.Day]bool{}, map[finops.Day]bool{}
	first := state.NewestDay
	for _, provider := range state.Providers {
		first = min(first, provider.First)
		for d := provider.First; d <= provider.Last; d++ {
			reached[d] = true
			missing[d] = missing[d] || !provider.Has(d)
		}
	}
	for d := first; d <= state.NewestDay; d++ {
		assert.Equal(t, missing[d] || !reached[d], slices.Contains(p.Whole.Coverage.MissingDays, d), "%s", d)
	}
	assert.Equal(t, []finops.Day{first, state.NewestDay}, []finops.Day{p.Whole.Coverage.FirstDay, p.Whole.Coverage.LastDay})
	for _, m := range state.Months {
		at := slices.IndexFunc(p.Whole.Coverage.Months, func(o passport.Month) bool { return o.Month == m.Month })
		require.GreaterOrEqual(t, at, 0)
		assert.Equal(t, m.Complete, p.Whole.Coverage.Months[at].Complete, "%s", m.Month)
	}
}

// requireSameAccounts compares the billing accounts of the ledger, data quality and reconciliation.
func requireSameAccounts(t *testing.T, w *Workspace, state *engine.State, p *passport.Passport) {
	t.Helper()
	names, err := w.Ledger.AccountNames(t.Context())
	require.NoError(t, err)
	bridges, err := w.Reconciliation.Bridges(t.Context())
	require.NoError(t, err)
	bills, err := w.Bills.List(t.Context())
	require.NoError(t, err)
	require.Len(t, p.Sets, len(state.Accounts), "each account comes from one export")
	for i, a := range state.Accounts {
		s := p.Sets[i]
		assert.Equal(t, []string{a.Provider, a.Account}, []string{s.Provider, s.Account})
		assert.Equal(t, names.BillingAccounts[a.Account], s.AccountName)
		assert.Equal(t, a.Missing, s.Coverage.MissingDays, s.ID)
		assert.Equal(t, []finops.Day{a.First, a.Last}, []finops.Day{s.Coverage.FirstDay, s.Coverage.LastDay})
		var lines int64
		for _, b := range bills {
			if b.Provider == a.Provider && b.Account == a.Account {
				lines += b.Lines
			}
		}
		assert.Equal(t, []int64{a.Lines, a.Lines}, []int64{s.Lines, lines})
		for _, br := range bridges {
			if br.Provider != a.Provider || br.Account != a.Account {
				continue
			}
			assert.Equal(t, s.AccountName, br.AccountName)
			lacks := a.Lacks(max(a.First, br.Month.First()), min(a.Last, br.Month.Last()))
			at := slices.IndexFunc(br.Reasons, func(r reconcile.Reason) bool { return r.Code == "missing_days" })
			require.Equal(t, len(lacks) > 0, at >= 0, "%s %s", s.ID, br.Month)
			if at >= 0 {
				assert.True(t, strings.HasPrefix(br.Reasons[at].Text, fmt.Sprint(len(lacks), " day")), br.Reasons[at].Text)
				assert.Contains(t, br.Reasons[at].Text, lacks[0].Words())
			}
		}
	}
}

// requireSameTagged compares how much of the usage is tagged with what a question says.
func requireSameTagged(t *testing.T, w *Workspace, p *passport.Passport) {
	t.Helper()
	at := slices.IndexFunc(p.Whole.Shares, func(s passport.Share) bool { return s.Code == "tags" })
	share := p.Whole.Shares[at]
	usage := "Usage"
	s, err := w.Ledger.Spend(t.Context(), SpendQuestion{
		Metric: finops.AbsoluteCost, Currency: share.Currency, Column: engine.HasTags, Where: finops.If(finops.Condition{Column: "ChargeCategory", Values: []*string{&usage}}),
	})
	require.NoError(t, err)
	var tagged finops.Sum
	for _, r := range s.Rows {
		if *r.Key == "Tagged" {
			tagged = *r.Amount
		}
	}
	assert.Equal(t, share.UsageCost.String(), tagged.String())
	assert.Equal(t, share.OfUsageCost.String(), s.Total.Amount.String())
	assert.Positive(t, tagged.Cmp(finops.Sum{}))
}
