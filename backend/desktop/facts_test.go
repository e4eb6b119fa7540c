package desktop

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/ocireport"
)

// TestFaces_SayTheSameOfOneFact compares what the pages and the command line say of facts that several of them show.
func TestFaces_SayTheSameOfOneFact(t *testing.T) {
	t.Run("two bills", func(t *testing.T) {
		h, _ := agreeing(t)
		requireSameFacts(t, h)
	})
	t.Run("samples of five providers", func(t *testing.T) { requireSameFacts(t, sampled(t)) })
}

// sampled is a workspace of small published files of several providers; it skips where they are not beside the checkout.
func sampled(t *testing.T) *house {
	t.Helper()
	h := newDesktop(t, func(o *Options) {
		o.Now, o.Service.Now = fixedTime, fixedTime
		o.Service.Sources = source.Registry{focusfile.Source{}, awscur.Source{}, azureexport.Source{}, gcpexport.Source{}, ocireport.Source{}}
	})
	h.Start(h.window)
	_, err := h.workspaces.Create("Samples")
	require.NoError(t, err)
	folder := t.TempDir()
	for _, name := range []string{
		"gcp-bigquery-standard-csv/202011_30c31bca571d9b7f3b2c8459dd8bc34a_2020-11-08_2020-11-11.csv", "azure-minimal-columns-csv/azure_version_2.csv",
		"azure-ea-actual-csv/EA_ActualCost_Small.csv", "azure-mca-actual-csv/Template.csv", "oci-cost-report-csv/reports_cost-csv_0000000030000269.csv",
		"multi-focus-1.0-csv/focus_sample.csv",
	} {
		text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "real", name))
		if os.IsNotExist(err) {
			t.Skip("The published files are not beside the checkout (../shared/data/real).")
		}
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(folder, filepath.Base(name)), text, 0o600))
	}
	plan := h.preview(t, folder)
	require.Len(t, plan.Files, 6, "skipped: %v", plan.Skipped)
	started, err := h.imports.Start(plan.ID, ImportOptions{})
	end := h.ended(t, started, err)
	require.Equal(t, job.Done, end.State, "%v", end.Error)
	return h
}

// facts are what the pages Overview, Data quality, Reconciliation and Bills show.
type facts struct {
	state    LedgerState
	document passport.Document
	invoices []reconcile.InvoiceDocument
	bills    []service.BillInfo
	names    AccountNames
}

func requireSameFacts(t *testing.T, h *house) {
	t.Helper()
	var f facts
	var err error
	f.state, err = h.ledger.State()
	require.NoError(t, err)
	f.document, err = (&Quality{h.Desktop}).Passport()
	require.NoError(t, err)
	require.NotNil(t, f.document.Whole)
	f.invoices, err = (&Reconciliation{h.Desktop}).List()
	require.NoError(t, err)
	f.bills, err = (&Bills{h.Desktop}).List()
	require.NoError(t, err)
	f.names, err = h.ledger.AccountNames()
	require.NoError(t, err)
	f.requireSameDays(t)
	f.requireSameBills(t)
	f.requireSameNames(t)
	f.requireSameTags(t, h)
	f.requireSamePrinted(t, h)
}

// requireSameDays compares last and missing days, lateness and the states of months.
func (f facts) requireSameDays(t *testing.T) {
	t.Helper()
	sets := map[string][]passport.SetDocument{}
	for _, s := range f.document.DataSets {
		sets[s.Provider] = append(sets[s.Provider], s)
	}
	for _, p := range f.state.Providers {
		last := ""
		for _, s := range sets[p.Name] {
			require.NotNil(t, s.Coverage.LastDay)
			last = max(last, s.Coverage.LastDay.String())
		}
		assert.Equal(t, last, p.LastDay.String(), "the last day of %s", p.Name)
		if len(sets[p.Name]) == 1 {
			assert.Equal(t, sets[p.Name][0].Coverage.MissingDays, p.MissingDays, "the missing days of %s", p.Name)
		}
		newest, err := finops.ParseDay(f.state.NewestDay)
		require.NoError(t, err)
		assert.Equal(t, int(newest-p.LastDay), p.LateDays, "how late %s is", p.Name)
	}
	require.Len(t, f.document.Whole.Coverage.Months, len(f.state.Months))
	for i, m := range f.state.Months {
		of := f.document.Whole.Coverage.Months[i]
		assert.Equal(t, []any{m.Month, m.Complete}, []any{of.Month.String(), of.Complete})
	}
}

// requireSameBills compares the lines and sums of bills with those of their invoices, data sets and the ledger.
func (f facts) requireSameBills(t *testing.T) {
	t.Helper()
	lines, ofSet := int64(0), map[[2]string]int64{}
	for _, b := range f.bills {
		lines += b.Lines
		ofSet[[2]string{b.Provider, b.Account}] += b.Lines
		found := false
		for _, i := range f.invoices {
			if i.Provider != b.Provider || i.BillingAccount != b.Account || i.Month != b.Month.String() {
				continue
			}
			billed := "0"
			for _, total := range b.Totals {
				if total.Metric == "BilledCost" && total.Currency == i.Currency {
					billed = total.Amount.String()
				}
			}
			assert.Equal(t, billed, i.Ledger.String(), "what %s costs in %s", b.Account, b.Month)
			found = true
		}
		assert.True(t, found, "an invoice of %s", b.Account)
	}
	assert.Equal(t, f.state.Lines, lines)
	assert.Equal(t, lines, f.document.Whole.Lines)
	for _, s := range f.document.DataSets {
		ofSet[[2]string{s.Provider, s.BillingAccount}] -= s.Lines
	}
	for set, more := range ofSet {
		assert.Zero(t, more, "lines of %v", set)
	}
}

// requireSameNames compares what billing accounts are called.
func (f facts) requireSameNames(t *testing.T) {
	t.Helper()
	called := map[string]string{}
	for _, n := range f.names.BillingAccounts {
		called[n.ID] = n.Name
	}
	for _, i := range f.invoices {
		assert.Equal(t, called[i.BillingAccount], i.BillingAccountName, "on an invoice of %s", i.BillingAccount)
	}
	for _, s := range f.document.DataSets {
		assert.Equal(t, called[s.BillingAccount], s.BillingAccountName, "in the data set %s", s.ID)
	}
}

// requireSameTags compares the share of tagged usage: the Overview asks for it, Data quality counts it.
func (f facts) requireSameTags(t *testing.T, h *house) {
	t.Helper()
	for _, s := range append(slices.Clone(f.document.DataSets), *f.document.Whole) {
		at := slices.IndexFunc(s.Shares, func(share passport.ShareDocument) bool { return share.Code == "tags" })
		if at < 0 || s.Shares[at].OfUsageCost.Sign() == 0 {
			continue // no tags, or nothing that could have any
		}
		share := s.Shares[at]
		where := []finops.Filter{is("ChargeCategory", "Usage")}
		if s.ID != f.document.Whole.ID {
			where = append(where, is("Provider", s.Provider), is("BillingAccountId", s.BillingAccount))
		}
		answers, err := h.ledger.Spend([]SpendQuestion{{Metric: "AbsoluteCost", Currency: share.Currency, Column: engine.HasTags, Where: finops.All(where...)}})
		require.NoError(t, err)
		tagged, total := "0", "0"
		for _, row := range answers[0].Rows {
			if row.Key != nil && *row.Key == "Tagged" && row.Amount != nil {
				tagged = *row.Amount
			}
		}
		if answers[0].Total.Amount != nil {
			total = *answers[0].Total.Amount
		}
		assert.Equal(t, []string{share.UsageCost.String(), share.OfUsageCost.String()}, []string{tagged, total}, "tagged usage of %q in %s", s.ID, share.Currency)
	}
}

func is(column, value string) finops.Filter {
	c := finops.Condition{Column: column, Op: finops.OpIn, Values: []*string{&value}}
	if value == "" {
		c.Values[0] = nil
	}
	return finops.If(c)
}

// requireSamePrinted compares the commands with the pages.
func (f facts) requireSamePrinted(t *testing.T, h *house) {
	t.Helper()
	var printed struct {
		Invoices []reconcile.InvoiceDocument `json:"invoices"`
	}
	require.NoError(t, json.Unmarshal(h.terminal(t, "reconcile", "--json"), &printed))
	assert.Equal(t, f.invoices, printed.Invoices)
	shown, err := json.Marshal(map[string]any{"bills": f.bills})
	require.NoError(t, err)
	assert.JSONEq(t, string(shown), string(h.terminal(t, "bills", "--json")))
	var summary struct {
		Completeness service.CompletenessInfo `json:"completeness"`
	}
	require.NoError(t, json.Unmarshal(h.terminal(t, "summary", "--json"), &summary))
	for i := range f.state.Providers {
		f.state.Providers[i].ImportedAt = "" // the page alone shows it
	}
	assert.Equal(t, f.state.CompletenessInfo, summary.Completeness)
}
