package cli_test

import (
	"bytes"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

const useCaseFile = "USECASE-ANSWERS-aws_focus_1_2_rows5000_seed2026.json"

// useCases answers the FinOps use cases of a FOCUS file with the query command alone.
type useCases struct {
	t         *testing.T
	workspace string
}

type answerRow map[string]any

// run runs a command, which must succeed, and returns what it printed.
func (u useCases) run(args ...string) []byte {
	u.t.Helper()
	var out, errs bytes.Buffer
	code := cli.Main(u.t.Context(), append([]string{"--workspace", u.workspace}, args...), nil, &out, &errs, cli.Deps{Sources: source.Registry{focusfile.Source{}}})
	require.Zero(u.t, code, "%v: %s", args, errs.String())
	return out.Bytes()
}

func (u useCases) query(args ...string) []answerRow {
	u.t.Helper()
	var answer struct{ Rows []answerRow }
	require.NoError(u.t, json.Unmarshal(u.run(append([]string{"query", "--format", "json"}, billedUnlessAsked(args)...)...), &answer))
	return answer.Rows
}

// total returns the amounts of the only row of a query, 0 where there is none.
func (u useCases) total(metrics string, where ...string) (lines string, amounts []*big.Rat) {
	u.t.Helper()
	args := []string{"--metric", metrics}
	for _, w := range where {
		args = append(args, "--where", w)
	}
	rows := u.query(args...)
	require.LessOrEqual(u.t, len(rows), 1)
	for _, m := range strings.Split(metrics, ",") {
		if len(rows) == 0 {
			amounts = append(amounts, new(big.Rat))
			continue
		}
		amounts = append(amounts, rat(u.t, rows[0][m]))
	}
	if len(rows) == 0 {
		return "0", amounts
	}
	return cell(rows[0]["lines"]), amounts
}

func rat(t *testing.T, v any) *big.Rat {
	t.Helper()
	text, ok := v.(string)
	require.True(t, ok, "%v is no amount", v)
	r, ok := new(big.Rat).SetString(text)
	require.True(t, ok, text)
	return r
}

// share is (a − b) / a to nine places.
func share(a, b *big.Rat) string {
	return new(big.Rat).Quo(new(big.Rat).Sub(a, b), a).FloatString(9)
}

// cell spells a value as the answers' file does, numbers without trailing zeros.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case string:
		if r, ok := new(big.Rat).SetString(v); ok && strings.Trim(v, "-0123456789.") == "" && strings.Contains(v, ".") {
			text := strings.TrimRight(r.FloatString(18), "0")
			return strings.TrimSuffix(text, ".")
		}
		return v
	case float64:
		text, _ := json.Marshal(v)
		return string(text)
	}
	return "?"
}

func (u useCases) columns(rows []answerRow, names ...string) (list [][]any) {
	for _, r := range rows {
		var row []any
		for _, n := range names {
			row = append(row, r[n])
		}
		list = append(list, row)
	}
	return list
}

func (u useCases) savings(name string, where ...string) [][]any {
	_, a := u.total("ListCost,ContractedCost,EffectiveCost", where...)
	if name == "published" {
		return [][]any{{"AWS", a[1].FloatString(18), a[2].FloatString(18), share(a[1], a[2])}}
	}
	return [][]any{{"AWS", a[0].FloatString(18), a[1].FloatString(18), a[2].FloatString(18), share(a[0], a[2]), share(a[1], a[2])}}
}

func (u useCases) answers() map[string][][]any {
	ask := func(names string, args ...string) [][]any {
		return u.columns(u.query(args...), strings.Split(names, ",")...)
	}
	unusedLines, unused := u.total("EffectiveCost,BilledCost", "CommitmentDiscountStatus=Unused")
	unusedIDs := u.query("--where", "CommitmentDiscountStatus=Unused", "--group-by", "CommitmentDiscountId")
	prodLines, prod := u.total("EffectiveCost", "Tags/Environment=prod")
	capacityLines, _ := u.total("EffectiveCost", "CapacityReservationStatus=Unused")
	return map[string][][]any{
		"effective_savings_rate_usage_only": u.savings("", "ChargeCategory=Usage", "ChargeClass=NULL"),
		// Prepayments have no effective cost; in this file all purchases are prepayments.
		"effective_savings_rate_excl_prepayments": u.savings("", "ChargeCategory=Usage", "ChargeClass=NULL"),
		"effective_savings_rate_published_form":   u.savings("published"),
		"costs_service_category":                  ask("ServiceCategory,lines,BilledCost,EffectiveCost", "--group-by", "ServiceCategory", "--metric", "BilledCost,EffectiveCost"),
		"service_costs_month_over_month":          ask("month,ServiceName,EffectiveCost", "--grain", "month", "--group-by", "ServiceName", "--metric", "EffectiveCost"),
		"service_costs_by_region":                 ask("RegionId,ServiceName,EffectiveCost", "--group-by", "RegionId,ServiceName", "--metric", "EffectiveCost"),
		"commitment_discount_purchases": ask("CommitmentDiscountId,CommitmentDiscountType,CommitmentDiscountUnit,ChargeFrequency,lines,BilledCost,EffectiveCost,CommitmentDiscountQuantity",
			"--where", "ChargeCategory=Purchase", "--where", "CommitmentDiscountId!=NULL", "--group-by", "CommitmentDiscountId,CommitmentDiscountType,CommitmentDiscountUnit,ChargeFrequency",
			"--metric", "BilledCost,EffectiveCost,CommitmentDiscountQuantity"),
		"identify_unused_commitments":  {{unusedLines, json.Number(cell(float64(len(unusedIDs)))).String(), unused[0].FloatString(18), unused[1].FloatString(18)}},
		"commitment_utilization":       u.utilization(),
		"recurring_commitment_charges": ask("CommitmentDiscountId,BilledCost", "--where", "ChargeFrequency=Recurring", "--where", "CommitmentDiscountId!=NULL", "--group-by", "CommitmentDiscountId"),
		"report_corrections":           ask("ChargeCategory,ServiceName,lines,BilledCost", "--where", "ChargeClass=Correction", "--group-by", "ChargeCategory,ServiceName"),
		"analyze_credit_memos":         ask("BillingPeriodStart,lines,BilledCost", "--where", "ChargeCategory=Credit", "--group-by", "BillingPeriodStart"),
		"verify_invoices":              u.invoices(),
		"tag_coverage_by_key":          u.tagCoverage(),
		"application_cost_env_prod":    {{"2026-05", prod[0].FloatString(18), prodLines}},
		"marketplace_vendors_costs":    u.marketplace(),
		"pricing_category_split":       ask("PricingCategory,lines,EffectiveCost,BilledCost", "--group-by", "PricingCategory", "--metric", "EffectiveCost,BilledCost"),
		"top10_resources_effective":    ask("ResourceId,EffectiveCost", "--where", "ResourceId!=NULL", "--group-by", "ResourceId", "--metric", "EffectiveCost"),
		"top10_sub_accounts":           ask("SubAccountId,SubAccountName,EffectiveCost", "--group-by", "SubAccountId,SubAccountName", "--metric", "EffectiveCost"),
		"daily_effective_series":       ask("day,EffectiveCost,BilledCost", "--grain", "day", "--metric", "EffectiveCost,BilledCost"),
		"subaccounts_by_region":        u.accountsByRegion(),
		"unused_capacity_reservations": {{capacityLines, nil}},
	}
}

func (u useCases) utilization() (rows [][]any) {
	for _, category := range u.query("--where", "ChargeCategory=Usage", "--where", "CommitmentDiscountStatus!=NULL", "--group-by", "CommitmentDiscountCategory", "--metric", "EffectiveCost") {
		name := category["CommitmentDiscountCategory"].(string)
		_, used := u.total("EffectiveCost", "CommitmentDiscountCategory="+name, "ChargeCategory=Usage", "CommitmentDiscountStatus=Used")
		_, unused := u.total("EffectiveCost", "CommitmentDiscountCategory="+name, "ChargeCategory=Usage", "CommitmentDiscountStatus=Unused")
		all := rat(u.t, category["EffectiveCost"])
		rows = append(rows, []any{name, used[0].FloatString(18), unused[0].FloatString(18), share(all, new(big.Rat).Sub(all, used[0]))})
	}
	return rows
}

func (u useCases) invoices() (rows [][]any) {
	for _, r := range u.query("--group-by", "BillingAccountId,BillingPeriodStart") {
		rows = append(rows, []any{r["BillingAccountId"], r["BillingCurrency"], r["BillingPeriodStart"].(string)[:7], r["BilledCost"]})
	}
	return rows
}

// tagCoverage relies on the file having no negative effective cost.
func (u useCases) tagCoverage() (rows [][]any) {
	_, all := u.total("EffectiveCost", "EffectiveCost!=0")
	for _, key := range []string{"CostCenter", "Environment", "Owner"} {
		lines, tagged := u.total("EffectiveCost", "EffectiveCost!=0", "Tags/"+key+"!=NULL")
		percent := new(big.Rat).Mul(new(big.Rat).Quo(tagged[0], all[0]), big.NewRat(100, 1))
		rows = append(rows, []any{key, lines, tagged[0].FloatString(18), percent.FloatString(6)})
	}
	return rows
}

func (u useCases) marketplace() (rows [][]any) {
	for _, r := range u.query("--group-by", "PublisherName,InvoiceIssuerName") {
		if r["PublisherName"] != r["InvoiceIssuerName"] {
			rows = append(rows, []any{r["PublisherName"], r["InvoiceIssuerName"], r["BilledCost"], r["lines"]})
		}
	}
	return rows
}

func (u useCases) accountsByRegion() (rows [][]any) {
	counts := map[string]int{}
	for _, r := range u.query("--where", "RegionId!=NULL", "--where", "SubAccountId!=NULL", "--group-by", "RegionId,SubAccountId") {
		counts[r["RegionId"].(string)]++
	}
	for region, n := range counts {
		rows = append(rows, []any{region, cell(float64(n))})
	}
	return rows
}

// TestUseCases_AreReproduced compares the answers with those that were computed
// independently. Where the file lists only the largest rows, each of them must be there
// and no other may be larger than the last.
func TestUseCases_AreReproduced(t *testing.T) {
	if testing.Short() {
		t.Skip("The use cases are left out of the short run.")
	}
	root := filepath.Join("..", "..", "..", "shared", "data")
	text, err := os.ReadFile(filepath.Join(root, "real", useCaseFile))
	if err != nil {
		t.Skip("The answers to the use cases are not beside the checkout (../shared/data).")
	}
	var want struct {
		Answers map[string]struct {
			Columns []string
			Rows    [][]any
		}
	}
	require.NoError(t, json.Unmarshal(text, &want))
	u := useCases{t, filepath.Join(t.TempDir(), "w.cloudintel")}
	u.run("import", filepath.Join(root, "synthetic", "aws-focus-1.2-csv", "aws_focus_1_2_rows5000_seed2026.csv.gz"))
	have := u.answers()
	require.Len(t, have, len(want.Answers))
	for name, w := range want.Answers {
		require.Contains(t, have, name)
		wanted, got := texts(w.Rows), texts(have[name])
		if len(wanted) == len(got) {
			assert.ElementsMatch(t, wanted, got, name)
			continue
		}
		require.Less(t, len(wanted), len(got), name)
		assert.Subset(t, got, wanted, "%s: the largest rows", name)
		assert.Contains(t, name+"commitment_discount_purchases recurring_commitment_charges service_costs_by_region top10_resources_effective", name, "only lists of the largest rows may be longer")
		sorted := append([]string(nil), got[:len(wanted)]...)
		assert.Equal(t, amountsOf(wanted), amountsOf(sorted), "%s: query lists the largest first", name)
	}
}

func texts(rows [][]any) []string {
	list := make([]string, len(rows))
	for i, row := range rows {
		cells := make([]string, len(row))
		for c := range row {
			cells[c] = cell(row[c])
		}
		list[i] = strings.Join(cells, " | ")
	}
	return list
}

// amountsOf lists the rows without their keys, so that rows of equal amounts may stand in
// any order.
func amountsOf(rows []string) []string {
	list := make([]string, len(rows))
	for i, r := range rows {
		cells := strings.Split(r, " | ")
		list[i] = strings.Join(cells[len(cells)-1:], " ")
	}
	sort.Strings(list)
	return list
}
