package awscur_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/sourcetest"
)

type sums map[string]any

type reference struct {
	Kind   string
	Rows   int
	Totals sums
	Types  map[string]sums `json:"by_line_item_type"`
	Months map[string]sums `json:"by_month"`
	Bills  map[string]sums `json:"by_billing_period"`
}

func references(t *testing.T) map[string]reference {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(shared, "real", "REFERENCE.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared sample files are not on this machine")
	}
	require.NoError(t, err)
	var all struct{ Files map[string]reference }
	require.NoError(t, json.Unmarshal(text, &all))
	return all.Files
}

// TestSource_SharedReports reads every published report: rows and sums, by kind of line
// and by month, must be those that were counted independently.
func TestSource_SharedReports(t *testing.T) {
	found := 0
	for name, want := range references(t) {
		files, _, err := source.Expand(t.Context(), []string{filepath.Join(shared, filepath.FromSlash(name))})
		require.NoError(t, err)
		for _, f := range files {
			if want.Kind != "aws" && want.Kind != "awspq" {
				_, ok, err := sourcetest.Recognize(t.Context(), awscur.Source{}, f)
				require.NoError(t, err, name)
				assert.False(t, ok, name)
				continue
			}
			found++
			if testing.Short() && want.Rows > 2_000 {
				continue // minutes with the race detector; the run without it reads them
			}
			t.Run(name, func(t *testing.T) { requireReference(t, f, want) })
		}
	}
	assert.GreaterOrEqual(t, found, 10)
}

// tally is what is summed of a group of lines.
type tally struct {
	rows int
	sums map[string]*finops.Sum
}

func (a *tally) add(t *testing.T, metric string, text []byte) {
	t.Helper()
	amount, err := finops.ParseAmount(text)
	if err != nil {
		return // "convertible" in a price column
	}
	if a.sums[metric] == nil {
		a.sums[metric] = &finops.Sum{}
	}
	a.sums[metric].Add(amount)
}

func requireReference(t *testing.T, f source.File, want reference) {
	r, ok, err := sourcetest.Recognize(t.Context(), awscur.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok)
	column := map[string]int{}
	for i, c := range r.Columns {
		column[strings.ToLower(strings.NewReplacer("/", "", "_", "").Replace(c.Name))] = i
	}
	groups := map[string]*tally{}
	each(t, r, func(b *source.Batch, row int) {
		if string(b.Field(row, column["servicecategory"])) == "Other" {
			t.Errorf("the service %s has no category", b.Field(row, column["servicename"]))
		}
		day, _ := finops.ParseTime(b.Field(row, column["chargeperiodstart"]))
		bill, _ := finops.ParseTime(b.Field(row, column["billingperiodstart"]))
		keys := []string{"", "type " + string(b.Field(row, column["lineitemlineitemtype"])),
			"month " + finops.DayOfUnix(day).Month().String(), "bill " + finops.DayOfUnix(bill).Month().String()}
		for _, key := range keys {
			g := groups[key]
			if g == nil {
				g = &tally{sums: map[string]*finops.Sum{}}
				groups[key] = g
			}
			g.rows++
			for i, c := range r.Columns {
				if field := b.Field(row, i); len(field) > 0 {
					if c.Total != "" {
						g.add(t, c.Total, field)
					}
					if strings.HasSuffix(c.Name, "Cost") && c.Focus {
						g.add(t, c.Name, field)
					}
				}
			}
		}
	}, func(x source.Reject) { t.Errorf("line %d: %s", x.Line, x.Reason) })
	require.Equal(t, want.Rows, groups[""].rows)
	requireSums(t, "total", want.Totals, groups[""])
	for kind, by := range map[string]map[string]sums{"type ": want.Types, "month ": want.Months, "bill ": want.Bills} {
		for key, s := range by {
			requireSums(t, kind+key, s, groups[kind+key])
		}
	}
	requireTies(t, groups)
}

func requireSums(t *testing.T, what string, want sums, got *tally) {
	t.Helper()
	require.NotNil(t, got, what)
	if rows, ok := want["rows"].(float64); ok {
		require.Equal(t, int(rows), got.rows, what)
	}
	for metric, name := range map[string]string{"unblended": "unblended", "blended": "blended", "public_on_demand": "public_on_demand", "amortized": "amortized_cudos"} {
		text, ok := want[name].(string)
		have := "0"
		if s := got.sums[metric]; s != nil {
			have = s.String()
		}
		if !ok {
			require.Equal(t, "0", have, "%s: %s", what, metric)
			continue
		}
		require.Equal(t, text, have, "%s: %s", what, metric)
	}
}

// requireTies checks that the costs of FOCUS are those of the invoice: billed is
// unblended but for usage under a Savings Plan and its negation, effective is amortized.
func requireTies(t *testing.T, groups map[string]*tally) {
	t.Helper()
	var want finops.Sum
	for key, g := range groups {
		if s := g.sums["unblended"]; s != nil && strings.HasPrefix(key, "type ") && key != "type SavingsPlanCoveredUsage" && key != "type SavingsPlanNegation" {
			want.AddSum(*s)
		}
	}
	for _, key := range []string{"type SavingsPlanCoveredUsage", "type SavingsPlanNegation"} {
		if g := groups[key]; g != nil {
			require.True(t, g.sums["BilledCost"].IsZero())
		}
	}
	require.Equal(t, want.String(), groups[""].sums["BilledCost"].String())
	require.Equal(t, groups[""].sums["amortized"].String(), groups[""].sums["EffectiveCost"].String())
}

// TestSource_TrueUp spreads the fees that were paid upfront: over a month, what is
// amortized and what is invoiced differ by the share of those fees alone.
func TestSource_TrueUp(t *testing.T) {
	if testing.Short() {
		t.Skip("The published months are left out of the short run; random months stand for them.")
	}
	all := references(t)
	for _, month := range []string{"Oct", "Nov"} {
		name := "real/aws-cur-legacy-parquet/" + month + "2018-WorkshopCUR-00001.snappy.parquet"
		require.Contains(t, all, name)
		files, _, err := source.Expand(t.Context(), []string{filepath.Join(shared, filepath.FromSlash(name))})
		require.NoError(t, err)
		require.Len(t, files, 1)
		r, ok, err := sourcetest.Recognize(t.Context(), awscur.Source{}, files[0])
		require.NoError(t, err)
		require.True(t, ok)
		column := map[string]int{}
		for i, c := range r.Columns {
			column[c.Name] = i
		}
		var difference finops.Sum
		add := func(b *source.Batch, row int, name string, negative bool) {
			a, err := finops.ParseAmount(b.Field(row, column[name]))
			if err != nil {
				return // no value
			}
			if negative {
				a = a.Neg()
			}
			difference.Add(a)
		}
		each(t, r, func(b *source.Batch, row int) {
			add(b, row, "EffectiveCost", false)
			add(b, row, "BilledCost", true)
			if string(b.Field(row, column["line_item_line_item_type"])) == "RIFee" {
				add(b, row, "reservation_amortized_upfront_fee_for_billing_period", true)
			}
		}, func(x source.Reject) { t.Errorf("line %d: %s", x.Line, x.Reason) })
		limit, err := finops.ParseAmount([]byte("0.00001")) // AWS rounds each share by itself
		require.NoError(t, err)
		amount := difference.Amount()
		if amount.Sign() < 0 {
			amount = amount.Neg()
		}
		assert.Negative(t, amount.Cmp(limit), "%s: %s", month, difference)
	}
}
