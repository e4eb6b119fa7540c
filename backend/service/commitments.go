package service

import (
	"context"
	"maps"
	"slices"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
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

// CommitmentsReport says how commitments were used and what they cover; see package commitment for the definitions.
type CommitmentsReport struct {
	*commitment.Report
	Standings []*commitment.Standing // each commitment over the last 30 days, those that run first
	Pools     []commitment.PoolMonth // machines, by pool and month
}

// Report says how commitments were used and what they cover, by month, and how each stands at the end of the period.
func (w Commitments) Report(ctx context.Context, q CommitmentsQuestion) (*CommitmentsReport, error) {
	r := &CommitmentsReport{}
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		cells, err := commitmentCells(ctx, s, q)
		if err != nil {
			return err
		}
		r.Report = commitment.Make(cells)
		if r.Standings, err = standings(ctx, s, q.Where, q.To); err != nil {
			return err
		}
		r.Pools, err = poolMonths(ctx, s, q, r.Standings)
		return err
	})
	return r, err
}

// poolMonths adds up the machines of each pool by month, and finds what commitments leave unused beside usage that they could cover.
func poolMonths(ctx context.Context, s *engine.Snapshot, q CommitmentsQuestion, all []*commitment.Standing) ([]commitment.PoolMonth, error) {
	m, err := machinesOf(ctx, s, q.Where, q.From, q.To)
	if err != nil {
		return nil, err
	}
	type cellKey struct {
		kind  *machineKind
		month finops.Month
	}
	var months commitment.PoolMonths
	cells := map[cellKey]*commitment.PoolCell{}
	sharer := commitment.NewSharer(all)
	wanted := sharer.Wanted()
	err = m.each(ctx, func(k *machineKind, b *engine.Batch, i int) {
		var l commitment.Line
		l.List, l.ListKnown = b.Amount(0, i)
		l.Effective, _ = b.Amount(2, i)
		if wanted && !k.covered {
			sharer.Add(&commitment.Free{
				Provider: k.provider, Account: k.account, Currency: k.currency, Place: k.place, Day: b.Days[i], Start: b.Starts[i], End: endOf(b, i), Effective: l.Effective,
			})
		}
		if k.place.Family == "" {
			return
		}
		at := cellKey{k, b.Days[i].Month()}
		if cells[at] == nil {
			cells[at] = months.Cell(k.provider, k.place, at.month, k.currency)
		}
		cells[at].Add(k.covered, l)
	})
	sharer.Finish()
	return months.Months(), err
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
				l.FeeUsed, l.FeeUsedKnown = feeOf(deref(scan.Values[11][b.Columns[11][i]]))
				l.FeeUnused, l.FeeUnusedKnown = feeOf(deref(scan.Values[12][b.Columns[12][i]]))
			}
			cell.Add(l)
		}
		return nil
	})
	return slices.Collect(maps.Values(cells)), err
}

func feeOf(text string) (finops.Amount, bool) {
	if text == "" {
		return finops.Amount{}, false
	}
	a, err := finops.ParseAmount([]byte(text))
	return a, err == nil
}

func commitmentKind(values [][]*string, numbers []uint32) commitment.Kind {
	v := func(column int) string { return deref(values[column][numbers[column]]) }
	return commitment.Kind{
		Provider: v(0), Commitment: v(1), Name: v(2), Type: v(3), Status: v(4), Service: v(5), Category: v(6), Pricing: v(7), ChargeCategory: v(8), ChargeClass: v(9), Currency: v(10),
	}
}
