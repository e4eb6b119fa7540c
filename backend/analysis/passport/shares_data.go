package passport

// shareRule is a share with its thresholds, in parts of 10,000: from good on it is enough,
// below low it is a problem, between them a gap.
type shareRule struct {
	code, column string
	traits       Trait // any of these
	usageOnly    bool
	good, low    int
	noun         string // "names its resource": follows the share in the sentence
	meaning      string // what a gap means for later analyses
	action       string
}

// shareRules are the shares of a passport. docs/data-quality.md gives the reasons for the
// thresholds. low 0: never a problem, since no analysis depends on it.
var shareRules = []shareRule{
	{
		"resource_id", "ResourceId", HasResource, true, 8000, 3000, "names its resource",
		"Waste cannot be found, and unit costs cannot be calculated, for cost that names no resource.",
		"Switch resource ids on in the export at the provider and export the months again.",
	},
	{
		"tags", "Tags", HasTags, true, 8000, 2000, "carries at least one tag",
		"Cost without tags cannot be allocated by tag, and counts as not compliant in a tag report.",
		"Check that tags are activated for billing at the provider, then tag what has none.",
	},
	{
		"list_cost", "ListCost", HasList, true, 9500, 5000, "has a list cost",
		"Savings against list price and from commitments can be calculated only for cost with a list cost.",
		"Choose an export with list or public on-demand prices.",
	},
	{
		"list_unit_price", "ListUnitPrice", HasListPrice, true, 9000, 0, "has a list unit price",
		"Prices cannot be compared unit by unit where the list unit price is missing.",
		"Choose an export with unit prices.",
	},
	{
		"contracted_cost", "ContractedCost", HasContracted, true, 9500, 5000, "has a contracted cost",
		"Negotiated discounts and commitment savings cannot be separated where the contracted cost is missing.",
		"Choose an export with negotiated prices, and check that the exporting account may see them.",
	},
	{
		"contracted_unit_price", "ContractedUnitPrice", HasContractedPrice, true, 9000, 0, "has a contracted unit price",
		"A negotiated price list cannot be checked where the contracted unit price is missing.",
		"Choose an export with unit prices.",
	},
	{
		"effective_cost", "EffectiveCost", HasEffective, false, 9900, 9000, "has an effective cost",
		"Prepaid commitments show in the month in which they were paid, not where they were used.",
		"Choose an export with amortized or effective cost.",
	},
	{
		"sku_id", "SkuId", HasSKU, true, 9000, 5000, "names its SKU",
		"Cost without a SKU cannot be matched with prices of another region or provider, which migration planning needs.",
		"Choose the detailed export of the provider.",
	},
	{
		"region_id", "RegionId", HasRegion, true, 8000, 0, "names its region",
		"Cost by region, and prices for a migration, are incomplete. Global services have no region by nature.",
		"Nothing has to be done where the services are global; otherwise choose the detailed export.",
	},
	{
		"sub_account_id", "SubAccountId", HasSubAccount, false, 9500, 5000, "names its account below the billing account",
		"Cost without an account cannot be allocated by account, subscription or project.",
		"Export at the level of the organisation, with the accounts of the lines.",
	},
	{
		"invoice_id", "InvoiceId", HasInvoice, false, 9500, 0, "names its invoice",
		"Cost can be compared with invoices only by month and account, not invoice by invoice.",
		"Choose an export with invoice numbers (FOCUS 1.2 or newer), and import a month again when its invoice has been issued.",
	},
	{ // no threshold: how much is covered is no question of quality, whether anything is named may be one
		"commitment_id", "CommitmentDiscountId", HasCommitment, true, 0, 0, "names the commitment that covers it",
		"Either there are no commitments, or the export leaves them out; coverage and use of commitments cannot be shown.",
		"Where reservations or savings plans exist, choose an export with their columns.",
	},
	{
		"services", "ServiceName, ServiceCategory", Mapped, true, 9800, 8000, "has a service and a category other than Other",
		"Cost that falls under Other hides in every view by service or category.",
		"Look at the services below and map them, or choose an export that names them.",
	},
}
