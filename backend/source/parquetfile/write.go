package parquetfile

import (
	"fmt"
	"io"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Precision is the number of digits of a decimal column that a Writer writes.
const Precision = 38

// GroupRows is the usual number of rows of a row group.
const GroupRows = 1 << 16

// Spec describes a column to be written. Every column may hold nulls.
type Spec struct {
	Name  string
	Kind  finops.Kind // KindDecimal, KindTime, and text for the others
	Scale int         // decimals of a KindDecimal, at most Precision
}

// Writer writes a Parquet file of flat columns: decimals as DECIMAL(38, scale), times as UTC
// timestamps of milliseconds, all else as strings. Its row groups are packed by Encoders, of
// which there may be one on each core; the Writer puts one behind the other. It belongs to
// one goroutine.
type Writer struct {
	out     io.Writer
	specs   []Spec
	creator string
	at      int64
	rows    int64
	groups  []*Group

	own      *Encoder // of the rows that Write was given
	gathered [][]*string
}

// magic begins and ends a Parquet file.
const magic = "PAR1"

// NewWriter begins a file. creator names the program that writes it.
func NewWriter(out io.Writer, specs []Spec, creator string) (*Writer, error) {
	if len(specs) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "A Parquet file needs at least one column.")
	}
	names := map[string]bool{}
	for _, s := range specs {
		if names[s.Name] {
			return nil, finops.Errorf(finops.CodeInvalid, "The column %q is there twice.", s.Name)
		}
		names[s.Name] = true
		if s.Kind == finops.KindDecimal && (s.Scale < 0 || s.Scale > Precision) {
			return nil, finops.Errorf(finops.CodeInvalid, "The column %q cannot have %d decimals.", s.Name, s.Scale)
		}
	}
	w := &Writer{out: out, specs: specs, creator: creator}
	return w, w.write([]byte(magic))
}

func (w *Writer) write(data []byte) error {
	n, err := w.out.Write(data)
	w.at += int64(n)
	if err != nil {
		return fmt.Errorf("write the Parquet file: %w", err)
	}
	return nil
}

// Append writes a row group, which an Encoder with the specs of the Writer has packed. A
// group without rows is left out.
func (w *Writer) Append(g *Group) error {
	if g.rows == 0 {
		return nil
	}
	for i := range g.chunks {
		g.chunks[i].offset = w.at
		if err := w.write(g.chunks[i].data); err != nil {
			return err
		}
		g.chunks[i].data = nil
	}
	w.rows += int64(g.rows)
	w.groups = append(w.groups, g)
	return nil
}

// Write adds a row: one text per column, nil for null. The texts must stay as they are until
// Close. It answers as Encode does, at the latest in Close.
func (w *Writer) Write(row []*string) error {
	if w.gathered = append(w.gathered, slices.Clone(row)); len(w.gathered) < GroupRows {
		return nil
	}
	return w.flush()
}

func (w *Writer) flush() error {
	if len(w.gathered) == 0 {
		return nil
	}
	if w.own == nil {
		w.own = NewEncoder(w.specs)
	}
	g, err := w.own.EncodeRows(w.gathered)
	if err != nil {
		return err
	}
	w.gathered = w.gathered[:0]
	return w.Append(g)
}

// Close writes what is left and the end of the file. It does not close what it writes to.
func (w *Writer) Close() error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.write(w.footer())
}
