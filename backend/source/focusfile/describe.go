package focusfile

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
	"cloud-intelligence/backend/source/parquetfile"
)

// Describe says in a few words what a file seems to be that no source recognises:
// "an HTML page", "an AWS Cost and Usage Report (legacy)". It never fails.
func Describe(ctx context.Context, f source.File) string {
	text, err := head(ctx, f, 16<<10)
	if err != nil {
		if finops.CodeOf(err) == finops.CodeInternal {
			return "a file that cannot be read"
		}
		return "a file that cannot be read: " + finops.MessageOf(err)
	}
	switch kind := source.Magic(text); kind {
	case source.KindZip:
		if bytes.Contains(text, []byte("[Content_Types].xml")) || bytes.Contains(text, []byte("xl/")) {
			return "an Excel workbook; save the sheet as CSV and import that file"
		}
		return string(kind)
	case source.KindParquet:
		layout, err := parquetfile.Inspect(ctx, f)
		if err != nil {
			return "a Parquet file that cannot be read: " + finops.MessageOf(err)
		}
		return describeColumns(layout.Names, layout.Names)
	case source.KindText, source.KindBinary:
		if d := describeText(text); d != "" {
			return d
		}
		if kind == source.KindBinary {
			return string(kind)
		}
		layout, err := csvfile.Sniff(ctx, f)
		if err != nil {
			return "a text file that is not a table with a header"
		}
		return describeColumns(layout.Names, layout.Raw)
	default:
		return string(kind)
	}
}

// describeText knows the text formats that are no tables.
func describeText(text []byte) string {
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\ufeff")), " \t\r\n"))
	contains := func(words ...string) bool {
		for _, w := range words {
			if !bytes.Contains(start, []byte(w)) {
				return false
			}
		}
		return true
	}
	switch {
	case len(start) == 0:
		return "an empty file"
	case bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html")):
		return "an HTML page"
	case bytes.HasPrefix(start, []byte("<")):
		return "an XML file"
	case bytes.HasPrefix(start, []byte("version https://git-lfs")):
		return "a Git LFS pointer, not the file itself"
	case start[0] != '{' && start[0] != '[':
		if bytes.Count(text, []byte{1}) > 10 {
			return "a text file without a header, as Athena writes it (fields separated by Ctrl-A); export it with a header"
		}
		return ""
	case contains(`"reportkeys"`) || contains(`"assemblyid"`) || contains(`"datafiles"`, `"metadata"`):
		return "the manifest of an AWS Cost and Usage Report; it holds no charges"
	case contains(`"usage_start_time"`, `"sku"`):
		return "a Google Cloud billing export from BigQuery (JSON)"
	}
	return "a JSON file"
}

// families are the exports that are known by some of their columns, folded: all of
// the words of one line must be among the names.
var families = []struct {
	words []string
	text  string
}{
	{[]string{"contractcommitmentid"}, "a FOCUS Contract Commitment dataset; it lists commitments, not charges"},
	{[]string{"billingperiodstatus", "billingperiodstart"}, "a FOCUS Billing Period dataset; it lists billing periods, not charges"},
	{[]string{"invoicedetailid"}, "a FOCUS Invoice Detail dataset; it lists invoice lines, not charges"},
	{[]string{"lineitem/referenceno"}, "an Oracle Cloud cost report"},
	{[]string{"cost/mycost"}, "an Oracle Cloud cost report"},
	{[]string{"lineitem/unblendedcost"}, "an AWS Cost and Usage Report (legacy)"},
	{[]string{"identity/lineitemid"}, "an AWS Cost and Usage Report (legacy)"},
	{[]string{"lineitemunblendedcost", "billpayeraccountname"}, "an AWS Cost and Usage Report (2.0)"},
	{[]string{"lineitemunblendedcost"}, "an AWS Cost and Usage Report (legacy, with the column names of Athena)"},
	{[]string{"usagestarttime", "service.description"}, "a Google Cloud billing export from BigQuery"},
	{[]string{"usagestarttime", "billingaccountid"}, "a Google Cloud billing export from BigQuery"},
	{[]string{"metercategory", "subscriptionid"}, "an Azure cost export"},
	{[]string{"metercategory", "subscriptionguid"}, "an Azure cost export"},
	{[]string{"metercategory", "costinbillingcurrency"}, "an Azure cost export"},
	{[]string{"metercategory", "unitprice", "skuid"}, "an Azure price sheet; it lists prices, not charges"},
}

func describeColumns(names, raw []string) string {
	t := traitsOf(match(names, raw))
	keys := make(map[string]bool, len(raw))
	for _, name := range raw {
		keys[fold(name)] = true
		if i := strings.LastIndexByte(name, '('); i >= 0 { // Azure portals print "Kategorie (MeterCategory)"
			keys[fold(strings.TrimSuffix(strings.TrimSpace(name[i+1:]), ")"))] = true
		}
	}
	if t.cost() {
		return "a FOCUS Cost and Usage file, version " + t.version()
	}
	for _, f := range families {
		found := true
		for _, w := range f.words {
			found = found && keys[w]
		}
		if found {
			return f.text
		}
	}
	if len(t.focus) >= minColumns && 2*len(t.focus) > t.plain {
		return "a table with FOCUS columns, but without a cost (BilledCost or EffectiveCost) or a period (ChargePeriodStart or BillingPeriodStart)"
	}
	for k := range keys {
		if strings.Contains(k, "recommend") || strings.Contains(k, "monthlysavings") {
			return "a list of recommendations; it holds no charges"
		}
	}
	for k := range keys {
		if strings.Contains(k, "price") || strings.Contains(k, "perhour") {
			return "a price list; it holds no charges"
		}
	}
	shown := strings.Join(names[:min(len(names), 4)], ", ")
	if len(shown) > 120 {
		shown = shown[:strings.LastIndexByte(shown[:117], ' ')+1]
	}
	if len(names) > 4 {
		shown += ", …"
	}
	return fmt.Sprintf("a table that is no known billing export (columns %s)", shown)
}
