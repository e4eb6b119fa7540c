package ingest

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// TestCoder_MemoIsBounded codes records whose values never repeat: what is remembered of
// them must stay below its bound, and the lines must be right all the same.
func TestCoder_MemoIsBounded(t *testing.T) {
	db := newStore(t, t.TempDir())
	defer func() { require.NoError(t, db.Close()) }()
	dict, err := newDictionary(t.Context(), db, store.Marks{})
	require.NoError(t, err)
	c := newCoder(dict, 1, newTally())
	columns := []source.Column{{Name: "BillingPeriodStart", Focus: true}, {Name: "ResourceId", Focus: true}, {Name: "BilledCost", Focus: true}}
	file := &fileTally{bills: map[uint32]*billTally{}}
	c.startFile(newLayout(columns, nil), len(store.GroupColumns(store.Extra)), file)
	pad := strings.Repeat("x", 4000)
	const rows, batches = 1000, 40
	most, forgot := 0, 0
	for n := range batches {
		b := &source.Batch{Columns: len(columns)}
		for row := range rows {
			for _, field := range []string{"2026-05-01", fmt.Sprint(pad, n*rows+row), "1.25"} {
				start := len(b.Buf)
				b.Buf = append(b.Buf, field...)
				b.Bounds = append(b.Bounds, source.Bound{Start: uint32(start), End: uint32(len(b.Buf))})
			}
			b.Rows++
			b.Lines = append(b.Lines, int64(n*rows+row))
		}
		before := c.remembered()
		done, err := c.code(b, 0)
		require.NoError(t, err)
		require.Equal(t, rows, done)
		if c.remembered() < before {
			forgot++
		}
		most = max(most, c.remembered())
		c.take() // blocks go to the disk
	}
	assert.Positive(t, forgot, "the test must reach the bound")
	assert.Less(t, most, memoMost+rows*(len(pad)+200))
	assert.EqualValues(t, rows*batches, c.nextLine-1)
	var lines int64
	for _, b := range file.bills {
		lines += b.lines
	}
	assert.EqualValues(t, rows*batches, lines)
	res := &FileResult{}
	file.finish(res)
	require.Len(t, res.Totals, 1)
	assert.Equal(t, "50000", res.Totals[0].Amount.String())
}

// TestRun_UniqueValues imports many lines whose values are all different.
func TestRun_UniqueValues(t *testing.T) {
	lines := 200_000
	if testing.Short() {
		lines = 20_000
	}
	path := filepath.Join(t.TempDir(), "unique.csv")
	f, err := os.Create(path)
	require.NoError(t, err)
	b := bufio.NewWriter(f)
	_, err = b.WriteString(head)
	require.NoError(t, err)
	pad := "value "
	for i := range lines {
		_, err := fmt.Fprintf(b, "AWS,1,USD,2026-05-01,2026-05-%02dT%02d:%02d:%02dZ,Usage,%s%d,%s%d,%d.5,%d.25,a%d\n", i%31+1, i/31%24, i%60, i/60%60, pad, i, pad, i, i, i, i)
		require.NoError(t, err)
	}
	require.NoError(t, b.Flush())
	require.NoError(t, f.Close())
	item, ok := recognize(t, path)
	require.True(t, ok)
	db := newStore(t, t.TempDir())
	defer func() { require.NoError(t, db.Close()) }()
	res, err := Run(t.Context(), db, []Item{item}, options())
	require.NoError(t, err)
	require.EqualValues(t, lines, res.Lines)
	requireSound(t, db, res)
}
