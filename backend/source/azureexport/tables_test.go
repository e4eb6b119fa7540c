package azureexport

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The allowed values of ServiceCategory and ServiceSubcategory in the FOCUS specification.
const (
	categoryValues = "AI and Machine Learning, Analytics, Business Applications, Compute, Databases, Developer Tools, Multicloud, Identity, Integration, Internet of Things, " +
		"Management and Governance, Media, Migration, Mobile, Networking, Security, Storage, Web, Other, "
	subcategoryValues = "AI Platforms, API Management, Analytics Platforms, Application Networking, Application Platforms, Architecture, Backup Storage, Block Storage, Bots, " +
		"Business Intelligence, Caching, Compliance, Containers, Content Creation, Content Delivery, Continuous Integration and Deployment, Cost Management, " +
		"Data Governance, Data Migration, Data Processing, Data Warehouses, Developer Platforms, Development Environments, Disaster Recovery, " +
		"End User Computing, Endpoint Management, File Storage, Gaming, Generative AI, Identity and Access Management, IoT Analytics, IoT Platforms, " +
		"Ledger Databases, Machine Learning, Media Streaming, Messaging, Mixed Reality, Multicloud Integration, Natural Language Processing, " +
		"Network Connectivity, Network Infrastructure, Network Routing, Network Security, NoSQL Databases, Object Storage, Observability, " +
		"Other (AI and Machine Learning), Other (Analytics), Other (Business Applications), Other (Compute), Other (Databases), Other (Developer Tools), " +
		"Other (Identity), Other (Integration), Other (Internet of Things), Other (Management and Governance), Other (Media), Other (Migration), Other (Mobile), " +
		"Other (Multicloud), Other (Networking), Other (Other), Other (Security), Other (Storage), Other (Web), Productivity and Collaboration, " +
		"Quality Assurance, Quantum Compute, Relational Databases, Resource Migration, Search, Secret Management, Security Posture Management, " +
		"Serverless Compute, Source Code Management, Storage Platforms, Streaming Analytics, Support, Threat Detection and Response, Time Series Databases, " +
		"Virtual Machines, Workflow Orchestration, "
)

func valuesOf(list string) []string { return strings.Split(strings.TrimSuffix(list, ", "), ", ") }

func TestServices_CategoriesAreThoseOfFOCUS(t *testing.T) {
	allowed, details := valuesOf(categoryValues), valuesOf(subcategoryValues)
	require.Greater(t, len(serviceTable), 150)
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
		{"microsoft.sql/servers/jobagents", "Microsoft.Sql", "SQL Database", "Databases", "Azure SQL Database", "Databases", ""},
		{"microsoft.capacity/reservationorders", "Microsoft.Capacity", "Redis Cache", "", "Azure Cache for Redis", "Databases", "Reservation order"},
		{"", "microsoft.keyvault", "Unheard", "", "Key Vault", "Security", ""},
		{"vendor.product/things", "Vendor.Product", "Vendor thing", "Networking", "Vendor thing", "Networking", ""},
		{"", "", "", "", "", "Other", ""},
	} {
		s := lookup(c.kind, c.provider, c.category, c.family)
		assert.Equal(t, []string{c.name, c.want, c.resource}, []string{s.name, s.category, s.kind}, c.kind)
	}
}

func TestReadRegion_Spellings(t *testing.T) {
	require.Greater(t, len(regionTable), 100)
	for text, id := range map[string]string{
		"US East 2": "eastus2", "EastUS2": "eastus2", "eastus2": "eastus2", "East US 2": "eastus2", "EU West": "westeurope", "UK South": "uksouth",
		"CA Central": "canadacentral", "AP Southeast": "southeastasia", "Unassigned": "", "": "", "Global": "global", "Moon Base": "moonbase",
	} {
		assert.Equal(t, id, readRegion([]byte(text)).id, text)
	}
}

func TestReadUnit(t *testing.T) {
	for text, want := range map[string][3]string{
		"1 Hour": {"Hours", "Hours", "1"}, "10 Hours": {"Hours", "Hours", "1"}, "100 Hours": {"Hours", "Hours", "1"}, "10K": {"10000 Units", "Units", "10000"},
		"1M": {"1000000 Units", "Units", "1000000"}, "100": {"100 Units", "Units", "100"}, "1": {"Units", "Units", "1"}, "1/Month": {"Units/Month", "Units/Month", "1"},
		"1 /Month": {"Units/Month", "Units/Month", "1"}, "1 GB/Month": {"GB/Month", "GB/Month", "1"}, "1 GB": {"GB", "GB", "1"}, "1 GB Hour": {"GB-Hours", "GB-Hours", "1"},
		"10K Transactions": {"10000 Transactions", "Transactions", "10000"}, "1 Node": {"Nodes", "Nodes", "1"}, "0 Unassigned": {"0 Unassigned", "", "0"}, "": {"", "", "0"}, "Widgets": {"Widgets", "", "0"},
	} {
		u := readUnit([]byte(text))
		assert.Equal(t, want, [3]string{u.pricing, u.consumed, u.block.String()}, text)
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
		`{"a":null,"b":true}`:         {object: `{"a":null,"b":true}`},
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
		"just a name": {"just a name", "", ""},
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
