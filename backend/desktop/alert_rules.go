package desktop

import (
	"fmt"

	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/platform/notify"
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

// DeleteRule removes an alert rule; its alerts stay.
func (a *Alerts) DeleteRule(name string) (err error) {
	defer caught(&err)
	return a.d.changing("Removing an alert rule", func(ws *service.Workspace) error { return ws.Alerts.DeleteRule(a.d.ctx, name) })
}

// alertRuleText puts a rule in words.
func alertRuleText(r service.AlertRule) string {
	text := string(r.Kind)
	switch r.Kind {
	case service.RuleAnomaly:
		text += fmt.Sprintf(": from %s %s", r.Amount, r.Currency)
	case service.RuleLate, service.RuleExpiring:
		text += fmt.Sprintf(": %d days", r.Days)
	case service.RuleRegressed:
	}
	if r.Scope != "" {
		text += "\nScope: " + r.Scope
	}
	if r.Off {
		text += "\nOff"
	}
	return text
}

// hoursText says when a channel sends.
func hoursText(h notify.Hours) string {
	text := "Each alert as it is raised"
	if h.Digest != "" {
		text = "Daily digest at " + h.Digest
	}
	if h.QuietFrom != "" {
		text += fmt.Sprintf("\nQuiet from %s to %s", h.QuietFrom, h.QuietTo)
	}
	return text
}
