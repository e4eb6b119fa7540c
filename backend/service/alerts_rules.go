package service

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// AlertRuleKind says what an alert rule watches.
type AlertRuleKind string

// The kinds of alert rules.
const (
	RuleAnomaly   AlertRuleKind = "anomaly"   // an anomaly whose impact is so much
	RuleLate      AlertRuleKind = "late"      // a data set whose newest day is older than so many days
	RuleExpiring  AlertRuleKind = "expiring"  // a commitment that ends within so many days
	RuleRegressed AlertRuleKind = "regressed" // a finding that is done and whose saving is lost again
)

// AlertRuleKinds lists them.
var AlertRuleKinds = []AlertRuleKind{RuleAnomaly, RuleLate, RuleExpiring, RuleRegressed}

// ruleDaysMost bounds the days of a rule.
const ruleDaysMost = 366

// What an alert rule leaves out of what was there before it was made.
const (
	sinceDays = 6  // an anomaly that ended more days before the newest data, or before today
	endedDays = 60 // a data set whose newest day lies more days back: it has ended
)

// AlertRule says what raises alerts beside budgets. Its JSON is kept in workspaces, so old ones must stay readable.
type AlertRule struct {
	Name string        `json:"-"` // identified without regard to case
	Kind AlertRuleKind `json:"kind"`
	// Amount is the least impact of an anomaly, more or less cost, in Currency; other kinds have none.
	Amount   finops.Amount `json:"amount"`
	Currency string        `json:"currency,omitempty"`
	Days     int           `json:"days,omitempty"`  // of RuleLate and RuleExpiring
	Scope    string        `json:"scope,omitempty"` // name of a scope; "" = all charges
	Off      bool          `json:"off,omitempty"`   // it raises nothing for now
	Since    finops.Day    `json:"since"`           // what ended before raises no alert

	Version   int64     `json:"-"`
	ChangedAt time.Time `json:"-"`
	ChangedBy string    `json:"-"`
	Problem   string    `json:"-"` // why it cannot be evaluated; "" = it can

	where finops.Filter
}

func alertRuleOf(n store.Named) (AlertRule, error) {
	r := AlertRule{}
	if err := json.Unmarshal([]byte(n.Content), &r); err != nil {
		return r, finops.WrapError(finops.CodeCorrupt, err, "The workspace has an alert rule that cannot be read.")
	}
	r.Name, r.Version, r.ChangedAt, r.ChangedBy = n.Name, n.Version, n.ChangedAt, n.ChangedBy
	return r, nil
}

// Rules lists the alert rules of the workspace by name.
func (w Alerts) Rules(ctx context.Context) ([]AlertRule, error) {
	saved, err := w.db.AlertRules(ctx)
	if err != nil || len(saved) == 0 {
		return nil, err
	}
	scopes, err := Scopes(w).List(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]AlertRule, len(saved))
	for i, n := range saved {
		if list[i], err = alertRuleOf(n); err != nil {
			return nil, err
		}
		if err := list[i].enterScope(scopes); err != nil {
			list[i].Problem = finops.MessageOf(err)
		}
	}
	return list, nil
}

// enterScope finds the charges that a rule is about. It answers CodeInvalid when there is no such scope, or it cannot be used.
func (r *AlertRule) enterScope(scopes []Scope) error {
	if r.Scope == "" {
		return nil
	}
	at := slices.IndexFunc(scopes, func(s Scope) bool { return rules.Key(s.Name) == rules.Key(r.Scope) })
	switch {
	case at < 0:
		return finops.Errorf(finops.CodeInvalid, "There is no scope named %q.", r.Scope)
	case scopes[at].Problem != "":
		return finops.Errorf(finops.CodeInvalid, "The scope %q cannot be used. %s", r.Scope, scopes[at].Problem)
	}
	r.where = scopes[at].Where
	return nil
}

// RuleByName returns an alert rule. It answers CodeNotFound when there is none of the name.
func (w Alerts) RuleByName(ctx context.Context, name string) (AlertRule, error) {
	list, err := w.Rules(ctx)
	if err != nil {
		return AlertRule{}, err
	}
	return byName("alert rule", name, list, func(r *AlertRule) string { return r.Name })
}

// check answers CodeInvalid, in one sentence, for what cannot be a rule, and clears what its kind does not have.
func (r *AlertRule) check() error {
	if err := rules.CheckName("alert rule", r.Name); err != nil {
		return err
	}
	switch r.Kind {
	case RuleAnomaly:
		r.Days, r.Amount = 0, r.Amount.Trim()
		if r.Amount.Sign() <= 0 {
			return finops.Errorf(finops.CodeInvalid, "A rule for anomalies needs the least impact, an amount above 0.")
		}
		if len(r.Currency) != 3 || strings.ToUpper(r.Currency) != r.Currency {
			return finops.Errorf(finops.CodeInvalid, "%q is not a code of a currency such as USD.", r.Currency)
		}
		return nil
	case RuleLate, RuleExpiring:
		r.Amount, r.Currency = finops.Amount{}, ""
		if r.Days < 1 || r.Days > ruleDaysMost {
			return finops.Errorf(finops.CodeInvalid, "The rule needs a number of days, 1 to %d.", ruleDaysMost)
		}
		return nil
	case RuleRegressed:
		r.Amount, r.Currency, r.Days = finops.Amount{}, "", 0
		return nil
	}
	return finops.Errorf(finops.CodeInvalid, "%q is not a kind of alert rule; use anomaly, late, expiring or regressed.", string(r.Kind))
}

// SaveRule keeps an alert rule, raises what follows from it, and returns its version; see Scopes.Save for the version seen. A change of a rule raises
// no alert for what is so at that moment; a rule that is new, or switched on again, does. It answers CodeInvalid for what cannot be a rule,
// and CodeConflict, with both values, when it was changed since.
func (w Alerts) SaveRule(ctx context.Context, r AlertRule, seen int64) (int64, error) {
	r.Name = strings.TrimSpace(r.Name)
	if err := r.check(); err != nil {
		return 0, err
	}
	scopes, err := Scopes(w).List(ctx)
	if err != nil {
		return 0, err
	}
	if err := r.enterScope(scopes); err != nil {
		return 0, err
	}
	have, err := w.RuleByName(ctx, r.Name)
	known := err == nil
	if err != nil && finops.CodeOf(err) != finops.CodeNotFound {
		return 0, err
	}
	if known && have.Kind != r.Kind {
		return 0, finops.Errorf(finops.CodeInvalid, "The rule %q is of the kind %s. Add another rule for another kind.", have.Name, have.Kind)
	}
	var silent []store.Alert
	if known && !have.Off {
		r.Since = have.Since
		if silent, err = w.ruleAlerts(ctx, r); err != nil {
			return 0, err
		}
	} else if r.Since, err = w.since(ctx, r.Kind); err != nil {
		return 0, err
	}
	content, err := json.Marshal(r)
	if err != nil {
		return 0, fmt.Errorf("write an alert rule: %w", err)
	}
	version, err := w.db.SaveAlertRule(ctx, store.Named{Name: r.Name, Content: string(content), ChangedAt: w.now(), ChangedBy: w.user}, seen, silent)
	if err != nil {
		return 0, withBoth(err, justWritten(alertRuleOf))
	}
	return version, w.evaluate(ctx)
}

// since is the day before which what ended raises no alert, of a rule that is made now.
func (w Alerts) since(ctx context.Context, kind AlertRuleKind) (finops.Day, error) {
	today := finops.DayOfUnix(w.now().Unix())
	if kind != RuleAnomaly {
		return today, nil
	}
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		state, err := s.State(ctx)
		if err == nil && state.Lines > 0 {
			today = min(today, state.LastDay)
		}
		return err
	})
	return today - sinceDays, err
}

// DeleteRule removes an alert rule; its alerts stay. See Dimensions.Delete.
func (w Alerts) DeleteRule(ctx context.Context, name string, seen int64) error {
	return withBoth(w.db.DeleteAlertRule(ctx, name, seen, w.user, w.now()), justWritten(alertRuleOf))
}
