package document

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// table is a CSV file by the names of its columns in lower case; the order and the case of columns differ between exports.
type table struct {
	at  map[string]int
	row []string
}

func (t *table) has(names ...string) bool {
	for _, name := range names {
		if _, ok := t.at[name]; !ok {
			return false
		}
	}
	return true
}

func (t *table) hasAny(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return t.has(name) })
}

// field is the value of the first of the columns that the table has.
func (t *table) field(names ...string) string {
	for _, name := range names {
		if at, ok := t.at[name]; ok && at < len(t.row) {
			return strings.TrimSpace(t.row[at])
		}
	}
	return ""
}

// csvKind is a kind of table, with columns that it must have.
type csvKind struct {
	columns []string
	read    func(*Document, *table)
	kind    Kind
	name    string // of the provider
}

// csvKinds are the tables that are known.
func csvKinds() []csvKind {
	return []csvKind{
		{[]string{"instancearn", "finding"}, (*Document).optimizerRow, ComputeOptimizer, aws},
		{[]string{"recommendation_id", "action_type"}, (*Document).hubRow, CostOptimizationHub, aws},
		{[]string{"resourceid", "metricname", "timestamp"}, (*Document).azureMetricRow, AzureMetrics, azure},
		{[]string{"category", "recommendation", "potential annual cost savings"}, (*Document).advisorRow, AzureAdvisor, azure},
		{[]string{"recommendedquantity", "term", "netsavings"}, (*Document).reservationRow, AzureReservations, azure},
		{[]string{"recommended quantity", "term", "net savings"}, (*Document).reservationRow, AzureReservations, azure},
		{[]string{"id", "properties"}, (*Document).graphRow, AzureInventory, azure},
		{[]string{"id", "powerstate"}, (*Document).graphRow, AzureInventory, azure},
	}
}

func (d *Document) readCSV(data []byte) error {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	t, k, first := headOf(r)
	if k == nil {
		return d.readSheet(r, first)
	}
	d.is(k.kind, k.name)
	err := d.rows(r, t, k.read)
	d.gather()
	return err
}

// headOf reads the names of the columns, and finds the kind of table that has them; nil = none. first is the line that it read.
func headOf(r *csv.Reader) (t *table, kind *csvKind, first []string) {
	first, err := r.Read()
	if err != nil {
		return nil, nil, nil
	}
	t = headTable(first)
	for _, k := range csvKinds() {
		if t.has(k.columns...) {
			return t, &k, first
		}
	}
	return nil, nil, first
}

// headTable is a table with these columns.
func headTable(names []string) *table {
	t := &table{at: map[string]int{}}
	for i, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := t.at[name]; !twice {
			t.at[name] = i
		}
	}
	return t
}

// HeadBytes is how much of a file Looks wants at most of a table.
const HeadBytes = 64 << 10

// Looks reports from its beginning whether a table is a document. Of JSON the beginning does not show it; then decided is false, and Read
// finds out.
func Looks(head []byte) (is, decided bool) {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	if len(head) == 0 {
		return false, true
	}
	if head[0] == '{' || head[0] == '[' {
		return false, false
	}
	r := csv.NewReader(bytes.NewReader(head))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	_, k, first := headOf(r)
	if k == nil {
		sheet, _, _ := sheetHead(r, first)
		return sheet != nil, true
	}
	return true, true
}

func (d *Document) rows(r *csv.Reader, t *table, read func(*Document, *table)) error {
	for n := 0; ; n++ {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return finops.Errorf(finops.CodeInvalid, "line %d is not valid CSV.", broken.Line)
		}
		if err != nil {
			return fmt.Errorf("read a line: %w", err)
		}
		if n >= entriesMost {
			return finops.Errorf(finops.CodeInvalid, "it has more than %d lines.", entriesMost)
		}
		t.row = row
		read(d, t)
	}
}

func (d *Document) optimizerRow(t *table) {
	arn := t.field("instancearn")
	region, account := arnPlace(arn)
	d.Accounts, d.Regions = append(d.Accounts, account), append(d.Regions, region)
	d.onTime(t.field("lastrefreshtimestamp_utc"))
	a := &Advice{Key: Key(arn), Action: ActionNone, Said: "Optimized"}
	if target := t.field("recommendationoptions_1_instancetype"); target != "" && plain(t.field("finding")) != "optimized" {
		a.Action, a.Target, a.Said = ActionResize, target, "Change "+t.field("currentinstancetype")+" to "+target
		a.Monthly = money(t.field("recommendationoptions_1_estimatedmonthlysavings_value"))
		a.Currency = t.field("recommendationoptions_1_estimatedmonthlysavings_currency")
	}
	d.advise(a)
}

func (d *Document) hubRow(t *table) {
	d.Accounts, d.Regions = append(d.Accounts, t.field("account_id")), append(d.Regions, t.field("region"))
	d.onTime(t.field("last_refresh_timestamp"))
	d.hub(Key(t.field("resource_arn")), t.field("action_type"), t.field("current_resource_summary"), t.field("recommended_resource_summary"),
		t.field("estimated_monthly_savings_after_discount", "estimated_monthly_savings_before_discount"), t.field("currency_code"))
}

func (d *Document) azureMetricRow(t *table) {
	d.Entries++
	number := func(name string) json.Number { return json.Number(t.field(name)) }
	d.azureSeries(t.field("resourceid"), t.field("metricname"), periodOf(t.field("timegrain")), []azurePoint{{
		TimeStamp: t.field("timestamp"), Average: number("average"), Minimum: number("minimum"), Maximum: number("maximum"), Total: number("total"),
	}})
}

// gather puts series of one point each together, as rows of a table give them.
func (d *Document) gather() {
	if d.Kind != AzureMetrics {
		return
	}
	byKey := map[seriesKey]*Series{}
	var list []*Series
	for _, s := range d.Series {
		key := seriesKey{s.Key, s.Metric, s.Stat}
		if have := byKey[key]; have != nil {
			have.Points = append(have.Points, s.Points...)
			continue
		}
		byKey[key] = s
		list = append(list, s)
	}
	d.Series = list
	d.azureAccounts()
}

// advisorRow reads the table of the portal, which names resources by group and name.
func (d *Document) advisorRow(t *table) {
	d.onTime(t.field("updated date"))
	account := t.field("subscription id")
	d.Accounts = append(d.Accounts, account)
	if category := t.field("category"); category != "" && !strings.EqualFold(category, "Cost") {
		d.Entries++
		return
	}
	a := &Advice{
		Said: t.field("recommendation"), Monthly: aTwelfth(t.field("potential annual cost savings")), Currency: t.field("potential cost savings currency"),
		Key: advisorKey(account, t.field("resource group"), t.field("type"), t.field("resource name")),
	}
	if strings.Contains(strings.ToLower(a.Said), "reserved") {
		a.Action = ActionReserve
	}
	d.advise(a)
}

// advisorTypes are the types of the table of the portal.
var advisorTypes = map[string]string{
	"virtual machine": "microsoft.compute/virtualmachines", "disk": "microsoft.compute/disks", "public ip address": "microsoft.network/publicipaddresses",
	"app service plan": "microsoft.web/serverfarms", "snapshot": "microsoft.compute/snapshots",
}

func advisorKey(account, group, kind, name string) string {
	kind = strings.ToLower(kind)
	if of := advisorTypes[kind]; of != "" {
		kind = of
	}
	if account == "" || name == "" || !strings.Contains(kind, "/") {
		return strings.ToLower("/subscriptions/" + account)
	}
	return strings.ToLower("/subscriptions/" + account + "/resourcegroups/" + group + "/providers/" + kind + "/" + name)
}

// reservationRow reads the export of reservation recommendations, which name no resource. Customer agreements write the names of columns with spaces.
func (d *Document) reservationRow(t *table) {
	either := func(names ...string) string {
		for _, name := range names {
			if text := t.field(name); text != "" {
				return text
			}
		}
		return ""
	}
	d.advise(d.reservation(&reservation{
		account: t.field("subscriptionid"), scope: t.field("scope"), of: t.field("resourcetype"), region: t.field("location"), sku: either("sku", "skuname"), term: t.field("term"),
		quantity: either("recommendedquantity", "recommended quantity"), lookBack: t.field("lookbackperiod"), first: t.field("firstusagedate"), saving: either("netsavings", "net savings"),
	}))
}

// graphRow reads Resource Graph as a table, whose objects are JSON.
func (d *Document) graphRow(t *table) {
	r := azureResource{
		ID: t.field("id"), Name: t.field("name"), Type: t.field("type"), Location: t.field("location"), SubscriptionID: t.field("subscriptionid"),
		ManagedBy: t.field("managedby"), VMSize: t.field("vmsize"), PowerState: t.field("powerstate"),
	}
	if p := t.field("properties"); strings.HasPrefix(p, "{") && json.Valid([]byte(p)) {
		r.Properties = json.RawMessage(p)
	}
	d.azureThing(&r)
}
