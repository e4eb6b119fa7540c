package commitment_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
)

// even is usage of so much a day, on so many days.
func even(cents int64, days int) []finops.Sum {
	slots := make([]finops.Sum, days)
	for i := range slots {
		slots[i].Add(finops.NewAmount(cents, 2))
	}
	return slots
}

// evenUsage is even usage in one class.
func evenUsage(cents int64, days int, rate int) *commitment.Usage {
	u := &commitment.Usage{SlotHours: 24, Rates: []int{rate}}
	for _, s := range even(cents, days) {
		u.Slots = append(u.Slots, commitment.Slot{OnDemand: []finops.Sum{s}})
	}
	return u
}

func TestDealOf(t *testing.T) {
	p := commitment.Point{HourlyCommitment: big.NewRat(6, 10), MonthlySaving: big.NewRat(2922, 10)} // a month of 730.5 h: 438.30 committed, 730.50 covered
	for payment, want := range map[commitment.Payment][]any{
		commitment.PayNone:    {"0", "438.3", 0},
		commitment.PayPartial: {"2629.8", "219.15", 6},
		commitment.PayAll:     {"5259.6", "0", 8},
	} {
		d := commitment.DealOf(p, 1, payment)
		assert.Equal(t, want, []any{text(d.Upfront), text(d.Monthly), d.PaybackMonth}, payment)
		assert.Equal(t, "5259.6", text(d.Total))
		assert.Equal(t, 8, d.BreakEvenMonth, "12 × 0.6 = 7.2 months of usage")
	}
	loss := commitment.DealOf(commitment.Point{HourlyCommitment: big.NewRat(1, 1), MonthlySaving: big.NewRat(-1, 1)}, 1, commitment.PayAll)
	assert.Equal(t, []int{0, 0}, []int{loss.BreakEvenMonth, loss.PaybackMonth}, "it never comes")
}

func TestSimulate_PlanFollowsExpiries(t *testing.T) {
	u := evenUsage(2400, 60, 600)
	other := make([][]finops.Sum, 60)
	for i, s := range even(1200, 60) {
		other[i] = []finops.Sum{s}
	}
	u.Expiring = []commitment.Expiring{{Months: 4, OnDemand: other}, {Months: 9, OnDemand: other}}
	s, err := commitment.Simulate(t.Context(), u, oneYear)
	require.NoError(t, err)
	var steps []string
	for _, p := range s.Plan {
		steps = append(steps, text(big.NewRat(int64(p.Months), 1))+": "+text(p.Add)+" of "+text(p.Held.HourlyCommitment))
	}
	assert.Equal(t, []string{"0: 0.6 of 0.6", "4: 0.3 of 0.9", "9: 0.3 of 1.2"}, steps)
	assert.Equal(t, "1.2", text(s.AfterExpiry.HourlyCommitment))
	assert.Equal(t, "0.6", text(s.Optimum.HourlyCommitment), "what is covered today is not bought twice")
}

func TestSimulate_Ladder(t *testing.T) {
	s, err := commitment.Simulate(t.Context(), evenUsage(2400, 60, 600), oneYear)
	require.NoError(t, err)
	require.NotNil(t, s.Ladder)
	var held []string
	for _, r := range s.Ladder.Rungs {
		held = append(held, text(r.HourlyCommitment))
	}
	assert.Equal(t, []string{"0.15", "0.3", "0.45", "0.6"}, held)
	// A month at 1 an hour saves 292.2; the ladder holds quarters for three months each: 7.5 of 12 months.
	assert.Equal(t, []string{text(big.NewRat(2922*75, 100)), text(big.NewRat(2922*12, 10))}, []string{text(s.Ladder.Saving), text(s.Ladder.Block)})
	low := s.Ladder.Downside[2]
	assert.Equal(t, 70, low.UsagePercent)
	// At 70 % the block saves 73.05 in nine months, after 292.2 in three; the ladder stops at 0.42 an hour.
	assert.Equal(t, "1534.05", text(low.Block))
	assert.Positive(t, low.Saving.Cmp(low.Block))
}

// TestSimulate_LadderNeverBeatsTheBlockOnTheSameUsage: buying later saves no more, unless usage falls.
func TestSimulate_LadderNeverBeatsTheBlockOnTheSameUsage(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		u, _ := usage(rt, rapid.IntRange(1, 3).Draw(rt, "classes"))
		s, err := commitment.Simulate(t.Context(), u, commitment.Horizon{Years: 3, Payment: commitment.PayAll, Points: 3})
		require.NoError(rt, err)
		if s.Ladder == nil {
			require.Zero(rt, s.Optimum.HourlyCommitment.Sign())
			return
		}
		require.LessOrEqual(rt, s.Ladder.Saving.Cmp(s.Ladder.Block), 0)
		require.Zero(rt, s.Ladder.Rungs[3].HourlyCommitment.Cmp(s.Optimum.HourlyCommitment))
		require.LessOrEqual(rt, s.Deal.PaybackMonth, 36)
		best := commitment.Best(u, 3, commitment.PayAll)
		require.Zero(rt, best.Optimum.MonthlySaving.Cmp(s.Optimum.MonthlySaving))
	})
}

func TestPool_Sold(t *testing.T) {
	for id, n := range map[string]int{"aws-compute-savings-plan": 6, "azure-compute-savings-plan": 4, "gcp-flexible-cud": 2} {
		p, err := commitment.ParsePool(id)
		require.NoError(t, err)
		assert.Len(t, p.Sold(), n, id)
		for _, terms := range p.Sold() {
			assert.NoError(t, terms.Check())
		}
	}
}
