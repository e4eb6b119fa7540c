package parquetfile

import (
	"encoding/binary"
	"math"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
)

// plain reads values that stand one after the other, as Parquet's plain encoding writes
// them. It points into the page, and copies nothing.
type plain struct {
	kind    parquet.Kind
	size    int // bytes of a FIXED_LEN_BYTE_ARRAY
	data    []byte
	offsets []uint32 // of byte arrays that had another encoding; their lengths are not in data
	bit     int      // in data, of the next boolean
}

// width returns the bytes of a value, 0 where they differ or are bits.
func (p *plain) width() int {
	switch p.kind {
	case parquet.Int32, parquet.Float:
		return 4
	case parquet.Int64, parquet.Double:
		return 8
	case parquet.Int96:
		return 12
	case parquet.FixedLenByteArray:
		return p.size
	}
	return 0
}

// read fills dst. It answers errDamaged if there are fewer values.
func (p *plain) read(dst []parquet.Value) error {
	switch {
	case p.kind == parquet.ByteArray && p.offsets != nil:
		return p.readOffsets(dst)
	case p.kind == parquet.ByteArray:
		return p.readBytes(dst)
	case p.kind == parquet.Boolean:
		return p.readBits(dst)
	}
	width := p.width()
	if len(p.data)/max(1, width) < len(dst) {
		return errDamaged
	}
	for i := range dst {
		dst[i] = fixed(p.kind, p.data[:width:width])
		p.data = p.data[width:]
	}
	return nil
}

func (p *plain) readBytes(dst []parquet.Value) error {
	data := p.data
	for i := range dst {
		if len(data) < 4 {
			return errDamaged
		}
		n := uint64(binary.LittleEndian.Uint32(data)) + 4
		if n > uint64(len(data)) {
			return errDamaged
		}
		dst[i] = parquet.ByteArrayValue(data[4:n:n])
		data = data[n:]
	}
	p.data = data
	return nil
}

func (p *plain) readOffsets(dst []parquet.Value) error {
	if len(p.offsets) <= len(dst) {
		return errDamaged
	}
	for i := range dst {
		start, end := p.offsets[i], p.offsets[i+1]
		if start > end || int(end) > len(p.data) {
			return errDamaged
		}
		dst[i] = parquet.ByteArrayValue(p.data[start:end:end])
	}
	p.offsets = p.offsets[len(dst):]
	return nil
}

func (p *plain) readBits(dst []parquet.Value) error {
	if p.bit+len(dst) > 8*len(p.data) {
		return errDamaged
	}
	for i := range dst {
		dst[i] = parquet.BooleanValue(p.data[p.bit>>3]>>(p.bit&7)&1 == 1)
		p.bit++
	}
	return nil
}

func fixed(kind parquet.Kind, b []byte) parquet.Value {
	switch kind {
	case parquet.Int32:
		return parquet.Int32Value(int32(binary.LittleEndian.Uint32(b)))
	case parquet.Int64:
		return parquet.Int64Value(int64(binary.LittleEndian.Uint64(b)))
	case parquet.Float:
		return parquet.FloatValue(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	case parquet.Double:
		return parquet.DoubleValue(math.Float64frombits(binary.LittleEndian.Uint64(b)))
	case parquet.Int96:
		return parquet.Int96Value(deprecated.Int96{binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[8:])})
	}
	return parquet.FixedLenByteArrayValue(b)
}

// dictionary holds the values that the codes of a column chunk stand for.
type dictionary struct {
	plain  plain
	starts []uint32 // in plain.data, of the length of each byte array that has it there
	count  int
}

// set takes over the values of a dictionary page.
func (d *dictionary) set(p plain, count int) error {
	d.plain, d.count, d.starts = p, count, d.starts[:0]
	if p.kind != parquet.ByteArray {
		if p.kind == parquet.Boolean || len(p.data)/max(1, p.width()) < count {
			return errDamaged
		}
		return nil
	}
	if p.offsets != nil {
		if len(p.offsets) <= count {
			return errDamaged
		}
		return nil
	}
	if cap(d.starts) <= count {
		d.starts = make([]uint32, 0, count+1)
	}
	at := uint64(0)
	for range count {
		if at+4 > uint64(len(p.data)) {
			return errDamaged
		}
		d.starts = append(d.starts, uint32(at))
		at += 4 + uint64(binary.LittleEndian.Uint32(p.data[at:]))
	}
	if at > uint64(len(p.data)) {
		return errDamaged
	}
	d.starts = append(d.starts, uint32(at))
	return nil
}

// value returns the value of a code, which must be below count.
func (d *dictionary) value(code uint32) parquet.Value {
	p := &d.plain
	switch {
	case p.kind == parquet.ByteArray && p.offsets != nil:
		start, end := p.offsets[code], p.offsets[code+1]
		return parquet.ByteArrayValue(p.data[start:end:end])
	case p.kind == parquet.ByteArray:
		start, end := d.starts[code]+4, d.starts[code+1]
		return parquet.ByteArrayValue(p.data[start:end:end])
	}
	width := p.width()
	at := int(code) * width
	return fixed(p.kind, p.data[at:at+width:at+width])
}
