package focusfile

import (
	"fmt"
	"strings"
)

// table is a kind of table that is known by some of its columns: all of the words must be
// among the folded names; a word that ends in … is the beginning of one, and one that begins
// with … stands somewhere in one.
type table struct {
	words []string
	text  string
}

// bills are the exports that hold charges, the more telling first.
var bills = []table{
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
}

// families are looked for behind the bills, the more telling first.
var families = []table{
	{[]string{"contractcommitmentid"}, "a FOCUS Contract Commitment dataset; it lists commitments, not charges"},
	{[]string{"billingperiodstatus", "billingperiodstart"}, "a FOCUS Billing Period dataset; it lists billing periods, not charges"},
	{[]string{"invoicedetailid"}, "a FOCUS Invoice Detail dataset; it lists invoice lines, not charges"},
	{[]string{"recordtype", "invoiceid", "payeraccountid"}, "an AWS detailed or monthly billing report, which AWS has replaced; its lines of totals repeat the others. Export the Cost and Usage Report or FOCUS instead"},
	{[]string{"unroundedcost…", "skuid"}, "the cost table of a Google Cloud invoice, with one line for each SKU and project; the billing export to BigQuery has the charges of each day. Its columns can be mapped to those of FOCUS"},
	{[]string{"perunitquantity", "skuid"}, "the price list of a Google Cloud account; it holds prices, not charges"},
	{[]string{"includedquantity", "unitprice"}, "an Azure price sheet; it lists prices, not charges"},
	{[]string{"partnumber", "unitprice", "offerid"}, "an Azure price sheet; it lists prices, not charges"},
	{[]string{"retailprice", "armskuname"}, "a price list of Azure; it holds prices, not charges"},
	{[]string{"invoice…", "duedate", "status"}, "a list of invoices; it has their totals and not the charges. Export the cost details instead"},
	{[]string{"metercategory", "unitprice", "skuid"}, "an Azure price sheet; it lists prices, not charges"},
	{[]string{"totalcosts($)"}, "a download of AWS Cost Explorer with one column for each service or account; export the Cost and Usage Report or FOCUS instead, which have one line for each charge"},

	{[]string{"recommendedinstancequantitypurchase"}, "a list of AWS recommendations to buy reserved instances; it holds no charges"},
	{[]string{"…hourlycommitment", "estimated…"}, "a list of AWS recommendations to buy savings plans; it holds no charges"},
	{[]string{"recommendedaction", "instanceid"}, "a list of AWS rightsizing recommendations; it holds no charges"},
	{[]string{"recommendedaction", "resourceid"}, "a list of AWS rightsizing recommendations; it holds no charges"},
	{[]string{"finding", "recommendation…", "…performancerisk"}, "a list of recommendations of AWS Compute Optimizer; it holds no charges"},
	{[]string{"category", "businessimpact", "recommendation"}, "a list of recommendations of Azure Advisor; it holds no charges"},
	{[]string{"recommendersubtype"}, "a list of recommendations of Google Cloud; it holds no charges"},
	{[]string{"…recommend"}, "a list of recommendations; it holds no charges"},
	{[]string{"…monthlysavings"}, "a list of recommendations; it holds no charges"},

	{[]string{"reservationid", "usedhours", "reservedhours"}, "an Azure report on the use of reservations; it holds no charges"},
	{[]string{"budgetname", "…amount"}, "a list of budgets; it holds no charges"},
	{[]string{"budgetname", "…limit"}, "a list of budgets; it holds no charges"},
	{[]string{"formatversion", "v1.0"}, "an AWS price list; it holds prices, not charges"},
	{[]string{"offertermcode", "ratecode"}, "an AWS price list; it holds prices, not charges"},

	{[]string{"discountpct"}, "a list of discounts for commitments; it holds no charges"},
	{[]string{"tag:…", "arn"}, "a list of AWS resources and their tags; it holds no charges"},
	{[]string{"identifier", "service", "type", "arn"}, "a list of AWS resources and their tags; it holds no charges"},
	{[]string{"eventtime", "eventsource", "eventname"}, "a log of actions (AWS CloudTrail); it holds no charges"},
	{[]string{"utilization…", "reservation…"}, "a report on the use of reservations; it holds no charges"},
	{[]string{"coverage…", "ondemandcost…"}, "a report on the coverage of commitments; it holds no charges"},

	{[]string{"framework", "jurisdiction"}, "a list of compliance programmes; it holds no charges"},
	{[]string{"benchmark", "cpu"}, "a list of processor benchmarks; it holds no charges"},
	{[]string{"awsservice", "azureservice"}, "a table that sets services of the clouds side by side; it holds no charges"},
	{[]string{"awsregion", "azureregion"}, "a table that sets regions of the clouds side by side; it holds no charges"},
	{[]string{"fromfamily", "tofamily"}, "a list of newer machine families; it holds no charges"},
	{[]string{"provider", "region", "country"}, "a list of cloud regions; it holds no charges"},
	{[]string{"originalvalue", "regionid", "regionname"}, "a list of names of cloud regions; it holds no charges"},
	{[]string{"unitofmeasure", "distinctunits"}, "a list of units of measure; it holds no charges"},
	{[]string{"resourcetype", "singulardisplayname"}, "a list of resource types; it holds no charges"},
	{[]string{"consumedservice", "resourcetype", "servicecategory"}, "a list that gives services their categories; it holds no charges"},
	{[]string{"licence", "repositoryorurl"}, "a list of the sources of other data; it holds no charges"},
}

// priced are tables of prices, by what the prices are for.
var priced = []table{
	{[]string{"instancetype", "…hourly"}, "a list of machine prices; it holds no charges"},
	{[]string{"engine", "…hourly"}, "a list of database prices; it holds no charges"},
	{[]string{"volumetype", "price…"}, "a list of prices of block storage; it holds no charges"},
	{[]string{"storageclass", "price…"}, "a list of prices of object storage; it holds no charges"},
	{[]string{"traffic", "price…"}, "a list of prices of network traffic; it holds no charges"},
	{[]string{"os", "price…"}, "a list of surcharges for operating systems; it holds no charges"},
	{[]string{"…price"}, "a price list; it holds no charges"},
	{[]string{"…perhour"}, "a price list; it holds no charges"},
	{[]string{"instancetype", "vcpu"}, "a list of machine types; it holds no charges"},
}

// fits reports whether a header has the columns of the kind.
func (t table) fits(keys map[string]bool) bool {
	for _, word := range t.words {
		if !hasWord(keys, word) {
			return false
		}
	}
	return true
}

func hasWord(keys map[string]bool, word string) bool {
	if keys[word] {
		return true
	}
	begin, isBegin := strings.CutSuffix(word, "…")
	part, isPart := strings.CutPrefix(word, "…")
	for key := range keys {
		if isBegin && strings.HasPrefix(key, begin) || isPart && strings.Contains(key, part) {
			return true
		}
	}
	return false
}

// describeColumns describes a table; bill reports whether it holds charges that a source knows.
func describeColumns(names, raw []string) (bill bool, text string) {
	t := traitsOf(match(names, raw))
	keys := make(map[string]bool, len(raw))
	for _, name := range raw {
		keys[fold(name)] = true
		if i := strings.LastIndexByte(name, '('); i >= 0 { // Azure portals print "Kategorie (MeterCategory)"
			keys[fold(strings.TrimSuffix(strings.TrimSpace(name[i+1:]), ")"))] = true
		}
	}
	if t.cost() {
		return true, "a FOCUS Cost and Usage file, version " + t.version()
	}
	for _, f := range bills {
		if f.fits(keys) {
			return true, f.text
		}
	}
	return false, otherTable(t, names, keys)
}

func otherTable(t traits, names []string, keys map[string]bool) string {
	for _, f := range families {
		if f.fits(keys) {
			return f.text
		}
	}
	if len(t.focus) >= minColumns && 2*len(t.focus) > t.plain {
		return "a table with FOCUS columns, but without a cost (BilledCost or EffectiveCost) or a period (ChargePeriodStart or BillingPeriodStart)"
	}
	if !costly(keys) {
		for _, f := range priced {
			if f.fits(keys) {
				return f.text
			}
		}
	}
	return unknownTable(names)
}

// costly reports whether a table has a column of costs: one that has prices besides is no
// price list.
func costly(keys map[string]bool) bool {
	for key := range keys {
		for _, word := range []string{"cost", "amount", "charge", "spend"} {
			if strings.HasPrefix(key, word) || strings.HasSuffix(key, word) {
				return true
			}
		}
	}
	return false
}

func unknownTable(names []string) string {
	if len(names) == 1 && strings.Count(names[0], ",") > 3 {
		return "a table whose lines a spreadsheet has put into one column each; import the file as it was downloaded"
	}
	if len(names) == 1 {
		return "a text file that is not a table"
	}
	shown := strings.Join(names[:min(len(names), 4)], ", ")
	if len(shown) > 120 {
		shown = strings.ToValidUTF8(shown[:strings.LastIndexByte(shown[:117], ' ')+1], "")
	}
	if len(names) > 4 {
		shown += ", …"
	}
	return fmt.Sprintf("a table that is no known billing export (columns %s); its columns can be mapped to those of FOCUS", shown)
}
