package service

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFind_LooksThroughServicesAccountsInvoicesAndResources(t *testing.T) {
	w := newWorkspace(t)
	c := newTable("SubAccountId", "SubAccountName", "InvoiceId").
		line("ServiceName", "Shop Search", "SubAccountId", "111", "SubAccountName", "Web shop", "InvoiceId", "INV-SHOP", "ResourceId", "i-1").
		line("ServiceName", "Shop Search", "SubAccountId", "222", "SubAccountName", "Data", "InvoiceId", "INV-2", "ResourceId", "workshop-7", "BillingCurrency", "EUR").
		line("ServiceName", "Shop Search", "SubAccountId", "222", "SubAccountName", "Data", "InvoiceId", "INV-2", "ResourceId", "", "BillingCurrency", "EUR")
	for i := range 9 {
		c.line("ServiceName", "Storage", "ResourceId", fmt.Sprintf("bucket-%d", i), "BilledCost", fmt.Sprint(i+1))
	}
	load(t, w, c.file(t, "bill.csv"))

	find := func(text string) (list []string) {
		found, err := w.Ledger.Find(t.Context(), text, 3)
		require.NoError(t, err)
		for _, f := range found {
			list = append(list, fmt.Sprintf("%s %s %q %d %v", f.Column, f.Value, f.Name, f.Lines, f.Currencies))
		}
		return list
	}
	assert.Equal(t, []string{
		`ServiceName Shop Search "" 3 [EUR USD]`, `Account 111 "Web shop" 1 [USD]`, `InvoiceId INV-SHOP "" 1 [USD]`, `ResourceId workshop-7 "" 1 [EUR]`,
	}, find(" SHOP "), "in any case, accounts by name")
	assert.Equal(t, []string{`ResourceId bucket-6 "" 1 [USD]`, `ResourceId bucket-7 "" 1 [USD]`, `ResourceId bucket-8 "" 1 [USD]`}, find("bucket"), "those that cost most")
	assert.Empty(t, find("nothing of it"))
	assert.Empty(t, find(" "))
}
