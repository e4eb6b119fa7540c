package savings

import (
	"context"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

func catalogue(t require.TestingT) *Catalogue {
	c, err := Embedded()
	require.NoError(t, err)
	return c
}

// tester is a test, or one drawing of a property.
type tester interface {
	require.TestingT
	Context() context.Context
}

func examine(t tester, rows []sampleRow) *Result { return examineIn(t, rows, Options{}) }

func examineIn(t tester, rows []sampleRow, o Options) *Result {
	table, err := tableOf(rows)
	require.NoError(t, err)
	o.Sets = setsOf(rows)
	r, err := Examine(t.Context(), table, catalogue(t), o)
	require.NoError(t, err)
	return r
}

// drawBill draws samples of the rules, several of which may share an account, as one bill.
func drawBill(t *rapid.T) []sampleRow {
	rules := catalogue(t).Rules
	var rows []sampleRow
	for i := range rapid.IntRange(1, 8).Draw(t, "samples") {
		r := rules[rapid.IntRange(0, len(rules)-1).Draw(t, "rule")]
		s := &r.Samples[rapid.IntRange(0, len(r.Samples)-1).Draw(t, "sample")]
		account := strconv.Itoa(rapid.IntRange(1, 3).Draw(t, "account"))
		for _, row := range r.rows(s) {
			row.columns = maps.Clone(row.columns)
			row.columns[finops.DimAccount] = account
			for _, column := range []string{"ResourceId", "CommitmentDiscountId"} {
				if id, ok := row.columns[column]; ok {
					row.columns[column] = id + "-" + strconv.Itoa(i)
				}
			}
			if row.columns["ServiceName"] != "Another service" || i == 0 {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// money is what a finding says that must not depend on how the bill is written.
type money struct{ gross, absorbed, overlap, net, state, first, last string }

func moneyOf(r *Result) map[string]money {
	text := func(a *finops.Amount) string {
		if a == nil {
			return "unknown"
		}
		return a.String()
	}
	all := map[string]money{}
	for _, f := range r.Findings {
		all[f.Rule.ID+" "+f.ID] = money{text(f.Gross), text(f.Absorbed), text(f.Overlap), text(f.Net), string(f.State), f.FirstDay.String(), f.LastDay.String()}
	}
	return all
}

// TestExamine_Properties: no finding saves more than its lines cost, all together save no more than the
// bill, and neither the order of the lines nor a line that is written as two changes anything.
func TestExamine_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawBill(t)
		result := examine(t, rows)
		want := moneyOf(result)

		spent, saved := new(big.Rat), new(big.Rat)
		for _, row := range rows {
			if row.columns["ChargeCategory"] != "Credit" {
				spent.Add(spent, ratOfText(row.cost))
			}
		}
		for _, f := range result.Findings {
			if f.Gross == nil {
				continue
			}
			require.GreaterOrEqual(t, f.Net.Sign(), 0)
			sum := minus(minus(minus(*f.Gross, *f.Absorbed), *f.Overlap), *f.Net)
			require.Zero(t, sum.Sign(), "net = gross - absorbed - overlap")
			if f.State == Open {
				net := ratOfAmount(*f.Net)
				net.Mul(net, big.NewRat(int64(f.LookbackDays), 1))
				saved.Add(saved, net.Quo(net, monthDays))
			}
		}
		rounding := big.NewRat(int64(len(result.Findings))*31, 1e10)
		require.LessOrEqual(t, saved.Cmp(rounding.Add(rounding, spent)), 0, "%s saved of %s", saved.FloatString(4), spent.FloatString(4))

		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		shuffled := append([]sampleRow{}, rows...)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		require.Equal(t, want, moneyOf(examine(t, shuffled)), "another order")

		require.Equal(t, want, moneyOf(examine(t, splitRows(rows))), "lines written as two")

		parts := examineIn(t, rows, Options{Parts: rapid.IntRange(2, 4).Draw(t, "parts")})
		requireSame(t, result, parts)

		priced := map[string]bool{} // with prices in one currency, which do not change with the bill
		for _, f := range result.Findings {
			priced[f.Rule.ID+" "+f.ID] = len(f.Prices) > 0
		}
		for id, m := range moneyOf(examine(t, timesSeven(rows))) {
			if _, found := want[id]; !found || m.gross == "unknown" || priced[id] {
				continue // a dearer bill has more findings
			}
			difference := ratOfText(m.gross)
			seven := ratOfText(want[id].gross)
			difference.Sub(difference, seven.Mul(seven, big.NewRat(7, 1)))
			require.LessOrEqual(t, difference.Abs(difference).Cmp(big.NewRat(7, 1e10)), 0, "another currency: %s", id)
		}
	})
}

// requireSame compares all that two examinations say.
func requireSame(t require.TestingT, want, got *Result) {
	text, err := Keep(want)
	require.NoError(t, err)
	same, err := Keep(got)
	require.NoError(t, err)
	require.Equal(t, text, same)
}

func ratOfText(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return new(big.Rat)
	}
	return r
}

// splitRows writes each line as two, of a third and the rest.
func splitRows(rows []sampleRow) []sampleRow {
	split := func(text string) (part, rest string) {
		if text == "" {
			return "", ""
		}
		whole := ratOfText(text)
		third := ratOfText(new(big.Rat).Quo(whole, big.NewRat(3, 1)).FloatString(12))
		return third.FloatString(12), new(big.Rat).Sub(whole, third).FloatString(12)
	}
	var out []sampleRow
	for _, row := range rows {
		a, b := row, row
		a.cost, b.cost = split(row.cost)
		a.quantity, b.quantity = split(row.quantity)
		a.list, b.list = split(row.list)
		out = append(out, a, b)
	}
	return out
}

func timesSeven(rows []sampleRow) []sampleRow {
	out := append([]sampleRow{}, rows...)
	for i := range out {
		if out[i].cost != "" {
			seven := ratOfText(out[i].cost)
			out[i].cost = seven.Mul(seven, big.NewRat(7, 1)).FloatString(12)
		}
	}
	return out
}

// ruleOf makes a rule that deletes the lines that match.
func ruleOf(t testing.TB, id, stage, match string) *Rule {
	t.Helper()
	r, err := catalogue(t).ByID("A-NET-07")
	require.NoError(t, err)
	made := *r
	made.ID, made.Stage, made.Match, made.Parameters = id, stage, match, nil
	f, err := filter.Parse(match)
	require.NoError(t, err)
	made.filters[roleMatch], made.filters[roleHours] = f, f
	return &made
}

// repeat is a line on each of 32 days, of which 30 count.
func repeat(cost, list string, columns values) []sampleRow {
	all := values{
		finops.DimProvider: "AWS", finops.DimBillingAccount: sampleAccount, finops.DimAccount: "a", "BillingCurrency": "USD", "RegionId": "r",
		"ChargeCategory": "Usage", "ServiceName": "EC2", "ServiceCategory": "Compute", "PricingCategory": "Standard",
	}
	maps.Copy(all, columns)
	var rows []sampleRow
	for d := range 32 {
		rows = append(rows, sampleRow{day: sampleStart + finops.Day(d), hours: 24, columns: all, cost: cost, quantity: "24", list: list})
	}
	return rows
}

func find(t *testing.T, rows []sampleRow, rules ...*Rule) *Result {
	t.Helper()
	table, err := tableOf(rows)
	require.NoError(t, err)
	r, err := Examine(t.Context(), table, &Catalogue{Rules: rules}, Options{Sets: setsOf(rows)})
	require.NoError(t, err)
	for _, f := range r.Findings {
		e, err := Explain(t.Context(), table, f, Options{Sets: setsOf(rows)})
		require.NoError(t, err)
		require.Len(t, e.Lines, f.Lines)
	}
	return r
}

// TestExamine_CoveredUsageFreesItsCommitment: what a commitment covers stays on the bill, but for what
// other usage on demand would take of it.
func TestExamine_CoveredUsageFreesItsCommitment(t *testing.T) {
	covered := values{"ResourceId": "i-1", "CommitmentDiscountStatus": "Used", "CommitmentDiscountId": "sp", "PricingCategory": "Committed"}
	rule := ruleOf(t, "T-01", "terminate", `ResourceId = "i-1"`)
	for name, c := range map[string]struct {
		other                   []sampleRow
		absorbed, overlap, want string
	}{
		"nothing else":        {nil, "60.875", "0", "0"},
		"a little on demand":  {repeat("1", "1", values{"ResourceId": "i-2"}), "45.65625", "0", "15.21875"},
		"enough on demand":    {repeat("9", "9", values{"ResourceId": "i-2"}), "0", "0", "60.875"},
		"of another service":  {repeat("9", "9", values{"ResourceId": "i-2", "ServiceName": "RDS"}), "60.875", "0", "0"},
		"spot":                {repeat("9", "9", values{"ResourceId": "i-2", "PricingCategory": "Dynamic"}), "60.875", "0", "0"},
		"of the machine only": {repeat("1", "1", values{"ResourceId": "i-1"}), "60.875", "0", "30.4375"},
	} {
		t.Run(name, func(t *testing.T) {
			r := find(t, append(repeat("2", "4", covered), c.other...), rule)
			require.Len(t, r.Findings, 1)
			f := r.Findings[0]
			assert.Equal(t, []string{c.absorbed, c.overlap, c.want}, []string{f.Absorbed.String(), f.Overlap.String(), f.Net.String()})
			assert.Equal(t, c.want, r.Totals[0].Net.String())
		})
	}
}

// TestExamine_MoneyIsTakenOnce: of findings on the same lines the one that comes first keeps the money.
func TestExamine_MoneyIsTakenOnce(t *testing.T) {
	rows := repeat("2", "2", values{"ResourceId": "i-1"})
	first := ruleOf(t, "T-01", "terminate", `ResourceId = "i-1"`)
	later := ruleOf(t, "T-00", "tier", `ServiceName = EC2`)
	r := find(t, rows, later, first)
	require.Len(t, r.Findings, 2)
	assert.Equal(t, "T-01", r.Findings[0].Rule.ID)
	assert.Equal(t, "60.875", r.Findings[0].Net.String())
	assert.Equal(t, []string{"60.875", "60.875", "0"}, []string{r.Findings[1].Gross.String(), r.Findings[1].Overlap.String(), r.Findings[1].Net.String()})
	assert.Equal(t, "60.875", r.Totals[0].Net.String())
	assert.Equal(t, "60.875", r.Totals[0].MonthlyCost.String())

	half := ruleOf(t, "T-02", "schedule", `ResourceId = "i-1"`)
	half.Saving, half.Parameters = "S-RATIO", []Parameter{{Name: ratio, Default: "0.25"}}
	r = find(t, rows, half, later)
	assert.Equal(t, "15.21875", netOf(r, "T-02"))
	assert.Equal(t, "45.65625", netOf(r, "T-00"), "the later one is priced on what is left")
}

// TestExamine_OfTwoReplacementsOneIsDone: a machine becomes one of a newer family or one on AMD, not both; together they save what
// the better one does.
func TestExamine_OfTwoReplacementsOneIsDone(t *testing.T) {
	newer, amd := byID(t, "A-EC2-05"), byID(t, "A-EC2-07")
	rows := repeat("2.2272", "2.2272", values{"ResourceId": "i-1", "RegionId": "us-east-1", "x_UsageType": "BoxUsage:t2.large", "x_Operation": "RunInstances"})
	alone := find(t, rows, amd).Findings
	require.Len(t, alone, 1)
	both := find(t, rows, newer, amd)
	require.Len(t, both.Findings, 2)
	assert.Positive(t, both.Findings[0].Net.Sign())
	assert.Positive(t, both.Findings[1].Overlap.Sign())
	assert.Equal(t, max2(both.Findings[0].Gross, alone[0].Gross).String(), both.Totals[0].Net.String())
}

func max2(a, b *finops.Amount) finops.Amount {
	if a.Cmp(*b) > 0 {
		return *a
	}
	return *b
}

func byID(t *testing.T, id string) *Rule {
	t.Helper()
	r, err := catalogue(t).ByID(id)
	require.NoError(t, err)
	return r
}

func netOf(r *Result, rule string) string {
	for _, f := range r.Findings {
		if f.Rule.ID == rule {
			return f.Net.String()
		}
	}
	return ""
}

// TestExamine_UseWithoutResource: use that names no resource may be of any in its account and region, and use
// that names one refutes what names none.
func TestExamine_UseWithoutResource(t *testing.T) {
	rule, err := catalogue(t).ByID("A-NET-01")
	require.NoError(t, err)
	hours := values{"SkuMeter": "NatGateway-Hours", "ResourceId": "nat-1"}
	bytes := values{"SkuMeter": "NatGateway-Bytes"}
	r := find(t, append(repeat("1", "", hours), repeat("1", "", bytes)...), rule)
	assert.Empty(t, r.Findings)
	require.NotEmpty(t, r.NotExamined)
	assert.Contains(t, r.NotExamined[0].Reasons[0], "name no resource")

	bytes["RegionId"] = "another"
	r = find(t, append(repeat("1", "", hours), repeat("1", "", bytes)...), rule)
	assert.Len(t, r.Findings, 1)

	delete(hours, "ResourceId")
	bytes["RegionId"], bytes["ResourceId"] = "r", "nat-2"
	r = find(t, append(repeat("1", "", hours), repeat("1", "", bytes)...), rule)
	assert.Empty(t, r.Findings)
	r = find(t, repeat("1", "", hours), rule)
	require.Len(t, r.Findings, 1)
	assert.Empty(t, r.Findings[0].ResourceID)
}

// TestExamine_LongChargesAreSpread: a fee of a month counts for the days of it that lie in the lookback.
func TestExamine_LongChargesAreSpread(t *testing.T) {
	rows := repeat("1", "1", values{"ResourceId": "i-2"})
	fee := repeat("31", "31", values{"ResourceId": "i-1"})[:1]
	fee[0].day, fee[0].hours = sampleStart-1, 31*24 // one day before the lookback, 30 in it
	r := find(t, append(rows, fee...), ruleOf(t, "T-01", "terminate", `ResourceId = "i-1"`))
	require.Len(t, r.Findings, 1)
	assert.Equal(t, "30.4375", r.Findings[0].Net.String())
	assert.Equal(t, 1, r.Findings[0].Lines)
	assert.Equal(t, "60.875", r.Totals[0].MonthlyCost.String())
}

// TestExamine_StatesAreNeverZero: what has no price, saves too little or cannot be examined is said so.
func TestExamine_StatesAreNeverZero(t *testing.T) {
	rule := ruleOf(t, "T-01", "terminate", `ResourceId = "i-1"`)
	r := find(t, repeat("", "", values{"ResourceId": "i-1"}), rule)
	require.Len(t, r.Findings, 1)
	assert.Equal(t, Unpriceable, r.Findings[0].State)
	assert.Nil(t, r.Findings[0].Gross)

	r = find(t, repeat("0.03", "", values{"ResourceId": "i-1"}), rule)
	assert.Equal(t, BelowFloor, r.Findings[0].State)
	assert.Equal(t, "0.913125", r.Findings[0].Net.String())
	assert.Equal(t, "0", r.Totals[0].Net.String())

	r = find(t, repeat("1", "", values{"ResourceId": "i-1"})[:12], rule)
	assert.Empty(t, r.Findings)
	require.Len(t, r.NotExamined, 1)
	assert.Contains(t, r.NotExamined[0].Reasons[0], "10 days with usage")

	for name, columns := range map[string]values{
		"tax": {"ChargeCategory": "Tax"}, "correction": {"ChargeClass": "Correction"}, "marketplace": {"PublisherName": "Datadog"}, "support": {"ServiceSubcategory": "Support"},
	} {
		columns["ResourceId"] = "i-1"
		r = find(t, append(repeat("5", "", columns), repeat("1", "", values{"ResourceId": "i-2"})...), rule)
		assert.Empty(t, r.Findings, name)
	}
}

// TestExamine_WhatIsNotSharedCountsOnce: what a commitment loses by not being shared is a part of what is unused of it, and is
// proven from that alone.
func TestExamine_WhatIsNotSharedCountsOnce(t *testing.T) {
	c := catalogue(t)
	unused, err := c.ByID("X-01")
	require.NoError(t, err)
	beside, err := c.ByID("X-04")
	require.NoError(t, err)
	for at, class := range map[int]string{0: "B", 2: Candidate} { // lines of hours, and of whole days
		r := find(t, beside.rows(&beside.Samples[at]), unused, beside)
		require.Len(t, r.Findings, 2)
		first, second := r.Findings[0], r.Findings[1]
		assert.Equal(t, []string{"X-01", "60.875", "X-04", "54.7875", "54.7875", class}, []string{first.Rule.ID, first.Net.String(), second.Rule.ID, second.Gross.String(), second.Overlap.String(), second.Class})
		assert.Equal(t, "60.875", r.Totals[0].Net.String())
		assert.Equal(t, []string{"91.3125", "0.6"}, []string{second.Prices[0].Value, second.Prices[1].Value})
	}
}

// TestExamine_TheEvidenceNamesEachConditionOnce: a rule may say itself what every finding is of.
func TestExamine_TheEvidenceNamesEachConditionOnce(t *testing.T) {
	r := find(t, repeat("5", "", values{"ResourceId": "i-1"}), ruleOf(t, "T-01", "terminate", `ChargeCategory = "Usage" and ResourceId = "i-1"`))
	require.Len(t, r.Findings, 1)
	text := filter.Print(r.Findings[0].Where())
	for _, said := range []string{"ChargeCategory", "ChargeClass", "ResourceId"} {
		assert.Equal(t, 1, strings.Count(text, said), text)
	}
}

func TestRounded_HalfToEven(t *testing.T) {
	for text, want := range map[string]string{
		"0.00000000005": "0", "0.00000000015": "0.0000000002", "0.00000000025": "0.0000000002", "-0.00000000015": "-0.0000000002", "1/3": "0.3333333333", "12.5": "12.5",
		"2/3": "0.6666666667", "7": "7",
	} {
		assert.Equal(t, want, rounded(ratOfText(text)).String(), text)
	}
}

// TestExamine_MonthsOfDifferentLengthAreNoGrowth has a store of one size, of which a day of January is a smaller part of the month than a
// day of February.
func TestExamine_MonthsOfDifferentLengthAreNoGrowth(t *testing.T) {
	var rows []sampleRow
	for day := finops.NewDay(2026, 1, 1); day <= finops.NewDay(2026, 2, 18); day++ {
		cost := "28"
		if day >= finops.NewDay(2026, 2, 1) {
			cost = "31"
		}
		rows = append(rows, sampleRow{day: day, hours: 24, cost: cost, quantity: "1", columns: values{
			finops.DimProvider: "Microsoft Azure", finops.DimBillingAccount: sampleAccount, finops.DimAccount: "1", "BillingCurrency": "USD", "ChargeCategory": "Usage",
			"SkuMeter": "Hot LRS Data Stored", "ConsumedUnit": "1 GB/Month", "ResourceId": "store", "x_SkuMeterCategory": "Storage",
		}})
	}
	grows := func() bool {
		table, err := tableOf(rows)
		require.NoError(t, err)
		r, err := Examine(t.Context(), table, catalogue(t), Options{Sets: setsOf(rows)})
		require.NoError(t, err)
		return slices.ContainsFunc(r.Findings, func(f *Finding) bool { return f.Rule.ID == "Z-ST-04" })
	}
	require.False(t, grows())
	for i := range rows {
		rows[i].columns["ConsumedUnit"] = "GB-Hours"
	}
	require.True(t, grows())
}

// TestExamine_StatesTheCostOfWhatEnded: the cost of a month counts the last days of a bill that ended as well, and says how much that is.
func TestExamine_StatesTheCostOfWhatEnded(t *testing.T) {
	for behind, want := range map[finops.Day]string{finops.EndedAfter - 1: "0", finops.EndedAfter: "91.3125"} {
		old := repeat("3", "3", values{"ResourceId": "i-1", finops.DimProvider: "Google Cloud"})
		for i := range old {
			old[i].day -= behind
		}
		r := find(t, append(repeat("1", "1", values{"ResourceId": "i-2"}), old...), ruleOf(t, "T-01", "terminate", `ResourceId = "i-3"`))
		require.Len(t, r.Totals, 1)
		assert.Equal(t, "121.75", r.Totals[0].MonthlyCost.String())
		assert.Equal(t, want, r.Totals[0].EndedCost.String(), "%d days behind", behind)
		r.Decide(nil)
		assert.Equal(t, want, r.Totals[0].EndedCost.String(), "after decisions")
	}
}
