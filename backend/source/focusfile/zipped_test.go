package focusfile_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/parquetfile"
	"cloud-intelligence/backend/source/sourcetest"
)

// parquetBill is a FOCUS file in Parquet.
func parquetBill(t testing.TB, rows int) []byte {
	t.Helper()
	names := []string{"ProviderName", "BillingAccountId", "BillingCurrency", "BillingPeriodStart", "ChargePeriodStart", "ServiceName", "ChargeCategory", "BilledCost"}
	specs := make([]parquetfile.Spec, len(names))
	for i, name := range names {
		c, ok := finops.ColumnByName(name)
		require.True(t, ok)
		specs[i] = parquetfile.Spec{Name: name, Kind: c.Kind, Scale: 2}
	}
	var b bytes.Buffer
	w, err := parquetfile.NewWriter(&b, specs, "test")
	require.NoError(t, err)
	for n := range rows {
		row := []string{"AWS", "1", "USD", "2026-09-01", fmt.Sprintf("2026-09-%02d", n%30+1), fmt.Sprintf("Service %d", n), "Usage", fmt.Sprintf("%d.25", n)}
		fields := make([]*string, len(row))
		for i := range row {
			fields[i] = &row[i]
		}
		require.NoError(t, w.Write(fields))
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// TestSource_ParquetInZip reads parts that an export zipped, and leaves no file behind.
func TestSource_ParquetInZip(t *testing.T) {
	bill := parquetBill(t, 9000)
	archive := write(t, "bill.zip", zipped(t, map[string]string{"part/1.parquet": string(bill), "b.parquet": string(bill[:len(bill)/2])}))
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	sum := sha256.Sum256(bill)
	entry := source.File{Path: archive.Path, Entry: "part/1.parquet", Size: archive.Size}
	sourcetest.Run(t, focusfile.Source{}, []sourcetest.Case{
		{Name: "whole", File: entry, Format: "focus-parquet", Rows: 9000, SHA256: hex.EncodeToString(sum[:])},
	})
	cut := source.File{Path: archive.Path, Entry: "b.parquet", Size: archive.Size}
	_, _, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, cut)
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
	assert.ErrorContains(t, err, "b.parquet")
	left, err := os.ReadDir(temp)
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestSource_ParquetInZipWithoutRoom(t *testing.T) {
	archive := write(t, "bill.zip", zipped(t, map[string]string{"1.parquet": string(parquetBill(t, 3))}))
	gone := filepath.Join(t.TempDir(), "gone")
	t.Setenv("TMPDIR", gone)
	t.Setenv("TMP", gone)
	_, _, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, source.File{Path: archive.Path, Entry: "1.parquet", Size: archive.Size})
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
	assert.ErrorContains(t, err, "Unpack the archive yourself")
}
