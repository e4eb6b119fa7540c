package mappedfile

// synonyms are the names that exports of the clouds, resellers and cost tools give to what
// FOCUS calls by the name on the left, folded and the most telling first. A name in two
// lists goes to the FOCUS column whose list has it further to the front.
var synonyms = map[string][]string{
	"BilledCost": {"billedcost", "costinbillingcurrency", "pretaxcost", "computedamount", "usageincurrency", "lineitemunblendedcost", "unblendedcost", "billedamount", "billingamount", "netcost", "netamount", "amountnet",
		"cost", "costs", "totalcost", "totalcosts", "extendedcost", "linecost", "lineamount", "linetotal", "amount", "amountdue", "charge", "charges", "chargeamount", "totalcharge", "totalcharges", "usagecost", "spend",
		"totalspend", "costamount", "resourcecost", "pretaxamount", "amountbeforetax", "subtotal", "mycost", "blendedcost", "cost1", "nettobetrag", "betragnetto", "gesamtpreisnetto", "summenetto", "kostennetto", "nettokosten", "montantht", "totalht", "prixtotalht",
		"importeneto", "importonetto", "gesamtpreis", "gesamtbetrag", "betrag", "kosten", "montant", "coût", "coûts", "importe", "importo", "coste", "costo", "custo", "bedrag", "prixtotal", "summe", "gesamt",
		"total", "totalamount", "value"},
	"EffectiveCost":      {"effectivecost", "amortizedcost", "amortisedcost", "netamortizedcost", "netamortisedcost", "actualcost", "costamortized"},
	"ListCost":           {"listcost", "publiccost", "ondemandcost", "publicondemandcost", "paygcost", "paygcostinbillingcurrency", "retailcost", "listamount", "costatlist", "grosscost"},
	"ContractedCost":     {"contractedcost", "contractcost", "negotiatedcost", "discountedcost"},
	"BillingCurrency":    {"billingcurrency", "billingcurrencycode", "currency", "currencycode", "costcurrency", "currencyiso", "isocurrency", "curr", "währung", "devise", "moneda", "valuta", "moeda"},
	"ProviderName":       {"providername", "provider", "cloudprovider", "cloud", "cloudname", "cloudvendor", "vendor", "vendorname", "csp", "supplier", "platform", "anbieter", "lieferant", "fournisseur", "proveedor", "fornitore", "leverancier", "serviceprovider"},
	"PublisherName":      {"publishername", "publisher", "legalentity", "seller", "sellername"},
	"InvoiceIssuerName":  {"invoiceissuername", "invoiceissuer", "invoicingentity", "issuer", "reseller", "resellername"},
	"InvoiceId":          {"invoiceid", "invoicenumber", "invoiceno", "invoice", "billid", "rechnungsnummer", "documentnumber"},
	"BillingAccountId":   {"billingaccountid", "payeraccountid", "payeraccount", "billpayeraccountid", "masteraccountid", "managementaccountid", "enrollmentnumber", "billingaccount", "customerid", "customernumber", "contractid", "contractnumber", "organizationid", "organisationid", "tenantid", "clientid"},
	"BillingAccountName": {"billingaccountname", "payeraccountname", "masteraccountname", "customername", "customer", "organizationname", "organisationname", "client", "tenantname", "companyname"},
	"SubAccountId":       {"subaccountid", "linkedaccountid", "usageaccountid", "lineitemusageaccountid", "subscriptionid", "subscriptionguid", "projectid", "accountid", "accountnumber", "account", "linkedaccount", "compartmentid", "workspaceid", "teamid", "awsaccountid"},
	"SubAccountName":     {"subaccountname", "linkedaccountname", "usageaccountname", "subscriptionname", "projectname", "accountname", "subscription", "project", "projekt", "compartmentname", "workspacename", "workspace", "awsaccountname"},
	"ChargePeriodStart": {"chargeperiodstart", "usagestartdate", "lineitemusagestartdate", "usagestart", "usagestarttime", "timeusagestarted", "usagedate", "usagedatetime", "chargedate", "chargestart", "chargestartdate", "periodstart", "startdate", "starttime", "servicestart", "servicestartdate", "intervalstart",
		"usageday", "date", "day", "datetime", "timestamp", "transactiondate", "billingdate", "postingdate", "invoicedate", "datum", "leistungsdatum", "rechnungsdatum", "fecha", "data", "time", "start", "from", "begin", "von", "beginn"},
	"ChargePeriodEnd":        {"chargeperiodend", "usageenddate", "lineitemusageenddate", "usageend", "usageendtime", "timeusageended", "chargeend", "chargeenddate", "periodend", "enddate", "endtime", "serviceend", "serviceenddate", "intervalend", "end", "to", "until", "bis", "ende"},
	"BillingPeriodStart":     {"billingperiodstart", "billingperiodstartdate", "billbillingperiodstartdate", "billingperiod", "billingmonth", "invoicemonth", "billperiod", "billmonth", "invoiceperiod", "usagemonth", "billingcycle", "month", "yearmonth", "monat", "abrechnungsmonat", "leistungsmonat", "mois", "mes", "mês", "mese", "maand", "period", "periode", "période", "abrechnungszeitraum", "zeitraum", "periodo", "período"},
	"BillingPeriodEnd":       {"billingperiodend", "billingperiodenddate", "billbillingperiodenddate"},
	"ChargeCategory":         {"chargecategory", "chargetype", "lineitemtype", "costtype", "transactiontype", "recordtype", "itemtype"},
	"ChargeDescription":      {"chargedescription", "lineitemdescription", "lineitemlineitemdescription", "itemdescription", "description", "productdescription", "details", "detail", "item", "lineitem", "memo", "text", "beschreibung", "bezeichnung", "désignation", "libellé", "descripción", "descrizione", "descrição", "omschrijving"},
	"ChargeFrequency":        {"chargefrequency", "frequency", "billingfrequency"},
	"ServiceName":            {"servicename", "service", "productname", "product", "lineitemproductcode", "productcode", "servicedescription", "metercategory", "consumedservice", "awsservice", "azureservice", "gcpservice", "application", "dienst", "produkt", "leistung", "produit", "servicio", "servizio", "prodotto", "serviço"},
	"ServiceCategory":        {"servicecategory", "servicetype", "servicefamily", "productfamily", "category", "productcategory", "servicegroup"},
	"ServiceSubcategory":     {"servicesubcategory", "subcategory"},
	"SkuId":                  {"skuid", "sku", "productsku", "partnumber", "meterid", "articlenumber", "itemcode", "skucode"},
	"SkuMeter":               {"skumeter", "meter", "metername", "usagetype", "lineitemusagetype", "skudescription", "skuname"},
	"SkuPriceId":             {"skupriceid", "priceid", "ratecode"},
	"ResourceId":             {"resourceid", "instanceid", "lineitemresourceid", "resourcearn", "arn", "resourceuri", "objectid", "vmid", "serverid", "resource"},
	"ResourceName":           {"resourcename", "instancename", "servername", "hostname", "vmname", "objectname", "resourcelabel"},
	"ResourceType":           {"resourcetype", "instancetype", "objecttype"},
	"RegionId":               {"regionid", "region", "productregion", "location", "resourcelocation", "awsregion", "datacenter", "datacentre", "regioncode", "locationregion"},
	"RegionName":             {"regionname", "regiondescription", "locationname"},
	"AvailabilityZone":       {"availabilityzone", "zone", "az"},
	"ConsumedQuantity":       {"consumedquantity", "usageamount", "lineitemusageamount", "usagequantity", "usage", "quantity", "qty", "consumption", "units", "menge", "anzahl", "quantité", "cantidad", "quantità", "quantidade", "computedquantity", "usedquantity", "hours"},
	"ConsumedUnit":           {"consumedunit", "usageunit", "unitofmeasure", "unit", "uom", "usageunits", "einheit", "unité", "unidad", "measure"},
	"PricingQuantity":        {"pricingquantity", "billedquantity", "pricingunits", "billablequantity"},
	"PricingUnit":            {"pricingunit", "priceunit", "billingunit"},
	"ListUnitPrice":          {"listunitprice", "listprice", "publicprice", "retailprice", "paygprice", "publicondemandrate"},
	"ContractedUnitPrice":    {"contractedunitprice", "unitprice", "unitcost", "rate", "price", "effectiveprice", "unitrate", "einzelpreis", "einzelpreisnetto", "prixunitaire", "prixunitaireht", "preciounitario", "preis"},
	"PricingCategory":        {"pricingcategory", "pricingmodel", "purchaseoption", "pricingterm"},
	"CommitmentDiscountId":   {"commitmentdiscountid", "reservationid", "reservationarn", "savingsplanarn", "savingsplanid", "benefitid", "commitmentid"},
	"CommitmentDiscountName": {"commitmentdiscountname", "reservationname", "benefitname", "savingsplanname"},
	"Tags":                   {"tags", "tag", "labels", "label", "resourcetags", "usertags", "systemlabels"},
}

// tagPrefixes begin the name of a column that holds the value of one tag; the rest is its key.
var tagPrefixes = []string{"tags/", "tag/", "tags:", "tag:", "tags.", "tag.", "tag_", "labels.", "label.", "label:", "labels/", "label_", "user:", "resourceTags/user:", "resourceTags/"}

// currencyCodes are codes that are looked for in names of columns and distinguished from other words
// of three letters: those that bills of clouds are written in.
var currencyCodes = map[string]bool{
	"AED": true, "ARS": true, "AUD": true, "BGN": true, "BRL": true, "CAD": true, "CHF": true, "CLP": true, "CNY": true, "COP": true, "CZK": true, "DKK": true, "EGP": true,
	"EUR": true, "GBP": true, "HKD": true, "HUF": true, "IDR": true, "ILS": true, "INR": true, "ISK": true, "JPY": true, "KES": true, "KRW": true, "MXN": true, "MYR": true,
	"NGN": true, "NOK": true, "NZD": true, "PEN": true, "PHP": true, "PKR": true, "PLN": true, "QAR": true, "RON": true, "RUB": true, "SAR": true, "SEK": true, "SGD": true,
	"THB": true, "TRY": true, "TWD": true, "UAH": true, "USD": true, "UYU": true, "VND": true, "ZAR": true,
}
