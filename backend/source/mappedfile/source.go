package mappedfile

import (
	"context"
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

// Recognize compares the header with those of the mappings. Of several that fit, the one that
// was made for this very header is taken, else the one that needs most columns.
func (s Source) Recognize(_ context.Context, l *source.Look) (r source.Recognition, ok bool, err error) {
	if len(s.Mappings) == 0 {
		return r, false, nil
	}
	if unusable := usable(l); unusable != nil {
		return r, false, nil //nolint:nilerr // it is none of these tables; why is said to whoever wants to map it
	}
	h, names := l.Header, namesOf(l.Header)
	c, same := s.choose(names)
	if c == nil {
		return r, false, nil
	}
	r = source.Recognition{Format: formats[h.Form], Version: focusVersion, Columns: c.columns, Warnings: h.Warnings[:len(h.Warnings):len(h.Warnings)]}
	r.Confidence, r.Reason = confidenceSame, fmt.Sprintf("The header is the one that the saved mapping %q was made for.", c.mapping.Name)
	if !same {
		r.Confidence, r.Reason = confidenceOther, fmt.Sprintf("The header has all %d columns that the saved mapping %q needs.", len(c.mapping.needs()), c.mapping.Name)
		if more := news(c.mapping, names); len(more) > 0 {
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

// Read reads the records of a table that Recognize has accepted. It answers CodeConflict where
// the mapping has changed since.
func (s Source) Read(_ context.Context, r source.Recognition, t *source.Table) (source.Reader, error) {
	c, _ := s.choose(namesOf(&t.Header))
	if c == nil || !slices.Equal(c.columns, r.Columns) {
		return nil, finops.Errorf(finops.CodeConflict, "%s changed after it was recognised; import it again.", r.File.Name())
	}
	return source.NewTransformed(t, source.Transform{Columns: len(c.columns), Map: c.convert}), nil
}

// Try reads the beginning of a table with a mapping, which may be one that is not complete
// yet. lost, where it is not nil, gets what the records that are rejected are billed, by line, as
// they are read. It answers CodeInvalid where the table lacks a column that the mapping names.
func Try(ctx context.Context, l *source.Look, m Mapping, lost map[int64]Cost) (columns []source.Column, r source.Reader, err error) {
	if err := usable(l); err != nil {
		return nil, nil, err
	}
	names := namesOf(l.Header)
	c, ok := newConverter(m, names)
	if !ok {
		at := newPlace(names)
		missing := slices.DeleteFunc(m.needs(), func(name string) bool { _, found := at.of(name); return found })
		return nil, nil, finops.Errorf(finops.CodeInvalid, "%s has no column %s, which the mapping needs.", l.File.Name(), strings.Join(missing, ", "))
	}
	c.lost = lost
	t, err := l.Table(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", l.File.Name(), err)
	}
	return c.columns, source.NewTransformed(t, source.Transform{Columns: len(c.columns), Map: c.convert}), nil
}

// next is the moment behind a day or a month.
func (m moment) next() time.Time {
	if m.month {
		return m.time.AddDate(0, 1, 0)
	}
	return m.time.AddDate(0, 0, 1)
}

func monthOf(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }
