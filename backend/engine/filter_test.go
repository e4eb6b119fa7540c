package engine_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

// holds answers a filter for one line by its words in docs/filters.md.
func (o *oracle) holds(row []*string, f finops.Filter) bool {
	part := func(p finops.Filter) bool { return o.holds(row, p) }
	switch f.Kind {
	case finops.FilterCondition:
		return conditionHolds(o.value(row, f.Condition.Column), *f.Condition)
	case finops.FilterNot:
		return !part(f.Parts[0])
	case finops.FilterAny:
		return slices.ContainsFunc(f.Parts, part)
	}
	return !slices.ContainsFunc(f.Parts, func(p finops.Filter) bool { return !part(p) })
}

func conditionHolds(v *string, c finops.Condition) bool {
	if c.Op == finops.OpNotIn {
		c.Op = finops.OpIn
		return !conditionHolds(v, c)
	}
	if v != nil && isMeasure(c.Column) && strings.Contains(*v, ".") { // its text is that of the number
		v = ptr(strings.TrimSuffix(strings.TrimRight(*v, "0"), "."))
	}
	return slices.ContainsFunc(c.Values, func(want *string) bool {
		if v == nil || want == nil {
			return v == want
		}
		fold, wantFold := strings.ToLower(*v), strings.ToLower(*want)
		switch c.Op {
		case finops.OpContains:
			return strings.Contains(fold, wantFold)
		case finops.OpStartsWith:
			return strings.HasPrefix(fold, wantFold)
		case finops.OpEndsWith:
			return strings.HasSuffix(fold, wantFold)
		case finops.OpMatches:
			return regexp.MustCompile(*want).MatchString(*v)
		case "", finops.OpIn:
			return *v == *want || (isDecimal(c.Column) && order(*v, *want) == 0)
		default:
			return order(*v, *want) < 2 && c.Op.Holds(order(*v, *want))
		}
	})
}

func isDecimal(column string) bool {
	c, _ := finops.ColumnByName(column)
	return c.Kind == finops.KindDecimal
}

func isMeasure(column string) bool {
	_, err := finops.ParseMetric(column)
	return err == nil
}

// order compares two numbers, or a time with a day; 2 is neither.
func order(v, want string) int {
	if day, err := finops.ParseDay(want); err == nil {
		sec, ok := finops.ParseTime([]byte(v))
		if !ok {
			return 2
		}
		return int(min(1, max(-1, finops.DayOfUnix(sec)-day)))
	}
	x, errX := finops.ParseAmount([]byte(v))
	y, errY := finops.ParseAmount([]byte(want))
	if errX != nil || errY != nil {
		return 2
	}
	return x.Cmp(y)
}

var filterColumns = []string{
	finops.DimProvider, finops.DimWeekday, finops.DimHourOfDay, finops.DimPeriodLength, "ProviderName", "ServiceName", "RegionId", "SubAccountName", "ChargeCategory", "ResourceId", "ChargePeriodStart", "Tags/CostCenter", "Tags/k", engine.HasTags, "x_UsageType", "x_Few",
	"x_Unique", "BilledCost", "EffectiveCost", "ContractedCost", "PricingQuantity", "ListUnitPrice", "InvoiceId",
}

// someFilter makes a tree over values that the lines have.
func (o *oracle) someFilter(r *rand.Rand, depth int) finops.Filter {
	if kind := r.IntN(5); depth > 0 && kind < 3 {
		parts := make([]finops.Filter, 1+r.IntN(3))
		for i := range parts {
			parts[i] = o.someFilter(r, depth-1)
		}
		return []finops.Filter{finops.All(parts...), finops.Any(parts...), finops.Not(parts[0])}[kind]
	}
	c := finops.Condition{Column: filterColumns[r.IntN(len(filterColumns))], Op: finops.OpIn}
	for range 1 + r.IntN(2) {
		c.Values = append(c.Values, o.value(o.rows[r.IntN(len(o.rows))], c.Column))
	}
	if !slices.Contains(c.Values, nil) {
		c.Op = []finops.Op{finops.OpIn, finops.OpNotIn, finops.OpContains, finops.OpStartsWith, finops.OpEndsWith, finops.OpMatches, finops.OpLess, finops.OpAtMost, finops.OpGreater, finops.OpAtLeast}[r.IntN(10)]
	}
	switch {
	case c.Op == finops.OpMatches:
		for i, v := range c.Values {
			c.Values[i] = ptr("(?i)" + regexp.QuoteMeta((*v)[:min(4, len(*v))]))
		}
	case c.Op == finops.OpContains || c.Op == finops.OpStartsWith:
		for i, v := range c.Values {
			c.Values[i] = ptr(strings.ToUpper((*v)[:min(5, len(*v))]))
		}
	case c.Op.Compares():
		c.Values = c.Values[:1]
		if c.Column == "ChargePeriodStart" {
			c.Values[0] = ptr((*c.Values[0])[:10])
		} else if !isDecimal(c.Column) {
			c.Values[0] = ptr(fmt.Sprint(r.IntN(50)))
		}
	}
	return finops.If(c)
}

func TestAsk_FilterEqualsAskingEveryLine(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 6_500, Months: 3})
	require.NoError(t, err)
	_, e := importFiles(t, dir, odd(t))
	o := newOracle(t, e)
	r := rand.New(rand.NewPCG(3, 4))
	questions := 150
	if testing.Short() {
		questions = 30
	}
	for range questions {
		where := o.someFilter(r, 3)
		q := finops.Question{Metrics: finops.Metrics[:2], GroupBy: []string{"ServiceName"}, Where: where}
		a, err := e.Ask(t.Context(), q)
		require.NoError(t, err, filter.Print(where))
		require.Equal(t, o.answer(q), answerMap(a), filter.Print(where))
		page, err := e.Lines(t.Context(), engine.LinesQuestion{Where: where, Columns: []string{"BilledCost"}, Limit: 1})
		require.NoError(t, err)
		lines := 0
		for _, row := range o.rows {
			if o.holds(row, where) {
				lines++
			}
		}
		require.Equal(t, lines, page.Total, filter.Print(where))
	}
}

func parse(t testing.TB, text string) finops.Filter {
	t.Helper()
	f, err := filter.Parse(text)
	require.NoError(t, err, text)
	return f
}

// lineCount asks how many lines a filter leaves.
func lineCount(t testing.TB, e *engine.Engine, text string) int64 {
	t.Helper()
	a, err := e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], Where: parse(t, text)})
	require.NoError(t, err, text)
	var n int64
	for _, row := range a.Totals {
		n += row.Lines
	}
	return n
}

// TestAsk_FilterComparesAmountsExactly has amounts at every edge: of the column's scale, of
// 64 bits, and unknown ones.
func TestAsk_FilterComparesAmountsExactly(t *testing.T) {
	costs := []string{"0", "0.1", "0.10", "0.100000000000000001", "-0.1", "9223372036854775807", "12345678901234567890.5", "-12345678901234567890.5", "1e30", "NULL", "0.0000000000000000000000001"}
	text := "BilledCost,ContractedCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ProviderName\n"
	for _, c := range costs {
		billed := c
		if c == "NULL" {
			billed = "7"
		}
		text += billed + "," + c + ",USD,a,2026-01-01,2026-01-02,P\n"
	}
	_, e := importFiles(t, writeFile(t, "edges.csv", text))
	for _, bound := range append(costs, "0.05", "1e40", "-1e40", "9223372036854775806.9", "5e-30") {
		if bound == "NULL" {
			continue
		}
		for _, op := range []string{"<", "<=", ">", ">=", "=", "!="} {
			condition := fmt.Sprintf("ContractedCost %s %s", op, bound)
			where := parse(t, condition)
			var want int64
			for _, c := range costs {
				v := &c
				if c == "NULL" {
					v = nil
				}
				if conditionHolds(v, *where.Condition) {
					want++
				}
			}
			assert.Equal(t, want, lineCount(t, e, condition), condition)
		}
	}
	assert.Equal(t, int64(1), lineCount(t, e, "ContractedCost is empty"))
	assert.Equal(t, int64(10), lineCount(t, e, "ContractedCost is not empty"))
	assert.Equal(t, int64(4), lineCount(t, e, "ContractedCost in (0.1, NULL, 1e30)"))
	assert.Equal(t, int64(7), lineCount(t, e, "ContractedCost not in (0.1, NULL, 1e30)"))
	assert.Equal(t, int64(11), lineCount(t, e, "ContractedCost is empty or BilledCost is not empty"))
	assert.Equal(t, int64(0), lineCount(t, e, "nothing"))
}

// TestAsk_FilterWithManyPatterns has conditions whose answers together would make too
// large a table.
func TestAsk_FilterWithManyPatterns(t *testing.T) {
	_, e := importFiles(t, odd(t))
	o := newOracle(t, e)
	var parts []string
	for i := range 12 {
		parts = append(parts, fmt.Sprintf(`(ResourceId contains "%d" and ServiceName endswith "%d" and x_Unique contains "%d" and not EffectiveCost > %d)`, i, i%5, i, i*1e6))
	}
	for _, text := range []string{strings.Join(parts, " or "), "not (" + strings.Join(parts, " or ") + ")", strings.ReplaceAll(strings.Join(parts, " and "), ") and (", ") or (")} {
		var want int64
		where := parse(t, text)
		for _, row := range o.rows {
			if o.holds(row, where) {
				want++
			}
		}
		assert.Positive(t, want)
		assert.Equal(t, want, lineCount(t, e, text))
	}
}

func TestAsk_UnknownColumnOfAFilter(t *testing.T) {
	_, e := importFiles(t, odd(t))
	for column, want := range map[string]string{"ServicName": "Did you mean ServiceName?", "x_few": "Did you mean x_Few?", "Nothing like it": "a FOCUS column name"} {
		_, err := e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], Where: finops.Any(finops.Conditions(finops.Condition{Column: column}), finops.All())})
		assert.NoError(t, err, "what changes nothing is not looked at")
		_, err = e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], Where: finops.Not(finops.Conditions(finops.Condition{Column: column}))})
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		assert.Contains(t, finops.MessageOf(err), want)
		var e *finops.ColumnError
		require.ErrorAs(t, err, &e)
		assert.Equal(t, column, e.Column)
	}
	_, err := e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], Where: finops.Conditions(finops.Condition{Column: "ServiceName", Op: "like"})})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

// filterOfTen has ten conditions over all groups of columns, in groups that no single one
// of them decides.
const filterOfTen = `(ProviderName = "AWS" and ServiceName contains "compute" or Tags/CostCenter is empty and BilledCost > 0.5)
	and (RegionId startswith "eu-" or SubAccountName endswith "prod" or x_UsageType matches "(?i)box|hours")
	and not (ChargeCategory in ("Tax", "Credit") or ResourceId contains "test" and EffectiveCost <= 1)`

// BenchmarkFilter compares a question with and without a filter on a million lines; "first"
// is the first time of a filter, when its columns are in memory.
func BenchmarkFilter(b *testing.B) {
	dir := b.TempDir()
	_, err := demo.Write(b.Context(), dir, demo.Options{Lines: 1_000_000})
	require.NoError(b, err)
	_, e := importFiles(b, filepath.Clean(dir))
	plain := finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: []string{"SkuId"}}
	filtered := plain
	filtered.Where = parse(b, filterOfTen)
	coarse := plain
	coarse.GroupBy, coarse.Where = []string{"ServiceName"}, parse(b, `ProviderName = "AWS" and not (RegionId startswith "eu-" or ChargeCategory = "Tax")`)
	for _, c := range []struct {
		name string
		q    finops.Question
	}{{"plain", plain}, {"tree of 10", filtered}, {"tree on the rollup", coarse}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				_, err := e.Ask(b.Context(), c.q)
				require.NoError(b, err)
			}
		})
	}
}
