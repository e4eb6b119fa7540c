package ocireport

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
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

// Recognize reads the header. The error is of class corrupt for a damaged archive, and
// as the operating system says where the file cannot be opened.
func (Source) Recognize(ctx context.Context, f source.File) (r source.Recognition, ok bool, err error) {
	layout, err := csvfile.Sniff(ctx, f)
	if err != nil {
		if context.Cause(ctx) == nil && finops.CodeOf(err) == finops.CodeInvalid {
			return r, false, nil // no table at all
		}
		return r, false, fmt.Errorf("recognise %s: %w", f.Name(), err)
	}
	if isUsageReport(layout.Raw) {
		return r, false, finops.Errorf(finops.CodeInvalid, "This is a usage report of Oracle Cloud: it says what was used, not what it costs. Import the cost report of the same days (reports/cost-csv), or Oracle's FOCUS report.")
	}
	s, ok := newSchema(layout.Names, layout.Raw)
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
		File: f, Format: Format, Version: focusVersion, Confidence: 0.95, Columns: s.columns, Dialect: layout.Dialect(), Warnings: layout.Warnings,
		Reason: fmt.Sprintf("%d of %d columns are those of the Oracle Cloud cost report, and %d more hold tags.", known, len(layout.Raw), len(s.tags)),
	}
	if s.at[fieldCurrency] < 0 {
		r.Warnings = append(r.Warnings, "The file does not say in which currency its amounts are (no cost/currencyCode column).")
	}
	return r, true, nil
}

// isUsageReport tells the report beside the cost report: the same lines without costs.
func isUsageReport(header []string) bool {
	is := map[string]bool{}
	for _, name := range header {
		is[fold(name)] = true
	}
	return is[headers[fieldTenant]] && is[headers[fieldStart]] && is[headers[fieldService]] && is["usageconsumedquantity"] && !is[headers[fieldCost]]
}

// Open begins to read a file that Recognize has accepted. It answers CodeConflict if
// the columns are not the ones that were recognised. The reader can also say what was
// changed or odd: it has a method Warnings.
func (Source) Open(ctx context.Context, r source.Recognition) (source.Reader, error) {
	reader, err := csvfile.Open(ctx, r.File)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", r.File.Name(), err)
	}
	layout := reader.Layout()
	s, ok := newSchema(layout.Names, layout.Raw)
	if !ok || !slices.Equal(s.columns, r.Columns) {
		err := finops.Errorf(finops.CodeConflict, "%s changed after it was recognised; import it again.", r.File.Name())
		return nil, errors.Join(err, reader.Close())
	}
	dates := source.DateColumns{All: []int{s.at[fieldStart]}}
	if end := s.at[fieldEnd]; end >= 0 {
		dates.All = append(dates.All, end)
	}
	ordered, err := source.InDateOrder(ctx, r.File, reader, dates, func() (source.Reader, error) { return csvfile.Open(ctx, r.File) })
	if err != nil {
		return nil, err
	}
	c := &converter{schema: s}
	return source.Ahead(source.NewTransformed(ordered, source.Transform{Columns: len(s.columns), Map: c.convert})), nil
}
