package desktop

import (
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Rules lists what raises alerts beside budgets.
func (a *Alerts) Rules() (infos []service.AlertRuleInfo, err error) {
	defer caught(&err)
	infos = []service.AlertRuleInfo{}
	err = a.d.session.use(func(ws *service.Workspace) error {
		rules, err := ws.Alerts.Rules(a.d.ctx)
		infos = wire.Each(rules, func(r service.AlertRule) service.AlertRuleInfo { return r.Info() })
		return err
	})
	return infos, err
}

// SaveRule keeps an alert rule and returns its version, if the stored one is of the version seen; 0 = there was none.
func (a *Alerts) SaveRule(draft service.AlertRuleDraft, version int64) (saved int64, err error) {
	defer caught(&err)
	if draft.Amount != "" {
		amount, err := typedAmount(draft.Amount, draft.Currency)
		if err != nil {
			return 0, err
		}
		draft.Amount = amount.String()
	}
	rule, err := draft.Rule()
	if err != nil {
		return 0, err
	}
	err = a.d.changing("Saving an alert rule", func(ws *service.Workspace) (err error) {
		saved, err = ws.Alerts.SaveRule(a.d.ctx, rule, version)
		return err
	})
	return saved, err
}

// DeleteRule removes an alert rule if the stored one is of the version seen; its alerts stay.
func (a *Alerts) DeleteRule(name string, version int64) (err error) {
	defer caught(&err)
	return a.d.changing("Removing an alert rule", func(ws *service.Workspace) error { return ws.Alerts.DeleteRule(a.d.ctx, name, version) })
}
