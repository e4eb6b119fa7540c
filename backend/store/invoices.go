package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"cloud-intelligence/backend/finops"
)

// Invoice is what an invoice says, as a person typed or imported it. Provider, billing
// account, month, invoice id and currency together name it.
//
// Its JSON is what the audit log keeps of it.
type Invoice struct {
	ID             int64         `json:"id"`
	Version        int64         `json:"-"` // raised by every change; when saving, 0 = whatever is stored, below 0 = nothing
	Provider       string        `json:"provider"`
	BillingAccount string        `json:"billingAccount"`
	Month          finops.Month  `json:"month"`
	InvoiceID      string        `json:"invoiceId"` // "" = the whole bill of the month
	Currency       string        `json:"currency"`
	Total          finops.Amount `json:"total"`
	// The parts that the invoice prints; nil = it does not say.
	Tax         *finops.Amount `json:"tax,omitempty"`
	Credits     *finops.Amount `json:"credits,omitempty"`
	Marketplace *finops.Amount `json:"marketplace,omitempty"`
	Other       *finops.Amount `json:"other,omitempty"`
	Note        string         `json:"note"`
	EnteredAt   time.Time      `json:"-"`
	User        string         `json:"-"`
}

const invoiceColumns = "provider, billing_account, month, invoice_id, currency, total, tax, credits, marketplace, other, note, entered_at, user"

// Invoices returns all invoice figures, in the order of their numbers.
func (db *DB) Invoices(ctx context.Context) ([]Invoice, error) {
	list, err := readInvoices(ctx, db.read, "ORDER BY id")
	return list, db.explain(err, "read the invoice amounts")
}

func readInvoices(ctx context.Context, q queryer, rest string, args ...any) (list []Invoice, err error) {
	rows, err := q.QueryContext(ctx, "SELECT id, version, "+invoiceColumns+" FROM invoice "+rest, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // only read
	for rows.Next() {
		var v Invoice
		var month, total, at string
		var parts [4]sql.NullString
		err := rows.Scan(&v.ID, &v.Version, &v.Provider, &v.BillingAccount, &month, &v.InvoiceID, &v.Currency, &total, &parts[0], &parts[1], &parts[2], &parts[3], &v.Note, &at, &v.User)
		if err != nil {
			return nil, err
		}
		if err := v.read(month, total, at, parts); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "Invoice amount %d of the workspace is damaged. Delete it and enter it again.", v.ID)
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

func (v *Invoice) read(month, total, at string, parts [4]sql.NullString) (err error) {
	if v.Month, err = finops.ParseMonth(month); err != nil {
		return err
	}
	if v.Total, err = finops.ParseAmount([]byte(total)); err != nil {
		return err
	}
	if v.EnteredAt, err = time.Parse(time.RFC3339Nano, at); err != nil {
		return err //nolint:wrapcheck // the caller makes the sentence
	}
	for i, to := range []**finops.Amount{&v.Tax, &v.Credits, &v.Marketplace, &v.Other} {
		if !parts[i].Valid {
			continue
		}
		a, err := finops.ParseAmount([]byte(parts[i].String))
		if err != nil {
			return err
		}
		*to = &a
	}
	return nil
}

// SaveInvoices keeps figures of one person and moment, all of them or none. One with an ID
// changes that figure and answers CodeConflict when another has its new name, or when it was changed or
// deleted since the version that was seen; one
// without replaces the figure of the same name, or is added.
func (db *DB) SaveInvoices(ctx context.Context, list []Invoice) error {
	if len(list) == 0 {
		return nil
	}
	return db.UserWrite(ctx, list[0].User, list[0].EnteredAt, func(tx *UserTx) error {
		for i := range list {
			if err := tx.saveInvoice(ctx, list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tx *UserTx) saveInvoice(ctx context.Context, v Invoice) error {
	have, err := tx.invoiceToChange(ctx, &v)
	if err != nil {
		return err
	}
	values := []any{
		v.Provider, v.BillingAccount, v.Month.String(), v.InvoiceID, v.Currency, v.Total.String(), amountText(v.Tax), amountText(v.Credits),
		amountText(v.Marketplace), amountText(v.Other), v.Note, v.EnteredAt.UTC().Format(time.RFC3339Nano), v.User,
	}
	if have == nil {
		r, err := tx.tx.ExecContext(ctx, "INSERT INTO invoice ("+invoiceColumns+") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", values...)
		if err != nil {
			return err
		}
		if v.ID, err = r.LastInsertId(); err != nil {
			return err
		}
		return tx.Audit(ctx, "save invoice amount", v.name(), nil, v)
	}
	v.ID = have.ID
	if v.Version != 0 {
		if err := stale(fmt.Sprintf("The invoice amount, now %s %s by %s,", have.Total, have.Currency, have.User), have.Version, max(v.Version, 0), *have, v); err != nil {
			return err
		}
	}
	if _, err := tx.tx.ExecContext(ctx, "UPDATE invoice SET (version, "+invoiceColumns+") = (version + 1,?,?,?,?,?,?,?,?,?,?,?,?,?) WHERE id = ?", append(values, v.ID)...); err != nil {
		return err
	}
	return tx.Audit(ctx, "save invoice amount", v.name(), have, v)
}

// invoiceToChange returns the figure that v takes the place of, nil where it is new.
func (tx *UserTx) invoiceToChange(ctx context.Context, v *Invoice) (*Invoice, error) {
	same, err := readInvoices(ctx, tx.tx, "WHERE id = ? OR (provider = ? AND billing_account = ? AND month = ? AND invoice_id = ? AND currency = ?)",
		v.ID, v.Provider, v.BillingAccount, v.Month.String(), v.InvoiceID, v.Currency)
	switch {
	case err != nil:
		return nil, err
	case len(same) > 1, len(same) == 1 && v.ID != 0 && same[0].ID != v.ID:
		return nil, finops.Errorf(finops.CodeConflict, "There is an amount of that invoice already. Change that one, or delete it first.")
	case len(same) == 1:
		return &same[0], nil
	case v.ID != 0:
		return nil, finops.WrapError(finops.CodeConflict, &finops.ConflictError{Want: *v}, "The invoice amount was deleted meanwhile. Nothing was changed.")
	}
	return nil, nil
}

func errNoInvoice() error {
	return finops.Errorf(finops.CodeNotFound, "The invoice amount was deleted already.")
}

// name is how the audit log names the invoice.
func (v *Invoice) name() string {
	return fmt.Sprintf("%s, account %s, %s, invoice %q, %s", v.Provider, v.BillingAccount, v.Month, v.InvoiceID, v.Currency)
}

func amountText(a *finops.Amount) any {
	if a == nil {
		return nil
	}
	return a.String()
}

// DeleteInvoice removes a figure of the version seen; see DeleteDimension for the errors.
func (db *DB) DeleteInvoice(ctx context.Context, id, seen int64, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		have, err := readInvoices(ctx, tx.tx, "WHERE id = ?", id)
		damaged := finops.CodeOf(err) == finops.CodeCorrupt // the message says to delete it
		if err != nil && !damaged {
			return err
		}
		name, before := fmt.Sprintf("invoice amount %d", id), any(nil)
		switch {
		case len(have) == 1:
			name, before = have[0].name(), have[0]
			if err := stale("The invoice amount", have[0].Version, seen, have[0], nil); err != nil {
				return err
			}
		case !damaged:
			return errNoInvoice()
		}
		if _, err := tx.tx.ExecContext(ctx, "DELETE FROM invoice WHERE id = ?", id); err != nil {
			return err
		}
		return tx.Audit(ctx, "delete invoice amount", name, before, nil)
	})
}
