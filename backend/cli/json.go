package cli

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"
)

// field is a member of an object whose order matters.
type field struct {
	name  string
	value any
}

// object is a JSON object that keeps the order of its members.
type object []field

// MarshalJSON writes the members in order. A name that comes twice is written once.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	seen := make(map[string]bool, len(o))
	b.WriteByte('{')
	for _, f := range o {
		if seen[f.name] {
			continue
		}
		if len(seen) > 0 {
			b.WriteByte(',')
		}
		seen[f.name] = true
		if err := e.Encode(f.name); err != nil {
			return nil, fmt.Errorf("spell a name as JSON: %w", err)
		}
		b.Truncate(b.Len() - 1) // the encoder ends with a new line
		b.WriteByte(':')
		if err := e.Encode(f.value); err != nil {
			return nil, fmt.Errorf("spell %s as JSON: %w", f.name, err)
		}
		b.Truncate(b.Len() - 1)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// plainJSON leaves <, > and & as they are: this is no web page. See scripted for the types that the window shows, too.
func plainJSON(v any) ([]byte, error) {
	v = scripted(reflect.ValueOf(v))
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("spell the result as JSON: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// scripted makes of a value what is written for scripts. A struct is the one of the window with the same names (ADR 29); what its fields say in the
// tag cli is different here: "null" stands for "" and 0, "omit" leaves these out, and "-" the field. A list is never null.
func scripted(v reflect.Value) any {
	if v.IsValid() && v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return nil
	}
	switch known := v.Interface().(type) {
	case object:
		o := make(object, len(known))
		for i, f := range known {
			o[i] = field{f.name, scripted(reflect.ValueOf(f.value))}
		}
		return o
	case json.Marshaler, encoding.TextMarshaler:
		return known
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		if _, own := v.Interface().(json.Marshaler); own {
			return v.Interface()
		}
		return scripted(v.Elem())
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v.Interface()
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = scripted(v.Index(i))
		}
		return list
	case reflect.Struct:
		return scriptedStruct(v)
	}
	return v.Interface()
}

// scriptedStruct keeps the order of the fields. Those of a struct in it without a name stand among them, unless the outer one has the name, too.
func scriptedStruct(v reflect.Value) object {
	var o object
	outer := map[string]bool{}
	for _, f := range reflect.VisibleFields(v.Type()) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); len(f.Index) == 1 {
			outer[name] = true
		}
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			for _, inner := range scriptedStruct(v.Field(i)) {
				if !outer[inner.name] {
					o = append(o, inner)
				}
			}
			continue
		}
		value := v.Field(i)
		rule := f.Tag.Get("cli")
		if name == "" || name == "-" || rule == "-" || (option != "" || rule == "omit") && value.IsZero() {
			continue
		}
		if rule == "null" && value.IsZero() {
			o = append(o, field{name, nil})
			continue
		}
		o = append(o, field{name, scripted(value)})
	}
	return o
}

// writeJSON writes a result that fits in memory, indented.
func writeJSON(w io.Writer, v any) error {
	text, err := plainJSON(v)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return fmt.Errorf("spell the result as JSON: %w", err)
	}
	b.WriteByte('\n')
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

// writeJSONRows writes a list with one row to a line, one after the other: an answer may
// have more rows than should be held as text.
func writeJSONRows(w io.Writer, rows iter.Seq2[object, error]) error {
	before := "[\n"
	for row, err := range rows {
		if err != nil {
			return err
		}
		text, err := plainJSON(row)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s%s", before, text); err != nil {
			return wrapWrite(err)
		}
		before = ",\n"
	}
	end := "\n]"
	if before == "[\n" {
		end = "[]"
	}
	_, err := io.WriteString(w, end)
	return wrapWrite(err)
}

// amountOf is a metric's value in JSON: the exact decimal text, null when unknown.
func amountOf[S fmt.Stringer](s *S) any {
	if s == nil {
		return nil
	}
	return (*s).String()
}
