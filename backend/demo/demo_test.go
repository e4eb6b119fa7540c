package demo_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cloud-intelligence/backend/demo"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// line is one parsed charge line by column name.
type line map[string]string

func (l line) amount(tb testing.TB, column string) decimal.Decimal {
	tb.Helper()
	d, err := decimal.NewFromString(l[column])
	require.NoError(tb, err, "%s of %v", column, l)
	return d
}

func parse(tb testing.TB, r io.Reader) (header []string, lines []line) {
	tb.Helper()
	rows, err := csv.NewReader(r).ReadAll()
	require.NoError(tb, err)
	header = rows[0]
	for _, row := range rows[1:] {
		l := make(line, len(header))
		for i, name := range header {
			l[name] = row[i]
		}
		lines = append(lines, l)
	}
	return header, lines
}

func generate(tb testing.TB, opts demo.Options) []byte {
	tb.Helper()
	var b bytes.Buffer
	n, err := demo.WriteCSV(context.Background(), &b, opts)
	require.NoError(tb, err)
	assert.EqualValues(tb, bytes.Count(b.Bytes(), []byte("\n"))-1, n, "the returned line count is the file's")
	return b.Bytes()
}

const focus12 = "ProviderName PublisherName InvoiceIssuerName InvoiceId BillingAccountId BillingAccountName BillingAccountType " +
	"SubAccountId SubAccountName SubAccountType BillingPeriodStart BillingPeriodEnd ChargePeriodStart ChargePeriodEnd " +
	"ChargeCategory ChargeClass ChargeDescription ChargeFrequency BilledCost EffectiveCost ListCost ContractedCost " +
	"ListUnitPrice ContractedUnitPrice PricingCategory PricingQuantity PricingUnit PricingCurrency " +
	"PricingCurrencyContractedUnitPrice PricingCurrencyEffectiveCost PricingCurrencyListUnitPrice BillingCurrency " +
	"ConsumedQuantity ConsumedUnit ServiceName ServiceCategory ServiceSubcategory SkuId SkuMeter SkuPriceId SkuPriceDetails " +
	"ResourceId ResourceName ResourceType RegionId RegionName AvailabilityZone CommitmentDiscountId CommitmentDiscountName " +
	"CommitmentDiscountCategory CommitmentDiscountType CommitmentDiscountStatus CommitmentDiscountQuantity " +
	"CommitmentDiscountUnit CapacityReservationId CapacityReservationStatus Tags"

func TestWriteCSV_SameOptionsSameBytes(t *testing.T) {
	first := sha256.Sum256(generate(t, demo.Options{Lines: 25_000, Seed: 7}))
	again := sha256.Sum256(generate(t, demo.Options{Lines: 25_000, Seed: 7}))
	other := sha256.Sum256(generate(t, demo.Options{Lines: 25_000, Seed: 8}))
	assert.Equal(t, first, again)
	assert.NotEqual(t, first, other)
}

func TestWriteCSV_ZeroOptionsAreTheDefaults(t *testing.T) {
	implicit := generate(t, demo.Options{})
	explicit := generate(t, demo.Options{Lines: 80_000, Seed: 1, Months: 13, LastDay: "2026-11-20"})
	assert.Equal(t, sha256.Sum256(explicit), sha256.Sum256(implicit))
}

func TestWriteCSV_LineCountIsNearTheWish(t *testing.T) {
	for _, opts := range []demo.Options{
		{Lines: 22_000}, {Lines: 22_000, Seed: 2}, {Lines: 33_333, Seed: 3}, {Lines: 60_000}, {Lines: 150_000, Seed: 4},
		{Lines: 30_000, Months: 6}, {Lines: 30_000, Months: 3, LastDay: "2027-02-28"},
	} {
		n, err := demo.WriteCSV(context.Background(), io.Discard, opts)
		require.NoError(t, err)
		assert.InEpsilon(t, opts.Lines, n, 0.05, "%+v", opts)
	}
}

func TestWriteCSV_HeaderIsFOCUS12ThenTheProvidersColumns(t *testing.T) {
	header, _ := parse(t, bytes.NewReader(generate(t, demo.Options{Lines: 1, Months: 1})))
	want := strings.Fields(focus12)
	require.Len(t, want, 57)
	assert.Equal(t, want, header[:57])
	assert.Equal(t, strings.Fields("x_UsageType x_Operation x_ResourceGroupName x_SkuMeterCategory x_SkuMeterSubcategory x_SkuMeterName x_CostType "+
		"x_SystemLabels x_CommitmentDiscountEnd"), header[57:])
}

func TestWrite_SameLinesAsWriteCSV(t *testing.T) {
	opts := demo.Options{Lines: 20_000, Months: 4}
	dir := t.TempDir()
	paths, err := demo.Write(context.Background(), dir, opts)
	require.NoError(t, err)
	assert.Len(t, paths, 3*4)
	assert.Equal(t, filepath.Join(dir, "aws", "2026-08", "focus-2026-08.csv"), paths[0])
	count := make(map[string]int)
	for _, path := range paths {
		f, err := os.Open(path)
		require.NoError(t, err)
		header, lines := parse(t, f)
		require.NoError(t, f.Close())
		assert.Equal(t, strings.Fields(focus12), header[:57])
		assert.Greater(t, len(header), 58)
		assert.Equal(t, "x_CommitmentDiscountEnd", header[len(header)-1])
		day := ""
		for _, l := range lines {
			count[fingerprint(l)]++
			assert.Contains(t, path, l["BillingPeriodStart"][:7])
			if l["ChargeCategory"] == "Usage" && l["ChargeClass"] == "" && l["ResourceId"] != "" && !monthLong(l) {
				assert.LessOrEqual(t, day, l["ChargePeriodStart"], "lines are grouped by day")
				day = l["ChargePeriodStart"]
			}
		}
	}
	_, all := parse(t, bytes.NewReader(generate(t, opts)))
	for _, l := range all {
		count[fingerprint(l)]--
	}
	for k, n := range count {
		require.Zero(t, n, k)
	}
}

func TestWrite_NoFileForAMonthThatAzureHasNotReached(t *testing.T) {
	paths, err := demo.Write(context.Background(), t.TempDir(), demo.Options{Lines: 1, Months: 2, LastDay: "2026-11-01"})
	require.NoError(t, err)
	assert.Len(t, paths, 2+1+2)
	lines, err := demo.WriteCSV(context.Background(), io.Discard, demo.Options{Lines: 1, Months: 2, LastDay: "2026-11-01"})
	require.NoError(t, err)
	total := int64(0)
	for _, path := range paths {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		total += int64(bytes.Count(content, []byte("\n"))) - 1
	}
	assert.Equal(t, lines, total)
}

func monthLong(l line) bool {
	return l["ChargePeriodEnd"] == l["BillingPeriodEnd"] && l["ChargePeriodStart"] == l["BillingPeriodStart"]
}

func fingerprint(l line) string {
	var b strings.Builder
	for _, name := range strings.Fields(focus12) {
		b.WriteString(l[name] + "\x00")
	}
	return b.String()
}

// cancelAfter cancels a context at the n-th write.
type cancelAfter struct {
	n      int
	cancel context.CancelFunc
}

func (c *cancelAfter) Write(b []byte) (int, error) {
	if c.n--; c.n == 0 {
		c.cancel()
	}
	return len(b), nil
}

func TestWriteCSV_StopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := demo.WriteCSV(ctx, &cancelAfter{n: 3, cancel: cancel}, demo.Options{Lines: 20_000})
	assert.ErrorIs(t, err, context.Canceled)
}

// expiring is a context that is cancelled after so many questions: the middle of a file, at every place in turn.
type expiring struct {
	context.Context
	left *int
}

func (e expiring) Err() error {
	if *e.left--; *e.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestWrite_CancelLeavesNoPartialFile(t *testing.T) {
	opts := demo.Options{Lines: 20_000, Months: 2}
	whole := t.TempDir()
	_, err := demo.Write(context.Background(), whole, opts)
	require.NoError(t, err)
	for _, questions := range []int{0, 1, 2, 10, 33, 60, 100} {
		dir := t.TempDir()
		left := questions
		_, err := demo.Write(expiring{context.Background(), &left}, dir, opts)
		require.ErrorIs(t, err, context.Canceled)
		require.NoError(t, filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			rel, err := filepath.Rel(dir, path)
			require.NoError(t, err)
			want, err := os.ReadFile(filepath.Join(whole, rel))
			require.NoError(t, err, "only files of a whole run may be there")
			got, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(want, got), "%s is whole", rel)
			return nil
		}))
	}
}

func TestWrite_RefusesBadOptions(t *testing.T) {
	for name, opts := range map[string]demo.Options{
		"negative lines": {Lines: -1}, "negative months": {Months: -1}, "too many months": {Months: 99}, "no date": {LastDay: "20.11.2026"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			_, err := demo.Write(context.Background(), dir, opts)
			require.Error(t, err)
			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			assert.Empty(t, entries)
		})
	}
}

func TestWriteCSV_TagsHaveGapsAndSpellings(t *testing.T) {
	_, lines := parse(t, bytes.NewReader(generate(t, demo.Options{})))
	untagged, usage := 0, 0
	keys, values := map[string]bool{}, map[string]bool{}
	for _, l := range lines {
		if l["ResourceId"] == "" || l["CommitmentDiscountId"] == l["ResourceId"] {
			continue
		}
		usage++
		if l["Tags"] == "" {
			untagged++
			continue
		}
		tags := map[string]string{}
		require.NoError(t, json.Unmarshal([]byte(l["Tags"]), &tags), l["Tags"])
		for k, v := range tags {
			keys[k], values[v] = true, true
		}
	}
	share := float64(untagged) / float64(usage)
	assert.Greater(t, share, 0.13)
	assert.Less(t, share, 0.22)
	for _, k := range []string{"Environment", "env", "Env", "CostCenter", "Owner", "Application", "Team", "cost-center"} {
		assert.True(t, keys[k], k)
	}
	assert.True(t, values["prodution"])
}

func BenchmarkWriteCSV(b *testing.B) {
	var size int64
	for b.Loop() {
		c := &counter{}
		if _, err := demo.WriteCSV(context.Background(), c, demo.Options{Lines: 200_000}); err != nil {
			b.Fatal(err)
		}
		size = c.n
	}
	b.SetBytes(size)
}

type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}
