package azureexport

import (
	"context"
	"strings"

	"cloud-intelligence/backend/source"
)

// focusVersion is the version whose columns the source yields.
const focusVersion = "1.2"

// Source reads the cost details of Azure. The zero value is ready to use.
type Source struct{}

var _ source.Source = Source{}

// Name is "azure-export".
func (Source) Name() string { return "azure-export" }

// Recognize compares the names of the columns with those of the layouts, and reads the first
// records to distinguish an actual export from an amortized one.
func (Source) Recognize(ctx context.Context, l *source.Look) (r source.Recognition, ok bool, err error) {
	h := l.Exact()
	if h == nil || h.Form == source.FormJSON {
		return r, false, nil
	}
	s := newSchema(h.Names, h.Raw)
	if s.kind == notAzure {
		return r, false, nil
	}
	var v view
	if s.kind.views() {
		if v, err = viewOf(ctx, l, s); err != nil {
			return r, false, err
		}
	}
	r.Warnings = h.Warnings[:len(h.Warnings):len(h.Warnings)]
	s.describe(&r, v)
	return r, true, nil
}

// Read reads the records of a table that Recognize has accepted.
func (Source) Read(ctx context.Context, r source.Recognition, t *source.Table) (source.Reader, error) {
	s := newSchema(t.Names, t.Raw)
	reader, err := source.InDateOrder(ctx, r.File, counting(r.File, t), s.dates(), t.Reopen(ctx))
	if err != nil {
		return nil, err
	}
	c := newConverter(s, strings.HasSuffix(r.Format, "-"+partAmortized))
	return source.Ahead(source.NewTransformed(reader, source.Transform{Columns: len(s.columns), Map: c.convert, Warnings: c.unread.Warnings})), nil
}
