package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"cloud-intelligence/backend/finops"
)

// Budget is a budget as its row says. Package budget knows what Content says.
type Budget struct {
	ID        int64
	Name      string // identified without regard to case
	Content   string // JSON
	Version   int64
	MadeAt    time.Time
	ChangedAt time.Time
	ChangedBy string
	Reason    string // for the last change; may be ""
}

// BudgetChange is a budget to be kept, and the version that the person saw: 0 = there was none, AnyVersion = they did not look.
type BudgetChange struct {
	Name, Content, Reason string
	Was                   string // the name that it had; "" = the same
	Seen                  int64
	// Silent are the thresholds that are reached already, so that the new version alerts nobody.
	Silent []Alert
}

type budgetRow struct {
	Budget
	made, changed string
}

const budgetColumns = "id, name, content, version, made_at, changed_at, changed_by, reason"

func (r *budgetRow) fields() []any {
	return []any{&r.ID, &r.Name, &r.Content, &r.Version, &r.made, &r.changed, &r.ChangedBy, &r.Reason}
}

func (r *budgetRow) budget() Budget {
	r.MadeAt, _ = time.Parse(time.RFC3339Nano, r.made) // zero time when unreadable
	r.ChangedAt, _ = time.Parse(time.RFC3339Nano, r.changed)
	return r.Budget
}

// Budgets returns the budgets of the workspace, ordered by name.
func (db *DB) Budgets(ctx context.Context) ([]Budget, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT "+budgetColumns+" FROM budget ORDER BY key")
	if err != nil {
		return nil, db.explain(err, "list budgets")
	}
	all, err := scanAll(rows, (*budgetRow).fields)
	list := make([]Budget, len(all))
	for i := range all {
		list[i] = all[i].budget()
	}
	return list, db.explain(err, "list budgets")
}

// BudgetVersions returns all versions of a budget, the oldest first.
func (db *DB) BudgetVersions(ctx context.Context, id int64) ([]Budget, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT b.id, b.name, v.content, v.version, b.made_at, v.changed_at, v.changed_by, v.reason FROM budget_version v JOIN budget b ON b.id = v.budget_id WHERE b.id = ? ORDER BY v.version", id)
	if err != nil {
		return nil, db.explain(err, "list the versions of a budget")
	}
	all, err := scanAll(rows, (*budgetRow).fields)
	list := make([]Budget, len(all))
	for i := range all {
		list[i] = all[i].budget()
	}
	return list, db.explain(err, "list the versions of a budget")
}

// SaveBudgets keeps budgets, all of them or none, and returns their new versions. It answers CodeConflict, with both
// values, when a stored one is not of the version seen.
func (db *DB) SaveBudgets(ctx context.Context, changes []BudgetChange, user string, now time.Time) (versions []int64, err error) {
	err = db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		versions = versions[:0]
		for _, c := range changes {
			v, err := tx.saveBudget(ctx, c)
			if err != nil {
				return err
			}
			versions = append(versions, v)
		}
		return nil
	})
	return versions, err
}

func findBudget(ctx context.Context, q queryer, name string) (b Budget, found bool, err error) {
	rows, err := q.QueryContext(ctx, "SELECT "+budgetColumns+" FROM budget WHERE key = ?", namedKey(name))
	if err != nil {
		return b, false, err
	}
	all, err := scanAll(rows, (*budgetRow).fields)
	if err != nil || len(all) == 0 {
		return b, false, err
	}
	return all[0].budget(), true, nil
}

func (tx *UserTx) saveBudget(ctx context.Context, c BudgetChange) (int64, error) {
	have, found, err := findBudget(ctx, tx.tx, cmp.Or(c.Was, c.Name))
	if err != nil {
		return 0, err
	}
	want := Budget{ID: have.ID, Name: c.Name, Content: c.Content, Version: have.Version + 1, ChangedBy: tx.user, Reason: c.Reason}
	if c.Seen == 0 && found {
		return 0, finops.WrapError(finops.CodeConflict, &finops.ConflictError{Have: have, Want: want}, "There is a budget named %q already. Choose another name, or change that one.", have.Name)
	}
	if err := stale(fmt.Sprintf("The budget %q", cmp.Or(c.Was, c.Name)), have.Version, c.Seen, have, want); err != nil {
		return 0, err
	}
	if c.Was != "" {
		if !found {
			return 0, finops.Errorf(finops.CodeNotFound, "There is no budget named %q.", c.Was)
		}
		if err := tx.renameBudget(ctx, have, c.Name); err != nil {
			return 0, err
		}
		if c.Content == have.Content && c.Reason == "" {
			return have.Version, nil
		}
	}
	return want.Version, tx.keepBudget(ctx, have, want, c.Silent)
}

// keepBudget keeps the version that is wanted, of a budget that is there or, where it has no id, of a new one.
func (tx *UserTx) keepBudget(ctx context.Context, have, want Budget, silent []Alert) (err error) {
	at := tx.now.UTC().Format(time.RFC3339Nano)
	var before any
	if have.ID != 0 {
		before = json.RawMessage(have.Content)
		_, err = tx.tx.ExecContext(ctx, "UPDATE budget SET (name, content, version, changed_at, changed_by, reason) = (?,?,?,?,?,?) WHERE id = ?",
			want.Name, want.Content, want.Version, at, tx.user, want.Reason, have.ID)
	} else {
		var r sql.Result
		if r, err = tx.tx.ExecContext(ctx, "INSERT INTO budget (key, "+budgetColumns+") VALUES (?,NULL,?,?,?,?,?,?,?)", namedKey(want.Name), want.Name, want.Content, want.Version, at, at, tx.user, want.Reason); err == nil {
			want.ID, err = r.LastInsertId()
		}
	}
	if err != nil {
		return err
	}
	if _, err = tx.tx.ExecContext(ctx, "INSERT INTO budget_version (budget_id, version, content, changed_at, changed_by, reason) VALUES (?,?,?,?,?,?)", want.ID, want.Version, want.Content, at, tx.user, want.Reason); err != nil {
		return err
	}
	for _, a := range silent {
		a.BudgetID, a.Version, a.Silent = want.ID, want.Version, true
		if _, err := tx.addAlert(ctx, a); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, "save budget", want.Name, before, json.RawMessage(want.Content))
}

// renameBudget gives a budget another name, also where its parts name it. These stay of the same version, since nothing about their amounts changes.
func (tx *UserTx) renameBudget(ctx context.Context, have Budget, name string) error {
	if have.Name == name {
		return nil
	}
	other, taken, err := findBudget(ctx, tx.tx, name)
	if err != nil {
		return err
	}
	if taken && other.ID != have.ID {
		return finops.Errorf(finops.CodeConflict, "There is a budget named %q already. Choose another name.", other.Name)
	}
	if _, err := tx.tx.ExecContext(ctx, "UPDATE budget SET (key, name) = (?, ?) WHERE id = ?", namedKey(name), name, have.ID); err != nil {
		return err
	}
	for _, statement := range []string{
		"UPDATE budget_version SET content = json_set(content, '$.parent', ?2) WHERE EXISTS (SELECT 1 FROM budget b WHERE b.id = budget_id AND b.version = budget_version.version AND lower(json_extract(b.content, '$.parent')) = lower(?1))",
		"UPDATE budget SET content = json_set(content, '$.parent', ?2) WHERE lower(json_extract(content, '$.parent')) = lower(?1)",
	} {
		if _, err := tx.tx.ExecContext(ctx, statement, have.Name, name); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, "rename budget", have.Name, have.Name, name)
}

// DeleteBudget removes a budget of the version seen with all its versions; alerts that were raised stay. See DeleteDimension for the errors.
func (db *DB) DeleteBudget(ctx context.Context, name string, seen int64, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		have, found, err := findBudget(ctx, tx.tx, name)
		if err != nil {
			return err
		}
		if !found {
			return finops.Errorf(finops.CodeNotFound, "There is no budget named %q.", name)
		}
		if err := stale(fmt.Sprintf("The budget %q", have.Name), have.Version, seen, have, nil); err != nil {
			return err
		}
		for _, statement := range []string{"DELETE FROM budget_basis WHERE budget_id = ?", "DELETE FROM budget_version WHERE budget_id = ?", "DELETE FROM budget WHERE id = ?"} {
			if _, err := tx.tx.ExecContext(ctx, statement, have.ID); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "delete budget", have.Name, json.RawMessage(have.Content), nil)
	})
}

// BudgetBasis is what the pace of a period is measured by, in JSON of package budget.
type BudgetBasis struct {
	BudgetID, Version int64
	Period            string
	Content           string
}

// BudgetBases returns what was kept, all of it.
func (db *DB) BudgetBases(ctx context.Context) ([]BudgetBasis, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT budget_id, version, period, content FROM budget_basis")
	if err != nil {
		return nil, db.explain(err, "read the pace of budgets")
	}
	list, err := scanAll(rows, func(b *BudgetBasis) []any { return []any{&b.BudgetID, &b.Version, &b.Period, &b.Content} })
	return list, db.explain(err, "read the pace of budgets")
}

// Alert is a threshold of a budget that was reached, or what an alert rule is to report.
type Alert struct {
	ID                int64
	Rule              string // key of the alert rule that raised it; "" = a budget did
	BudgetID, Version int64  // of a rule the id is 0
	Period            string // of a rule: what it is about
	Kind, Percent     string // of a rule the percentage is ""
	Name              string // of the budget or the rule, then
	CrossedAt         finops.Day
	SeenAt            time.Time
	Silent            bool // it was reached when the budget was changed: nobody is alerted
	Message           string
	SentTo            []string // names of channels
	ReadBy            string   // who marked it as read; "" = nobody
}

// AlertRuleKey is the key of an alert rule, by which names are distinguished.
func AlertRuleKey(name string) string { return namedKey(name) }

// Alerts returns all alerts, the newest first, also silent ones.
func (db *DB) Alerts(ctx context.Context) ([]Alert, error) {
	type row struct {
		Alert
		crossed, seen, sent string
		read                *string
	}
	rows, err := db.read.QueryContext(ctx, `SELECT id, rule, budget_id, version, period, kind, percent, name, crossed_at, seen_at, silent, message,
 (SELECT coalesce(json_group_array(channel), '[]') FROM (SELECT channel FROM alert_delivery d WHERE d.alert_id = alert.id AND d.state = 'sent' ORDER BY channel)), read_by FROM alert LEFT JOIN alert_read ON alert_id = id ORDER BY id DESC`)
	if err != nil {
		return nil, db.explain(err, "list alerts")
	}
	all, err := scanAll(rows, func(r *row) []any {
		return []any{&r.ID, &r.Rule, &r.BudgetID, &r.Version, &r.Period, &r.Kind, &r.Percent, &r.Name, &r.crossed, &r.seen, &r.Silent, &r.Message, &r.sent, &r.read}
	})
	if err != nil {
		return nil, db.explain(err, "list alerts")
	}
	list := make([]Alert, len(all))
	for i := range all {
		r := &all[i]
		if r.CrossedAt, err = finops.ParseDay(r.crossed); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The workspace has an alert on the day %q.", r.crossed)
		}
		r.SeenAt, _ = time.Parse(time.RFC3339Nano, r.seen) // zero time when unreadable: it is only shown
		if err := json.Unmarshal([]byte(r.sent), &r.SentTo); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The workspace has a delivery that cannot be read.")
		}
		if r.read != nil {
			r.ReadBy = *r.read
		}
		list[i] = r.Alert
	}
	return list, nil
}

// MarkRead marks alerts as read, or as not read; those that are so already stay as they are.
func (db *DB) MarkRead(ctx context.Context, ids []int64, read bool, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		changed := int64(0)
		for _, id := range ids {
			var r sql.Result
			var err error
			if read {
				r, err = tx.tx.ExecContext(ctx, "INSERT INTO alert_read (alert_id, read_at, read_by) SELECT id, ?, ? FROM alert WHERE id = ? ON CONFLICT DO NOTHING", now.UTC().Format(time.RFC3339Nano), user, id)
			} else {
				r, err = tx.tx.ExecContext(ctx, "DELETE FROM alert_read WHERE alert_id = ?", id)
			}
			if err != nil {
				return err
			}
			n, err := r.RowsAffected()
			if err != nil {
				return err
			}
			changed += n
		}
		if changed == 0 {
			return nil
		}
		return tx.Audit(ctx, "read alerts", fmt.Sprint(changed), nil, read)
	})
}

// addAlert keeps an alert unless there is one of the version, period and threshold, or of what the rule is to report.
func (tx *UserTx) addAlert(ctx context.Context, a Alert) (bool, error) {
	r, err := tx.tx.ExecContext(ctx, "INSERT INTO alert (rule, budget_id, version, period, kind, percent, name, crossed_at, seen_at, silent, message) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
		a.Rule, a.BudgetID, a.Version, a.Period, a.Kind, a.Percent, a.Name, a.CrossedAt.String(), tx.now.UTC().Format(time.RFC3339Nano), a.Silent, a.Message)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// Evaluation is what an evaluation of the budgets and alert rules found.
type Evaluation struct {
	Ledger int64      // the state of the ledger that was evaluated, see DB.LedgerVersion
	Day    finops.Day // on which rules that wait for a day were evaluated; 0 = they were not
	Bases  []BudgetBasis
	Alerts []Alert
}

// The settings that name the last state of the ledger that was evaluated, and the last day.
const (
	alertsEvaluated   = "alerts_evaluated"
	alertsEvaluatedOn = "alerts_evaluated_on"
)

// LastEvaluation returns the state of the ledger of which budgets and alert rules were evaluated last, 0 = none, and the last day on which the rules
// were; "" = none.
func (db *DB) LastEvaluation(ctx context.Context) (ledger int64, day string, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?), 0), coalesce((SELECT value FROM setting WHERE key = ?), '')", alertsEvaluated, alertsEvaluatedOn).Scan(&ledger, &day)
	return ledger, day, db.explain(err, "look for the last evaluation")
}

// ErrBudgetChanged says that a budget or an alert rule was changed while it was evaluated, so that it is to be evaluated again.
var ErrBudgetChanged = errors.New("a budget was changed while it was evaluated")

// KeepEvaluation keeps what an evaluation found, all of it in one transaction, and returns how many alerts are new: a threshold that has an
// alert already gets no other one. It answers ErrBudgetChanged, and keeps nothing, when a budget or a rule is not of the version that was evaluated.
func (db *DB) KeepEvaluation(ctx context.Context, e Evaluation, user string, now time.Time) (raised int, err error) {
	err = db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		raised = 0
		for _, b := range e.Bases {
			if err := tx.sameVersion(ctx, b.BudgetID, b.Version); err != nil {
				return err
			}
			if _, err := tx.tx.ExecContext(ctx, "INSERT INTO budget_basis (budget_id, version, period, content) VALUES (?,?,?,?) ON CONFLICT DO NOTHING", b.BudgetID, b.Version, b.Period, b.Content); err != nil {
				return err
			}
		}
		for _, a := range e.Alerts {
			added, err := tx.raise(ctx, a)
			if err != nil {
				return err
			}
			if added {
				raised++
			}
		}
		if e.Day != 0 {
			if err := setSetting(ctx, tx.tx, alertsEvaluatedOn, e.Day.String()); err != nil {
				return err
			}
		}
		return setSetting(ctx, tx.tx, alertsEvaluated, fmt.Sprint(e.Ledger))
	})
	return raised, err
}

// raise keeps an alert of a budget or a rule that is of the version that was evaluated.
func (tx *UserTx) raise(ctx context.Context, a Alert) (added bool, err error) {
	if a.Rule == "" {
		err = tx.sameVersion(ctx, a.BudgetID, a.Version)
	} else {
		err = tx.sameRule(ctx, a.Rule, a.Version)
	}
	if err != nil {
		return false, err
	}
	if added, err = tx.addAlert(ctx, a); err != nil || !added {
		return false, err
	}
	if a.Rule != "" {
		return true, tx.Audit(ctx, "raise alert", a.Name, nil, map[string]any{"kind": a.Kind, "about": a.Period, "crossedAt": a.CrossedAt})
	}
	return true, tx.Audit(ctx, "raise alert", a.Name, nil, map[string]any{"period": a.Period, "threshold": a.Kind + "=" + a.Percent, "crossedAt": a.CrossedAt})
}

func (tx *UserTx) sameVersion(ctx context.Context, id, version int64) error {
	var now int64
	err := tx.tx.QueryRowContext(ctx, "SELECT version FROM budget WHERE id = ?", id).Scan(&now)
	if errors.Is(err, sql.ErrNoRows) || err == nil && now != version {
		return ErrBudgetChanged
	}
	return err
}
