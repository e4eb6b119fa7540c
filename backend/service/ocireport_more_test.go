package service

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// TestOCIReports_FOCUSAndCostReport imports a month from both exports of Oracle: the cost
// report and the FOCUS report name the same account, so that the bill counts once.
func TestOCIReports_FOCUSAndCostReport(t *testing.T) {
	root := bucket(t, map[string]string{
		"cost.csv": "lineItem/tenantId,lineItem/intervalUsageStart,lineItem/intervalUsageEnd,product/service,product/resourceId,cost/subscriptionId,cost/productSku,cost/myCost,cost/currencyCode\n" +
			"ocid1.tenancy.oc1..t,2026-09-21T17:00Z,2026-09-21T18:00Z,COMPUTE,ocid1.instance.oc1.x,20209880,B92307,0.012,USD\n",
		"focus.csv": "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,ChargeSubcategory,EffectiveCost,InvoiceIssuer,ListCost,Provider,Publisher,Region,ResourceId,ServiceCategory,ServiceName,SkuId,SubAccountId,UsageQuantity,UsageUnit,oci_ReferenceNumber,oci_CompartmentName\n" +
			"0.012,20209880,USD,2026-10-01T00:00Z,2026-09-01T00:00Z,Usage,Memory,Usage-Based,2026-09-21T18:00Z,2026-09-21T17:00Z,On-Demand,0.012,Oracle,0.012,Oracle,Oracle,us-sanjose-1,ocid1.instance.oc1.x,Compute,COMPUTE,B92307,ocid1.tenancy.oc1..t,8,GB Hours,r,shop\n",
	})
	w := newNativeWorkspace(t)
	focus := load(t, w, filepath.Join(root, "focus.csv"))
	require.Len(t, focus.Files, 1)
	assert.Equal(t, "focus-csv", focus.Files[0].Format)
	assert.Equal(t, "1.0-preview", focus.Files[0].Version)
	res := load(t, w, filepath.Join(root, "cost.csv"))
	assert.Len(t, res.Same, 1)
	requireSound(t, w)
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}})
	require.NoError(t, err)
	require.Len(t, a.Totals, 1)
	assert.Equal(t, "0.012", a.Totals[0].Amounts[0].String())
}
