package ocireport_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/ocireport"
	"cloud-intelligence/backend/source/sourcetest"
)

func records(t *testing.T, text string) (rows []map[string]string, rejects []source.Reject) {
	t.Helper()
	_, rejects = each(t, write(t, "f.csv", []byte(text)), func(columns []source.Column, fields [][]byte) {
		row := map[string]string{}
		for i, c := range columns {
			if len(fields[i]) > 0 {
				row[c.Name] = string(fields[i])
			}
		}
		rows = append(rows, row)
	})
	return rows, rejects
}

// TestConvert_Account names the account as Oracle's FOCUS reports do, where the report has
// the number of the subscription: both reports of one bill must be recognised.
func TestConvert_Account(t *testing.T) {
	rows, rejects := records(t, header+"\n"+strings.Replace(usage, ",sub,", ",20209880,", 1)+usage)
	require.Empty(t, rejects)
	assert.Equal(t, [2]string{"20209880", "Subscription"}, [2]string{rows[0]["BillingAccountId"], rows[0]["BillingAccountType"]})
	assert.Equal(t, [2]string{"ocid1.tenancy.oc1..t", "Tenancy"}, [2]string{rows[1]["BillingAccountId"], rows[1]["BillingAccountType"]})
	assert.Equal(t, "ocid1.tenancy.oc1..t", rows[0]["lineItem/tenantId"])
}

// TestConvert_Costs covers what stands beside the cost and must not count: the shares of
// pluggable databases, and overage.
func TestConvert_Costs(t *testing.T) {
	text := "lineItem/tenantId,lineItem/intervalUsageStart,product/service,cost/myCost,cost/myCostOverage,cost/attributedCost,usage/attributedUsage,cost/unitPrice,usage/billedQuantity\n" +
		"t,2026-05-31T23:00Z,DATABASE,10,3,4,1,5,2\nt,2026-05-31T23:00Z,DATABASE,,,6,1,,\nt,2026-05-31T23:00Z,DATABASE,1.2E-7,,,,6.0e-8,2\n"
	rows, rejects := records(t, text)
	require.Empty(t, rejects)
	assert.Equal(t, [4]string{"10", "10", "10", "3"}, [4]string{rows[0]["BilledCost"], rows[0]["EffectiveCost"], rows[0]["ContractedCost"], rows[0]["cost/myCostOverage"]})
	for _, name := range []string{"BilledCost", "EffectiveCost", "ContractedCost", "ListCost", "PricingQuantity"} {
		assert.NotContains(t, rows[1], name, "what is not there is unknown, not 0")
	}
	assert.Equal(t, "6", rows[1]["cost/attributedCost"])
	assert.Equal(t, [2]string{"0.00000012", "0.00000012"}, [2]string{rows[2]["BilledCost"], rows[2]["ContractedCost"]})
	assert.Equal(t, "2026-06-01T00:00:00Z", rows[0]["BillingPeriodEnd"])
}

// TestRecognize_UsageReport says what to fetch instead of the report without costs.
func TestRecognize_UsageReport(t *testing.T) {
	text := "lineItem/referenceNo,lineItem/tenantId,lineItem/intervalUsageStart,lineItem/intervalUsageEnd,product/service,product/resource,usage/consumedQuantity,usage/billedQuantity,usage/consumedQuantityUnits\n"
	_, ok, err := sourcetest.Recognize(t.Context(), ocireport.Source{}, write(t, "f.csv", []byte(text)))
	assert.False(t, ok)
	require.Error(t, err)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "Import the cost report of the same days")
}
