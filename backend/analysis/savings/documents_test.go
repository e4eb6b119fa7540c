package savings

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
)

// TestExamine_DocumentsNeverRaiseACandidate: what the bill says that something could save at most is never exceeded once documents are there,
// and what has no finding with money without them keeps within what its lines cost.
func TestExamine_DocumentsNeverRaiseACandidate(t *testing.T) {
	type proven struct {
		rule   *Rule
		sample *Sample
	}
	var all []proven
	for _, r := range catalogue(t).Rules {
		for i := range r.Samples {
			if r.Samples[i].Documents != nil {
				all = append(all, proven{r, &r.Samples[i]})
			}
		}
	}
	require.Greater(t, len(all), 20)
	changed := 0
	// check examines samples together, each with an ending of its own behind the ids of its resources.
	check := func(t tester, samples ...proven) {
		var rows []sampleRow
		for i, p := range samples {
			for _, row := range p.rule.rows(p.sample) {
				row.columns = maps.Clone(row.columns)
				if id, ok := row.columns["ResourceId"]; ok {
					row.columns["ResourceId"] = id + "-" + strconv.Itoa(i)
				}
				if row.columns["ServiceName"] != "Another service" || i == 0 {
					rows = append(rows, row)
				}
			}
		}
		day := slices.MaxFunc(rows, func(a, b sampleRow) int { return int(a.day - b.day) }).day - lateDays + 1
		var docs []*document.Document
		for i, p := range samples {
			docs = append(docs, p.rule.documentsOf(p.sample, "-"+strconv.Itoa(i), day)...)
		}
		before, after := examine(t, rows), examineIn(t, rows, Options{Documents: document.NewFacts(docs)})
		most := map[string]*Finding{}
		for _, f := range before.Findings {
			most[f.ID] = f
		}
		for _, f := range after.Findings {
			b := most[f.ID]
			if b == nil || f.Gross == nil {
				continue
			}
			if f.State != b.State || f.Class != b.Class || f.Confidence != b.Confidence {
				changed++
			}
			require.NotNil(t, b.Gross, "%s has money that it had not", f.Rule.ID)
			require.LessOrEqual(t, f.Gross.Cmp(*b.Gross), 0, "%s: %s of %s", f.Rule.ID, f.Gross, b.Gross)
			require.LessOrEqual(t, f.Net.Cmp(*b.Gross), 0, "%s: net %s of %s", f.Rule.ID, f.Net, b.Gross)
			require.GreaterOrEqual(t, f.Net.Sign(), 0)
		}
		requireWithinCost(t, after)
	}
	// Each alone, so that it does not depend on what is drawn whether a document decides something.
	for _, p := range all {
		check(t, p)
	}
	require.Positive(t, changed, "no document decided anything")
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.SliceOfN(rapid.SampledFrom(all), 1, 4).Draw(t, "samples")...)
	})
}

// requireWithinCost compares what all findings would save with what everything costs.
func requireWithinCost(t require.TestingT, r *Result) {
	cost := map[string]finops.Amount{}
	for _, total := range r.Totals {
		cost[total.Currency] = total.MonthlyCost.Amount()
	}
	for _, total := range append(slices.Clone(r.Totals), r.Candidates...) {
		if most, ok := cost[total.Currency]; ok {
			require.LessOrEqual(t, total.Net.Amount().Cmp(most), 0, "more than all costs in %s", total.Currency)
		}
	}
}

// TestExamine_PurchasesBesideThePool: what the provider recommends to buy for the pool of a finding stands beside it, the newest of what it says, where it is
// for the same term and payment. It changes no amount.
func TestExamine_PurchasesBesideThePool(t *testing.T) {
	rule := byID(t, "X-03")
	rows := rule.rows(&rule.Samples[0])
	amount := func(text string) *finops.Amount {
		a, err := finops.ParseAmount([]byte(text))
		require.NoError(t, err)
		return &a
	}
	advice := func(said, monthly string, p document.Purchase) *document.Advice {
		return &document.Advice{Key: said, Action: document.ActionReserve, Said: said, Monthly: amount(monthly), Currency: "USD", Purchase: &p}
	}
	m5 := document.Purchase{Of: document.ProgramFamily, Region: "eu-west-1", Family: "m5", Years: 1, Payment: "none", LookBack: 30}
	other := func(change func(*document.Purchase)) document.Purchase {
		p := m5
		change(&p)
		return p
	}
	without := examineIn(t, rows, Options{})
	at := slices.IndexFunc(without.Findings, func(f *Finding) bool { return f.Rule.ID == "X-03" })
	require.GreaterOrEqual(t, at, 0)
	require.Empty(t, without.Findings[at].Advised)
	docs := []*document.Document{
		{Name: "old.json", Kind: document.AWSPurchases, Provider: "AWS", Day: sampleStart, Advice: []*document.Advice{advice("m5", "1", m5)}},
		{Name: "new.json", Kind: document.AWSPurchases, Provider: "AWS", Day: sampleStart + 30, Advice: []*document.Advice{
			advice("m5", "25", m5), advice("m5, one account", "9", other(func(p *document.Purchase) { p.Account, p.LookBack = "200", 60 })),
			advice("m5, as here", without.Findings[at].Gross.String(), other(func(p *document.Purchase) { p.LookBack = 7 })),
			advice("three years", "30", other(func(p *document.Purchase) { p.Years = 3 })), advice("upfront", "30", other(func(p *document.Purchase) { p.Payment = "all" })),
			advice("r5", "30", other(func(p *document.Purchase) { p.Family = "r5" })), advice("elsewhere", "30", other(func(p *document.Purchase) { p.Region = "eu-central-1" })),
			advice("all machines", "30", other(func(p *document.Purchase) { p.Of = document.ProgramFlexible })), {Key: "x", Action: document.ActionReserve, Said: "nothing said"},
		}},
		{Name: "azure.json", Kind: document.AzureReservations, Provider: "Microsoft Azure", Day: sampleStart + 30, Advice: []*document.Advice{advice("Azure", "30", m5)}},
	}
	f := examineIn(t, rows, Options{Documents: document.NewFacts(docs)}).Findings[at]
	require.Equal(t, without.Findings[at].Gross, f.Gross)
	var said [][2]string
	for _, a := range f.Advised {
		require.Equal(t, "new.json", a.Document.Name)
		said = append(said, [2]string{a.Said, a.Difference})
	}
	require.Equal(t, [][2]string{
		{"m5", "It counts 30 days of usage; here it is up to 60 days. The simulator has both over the same usage."},
		{"m5, one account", "It counts 60 days of usage of the account 200 alone; here it is up to 60 days of all accounts. The simulator has both over the same usage."},
		{"m5, as here", "The amount is the same."},
	}, said)
}
