package csvfile_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source/csvfile"
)

// TestReader_FirstBatch holds many records even where they are long: the import learns
// from it which columns hardly repeat.
func TestReader_FirstBatch(t *testing.T) {
	text := "a,b\n" + strings.Repeat("x,"+strings.Repeat("y", 3000)+"\n", 3000)
	r, err := csvfile.NewReader(t.Context(), "long", strings.NewReader(text))
	require.NoError(t, err)
	first, err := r.Next(t.Context())
	require.NoError(t, err)
	assert.Greater(t, first.Rows, 1000)
	rows := first.Rows
	first.Release()
	second, err := r.Next(t.Context())
	require.NoError(t, err)
	assert.Less(t, second.Rows, first.Rows, "later batches are smaller")
	assert.EqualValues(t, rows+2, second.Lines[0])
}
