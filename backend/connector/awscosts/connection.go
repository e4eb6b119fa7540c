package awscosts

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/dailytotals"
)

// connection is Cost Explorer as one person signs in to it.
type connection struct {
	payer    string // account of the bill; "" = it is not known yet
	endpoint string
	from     string
	notice   func(string)
	lane     *network.Lane
	session  *awscloud.Session
	pages    int64 // that were answered
	beside   source.Beside
}

// Usage adds what all lanes did.
func (c *connection) Usage() network.Usage {
	return c.lane.Usage().Add(c.session.Usage()).Add(c.beside.Usage())
}

// Close does nothing: the door closes what is open.
func (*connection) Close() error { return nil }

// Charges says what AWS charges for the pages, and for what is read beside them.
func (c *connection) Charges() string {
	if c.pages == 0 {
		return c.beside.Charges()
	}
	charged := fmt.Sprintf("%s for %s of Cost Explorer", awscloud.CostPrice(c.pages), source.Things(int(c.pages), "page"))
	if beside := c.beside.Charges(); beside != "" {
		charged += "; " + beside
	}
	return charged
}

// identify finds out which account the bill belongs to.
func (c *connection) identify(ctx context.Context) (who string, err error) {
	who, account, err := c.session.WhoAmI(ctx)
	if err == nil && c.payer == "" {
		c.payer = account
	}
	return who, err
}

// monthsMax is how many months Cost Explorer keeps, with the current one.
const monthsMax = 14

// since is the first day that is asked for.
func (c *connection) since() string {
	now := c.session.Now().UTC()
	first := time.Date(now.Year(), now.Month()-monthsMax+1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	return max(first, c.from+"-01")
}

// until is the day behind the last one that is asked for.
func (c *connection) until() string {
	return c.session.Now().UTC().AddDate(0, 0, 1).Format(time.DateOnly)
}

const dataSet = "cost-explorer"

// List asks what each month comes to, which is one page, and lists what is read beside the bills.
func (c *connection) List(ctx context.Context, found func(source.Object) error) error {
	if err := c.months(ctx, found); err != nil {
		return err
	}
	return c.beside.List(found)
}

func (c *connection) months(ctx context.Context, found func(source.Object) error) error {
	if c.since() >= c.until() {
		return nil // the first month is yet to come
	}
	c.notice("AWS charges $0.01 to look for new costs")
	q := request{TimePeriod: interval{c.since(), c.until()}, Granularity: "MONTHLY"}
	return c.walk(ctx, q, nil, func(a answer) error {
		for _, r := range a.ResultsByTime {
			if len(r.TimePeriod.Start) != len(time.DateOnly) {
				return errForm
			}
			if isZero(r.Total.UnblendedCost) && isZero(r.Total.AmortizedCost) {
				continue // nothing was used
			}
			month := r.TimePeriod.Start[:len("2006-01")]
			o := source.Object{
				Key: dataSet + "/" + month + ".csv", Size: -1, DataSet: dataSet, Month: month,
				Version: strings.Join([]string{r.Total.UnblendedCost.Amount, r.Total.AmortizedCost.Amount, r.Total.UnblendedCost.Unit}, " "),
			}
			if err := found(o); err != nil {
				return err
			}
		}
		return nil
	})
}

var errForm = finops.Errorf(finops.CodeUnavailable, "The answer of Cost Explorer has another form than AWS announces.")

func isZero(m money) bool {
	a, err := finops.ParseAmount([]byte(m.Amount))
	return err == nil && a.Sign() == 0
}

// walks are what a month is asked for in: groups tell service and account, so that filters tell the categories.
var walks = []struct {
	category string
	filter   json.RawMessage
}{
	{"Usage", json.RawMessage(`{"Not":{"Dimensions":{"Key":"RECORD_TYPE","Values":["Tax","Credit"]}}}`)},
	{"Tax", json.RawMessage(`{"Dimensions":{"Key":"RECORD_TYPE","Values":["Tax"]}}`)},
	{"Credit", json.RawMessage(`{"Dimensions":{"Key":"RECORD_TYPE","Values":["Credit"]}}`)},
}

// Fetch asks for the days of a month and writes them as a file.
func (c *connection) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	if o.Holds != source.Bills {
		return c.beside.Fetch(ctx, o, w)
	}
	start, err := time.Parse("2006-01", o.Month)
	if err != nil {
		return finops.Errorf(finops.CodeInvalid, "%q is no month.", o.Month)
	}
	if c.payer == "" {
		if _, err := c.identify(ctx); err != nil {
			return err
		}
	}
	c.notice(fmt.Sprintf("AWS charges %s or more for the days of %s", awscloud.CostPrice(int64(len(walks))), o.MonthWords()))
	out := &source.Sink{W: w}
	f := &file{csv: csv.NewWriter(out), payer: c.payer, start: moment(start), end: moment(start.AddDate(0, 1, 0)), names: map[string]string{}}
	if err := f.csv.Write(dailytotals.AWS.Columns()); err != nil {
		return out.Failed()
	}
	for _, walk := range walks {
		q := request{
			TimePeriod:  interval{start.Format(time.DateOnly), min(start.AddDate(0, 1, 0).Format(time.DateOnly), c.until())},
			Granularity: "DAILY", GroupBy: []group{{"DIMENSION", "SERVICE"}, {"DIMENSION", "LINKED_ACCOUNT"}}, Filter: walk.filter,
		}
		if err := c.walk(ctx, q, source.PagesOf(w), func(a answer) error { return f.add(a, walk.category) }); err != nil {
			return err
		}
	}
	if f.csv.Flush(); out.Err != nil {
		return out.Failed()
	}
	return f.check(o)
}

func moment(day time.Time) string { return day.Format("2006-01-02T15:04:05Z") }
