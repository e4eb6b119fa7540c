package service

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// TestSpelling_Currencies reads a currency as the code that it is, and keeps what the file
// said.
func TestSpelling_Currencies(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	c := newTable("PricingCurrency").
		line("BillingCurrency", "USD", "PricingCurrency", " eur").line("BillingCurrency", "usd").line("BillingCurrency", " Usd ").
		line("BillingCurrency", "EUR").line("BillingCurrency", " Credits").line("BillingCurrency", "").line("BillingCurrency", "  ")
	load(t, w, c.file(t, "focus.csv"))
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: []string{"BillingCurrency"}, Sort: finops.SortKeys})
	require.NoError(t, err)
	got := map[string]string{}
	for _, total := range a.Totals {
		got[total.Currency] = total.Amounts[0].String()
	}
	assert.Equal(t, map[string]string{"USD": "4.5", "EUR": "1.5", "Credits": "1.5", "": "3"}, got)
	raw := rawLines(t, w, []string{"BillingCurrency", "PricingCurrency"})
	assert.Equal(t, " Usd ", *raw[2][0])
	assert.Equal(t, " eur", *raw[0][1])
	next := newTable().line("BillingCurrency", "uSD", "BillingPeriodStart", "2026-06-01", "ChargePeriodStart", "2026-06-03")
	load(t, w, next.file(t, "next.csv"))
	p, err := w.Quality.Passport(t.Context())
	require.NoError(t, err)
	assert.Len(t, p.Whole.Currencies, 4)
}

// TestSpelling_Amounts wants that an amount with a currency sign is a number for whoever
// reads the ledger, or that its line is skipped.
func TestSpelling_Amounts(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	c := newTable("ListUnitPrice", "PricingQuantity").
		line("BilledCost", "$50,000.00 ", "EffectiveCost", "€12", "ListUnitPrice", "$1,234.5", "PricingQuantity", " 1,000 ").
		line("BilledCost", "($1,234,567,890,123,456,789.125)", "EffectiveCost", "1E-7", "ListUnitPrice", "about 5").
		line("BilledCost", "€ 1.234,56").
		line("BilledCost", "5 Euro")
	res := load(t, w, c.file(t, "focus.csv"))
	assert.Equal(t, int64(2), res.Rejects)
	assert.Equal(t, "2 -1234567890123406789.125", billed(t, w))
	columns := []string{"BilledCost", "EffectiveCost", "ListUnitPrice", "PricingQuantity"}
	var lines [][]string
	require.NoError(t, w.Ledger.EachLine(t.Context(), engine.LinesQuestion{Columns: columns}, func(row []*string) error {
		var texts []string
		for _, v := range row {
			if v == nil {
				texts = append(texts, "-")
			} else {
				texts = append(texts, *v)
			}
		}
		lines = append(lines, texts)
		return nil
	}))
	assert.Equal(t, [][]string{{"50000.00", "12", "1234.5", "1000"}, {"-1234567890123456789.125", "1E-7", "about 5", "-"}}, lines)
	requireView(t, w)
}

// TestSpelling_ShortenedIDs refuses a file in which a spreadsheet has lost the digits of an
// account.
func TestSpelling_ShortenedIDs(t *testing.T) {
	t.Parallel()
	for _, c := range []*table{
		newTable().line().line("BillingAccountId", "1.11122E+11"),
		newTable("SubAccountId").line("SubAccountId", "1").line("SubAccountId", "8,36E+11"),
		newTable("SubAccountId").lines(3000, "r", "SubAccountId", "1").line("SubAccountId", "1E+12"),
	} {
		w := newWorkspace(t)
		_, err := importWith(t.Context(), w, ImportOptions{}, c.file(t, "focus.csv"))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		require.ErrorContains(t, err, "a spreadsheet has shortened the number of the account")
		assert.Equal(t, "nothing", billed(t, w))
	}
	w := newWorkspace(t)
	load(t, w, newTable("SubAccountId").line("SubAccountId", "12e456").line("SubAccountId", "1e5").line("BillingAccountId", "111122223333").file(t, "focus.csv"))
}

// TestWarnings_AreKept keeps what was odd in a file with its import, each sentence once.
func TestWarnings_AreKept(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	res := load(t, w, newTable().line("ServiceName", "M\xfcller").without("EffectiveCost").file(t, "focus.csv"))
	want := res.Files[0].Warnings
	require.Len(t, want, 2)
	assert.Contains(t, want[0], "not UTF-8")
	assert.Contains(t, want[1], "no EffectiveCost column")
	infos, err := w.Imports.List(t.Context())
	require.NoError(t, err)
	assert.Equal(t, want, infos[0].Files[0].Warnings)
}

// TestPassport_ZeroCosts takes a list or contracted cost of 0 beside a cost for unknown, and
// one beside no cost for free.
func TestPassport_ZeroCosts(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	c := newTable("ListCost", "ContractedCost", "ListUnitPrice").
		line("EffectiveCost", "35", "ListCost", "40", "ContractedCost", "38", "ListUnitPrice", "1").
		line("BilledCost", "0", "EffectiveCost", "65", "ListCost", "0", "ContractedCost", "0.00", "ListUnitPrice", "0").
		line("BilledCost", "0", "EffectiveCost", "0", "ListCost", "0", "ContractedCost", "0", "ListUnitPrice", "0")
	load(t, w, c.file(t, "focus.csv"))
	p, err := w.Quality.Passport(t.Context())
	require.NoError(t, err)
	sentences := map[string]string{}
	for _, f := range p.Whole.Findings {
		sentences[f.Code] = f.Sentence
	}
	assert.Equal(t, "35 % of the cost of usage has a list cost (ListCost); 65.00 USD does not.", sentences["list_cost"])
	assert.Equal(t, "35 % of the cost of usage has a contracted cost (ContractedCost); 65.00 USD does not.", sentences["contracted_cost"])
	assert.Equal(t, "35 % of the cost of usage has a list unit price (ListUnitPrice); 65.00 USD does not.", sentences["list_unit_price"])
	assert.Equal(t, "1 line has a list cost of 0 beside a cost (ListCost).", sentences["list_cost_zero"])
	assert.Equal(t, "No used line has a contracted cost below its effective cost.", sentences["contracted_below_effective"])
	totals, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.ListCost}})
	require.NoError(t, err)
	assert.Equal(t, "40", totals.Totals[0].Amounts[0].String(), "the ledger keeps what the file says")
}

// TestPassport_UnreadTags does not blame the settings of the provider for tags that could not
// be read.
func TestPassport_UnreadTags(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	res := load(t, w, newTable("Tags").line("Tags", "team is web").line("Tags", "{app=shop}").line("Tags", "{}").line("Tags", "{}").line("Tags", "{}").line("Tags", "{}").file(t, "focus.csv"))
	require.Len(t, res.Files[0].Warnings, 1)
	assert.Contains(t, res.Files[0].Warnings[0], "tags of some lines could not be read")
	p, err := w.Quality.Passport(t.Context())
	require.NoError(t, err)
	for _, f := range p.Whole.Findings {
		if f.Code == "tags" {
			assert.Contains(t, f.Meaning, "The tags of 1 line are in a form that could not be read")
			assert.NotContains(t, f.Action, "activated")
		}
	}
}
