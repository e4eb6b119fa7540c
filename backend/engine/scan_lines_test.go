package engine_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// TestScan_EqualsTheLines reads lines in all ways: from columns in memory, from those unpacked segment by segment, and as they are stored.
func TestScan_EqualsTheLines(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 20_500, Months: 2})
	require.NoError(t, err)
	_, e := importFiles(t, dir, odd(t))
	columns := []string{"ServiceName", finops.DimProvider, "ResourceId", "x_Unique", "x_Few", "ConsumedUnit"}
	measures := []finops.Metric{finops.BilledCost, finops.ListCost, "ConsumedQuantity", "CommitmentDiscountQuantity"}
	from, to := finops.NewDay(2026, 3, 5), finops.NewDay(2026, 11, 2)
	usage, zero := "Usage", "0"
	for name, q := range map[string]engine.ScanQuestion{
		"AllLines": {},
		"Filtered": {
			From: &from, To: &to, Currency: "USD", Where: finops.All(
				finops.If(finops.Condition{Column: "ChargeCategory", Values: []*string{&usage}}), finops.If(finops.Condition{Column: "ConsumedQuantity", Op: finops.OpGreater, Values: []*string{&zero}})),
		},
		"NoLine": {Currency: "XXX"},
	} {
		t.Run(name, func(t *testing.T) {
			names := append([]string{"ChargePeriodStart", "ChargePeriodEnd"}, columns...)
			for _, m := range measures {
				names = append(names, string(m))
			}
			page, err := e.Lines(t.Context(), engine.LinesQuestion{Where: q.Where, From: q.From, To: q.To, Currency: q.Currency, Columns: names})
			require.NoError(t, err)
			q.Columns, q.Measures = columns, measures
			r, err := e.Scan(t.Context(), q)
			require.NoError(t, err)
			requireLines(t, r, page)
			e.Reload()
			t.Cleanup(engine.HoldLines(0))
			r, err = e.Scan(t.Context(), q)
			require.NoError(t, err)
			requireLines(t, r, page)
			requireLines(t, r, page) // once more
		})
	}
}

// requireLines compares the lines of a scan with those of a page.
func requireLines(t *testing.T, r *engine.Scan, page *engine.LinesPage) {
	t.Helper()
	at, last := 0, int64(0)
	require.NoError(t, r.Each(t.Context(), func(b *engine.Batch) error {
		for i, line := range b.Lines {
			require.Greater(t, line, last)
			last = line
			requireLine(t, r, b, i, page.Rows[at])
			at++
		}
		return nil
	}))
	assert.Equal(t, page.Total, at)
}

// TestScan_Periods reads the lines of wanted periods only, also where columns are unpacked segment by segment.
func TestScan_Periods(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 20_500, Months: 2})
	require.NoError(t, err)
	_, e := importFiles(t, dir)
	from := finops.NewDay(2026, 11, 2)
	read := func() (lines []int64) {
		r, err := e.Scan(t.Context(), engine.ScanQuestion{Columns: []string{"ServiceName", "ResourceId"}})
		require.NoError(t, err)
		p := engine.Pass{First: 1, Wants: func(day finops.Day, _, _ int64) bool { return day >= from }}
		require.NoError(t, r.EachIn(t.Context(), p, func(b *engine.Batch) error {
			require.Len(t, b.Columns, 1)
			for i := range b.Lines {
				require.GreaterOrEqual(t, b.Days[i], from)
			}
			lines = append(lines, b.Lines...)
			return nil
		}))
		return lines
	}
	held := read()
	require.NotEmpty(t, held)
	e.Reload()
	t.Cleanup(engine.HoldLines(0))
	assert.Equal(t, held, read())
}

// requireLine compares line i of a batch with its charge period, columns and measures as text.
func requireLine(t *testing.T, r *engine.Scan, b *engine.Batch, i int, want []*string) {
	t.Helper()
	start, ok := finops.ParseTime([]byte(*want[0]))
	require.True(t, ok)
	require.Equal(t, start, b.Starts[i])
	require.Equal(t, finops.DayOfUnix(start), b.Days[i])
	end := int64(engine.NoTime)
	if want[1] != nil {
		end, ok = finops.ParseTime([]byte(*want[1]))
		require.True(t, ok)
	}
	require.Equal(t, end, b.Ends[i])
	for c, numbers := range b.Columns {
		require.Equal(t, want[2+c], r.Values[c][numbers[i]])
	}
	for m, text := range want[2+len(b.Columns):] {
		a, known := b.Amount(m, i)
		require.Equal(t, text != nil, known)
		if known {
			parsed, err := finops.ParseAmount([]byte(*text))
			require.NoError(t, err)
			require.Zero(t, parsed.Cmp(a))
		}
	}
}

// TestScan_ExactPeriods keeps hours and odd ends of charge periods, and charges without any.
func TestScan_ExactPeriods(t *testing.T) {
	text := "BilledCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ProviderName\n"
	for _, p := range []string{"2026-05-03T07:00:00Z,2026-05-03T08:00:00Z", "2026-05-03T23:30:15+02:00,2026-05-04", "2026-05-31,", ",2026-06-01T00:00:00Z", "2026-05-04T00:00:00Z,soon"} {
		text += "1,USD,1,2026-05-01," + p + ",AWS\n"
	}
	_, e := importFiles(t, writeFile(t, "hours.csv", text))
	r, err := e.Scan(t.Context(), engine.ScanQuestion{})
	require.NoError(t, err)
	var got []string
	require.NoError(t, r.Each(t.Context(), func(b *engine.Batch) error {
		for i := range b.Lines {
			end := "none"
			if b.Ends[i] != engine.NoTime {
				end = fmt.Sprint(b.Ends[i] - b.Starts[i])
			}
			got = append(got, fmt.Sprint(b.Days[i], " ", b.Starts[i]-b.Days[i].Time().Unix(), " ", end))
		}
		return nil
	}))
	assert.Equal(t, []string{"2026-05-03 25200 3600", "2026-05-03 77415 8985", "2026-05-31 0 none", "2026-05-01 0 2678400", "2026-05-04 0 none"}, got)
}

func TestScan_Refuses(t *testing.T) {
	_, e := importFiles(t, odd(t))
	for _, q := range []engine.ScanQuestion{{Columns: []string{"x_Nothing"}}, {Measures: []finops.Metric{"Cost"}}, {Where: finops.Conditions(finops.Condition{Column: "Nothing"})}} {
		_, err := e.Scan(t.Context(), q)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	}
	r, err := e.Scan(t.Context(), engine.ScanQuestion{})
	require.NoError(t, err)
	enough := errors.New("enough")
	require.ErrorIs(t, r.Each(t.Context(), func(*engine.Batch) error { return enough }), enough)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(enough)
	require.ErrorIs(t, r.Each(ctx, func(*engine.Batch) error { return nil }), enough)
}

// BenchmarkQuantities asks for quantities after opening, reads all lines with everything in memory,
// and packs the quantities of a segment anew.
func BenchmarkQuantities(b *testing.B) {
	dir := b.TempDir()
	_, err := demo.Write(b.Context(), dir, demo.Options{Lines: 1_000_000, Months: 13})
	require.NoError(b, err)
	db, e := importFiles(b, dir)
	for name, q := range map[string]finops.Question{
		"by unit":  {Metrics: []finops.Metric{"ConsumedQuantity"}, GroupBy: []string{"ConsumedUnit"}},
		"by value": {Metrics: finops.Metrics[:1], GroupBy: []string{"ConsumedQuantity"}, Limit: 10},
	} {
		b.Run(name+" after opening", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				e.Reload()
				_, err := e.State(b.Context())
				require.NoError(b, err)
				b.StartTimer()
				_, err = e.Ask(b.Context(), q)
				require.NoError(b, err)
			}
		})
	}
	b.Run("read lines", func(b *testing.B) {
		for b.Loop() {
			r, err := e.Scan(b.Context(), engine.ScanQuestion{Columns: []string{"ServiceName", "ResourceId"}, Measures: []finops.Metric{finops.EffectiveCost, "ConsumedQuantity"}})
			require.NoError(b, err)
			var sum finops.Sum
			require.NoError(b, r.Each(b.Context(), func(batch *engine.Batch) error {
				for i := range batch.Lines {
					a, _ := batch.Amount(1, i)
					sum.Add(a)
				}
				return nil
			}))
			require.False(b, sum.IsZero())
		}
	})
	b.Run("pack a segment", func(b *testing.B) {
		heads, err := db.Segments(b.Context())
		require.NoError(b, err)
		for b.Loop() {
			require.NoError(b, db.PackQuantities(b.Context(), heads[0]))
		}
	})
}

// TestScan_Parts divides lines by a column: each line is in one part, all lines of a value in the same, and those of a part in their order.
func TestScan_Parts(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 20_500, Months: 2})
	require.NoError(t, err)
	_, e := importFiles(t, dir)
	r, err := e.Scan(t.Context(), engine.ScanQuestion{Columns: []string{"ServiceName", "ResourceId"}})
	require.NoError(t, err)
	var want []int64
	require.NoError(t, r.Each(t.Context(), func(b *engine.Batch) error {
		want = append(want, b.Lines...)
		return nil
	}))
	const parts = 3
	var lines [parts][]int64
	var values [parts]map[uint32]bool
	for part := range values {
		values[part] = map[uint32]bool{}
	}
	require.NoError(t, r.EachPart(t.Context(), engine.Pass{Parts: parts, By: 1}, func(part int, b *engine.Batch) error {
		lines[part] = append(lines[part], b.Lines...)
		for _, n := range b.Columns[1] {
			values[part][n] = true
		}
		return nil
	}))
	var all []int64
	for part := range parts {
		assert.True(t, slices.IsSorted(lines[part]))
		assert.Greater(t, len(lines[part]), len(want)/parts/2, "the parts are of about the same size")
		all = append(all, lines[part]...)
		for n := range values[part] {
			if r.Values[1][n] != nil {
				assert.False(t, values[(part+1)%parts][n] || values[(part+2)%parts][n], "a resource in two parts")
			}
		}
	}
	slices.Sort(all)
	assert.Equal(t, want, all)
}
