package service

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
)

// detail returns a budget in a period, after checking that its parts add up.
func detail(t *testing.T, w *Workspace, name, period string) *BudgetDetail {
	t.Helper()
	d, err := w.Budgets.Detail(t.Context(), name, period)
	require.NoError(t, err)
	for _, of := range d.Drivers {
		var actual, expected, variance finops.Sum
		rows := of.Rows
		if of.Rest != nil {
			rows = append(rows[:len(rows):len(rows)], *of.Rest)
		}
		for _, r := range rows {
			actual.AddSum(r.Actual)
			expected.AddSum(r.Expected)
			variance.AddSum(r.Variance)
		}
		whole := d.Actual
		whole.SubSum(*d.Pace)
		require.Equal(t, d.Actual.String(), actual.String(), of.By)
		require.Equal(t, d.Pace.String(), expected.String(), of.By)
		require.Equal(t, whole.String(), variance.String(), of.By)
	}
	return d
}

func TestBudgets_Detail(t *testing.T) {
	w := budgetWorkspace(t)
	c := newTable("ServiceName", "SubAccountId", "ResourceId", "ChargeFrequency", "SkuId")
	for d := range finops.Day(140) { // to 20 May
		day := finops.NewDay(2026, 1, 1) + d
		for i, service := range []string{"Compute", "Storage", "Network"} {
			cost := fmt.Sprint(10 * (i + 1))
			if service == "Compute" && day >= finops.NewDay(2026, 5, 10) {
				cost = "50"
			}
			c.line("ChargePeriodStart", day.String(), "ChargePeriodEnd", (day + 1).String(), "BillingPeriodStart", day.Month().First().String(), "BillingPeriodEnd", (day.Month() + 1).First().String(),
				"ServiceName", service, "SubAccountId", "1", "ResourceId", service, "ChargeFrequency", "Usage-Based", "SkuId", service, "EffectiveCost", cost, "BilledCost", cost)
		}
	}
	load(t, w, c.file(t, "usage.csv"))
	saveBudget(t, w, "All", budget.Budget{Amounts: amounts(t, "2026-04", "1800", "2026-05", "1860", "2026-06", "1800")})
	saveBudget(t, w, "Part", budget.Budget{Parent: "All", Where: "ServiceName = Compute", Amounts: amounts(t, "2026-05", "1000")})

	d := detail(t, w, "all", "")
	require.Equal(t, "2026-05", d.Period.Name)
	require.Equal(t, "2026-05-19", d.AsOf.String())
	require.Equal(t, "1140", d.Pace.String(), "60 a day")
	require.Equal(t, "1540", d.Actual.String())
	require.Equal(t, "860", d.Children.Difference.String())
	require.Len(t, d.Days, 31)
	require.Equal(t, "1540", d.Days[18].Actual.String())
	require.Nil(t, d.Days[19].Actual)
	require.Equal(t, d.Forecast.String(), d.Days[30].Forecast.String())
	require.Equal(t, d.Low80.String(), d.Days[30].Low80.String())
	require.Equal(t, d.High80.String(), d.Days[30].High80.String())
	require.Equal(t, "1860", d.Days[30].Pace.String())
	require.Len(t, d.Recent(), recentDays)
	require.Equal(t, "ServiceName", d.Drivers[0].By)
	require.Equal(t, "Compute", *d.Drivers[0].Rows[0].Value)
	require.Equal(t, "400", d.Drivers[0].Rows[0].Variance.String())
	require.Equal(t, "0", d.Drivers[0].Rows[1].Variance.String())

	require.Equal(t, "1800", detail(t, w, "All", "2026-04").Actual.String())
	june := detail(t, w, "All", "2026-06")
	require.Equal(t, budget.NotStarted, june.State)
	require.Empty(t, june.Drivers)
	_, err := w.Budgets.Detail(t.Context(), "All", "2025-01")
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(err))

	before, err := w.db.Audit(t.Context(), 0)
	require.NoError(t, err)
	report, err := w.Budgets.Standings(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, report.Standings, 4)
	after, err := w.db.Audit(t.Context(), 0)
	require.NoError(t, err)
	require.Len(t, after, len(before), "looking changes nothing")
}

func TestBudgets_ImportWorkbook(t *testing.T) {
	w := budgetWorkspace(t)
	f := excelize.NewFile()
	format := "mmm-yy"
	month, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	require.NoError(t, err)
	for i, row := range [][]any{{"name", "scope", "metric", "currency", "period", "amount"}, {"Shop", "Provider = AWS", "", "USD", 46296, 1500.5}, {"Shop", "Provider = AWS", "", "USD", "2026-11", "1600"}, {"Shop", "Provider = AWS", "", "USD", "2026-12", "=1"}} {
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row))
	}
	require.NoError(t, f.SetCellStyle("Sheet1", "E2", "E2", month))
	read := func() (int, error) {
		var file bytes.Buffer
		require.NoError(t, f.Write(&file))
		return w.Budgets.Import(t.Context(), &file, false, "plan")
	}
	_, err = read()
	var wrong *RowsError
	require.ErrorAs(t, err, &wrong)
	require.Equal(t, []RowError{{4, `"=1" is not an amount; write it with a point and without signs of thousands.`}}, wrong.Rows)
	require.NoError(t, f.SetCellValue("Sheet1", "F4", 7))
	n, err := read()
	require.NoError(t, err)
	require.Equal(t, 1, n)
	b, err := w.Budgets.ByName(t.Context(), "Shop")
	require.NoError(t, err)
	require.Equal(t, amounts(t, "2026-10", "1500.5", "2026-11", "1600", "2026-12", "7"), b.Amounts)
	require.NoError(t, f.Close())
}
