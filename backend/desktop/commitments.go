package desktop

import (
	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Commitments shows the page how commitments are used and what further ones would save.
type Commitments struct{ d *Desktop }

// Report says how the commitments of the lines that match are used, and what they cover.
func (c *Commitments) Report(where finops.Filter) (info CommitmentsInfo, err error) {
	defer caught(&err)
	err = c.d.session.use(func(ws *service.Workspace) error {
		report, err := ws.Commitments.Report(c.d.ctx, service.CommitmentsQuestion{Where: where})
		if err == nil {
			info = commitmentsInfo(report)
		}
		return err
	})
	return info, err
}

// Pools lists the usage that commitments can cover, the highest cost first.
func (c *Commitments) Pools() (pools []PoolInfo, err error) {
	defer caught(&err)
	pools = []PoolInfo{}
	err = c.d.session.use(func(ws *service.Workspace) error {
		found, err := ws.Commitments.Pools(c.d.ctx, nil)
		pools = wire.Each(found, poolInfo)
		return err
	})
	return pools, err
}

// curvePoints is how many commitments the page can choose from with its slider.
const curvePoints = 101

// Simulate says what a commitment for a pool would have saved.
func (c *Commitments) Simulate(q SimulationQuestion) (info SimulationInfo, err error) {
	defer caught(&err)
	err = c.d.session.use(func(ws *service.Workspace) error {
		s, err := ws.Commitments.Simulate(c.d.ctx, service.SimulationQuestion{
			Pool: q.Pool, Currency: q.Currency, Terms: commitment.Terms{Years: q.Years, Payment: q.Payment, Discount: q.Discount}, Points: curvePoints,
		})
		if err == nil {
			info = simulationInfo(s)
		}
		return err
	})
	return info, err
}
