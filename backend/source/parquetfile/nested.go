package parquetfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"cloud-intelligence/backend/source"
)

const maxRowValues = 1 << 20

var errWide = errors.New("one record holds more than a million values in one column")

// nested is a top-level column that is a map, a list or a structure. Its leaves are
// read in step and put together again as the Dremel paper describes.
type nested struct {
	node   *parquet.Column
	leaves []*leaf
	rows   [][]parquet.Value
}

// leaf reads the values of one leaf, a row at a time.
type leaf struct {
	index  int
	format leafFormat

	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader
	buf    [128]parquet.Value
	ready  []parquet.Value
}

func newNested(node *parquet.Column) (*nested, error) {
	n := &nested{node: node}
	return n, n.collect(node)
}

func (n *nested) collect(c *parquet.Column) error {
	if c.Leaf() {
		f, err := formatOf(c.Type())
		n.leaves = append(n.leaves, &leaf{index: c.Index(), format: f})
		n.rows = append(n.rows, nil)
		return err
	}
	for _, child := range c.Columns() {
		if err := n.collect(child); err != nil {
			return err
		}
	}
	return nil
}

func (n *nested) open(chunks []parquet.ColumnChunk) {
	for _, l := range n.leaves {
		l.pages, l.ready = chunks[l.index].Pages(), nil
	}
}

func (n *nested) close() (err error) {
	for _, l := range n.leaves {
		parquet.Release(l.page)
		l.page, l.values, l.ready = nil, nil, nil
		if l.pages != nil {
			err = errors.Join(err, l.pages.Close())
			l.pages = nil
		}
	}
	return err
}

func (n *nested) write(b *source.Batch, col int) error {
	for row := range b.Rows {
		for i, l := range n.leaves {
			var err error
			if n.rows[i], err = l.row(n.rows[i][:0]); err != nil {
				return err
			}
		}
		start := len(b.Buf)
		a := assembler{leaves: n.leaves}
		var isNull bool
		b.Buf, isNull = a.field(b.Buf, n.node, n.rows, 0, 0)
		b.Bounds[row*b.Columns+col] = source.Bound{Start: uint32(start), End: uint32(len(b.Buf))}
		if isNull {
			b.Buf = b.Buf[:start]
			b.Bounds[row*b.Columns+col] = null
		}
	}
	return nil
}

// row appends the values of the next row to dst. They are copied, since a row may
// reach over the end of a page.
func (l *leaf) row(dst []parquet.Value) ([]parquet.Value, error) {
	for {
		if len(l.ready) == 0 {
			err := l.fill()
			if errors.Is(err, io.EOF) && len(dst) > 0 {
				return dst, nil
			}
			if errors.Is(err, io.EOF) {
				return nil, errShort
			}
			if err != nil {
				return nil, err
			}
		}
		for i, v := range l.ready {
			if len(dst) > 0 && v.RepetitionLevel() == 0 {
				l.ready = l.ready[i:]
				return dst, nil
			}
			if len(dst) == maxRowValues {
				return nil, errWide
			}
			dst = append(dst, v.Clone())
		}
		l.ready = nil
	}
}

func (l *leaf) fill() error {
	for {
		if l.values != nil {
			n, err := l.values.ReadValues(l.buf[:])
			if n > 0 {
				l.ready = l.buf[:n]
				return nil
			}
			if err != nil && !errors.Is(err, io.EOF) {
				return fmt.Errorf("read values: %w", err)
			}
		}
		parquet.Release(l.page)
		l.page, l.values = nil, nil
		page, err := l.pages.ReadPage()
		if err != nil {
			return fmt.Errorf("read page: %w", err)
		}
		l.page, l.values = page, page.Values()
	}
}

// assembler prints nested values as JSON. The values of a node are one slice per
// leaf below it; leaves are consumed in the order of the schema.
type assembler struct {
	leaves []*leaf
	next   int
}

// field prints node with its repetition. def and rep are the levels of its parent.
func (a *assembler) field(dst []byte, node *parquet.Column, values [][]parquet.Value, def, rep int) ([]byte, bool) {
	first := a.next
	switch {
	case node.Repeated():
		return a.list(dst, node, values, def, rep), false
	case node.Optional():
		def++
		if len(values) == 0 || len(values[0]) == 0 || values[0][0].DefinitionLevel() < def {
			a.next = first + len(values)
			return append(dst, "null"...), true
		}
	}
	return a.value(dst, node, values, def, rep), false
}

// list prints a repeated node; an element begins with each value whose repetition
// level is not deeper than the node's own.
func (a *assembler) list(dst []byte, node *parquet.Column, values [][]parquet.Value, def, rep int) []byte {
	dst = append(dst, '[')
	first := a.next
	for n, element := range elements(values, def+1, rep+1) {
		if n > 0 {
			dst = append(dst, ',')
		}
		a.next = first
		dst = a.value(dst, node, element, def+1, rep+1)
	}
	a.next = first + len(values)
	return append(dst, ']')
}

// elements yields the values of each element of a repeated node.
func elements(values [][]parquet.Value, def, rep int) func(yield func(int, [][]parquet.Value) bool) {
	return func(yield func(int, [][]parquet.Value) bool) {
		if len(values) == 0 || len(values[0]) == 0 || values[0][0].DefinitionLevel() < def {
			return
		}
		rest := append([][]parquet.Value(nil), values...)
		element := make([][]parquet.Value, len(values))
		for n := 0; len(rest[0]) > 0; n++ {
			for i, v := range rest {
				end := min(1, len(v))
				for end < len(v) && v[end].RepetitionLevel() > rep {
					end++
				}
				element[i], rest[i] = v[:end], v[end:]
			}
			if !yield(n, element) {
				return
			}
		}
	}
}

// value prints a node that is there, by its kind: leaf, map, list or structure.
func (a *assembler) value(dst []byte, node *parquet.Column, values [][]parquet.Value, def, rep int) []byte {
	if node.Leaf() {
		l := a.leaves[a.next]
		a.next++
		if len(values) == 0 || len(values[0]) == 0 || values[0][0].IsNull() {
			return append(dst, "null"...)
		}
		return l.json(dst, values[0][0])
	}
	children := node.Columns()
	if len(children) == 1 && children[0].Repeated() {
		inner := children[0]
		if pair := inner.Columns(); len(pair) == 2 && pair[0].Name() == "key" && pair[0].Leaf() {
			return a.object(dst, inner, values, def, rep)
		}
		if only := inner.Columns(); len(only) == 1 && (inner.Name() == "list" || inner.Name() == "bag" || inner.Name() == "array") {
			return a.wrapped(dst, only[0], values, def, rep)
		}
		return a.list(dst, inner, values, def, rep)
	}
	return a.structure(dst, children, values, def, rep)
}

// object prints a map: a repeated group of key and value.
func (a *assembler) object(dst []byte, inner *parquet.Column, values [][]parquet.Value, def, rep int) []byte {
	dst = append(dst, '{')
	first := a.next
	pair := inner.Columns()
	for n, element := range elements(values, def+1, rep+1) {
		if n > 0 {
			dst = append(dst, ',')
		}
		key := []byte(nil)
		if len(element[0]) > 0 && !element[0][0].IsNull() {
			key = a.leaves[first].format.append(nil, element[0][0])
		}
		dst = append(appendString(dst, key), ':')
		a.next = first + 1
		dst, _ = a.field(dst, pair[1], element[1:], def+1, rep+1)
	}
	a.next = first + len(values)
	return append(dst, '}')
}

// wrapped prints a list of the standard form list.element.
func (a *assembler) wrapped(dst []byte, item *parquet.Column, values [][]parquet.Value, def, rep int) []byte {
	dst = append(dst, '[')
	first := a.next
	for n, element := range elements(values, def+1, rep+1) {
		if n > 0 {
			dst = append(dst, ',')
		}
		a.next = first
		dst, _ = a.field(dst, item, element, def+1, rep+1)
	}
	a.next = first + len(values)
	return append(dst, ']')
}

func (a *assembler) structure(dst []byte, children []*parquet.Column, values [][]parquet.Value, def, rep int) []byte {
	dst = append(dst, '{')
	for i, child := range children {
		if i > 0 {
			dst = append(dst, ',')
		}
		n := leafCount(child)
		dst = append(appendString(dst, []byte(child.Name())), ':')
		dst, _ = a.field(dst, child, values[:n], def, rep)
		values = values[n:]
	}
	return append(dst, '}')
}

func leafCount(c *parquet.Column) int {
	if c.Leaf() {
		return 1
	}
	n := 0
	for _, child := range c.Columns() {
		n += leafCount(child)
	}
	return n
}

func (l *leaf) json(dst []byte, v parquet.Value) []byte {
	start := len(dst)
	dst = l.format.append(dst, v)
	switch {
	case l.format.quoted || (l.format.raw && !json.Valid(dst[start:])):
		return appendString(dst[:start], append([]byte(nil), dst[start:]...))
	case string(dst[start:]) == "NaN" || len(dst)-start == 4 && string(dst[start+1:]) == "Inf":
		return append(dst[:start], "null"...)
	}
	return dst
}

// appendString prints a JSON string.
func appendString(dst, text []byte) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, size := utf8.DecodeRune(text[i:])
			dst = utf8.AppendRune(dst, r)
			i += size
			continue
		}
		i++
	}
	return append(dst, '"')
}
