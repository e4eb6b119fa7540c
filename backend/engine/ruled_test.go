package engine_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// define keeps dimensions, written as their JSON, in the workspace.
func define(t testing.TB, db *store.DB, texts ...string) {
	t.Helper()
	for _, text := range texts {
		d, err := rules.Decode([]byte(text))
		require.NoError(t, err, text)
		content, err := rules.Encode(d)
		require.NoError(t, err)
		_, err = db.SaveDimension(t.Context(), store.Named{Name: d.Name, Content: string(content), ChangedAt: time.Now(), ChangedBy: "test"}, store.AnyVersion)
		require.NoError(t, err)
	}
}

// ruledValue asks the rules for one line, by the words of docs/dimensions.md.
func (o *oracle) ruledValue(row []*string, d rules.Dimension) *string {
	for _, rule := range d.Rules {
		if !o.holds(row, rule.Where) {
			continue
		}
		if rule.From == nil {
			return &rule.Text
		}
		v := o.value(row, rule.From.Column)
		if v == nil {
			continue
		}
		text := *v
		if isMeasure(rule.From.Column) && strings.Contains(text, ".") {
			text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
		}
		if rule.From.Split != "" {
			parts := strings.Split(text, rule.From.Split)
			if text = ""; rule.From.Part <= len(parts) {
				text = parts[rule.From.Part-1]
			}
		}
		if rule.From.Capture != "" {
			text = regexp.MustCompile(rule.From.Capture).FindString(text)
		}
		if text = strings.TrimSpace(text); rule.From.LowerCase {
			text = strings.ToLower(text)
		}
		if text != "" {
			return &text
		}
	}
	return d.Default
}

// someDimension makes rules over values that the lines have.
func (o *oracle) someDimension(r *rand.Rand, name string, columns []string) rules.Dimension {
	saved := filterColumns
	defer func() { filterColumns = saved }()
	filterColumns = columns
	d := rules.Dimension{Name: name}
	if r.IntN(2) == 0 {
		d.Default = ptr("rest")
	}
	for i := range 1 + r.IntN(6) {
		rule := rules.Rule{Where: o.someFilter(r, 2).Normal(), Text: fmt.Sprint("value ", i)}
		if from := r.IntN(6); from < 4 {
			rule.Text, rule.From = "", &rules.From{Column: columns[r.IntN(len(columns))], LowerCase: from == 0}
			switch from {
			case 1:
				rule.From.Split, rule.From.Part = "-", 1+r.IntN(2)
			case 2:
				rule.From.Capture = `[a-z]+\d*`
			}
		}
		d.Rules = append(d.Rules, rule)
	}
	return d
}

// TestAsk_RulesEqualAskingEveryLine groups and filters by random dimensions, whose columns
// are in the rollup, in one table, in several, or with the lines.
func TestAsk_RulesEqualAskingEveryLine(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 3_000, Months: 3})
	require.NoError(t, err)
	db, e := importFiles(t, dir, odd(t))
	o := newOracle(t, e)
	r := rand.New(rand.NewPCG(5, 6))
	rounds := 30
	if testing.Short() {
		rounds = 6
	}
	for round := range rounds {
		o.dims = map[string]rules.Dimension{}
		said := ""
		for i, columns := range [][]string{
			{"ServiceName", "ChargeCategory", finops.DimWeekday}, {finops.DimProvider, "RegionId", "ServiceName"}, {"ResourceId", "Tags/CostCenter", "Tags/k", "SubAccountId"}, filterColumns,
		} {
			d := o.someDimension(r, fmt.Sprint("D ", i), columns)
			text, err := rules.Encode(d)
			require.NoError(t, err)
			define(t, db, string(text))
			said += string(text)
			o.dims[finops.DimPrefix+d.Name] = d
		}
		groups := [][]string{{"Dim/D 0"}, {"Dim/D 1"}, {"Dim/D 2"}, {"Dim/D 3"}, {"Dim/D 3", "ServiceName", "Dim/D 1"}, {"Dim/D 0", "Dim/D 2"}}
		for range 4 {
			saved := filterColumns
			filterColumns = append([]string{"Dim/D 0", "Dim/D 1", "Dim/D 2", "Dim/D 3"}, saved...)
			where := o.someFilter(r, 2)
			filterColumns = saved
			q := finops.Question{Metrics: finops.Metrics[:2], GroupBy: groups[r.IntN(len(groups))]}
			if r.IntN(3) > 0 {
				q.Where = where
			}
			a, err := e.Ask(t.Context(), q)
			require.NoError(t, err)
			require.Equal(t, o.answer(q), answerMap(a), "round %d: %s by %v where %s", round, said, q.GroupBy, filter.Print(q.Where))
		}
		column := fmt.Sprint("Dim/D ", r.IntN(4))
		page, err := e.Lines(t.Context(), engine.LinesQuestion{Columns: []string{column}, SortBy: []string{"", column}[r.IntN(2)]})
		require.NoError(t, err)
		want, have := map[string]int{}, map[string]int{}
		for _, row := range o.rows {
			want[text(o.value(row, column))]++
		}
		for _, row := range page.Rows {
			have[text(row[0])]++
		}
		require.Equal(t, want, have)
	}
}

func text(v *string) string {
	if v == nil {
		return "none"
	}
	return "=" + *v
}

const shop = `{"name": "Team", "rules": [
	{"where": "Tags/team is not empty", "from": {"column": "Tags/team", "lowerCase": true}},
	{"where": "ResourceId startswith \"arn:\"", "from": {"column": "ResourceId", "split": ":", "part": -1}},
	{"where": "Provider = \"AWS\" and SubAccountId = \"200\"", "value": "Shop"},
	{"where": "BilledCost >= 100", "value": "Large"}
], "default": "Unknown"}`

func someBills(t testing.TB) (*store.DB, *engine.Engine) {
	t.Helper()
	return importFiles(t, writeFile(t, "bill.csv", `BilledCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,BillingAccountId,ProviderName,SubAccountId,ResourceId,Tags
1,USD,2026-01-01,2026-01-02,100,Amazon Web Services,200,arn:aws:db,"{""team"":""Data""}"
2,USD,2026-01-01,2026-01-03,100,AWS,200,arn:aws:web,"{""team"":"" ""}"
4,USD,2026-01-01,2026-01-03,100,AWS,200,i-1,
8,USD,2026-01-01,2026-01-03,100,AWS,300,arn:aws:,
128,USD,2026-01-01,2026-01-03,100,AWS,300,i-2,
16,USD,2026-01-01,2026-01-03,100,Azure,200,i-3,"{""env"":""prod""}"
`))
}

func TestRules_FirstThatCatches(t *testing.T) {
	db, e := someBills(t)
	define(t, db, shop)
	want := map[string]string{"data": "1", "web": "2", "Shop": "4", "Unknown": "24", "Large": "128"}
	assert.Equal(t, want, sumsBy(t, e, finops.All(), "dim/team"))
	assert.Equal(t, "132", sumsBy(t, e, parse(t, `Dim/Team in ("Shop", "Large")`))[""])
	assert.Equal(t, "27", sumsBy(t, e, parse(t, `Dim/TEAM != "Shop" and not (Dim/Team = Large and BilledCost > 0)`))[""])
	page, err := e.Lines(t.Context(), engine.LinesQuestion{Where: parse(t, "Dim/Team = Shop"), Columns: []string{"Dim/Team", "BilledCost"}})
	require.NoError(t, err)
	assert.Equal(t, [][]*string{{ptr("Shop"), ptr("4")}}, page.Rows)

	define(t, db, strings.Replace(shop, "Shop", "Store", 1))
	assert.Equal(t, "4", sumsBy(t, e, parse(t, "Dim/Team = Store"))[""])
	page, err = e.Lines(t.Context(), engine.LinesQuestion{Where: parse(t, "Dim/Team = Shop"), Columns: []string{"Dim/Team", "BilledCost"}})
	require.NoError(t, err)
	assert.Empty(t, page.Rows, "the list of the lines follows the rules")
	require.NoError(t, db.DeleteDimension(t.Context(), "team", store.AnyVersion, "test", time.Now()))
	_, err = e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{"Dim/Team"}})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func TestRules_OfNoColumn(t *testing.T) {
	db, e := someBills(t)
	define(t, db, `{"name": "All", "rules": [{"where": "", "value": "all"}]}`, `{"name": "None", "rules": []}`)
	assert.Equal(t, map[string]string{"all|none": "159"}, sumsBy(t, e, finops.All(), "Dim/All", "Dim/None"))
	assert.Equal(t, map[string]string{"all|none": "159"}, sumsBy(t, e, parse(t, "ResourceId is not empty"), "Dim/All", "Dim/None"))
}

func TestRules_ColumnThatIsMissing(t *testing.T) {
	db, e := someBills(t)
	define(t, db, `{"name": "Later", "rules": [{"where": "x_Later = 1", "from": {"column": "x_Other"}}, {"where": "x_Later is empty", "value": "none yet"}]}`)
	assert.Equal(t, map[string]string{"none yet": "159"}, sumsBy(t, e, finops.All(), "Dim/Later"))
	importMore(t, db, writeFile(t, "later.csv", "BilledCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,BillingAccountId,ProviderName,x_Later,x_Other\n32,USD,2026-02-01,2026-02-02,100,AWS,1,now\n"))
	assert.Equal(t, map[string]string{"none yet": "159", "now": "32"}, sumsBy(t, e, finops.All(), "Dim/Later"))
}

func TestRules_UnreadableAreRefusedWhenAsked(t *testing.T) {
	db, e := someBills(t)
	define(t, db, shop)
	_, err := db.SaveDimension(t.Context(), store.Named{Name: "Newer", Content: `{"name": "Newer", "steps": []}`, ChangedAt: time.Now()}, 0)
	require.NoError(t, err)
	assert.Len(t, sumsBy(t, e, finops.All(), "Dim/Team"), 5)
	for column, want := range map[string]string{"Dim/newer": "Dim/Newer cannot be used. This is not a dimension: it has a member \"steps\"", "Dim/Tean": "Did you mean Dim/Team?"} {
		_, err = e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{column}})
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		assert.Contains(t, finops.MessageOf(err), want)
	}
}

func TestTry_TellsWhatEachRuleCatches(t *testing.T) {
	_, e := someBills(t)
	d, err := rules.Decode([]byte(strings.Replace(shop, "SubAccountId", "x_Nothing", 1)))
	require.NoError(t, err)
	trial, err := e.Try(t.Context(), d)
	require.NoError(t, err)
	assert.Equal(t, []string{"x_Nothing"}, trial.Missing())
	a, err := trial.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{engine.DimRule, "Dim/Team"}})
	require.NoError(t, err)
	caught := map[string]string{}
	for _, row := range a.Rows {
		caught[text(row.Keys[0])+text(row.Keys[1])] = row.Amounts[0].String()
	}
	assert.Equal(t, map[string]string{"=1=data": "1", "=2=web": "2", "=4=Large": "128", "none=Unknown": "28"}, caught)
	_, err = e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{"Dim/Team"}})
	assert.Error(t, err, "it is not kept")
}

// hundredRules is a dimension of a hundred rules of three conditions each on columns of
// several tables, of which most catch nothing.
func hundredRules(t testing.TB, name string, shift int) string {
	t.Helper()
	d := rules.Dimension{Name: name, Default: ptr("Other")}
	for i := range 100 {
		d.Rules = append(d.Rules, rules.Rule{
			Where: parse(t, fmt.Sprintf(`Tags/CostCenter = "CC-%d" and ServiceName contains "%c" or SubAccountName endswith "%d" and RegionId startswith "%c"`, i+shift, 'a'+i%26, i, 'a'+(i+shift)%26)),
			Text:  fmt.Sprint("Team ", i%20),
		})
	}
	d.Rules[99] = rules.Rule{Where: parse(t, "Tags/CostCenter is not empty"), From: &rules.From{Column: "Tags/CostCenter", LowerCase: true}}
	text, err := rules.Encode(d)
	require.NoError(t, err)
	return string(text)
}

// BenchmarkRules asks a million lines by two virtual dimensions of a hundred rules each,
// beside the same question by two columns; "first" is the first time after the rules were
// changed, with the columns in memory.
func BenchmarkRules(b *testing.B) {
	dir := b.TempDir()
	_, err := demo.Write(b.Context(), dir, demo.Options{Lines: 1_000_000})
	require.NoError(b, err)
	db, e := importFiles(b, dir)
	team, cost := hundredRules(b, "Team", 100), hundredRules(b, "Cost", 300)
	define(b, db, team, cost)
	ask := func(where string, groupBy ...string) func(*testing.B) {
		q := finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: groupBy, Where: parse(b, where)}
		return func(b *testing.B) {
			for b.Loop() {
				_, err := e.Ask(b.Context(), q)
				require.NoError(b, err)
			}
		}
	}
	b.Run("plain", ask("", "SkuId"))
	b.Run("two columns", ask("", "SkuId", "Tags/CostCenter"))
	b.Run("two dimensions", ask("", "Dim/Team", "Dim/Cost"))
	b.Run("two dimensions and a tree of 10", ask(filterOfTen, "Dim/Team", "Dim/Cost"))
	b.Run("two dimensions and a tree of 10 with them", ask(filterOfTen+` and not (Dim/Team = "Team 1" or Dim/Cost in ("Other", "Team 2") and BilledCost < 0)`, "Dim/Team", "Dim/Cost"))
	b.Run("first", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			define(b, db, strings.ReplaceAll(team, "Other", fmt.Sprint("Other ", i)), strings.ReplaceAll(cost, "Other", fmt.Sprint("Other ", i)))
			b.StartTimer()
			_, err := e.Ask(b.Context(), finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: []string{"Dim/Team", "Dim/Cost"}})
			require.NoError(b, err)
		}
	})
}

func TestRules_UseBuiltInDimensionsInAnySpelling(t *testing.T) {
	db, e := importFiles(t, writeFile(t, "bill.csv", `BilledCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,BillingAccountId,ProviderName,SubAccountId,SubAccountName
1,USD,2026-01-01,2026-01-02,100,Amazon Web Services,200,shop-prod
2,USD,2026-01-01,2026-01-03,100,AWS,300,data
4,USD,2026-01-01,2026-01-03,100,Azure,400,
`))
	define(t, db, `{"name": "Team", "rules": [{"where": "Provider = amazon and Account = shop-prod", "value": "Shop"}, {"where": "Provider = microsoft or Account = 300", "from": {"column": "Provider"}}]}`)
	assert.Equal(t, map[string]string{"Shop": "1", "AWS": "2", "Microsoft Azure": "4"}, sumsBy(t, e, finops.All(), "Dim/Team"))
	assert.Equal(t, map[string]string{"2026-01-02|Shop": "1"}, sumsBy(t, e, parse(t, "Dim/Team = Shop"), "ChargePeriodStart", "Dim/Team"))
}
