package mappedfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
)

// The form of a mapping in JSON.
const (
	FormatName    = "cloud-intelligence-mapping"
	FormatVersion = 1
)

// Dates says how to read dates whose order of day and month a person must know.
type Dates string

// The orders of a date. Dates that can be read in one way only are read with every order.
const (
	DatesPlain      Dates = ""            // only dates that can be read in one way: 2026-10-03, 3 Oct 2026
	DatesDayFirst   Dates = "day-first"   // 03/10/2026 is 3 October
	DatesMonthFirst Dates = "month-first" // 10/03/2026 is 3 October
	DatesUnix       Dates = "unix"        // seconds or milliseconds since 1970
)

// Decimal says which sign separates the decimals of a number.
type Decimal string

// The decimal signs.
const (
	DecimalPlain Decimal = ""      // only numbers that can be read in one way: 1234.5, 1.234,56; not 1.234
	DecimalPoint Decimal = "point" // 1,234.56
	DecimalComma Decimal = "comma" // 1.234,56
)

// Sign says what the sign of the costs means.
type Sign string

// The signs of costs.
const (
	SignAsWritten Sign = ""         // charges are positive, credits negative
	SignReversed  Sign = "reversed" // charges are negative, as in the books of a bank account
)

// Effective says what EffectiveCost is where no column is chosen for it.
type Effective string

// The choices for EffectiveCost.
const (
	EffectiveBilled  Effective = ""        // the same as BilledCost
	EffectiveUnknown Effective = "unknown" // no value
)

// ColumnSource is where a FOCUS column comes from: a column of the table, or a text that is the
// same for every line.
type ColumnSource struct {
	Column string `json:"column,omitempty"`
	Text   string `json:"text,omitempty"`
}

// Mapping says how the columns of a table become those of FOCUS.
type Mapping struct {
	Name string `json:"name"`
	// Header holds the folded names of the whole table that the mapping was made for, sorted.
	Header  []string                `json:"header"`
	Columns map[string]ColumnSource `json:"columns"` // by FOCUS column
	// Tags are columns that hold the value of one tag each, by the key of the tag.
	Tags          map[string]string `json:"tags,omitempty"`
	Dates         Dates             `json:"dates,omitempty"`
	Decimal       Decimal           `json:"decimal,omitempty"`
	Sign          Sign              `json:"sign,omitempty"`
	EffectiveCost Effective         `json:"effectiveCost,omitempty"`
}

// document is a mapping as a file.
type document struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Mapping
}

// maxDocument bounds a mapping; one with all FOCUS columns and 2,000 columns of the table
// is far smaller.
const maxDocument = 1 << 20

// Encode writes a mapping as JSON.
func Encode(m Mapping) ([]byte, error) {
	if m.Header == nil {
		m.Header = []string{}
	}
	if m.Columns == nil {
		m.Columns = map[string]ColumnSource{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(document{FormatName, FormatVersion, m}); err != nil {
		return nil, fmt.Errorf("spell the mapping as JSON: %w", err)
	}
	return b.Bytes(), nil
}

// Decode reads a mapping that Encode wrote or a person edited. It answers CodeInvalid with
// what is wrong, and CodeUnsupported for one of a newer version.
func Decode(text []byte) (Mapping, error) {
	if len(text) > maxDocument {
		return Mapping{}, finops.Errorf(finops.CodeInvalid, "This is not a mapping: it is larger than 1 MiB.")
	}
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := json.Unmarshal(text, &head); err != nil {
		return Mapping{}, finops.WrapError(finops.CodeInvalid, err, "This is not a mapping, or one that was damaged when it was edited: %s.", strings.TrimPrefix(err.Error(), "json: "))
	}
	if head.Format != FormatName {
		return Mapping{}, finops.Errorf(finops.CodeInvalid, "This is not a mapping: a mapping is JSON with \"format\": %q.", FormatName)
	}
	if head.Version != FormatVersion {
		return Mapping{}, finops.Errorf(finops.CodeUnsupported, "This mapping is of version %d; this program reads version %d. Export it again with this version, or use a newer program.", head.Version, FormatVersion)
	}
	var d document
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return Mapping{}, finops.WrapError(finops.CodeInvalid, err, "The mapping cannot be read: %s.", strings.TrimPrefix(err.Error(), "json: "))
	}
	if err := d.Mapping.Check(); err != nil {
		return Mapping{}, err
	}
	return d.Mapping, nil
}

const nameMost = 100

// Check answers CodeInvalid with a sentence for a mapping that contradicts itself. One that
// is merely not complete passes; see Missing.
func (m Mapping) Check() error {
	switch {
	case strings.TrimSpace(m.Name) == "" || utf8.RuneCountInString(m.Name) > nameMost || strings.ContainsFunc(m.Name, unicode.IsControl):
		return finops.Errorf(finops.CodeInvalid, "A mapping needs a name of 1 to %d characters.", nameMost)
	case !slices.Contains([]Dates{DatesPlain, DatesDayFirst, DatesMonthFirst, DatesUnix}, m.Dates):
		return finops.Errorf(finops.CodeInvalid, "%q is not an order of dates; use %q, %q or %q, or leave it out.", m.Dates, DatesDayFirst, DatesMonthFirst, DatesUnix)
	case !slices.Contains([]Decimal{DecimalPlain, DecimalPoint, DecimalComma}, m.Decimal):
		return finops.Errorf(finops.CodeInvalid, "%q is not a decimal sign; use %q or %q, or leave it out.", m.Decimal, DecimalPoint, DecimalComma)
	case m.Sign != SignAsWritten && m.Sign != SignReversed:
		return finops.Errorf(finops.CodeInvalid, "%q is not a meaning of the sign; use %q, or leave it out.", m.Sign, SignReversed)
	case m.EffectiveCost != EffectiveBilled && m.EffectiveCost != EffectiveUnknown:
		return finops.Errorf(finops.CodeInvalid, "%q is not a choice for EffectiveCost; use %q, or leave it out to take BilledCost.", m.EffectiveCost, EffectiveUnknown)
	}
	for _, name := range m.chosen() {
		if err := m.checkSource(name, m.Columns[name]); err != nil {
			return err
		}
	}
	for key, column := range m.Tags {
		if strings.TrimSpace(key) == "" || column == "" {
			return finops.Errorf(finops.CodeInvalid, "A tag needs a key and a column: %q is %q.", key, column)
		}
	}
	return nil
}

func (m Mapping) checkSource(name string, c ColumnSource) error {
	column, ok := finops.ColumnByName(name)
	if !ok || column.Name != name {
		return finops.Errorf(finops.CodeInvalid, "%q is not a FOCUS column. Names are spelled as in the specification, for example BilledCost.", name)
	}
	if c.Column != "" && c.Text != "" {
		return finops.Errorf(finops.CodeInvalid, "%s has both a column and a text; choose one of them.", name)
	}
	if c.Text == "" {
		return nil
	}
	switch {
	case column.Kind == finops.KindTime:
		if _, ok := readDate([]byte(c.Text), m.Dates); !ok {
			return finops.Errorf(finops.CodeInvalid, "%s is always %q, which is not a date; write it as YYYY-MM-DD.", name, c.Text)
		}
	case column.Kind == finops.KindDecimal:
		if _, _, ok := readNumber(nil, []byte(c.Text), m.Decimal); !ok {
			return finops.Errorf(finops.CodeInvalid, "%s is always %q, which is not a number.", name, c.Text)
		}
	case name == "BillingCurrency":
		if _, ok := readCurrency([]byte(c.Text)); !ok {
			return finops.Errorf(finops.CodeInvalid, "The currency %q is not a three-letter code such as USD or EUR.", c.Text)
		}
	}
	return nil
}

// chosen lists the FOCUS columns that have a choice, by name.
func (m Mapping) chosen() []string {
	names := make([]string, 0, len(m.Columns))
	for name, c := range m.Columns {
		if c != (ColumnSource{}) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (m Mapping) has(name string) bool { return m.Columns[name] != ColumnSource{} }

// Missing says in sentences what a mapping still needs before charges can be read with it.
func (m Mapping) Missing() []string {
	missing := []string{}
	if !m.has("ChargePeriodStart") && !m.has("BillingPeriodStart") {
		missing = append(missing, "Choose the column with the date of the charge (ChargePeriodStart) or with the billing month (BillingPeriodStart).")
	}
	if !m.has("BilledCost") {
		missing = append(missing, "Choose the column with the cost (BilledCost).")
	}
	if !m.has("BillingCurrency") {
		missing = append(missing, "Say in which currency the costs are (BillingCurrency): choose a column, or write the code, as USD.")
	}
	if !m.has("ProviderName") && !m.has("ServiceProviderName") {
		missing = append(missing, "Name the provider of the bill (ProviderName): choose a column, or write the name.")
	}
	return missing
}

// needs lists the columns of the table that the mapping reads, each once.
func (m Mapping) needs() []string {
	var needs []string
	for _, c := range m.Columns {
		if c.Column != "" {
			needs = append(needs, c.Column)
		}
	}
	for _, column := range m.Tags {
		needs = append(needs, column)
	}
	slices.Sort(needs)
	return slices.Compact(needs)
}

// TableColumns lists the columns of the table that the mapping was made for: those that it reads as
// they are written there, then the others by their folded names.
func (m Mapping) TableColumns() []string {
	list := m.needs()
	known := foldAll(list)
	for _, name := range m.Header {
		if !slices.Contains(known, name) {
			list = append(list, name)
		}
	}
	return list
}

// For returns the mapping with the header of the table that it was made for.
func (m Mapping) For(names []string) Mapping {
	m.Header = foldAll(names)
	return m
}
