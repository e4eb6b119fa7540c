package azuredetails

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// monthsMax is how many months one query may ask for, with the current one.
const monthsMax = 12

// since is the first day that is asked for.
func (c *connection) since() string {
	now := c.now().UTC()
	first := time.Date(now.Year(), now.Month()-monthsMax+1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	return max(first, c.from+"-01")
}

// months asks what each month comes to: by month, the totals of its currencies as one text.
func (c *connection) months(ctx context.Context, from, to string) (map[string]string, error) {
	question := map[string]any{
		"type": c.metric, "timeframe": "Custom", "timePeriod": map[string]string{"from": from + "T00:00:00Z", "to": to + "T23:59:59Z"},
		"dataset": map[string]any{"granularity": "Monthly", "aggregation": map[string]any{"totalCost": map[string]string{"name": "Cost", "function": "Sum"}}},
	}
	totals := map[string][]string{}
	next := c.costs.Endpoint + "/" + c.scope + "/providers/Microsoft.CostManagement/query?api-version=2025-03-01"
	for next != "" {
		status, _, text, err := c.costs.Ask(ctx, next, question) // pages are asked for with the same question
		if err != nil {
			return nil, err
		}
		if status == http.StatusNoContent {
			break // there are no costs
		}
		if next, err = addPage(totals, text); err != nil {
			return nil, err
		}
	}
	list := map[string]string{}
	for month, parts := range totals {
		slices.Sort(parts)
		list[month] = strings.Join(parts, " ")
	}
	return list, nil
}

var errForm = finops.Errorf(finops.CodeUnavailable, "The answer of Azure Cost Management has another form than Azure documents.")

// addPage reads rows by the names of their columns, whose order is not promised. Amounts keep their text.
func addPage(totals map[string][]string, text []byte) (next string, err error) {
	var page struct {
		Properties struct {
			Next    *string                 `json:"nextLink"`
			Columns []struct{ Name string } `json:"columns"`
			Rows    [][]any                 `json:"rows"`
		} `json:"properties"`
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if d.Decode(&page) != nil {
		return "", errForm
	}
	at := map[string]int{"Cost": -1, "BillingMonth": -1, "Currency": -1}
	for i, column := range page.Properties.Columns {
		at[column.Name] = i
	}
	for _, row := range page.Properties.Rows {
		if len(row) != len(page.Properties.Columns) || at["Cost"] < 0 || at["BillingMonth"] < 0 || at["Currency"] < 0 {
			return "", errForm
		}
		month := fmt.Sprint(row[at["BillingMonth"]]) // 2026-10-01T00:00:00
		if len(month) < len("2006-01") {
			return "", errForm
		}
		month = month[:len("2006-01")]
		totals[month] = append(totals[month], fmt.Sprintf("%v=%v", row[at["Currency"]], row[at["Cost"]]))
	}
	if page.Properties.Next != nil {
		next = *page.Properties.Next
	}
	return next, nil
}

func sorted(months map[string]string) []string { return slices.Sorted(maps.Keys(months)) }
