package focusfile

import (
	"bytes"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// FOCUS 1.0 took the column ChargeSubcategory of 1.0-preview apart. What it says goes into the
// columns that took its place, where they have no value of their own; docs/sources/focus.md has
// the table. The old column stays beside them under its own name.

const subcategory = "ChargeSubcategory"

// termColumns are the columns that ChargeSubcategory became.
var termColumns = [...]string{"ChargeClass", "CommitmentDiscountStatus", "PricingCategory"}

// term is what a value of ChargeSubcategory says in FOCUS 1.0; "" leaves a column as it is.
type term struct{ class, status, pricing, category string }

var terms = map[string]term{
	"on-demand":         {pricing: "Standard"},
	"used commitment":   {status: "Used", pricing: "Committed"},
	"unused commitment": {status: "Unused", pricing: "Committed"},
	"refund":            {class: "Correction"},
	"credit":            {category: "Credit"},
}

// pricingTerms are the values of PricingCategory that 1.0 renamed.
var pricingTerms = map[string]string{"on-demand": "Standard", "commitment-based": "Committed"}

func indexOf(columns []source.Column, name string) int {
	return slices.IndexFunc(columns, func(c source.Column) bool { return c.Focus && c.Name == name })
}

func subcategoryOf(columns []source.Column) int {
	return slices.IndexFunc(columns, func(c source.Column) bool { return !c.Focus && fold(c.Name) == "chargesubcategory" })
}

// withTermColumns adds the columns that ChargeSubcategory became to those of a file that has
// it and not them.
func withTermColumns(columns []source.Column) []source.Column {
	if subcategoryOf(columns) < 0 {
		return columns
	}
	for _, name := range termColumns {
		if indexOf(columns, name) < 0 {
			columns = append(columns, source.Column{Name: name, Raw: subcategory, Focus: true})
		}
	}
	return columns
}

// withTerms returns a reader that fills them.
func withTerms(r source.Reader, columns []source.Column) source.Reader {
	old := subcategoryOf(columns)
	if old < 0 {
		return r
	}
	class, status, pricing, category := indexOf(columns, termColumns[0]), indexOf(columns, termColumns[1]), indexOf(columns, termColumns[2]), indexOf(columns, "ChargeCategory")
	return source.NewTransformed(r, source.Transform{Columns: len(columns), Map: func(in *source.Batch, row int, out *source.Record) string {
		says := terms[lowered(in.Field(row, old))]
		field := func(c int) []byte {
			if c >= in.Columns || finops.IsNull(in.Field(row, c)) {
				return nil
			}
			return in.Field(row, c)
		}
		fill := func(c int, value string) {
			switch own := field(c); {
			case own == nil && value != "":
				out.Text(value)
			case own == nil:
				out.Null()
			default:
				out.Same(c)
			}
		}
		for c := range columns {
			switch c {
			case class:
				fill(c, says.class)
			case status:
				fill(c, says.status)
			case pricing:
				if renamed := pricingTerms[lowered(field(c))]; renamed != "" {
					out.Text(renamed)
				} else {
					fill(c, says.pricing)
				}
			case category:
				if says.category != "" && lowered(field(c)) == "adjustment" {
					out.Text(says.category)
				} else {
					out.KeepAll([]int{c})
				}
			default:
				out.KeepAll([]int{c})
			}
		}
		return ""
	}})
}

func lowered(text []byte) string { return string(bytes.ToLower(bytes.TrimSpace(text))) }
