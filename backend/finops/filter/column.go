package filter

import (
	"strings"

	"cloud-intelligence/backend/finops"
)

// hasTags is the dimension that distinguishes tagged charges from others.
const hasTags = "HasTags"

// ColumnName spells a column as a ledger does: dimensions and FOCUS columns may be written
// in any case, columns of the files and tag keys only as they are.
func ColumnName(text string) string {
	text = strings.TrimSpace(text)
	for _, prefix := range []string{finops.TagPrefix, finops.DimPrefix} {
		if n := len(prefix); len(text) > n && strings.EqualFold(text[:n], prefix) {
			return prefix + text[n:]
		}
	}
	if strings.EqualFold(text, hasTags) {
		return hasTags
	}
	if name, ok := finops.DimensionByName(text); ok {
		return name
	}
	if c, ok := finops.ColumnByName(text); ok {
		return c.Name
	}
	return text
}
