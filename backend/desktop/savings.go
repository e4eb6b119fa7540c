package desktop

import (
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Savings shows the page what the client could stop paying for.
type Savings struct{ d *Desktop }

// Find returns what was found: at once where it was kept, also when it is stale; then a job looks again. Where selects findings by their
// evidence, for which the ledger is examined.
func (s *Savings) Find(where finops.Filter) (info SavingsInfo, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		var result *savings.Result
		var stale bool
		var err error
		if where.Normal().Everything() {
			result, stale, err = ws.Savings.Page(s.d.ctx)
		} else {
			result, err = ws.Savings.Find(s.d.ctx, service.SavingsQuestion{Where: where})
		}
		if err != nil {
			return err
		}
		tracked, err := ws.Savings.Tracked(s.d.ctx)
		if err == nil {
			info = savingsInfo(result, tracked)
			info.Stale = stale
		}
		return err
	})
	return info, err
}

// Rules lists all rules, also those that are off.
func (s *Savings) Rules() (list []service.RuleInfo, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		states, err := ws.Savings.RuleStates(s.d.ctx)
		list = wire.Each(states, service.RuleState.Info)
		return err
	})
	return list, err
}

// SetRule changes a parameter of a rule; "" is the default again. version is that of the changes of the rule which the page shows.
func (s *Savings) SetRule(id, parameter, value string, version int64) (info service.RuleInfo, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		state, err := ws.Savings.SetRule(s.d.ctx, id, map[string]string{parameter: value}, version)
		if err == nil {
			info = state.Info()
		}
		return err
	})
	return info, err
}

// SwitchRule switches a rule on or off; for the version see SetRule.
func (s *Savings) SwitchRule(id string, on bool, version int64) (info service.RuleInfo, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		state, err := ws.Savings.SwitchRule(s.d.ctx, id, on, version)
		if err == nil {
			info = state.Info()
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
