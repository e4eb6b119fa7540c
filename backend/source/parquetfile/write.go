package parquetfile

import (
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"

	"cloud-intelligence/backend/finops"
)

// Precision is the number of digits of a decimal column that a Writer writes.
const Precision = 38

const (
	writeRows      = 2048      // rows that are gathered before they are handed to the library
	groupRows      = 128 << 10 // rows of a row group; a whole number of writeRows
	dictionaryMost = 1 << 20   // bytes of a column's dictionary; what does not fit is written plainly
	decimalBytes   = 16        // of a number with Precision digits
)

// Spec describes a column to be written. Every column may hold nulls.
type Spec struct {
	Name  string
	Kind  finops.Kind // KindDecimal, KindTime, and text for the others
	Scale int         // decimals of a KindDecimal, at most Precision
}

// Writer writes records of text as a Parquet file of flat columns: decimals as
// DECIMAL(38, scale), times as UTC timestamps of milliseconds, all else as strings. It
// holds one row group in memory, packed. It belongs to one goroutine.
type Writer struct {
	out     *parquet.GenericWriter[any]
	columns []*writeColumn
	rows    int // gathered
	group   int // rows of the open row group, those gathered included
}

// writeColumn gathers the values of a column.
type writeColumn struct {
	spec   Spec
	index  int
	out    *parquet.ColumnWriter
	values []parquet.Value
	text   []byte // what the values point into
	plain  []byte // scratch
	last   *string
}

// NewWriter begins a file. creator names the program that writes it.
func NewWriter(out io.Writer, specs []Spec, creator string) (w *Writer, err error) {
	defer recoverAsError(&err)
	if len(specs) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "A Parquet file needs at least one column.")
	}
	record := orderedGroup{Group: parquet.Group{}}
	for _, s := range specs {
		if _, twice := record.Group[s.Name]; twice {
			return nil, finops.Errorf(finops.CodeInvalid, "The column %q is there twice.", s.Name)
		}
		if s.Kind == finops.KindDecimal && (s.Scale < 0 || s.Scale > Precision) {
			return nil, finops.Errorf(finops.CodeInvalid, "The column %q cannot have %d decimals.", s.Name, s.Scale)
		}
		record.Group[s.Name] = node(s)
		record.names = append(record.names, s.Name)
	}
	w = &Writer{out: parquet.NewGenericWriter[any](out, parquet.NewSchema("focus", record),
		parquet.Compression(&parquet.Zstd), parquet.CreatedBy(creator, "", ""), parquet.DictionaryMaxBytes(dictionaryMost))}
	for i, c := range w.out.ColumnWriters() {
		w.columns = append(w.columns, &writeColumn{spec: specs[i], index: i, out: c, values: make([]parquet.Value, 0, writeRows)})
	}
	return w, nil
}

func node(s Spec) parquet.Node {
	n := parquet.String()
	switch s.Kind {
	case finops.KindDecimal:
		n = parquet.Decimal(s.Scale, Precision, parquet.FixedLenByteArrayType(decimalBytes))
	case finops.KindTime:
		n = parquet.Timestamp(parquet.Millisecond)
	case finops.KindText, finops.KindJSON:
	}
	return parquet.Optional(parquet.Encoded(n, &parquet.RLEDictionary))
}

// orderedGroup keeps the columns in the order of the caller; parquet.Group sorts them.
type orderedGroup struct {
	parquet.Group
	names []string
}

// Fields lists the columns in order.
func (g orderedGroup) Fields() []parquet.Field {
	sorted := map[string]parquet.Field{}
	for _, f := range g.Group.Fields() {
		sorted[f.Name()] = f
	}
	fields := make([]parquet.Field, len(g.names))
	for i, name := range g.names {
		fields[i] = sorted[name]
	}
	return fields
}

// GoType stands in for the structure that parquet.Group makes up, which panics over a
// comma in a column's name. The writer never turns a record into a Go value.
func (g orderedGroup) GoType() reflect.Type { return reflect.TypeFor[struct{}]() }

// Write adds a record: one text per column, nil for null. The texts must stay as they are
// until Close. It answers CodeInvalid, naming the column, for a text that the column's
// type cannot hold exactly.
func (w *Writer) Write(row []*string) (err error) {
	for i, c := range w.columns {
		if err := c.add(row[i]); err != nil {
			return err
		}
	}
	if w.rows++; w.rows < writeRows {
		return nil
	}
	return w.handOver()
}

// handOver gives the gathered values to the library, and ends a full row group.
func (w *Writer) handOver() (err error) {
	defer recoverAsError(&err)
	for _, c := range w.columns {
		if _, err := c.out.WriteRowValues(c.values); err != nil {
			return fmt.Errorf("write column %s: %w", c.spec.Name, err)
		}
		c.values, c.text, c.last = c.values[:0], c.text[:0], nil
	}
	w.group += w.rows
	w.rows = 0
	if w.group < groupRows {
		return nil
	}
	w.group = 0
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("write row group: %w", err)
	}
	return nil
}

// Close writes what is left and the end of the file. It does not close what it writes to.
func (w *Writer) Close() (err error) {
	defer recoverAsError(&err)
	if err := w.handOver(); err != nil {
		return err
	}
	if err := w.out.Close(); err != nil {
		return fmt.Errorf("write the end of the Parquet file: %w", err)
	}
	return nil
}

// ErrUnfit is inside the error of Write for a value that the column's type cannot hold.
var ErrUnfit = errors.New("does not fit the type of the column")

func (c *writeColumn) add(text *string) error {
	if text == nil {
		c.last = nil
		c.values = append(c.values, parquet.NullValue())
		return nil
	}
	if text == c.last { // the reader of the ledger hands out one text for many lines
		c.values = append(c.values, c.values[len(c.values)-1])
		return nil
	}
	start := len(c.text)
	var v parquet.Value
	ok := true
	switch c.spec.Kind {
	case finops.KindDecimal:
		c.plain = append(c.plain[:0], *text...)
		if c.text, ok = appendFixed(c.text, c.plain, c.spec.Scale); ok {
			v = parquet.FixedLenByteArrayValue(c.text[start:])
		}
	case finops.KindTime:
		var seconds int64
		if seconds, ok = exactSecond(*text); ok {
			v = parquet.Int64Value(seconds * 1000)
		}
	case finops.KindText, finops.KindJSON:
		c.text = append(c.text, *text...)
		v = parquet.ByteArrayValue(c.text[start:])
	}
	if !ok {
		return finops.WrapError(finops.CodeInvalid, ErrUnfit, "%s holds %q, which its column in the Parquet file cannot hold exactly", c.spec.Name, *text)
	}
	c.last = text
	c.values = append(c.values, v.Level(0, 1, c.index))
	return nil
}
