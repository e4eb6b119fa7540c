package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTables_AreWhatTheFiguresSay finds tables that were not packed again after the figures had changed.
func TestTables_AreWhatTheFiguresSay(t *testing.T) {
	const figures, tables = "../../../shared/data/prices", "../../backend/pricebook/tables"
	if _, err := os.Stat(figures); err != nil {
		t.Skip("the figures are not here: ", err)
	}
	packed := t.TempDir()
	require.NoError(t, pack(figures, packed))
	files, err := os.ReadDir(packed)
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		want, err := os.ReadFile(filepath.Join(packed, file.Name()))
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(tables, file.Name()))
		require.NoError(t, err)
		assert.Equal(t, want, got, "%s: run build/prices", file.Name())
	}
}

// TestWithMore_NeedsTheSameColumns: rows that would land in other columns are refused.
func TestWithMore_NeedsTheSameColumns(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "lb_nat_ip.csv"), []byte("provider,price\naws,1\n"), 0o600))
	assert.ErrorContains(t, withMore(folder, t.TempDir()), "lb_nat_ip.csv has other columns")
}
