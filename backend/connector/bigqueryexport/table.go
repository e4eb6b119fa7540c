package bigqueryexport

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/connector/googlecloud"
	"cloud-intelligence/backend/finops"
)

// column is a member of the schema of a table or an answer.
type column struct {
	Name   string   `json:"name"`
	Type   string   `json:"type"`
	Mode   string   `json:"mode"`
	Fields []column `json:"fields"`
}

func find(columns []column, path string) (column, bool) {
	name, rest, nested := strings.Cut(path, ".")
	for _, c := range columns {
		if strings.EqualFold(c.Name, name) {
			if nested {
				return find(c.Fields, rest)
			}
			return c, true
		}
	}
	return column{}, false
}

// table is an export in the dataset.
type table struct {
	name      string
	focus     bool   // else it is Google's own export
	month     string // SQL: the invoice month, YYYYMM
	newest    string // column that says when a row was exported; "" = there is none
	cost      string // column
	partition string // column, or the pseudo column; "" = there are no partitions
	kind      string // of the column: TIMESTAMP, DATE or DATETIME
}

// The names of exports; the rest of each is the billing account.
const (
	standard = "gcp_billing_export_v1_"
	detailed = "gcp_billing_export_resource_v1_"
)

// choose picks the tables to sync of all that a dataset has.
func (s settings) choose(all []string) []string {
	var chosen []string
	for _, name := range all {
		account, isStandard := strings.CutPrefix(name, standard)
		switch {
		case s.tables != nil:
			if s.tables[name] {
				chosen = append(chosen, name)
			}
		case strings.HasPrefix(name, detailed), isStandard && !slices.Contains(all, detailed+account):
			chosen = append(chosen, name)
		}
	}
	slices.Sort(chosen)
	return chosen
}

// describe reads from a schema how the export is asked.
func describe(name string, columns []column, partition string) (table, error) {
	t := table{name: name, partition: partition, kind: "TIMESTAMP"}
	if c, ok := find(columns, partition); ok {
		t.kind = c.Type
	}
	if period, ok := find(columns, "BillingPeriodStart"); ok {
		t.focus, t.cost, t.month = true, "BilledCost", "FORMAT_DATE('%Y%m', CAST(BillingPeriodStart AS DATE))"
		if period.Type == "STRING" {
			t.month = "REPLACE(SUBSTR(BillingPeriodStart, 1, 7), '-', '')"
		}
		if c, ok := find(columns, "x_ExportTime"); ok && c.Type == "TIMESTAMP" {
			t.newest = c.Name
		}
		return t, nil
	}
	_, month := find(columns, "invoice.month")
	_, exported := find(columns, "export_time")
	if !month || !exported {
		return t, finops.Errorf(finops.CodeInvalid, "The table %s is no billing export: it has neither invoice.month and export_time nor the columns of FOCUS.", name)
	}
	t.cost, t.month, t.newest = "cost", "invoice.month", "export_time"
	return t, nil
}

// resource is the path of the dataset in the interface.
func (s settings) resource() string {
	return "/projects/" + url.PathEscape(s.home) + "/datasets/" + url.PathEscape(s.dataset)
}

func (s settings) where() string { return "the dataset " + s.home + "." + s.dataset }

func (c *connection) get(ctx context.Context, call googlecloud.Call, place, path string, query url.Values, answer any) error {
	return c.client.Do(ctx, call, place, func(ctx context.Context) (*http.Request, error) {
		return http.NewRequestWithContext(ctx, http.MethodGet, c.endpoint+"/bigquery/v2"+path+"?"+query.Encode(), nil)
	}, googlecloud.JSON(answer))
}

// locate finds out where the dataset is: every query must say it.
func (c *connection) locate(ctx context.Context) error {
	if c.location != "" {
		return nil
	}
	var answer struct {
		Location string `json:"location"`
	}
	err := c.get(ctx, callDataset, c.where(), c.resource(), url.Values{"fields": {"location"}}, &answer)
	if finops.CodeOf(err) == finops.CodeNotFound {
		return finops.WrapError(finops.CodeInvalid, err, "There is no dataset %s in the project %s. Check both names.", c.dataset, c.home)
	}
	c.location = answer.Location
	return err
}

// exports finds the tables to sync, and how each is asked.
func (c *connection) exports(ctx context.Context) ([]table, error) {
	if err := c.locate(ctx); err != nil {
		return nil, err
	}
	var all []string
	query := url.Values{"maxResults": {"1000"}, "fields": {"tables(tableReference),nextPageToken"}}
	for {
		var page struct {
			Tables []struct {
				Reference struct {
					ID string `json:"tableId"`
				} `json:"tableReference"`
			} `json:"tables"`
			Next string `json:"nextPageToken"`
		}
		if err := c.get(ctx, callTables, c.where(), c.resource()+"/tables", query, &page); err != nil {
			return nil, err
		}
		for _, t := range page.Tables {
			all = append(all, t.Reference.ID)
		}
		if page.Next == "" {
			break
		}
		query.Set("pageToken", page.Next)
	}
	names := c.choose(all)
	if len(names) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "No billing export was found in the dataset %s. Google writes the first rows within a day after the export was switched on; tables in FOCUS format must be named in the options.", c.dataset)
	}
	list := make([]table, len(names))
	for i, name := range names {
		var err error
		if list[i], err = c.table(ctx, name); err != nil {
			return nil, err
		}
		c.known[name] = list[i]
	}
	return list, nil
}

func (c *connection) table(ctx context.Context, name string) (table, error) {
	var answer struct {
		Schema struct {
			Fields []column `json:"fields"`
		} `json:"schema"`
		Partitioning *struct {
			Field string `json:"field"`
		} `json:"timePartitioning"`
	}
	err := c.get(ctx, callTable, "the table "+name, c.resource()+"/tables/"+url.PathEscape(name), url.Values{"fields": {"schema,timePartitioning"}}, &answer)
	if err != nil {
		return table{}, err
	}
	partition := ""
	if answer.Partitioning != nil {
		partition = cmp.Or(answer.Partitioning.Field, "_PARTITIONTIME")
	}
	return describe(name, answer.Schema.Fields, partition)
}

// day is a date as BigQuery writes it.
var day = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
