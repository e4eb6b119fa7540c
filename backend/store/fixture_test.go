package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/store"
)

// create makes an empty workspace and leaves closing it to the test.
func create(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client")
	require.NoError(t, err)
	return db
}

func closed(t testing.TB, db *store.DB) {
	t.Helper()
	require.NoError(t, db.Close())
}

// writeBill writes a FOCUS file of one bill.
func writeBill(t testing.TB, provider string, lines int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ServiceName,ResourceId,Tags,BilledCost,EffectiveCost,x_Own,x_" + provider + "\n")
	for i := range lines {
		fmt.Fprintf(&b, "%s,%d,USD,2026-05-01,2026-05-%02dT00:00:00Z,usage,Service %d,resource-%d,NULL,%d.10,1e-9,%d-%d,v%d\n", provider, i%3, i%31+1, i%11, i, i, i, i*7, i%5)
	}
	b.WriteString(provider + ",1,USD,2026-05-01,never,Usage,S,r,,1,1,,\n")
	path := filepath.Join(t.TempDir(), provider+".csv")
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o600))
	return path
}

// load imports a file.
func load(ctx context.Context, db *store.DB, path string) (*ingest.Result, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	rec, _, err := focusfile.Source{}.Recognize(ctx, source.File{Path: path, Size: info.Size()})
	if err != nil {
		return nil, err
	}
	now := func() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }
	return ingest.Run(ctx, db, []ingest.Item{{Recognition: rec, Source: focusfile.Source{}}}, ingest.Options{User: "Tester", Now: now})
}

// fill imports two bills and takes one of them back, so that every table has rows.
func fill(t testing.TB, db *store.DB) {
	t.Helper()
	_, err := load(t.Context(), db, writeBill(t, "AWS", 1000))
	require.NoError(t, err)
	res, err := load(t.Context(), db, writeBill(t, "Azure", 500))
	require.NoError(t, err)
	require.NoError(t, db.UndoImport(t.Context(), res.ImportID, time.Unix(0, 0)))
}
