package azureexport

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
)

// valuesOf returns the allowed values of a column in the FOCUS specification.
func valuesOf(column string) []string {
	c, _ := finops.ColumnByName(column)
	return c.Values
}

// parents are the categories of the subcategories in the FOCUS specification.
var parents = map[string]string{
	"AI and Machine Learning":   "AI Platforms, Bots, Generative AI, Machine Learning, Natural Language Processing, ",
	"Analytics":                 "Analytics Platforms, Business Intelligence, Data Processing, Search, Streaming Analytics, ",
	"Business Applications":     "Productivity and Collaboration, ",
	"Compute":                   "Containers, End User Computing, Quantum Compute, Serverless Compute, Virtual Machines, ",
	"Databases":                 "Caching, Data Warehouses, Ledger Databases, NoSQL Databases, Relational Databases, Time Series Databases, ",
	"Developer Tools":           "Developer Platforms, Continuous Integration and Deployment, Development Environments, Source Code Management, Quality Assurance, ",
	"Identity":                  "Identity and Access Management, ",
	"Integration":               "API Management, Messaging, Workflow Orchestration, ",
	"Internet of Things":        "IoT Analytics, IoT Platforms, ",
	"Management and Governance": "Architecture, Compliance, Cost Management, Data Governance, Disaster Recovery, Endpoint Management, Observability, Support, ",
	"Media":                     "Content Creation, Gaming, Media Streaming, Mixed Reality, ",
	"Migration":                 "Data Migration, Resource Migration, ",
	"Multicloud":                "Multicloud Integration, ",
	"Networking":                "Application Networking, Content Delivery, Network Connectivity, Network Infrastructure, Network Routing, Network Security, ",
	"Security":                  "Secret Management, Security Posture Management, Threat Detection and Response, ",
	"Storage":                   "Backup Storage, Block Storage, File Storage, Object Storage, Storage Platforms, ",
	"Web":                       "Application Platforms, ",
}

func TestServices_SubcategoriesBelongToTheirCategories(t *testing.T) {
	for key, s := range serviceTable {
		if s.name != "" && s.subcategory != "Other ("+s.category+")" {
			assert.Contains(t, strings.Split(strings.TrimSuffix(parents[s.category], ", "), ", "), s.subcategory, key)
		}
	}
}

func TestServices_CategoriesAreThoseOfFOCUS(t *testing.T) {
	allowed, details := valuesOf("ServiceCategory"), valuesOf("ServiceSubcategory")
	require.Greater(t, len(serviceTable), 400)
	for key, s := range serviceTable {
		if s.name == "" {
			assert.NotEmpty(t, s.kind, key)
			continue
		}
		assert.Contains(t, allowed, s.category, key)
		assert.Contains(t, details, s.subcategory, key)
	}
	for family, category := range families {
		assert.Contains(t, allowed, category, family)
	}
}

func TestLookup_FromTheNearestType(t *testing.T) {
	for _, c := range []struct{ kind, provider, category, family, name, want, resource string }{
		{"microsoft.sql/servers/elasticpools", "Microsoft.Sql", "SQL Database", "Databases", "Azure SQL Database", "Databases", "SQL elastic pool"},
		{"microsoft.sql/servers/virtualclusters", "Microsoft.Sql", "SQL Database", "Databases", "Azure SQL Database", "Databases", ""},
		{"microsoft.capacity/reservationorders", "Microsoft.Capacity", "Redis Cache", "", "Azure Cache for Redis", "Databases", "Reservation order"},
		{"", "microsoft.keyvault", "Unheard", "", "Key Vault", "Security", ""},
		{"vendor.product/things", "Vendor.Product", "Vendor thing", "Networking", "Vendor thing", "Networking", ""},
		{"", "", "", "", "", "Other", ""},
		{"microsoft.compute/virtualmachines", "Microsoft.Security", "Microsoft Defender for Cloud", "Security", "Microsoft Defender for Cloud", "Security", "Virtual machine"},
		{"microsoft.operationalinsights/workspaces", "microsoft.operationalinsights", "Sentinel", "Security", "Microsoft Sentinel", "Security", "Log Analytics workspace"},
		{"microsoft.web/sites", "Microsoft.Web", "Functions", "Compute", "Azure Functions", "Compute", "App"},
		{"microsoft.web/sites", "Microsoft.Web", "Azure App Service", "Web", "Azure App Service", "Web", "App"},
		{"microsoft.recoveryservices/vaults", "Microsoft.RecoveryServices", "Azure Site Recovery", "", "Azure Site Recovery", "Management and Governance", "Recovery Services vault"},
		{"microsoft.cognitiveservices/accounts", "Microsoft.CognitiveServices", "Azure OpenAI", "", "Azure OpenAI", "AI and Machine Learning", "AI services account"},
		{"", "Microsoft.Capacity", "Unassigned", "", "Azure Reservations", "Other", ""},
		{"microsoft.resources/resourcegroups", "", "Widgets", "Storage", "Widgets", "Storage", "Resource group"},
	} {
		s := lookup(c.kind, c.provider, c.category, c.family)
		assert.Equal(t, []string{c.name, c.want, c.resource}, []string{s.name, s.category, s.kind}, c.kind)
	}
}

func TestReadRegion_Spellings(t *testing.T) {
	require.Greater(t, len(regionTable), 100)
	for text, id := range map[string]string{
		"US East 2": "eastus2", "EastUS2": "eastus2", "eastus2": "eastus2", "East US 2": "eastus2", "EU West": "westeurope", "UK South": "uksouth",
		"CA Central": "canadacentral", "AP Southeast": "southeastasia", "Unassigned": "", "": "", "Global": "", "global": "", "Not Applicable": "", "CN North 3": "chinanorth3", "US_East": "eastus", "IN West JIO": "jioindiawest", "US East 2 EUAP": "eastus2euap", "Moon Base": "moonbase", "Zone 1": "", "US DoD East": "usdodeast", "US East 3": "eastus3",
	} {
		assert.Equal(t, id, readRegion([]byte(text)).id, text)
	}
}

func TestReadUnit(t *testing.T) {
	for text, want := range map[string][3]string{
		"1 Hour": {"Hours", "Hours", "1"}, "10 Hours": {"Hours", "Hours", "1"}, "100 Hours": {"Hours", "Hours", "1"}, "10K": {"10000 Units", "Units", "10000"},
		"1M": {"1000000 Units", "Units", "1000000"}, "100": {"100 Units", "Units", "100"}, "1": {"Units", "Units", "1"}, "1/Month": {"Units/Month", "Units/Month", "1"},
		"1 /Month": {"Units/Month", "Units/Month", "1"}, "1 GB/Month": {"GB/Month", "GB/Month", "1"}, "1 GB": {"GB", "GB", "1"}, "1 GB Hour": {"GB-Hours", "GB-Hours", "1"},
		"10K Transactions": {"10000 Transactions", "Transactions", "10000"}, "1 Node": {"Nodes", "Nodes", "1"}, "0 Unassigned": {"0 Unassigned", "", "0"}, "": {"", "", "0"}, "Widgets": {"Widgets", "Widgets", "1"}, "Hours": {"Hours", "Hours", "1"}, "Unassigned": {"Unassigned", "", "0"},
		"10K/Month": {"10000 Units/Month", "Units/Month", "10000"}, "1M/Month": {"1000000 Units/Month", "Units/Month", "1000000"}, "1B": {"1000000000 Units", "Units", "1000000000"}, "10000s": {"10000 Units", "Units", "10000"},
		"1 Million": {"1000000 Units", "Units", "1000000"}, "1/3 Months": {"Units/3 Months", "Units/3 Months", "1"}, "1/Second": {"Units/Second", "Units/Second", "1"}, "1 1 Hour": {"Hours", "Hours", "1"},
		"1\u00a0GB/mes": {"GB/Month", "GB/Month", "1"}, "1 小时": {"Hours", "Hours", "1"}, "1 hora": {"Hours", "Hours", "1"}, "1 GB/月": {"GB/Month", "GB/Month", "1"}, "MB/month": {"MB/Month", "MB/Month", "1"},
		"100 Hourly Units": {"Units/Hour", "Units/Hour", "1"}, "1 Daily User": {"Users/Day", "Users/Day", "1"}, "1 Annual Domain": {"Domains/Year", "Domains/Year", "1"}, "100 GB": {"GB", "GB", "1"}, "200 minutes": {"Minutes", "Minutes", "1"},
		"10000 Transactions": {"10000 Transactions", "", "1"}, "1000 MAUs": {"Users/Month", "Users/Month", "1"}, "100 Core Hrs": {"Core Hours", "Core Hours", "1"}, "1 user": {"Users", "Users", "1"}, "1 Virtual Machine": {"Virtual Machines", "Virtual Machines", "1"},
	} {
		u := readUnit([]byte(text))
		assert.Equal(t, want, [3]string{u.pricing, u.consumed, u.block.String()}, text)
	}
}

func TestPriceDetails(t *testing.T) {
	for fields, want := range map[[5]string]string{
		{"Virtual Machines", "Virtual Machines BS Series Windows", "B2s", "Standard_B2s", "2"}: `{"CoreCount":2,"InstanceSeries":"BS","InstanceType":"Standard_B2s","OperatingSystem":"Windows"}`,
		{"Virtual Machines", "Dv3/DSv3 Series", "D2 v3/D2s v3", "", ""}:                        `{"InstanceSeries":"Dv3/DSv3"}`,
		{"Storage", "Premium SSD Managed Disks", "P10 LRS Disk", "", ""}:                       `{"DiskType":"SSD","Redundancy":"Local"}`,
		{"Storage", "Standard HDD Managed Disks", "S4 Disks", "", ""}:                          `{"DiskType":"HDD"}`,
		{"Storage", "Tiered Block Blob", "Hot RA-GRS Data Stored", "", ""}:                     `{"Redundancy":"Global","StorageClass":"Hot"}`,
		{"Storage", "Blob Storage", "Archive ZRS Data Retrieval", "", ""}:                      `{"Redundancy":"Zonal","StorageClass":"Archive"}`,
		{"Bandwidth", "Inter-Region", "Intra Continent Data Transfer Out", "", ""}:             "",
		{"Azure Kubernetes Service", "", "x", "Standard_D2s_v3", "2"}:                          `{"CoreCount":2,"InstanceType":"Standard_D2s_v3"}`,
	} {
		var key []byte
		for _, f := range fields {
			key = joinZero(key, []byte(f))
		}
		assert.Equal(t, want, priceDetails(key), fields)
	}
}

func TestReadTags(t *testing.T) {
	for text, want := range map[string]tagText{
		"":                            {},
		"{}":                          {},
		`""`:                          {},
		`"a": "b","c": "d"`:           {object: `{"a":"b","c":"d"}`},
		` "a": "b", `:                 {object: `{"a":"b"}`},
		`{"a":"1","A":"2","a":"3"}`:   {object: `{"a":"3","A":"2"}`},
		`{"a":{"b":1},"c":[1],"d":1}`: {object: `{"a":"{\"b\":1}","c":"[1]","d":1}`},
		`{"a":null,"b":true}`:         {object: `{"a":true,"b":true}`},
		`{"a<b":"x&y"}`:               {object: `{"a<b":"x&y"}`},
		`a=b`:                         {unread: "a=b"},
		`{"a":"b"} x`:                 {unread: `{"a":"b"} x`},
		`{"a":`:                       {unread: `{"a":`},
	} {
		assert.Equal(t, want, readTags([]byte(text)), text)
	}
}

func TestReadResource(t *testing.T) {
	for text, want := range map[string]resource{
		"": {},
		"/SUBSCRIPTIONS/1/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/Box":          {"/subscriptions/1/resourcegroups/r/providers/microsoft.keyvault/vaults/box", "Box", "microsoft.keyvault/vaults"},
		"subscriptions/1/resourceGroups/r/providers/Microsoft.Sql/servers/s/databases/d":     {"subscriptions/1/resourcegroups/r/providers/microsoft.sql/servers/s/databases/d", "d", "microsoft.sql/servers/databases"},
		"/subscriptions/1/providers/A.B/x/y/providers/Microsoft.Insights/diagnosticSettings": {"/subscriptions/1/providers/a.b/x/y/providers/microsoft.insights/diagnosticsettings", "diagnosticSettings", "microsoft.insights/diagnosticsettings"},
		"Just a name": {"just a name", "Just a name", ""}, "/": {}, "/subscriptions/1/resourceGroups/RG/": {"/subscriptions/1/resourcegroups/rg", "RG", "microsoft.resources/resourcegroups"},
		"/subscriptions/1/resourceGroups/RG/providers/Microsoft.Storage/storageAccounts/Acct/": {"/subscriptions/1/resourcegroups/rg/providers/microsoft.storage/storageaccounts/acct", "Acct", "microsoft.storage/storageaccounts"},
	} {
		assert.Equal(t, want, readResource([]byte(text)), text)
	}
}

// TestNumber_TimesIsExact compares with rational arithmetic.
func TestNumber_TimesIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,20})?`)
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		x, _ := new(big.Rat).SetString(a)
		y, _ := new(big.Rat).SetString(b)
		product := readNumber([]byte(a)).times(readNumber([]byte(b)))
		require.True(t, product.known)
		got, ok := new(big.Rat).SetString(product.amount.String())
		require.True(t, ok)
		require.Zero(t, got.Cmp(new(big.Rat).Mul(x, y)), "%s × %s = %s", a, b, product.amount)
	})
	assert.False(t, readNumber([]byte("1")).times(number{}).known)
	assert.False(t, readNumber([]byte("0,5")).known, "a comma may be a decimal comma")
	assert.False(t, readNumber(nil).known)
}

// FuzzTexts reads any text as each of the texts that the source takes apart.
func FuzzTexts(f *testing.F) {
	for _, seed := range []string{
		`"a": "b","c": {"d": [1]}`, `{"ServiceType":"Standard_B2s","VCPUs":"2","RINormalizationRatio":2.0}`, "10K", "1 GB/Month",
		"/subscriptions/1/providers/Microsoft.Sql/servers/s/databases/d", "US East 2", "Storage\x00Premium SSD\x00P10 LRS Disk\x00\x00\x00",
		`{"exportConfig":{"type":"ActualCost"},"runInfo":{"runId":"r"},"blobs":[{"blobName":"a/part_0.csv"}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		tags := readTags(text)
		require.True(t, tags.object == "" || json.Valid([]byte(tags.object)), "%q", tags.object)
		require.False(t, tags.object != "" && tags.unread != "")
		d := readDetails(text)
		require.True(t, d.cores == "" || d.instance != "")
		if u := readUnit(text); u.consumed != "" {
			require.Positive(t, u.block.Sign())
		}
		require.LessOrEqual(t, len(readResource(text).id), len(text))
		readRegion(text)
		if sku := priceDetails(append(append([]byte(nil), text...), 0, 0, 0, 0)); sku != "" {
			require.True(t, json.Valid([]byte(sku)), "%q", sku)
		}
		if r, ok := readRun(text); ok {
			require.True(t, r.lists(r.blobs[0].name))
			sizes := map[string]int64{}
			for _, b := range r.blobs {
				sizes[b.name] = max(sizes[b.name], b.bytes)
			}
			require.Empty(t, r.faultOf(sizes))
		}
	})
}
