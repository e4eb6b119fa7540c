package filter

import (
	"strings"

	"cloud-intelligence/backend/finops"
)

// Dimensions are the names that are no columns of any file and mean the same in every
// ledger.
var Dimensions = []string{"Provider", "Account", "BillingAccount", "HasTags"}

// ColumnName spells a column as a ledger does: dimensions and FOCUS columns may be written
// in any case, columns of the files and tag keys only as they are.
func ColumnName(text string) string {
	text = strings.TrimSpace(text)
	if n := len(finops.TagPrefix); len(text) > n && strings.EqualFold(text[:n], finops.TagPrefix) {
		return finops.TagPrefix + text[n:]
	}
	for _, d := range Dimensions {
		if strings.EqualFold(text, d) {
			return d
		}
	}
	if c, ok := finops.ColumnByName(text); ok {
		return c.Name
	}
	return text
}
