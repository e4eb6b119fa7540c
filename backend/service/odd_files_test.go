package service

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"cloud-intelligence/backend/source/mappedfile"
)

// newFullWorkspace is a workspace that reads every format.
func newFullWorkspace(t testing.TB) *Workspace {
	t.Helper()
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", Options{Sources: allSources, User: "Tester"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	return w
}

func zipped(t *testing.T, encrypted bool, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		h := &zip.FileHeader{Name: files[i], Method: zip.Deflate}
		if encrypted {
			h.Flags |= 1
		}
		f, err := w.CreateHeader(h)
		require.NoError(t, err)
		_, err = f.Write([]byte(files[i+1]))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.String()
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String()
}

func tarred(t *testing.T, name, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	require.NoError(t, w.WriteHeader(&tar.Header{Name: name, Size: int64(len(text)), Mode: 0o600}))
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String()
}

// wide is UTF-16 without a byte order mark.
func wide(t *testing.T, text string) string {
	t.Helper()
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(text)
	require.NoError(t, err)
	return out
}

// zoo is what people have beside their bills, with words of what the plan shall say of it.
func zoo(t *testing.T) map[string][2]string {
	sqlite := "SQLite format 3\x00" + strings.Repeat("\x00", 84)
	mine := []byte(sqlite)
	copy(mine[68:], "CLOI")
	return map[string][2]string{
		// lists of the clouds
		"ri-recommendations.csv":   {"Account ID,Region,Recommended Instance Quantity Purchase,Upfront Cost\n1,eu,2,5\n", "recommendations to buy reserved"},
		"sp-recommendations.csv":   {"Recommended hourly commitment,Estimated monthly savings\n1,2\n", "recommendations to buy savings plans"},
		"compute-optimizer.csv":    {"accountId,instanceArn,finding,recommendationOptions_1_instanceType,currentPerformanceRisk\n1,a,x,y,z\n", "Compute Optimizer"},
		"advisor.csv":              {"\ufeffCategory,Business Impact,Recommendation,Subscription ID,Potential Annual Cost Savings\nCost,High,x,y,5\n", "Azure Advisor"},
		"gcp-recommender.csv":      {"name,recommender_subtype,state,cost\nx,CHANGE,ACTIVE,1\n", "recommendations of Google Cloud"},
		"azure-price-sheet-ea.csv": {"Meter ID,Meter name,Meter category,Meter sub-category,Meter region,Unit,Unit of measure,Part number,Unit price,Currency code,Included quantity,Offer Id,Term,Price type\n1,a,b,c,d,1,h,p,0.5,EUR,0,o,,Consumption\n", "Azure price sheet"},
		"azure-price-sheet.csv":    {"basePrice,billingAccountId,billingCurrency,currency,effectiveStartDate,includedQuantity,marketPrice,meterCategory,meterId,skuId,unitOfMeasure,unitPrice\n1,2,EUR,EUR,2026-01-01,0,1,VM,m,s,1 Hour,0.5\n", "Azure price sheet"},
		"azure-retail.json":        {`{"BillingCurrency":"USD","Items":[{"retailPrice":0.5,"armSkuName":"D2"}]}`, "price list of Azure"},
		"aws-prices.csv":           {"\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"For information.\"\n\"Publication Date\",\"2026-10-01T00:00:00Z\"\n\"Version\",\"2026\"\n\"OfferCode\",\"AmazonEC2\"\n\"SKU\",\"OfferTermCode\",\"RateCode\",\"TermType\",\"PriceDescription\",\"PricePerUnit\",\"Currency\"\n\"A\",\"B\",\"C\",\"OnDemand\",\"x\",\"0.5\",\"USD\"\n", "AWS price list"},
		"aws-prices.json":          {`{"formatVersion":"v1.0","offerCode":"AmazonEC2","products":{}}`, "AWS price list"},
		"gcp-pricing.csv":          {"Google service,Service ID,Service description,SKU ID,SKU description,Product taxonomy,Unit description,Per unit quantity,Tiered usage start,List price ($)\na,b,c,d,e,f,g,1,0,0.5\n", "price list of a Google Cloud account"},
		"tags.csv":                 {"Identifier,Tag: Name,Service,Type,Region,ARN,Tags\ni-1,x,EC2,Instance,eu,arn:aws:ec2,3\n", "resources and their tags"},
		"cloudtrail.csv":           {"eventTime,eventSource,eventName,userName\n2026-10-01,ec2,Run,x\n", "log of actions"},
		"utilization.csv":          {"Reservation ID,Utilization Percentage,Region\n1,50,eu\n", "use of reservations"},
		"budgets.csv":              {"Budget Name,Budgeted amount,Actual\nx,5,6\n", "list of budgets"},
		"invoices.csv":             {"Invoice ID,Billing period,Invoice date,Due date,Status,Amount\nG1,x,y,z,Paid,5\n", "list of invoices"},
		"aws-invoice.csv":          {"InvoiceID,PayerAccountId,LinkedAccountId,RecordType,RecordID,BillingPeriodStartDate,BillingPeriodEndDate,ProductCode,CurrencyCode,TotalCost\nI,1,2,LinkedLineItem,3,2026/10/01,2026/10/31,EC2,USD,5\nI,1,,InvoiceTotal,,,,,USD,5\n", "AWS detailed or monthly billing report"},
		"explorer.csv":             {"Service,EC2($),Total costs($)\nService total,1,1\n2026-10-01,1,1\n", "AWS Cost Explorer"},
		"gcp-cost-table.csv": {"Invoice number,4711\nInvoice date,2026-11-01\nCurrency,EUR\n\nBilling account name,Billing account ID,Project name,Project ID,Service description,Service ID,SKU description,SKU ID,Credit type,Cost type,Usage start date,Usage end date,Usage amount,Usage unit,Unrounded Cost (€),Cost (€)\n" +
			"a,b,c,d,Compute,1,x,2,,Usage,2026-10-01,2026-10-31,1,h,0.123,0.12\n", "cost table of a Google Cloud invoice"},

		// documents
		"login.csv":      {"<!DOCTYPE html><html><form action=/login><input type=\"password\"></form>", "HTML page to sign in"},
		"page.csv":       {"\r\n<html><body>Not found</body></html>", "an HTML page"},
		"data.xml":       {"<?xml version='1.0'?><a/>", "an XML file"},
		"wide.xml":       {"\xff\xfe" + wide(t, "<?xml version='1.0'?><a/>"), "an XML file"},
		"invoice.pdf":    {"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"},
		"chart.png":      {"\x89PNG\r\n\x1a\n\x00\x00", "a picture"},
		"book.xlsx":      {zipped(t, false, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<x/>"), "Save the sheet as CSV"},
		"letter.docx":    {zipped(t, false, "word/document.xml", "<x/>", "[Content_Types].xml", "<Types/>"), "Save the sheet as CSV"},
		"book.ods":       {zipped(t, false, "content.xml", "<x/>", "META-INF/manifest.xml", "<x/>"), "OpenDocument"},
		"book.numbers":   {zipped(t, false, "Index/Document.iwa", "x"), "Numbers or Pages"},
		"book.xls":       {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "save the sheet as CSV"},
		"mail.eml":       {"Received: from x\r\nSubject: your bill\r\n\r\n", "an e-mail"},
		"notes.md":       {"# Costs\n\nThey rise.\n", "Markdown"},
		"empty.csv":      {"", "an empty file"},
		"blank.csv":      {"\n\n \r\n", "an empty file"},
		"zeros.csv":      {strings.Repeat("\x00", 4096), "an empty file"},
		"sheet.gsheet":   {`{"":"WARNING! DO NOT EDIT","doc_id":"x","email":"y"}`, "Google Drive"},
		"access.log":     {"127.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n", "a log"},
		"app.log":        {"2026-11-22T10:00:00Z INFO started, all is well\n2026-11-22T10:00:01Z WARN x\n", "a log"},
		"template.yaml":  {"AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n", "CloudFormation"},
		"template.json":  {`{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}`, "CloudFormation"},
		"deployment.yml": {"apiVersion: v1\nkind: Pod\n", "YAML"},
		"main.tf":        {"terraform {\n  required_version = \"1\"\n}\n", "Terraform"},
		"state.json":     {`{"version": 4, "terraform_version": "1.9", "resources": []}`, "state of Terraform"},
		"trail.json":     {`{"Records":[{"eventVersion":"1.08","eventSource":"ec2.amazonaws.com","eventName":"RunInstances"}]}`, "log of actions"},
		"ce.json":        {`{"GroupDefinitions":[],"ResultsByTime":[{"TimePeriod":{"Start":"2026-10-01"}}]}`, "AWS Cost Explorer API"},
		"ce-wide.json":   {"\xff\xfe" + wide(t, `{"ResultsByTime":[{"TimePeriod":{"Start":"2026-10-01"}}]}`), "AWS Cost Explorer API"},
		"azure-query.json": {`{"id":"subscriptions/x/providers/Microsoft.CostManagement/query/1","properties":{"nextLink":null,"columns":[{"name":"PreTaxCost"}],"rows":[[1]]}}`,
			"Azure Cost Management API"},
		"usage.json":     {`{"value":[{"id":"/providers/Microsoft.Consumption/usageDetails/1","properties":{}}]}`, "Azure Consumption API"},
		"cur.json":       {`{"assemblyId":"x","reportKeys":["a.csv.gz"]}`, "manifest of an AWS Cost and Usage Report"},
		"other.json":     {`{"a": 1}`, "a JSON file that is no known billing export"},
		"dump.sql":       {"-- MySQL dump 10.13\nCREATE TABLE a (b int);\n", "commands for a database"},
		"key.pem":        {"-----BEGIN CERTIFICATE-----\nabc\n", "a key or a certificate"},
		"data.sqlite":    {sqlite, "an SQLite database"},
		"old.cloudintel": {string(mine), "a workspace of Cloud Intelligence"},
		"data.avro":      {"Obj\x01\x00", "an Avro file"},
		"data.orc":       {"ORC\x00\x01", "an ORC file"},
		"data.arrow":     {"ARROW1\x00\x00\x01", "Arrow"},
		"broken.parquet": {"PAR1\x00\x00\x00\x00", "cut off"},
		"athena.csv":     {strings.Repeat("a\x012026-10-01\x010.5\x01b\n", 8), "Ctrl-A"},
		"fork.csv":       {"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        ", "side file of macOS"},
		"program.exe":    {"MZ\x90\x00\x03\x00\x00\x00", "a binary file"},
		"lines.txt":      {"one\ntwo\nthree\n", "a text file that is not a table"},

		// archives
		"secret.zip":   {zipped(t, true, "bill.csv", "a,b\n1,2\n"), "Unpack the archive with its password"},
		"nested.zip":   {zipped(t, false, "inner.zip", zipped(t, false, "bill.csv", "a,b\n1,2\n")), "Unpack the outer archive first"},
		"bill.tar":     {tarred(t, "bill.csv", "a,b\n1,2\n"), "Unpack it and import the files"},
		"bill.tgz":     {gzipped(t, tarred(t, "bill.csv", "a,b\n1,2\n")), "Unpack it first"},
		"twice.csv.gz": {gzipped(t, gzipped(t, "a,b\n1,2\n")), "Unpack it first"},
		"bill.7z":      {"7z\xbc\xaf\x27\x1c\x00\x04", "7-Zip"},
		"bill.rar":     {"Rar!\x1a\x07\x01\x00", "RAR"},
		"bill.csv.zst": {"\x28\xb5\x2f\xfd\x00", "zstd"},
		"bill.csv.bz2": {"BZh91AY&SY\x00\x01", "bzip2"},
		"bill.csv.xz":  {"\xfd7zXZ\x00\x00", "xz"},

		// what programs leave behind
		"._bill.csv": {"\x00\x05\x16\x07", "Hidden"}, ".DS_Store": {"\x00\x00\x00\x01Bud1", "Hidden"}, "Thumbs.db": {"\xd0\xcf\x11\xe0", "Hidden"}, "desktop.ini": {"[x]", "Hidden"},
		"~$book.xlsx": {"\x05nora", "leaves beside a document"}, "bill.csv.crdownload": {"a,b\n", "not complete"}, "x-manifest.json": {"{}", "manifest"}, "_SUCCESS": {"", "marker"},
	}
}

// TestOddFiles_AreNamed puts the zoo into one folder with a bill: the bill is read, and of
// everything else a sentence says what it seems to be.
func TestOddFiles_AreNamed(t *testing.T) {
	t.Parallel()
	w := newFullWorkspace(t)
	root := t.TempDir()
	animals := zoo(t)
	for name, a := range animals {
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(a[0]), 0o600))
	}
	newTable().lines(3, "r").write(t, filepath.Join(root, "bill.csv"))
	require.NoError(t, os.Symlink(root, filepath.Join(root, "loop")))
	plan, err := w.Imports.Plan(t.Context(), []string{root})
	require.NoError(t, err)
	require.Len(t, plan.Files, 1)
	assert.Equal(t, filepath.Join(root, "bill.csv"), plan.Files[0].Recognition.File.Path)
	said := map[string]string{}
	for _, s := range plan.Skipped {
		said[strings.Split(strings.TrimPrefix(s.Path, root+string(filepath.Separator)), "/")[0]] += s.Reason
	}
	for name, a := range animals {
		assert.Contains(t, said[name], a[1], name)
	}
	assert.Len(t, said, len(animals), "nothing is left out in silence")
}

// delimited writes a table as a spreadsheet does: fields are quoted only where they must be.
func (c *table) delimited(separator, lineEnd string) string {
	var b strings.Builder
	for _, row := range append([][]string{c.header}, c.rows...) {
		for i, field := range row {
			if strings.ContainsAny(field, separator+"\"\n") {
				row[i] = `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
			}
		}
		b.WriteString(strings.Join(row, separator) + lineEnd)
	}
	return b.String()
}

// spelled is a bill with names that the encodings spell differently.
func spelled() *table {
	c := newTable("x_Note")
	for i, name := range []string{"Müller & Söhne", "€ 5 – „Spaß“", "naïve café", "plain", "Žižek's ½"} {
		c.line("ServiceName", name, "x_Note", strings.Repeat(name+" ", i+1), "BilledCost", "1.5")
	}
	return c
}

// TestOddFiles_Dialects imports one bill in many spellings: every value is the same each time.
func TestOddFiles_Dialects(t *testing.T) {
	t.Parallel()
	plain := func(separator, lineEnd string) string { return spelled().delimited(separator, lineEnd) }
	ansi, err := charmap.Windows1252.NewEncoder().String(plain(";", "\r\n"))
	require.NoError(t, err)
	lines := strings.SplitAfter(plain(",", "\n"), "\n")
	mixed := lines[0] + strings.ReplaceAll(strings.Join(lines[1:], ""), "\n", "\r\n")
	for name, text := range map[string]string{
		"comma":                    plain(",", "\n"),
		"semicolon, CRLF":          plain(";", "\r\n"),
		"tab":                      plain("\t", "\n"),
		"pipe":                     plain("|", "\n"),
		"CR only":                  plain(",", "\r"),
		"mixed line ends":          mixed,
		"Windows-1252 of Excel":    "sep=;\r\n" + ansi,
		"UTF-16 without a mark":    wide(t, plain("\t", "\r\n")),
		"UTF-8 with a mark":        "\ufeff" + plain(";", "\r\n"),
		"delimiters at the end":    strings.ReplaceAll(plain(";", "\n"), "\n", ";;\n"),
		"blank lines":              "\r\n" + strings.ReplaceAll(plain(",", "\n"), "\n", "\n\n") + "\n\n",
		"a title":                  "Costs of Acme\n\n" + plain(",", "\n"),
		"a title of a spreadsheet": "Costs of Acme;;;;;\n" + plain(";", "\n"),
		"blanks around names":      strings.Replace(plain(",", "\n"), "BillingAccountId,BillingCurrency", " BillingAccountId , BillingCurrency", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFullWorkspace(t)
			res := load(t, w, writeTable(t, "bill.csv", text))
			assert.Zero(t, res.Rejects)
			requireTable(t, w, spelled())
		})
	}
}

// TestOddFiles_LinesThatAreNoCharges has lines of totals and headers among the charges: they
// are listed, and the sums are those of the charges.
func TestOddFiles_LinesThatAreNoCharges(t *testing.T) {
	t.Parallel()
	c := spelled()
	text := c.delimited(",", "\n")
	totals := make([]string, len(c.header))
	totals[0], totals[10], totals[11] = "Total", "7.5", "6.25"
	joined := text + strings.Join(totals, ",") + "\n\ufeff" + spelled().delimited(",", "\n")
	w := newFullWorkspace(t)
	res := load(t, w, writeTable(t, "joined.csv", joined))
	require.Len(t, res.Files, 1)
	assert.Equal(t, int64(2), res.Files[0].Rejects)
	both := spelled()
	both.rows = append(both.rows, spelled().rows...)
	requireTable(t, w, both)
	rejects, _, err := w.Imports.Rejects(t.Context(), res.ImportID, 0, 10)
	require.NoError(t, err)
	require.Len(t, rejects, 2)
	assert.Contains(t, rejects[0].Reason+rejects[1].Reason, "the header once more")
	assert.Contains(t, rejects[0].Reason+rejects[1].Reason, "neither a charge period nor a billing period")
}

// TestOddFiles_DecimalCommas refuses bills that a spreadsheet has saved in a language with
// decimal commas: 1,125 would be read as a thousand. A mapping can still read them.
func TestOddFiles_DecimalCommas(t *testing.T) {
	t.Parallel()
	focus := newTable().line("BilledCost", "0,125", "EffectiveCost", "1,125").line("BilledCost", "-2,5E-07", "EffectiveCost", "3").delimited(";", "\r\n")
	azure := "SubscriptionId;MeterCategory;Date;CostInBillingCurrency;BillingCurrencyCode;Quantity\r\ns;VM;10/01/2026;1,125;EUR;2\r\ns;VM;10/02/2026;0,5;EUR;2\r\n"
	for name, c := range map[string][2]string{"focus.csv": {focus, "a FOCUS Cost and Usage file"}, "azure.csv": {azure, "an Azure cost export"}} {
		w := newFullWorkspace(t)
		path := writeTable(t, name, c[0])
		plan, err := w.Imports.Plan(t.Context(), []string{path})
		require.NoError(t, err)
		require.Empty(t, plan.Files)
		require.Len(t, plan.Skipped, 1)
		assert.Contains(t, plan.Skipped[0].Reason, c[1])
		assert.Contains(t, plan.Skipped[0].Reason, "decimal commas")
		assert.Contains(t, plan.Skipped[0].Reason, "import the file as it was downloaded")
		list, err := w.Mappings.Mappable(t.Context(), []string{path})
		require.NoError(t, err)
		assert.Equal(t, []string{path}, list)
		table, err := w.Mappings.Inspect(t.Context(), path)
		require.NoError(t, err)
		assert.Equal(t, mappedfile.DecimalComma, table.Suggestion.Mapping.Decimal)
	}
}
