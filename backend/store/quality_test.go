package store_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

func TestQuality_RejectReasonsAndQuantities(t *testing.T) {
	db := create(t)
	_, err := add(t.Context(), db, "AWS", 10)
	require.NoError(t, err)
	path := db.Path()
	closed(t, db)
	storetest.Tamper(t, path, `INSERT INTO reject (file_id, line, reason, text) VALUES (8, 1, 'short', 'a'), (8, 2, 'odd', 'b'), (8, 3, 'odd', 'c'), (9, 9, 'odd', 'd')`)
	storetest.Tamper(t, path, `UPDATE charge SET "PricingQuantity" = CASE id WHEN 1 THEN 32 WHEN 2 THEN 'NULL' WHEN 3 THEN '1e-40' ELSE NULL END, "ConsumedQuantity" = 64`)

	db, err = store.Open(t.Context(), path)
	require.NoError(t, err)
	t.Cleanup(func() { closed(t, db) })
	reasons, err := db.RejectReasons(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []store.RejectReason{{FileID: 8, Reason: "odd", Lines: 2}, {FileID: 1, Reason: "has no date", Lines: 1}, {FileID: 8, Reason: "short", Lines: 1}, {FileID: 9, Reason: "odd", Lines: 1}}, reasons)

	var pricing []bool
	require.NoError(t, db.QuantitiesKnown(t.Context(), 1, 4, func(bill, sku uint32, known []bool) {
		assert.Positive(t, bill)
		assert.Positive(t, sku)
		assert.True(t, known[1], "every line was given a consumed quantity")
		pricing = append(pricing, known[0])
	}))
	assert.Equal(t, []bool{true, false, true, false}, pricing, "a word for no value is none")
}
