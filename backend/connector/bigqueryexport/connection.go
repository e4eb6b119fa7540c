package bigqueryexport

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/connector/googlecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// connection is one dataset as one person signs in to it.
type connection struct {
	settings
	from     string
	notice   func(string)
	client   *googlecloud.Client
	storage  *storage // nil = results are read page by page, as the settings say
	paged    string   // why the Storage Read API cannot be used in this run; "" = it can, as far as is known
	pageRows int
	looked   job // the last query that looked for months
	beside   source.Beside
	location string           // of the dataset, once it is known
	known    map[string]table // by name, once they are known
	billed   int64            // bytes that queries were charged for
}

// Usage says what was called so far.
func (c *connection) Usage() network.Usage {
	all := c.client.Usage().Add(c.beside.Usage())
	if c.storage != nil {
		all = all.Add(c.storage.client.Usage())
	}
	return all
}

// Charges says what BigQuery charges for: what queries read, and what of their results the Storage Read API gave.
func (c *connection) Charges() string {
	var parts []string
	if c.billed > 0 {
		parts = append(parts, source.Bytes(c.billed)+" read")
	}
	if c.storage != nil && c.storage.given > 0 {
		parts = append(parts, source.Bytes(c.storage.given)+" given by the Storage Read API")
	}
	return strings.Join(parts, ", ")
}

// Note says why large months were read page by page.
func (c *connection) Note() string { return c.paged }

// Close does nothing: the door closes what is open.
func (*connection) Close() error { return nil }

// months asks for the states of the months of a table.
func (c *connection) months(ctx context.Context, t table) ([]source.Object, error) {
	var list []source.Object
	err := c.query(ctx, c.statesSQL(t, c.from), func(p page) error {
		for _, row := range p.Rows {
			v, err := texts(row.F)
			if err != nil || len(v) != 6 {
				return errForm
			}
			month, ok := monthOf(v[0])
			if !ok {
				continue // rows without a month are not on a bill yet
			}
			at := state{records: v[1], newest: v[2], cost: v[3], first: v[4], last: v[5]}
			list = append(list, source.Object{Key: t.name + "/" + month + ending(t), Size: -1, Version: at.text(), DataSet: t.name, Month: month})
		}
		return nil
	})
	slices.SortFunc(list, func(a, b source.Object) int { return cmp.Compare(a.Month, b.Month) })
	return list, err
}

func ending(t table) string {
	if t.focus {
		return ".csv"
	}
	return ".ndjson"
}

// List lists the invoice months of each table, and what is read beside the bills.
func (c *connection) List(ctx context.Context, found func(source.Object) error) error {
	tables, err := c.exports(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := c.announce(ctx, "to look for new bills in "+t.name, c.statesSQL(t, c.from)); err != nil {
			return err
		}
		list, err := c.months(ctx, t)
		if err != nil {
			return err
		}
		for _, o := range list {
			if err := found(o); err != nil {
				return err
			}
		}
	}
	return c.beside.List(found)
}

// announce tries a query and says what it will be charged.
func (c *connection) announce(ctx context.Context, why, sql string) error {
	bytes, err := c.price(ctx, sql)
	if err == nil {
		c.notice(fmt.Sprintf("BigQuery reads %s %s", source.Bytes(bytes), why))
	}
	return err
}

// Fetch writes the rows of a month.
func (c *connection) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	if o.Holds != source.Bills {
		return c.beside.Fetch(ctx, o, w)
	}
	at, ok := parseState(o.Version)
	if !ok {
		return finops.Errorf(finops.CodeConflict, "%s was listed in another way. Sync again.", o.Key)
	}
	t, err := c.tableOf(ctx, o.DataSet)
	if err != nil {
		return err
	}
	out := &source.Sink{W: w}
	rows := &writer{out: out, t: t}
	err = c.month(ctx, monthAsked{c.monthSQL(t, o.Month, at), o.Version}, "for "+o.MonthWords()+" of "+t.name, source.PagesOf(w), rows)
	if failed := out.Failed(); failed != nil {
		return failed
	}
	newest := ""
	if t.newest != "" {
		newest = strconv.FormatInt(rows.newest, 10)
	}
	switch {
	case err != nil:
		return err
	case rows.records == 0:
		return finops.Errorf(finops.CodeNotFound, "BigQuery has no rows of %s in %s any more.", o.MonthWords(), t.name)
	case strconv.FormatInt(rows.records, 10) != at.records, newest != at.newest:
		return finops.Errorf(finops.CodeConflict, "Google has written new rows of %s into %s.", o.MonthWords(), t.name)
	}
	return nil
}

// tableOf returns how a table is asked.
func (c *connection) tableOf(ctx context.Context, name string) (table, error) {
	if t, ok := c.known[name]; ok {
		return t, nil
	}
	if !tableName.MatchString(name) || strings.Contains(name, "/") {
		return table{}, finops.Errorf(finops.CodeInvalid, "%q is no name of a table.", name)
	}
	if err := c.locate(ctx); err != nil {
		return table{}, err
	}
	return c.table(ctx, name)
}
