package focusfile_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
)

// TestOpen_ChargeSubcategory gives the values of 1.0-preview their place in 1.0.
func TestOpen_ChargeSubcategory(t *testing.T) {
	text := "BilledCost,EffectiveCost,BillingCurrency,ChargeCategory,ChargeSubcategory,Provider,Region,UsageQuantity,ChargePeriodStart,ChargePeriodEnd,ServiceName,PricingCategory\n" +
		"1,1,USD,Usage,On-Demand,AWS,r,1,2024-01-01,2024-01-02,S,On-Demand\n" +
		"0,1,USD,Usage,Used Commitment,AWS,r,1,2024-01-01,2024-01-02,S,Commitment-Based\n" +
		"0,1,USD,Usage,unused commitment,AWS,r,1,2024-01-01,2024-01-02,S,\n" +
		"-1,-1,USD,Adjustment,Refund,AWS,r,,2024-01-01,2024-01-02,S,\n" +
		"-1,-1,USD,Adjustment,Credit,AWS,r,,2024-01-01,2024-01-02,S,Other\n" +
		"1,1,USD,Adjustment,Rounding Error,AWS,r,,2024-01-01,2024-01-02,S,NULL\n"
	r, ok, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, write(t, "preview.csv", []byte(text)))
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, "1.0-preview", r.Version)
	reader, err := opener.Open(t.Context(), focusfile.Source{}, r)
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	b, err := reader.Next(t.Context())
	require.NoError(t, err)
	at := map[string]int{}
	for i, c := range r.Columns {
		at[c.Name] = i
	}
	var got [][]string
	for row := range b.Rows {
		var fields []string
		for _, name := range []string{"ChargeCategory", "ChargeClass", "CommitmentDiscountStatus", "PricingCategory", "ChargeSubcategory"} {
			fields = append(fields, string(b.Field(row, at[name])))
		}
		got = append(got, fields)
	}
	assert.Equal(t, [][]string{
		{"Usage", "", "", "Standard", "On-Demand"},
		{"Usage", "", "Used", "Committed", "Used Commitment"},
		{"Usage", "", "Unused", "Committed", "unused commitment"},
		{"Adjustment", "Correction", "", "", "Refund"},
		{"Credit", "", "", "Other", "Credit"},
		{"Adjustment", "", "", "", "Rounding Error"},
	}, got)
}
