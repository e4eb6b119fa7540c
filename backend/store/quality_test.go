package store_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

func TestQuality_RejectReasons(t *testing.T) {
	db := create(t)
	_, err := add(t.Context(), db, "AWS", 10)
	require.NoError(t, err)
	path := db.Path()
	closed(t, db)
	storetest.Tamper(t, path, `INSERT INTO reject (file_id, line, reason, text) VALUES (8, 1, 'short', 'a'), (8, 2, 'odd', 'b'), (8, 3, 'odd', 'c'), (9, 9, 'odd', 'd')`)

	db, err = store.Open(t.Context(), path)
	require.NoError(t, err)
	t.Cleanup(func() { closed(t, db) })
	reasons, err := db.RejectReasons(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []store.RejectReason{{FileID: 8, Reason: "odd", Lines: 2}, {FileID: 1, Reason: "has no date", Lines: 1}, {FileID: 8, Reason: "short", Lines: 1}, {FileID: 9, Reason: "odd", Lines: 1}}, reasons)
}
