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
