package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"cloud-intelligence/backend/finops"
)

// Invoice is what an invoice says, as a person typed or imported it. Provider, billing
// account, month, invoice id and currency together name it.
type Invoice struct {
	ID             int64
	Provider       string
	BillingAccount string
	Month          finops.Month
	InvoiceID      string // "" = the whole bill of the month
	Currency       string
	Total          finops.Amount
	// The parts that the invoice prints; nil = it does not say.
	Tax, Credits, Marketplace, Other *finops.Amount
	Note                             string
	EnteredAt                        time.Time
	User                             string
}

const invoiceColumns = "provider, billing_account, month, invoice_id, currency, total, tax, credits, marketplace, other, note, entered_at, user"

// Invoices returns all invoice figures, in the order of their numbers.
func (db *DB) Invoices(ctx context.Context) (list []Invoice, err error) {
	rows, err := db.read.QueryContext(ctx, "SELECT id, "+invoiceColumns+" FROM invoice ORDER BY id")
	if err != nil {
		return nil, db.explain(err, "read the invoice figures")
	}
	defer func() { _ = rows.Close() }() // only read
	for rows.Next() {
		var v Invoice
		var month, total, at string
		var parts [4]sql.NullString
		err := rows.Scan(&v.ID, &v.Provider, &v.BillingAccount, &month, &v.InvoiceID, &v.Currency, &total, &parts[0], &parts[1], &parts[2], &parts[3], &v.Note, &at, &v.User)
		if err != nil {
			return nil, db.explain(err, "read an invoice figure")
		}
		if err := v.read(month, total, at, parts); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "Invoice figure %d of the workspace is damaged. Delete it and type it again.", v.ID)
		}
		list = append(list, v)
	}
	return list, db.explain(rows.Err(), "read the invoice figures")
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

// SaveInvoices keeps figures, all of them or none. One with an ID changes that figure and
// answers CodeNotFound when it is gone, CodeConflict when another figure has its new name;
// one without replaces the figure of the same name, or is added.
func (db *DB) SaveInvoices(ctx context.Context, list []Invoice) error {
	return db.Exclusive(ctx, func(ctx context.Context) error {
		return db.inTx(ctx, func(tx *sql.Tx) error {
			for i := range list {
				if err := saveInvoice(ctx, tx, &list[i]); err != nil {
					return err
				}
				v := &list[i]
				detail := fmt.Sprintf("%s, account %s, %s, invoice %q: %s %s", v.Provider, v.BillingAccount, v.Month, v.InvoiceID, v.Total, v.Currency)
				if err := addAudit(ctx, tx, v.EnteredAt, v.User, "save invoice amount", detail, nil, nil); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func saveInvoice(ctx context.Context, tx *sql.Tx, v *Invoice) error {
	var other int64
	err := tx.QueryRowContext(ctx, "SELECT id FROM invoice WHERE provider = ? AND billing_account = ? AND month = ? AND invoice_id = ? AND currency = ?",
		v.Provider, v.BillingAccount, v.Month.String(), v.InvoiceID, v.Currency).Scan(&other)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("look for an invoice figure: %w", err)
	}
	id := v.ID
	if id == 0 {
		id = other
	}
	if other != 0 && other != id {
		return finops.Errorf(finops.CodeConflict, "There is a figure of that invoice already. Change that one, or delete it first.")
	}
	values := []any{
		v.Provider, v.BillingAccount, v.Month.String(), v.InvoiceID, v.Currency, v.Total.String(), amountText(v.Tax), amountText(v.Credits),
		amountText(v.Marketplace), amountText(v.Other), v.Note, v.EnteredAt.UTC().Format(time.RFC3339Nano), v.User,
	}
	if id == 0 {
		_, err := tx.ExecContext(ctx, "INSERT INTO invoice ("+invoiceColumns+") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", values...)
		return err
	}
	r, err := tx.ExecContext(ctx, "UPDATE invoice SET ("+invoiceColumns+") = (?,?,?,?,?,?,?,?,?,?,?,?,?) WHERE id = ?", append(values, id)...)
	if err != nil {
		return err
	}
	return wantOne(r)
}

func amountText(a *finops.Amount) any {
	if a == nil {
		return nil
	}
	return a.String()
}

// wantOne answers CodeNotFound when a statement changed nothing.
func wantOne(r sql.Result) error {
	n, err := r.RowsAffected()
	if err == nil && n == 0 {
		return finops.Errorf(finops.CodeNotFound, "That invoice figure is not there any more.")
	}
	return err
}

// DeleteInvoice removes a figure; CodeNotFound when there is none.
func (db *DB) DeleteInvoice(ctx context.Context, id int64, user string, now time.Time) error {
	return db.Exclusive(ctx, func(ctx context.Context) error {
		return db.inTx(ctx, func(tx *sql.Tx) error {
			r, err := tx.ExecContext(ctx, "DELETE FROM invoice WHERE id = ?", id)
			if err != nil {
				return err
			}
			if err := wantOne(r); err != nil {
				return err
			}
			return addAudit(ctx, tx, now, user, "delete invoice amount", fmt.Sprintf("invoice amount %d", id), nil, nil)
		})
	})
}
