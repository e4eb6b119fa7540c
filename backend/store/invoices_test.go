package store_test

import (
	"errors"
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
	v.ID, v.Version = list[0].ID, 1
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

	require.NoError(t, db.DeleteInvoice(t.Context(), again[0].ID, store.AnyVersion, "Ann", time.Unix(0, 0)))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(db.DeleteInvoice(t.Context(), again[0].ID, store.AnyVersion, "Ann", time.Unix(0, 0))))
	gone := again[0]
	err = db.SaveInvoices(t.Context(), []store.Invoice{gone})
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	assert.Equal(t, finops.ConflictError{Want: gone}, *conflict)
}

func TestSaveInvoices_SeenAsMissing(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	mine := invoice("A", 100)
	mine.Version = -1
	require.NoError(t, db.SaveInvoices(t.Context(), []store.Invoice{mine}))
	err := db.SaveInvoices(t.Context(), []store.Invoice{mine})
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err), "somebody entered it meanwhile")
}

func TestSaveInvoices_ChangedMeanwhile(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	require.NoError(t, db.SaveInvoices(t.Context(), []store.Invoice{invoice("A", 100)}))
	seen, err := db.Invoices(t.Context())
	require.NoError(t, err)
	require.NoError(t, db.SaveInvoices(t.Context(), seen))
	late := seen[0]
	late.Total, late.User = finops.NewAmount(300, 2), "Ben"
	err = db.SaveInvoices(t.Context(), []store.Invoice{invoice("B", 200), late})
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	assert.Equal(t, "The invoice amount, now 1.00 USD by Ann, was changed meanwhile. Compare both and decide which one to keep; nothing was changed.", finops.MessageOf(err))
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	assert.Equal(t, late, conflict.Want)
	list, err := db.Invoices(t.Context())
	require.NoError(t, err)
	assert.Equal(t, list, []store.Invoice{conflict.Have.(store.Invoice)}, "all or nothing")
	assert.EqualValues(t, 2, list[0].Version)

	late.Version = list[0].Version
	require.NoError(t, db.SaveInvoices(t.Context(), []store.Invoice{late}))
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
	assert.Equal(t, "Invoice amount 1 of the workspace is damaged. Delete it and enter it again.", finops.MessageOf(err))
	require.NoError(t, db.DeleteInvoice(t.Context(), 1, store.AnyVersion, "Ann", time.Unix(0, 0)))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(db.DeleteInvoice(t.Context(), 1, store.AnyVersion, "Ann", time.Unix(0, 0))))
}
