package focusout

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// Converter turns lines of a ledger into lines of a file. It belongs to one goroutine.
type Converter struct {
	version Version
	cells   []cell
	read    []string
	row     []*string
	at      slots
	pairs   []pair
	lines   int64
	plain   []byte // scratch
}

// New makes a Converter to a version, for a workspace that holds the named columns.
func New(version Version, have []string) *Converter {
	c := &Converter{version: version}
	c.cells, c.read = layout(version, have)
	c.row = make([]*string, len(c.cells))
	c.at, c.pairs = c.findSlots()
	return c
}

// Columns are the columns of the file, in order.
func (c *Converter) Columns() []Column {
	columns := make([]Column, len(c.cells))
	for i := range c.cells {
		columns[i] = c.cells[i].Column
	}
	return columns
}

// Convert turns a line, with the values of the columns that New was given, raw and in
// that order, into a line of the file. The result is used again by the next call; its
// values are not.
func (c *Converter) Convert(line []*string) []*string {
	c.lines++
	for i := range c.cells {
		cell := &c.cells[i]
		in := pick(line, cell.from)
		if in == nil {
			in = pick(line, cell.spare)
		}
		c.row[i] = c.value(cell, in)
	}
	c.applyRules()
	for i := range c.cells {
		if c.row[i] == nil && c.cells[i].notNull {
			c.cells[i].unknown++
		}
	}
	return c.row
}

func pick(line []*string, at int) *string {
	if at < 0 || line[at] == nil || finops.IsNull([]byte(*line[at])) {
		return nil
	}
	return line[at]
}

// value spells a value as the specification does; what cannot be read as the column's
// type becomes null and is counted.
func (c *Converter) value(cell *cell, in *string) *string {
	if in == nil {
		return nil
	}
	if in != cell.last {
		cell.last = in
		cell.lastOut, cell.lastBad = c.spellOnce(cell, in)
	}
	if cell.lastBad {
		cell.unreadable++
	}
	return cell.lastOut
}

func (c *Converter) spellOnce(cell *cell, in *string) (out *string, bad bool) {
	laborious := cell.Kind == finops.KindTime || cell.Kind == finops.KindJSON || cell.values != nil
	if known, ok := cell.known[in]; ok && laborious {
		return known.out, known.bad
	}
	out, ok := c.spell(cell, in)
	if laborious {
		if cell.known == nil || len(cell.known) >= knownMost {
			cell.known = map[*string]spelled{}
		}
		cell.known[in] = spelled{out, !ok}
	}
	return out, !ok
}

func (c *Converter) spell(cell *cell, in *string) (out *string, ok bool) {
	switch cell.Kind {
	case finops.KindDecimal:
		return c.decimal(in)
	case finops.KindTime:
		return moment(in, strings.HasSuffix(cell.Name, "End"))
	case finops.KindJSON:
		return keyValues(in)
	case finops.KindText:
	}
	if cell.values != nil {
		if v, known := cell.values[fold(*in)]; known {
			return &v, true
		}
		return unlisted(cell.Name, in), false
	}
	if strings.HasSuffix(cell.Name, "Currency") {
		return currency(in), true
	}
	return in, true
}

// unlisted is what stands for a value that the specification does not list: a service is
// "Other" then by definition, a charge keeps its category, and all else may be null.
func unlisted(name string, in *string) *string {
	switch name {
	case "ServiceCategory":
		other := "Other"
		return &other
	case "ChargeCategory":
		return in
	}
	return nil
}

// currency spells a code in capitals; anything but three letters stays.
func currency(in *string) *string {
	code := strings.ToUpper(strings.TrimSpace(*in))
	if len(code) != 3 || code == *in || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return in
	}
	return &code
}

// decimal spells a number plainly: no exponent, sign of money, separator or leading plus.
func (c *Converter) decimal(in *string) (*string, bool) {
	c.plain = append(c.plain[:0], *in...)
	if _, _, ok := finops.ParsePlain(c.plain); ok {
		return in, true
	}
	a, err := finops.ParseAmount(c.plain)
	if err != nil {
		return nil, false
	}
	out := a.String()
	return &out, true
}

// hour is in seconds.
const hour = 3600

// moment spells a time in UTC, to the second. Ends are exclusive: one in the last second
// of an hour was meant inclusively.
func moment(in *string, end bool) (*string, bool) {
	seconds, ok := finops.ParseTime([]byte(*in))
	if !ok {
		return nil, false
	}
	if end && seconds%hour == hour-1 {
		seconds++
	}
	out := time.Unix(seconds, 0).UTC().Format("2006-01-02T15:04:05Z")
	if out == *in {
		return in, true
	}
	return &out, true
}

// keyValues spells a JSON object whose values are scalars: a value that is an object or a
// list becomes its text, and of a key that is there twice the last value counts.
func keyValues(in *string) (*string, bool) {
	d := json.NewDecoder(strings.NewReader(*in))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, false
	}
	var keys []string
	values := map[string]json.RawMessage{}
	same := true
	for d.More() {
		key, err := d.Token()
		name, isText := key.(string)
		if err != nil || !isText {
			return nil, false
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, false
		}
		if _, twice := values[name]; twice {
			same = false
		} else {
			keys = append(keys, name)
		}
		if value[0] == '{' || value[0] == '[' {
			same, value = false, quoted(string(value))
		}
		values[name] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, false
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, false
	}
	if same {
		return in, true
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for i, key := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(quoted(key))
		b.WriteByte(':')
		b.Write(values[key])
	}
	b.WriteByte('}')
	out := b.String()
	return &out, true
}

// quoted is a text as JSON, with <, > and & as they are.
func quoted(text string) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return json.RawMessage(`""`) // cannot happen: every string is JSON
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
