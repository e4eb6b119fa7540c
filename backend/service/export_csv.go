package service

import (
	"context"
	"fmt"
	"io"
	"strings"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/focusout"
	"cloud-intelligence/backend/store"
)

// csvLines is how many lines of a CSV file are made at once.
const csvLines = 4096

func (w Exports) csv(ctx context.Context, e *export, out io.Writer) (int64, error) {
	if _, err := out.Write(csvHead(e.columns)); err != nil {
		return 0, fmt.Errorf("write the CSV file: %w", err)
	}
	type piece struct {
		text  []byte
		lines int
	}
	free := make(chan []byte, 16)
	err := engine.EachBlock(ctx, w.engine, e.q, csvLines, func() func(*engine.Block) (piece, error) {
		c := e.newCSV()
		return func(b *engine.Block) (piece, error) {
			select {
			case c.buf = <-free:
			default:
				c.buf = nil
			}
			c.buf = c.buf[:0]
			c.write(b)
			return piece{c.buf, b.Lines}, nil
		}
	}, func(p piece) error {
		if _, err := out.Write(p.text); err != nil {
			return fmt.Errorf("write the CSV file: %w", err)
		}
		select {
		case free <- p.text:
		default:
		}
		e.report(p.lines)
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("export lines: %w", err)
	}
	return e.done, nil
}

func csvHead(columns []focusout.Column) []byte {
	var head []byte
	for i, c := range columns {
		if i > 0 {
			head = append(head, ',')
		}
		head = appendField(head, c.Name)
	}
	return append(head, '\n')
}

// csvWriter writes RFC 4180 with line feeds. It changes no value: what a spreadsheet
// might take for a formula stays as it is. It belongs to one core.
type csvWriter struct {
	columns []focusout.Column
	rows    *rowReader // where the file has a version; nil = as the ledger holds it
	cells   []engine.Cells
	quoting []*quoting // by column
	known   []*quoting
	buf     []byte
}

func (e *export) newCSV() *csvWriter {
	w := &csvWriter{columns: e.columns}
	if e.version != 0 {
		w.rows = e.newConverter()
		return w
	}
	w.cells, w.quoting = make([]engine.Cells, len(e.columns)), make([]*quoting, len(e.columns))
	return w
}

// write appends the lines of a block to buf.
func (w *csvWriter) write(b *engine.Block) {
	if w.rows != nil {
		w.rows.read(b)
		for line := range b.Lines {
			w.converted(w.rows.convert(line))
		}
	} else {
		for i := range w.cells {
			b.Cells(i, &w.cells[i])
			w.quoting[i] = w.quotingOf(w.cells[i].Values)
		}
		for line := range b.Lines {
			w.raw(line)
		}
	}
}

// converted appends a line of a file that has a version. Every number has a point, so that
// a reader that guesses types takes a column of whole numbers for decimals.
func (w *csvWriter) converted(row []*string) {
	for i, v := range row {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		if v == nil {
			continue
		}
		w.buf = appendField(w.buf, *v)
		if w.columns[i].Kind == finops.KindDecimal && !strings.Contains(*v, ".") {
			w.buf = append(w.buf, ".0"...)
		}
	}
	w.buf = append(w.buf, '\n')
}

// raw appends a line as the ledger holds it.
func (w *csvWriter) raw(line int) {
	buf, start := w.buf, len(w.buf)
	for i := range w.cells {
		if i > 0 {
			buf = append(buf, ',')
		}
		c := &w.cells[i]
		if len(c.Texts) > 0 {
			if text, ok := c.Texts[line]; ok {
				buf = appendField(buf, *text)
				continue
			}
		}
		if c.Amounts == nil {
			buf = w.quoting[i].append(buf, c.IDs[line])
		} else if v := c.Amounts[line]; v != store.NoAmount {
			buf = finops.Unpack(v).Append(buf)
		}
	}
	if len(buf) == start && len(w.cells) == 1 {
		buf = append(buf, '"', '"') // an empty line would be no record
	}
	w.buf = append(buf, '\n')
}

// quoting knows which values of a list must be quoted.
type quoting struct {
	values []*string
	state  []uint8 // by place in values: 0 = not looked at
}

const (
	plainly = 1 + iota
	quoted
)

func (w *csvWriter) quotingOf(values []*string) *quoting {
	if len(values) == 0 {
		return nil
	}
	for _, q := range w.known {
		if &q.values[0] == &values[0] {
			return q
		}
	}
	q := &quoting{values, make([]uint8, len(values))}
	w.known = append(w.known, q)
	return q
}

func (q *quoting) append(dst []byte, id uint32) []byte {
	text := q.values[id]
	if text == nil {
		return dst
	}
	if q.state[id] == 0 {
		if q.state[id] = plainly; mustQuote(*text) {
			q.state[id] = quoted
		}
	}
	if q.state[id] == plainly {
		return append(dst, *text...)
	}
	return appendQuoted(dst, *text)
}

// appendField quotes a field where it must be quoted.
func appendField(dst []byte, text string) []byte {
	if mustQuote(text) {
		return appendQuoted(dst, text)
	}
	return append(dst, text...)
}

// mustQuote is true for a field that must be quoted, and where blanks at its ends might be
// trimmed by a reader.
func mustQuote(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '"', ',', '\n', '\r':
			return true
		}
	}
	n := len(text)
	return n == 0 || text[0] <= ' ' || text[n-1] <= ' '
}

func appendQuoted(dst []byte, text string) []byte {
	dst = append(dst, '"')
	for {
		i := strings.IndexByte(text, '"')
		if i < 0 {
			break
		}
		dst = append(dst, text[:i+1]...)
		dst = append(dst, '"')
		text = text[i+1:]
	}
	dst = append(dst, text...)
	return append(dst, '"')
}
