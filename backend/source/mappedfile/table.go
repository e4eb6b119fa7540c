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
	"cloud-intelligence/backend/source/jsonfile"
	"cloud-intelligence/backend/source/parquetfile"
)

// The formats of a Recognition.
const (
	FormatCSV     = "mapped-csv"
	FormatJSON    = "mapped-json"
	FormatParquet = "mapped-parquet"
)

// restName is the column of the members of a JSON object that the first records do not have.
const restName = "x_OtherMembers"

// file is an opened table with its header.
type file struct {
	reader   source.Reader
	format   string
	names    []string // unique
	dialect  string
	warnings []string
}

// open opens a file as Parquet, JSON or CSV. It answers CodeInvalid, with a sentence, for
// what is no table with a header.
func open(ctx context.Context, f source.File) (file, error) {
	head, err := beginning(ctx, f)
	if err != nil {
		return file{}, err
	}
	switch kind := source.Magic(head); kind {
	case source.KindParquet:
		p, err := parquetfile.Open(ctx, f)
		if err != nil {
			return file{}, fmt.Errorf("open Parquet file: %w", err)
		}
		l := p.Layout()
		return file{reader: p, format: FormatParquet, names: l.Names, dialect: l.Dialect()}, nil
	case source.KindText, source.KindBinary: // a CSV may hold control characters
		return openText(ctx, f, head)
	default:
		return file{}, finops.Errorf(finops.CodeInvalid, "%s is %s, not a table.", f.Name(), kind)
	}
}

func openText(ctx context.Context, f source.File, head []byte) (file, error) {
	decoded := csvfile.Decode(head)
	text := bytes.TrimLeft(decoded, " \t\r\n")
	switch {
	case len(text) == 0 || text[0] == '<' || bytes.HasPrefix(text, []byte("# ")) || bytes.HasPrefix(text, []byte("##")) || bytes.Count(head, []byte{1}) > 10 || bytes.HasPrefix(text, []byte("version https://git-lfs")):
		return file{}, finops.Errorf(finops.CodeInvalid, "%s is not a table with a header.", f.Name())
	case (text[0] == '{' || text[0] == '[') && bytes.IndexByte(head, 0) >= 0 && bytes.IndexByte(text, 0) < 0:
		return file{}, finops.Errorf(finops.CodeInvalid, "%s is JSON in UTF-16. Save it as UTF-8 and import it again.", f.Name())
	case text[0] == '{' || text[0] == '[':
		return openJSON(ctx, f)
	}
	c, err := csvfile.OpenAny(ctx, f)
	if err != nil {
		return file{}, fmt.Errorf("open CSV file: %w", err)
	}
	l := c.Layout()
	if len(l.Names) < 2 {
		return file{}, errors.Join(finops.Errorf(finops.CodeInvalid, "%s has a single column; a table of charges has more.", f.Name()), c.Close())
	}
	return file{reader: c, format: FormatCSV, names: l.Names, dialect: l.Dialect(), warnings: l.Warnings}, nil
}

// openJSON takes the members of the first records for columns; what later records have
// besides them goes together into a column of its own.
func openJSON(ctx context.Context, f source.File) (file, error) {
	l, err := jsonfile.Sniff(ctx, f)
	if err != nil {
		return file{}, fmt.Errorf("look at JSON file: %w", err)
	}
	if len(l.Names) < 2 || l.Records < 2 && l.Shape == jsonfile.ShapeStream {
		return file{}, finops.Errorf(finops.CodeInvalid, "%s is JSON, but no list of objects.", f.Name())
	}
	j, err := jsonfile.Open(ctx, f, jsonfile.NewPaths(l.Names))
	if err != nil {
		return file{}, fmt.Errorf("open JSON file: %w", err)
	}
	return file{reader: j, format: FormatJSON, names: append(l.Names, restName), dialect: l.Dialect()}, nil
}

// beginning returns the first bytes of the content, unpacked.
func beginning(ctx context.Context, f source.File) (head []byte, err error) {
	s, err := csvfile.OpenStream(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	head = make([]byte, 4096)
	n := 0
	for n < len(head) && err == nil {
		var m int
		m, err = s.Read(ctx, head[n:])
		n += m
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return head[:n], err
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

// Look reads the header and up to rows records of a table. It answers CodeInvalid for what
// is no table with a header.
func Look(ctx context.Context, f source.File, rows int) (t Table, err error) {
	opened, err := open(ctx, f)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, opened.reader.Close()) }()
	t = Table{File: f, Format: opened.format, Dialect: opened.dialect, Names: opened.names}
	for len(t.Rows) < rows {
		b, err := opened.reader.Next(ctx)
		if errors.Is(err, io.EOF) {
			return t, t.tabular()
		}
		if err != nil {
			if len(t.Rows) > 0 && context.Cause(ctx) == nil {
				return t, t.tabular() // damage behind the first records is reported when they are imported
			}
			return t, fmt.Errorf("read %s: %w", f.Name(), err)
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

// tabular tells a table from a text that merely has a delimiter in its first line.
func (t *Table) tabular() error {
	switch {
	case len(t.Rows) == 0:
		return finops.Errorf(finops.CodeInvalid, "%s has a header and no lines below it.", t.File.Name())
	case len(t.Rejects) > len(t.Rows):
		return finops.Errorf(finops.CodeInvalid, "%s is not a table: most of its lines do not have the fields of its first line.", t.File.Name())
	}
	return nil
}
