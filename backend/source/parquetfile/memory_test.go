package parquetfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/parquetfile"
)

const wideRows = 40_000

// writeLargePages writes 120 columns with pages of a megabyte, as reports of AWS have them:
// four of text that differs, the others of few words.
func writeLargePages(t *testing.T) source.File {
	t.Helper()
	const columns, long = 120, 4
	group := parquet.Group{}
	for i := range columns {
		if i < long {
			group[fmt.Sprintf("c%03d", i)] = parquet.String()
		} else {
			group[fmt.Sprintf("c%03d", i)] = parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
		}
	}
	var b bytes.Buffer
	w := parquet.NewWriter(&b, parquet.NewSchema("wide", group), parquet.Compression(&parquet.Snappy), parquet.PageBufferSize(1<<20))
	words := make([]parquet.Value, 6)
	for i := range words {
		words[i] = parquet.ByteArrayValue(fmt.Appendf(nil, "a word of the report, number %d", i))
	}
	row := make(parquet.Row, columns)
	for n := range wideRows {
		for i := range row {
			switch {
			case i < long:
				row[i] = parquet.ByteArrayValue(fmt.Appendf(nil, "line %d of the report", n)).Level(0, 0, i)
			case (n+i)%7 == 0:
				row[i] = parquet.NullValue().Level(0, 0, i)
			default:
				row[i] = words[(n+i)%len(words)].Level(0, 1, i)
			}
		}
		_, err := w.WriteRows([]parquet.Row{row})
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return save(t, b.Bytes())
}

// TestReader_MemoryOfWideFiles: with codes and levels unpacked, it would need more than
// twice what is allowed.
func TestReader_MemoryOfWideFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("it writes a large file")
	}
	const most = 24 << 20
	f := writeLargePages(t)
	heap() // buffers that the writer has put into pools go with the second collection
	before := heap()
	r, err := parquetfile.Open(t.Context(), f)
	require.NoError(t, err)
	got, peak := 0, uint64(0)
	for n := 0; ; n++ {
		batch, err := r.Next(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		got += batch.Rows
		batch.Release()
		if n%16 == 8 {
			peak = max(peak, heap())
		}
	}
	assert.Equal(t, wideRows, got)
	require.NoError(t, r.Close())
	assert.Less(t, peak-min(peak, before), uint64(most))
	t.Logf("%d KiB in use", (peak-min(peak, before))>>10)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
