package service

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/ocireport"
)

// all is more findings than a bill has.
const all = 1 << 30

// requireProven calculates findings, so many of each rule, again from their evidence alone, and wants the lines of the
// filter that the evidence names to be its lines.
func requireProven(t *testing.T, w *Workspace, r *savings.Result, most int) {
	t.Helper()
	book, err := w.Savings.ruleBook(t.Context())
	require.NoError(t, err)
	err = w.engine.WithSnapshot(t.Context(), func(s *engine.Snapshot) error {
		x, err := w.Savings.examination(t.Context(), s, SavingsQuestion{}, book)
		require.NoError(t, err)
		proven := map[string]int{}
		for _, f := range r.Findings {
			if proven[f.Rule.ID]++; proven[f.Rule.ID] > most {
				continue
			}
			e, err := x.explain(t.Context(), f)
			require.NoError(t, err, "%s of %s", f.Rule.ID, f.ResourceID)
			again, err := filter.Parse(filter.Print(e.Where))
			require.NoError(t, err)
			page, err := w.Ledger.Lines(t.Context(), engine.LinesQuestion{Where: again, Limit: 1})
			require.NoError(t, err)
			require.Equal(t, len(e.Lines), page.Total, "%s: %s", f.Rule.ID, filter.Print(e.Where))
			if f.Net != nil {
				require.Equal(t, f.Net.String(), e.Steps[len(e.Steps)-1].Amount)
			}
		}
		return nil
	})
	require.NoError(t, err)
}

// requireWithinCost wants the findings of each currency to save no more than the bills cost.
func requireWithinCost(t *testing.T, r *savings.Result) {
	t.Helper()
	for _, total := range r.Totals {
		assert.GreaterOrEqual(t, total.Net.Sign(), 0)
		assert.LessOrEqual(t, total.Net.Cmp(total.MonthlyCost), 0, total.Currency)
	}
	for _, total := range SavingsTotals(r) {
		var stages, shown finops.Sum
		digits := max(finops.MinorDigits(total.Currency), 1)
		for _, s := range total.Stages {
			stages.AddSum(s.Net)
			shown.AddSum(s.Shown)
			off := s.Shown
			off.SubSum(s.Net)
			assert.Zero(t, reconcile.RoundTo(off, digits-1).Sign(), "a stage is shown within a cent: %s", off)
		}
		assert.Zero(t, stages.Cmp(total.Net), "the stages add up to the net saving")
		stages.AddSum(total.Remaining)
		assert.Zero(t, stages.Cmp(total.MonthlyCost), "what is saved and what remains are the cost of the month")
		shown.AddSum(reconcile.RoundTo(total.Remaining, digits))
		assert.Zero(t, shown.Cmp(reconcile.RoundTo(total.MonthlyCost, digits)), "as it is shown, too: %s", shown)
	}
}

func TestSavings_FindsInTheDemoClientAndProvesIt(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 20_000, Months: 5})
	require.NoError(t, err)
	w := newWorkspace(t)
	load(t, w, dir)
	r, err := w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	requireProven(t, w, r, all)
	requireWithinCost(t, r)
	rules, teams := map[string]int{}, map[bool]int{}
	for _, f := range r.Findings {
		rules[f.Rule.ID]++
		if f.Team != "" {
			teams[f.Rule.Group == "resource"]++
		}
	}
	assert.Positive(t, teams[true], "a resource has the team of its tag")
	assert.Positive(t, teams[false], "an account has the team of most of its cost")
	for _, id := range []string{"A-NET-07", "G-NET-01", "X-08", "A-EBS-10", "A-RDS-07", "A-RDS-12", "Z-NET-01"} {
		assert.Positive(t, rules[id], id)
	}

	again, err := w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	first, err := savings.Keep(r)
	require.NoError(t, err)
	second, err := savings.Keep(again)
	require.NoError(t, err)
	assert.Equal(t, first, second, "ids and money are the same in every run")

	google, err := filter.Parse(`Provider = "Google Cloud"`)
	require.NoError(t, err)
	some, err := w.Savings.Find(t.Context(), SavingsQuestion{Where: google})
	require.NoError(t, err)
	require.NotEmpty(t, some.Findings)
	for _, f := range some.Findings {
		assert.Equal(t, "Google Cloud", f.Provider)
	}
	assert.Negative(t, some.Totals[0].MonthlyCost.Cmp(r.Totals[len(r.Totals)-1].MonthlyCost))

	f, e, err := w.Savings.Explain(t.Context(), r.Findings[0].ID, SavingsQuestion{})
	require.NoError(t, err)
	assert.Equal(t, []string{r.Findings[0].ID, r.Findings[0].Net.String()}, []string{f.ID, f.Net.String()})
	assert.Len(t, e.Lines, f.Lines)
	_, _, err = w.Savings.Explain(t.Context(), "none", SavingsQuestion{})
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
}

// everySource reads all native exports.
var everySource = Options{Sources: source.Registry{awscur.Source{}, azureexport.Source{}, gcpexport.Source{}, ocireport.Source{}, focusfile.Source{}}, User: "Tester"}

func savingsWorkspace(t *testing.T, paths ...string) *Workspace {
	t.Helper()
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", everySource)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	plan, err := w.Imports.Plan(t.Context(), paths)
	require.NoError(t, err)
	_, err = w.Imports.Run(t.Context(), plan, ImportOptions{})
	require.NoError(t, err)
	return w
}

// TestSavings_RealFilesAreExaminedWithoutError runs all rules on each published bill, and proves what
// they find.
func TestSavings_RealFilesAreExaminedWithoutError(t *testing.T) {
	long(t)
	for _, path := range sharedFiles(t, "real") {
		if _, refuse := refusal(path); refuse {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			w := savingsWorkspace(t, path)
			r, err := w.Savings.Find(t.Context(), SavingsQuestion{})
			require.NoError(t, err)
			most := 3
			if os.Getenv("CI_HISTORIES") != "" {
				most = all
			}
			requireProven(t, w, r, most)
		})
	}
}

// TestSavings_DocumentsEstate finds before any document what the published estate says, in FOCUS and in
// the native export alike.
func TestSavings_DocumentsEstate(t *testing.T) {
	files := sharedFiles(t, "documents")
	var expected struct {
		AsOf       string
		Candidates []struct {
			Rule       string
			ResourceID *string
			Before     struct {
				State        string
				MonthlyGross *string
				NameTag      string // the finding names no resource, but this name
			}
			Lines int
		}
	}
	at := func(name string) string {
		for _, path := range files {
			if strings.HasSuffix(filepath.ToSlash(path), name) {
				return path
			}
		}
		t.Fatalf("no file %s", name)
		return ""
	}
	data, err := os.ReadFile(at("EXPECTED.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &expected))
	for _, aws := range []string{"bills/aws-focus-1.2.csv", "bills/aws-cur-2.0.csv"} {
		w := savingsWorkspace(t, at(aws), at("bills/azure-focus-1.2.csv"), at("bills/gcp-detailed.csv"))
		r, err := w.Savings.Find(t.Context(), SavingsQuestion{})
		require.NoError(t, err)
		requireProven(t, w, r, all)
		require.Equal(t, expected.AsOf, r.AsOf.String())
		have := map[string]*savings.Finding{}
		ours := map[string]bool{}
		for _, f := range r.Findings {
			have[f.Rule.ID+" "+strings.ToLower(f.ResourceID)] = f
		}
		catalogue, err := w.Savings.Rules(t.Context())
		require.NoError(t, err)
		for _, rule := range catalogue.Rules {
			ours[rule.ID] = true
		}
		met := 0
		for _, c := range expected.Candidates {
			if !ours[c.Rule] || c.ResourceID == nil || c.Before.MonthlyGross == nil {
				continue
			}
			if c.Before.NameTag != "" {
				*c.ResourceID = ""
			}
			f := have[c.Rule+" "+strings.ToLower(*c.ResourceID)]
			if assert.NotNil(t, f, "%s of %s", c.Rule, *c.ResourceID) {
				assert.Equal(t, *c.Before.MonthlyGross, f.Gross.String(), c.Rule)
				assert.Equal(t, c.Before.State == "finding", f.Class == "B", c.Rule)
				if f.Rule.Lookback == 30 { // hours without use are looked at over 31 days
					assert.Equal(t, c.Lines, f.Lines, c.Rule)
				}
				met++
			}
		}
		assert.GreaterOrEqual(t, met, 20)
	}
}

// TestSavings_IsKeptUntilSomethingChanges: what was found is taken again as it is until the ledger or a rule changes, the page says
// when it is stale and looks again, and a rule that a person changed finds other things.
func TestSavings_IsKeptUntilSomethingChanges(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 5_000, Months: 3})
	require.NoError(t, err)
	w := newWorkspace(t)
	load(t, w, dir)
	found, stale, err := w.Savings.Page(t.Context())
	require.NoError(t, err)
	assert.False(t, stale)
	require.NotEmpty(t, found.Findings)

	text, _, rules, err := w.db.SavedFindings(t.Context())
	require.NoError(t, err)
	kept, err := w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	again, err := savings.Keep(kept)
	require.NoError(t, err)
	require.Equal(t, text, again, "keeping loses nothing")
	fresh, err := w.Savings.findAndKeep(t.Context(), mustRules(t, w))
	require.NoError(t, err)
	again, err = savings.Keep(fresh)
	require.NoError(t, err)
	require.Equal(t, text, again, "what is kept is what is found")

	require.Positive(t, countOf(found, "A-NET-07"))
	_, err = w.Savings.SetRule(t.Context(), "a-net-07", map[string]string{"daysAbove": "40"}, 0)
	require.NoError(t, err)
	old, stale, err := w.Savings.Page(t.Context())
	require.NoError(t, err)
	assert.True(t, stale, "a parameter was changed")
	assert.Positive(t, countOf(old, "A-NET-07"), "the page opens with what was found before")
	jobs, err := w.Jobs.List(t.Context(), 1)
	require.NoError(t, err)
	require.Equal(t, KindFindings, jobs[0].Kind)
	_, err = w.Jobs.Wait(t.Context(), jobs[0].ID)
	require.NoError(t, err)
	now, stale, err := w.Savings.Page(t.Context())
	require.NoError(t, err)
	assert.False(t, stale)
	assert.Zero(t, countOf(now, "A-NET-07"))
	_, _, changed, err := w.db.SavedFindings(t.Context())
	require.NoError(t, err)
	assert.NotEqual(t, rules, changed)

	_, err = w.Savings.SetRule(t.Context(), "A-NET-07", map[string]string{"daysAbove": "61"}, AnyVersion)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	_, err = w.Savings.SetRule(t.Context(), "A-NET-07", map[string]string{"daysAbove": ""}, 1)
	require.NoError(t, err)
	back, err := w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	again, err = savings.Keep(back)
	require.NoError(t, err)
	require.Equal(t, text, again, "with the default again everything is as before")

	state, err := w.Savings.SwitchRule(t.Context(), "A-NET-07", false, 2)
	require.NoError(t, err)
	assert.True(t, state.Off)
	off, err := w.Savings.Find(t.Context(), SavingsQuestion{})
	require.NoError(t, err)
	assert.Zero(t, countOf(off, "A-NET-07"))
	assert.Contains(t, off.NotExamined, savings.NotExamined{Rule: "A-NET-07", Provider: "AWS", Reasons: []string{"The rule is switched off."}})

	entries, err := w.Audit.List(t.Context(), 1)
	require.NoError(t, err)
	require.Equal(t, "change rule", entries[0].Action)
}

func mustRules(t *testing.T, w *Workspace) *ruleBook {
	t.Helper()
	b, err := w.Savings.ruleBook(t.Context())
	require.NoError(t, err)
	return b
}

// countOf is how many findings a rule has.
func countOf(r *savings.Result, rule string) (n int) {
	for _, f := range r.Findings {
		if f.Rule.ID == rule {
			n++
		}
	}
	return n
}
