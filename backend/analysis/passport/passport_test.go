package passport_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
)

func sum(coef int64, scale int) (s finops.Sum) {
	s.AddCoef(coef, scale)
	return s
}

func TestRatio(t *testing.T) {
	for name, c := range map[string]struct {
		part, whole finops.Sum
		want        int
		ok          bool
		percent     string
	}{
		"Half":             {sum(5, 1), sum(1, 0), 5000, true, "50 %"},
		"Everything":       {sum(300, 2), sum(3, 0), 10000, true, "100 %"},
		"NearlyEverything": {sum(999999, 6), sum(1, 0), 9999, true, "99.9 %"},
		"NearlyNothing":    {sum(1, 9), sum(1, 0), 1, true, "under 0.1 %"},
		"Nothing":          {finops.Sum{}, sum(1, 0), 0, true, "0 %"},
		"OfNothing":        {finops.Sum{}, finops.Sum{}, 0, false, "0 %"},
	} {
		t.Run(name, func(t *testing.T) {
			n, ok := passport.Ratio(c.part, c.whole)
			assert.Equal(t, c.want, n)
			assert.Equal(t, c.ok, ok)
			assert.Equal(t, c.percent, passport.Percent(n))
		})
	}
	assert.Equal(t, "0.9999", passport.Decimal(9999))
	assert.Equal(t, "1", passport.Decimal(passport.One))
	assert.Equal(t, "0", passport.Decimal(0))
	assert.Equal(t, "0.5", passport.Decimal(5000))
}

func TestLengthOf(t *testing.T) {
	const hour, day = 3600, 24 * 3600
	for seconds, want := range map[int64]finops.Length{
		-1: finops.LengthUnknown, 0: finops.LengthUnknown, 1: finops.LengthHour, hour: finops.LengthHour, hour + 1: finops.LengthDay, day - 1: finops.LengthDay,
		day: finops.LengthDay, 2 * day: finops.LengthOther, 28*day - 1: finops.LengthMonth, 31 * day: finops.LengthMonth, 32 * day: finops.LengthOther,
	} {
		assert.Equal(t, want, finops.LengthOf(seconds), "%d s", seconds)
	}
}

var start = finops.NewDay(2026, time.January, 1)

// drawFacts makes a data set of any kind.
func drawFacts(t *rapid.T) passport.SetFacts {
	f := passport.SetFacts{Provider: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "provider"), Account: rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "account")}
	totals := map[string]int64{}
	for range rapid.IntRange(1, 12).Draw(t, "groups") {
		g := passport.Group{
			Currency: rapid.SampledFrom([]string{"", "EUR", "USD"}).Draw(t, "currency"), Traits: passport.Trait(rapid.Uint32Range(0, 1<<21).Draw(t, "traits")),
			Lines: rapid.Int64Range(1, 1000).Draw(t, "lines"), Cost: sum(rapid.Int64Range(0, 1e12).Draw(t, "cost"), rapid.IntRange(0, 6).Draw(t, "scale")),
		}
		if slices.ContainsFunc(f.Groups, func(o passport.Group) bool { return o.Currency == g.Currency && o.Traits == g.Traits }) {
			continue
		}
		f.Groups = append(f.Groups, g)
		totals[g.Currency] += g.Lines
	}
	for currency, lines := range totals {
		f.Totals = append(f.Totals, passport.Total{Currency: currency, Lines: lines})
	}
	for range rapid.IntRange(1, 40).Draw(t, "spells") {
		day := start + finops.Day(rapid.IntRange(0, 150).Draw(t, "day"))
		f.Spells = append(f.Spells, passport.Spell{
			Month: day.Month() + finops.Month(rapid.IntRange(-1, 1).Draw(t, "shift")), Day: day, Length: finops.Length(rapid.IntRange(0, 4).Draw(t, "length")),
			Usage: rapid.Bool().Draw(t, "usage"), Lines: rapid.Int64Range(1, 50).Draw(t, "lines"),
		})
	}
	return f
}

func TestBuild_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts := passport.Facts{Today: start + finops.Day(rapid.IntRange(0, 200).Draw(t, "today"))}
		for range rapid.IntRange(0, 3).Draw(t, "sets") {
			facts.Sets = append(facts.Sets, drawFacts(t))
		}
		p := passport.Build(facts)
		require.Len(t, p.Sets, len(facts.Sets))
		var lines int64
		for _, s := range p.Sets {
			requireSound(t, s)
			lines += s.Lines
		}
		requireSound(t, p.Whole)
		require.Equal(t, lines, p.Whole.Lines, "the workspace is the sum of its sets")
		_, err := json.Marshal(p)
		require.NoError(t, err)
	})
}

func requireSound(t *rapid.T, s passport.Set) {
	for i := range s.Shares {
		x := &s.Shares[i]
		n, _ := x.Value()
		require.True(t, n >= 0 && n <= passport.One, "%s is %d", x.Code, n)
		require.LessOrEqual(t, x.Lines, x.OfLines)
		require.LessOrEqual(t, x.UsageLines, x.OfUsageLines)
		require.LessOrEqual(t, x.OfUsageLines, x.OfLines)
		require.LessOrEqual(t, x.Cost.Cmp(x.OfCost), 0)
		require.LessOrEqual(t, x.UsageCost.Cmp(x.OfUsageCost), 0)
	}
	c := s.Coverage
	require.Equal(t, c.Days, c.CoveredDays+len(c.MissingDays), "a day of the span is covered or missing")
	var missing int
	for i, m := range c.Months {
		require.Len(t, m.Lines, int(m.Month.Last()-m.Month.First())+1)
		require.True(t, i == 0 || m.Month > c.Months[i-1].Month)
		require.False(t, m.Complete && (m.Running || len(m.Missing) > 0))
		missing += len(m.Missing)
	}
	require.Equal(t, len(c.MissingDays), missing, "the days of the months are those of the span")
	for _, d := range c.MissingDays {
		require.True(t, d >= c.FirstDay && d <= c.LastDay)
	}
	require.NotEmpty(t, s.Verdict)
	worst := -1
	place := map[passport.Severity]int{passport.Problem: 0, passport.Gap: 0, passport.Info: 1, passport.Good: 2}
	var most *finops.Sum // of the faults in the currency of most lines
	codes := map[string]bool{}
	for _, f := range s.Findings {
		at := place[f.Severity]
		require.GreaterOrEqual(t, at, worst, "faults come before notes, and these before passed checks")
		worst = at
		if f.Amount != nil && at == 0 && f.Currency == s.Currencies[0].Code {
			require.True(t, most == nil || most.Cmp(*f.Amount) >= 0, "faults come by the money behind them")
			most = f.Amount
		}
		require.NotEmpty(t, f.Sentence)
		require.False(t, codes[f.Code], "%s comes twice", f.Code)
		codes[f.Code] = true
		if f.Severity == passport.Problem || f.Severity == passport.Gap {
			require.NotEmpty(t, f.Meaning, f.Code)
			require.NotEmpty(t, f.Action, f.Code)
		}
	}
	require.Len(t, s.Readiness, 8)
	for _, r := range s.Readiness {
		require.NotEmpty(t, r.Reasons, r.Analysis)
	}
}

// TestBuild_OrderOfFacts wants the same passport whatever the order in which facts were
// counted.
func TestBuild_OrderOfFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFacts(t)
		turned := f
		turned.Groups, turned.Spells, turned.Totals = slices.Clone(f.Groups), slices.Clone(f.Spells), slices.Clone(f.Totals)
		slices.Reverse(turned.Groups)
		slices.Reverse(turned.Spells)
		slices.Reverse(turned.Totals)
		text := func(s passport.SetFacts) string {
			out, err := json.Marshal(passport.Build(passport.Facts{Today: start + 100, Sets: []passport.SetFacts{s}}))
			require.NoError(t, err)
			return string(out)
		}
		require.Equal(t, text(f), text(turned))
	})
}

// month is daily usage over some days of January.
func month(lines ...finops.Day) []passport.Spell {
	var spells []passport.Spell
	for _, d := range lines {
		spells = append(spells, passport.Spell{Month: start.Month(), Day: start + d, Length: finops.LengthDay, Usage: true, Lines: 3})
	}
	return spells
}

func TestBuild_LateChargesOpenNoGap(t *testing.T) {
	spells := append(month(0, 1, 2), passport.Spell{Month: start.Month(), Day: start - 40, Length: finops.LengthDay, Usage: true, Lines: 1})
	p := passport.Build(passport.Facts{Today: start + 3, Sets: []passport.SetFacts{{Spells: spells, Totals: []passport.Total{{Currency: "USD", Lines: 10}}}}})
	c := p.Sets[0].Coverage
	assert.Equal(t, start, c.FirstDay)
	assert.Empty(t, c.MissingDays)
	assert.EqualValues(t, 1, c.LateLines)
	assert.Equal(t, []finops.Day{start - 40}, c.LateDays)
}

// TestBuild_InvoicesOfTheRunningMonth does not ask for numbers of invoices that cannot
// have been issued.
func TestBuild_InvoicesOfTheRunningMonth(t *testing.T) {
	groups := []passport.Group{
		{Currency: "USD", Traits: passport.HasInvoice, Lines: 1, Cost: sum(1, 0)},
		{Currency: "USD", Traits: passport.OpenBill, Lines: 9, Cost: sum(9, 0)},
	}
	p := passport.Build(passport.Facts{Today: start, Sets: []passport.SetFacts{{Groups: groups, Spells: month(0), Totals: []passport.Total{{Currency: "USD", Lines: 10}}}}})
	for _, f := range p.Sets[0].Findings {
		if f.Code == "invoice_id" {
			assert.Equal(t, passport.Good, f.Severity)
			assert.Equal(t, "1", f.Value)
		}
	}
}

// What no set reaches is missing too: two accounts, years apart, are no unbroken history.
func TestBuild_BetweenSets(t *testing.T) {
	early, late := finops.NewDay(2026, 1, 1), finops.NewDay(2026, 5, 1)
	covered := func(from finops.Day, days int) (list []passport.Spell) {
		for d := range finops.Day(days) {
			list = append(list, passport.Spell{Month: from.Month(), Day: from + d, Length: finops.LengthDay, Usage: true, Lines: 1})
		}
		return list
	}
	sets := []passport.SetFacts{
		{Provider: "A", Totals: []passport.Total{{Currency: "EUR", Lines: 31}}, Spells: covered(early, 31)},
		{Provider: "B", Totals: []passport.Total{{Currency: "EUR", Lines: 30}}, Spells: covered(late+1, 30)},
	}
	facts := passport.Facts{Today: finops.NewDay(2026, 6, 3), Sets: sets}
	p := passport.Build(facts)
	for _, s := range p.Sets {
		assert.Empty(t, s.Coverage.MissingDays)
		assert.Empty(t, s.Coverage.MissingMonths)
	}
	c := p.Whole.Coverage
	assert.Equal(t, []finops.Month{finops.NewMonth(2026, 2), finops.NewMonth(2026, 3), finops.NewMonth(2026, 4)}, c.MissingMonths)
	assert.Len(t, c.MissingDays, 28+31+30+1)
	assert.Equal(t, finops.NewDay(2026, 2, 1), c.MissingDays[0])
	assert.Equal(t, late, c.MissingDays[len(c.MissingDays)-1])
	require.Len(t, c.Months, 5)
	assert.Equal(t, 1, c.CompleteMonths)
	assert.Len(t, c.Months[2].Missing, 31)
	var said []string
	for _, f := range p.Whole.Findings {
		if f.Code == "missing_months" || f.Code == "missing_days" {
			said = append(said, f.Sentence)
		}
	}
	assert.Equal(t, []string{
		"90 of 151 days from 1 Jan 2026 to 31 May 2026 lack the charges of at least one provider; the first is 1 Feb 2026.",
		"3 of 5 months from Jan 2026 to May 2026 lack the bill of at least one data set: Feb – Apr 2026.",
	}, said)

	alone := passport.Build(passport.Facts{Today: finops.NewDay(2026, 6, 3), Sets: sets[:1]})
	assert.Empty(t, alone.Whole.Coverage.MissingDays)
	sets[1].Provider, sets[1].Account = "A", "2"
	one := passport.Build(facts).Whole.Coverage
	assert.Equal(t, c.MissingMonths, one.MissingMonths, "also where both accounts are of one provider")
	for _, m := range one.Months {
		assert.Equal(t, !m.Billed, slices.Contains(one.MissingMonths, m.Month), "the strip of days and the list agree on %s", m.Month)
	}
}

func monthOf(text string) finops.Month {
	m, err := finops.ParseMonth(text)
	if err != nil {
		panic(err)
	}
	return m
}

// TestBuild_SaysWhatLinesHaveInThePlural has lines that cost nothing, so that they are counted.
func TestBuild_SaysWhatLinesHaveInThePlural(t *testing.T) {
	groups := []passport.Group{{Currency: "USD", Lines: 3}, {Currency: "USD", Traits: passport.HasSKU | passport.HasSubAccount, Lines: 2}}
	p := passport.Build(passport.Facts{Today: start, Sets: []passport.SetFacts{{Groups: groups, Spells: month(0), Totals: []passport.Total{{Currency: "USD", Lines: 5}}}}})
	var said []string
	for _, f := range p.Sets[0].Findings {
		if f.Code == "sub_account_id" || f.Code == "sku_id" {
			said = append(said, f.Sentence)
		}
	}
	assert.ElementsMatch(t, []string{"40 % of the lines name their SKU (SkuId).", "40 % of the lines name their account below the billing account (SubAccountId)."}, said)
}

// TestBuild_SaysWhatTheAmountOfAFindingIs has lines with and without an account, and costs that are wrong by less than a cent in one currency.
func TestBuild_SaysWhatTheAmountOfAFindingIs(t *testing.T) {
	groups := []passport.Group{{Currency: "USD", Lines: 3, Cost: sum(300, 0)}, {Currency: "USD", Traits: passport.HasSubAccount, Lines: 2, Cost: sum(100, 0)}, {Currency: "NOK", Lines: 1, Cost: sum(9, 0)}}
	excess := func(usd finops.Sum) (found passport.Finding, account string) {
		p := passport.Build(passport.Facts{Today: start, Sets: []passport.SetFacts{{
			Groups: groups, Spells: month(0), Totals: []passport.Total{{Currency: "USD", Lines: 5}, {Currency: "NOK", Lines: 1}},
			Excess: []passport.Excess{{Trait: passport.ContractedBelow, Currency: "USD", Lines: 1, Amount: usd}, {Trait: passport.ContractedBelow, Currency: "NOK", Lines: 1, Amount: sum(9, 0)}},
		}}})
		for _, f := range p.Sets[0].Findings {
			switch f.Code {
			case "contracted_below_effective":
				found = f
			case "sub_account_id":
				account = f.Sentence
			}
		}
		return found, account
	}
	found, account := excess(sum(4, 3))
	assert.Equal(t, "25 % of the cost names its account below the billing account (SubAccountId); 300.00 USD does not.", account)
	assert.Equal(t, "2 lines have a contracted cost below the effective cost, by less than 0.01 USD and 9.00 NOK in all.", found.Sentence)
	assert.Equal(t, "NOK", found.Currency, "an amount that rounds to zero is not shown beside the sentence")
	found, _ = excess(sum(5, 3))
	assert.Equal(t, "USD", found.Currency)
}

// TestBuild_NamesTheFirstOfManyGaps has a bill for every other month.
func TestBuild_NamesTheFirstOfManyGaps(t *testing.T) {
	var spells []passport.Spell
	for m := finops.NewMonth(2025, 1); m <= finops.NewMonth(2026, 1); m += 2 {
		for d := m.First(); d <= m.Last(); d++ {
			spells = append(spells, passport.Spell{Month: m, Day: d, Length: finops.LengthDay, Usage: true, Lines: 1})
		}
	}
	p := passport.Build(passport.Facts{Today: finops.NewDay(2026, 2, 3), Sets: []passport.SetFacts{{Provider: "A", Totals: []passport.Total{{Currency: "EUR", Lines: int64(len(spells))}}, Spells: spells}}})
	at := slices.IndexFunc(p.Sets[0].Findings, func(f passport.Finding) bool { return f.Code == "missing_months" })
	assert.Equal(t, "6 of 13 months from Jan 2025 to Jan 2026 have no bill: Feb 2025, Apr 2025, Jun 2025 and 3 more spans.", p.Sets[0].Findings[at].Sentence)
	assert.Len(t, p.Sets[0].Coverage.MissingMonths, 6, "the list has them all")
}

// TestBuild_RanksFindingsByMoney has three gaps of one severity: the one with the most money comes first, and
// the verdict is about totals before anything else.
func TestBuild_RanksFindingsByMoney(t *testing.T) {
	day := finops.NewDay(2026, time.January, 15)
	facts := passport.SetFacts{Provider: "A", Account: "1", Totals: []passport.Total{{Currency: "EUR", Lines: 30}}}
	everything := passport.Usage | passport.HasResource | passport.HasTags | passport.HasList | passport.HasContracted | passport.HasEffective | passport.HasSKU | passport.HasRegion | passport.HasSubAccount | passport.Mapped
	for lines, traits := range map[int64]passport.Trait{10: everything &^ passport.HasTags, 15: everything &^ passport.HasResource, 5: everything} {
		facts.Groups = append(facts.Groups, passport.Group{Currency: "EUR", Traits: traits, Lines: lines, Cost: sum(lines, 0)})
	}
	for d := monthOf("2026-01").First(); d <= day; d++ {
		facts.Spells = append(facts.Spells, passport.Spell{Month: d.Month(), Day: d, Length: finops.LengthHour, Usage: true, Lines: 2})
	}
	s := passport.Build(passport.Facts{Today: day, Sets: []passport.SetFacts{facts}}).Sets[0]
	var gaps []string
	for _, f := range s.Findings {
		if f.Severity == passport.Gap && f.Amount != nil {
			gaps = append(gaps, f.Code+" "+f.Amount.String()+" "+f.Currency)
		}
	}
	assert.Equal(t, []string{"resource_id 15 EUR", "tags 10 EUR"}, gaps)
	assert.Equal(t, "Totals are complete, and the data is ready for 2 of 7 analyses of this version.", s.Verdict)

	facts.Spells = slices.DeleteFunc(facts.Spells, func(s passport.Spell) bool { return s.Day == monthOf("2026-01").First()+3 })
	s = passport.Build(passport.Facts{Today: day, Sets: []passport.SetFacts{facts}}).Sets[0]
	assert.Equal(t, "Check the totals before you use them: 1 of 15 days from 1 Jan 2026 to 15 Jan 2026 has no charges; the first is 4 Jan 2026.", s.Verdict)
	for _, r := range s.Readiness {
		missing := []string{"tagging"}
		assert.Equal(t, !slices.Contains(missing, r.Analysis), r.Available, r.Analysis)
	}
}
