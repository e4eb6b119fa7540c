package azureexport

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
	"cloud-intelligence/backend/source/parquetfile"
)

// focusVersion is the version whose columns the source yields.
const focusVersion = "1.2"

// Source reads the cost details of Azure. The zero value is ready to use.
type Source struct{}

var _ source.Source = Source{}

// Name is "azure-export".
func (Source) Name() string { return "azure-export" }

// Recognize reads the header, and the first records to tell an actual export from an
// amortized one. The error is of class corrupt for a damaged archive or Parquet file,
// and as the operating system says where the file cannot be opened.
func (Source) Recognize(ctx context.Context, f source.File) (r source.Recognition, ok bool, err error) {
	file, err := open(ctx, f)
	if err != nil {
		if context.Cause(ctx) == nil && finops.CodeOf(err) == finops.CodeInvalid {
			return r, false, nil // no table at all
		}
		return r, false, fmt.Errorf("recognise %s: %w", f.Name(), err)
	}
	defer func() { err = errors.Join(err, file.reader.Close()) }()
	s := newSchema(file.names, file.raw)
	if s.kind == notAzure {
		return r, false, nil
	}
	var v view
	if s.kind.views() {
		if v, err = viewOf(ctx, f, s, file); err != nil {
			return r, false, fmt.Errorf("recognise %s: %w", f.Name(), err)
		}
	}
	r.File, r.Dialect, r.Warnings = f, file.dialect, file.warnings
	s.describe(&r, v)
	return r, true, nil
}

// Open begins to read a file that Recognize has accepted. It answers CodeConflict if
// the columns are not the ones that were recognised.
func (Source) Open(ctx context.Context, r source.Recognition) (source.Reader, error) {
	file, err := open(ctx, r.File)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", r.File.Name(), err)
	}
	s := newSchema(file.names, file.raw)
	if s.kind == notAzure || !slices.Equal(s.columns, r.Columns) {
		err := finops.Errorf(finops.CodeConflict, "%s changed after it was recognised; import it again.", r.File.Name())
		return nil, errors.Join(err, file.reader.Close())
	}
	reader, err := source.InDateOrder(ctx, r.File, counting(r.File, file.reader), s.dates(), func() (source.Reader, error) {
		t, err := open(ctx, r.File)
		return t.reader, err
	})
	if err != nil {
		return nil, err
	}
	c := newConverter(s, strings.HasSuffix(r.Format, "-"+partAmortized))
	return source.Ahead(source.NewTransformed(reader, source.Transform{Columns: len(s.columns), Map: c.convert, Warnings: c.unread.Warnings})), nil
}

// table is an opened file with its header.
type table struct {
	reader     source.Reader
	names, raw []string
	dialect    string
	warnings   []string
}

// open opens a file as Parquet or as CSV. It answers CodeInvalid for what is neither.
func open(ctx context.Context, f source.File) (table, error) {
	kind, err := kindOfFile(ctx, f)
	if err != nil {
		return table{}, err
	}
	switch kind {
	case source.KindParquet:
		p, err := parquetfile.Open(ctx, f)
		if err != nil {
			return table{}, fmt.Errorf("open Parquet file: %w", err)
		}
		l := p.Layout()
		return table{reader: p, names: l.Names, raw: l.Names, dialect: l.Dialect()}, nil
	case source.KindText, source.KindBinary: // a CSV may hold control characters
		c, err := csvfile.Open(ctx, f)
		if err != nil {
			return table{}, fmt.Errorf("open CSV file: %w", err)
		}
		l := c.Layout()
		return table{reader: c, names: l.Names, raw: l.Raw, dialect: l.Dialect(), warnings: l.Warnings}, nil
	default:
		return table{}, finops.Errorf(finops.CodeInvalid, "%s is %s, not a table.", f.Name(), kind)
	}
}

// kindOfFile looks at the first bytes, unpacked.
func kindOfFile(ctx context.Context, f source.File) (kind source.Kind, err error) {
	s, err := csvfile.OpenStream(ctx, f)
	if err != nil {
		return "", fmt.Errorf("open file: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	head := make([]byte, 512)
	n := 0
	for n < len(head) && err == nil {
		var m int
		m, err = s.Read(ctx, head[n:])
		n += m
	}
	return source.Magic(head[:n]), endless(err)
}
