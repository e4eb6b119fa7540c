package service

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/report"
)

func TestTables_EveryListLeaves(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(3, "r").file(t, "one.csv"))
	where, err := filter.Parse(`ServiceName = "=1+1"`)
	require.NoError(t, err)
	_, err = w.Scopes.Save(t.Context(), "Compute", where, 0)
	require.NoError(t, err)
	for name := range lists {
		table, err := w.Tables.List(t.Context(), name)
		require.NoError(t, err, name)
		columns := map[string]bool{}
		for _, c := range table.Columns {
			assert.False(t, columns[c.Name], "%s has %s twice", name, c.Name)
			columns[c.Name] = true
		}
		for row, err := range table.Rows {
			require.NoError(t, err)
			assert.Len(t, row, len(table.Columns), name)
		}
	}
	table, err := w.Tables.List(t.Context(), ListScopes)
	require.NoError(t, err)
	for row, err := range table.Rows {
		require.NoError(t, err)
		assert.Equal(t, []string{"Compute", "1"}, []string{*row[0], *row[1]})
		assert.Nil(t, row[4], "nothing is wrong with it")
		assert.Equal(t, `ServiceName = "=1+1"`, *row[5])
	}
	_, err = w.Tables.List(t.Context(), "colours")
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func TestTables_OfStructs(t *testing.T) {
	type inner struct {
		Name  string `json:"name"`
		Month string `json:"month"`
	}
	type part struct {
		Share float64 `json:"share"`
	}
	type row struct {
		Name     string      `json:"name"`
		Currency string      `json:"currency"`
		Cost     *finops.Sum `json:"cost"`
		Day      finops.Day  `json:"day"`
		On       bool        `json:"on"`
		Lines    int64       `json:"lines"`
		Tags     []string    `json:"tags"`
		Part     *part       `json:"part"`
		Parts    []part      `json:"parts"`
		Hidden   string      `json:"hidden" cli:"-"`
		SeenAt   string      `json:"seenAt"`
		inner
	}
	w := newWorkspace(t)
	var cost finops.Sum
	cost.Add(finops.NewAmount(123456, 3))
	day, err := finops.ParseDay("2026-05-31")
	require.NoError(t, err)
	table, err := w.Tables.Of(t.Context(), "Rows", []row{
		{Name: "a", Currency: "USD", Cost: &cost, Day: day, On: true, Lines: 7, Tags: []string{"x", "y"}, Part: &part{0.25}, Parts: []part{{1}}, Hidden: "h", SeenAt: "2026-06-01T00:00:00Z", inner: inner{"other", "2026-05"}},
		{Name: "b"},
	})
	require.NoError(t, err)
	assert.Equal(t, 1, table.Currency)
	assert.Equal(t, []report.Column{
		{Name: "name"}, {Name: "currency"}, {Name: "cost", Kind: report.Amount}, {Name: "day", Kind: report.Day}, {Name: "on"}, {Name: "lines", Kind: report.Count}, {Name: "tags"},
		{Name: "part.share", Kind: report.Quantity}, {Name: "seenAt", Kind: report.Time}, {Name: "month", Kind: report.Month},
	}, table.Columns)
	var rows [][]string
	for cells, err := range table.Rows {
		require.NoError(t, err)
		texts := make([]string, len(cells))
		for i, c := range cells {
			if c != nil {
				texts[i] = *c
			}
		}
		rows = append(rows, texts)
	}
	assert.Equal(t, []string{"a", "USD", "123.456", "2026-05-31", "yes", "7", "x, y", "0.25", "2026-06-01T00:00:00Z", "2026-05"}, rows[0])
	assert.Equal(t, []string{"b", "", "", "1970-01-01", "no", "0", "", "", "", ""}, rows[1])
}

// TestTables_DecimalTextIsOfItsKind wants the cells of decimal texts to be numbers of a workbook.
func TestTables_DecimalTextIsOfItsKind(t *testing.T) {
	w := newWorkspace(t)
	table, err := w.Tables.Of(t.Context(), "Points", []struct {
		Pool string `json:"pool"`
		PointInfo
		Deal *DealInfo `json:"deal"`
	}{{Pool: "500100200300"}})
	require.NoError(t, err)
	kinds := map[string]report.Kind{}
	for _, c := range table.Columns {
		kinds[c.Name] = c.Kind
	}
	assert.Equal(t, map[string]report.Kind{
		"pool": report.Text, "hourlyCommitment": report.Quantity, "expectedMonthlySaving": report.Amount, "utilisation": report.Share, "coverage": report.Share,
		"deal.upfront": report.Amount, "deal.monthly": report.Amount, "deal.total": report.Amount, "deal.breakEvenMonth": report.Count, "deal.paybackMonth": report.Count,
	}, kinds)
}
