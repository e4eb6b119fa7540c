package focusfile

import (
	"bytes"
	"slices"
)

// document is a kind of text that is no table, known by words in its beginning.
type document struct {
	words []string // in lower case; all of them
	text  string
}

// objects are the JSON documents that people have beside their bills.
var objects = []document{
	{[]string{`"reportkeys"`}, "the manifest of an AWS Cost and Usage Report; it holds no charges"},
	{[]string{`"assemblyid"`}, "the manifest of an AWS Cost and Usage Report; it holds no charges"},
	{[]string{`"datafiles"`, `"metadata"`}, "the manifest of an AWS Cost and Usage Report; it holds no charges"},
	{[]string{`"manifestversion"`, `"blobs"`}, "the manifest of an Azure cost export; it holds no charges"},
	{[]string{`"usage_start_time"`, `"sku"`}, "a Google Cloud billing export from BigQuery (JSON)"},
	{[]string{`"cloud-intelligence-mapping"`}, "a saved mapping of a table; import it on the page of mappings or with the command mapping import"},
	{[]string{`"private_key"`, `"client_email"`}, "a key to an account of Google Cloud; it holds no charges, and whoever has it can use the account"},
	{[]string{`"resultsbytime"`}, "an answer of the AWS Cost Explorer API; export the Cost and Usage Report or FOCUS instead"},
	{[]string{`"rightsizingrecommendations"`}, "a list of AWS rightsizing recommendations (JSON); it holds no charges"},
	{[]string{`"recommendersubtype"`}, "a list of recommendations of Google Cloud (JSON); it holds no charges"},
	{[]string{`"recommendationtypeid"`}, "a list of recommendations of Azure Advisor (JSON); it holds no charges"},
	{[]string{`"offercode"`, `"products"`}, "an AWS price list (JSON); it holds prices, not charges"},
	{[]string{`"retailprice"`}, "a price list of Azure (JSON); it holds prices, not charges"},
	{[]string{`"terraform_version"`}, "a state of Terraform (JSON); it holds no charges"},
	{[]string{`"totalmonthlycost"`, `"projects"`}, "an estimate of Infracost (JSON); it holds estimates, not charges"},
	{[]string{`"awstemplateformatversion"`}, "a template of AWS CloudFormation (JSON); it holds no charges"},
	{[]string{`"eventsource"`, `"eventname"`}, "a log of actions (AWS CloudTrail, JSON); it holds no charges"},
	{[]string{`microsoft.consumption/usagedetails`}, "an answer of the Azure Consumption API (JSON); export the cost details as CSV, Parquet or FOCUS instead"},
	{[]string{`microsoft.costmanagement/query`}, "an answer of the Azure Cost Management API (JSON); export the cost details as CSV, Parquet or FOCUS instead"},
	{[]string{`"properties"`, `"columns"`, `"rows"`}, "an answer of the Azure Cost Management API (JSON); export the cost details as CSV, Parquet or FOCUS instead"},
	{[]string{`"currencyconversionrate"`, `"pricinginfo"`}, "a price list of Google Cloud (JSON); it holds prices, not charges"},
	{[]string{`"doc_id"`}, "a link to a document on Google Drive and not the document; download it as CSV"},
	{[]string{`"focuscolumn`}, "a description of the columns of a FOCUS file; it holds no charges"},
}

// describeText knows the text formats that are no tables; "" for what may be one.
func describeText(text []byte) string {
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\ufeff")), " \t\r\n"))
	begins := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return bytes.HasPrefix(start, []byte(w)) })
	}
	switch {
	case len(start) == 0 || len(bytes.Trim(start, "\x00 \t\r\n")) == 0:
		return "an empty file"
	case begins("<!doctype html", "<html"):
		return describePage(start)
	case begins("<?xml", "<") && bytes.Contains(start, []byte("excel.sheet")):
		return "an Excel workbook saved as XML; save the sheet as CSV and import that file"
	case begins("<"):
		return "an XML file; export the costs as CSV or Parquet"
	case begins("version https://git-lfs"):
		return "a Git LFS pointer, not the file itself; fetch the file with git lfs pull"
	case begins("[internetshortcut]"):
		return "a link to a web page and not the file behind it; open the link and download the file"
	case begins("received:", "return-path:", "delivered-to:", "mime-version:", "from: ", "message-id:"):
		return "an e-mail; save the file that is attached to it and import that"
	case begins("awstemplateformatversion"):
		return "a template of AWS CloudFormation (YAML); it holds no charges"
	case begins("---\n", "---\r\n", "apiversion:"):
		return "a YAML file, not a table"
	case begins("-- ", "create table", "insert into", "/*!"):
		return "commands for a database (SQL), not a table; export the table as CSV"
	case begins("terraform {", "resource \"", "provider \"", "variable \""):
		return "code of Terraform; it holds no charges"
	case logged(start):
		return "a log; it holds no charges"
	case begins("# ", "## "):
		return "a text to read (Markdown), not a table"
	case begins("{\\rtf"):
		return "a text document (RTF), not a table"
	case begins("-----begin"):
		return "a key or a certificate; it holds no charges"
	case bytes.Count(text, []byte{1}) > 10:
		return "a table separated by Ctrl-A and without a header, as Athena and Hive write it; export it again as CSV with a header or as Parquet"
	case start[0] != '{' && start[0] != '[':
		return ""
	}
	for _, d := range objects {
		if !slices.ContainsFunc(d.words, func(w string) bool { return !bytes.Contains(start, []byte(w)) }) {
			return d.text
		}
	}
	return "a JSON file that is no known billing export"
}

// logged reports whether the first line is one of a log: of a web server, or with the level
// of a message behind a time.
func logged(start []byte) bool {
	line, _, _ := bytes.Cut(start, []byte{'\n'})
	if bytes.Contains(line, []byte(`] "get /`)) || bytes.Contains(line, []byte(`] "post /`)) {
		return true
	}
	if len(line) < 20 || line[0] != '[' && (line[0] < '0' || line[0] > '9') || bytes.IndexByte(line[:20], ':') < 0 {
		return false
	}
	words := bytes.FieldsFunc(line[:min(len(line), 80)], func(r rune) bool { return r < 'a' || r > 'z' })
	return slices.ContainsFunc(words, func(w []byte) bool {
		return slices.Contains([]string{"info", "debug", "error", "warn", "warning", "notice", "trace", "fatal"}, string(w))
	})
}

func describePage(start []byte) string {
	switch {
	case bytes.Contains(start, []byte(`type="password"`)):
		return "an HTML page to sign in; sign in and download the export again"
	case bytes.Contains(start, []byte("<table")):
		return "an HTML page with a table; save the table as CSV and import that file"
	}
	return "an HTML page"
}
