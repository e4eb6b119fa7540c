package service

import (
	"context"
	"errors"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// evaluationTries bounds how often an evaluation begins again because a budget or a rule was changed meanwhile.
const evaluationTries = 5

// whileChanged evaluates, again where a budget or a rule was changed meanwhile.
func whileChanged(evaluate func() error) error {
	for range evaluationTries {
		if err := evaluate(); !errors.Is(err, store.ErrBudgetChanged) {
			return err
		}
	}
	return finops.Errorf(finops.CodeUnavailable, "The budgets are being changed. Try again.")
}

// evaluate keeps the alerts that follow from what counts now, unless there is neither budget nor alert rule.
func (w *workspace) evaluate(ctx context.Context) error {
	if w.db.ReadOnly() {
		return nil
	}
	list, err := w.db.Budgets(ctx)
	if err == nil && len(list) == 0 {
		var rules []store.Named
		if rules, err = w.db.AlertRules(ctx); err == nil && len(rules) == 0 {
			return nil
		}
	}
	if err != nil {
		return err
	}
	_, err = Budgets{w}.Check(ctx, nil)
	return err
}

// evaluateDue evaluates where the program ended between a change of the ledger and its evaluation. Where nothing but a new day has begun, only the rules that wait
// for one are evaluated.
func (w *workspace) evaluateDue(ctx context.Context) error {
	last, day, err := w.db.LastEvaluation(ctx)
	if err != nil {
		return err
	}
	now, err := w.db.LedgerVersion(ctx)
	if err != nil {
		return err
	}
	if last != now {
		return w.evaluate(ctx)
	}
	today := finops.DayOfUnix(w.now().Unix())
	if day == today.String() || w.db.ReadOnly() {
		return nil
	}
	return whileChanged(func() error { return Alerts{w}.evaluateTimed(ctx, now, today) })
}

// evaluateTimed keeps the alerts of the rules that wait for a day, where the rest of a state of the ledger was evaluated before.
func (w Alerts) evaluateTimed(ctx context.Context, ledger int64, today finops.Day) error {
	list, err := w.Rules(ctx)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(r AlertRule) bool { return !r.timed() })
	if len(list) == 0 {
		return nil
	}
	found, err := w.ruleAlerts(ctx, list...)
	if err != nil {
		return err
	}
	_, err = w.db.KeepEvaluation(ctx, store.Evaluation{Ledger: ledger, Day: today, Alerts: found}, w.user, w.now())
	return err
}

// withAlerts runs a change of the ledger and evaluates budgets and alert rules after it; before it too, where the program ended between an
// earlier change and its evaluation, so that no crossing is passed over. The answer is that of the change: an evaluation
// that fails is made up for before the next one.
func (w *workspace) withAlerts(ctx context.Context, change func() error) error {
	_ = w.evaluateDue(ctx)
	if err := change(); err != nil {
		return err
	}
	_ = w.evaluate(context.WithoutCancel(ctx))
	return nil
}
