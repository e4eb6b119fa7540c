package service

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// benchLines is how many charge lines the benchmarks work on.
const benchLines = 200_000

// demoWorkspace makes a closed workspace of generated bills.
func demoWorkspace(b *testing.B) (path string) {
	b.Helper()
	folder := b.TempDir()
	bill := filepath.Join(folder, "bill.csv")
	f, err := os.Create(bill)
	require.NoError(b, err)
	_, err = demo.WriteCSV(b.Context(), f, demo.Options{Lines: benchLines})
	require.NoError(b, err)
	require.NoError(b, f.Close())
	path = filepath.Join(folder, "w.cloudintel")
	w, err := Create(b.Context(), path, "Benchmark", Options{Sources: source.Registry{focusfile.Source{}}})
	require.NoError(b, err)
	plan, err := w.Imports.Plan(b.Context(), []string{bill})
	require.NoError(b, err)
	_, err = w.Imports.Run(b.Context(), plan, ImportOptions{})
	require.NoError(b, err)
	require.NoError(b, w.Close())
	return path
}

func BenchmarkExport(b *testing.B) {
	w, err := Open(b.Context(), demoWorkspace(b), Options{})
	require.NoError(b, err)
	for _, o := range []ExportOptions{{Format: focusfile.FormatCSV}, {Format: focusfile.FormatParquet}, {Format: focusfile.FormatParquet, Version: "1.2"}} {
		b.Run(o.Format+o.Version, func(b *testing.B) {
			o.Out = io.Discard
			for b.Loop() {
				_, err := w.Exports.Charges(b.Context(), o)
				require.NoError(b, err)
			}
		})
	}
	require.NoError(b, w.Close())
}

// BenchmarkOpen opens a workspace up to the first answer, of the rollup and of the lines.
func BenchmarkOpen(b *testing.B) {
	path := demoWorkspace(b)
	for name, group := range map[string]string{"rollup": "ProviderName", "resource": "ResourceId", "tag": "Tags/CostCenter"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w, err := Open(b.Context(), path, Options{})
				require.NoError(b, err)
				_, err = w.Ledger.State(b.Context())
				require.NoError(b, err)
				_, err = w.Ledger.Ask(b.Context(), finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{group}})
				require.NoError(b, err)
				require.NoError(b, w.Close())
			}
		})
	}
}

// BenchmarkSavings examines the lines with all rules: the first time after opening, which reads the
// columns, and again.
func BenchmarkSavings(b *testing.B) {
	path := demoWorkspace(b)
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			w, err := Open(b.Context(), path, Options{})
			require.NoError(b, err)
			_, err = w.Savings.Find(b.Context(), SavingsQuestion{})
			require.NoError(b, err)
			require.NoError(b, w.Close())
		}
	})
	w, err := Open(b.Context(), path, Options{})
	require.NoError(b, err)
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			_, err := w.Savings.Find(b.Context(), SavingsQuestion{})
			require.NoError(b, err)
		}
	})
	require.NoError(b, w.Close())
}
