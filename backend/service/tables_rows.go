package service

import (
	"context"
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/report"
)

// Of makes a table of a list of structs, which both faces show as JSON: the columns are their fields with the
// names that these have in the JSON of the commands. The fields of
// a struct in it stand beside the others, with its name in front where it has one. Texts in a list stand in one cell; whatever else has more than one
// value is left out. Currency is the column of that name. A field of text that is a decimal says with the tag "cell" what it is: amount, quantity or share.
func (w Tables) Of(ctx context.Context, title string, rows any) (*report.Table, error) {
	t, err := w.table(ctx, title, title+" of the workspace")
	if err != nil {
		return nil, err
	}
	fill(t, rows)
	return t, nil
}

// fill gives a table the columns and rows of a list of structs, see Tables.Of.
func fill(t *report.Table, rows any) {
	list := reflect.ValueOf(rows)
	columns := columnsOf(list.Type().Elem(), "", nil)
	for i, c := range columns {
		if c.name == "currency" {
			t.Currency = i
		}
		t.Columns = append(t.Columns, report.Column{Name: c.name, Kind: c.kind})
	}
	cells := make([][]*string, list.Len())
	for i := range cells {
		for _, c := range columns {
			cells[i] = append(cells[i], c.cell(list.Index(i)))
		}
	}
	t.Rows = report.List(cells)
}

// rowColumn is a column of a table of structs.
type rowColumn struct {
	name string
	kind report.Kind
	at   []int // the field, through the structs around it
}

var textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()

// columnsOf lists the fields of a struct that are cells; at leads to the struct.
func columnsOf(row reflect.Type, prefix string, at []int) (columns []rowColumn) {
	own := map[string]bool{} // names of the outer struct, which stand for those of a struct without a name in it
	for i := range row.NumField() {
		name, _, _ := strings.Cut(row.Field(i).Tag.Get("json"), ",")
		own[prefix+name] = true
	}
	for i := range row.NumField() {
		f := row.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || (name == "" && !f.Anonymous) || f.Tag.Get("cli") == "-" {
			continue
		}
		here := append(append([]int{}, at...), i)
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		kind, ok := cellKind(inner, name)
		if said := f.Tag.Get("cell"); said != "" {
			kind = saidKinds[said]
		}
		switch {
		case ok:
			columns = append(columns, rowColumn{prefix + name, kind, here})
		case inner.Kind() == reflect.Struct && name == "":
			columns = append(columns, slices.DeleteFunc(columnsOf(inner, prefix, here), func(c rowColumn) bool { return own[c.name] })...)
		case inner.Kind() == reflect.Struct:
			columns = append(columns, columnsOf(inner, prefix+name+".", here)...)
		}
	}
	return columns
}

// saidKinds are what a field of decimal text says of its cells with the tag "cell".
var saidKinds = map[string]report.Kind{"amount": report.Amount, "quantity": report.Quantity, "share": report.Share}

// cellKind says how a workbook shows the values of a type; false = they are no cells.
func cellKind(t reflect.Type, name string) (report.Kind, bool) {
	switch t {
	case reflect.TypeFor[finops.Filter]():
		return report.Text, true
	case reflect.TypeFor[finops.Sum](), reflect.TypeFor[finops.Amount]():
		return report.Amount, true
	case reflect.TypeFor[finops.Day]():
		return report.Day, true
	case reflect.TypeFor[finops.Month]():
		return report.Month, true
	}
	switch t.Kind() {
	case reflect.String:
		switch {
		case strings.HasSuffix(name, "At") || name == "first" || name == "last":
			return report.Time, true
		case name == "month":
			return report.Month, true
		}
		return report.Text, true
	case reflect.Bool:
		return report.Text, true
	case reflect.Int, reflect.Int64:
		return report.Count, true
	case reflect.Float64:
		return report.Quantity, true
	case reflect.Slice:
		return report.Text, t.Elem().Kind() == reflect.String
	}
	return report.Text, t.Implements(textMarshaler)
}

// cell is the value of a row; nil = there is none.
func (c *rowColumn) cell(row reflect.Value) *string {
	v := row
	for _, i := range c.at {
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if v = v.Field(i); v.Kind() == reflect.Pointer && v.IsNil() {
			return nil
		}
	}
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if f, ok := v.Interface().(finops.Filter); ok {
		v = reflect.ValueOf(filter.Print(f))
	}
	text := ""
	switch v.Kind() {
	case reflect.String:
		text = v.String()
	case reflect.Bool:
		text = map[bool]string{true: "yes", false: "no"}[v.Bool()]
	case reflect.Int, reflect.Int64:
		text = strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		text = strconv.FormatFloat(v.Float(), 'f', -1, 64)
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = v.Index(i).String()
		}
		text = strings.Join(parts, ", ")
	default:
		text = fmt.Sprint(v.Interface())
	}
	if text == "" {
		return nil
	}
	return &text
}
