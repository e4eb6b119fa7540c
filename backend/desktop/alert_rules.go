package desktop

import (
	"fmt"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/service"
)

// AlertRuleDraft is an alert rule as a person wants to keep it. What its kind does not have is empty.
type AlertRuleDraft struct {
	Name     string                `json:"name"`
	Kind     service.AlertRuleKind `json:"kind"`
	Amount   string                `json:"amount"`
	Currency string                `json:"currency"`
	Days     int                   `json:"days"`
	Scope    string                `json:"scope"` // name of a scope; "" = all charges
	On       bool                  `json:"on"`
}

// AlertRuleInfo is an alert rule of the workspace.
type AlertRuleInfo struct {
	AlertRuleDraft
	Version   int64  `json:"version"`
	ChangedAt string `json:"changedAt"`
	ChangedBy string `json:"changedBy"`
	Problem   string `json:"problem"` // why it cannot be evaluated; "" = it can
}

func alertRuleInfo(r service.AlertRule) AlertRuleInfo {
	info := AlertRuleInfo{
		AlertRuleDraft: AlertRuleDraft{Name: r.Name, Kind: r.Kind, Currency: r.Currency, Days: r.Days, Scope: r.Scope, On: !r.Off},
		Version:        r.Version, ChangedAt: instant(r.ChangedAt), ChangedBy: r.ChangedBy, Problem: r.Problem,
	}
	if r.Kind == service.RuleAnomaly {
		info.Amount = r.Amount.String()
	}
	return info
}

// Rules tells what raises alerts beside budgets.
func (a *Alerts) Rules() (infos []AlertRuleInfo, err error) {
	defer caught(&err)
	infos = []AlertRuleInfo{}
	err = a.d.session.use(func(ws *service.Workspace) error {
		rules, err := ws.Alerts.Rules(a.d.ctx)
		infos = converted(rules, alertRuleInfo)
		return err
	})
	return infos, err
}

// SaveRule keeps an alert rule and returns its version, if the stored one is of the version seen; 0 = there was none.
func (a *Alerts) SaveRule(draft AlertRuleDraft, version int64) (saved int64, err error) {
	defer caught(&err)
	rule := service.AlertRule{Name: draft.Name, Kind: draft.Kind, Currency: draft.Currency, Days: draft.Days, Scope: draft.Scope, Off: !draft.On}
	if text := strings.TrimSpace(draft.Amount); text != "" {
		if rule.Amount, err = finops.ParseAmount([]byte(text)); err != nil {
			return 0, finops.WrapError(finops.CodeInvalid, err, "%q is not an amount.", draft.Amount)
		}
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

// alertRuleText says what a rule tells of.
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
