package commitment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
)

var firstDay = finops.NewDay(2026, time.September, 1)

// daysFrom are so many days in a row.
func daysFrom(first finops.Day, n int) []finops.Day {
	days := make([]finops.Day, n)
	for i := range days {
		days[i] = first + finops.Day(i)
	}
	return days
}

// line is a day's charge of a commitment: list cost ("" = none) and effective cost.
func line(t testing.TB, day finops.Day, status, list, effective string) *commitment.ContractLine {
	t.Helper()
	l := &commitment.ContractLine{
		Kind: kind(status, "ri-1", "Committed"), Account: "1", Contract: &commitment.Contract{}, Day: day, Start: day.Time().Unix(), End: (day + 1).Time().Unix(),
		Place: commitment.Place{Region: "eu-west-1", Family: "m5", Meter: "EU-BoxUsage:m5.large"}, Line: commitment.Line{Effective: amount(t, effective), ListKnown: list != ""},
	}
	if list != "" {
		l.List = amount(t, list)
		l.OnDemand, l.OnDemandKnown = l.List, true
	}
	return l
}

// standingsOf books lines of a data set with usage on 40 days from the first of September.
func standingsOf(lines ...*commitment.ContractLine) []*commitment.Standing {
	w := commitment.WindowOf(daysFrom(firstDay, 40), nil)
	b := commitment.NewBook(func(string, string) *commitment.Window { return &w })
	for _, l := range lines {
		b.Add(l)
	}
	return b.Standings()
}

func TestStanding_IsOfAMonth(t *testing.T) {
	var lines []*commitment.ContractLine
	for _, d := range daysFrom(firstDay, 40) {
		lines = append(lines, line(t, d, "Used", "10", "6"), line(t, d, "Unused", "0", "2"))
	}
	all := standingsOf(lines...)
	require.Len(t, all, 1)
	s := all[0]
	assert.Equal(t, 30, s.Days)
	assert.Equal(t, "2026-09-09", s.From.String())
	assert.Equal(t, "2026-10-08", s.To.String(), "the last two days are not settled")
	assert.Equal(t, []string{"182.625", "60.875", "0.75", "0.3333333333", "0.6", "121.75", "60.875"}, []string{
		text(s.Used), text(s.Unused), text(s.Utilisation()), text(s.HourlyCost()), text(s.BreakEven()), text(s.CostOfLapse()), text(s.NetSaving()),
	}, "30.4375 days of 6 and 2")
	assert.False(t, s.Ended)
	assert.Equal(t, commitment.EndUnknown, s.ExpiryKnown)
}

func TestStanding_EndedAndLongLines(t *testing.T) {
	ended := line(t, firstDay+20, "Used", "10", "6")
	fee := line(t, firstDay, "Unused", "", "40")
	fee.Commitment, fee.End = "ri-2", (firstDay + 40).Time().Unix()
	all := standingsOf(ended, fee)
	require.Len(t, all, 2)
	assert.Equal(t, []string{"ri-2", "ri-1"}, []string{all[0].ID, all[1].ID}, "what runs comes first")
	assert.True(t, all[1].Ended)
	assert.Nil(t, all[1].CostOfLapse())
	assert.Equal(t, "30.4375", text(all[0].Unused), "a fee of 40 days is spread over them")
	assert.Equal(t, "2026-10-10", all[0].Last.String())
}

func TestStanding_WithoutListPriceIsUnknown(t *testing.T) {
	s := standingsOf(line(t, firstDay+37, "Used", "", "6"))[0]
	assert.Nil(t, s.BreakEven())
	assert.Nil(t, s.NetSaving())
	assert.True(t, s.OnDemandUnknown)
	assert.Equal(t, 1, s.Days, "from its first charge on")
}

func TestStanding_WhollyUnusedSavesNothing(t *testing.T) {
	unused := line(t, firstDay+37, "Unused", "0", "2")
	start, end := firstDay-300, firstDay+64
	unused.Contract = &commitment.Contract{Start: &start, End: &end}
	s := standingsOf(unused)[0]
	assert.Equal(t, []string{"0", "0", "-60.875"}, []string{text(s.Utilisation()), text(s.CostOfLapse()), text(s.NetSaving())})
	assert.Nil(t, s.BreakEven())
	assert.Equal(t, 12, s.Months, "by its start and its end")
	left, known := s.DaysLeft()
	assert.True(t, known)
	assert.Equal(t, 27, left)
}

func TestStanding_Google(t *testing.T) {
	google := func(id, status, effective string) *commitment.ContractLine {
		l := line(t, firstDay+36, status, "10", effective)
		l.Provider, l.Commitment = "Google Cloud", id
		return l
	}
	fee := google("contract", "Unused", "3")
	fee.FeeUsed, fee.FeeUnused, fee.FeeUsedKnown, fee.FeeUnusedKnown = amount(t, "9"), amount(t, "3"), true, true
	fee.Name = "Commitment v1: N2 Cpu in Frankfurt for 3 Years"
	unused := google("contract", "", "12")
	unused.ChargeCategory = "Purchase"
	all := standingsOf(fee, unused, google("program", "Used", "9"))
	require.Len(t, all, 1, "an id of a program is no commitment")
	s := all[0]
	assert.Equal(t, "0.375", text(s.Utilisation()), "9 of 24: a fee of which nothing was taken away was not used")
	assert.Equal(t, 36, s.Months)
	assert.Equal(t, commitment.PayNone, s.Payment)
	assert.Equal(t, "2029-10-06", s.Expires.String(), "three years from its first charge")
}

func TestContract_Expiry(t *testing.T) {
	day := func(text string) *finops.Day {
		d, err := finops.ParseDay(text)
		require.NoError(t, err)
		return &d
	}
	data := *day("2026-01-01")
	for _, c := range []struct {
		contract    commitment.Contract
		first, last string
		end         string
		how         commitment.EndKind
	}{
		{commitment.Contract{End: day("2027-03-31"), Months: 12}, "2026-01-01", "2026-02-01", "2027-03-31", commitment.EndStated},
		{commitment.Contract{Start: day("2025-04-01"), Months: 12}, "2026-01-01", "2026-02-01", "2026-03-31", commitment.EndCounted},
		{commitment.Contract{Months: 12}, "2026-02-01", "2026-03-01", "2027-01-31", commitment.EndCounted},
		{commitment.Contract{Months: 12}, "2026-01-03", "2026-03-01", "2027-01-02", commitment.EndLatest},
		{commitment.Contract{Months: 12}, "2026-01-03", "2027-03-01", "", commitment.EndUnknown},
		{commitment.Contract{}, "2026-02-01", "2026-03-01", "", commitment.EndUnknown},
	} {
		end, how := c.contract.Expiry(*day(c.first), *day(c.last), data)
		assert.Equal(t, c.how, how, "%+v", c)
		if c.end == "" {
			assert.Nil(t, end)
			continue
		}
		assert.Equal(t, c.end, end.String(), "%+v", c)
	}
	assert.Equal(t, 3, commitment.MonthsUntil(*day("2026-01-15"), *day("2026-04-10")))
	assert.Equal(t, 0, commitment.MonthsUntil(*day("2026-01-15"), *day("2025-04-10")))
}

func TestTermColumn(t *testing.T) {
	for _, c := range []struct {
		column, value string
		months        int
		payment       commitment.Payment
		start, end    string
	}{
		{"savingsPlan/PurchaseTerm", "3yr", 36, "", "", ""},
		{"pricing_lease_contract_length", "1yr", 12, "", "", ""},
		{"x_Term", "36", 36, "", "", ""},
		{"Term", "P1Y", 12, "", "", ""},
		{"Term", "3 Years", 36, "", "", ""},
		{"Term", "OnDemand", 0, "", "", ""},
		{"savings_plan_payment_option", "No Upfront", 0, commitment.PayNone, "", ""},
		{"pricing/PurchaseOption", "All Upfront", 0, commitment.PayAll, "", ""},
		{"pricing/PurchaseOption", "Partial Upfront", 0, commitment.PayPartial, "", ""},
		{"reservation/StartTime", "2018-04-03T10:00:00.000Z", 0, "", "2018-04-03", ""},
		{"reservation_end_time", "2019-04-04T00:00:00.000Z", 0, "", "", "2019-04-03"},
		{"SkuPriceDetails", `{"x_PurchaseTerm":"1yr","x_PaymentOption":"Monthly","CoreCount":4}`, 12, commitment.PayNone, "", ""},
		{"x_CommitmentDiscountEnd", "2027-06-30T23:59:59Z", 0, "", "", "2027-06-30"},
		{"SkuPriceDetails", `{"x_PurchaseTerm":1`, 0, "", "", ""},
	} {
		note, ok := commitment.TermColumn(c.column)
		require.True(t, ok, c.column)
		var got commitment.Contract
		note(&got, c.value)
		assert.Equal(t, c.months, got.Months, c.value)
		assert.Equal(t, c.payment, got.Payment, c.value)
		for want, day := range map[string]*finops.Day{c.start: got.Start, c.end: got.End} {
			if want != "" {
				require.NotNil(t, day, c.value)
				assert.Equal(t, want, day.String())
			}
		}
	}
	_, ok := commitment.TermColumn("pricing/term")
	assert.False(t, ok, "it says OnDemand or Reserved")
}

// free is an hour of usage at on-demand prices.
func free(t testing.TB, place commitment.Place, start int64, seconds int64, effective string) *commitment.Free {
	t.Helper()
	return &commitment.Free{
		Provider: "AWS", Account: "1", Currency: "USD", Place: place, Day: finops.DayOfUnix(start), Start: start, End: start + seconds, Effective: amount(t, effective),
	}
}

func TestSharing(t *testing.T) {
	m5 := commitment.Place{Region: "eu-west-1", Family: "m5", Meter: "EU-BoxUsage:m5.xlarge"}
	noon := (firstDay + 36).Time().Unix() + 12*3600
	covered := line(t, firstDay+36, "Used", "10", "5")
	left := line(t, firstDay+36, "Unused", "", "4")
	left.Start, left.End = noon, noon+3600
	for _, c := range []struct {
		name      string
		usage     []*commitment.Free
		slot      int
		uncovered string
		loss      string
	}{
		{"in the same hour, at the rate of the commitment", []*commitment.Free{free(t, m5, noon, 3600, "6"), free(t, m5, noon+3600, 3600, "6")}, 1, "182.625", "45.65625"},
		{"no more than was unused", []*commitment.Free{free(t, m5, noon, 3600, "60")}, 1, "913.125", "60.875"},
		{"a day that is known as a whole", []*commitment.Free{free(t, m5, noon-12*3600, 24*3600, "6")}, 24, "91.3125", "45.65625"},
		{"another hour", []*commitment.Free{free(t, m5, noon+3600, 3600, "6")}, 1, "91.3125", "0"},
		{"another region", []*commitment.Free{free(t, commitment.Place{Region: "us-east-1", Family: "m5"}, noon, 3600, "6")}, 0, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := standingsOf(covered, left)
			h := commitment.NewSharer(all)
			require.True(t, h.Wanted())
			for _, u := range c.usage {
				h.Add(u)
			}
			h.Finish()
			if c.slot == 0 {
				assert.Nil(t, all[0].Sharing)
				return
			}
			require.NotNil(t, all[0].Sharing)
			assert.Equal(t, []string{c.uncovered, c.loss}, []string{text(all[0].Sharing.Uncovered), text(all[0].Sharing.Loss)}, "× 30.4375 ÷ 2 days")
			assert.Equal(t, c.slot, all[0].Sharing.SlotHours)
		})
	}
}

// TestSharing_Flexible covers machines of two families, and so could any.
func TestSharing_Flexible(t *testing.T) {
	one, two := line(t, firstDay+36, "Used", "10", "5"), line(t, firstDay+36, "Used", "10", "5")
	one.Spend, two.Spend, two.Place.Family = true, true, "r5"
	all := standingsOf(one, two, line(t, firstDay+36, "Unused", "", "4"))
	h := commitment.NewSharer(all)
	h.Add(free(t, commitment.Place{Region: "us-east-1", Family: "c7g"}, (firstDay + 36).Time().Unix(), 24*3600, "2"))
	h.Add(free(t, commitment.Place{Region: "us-east-1", Meter: "NatGateway-Hours"}, (firstDay + 36).Time().Unix(), 24*3600, "99"))
	h.Finish()
	require.NotNil(t, all[0].Sharing)
	assert.Equal(t, "15.21875", text(all[0].Sharing.Loss), "2 × 0.5 on one of two days")
}

func TestPoolMonths(t *testing.T) {
	var p commitment.PoolMonths
	c := p.Cell("AWS", commitment.Place{Region: "eu-west-1", Family: "m5"}, finops.NewMonth(2026, 10), "USD")
	c.Add(true, commitment.Line{List: amount(t, "30"), ListKnown: true, Effective: amount(t, "18")})
	c.Add(false, commitment.Line{List: amount(t, "70"), ListKnown: true, Effective: amount(t, "70")})
	c.Add(false, commitment.Line{Effective: amount(t, "-3")})
	other := p.Cell("AWS", commitment.Place{Region: "us-east-1", Family: "r5"}, finops.NewMonth(2026, 10), "USD")
	other.Add(false, commitment.Line{Effective: amount(t, "5")})
	p.Cell("AWS", commitment.Place{Family: "m5"}, finops.NewMonth(2026, 10), "USD").Add(false, commitment.Line{List: amount(t, "100"), ListKnown: true, Effective: amount(t, "100")})
	months := p.Months()
	require.Len(t, months, 3)
	for i, want := range [][]string{
		{"aws-compute-savings-plan", "0.15", "0.075", "0.6", "190"}, // machines without a region are in no other pool
		{"aws-ec2-savings-plan:eu-west-1:m5", "0.3", "0.15", "0.6", "85"},
		{"aws-ec2-savings-plan:us-east-1:r5", "unknown", "unknown", "unknown", "5"},
	} {
		m := months[i]
		assert.Equal(t, want, []string{m.Pool.ID, text(m.Coverage), text(m.EffectiveSavingsRate), text(m.BreakEven), m.Effective.String()})
	}
}

func TestTotals(t *testing.T) {
	known := line(t, firstDay+36, "Used", "10", "6")
	unknown := line(t, firstDay+36, "Used", "", "6")
	unknown.Commitment = "ri-2"
	ended := line(t, firstDay+10, "Used", "10", "6")
	ended.Commitment = "ri-3"
	totals := commitment.Totals(standingsOf(known, unknown, ended))
	require.Len(t, totals, 1)
	assert.Equal(t, []int{2, 1}, []int{totals[0].Running, totals[0].Unknown})
	assert.Equal(t, "1", text(totals[0].Utilisation()))
}
