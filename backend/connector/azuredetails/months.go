package azuredetails

import (
	"context"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/connector/azurecloud"
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
	totals := map[string][]string{}
	err := c.costs.Costs(ctx, azurecloud.CostQuery{Scope: c.scope, Metric: c.metric, Granularity: "Monthly", From: from, To: to}, nil, func(row map[string]string) error {
		month := row["BillingMonth"] // 2026-10-01T00:00:00
		if len(month) < len("2006-01") {
			return azurecloud.ErrForm
		}
		month = month[:len("2006-01")]
		totals[month] = append(totals[month], row["Currency"]+"="+row["Cost"])
		return nil
	})
	list := map[string]string{}
	for month, parts := range totals {
		slices.Sort(parts)
		list[month] = strings.Join(parts, " ")
	}
	return list, err
}
