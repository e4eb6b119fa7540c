package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// RuleSetting is what a person changed about a rule of savings.
type RuleSetting struct {
	Rule      string
	Parameter string // "" = whether the rule is on
	Value     string // a decimal; RuleOff for a rule that is off
	ChangedAt string // RFC 3339, UTC
	ChangedBy string
}

// RuleOff is the value of a setting that switches a rule off.
const RuleOff = "off"

// RulePack is a set of rules that was added to a workspace.
type RulePack struct {
	Name      string            // identified without regard to case
	Rules     map[string]string // text by id
	ChangedAt string            // RFC 3339, UTC
	ChangedBy string
}

// RuleSettings returns what was changed about rules, by rule and parameter.
func (db *DB) RuleSettings(ctx context.Context) ([]RuleSetting, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT rule, parameter, value, changed_at, changed_by FROM rule_setting ORDER BY rule, parameter")
	if err != nil {
		return nil, db.explain(err, "list settings of rules")
	}
	list, err := scanAll(rows, func(s *RuleSetting) []any {
		return []any{&s.Rule, &s.Parameter, &s.Value, &s.ChangedAt, &s.ChangedBy}
	})
	return list, db.explain(err, "list settings of rules")
}

// SetRule changes settings of one rule, all or none; a value "" takes a setting back. Each change is in the audit log.
func (db *DB) SetRule(ctx context.Context, settings []RuleSetting, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		for _, s := range settings {
			if err := tx.setRule(ctx, s, user, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tx *UserTx) setRule(ctx context.Context, s RuleSetting, user string, now time.Time) error {
	var had *string
	err := tx.tx.QueryRowContext(ctx, "SELECT value FROM rule_setting WHERE rule = ? AND parameter = ?", s.Rule, s.Parameter).Scan(&had)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	var before, after any
	if had != nil {
		before = *had
	}
	if s.Value == "" {
		_, err = tx.tx.ExecContext(ctx, "DELETE FROM rule_setting WHERE rule = ? AND parameter = ?", s.Rule, s.Parameter)
	} else {
		after = s.Value
		_, err = tx.tx.ExecContext(ctx, "INSERT INTO rule_setting (rule, parameter, value, changed_at, changed_by) VALUES (?,?,?,?,?) "+
			"ON CONFLICT (rule, parameter) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
			s.Rule, s.Parameter, s.Value, now.UTC().Format(time.RFC3339Nano), user)
	}
	if err != nil || before == after {
		return err
	}
	return tx.Audit(ctx, "change rule", strings.TrimSpace(s.Rule+" "+s.Parameter), before, after)
}

// RulePacks returns the packs of rules of the workspace by name.
func (db *DB) RulePacks(ctx context.Context) ([]RulePack, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT name, content, changed_at, changed_by FROM rule_pack ORDER BY key")
	if err != nil {
		return nil, db.explain(err, "list packs of rules")
	}
	type row struct {
		RulePack
		content string
	}
	all, err := scanAll(rows, func(r *row) []any { return []any{&r.Name, &r.content, &r.ChangedAt, &r.ChangedBy} })
	if err != nil {
		return nil, db.explain(err, "list packs of rules")
	}
	list := make([]RulePack, len(all))
	for i, r := range all {
		list[i] = r.RulePack
		if err := json.Unmarshal([]byte(r.content), &list[i].Rules); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The pack of rules %q cannot be read.", r.Name)
		}
	}
	return list, nil
}

// SaveRulePack keeps a pack, in place of one of the same name.
func (db *DB) SaveRulePack(ctx context.Context, p RulePack, user string, now time.Time) error {
	content, err := json.Marshal(p.Rules)
	if err != nil {
		return finops.WrapError(finops.CodeInternal, err, "The pack of rules %q cannot be written.", p.Name)
	}
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		_, err := tx.tx.ExecContext(ctx, "INSERT INTO rule_pack (key, name, content, changed_at, changed_by) VALUES (?,?,?,?,?) "+
			"ON CONFLICT (key) DO UPDATE SET name = excluded.name, content = excluded.content, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
			mappingKey(p.Name), p.Name, string(content), now.UTC().Format(time.RFC3339Nano), user)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, "add rule pack", p.Name, nil, p.Rules)
	})
}

// DeleteRulePack removes a pack; CodeNotFound when there is none of the name.
func (db *DB) DeleteRulePack(ctx context.Context, name, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		result, err := tx.tx.ExecContext(ctx, "DELETE FROM rule_pack WHERE key = ?", mappingKey(name))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return finops.Errorf(finops.CodeNotFound, "There is no pack of rules named %q.", name)
		}
		return tx.Audit(ctx, "remove rule pack", name, nil, nil)
	})
}

// SavedFindings returns what the rules found the last time, as JSON, with the versions of the ledger and of the rules;
// "" when they never ran.
func (db *DB) SavedFindings(ctx context.Context) (content string, ledger int64, rules string, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT content, ledger, rules FROM findings WHERE id = 1").Scan(&content, &ledger, &rules)
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, "", nil
	}
	return content, ledger, rules, db.explain(err, "read the findings")
}

// SaveFindings keeps what the rules found.
func (db *DB) SaveFindings(ctx context.Context, content string, ledger int64, rules, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		_, err := tx.tx.ExecContext(ctx, "INSERT INTO findings (id, ledger, rules, content) VALUES (1, ?, ?, ?) "+
			"ON CONFLICT (id) DO UPDATE SET ledger = excluded.ledger, rules = excluded.rules, content = excluded.content", ledger, rules, content)
		return err
	})
}
