package mappedfile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// focusVersion is the version whose columns the source yields, for a Recognition.
const focusVersion = "1.2"

// The confidence of a recognition: any source that knows a format is surer of it.
const (
	confidenceSame  = 0.5 // the header is the one that the mapping was made for
	confidenceOther = 0.4 // it has all columns that the mapping needs
)

// Source reads the tables that one of its mappings fits.
type Source struct {
	Mappings []Mapping
}

var _ source.Source = Source{}

// Name is "mapping".
func (Source) Name() string { return "mapping" }

// Recognize reads the header and compares it with those of the mappings. Of several that
// fit, the one that was made for this very header is taken, else the one that needs most
// columns. The error is of class corrupt for a damaged archive or Parquet file, and as the
// operating system says where the file cannot be opened.
func (s Source) Recognize(ctx context.Context, f source.File) (r source.Recognition, ok bool, err error) {
	if len(s.Mappings) == 0 {
		return r, false, nil
	}
	opened, err := open(ctx, f)
	if err != nil {
		if context.Cause(ctx) == nil && finops.CodeOf(err) == finops.CodeInvalid {
			return r, false, nil // no table at all
		}
		return r, false, fmt.Errorf("recognise %s: %w", f.Name(), err)
	}
	defer func() { err = errors.Join(err, opened.reader.Close()) }()
	c, same := s.choose(opened.names)
	if c == nil {
		return r, false, nil
	}
	r = source.Recognition{File: f, Format: opened.format, Version: focusVersion, Columns: c.columns, Dialect: opened.dialect, Warnings: opened.warnings}
	r.Confidence, r.Reason = confidenceSame, fmt.Sprintf("The header is the one that the saved mapping %q was made for.", c.mapping.Name)
	if !same {
		r.Confidence, r.Reason = confidenceOther, fmt.Sprintf("The header has all %d columns that the saved mapping %q needs.", len(c.mapping.needs()), c.mapping.Name)
		if more := news(c.mapping, opened.names); len(more) > 0 {
			r.Warnings = append(r.Warnings, fmt.Sprintf("The mapping %q was made for another header; check that it is meant for this table. New here: %s.", c.mapping.Name, strings.Join(more, ", ")))
		}
	}
	return r, true, nil
}

// news lists the columns that the table of the mapping did not have, a few of them.
func news(m Mapping, names []string) []string {
	const most = 5
	var more []string
	for _, name := range names {
		if _, known := slices.BinarySearch(m.Header, fold(name)); !known {
			more = append(more, name)
		}
	}
	if len(more) > most {
		more = append(more[:most:most], "…")
	}
	return more
}

// choose binds the mapping that fits a header best; nil when none does.
func (s Source) choose(names []string) (best *converter, same bool) {
	header := foldAll(names)
	for _, m := range s.Mappings {
		if len(m.Missing()) > 0 || len(m.needs()) == 0 {
			continue
		}
		c, ok := newConverter(m, names)
		if !ok {
			continue
		}
		exact := slices.Equal(m.Header, header)
		better := best == nil || exact && !same || exact == same && len(m.needs()) > len(best.mapping.needs())
		if better {
			best, same = c, exact
		}
	}
	return best, same
}

// Open begins to read a file that Recognize has accepted. It answers CodeConflict if the
// columns are not the ones that were recognised.
func (s Source) Open(ctx context.Context, r source.Recognition) (source.Reader, error) {
	opened, err := open(ctx, r.File)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", r.File.Name(), err)
	}
	c, _ := s.choose(opened.names)
	if c == nil || !slices.Equal(c.columns, r.Columns) {
		err := finops.Errorf(finops.CodeConflict, "%s changed after it was recognised; import it again.", r.File.Name())
		return nil, errors.Join(err, opened.reader.Close())
	}
	return source.NewTransformed(opened.reader, source.Transform{Columns: len(c.columns), Map: c.convert}), nil
}

// Try reads the beginning of a table with a mapping, which may be one that is not complete
// yet. It answers CodeInvalid where the table lacks a column that the mapping names.
func Try(ctx context.Context, f source.File, m Mapping) (columns []source.Column, r source.Reader, err error) {
	opened, err := open(ctx, f)
	if err != nil {
		return nil, nil, err
	}
	c, ok := newConverter(m, opened.names)
	if !ok {
		at := newPlace(opened.names)
		missing := slices.DeleteFunc(m.needs(), func(name string) bool { _, found := at.of(name); return found })
		err := finops.Errorf(finops.CodeInvalid, "%s has no column %s, which the mapping needs.", f.Name(), strings.Join(missing, ", "))
		return nil, nil, errors.Join(err, opened.reader.Close())
	}
	return c.columns, source.NewTransformed(opened.reader, source.Transform{Columns: len(c.columns), Map: c.convert}), nil
}

// next is the moment behind a day or a month.
func (m moment) next() time.Time {
	if m.month {
		return m.time.AddDate(0, 1, 0)
	}
	return m.time.AddDate(0, 0, 1)
}

func monthOf(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }
