package mappedfile

import (
	"fmt"

	"cloud-intelligence/backend/finops"
)

// Refusal is why a column of the table cannot be what the mapping takes it for.
type Refusal struct {
	Focus  string // the FOCUS column
	Reason string // a sentence
}

// Refused lists the choices of a mapping that the first records of its table contradict: a column
// of which no value is a date, a number or a currency is none, whatever its name. A column that
// has no value there is not refused.
func (m Mapping) Refused(names []string, rows [][]*string) (list []Refusal) {
	at := newPlace(names)
	looked := profiles(names, rows)
	for _, name := range m.chosen() {
		i, found := at.of(m.Columns[name].Column)
		if !found || looked[i].filled == 0 {
			continue
		}
		column, _ := finops.ColumnByName(name)
		p, wanted := looked[i], ""
		switch {
		case name == "BillingCurrency" && p.codes == 0:
			wanted = "a currency code such as USD"
		case column.Kind == finops.KindTime && p.dates+p.unix == 0 && p.serial == "":
			wanted = "a date"
		case column.Kind == finops.KindDecimal && p.numbers == 0:
			wanted = "a number"
		default:
			continue
		}
		list = append(list, Refusal{name, fmt.Sprintf("%q holds %q, which is not %s. Choose another column.", p.name, p.example(), wanted)})
	}
	return list
}

// example is a value of the column, the first in the order of texts.
func (p *profile) example() (text string) {
	for value := range p.distinct {
		if text == "" || value < text {
			text = value
		}
	}
	return short([]byte(text))
}
