package mappedfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
)

// The formats of a Recognition.
const (
	FormatCSV     = "mapped-csv"
	FormatJSON    = "mapped-json"
	FormatParquet = "mapped-parquet"
)

// restName is the column of the members of a JSON object that the first records do not have.
const restName = "x_OtherMembers"

// formats are the formats of a Recognition by the encoding of the table.
var formats = map[source.Form]string{source.FormCSV: FormatCSV, source.FormJSON: FormatJSON, source.FormParquet: FormatParquet}

// namesOf are the columns of the records of a table. Those of JSON have one for what later
// records have besides the members of the first ones.
func namesOf(h *source.Header) []string {
	if h.Form == source.FormJSON {
		return append(h.Names[:len(h.Names):len(h.Names)], restName)
	}
	return h.Names
}

// usable says, with CodeInvalid, why a file is no table that a mapping could read; nil for one.
func usable(l *source.Look) error {
	name := l.File.Name()
	if l.Kind == source.KindText || l.Kind == source.KindBinary {
		text := bytes.TrimLeft(csvfile.Decode(l.Head), " \t\r\n")
		object := len(text) > 0 && (text[0] == '{' || text[0] == '[')
		switch {
		case len(text) == 0 && l.Refused != nil:
			return l.Refused
		case len(text) == 0 || text[0] == '<' || bytes.HasPrefix(text, []byte("# ")) || bytes.HasPrefix(text, []byte("##")) || bytes.Count(l.Head, []byte{1}) > 10 || bytes.HasPrefix(text, []byte("version https://git-lfs")):
			return finops.Errorf(finops.CodeInvalid, "%s is not a table with a header.", name)
		case object && bytes.IndexByte(l.Head, 0) >= 0 && bytes.IndexByte(text, 0) < 0:
			return finops.Errorf(finops.CodeInvalid, "%s is JSON in UTF-16. Save it as UTF-8 and import it again.", name)
		case object && l.Header != nil && l.Header.Form != source.FormJSON:
			return finops.Errorf(finops.CodeInvalid, "%s is not a table with a header.", name)
		}
	}
	h := l.Header
	switch {
	case h == nil:
		return l.Refused
	case h.Form == source.FormJSON && (len(h.Names) < 2 || h.Single):
		return finops.Errorf(finops.CodeInvalid, "%s is JSON, but no list of objects.", name)
	case h.Form == source.FormCSV && len(h.Names) < 2:
		return finops.Errorf(finops.CodeInvalid, "%s has a single column; a table of charges has more.", name)
	}
	return nil
}

// Table is the header of a table and its first records.
type Table struct {
	File    source.File
	Format  string
	Dialect string
	Names   []string
	Rows    [][]*string // in the order of Names; nil = no value
	Lines   []int64
	Rejects []source.Reject // records among the first that cannot be split
}

// Read reads the header and up to rows records of a table. It answers CodeInvalid for what is
// no table with a header.
func Read(ctx context.Context, l *source.Look, rows int) (t Table, err error) {
	if err := usable(l); err != nil {
		return t, err
	}
	opened, err := l.Table(ctx)
	if err != nil {
		return t, fmt.Errorf("read %s: %w", l.File.Name(), err)
	}
	t = Table{File: l.File, Format: formats[l.Header.Form], Dialect: l.Header.Dialect, Names: namesOf(l.Header)}
	for len(t.Rows) < rows {
		b, err := opened.Next(ctx)
		if errors.Is(err, io.EOF) {
			return t, t.tabular()
		}
		if err != nil {
			if len(t.Rows) > 0 && context.Cause(ctx) == nil {
				return t, t.tabular() // damage behind the first records is reported when they are imported
			}
			return t, fmt.Errorf("read %s: %w", l.File.Name(), err)
		}
		t.take(b, rows)
		b.Release()
	}
	return t, t.tabular()
}

func (t *Table) take(b *source.Batch, rows int) {
	t.Rejects = append(t.Rejects, b.Rejects...)
	for row := range min(b.Rows, rows-len(t.Rows)) {
		cells := make([]*string, len(t.Names))
		for c := range min(b.Columns, len(cells)) {
			if field := b.Field(row, c); !finops.IsNull(field) {
				text := string(field)
				cells[c] = &text
			}
		}
		t.Rows = append(t.Rows, cells)
		t.Lines = append(t.Lines, b.Lines[row])
	}
}

// tabular distinguishes a table from a text that merely has a delimiter in its first line.
func (t *Table) tabular() error {
	switch {
	case len(t.Rows) == 0:
		return finops.Errorf(finops.CodeInvalid, "%s has a header and no lines below it.", t.File.Name())
	case len(t.Rejects) > len(t.Rows):
		return finops.Errorf(finops.CodeInvalid, "%s is not a table: most of its lines do not have the fields of its first line.", t.File.Name())
	}
	return nil
}
