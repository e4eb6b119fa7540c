package commitment_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

func amount(t testing.TB, text string) finops.Amount {
	t.Helper()
	a, err := finops.ParseAmount([]byte(text))
	require.NoError(t, err)
	return a
}

func text(v *big.Rat) string {
	if v == nil {
		return "unknown"
	}
	return finops.RoundHalfEven(v, 10)
}

// cell makes a cell of lines, each a list cost ("" = unknown) and an effective cost.
func cell(t testing.TB, k commitment.Kind, lines ...[2]string) *commitment.Cell {
	t.Helper()
	c := &commitment.Cell{Kind: k, Month: finops.NewMonth(2026, 10)}
	for _, l := range lines {
		line := commitment.Line{Effective: amount(t, l[1]), ListKnown: l[0] != ""}
		if line.ListKnown {
			line.List = amount(t, l[0])
		}
		c.Add(line)
	}
	return c
}

func kind(status, commitmentID, pricing string) commitment.Kind {
	return commitment.Kind{Provider: "AWS", Commitment: commitmentID, Type: "Savings Plan", Status: status, Service: "Amazon EC2", Category: "Compute", Pricing: pricing, ChargeCategory: "Usage", Currency: "USD"}
}

func TestMake(t *testing.T) {
	tax, correction, idle := kind("", "", "Standard"), kind("", "", "Standard"), kind("", "", "Standard")
	tax.ChargeCategory, correction.ChargeClass, idle.Service = "Tax", "Correction", "Amazon S3"
	purchase := kind("Unused", "sp-1", "Committed")
	purchase.ChargeCategory = "Purchase"
	r := commitment.Make([]*commitment.Cell{
		cell(t, kind("Used", "sp-1", "Committed"), [2]string{"10", "7"}, [2]string{"20", "14"}),
		cell(t, purchase, [2]string{"", "3"}),
		cell(t, kind("", "", "Standard"), [2]string{"30", "30"}, [2]string{"", "5"}, [2]string{"4", "-2"}),
		cell(t, idle, [2]string{"40", "40"}),
		cell(t, tax, [2]string{"99", "99"}), cell(t, correction, [2]string{"99", "-99"}),
	})
	require.Len(t, r.Commitments, 1)
	u := r.Commitments[0]
	assert.Equal(t, []string{"sp-1", "Savings Plan", "21", "3", "0.875", "30", "21"}, []string{u.ID, u.Type, text(u.Used), text(u.Unused), text(u.Utilisation()), text(u.CoveredList), text(u.CoveredEffective)})
	require.Len(t, r.Months, 1)
	m := r.Months[0]
	assert.Equal(t, "0.5", text(m.Coverage), "30 of 60: S3 has no used lines")
	// List 10+20+30+40, effective 7+14+3+30-2+40; the line of 5 without a list cost is left out.
	assert.Equal(t, text(big.NewRat(100-92, 100)), text(m.EffectiveSavingsRate))
	assert.Equal(t, text(big.NewRat(5, 99)), text(m.ListUnknownShare))
}

func TestMake_GoogleCountsTheFee(t *testing.T) {
	fee := commitment.Kind{Provider: "Google Cloud", Commitment: "contract-1", Type: "Spend-based CUD", Status: "Unused", ChargeCategory: "Usage", Currency: "USD"}
	program := fee
	program.Commitment, program.Status = "program", "Used"
	bare := fee
	bare.Commitment = "contract-2"
	c := &commitment.Cell{Kind: fee, Month: finops.NewMonth(2026, 10)}
	c.Add(commitment.Line{Effective: amount(t, "4"), FeeUsed: amount(t, "16"), FeeUnused: amount(t, "4"), FeeUsedKnown: true, FeeUnusedKnown: true})
	r := commitment.Make([]*commitment.Cell{c, cell(t, program, [2]string{"30", "20"}), cell(t, bare, [2]string{"", "1"})})
	require.Len(t, r.Commitments, 2, "the id of a program is no commitment")
	assert.Equal(t, []string{"contract-1", "16", "4", "0.8"}, []string{r.Commitments[0].ID, text(r.Commitments[0].Used), text(r.Commitments[0].Unused), text(r.Commitments[0].Utilisation())})
	assert.Equal(t, []string{"contract-2", "unknown", "unknown", "unknown"}, []string{r.Commitments[1].ID, text(r.Commitments[1].Used), text(r.Commitments[1].Unused), text(r.Commitments[1].Utilisation())})
}

// usage draws some days of usage in cents, in up to three classes.
func usage(rt *rapid.T, classes int) (*commitment.Usage, [][]int64) {
	u := &commitment.Usage{SlotHours: 1}
	u.Rates = rapid.SliceOfNDistinct(rapid.IntRange(300, 990), classes, classes, rapid.ID[int]).Draw(rt, "rates")
	// The largest discount comes first.
	for i := range u.Rates {
		for j := i + 1; j < len(u.Rates); j++ {
			if u.Rates[j] < u.Rates[i] {
				u.Rates[i], u.Rates[j] = u.Rates[j], u.Rates[i]
			}
		}
	}
	var cents [][]int64
	for range rapid.IntRange(1, 40).Draw(rt, "slots") {
		var s commitment.Slot
		var list []int64
		for range classes {
			v := int64(rapid.IntRange(0, 500).Draw(rt, "cents"))
			var sum finops.Sum
			sum.Add(finops.NewAmount(v, 2))
			s.OnDemand = append(s.OnDemand, sum)
			list = append(list, v)
		}
		u.Slots = append(u.Slots, s)
		cents = append(cents, list)
	}
	u.Slots[0].OnDemand[0].Add(finops.NewAmount(1, 2))
	cents[0][0]++
	return u, cents
}

var oneYear = commitment.Horizon{Years: 1, Payment: commitment.PayNone, Points: 21}

// savingOf calculates what a commitment an hour saves a month, in another way than the program: slot by slot in fractions.
func savingOf(u *commitment.Usage, cents [][]int64, hourly *big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, slot := range cents {
		left := new(big.Rat).Set(hourly)
		for class, v := range slot {
			rate := big.NewRat(int64(u.Rates[class]), 1000)
			need := new(big.Rat).Mul(big.NewRat(v, 100), rate)
			if need.Cmp(left) > 0 {
				need.Set(left)
			}
			sum.Add(sum, new(big.Rat).Quo(need, rate))
			left.Sub(left, need)
		}
		sum.Sub(sum, hourly)
	}
	return sum.Mul(sum, big.NewRat(1461, int64(2*len(cents))))
}

// TestSimulate_FindsTheBest compares with every commitment at which the saving can turn.
func TestSimulate_FindsTheBest(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		u, cents := usage(rt, rapid.IntRange(1, 3).Draw(rt, "classes"))
		s, err := commitment.Simulate(t.Context(), u, oneYear)
		require.NoError(rt, err)
		require.Zero(rt, savingOf(u, cents, s.Optimum.HourlyCommitment).Cmp(s.Optimum.MonthlySaving))
		for _, slot := range cents {
			at := new(big.Rat)
			for class, v := range slot {
				at.Add(at, new(big.Rat).Mul(big.NewRat(v, 100), big.NewRat(int64(u.Rates[class]), 1000)))
				require.LessOrEqual(rt, savingOf(u, cents, at).Cmp(s.Optimum.MonthlySaving), 0, "%s an hour saves more than %s", at.FloatString(6), s.Optimum.HourlyCommitment.FloatString(6))
			}
		}
		for i, p := range s.Curve {
			require.Zero(rt, savingOf(u, cents, p.HourlyCommitment).Cmp(p.MonthlySaving))
			require.True(rt, i == 0 || s.Curve[i-1].HourlyCommitment.Cmp(p.HourlyCommitment) < 0)
			require.LessOrEqual(rt, p.Coverage.Cmp(big.NewRat(1, 1)), 0)
		}
		require.Zero(rt, s.Curve[len(s.Curve)/2].HourlyCommitment.Cmp(s.Optimum.HourlyCommitment)*s.Optimum.HourlyCommitment.Sign(), "the optimum is in the middle")
		last := s.Optimum.MonthlySaving
		for _, d := range s.Downside {
			require.LessOrEqual(rt, d.MonthlySaving.Cmp(last), 0, "less usage saves no more")
			last = d.MonthlySaving
		}
	})
}

// TestSimulate_IsTheQuantile has usage of 1 to 10 in equal parts: at a discount of 28 % a unit must be used in 72 % of the hours.
func TestSimulate_IsTheQuantile(t *testing.T) {
	u := &commitment.Usage{SlotHours: 1, Rates: []int{720}}
	for i := range 1000 {
		var sum finops.Sum
		sum.Add(finops.NewAmount(int64(i%10+1), 0))
		u.Slots = append(u.Slots, commitment.Slot{OnDemand: []finops.Sum{sum}})
	}
	s, err := commitment.Simulate(t.Context(), u, oneYear)
	require.NoError(t, err)
	assert.Equal(t, "2.16", text(s.Optimum.HourlyCommitment), "3 × 0.72")
	assert.Equal(t, "0.72", text(s.BreakEven))
	assert.Nil(t, s.Backtest, "41 days are too few")
}

func TestSimulate_BacktestOfWeeks(t *testing.T) {
	u := &commitment.Usage{SlotHours: 24, Rates: []int{700}}
	for day := range 60 {
		var sum finops.Sum
		sum.Add(finops.NewAmount(map[bool]int64{true: 48, false: 24}[day < 32], 0))
		u.Slots = append(u.Slots, commitment.Slot{OnDemand: []finops.Sum{sum}})
	}
	s, err := commitment.Simulate(t.Context(), u, oneYear)
	require.NoError(t, err)
	require.NotNil(t, s.Backtest)
	assert.Equal(t, []string{"1.4", "0.5", "0.7"}, []string{text(s.Backtest.Chosen), text(s.Backtest.Point.Utilisation), text(s.Backtest.Best.HourlyCommitment)})
	assert.Negative(t, s.Backtest.Point.MonthlySaving.Sign(), "the usage halved")
	assert.Equal(t, "0.7", text(s.Cautious.HourlyCommitment))

	_, err = commitment.Simulate(t.Context(), &commitment.Usage{SlotHours: 1, Rates: []int{700}, Slots: []commitment.Slot{{OnDemand: make([]finops.Sum, 1)}}}, oneYear)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

// TestSimulate_LargeBills has amounts that do not fit 64 bits at ten decimals.
func TestSimulate_LargeBills(t *testing.T) {
	u := &commitment.Usage{SlotHours: 24, Rates: []int{600, 700}}
	for range 3 {
		var a, b finops.Sum
		a.Add(finops.NewAmount(7_000_000_000, 0))
		b.Add(finops.NewAmount(9_000_000_000, 0))
		u.Slots = append(u.Slots, commitment.Slot{OnDemand: []finops.Sum{a, b}})
	}
	s, err := commitment.Simulate(t.Context(), u, oneYear)
	require.NoError(t, err)
	assert.Equal(t, text(big.NewRat(7_000_000_000*6+9_000_000_000*7, 240)), text(s.Optimum.HourlyCommitment))
}

func TestMeter_Family(t *testing.T) {
	for _, c := range []struct {
		meter commitment.Meter
		want  string
	}{
		{commitment.Meter{Provider: "AWS", Name: "EUW1-BoxUsage:m5.large"}, "m5"},
		{commitment.Meter{Provider: "AWS", Name: "BoxUsage:u-6tb1.metal"}, "u-6tb1"},
		{commitment.Meter{Provider: "AWS", Name: "SpotUsage:m5.large"}, ""},
		{commitment.Meter{Provider: "AWS", Name: "UnusedBox:m5.large"}, ""},
		{commitment.Meter{Provider: "AWS", Name: "NatGateway-Hours"}, ""},
		{commitment.Meter{Provider: "Microsoft Azure", Service: "Virtual Machines", Subcategory: "Virtual Machines Dsv3 Series", Name: "D2s v3"}, "Ds_v3"},
		{commitment.Meter{Provider: "Microsoft Azure", Service: "Virtual Machines", Subcategory: "BS Series", Name: "B2s"}, "Bs"},
		{commitment.Meter{Provider: "Microsoft Azure", Service: "Virtual Machines", Subcategory: "Dsv3 Series Windows", Name: "D2s v3"}, ""},
		{commitment.Meter{Provider: "Microsoft Azure", Service: "Virtual Machines", Subcategory: "Dsv3 Series", Name: "D2s v3 Spot"}, ""},
		{commitment.Meter{Provider: "Microsoft Azure", Service: "Virtual Machines", Name: "E8-4s v5"}, "Es_v5"},
		{commitment.Meter{Provider: "Microsoft Azure", Service: "Storage", Name: "P10 Disk"}, ""},
		{commitment.Meter{Provider: "Google Cloud", Description: "N2 Instance Core running in Frankfurt"}, "n2"},
		{commitment.Meter{Provider: "Google Cloud", Description: "E2 Instance e2-standard-4"}, "e2"},
		{commitment.Meter{Provider: "Google Cloud", Description: "N2 Instance something else"}, ""},
		{commitment.Meter{Provider: "Google Cloud", Description: "N2D AMD Instance Ram running in Americas"}, "n2d"},
		{commitment.Meter{Provider: "Google Cloud", Description: "Spot Preemptible N2 Instance Core running in Frankfurt"}, ""},
		{commitment.Meter{Provider: "Oracle Cloud", Name: "BoxUsage:m5.large"}, ""},
	} {
		assert.Equal(t, c.want, c.meter.Family(), "%+v", c.meter)
	}
}

func TestPool(t *testing.T) {
	ids := commitment.PoolsOf("AWS", "eu-west-1", "m5")
	for _, id := range ids {
		p, err := commitment.ParsePool(id)
		require.NoError(t, err)
		assert.True(t, p.Covers("AWS", "eu-west-1", "m5"))
		assert.Equal(t, p.Flexible(), p.Covers("AWS", "eu-west-1", "r5"))
		assert.False(t, p.Covers("Google Cloud", "eu-west-1", "m5"))
	}
	for _, id := range []string{"", "aws", "aws-ec2-savings-plan", "aws-ec2-savings-plan:us-east-1", "aws-compute-savings-plan:x:y"} {
		_, err := commitment.ParsePool(id)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), id)
	}
}

func TestTerms_Rate(t *testing.T) {
	book, err := pricebook.BuiltIn()
	require.NoError(t, err)
	flexible, err := commitment.ParsePool("gcp-flexible-cud")
	require.NoError(t, err)
	rate, d, ok := commitment.Terms{Years: 3, Payment: "none"}.Rate(book, flexible, "n2")
	assert.True(t, ok)
	assert.Equal(t, 540, rate)
	assert.NotNil(t, book.Source(d.Source))
	_, _, ok = commitment.Terms{Years: 1, Payment: "none"}.Rate(book, flexible, "m3")
	assert.False(t, ok, "there is no flexible commitment of one year for m3")
	_, _, ok = commitment.Terms{Years: 1, Payment: "all"}.Rate(book, flexible, "n2")
	assert.False(t, ok, "Google is paid by the month")
	for _, bad := range []string{"0", "100", "-5", "x", "12.34"} {
		_, err := commitment.Terms{Discount: &bad}.Given()
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), bad)
	}
}

func BenchmarkSimulate(b *testing.B) {
	u := &commitment.Usage{SlotHours: 1, Rates: []int{550, 600, 650, 700, 750}}
	for hour := range 60 * 24 {
		var s commitment.Slot
		for class := range u.Rates {
			var sum finops.Sum
			sum.Add(finops.NewAmount(int64(hour*7919%1000+class*100), 2))
			s.OnDemand = append(s.OnDemand, sum)
		}
		u.Slots = append(u.Slots, s)
	}
	for b.Loop() {
		_, err := commitment.Simulate(b.Context(), u, commitment.Horizon{Years: 1, Payment: commitment.PayNone, Points: 101})
		require.NoError(b, err)
	}
}
