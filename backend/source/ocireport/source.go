package ocireport

import (
	"context"
	"fmt"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// Format is the only format of a Recognition.
const Format = "oci-cost-report"

// focusVersion is the version whose columns the source yields.
const focusVersion = "1.2"

// Source reads cost reports of Oracle Cloud. The zero value is ready to use.
type Source struct{}

var _ source.Source = Source{}

// Name is "oci-report".
func (Source) Name() string { return "oci-report" }

// Recognize compares the names of the columns with those of the cost report. It refuses the
// usage report beside it, with CodeInvalid.
func (Source) Recognize(_ context.Context, l *source.Look) (r source.Recognition, ok bool, err error) {
	h := l.Exact()
	if h == nil || h.Form != source.FormCSV {
		return r, false, nil
	}
	if isUsageReport(h.Raw) {
		return r, false, finops.Errorf(finops.CodeInvalid, "This is a usage report of Oracle Cloud: it says what was used, not what it costs. Import the cost report of the same days (reports/cost-csv), or Oracle's FOCUS report.")
	}
	s, ok := newSchema(h.Names, h.Raw)
	if !ok {
		return r, false, nil
	}
	known := 0
	for _, i := range s.at {
		if i >= 0 {
			known++
		}
	}
	r = source.Recognition{
		Format: Format, Version: focusVersion, Confidence: 0.95, Columns: s.columns, Warnings: h.Warnings[:len(h.Warnings):len(h.Warnings)],
		Reason: fmt.Sprintf("%d of %d columns are those of the Oracle Cloud cost report, and %d more hold tags.", known, len(h.Raw), len(s.tags)),
	}
	if s.at[fieldCurrency] < 0 {
		r.Warnings = append(r.Warnings, "The file does not say in which currency its amounts are (no cost/currencyCode column).")
	}
	return r, true, nil
}

// isUsageReport recognises the report beside the cost report: the same lines without costs.
func isUsageReport(header []string) bool {
	is := map[string]bool{}
	for _, name := range header {
		is[fold(name)] = true
	}
	return is[headers[fieldTenant]] && is[headers[fieldStart]] && is[headers[fieldService]] && is["usageconsumedquantity"] && !is[headers[fieldCost]]
}

// Read reads the records of a table that Recognize has accepted. The reader can also say what
// was changed or odd: it has a method Warnings.
func (Source) Read(ctx context.Context, r source.Recognition, t *source.Table) (source.Reader, error) {
	s, ok := newSchema(t.Names, t.Raw)
	if !ok {
		return nil, finops.Errorf(finops.CodeInternal, "%s is not a cost report of Oracle Cloud.", r.File.Name())
	}
	dates := source.DateColumns{All: []int{s.at[fieldStart]}}
	if end := s.at[fieldEnd]; end >= 0 {
		dates.All = append(dates.All, end)
	}
	ordered, err := source.InDateOrder(ctx, r.File, t, dates, t.Reopen(ctx))
	if err != nil {
		return nil, err
	}
	c := &converter{schema: s}
	return source.Ahead(source.NewTransformed(ordered, source.Transform{Columns: len(s.columns), Map: c.convert})), nil
}
