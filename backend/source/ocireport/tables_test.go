package ocireport

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
	for key, s := range services {
		assert.Contains(t, allowed, s.category, key)
		assert.NotEmpty(t, s.name, key)
		assert.Contains(t, details, s.subcategory, key)
	}
}

func TestSchema_SecondColumnOfATag(t *testing.T) {
	names := []string{"lineItem/tenantId", "lineItem/intervalUsageStart", "product/service", "cost/myCost", "tags/a", "tags/a_2"}
	raw := []string{"lineItem/tenantId", "lineItem/intervalUsageStart", "product/service", "cost/myCost", "tags/a", "tags/a"}
	s, ok := newSchema(names, raw)
	require.True(t, ok)
	require.Len(t, s.tags, 1)
	assert.Equal(t, "tags/a_2", s.columns[len(s.columns)-1].Name)
}

// TestSchema_NamesOfTags covers names as people gave them: with backslashes, quotes, dots
// and blanks.
func TestSchema_NamesOfTags(t *testing.T) {
	for column, key := range map[string]string{`tags/team.a\b`: `"team.a\\b"`, `tags/say "hi"`: `"say \"hi\""`, "tags/Oracle-Tags.CreatedBy": `"oci:Oracle-Tags.CreatedBy"`, "tags/free form": `"free form"`} {
		names := []string{"lineItem/tenantId", "lineItem/intervalUsageStart", "product/service", "cost/myCost", column}
		s, ok := newSchema(names, names)
		require.True(t, ok)
		require.Len(t, s.tags, 1)
		assert.Equal(t, key, string(s.tags[0].key))
	}
}
