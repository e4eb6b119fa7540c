package ingest

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
	"cloud-intelligence/backend/store"
)

const head = "ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ServiceName,ResourceId,BilledCost,EffectiveCost,x_A\n"

func options() Options {
	return Options{User: "Tester", Now: func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }}
}

func newStore(t testing.TB, dir string) *store.DB {
	t.Helper()
	db, err := store.Create(context.Background(), filepath.Join(dir, "client.cloudintel"), "Client")
	require.NoError(t, err)
	return db
}

func recognize(t testing.TB, path string) (Item, bool) {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	rec, ok, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, source.File{Path: path, Size: info.Size()})
	return Item{Recognition: rec, Source: focusfile.Source{}}, ok && err == nil
}

// count reads a file without importing it; ok is false when it cannot be read to its end.
func count(t testing.TB, item Item) (rows, rejects int64, ok bool) {
	t.Helper()
	reader, err := opener.Open(t.Context(), item.Source, item.Recognition)
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	for {
		b, err := reader.Next(t.Context())
		if errors.Is(err, io.EOF) {
			return rows, rejects, true
		}
		if err != nil {
			return rows, rejects, false
		}
		rows, rejects = rows+int64(b.Rows), rejects+int64(len(b.Rejects))
		b.Release()
	}
}

// requireSound adds the stored charges of an import and compares them with its control
// totals.
func requireSound(t testing.TB, db *store.DB, res *Result) {
	t.Helper()
	require.NoError(t, db.CheckIntegrity(t.Context()))
	imports, err := db.Imports(t.Context())
	require.NoError(t, err)
	require.Equal(t, res.ImportID, imports[0].ID)
	stored, err := db.ChargeSums(t.Context(), imports[0].FirstLine, imports[0].LastLine)
	require.NoError(t, err)
	currency, slice, err := db.BillCurrencies(t.Context())
	require.NoError(t, err)
	type key struct {
		slice    int64
		currency string
	}
	sums := map[key]*store.Sums{}
	var lines int64
	for bill, s := range stored {
		k := key{slice[bill], currency[bill]}
		lines += s.Lines
		if sums[k] == nil {
			sums[k] = &store.Sums{}
		}
		sums[k].Lines += s.Lines
		for m := range s.Sum {
			sums[k].Known[m] += s.Known[m]
			sums[k].Sum[m].AddSum(s.Sum[m])
		}
	}
	require.Equal(t, res.Lines, lines)
	totals, err := db.ControlTotals(t.Context())
	require.NoError(t, err)
	seen := map[key]bool{}
	for _, c := range totals {
		s := sums[key{c.SliceID, c.Currency}]
		if s == nil {
			continue // of an import that was undone
		}
		seen[key{c.SliceID, c.Currency}] = true
		m := store.MeasureIndex(string(c.Metric))
		require.Equal(t, s.Lines, c.Lines)
		require.Equal(t, s.Known[m], c.Known)
		require.Zero(t, s.Sum[m].Cmp(c.Amount), "%s: %s is not %s", c.Metric, s.Sum[m], c.Amount)
	}
	require.Len(t, seen, len(sums))
}

// readable says whether package finops can read the totals of an import back.
func readable(res *Result) bool {
	for _, f := range res.Files {
		for _, total := range f.Totals {
			if _, err := finops.ParseAmount([]byte(total.Amount.String())); err != nil {
				return false
			}
		}
	}
	return true
}

// FuzzImport imports any bytes: it never panics, every record is a line or a reject, the
// lines add up to the control totals, and undoing leaves nothing.
func FuzzImport(f *testing.F) {
	line := "AWS,1,USD,2026-05-01,2026-05-03T00:00:00Z,Usage,S3,r,1.5,2,a\n"
	for _, body := range []string{
		line, line + line, "AWS,1,USD,,,Usage,S3,r,1,1,\n" + line, "AWS,1,USD,2026-05-01,never,,,,x,,\n", "a,b\n", "\"open", line + "\x00\x00,,,,,,,,NULL,\\N,\n",
		"AWS,1,EUR,2026-05-01,NULL,usage,\"S\n3\",,($1,000.5),1e-9,\r\n", "\xff\xfe,,,2026-05-01,,,,,1e60,-1e-30,\n", "AWS,1,,2199-12-01,1990-01-01,,,,-0,+0,\n",
	} {
		f.Add([]byte(head + body))
	}
	f.Add([]byte("\ufeffBilledCost;EffectiveCost;BillingPeriodStart;ChargePeriodStart;ServiceName;ChargeCategory;billed_cost;Billed Cost\n1;2;2026-05-01;;;;;\n"))
	f.Add([]byte(strings.Replace(head, "x_A", "x\x00A", 1) + line))
	var db *store.DB
	base, runs := f.TempDir(), 0
	f.Cleanup(func() {
		if db != nil {
			assert.NoError(f, db.Close())
		}
	})
	f.Fuzz(func(t *testing.T, text []byte) {
		if runs++; db == nil || runs%20 == 0 { // texts and columns of undone imports remain
			if db != nil {
				require.NoError(t, db.Close())
			}
			dir, err := os.MkdirTemp(base, "")
			require.NoError(t, err)
			db = newStore(t, dir)
		}
		path := filepath.Join(t.TempDir(), "fuzz.csv")
		require.NoError(t, os.WriteFile(path, text, 0o600))
		item, ok := recognize(t, path)
		if !ok {
			return
		}
		rows, rejects, whole := count(t, item)
		res, err := Run(t.Context(), db, []Item{item}, options())
		if err != nil {
			require.NotEqual(t, finops.CodeInternal, finops.CodeOf(err), "%v", err)
			require.False(t, whole && finops.CodeOf(err) == finops.CodeCorrupt, "%v", err)
			return
		}
		require.Empty(t, res.Conflicts)
		require.True(t, whole)
		require.Equal(t, rows+rejects, res.Lines+res.Rejects)
		require.GreaterOrEqual(t, res.Rejects, rejects)
		if readable(res) {
			requireSound(t, db, res)
		}
		listed, total, err := db.Rejects(t.Context(), res.ImportID, 0, 1<<30)
		require.NoError(t, err)
		require.EqualValues(t, res.Rejects, total)
		require.Len(t, listed, total)
		require.NoError(t, db.UndoImport(t.Context(), res.ImportID, "Tester", time.Unix(0, 0), Decide))
		slices, err := db.Slices(t.Context())
		require.NoError(t, err)
		for _, s := range slices {
			require.NotEqual(t, "active", s.State)
		}
	})
}
