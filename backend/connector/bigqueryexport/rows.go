package bigqueryexport

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// errForm says that an answer is not of the form that its schema announces.
var errForm = finops.Errorf(finops.CodeUnavailable, "The answer of BigQuery has another form than it announces.")

// writer writes rows as a file that the import reads: JSON, one object a line, for Google's own export, CSV for FOCUS.
type writer struct {
	out     io.Writer
	t       table
	line    bytes.Buffer
	csv     *csv.Writer // of a FOCUS table, once its columns are written
	records int64
	newest  int64 // µs since 1970
}

// page writes the rows of a page.
func (w *writer) page(p page) error {
	if w.t.focus && w.csv == nil && len(p.Rows) > 0 {
		w.csv = csv.NewWriter(&w.line)
		names := make([]string, len(p.Schema.Fields))
		for i, c := range p.Schema.Fields {
			names[i] = c.Name
		}
		if err := w.csv.Write(names); err != nil {
			return err //nolint:wrapcheck // a buffer takes everything
		}
	}
	for _, row := range p.Rows {
		if len(row.F) != len(p.Schema.Fields) {
			return errForm
		}
		var err error
		if w.t.focus {
			err = w.record(row.F, p.Schema.Fields)
		} else if err = appendRecord(&w.line, row.F, p.Schema.Fields); err == nil {
			w.line.WriteByte('\n')
		}
		if err != nil {
			return err
		}
		w.records++
		for i, c := range p.Schema.Fields {
			if c.Name == w.t.newest {
				w.newest = max(w.newest, micros(row.F[i].V))
			}
		}
	}
	if w.csv != nil {
		w.csv.Flush()
	}
	_, err := w.line.WriteTo(w.out)
	return err //nolint:wrapcheck // the sink explains it
}

func (w *writer) record(cells []cell, columns []column) error {
	fields := make([]string, len(cells))
	for i, c := range columns {
		if isNull(cells[i].V) {
			continue
		}
		if c.Mode == "REPEATED" || isRecord(c) {
			var text bytes.Buffer
			if err := appendValue(&text, cells[i].V, c); err != nil {
				return err
			}
			fields[i] = text.String()
			continue
		}
		if json.Unmarshal(cells[i].V, &fields[i]) != nil {
			return errForm
		}
		if c.Type == "TIMESTAMP" {
			fields[i] = at(cells[i].V).Format(time.RFC3339Nano)
		}
	}
	return w.csv.Write(fields) //nolint:wrapcheck // a buffer takes everything
}

func isRecord(c column) bool { return c.Type == "RECORD" || c.Type == "STRUCT" }

func isNull(v json.RawMessage) bool { return len(v) == 0 || string(v) == "null" }

// appendRecord writes an object; what is NULL is left out, as BigQuery itself does.
func appendRecord(b *bytes.Buffer, cells []cell, columns []column) error {
	if len(cells) != len(columns) {
		return errForm
	}
	b.WriteByte('{')
	first := true
	for i, c := range columns {
		if isNull(cells[i].V) {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.WriteString(strconv.Quote(c.Name) + ":") // names are letters, digits and underscores
		if err := appendValue(b, cells[i].V, c); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

func appendValue(b *bytes.Buffer, v json.RawMessage, c column) error {
	if c.Mode == "REPEATED" {
		var list []cell
		if json.Unmarshal(v, &list) != nil {
			return errForm
		}
		one := c
		one.Mode = ""
		b.WriteByte('[')
		for i, x := range list {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := appendValue(b, x.V, one); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	}
	if isRecord(c) {
		var record struct {
			F []cell `json:"f"`
		}
		if json.Unmarshal(v, &record) != nil {
			return errForm
		}
		return appendRecord(b, record.F, c.Fields)
	}
	var text string
	if json.Unmarshal(v, &text) != nil {
		return errForm
	}
	switch c.Type {
	case "TIMESTAMP":
		b.WriteString(strconv.Quote(at(v).Format("2006-01-02 15:04:05.999999 UTC")))
	case "BOOLEAN", "BOOL":
		b.WriteString(strings.ToLower(text))
	case "FLOAT", "FLOAT64":
		if !json.Valid([]byte(text)) { // NaN, Infinity
			text = strconv.Quote(text)
		}
		b.WriteString(text)
	default:
		b.Write(v)
	}
	return nil
}

// micros reads a moment; 0 where it is none.
func micros(v json.RawMessage) int64 {
	n, err := strconv.ParseInt(strings.Trim(string(v), `"`), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func at(v json.RawMessage) time.Time { return time.UnixMicro(micros(v)).UTC() }

// texts returns the values of a row of scalars; "" for NULL.
func texts(cells []cell) ([]string, error) {
	list := make([]string, len(cells))
	var err error
	for i, x := range cells {
		if !isNull(x.V) {
			err = errors.Join(err, json.Unmarshal(x.V, &list[i]))
		}
	}
	if err != nil {
		return nil, errForm
	}
	return list, nil
}
