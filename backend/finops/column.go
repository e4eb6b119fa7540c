package finops

import "strings"

// Kind is the type of a column's values in the FOCUS specification.
type Kind uint8

// The kinds of columns.
const (
	KindText Kind = iota
	KindDecimal
	KindTime
	KindJSON
)

// Column describes a column of the FOCUS Cost and Usage dataset.
type Column struct {
	Name      string
	Kind      Kind
	Since     int      // first version, 10 for 1.0
	Until     int      // last version, 0 while still current
	Mandatory bool     // mandatory in one of the versions 1.0 to 1.2
	NotNull   bool     // every line must have a value, in the versions 1.0 to 1.2
	Values    []string // the allowed values, nil where any text is
}

// Columns returns the columns of all FOCUS versions, ordered by name.
func Columns() []Column { return focusColumns }

var columnByKey = func() map[string]*Column {
	m := make(map[string]*Column, len(focusColumns))
	for i := range focusColumns {
		m[columnKey(focusColumns[i].Name)] = &focusColumns[i]
	}
	return m
}()

// columnAliases translates the names of FOCUS 0.5 and 1.0-preview; source: the
// specification's changelog.
var columnAliases = map[string]string{
	"amortizedcost":  "EffectiveCost",
	"billedcurrency": "BillingCurrency",
	"chargetype":     "ChargeCategory",
	"provider":       "ProviderName",
	"publisher":      "PublisherName",
	"invoiceissuer":  "InvoiceIssuerName",
	"region":         "RegionId",
	"usagequantity":  "ConsumedQuantity",
	"usageunit":      "ConsumedUnit",
}

// columnKey folds the spellings of one name: case, blanks and underscores do not
// matter, so BilledCost, billed_cost and "Billed Cost" are one column.
func columnKey(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == ' ' || r == '\ufeff':
			return -1
		case r >= 'A' && r <= 'Z':
			return r + ('a' - 'A')
		}
		return r
	}, name)
}

// ColumnByName finds a FOCUS column by its name in any spelling.
func ColumnByName(name string) (Column, bool) {
	if strings.HasPrefix(name, "x_") {
		return Column{}, false
	}
	key := columnKey(name)
	if c, ok := columnByKey[key]; ok {
		return *c, true
	}
	if alias, ok := columnAliases[key]; ok {
		return *columnByKey[columnKey(alias)], true
	}
	return Column{}, false
}

// IsNull reports whether a field of a billing file stands for "no value": empty,
// or one of the words that exports print instead.
func IsNull(field []byte) bool {
	switch len(field) {
	case 0:
		return true
	case 2:
		return field[0] == '\\' && field[1] == 'N'
	case 4:
		return string(field) == "NULL" || string(field) == "null" || string(field) == "Null"
	}
	return false
}
