package parquetfile

import (
	"bytes"
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"

	"cloud-intelligence/backend/source"
)

var null = source.Bound{Start: 1, End: 0}

// column writes the next rows of one field into a batch.
type column interface {
	// open begins with a row group.
	open(g group)
	// write sets field number col of the rows of b.
	write(b *source.Batch, col int) error
	// close gives up the buffers.
	close()
}

// absent is a column of which nothing is left to be read.
type absent struct{}

func (absent) open(group) {}
func (absent) close()     {}

func (absent) write(b *source.Batch, col int) error {
	for row := range b.Rows {
		b.Bounds[row*b.Columns+col] = null
	}
	return nil
}

// stretch is how many values are unpacked at a time.
const stretch = 256

// flat is a column of at most one value per row.
type flat struct {
	chunk  chunk
	format leafFormat
	member bool // of a structure: what JSON has no number for is null

	words  *stretchWords
	bounds []source.Bound // of each dictionary entry, in the batch numbered stamps[i]
	stamps []uint32
	stamp  uint32
	dict   int // number of the dictionary that they are of
}

// stretchWords are buffers that the columns of a reader share.
type stretchWords struct {
	levels, codes [stretch]uint32
	values        [stretch]parquet.Value
}

func (c *flat) open(g group) { c.chunk.open(g) }

func (c *flat) close() {
	c.chunk.release()
	c.bounds, c.stamps = nil, nil
}

func (c *flat) write(b *source.Batch, col int) error {
	c.stamp++
	for row := 0; row < b.Rows; {
		if err := c.chunk.next(); errors.Is(err, io.EOF) {
			return errShort
		} else if err != nil {
			return err
		}
		n, err := c.writeStretch(b, row*b.Columns+col, min(c.chunk.left, b.Rows-row))
		if err != nil {
			return err
		}
		row += n
		c.chunk.left -= n
	}
	return nil
}

// writeStretch sets the fields of some rows, at most the given number, and returns how many.
func (c *flat) writeStretch(b *source.Batch, at, most int) (n int, err error) {
	if c.chunk.maxDef == 0 {
		return most, c.writeRun(b, at, most)
	}
	there := uint32(c.chunk.maxDef)
	level, n, err := c.chunk.defs.same(most)
	switch {
	case err != nil:
		return 0, err
	case n > 0 && level == there:
		return n, c.writeRun(b, at, n)
	case n > 0:
		fillBounds(b, at, n, null)
		return n, nil
	}
	n = min(most, stretch)
	levels := c.words.levels[:n]
	if err := c.chunk.defs.read(levels); err != nil {
		return 0, err
	}
	count := 0
	for _, level := range levels {
		if level == there {
			count++
		}
	}
	return n, c.writeMixed(b, at, levels, there, count)
}

// writeMixed sets fields of which some are null and count are not.
func (c *flat) writeMixed(b *source.Batch, at int, levels []uint32, there uint32, count int) error {
	codes, values := c.words.codes[:count], c.words.values[:count]
	if c.chunk.coded {
		c.beginCodes()
		if err := c.chunk.codesOf(codes); err != nil {
			return err
		}
	} else if err := c.chunk.direct.read(values); err != nil {
		return err
	}
	next := 0
	for _, level := range levels {
		switch {
		case level != there:
			b.Bounds[at] = null
		case c.chunk.coded:
			b.Bounds[at] = c.boundOf(b, codes[next])
			next++
		default:
			b.Bounds[at] = c.print(b, values[next])
			next++
		}
		at += b.Columns
	}
	return nil
}

func fillBounds(b *source.Batch, at, n int, bound source.Bound) {
	for range n {
		b.Bounds[at] = bound
		at += b.Columns
	}
}

// writeRun sets the fields of n rows that have a value.
func (c *flat) writeRun(b *source.Batch, at, n int) error {
	for n > 0 {
		part := min(n, stretch)
		var err error
		if c.chunk.coded {
			part, err = c.writeCodes(b, at, n)
		} else {
			err = c.writeValues(b, at, part)
		}
		if err != nil {
			return err
		}
		at += part * b.Columns
		n -= part
	}
	return nil
}

func (c *flat) writeValues(b *source.Batch, at, n int) error {
	values := c.words.values[:n]
	if err := c.chunk.direct.read(values); err != nil {
		return err
	}
	last := -1 // equal neighbours share their text
	for i, v := range values {
		if last >= 0 && same(v, values[last]) {
			b.Bounds[at] = b.Bounds[at-(i-last)*b.Columns]
		} else {
			b.Bounds[at] = c.print(b, v)
			last = i
		}
		at += b.Columns
	}
	return nil
}

// beginCodes forgets what was printed of another dictionary.
func (c *flat) beginCodes() {
	if c.dict != c.chunk.dicts {
		c.dict = c.chunk.dicts
		c.bounds, c.stamps = resize(c.bounds, c.chunk.dict.count), resize(c.stamps, c.chunk.dict.count)
		clear(c.stamps)
	}
}

// writeCodes sets some fields, at most n. It prints each dictionary entry once per batch.
func (c *flat) writeCodes(b *source.Batch, at, n int) (int, error) {
	c.beginCodes()
	code, count, err := c.chunk.codes.same(n)
	if err != nil {
		return 0, err
	}
	if count > 0 {
		if err := c.chunk.known(code); err != nil {
			return 0, err
		}
		fillBounds(b, at, count, c.boundOf(b, code))
		return count, nil
	}
	n = min(n, stretch)
	codes := c.words.codes[:n]
	if err := c.chunk.codesOf(codes); err != nil {
		return 0, err
	}
	for _, code := range codes {
		b.Bounds[at] = c.boundOf(b, code)
		at += b.Columns
	}
	return n, nil
}

func (c *flat) boundOf(b *source.Batch, code uint32) source.Bound {
	if c.stamps[code] != c.stamp {
		c.bounds[code], c.stamps[code] = c.print(b, c.chunk.dict.value(code)), c.stamp
	}
	return c.bounds[code]
}

func (c *flat) print(b *source.Batch, v parquet.Value) source.Bound {
	start := len(b.Buf)
	b.Buf = c.format.append(b.Buf, v)
	if c.member && !c.format.quoted && noNumber(b.Buf[start:]) {
		b.Buf = b.Buf[:start]
		return null
	}
	return source.Bound{Start: uint32(start), End: uint32(len(b.Buf))}
}

// noNumber reports whether a floating-point number was printed that JSON does not have.
func noNumber(text []byte) bool {
	return string(text) == "NaN" || (len(text) == 4 && string(text[1:]) == "Inf")
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

func same(a, b parquet.Value) bool {
	switch a.Kind() {
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return bytes.Equal(a.ByteArray(), b.ByteArray())
	case parquet.Int96:
		return a.Int96() == b.Int96()
	case parquet.Boolean:
		return a.Boolean() == b.Boolean()
	case parquet.Int32, parquet.Float:
		return a.Uint32() == b.Uint32()
	}
	return a.Uint64() == b.Uint64()
}
