package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

// packedQuantities lists what is packed of the quantities, as text.
func packedQuantities(t *testing.T, path string) []string {
	t.Helper()
	plain := storetest.Open(t, path)
	defer func() { require.NoError(t, plain.Close()) }()
	return storetest.Strings(t, plain, "SELECT first_line || ' ' || column || ' ' || lines FROM segment WHERE column LIKE '%Quantity' OR column LIKE 'Pricing%' ORDER BY 1")
}

// withCosts imports lines as an older version did, which packed their costs and not their quantities.
func withCosts(t *testing.T, lines int) *store.DB {
	t.Helper()
	db := create(t)
	t.Cleanup(func() { closed(t, db) })
	_, err := add(t.Context(), db, "AWS", lines)
	require.NoError(t, err)
	return db
}

func TestPackQuantities_ReadsTheRows(t *testing.T) {
	db := withCosts(t, 10)
	storetest.Tamper(t, db.Path(), `UPDATE charge SET "PricingQuantity" = CASE id WHEN 1 THEN 32 WHEN 2 THEN 'NULL' WHEN 3 THEN '1e-40' WHEN 4 THEN 'many' ELSE NULL END`)
	heads, err := db.Unpacked(t.Context())
	require.NoError(t, err)
	require.Equal(t, []store.SegmentHead{{FirstLine: 1, Lines: 5}, {FirstLine: 6, Lines: 5}}, heads)
	const pricing, consumed = 4, 5
	check := func() {
		t.Helper()
		packed := db.Packed(heads[0])
		a, err := packed.Amounts(t.Context(), pricing)
		require.NoError(t, err)
		var values []string
		for row := range a.Values {
			v, known := a.At(row)
			values = append(values, v.String())
			assert.Equal(t, row == 0 || row == 2, known)
		}
		assert.Equal(t, []string{"1", "0", "0.0000000000000000000000000000000000000001", "0", "0"}, values)
		assert.EqualValues(t, segment.Word, a.Values[3])
		assert.EqualValues(t, segment.None, a.Values[1])
		b, err := packed.Amounts(t.Context(), consumed)
		require.NoError(t, err)
		assert.Equal(t, []int64{15, 15, 15, 15, 15}, b.Values)
	}
	check()
	require.NoError(t, db.PackQuantities(t.Context(), heads[0]))
	left, err := db.Unpacked(t.Context())
	require.NoError(t, err)
	require.Equal(t, heads[1:], left)
	storetest.Tamper(t, db.Path(), `UPDATE charge SET "PricingQuantity" = NULL, "ConsumedQuantity" = NULL`)
	check() // from the packed columns
}

// TestPackQuantities_LedgerChangedMeanwhile lets another import take the lines between reading
// and writing.
func TestPackQuantities_LedgerChangedMeanwhile(t *testing.T) {
	db := withCosts(t, 10)
	heads, err := db.Unpacked(t.Context())
	require.NoError(t, err)
	version, err := db.DataVersion(t.Context())
	require.NoError(t, err)
	imports, err := db.Imports(t.Context())
	require.NoError(t, err)
	rows := []store.SegmentRow{{FirstLine: 1, Column: "PricingQuantity", Lines: 5, Data: []byte{1}}}

	require.NoError(t, db.UndoImport(t.Context(), imports[0].ID, "Tester", time.Unix(0, 0), nil))
	for _, failed := range []error{nil, errors.New("read in the middle of a change")} {
		kept, err := db.KeepPacked(t.Context(), version, heads[0], rows, failed)
		require.NoError(t, err)
		assert.False(t, kept, "it must be read again")
	}
	require.NoError(t, db.PackQuantities(t.Context(), heads[0]), "lines that are gone need nothing")
	assert.Empty(t, packedQuantities(t, db.Path()))

	_, err = add(t.Context(), db, "Azure", 10)
	require.NoError(t, err)
	kept, err := db.KeepPacked(t.Context(), version, heads[0], rows, nil)
	require.NoError(t, err)
	assert.False(t, kept)
	assert.Empty(t, packedQuantities(t, db.Path()))
}

func TestPackQuantities_Refuses(t *testing.T) {
	db := withCosts(t, 10)
	heads, err := db.Unpacked(t.Context())
	require.NoError(t, err)
	storetest.Tamper(t, db.Path(), `DELETE FROM charge WHERE id = 7`)
	require.NoError(t, db.PackQuantities(t.Context(), heads[0]))
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(db.PackQuantities(t.Context(), heads[1])), "a line is missing")
	assert.Len(t, packedQuantities(t, db.Path()), 4)
	storetest.Tamper(t, db.Path(), `DELETE FROM segment WHERE first_line = 1 AND column IN ('BilledCost', 'CommitmentDiscountQuantity')`)
	_, err = db.Packed(heads[0]).Amounts(t.Context(), 0)
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err), "a cost is always packed")
	err = db.Packed(store.SegmentHead{FirstLine: 99, Lines: 1}).Keys(t.Context(), store.Bill, make([]uint32, 1))
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
}
