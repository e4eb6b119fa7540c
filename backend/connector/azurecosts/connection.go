package azurecosts

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/dailytotals"
)

// connection is one scope as one person signs in to it.
type connection struct {
	scope, account string
	from           string
	now            func() time.Time
	costs          *azurecloud.Management
	beside         source.Beside
}

// Usage adds what all lanes did.
func (c *connection) Usage() network.Usage {
	return c.costs.Lane.Usage().Add(c.costs.Session.Usage()).Add(c.beside.Usage())
}

// Close does nothing: the door closes what is open.
func (*connection) Close() error { return nil }

// monthsMax is how many months one question may ask for, with the current one.
const monthsMax = 12

// The two kinds of cost: what is billed, and what is effective.
var metrics = [2]string{"ActualCost", "AmortizedCost"}

// period is the time that is asked for at most, both days inclusive.
func (c *connection) period() (from, to string) {
	now := c.now().UTC()
	first := time.Date(now.Year(), now.Month()-monthsMax+1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	return max(first, c.from+"-01"), now.Format(time.DateOnly)
}

// totals are what months come to, of both kinds, by month and currency.
type totals map[string]map[string]*[2]finops.Sum

// version distinguishes the totals of a month from others.
func (t totals) version(month string) string {
	var parts []string
	for _, currency := range slices.Sorted(maps.Keys(t[month])) {
		sums := t[month][currency]
		parts = append(parts, fmt.Sprintf("%s %s %s", currency, sums[0].String(), sums[1].String()))
	}
	return strings.Join(parts, ", ")
}

// months asks what each month comes to.
func (c *connection) months(ctx context.Context, from, to string) (totals, error) {
	all := totals{}
	for kind, metric := range metrics {
		err := c.costs.Costs(ctx, azurecloud.CostQuery{Scope: c.scope, Metric: metric, Granularity: "Monthly", From: from, To: to}, nil, func(row map[string]string) error {
			at, err := time.Parse("2006-01-02T15:04:05", row["BillingMonth"])
			if err != nil {
				return azurecloud.ErrForm
			}
			month := at.Format("2006-01")
			if all[month] == nil {
				all[month] = map[string]*[2]finops.Sum{}
			}
			if all[month][row["Currency"]] == nil {
				all[month][row["Currency"]] = &[2]finops.Sum{}
			}
			amount, err := finops.ParseAmount([]byte(row["Cost"]))
			if err != nil {
				return azurecloud.ErrForm
			}
			all[month][row["Currency"]][kind].Add(amount)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

const dataSet = "cost-query"

// List asks what each month comes to, and lists what is read beside the bills.
func (c *connection) List(ctx context.Context, found func(source.Object) error) error {
	from, to := c.period()
	if from > to {
		return c.beside.List(found) // the first month is yet to come
	}
	months, err := c.months(ctx, from, to)
	if err != nil {
		return err
	}
	for _, month := range slices.Sorted(maps.Keys(months)) {
		if err := found(source.Object{Key: dataSet + "/" + month + ".csv", Size: -1, Version: months.version(month), DataSet: dataSet, Month: month}); err != nil {
			return err
		}
	}
	return c.beside.List(found)
}

// line is what a line of the file is about.
type line struct{ day, service, subscription, currency string }

// Fetch asks for the days of a month, once by each kind of cost, and writes them as a file. Afterwards the totals of the month must be those that were listed.
func (c *connection) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	if o.Holds != source.Bills {
		return c.beside.Fetch(ctx, o, w)
	}
	first, err := time.Parse("2006-01", o.Month)
	if err != nil {
		return finops.Errorf(finops.CodeInvalid, "%q is no month.", o.Month)
	}
	_, today := c.period()
	from, to := first.Format(time.DateOnly), min(first.AddDate(0, 1, -1).Format(time.DateOnly), today)
	lines, err := c.days(ctx, from, to, source.PagesOf(w))
	if err != nil {
		return err
	}
	if err := c.write(w, first, lines); err != nil {
		return err
	}
	months, err := c.months(ctx, from, to)
	switch {
	case err != nil:
		return err
	case months[o.Month] == nil:
		return finops.Errorf(finops.CodeNotFound, "Azure has no costs of %s any more.", o.MonthWords())
	case months.version(o.Month) != o.Version:
		return finops.Errorf(finops.CodeConflict, "Azure has refreshed the costs of %s meanwhile.", o.MonthWords())
	}
	return months.check(o.Month, lines)
}

// days asks for the costs of days by service and subscription.
func (c *connection) days(ctx context.Context, from, to string, kept *source.Pages) (map[line]*[2]finops.Sum, error) {
	lines := map[line]*[2]finops.Sum{}
	for kind, metric := range metrics {
		q := azurecloud.CostQuery{Scope: c.scope, Metric: metric, Granularity: "Daily", From: from, To: to, GroupBy: []string{"ServiceName", "SubscriptionId"}}
		err := c.costs.Costs(ctx, q, kept, func(row map[string]string) error {
			day, err := time.Parse("20060102", row["UsageDate"])
			if err != nil {
				return azurecloud.ErrForm
			}
			amount, err := finops.ParseAmount([]byte(row["Cost"]))
			if err != nil {
				return azurecloud.ErrForm
			}
			at := line{day.Format(time.DateOnly), row["ServiceName"], row["SubscriptionId"], row["Currency"]}
			if lines[at] == nil {
				lines[at] = &[2]finops.Sum{}
			}
			lines[at][kind].Add(amount)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// roundingMost is by how much the days of a month may differ from its total: Azure adds numbers that are rounded.
var roundingMost = finops.NewAmount(1, 2)

// check compares the days of a month with its totals.
func (t totals) check(month string, lines map[line]*[2]finops.Sum) error {
	off := map[string]*[2]finops.Sum{}
	for currency, sums := range t[month] {
		off[currency] = &[2]finops.Sum{sums[0].Neg(), sums[1].Neg()}
	}
	for at, sums := range lines {
		if off[at.currency] == nil {
			off[at.currency] = &[2]finops.Sum{}
		}
		for kind := range sums {
			off[at.currency][kind].AddSum(sums[kind])
		}
	}
	for _, sums := range off {
		for kind := range sums {
			if rest := sums[kind].Amount(); rest.Cmp(roundingMost) > 0 || rest.Cmp(roundingMost.Neg()) < 0 {
				return finops.Errorf(finops.CodeConflict, "Azure has refreshed the costs of %s meanwhile.", month)
			}
		}
	}
	return nil
}

// write writes the file, in order of days.
func (c *connection) write(w io.Writer, first time.Time, lines map[line]*[2]finops.Sum) error {
	out := &source.Sink{W: w}
	rows := csv.NewWriter(out)
	write := func(cells []string) { _ = rows.Write(cells) } // the sink keeps what goes wrong
	write(dailytotals.Azure.Columns())
	moment := func(day time.Time) string { return day.Format("2006-01-02T15:04:05Z") }
	for _, at := range slices.SortedFunc(maps.Keys(lines), func(a, b line) int {
		return slices.Compare([]string{a.day, a.service, a.subscription, a.currency}, []string{b.day, b.service, b.subscription, b.currency})
	}) {
		day, err := time.Parse(time.DateOnly, at.day)
		if err != nil {
			return azurecloud.ErrForm
		}
		write([]string{
			"Microsoft", "Microsoft", "Microsoft", c.account, at.subscription, "", moment(first), moment(first.AddDate(0, 1, 0)), moment(day), moment(day.AddDate(0, 0, 1)), "Usage",
			"Daily total of " + at.service, at.service, lines[at][0].String(), lines[at][1].String(), at.currency, "daily total",
		})
	}
	rows.Flush()
	return out.Failed()
}

// refused turns an error of Azure into one of the contract.
func (c *connection) refused(status int, text []byte) error {
	code, cause := azurecloud.Said(status, text)
	if err := azurecloud.Faulty(status, cause); err != nil {
		return err
	}
	switch status {
	case http.StatusForbidden:
		return finops.WrapError(finops.CodeDenied, cause, "The permission %s is missing on %s: give the role %s.", cmp.Or(azurecloud.RefusedAction(text), strings.Join(azurecloud.ActionsCosts, " or ")), c.scope, azurecloud.RoleCosts)
	case http.StatusNotFound:
		return finops.WrapError(finops.CodeInvalid, cause, "Azure has no %s. Check the scope.", c.scope)
	}
	return finops.WrapError(finops.CodeInvalid, cause, "Azure answers no questions about the costs of this scope (%s). Use exports.", code)
}

// Test signs in, asks what the months come to, and says what a sync will do.
func (c *connection) Test(ctx context.Context) []source.Step {
	return c.costs.TestCosts(ctx, c, c.beside, func(months int) string {
		calls := 2 + 4*months
		return fmt.Sprintf("It makes %d calls or more, four a minute, which takes some %d minutes. Azure charges nothing for it. Later syncs make 2 calls, and 4 or more for each month that changed.", calls, (calls+3)/4)
	})
}
