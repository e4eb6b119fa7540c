package focusfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
	"cloud-intelligence/backend/source/parquetfile"
)

// The formats of a Recognition.
const (
	FormatCSV     = "focus-csv"
	FormatParquet = "focus-parquet"
)

// Source reads FOCUS files. The zero value is ready to use.
type Source struct{}

var _ source.Source = Source{}

// Name is "focus".
func (Source) Name() string { return "focus" }

// Recognize reads the header of a CSV file or the metadata of a Parquet file. The
// error is of class corrupt for a damaged archive or Parquet file, and as the
// operating system says where the file cannot be opened.
func (Source) Recognize(ctx context.Context, f source.File) (r source.Recognition, ok bool, err error) {
	kind, err := kindOf(ctx, f)
	if err != nil {
		return r, false, fmt.Errorf("recognise %s: %w", f.Name(), err)
	}
	r.File = f
	var names, raw []string
	switch kind {
	case source.KindParquet:
		layout, err := parquetfile.Inspect(ctx, f)
		if err != nil {
			return r, false, refused(ctx, f, err)
		}
		r.Format, r.Dialect = FormatParquet, layout.Dialect()
		names, raw = layout.Names, layout.Names
	case source.KindText, source.KindBinary: // a CSV may hold control characters
		layout, err := csvfile.Sniff(ctx, f)
		if err != nil {
			return r, false, refused(ctx, f, err)
		}
		r.Format, r.Dialect, r.Warnings = FormatCSV, layout.Dialect(), layout.Warnings
		names, raw = layout.Names, layout.Raw
	default:
		return r, false, nil
	}
	columns := match(names, raw)
	t := traitsOf(columns)
	if !t.cost() {
		return source.Recognition{}, false, nil
	}
	r.Version, r.Reason, r.Confidence = t.version(), t.reason(len(columns)), t.confidence()
	r.Columns = withTermColumns(columns)
	r.Warnings = append(r.Warnings, t.warnings()...)
	return r, true, nil
}

// refused tells a file that cannot be read from one that is merely no table.
func refused(ctx context.Context, f source.File, err error) error {
	if context.Cause(ctx) == nil && finops.CodeOf(err) == finops.CodeInvalid {
		return nil
	}
	return fmt.Errorf("recognise %s: %w", f.Name(), err)
}

// head reads the first bytes of the content of a file.
func head(ctx context.Context, f source.File, size int) (text []byte, err error) {
	s, err := csvfile.OpenStream(ctx, f)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	text = make([]byte, size)
	n := 0
	for n < size && err == nil {
		var m int
		m, err = s.Read(ctx, text[n:])
		n += m
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return text[:n], err
}

func kindOf(ctx context.Context, f source.File) (source.Kind, error) {
	text, err := head(ctx, f, 512)
	if err != nil {
		if context.Cause(ctx) == nil && finops.CodeOf(err) == finops.CodeInvalid {
			return source.KindBinary, nil // a nested archive or a folder; Sniff refuses it again
		}
		return "", err
	}
	return source.Magic(text), nil
}

// Open begins to read a file that Recognize has accepted. It answers CodeConflict if
// the columns are not the ones that were recognised. A CSV reader can also say what
// it changed: it has a method Warnings.
func (Source) Open(ctx context.Context, r source.Recognition) (source.Reader, error) {
	reader, err := open(ctx, r)
	if err != nil {
		return nil, err
	}
	ordered, err := source.InDateOrder(ctx, r.File, reader, dateColumns(r.Columns), func() (source.Reader, error) { return open(ctx, r) })
	if err != nil {
		return nil, err
	}
	return withTerms(withTags(ordered, r.Columns), r.Columns), nil
}

// dateColumns finds the columns with dates.
func dateColumns(columns []source.Column) source.DateColumns {
	var d source.DateColumns
	start, end := -1, -1
	for i, c := range columns {
		if known, ok := finops.ColumnByName(c.Name); !c.Focus || !ok || known.Kind != finops.KindTime {
			continue
		}
		d.All = append(d.All, i)
		switch c.Name {
		case "BillingPeriodStart":
			start = i
		case "BillingPeriodEnd":
			end = i
		}
	}
	if start >= 0 && end >= 0 {
		d.Periods = [][2]int{{start, end}}
	}
	return d
}

func open(ctx context.Context, r source.Recognition) (source.Reader, error) {
	var reader source.Reader
	var raw []string
	if r.Format == FormatParquet {
		p, err := parquetfile.Open(ctx, r.File)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", r.File.Name(), err)
		}
		reader, raw = p, p.Layout().Names
	} else {
		c, err := csvfile.Open(ctx, r.File)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", r.File.Name(), err)
		}
		reader, raw = c, c.Layout().Raw
	}
	if !slices.EqualFunc(raw, fileColumns(r.Columns), func(name string, c source.Column) bool { return name == c.Raw }) {
		err := finops.Errorf(finops.CodeConflict, "%s changed after it was recognised; import it again.", r.File.Name())
		return nil, errors.Join(err, reader.Close())
	}
	return reader, nil
}
