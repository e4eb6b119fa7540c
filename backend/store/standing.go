package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"cloud-intelligence/backend/finops"
)

// Decide says of all slices and the choices that persons made which slices count and which
// stand by. Slices that it does not name stay as they are; nil leaves all as they are.
type Decide func(slices []Slice, choices []Choice) []Standing

// viewOf is SQL for the view of a slice's part: "actual" of "actual/commitments".
func viewOf(slice string) string {
	return fmt.Sprintf("substr(%s.part, 1, instr(%[1]s.part || '/', '/') - 1)", slice)
}

// SliceFiles returns the ids of the files that gave the lines of each slice.
func (db *DB) SliceFiles(ctx context.Context) (map[int64][]int64, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT slice_id, file_id FROM slice_file ORDER BY slice_id, file_id")
	if err != nil {
		return nil, db.explain(err, "read the files of the bills")
	}
	all, err := scanAll(rows, func(r *[2]int64) []any { return []any{&r[0], &r[1]} })
	files := map[int64][]int64{}
	for _, r := range all {
		files[r[0]] = append(files[r[0]], r[1])
	}
	return files, db.explain(err, "read the files of the bills")
}

// Choices returns the exports that were chosen to speak for a bill.
func (db *DB) Choices(ctx context.Context) ([]Choice, error) {
	choices, err := readChoices(ctx, db.read)
	return choices, db.explain(err, "read the choices")
}

func readChoices(ctx context.Context, q queryer) ([]Choice, error) {
	rows, err := q.QueryContext(ctx, "SELECT provider, billing_account, month, export FROM bill_choice ORDER BY provider, billing_account, month")
	if err != nil {
		return nil, err
	}
	type row struct {
		Choice
		month string
	}
	all, err := scanAll(rows, func(c *row) []any { return []any{&c.Provider, &c.BillingAccount, &c.month, &c.Export} })
	if err != nil {
		return nil, err
	}
	choices := make([]Choice, len(all))
	for i, r := range all {
		if r.Choice.Month, err = finops.ParseMonth(r.month); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The workspace names a billing month %q.", r.month)
		}
		choices[i] = r.Choice
	}
	return choices, nil
}

// Choose keeps which export speaks for a bill and lets decide say what follows.
func (db *DB) Choose(ctx context.Context, c Choice, user string, now time.Time, decide Decide) error {
	return db.Exclusive(ctx, func(ctx context.Context) error {
		return db.inTx(ctx, func(tx *sql.Tx) error {
			if err := setChoice(ctx, tx, c); err != nil {
				return err
			}
			if err := decideStanding(ctx, tx, decide); err != nil {
				return err
			}
			return addAudit(ctx, tx, now, user, "choose", fmt.Sprintf("%s speaks for %s, account %s, %s", c.Export, c.Provider, c.BillingAccount, c.Month))
		})
	})
}

func setChoice(ctx context.Context, tx *sql.Tx, c Choice) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO bill_choice (provider, billing_account, month, export) VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET export = excluded.export",
		c.Provider, c.BillingAccount, c.Month.String(), c.Export)
	return err
}

func decideStanding(ctx context.Context, tx *sql.Tx, decide Decide) error {
	if decide == nil {
		return nil
	}
	slices, err := readSlices(ctx, tx)
	if err != nil {
		return err
	}
	choices, err := readChoices(ctx, tx)
	if err != nil {
		return err
	}
	return setStanding(ctx, tx, decide(slices, choices))
}

func setStanding(ctx context.Context, tx *sql.Tx, standing []Standing) error {
	for _, s := range standing {
		state, standby := "superseded", 1
		if s.Active {
			state, standby = "active", 0
		}
		if _, err := tx.ExecContext(ctx, "UPDATE slice SET state = ?, standby = ? WHERE id = ? AND state <> 'undone'", state, standby, s.SliceID); err != nil {
			return err
		}
	}
	return nil
}
