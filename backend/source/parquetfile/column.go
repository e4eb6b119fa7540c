package parquetfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"cloud-intelligence/backend/source"
)

var null = source.Bound{Start: 1, End: 0}

// errShort says that a column has fewer values than its row group has rows.
var errShort = errors.New("a column ends before its row group does")

// column writes the next rows of one top-level column into a batch.
type column interface {
	// open begins with a row group.
	open(chunks []parquet.ColumnChunk)
	// write sets field number col of the rows of b.
	write(b *source.Batch, col int) error
	close() error
}

// flat is a column without nesting: one value per row.
type flat struct {
	index  int
	maxDef int
	format leafFormat

	pages parquet.Pages
	page  parquet.Page
	left  int // values of the page that were not written yet

	values parquet.ValueReader // of a page without a dictionary
	buf    [256]parquet.Value
	last   parquet.Value // of the bound reused for equal neighbours

	dict   parquet.Dictionary
	codes  []int32
	levels []byte
	bounds []source.Bound // of each dictionary entry, in the batch numbered stamps[i]
	stamps []uint32
	stamp  uint32
}

func (c *flat) open(chunks []parquet.ColumnChunk) {
	c.pages = chunks[c.index].Pages()
	c.dict, c.left = nil, 0
}

func (c *flat) close() error {
	parquet.Release(c.page)
	c.page, c.values, c.left = nil, nil, 0
	if c.pages == nil {
		return nil
	}
	pages := c.pages
	c.pages = nil
	if err := pages.Close(); err != nil {
		return fmt.Errorf("close pages: %w", err)
	}
	return nil
}

func (c *flat) write(b *source.Batch, col int) error {
	c.stamp++
	for row := 0; row < b.Rows; {
		if c.left == 0 {
			if err := c.nextPage(); err != nil {
				return err
			}
			continue
		}
		n := min(c.left, b.Rows-row)
		var err error
		if c.dict != nil {
			c.writeCodes(b, row, n, col)
		} else if n, err = c.writeValues(b, row, min(n, len(c.buf)), col); err != nil {
			return err
		}
		row += n
		c.left -= n
	}
	return nil
}

func (c *flat) nextPage() error {
	parquet.Release(c.page)
	c.page, c.values = nil, nil
	page, err := c.pages.ReadPage()
	if errors.Is(err, io.EOF) {
		return errShort
	}
	if err != nil {
		return fmt.Errorf("read page: %w", err)
	}
	c.page, c.left = page, int(page.NumValues())
	dict := page.Dictionary()
	if dict == nil {
		c.dict, c.values = nil, page.Values()
		return nil
	}
	if dict != c.dict {
		c.dict = dict
		c.bounds, c.stamps = resize(c.bounds, dict.Len()), resize(c.stamps, dict.Len())
		clear(c.stamps)
	}
	data := page.Data()
	c.codes, c.levels = data.Int32(), page.DefinitionLevels()
	return nil
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// writeCodes prints each dictionary entry once per batch.
func (c *flat) writeCodes(b *source.Batch, row, n, col int) {
	at := row*b.Columns + col
	for i := range n {
		if c.levels != nil && int(c.levels[i]) < c.maxDef {
			b.Bounds[at] = null
			at += b.Columns
			continue
		}
		code := c.codes[0]
		c.codes = c.codes[1:]
		if c.stamps[code] != c.stamp {
			start := len(b.Buf)
			b.Buf = c.format.append(b.Buf, c.dict.Index(code))
			c.bounds[code] = source.Bound{Start: uint32(start), End: uint32(len(b.Buf))}
			c.stamps[code] = c.stamp
		}
		b.Bounds[at] = c.bounds[code]
		at += b.Columns
	}
	if c.levels != nil {
		c.levels = c.levels[n:]
	}
}

func (c *flat) writeValues(b *source.Batch, row, n, col int) (int, error) {
	n, err := c.values.ReadValues(c.buf[:n])
	if n == 0 {
		if err == nil || errors.Is(err, io.EOF) {
			err = errShort
		}
		return 0, err
	}
	at, previous := row*b.Columns+col, -1
	for i := range n {
		v := c.buf[i]
		switch {
		case v.IsNull():
			b.Bounds[at] = null
		case previous >= 0 && same(v, c.last):
			b.Bounds[at] = b.Bounds[previous]
		default:
			start := len(b.Buf)
			b.Buf = c.format.append(b.Buf, v)
			b.Bounds[at] = source.Bound{Start: uint32(start), End: uint32(len(b.Buf))}
			previous, c.last = at, v
		}
		at += b.Columns
	}
	return n, nil
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
