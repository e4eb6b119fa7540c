package focusfile

import (
	"context"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
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

// Recognize compares the names of the columns with those of FOCUS.
func (Source) Recognize(_ context.Context, l *source.Look) (r source.Recognition, ok bool, err error) {
	h := l.Exact()
	if h == nil || h.Form == source.FormJSON {
		return r, false, nil
	}
	r.Format, r.Warnings = FormatCSV, h.Warnings
	if h.Form == source.FormParquet {
		r.Format = FormatParquet
	}
	columns := match(h.Names, h.Raw)
	t := traitsOf(columns)
	if !t.cost() {
		return source.Recognition{}, false, nil
	}
	r.Version, r.Reason, r.Confidence = t.version(), t.reason(len(columns)), t.confidence()
	r.Columns = withTermColumns(columns)
	r.Warnings = append(r.Warnings[:len(r.Warnings):len(r.Warnings)], t.warnings()...)
	return r, true, nil
}

// Read reads the records of a table that Recognize has accepted. The reader can also say what
// was changed or odd: it has a method Warnings.
func (Source) Read(ctx context.Context, r source.Recognition, t *source.Table) (source.Reader, error) {
	ordered, err := source.InDateOrder(ctx, r.File, t, dateColumns(r.Columns), t.Reopen(ctx))
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
