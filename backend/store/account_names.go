package store

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"cloud-intelligence/backend/finops"
)

// accountNames is the setting that holds what providers call accounts: names by id, by connection, as JSON.
const accountNames = "account_names"

// AccountNames returns what providers call accounts, as connections last read them: names by the ids that bills have.
func (db *DB) AccountNames(ctx context.Context) (map[string]string, error) {
	text, err := db.Setting(ctx, accountNames)
	if err != nil || text == "" {
		return nil, err
	}
	all, err := parseAccountNames(text)
	names := map[string]string{}
	for _, list := range all {
		maps.Copy(names, list) // connections to one provider read the same
	}
	return names, err
}

func parseAccountNames(text string) (all map[string]map[string]string, err error) {
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return nil, finops.WrapError(finops.CodeCorrupt, err, "The names of accounts in the workspace cannot be read. Sync their connection again.")
	}
	return all, nil
}

// KeepAccountNames puts the names that a connection read in place of those that it read before, and reports whether that is something else. The audit log
// has the number of the names.
func (db *DB) KeepAccountNames(ctx context.Context, connection, title string, names map[string]string, user string, now time.Time) (changed bool, err error) {
	err = db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		have, err := settingRow(accountNames, tx.tx.QueryRowContext(ctx, settingQuery, accountNames))
		if err != nil {
			return err
		}
		all := map[string]map[string]string{}
		if have.Content != "" {
			if all, err = parseAccountNames(have.Content); err != nil {
				all = map[string]map[string]string{} // what is damaged is replaced
			}
		}
		before := len(all[connection])
		if changed = !maps.Equal(all[connection], names); !changed {
			return nil
		}
		all[connection] = names
		text, err := json.Marshal(all)
		if err != nil {
			return finops.WrapError(finops.CodeInternal, err, "The names of accounts cannot be written.")
		}
		if err := tx.putSetting(ctx, Named{Name: accountNames, Content: string(text), Version: have.Version + 1, ChangedAt: now, ChangedBy: user}); err != nil {
			return err
		}
		return tx.Audit(ctx, "name accounts", title, before, len(names))
	})
	return changed, err
}
