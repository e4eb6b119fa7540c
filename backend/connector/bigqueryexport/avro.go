package bigqueryexport

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// errAvro says that rows are not of the form that is known of Avro.
var errAvro = errors.New("the rows are not of the known form")

// plan says how the values of a column are read from Avro.
type plan struct {
	kind   kind
	null   int64  // branch of the union that is NULL; -1 = it cannot be
	scale  int    // of a decimal
	item   *plan  // of an array
	fields []plan // of a record
}

type kind int

const (
	kindText kind = iota
	kindBytes
	kindInt
	kindFloat
	kindBool
	kindDecimal
	kindDate
	kindTime
	kindArray
	kindRecord
)

// scalars says, by the type of a column, as which type of Avro and which logical type BigQuery writes its values.
var scalars = map[string]struct {
	avro, logical string
	kind          kind
}{
	"STRING": {"string", "", kindText}, "GEOGRAPHY": {"string", "", kindText}, "JSON": {"string", "", kindText}, "DATETIME": {"string", "", kindText},
	"BYTES":   {"bytes", "", kindBytes},
	"INTEGER": {"long", "", kindInt}, "INT64": {"long", "", kindInt}, "TIMESTAMP": {"long", "timestamp-micros", kindInt},
	"FLOAT": {"double", "", kindFloat}, "FLOAT64": {"double", "", kindFloat},
	"BOOLEAN": {"boolean", "", kindBool}, "BOOL": {"boolean", "", kindBool},
	"NUMERIC": {"bytes", "decimal", kindDecimal}, "DECIMAL": {"bytes", "decimal", kindDecimal}, "BIGNUMERIC": {"bytes", "decimal", kindDecimal}, "BIGDECIMAL": {"bytes", "decimal", kindDecimal},
	"DATE": {"int", "date", kindDate}, "TIME": {"long", "time-micros", kindTime},
}

// avroType is a type as a schema of Avro spells it: the name of one, a union, or an object.
type avroType struct {
	Type    json.RawMessage `json:"type"`
	Logical string          `json:"logicalType"`
	Scale   int             `json:"scale"`
	Items   json.RawMessage `json:"items"`
	Name    string          `json:"name"`
	Fields  []avroType      `json:"fields"` // of each its name and type
}

// schema reads the schema of a session, which must be that of the columns, and plans how rows are read.
func schema(text string, columns []column) ([]plan, error) {
	p, err := planOf(json.RawMessage(text), column{Type: "RECORD", Fields: columns}, map[string]avroType{})
	return p.fields, err
}

// planOf plans how a column is read. named are the records whose names stand for them further on.
func planOf(raw json.RawMessage, c column, named map[string]avroType) (plan, error) {
	p := plan{null: -1}
	var union []json.RawMessage
	if json.Unmarshal(raw, &union) == nil {
		at := slices.IndexFunc(union, func(m json.RawMessage) bool { return string(m) == `"null"` })
		if len(union) != 2 || at < 0 {
			return p, fmt.Errorf("%w: the column %s is a union", errAvro, c.Name)
		}
		p.null, raw = int64(at), union[1-at]
	}
	var t avroType
	var name string
	if json.Unmarshal(raw, &name) != nil {
		if json.Unmarshal(raw, &t) != nil || json.Unmarshal(t.Type, &name) != nil {
			return p, fmt.Errorf("%w: the column %s has no type", errAvro, c.Name)
		}
		if name == "record" {
			named[t.Name] = t
		}
	} else if known, ok := named[name]; ok {
		t, name = known, "record"
	}
	switch want, ok := scalars[c.Type]; {
	case c.Mode == "REPEATED" && name == "array":
		c.Mode = ""
		item, err := planOf(t.Items, c, named)
		p.kind, p.item = kindArray, &item
		return p, err
	case c.Mode != "REPEATED" && isRecord(c) && name == "record" && len(t.Fields) == len(c.Fields):
		p.kind, p.fields = kindRecord, make([]plan, len(c.Fields))
		for i, f := range t.Fields {
			if !strings.EqualFold(f.Name, c.Fields[i].Name) {
				return p, fmt.Errorf("%w: %s in place of the column %s", errAvro, f.Name, c.Fields[i].Name)
			}
			var err error
			if p.fields[i], err = planOf(f.Type, c.Fields[i], named); err != nil {
				return p, err
			}
		}
		return p, nil
	case c.Mode != "REPEATED" && ok && name == want.avro && (want.logical == "" || want.logical == t.Logical):
		p.kind, p.scale = want.kind, t.Scale
		return p, nil
	}
	return p, fmt.Errorf("%w: the column %s, %s, is %s", errAvro, c.Name, c.Type, name)
}

// block reads the rows of a message of Avro. What they refer to is the message.
type block struct {
	rest []byte
	text []byte // of numbers; values refer to it
}

// rows reads as many rows as there must be.
func (b *block) rows(plans []plan, n int64, each func([]value) error) error {
	for range n {
		row, err := b.record(plans)
		if err != nil {
			return err
		}
		if err := each(row); err != nil {
			return err
		}
	}
	if len(b.rest) > 0 {
		return fmt.Errorf("%w: %d bytes are left behind the rows", errAvro, len(b.rest))
	}
	return nil
}

func (b *block) record(plans []plan) ([]value, error) {
	row := make([]value, len(plans))
	for i := range plans {
		var err error
		if row[i], err = b.value(&plans[i]); err != nil {
			return nil, err
		}
	}
	return row, nil
}

func (b *block) value(p *plan) (v value, err error) {
	if p.null >= 0 {
		branch, err := b.long()
		if err != nil || branch < 0 || branch > 1 {
			return v, errors.Join(errAvro, err)
		}
		if branch == p.null {
			return v, nil
		}
	}
	switch p.kind {
	case kindArray:
		v.list, err = b.array(p.item)
	case kindRecord:
		v.list, err = b.record(p.fields)
	default:
		v.text, err = b.scalar(p)
	}
	return v, err
}

// array reads blocks of elements, of which the last is empty.
func (b *block) array(item *plan) ([]value, error) {
	list := []value{}
	for {
		n, err := b.long()
		if err == nil && n < 0 {
			n = -n
			_, err = b.long() // their size
		}
		switch {
		case err != nil:
			return nil, err
		case n == 0:
			return list, nil
		case n < 0 || n > int64(len(b.rest)): // an element has a byte at least
			return nil, errAvro
		}
		for range n {
			v, err := b.value(item)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
	}
}

// scalar reads a value and spells it as the REST interface does.
func (b *block) scalar(p *plan) ([]byte, error) {
	switch p.kind {
	case kindText:
		text, err := b.bytes()
		if !utf8.Valid(text) {
			text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
		}
		return text, err
	case kindBytes:
		raw, err := b.bytes()
		return b.spelled(base64.StdEncoding.AppendEncode(b.text, raw)), err
	case kindDecimal:
		raw, err := b.bytes()
		return b.spelled(appendDecimal(b.text, raw, p.scale)), err
	case kindFloat:
		raw, err := b.take(8)
		if err != nil {
			return nil, err
		}
		return b.spelled(appendFloat(b.text, math.Float64frombits(binary.LittleEndian.Uint64(raw)))), nil
	case kindBool:
		raw, err := b.take(1)
		if err != nil {
			return nil, err
		}
		return b.spelled(strconv.AppendBool(b.text, raw[0] != 0)), nil
	}
	n, err := b.long()
	switch p.kind {
	case kindDate:
		return b.spelled(time.Unix(0, 0).UTC().AddDate(0, 0, int(n)).AppendFormat(b.text, time.DateOnly)), err
	case kindTime:
		return b.spelled(time.UnixMicro(n).UTC().AppendFormat(b.text, "15:04:05.999999")), err
	default:
		return b.spelled(strconv.AppendInt(b.text, n, 10)), err
	}
}

// spelled returns what was added to the texts.
func (b *block) spelled(all []byte) []byte {
	from := len(b.text)
	b.text = all
	return all[from:len(all):len(all)]
}

// long reads a number of variable length, zigzag.
func (b *block) long() (int64, error) {
	n, size := binary.Varint(b.rest)
	if size <= 0 {
		return 0, fmt.Errorf("%w: a number is cut", errAvro)
	}
	b.rest = b.rest[size:]
	return n, nil
}

func (b *block) bytes() ([]byte, error) {
	n, err := b.long()
	if err != nil {
		return nil, err
	}
	return b.take(n)
}

func (b *block) take(n int64) ([]byte, error) {
	if n < 0 || n > int64(len(b.rest)) {
		return nil, fmt.Errorf("%w: a value is cut", errAvro)
	}
	part := b.rest[:n:n]
	b.rest = b.rest[n:]
	return part, nil
}

// appendDecimal spells a number in two's complement, the highest byte first, that is divided by 10^scale.
func appendDecimal(b, raw []byte, scale int) []byte {
	n := new(big.Int).SetBytes(raw)
	if len(raw) > 0 && raw[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(len(raw))*8))
		b = append(b, '-')
		n.Neg(n)
	}
	digits := n.Append(nil, 10)
	if short := scale + 1 - len(digits); short > 0 {
		digits = append(bytes.Repeat([]byte{'0'}, short), digits...)
	}
	whole := len(digits) - scale
	b = append(b, digits[:whole]...)
	if part := bytes.TrimRight(digits[whole:], "0"); len(part) > 0 {
		b = append(append(b, '.'), part...)
	}
	return b
}
