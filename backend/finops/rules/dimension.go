package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

// Dimension is a virtual dimension. Of each charge it has the value of the first rule that
// catches the charge.
type Dimension struct {
	Name        string
	Description string // what it is for, in the words of who made it; may be ""
	Rules       []Rule
	Default     *string // of charges that no rule catches; nil = no value
}

// Rule catches the charges that match its filter, if its column has a value there to take.
// It has either a text or a column.
type Rule struct {
	Where finops.Filter // in its normal form
	Text  string
	From  *From // nil = Text
}

// The bounds of a dimension. A person writes some dozens of rules; the bounds keep what is
// imported by mistake from stopping the program.
const (
	nameMost        = 100
	descriptionMost = 1000
	rulesMost       = 5000
)

// CheckName answers CodeInvalid for a text that cannot be the name of something a person
// refers to on the command line and in filters.
func CheckName(what, name string) error {
	switch {
	case name == "":
		return finops.Errorf(finops.CodeInvalid, "The %s needs a name.", what)
	case name != strings.TrimSpace(name) || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return finops.Errorf(finops.CodeInvalid, "%q cannot be the name of a %s: it has blanks at an end, or control characters.", name, what)
	case utf8.RuneCountInString(name) > nameMost:
		return finops.Errorf(finops.CodeInvalid, "The name of the %s is longer than %d characters.", what, nameMost)
	}
	return nil
}

// Key identifies a name without regard to case.
func Key(name string) string { return strings.ToLower(name) }

// Check answers CodeInvalid for a dimension that says nothing definite.
func (d *Dimension) Check() error {
	if err := CheckName("dimension", d.Name); err != nil {
		return err
	}
	if !utf8.ValidString(d.Description) || utf8.RuneCountInString(d.Description) > descriptionMost {
		return finops.Errorf(finops.CodeInvalid, "The description of the dimension %q is longer than %d characters.", d.Name, descriptionMost)
	}
	if len(d.Rules) > rulesMost {
		return finops.Errorf(finops.CodeInvalid, "The dimension %q has %d rules; it can have %d.", d.Name, len(d.Rules), rulesMost)
	}
	if d.Default != nil && *d.Default == "" {
		return finops.Errorf(finops.CodeInvalid, "The default of the dimension %q is empty. Leave it out for no value.", d.Name)
	}
	for i := range d.Rules {
		if err := d.Rules[i].check(); err != nil {
			return finops.WrapError(finops.CodeInvalid, err, "Rule %d of the dimension %q: %s", i+1, d.Name, finops.MessageOf(err))
		}
	}
	return nil
}

func (r *Rule) check() error {
	if err := r.Where.Check(); err != nil {
		return err
	}
	for column := range r.columns() {
		if IsVirtual(column) {
			return finops.Errorf(finops.CodeInvalid, "A rule cannot use the dimension %s, only columns, tags, Provider, Account and BillingAccount.", column)
		}
	}
	switch {
	case r.From != nil && r.Text != "":
		return finops.Errorf(finops.CodeInvalid, "It has both a \"value\" and a column to take it \"from\".")
	case r.From != nil:
		return r.From.check()
	case r.Text == "":
		return finops.Errorf(finops.CodeInvalid, "It has neither a \"value\" nor a column to take it \"from\".")
	}
	return nil
}

// IsVirtual reports whether a column is that of a virtual dimension.
func IsVirtual(column string) bool {
	n := len(finops.DimPrefix)
	return len(column) > n && strings.EqualFold(column[:n], finops.DimPrefix)
}

// columns goes through the columns that the rule uses.
func (r *Rule) columns() func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if r.Where.EachColumn(yield) && r.From != nil {
			yield(r.From.Column)
		}
	}
}

// Gives says in words which value the rule gives.
func (r *Rule) Gives() string {
	f := r.From
	if f == nil {
		return r.Text
	}
	text := "from " + f.Column
	switch {
	case f.Part == -1:
		text += fmt.Sprintf(", split by %q, last part", f.Split)
	case f.Split != "":
		text += fmt.Sprintf(", split by %q, part %d", f.Split, f.Part)
	case f.Capture != "":
		text += ", captured by " + f.Capture
	}
	if f.LowerCase {
		text += ", in lower case"
	}
	return text
}

// The JSON of a dimension.
type dimensionJSON struct {
	Name        string     `json:"name"`
	Description string     `json:"description,omitempty"`
	Rules       []ruleJSON `json:"rules"`
	Default     *string    `json:"default,omitempty"`
}

type ruleJSON struct {
	Where string `json:"where"`
	Value string `json:"value,omitempty"`
	From  *From  `json:"from,omitempty"`
}

// Decode reads the JSON of a dimension and checks it. It answers CodeInvalid, also for
// members that a dimension does not have: a newer program may mean something by them.
func Decode(text []byte) (Dimension, error) {
	var raw dimensionJSON
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(&raw); err != nil {
		return Dimension{}, finops.WrapError(finops.CodeInvalid, err, "This is not a dimension: %s.", problem(err))
	}
	if in.More() {
		return Dimension{}, finops.Errorf(finops.CodeInvalid, "There is text after the dimension.")
	}
	d := Dimension{Name: raw.Name, Description: raw.Description, Default: raw.Default, Rules: make([]Rule, len(raw.Rules))}
	for i, r := range raw.Rules {
		where, err := filter.Parse(r.Where)
		if err != nil {
			return Dimension{}, finops.WrapError(finops.CodeInvalid, err, "Rule %d of the dimension %q: %s", i+1, raw.Name, finops.MessageOf(err))
		}
		if r.From != nil {
			r.From.Column = filter.ColumnName(r.From.Column)
		}
		d.Rules[i] = Rule{Where: where, Text: r.Value, From: r.From}
	}
	return d, d.Check()
}

// problem says in words what a JSON decoder found.
func problem(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Sprintf("%q has a value of the wrong kind", wrong.Field)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return "it has a member " + name + ", which dimensions do not have"
	}
	return "it is not JSON"
}

// Encode writes a dimension as Decode reads it. d has passed Check.
func Encode(d Dimension) ([]byte, error) {
	raw := dimensionJSON{Name: d.Name, Description: d.Description, Default: d.Default, Rules: make([]ruleJSON, len(d.Rules))}
	for i, r := range d.Rules {
		raw.Rules[i] = ruleJSON{filter.Print(r.Where), r.Text, r.From}
	}
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(raw); err != nil {
		return nil, fmt.Errorf("encode a dimension: %w", err)
	}
	return b.Bytes(), nil
}
