package parquetfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"

	"github.com/klauspost/compress/zstd"

	"cloud-intelligence/backend/finops"
)

const (
	pageRows       = 1 << 15 // rows of a page
	dictionaryMost = 1 << 20 // bytes of a column's dictionary; what does not fit is written plainly
	decimalBytes   = 16      // of a number with Precision digits
)

// ErrUnfit is inside the error of an Encoder for a value that the column's type cannot hold.
var ErrUnfit = errors.New("does not fit the type of the column")

// Cells are the values of one column of a row group, row by row, in one of three forms: a
// row that Texts names has that text; any other the text in Rows, or the amount in Amounts,
// or Values[IDs[row]]. A nil text, an empty one and words for "no value" are null. The values are packed
// fastest as numbers of a list, because each is looked at once.
type Cells struct {
	IDs     []uint32
	Values  []*string // nothing of it may change while an Encoder is used
	Amounts []int64   // see finops.Unpack
	None    int64     // the number in Amounts that stands for null
	Rows    []*string
	Texts   map[int]*string
}

// Group is a packed row group.
type Group struct {
	rows   int
	chunks []chunkOut
}

// Rows is the number of rows.
func (g *Group) Rows() int { return g.rows }

// chunkOut is what the file says of a column of a row group.
type chunkOut struct {
	data       []byte
	size       int // of data before it was compressed, with the heads of pages
	packed     int // bytes of data
	offset     int64
	dictionary int // bytes of the dictionary's page in data
	nulls      int
	min, max   []byte // nil where every row is null
}

// Encoder packs row groups. It belongs to one goroutine.
type Encoder struct {
	specs  []Spec
	column columnEncoder // used for one column after the other
	zstd   *zstd.Encoder
	page   []byte
	packed []byte
}

// NewEncoder makes an Encoder of the row groups of a file with these columns.
func NewEncoder(specs []Spec) *Encoder {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault))
	if err != nil {
		panic("parquetfile: " + err.Error()) // wrong options
	}
	return &Encoder{specs: specs, zstd: z, column: columnEncoder{byContent: map[string]uint32{}, byAmount: map[int64]uint32{}}}
}

// Encode packs rows; cells gives the values of each column. It answers CodeInvalid with
// ErrUnfit, naming the column, for a value that the column's type cannot hold exactly.
func (e *Encoder) Encode(rows int, cells func(column int) Cells) (*Group, error) {
	g := &Group{rows: rows, chunks: make([]chunkOut, len(e.specs))}
	c := &e.column
	for i := range e.specs {
		c.spec = e.specs[i]
		if err := c.gather(rows, cells(i)); err != nil {
			return nil, err
		}
		g.chunks[i] = e.chunk(c)
	}
	return g, nil
}

// EncodeRows is Encode for rows of texts.
func (e *Encoder) EncodeRows(rows [][]*string) (*Group, error) {
	column := make([]*string, len(rows))
	return e.Encode(len(rows), func(i int) Cells {
		for at, row := range rows {
			column[at] = row[i]
		}
		return Cells{Rows: column}
	})
}

// columnEncoder numbers the distinct values of a column of a row group.
type columnEncoder struct {
	spec   Spec
	levels []uint32 // per row: 0 = null
	codes  []uint32 // per row that is not null

	// The distinct values, as the file has them without their lengths.
	data []byte
	ends []int

	byContent map[string]uint32
	byAmount  map[int64]uint32
	byID      []uint32 // by id, code + 1; 0 = not met, nullCode = no value
	met       []uint32 // the ids in byID
	plain     []byte   // scratch
}

// nullCode is the code of no value.
const nullCode = ^uint32(0)

func (c *columnEncoder) gather(rows int, cells Cells) error {
	c.levels, c.codes, c.data, c.ends = c.levels[:0], c.codes[:0], c.data[:0], c.ends[:0]
	clear(c.byContent)
	clear(c.byAmount)
	for _, id := range c.met {
		c.byID[id] = 0
	}
	c.met = c.met[:0]
	if len(c.byID) < len(cells.Values) {
		c.byID = make([]uint32, len(cells.Values))
	}
	var last *string
	var lastCode uint32
	for row := range rows {
		code := nullCode
		var err error
		text, own := (*string)(nil), false
		if len(cells.Texts) > 0 {
			text, own = cells.Texts[row]
		}
		switch {
		case own:
			code, err = c.text(text)
		case cells.Rows != nil:
			if text = cells.Rows[row]; text == nil || text != last {
				lastCode, err = c.text(text)
				last = text
			}
			code = lastCode
		case cells.Amounts != nil:
			if v := cells.Amounts[row]; v != cells.None {
				code, err = c.amount(v)
			}
		default:
			code, err = c.id(cells.IDs[row], cells.Values)
		}
		if err != nil {
			return err
		}
		if code == nullCode {
			c.levels = append(c.levels, 0)
			continue
		}
		c.levels, c.codes = append(c.levels, 1), append(c.codes, code)
	}
	return nil
}

func (c *columnEncoder) id(id uint32, values []*string) (code uint32, err error) {
	switch known := c.byID[id]; known {
	case 0:
	case nullCode:
		return nullCode, nil
	default:
		return known - 1, nil
	}
	if code, err = c.text(values[id]); err != nil {
		return nullCode, err
	}
	c.met = append(c.met, id)
	if c.byID[id] = code + 1; code == nullCode {
		c.byID[id] = nullCode
	}
	return code, nil
}

func (c *columnEncoder) amount(v int64) (uint32, error) {
	if code, ok := c.byAmount[v]; ok {
		return code, nil
	}
	text := finops.Unpack(v).String()
	code, err := c.text(&text)
	c.byAmount[v] = code
	return code, err
}

// text numbers a text by what the file has for it.
func (c *columnEncoder) text(text *string) (uint32, error) {
	if text == nil || isNull(*text) {
		return nullCode, nil
	}
	c.plain = append(c.plain[:0], *text...)
	start, ok := len(c.data), true
	switch c.spec.Kind {
	case finops.KindDecimal:
		c.data, ok = appendFixed(c.data, c.plain, c.spec.Scale)
	case finops.KindTime:
		var seconds int64
		seconds, ok = exactSecond(*text)
		c.data = binary.LittleEndian.AppendUint64(c.data, uint64(seconds*1000))
	case finops.KindText, finops.KindJSON:
		c.data = append(c.data, *text...)
	}
	if !ok {
		return nullCode, finops.WrapError(finops.CodeInvalid, ErrUnfit, "%s holds %q, which its column in the Parquet file cannot hold exactly", c.spec.Name, *text)
	}
	if code, met := c.byContent[string(c.data[start:])]; met {
		c.data = c.data[:start]
		return code, nil
	}
	code := uint32(len(c.ends))
	c.byContent[string(c.data[start:])] = code
	c.ends = append(c.ends, len(c.data))
	return code, nil
}

// value is a distinct value by its code.
func (c *columnEncoder) value(code uint32) []byte {
	start := 0
	if code > 0 {
		start = c.ends[code-1]
	}
	return c.data[start:c.ends[code]]
}

// appendPlain appends a value as a page has it.
func (c *columnEncoder) appendPlain(dst, value []byte) []byte {
	if c.spec.Kind != finops.KindDecimal && c.spec.Kind != finops.KindTime {
		dst = binary.LittleEndian.AppendUint32(dst, uint32(len(value)))
	}
	return append(dst, value...)
}

// compare orders values as the type of the column does.
func (c *columnEncoder) compare(a, b []byte) int {
	switch c.spec.Kind {
	case finops.KindDecimal: // the sign comes first
		if a[0]^b[0] >= 0x80 {
			return int(b[0]>>7) - int(a[0]>>7)
		}
	case finops.KindTime:
		x, y := int64(binary.LittleEndian.Uint64(a)), int64(binary.LittleEndian.Uint64(b))
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	case finops.KindText, finops.KindJSON:
	}
	return bytes.Compare(a, b)
}

// chunk packs a gathered column: with a dictionary where values repeat.
func (e *Encoder) chunk(c *columnEncoder) chunkOut {
	out := chunkOut{nulls: len(c.levels) - len(c.codes)}
	for code := range c.ends {
		v := c.value(uint32(code))
		if out.min == nil || c.compare(v, out.min) < 0 {
			out.min = v
		}
		if out.max == nil || c.compare(v, out.max) > 0 {
			out.max = v
		}
	}
	out.min, out.max = slices.Clone(out.min), slices.Clone(out.max)
	width := uint(0)
	if n := len(c.ends); n > 0 && len(c.data) <= dictionaryMost && n <= len(c.codes)/4*3+1 {
		width = uint(max(1, bits.Len(uint(n-1))))
		e.page = e.page[:0]
		for code := range c.ends {
			e.page = c.appendPlain(e.page, c.value(uint32(code)))
		}
		e.addPage(&out, dictionaryPage, n, encodingPlain)
		out.dictionary = len(out.data)
	}
	codes := c.codes
	for levels := range slices.Chunk(c.levels, pageRows) {
		e.page = append(e.page[:0], 0, 0, 0, 0)
		e.page = appendHybrid(e.page, levels, 1)
		binary.LittleEndian.PutUint32(e.page, uint32(len(e.page)-4))
		known := 0
		for _, level := range levels {
			known += int(level)
		}
		encoding := encodingPlain
		if width > 0 {
			encoding = encodingDictionary
			e.page = append(e.page, byte(width))
			e.page = appendHybrid(e.page, codes[:known], width)
		} else {
			for _, code := range codes[:known] {
				e.page = c.appendPlain(e.page, c.value(code))
			}
		}
		codes = codes[known:]
		e.addPage(&out, dataPage, len(levels), encoding)
	}
	out.packed = len(out.data)
	return out
}

// addPage compresses the page and puts it, with its head, behind the others of a column.
func (e *Encoder) addPage(out *chunkOut, kind, values, encoding int) {
	e.packed = e.zstd.EncodeAll(e.page, e.packed[:0])
	start := len(out.data)
	out.data = appendPageHead(out.data, kind, values, encoding, len(e.page), len(e.packed))
	out.size += len(out.data) - start + len(e.page)
	out.data = append(out.data, e.packed...)
}

// appendHybrid packs numbers of width bits as runs of one number and, between them, groups
// of eight packed numbers.
func appendHybrid(dst []byte, numbers []uint32, width uint) []byte {
	const group = 8
	for at := 0; at < len(numbers); {
		if run := runLength(numbers[at:], len(numbers)); run >= group {
			dst = binary.AppendUvarint(dst, uint64(run)<<1)
			for shift := uint(0); shift < width; shift += 8 {
				dst = append(dst, byte(numbers[at]>>shift))
			}
			at += run
			continue
		}
		end := at + group
		for end < len(numbers) && runLength(numbers[end:], group) < group {
			end += group
		}
		dst = binary.AppendUvarint(dst, uint64(end-at)/group<<1|1)
		dst = appendPacked(dst, numbers[at:min(end, len(numbers))], end-at, width)
		at = end
	}
	return dst
}

// runLength counts how often the first number is repeated at once, up to most.
func runLength(numbers []uint32, most int) int {
	n := 1
	for n < len(numbers) && n < most && numbers[n] == numbers[0] {
		n++
	}
	return n
}

// appendPacked packs count numbers; those that are missing are 0.
func appendPacked(dst []byte, numbers []uint32, count int, width uint) []byte {
	var word uint64
	var filled uint
	for i := range count {
		if i < len(numbers) {
			word |= uint64(numbers[i]) << filled
		}
		for filled += width; filled >= 8; filled -= 8 {
			dst = append(dst, byte(word))
			word >>= 8
		}
	}
	return dst
}
