package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
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

// bill is an import by hand: lines of one bill, each with a resource of its own.
type bill struct {
	provider string
	lines    int
	w        *store.Writing
	texts    []store.Text
	text     uint32
}

// add imports a bill in two blocks, as package ingest does.
func add(ctx context.Context, db *store.DB, provider string, lines int) (id int64, err error) {
	b := &bill{provider: provider, lines: lines}
	err = db.Exclusive(ctx, func(ctx context.Context) error {
		var err error
		if b.w, err = db.BeginImport(ctx, "Tester", time.Unix(1_800_000_000, 0)); err != nil {
			return err
		}
		id, b.text = b.w.ID, b.w.Marks.Text
		if err = b.write(ctx); err != nil {
			return errors.Join(err, b.w.Abort(context.WithoutCancel(ctx)))
		}
		return nil
	})
	return id, err
}

func (b *bill) write(ctx context.Context) error {
	if _, err := b.w.Columns(ctx, []string{"x_Both", "x_" + b.provider}); err != nil {
		return err
	}
	half := b.lines / 2
	for _, part := range [][2]int{{0, half}, {half, b.lines}} {
		if err := b.w.Write(ctx, b.block(part[0], part[1])); err != nil {
			return err
		}
	}
	m := b.w.Marks
	sum := finops.Sum{}
	sum.AddCoef(int64(b.lines)*15, 1)
	err := b.w.WriteRollup(ctx, func(yield func(store.RollupRow) error) error {
		for day := range finops.Day(31) {
			row := store.RollupRow{Bill: m.Bill + 1, SKUFacet: m.SKUFacet + 1, ResourceFacet: m.ResourceFacet + 1, Day: 20_000 + day, Lines: 1}
			row.Amounts[0] = &sum
			if err := yield(row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	slice := int64(m.Slice) + 1
	return b.w.Finish(ctx, store.Finish{
		FinishedAt: time.Unix(1_800_000_060, 0), Duration: time.Minute, Lines: int64(b.lines), Rejects: 1,
		Files:      []store.ImportFile{{Path: b.provider + ".csv", Format: "focus-csv", Version: "1.2", SHA256: "00", Columns: []string{"a", "b"}, Totals: "{}"}},
		RejectRows: map[int][]store.RejectRow{0: {{Line: 3, Reason: "has no date", Text: "a,b"}}},
		Slices:     []store.Slice{{ID: slice, Lines: int64(b.lines), FirstDay: "2026-05-01", LastDay: "2026-05-31", Sketch: []byte{1, 2, 3}}},
		Totals:     []store.ControlTotal{{SliceID: slice, Currency: "USD", Metric: finops.BilledCost, Lines: int64(b.lines), Known: int64(b.lines), Amount: sum}},
		OwnColumns: []string{"x_Both"},
	})
}

func (b *bill) addText(value string) uint32 {
	b.text++
	b.texts = append(b.texts, store.Text{ID: b.text, Value: &value})
	return b.text
}

func (b *bill) block(from, to int) *store.Block {
	m, n := b.w.Marks, to-from
	blk := &store.Block{FirstLine: m.Line + 1 + int64(from), Rows: n, Amounts: make([][]int64, len(store.Measures)), AmountTexts: make([]map[int]string, len(store.Measures))}
	b.texts = nil
	if from == 0 {
		word := "NULL"
		b.text++
		b.texts = append(b.texts, store.Text{ID: b.text, Raw: &word})
		blk.Slices = []store.SliceRow{{ID: m.Slice + 1, Provider: b.provider, BillingAccount: "1", Month: finops.NewMonth(2026, time.May)}}
		blk.Periods = []store.PeriodRow{{ID: m.Period + 1, Start: b.addText("2026-05-01"), StartUnix: 1_777_593_600, Day: 20_000}}
		blk.Tuples[store.Bill] = []store.Tuple{{ID: m.Bill + 1, Owner: m.Slice + 1, Texts: []uint32{b.addText(b.provider)}}}
		blk.SKUFacets = []store.Tuple{{ID: m.SKUFacet + 1, Texts: []uint32{b.addText("Storage")}}}
		blk.ResourceFacets = []store.Tuple{{ID: m.ResourceFacet + 1, Owner: 1}}
		blk.Tuples[store.SKU] = []store.Tuple{{ID: m.SKU + 1, Owner: m.SKUFacet + 1, Texts: []uint32{b.text}}}
		blk.Tuples[store.Extra] = []store.Tuple{{ID: m.Extra + 1, Texts: []uint32{0, 0, b.addText("both")}}}
	}
	for measure := range blk.Amounts {
		for range n {
			blk.Amounts[measure] = append(blk.Amounts[measure], finops.PackPlain(15, 1))
		}
	}
	blk.Amounts[1][0], blk.AmountTexts[1] = store.TextAmount, map[int]string{0: "1e-9"}
	for row := range n {
		resource := m.Resource + 1 + uint32(from+row)
		blk.Tuples[store.Resource] = append(blk.Tuples[store.Resource], store.Tuple{ID: resource, Owner: m.ResourceFacet + 1, Texts: []uint32{b.addText(fmt.Sprint(b.provider, from+row))}})
		for g, id := range []uint32{m.Period + 1, m.Bill + 1, m.SKU + 1, resource, (m.Extra + 1) * uint32(row%2)} {
			blk.Keys[g] = append(blk.Keys[g], id)
		}
		blk.Own = append(blk.Own, []string{"", `{"x_Both":"own"}`}[row%2])
	}
	for g := range blk.Keys {
		blk.Segments = append(blk.Segments, store.SegmentRow{FirstLine: blk.FirstLine, Column: store.Group(g).String(), Lines: n, Data: segment.EncodeIDs(blk.Keys[g])})
	}
	costs := segment.NewAmounts(n, func(int) (finops.Amount, bool) { return finops.NewAmount(15, 1), true })
	for _, m := range store.Measures[:store.CostCount] { // as versions before quantities were packed
		blk.Segments = append(blk.Segments, store.SegmentRow{FirstLine: blk.FirstLine, Column: m, Lines: n, Data: segment.EncodeAmounts(costs, nil)})
	}
	blk.Texts = b.texts
	return blk
}

// fill imports two bills and takes one of them back, so that every table has rows.
func fill(t testing.TB, db *store.DB) {
	t.Helper()
	_, err := add(t.Context(), db, "AWS", 1000)
	require.NoError(t, err)
	id, err := add(t.Context(), db, "Azure", 500)
	require.NoError(t, err)
	require.NoError(t, db.UndoImport(t.Context(), id, "Tester", time.Unix(0, 0), nil))
}
