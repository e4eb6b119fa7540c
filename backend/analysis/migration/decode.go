package migration

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// FieldError is a field that breaks a rule.
type FieldError struct {
	Path    string          `json:"path"` // such as workloads[2].vcpu, counted from 0
	Rule    string          `json:"rule"` // such as range, required, unknown
	Value   json.RawMessage `json:"value"`
	Message string          `json:"message"`
}

// FieldErrors are all the fields of a profile that are wrong, in the order of the wizard.
type FieldErrors []FieldError

// Error names the first wrong field and how many there are.
func (e FieldErrors) Error() string {
	if len(e) == 1 {
		return e[0].Message
	}
	return fmt.Sprintf("%s (and %d more)", e[0].Message, len(e)-1)
}

var ruleAt = func() map[string]*Rule {
	all := Rules()
	m := make(map[string]*Rule, len(all))
	for i := range all {
		m[all[i].Path] = &all[i]
	}
	return m
}()

// membersOf lists the names of the fields of an object, in the order of the table.
var membersOf = func() map[string][]string {
	m := map[string][]string{}
	for _, r := range Rules() {
		if at := strings.LastIndexByte(r.Path, '.'); at >= 0 {
			m[r.Path[:at]] = append(m[r.Path[:at]], r.Path[at+1:])
		} else {
			m[""] = append(m[""], r.Path)
		}
	}
	return m
}()

// decoder gathers what is wrong.
type decoder struct {
	book   *pricebook.Book
	today  finops.Day
	errors FieldErrors
}

func (d *decoder) fail(path, rule string, value any, format string, args ...any) {
	raw, err := json.Marshal(value)
	if err != nil {
		raw = []byte("null")
	}
	d.errors = append(d.errors, FieldError{Path: path, Rule: rule, Value: raw, Message: path + " " + fmt.Sprintf(format, args...)})
}

// failBoth reports an error that concerns two fields at each of them.
func (d *decoder) failBoth(rule, a string, aValue any, b string, bValue any, message string) {
	d.fail(a, rule, aValue, "and %s do not go together: %s", b, message)
	d.fail(b, rule, bValue, "and %s do not go together: %s", a, message)
}

// Decode reads a profile and checks it against all rules. Today is the day that start and commitments are compared with.
// The error is FieldErrors with every wrong field at once.
func Decode(text []byte, book *pricebook.Book, today finops.Day) (*Profile, error) {
	d := &decoder{book: book, today: today}
	var tree any
	var whole json.RawMessage
	in := json.NewDecoder(bytes.NewReader(text))
	err := in.Decode(&whole)
	if err == nil {
		if _, more := in.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("there is more after the end of the object")
		}
	}
	if err == nil {
		in = json.NewDecoder(bytes.NewReader(whole))
		in.UseNumber()
		tree = d.read(in, "")
	}
	root, isObject := tree.(map[string]any)
	switch {
	case err != nil:
		return nil, FieldErrors{{Rule: "json", Value: []byte("null"), Message: "The profile is not valid JSON: " + err.Error()}}
	case !isObject:
		return nil, FieldErrors{{Rule: "type", Value: []byte("null"), Message: "The profile must be a JSON object with organization, workloads and requirements"}}
	}
	top := node{d: d, members: root}
	top.unknown()
	p := &Profile{}
	d.organization(&p.Organization, top.object("organization"))
	for _, line := range top.objects("workloads") {
		w := Workload{}
		if !line.bad {
			w = d.workload(line)
		}
		p.Workloads = append(p.Workloads, w)
	}
	d.requirements(&p.Requirements, top.object("requirements"))
	d.together(p, top)
	if len(d.errors) > 0 {
		slices.SortStableFunc(d.errors, func(a, b FieldError) int { return section(a.Path) - section(b.Path) })
		return nil, d.errors
	}
	return p, nil
}

// read is the value that comes next in text that is valid JSON. A field that an object has more than once is reported.
func (d *decoder) read(in *json.Decoder, path string) any {
	token, _ := in.Token()
	switch token {
	case json.Delim('{'):
		members, twice := map[string]any{}, map[string]bool{}
		for in.More() {
			token, _ := in.Token()
			name, _ := token.(string)
			at := strings.TrimPrefix(path+"."+name, ".")
			value := d.read(in, at)
			if _, there := members[name]; there && !twice[name] {
				twice[name] = true
				d.fail(at, "unique", value, "must not be given twice")
			}
			members[name] = value
		}
		_, _ = in.Token()
		return members
	case json.Delim('['):
		list := []any{}
		for in.More() {
			list = append(list, d.read(in, fmt.Sprintf("%s[%d]", path, len(list))))
		}
		_, _ = in.Token()
		return list
	}
	return token
}

func section(path string) int {
	return slices.IndexFunc(membersOf[""], func(name string) bool { return strings.HasPrefix(path, name) })
}

// node is an object of the profile.
type node struct {
	d       *decoder
	path    string // with indices
	pattern string // as in the table
	members map[string]any
	bad     bool // it is no object, which was reported
}

func (n node) at(name string) (path string, r *Rule) {
	path, pattern := name, name
	if n.path != "" {
		path, pattern = n.path+"."+name, n.pattern+"."+name
	}
	return path, ruleAt[pattern]
}

// unknown reports the fields that the table does not have.
func (n node) unknown() {
	for _, name := range slices.Sorted(maps.Keys(n.members)) {
		if !slices.Contains(membersOf[n.pattern], name) {
			path, _ := n.at(name)
			n.d.fail(path, "unknown", n.members[name], "is not a field of the profile")
		}
	}
}

// given reports whether a field has a value other than null.
func (n node) given(name string) bool { return n.members[name] != nil }

// value is what the profile says for a field; ok is false where it says nothing, and an error was reported where it must.
func (n node) value(name string) (v any, path string, r *Rule, ok bool) {
	path, r = n.at(name)
	v, there := n.members[name]
	switch {
	case n.bad, n.members == nil && n.path != "" && !r.Required:
		return nil, path, r, false
	case v != nil:
		return v, path, r, true
	case r.Required, there && !r.Empty:
		n.d.fail(path, "required", v, "must have a value")
	}
	return nil, path, r, false
}

func (n node) object(name string) node {
	v, path, r, ok := n.value(name)
	child := node{d: n.d, path: path, pattern: r.Path}
	if !ok {
		return child
	}
	if child.members, ok = v.(map[string]any); !ok {
		n.d.fail(path, "type", v, "must be an object")
		return child
	}
	child.unknown()
	return child
}

func (n node) objects(name string) (list []node) {
	items, path, r := n.list(name)
	for i, item := range items {
		child := node{d: n.d, path: fmt.Sprintf("%s[%d]", path, i), pattern: r.Path + "[]"}
		var ok bool
		if child.members, ok = item.(map[string]any); !ok {
			n.d.fail(child.path, "type", item, "must be an object")
			child.bad = true
		}
		child.unknown()
		list = append(list, child)
	}
	return list
}

func (n node) list(name string) (items []any, path string, r *Rule) {
	v, path, r, ok := n.value(name)
	if !ok {
		return nil, path, r
	}
	items, ok = v.([]any)
	if !ok {
		n.d.fail(path, "type", v, "must be a list")
		return nil, path, r
	}
	most := r.Max
	if r.Kind == Texts {
		most = ""
	}
	if r.Kind != Texts && r.Min != "" && len(items) < number(r.Min) || most != "" && len(items) > number(most) {
		n.d.fail(path, "length", len(items), "must have %s, not %d", between(r, "entries"), len(items))
	}
	return items, path, r
}

func number(text string) int {
	v, _ := strconv.Atoi(text) // of the table, whose numbers are tested
	return v
}

func between(r *Rule, unit string) string {
	least := r.Min
	if least == "" {
		least = "0"
	}
	return least + " to " + r.Max + " " + unit
}

func (n node) text(name string) string {
	v, path, r, ok := n.value(name)
	if !ok {
		return r.Default
	}
	s, _ := n.d.textOf(path, r, v)
	return s
}

// textOf is a text without blanks at its ends and control characters, of the length that the rule allows.
func (d *decoder) textOf(path string, r *Rule, v any) (string, bool) {
	s, ok := v.(string)
	if !ok {
		d.fail(path, "type", v, "must be text")
		return "", false
	}
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, unicode.IsControl) {
		d.fail(path, "characters", v, "must not have control characters")
		return "", false
	}
	if length := utf8.RuneCountInString(s); length < number(r.Min) || r.Max != "" && length > number(r.Max) {
		d.fail(path, "length", v, "must have %s, not %d", between(r, "characters"), length)
		return "", false
	}
	return s, true
}

func (n node) choice(name string) string {
	v, path, r, ok := n.value(name)
	if !ok {
		return r.Default
	}
	s, _ := n.d.choiceOf(path, r, v)
	return s
}

func (d *decoder) choiceOf(path string, r *Rule, v any) (string, bool) {
	s, ok := v.(string)
	switch {
	case !ok:
		d.fail(path, "type", v, "must be text: one of %s", strings.Join(r.Options, ", "))
	case !slices.Contains(r.Options, s):
		d.fail(path, "oneOf", v, "must be one of %s, not %q", strings.Join(r.Options, ", "), s)
	default:
		return s, true
	}
	return "", false
}

func (n node) bool(name string) bool {
	v, path, r, ok := n.value(name)
	if !ok {
		return r.Default == "true"
	}
	b, ok := v.(bool)
	if !ok {
		n.d.fail(path, "type", v, "must be true or false")
	}
	return b
}

// number is a decimal number, nil where the field is empty and has no default.
func (n node) number(name string) *finops.Amount {
	v, path, r, ok := n.value(name)
	if !ok {
		if r.Default == "" {
			return nil
		}
		return new(amount(r.Default))
	}
	text, ok := v.(json.Number)
	if !ok {
		n.d.fail(path, "type", v, "must be a number")
		return nil
	}
	a, err := finops.ParseAmount([]byte(text))
	if err != nil {
		n.d.fail(path, "range", v, "is not a number that can be used")
		return nil
	}
	return n.d.inRange(path, r, a.Trim(), v)
}

// amount reads a number of the program's own tables.
func amount(text string) finops.Amount {
	a, _ := finops.ParseAmount([]byte(text)) // tables of the program, whose numbers are tested
	return a
}

func (d *decoder) inRange(path string, r *Rule, a finops.Amount, v any) *finops.Amount {
	if r.Kind == Number && len(r.Options) > 0 {
		if !slices.ContainsFunc(r.Options, func(o string) bool { return amount(o).Cmp(a) == 0 }) {
			d.fail(path, "oneOf", v, "must be one of %s, not %s", strings.Join(r.Options, ", "), a)
			return nil
		}
		return &a
	}
	low := a.Cmp(amount(r.Min))
	switch most := max(r.Decimals, 2); {
	case low < 0, low == 0 && r.Above, a.Cmp(amount(r.Max)) > 0:
		from, to := "from", "to"
		if r.Above {
			from, to = "above", "and at most"
		}
		d.fail(path, "range", v, "must be %s %s %s %s, not %s", from, r.Min, to, r.Max, v)
		return nil
	case r.Kind == Number && a.Scale() > most:
		d.fail(path, "decimals", v, "must have at most %d decimals, not %s", most, v)
		return nil
	}
	return &a
}

// quantity is number for a field with a default.
func (n node) quantity(name string) finops.Amount {
	if a := n.number(name); a != nil {
		return *a
	}
	return finops.Amount{}
}

func (n node) whole(name string) int {
	v, path, r, ok := n.value(name)
	if !ok {
		return number(r.Default)
	}
	text, ok := v.(json.Number)
	if !ok {
		n.d.fail(path, "type", v, "must be a whole number")
		return 0
	}
	a, err := finops.ParseAmount([]byte(text))
	if err != nil || a.Trim().Scale() > 0 {
		n.d.fail(path, "type", v, "must be a whole number, not %s", v)
		return 0
	}
	if n.d.inRange(path, r, a.Trim(), v) == nil {
		return 0
	}
	coef, _ := a.Trim().Coef() // in range, so it fits
	return int(coef)
}

func (n node) day(name string) *finops.Day {
	v, path, _, ok := n.value(name)
	if !ok {
		return nil
	}
	s, _ := v.(string)
	day, err := finops.ParseDay(s)
	if err != nil {
		n.d.fail(path, "date", v, "must be a day written as YYYY-MM-DD")
		return nil
	}
	return &day
}

func (n node) country(name string) string {
	v, path, _, ok := n.value(name)
	if !ok {
		return ""
	}
	s, _ := n.d.countryOf(path, v)
	return s
}

func (d *decoder) countryOf(path string, v any) (string, bool) {
	s, ok := v.(string)
	if !ok || !countryCodes[s] {
		d.fail(path, "country", v, "must be a country code of ISO 3166 such as DE")
		return "", false
	}
	return s, true
}

// texts is a list of texts, of choices or of countries.
func (n node) texts(name string) (list []string) {
	items, path, r := n.list(name)
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", path, i)
		var s string
		var ok bool
		switch r.Kind {
		case Choices:
			s, ok = n.d.choiceOf(at, r, item)
		case Nations:
			s, ok = n.d.countryOf(at, item)
		default:
			s, ok = n.d.textOf(at, &Rule{Min: r.Min, Max: "80"}, item)
		}
		if ok && slices.Contains(list, s) {
			n.d.fail(at, "unique", item, "must not be given twice")
			continue
		}
		if ok {
			list = append(list, s)
		}
	}
	return list
}

// levels is an object of service keys with their level; nil where the field is absent.
func (n node) levels(name string) map[string]string {
	v, path, _, ok := n.value(name)
	if !ok {
		return nil
	}
	m, ok := v.(map[string]any)
	if !ok {
		n.d.fail(path, "type", v, "must be an object of service keys with must, should or nice")
		return nil
	}
	levels := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		at := path + "." + key
		if !slices.ContainsFunc(n.d.book.Services(), func(s pricebook.Service) bool { return s.Key == key }) {
			n.d.fail(at, "unknown", m[key], "is not a service key")
			continue
		}
		if level, ok := n.d.choiceOf(at, &Rule{Options: words("must should nice")}, m[key]); ok {
			levels[key] = level
		}
	}
	return levels
}
