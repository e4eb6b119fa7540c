package bigqueryexport

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// errForm says that an answer is not of the form that its schema announces.
var errForm = finops.Errorf(finops.CodeUnavailable, "The answer of BigQuery has another form than it announces.")

// writer writes rows as a file that the import reads: JSON, one object a line, for Google's own export, CSV for FOCUS. Rows are gathered and taken
// as a part, and parts are put into the file.
type writer struct {
	out     io.Writer
	t       table
	columns []column
	line    bytes.Buffer // rows that were not taken yet
	csv     *csv.Writer  // of a FOCUS table
	taking  part         // their number
	records int64        // that were put
	newest  int64        // of those, µs since 1970
}

// part is a piece of the file. It is kept in folders of syncs, and read there by later versions of the program.
type part struct {
	Rows    string
	Records int64
	Newest  int64  // export time, µs since 1970; 0 = there is none
	Next    string // token of the page that follows; "" = there is none
}

// cells adds a row of the REST interface.
func (w *writer) cells(cells []cell) error {
	row, err := readRecord(cells, w.columns)
	if err != nil {
		return err
	}
	return w.row(row)
}

// row adds a row.
func (w *writer) row(row []value) error {
	var err error
	if w.t.focus {
		err = w.record(row)
	} else if err = appendRecord(&w.line, row, w.columns); err == nil {
		w.line.WriteByte('\n')
	}
	if err != nil {
		return err
	}
	w.taking.Records++
	for i, c := range w.columns {
		if c.Name == w.t.newest {
			w.taking.Newest = max(w.taking.Newest, micros(row[i].text))
		}
	}
	return nil
}

// take takes the rows that were added.
func (w *writer) take(next string) part {
	if w.csv != nil {
		w.csv.Flush()
	}
	p := w.taking
	p.Rows, p.Next = w.line.String(), next
	w.line.Reset()
	w.taking = part{}
	return p
}

// restart begins the file again, so that nothing of what was read in one way is mixed with what is read in another. Of what is kept the answer to one
// question is spared. It answers CodeConflict for a file that cannot be emptied.
func (w *writer) restart(kept *source.Pages, but monthAsked) error {
	if kept == nil && w.records > 0 {
		return finops.Errorf(finops.CodeConflict, "BigQuery gives the rows in another order by now.")
	}
	*w = writer{out: w.out, t: w.t, columns: w.columns}
	return kept.Restart(but)
}

// put writes a part.
func (w *writer) put(p part) error {
	w.records += p.Records
	w.newest = max(w.newest, p.Newest)
	_, err := io.WriteString(w.out, p.Rows)
	return err //nolint:wrapcheck // the sink explains it
}

// record adds a line of CSV, before the first one the names.
func (w *writer) record(row []value) error {
	if w.csv == nil {
		w.csv = csv.NewWriter(&w.line)
	}
	fields := make([]string, len(row))
	if w.records+w.taking.Records == 0 {
		for i, c := range w.columns {
			fields[i] = c.Name
		}
		if err := w.csv.Write(fields); err != nil {
			return err //nolint:wrapcheck // a buffer takes everything
		}
	}
	for i, c := range w.columns {
		v := row[i]
		switch {
		case v.null():
			fields[i] = ""
		case c.Mode == "REPEATED" || isRecord(c):
			var text bytes.Buffer
			if err := appendValue(&text, v, c); err != nil {
				return err
			}
			fields[i] = text.String()
		case c.Type == "TIMESTAMP":
			fields[i] = at(v.text).Format(time.RFC3339Nano)
		default:
			fields[i] = string(canonical(v.text, c.Type))
		}
	}
	return w.csv.Write(fields) //nolint:wrapcheck // a buffer takes everything
}

// value is a value of a row, in whatever way it was read. NULL has neither text nor list.
type value struct {
	text []byte  // of a scalar, as the REST interface writes it
	list []value // of what is REPEATED its elements, of a record its members
}

func (v value) null() bool { return v.text == nil && v.list == nil }

func isRecord(c column) bool { return c.Type == "RECORD" || c.Type == "STRUCT" }

func isNull(v json.RawMessage) bool { return len(v) == 0 || string(v) == "null" }

// readRecord reads the members of a record of the REST interface.
func readRecord(cells []cell, columns []column) ([]value, error) {
	if len(cells) != len(columns) {
		return nil, errForm
	}
	list := make([]value, len(cells))
	for i, c := range columns {
		var err error
		if list[i], err = readValue(cells[i].V, c); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func readValue(raw json.RawMessage, c column) (v value, err error) {
	switch {
	case isNull(raw):
	case c.Mode == "REPEATED":
		var list []cell
		if json.Unmarshal(raw, &list) != nil {
			return v, errForm
		}
		one := c
		one.Mode = ""
		v.list = make([]value, len(list))
		for i, x := range list {
			if v.list[i], err = readValue(x.V, one); err != nil {
				return v, err
			}
		}
	case isRecord(c):
		var record struct {
			F []cell `json:"f"`
		}
		if json.Unmarshal(raw, &record) != nil {
			return v, errForm
		}
		v.list, err = readRecord(record.F, c.Fields)
	default:
		var text string
		if json.Unmarshal(raw, &text) != nil {
			return v, errForm
		}
		v.text = append([]byte{}, text...)
	}
	return v, err
}

// appendRecord writes an object; what is NULL is left out, as BigQuery itself does.
func appendRecord(b *bytes.Buffer, row []value, columns []column) error {
	b.WriteByte('{')
	first := true
	for i, c := range columns {
		if row[i].null() {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.WriteByte('"')
		b.WriteString(c.Name) // names are letters, digits and underscores
		b.WriteString(`":`)
		if err := appendValue(b, row[i], c); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

func appendValue(b *bytes.Buffer, v value, c column) error {
	switch {
	case v.null():
		b.WriteString("null")
		return nil
	case c.Mode == "REPEATED":
		one := c
		one.Mode = ""
		b.WriteByte('[')
		for i, x := range v.list {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := appendValue(b, x, one); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case isRecord(c):
		return appendRecord(b, v.list, c.Fields)
	}
	text := canonical(v.text, c.Type)
	switch c.Type {
	case "TIMESTAMP":
		b.WriteByte('"')
		b.Write(at(text).AppendFormat(b.AvailableBuffer(), "2006-01-02 15:04:05.999999 UTC"))
		b.WriteByte('"')
	case "BOOLEAN", "BOOL":
		b.Write(bytes.ToLower(text))
	case "FLOAT", "FLOAT64":
		if json.Valid(text) {
			b.Write(text)
			return nil
		}
		return appendQuoted(b, text) // NaN, Infinity
	default:
		return appendQuoted(b, text)
	}
	return nil
}

// appendQuoted writes a text as JSON.
func appendQuoted(b *bytes.Buffer, text []byte) error {
	if bytes.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' }) {
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		err := e.Encode(string(text))
		b.Truncate(b.Len() - 1) // the end of the line
		return err
	}
	b.WriteByte('"')
	b.Write(text)
	b.WriteByte('"')
	return nil
}

// canonical spells a scalar in one way of the several that are equal, so that it is the same in whatever way it was read.
func canonical(text []byte, kind string) []byte {
	switch kind {
	case "FLOAT", "FLOAT64":
		f, err := strconv.ParseFloat(string(text), 64)
		if err != nil {
			return text
		}
		return appendFloat(nil, f)
	case "NUMERIC", "DECIMAL", "BIGNUMERIC", "BIGDECIMAL", "TIME", "DATETIME":
		if bytes.IndexByte(text, '.') >= 0 {
			text = bytes.TrimSuffix(bytes.TrimRight(text, "0"), []byte{'.'})
		}
	}
	return text
}

// appendFloat writes the shortest text that is read as the same number.
func appendFloat(b []byte, f float64) []byte {
	switch text := strconv.AppendFloat(b, f, 'g', -1, 64); string(text[len(b):]) {
	case "+Inf":
		return append(b, "Infinity"...)
	case "-Inf":
		return append(b, "-Infinity"...)
	default:
		return text
	}
}

// micros reads a moment; 0 where it is none.
func micros(text []byte) int64 {
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func at(text []byte) time.Time { return time.UnixMicro(micros(text)).UTC() }

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
