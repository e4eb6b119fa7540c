package demo

import "strings"

var (
	azureVM      = service{"Virtual Machines", "Compute", "Virtual Machines"}
	azureStorage = service{"Storage Accounts", "Storage", "Object Storage"}
	azureDisk    = service{"Managed Disks", "Storage", "Block Storage"}
	azureNetwork = service{"Virtual Network", "Networking", "Network Infrastructure"}
	azureSQL     = service{"Azure SQL Database", "Databases", "Relational Databases"}
	azureMonitor = service{"Azure Monitor", "Management and Governance", "Observability"}
	bandwidth    = service{"Bandwidth", "Networking", "Network Connectivity"}
	azureSupport = service{"Azure Support", "Management and Governance", "Support"}
)

// azureInstance is a machine of a series such as "Dsv5".
func azureInstance(series, kind, cores, price, daily string) []sku {
	return []sku{{
		family: series[:len(series)-2] + "_" + series[len(series)-2:],
		meter:  strings.ReplaceAll(kind, "_", " "), price: price, unit: "1 Hour", consumedUnit: "Hours", daily: daily, subcategory: series + " Series",
		details: `{"InstanceType":"Standard_` + kind + `","CoreCount":` + cores + `}`,
	}}
}

func azureID(kind string) string {
	return "/subscriptions/{a}/resourceGroups/{g}/providers/" + kind + "/{n}"
}

var (
	usOrEurope = []string{"eastus2", "eastus2", "westeurope"}
	germany    = []string{"germanywestcentral", "westeurope"}
)

var azureTemplates = []template{
	{name: "vm-erp", provider: azure, service: azureVM, kind: "Virtual machine", idPattern: azureID("Microsoft.Compute/virtualMachines"),
		label: "app", accounts: []int{erpProd}, regions: usOrEurope, zonal: true, weight: 4, floor: 1, cover: coverAzure,
		apps: []string{"erp", "ledger"}, life: churns,
		variants: [][]sku{
			azureInstance("Dsv5", "D4s_v5", "4", "0.192000", "24.000000"),
			azureInstance("Esv5", "E8s_v5", "8", "0.504000", "24.000000")}},
	{name: "vm-shop-de", provider: azure, service: azureVM, kind: "Virtual machine", idPattern: azureID("Microsoft.Compute/virtualMachines"),
		label: "shop", accounts: []int{shopDEProd}, regions: germany, zonal: true, weight: 4, floor: 1, life: churns,
		apps: []string{"shop-de", "versand"},
		variants: [][]sku{
			azureInstance("Dsv5", "D8s_v5", "8", "0.384000", "24.000000"),
			azureInstance("Dasv5", "D4as_v5", "4", "0.172000", "24.000000")}},
	{name: "vm-nonprod-always-on", waste: []waste{alwaysOn("X-08")}, provider: azure, service: azureVM, kind: "Virtual machine",
		idPattern: azureID("Microsoft.Compute/virtualMachines"), label: "test", accounts: []int{erpTest, shopDEDev},
		regions: []string{"eastus2", "germanywestcentral"}, weight: 4, floor: 1, apps: []string{"erp", "shop-de"}, life: churns,
		variants: [][]sku{
			azureInstance("Dsv5", "D8s_v5", "8", "0.384000", "24.000000"),
			azureInstance("Esv5", "E8s_v5", "8", "0.504000", "24.000000")}},
	{name: "disk", provider: azure, service: azureDisk, kind: "Disk", idPattern: azureID("Microsoft.Compute/disks"), label: "_OsDisk",
		accounts: []int{erpProd, shopDEProd, erpTest}, regions: []string{"eastus2", "germanywestcentral", "eastus2"}, weight: 3, floor: 1,
		apps: []string{"erp", "shop-de"}, of: []string{"vm-erp", "vm-shop-de", "vm-nonprod-always-on"},
		variants: [][]sku{
			{{meter: "P30 LRS Disk", category: "Storage", subcategory: "Premium SSD Managed Disks", price: "135.170000",
				unit: "1/Month", consumedUnit: "Units", monthly: "1.000000"}},
			{{meter: "E20 LRS Disk", category: "Storage", subcategory: "Standard SSD Managed Disks", price: "38.400000",
				unit: "1/Month", consumedUnit: "Units", monthly: "1.000000"}}}},
	{name: "disk-unattached", waste: []waste{{rule: "Z-DSK-01", candidate: true, when: olderThan(12)}}, provider: azure, service: azureDisk, kind: "Disk", idPattern: azureID("Microsoft.Compute/disks"),
		label: "unattached", accounts: []int{shopDEDev, erpTest}, regions: []string{"germanywestcentral", "eastus2"}, weight: 2,
		apps: []string{"shop-de"}, life: gathers,
		variants: [][]sku{{{meter: "P20 LRS Disk", category: "Storage", subcategory: "Premium SSD Managed Disks",
			price: "73.220000", unit: "1/Month", consumedUnit: "Units", monthly: "1.000000"}}}},
	{name: "blob", provider: azure, service: azureStorage, kind: "Storage account",
		idPattern: azureID("Microsoft.Storage/storageAccounts"), label: "blob", accounts: []int{shopDEProd, erpProd, workplace},
		regions: []string{"germanywestcentral", "eastus2", "westeurope"}, weight: 4, floor: 1, sized: true, apps: []string{"shop-de", "archive"},
		variants: one(sku{meter: "Hot LRS Data Stored", category: "Storage", subcategory: "Tiered Block Blob",
			price: "0.020800", unit: "1 GB/Month", consumedUnit: "GB-Months", monthly: "8000.000000", monthlyGainPermille: 15}, sku{meter: "Hot Write Operations", category: "Storage", subcategory: "Tiered Block Blob", price: "0.054000", unit: "10K",
			perUnit: 10_000, consumedUnit: "Operations", daily: "21.600000", weekend: 850, noise: 90, grows: true})},
	{name: "azure-sql", waste: []waste{{rule: "Z-SQL-06", review: true, when: olderThan(90)}, {rule: "Z-SQL-07", review: true, candidate: true, whole: true, when: atLeast(5)}}, provider: azure, service: azureSQL, kind: "SQL database",
		idPattern: azureID("Microsoft.Sql/servers/hp-sql/databases"), label: "sqldb", accounts: []int{erpProd, shopDEProd},
		regions: []string{"eastus2", "germanywestcentral"}, weight: 3, floor: 1, apps: []string{"erp", "shop-de"}, life: churns,
		variants: one(sku{meter: "vCore", category: "SQL Database", subcategory: "Single/Elastic Pool General Purpose - Compute Gen5",
			price: "0.252500", unit: "1 Hour", consumedUnit: "vCore-Hours", daily: "96.000000", details: `{"CoreCount":4}`})},
	{name: "app-service", waste: []waste{{rule: "Z-ASP-01", candidate: true}}, provider: azure, service: service{"Azure App Service", "Compute", "Application Platforms"}, kind: "App Service plan",
		idPattern: azureID("Microsoft.Web/serverfarms"), label: "plan", accounts: []int{shopDEProd, workplace, shopDEDev},
		regions: []string{"germanywestcentral", "westeurope", "germanywestcentral"}, weight: 4, floor: 1, apps: []string{"shop-de", "intranet"},
		variants: one(sku{meter: "P1 v3 App", subcategory: "Premium v3 Plan",
			price: "0.167000", unit: "1 Hour", consumedUnit: "Hours", daily: "48.000000", weekend: 760, noise: 40, grows: true})},
	{name: "aks", provider: azure, service: service{"Azure Kubernetes Service", "Compute", "Containers"}, kind: "Kubernetes service",
		idPattern: azureID("Microsoft.ContainerService/managedClusters"), label: "aks", accounts: []int{shopDEProd},
		regions: []string{"germanywestcentral"}, floor: 1, apps: []string{"shop-de"},
		variants: one(sku{meter: "Standard Uptime SLA", price: "0.100000", unit: "1 Hour", consumedUnit: "Hours", daily: "24.000000"})},
	{name: "azure-ip-idle", waste: []waste{{rule: "Z-NET-01", candidate: true}}, provider: azure, service: azureNetwork, kind: "Public IP address",
		idPattern: azureID("Microsoft.Network/publicIPAddresses"), label: "pip-unassociated", accounts: []int{shopDEDev, erpTest},
		regions: []string{"germanywestcentral", "eastus2"}, weight: 2, floor: 1, life: gathers,
		variants: one(sku{meter: "Standard IPv4 Static Public IP", subcategory: "IP Addresses", price: "0.005000", unit: "1 Hour", consumedUnit: "Hours", daily: "24.000000"})},
	{name: "app-gateway", provider: azure, service: service{"Application Gateway", "Networking", "Application Networking"},
		kind: "Application gateway", idPattern: azureID("Microsoft.Network/applicationGateways"), label: "agw", accounts: []int{shopDEProd},
		regions: []string{"germanywestcentral"}, floor: 1, weight: 1, apps: []string{"shop-de"},
		variants: one(sku{meter: "Standard Capacity Units", subcategory: "Standard v2", price: "0.014400", unit: "1/Hour", consumedUnit: "Units", daily: "310.250000", weekend: 840,
			noise: 70, grows: true})},
	{name: "bandwidth", provider: azure, service: bandwidth, kind: "Virtual network",
		idPattern: azureID("Microsoft.Network/virtualNetworks"), label: "vnet", accounts: []int{shopDEProd, erpProd},
		regions: []string{"germanywestcentral", "eastus2"}, weight: 1, floor: 1, sized: true, apps: []string{"network"},
		variants: one(sku{meter: "Standard Data Transfer Out", subcategory: "Rtn Preference: MGN",
			price: "0.087000", unit: "1 GB", consumedUnit: "GB", daily: "84.372910", weekend: 900, noise: 120, grows: true})},
	{name: "log-analytics", provider: azure, service: azureMonitor,
		kind: "Log Analytics workspace", idPattern: azureID("Microsoft.OperationalInsights/workspaces"), label: "logs",
		accounts: []int{workplace, shopDEProd}, regions: []string{"westeurope", "germanywestcentral"}, weight: 2, floor: 1, sized: true,
		apps: []string{"platform"},
		variants: one(sku{meter: "Analytics Logs Data Ingestion", subcategory: "Azure Monitor",
			price: "2.300000", unit: "1 GB", consumedUnit: "GB", daily: "3.942600", weekend: 700, noise: 100, grows: true})},
	{name: "openai", provider: azure, service: service{"Azure OpenAI Service", "AI and Machine Learning", "Generative AI"}, kind: "Azure OpenAI",
		idPattern: azureID("Microsoft.CognitiveServices/accounts"), label: "assistant", accounts: []int{workplace, shopDEProd},
		regions: []string{"westeurope", "germanywestcentral"}, weight: 2, floor: 1, cadence: workdays, sized: true,
		apps: []string{"product-texts", "service-desk"},
		variants: one(sku{meter: "gpt 4o Inp regnl Tokens", category: "Cognitive Services", subcategory: "Azure OpenAI",
			price: "2.750000", unit: "1M Tokens", perUnit: 1_000_000, consumedUnit: "Tokens", daily: "6.730000", noise: 200, grows: true,
			monthlyGainPermille: 40})},
	{name: "key-vault", provider: azure, service: service{"Key Vault", "Security", "Secret Management"}, kind: "Key vault",
		idPattern: azureID("Microsoft.KeyVault/vaults"), label: "kv", accounts: []int{erpProd, shopDEProd},
		regions: []string{"eastus2", "germanywestcentral"}, floor: 2, cadence: monthly, apps: []string{"security"},
		variants: one(sku{meter: "Operations", price: "0.030000", unit: "10K",
			perUnit: 10_000, consumedUnit: "Operations", daily: "412.500000", noise: 90, grows: true})},
	{name: "support", provider: azure, service: azureSupport, kind: "Support plan", idPattern: azureID("Microsoft.Support/supportPlans"),
		label: "professional-direct", accounts: []int{erpProd}, regions: []string{"global"}, floor: 1, cadence: monthly,
		category: "Purchase", frequency: "Recurring", apps: []string{"platform"},
		variants: one(sku{meter: "Professional Direct",
			price: "1000.000000", unit: "1/Month", consumedUnit: "Units", daily: "1"})},
}
