package focusfile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/sourcetest"
)

func TestDescribe(t *testing.T) {
	workspace := append([]byte("SQLite format 3\x00"), make([]byte, 84)...)
	copy(workspace[68:], "CLOI")
	for name, c := range map[string]struct{ text, want string }{
		"SignIn":         {`<html><form><input type="password"></form>`, "an HTML page to sign in; sign in and download the export again"},
		"HTMLTable":      {"<!DOCTYPE html><table><tr><td>1</table>", "an HTML page with a table; save the table as CSV and import that file"},
		"XMLWorkbook":    {`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>`, "an Excel workbook saved as XML; save the sheet as CSV and import that file"},
		"XML":            {"<?xml version='1.0'?><a/>", "an XML file; export the costs as CSV or Parquet"},
		"Markdown":       {"# Prices, and where they are from\n\nText, text\n", "a text to read (Markdown), not a table"},
		"RTF":            {`{\rtf1\ansi`, "a text document (RTF), not a table"},
		"Key":            {"-----BEGIN CERTIFICATE-----\n", "a key or a certificate; it holds no charges"},
		"CtrlA":          {strings.Repeat("a\x012026-10-01\x010.5\x01b\n", 8), "a table separated by Ctrl-A and without a header, as Athena and Hive write it; export it again as CSV with a header or as Parquet"},
		"Blank":          {" \r\n\t\n", "an empty file"},
		"Prose":          {"Dear Sir or Madam\nthank you\n", "a text file that is not a table"},
		"PDF":            {"%PDF-1.7\n", "a PDF document; invoices as PDF cannot be read, export the cost details as CSV or Parquet"},
		"PNG":            {"\x89PNG\r\n\x1a\n\x00", "a picture; export the costs as CSV or Parquet"},
		"OldExcel":       {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word document; save the sheet as CSV and import that file"},
		"ORC":            {"ORC\x00\x01", "an ORC file; export it as Parquet or CSV"},
		"Workspace":      {string(workspace), "a workspace of Cloud Intelligence; open it instead of importing it"},
		"SQLite":         {"SQLite format 3\x00" + strings.Repeat("\x00", 84), "an SQLite database"},
		"Mapping":        {`{"format": "cloud-intelligence-mapping", "version": 1}`, "a saved mapping of a table; import it on the page of mappings or with the command mapping import"},
		"ServiceKey":     {`{"type": "service_account", "private_key": "x", "client_email": "y"}`, "a key to an account of Google Cloud; it holds no charges, and whoever has it can use the account"},
		"CostExplorer":   {`{"ResultsByTime": []}`, "an answer of the AWS Cost Explorer API; export the Cost and Usage Report or FOCUS instead"},
		"AzureManifest":  {`{"manifestVersion": "2024-04-01", "blobs": []}`, "the manifest of an Azure cost export; it holds no charges"},
		"Terraform":      {`{"version": 4, "terraform_version": "1.9"}`, "a state of Terraform (JSON); it holds no charges"},
		"Infracost":      {`{"projects": [], "totalMonthlyCost": "5"}`, "an estimate of Infracost (JSON); it holds estimates, not charges"},
		"RetailPrices":   {`{"Items": [{"retailPrice": 1}]}`, "a price list of Azure (JSON); it holds prices, not charges"},
		"JSON":           {`[1, 2]`, "a JSON file that is no known billing export"},
		"ExplorerCSV":    {"Service,EC2($),Total costs($)\nService total,1,1\n", "a download of AWS Cost Explorer with one column for each service or account; export the Cost and Usage Report or FOCUS instead, which have one line for each charge"},
		"Rightsizing":    {"Account ID,Instance ID,Recommended Action,Recommended Instance Type 1\n", "a list of AWS rightsizing recommendations; it holds no charges"},
		"ReservedBuys":   {"Recommendation Date,Recommended Instance Quantity Purchase,Upfront Cost\n", "a list of AWS recommendations to buy reserved instances; it holds no charges"},
		"SavingsPlans":   {"Recommended hourly commitment,Estimated monthly savings\n", "a list of AWS recommendations to buy savings plans; it holds no charges"},
		"Advisor":        {"Category,Business Impact,Recommendation,Subscription ID\n", "a list of recommendations of Azure Advisor; it holds no charges"},
		"Recommender":    {"name,recommender_subtype,state\n", "a list of recommendations of Google Cloud; it holds no charges"},
		"Savings":        {"id,estimated_monthly_savings\n", "a list of recommendations; it holds no charges"},
		"Reservations":   {"ReservationId,UsedHours,ReservedHours\n", "an Azure report on the use of reservations; it holds no charges"},
		"Budgets":        {"Budget Name,Budgeted amount\n", "a list of budgets; it holds no charges"},
		"AWSPrices":      {"\"FormatVersion\",\"v1.0\"\n", "an AWS price list; it holds prices, not charges"},
		"Machines":       {"provider,region,instance_type,vcpu,on_demand_hourly_usd\n", "a list of machine prices; it holds no charges"},
		"MachineTypes":   {"provider,instance_type,vcpu,memory_gib\n", "a list of machine types; it holds no charges"},
		"Databases":      {"provider,engine,on_demand_hourly_usd\n", "a list of database prices; it holds no charges"},
		"BlockStorage":   {"provider,volume_type,price_gb_month_usd\n", "a list of prices of block storage; it holds no charges"},
		"ObjectStorage":  {"provider,storage_class,price_gb_month_first_tier_usd\n", "a list of prices of object storage; it holds no charges"},
		"Traffic":        {"provider,traffic,price_gb_usd\n", "a list of prices of network traffic; it holds no charges"},
		"Surcharges":     {"provider,os,price_usd\n", "a list of surcharges for operating systems; it holds no charges"},
		"OtherPrices":    {"item,list_price\n", "a price list; it holds no charges"},
		"Discounts":      {"provider,commitment_type,discount_pct\n", "a list of discounts for commitments; it holds no charges"},
		"Compliance":     {"framework,jurisdiction,status\n", "a list of compliance programmes; it holds no charges"},
		"Benchmarks":     {"cpu,benchmark,min\n", "a list of processor benchmarks; it holds no charges"},
		"Services":       {"aws_service,azure_service\n", "a table that sets services of the clouds side by side; it holds no charges"},
		"RegionMap":      {"aws_region,azure_region\n", "a table that sets regions of the clouds side by side; it holds no charges"},
		"Regions":        {"provider,region,country,compute_price_index\n", "a list of cloud regions; it holds no charges"},
		"Families":       {"from_family,to_family,price_ratio\n", "a list of newer machine families; it holds no charges"},
		"Units":          {"UnitOfMeasure,DistinctUnits\n", "a list of units of measure; it holds no charges"},
		"ResourceTypes":  {"ResourceType,SingularDisplayName\n", "a list of resource types; it holds no charges"},
		"Categories":     {"ConsumedService,ResourceType,ServiceCategory\n", "a list that gives services their categories; it holds no charges"},
		"Sources":        {"source_id,repository_or_url,licence\n", "a list of the sources of other data; it holds no charges"},
		"OneColumn":      {"\"ProviderName,BilledCost,\"\"Note\"\",Currency,Period\"\r\n\"AWS,1.5,\"\"a\"\",USD,x\"\r\n", "a table whose lines a spreadsheet has put into one column each; import the file as it was downloaded"},
		"Commas":         {"SubscriptionId;MeterCategory;Cost\ns;VM;1,5\n", "an Azure cost export, but its numbers have decimal commas (\"1,5\" in column \"Cost\"), as spreadsheets save them; import the file as it was downloaded"},
		"WideJSON":       {"\xff\xfe[\x00]\x00", "a JSON file that is no known billing export"},
		"Arrow":          {"ARROW1\x00\x00", "an Arrow or Feather file; export it as Parquet or CSV"},
		"Titled":         {"Prices\n\nprovider,instance_type,vcpu\naws,m5,2\n", "a list of machine types; it holds no charges"},
		"LogInBrackets":  {"[2026-11-22 10:00:00,123] ERROR it broke\n", "a log; it holds no charges"},
		"Date":           {"2026-11-22 10:00:00,5,information\n", "a table that is no known billing export (columns 2026-11-22 10:00:00, 5, information); its columns can be mapped to those of FOCUS"},
		"CostsAndPrices": {"Date,Service,Unit price,Cost\n", "a table that is no known billing export (columns Date, Service, Unit price, Cost); its columns can be mapped to those of FOCUS"},
		"ManyColumns":    {"a,b,c,d,e\n", "a table that is no known billing export (columns a, b, c, d, …); its columns can be mapped to those of FOCUS"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, focusfile.Describe(sourcetest.Look(t, write(t, "f", []byte(c.text)))))
		})
	}
}

// TestDescribe_SharedFiles wants a sentence of its own for every table of the shared data
// that is no bill.
func TestDescribe_SharedFiles(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the shared sample files are not on this machine")
	}
	files, _, err := source.Expand(t.Context(), []string{filepath.Join(shared, "prices"), filepath.Join(shared, "real", "aws-recommendations-csv"),
		filepath.Join(shared, "real", "azure-open-data"), filepath.Join(shared, "real", "README.md"), filepath.Join(shared, "real", "aws-cur-athena-ctas")})
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		d := focusfile.Describe(sourcetest.Look(t, f))
		t.Logf("%s: %s", filepath.Base(f.Name()), d)
		assert.NotContains(t, d, "no known billing export", f.Name())
	}
}
