package desktop

import (
	"math/big"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// CommitmentsInfo is how commitments are used and what they cover.
type CommitmentsInfo struct {
	Commitments []CommitmentInfo          `json:"commitments"` // those that run first
	Totals      []CommitmentTotal         `json:"totals"`      // by currency
	Uses        []service.CommitmentUse   `json:"uses"`        // by provider and month
	Months      []service.CommitmentMonth `json:"months"`      // by provider and month
	Pools       []PoolMonthInfo           `json:"pools"`       // by pool and month
}

// CommitmentInfo is how a commitment stands over the last 30 days that are settled. Amounts are decimals, of a month where no
// other time is named; null where the bill does not say.
type CommitmentInfo struct {
	service.CommitmentInfo
	Where finops.Filter `json:"where"` // its charge lines
}

// CommitmentTotal adds up the commitments of one currency that run, for a month.
type CommitmentTotal struct {
	Currency    string  `json:"currency"`
	Running     int     `json:"running"`
	Unknown     int     `json:"unknown"` // of these, how many have an amount that is not known and not in the sums
	Used        string  `json:"used"`
	Unused      string  `json:"unused"`
	Utilisation *string `json:"utilisation"`
	NetSaving   string  `json:"netSaving"`
	CostOfLapse string  `json:"costOfLapse"`
	SharingLoss string  `json:"sharingLoss"`
}

// PoolMonthInfo is how well a pool of machines was covered in a month.
type PoolMonthInfo struct {
	service.PoolMonthInfo
	Pool PoolInfo `json:"pool"` // onDemand is the effective cost of all machines of the pool
}

// PoolInfo is usage that one commitment can cover.
type PoolInfo struct {
	ID       string `json:"id"`
	Provider string `json:"provider"`
	Region   string `json:"region"` // "" = every region
	Family   string `json:"family"` // "" = every family
	Currency string `json:"currency"`
	OnDemand string `json:"onDemand"` // in the days that were looked at
}

// SimulationQuestion asks what a commitment would save.
type SimulationQuestion struct {
	Pool     string             `json:"pool"`
	Currency string             `json:"currency"`
	Years    int                `json:"years"` // 1 or 3
	Payment  commitment.Payment `json:"payment"`
	Discount *string            `json:"discount"` // percent off the on-demand price; null = that of the price book
}

// SimulationInfo is what a commitment for a pool would have saved. The curve has the optimum in its middle.
type SimulationInfo struct {
	service.SimulationInfo
	Pool      PoolInfo          `json:"pool"`
	SlotHours int               `json:"slotHours"` // 1, or 24 where the export is daily
	Curve     []CommitmentPoint `json:"curve"`
}

// CommitmentPoint is a point of the curve. Savings are of a month.
type CommitmentPoint struct {
	service.PointInfo
	Downside []string `json:"downside"` // saving at 90, 80 and 70 % of the usage
	HeldOut  *string  `json:"heldOut"`  // saving over the last four weeks
}

func commitmentsInfo(r *service.CommitmentsReport) CommitmentsInfo {
	return CommitmentsInfo{
		Commitments: wire.Each(r.Standings, commitmentInfo),
		Totals: wire.Each(commitment.Totals(r.Standings), func(t *commitment.Total) CommitmentTotal {
			return CommitmentTotal{
				t.Currency, t.Running, t.Unknown, *wire.Fraction(&t.Used), *wire.Fraction(&t.Unused), wire.Fraction(t.Utilisation()), *wire.Fraction(&t.NetSaving), *wire.Fraction(&t.CostOfLapse), *wire.Fraction(&t.Sharing),
			}
		}),
		Uses:   wire.Each(r.Commitments, service.UseOf),
		Months: wire.Each(r.Months, service.CoverageOf),
		Pools: wire.Each(r.Pools, func(p commitment.PoolMonth) PoolMonthInfo {
			p.Pool.Currency, p.Pool.OnDemand = p.Currency, p.Effective
			return PoolMonthInfo{service.PoolCoverageOf(p), poolInfo(p.Pool)}
		}),
	}
}

func poolInfo(p commitment.Pool) PoolInfo {
	return PoolInfo{p.ID, p.ProviderName(), p.Region, p.Family, p.Currency, p.OnDemand.String()}
}

func commitmentInfo(s *commitment.Standing) CommitmentInfo {
	return CommitmentInfo{service.StandingOf(s), finops.If(finops.Condition{Column: "CommitmentDiscountId", Op: finops.OpIn, Values: []*string{&s.ID}})}
}

func simulationInfo(s *service.Simulation) SimulationInfo {
	return SimulationInfo{
		SimulationInfo: s.Info(), Pool: poolInfo(s.Pool), SlotHours: s.SlotHours,
		Curve: wire.Each(s.Curve, func(p commitment.CurvePoint) CommitmentPoint {
			return CommitmentPoint{service.PointOf(p.Point), wire.Each(p.Downside, func(v *big.Rat) string { return *wire.Fraction(v) }), wire.Fraction(p.HeldOut)}
		}),
	}
}
