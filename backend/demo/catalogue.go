package demo

// provider is one of the three clouds of the demo client.
type provider int

const (
	aws provider = iota
	azure
	gcp
	providerCount
)

// providerFacts are what every line of a provider carries, and how its exports print amounts.
type providerFacts struct {
	folder, name, publisher, issuer string
	subAccountKind                  string
	lagDays                         int
	discount                        [2]int64
}

// providers: discount is the negotiated share of the list price in per-mille, for USD and for EUR.
var providers = [providerCount]providerFacts{
	aws: {folder: "aws", name: "AWS", publisher: "AWS", issuer: "AWS",
		subAccountKind: "Account", discount: [2]int64{960, 1000}},
	azure: {folder: "azure", name: "Microsoft", publisher: "Microsoft", issuer: "Microsoft",
		subAccountKind: "Subscription", lagDays: 2, discount: [2]int64{950, 1000}},
	gcp: {folder: "gcp", name: "Google Cloud", publisher: "Google Cloud", issuer: "Google Cloud",
		subAccountKind: "Project", discount: [2]int64{970, 1000}},
}

// billing is one billing account. taxPermyriad is the tax in 1/10,000 of the billed cost.
type billing struct {
	provider       provider
	id, name, kind string
	currency       string
	taxPermyriad   int64
	taxName        string
	invoicePrefix  string
}

const (
	billAWS = iota
	billAzureUS
	billAzureDE
	billGCP
	billGCPBooks
	billCount
)

var billings = []billing{
	billAWS: {provider: aws, id: "418273645501", name: "Harbour & Pine", kind: "Payer Account", currency: "USD",
		taxPermyriad: 625, taxName: "US sales tax", invoicePrefix: "EUINUS26-"},
	billAzureUS: {provider: azure, id: "71904356", name: "Harbour & Pine US", kind: "Billing Account", currency: "USD",
		taxPermyriad: 625, taxName: "US sales tax", invoicePrefix: "E0800"},
	billAzureDE: {provider: azure, id: "80216647", name: "Harbour & Pine GmbH", kind: "Billing Account",
		currency: "EUR", taxPermyriad: 1900, taxName: "Umsatzsteuer 19 %", invoicePrefix: "E0900"},
	billGCP: {provider: gcp, id: "01C4A7-5E2B90-D3F816", name: "Harbour & Pine Data", kind: "Billing Account",
		currency: "USD", taxPermyriad: 625, taxName: "US sales tax", invoicePrefix: "53007"},
	billGCPBooks: {provider: gcp, id: "01F7B2-8C40D1-6E95A3", name: "Bookshop Online", kind: "Billing Account",
		currency: "USD", taxPermyriad: 625, taxName: "US sales tax", invoicePrefix: "53042"},
}

// account is a sub account: an AWS account, an Azure subscription or a Google Cloud project.
type account struct {
	billing    int
	id, name   string
	env        string
	costCenter string
	team       string
}

const (
	retailProd = iota
	retailStaging
	retailDev
	logisticsProd
	lakeProd
	awsShared
	erpProd
	erpTest
	workplace
	shopDEProd
	shopDEDev
	dataProd
	dataDev
	ordersProd
	bookshop
	bookshopWeb
)

var accounts = []account{
	retailProd:    {billAWS, "501946207713", "hp-retail-prod", "production", "CC-4100", "storefront"},
	retailStaging: {billAWS, "622715903348", "hp-retail-staging", "staging", "CC-4100", "storefront"},
	retailDev:     {billAWS, "730184265590", "hp-retail-dev", "development", "CC-4110", "storefront"},
	logisticsProd: {billAWS, "841530679926", "hp-logistics-prod", "production", "CC-4200", "logistics"},
	lakeProd:      {billAWS, "915527340868", "hp-data-lake", "production", "CC-4300", "data"},
	awsShared:     {billAWS, "268340915577", "hp-shared-services", "shared", "CC-4900", "platform"},
	erpProd: {billAzureUS, "6d2f4c1a-93b7-4e58-8a10-2c7e5b904f31", "hp-erp-prod", "production", "CC-5100",
		"finance-it"},
	erpTest: {billAzureUS, "b81e0a57-4c6d-42f9-9e33-71d0a8c25b64", "hp-erp-test", "test", "CC-5100", "finance-it"},
	workplace: {billAzureUS, "2a95d7e3-08f4-4b1c-a6d2-e43f91b7c058", "hp-workplace", "shared", "CC-5900",
		"workplace"},
	shopDEProd: {billAzureDE, "f04b6e92-7d15-4a83-b7c9-58a2e61d3f07", "hp-shop-de-prod", "production", "CC-7100",
		"shop-de"},
	shopDEDev: {billAzureDE, "93c7a1d8-5e20-4f6b-8d41-0b9f72e4c6a5", "hp-shop-de-dev", "development", "CC-7110",
		"shop-de"},
	dataProd:   {billGCP, "hp-data-prod-318204", "hp-data-prod", "production", "CC-4300", "data"},
	dataDev:    {billGCP, "hp-data-dev-318377", "hp-data-dev", "development", "CC-4300", "data"},
	ordersProd: {billGCP, "hp-orders-prod-402915", "hp-orders-prod", "production", "CC-4200", "orders"},
	bookshop:   {billAWS, "374920158466", "hp-bookshop-closed", "production", "CC-4100", "storefront"},
	// The online shop of the bookshop was bought with its own billing account, whose machines are billed by core and memory.
	bookshopWeb: {billGCPBooks, "bookshop-web-270615", "bookshop-web", "production", "CC-4100", "storefront"},
}

// region has the price level of the provider's cheapest regions as 1000 per-mille. zoneStyle is the text between
// the region id and the zone letter or number.
type region struct {
	id, name  string
	permille  int64
	zoneStyle string
	zones     string
}

var regions = map[string]region{
	"us-east-1":          {"us-east-1", "US East (N. Virginia)", 1000, "", "abcd"},
	"us-west-2":          {"us-west-2", "US West (Oregon)", 1000, "", "abc"},
	"eu-west-1":          {"eu-west-1", "Europe (Ireland)", 1100, "", "abc"},
	"eu-central-1":       {"eu-central-1", "Europe (Frankfurt)", 1180, "", "abc"},
	"global":             {"global", "Global", 1000, "", ""},
	"eastus2":            {"eastus2", "East US 2", 1000, "-", "123"},
	"westeurope":         {"westeurope", "West Europe", 1200, "-", "123"},
	"germanywestcentral": {"germanywestcentral", "Germany West Central", 1190, "-", "123"},
	"us-central1":        {"us-central1", "Iowa", 1000, "-", "abcf"},
	"europe-west1":       {"europe-west1", "Belgium", 1100, "-", "bcd"},
	"europe-west3":       {"europe-west3", "Frankfurt", 1290, "-", "abc"},
}

// service is a product of a provider as FOCUS names it.
type service struct {
	name, category, subcategory string
}

// sku is one metered thing of a resource. price and daily keep their decimals: together they are the scale of the
// written costs (AWS up to 10 decimals, Google Cloud up to 6). perUnit is how many consumed units one pricing unit
// holds. weekend and noise are per-mille; grows follows the business: its trend and the retail season.
type sku struct {
	meter               string
	usageType           string // AWS only, as operation
	operation           string
	category            string // of the meter, Azure only, as subcategory; "" = the name of the service
	subcategory         string
	labels              string // system labels, Google Cloud only
	price, unit         string
	repriced            bool // the SKU had another price before
	perUnit             int64
	consumedUnit        string
	daily               string // quantity of a day
	monthly             string // in place of daily: of a month, in equal parts for its days
	weekend, noise      int64
	grows               bool
	monthlyGainPermille int64 // forgotten data only ever gets more
	details             string
	family              string // of a machine: what one commitment can cover; "" = it is none
	waste               []waste
}

// lifeKind says when the resources of a template exist.
type lifeKind int

const (
	stays   lifeKind = iota // the whole horizon
	churns                  // some are created late, some deleted early
	leaves                  // moved away from AWS in spring
	arrives                 // moved to Google Cloud in spring
	gathers                 // created over time and never deleted
	recent                  // made some days before the last one
)

// cadence says on which days a resource is billed.
type cadence int

const (
	daily cadence = iota
	workdays
	monthly
)

// storyKind marks the templates that have an unusual week.
type storyKind int

const (
	noStory storyKind = iota
	fullScans
	natSpike
)

// template is a kind of resource of the client. weight is its share of a growing fleet, floor the number that the
// smallest fleet has. {r} region, {a} sub account, {n} name, {g} resource group, {xN} N hex digits in idPattern.
type template struct {
	name                string
	provider            provider
	service             service
	kind                string
	idPattern, label    string
	accounts            []int
	regions             []string
	zonal, sized, spot  bool
	hourly              bool // the first SKU has lines of hours in the last months
	weight, floor       int
	variants            [][]sku
	life                lifeKind
	born, gone          int    // recent: how many days before the last one it was made, and from which on it was gone
	every               int    // recent: each next one was made and gone so many days earlier
	tagged              string // tags as JSON; "" = as people tag
	cadence             cadence
	cover               int // index of the commitment that may cover it, plus one
	story               storyKind
	apps                []string
	of                  []string // templates of machines: each resource is a part of one, in their turn
	publisher           string
	category, frequency string // "" is Usage, Usage-Based
	waste               []waste
	fixed               string // the check that found it before it was gone
}

func one(skus ...sku) [][]sku { return [][]sku{skus} }

// templates are the fleet, which every client has.
var templates = [providerCount][]template{aws: awsTemplates, azure: azureTemplates, gcp: gcpTemplates}

// plants are what the client wastes beside, one of each.
var plants = [providerCount][]template{aws: awsPlants, azure: azurePlants, gcp: gcpPlants}
