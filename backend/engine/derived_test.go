package engine_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

const guid = "a243c6f2-199f-4074-9a2c-40e671cf1584"

// mixedClouds imports four files that say the same things in other columns and words. The
// last one has columns of its own with the names of built-in dimensions.
func mixedClouds(t *testing.T) *engine.Engine {
	t.Helper()
	head := "BilledCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,BillingAccountId,"
	files := map[string]string{
		"aws.csv": head + "ProviderName,BillingAccountName,SubAccountId,SubAccountName,ResourceId\n" +
			"1,USD,2026-01-01,2026-01-02,100,Amazon Web Services,Old payer,100,100,i-1\n" +
			"2,USD,2026-01-01,2026-01-03,100,AWS,Payer,200,shop-test,i-2\n" +
			"4,USD,2026-01-01,2026-01-04,100,aws,Payer,200,shop-prod,i-3\n",
		"azure.csv": head + "ServiceProviderName,SubAccountId,ResourceId\n" +
			"8,USD,2026-01-01,2026-01-02,/providers/Microsoft.Billing/billingAccounts/300,Microsoft,/subscriptions/" + strings.ToUpper(guid) + ",vm\n",
		"named.csv": head + "ProviderName,SubAccountId,SubAccountName,ResourceId\n" +
			"16,USD,2026-02-01,2026-02-02,300,Microsoft Azure," + guid + ",Subscription one,vm\n",
		"other.csv": head + "ProviderName,InvoiceIssuerName,Account,x_Account,SubAccountName\n" +
			"32,USD,2026-03-01,2026-03-02,400,,Hetzner,own,second,only a name\n",
	}
	var paths []string
	for _, name := range []string{"aws.csv", "azure.csv", "named.csv", "other.csv"} {
		paths = append(paths, writeFile(t, name, files[name]))
	}
	_, e := importFiles(t, paths...)
	return e
}

func sumsBy(t *testing.T, e *engine.Engine, where finops.Filter, groupBy ...string) map[string]string {
	t.Helper()
	a, err := e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], GroupBy: groupBy, Where: where})
	require.NoError(t, err)
	sums := map[string]string{}
	for _, r := range a.Rows {
		key := make([]string, len(r.Keys))
		for i, k := range r.Keys {
			key[i] = "none"
			if k != nil {
				key[i] = *k
			}
		}
		sums[strings.Join(key, "|")] = r.Amounts[0].String()
	}
	return sums
}

func TestBuiltIn_ReadManyExportsAsOne(t *testing.T) {
	e := mixedClouds(t)
	for _, more := range [][]string{nil, {"ResourceId"}} { // from the rollup, and from the lines
		a := sumsBy(t, e, finops.Conditions(finops.Condition{Column: "ChargePeriodStart", Op: finops.OpContains, Values: []*string{ptr("2026-02")}}), append(more, finops.DimProvider)...)
		assert.Len(t, a, 1)
	}
	assert.Equal(t, map[string]string{"AWS": "7", "Microsoft Azure": "24", "Hetzner": "32"}, sumsBy(t, e, finops.All(), "provider"))
	assert.Equal(t, map[string]string{"100": "1", "200": "6", guid: "24", "only a name": "32"}, sumsBy(t, e, finops.All(), finops.DimAccount))
	assert.Equal(t, map[string]string{"100|AWS": "7", "300|Microsoft Azure": "24", "400|Hetzner": "32"}, sumsBy(t, e, finops.All(), finops.DimBillingAccount, finops.DimProvider))
	assert.Equal(t, map[string]string{"Microsoft": "8", "Microsoft Azure": "16", "AWS": "2", "aws": "4", "Amazon Web Services": "1", "none": "32"}, sumsBy(t, e, finops.All(), "ProviderName"))
}

func TestBuiltIn_AskedInAnySpellingOrByName(t *testing.T) {
	e := mixedClouds(t)
	total := func(op finops.Op, column string, values ...*string) string {
		return sumsBy(t, e, finops.Conditions(finops.Condition{Column: column, Op: op, Values: values}))[""]
	}
	assert.Equal(t, "24", total(finops.OpIn, finops.DimProvider, ptr("azure")))
	assert.Equal(t, "56", total(finops.OpNotIn, finops.DimProvider, ptr("Amazon Web Services")))
	assert.Equal(t, "24", total(finops.OpContains, finops.DimProvider, ptr("MICRO")))
	assert.Equal(t, "24", total(finops.OpIn, finops.DimAccount, ptr("/subscriptions/"+strings.ToUpper(guid))))
	assert.Equal(t, "6", total(finops.OpIn, finops.DimAccount, ptr("shop-prod")))
	assert.Equal(t, "57", total(finops.OpNotIn, finops.DimAccount, ptr("shop-prod")))
	assert.Equal(t, "24", total(finops.OpContains, finops.DimAccount, ptr("subscription ONE")))
	assert.Equal(t, "24", total(finops.OpIn, finops.DimBillingAccount, ptr("/providers/Microsoft.Billing/billingAccounts/300")))
	assert.Empty(t, total(finops.OpIn, finops.DimBillingAccount, nil))
}

func TestBuiltIn_NamesKnownFromAnyFile(t *testing.T) {
	names, err := mixedClouds(t).AccountNames(t.Context())
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"200": "shop-prod", guid: "Subscription one", "100": "Payer"}, names.Accounts)
	assert.Equal(t, map[string]string{"100": "Payer"}, names.BillingAccounts)
	assert.Equal(t, "shop-prod", names.Of("account", "200"))
	assert.Empty(t, names.Of("ProviderName", "AWS"))
}

func TestBuiltIn_AreColumnsOfTheLines(t *testing.T) {
	e := mixedClouds(t)
	q := engine.LinesQuestion{Columns: []string{finops.DimProvider, finops.DimAccount, "BilledCost"}, SortBy: finops.DimAccount}
	page, err := e.Lines(t.Context(), q)
	require.NoError(t, err)
	var costs []string
	for _, row := range page.Rows {
		costs = append(costs, *row[2])
	}
	assert.Equal(t, []string{"1", "8", "16", "32", "2", "4"}, costs) // Payer, Subscription one, only a name, shop-prod
	assert.Equal(t, []*string{ptr("Microsoft Azure"), ptr(guid), ptr("8")}, page.Rows[1])
	page, err = e.Lines(t.Context(), engine.LinesQuestion{})
	require.NoError(t, err)
	assert.NotContains(t, page.Columns, finops.DimProvider) // all columns are those of the files
}

func TestBuiltIn_LeaveOwnColumnsOfTheirNamesReachable(t *testing.T) {
	e := mixedClouds(t)
	state, err := e.State(t.Context())
	require.NoError(t, err)
	assert.Equal(t, slices.DeleteFunc(slices.Clone(finops.Dimensions), func(d string) bool { return d == finops.DimHourOfDay || d == finops.DimPeriodLength }), state.Dimensions)
	var own []string
	for _, c := range state.Columns {
		if !c.Focus {
			own = append(own, c.Name)
		}
	}
	assert.ElementsMatch(t, []string{"x_x_Account", "x_Account"}, own)
	page, err := e.Lines(t.Context(), engine.LinesQuestion{Columns: []string{"x_x_Account", "x_Account"}, Where: finops.Conditions(finops.Condition{Column: "x_x_Account", Values: []*string{ptr("own")}})})
	require.NoError(t, err)
	assert.Equal(t, [][]*string{{ptr("own"), ptr("second")}}, page.Rows)
	assert.Equal(t, map[string]string{"none": "31", "own": "32"}, sumsBy(t, e, finops.All(), "x_x_Account"))
}
