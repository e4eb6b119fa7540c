package store

import (
	"context"
	"time"
)

// alertRuleTable has the rules that raise alerts beside budgets.
var alertRuleTable = namedTable{table: "alert_rule", what: "alert rule", json: true}

// AlertRules returns the alert rules of the workspace, ordered by name.
func (db *DB) AlertRules(ctx context.Context) ([]Named, error) {
	return db.named(ctx, alertRuleTable)
}

// SaveAlertRule is SaveDimension for an alert rule. silent is what the rule has reached already, for which the new version raises no alert.
func (db *DB) SaveAlertRule(ctx context.Context, n Named, seen int64, silent []Alert) (version int64, err error) {
	err = db.UserWrite(ctx, n.ChangedBy, n.ChangedAt, func(tx *UserTx) error {
		if version, err = tx.saveNamed(ctx, alertRuleTable, n, seen); err != nil {
			return err
		}
		for _, a := range silent {
			a.Version, a.Silent = version, true
			if _, err := tx.addAlert(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
	return version, err
}

// DeleteAlertRule is DeleteDimension for an alert rule; what it raised stays, and is not raised again by a rule of the same name.
func (db *DB) DeleteAlertRule(ctx context.Context, name string, seen int64, user string, now time.Time) error {
	return db.deleteNamed(ctx, alertRuleTable, name, seen, user, now)
}

func (tx *UserTx) sameRule(ctx context.Context, key string, version int64) error {
	have, found, err := alertRuleTable.find(ctx, tx.tx, key)
	if err == nil && (!found || have.Version != version) {
		return ErrBudgetChanged
	}
	return err
}
