package service

import (
	"context"
	"maps"
	"slices"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// Commitments is the area of reserved instances, savings plans and committed use discounts.
type Commitments struct{ *workspace }

// CommitmentsQuestion asks how commitments were used; an open period is the whole ledger.
type CommitmentsQuestion struct {
	Where    finops.Filter
	From, To *finops.Day
}

// Columns of a scan, in this order.
var commitmentColumns = []string{
	finops.DimProvider, "CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountType", "CommitmentDiscountStatus", "ServiceName", "ServiceCategory",
	"PricingCategory", "ChargeCategory", "ChargeClass", "BillingCurrency",
}

// Columns of Google's fees, which only its own exports have.
var feeColumns = []string{"x_commitment_fee_used", "x_commitment_fee_unused"}

// Report says how commitments were used and what they cover, by month. See package commitment for the definitions.
func (w Commitments) Report(ctx context.Context, q CommitmentsQuestion) (*commitment.Report, error) {
	var report *commitment.Report
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		cells, err := commitmentCells(ctx, s, q)
		if err != nil {
			return err
		}
		report = commitment.Make(cells)
		return nil
	})
	return report, err
}

// present returns those of the columns and built-in dimensions that the ledger has, in their order.
func present(ctx context.Context, s *engine.Snapshot, columns ...string) ([]string, error) {
	state, err := s.State(ctx)
	if err != nil {
		return nil, err
	}
	has := map[string]bool{}
	for _, c := range state.Columns {
		has[c.Name] = true
	}
	for _, name := range state.Dimensions {
		has[name] = true
	}
	return slices.DeleteFunc(slices.Clone(columns), func(name string) bool { return !has[name] }), nil
}

func commitmentCells(ctx context.Context, s *engine.Snapshot, q CommitmentsQuestion) ([]*commitment.Cell, error) {
	fees, err := present(ctx, s, feeColumns...)
	if err != nil {
		return nil, err
	}
	if len(fees) < len(feeColumns) {
		fees = nil
	}
	scan, err := s.Scan(ctx, engine.ScanQuestion{
		Where: q.Where, From: q.From, To: q.To, Columns: append(slices.Clone(commitmentColumns), fees...), Measures: []finops.Metric{finops.ListCost, finops.EffectiveCost},
	})
	if err != nil {
		return nil, err
	}
	type key struct {
		numbers [11]uint32
		month   finops.Month
	}
	cells := map[key]*commitment.Cell{}
	var last key
	var cell *commitment.Cell
	err = scan.Each(ctx, func(b *engine.Batch) error {
		for i := range b.Lines {
			k := key{month: b.Days[i].Month()}
			for c := range k.numbers {
				k.numbers[c] = b.Columns[c][i]
			}
			if cell == nil || k != last {
				if cell = cells[k]; cell == nil {
					cell = &commitment.Cell{Kind: commitmentKind(scan.Values, k.numbers[:]), Month: k.month}
					cells[k] = cell
				}
				last = k
			}
			if !cell.Kind.Counts() {
				continue
			}
			var l commitment.Line
			l.List, l.ListKnown = b.Amount(0, i)
			l.Effective, _ = b.Amount(1, i)
			if fees != nil {
				l.FeeUsed, l.FeeUsedKnown = feeOf(scan.Values[11][b.Columns[11][i]])
				l.FeeUnused, l.FeeUnusedKnown = feeOf(scan.Values[12][b.Columns[12][i]])
			}
			cell.Add(l)
		}
		return nil
	})
	return slices.Collect(maps.Values(cells)), err
}

func feeOf(text *string) (finops.Amount, bool) {
	if text == nil {
		return finops.Amount{}, false
	}
	a, err := finops.ParseAmount([]byte(*text))
	return a, err == nil
}

func commitmentKind(values [][]*string, numbers []uint32) commitment.Kind {
	v := func(column int) string { return deref(values[column][numbers[column]]) }
	return commitment.Kind{
		Provider: v(0), Commitment: v(1), Name: v(2), Type: v(3), Status: v(4), Service: v(5), Category: v(6), Pricing: v(7), ChargeCategory: v(8), ChargeClass: v(9), Currency: v(10),
	}
}

// SimulationQuestion asks what a commitment would save.
type SimulationQuestion struct {
	Pool     string // "" is an error; see Pools
	Currency string // "" = the only one
	Terms    commitment.Terms
	AsOf     *finops.Day // the last day that is looked at; nil = two days before the newest usage
}

// Simulation is the answer to a SimulationQuestion.
type Simulation struct {
	Pool     commitment.Pool
	From, To finops.Day
	Terms    commitment.Terms
	// Discounts are where the discounts come from, nil where a person gave one; LeftOut is usage of families for which the price
	// book knows no discount, at on-demand prices.
	Discounts []*pricebook.Discount
	LeftOut   finops.Sum
	SlotHours int
	*commitment.Simulation
}

// lookback is how many days are looked at; charges of the last two days may still be missing.
const (
	lookback = 60
	settling = 2
)

// Pools lists the usage that commitments can cover in the last 60 days, the highest cost first.
func (w Commitments) Pools(ctx context.Context, asOf *finops.Day) ([]commitment.Pool, error) {
	var pools []commitment.Pool
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		m, err := machinesOf(ctx, s, asOf)
		if err != nil {
			return err
		}
		pools, err = m.pools(ctx)
		return err
	})
	return pools, err
}

// Simulate says what a commitment for a pool would have saved over the last 60 days, hour by hour where the export is hourly and else
// day by day. It answers CodeInvalid for a pool without usage, terms that are not sold, and where neither the price book nor the question has a
// discount.
func (w Commitments) Simulate(ctx context.Context, q SimulationQuestion) (*Simulation, error) {
	pool, err := commitment.ParsePool(q.Pool)
	if err != nil {
		return nil, err
	}
	if err := q.Terms.Check(); err != nil {
		return nil, err
	}
	pool.Currency = q.Currency
	var answer *Simulation
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		m, err := machinesOf(ctx, s, q.AsOf)
		if err != nil {
			return err
		}
		answer, err = m.simulate(ctx, pool, q.Terms)
		return err
	})
	return answer, err
}
