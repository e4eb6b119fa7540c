package gcpexport

import (
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
	p.bindFlatCredits()
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
	r := record{column: i, name: names[i], paths: paths, found: &jsonfile.Fields{}, plain: anyField}
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

func (p *plan) bindFlatCredits() {
	if p.flatCredits < 0 || p.has[fCredits] {
		return
	}
	p.has[fCredits] = true
	p.leaves = append(p.leaves, leaf{p.flatCredits, fCredits})
	p.others = slices.DeleteFunc(p.others, func(i int) bool { return i == p.flatCredits })
	p.notes = append(p.notes, "The file has one amount of credits per line. If its query made a line of each credit, costs are in it more than once; export the credits as JSON.")
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

func (p *plan) columns() []source.Column {
	columns := make([]source.Column, len(p.out))
	for i, c := range p.out {
		columns[i] = c.Column
	}
	return columns
}

// transform returns the mapping of records. It belongs to one reader.
func (p *plan) transform() source.Transform {
	c, b := &charge{others: make([][]byte, len(p.others))}, newBook()
	return source.Transform{Columns: len(p.out), Map: func(in *source.Batch, row int, out *source.Record) string {
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
	object := text
	if text[0] == '{' {
		if object, _ = asJSON(text); object == nil {
			object = text
		}
	}
	var rest []byte
	switch {
	case r.paths.Read(r.found, object):
		for i, f := range r.fields {
			if v := r.found.Values[i]; f < fieldCount && !finops.IsNull(v) {
				c.v[f] = v
			}
		}
		rest = r.found.Rest
	case r.plain != anyField && text[0] != '{':
		c.v[r.plain] = text
	default:
		rest = jsonfile.AppendString(nil, text)
	}
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
