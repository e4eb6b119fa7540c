package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/sourcetest"
	"cloud-intelligence/backend/store"
)

func importFiles(t testing.TB, paths ...string) (*store.DB, *engine.Engine) {
	t.Helper()
	ctx := t.Context()
	db, err := store.Create(ctx, filepath.Join(t.TempDir(), "w"+store.Extension), "test")
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	importMore(t, db, paths...)
	e, err := engine.Open(ctx, db)
	require.NoError(t, err)
	return db, e
}

func importMore(t testing.TB, db *store.DB, paths ...string) *ingest.Result {
	t.Helper()
	files, _, err := source.Expand(t.Context(), paths)
	require.NoError(t, err)
	var items []ingest.Item
	for _, f := range files {
		rec, ok, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, f)
		require.NoError(t, err)
		require.True(t, ok, f.Name())
		items = append(items, ingest.Item{Recognition: rec, Source: focusfile.Source{}})
	}
	r, err := ingest.Run(t.Context(), db, items, ingest.Options{User: "test", Now: time.Now})
	require.NoError(t, err)
	require.Empty(t, r.Conflicts)
	return r
}

func writeFile(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// oracle answers questions by adding up the lines one by one.
type oracle struct {
	names []string
	rows  [][]*string
	dims  map[string]rules.Dimension // by column

	fiscalStart time.Month
}

func newOracle(t testing.TB, e *engine.Engine) *oracle {
	t.Helper()
	page, err := e.Lines(t.Context(), engine.LinesQuestion{})
	require.NoError(t, err)
	require.Len(t, page.Rows, page.Total)
	return &oracle{names: page.Columns, rows: page.Rows, fiscalStart: time.January}
}

func (o *oracle) value(row []*string, column string) *string {
	if d, ok := o.dims[column]; ok {
		return o.ruledValue(row, d)
	}
	if key, ok := strings.CutPrefix(column, finops.TagPrefix); ok {
		tags := o.value(row, "Tags")
		if tags == nil {
			return nil
		}
		_, rest, found := strings.Cut(*tags, `"`+key+`":"`)
		if !found {
			_, rest, found = strings.Cut(*tags, `"`+key+`": "`)
		}
		if !found {
			return nil
		}
		value, _, _ := strings.Cut(rest, `"`)
		return &value
	}
	if column == engine.HasTags {
		word := "Untagged"
		if tags := o.value(row, "Tags"); tags != nil && *tags != "{}" {
			word = "Tagged"
		}
		return &word
	}
	if builtIn := o.builtIn(row, column); builtIn != "" {
		return &builtIn
	}
	for i, name := range o.names {
		if name == column {
			return row[i]
		}
	}
	return nil
}

// builtIn makes the value of a built-in dimension from a line; "" for none, and for another
// column.
func (o *oracle) builtIn(row []*string, column string) string {
	text := func(name string) string {
		if v := o.value(row, name); v != nil {
			return *v
		}
		return ""
	}
	switch column {
	case finops.DimProvider:
		return finops.CanonicalProvider(text("ProviderName"), text("ServiceProviderName"), text("HostProviderName"), text("InvoiceIssuerName"), text("PublisherName"))
	case finops.DimAccount:
		return finops.CanonicalAccount(text("SubAccountId"))
	case finops.DimBillingAccount:
		return finops.CanonicalAccount(text("BillingAccountId"))
	case finops.DimWeekday:
		return o.start(row).Format("Monday")
	case finops.DimHourOfDay:
		_, hour, _ := strings.Cut(o.when(row, finops.GrainHour), "T")
		return hour
	case finops.DimPeriodLength:
		return o.length(row)
	}
	return ""
}

func (o *oracle) start(row []*string) time.Time {
	sec, _ := finops.ParseTime([]byte(*o.value(row, "ChargePeriodStart")))
	return time.Unix(sec, 0).UTC()
}

// when is the name of the time step of a line, in words of package time only.
// length is how long the charge period of a line is; "" where its end is not known.
func (o *oracle) length(row []*string) string {
	end := o.value(row, "ChargePeriodEnd")
	if end == nil {
		return ""
	}
	sec, ok := finops.ParseTime([]byte(*end))
	long := time.Unix(sec, 0).Sub(o.start(row))
	switch {
	case !ok || long <= 0:
		return ""
	case long <= time.Hour:
		return "Hour"
	case long <= 24*time.Hour:
		return "Day"
	case long >= 28*24*time.Hour-time.Second && long <= 31*24*time.Hour:
		return "Month"
	}
	return "Other"
}

func (o *oracle) when(row []*string, grain finops.Grain) string {
	start := o.start(row)
	year, quarter := start.Year(), (int(start.Month())+2)/3
	shifted := start.AddDate(0, 1-int(o.fiscalStart), 1-start.Day()) // as far into its calendar year
	fiscalYear, fiscalQuarter := shifted.Year(), (int(shifted.Month())+2)/3
	if o.fiscalStart > time.January {
		fiscalYear++
	}
	switch grain {
	case finops.GrainHour:
		if end := o.value(row, "ChargePeriodEnd"); end != nil {
			if sec, ok := finops.ParseTime([]byte(*end)); ok && time.Unix(sec, 0).Sub(start) <= time.Hour {
				return start.Format("2006-01-02T15")
			}
		}
		return start.Format("2006-01-02")
	case finops.GrainDay:
		return start.Format("2006-01-02")
	case finops.GrainWeek:
		y, w := start.ISOWeek()
		return fmt.Sprintf("%d-W%02d", y, w)
	case finops.GrainMonth:
		return start.Format("2006-01")
	case finops.GrainQuarter:
		return fmt.Sprintf("%d-Q%d", year, quarter)
	case finops.GrainYear:
		return start.Format("2006")
	case finops.GrainFiscalQuarter:
		return fmt.Sprintf("FY%d-Q%d", fiscalYear, fiscalQuarter)
	case finops.GrainFiscalYear:
		return fmt.Sprintf("FY%d", fiscalYear)
	case finops.GrainNone:
	}
	return ""
}

func (o *oracle) answer(q finops.Question) map[string]string {
	sums := map[string][]*finops.Sum{}
	lines := map[string]int{}
	for _, row := range o.rows {
		start := o.value(row, "ChargePeriodStart")
		sec, _ := finops.ParseTime([]byte(*start))
		day := finops.DayOfUnix(sec)
		if (q.From != nil && day < *q.From) || (q.To != nil && day > *q.To) || !o.holds(row, q.Where) {
			continue
		}
		key := o.key(row, q)
		if sums[key] == nil {
			sums[key] = make([]*finops.Sum, len(q.Metrics))
		}
		lines[key]++
		for m, metric := range q.Metrics {
			if v := o.value(row, string(metric)); v != nil {
				a, err := finops.ParseAmount([]byte(*v))
				if err != nil {
					panic(err)
				}
				if sums[key][m] == nil {
					sums[key][m] = &finops.Sum{}
				}
				sums[key][m].Add(a)
			}
		}
	}
	out := map[string]string{}
	for key, list := range sums {
		out[key] = describe(int64(lines[key]), list)
	}
	return out
}

func (o *oracle) key(row []*string, q finops.Question) string {
	keys := make([]*string, len(q.GroupBy))
	for i, g := range q.GroupBy {
		keys[i] = o.value(row, g)
	}
	currency := ""
	if c := o.value(row, "BillingCurrency"); c != nil {
		currency = *c
	}
	return keyOf(keys, o.when(row, q.Grain), currency)
}

func keyOf(keys []*string, when, currency string) string {
	var b strings.Builder
	for _, k := range keys {
		if k == nil {
			b.WriteString("∅|")
		} else {
			fmt.Fprintf(&b, "%q|", *k)
		}
	}
	return b.String() + when + "|" + currency
}

func describe(lines int64, sums []*finops.Sum) string {
	text := fmt.Sprint(lines)
	for _, s := range sums {
		if s == nil {
			text += " unknown"
		} else {
			text += " " + s.String()
		}
	}
	return text
}

func answerMap(a *finops.Answer) map[string]string {
	out := map[string]string{}
	for _, r := range a.Rows {
		out[keyOf(r.Keys, r.Time, r.Currency)] = describe(r.Lines, r.Amounts)
	}
	return out
}

// odd has what demo data lacks: unknown costs, wide amounts, no-value words, a column
// kept with the lines, missing tags and a currency of its own.
func odd(t testing.TB) string {
	var b strings.Builder
	b.WriteString("BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName,ResourceId,Tags,ChargeCategory,x_Unique,x_Few\n")
	r := rand.New(rand.NewPCG(7, 7))
	for i := range 3000 {
		contracted := "1.25"
		if i%3 == 0 {
			contracted = "NULL"
		}
		end := []string{"", "NULL", fmt.Sprintf("2026-%02d-%02dT06:00:00Z", 1+i%9, 1+i%28), fmt.Sprintf("2026-%02d-%02dT06:00:01Z", 1+i%9, 1+i%28)}[i%4]
		fmt.Fprintf(&b, "0.%030d,%d.%02d,,%s,JPY,acct-%d,2026-%02d-01,2026-%02d-%02dT05:00:00Z,%s,Odd Cloud,svc %d,res-%d,\"{\"\"k\"\":\"\"v%d\"\"}\",usage,u%d,f%d\n",
			r.Int64N(1e18), r.Int64N(1e12)-5e11, i%100, contracted, i%4, 1+i%9, 1+i%9, 1+i%28, end, i%5, i%700, i%6, i, i%3)
	}
	return writeFile(t, "odd.csv", b.String())
}

func TestAsk_EqualsAddingUpTheLines(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 20_500, Months: 3})
	require.NoError(t, err)
	db, e := importFiles(t, dir, odd(t))
	o := newOracle(t, e)
	columns := []string{
		"ProviderName", "ServiceName", "RegionId", "SubAccountName", "ChargeCategory", "BillingCurrency", "ResourceId", "SkuId", "ChargePeriodStart", "Tags/CostCenter",
		"Tags/k", engine.HasTags, "x_UsageType", "x_Few", "x_Unique", "PricingQuantity", "CommitmentDiscountStatus", "InvoiceId", "ChargeClass",
		finops.DimProvider, finops.DimAccount, finops.DimBillingAccount, finops.DimWeekday, finops.DimHourOfDay,
	}
	o.fiscalStart = time.October
	require.NoError(t, db.SetSetting(t.Context(), store.FiscalYearStart, "10", "test", time.Now()))
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(column string) *string { return o.value(o.rows[r.IntN(len(o.rows))], column) }
	questions := 120
	if testing.Short() {
		questions = 25
	}
	for i := range questions {
		q := finops.Question{Metrics: finops.Metrics[:1+r.IntN(4)], Grain: append(finops.Grains, "")[r.IntN(9)]}
		for range r.IntN(3) {
			q.GroupBy = append(q.GroupBy, columns[r.IntN(len(columns))])
		}
		for range r.IntN(3) {
			c := columns[r.IntN(len(columns))]
			q.Where.Parts = append(q.Where.Parts, finops.If(finops.Condition{Column: c, Op: []finops.Op{finops.OpIn, finops.OpNotIn}[r.IntN(2)], Values: []*string{pick(c), pick(c)}}))
		}
		if r.IntN(2) == 0 {
			from := finops.NewDay(2026, 9, 10)
			to := from + finops.Day(r.IntN(60))
			q.From, q.To = &from, &to
		}
		a, err := e.Ask(t.Context(), q)
		require.NoError(t, err)
		require.Equal(t, o.answer(q), answerMap(a), "question %d: %+v", i, q)
		checkTotals(t, a)
	}
}

// checkTotals proves that the totals are the sum of the rows.
func checkTotals(t *testing.T, a *finops.Answer) {
	t.Helper()
	sums := map[string]*finops.Sum{}
	lines := map[string]int64{}
	for _, r := range a.Rows {
		lines[r.Currency] += r.Lines
		if sums[r.Currency] == nil {
			sums[r.Currency] = &finops.Sum{}
		}
		if r.Amounts[0] != nil {
			sums[r.Currency].AddSum(*r.Amounts[0])
		}
	}
	require.Len(t, a.Totals, len(sums))
	for _, total := range a.Totals {
		assert.Equal(t, lines[total.Currency], total.Lines)
		if total.Amounts[0] != nil {
			assert.Equal(t, sums[total.Currency].String(), total.Amounts[0].String())
		}
	}
}

func TestAsk_LimitKeepsTheLargestAndTheTotals(t *testing.T) {
	_, e := importFiles(t, odd(t))
	q := finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: []string{"ResourceId"}}
	all, err := e.Ask(t.Context(), q)
	require.NoError(t, err)
	q.Limit = 5
	top, err := e.Ask(t.Context(), q)
	require.NoError(t, err)
	assert.Equal(t, all.Rows[:5], top.Rows)
	assert.Equal(t, all.Totals, top.Totals)
	assert.Equal(t, 700, top.Groups)
	for i := 1; i < len(all.Rows); i++ {
		assert.GreaterOrEqual(t, all.Rows[i-1].Amounts[0].Cmp(*all.Rows[i].Amounts[0]), 0)
	}
}

func TestAsk_LimitWithGrainKeepsTheLargestOfTheWholePeriod(t *testing.T) {
	_, e := importFiles(t, odd(t))
	q := finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: []string{"ResourceId"}, Limit: 5}
	top, err := e.Ask(t.Context(), q)
	require.NoError(t, err)
	want := map[string]string{}
	for _, r := range top.Rows {
		want[r.Currency+*r.Keys[0]] = r.Amounts[0].String()
	}
	q.Grain = finops.GrainDay
	byDay, err := e.Ask(t.Context(), q)
	require.NoError(t, err)
	sums := map[string]*finops.Sum{}
	for i, r := range byDay.Rows {
		if i > 0 {
			require.LessOrEqual(t, byDay.Rows[i-1].Time, r.Time)
		}
		id := r.Currency + *r.Keys[0]
		if sums[id] == nil {
			sums[id] = &finops.Sum{}
		}
		if r.Amounts[0] != nil {
			sums[id].AddSum(*r.Amounts[0])
		}
	}
	got := map[string]string{}
	for id, sum := range sums {
		got[id] = sum.String()
	}
	assert.Equal(t, want, got, "every day of the same five")
	assert.Equal(t, top.Totals, byDay.Totals)
}

func TestAsk_UnknownColumn(t *testing.T) {
	_, e := importFiles(t, odd(t))
	for _, q := range []finops.Question{
		{Metrics: finops.Metrics, GroupBy: []string{"x_Nothing"}},
		{Metrics: finops.Metrics, Where: finops.Conditions(finops.Condition{Column: "Nothing"})},
		{Metrics: []finops.Metric{"Cost"}},
	} {
		_, err := e.Ask(t.Context(), q)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	}
}

func TestLines_SortsByEveryColumn(t *testing.T) {
	_, e := importFiles(t, odd(t))
	state, err := e.State(t.Context())
	require.NoError(t, err)
	for _, c := range state.Columns {
		for _, desc := range []bool{false, true} {
			page, err := e.Lines(t.Context(), engine.LinesQuestion{SortBy: c.Name, SortDesc: desc, Columns: []string{c.Name}})
			require.NoError(t, err, c.Name)
			require.Len(t, page.Rows, 3000)
			sorted := sort.SliceIsSorted(page.Rows, func(i, j int) bool { return less(page.Rows[i][0], page.Rows[j][0], c, desc) })
			assert.True(t, sorted, "%s desc=%v", c.Name, desc)
		}
	}
}

func less(a, b *string, c engine.ColumnState, desc bool) bool {
	if a == nil || b == nil {
		if isCost(c.Name) || !desc {
			return a != nil && b == nil
		}
		return a == nil && b != nil
	}
	if desc {
		a, b = b, a
	}
	if c.Kind == finops.KindDecimal {
		x, _ := finops.ParseAmount([]byte(*a))
		y, _ := finops.ParseAmount([]byte(*b))
		return x.Cmp(y) < 0
	}
	return *a < *b
}

func TestLines_PagesAreTheWhole(t *testing.T) {
	_, e := importFiles(t, odd(t))
	q := engine.LinesQuestion{SortBy: "EffectiveCost", Where: finops.Conditions(finops.Condition{Column: "x_Few", Values: []*string{ptr("f1")}})}
	all, err := e.Lines(t.Context(), q)
	require.NoError(t, err)
	assert.Equal(t, 1000, all.Total)
	var rows [][]*string
	for q.Limit = 64; q.Offset < all.Total; q.Offset += q.Limit {
		page, err := e.Lines(t.Context(), q)
		require.NoError(t, err)
		assert.Equal(t, all.Totals, page.Totals)
		rows = append(rows, page.Rows...)
	}
	assert.Equal(t, all.Rows, rows)
}

func TestLines_SearchFindsTextInAnyColumn(t *testing.T) {
	_, e := importFiles(t, odd(t))
	page, err := e.Lines(t.Context(), engine.LinesQuestion{Search: "RES-69"})
	require.NoError(t, err)
	for _, row := range page.Rows {
		assert.Contains(t, *row[indexOf(page.Columns, "ResourceId")], "res-69")
	}
	assert.Equal(t, 45, page.Total) // res-69 and res-690…699: 3000 lines over 700 resources
	page, err = e.Lines(t.Context(), engine.LinesQuestion{Search: "U2999"})
	require.NoError(t, err)
	require.Equal(t, 1, page.Total)
	assert.Equal(t, "u2999", *page.Rows[0][indexOf(page.Columns, "x_Unique")])
}

func TestLines_SearchFindsWordsAndAmountsAcrossColumns(t *testing.T) {
	text := "BilledCost,EffectiveCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ProviderName,ServiceName,ResourceId\n"
	for _, line := range []string{
		"1234.5678,1200,USD,a,2026-01-01,2026-01-01,Acme,Web server,vm-1",
		"-1234.565,0.004,USD,a,2026-01-01,2026-01-01,Acme,Server of the web,vm-2",
		"1234.575,12,USD,a,2026-01-01,2026-01-01,Other,Storage,web",
		"123456789012345678901234.57,1,USD,a,2026-01-01,2026-01-01,Other,Storage,disk-1234.57",
	} {
		text += line + "\n"
	}
	_, e := importFiles(t, writeFile(t, "words.csv", text))
	for search, want := range map[string]string{
		"":                           "vm-1 vm-2 web disk-1234.57",
		"web":                        "vm-1 vm-2 web",
		"SERVER web":                 "vm-1 vm-2",
		`"web server"`:               "vm-1",
		"acme storage":               "",
		"1234.57":                    "vm-1 vm-2 disk-1234.57", // 1234.575 is shown as 1,234.58
		"1,234.57 acme":              "vm-1 vm-2",
		"1.234,58":                   "web",
		"-1234.57":                   "vm-2 disk-1234.57",
		"\u22121,234.57":             "vm-2",
		"+1234.57 acme":              "vm-1",
		"1200":                       "vm-1",
		"$1,234.57 acme":             "vm-1 vm-2",
		"($1,234.57) acme":           "vm-2",
		"(1,234.57 acme":             "",
		"$ 1,234.57 acme":            "vm-1 vm-2",
		"1.234,57 € acme":            "vm-1 vm-2",
		"$":                          "",
		"-US$1,234.57 acme":          "vm-2",
		"1.234,57€ acme":             "vm-1 vm-2",
		"1234.5678":                  "vm-1",
		"1234.5 acme":                "vm-1 vm-2", // the begin of what is shown
		"1234.6 acme":                "vm-1 vm-2",
		"0.00":                       "vm-2",
		"123456789012345678901234.6": "",
		"1234.57 storage other":      "disk-1234.57",
		"12 web":                     "web",
	} {
		page, err := e.Lines(t.Context(), engine.LinesQuestion{Search: search, Columns: []string{"ResourceId"}})
		require.NoError(t, err)
		var got []string
		for _, row := range page.Rows {
			got = append(got, *row[0])
		}
		assert.Equal(t, want, strings.Join(got, " "), search)
	}
	_, err := e.Lines(t.Context(), engine.LinesQuestion{Search: strings.Repeat("word ", 33)})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func indexOf(list []string, want string) int {
	for i, s := range list {
		if s == want {
			return i
		}
	}
	return -1
}

func ptr(s string) *string { return &s }

func TestState_FindsGapsAndIncompleteMonths(t *testing.T) {
	text := "BilledCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ProviderName\n"
	for _, day := range []string{"2026-01-01", "2026-01-02", "2026-01-05"} {
		text += "1,USD,a,2026-01-01," + day + ",P\n"
	}
	_, e := importFiles(t, writeFile(t, "gaps.csv", text))
	s, err := e.State(context.WithoutCancel(t.Context()))
	require.NoError(t, err)
	require.Len(t, s.Providers, 1)
	assert.Equal(t, []finops.Day{finops.NewDay(2026, 1, 3), finops.NewDay(2026, 1, 4)}, s.Providers[0].Missing)
	require.Len(t, s.Months, 1)
	assert.False(t, s.Months[0].Complete)
	assert.Equal(t, 28, s.Months[0].MissingDays)
	assert.Equal(t, "2026-01-05", s.Months[0].LastDay.String())
	assert.False(t, s.Metrics[1].Known)
}

// TestState_TellsCurrenciesApart finds the days of each currency, and monthly bills without a gap.
func TestState_TellsCurrenciesApart(t *testing.T) {
	text := "BilledCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ProviderName\n"
	for _, line := range []string{"USD,a,2025-12-01,2025-12-31,P", "USD,a,2026-01-01,2026-01-01,P", "EUR,b,2026-01-01,2026-01-01,Q", "EUR,b,2026-02-01,2026-02-01,Q"} {
		text += "1," + line + "\n"
	}
	_, e := importFiles(t, writeFile(t, "two.csv", text))
	s, err := e.State(t.Context())
	require.NoError(t, err)
	require.Len(t, s.Currencies, 2)
	eur, usd := s.Currencies[0], s.Currencies[1]
	assert.Equal(t, []string{"EUR", "2026-01-01", "2026-02-28"}, []string{eur.Code, eur.FirstDay.String(), eur.LastDay.String()}, "charges of first days alone are monthly")
	assert.True(t, eur.Months[0].Complete && eur.Months[1].Complete)
	assert.Equal(t, []string{"USD", "2025-12-31", "2026-01-01"}, []string{usd.Code, usd.FirstDay.String(), usd.LastDay.String()})
	require.Len(t, usd.Providers, 1)
	assert.Equal(t, "P", usd.Providers[0].Name)
}

func TestEngine_SeesWhatAnotherConnectionImported(t *testing.T) {
	db, e := importFiles(t, odd(t))
	other, err := store.Open(t.Context(), db.Path())
	require.NoError(t, err)
	defer other.Close()
	importMore(t, other, writeFile(t, "more.csv", "BilledCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ProviderName\n5,CHF,b,2026-02-01,2026-02-03,Q\n"))
	a, err := e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], Currency: "CHF"})
	require.NoError(t, err)
	require.Len(t, a.Totals, 1)
	assert.Equal(t, "5", a.Totals[0].Amounts[0].String())
}

// isCost reports the columns that sort unknown values last either way.
func isCost(name string) bool {
	_, err := finops.ParseMetric(name)
	return err == nil
}

func TestLinesFacts_AddUpAnyColumnOfTheSelection(t *testing.T) {
	text := "BilledCost,EffectiveCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ProviderName,ServiceName,ListUnitPrice,ConsumedQuantity,ConsumedUnit\n"
	for _, line := range []string{
		"1.5,1,USD,a,2026-01-01,2026-01-01,Acme,Web,0.25,3,h", "-0.4,,USD,a,2026-01-01,2026-01-01,Acme,Web,,4,h",
		"123456789012345678901234.57,1,EUR,a,2026-01-01,2026-01-01,Acme,Web,0.25,x,h", "7,1,USD,a,2026-01-01,2026-01-01,Acme,Other,1,1,h",
	} {
		text += line + "\n"
	}
	_, e := importFiles(t, writeFile(t, "facts.csv", text))
	facts := func(q engine.LinesQuestion) string {
		q.Columns = []string{"BilledCost", "EffectiveCost", "ListUnitPrice", "ConsumedQuantity", "ServiceName"}
		found, err := e.LinesFacts(t.Context(), q)
		require.NoError(t, err)
		var all []string
		for _, f := range found {
			all = append(all, fmt.Sprintf("%s%s %d %s", f.Column, f.Currency, f.Count, f.Sum))
		}
		return strings.Join(all, ", ")
	}
	assert.Equal(t, "BilledCostEUR 1 123456789012345678901234.57, BilledCostUSD 3 8.1, EffectiveCostEUR 1 1, EffectiveCostUSD 2 2, ListUnitPrice 3 1.5, ConsumedQuantity 3 8", facts(engine.LinesQuestion{}))
	assert.Equal(t, "BilledCostUSD 1 -0.4, ConsumedQuantity 1 4", facts(engine.LinesQuestion{Currency: "USD", SortBy: "BilledCost", Limit: 1}))
	assert.Equal(t, "BilledCostUSD 1 1.5, EffectiveCostUSD 1 1, ListUnitPrice 1 0.25, ConsumedQuantity 1 3", facts(engine.LinesQuestion{Currency: "USD", SortBy: "BilledCost", Offset: 1, Limit: 1}))
	assert.Empty(t, facts(engine.LinesQuestion{Offset: 9}))
	_, err := e.LinesFacts(t.Context(), engine.LinesQuestion{Columns: []string{"Nothing"}})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}
