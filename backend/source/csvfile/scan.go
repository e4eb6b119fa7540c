package csvfile

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"cloud-intelligence/backend/source"
)

const (
	low  = 0x0101010101010101
	high = 0x8080808080808080
	mask = 0x7f7f7f7f7f7f7f7f
)

// fastRecord splits the record at pos into exactly len(out) fields, eight bytes at a
// time. It answers ok = false for everything that is not a complete, regular record;
// slowRecord then has the last word. Columns with doubled quotes are appended to
// escaped; they still hold them.
func fastRecord(buf []byte, pos int, delim byte, out []source.Bound, escaped []int32) (next int, quoted bool, _ []int32, ok bool) {
	delims, ends := uint64(delim)*low, uint64('\n')*low
	col, start, i := 0, pos, pos
	for i+8 <= len(buf) {
		if i == start && buf[i] == '"' {
			quoted = true
			end, doubled := closingQuote(buf, i+1)
			after := end + 1
			if end < 0 || after >= len(buf) || col == len(out) {
				return 0, false, escaped, false
			}
			if doubled {
				escaped = append(escaped, int32(col))
			}
			out[col] = source.Bound{Start: uint32(i + 1), End: uint32(end)}
			col++
			if buf[after] == '\r' && after+1 < len(buf) {
				after++
				if buf[after] != '\n' {
					return 0, false, escaped, false
				}
			}
			switch buf[after] {
			case delim:
				start, i = after+1, after+1
				continue
			case '\n':
				return after + 1, true, escaped, col == len(out)
			}
			return 0, false, escaped, false
		}
		w := binary.LittleEndian.Uint64(buf[i:])
		x, y := w^delims, w^ends
		m := ^((((x & mask) + mask) | x) & (((y & mask) + mask) | y)) & high
		for m != 0 {
			p := i + bits.TrailingZeros64(m)>>3
			if col == len(out) {
				return 0, false, escaped, false
			}
			out[col] = source.Bound{Start: uint32(start), End: uint32(p)}
			col++
			if buf[p] == '\n' {
				if p > start && buf[p-1] == '\r' {
					out[col-1].End--
				}
				return p + 1, quoted, escaped, col == len(out)
			}
			start = p + 1
			if start < len(buf) && buf[start] == '"' {
				break
			}
			m &= m - 1
		}
		if m != 0 {
			i = start
			continue
		}
		i += 8
	}
	return 0, false, escaped, false
}

// closingQuote finds the quote that closes a field whose text begins at i, and
// whether doubled quotes come before it; -1 if the buffer ends first.
func closingQuote(buf []byte, i int) (end int, doubled bool) {
	for i < len(buf) {
		if i+8 <= len(buf) {
			x := binary.LittleEndian.Uint64(buf[i:]) ^ uint64('"')*low
			m := (x - low) &^ x & high
			if m == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(m) >> 3
		} else if k := bytes.IndexByte(buf[i:], '"'); k >= 0 {
			i += k
		} else {
			return -1, doubled
		}
		if i+1 >= len(buf) || buf[i+1] != '"' {
			return i, doubled
		}
		doubled = true
		i += 2
	}
	return -1, doubled
}

// unescape turns doubled quotes into one, in place.
func unescape(buf []byte, f source.Bound) source.Bound {
	text := buf[f.Start:f.End]
	w := bytes.IndexByte(text, '"')
	if w < 0 {
		return f
	}
	for r := w; r < len(text); r++ {
		text[w] = text[r]
		w++
		if text[r] == '"' {
			r++
		}
	}
	f.End = f.Start + uint32(w)
	return f
}

// outcome says how the splitting of a record ended.
type outcome uint8

const (
	complete     outcome = iota
	incomplete           // the buffer ends before the record does
	unterminated         // the file ends inside quotes
	afterQuote           // text follows a closing quote
)

// record is a record as slowRecord found it. Fields beyond the header's width are
// only counted.
type record struct {
	fields   []source.Bound
	escaped  []int32
	count    int  // fields in the record
	quoted   bool // at least one field is quoted
	overflow bool // a field beyond the width is not empty
}

func (r *record) add(width int, start, end int) {
	if r.count < width {
		r.fields = append(r.fields, source.Bound{Start: uint32(start), End: uint32(end)})
	} else if end > start {
		r.overflow = true
	}
	r.count++
}

// blank reports whether the record is an empty line.
func (r *record) blank() bool {
	return r.count == 1 && !r.quoted && !r.overflow && (len(r.fields) == 0 || r.fields[0].End == r.fields[0].Start)
}

// slowRecord splits any record. final says that the file ends with the buffer.
func slowRecord(buf []byte, pos int, delim byte, width int, final bool, r *record) (next int, _ outcome) {
	*r = record{fields: r.fields[:0], escaped: r.escaped[:0]}
	for i := pos; ; {
		var end int
		if i < len(buf) && buf[i] == '"' {
			r.quoted = true
			quote, doubled := closingQuote(buf, i+1)
			if quote < 0 || (quote+1 == len(buf) && !final) {
				if final {
					return 0, unterminated
				}
				return 0, incomplete
			}
			if doubled && r.count < width {
				r.escaped = append(r.escaped, int32(r.count))
			}
			r.add(width, i+1, quote)
			end = quote + 1
		} else {
			end = i + fieldEnd(buf[i:], delim)
			if end == len(buf) && !final {
				return 0, incomplete
			}
			text := end
			if text > i && buf[text-1] == '\r' && (end == len(buf) || buf[end] == '\n') {
				text--
			}
			r.add(width, i, text)
		}
		switch {
		case end == len(buf):
			return end, complete
		case buf[end] == delim:
			i = end + 1
			continue
		case buf[end] == '\n':
			return end + 1, complete
		case buf[end] == '\r' && end+1 == len(buf):
			if !final {
				return 0, incomplete
			}
			return end + 1, complete
		case buf[end] == '\r' && buf[end+1] == '\n':
			return end + 2, complete
		}
		return 0, afterQuote
	}
}

// fieldEnd returns the place of the first delimiter or line end, len(buf) if none.
func fieldEnd(buf []byte, delim byte) int {
	for i, c := range buf {
		if c == delim || c == '\n' {
			return i
		}
	}
	return len(buf)
}
