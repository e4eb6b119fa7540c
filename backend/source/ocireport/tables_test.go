package ocireport

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// valuesOf returns the allowed values of a column in the FOCUS specification.
func valuesOf(column string) []string {
	c, _ := finops.ColumnByName(column)
	return c.Values
}

func TestServices_CategoriesAreThoseOfFOCUS(t *testing.T) {
	allowed, details := valuesOf("ServiceCategory"), valuesOf("ServiceSubcategory")
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

func TestServiceOf(t *testing.T) {
	for name, want := range map[string]service{
		"COMPUTE":             {"Compute", "Compute", "Virtual Machines"},
		"Object Storage":      {"Object Storage", "Storage", "Object Storage"},
		"BIG_DATA_SERVICE":    {"Big Data Service", "Analytics", "Analytics Platforms"},
		"Block Volumes":       {"Block Volume", "Storage", "Block Storage"},
		"Kubernetes Engine":   {"Kubernetes Engine", "Compute", "Containers"},
		"API Gateway":         {"API Gateway", "Integration", "API Management"},
		"CLOUDGUARD":          {"Cloud Guard", "Security", "Security Posture Management"},
		"integration_service": {"Oracle Integration", "Integration", "Workflow Orchestration"},
		"NEVER_HEARD_OF":      {"NEVER_HEARD_OF", "Other", "Other (Other)"},
		"Cloud":               {"Cloud", "Other", "Other (Other)"},
	} {
		assert.Equal(t, want, serviceOf(name), name)
	}
}

// TestServices_OneSpellingEach keeps the shortened spellings apart: the order of a map must
// not decide what a service is.
func TestServices_OneSpellingEach(t *testing.T) {
	seen := map[string]service{}
	for key, s := range services {
		for _, name := range []string{key, s.name} {
			folded := foldService(name)
			require.NotEmpty(t, folded, name)
			if known, ok := seen[folded]; ok {
				assert.Equal(t, known, s, name)
			}
			seen[folded] = s
		}
	}
}
