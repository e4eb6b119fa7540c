package desktop

import (
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// Savings tells the page what the client could stop paying for.
type Savings struct{ d *Desktop }

// Find examines the ledger with every rule. Where selects findings by their evidence.
func (s *Savings) Find(where finops.Filter) (info SavingsInfo, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		result, err := ws.Savings.Find(s.d.ctx, service.SavingsQuestion{Where: where})
		if err == nil {
			info = savingsInfo(result)
		}
		return err
	})
	return info, err
}

// Explain proves a finding by its charge lines.
func (s *Savings) Explain(id string) (info EvidenceInfo, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		finding, evidence, err := ws.Savings.Explain(s.d.ctx, id, service.SavingsQuestion{})
		if err == nil {
			info = evidenceInfo(finding, evidence)
		}
		return err
	})
	return info, err
}
