package ingest

import (
	"bytes"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// speller says how the ledger spells a field that has a value; "" is no value. It is asked
// once for each text, not for each line, and the file's own spelling is kept beside its
// answer.
type speller func(field []byte) string

// spellings are the FOCUS columns whose values may be spelled in several ways.
var spellings = func() map[string]speller {
	all := map[string]speller{"BillingCurrency": SpellCurrency, "PricingCurrency": SpellCurrency}
	for _, c := range finops.Columns() {
		switch {
		case c.Values != nil:
			all[c.Name] = spellOneOf(c.Values)
		case c.Kind == finops.KindDecimal && store.MeasureIndex(c.Name) < 0:
			all[c.Name] = spellNumber
		}
	}
	return all
}()

func spellingOfColumn(c source.Column) speller {
	if !c.Focus {
		return nil
	}
	return spellings[c.Name]
}

// spellOneOf corrects the case of values from a closed list.
func spellOneOf(values []string) speller {
	fold := map[string]string{}
	for _, v := range values {
		fold[lower(v)] = v
	}
	return func(field []byte) string {
		if want, ok := fold[lower(string(field))]; ok {
			return want
		}
		return string(field)
	}
}

// SpellCurrency reads "usd" and " EUR" as the codes that they are.
func SpellCurrency(field []byte) string {
	code := bytes.TrimSpace(field)
	const letters = 3 // of a code of ISO 4217
	if len(code) != letters {
		return string(code)
	}
	for _, c := range code {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return string(code)
		}
	}
	return string(bytes.ToUpper(code))
}

// spellNumber takes currency signs, blanks and separators of thousands out of a number.
// What is no number stays as it is.
func spellNumber(field []byte) string {
	if bareNumber(field) {
		return string(field)
	}
	amount, err := finops.ParseAmount(field)
	if err != nil {
		return string(field)
	}
	return amount.String()
}

// bareNumber reports whether a text has nothing but what programs write of a number: the
// readers of the ledger know these spellings.
func bareNumber(text []byte) bool {
	for _, c := range text {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return false
		}
	}
	return true
}

// shortenedID reports whether a field is a long number as a spreadsheet shows it:
// 1.11122E+11.
func shortenedID(field []byte) bool {
	digits := func() (n int) {
		for n < len(field) && field[n] >= '0' && field[n] <= '9' {
			n++
		}
		field = field[n:]
		return n
	}
	if digits() != 1 {
		return false
	}
	if len(field) > 0 && (field[0] == '.' || field[0] == ',') {
		if field = field[1:]; digits() == 0 {
			return false
		}
	}
	if len(field) < 2 || field[0]|0x20 != 'e' || field[1] != '+' {
		return false
	}
	field = field[2:]
	return digits() > 0 && len(field) == 0
}
