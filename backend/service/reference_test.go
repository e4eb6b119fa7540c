package service

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
	"cloud-intelligence/backend/store"
)

// referenceSums are exact sums by metric; "rows" is beside them.
type referenceSums map[string]any

type referenceFile struct {
	Kind      string                   `json:"kind"`
	Rows      int64                    `json:"rows"`
	Totals    referenceSums            `json:"totals"`
	ByCurr    map[string]referenceSums `json:"by_currency"`
	ByBilling map[string]referenceSums `json:"by_billing_period"`
}

// referenceFiles returns the FOCUS files whose sums are known, by path.
func referenceFiles(t *testing.T) map[string]referenceFile {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "data")
	text, err := os.ReadFile(filepath.Join(root, "real", "REFERENCE.json"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("The billing files with known sums are not beside the checkout (../shared/data).")
	}
	require.NoError(t, err)
	var all struct{ Files map[string]referenceFile }
	require.NoError(t, json.Unmarshal(text, &all))
	files := map[string]referenceFile{}
	for path, f := range all.Files {
		if f.Kind == "focus" || f.Kind == "focuspq" {
			files[filepath.Join(root, filepath.FromSlash(path))] = f
		}
	}
	require.NotEmpty(t, files)
	return files
}

func TestReference_TotalsAndLines(t *testing.T) {
	long(t)
	files := referenceFiles(t)
	paths := make([]string, 0, len(files))
	for path := range files {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			want := files[path]
			w := newWorkspace(t)
			res := load(t, w, path)
			require.Zero(t, res.Rejects)
			require.Equal(t, want.Rows, res.Lines)
			requireReference(t, w, want)
			requireRoundTrip(t, w, path)

			before := answers(t, w)
			again := load(t, w, path)
			require.Len(t, again.Files, 1)
			assert.True(t, again.Files[0].Known)
			assert.Zero(t, again.ImportID)
			assert.Equal(t, want.Rows, again.Files[0].Lines)
			assert.Equal(t, jsonOf(t, res.Files[0].Totals), jsonOf(t, again.Files[0].Totals))
			require.Equal(t, before, answers(t, w))
		})
	}
}

// TestReference_Together imports the larger files into one workspace: sums must add up,
// and no file may be taken for another.
func TestReference_Together(t *testing.T) {
	long(t)
	t.Parallel()
	files := referenceFiles(t)
	w := newWorkspace(t)
	var rows int64
	want := map[string]*finops.Sum{}
	for path, f := range files {
		if f.Rows < 1000 { // the small examples of the specification contain one another
			continue
		}
		res, err := importWith(t.Context(), w, ImportOptions{Overlap: "add"}, path)
		require.NoError(t, err)
		require.Equal(t, f.Rows, res.Lines, path)
		rows += f.Rows
		for currency, sums := range f.ByCurr {
			if currency == "None" {
				currency = ""
			}
			if want[currency] == nil {
				want[currency] = &finops.Sum{}
			}
			want[currency].Add(amountOf(t, sums["EffectiveCost"]))
		}
	}
	requireSound(t, w)
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}})
	require.NoError(t, err)
	require.Len(t, a.Totals, len(want))
	for _, total := range a.Totals {
		require.NotNil(t, want[total.Currency], total.Currency)
		assert.Equal(t, want[total.Currency].String(), total.Amounts[0].String())
		rows -= total.Lines
	}
	assert.Zero(t, rows)
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}

func amountOf(t *testing.T, v any) finops.Amount {
	t.Helper()
	text, ok := v.(string)
	require.True(t, ok, "%v is no amount", v)
	a, err := finops.ParseAmount([]byte(text))
	require.NoError(t, err)
	return a
}

func requireReference(t *testing.T, w *Workspace, want referenceFile) {
	t.Helper()
	for _, dimension := range []string{"", "ResourceId"} { // from the rollup, and from the lines
		q := finops.Question{Metrics: finops.Metrics}
		if dimension != "" {
			q.GroupBy = []string{dimension}
		}
		a, err := w.Ledger.Ask(t.Context(), q)
		require.NoError(t, err)
		require.Len(t, a.Totals, len(want.ByCurr))
		for _, row := range a.Totals {
			currency := row.Currency
			if currency == "" {
				currency = "None"
			}
			requireSums(t, want.ByCurr[currency], row.Lines, row.Amounts)
		}
		if len(a.Totals) == 1 {
			sums := referenceSums{"rows": float64(want.Rows)}
			for metric, v := range want.Totals {
				sums[metric] = v
			}
			requireSums(t, sums, a.Totals[0].Lines, a.Totals[0].Amounts)
		}
	}
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: finops.Metrics, GroupBy: []string{"BillingPeriodStart"}})
	require.NoError(t, err)
	type month struct {
		lines int64
		sums  [4]*finops.Sum
	}
	months := map[string]*month{}
	for _, row := range a.Rows {
		require.NotNil(t, row.Keys[0])
		sec, ok := finops.ParseTime([]byte(*row.Keys[0]))
		require.True(t, ok)
		key := finops.DayOfUnix(sec).Month().String()
		if months[key] == nil {
			months[key] = &month{}
		}
		m := months[key]
		m.lines += row.Lines
		for i, s := range row.Amounts {
			if s == nil {
				continue
			}
			if m.sums[i] == nil {
				m.sums[i] = &finops.Sum{}
			}
			m.sums[i].AddSum(*s)
		}
	}
	require.Len(t, months, len(want.ByBilling))
	for key, sums := range want.ByBilling {
		require.NotNil(t, months[key], key)
		requireSums(t, sums, months[key].lines, months[key].sums[:])
	}
}

func requireSums(t *testing.T, want referenceSums, lines int64, got []*finops.Sum) {
	t.Helper()
	require.NotNil(t, want)
	require.InDelta(t, want["rows"], float64(lines), 0)
	for i, metric := range finops.Metrics {
		text, ok := want[string(metric)]
		if !ok {
			require.Nil(t, got[i], "%s has no value in the file", metric)
			continue
		}
		require.NotNil(t, got[i], metric)
		var s finops.Sum
		s.Add(amountOf(t, text))
		require.Equal(t, s.String(), got[i].String(), metric)
	}
}

// requireRoundTrip compares every field of a file with what the workspace gives back.
func requireRoundTrip(t *testing.T, w *Workspace, path string) {
	t.Helper()
	rec, src, ok, err := w.sources.Recognize(t.Context(), sourcetest.Look(t, fileOf(t, path)))
	require.NoError(t, err)
	require.True(t, ok)
	reader, err := opener.Open(t.Context(), src, rec)
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	names := make([]string, len(rec.Columns))
	for i, c := range rec.Columns {
		names[i] = c.Name
	}
	got, at := rawLines(t, w, names), 0
	for {
		b, err := reader.Next(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		for row := range b.Rows {
			require.Less(t, at, len(got))
			for c, name := range names {
				want := b.Field(row, c)
				if amount, err := finops.ParseAmount(want); err == nil && store.MeasureIndex(name) >= 0 && bytes.ContainsAny(want, "$, ") {
					want = []byte(amount.String()) // the ledger holds the number
				}
				if len(want) == 0 {
					if got[at][c] != nil {
						t.Fatalf("line %d: %s is %q, the file has no value", at, name, *got[at][c])
					}
				} else if got[at][c] == nil || *got[at][c] != string(want) {
					t.Fatalf("line %d: %s is not %q as in the file", at, name, want)
				}
			}
			at++
		}
		b.Release()
	}
	require.Len(t, got, at)
}

func fileOf(t *testing.T, path string) source.File {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	return source.File{Path: path, Size: info.Size()}
}
