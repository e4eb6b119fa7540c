package service

import (
	"context"
	"fmt"
	"io"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/focusout"
)

func (w Exports) csv(ctx context.Context, e *export, out io.Writer) (int64, error) {
	c := newCSVWriter(out, e.columns)
	c.typed = e.version != 0
	lines, err := w.pump(ctx, e.q, e.progress, func(row []*string) error { return c.write(e.convert(row)) })
	if err != nil {
		return 0, fmt.Errorf("export lines: %w", err)
	}
	return lines, c.flush()
}

// csvBlock is how many bytes are gathered before they are written.
const csvBlock = 256 << 10

// csvWriter writes RFC 4180 with line feeds. It changes no value: what a spreadsheet
// might take for a formula stays as it is.
//
// In a typed file every number has a point, so that a reader that guesses types takes a
// column of whole numbers for decimals.
type csvWriter struct {
	out     io.Writer
	columns []focusout.Column
	typed   bool
	buf     []byte
}

func newCSVWriter(out io.Writer, columns []focusout.Column) *csvWriter {
	w := &csvWriter{out: out, columns: columns, buf: make([]byte, 0, csvBlock+csvBlock/4)}
	for i, c := range columns {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.buf = appendField(w.buf, c.Name)
	}
	w.buf = append(w.buf, '\n')
	return w
}

func (w *csvWriter) write(row []*string) error {
	for i, v := range row {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		if v == nil {
			continue
		}
		w.buf = appendField(w.buf, *v)
		if w.typed && w.columns[i].Kind == finops.KindDecimal && !strings.Contains(*v, ".") {
			w.buf = append(w.buf, ".0"...)
		}
	}
	if len(row) == 1 && row[0] == nil {
		w.buf = append(w.buf, '"', '"') // an empty line would be no record
	}
	w.buf = append(w.buf, '\n')
	if len(w.buf) < csvBlock {
		return nil
	}
	return w.flush()
}

func (w *csvWriter) flush() error {
	if _, err := w.out.Write(w.buf); err != nil {
		return fmt.Errorf("write the CSV file: %w", err)
	}
	w.buf = w.buf[:0]
	return nil
}

// appendField quotes a field where it must be quoted, and where blanks at its ends might
// be trimmed by a reader.
func appendField(dst []byte, text string) []byte {
	quote := false
	for i := range len(text) {
		switch text[i] {
		case '"', ',', '\n', '\r':
			quote = true
		}
	}
	if n := len(text); !quote && (n == 0 || (text[0] > ' ' && text[n-1] > ' ')) {
		return append(dst, text...)
	}
	dst = append(dst, '"')
	for i := range len(text) {
		if text[i] == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, text[i])
	}
	return append(dst, '"')
}
