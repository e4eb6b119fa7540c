package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
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

// plainJSON leaves <, > and & as they are: this is no web page.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("spell the result as JSON: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
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

// list makes an empty list [] instead of null.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// amountOf is a metric's value in JSON: the exact decimal text, null when unknown.
func amountOf[S fmt.Stringer](s *S) any {
	if s == nil {
		return nil
	}
	return (*s).String()
}
