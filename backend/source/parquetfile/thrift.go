package parquetfile

import (
	"encoding/binary"

	"cloud-intelligence/backend/finops"
)

// The numbers of the format; source: parquet.thrift of apache/parquet-format.
const (
	dataPage       = 0
	dictionaryPage = 2

	encodingPlain      = 0
	encodingRLE        = 3
	encodingDictionary = 8

	codecZstd = 6

	typeInt64 = 2
	typeBytes = 6
	typeFixed = 7

	optional = 1

	convertedText    = 0
	convertedDecimal = 5
	convertedMillis  = 9

	logicalText      = 1
	logicalDecimal   = 5
	logicalTimestamp = 8
)

// The types of the compact protocol of Thrift.
const (
	compactTrue   = 1
	compactI32    = 5
	compactI64    = 6
	compactBinary = 8
	compactList   = 9
	compactStruct = 12
)

// compact writes structures in the compact protocol of Thrift: each field with the
// difference of its number from the one before.
type compact struct {
	data []byte
	last []int // numbers of the last fields of the open structures
}

func newCompact(data []byte) *compact { return &compact{data: data, last: []int{0}} }

func (c *compact) field(id, kind int) {
	top := len(c.last) - 1
	c.data = append(c.data, byte((id-c.last[top])<<4|kind))
	c.last[top] = id
}

func (c *compact) i32(id, v int) {
	c.field(id, compactI32)
	c.data = binary.AppendVarint(c.data, int64(v))
}

func (c *compact) i64(id int, v int64) {
	c.field(id, compactI64)
	c.data = binary.AppendVarint(c.data, v)
}

func (c *compact) bytes(id int, v []byte) {
	c.field(id, compactBinary)
	c.element(v)
}

// element is a text of a list.
func (c *compact) element(v []byte) {
	c.data = binary.AppendUvarint(c.data, uint64(len(v)))
	c.data = append(c.data, v...)
}

func (c *compact) list(id, kind, n int) {
	c.field(id, compactList)
	if n < 15 {
		c.data = append(c.data, byte(n<<4|kind))
		return
	}
	c.data = binary.AppendUvarint(append(c.data, byte(15<<4|kind)), uint64(n))
}

// begin opens a structure that is an element of a list; open one that is a field.
func (c *compact) begin() { c.last = append(c.last, 0) }

func (c *compact) open(id int) {
	c.field(id, compactStruct)
	c.begin()
}

func (c *compact) end() {
	c.data = append(c.data, 0)
	c.last = c.last[:len(c.last)-1]
}

// empty is a field that is a structure without fields.
func (c *compact) empty(id int) {
	c.open(id)
	c.end()
}

func appendPageHead(dst []byte, kind, values, encoding, size, packed int) []byte {
	c := newCompact(dst)
	c.i32(1, kind)
	c.i32(2, size)
	c.i32(3, packed)
	if kind == dictionaryPage {
		c.open(7)
		c.i32(1, values)
		c.i32(2, encoding)
	} else {
		c.open(5)
		c.i32(1, values)
		c.i32(2, encoding)
		c.i32(3, encodingRLE)
		c.i32(4, encodingRLE)
	}
	c.end()
	c.end()
	return c.data
}

// footer is the end of the file: what its columns are and where they lie.
func (w *Writer) footer() []byte {
	c := newCompact(nil)
	c.i32(1, 1)
	c.list(2, compactStruct, 1+len(w.specs))
	c.begin()
	c.bytes(4, []byte("focus"))
	c.i32(5, len(w.specs))
	c.end()
	for _, s := range w.specs {
		s.describe(c)
	}
	c.i64(3, w.rows)
	c.list(4, compactStruct, len(w.groups))
	for _, g := range w.groups {
		w.describe(c, g)
	}
	c.bytes(6, []byte(w.creator))
	c.list(7, compactStruct, len(w.specs))
	for range w.specs { // the order of the type holds for the least and the largest value
		c.begin()
		c.empty(1)
		c.end()
	}
	c.end()
	data := binary.LittleEndian.AppendUint32(c.data, uint32(len(c.data)))
	return append(data, magic...)
}

func (s Spec) physical() int {
	switch s.Kind {
	case finops.KindDecimal:
		return typeFixed
	case finops.KindTime:
		return typeInt64
	case finops.KindText, finops.KindJSON:
	}
	return typeBytes
}

func (s Spec) describe(c *compact) {
	c.begin()
	c.i32(1, s.physical())
	if s.Kind == finops.KindDecimal {
		c.i32(2, decimalBytes)
	}
	c.i32(3, optional)
	c.bytes(4, []byte(s.Name))
	switch s.Kind {
	case finops.KindDecimal:
		c.i32(6, convertedDecimal)
		c.i32(7, s.Scale)
		c.i32(8, Precision)
		c.open(10)
		c.open(logicalDecimal)
		c.i32(1, s.Scale)
		c.i32(2, Precision)
		c.end()
		c.end()
	case finops.KindTime:
		c.i32(6, convertedMillis)
		c.open(10)
		c.open(logicalTimestamp)
		c.field(1, compactTrue) // in UTC
		c.open(2)
		c.empty(1) // milliseconds
		c.end()
		c.end()
		c.end()
	case finops.KindText, finops.KindJSON:
		c.i32(6, convertedText)
		c.open(10)
		c.empty(logicalText)
		c.end()
	}
	c.end()
}

func (w *Writer) describe(c *compact, g *Group) {
	size := 0
	for i := range g.chunks {
		size += g.chunks[i].size
	}
	c.begin()
	c.list(1, compactStruct, len(g.chunks))
	for i := range g.chunks {
		c.begin()
		c.i64(2, 0)
		c.open(3)
		g.chunks[i].describe(c, w.specs[i], g.rows)
		c.end()
		c.end()
	}
	c.i64(2, int64(size))
	c.i64(3, int64(g.rows))
	c.end()
}

func (k *chunkOut) describe(c *compact, s Spec, rows int) {
	c.i32(1, s.physical())
	encodings := []int{encodingPlain, encodingRLE}
	if k.dictionary > 0 {
		encodings = append(encodings, encodingDictionary)
	}
	c.list(2, compactI32, len(encodings))
	for _, e := range encodings {
		c.data = binary.AppendVarint(c.data, int64(e))
	}
	c.list(3, compactBinary, 1)
	c.element([]byte(s.Name))
	c.i32(4, codecZstd)
	c.i64(5, int64(rows))
	c.i64(6, int64(k.size))
	c.i64(7, int64(k.packed))
	c.i64(9, k.offset+int64(k.dictionary))
	if k.dictionary > 0 {
		c.i64(11, k.offset)
	}
	c.open(12)
	c.i64(3, int64(k.nulls))
	if k.max != nil {
		c.bytes(5, k.max)
		c.bytes(6, k.min)
	}
	c.end()
}
