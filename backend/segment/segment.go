// Package segment packs columns of consecutive charges into small blobs and reads
// them back. It hides the format: differences as variable-length integers, compressed
// with Zstandard. The question engine reads these instead of SQLite rows, because ten
// million rows take SQLite many seconds and the blobs well under one.
//
// Package store says which columns there are and which is packed as the difference from
// which; ingest makes the columns, engine and service read them through store.
package segment

import (
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"cloud-intelligence/backend/finops"
)

// Lines is the usual number of charges in a segment.
const Lines = 1 << 16

// None marks "no value", Wide an amount that does not fit the column's scale, and Word a text
// that is no number; Wide amounts are listed beside the column, words only with the line.
const (
	None = -1 << 63
	Wide = -1<<63 + 1
	Word = -1<<63 + 2
)

var encoder = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic("segment: " + err.Error())
	}
	return e
})

var decoder = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(1<<28), zstd.WithDecoderConcurrency(0))
	if err != nil {
		panic("segment: " + err.Error())
	}
	return d
})

// EncodeIDs packs a column of ids.
func EncodeIDs(ids []uint32) []byte {
	buf := make([]byte, 0, len(ids)*2+16)
	var last uint32
	for _, id := range ids {
		buf = binary.AppendVarint(buf, int64(id)-int64(last))
		last = id
	}
	return encoder().EncodeAll(buf, nil)
}

// scratch holds what is decompressed until it is decoded.
var scratch = sync.Pool{New: func() any { return new([]byte) }}

// decompress calls fn with the content of a blob, which is gone when fn returns.
func decompress(data []byte, fn func(buf []byte) error) error {
	kept, _ := scratch.Get().(*[]byte)
	defer scratch.Put(kept)
	buf, err := decoder().DecodeAll(data, (*kept)[:0])
	if err != nil {
		return damaged(err)
	}
	*kept = buf
	return fn(buf)
}

// varint reads the number at a place of buf, as binary.Varint does; most have one byte. next
// is not behind at where there is none.
func varint(buf []byte, at int) (v int64, next int) {
	if at < len(buf) && buf[at] < 0x80 {
		u := buf[at]
		return int64(u>>1) ^ -int64(u&1), at + 1
	}
	v, n := binary.Varint(buf[at:])
	return v, at + max(n, 0)
}

// DecodeIDs unpacks len(dst) ids. It answers CodeCorrupt when the blob does not hold
// exactly that many.
func DecodeIDs(dst []uint32, data []byte) error {
	return decompress(data, func(buf []byte) error {
		var last int64
		at := 0
		for i := range dst {
			d, next := varint(buf, at)
			if next <= at {
				return damaged(fmt.Errorf("ends at row %d of %d", i, len(dst)))
			}
			at = next
			last += d
			if last < 0 || last > 1<<32-1 {
				return damaged(fmt.Errorf("id out of range in row %d", i))
			}
			dst[i] = uint32(last)
		}
		if at != len(buf) {
			return damaged(fmt.Errorf("%d bytes too many", len(buf)-at))
		}
		return nil
	})
}

// Amounts is an unpacked column of amounts: coefficients at one scale, None, Word, or Wide
// with the amount in Wides by row.
type Amounts struct {
	Scale  int
	Values []int64
	Wides  map[int]finops.Amount
}

// At returns the amount of a row; known is false where there is no value, or none that is a
// number.
func (a *Amounts) At(row int) (amount finops.Amount, known bool) {
	switch v := a.Values[row]; v {
	case None, Word:
		return finops.Amount{}, false
	case Wide:
		return a.Wides[row], true
	default:
		return finops.NewAmount(v, a.Scale), true
	}
}

// NewAmounts makes a column of n amounts; at returns amount and whether it is known, and is
// asked for each row in order, several times over. The scale is the smallest that keeps every
// amount in 64 bits; where there is none, one that leaves few amounts Wide.
func NewAmounts(n int, at func(row int) (finops.Amount, bool)) *Amounts {
	a := &Amounts{Scale: scaleOf(n, at), Values: make([]int64, n)}
	for row := range n {
		v, known := at(row)
		if !known {
			a.Values[row] = None
			continue
		}
		a.set(row, v)
	}
	return a
}

// set puts an amount into a row at the scale of the column.
func (a *Amounts) set(row int, v finops.Amount) {
	coef, ok := v.Rescale(a.Scale)
	if !ok || coef <= Word {
		if a.Wides == nil {
			a.Wides = map[int]finops.Amount{}
		}
		a.Wides[row] = v
		coef = Wide
	}
	a.Values[row] = coef
}

// Resemble reports whether two columns agree in most rows, so that one is well packed as the
// difference from the other.
func (a *Amounts) Resemble(base *Amounts) bool {
	if a.Scale != base.Scale || len(a.Values) != len(base.Values) {
		return false
	}
	same := 0
	for row, v := range a.Values {
		if v == base.Values[row] {
			same++
		}
	}
	return 2*same > len(a.Values)
}

// EncodeAmounts packs a column of amounts. base may be a column of the same length
// that resembles it (the billed cost for the other costs): only differences are kept.
func EncodeAmounts(a, base *Amounts) []byte {
	useBase := base != nil && base.Scale == a.Scale
	buf := make([]byte, 0, len(a.Values)*6+16)
	buf = append(buf, byte(a.Scale), flag(useBase))
	buf = binary.AppendUvarint(buf, uint64(len(a.Wides)))
	for row := range a.Values {
		if w, ok := a.Wides[row]; ok {
			text := w.String()
			buf = binary.AppendUvarint(buf, uint64(row))
			buf = binary.AppendUvarint(buf, uint64(len(text)))
			buf = append(buf, text...)
		}
	}
	for row, v := range a.Values {
		if useBase {
			v -= base.Values[row] // wraps around, and back again when decoding
		}
		buf = binary.AppendVarint(buf, v)
	}
	return encoder().EncodeAll(buf, nil)
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// DecodeAmounts unpacks a column of len(dst) amounts into dst, which the column keeps. base gives
// the column that EncodeAmounts was given; it is asked only where the column was packed as a
// difference, and nil if there is none. It answers CodeCorrupt for a blob that EncodeAmounts
// did not make.
func DecodeAmounts(dst []int64, data []byte, base func() (*Amounts, error)) (*Amounts, error) {
	a := &Amounts{Values: dst}
	return a, decompress(data, func(buf []byte) error { return a.decode(buf, base) })
}

func (a *Amounts) decode(buf []byte, base func() (*Amounts, error)) (err error) {
	if len(buf) < 3 || buf[0] > maxScale {
		return damaged(fmt.Errorf("no head"))
	}
	a.Scale = int(buf[0])
	var from []int64
	if buf[1] == 1 {
		if from, err = baseValues(len(a.Values), base); err != nil {
			return err
		}
	}
	if buf, err = a.decodeWides(buf[2:]); err != nil {
		return damaged(err)
	}
	at := 0
	for row := range a.Values {
		v, next := varint(buf, at)
		if next <= at {
			return damaged(fmt.Errorf("ends at row %d of %d", row, len(a.Values)))
		}
		at = next
		if from != nil {
			v += from[row]
		}
		a.Values[row] = v
	}
	if at != len(buf) {
		return damaged(fmt.Errorf("%d bytes too many", len(buf)-at))
	}
	return nil
}

func baseValues(n int, base func() (*Amounts, error)) ([]int64, error) {
	if base == nil {
		return nil, damaged(fmt.Errorf("no base column"))
	}
	b, err := base()
	if err != nil {
		return nil, err
	}
	if b == nil || len(b.Values) != n {
		return nil, damaged(fmt.Errorf("no base column"))
	}
	return b.Values, nil
}

func (a *Amounts) decodeWides(buf []byte) ([]byte, error) {
	count, n := binary.Uvarint(buf)
	if n <= 0 || count > uint64(len(a.Values)) {
		return nil, fmt.Errorf("bad count of wide amounts")
	}
	buf = buf[n:]
	for range count {
		row, n := binary.Uvarint(buf)
		if n <= 0 || row >= uint64(len(a.Values)) {
			return nil, fmt.Errorf("bad row of a wide amount")
		}
		buf = buf[n:]
		size, n := binary.Uvarint(buf)
		if n <= 0 || size > uint64(len(buf)-n) {
			return nil, fmt.Errorf("bad size of a wide amount")
		}
		amount, err := finops.ParseAmount(buf[n : n+int(size)])
		if err != nil {
			return nil, err
		}
		if a.Wides == nil {
			a.Wides = map[int]finops.Amount{}
		}
		a.Wides[int(row)] = amount
		buf = buf[n+int(size):]
	}
	return buf, nil
}

func damaged(err error) error {
	return finops.WrapError(finops.CodeCorrupt, err, "A column of the workspace is damaged. Undo the import and import its files again")
}
