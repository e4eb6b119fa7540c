package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

func invoice(invoiceID string, cents int64) store.Invoice {
	tax := finops.NewAmount(0, 2)
	return store.Invoice{
		Provider: "AWS", BillingAccount: "1", Month: finops.NewMonth(2026, 10), InvoiceID: invoiceID, Currency: "USD", Total: finops.NewAmount(cents, 2),
		Tax: &tax, Note: "=a ' \"note\"", EnteredAt: time.Date(2026, 11, 3, 9, 30, 0, 5, time.UTC), User: "Ann",
	}
}

func TestInvoices_KeepEveryField(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	big, err := finops.ParseAmount([]byte("-123456789012345678901234567890.1234567890"))
	require.NoError(t, err)
	v := invoice("A", 1)
	v.Total, v.Credits, v.Marketplace, v.Other = big, &big, &big, &big
	require.NoError(t, db.SaveInvoices(t.Context(), []store.Invoice{v}))
	list, err := db.Invoices(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
	v.ID = list[0].ID
	assert.Equal(t, v, list[0])
	assert.Equal(t, "0.00", list[0].Tax.String(), "zero is not no value")
}

func TestSaveInvoices_SameNameReplaces(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	require.NoError(t, db.SaveInvoices(t.Context(), []store.Invoice{invoice("A", 100), invoice("B", 200)}))
	require.NoError(t, db.SaveInvoices(t.Context(), []store.Invoice{invoice("A", 300)}))
	list, err := db.Invoices(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 2)
	assert.Equal(t, "3.00", list[0].Total.String())

	moved := invoice("B", 400)
	moved.ID = list[0].ID
	err = db.SaveInvoices(t.Context(), []store.Invoice{invoice("C", 1), moved})
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	again, err := db.Invoices(t.Context())
	require.NoError(t, err)
	assert.Equal(t, list, again, "all or nothing")

	moved.InvoiceID = "D"
	require.NoError(t, db.SaveInvoices(t.Context(), []store.Invoice{moved}))
	again, err = db.Invoices(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "D", again[0].InvoiceID)

	require.NoError(t, db.DeleteInvoice(t.Context(), again[0].ID, "Ann", time.Unix(0, 0)))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(db.DeleteInvoice(t.Context(), again[0].ID, "Ann", time.Unix(0, 0))))
	gone := again[0]
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(db.SaveInvoices(t.Context(), []store.Invoice{gone})))
}

func TestInvoices_DamageIsTold(t *testing.T) {
	db := create(t)
	require.NoError(t, db.SaveInvoices(t.Context(), []store.Invoice{invoice("A", 100)}))
	closed(t, db)
	storetest.Tamper(t, db.Path(), "UPDATE invoice SET total = 'ten'")
	db, err := store.Open(t.Context(), db.Path())
	require.NoError(t, err)
	defer closed(t, db)
	_, err = db.Invoices(t.Context())
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
	assert.Equal(t, "Invoice figure 1 of the workspace is damaged. Delete it and type it again.", finops.MessageOf(err))
}
