package mappedfile

import (
	"strings"

	"cloud-intelligence/backend/finops"
)

// totalWords begin the lines of totals that spreadsheets and invoices add, folded.
var totalWords = map[string]bool{
	"total": true, "totals": true, "grandtotal": true, "subtotal": true, "totalcost": true, "totalcosts": true, "sum": true, "summe": true, "gesamt": true,
	"gesamtsumme": true, "zwischensumme": true, "totaal": true, "totale": true, "totalgeneral": true, "totalgénéral": true, "suma": true, "servicetotal": true,
}

// totalTypes mark a line of totals wherever they stand: the types of line of the old reports
// of AWS, and words that nothing else is called.
var totalTypes = map[string]bool{
	"invoicetotal": true, "statementtotal": true, "accounttotal": true, "grandtotal": true, "subtotal": true, "zwischensumme": true, "gesamtsumme": true, "totalgeneral": true,
}

// totalOf finds the word that makes a line one of totals; nil where there is none. A line
// that merely begins with such a word ("Total October") is one where it is half empty and
// has no date: the name of a product may begin so too.
func totalOf(l *line, first []byte, dated bool) []byte {
	if totalWords[fold(string(first))] {
		return first
	}
	filled := 0
	for i := range l.batch.Columns {
		field := l.batch.Field(l.row, i)
		if finops.IsNull(field) || len(field) == 0 {
			continue
		}
		filled++
		// the last letter excludes nearly every other text without a look at the rest
		if c := field[len(field)-1] | 0x20; (c == 'l' || c == 'e') && len(field) < 20 && totalTypes[fold(string(field))] {
			return field
		}
	}
	word, _, more := strings.Cut(strings.TrimFunc(short(first), blank), " ")
	if more && !dated && totalWords[fold(word)] && 2*filled <= l.batch.Columns+1 {
		return first
	}
	return nil
}
