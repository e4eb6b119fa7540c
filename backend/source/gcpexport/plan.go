package gcpexport

import (
	"bytes"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/jsonfile"
)

// plan says where the fields of a record are and which columns are made of them.
type plan struct {
	has     presence
	leaves  []leaf   // columns that are one field
	records []record // columns that hold several fields as JSON
	others  []int    // columns that the schema does not have
	rest    int      // column of members that no path names, -1
	out     []column
	notes   []string // warnings

	flatCredits int // column of credits.amount, -1
	// credit has the columns of one credit where the file has a line for each, see joined;
	// nil where it has none.
	credit *[len(creditMembers)]int
}

type leaf struct {
	column int
	field  field
}

// record is a column that holds several fields as JSON, or as Python prints a dict.
type record struct {
	column int
	name   string
	paths  *jsonfile.Paths
	fields []field // of the paths; fieldCount for one that a flat column gives
	found  *jsonfile.Fields
	plain  field // of text that is no record, or anyField
	known  *recordMemo
}

// jsonPlan binds the columns of a jsonfile.Reader, which are the fields themselves.
// Since an export leaves out what is null, every field counts as there.
func jsonPlan() *plan {
	p := &plan{rest: int(fieldCount), flatCredits: -1}
	for f := range fieldCount {
		p.leaves = append(p.leaves, leaf{int(f), f})
	}
	p.finish(nil, true)
	return p
}

// met notes the members that the first records of a JSON file have.
func (p *plan) met(names []string) {
	for _, name := range names {
		if f, ok := fieldsByFold[fold(name)]; ok {
			p.has[f] = true
		}
	}
}

// tablePlan binds the columns of a CSV or Parquet file: flat ones by their names
// ("service.description"), nested ones ("service") by their members.
func tablePlan(names []string) *plan {
	p := &plan{rest: -1, flatCredits: -1}
	var nested []int
	for i, name := range names {
		f, ok := fieldsByFold[fold(name)]
		switch {
		case ok && !p.has[f]:
			p.has[f] = true
			p.leaves = append(p.leaves, leaf{i, f})
		case !ok && fold(name) == flatCredits:
			p.flatCredits = i
			p.others = append(p.others, i)
		case ok:
			p.others = append(p.others, i)
		default:
			nested = append(nested, i)
		}
	}
	for _, i := range nested {
		p.nest(names, i)
	}
	p.bindFlatCredits(names)
	p.finish(names, len(p.records) > 0)
	return p
}

// nest binds a column that may hold several fields.
func (p *plan) nest(names []string, i int) {
	member := strings.ToLower(strings.TrimSpace(names[i]))
	paths, index := allPaths.At(member)
	if paths == nil {
		p.others = append(p.others, i)
		return
	}
	r := record{column: i, name: names[i], paths: paths, found: &jsonfile.Fields{}, plain: anyField, known: &recordMemo{}}
	for _, n := range index {
		f := field(n)
		if p.has[f] { // a flat column of its own goes before
			r.fields = append(r.fields, fieldCount)
			continue
		}
		p.has[f] = true
		r.fields = append(r.fields, f)
		if plain, ok := plainFields[member]; ok && f == plain {
			r.plain = plain
		}
	}
	p.records = append(p.records, r)
}

// plainFields are the fields that a query may have put under the name of their record.
var plainFields = map[string]field{
	"service": fServiceDescription, "sku": fSKUDescription, "project": fProjectID, "location": fLocation,
	"invoice": fInvoiceMonth, "resource": fResourceName,
}

// flatCredits is the name that credits have where a query made a record of each credit,
// or added them up.
const flatCredits = "creditsamount"

func (p *plan) bindFlatCredits(names []string) {
	if p.flatCredits < 0 || p.has[fCredits] {
		return
	}
	p.has[fCredits] = true
	p.leaves = append(p.leaves, leaf{p.flatCredits, fCredits})
	p.others = slices.DeleteFunc(p.others, func(i int) bool { return i == p.flatCredits })
	var credit [len(creditMembers)]int
	named := false
	for i, member := range creditMembers {
		credit[i] = slices.IndexFunc(names, func(name string) bool { return fold(name) == fold("credits."+member) })
		named = named || (credit[i] >= 0 && i != atAmount)
	}
	if !named {
		p.notes = append(p.notes, "The file has one amount of credits per line. If its query made a line of each credit, costs are in it more than once; export the credits as JSON.")
		return
	}
	p.credit = &credit
	p.others = slices.DeleteFunc(p.others, func(i int) bool { return slices.Contains(credit[:], i) }) // they are in the credits
	p.notes = append(p.notes, "The file has a line for each credit of a charge, and each of these lines repeats the cost. Lines that stand together and differ in their credit alone are read as one charge; if the lines are in another order, their cost counts more than once. Export the credits as JSON to be sure.")
}

var allPaths = jsonfile.NewPaths(fieldNames[:])

// finish lists the columns to be made. Where the fields of a file are known, native
// columns that it does not have are left out.
func (p *plan) finish(names []string, rest bool) {
	p.out = append(p.out, focusColumns...)
	taken := map[string]bool{}
	for _, c := range nativeColumns {
		if c.of == anyField || p.rest >= 0 || p.has[c.of] {
			p.out = append(p.out, c)
		}
	}
	if rest {
		p.out = append(p.out, otherColumn)
	}
	for _, c := range p.out {
		taken[strings.ToLower(c.Name)] = true
	}
	for n, i := range p.others {
		name := names[i]
		for taken[strings.ToLower(name)] {
			name = "x_" + name
		}
		if _, isFocus := finops.ColumnByName(name); isFocus {
			name = "x_" + name
		}
		taken[strings.ToLower(name)] = true
		p.out = append(p.out, own(name, names[i], anyField, func(c *charge, out *source.Record) { put(out, c.others[n]) }))
	}
}

// dates are the columns that hold dates; the export names a billing month and no period.
func (p *plan) dates() source.DateColumns {
	var d source.DateColumns
	for _, l := range p.leaves {
		if l.field == fUsageStart || l.field == fUsageEnd {
			d.All = append(d.All, l.column)
		}
	}
	return d
}

func (p *plan) columns() []source.Column {
	columns := make([]source.Column, len(p.out))
	for i, c := range p.out {
		columns[i] = c.Column
	}
	return columns
}

// transform returns the mapping of records. It belongs to one reader.
func (p *plan) transform() source.Transform {
	b := newBook()
	c := &charge{others: make([][]byte, len(p.others)), book: b}
	for f := range c.columns {
		c.columns[f] = -1
	}
	for _, l := range p.leaves {
		c.columns[l.field] = l.column
	}
	return source.Transform{Columns: len(p.out), Warnings: b.labels.unread.Warnings, Map: func(in *source.Batch, row int, out *source.Record) string {
		p.load(c, in, row)
		if reason := c.settle(b); reason != "" {
			return reason
		}
		for i := range p.out {
			p.out[i].put(c, out)
		}
		return ""
	}}
}

// load takes the fields of a record from its columns.
func (p *plan) load(c *charge, in *source.Batch, row int) {
	for _, l := range p.leaves {
		text := in.Field(row, l.column)
		if finops.IsNull(text) {
			text = nil
		}
		c.v[l.field] = text
	}
	for n, i := range p.others {
		c.others[n] = in.Field(row, i)
	}
	c.rest = nil
	if p.rest >= 0 {
		c.rest = in.Field(row, p.rest)
	}
	for _, r := range p.records {
		r.load(c, in.Field(row, r.column))
	}
}

// load reads a nested column. Members that the schema does not have, and text that is
// neither a record nor a plain field, go to the rest.
func (r *record) load(c *charge, text []byte) {
	for _, f := range r.fields {
		if f < fieldCount {
			c.v[f] = nil
		}
	}
	if finops.IsNull(text) {
		return
	}
	p := r.known.find(text)
	if p == nil {
		p = r.parse(text)
		r.known.keep(text, p)
	}
	for i, f := range r.fields {
		if f < fieldCount && i < len(p.values) && p.values[i] != nil {
			c.v[f] = p.values[i]
		}
	}
	if p.plain != nil {
		c.v[r.plain] = p.plain
	}
	rest := p.rest
	if rest == nil {
		return
	}
	if c.rest == nil {
		c.rest = []byte("{")
	} else {
		c.rest = append(c.rest[:len(c.rest)-1:len(c.rest)-1], ',')
	}
	c.rest = append(append(append(jsonfile.AppendString(c.rest, []byte(r.name)), ':'), rest...), '}')
}

// parsed is what one text of a nested column says. It points into no other text.
type parsed struct {
	values [][]byte // by the paths of the record, nil for what is not there
	plain  []byte   // text that is no record
	rest   []byte   // JSON of members that the schema does not have
}

func (r *record) parse(text []byte) *parsed {
	text = bytes.Clone(text)
	object := text
	if text[0] == '{' {
		if object, _ = jsonfile.AsJSON(text); object == nil {
			object = text
		}
	}
	switch {
	case r.paths.Read(r.found, object):
		p := &parsed{values: make([][]byte, len(r.fields)), rest: bytes.Clone(r.found.Rest)}
		for i := range r.fields {
			if v := r.found.Values[i]; !finops.IsNull(v) {
				p.values[i] = v
			}
		}
		return p
	case r.plain != anyField && text[0] != '{':
		return &parsed{plain: text}
	}
	return &parsed{rest: jsonfile.AppendString(nil, text)}
}

// recordMemo remembers what the texts of a nested column say: the service, the project and
// the place of a charge are among few. It gives up on a column whose texts hardly repeat,
// as those of usage.
type recordMemo struct {
	known        map[string]*parsed
	size         int
	hits, misses int
}

// memoTrial is how many different texts a column may begin with before it is judged.
const memoTrial = 4096

func (m *recordMemo) find(text []byte) *parsed {
	if p := m.known[string(text)]; p != nil {
		m.hits++
		return p
	}
	m.misses++
	return nil
}

func (m *recordMemo) keep(text []byte, p *parsed) {
	if m.misses > memoTrial && m.hits < m.misses {
		m.known = nil
		return
	}
	if m.size += len(text)*2 + 256; m.known == nil || m.size > memoMost {
		m.known, m.size = make(map[string]*parsed), len(text)*2+256
	}
	m.known[string(text)] = p
}
