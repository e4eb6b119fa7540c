package gcpexport_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const flatHead = "billing_account_id,service.description,sku.id,sku.description,usage_start_time,usage_end_time,project.id,location.region,resource.name,cost,currency,usage.amount,usage.unit,invoice.month,cost_type,credits.name,credits.amount,credits.type\n"

func flatLine(resource, cost, credit, amount, kind string) string {
	return "01A,Compute Engine,S1,N1 Core,2026-09-02 03:00:00 UTC,2026-09-02 04:00:00 UTC,shop,europe-west1," + resource + "," + cost + ",USD,3600,seconds,202609,regular," + credit + "," + amount + "," + kind + "\n"
}

// TestSource_OneLineForEachCredit puts the lines of a charge together again where a query
// made one of each credit.
func TestSource_OneLineForEachCredit(t *testing.T) {
	text := flatHead +
		flatLine("vm-1", "10", "SUD", "-2", "SUSTAINED_USAGE_DISCOUNT") + flatLine("vm-1", "10", "Promo", "-1.5", "PROMOTION") +
		flatLine("vm-1", "10", "SUD", "-2", "SUSTAINED_USAGE_DISCOUNT") + // the same credit again: another charge
		flatLine("vm-2", "5", "", "", "") + flatLine("vm-2", "5", "", "", "") + // no credits: two charges
		flatLine("vm-3", "7", "Promo", "-1", "PROMOTION") + flatLine("vm-4", "7", "SUD", "-1", "PROMOTION")
	f := write(t, "flat.csv", text)
	r := recognised(t, f)
	assert.Contains(t, r.Warnings[len(r.Warnings)-1], "a line for each credit")
	lines, rejects := linesOf(t, f)
	require.Empty(t, rejects)
	var billed []string
	for _, l := range lines {
		billed = append(billed, l["BilledCost"])
	}
	assert.Equal(t, []string{"6.5", "8", "5", "5", "6", "6"}, billed)
}
