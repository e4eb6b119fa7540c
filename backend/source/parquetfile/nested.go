package parquetfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"

	"cloud-intelligence/backend/source"
)

const (
	maxRowValues = 1 << 20
	memoMost     = 2 << 20 // bytes of printed rows that a column keeps
	memoTrial    = 4096    // different rows that a column may begin with before it is judged
)

var errWide = errors.New("one record holds more than a million values in one column")

// nested is a column that is a map, a list or a structure. Its leaves are read in step
// and put together again as the Dremel paper describes; rows that are alike are put
// together once.
type nested struct {
	node   *tree
	leaves []*leaf
	rows   [][]parquet.Value
	base   int // definition level below which the field is null, because its parent is
	asm    assembler

	key   []byte // of the row: its levels and values
	last  []byte // key of the row before
	memo  map[string]*printed
	size  int // of memo
	hits  int
	miss  int
	blind bool // rows hardly repeat: look no more
	stamp uint32
}

// printed is the text of a row.
type printed struct {
	text  []byte
	null  bool
	bound source.Bound // in the batch numbered stamp
	stamp uint32
}

func newNested(n *tree, base int) *nested {
	c := &nested{node: n, base: base}
	c.leaves = n.collect(nil)
	c.rows = make([][]parquet.Value, len(c.leaves))
	return c
}

func (n *nested) open(g group) {
	for _, l := range n.leaves {
		l.chunk.open(g)
		l.at, l.count = 0, 0
	}
	// Codes mean something else now.
	n.memo, n.size, n.hits, n.miss, n.blind = nil, 0, 0, 0, false
}

func (n *nested) close() {
	for _, l := range n.leaves {
		l.chunk.release()
	}
	n.memo = nil
}

func (n *nested) write(b *source.Batch, col int) error {
	n.stamp++
	n.last = n.last[:0]
	at := col
	for range b.Rows {
		whole := true
		for _, l := range n.leaves {
			ok, err := l.span()
			if err != nil {
				return err
			}
			whole = whole && ok
		}
		if err := n.writeRow(b, at, whole); err != nil {
			return err
		}
		at += b.Columns
	}
	return nil
}

// writeRow sets one field. whole says that all levels and values of the row are unpacked;
// else it is gathered piece by piece, and not compared.
func (n *nested) writeRow(b *source.Batch, at int, whole bool) (err error) {
	if !whole {
		for i, l := range n.leaves {
			if n.rows[i], err = l.gather(n.rows[i][:0]); err != nil {
				return err
			}
		}
		b.Bounds[at], n.last = n.print(b), n.last[:0]
		return nil
	}
	if n.blind {
		n.take()
		b.Bounds[at] = n.print(b)
		return nil
	}
	n.key = n.key[:0]
	for _, l := range n.leaves {
		n.key = l.appendKey(n.key)
	}
	if len(n.last) > 0 && bytes.Equal(n.key, n.last) {
		b.Bounds[at] = b.Bounds[at-b.Columns]
	} else {
		b.Bounds[at] = n.look(b)
		n.key, n.last = n.last, n.key
	}
	for _, l := range n.leaves {
		l.pass()
	}
	return nil
}

// take brings the row into the form that the assembler reads, and passes over it.
func (n *nested) take() {
	for i, l := range n.leaves {
		n.rows[i] = l.append(n.rows[i][:0], l.end)
	}
}

// look prints a row, or copies what was printed for its like.
func (n *nested) look(b *source.Batch) source.Bound {
	if p := n.memo[string(n.key)]; p != nil {
		n.hits++
		if p.stamp != n.stamp {
			p.stamp, p.bound = n.stamp, null
			if !p.null {
				start := len(b.Buf)
				b.Buf = append(b.Buf, p.text...)
				p.bound = source.Bound{Start: uint32(start), End: uint32(len(b.Buf))}
			}
		}
		return p.bound
	}
	n.take()
	bound := n.print(b)
	if n.miss++; n.miss > memoTrial && n.hits < n.miss {
		n.memo, n.blind = nil, true
		return bound
	}
	p := &printed{null: bound == null, bound: bound, stamp: n.stamp}
	if !p.null {
		p.text = bytes.Clone(b.Buf[bound.Start:bound.End])
	}
	if n.size += len(n.key) + len(p.text) + 128; n.memo == nil || n.size > memoMost {
		n.memo, n.size = map[string]*printed{}, len(n.key)+len(p.text)+128
	}
	n.memo[string(n.key)] = p
	return bound
}

func (n *nested) print(b *source.Batch) source.Bound {
	if n.base > 0 && n.rows[0][0].DefinitionLevel() < n.base {
		return null
	}
	start := len(b.Buf)
	var isNull bool
	if b.Buf, isNull = n.asm.field(b.Buf, n.node, n.rows, n.base, 0); isNull {
		b.Buf = b.Buf[:start]
		return null
	}
	return source.Bound{Start: uint32(start), End: uint32(len(b.Buf))}
}

// leaf reads the values of one leaf, a row at a time.
type leaf struct {
	chunk  chunk
	format leafFormat

	reps, defs [stretch]uint32
	marks      [2 * stretch]byte // both levels, for keys
	codes      [stretch]uint32   // of the values that are there
	values     []parquet.Value   // those that are there, if they have no codes
	at, count  int               // levels that were used, and unpacked
	used       int               // values or codes that were used
	end, more  int               // of the row that span has found: where its levels end, and its values
}

// span finds the end of the next row. It answers false if the row may go on behind what
// is unpacked.
func (l *leaf) span() (bool, error) {
	if l.at == l.count {
		if err := l.fill(nil); errors.Is(err, io.EOF) {
			return false, errShort
		} else if err != nil {
			return false, err
		}
	}
	l.end, l.more = l.at, l.used
	for {
		if int(l.defs[l.end]) == l.chunk.maxDef {
			l.more++
		}
		l.end++
		if l.chunk.maxRep == 0 {
			return true, nil
		}
		if l.end == l.count {
			return false, nil
		}
		if l.reps[l.end] == 0 {
			return true, nil
		}
	}
}

// pass goes on behind the row that span has found.
func (l *leaf) pass() { l.at, l.used = l.end, l.more }

// appendKey adds what distinguishes the row from others. Codes are shorter than what they stand for.
func (l *leaf) appendKey(key []byte) []byte {
	if l.end == l.at+1 {
		key = append(key, l.marks[2*l.at], l.marks[2*l.at+1])
	} else {
		key = append(key, l.marks[2*l.at:2*l.end]...)
	}
	if l.chunk.coded {
		for _, code := range l.codes[l.used:l.more] {
			key = binary.LittleEndian.AppendUint32(key, code)
		}
		return key
	}
	for _, v := range l.values[l.used:l.more] {
		switch v.Kind() {
		case parquet.ByteArray, parquet.FixedLenByteArray:
			text := v.ByteArray()
			key = append(binary.AppendUvarint(key, uint64(len(text))), text...)
		case parquet.Int96:
			n := v.Int96()
			key = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint64(key, uint64(n[1])<<32|uint64(n[0])), n[2])
		case parquet.Boolean, parquet.Int32, parquet.Float:
			key = binary.LittleEndian.AppendUint32(key, v.Uint32())
		default:
			key = binary.LittleEndian.AppendUint64(key, v.Uint64())
		}
	}
	return key
}

// append adds values with their levels, up to the given level.
func (l *leaf) append(dst []parquet.Value, end int) []parquet.Value {
	for ; l.at < end; l.at++ {
		v := parquet.NullValue()
		if int(l.defs[l.at]) == l.chunk.maxDef {
			if l.chunk.coded {
				v = l.chunk.dict.value(l.codes[l.used])
			} else {
				v = l.values[l.used]
			}
			l.used++
		}
		dst = append(dst, v.Level(int(l.reps[l.at]), int(l.defs[l.at]), l.chunk.index))
	}
	return dst
}

// gather takes a row that may go on behind what is unpacked.
func (l *leaf) gather(dst []parquet.Value) ([]parquet.Value, error) {
	for {
		dst = l.append(dst, l.end)
		if l.at < l.count || l.chunk.maxRep == 0 {
			return dst, nil
		}
		if len(dst) > maxRowValues {
			return dst, errWide
		}
		if err := l.fill(dst); errors.Is(err, io.EOF) {
			return dst, nil
		} else if err != nil {
			return dst, err
		}
		for l.end = 0; l.end < l.count && l.reps[l.end] != 0; {
			l.end++
		}
	}
}

// fill unpacks the next levels and values. The values of a row that has begun may lie in
// a page that goes now; they are copied.
func (l *leaf) fill(begun []parquet.Value) error {
	if l.chunk.left == 0 {
		for i, v := range begun {
			begun[i] = v.Clone()
		}
	}
	if err := l.chunk.next(); err != nil {
		return err
	}
	n := min(l.chunk.left, stretch)
	reps, defs := l.reps[:n], l.defs[:n]
	if l.chunk.maxRep > 0 {
		if err := l.chunk.reps.read(reps); err != nil {
			return err
		}
	}
	there := n
	if l.chunk.maxDef > 0 {
		if err := l.chunk.defs.read(defs); err != nil {
			return err
		}
		there = 0
		for _, def := range defs {
			if int(def) == l.chunk.maxDef {
				there++
			}
		}
	}
	coded := byte(0)
	if l.chunk.coded {
		coded = 0x80 // beyond every level: maxDepth is less
	}
	for i, rep := range reps {
		l.marks[2*i], l.marks[2*i+1] = byte(rep)|coded, byte(defs[i])
	}
	l.chunk.left -= n
	l.at, l.count, l.used = 0, n, 0
	if l.chunk.coded {
		return l.chunk.codesOf(l.codes[:there])
	}
	l.values = resize(l.values, there)
	return l.chunk.direct.read(l.values)
}
