package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// RuleSetting is what a person changed about a rule of savings.
type RuleSetting struct {
	Parameter string `json:"parameter"` // "" = whether the rule is on
	Value     string `json:"value"`     // a decimal; RuleOff for a rule that is off
	ChangedAt string `json:"changedAt"` // RFC 3339, UTC
	ChangedBy string `json:"changedBy"`
}

// RuleOff is the value of a setting that switches a rule off.
const RuleOff = "off"

var (
	ruleSettingTable = namedTable{table: "rule_setting", what: "rule", json: true}
	rulePackTable    = namedTable{table: "rule_pack", what: "rule pack", json: true}
)

// RuleSettings returns what was changed about rules, by the id of the rule; ParseRuleSettings reads the content.
func (db *DB) RuleSettings(ctx context.Context) ([]Named, error) {
	return db.named(ctx, ruleSettingTable)
}

// ParseRuleSettings reads the content of a row of RuleSettings, by parameter. It answers CodeCorrupt for anything else.
func ParseRuleSettings(content string) (list []RuleSetting, err error) {
	if content == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(content), &list); err != nil {
		return nil, finops.WrapError(finops.CodeCorrupt, err, "What was changed about a rule cannot be read.")
	}
	return list, nil
}

// SetRule changes settings of one rule, all or none; a value "" takes a setting back. Each change is in the audit log. It answers
// CodeConflict, with both values as Named, when what is stored of the rule is not of the version seen; 0 = nothing was ever changed.
func (db *DB) SetRule(ctx context.Context, rule string, settings []RuleSetting, seen int64, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		have, _, err := ruleSettingTable.find(ctx, tx.tx, rule)
		if err != nil {
			return err
		}
		list, err := ParseRuleSettings(have.Content)
		if err != nil {
			return err
		}
		changed := false
		for _, s := range settings {
			s.ChangedAt, s.ChangedBy = now.UTC().Format(time.RFC3339Nano), user
			before, after := changeRule(&list, s)
			if before == after {
				continue
			}
			changed = true
			if err := tx.Audit(ctx, "change rule", strings.TrimSpace(rule+" "+s.Parameter), before, after); err != nil {
				return err
			}
		}
		if !changed {
			return nil
		}
		content, err := json.Marshal(list)
		if err != nil {
			return finops.WrapError(finops.CodeInternal, err, "What was changed about the rule %s cannot be written.", rule)
		}
		n := Named{Name: rule, Content: string(content), Version: have.Version + 1, ChangedAt: now, ChangedBy: user}
		if err := stale("The rule "+rule, have.Version, seen, have, n); err != nil {
			return err
		}
		return tx.put(ctx, ruleSettingTable, n)
	})
}

// changeRule puts a setting in its place in a list and returns the values before and after; nil = the default.
func changeRule(list *[]RuleSetting, s RuleSetting) (before, after any) {
	at, found := slices.BinarySearchFunc(*list, s.Parameter, func(have RuleSetting, parameter string) int { return strings.Compare(have.Parameter, parameter) })
	if found {
		before = (*list)[at].Value
		*list = slices.Delete(*list, at, at+1)
	}
	if s.Value != "" {
		after = s.Value
		*list = slices.Insert(*list, at, s)
	}
	return before, after
}

// RulePacks returns the sets of rules that were added to the workspace, by name. The content is JSON: the text of each rule by its id.
func (db *DB) RulePacks(ctx context.Context) ([]Named, error) { return db.named(ctx, rulePackTable) }

// SaveRulePack is SaveDimension for a pack of rules.
func (db *DB) SaveRulePack(ctx context.Context, n Named, seen int64) (int64, error) {
	return db.saveNamed(ctx, rulePackTable, n, seen)
}

// DeleteRulePack is DeleteDimension for a pack of rules.
func (db *DB) DeleteRulePack(ctx context.Context, name string, seen int64, user string, now time.Time) error {
	return db.deleteNamed(ctx, rulePackTable, name, seen, user, now)
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
