package ingest

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

const costHead = "ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ServiceName,ResourceId,BilledCost,EffectiveCost,ListCost,ContractedCost,PricingQuantity\n"

func writeLines(t testing.TB, head string, lines int, line func(i int) string) Item {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lines.csv")
	f, err := os.Create(path)
	require.NoError(t, err)
	b := bufio.NewWriter(f)
	_, err = b.WriteString(head)
	require.NoError(t, err)
	for i := range lines {
		_, err := b.WriteString(line(i))
		require.NoError(t, err)
	}
	require.NoError(t, b.Flush())
	require.NoError(t, f.Close())
	item, ok := recognize(t, path)
	require.True(t, ok)
	return item
}

// TestRun_LongAmounts imports more lines than a block has whose amounts are kept as text:
// long ones, the same one in several columns, words for no value, and lines that are
// rejected because of their second or last cost, after the first was read.
func TestRun_LongAmounts(t *testing.T) {
	const lines = 70_000
	kinds := []string{
		"0.%018d000000,0.%018[1]d000000,0.%018[1]d000000,0.00000000000000000000%[1]d,%[1]d.000000000000000000001",
		"0.%018d000000,none,1,1,1",
		"%d.5,%[1]d.5,NULL,0.123456789012345678901234567890,12345678901234567890123",
		"-12345678901234567890.%06d,1,1,x,1",
		"1e-30,,+%d,NULL,words",
		"NULL,0.%030d,0.%030[1]d,-0.%030[1]d,NULL",
	}
	item := writeLines(t, costHead, lines, func(i int) string {
		return fmt.Sprintf("AWS,1,USD,2026-05-01,2026-05-%02dT00:00:00Z,Usage,S,r%d,%s\n", i%31+1, i%9, fmt.Sprintf(kinds[i%len(kinds)], i+1))
	})
	db := newStore(t, t.TempDir())
	defer func() { require.NoError(t, db.Close()) }()
	res, err := Run(t.Context(), db, []Item{item}, options())
	require.NoError(t, err)
	rejected := int64((lines-1+5)/6 + (lines-3+5)/6)
	require.Equal(t, rejected, res.Rejects)
	require.Equal(t, int64(lines)-rejected, res.Lines)
	requireSound(t, db, res)

	want := map[finops.Metric]finops.Sum{}
	add := func(metric finops.Metric, text string) {
		a, err := finops.ParseAmount([]byte(text))
		require.NoError(t, err)
		s := want[metric]
		s.Add(a)
		want[metric] = s
	}
	for i := range lines {
		n := i + 1
		switch i % len(kinds) {
		case 0:
			for _, metric := range []finops.Metric{"BilledCost", "EffectiveCost", "ListCost"} {
				add(metric, fmt.Sprintf("0.%018d", n))
			}
			add("ContractedCost", fmt.Sprintf("0.00000000000000000000%d", n))
			add("PricingQuantity", fmt.Sprintf("%d.000000000000000000001", n))
		case 2:
			add("BilledCost", fmt.Sprintf("%d.5", n))
			add("EffectiveCost", fmt.Sprintf("%d.5", n))
			add("ContractedCost", "0.12345678901234567890123456789")
			add("PricingQuantity", "12345678901234567890123")
		case 4:
			add("BilledCost", "0.000000000000000000000000000001")
			add("ListCost", fmt.Sprint(n))
		case 5:
			add("EffectiveCost", fmt.Sprintf("0.%030d", n))
			add("ListCost", fmt.Sprintf("0.%030d", n))
			add("ContractedCost", fmt.Sprintf("-0.%030d", n))
		}
	}
	quantity := want["PricingQuantity"]
	delete(want, "PricingQuantity") // files have no totals of quantities
	packed := packedSums(t, db)
	require.Len(t, res.Files[0].Totals, len(want))
	for _, total := range res.Files[0].Totals {
		assert.Equal(t, want[total.Metric].String(), total.Amount.String(), total.Metric)
		assert.Equal(t, total.Amount.String(), packed[total.Metric].String(), "the packed column of %s", total.Metric)
	}
	assert.Equal(t, quantity.String(), packed["PricingQuantity"].String())
	unpacked, err := db.Unpacked(t.Context())
	require.NoError(t, err)
	assert.Empty(t, unpacked)
}

// packedSums adds the packed columns.
func packedSums(t *testing.T, db *store.DB) map[finops.Metric]finops.Sum {
	t.Helper()
	heads, err := db.Segments(t.Context())
	require.NoError(t, err)
	sums := map[finops.Metric]finops.Sum{}
	for _, head := range heads {
		packed := db.Packed(head)
		for m, metric := range store.Measures {
			column, err := packed.Amounts(t.Context(), m)
			require.NoError(t, err)
			s := sums[finops.Metric(metric)]
			for row := range head.Lines {
				if a, known := column.At(row); known {
					s.Add(a)
				}
			}
			sums[finops.Metric(metric)] = s
		}
	}
	return sums
}

// TestAmountsOf asks for rows in order, again from the start, and at random.
func TestAmountsOf(t *testing.T) {
	cells := []int64{store.TextAmount, store.NoAmount, finops.PackPlain(15, 1), store.TextAmount, store.TextAmount, store.NoAmount, store.TextAmount}
	a, b := finops.NewAmount(1, 30), finops.NewAmount(2, 30)
	at := amountsOf(cells, []longAmount{{row: 3, amount: a}, {row: 4, word: true}, {row: 6, amount: b}}) // row 0 is a word for no value, row 4 another word
	want := map[int]string{2: "1.5", 3: a.String(), 6: b.String()}
	for _, row := range []int{0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 6, 3, 3, 4, 0, 6, 2, 4, 3} {
		got, known := at(row)
		text, wanted := want[row]
		assert.Equal(t, wanted, known, row)
		if known {
			assert.Equal(t, text, got.String(), row)
		}
	}
}

func TestCopies(t *testing.T) {
	var c copies
	var kept, want []string
	buf := make([]byte, 0, pieceBytes)
	for i := range 3000 {
		buf = fmt.Appendf(buf[:0], "%0*d", i%200+1, i)
		if i%1000 == 7 {
			buf = buf[:pieceBytes/4] // larger than a piece is for
		}
		want = append(want, string(buf))
		kept = append(kept, c.of(buf))
	}
	assert.Equal(t, want, kept)
	assert.Empty(t, c.of(nil))
}

// BenchmarkRun imports lines with short amounts and with amounts as Azure prints them,
// which do not fit the ledger's packed form.
func BenchmarkRun(b *testing.B) {
	const lines = 100_000
	for name, format := range map[string]string{
		"short": "0.%06d,0.%06[1]d,1.%06[1]d,1.%06[1]d,%[1]d",
		"long":  "0.000%020d,0.000%020[1]d,1.7%025[1]d,1.7%030[1]d,23.8395236496368%010[1]d",
	} {
		b.Run(name, func(b *testing.B) {
			item := writeLines(b, costHead, lines, func(i int) string {
				return fmt.Sprintf("AWS,1,USD,2026-05-01,2026-05-%02dT00:00:00Z,Usage,S%d,r%d,%s\n", i%31+1, i%40, i%900, fmt.Sprintf(format, i))
			})
			b.ReportAllocs()
			for b.Loop() {
				db := newStore(b, b.TempDir())
				res, err := Run(b.Context(), db, []Item{item}, options())
				require.NoError(b, err)
				require.EqualValues(b, lines, res.Lines)
				require.NoError(b, db.Close())
			}
			b.ReportMetric(lines*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
		})
	}
}
