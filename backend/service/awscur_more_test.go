package service

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

const curHeader = "identity/LineItemId,bill/PayerAccountId,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/ProductCode,lineItem/CurrencyCode,lineItem/ResourceId,lineItem/UnblendedCost,lineItem/BlendedCost,pricing/publicOnDemandCost\n"

// curLine is a line of usage of April 2026, of a resource of its own.
func curLine(resource, cost string) string {
	return fmt.Sprintf("l-%s,011254002932,2026-04-01T00:00:00Z,2026-05-01T00:00:00Z,000000000042,Usage,2026-04-03T00:00:00Z,2026-04-03T01:00:00Z,AmazonEC2,USD,%s,%s,%s,%s\n", resource, resource, cost, cost, cost)
}

func curManifest(report, assembly string, columns int, keys ...string) string {
	column := strings.TrimSuffix(strings.Repeat(`{"category":"lineItem","name":"UnblendedCost"},`, columns), ",")
	return fmt.Sprintf(`{"assemblyId":%q,"account":"011254002932","reportName":%q,"billingPeriod":{"start":"20260401T000000.000Z","end":"20260501T000000.000Z"},"columns":[%s],"reportKeys":["%s"]}`,
		assembly, report, column, strings.Join(keys, `","`))
}

func bucket(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return root
}

// TestAWSReports_OneBillFromABucket imports a bucket as customers have it: a report whose
// newest assembly lacks a part, the same bill from a second report, and what is left of an
// earlier delivery. The bill counts once.
func TestAWSReports_OneBillFromABucket(t *testing.T) {
	const month = "20260401-20260501"
	whole := curHeader + curLine("i-1", "1.5") + curLine("i-2", "2.25")
	root := bucket(t, map[string]string{
		"hourly/" + month + "/a1/h-1.csv":            curHeader + curLine("i-1", "1.5"),
		"hourly/" + month + "/a1/h-2.csv":            curHeader + curLine("i-2", "2.25"),
		"hourly/" + month + "/a1/h-3.csv":            curHeader + curLine("i-3", "100"), // not in the manifest
		"hourly/" + month + "/a1/h-Manifest.json":    curManifest("hourly", "a1", 9, month+"/a1/h-1.csv", month+"/a1/h-2.csv"),
		"hourly/" + month + "/a2/h-1.csv":            curHeader + curLine("i-1", "1.5") + curLine("i-4", "50"),
		"hourly/" + month + "/h-Manifest.json":       curManifest("hourly", "a2", 9, month+"/a2/h-1.csv", month+"/a2/h-2.csv"),
		"overwritten/" + month + "/o-1.csv":          whole,
		"overwritten/" + month + "/o-Manifest.json":  curManifest("overwritten", "o", 5, month+"/o-1.csv"),
		"overwritten/" + month + "/older/o-1.csv":    curHeader + curLine("i-1", "1"),
		"overwritten/" + month + "/older/o-M.json":   "{}",
		"athena/a/a/year=2026/month=4/a-1.csv":       whole,
		"athena/a/" + month + "/a-Manifest.json":     curManifest("a", "x", 2, "a/a/year=2026/month=4/a-1.csv"),
		"athena/a/a/year=2026/month=4/unrelated.csv": "a,b\n1,2\n",
	})
	w := newNativeWorkspace(t)
	plan, err := w.Imports.Plan(t.Context(), []string{root})
	require.NoError(t, err)
	res, err := w.Imports.Run(t.Context(), plan, ImportOptions{})
	require.NoError(t, err)
	require.Empty(t, res.Conflicts)
	requireSound(t, w)
	assert.EqualValues(t, 2, res.Lines)
	sums := sumsOf(res.Files)
	for _, metric := range []string{"unblended", "blended", "public_on_demand", "amortized", "BilledCost", "EffectiveCost", "ListCost"} {
		require.NotNil(t, sums[metric], metric)
		assert.Equal(t, "3.75", sums[metric].String(), metric)
	}
	reasons := map[string]string{}
	for _, s := range plan.Skipped {
		rel, err := filepath.Rel(root, s.Path)
		require.NoError(t, err)
		reasons[filepath.ToSlash(rel)] = s.Reason
	}
	for path, reason := range map[string]string{
		"hourly/" + month + "/a1/h-3.csv":         "left over from an earlier delivery",
		"hourly/" + month + "/a2/h-1.csv":         "its manifest lists h-2.csv, which is not there",
		"overwritten/" + month + "/o-1.csv":       "of the same account and month as the report hourly",
		"overwritten/" + month + "/older/o-1.csv": "No manifest names this delivery",
		"athena/a/a/year=2026/month=4/a-1.csv":    "of the same account and month as the report hourly",
	} {
		assert.Contains(t, reasons[path], reason, path)
	}
}

// TestAWSReports_WithoutManifests counts, where nothing says which delivery is the newest, the one
// that holds all charges of the other, and asks where amounts differ.
func TestAWSReports_WithoutManifests(t *testing.T) {
	root := bucket(t, map[string]string{
		"20260401-20260501/a1/r-1.csv": curHeader + curLine("i-1", "1.5"),
		"20260401-20260501/a2/r-1.csv": curHeader + curLine("i-1", "1.5") + curLine("i-2", "2.25"),
	})
	w := newNativeWorkspace(t)
	plan, err := w.Imports.Plan(t.Context(), []string{root})
	require.NoError(t, err)
	res, err := w.Imports.Run(t.Context(), plan, ImportOptions{})
	require.NoError(t, err)
	require.Empty(t, res.Conflicts)
	require.Len(t, res.NotCounted, 1)
	require.Equal(t, "2 3.75", billed(t, w))

	root = bucket(t, map[string]string{
		"20260401-20260501/a1/r-1.csv": curHeader + curLine("i-1", "1.25"),
		"20260401-20260501/a2/r-1.csv": curHeader + curLine("i-1", "1.5") + curLine("i-2", "2.25"),
	})
	plan, err = newNativeWorkspace(t).Imports.Plan(t.Context(), []string{root})
	require.NoError(t, err)
	res, err = newNativeWorkspace(t).Imports.Run(t.Context(), plan, ImportOptions{})
	require.NoError(t, err)
	require.Len(t, res.Conflicts, 1)
	assert.Zero(t, res.ImportID)
}

// TestAWSReports_LegacyThenCUR2 moves a customer from the legacy report to CUR 2.0: the bill
// is replaced, not doubled.
func TestAWSReports_LegacyThenCUR2(t *testing.T) {
	names := strings.NewReplacer("identity/LineItemId", "identity_line_item_id", "bill/PayerAccountId", "bill_payer_account_id,bill_payer_account_name",
		"bill/BillingPeriodStartDate", "bill_billing_period_start_date", "bill/BillingPeriodEndDate", "bill_billing_period_end_date", "lineItem/UsageAccountId", "line_item_usage_account_id",
		"lineItem/LineItemType", "line_item_line_item_type", "lineItem/UsageStartDate", "line_item_usage_start_date", "lineItem/UsageEndDate", "line_item_usage_end_date",
		"lineItem/ProductCode", "line_item_product_code", "lineItem/CurrencyCode", "line_item_currency_code", "lineItem/ResourceId", "line_item_resource_id",
		"lineItem/UnblendedCost", "line_item_unblended_cost", "lineItem/BlendedCost", "line_item_blended_cost", "pricing/publicOnDemandCost", "pricing_public_on_demand_cost",
		"Z,", ".000Z,", ",011254002932,", ",011254002932,Payer,")
	legacy := curHeader + curLine("i-1", "1.5") + curLine("i-2", "2.25")
	root := bucket(t, map[string]string{"legacy/r-1.csv": legacy, "two/r-1.csv": names.Replace(legacy)})
	w := newNativeWorkspace(t)
	load(t, w, filepath.Join(root, "legacy"))
	res := load(t, w, filepath.Join(root, "two"))
	require.Len(t, res.Files, 1)
	assert.Equal(t, "aws-cur2-csv", res.Files[0].Format)
	assert.Len(t, res.Replaced, 1)
	requireSound(t, w)
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}})
	require.NoError(t, err)
	require.Len(t, a.Totals, 1)
	assert.Equal(t, "3.75", a.Totals[0].Amounts[0].String())
}
