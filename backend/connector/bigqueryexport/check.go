package bigqueryexport

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"cloud.google.com/go/bigquery/storage/apiv1/storagepb"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// Test signs in, finds the exports, looks at their months, and says what a sync will do and what it is charged. To look at the months it runs a query
// that is charged; what it reads is found out, and said, before.
func (c *connection) Test(ctx context.Context) []source.Step {
	var steps source.Steps
	who, err := c.client.WhoAmI(ctx)
	if !steps.Add("Sign in", who, err) {
		return steps
	}
	err = c.locate(ctx)
	if !steps.Add("Find the dataset", fmt.Sprintf("%s.%s is in %s.", c.home, c.dataset, c.location), err) {
		return steps
	}
	tables, err := c.exports(ctx)
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.name
	}
	if !steps.Add("Find the exports", strings.Join(names, ", ")+".", err) {
		return steps
	}
	looking, err := int64(0), error(nil)
	for _, t := range tables {
		bytes, failed := c.price(ctx, c.statesSQL(t, c.from))
		if looking += bytes; failed != nil {
			err = failed
			break
		}
	}
	if !steps.Add("What looking for new bills is charged", fmt.Sprintf("BigQuery charges for %s each time that this connection is tested or synced.", source.Bytes(looking)), err) {
		return steps
	}
	return c.beside.Try(ctx, c.survey(ctx, steps, tables, looking))
}

// survey looks at the months, and tries the queries that the first sync will run.
func (c *connection) survey(ctx context.Context, steps source.Steps, tables []table, looking int64) source.Steps {
	survey, queries, pages, whole := source.Survey{}, len(tables), 0, looking
	for _, t := range tables {
		list, err := c.months(ctx, t)
		if err != nil {
			steps.Add("Find bills", "", err)
			return steps
		}
		for _, o := range list {
			survey.Add(o.DataSet, o.Month, nil, "")
			at, _ := parseState(o.Version)
			bytes, err := c.price(ctx, c.monthSQL(t, o.Month, at))
			if err != nil {
				steps.Add("What the first sync does", "", err)
				return steps
			}
			rows, _ := strconv.Atoi(at.records) // 0 where BigQuery counts more than there can be
			queries, pages, whole = queries+1, pages+rows/c.pageRows+1, whole+bytes
		}
	}
	if survey.Found(&steps) {
		steps.Add("How large months are read", c.tryStorage(ctx), nil)
		steps.Add("What the first sync does", fmt.Sprintf("%d queries, for which BigQuery charges %s at the price of the location; none of them reads more than the limit of %s. That takes %s and the time that the queries run. Later syncs read only months that changed.",
			queries, source.Bytes(whole), source.Bytes(c.limit), source.Paced(3*queries+pages, api)), nil)
	}
	return steps
}

// tryStorage reads the result of looking for months by a session, which costs nothing, and says whether months are read so. That they are not is no failure.
func (c *connection) tryStorage(ctx context.Context) string {
	if c.storage == nil {
		return "Page by page. Enter the Storage Read API endpoint, too, to have them read by the BigQuery Storage Read API, which is quicker."
	}
	s, err := c.openResult(ctx, c.looked)
	if err == nil && s.Stream != "" {
		err = c.storage.rows(ctx, s.Stream, func() int64 { return 0 }, func(*storagepb.ReadRowsResponse) error { return nil })
	}
	if err != nil {
		return "Page by page, which takes longer: the BigQuery Storage Read API cannot be used. " + finops.MessageOf(err)
	}
	return fmt.Sprintf("Months of more than %d lines are read by the BigQuery Storage Read API (%s), which has a price of its own beyond a free amount a month.", c.pageRows, c.storageAt)
}
