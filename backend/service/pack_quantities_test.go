package service

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store/storetest"
)

// quantityBills imports bills of several segments whose quantities are long, deep, missing, in several
// units, equal in other spellings, and in one segment no numbers.
func quantityBills(t *testing.T, w *Workspace) {
	t.Helper()
	for bill, quantities := range [][]string{
		{"1", "1.50", "1.5", "0.000000000000000001", "12345678901234567890.5", ""},
		{"744", "-2", "1e3", "0.1234567890123456789012345", "NULL", "+7"},
		{"1", "many", "2", "none", "3", "1000"},
		{"5", "5.0", "0", "0.00", "-0.25", "9"},
	} {
		c := newTable("PricingQuantity", "PricingUnit", "ConsumedQuantity", "ConsumedUnit", "CommitmentDiscountQuantity", "PricingCurrencyEffectiveCost", "PricingCurrency")
		for i, q := range quantities {
			c.line("BillingAccountId", fmt.Sprint(bill), "PricingQuantity", q, "PricingUnit", []string{"Hours", "GB"}[i%2], "ConsumedQuantity", quantities[len(quantities)-1-i], "ConsumedUnit", "Hours",
				"CommitmentDiscountQuantity", []string{q, "", ""}[i%3], "PricingCurrencyEffectiveCost", "1.25", "PricingCurrency", "EUR")
		}
		load(t, w, c.file(t, fmt.Sprintf("bill-%d.csv", bill)))
	}
}

// quantityAnswers is what is said of the quantities, in every way that reads them.
func quantityAnswers(t *testing.T, w *Workspace) string {
	t.Helper()
	var b strings.Builder
	limit := "1.5"
	for _, m := range finops.Quantities {
		for _, where := range []finops.Filter{{}, finops.Conditions(finops.Condition{Column: string(m), Op: finops.OpAtLeast, Values: []*string{&limit}})} {
			for _, groupBy := range [][]string{{m.Unit()}, {m.Unit(), string(m)}} {
				a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{m, finops.BilledCost}, GroupBy: groupBy, Where: where, Sort: finops.SortKeys})
				require.NoError(t, err)
				for _, r := range a.Rows {
					for _, k := range r.Keys {
						if k != nil {
							b.WriteString(*k)
						}
						b.WriteByte('|')
					}
					fmt.Fprintln(&b, r.Lines, r.Amounts)
				}
			}
		}
		for _, desc := range []bool{false, true} {
			page, err := w.Ledger.Lines(t.Context(), engine.LinesQuestion{SortBy: string(m), SortDesc: desc, Columns: []string{string(m)}})
			require.NoError(t, err)
			for _, row := range page.Rows {
				if row[0] != nil {
					b.WriteString(*row[0])
				}
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// forgetQuantities makes a workspace one of a version that packed the costs only.
func forgetQuantities(t *testing.T, path string) {
	t.Helper()
	storetest.Tamper(t, path, `DELETE FROM segment WHERE column IN ('PricingQuantity', 'ConsumedQuantity', 'CommitmentDiscountQuantity', 'PricingCurrencyEffectiveCost')`)
}

// TestPackQuantities_NoAnswerChanges packs a workspace a step at a time, cut off after each: the answers
// are those of one that was imported packed, and verifying finds nothing.
func TestPackQuantities_NoAnswerChanges(t *testing.T) {
	w := newWorkspace(t)
	quantityBills(t, w)
	want := quantityAnswers(t, w)
	forgetQuantities(t, w.Path())
	stop := errors.New("enough")
	for step := range 4 {
		w = reopen(t, w.Path())
		left, err := w.Ledger.Unpacked(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, 24-6*step, left)
		require.Equal(t, want, quantityAnswers(t, w), "after %d steps", step)
		report, err := w.Ledger.Verify(t.Context())
		require.NoError(t, err)
		require.True(t, report.OK, "%v", report.Checks)
		assert.Contains(t, fmt.Sprint(report.Checks), fmt.Sprintf("The quantities of %d of them are not packed yet.", left))

		ctx, cancel := context.WithCancelCause(t.Context())
		err = w.Ledger.PackQuantities(ctx, func(done, total int64) {
			assert.EqualValues(t, left, total)
			if done == 6 {
				cancel(stop)
			}
		})
		cancel(nil)
		if step < 3 {
			require.ErrorIs(t, err, stop)
		} else {
			require.NoError(t, err, "there is nothing left to cancel")
		}
	}
	w = reopen(t, w.Path())
	require.Equal(t, want, quantityAnswers(t, w))
	require.NoError(t, w.Ledger.PackQuantities(t.Context(), nil), "there is nothing to do")
	requireSound(t, w)
	report, err := w.Ledger.Verify(t.Context())
	require.NoError(t, err)
	assert.NotContains(t, fmt.Sprint(report.Checks), "not packed yet")
}

// TestPackQuantities_DuringAnImport packs while somebody else has the lock of an import.
func TestPackQuantities_DuringAnImport(t *testing.T) {
	w := newWorkspace(t)
	quantityBills(t, w)
	want := quantityAnswers(t, w)
	forgetQuantities(t, w.Path())
	w = reopen(t, w.Path())
	require.NoError(t, w.db.Exclusive(t.Context(), func(ctx context.Context) error { return w.Ledger.PackQuantities(ctx, nil) }))
	left, err := w.Ledger.Unpacked(t.Context())
	require.NoError(t, err)
	assert.Zero(t, left)
	assert.Equal(t, want, quantityAnswers(t, w))
}

func TestOlder_PacksQuantities(t *testing.T) {
	w := openOlder(t)
	before, err := w.Ledger.Unpacked(t.Context())
	require.NoError(t, err)
	require.Positive(t, before)
	require.NoError(t, w.Ledger.PackQuantities(t.Context(), nil))
	after, err := w.Ledger.Unpacked(t.Context())
	require.NoError(t, err)
	assert.Zero(t, after)
	assert.Equal(t, olderTotals, perMonth(t, w))
	requireSound(t, w)
}
