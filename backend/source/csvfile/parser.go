package csvfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"cloud-intelligence/backend/source"
)

const (
	chunkSize  = 1 << 20
	maxRecord  = 8 << 20 // bytes of one record
	maxRows    = 16 << 10
	maxRejects = 256 // per batch, so that 4 KiB each stay small
	maxText    = 4 << 10
	poolSize   = 4

	// Looking for the end of a quoted record that has none costs up to maxRecord
	// bytes per line. Once a file has wasted this much, shortRecord is the limit.
	maxWaste    = 64 << 20
	shortRecord = 64 << 10
)

// parser cuts decoded text into batches. It belongs to one goroutine; only the
// pool of batches is shared with whoever releases them.
type parser struct {
	read  readFunc
	chunk int // bytes read for one batch
	limit int // bytes of the longest record
	delim byte
	width int

	carry    []byte // text that was read and not yet split
	line     int64  // line number of the next record
	skipping bool   // the rest of a line that was rejected is passed over
	ended    bool
	err      error // what to answer once the text before it is used up
	waste    int64

	settled bool // the first data row was seen
	short   int  // fields by which every data row so far is shorter

	rec     record
	escaped []int32
	pool    chan *source.Batch

	header []string // names as the bytes that they are, to know the header where it comes again

	ansi    bool  // a field was read as Windows-1252
	broken  int64 // fields cut off in a character
	nul     int64 // rows with NUL characters
	padded  int64 // rows to which empty fields were added
	shortBy int   // how many to each
}

func newParser(read readFunc) *parser {
	return &parser{read: read, chunk: chunkSize, limit: maxRecord, pool: make(chan *source.Batch, poolSize), line: 1}
}

func (p *parser) batch() *source.Batch {
	var b *source.Batch
	select {
	case b = <-p.pool:
	default:
		b = &source.Batch{Buf: make([]byte, 0, p.chunk)}
	}
	b.Buf, b.Bounds, b.Lines, b.Rejects = b.Buf[:0], b.Bounds[:0], b.Lines[:0], b.Rejects[:0]
	b.Rows, b.Columns = 0, p.width
	b.SetRelease(p.release)
	return b
}

func (p *parser) release(b *source.Batch) {
	b.SetRelease(nil) // a second Release must not put it into the pool twice
	if cap(b.Buf) > 4*chunkSize {
		return
	}
	select {
	case p.pool <- b:
	default:
	}
}

func (p *parser) next(ctx context.Context) (*source.Batch, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	b := p.batch()
	b.Buf = append(b.Buf, p.carry...)
	p.carry = p.carry[:0]
	for target := p.chunk; ; target = max(p.chunk, 2*len(b.Buf)) {
		if err := p.fill(ctx, b, target); err != nil {
			p.carry = append(p.carry, b.Buf...)
			b.Release()
			return nil, err
		}
		used := p.split(b)
		done := p.ended && used == len(b.Buf)
		if b.Rows == 0 && len(b.Rejects) == 0 && !done && p.err == nil {
			b.Buf = append(b.Buf[:0], b.Buf[used:]...)
			continue
		}
		p.carry = append(p.carry, b.Buf[used:]...)
		b.Buf = b.Buf[:used]
		if b.Rows == 0 && len(b.Rejects) == 0 {
			b.Release()
			if p.err != nil {
				return nil, p.err
			}
			return nil, io.EOF
		}
		p.clean(b)
		return b, nil
	}
}

// fill reads text behind what the batch holds until there are target bytes.
func (p *parser) fill(ctx context.Context, b *source.Batch, target int) error {
	if len(b.Buf) >= target {
		return nil
	}
	b.Buf = slices.Grow(b.Buf, target-len(b.Buf))
	for len(b.Buf) < target && !p.ended && p.err == nil {
		n, err := p.read(ctx, b.Buf[len(b.Buf):target])
		b.Buf = b.Buf[:len(b.Buf)+n]
		switch {
		case errors.Is(err, io.EOF):
			p.ended = true
		case err != nil && context.Cause(ctx) != nil:
			return context.Cause(ctx)
		case err != nil:
			p.err = err
		}
	}
	return nil
}

var byteOrderMark = []byte("\ufeff")

// split cuts the text of the batch into rows and rejects and returns how much of it
// was used.
func (p *parser) split(b *source.Batch) int {
	pos := 0
	for pos < len(b.Buf) && b.Rows < maxRows && len(b.Rejects) < maxRejects {
		if p.skipping {
			k := bytes.IndexByte(b.Buf[pos:], '\n')
			if k < 0 {
				return len(b.Buf)
			}
			p.skipping = false
			p.line++
			pos += k + 1
			continue
		}
		if b.Buf[pos] == byteOrderMark[0] && bytes.HasPrefix(b.Buf[pos:], byteOrderMark) {
			pos += len(byteOrderMark) // in front of a record, where a quote behind it must be seen
			continue
		}
		rows := b.Rows
		next, ok := p.fast(b, pos)
		if !ok {
			if next = p.slow(b, pos); next < 0 {
				break
			}
		}
		if b.Rows > rows && p.repeats(b) {
			p.refuseHeader(b, pos, next)
		}
		pos = next
	}
	return pos
}

func (p *parser) fast(b *source.Batch, pos int) (next int, ok bool) {
	if p.width == 1 || !p.settled {
		return 0, false
	}
	base := len(b.Bounds)
	out := p.grow(b)
	var quoted bool
	next, quoted, p.escaped, ok = fastRecord(b.Buf, pos, p.delim, out, p.escaped[:0])
	if !ok || next-pos > p.limit {
		b.Bounds = b.Bounds[:base]
		return 0, false
	}
	p.short = 0
	b.Rows++
	b.Lines = append(b.Lines, p.line)
	p.line++
	if quoted {
		p.line += int64(bytes.Count(b.Buf[pos:next-1], []byte{'\n'}))
		for _, c := range p.escaped {
			out[c] = unescape(b.Buf, out[c])
		}
	}
	return next, true
}

// grow makes room for one row and returns it.
func (p *parser) grow(b *source.Batch) []source.Bound {
	base := len(b.Bounds)
	if cap(b.Bounds)-base < p.width {
		b.Bounds = slices.Grow(b.Bounds, max(p.width, base))
	}
	b.Bounds = b.Bounds[:base+p.width]
	return b.Bounds[base:]
}

// slow reads the record at pos; -1 means that more text is needed first.
func (p *parser) slow(b *source.Batch, pos int) int {
	limit := p.limit
	if p.waste > maxWaste {
		limit = min(limit, shortRecord)
	}
	final := p.ended && len(b.Buf)-pos <= limit
	next, how := slowRecord(b.Buf[:min(len(b.Buf), pos+limit)], pos, p.delim, p.width, final, &p.rec)
	switch how {
	case complete:
		lines := int64(bytes.Count(b.Buf[pos:next], []byte{'\n'})) // before accept changes the text
		p.accept(b, pos, next)
		p.line += lines
		return next
	case incomplete:
		if len(b.Buf)-pos < limit {
			return -1
		}
		p.waste += int64(limit)
		return p.reject(b, pos, fmt.Sprintf("The record that starts on this line is longer than %d KiB; a quote may be missing at its end.", limit>>10))
	case unterminated:
		p.waste += int64(len(b.Buf) - pos)
		return p.reject(b, pos, "A quote is opened on this line and never closed.")
	default:
		return p.reject(b, pos, "Text follows a closing quote on this line where a delimiter is expected; a quote inside a quoted field must be doubled.")
	}
}

// accept turns the record just split into a row, passes over a blank line, or
// rejects it for its number of fields.
func (p *parser) accept(b *source.Batch, pos, next int) {
	r := &p.rec
	if r.blank() {
		return
	}
	missing := p.width - r.count
	if !p.settled {
		p.settled = true
		if missing > 0 && missing <= p.width/2 {
			p.short, p.shortBy = missing, missing
		}
	}
	if r.overflow || (missing > 0 && missing != p.short) {
		b.Rejects = append(b.Rejects, source.Reject{Line: p.line, Reason: widthReason(r.count, p.width), Text: excerpt(b.Buf[pos:next])})
		return
	}
	if missing <= 0 {
		p.short = 0
	} else {
		p.padded++
	}
	out := p.grow(b)
	n := copy(out, r.fields)
	for i := n; i < len(out); i++ {
		out[i] = source.Bound{Start: uint32(pos), End: uint32(pos)}
	}
	for _, c := range r.escaped {
		out[c] = unescape(b.Buf, out[c])
	}
	b.Rows++
	b.Lines = append(b.Lines, p.line)
}

func widthReason(got, want int) string {
	return fmt.Sprintf("The record has %s where the header has %d.", fields(got), want)
}

// repeats reports whether the last row of the batch is the header once more.
func (p *parser) repeats(b *source.Batch) bool {
	if len(p.header) < 2 {
		return false
	}
	row := b.Bounds[len(b.Bounds)-b.Columns:]
	for i, name := range p.header {
		if i >= len(row) {
			return false
		}
		if string(b.Buf[row[i].Start:row[i].End]) != name {
			return false
		}
	}
	return true
}

// refuseHeader makes a Reject of the last row of the batch.
func (p *parser) refuseHeader(b *source.Batch, pos, next int) {
	b.Rows--
	line := b.Lines[b.Rows]
	b.Lines, b.Bounds = b.Lines[:b.Rows], b.Bounds[:len(b.Bounds)-b.Columns]
	b.Rejects = append(b.Rejects, source.Reject{Line: line, Reason: "The line is the header once more, as where several files were joined into one; it holds no charge.", Text: excerpt(b.Buf[pos:next])})
}

// reject lists the physical line at pos and goes on with the next one.
func (p *parser) reject(b *source.Batch, pos int, reason string) int {
	end := len(b.Buf)
	if k := bytes.IndexByte(b.Buf[pos:], '\n'); k >= 0 {
		end = pos + k + 1
	} else if !p.ended && p.err == nil && end-pos <= maxText {
		return -1 // the excerpt shall not depend on where a chunk ends
	}
	b.Rejects = append(b.Rejects, source.Reject{Line: p.line, Reason: reason, Text: excerpt(b.Buf[pos:end])})
	if b.Buf[end-1] == '\n' {
		p.line++
	} else {
		p.skipping = true
	}
	return end
}

// excerpt is the text of a rejected record, as far as it may be kept.
func excerpt(text []byte) string {
	text = bytes.TrimRight(text, "\r\n")
	if len(text) > maxText {
		text = text[:maxText]
		for i := 0; i < utf8.UTFMax && !utf8.Valid(text[len(text)-min(len(text), utf8.UTFMax):]); i++ {
			text = text[:len(text)-1]
		}
	}
	return cut(toText(text), maxText)
}

// cut shortens s to at most n bytes without breaking a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// clean makes UTF-8 of fields that are not, counts what it met, and takes invisible marks
// off their ends. The new text is put behind the old. Text of ASCII alone has no marks.
func (p *parser) clean(b *source.Batch) {
	hasNUL := bytes.IndexByte(b.Buf, 0) >= 0
	ascii := asciiPrefix(b.Buf) == len(b.Buf)
	valid := ascii || validText(b.Buf)
	if !valid || hasNUL {
		p.repair(b, valid, hasNUL)
	}
	if !ascii {
		b.TrimMarks()
	}
}

func (p *parser) repair(b *source.Batch, valid, hasNUL bool) {
	for row := range b.Rows {
		nul := false
		for i := row * b.Columns; i < (row+1)*b.Columns; i++ {
			text := b.Buf[b.Bounds[i].Start:b.Bounds[i].End]
			nul = nul || (hasNUL && bytes.IndexByte(text, 0) >= 0)
			if valid || utf8.Valid(text) {
				continue
			}
			start := len(b.Buf)
			var how reading
			if b.Buf, how = appendText(b.Buf, text); how == readANSI {
				p.ansi = true
			} else {
				p.broken++
			}
			b.Bounds[i] = source.Bound{Start: uint32(start), End: uint32(len(b.Buf))}
		}
		if nul {
			p.nul++
		}
	}
}

// validText is utf8.Valid, but stays fast after the first character beyond ASCII.
func validText(text []byte) bool {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			n := asciiPrefix(text[i:])
			i += n
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return false
		}
		i += size
	}
	return true
}
