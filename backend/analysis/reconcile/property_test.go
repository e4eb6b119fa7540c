package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
)

func pick(r *rand.Rand, values ...string) string { return values[r.IntN(len(values))] }

func randomAmount(r *rand.Rand) finops.Amount {
	return finops.NewAmount(r.Int64N(2_000_000_000)-800_000_000, r.IntN(14))
}

func randomCells(t testing.TB, r *rand.Rand) []reconcile.Cell {
	t.Helper()
	m := parseMonth(t, month)
	cells := make([]reconcile.Cell, r.IntN(60))
	for i := range cells {
		c := &cells[i]
		*c = reconcile.Cell{
			Provider: pick(r, "AWS", "AWS", "Datadog"), Account: "1", Currency: pick(r, "EUR", "EUR", "USD", ""), Invoice: pick(r, "", "A", "A", "B", "C"),
			PeriodStart: pick(r, "2026-10-01", "2026-10-01T00:00:00Z"), Category: pick(r, "Usage", "Usage", "Purchase", "Tax", "Credit", "Adjustment", "", "Odd"),
			Class: pick(r, "", "", "Correction"), Publisher: pick(r, "", "Amazon", "Datadog", "Red Hat"), Issuer: pick(r, "", "Amazon Inc."),
			Month: m, ChargeMonth: m - finops.Month(r.IntN(3)) + finops.Month(r.IntN(2)), Lines: 1 + r.Int64N(9),
		}
		if r.IntN(10) > 0 {
			s := finops.Sum{}
			s.Add(randomAmount(r))
			c.Billed = &s
		}
	}
	return cells
}

func randomFigure(r *rand.Rand, k reconcile.Key) *reconcile.Figure {
	f := &reconcile.Figure{Key: k, Total: randomAmount(r)}
	for _, part := range []**finops.Amount{&f.Parts.Tax, &f.Parts.Credits, &f.Parts.Marketplace, &f.Parts.Other} {
		if r.IntN(2) == 0 {
			a := randomAmount(r)
			*part = &a
		}
	}
	return f
}

func matchesValue(c *finops.Condition, value string) bool {
	found := slices.ContainsFunc(c.Values, func(want *string) bool {
		return (want == nil && value == "") || (want != nil && value != "" && *want == value)
	})
	return found != (c.Op == finops.OpNotIn)
}

// selects reports whether the conditions of a step hold for a cell, as the ledger would
// understand them.
func selects(t testing.TB, s *reconcile.Step, c *reconcile.Cell) bool {
	t.Helper()
	if (s.From != nil && c.ChargeMonth < s.From.Month()) || (s.To != nil && c.ChargeMonth > s.To.Month()) {
		return false
	}
	values := map[string]string{
		finops.DimProvider: c.Provider, finops.DimBillingAccount: c.Account, "BillingPeriodStart": c.PeriodStart, "BillingCurrency": c.Currency, "InvoiceId": c.Invoice,
		"ChargeCategory": c.Category, "ChargeClass": c.Class, "PublisherName": c.Publisher,
	}
	for i := range s.Where {
		value, known := values[s.Where[i].Column]
		require.True(t, known, s.Where[i].Column)
		if !matchesValue(&s.Where[i], value) {
			return false
		}
	}
	return true
}

// TestBridge_AlwaysAddsUp lays random ledgers beside random invoices: the steps are the
// bill, their conditions lead to exactly their lines, and ledger and differences are the
// invoice, to the last digit.
func TestBridge_AlwaysAddsUp(t *testing.T) {
	seed := uint64(20261122)
	r := rand.New(rand.NewPCG(seed, 1))
	for round := range 3000 {
		cells := randomCells(t, r)
		k := bill(t)
		k.Invoice, k.Currency = pick(r, "", "A", "B", "Z"), pick(r, "EUR", "USD", "")
		f := randomFigure(r, k)
		if r.IntN(3) == 0 { // near the ledger, so that rounding has its turn
			f.Total = reconcile.NewLedger(cells, nil, nil, nil, nil).Bridge(k, nil, later).Ledger.Amount()
		}
		uses := services(t, r.IntN(40))
		br := reconcile.NewLedger(cells, uses, nil, nil, nil).Bridge(k, f, later)
		name := fmt.Sprintf("seed %d, round %d", seed, round)

		var whole, inside, walk finops.Sum
		var lines int64
		for i := range br.Steps {
			s := &br.Steps[i]
			whole.AddSum(s.Amount)
			lines += s.Lines
			if s.Inside {
				inside.AddSum(s.Amount)
			}
			var led finops.Sum
			var ledLines int64
			for j := range cells {
				if selects(t, s, &cells[j]) {
					ledLines += cells[j].Lines
					if cells[j].Billed != nil {
						led.AddSum(*cells[j].Billed)
					}
				}
			}
			require.Equal(t, s.Amount.String(), led.String(), "%s: conditions of %s", name, s.Kind)
			require.Equal(t, s.Lines, ledLines, "%s: conditions of %s", name, s.Kind)
		}
		require.Zero(t, whole.Cmp(br.Bill), name)
		require.Zero(t, inside.Cmp(br.Ledger), name)
		var held finops.Sum
		var ledgerLines int64
		for i := range cells {
			if c := &cells[i]; c.Provider == k.Provider && c.Currency == k.Currency {
				ledgerLines += c.Lines
				if c.Billed != nil {
					held.AddSum(*c.Billed)
				}
			}
		}
		require.Zero(t, held.Cmp(br.Bill), name)
		require.Equal(t, ledgerLines, lines, name)

		walk.AddSum(br.Ledger)
		for _, d := range br.Differences {
			walk.AddSum(d.Amount)
		}
		if br.Status == reconcile.StatusNoData {
			walk.AddSum(br.Rest)
		}
		require.Zero(t, walk.Amount().Cmp(f.Total), "%s: %s leads to %s, not to %s", name, br.Ledger, walk, f.Total)
		require.Equal(t, br.Status == reconcile.StatusOpen || (br.Status == reconcile.StatusNoData && f.Total.Sign() != 0), !br.Rest.IsZero(), name)
		for i := range br.Differences {
			if d := &br.Differences[i]; d.Kind == reconcile.KindRounding {
				assert.LessOrEqual(t, d.Amount.Amount().Cmp(br.Tolerance), 0, name)
			}
		}
	}
}

func TestRoundTo_IsNearest(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 2000 {
		var s finops.Sum
		s.Add(randomAmount(r))
		digits := r.IntN(4)
		rounded := reconcile.RoundTo(s, digits)
		require.LessOrEqual(t, rounded.Amount().Scale(), digits)
		off := rounded
		off.SubSum(s)
		if off.Sign() < 0 {
			off = off.Neg()
		}
		require.LessOrEqual(t, off.Amount().Cmp(finops.NewAmount(5, digits+1)), 0, "%s to %d digits is not %s", s, digits, rounded)
	}
}
