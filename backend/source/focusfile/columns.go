package focusfile

import (
	"fmt"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// minColumns is the smallest number of FOCUS columns a cost file can be recognised by.
const minColumns = 6

func fold(name string) string { return source.Fold(name, "_ ") }

// match gives every column its FOCUS name. A FOCUS name is given only once: to the
// column that spells it exactly, else to one that differs in case or underscores
// (SkuPriceid, billed_cost), else to one with the name of an older version.
func match(names, raw []string) []source.Column {
	columns := make([]source.Column, len(names))
	taken := make(map[string]bool, len(names))
	for i, name := range names {
		columns[i] = source.Column{Name: name, Raw: raw[i]}
	}
	for _, fits := range []func(name, focus string) bool{
		func(name, focus string) bool { return name == focus },
		func(name, focus string) bool { return fold(name) == fold(focus) },
		func(string, string) bool { return true },
	} {
		for i, name := range names {
			c, ok := finops.ColumnByName(name)
			if ok && !columns[i].Focus && !taken[c.Name] && fits(name, c.Name) {
				columns[i].Name, columns[i].Focus = c.Name, true
				taken[c.Name] = true
			}
		}
	}
	return columns
}

// traits is what the columns of a file say about it.
type traits struct {
	focus     map[string]finops.Column
	old       map[string]bool // folded names as written
	plain     int             // columns without the prefix of a provider's own
	mandatory int             // columns mandatory in 1.0 to 1.2 that are there
}

func traitsOf(columns []source.Column) traits {
	t := traits{focus: make(map[string]finops.Column), old: make(map[string]bool)}
	for _, c := range columns {
		if !strings.HasPrefix(strings.ToLower(c.Name), "x_") {
			t.plain++
		}
		t.old[fold(c.Raw)] = true
		if !c.Focus {
			continue
		}
		f, _ := finops.ColumnByName(c.Name)
		t.focus[c.Name] = f
		if f.Mandatory {
			t.mandatory++
		}
	}
	return t
}

func (t traits) has(names ...string) bool {
	for _, n := range names {
		if _, ok := t.focus[n]; ok {
			return true
		}
	}
	return false
}

// cost reports whether the columns are those of a Cost and Usage file.
func (t traits) cost() bool {
	if len(t.focus) < minColumns || 2*len(t.focus) <= t.plain || t.invoices() {
		return false
	}
	return t.has("BilledCost", "EffectiveCost") &&
		t.has("ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodStart", "BillingPeriodEnd")
}

// invoices reports whether this is the Invoice Detail dataset of FOCUS 1.4, whose
// lines are totals of charges that a Cost and Usage file lists.
func (t traits) invoices() bool {
	return t.has("InvoiceDetailId") && !t.has("ChargePeriodStart", "ChargePeriodEnd", "ServiceName", "EffectiveCost")
}

// version is the lowest version that has all the columns.
func (t traits) version() string {
	newest := 10
	for _, c := range t.focus {
		newest = max(newest, c.Since)
	}
	switch {
	case newest >= 14, newest == 13 && t.has("ServiceProviderName") && !t.has("ProviderName", "PublisherName"):
		return "1.4" // which removed ProviderName and PublisherName
	case newest > 10:
		return fmt.Sprintf("1.%d", newest-10)
	case t.old["amortizedcost"] || t.old["billedcurrency"] || (t.old["chargetype"] && !t.old["chargecategory"]):
		return "0.5"
	case t.old["chargesubcategory"] || t.old["usagequantity"] || t.old["usageunit"] || (t.old["region"] && !t.old["regionid"]):
		return "1.0-preview"
	}
	return "1.0"
}

func (t traits) reason(columns int) string {
	return fmt.Sprintf("%d of %d columns are columns of the FOCUS Cost and Usage dataset, all of them known in version %s.", len(t.focus), columns, t.version())
}

func (t traits) confidence() float64 {
	all := 0
	for _, c := range finops.Columns() {
		if c.Mandatory {
			all++
		}
	}
	return 0.6 + 0.4*float64(t.mandatory)/float64(all)
}

// warnings names columns whose absence limits what can be said about the charges.
func (t traits) warnings() (out []string) {
	for _, w := range []struct {
		names   []string
		warning string
	}{
		{[]string{"BillingCurrency"}, "The file does not say in which currency its amounts are (no BillingCurrency column)."},
		{[]string{"ProviderName", "ServiceProviderName"}, "The file does not name the provider (no ProviderName or ServiceProviderName column)."},
		{[]string{"ChargePeriodStart"}, "The file has no ChargePeriodStart column; charges are dated by their billing period."},
		{[]string{"BilledCost"}, "The file has no BilledCost column."},
		{[]string{"EffectiveCost"}, "The file has no EffectiveCost column."},
	} {
		if !t.has(w.names...) {
			out = append(out, w.warning)
		}
	}
	return out
}
