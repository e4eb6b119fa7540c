package awscur

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
	"cloud-intelligence/backend/source/parquetfile"
)

// The formats of a Recognition.
const (
	FormatLegacyCSV     = "aws-cur-legacy-csv"
	FormatLegacyParquet = "aws-cur-legacy-parquet"
	Format2CSV          = "aws-cur2-csv"
	Format2Parquet      = "aws-cur2-parquet"
)

// Source reads Cost and Usage Reports. The zero value is ready to use.
type Source struct{}

var _ source.Source = Source{}

// Name is "aws-cur".
func (Source) Name() string { return "aws-cur" }

// Recognize reads the header of a CSV file or the metadata of a Parquet file. The
// error is of class corrupt for a damaged archive or Parquet file, and as the
// operating system says where the file cannot be opened.
func (Source) Recognize(ctx context.Context, f source.File) (r source.Recognition, ok bool, err error) {
	kind, err := kindOf(ctx, f)
	if err != nil {
		return r, false, fmt.Errorf("recognise %s: %w", f.Name(), err)
	}
	var p *plan
	r.File = f
	switch kind {
	case source.KindParquet:
		layout, err := parquetfile.Inspect(ctx, f)
		if err != nil {
			return source.Recognition{}, false, refused(ctx, f, err)
		}
		r.Dialect, p = layout.Dialect(), newPlan(layout.Names, layout.Names)
	case source.KindText, source.KindBinary: // a CSV may hold control characters
		layout, err := csvfile.Sniff(ctx, f)
		if err != nil {
			return source.Recognition{}, false, refused(ctx, f, err)
		}
		r.Dialect, r.Warnings, p = layout.Dialect(), layout.Warnings, newPlan(layout.Names, layout.Raw)
	default:
		return source.Recognition{}, false, nil
	}
	if !p.isReport() {
		return source.Recognition{}, false, nil
	}
	r.Format, r.Version = p.format(kind == source.KindParquet)
	r.Columns, r.Confidence, r.Reason = p.columns, p.confidence(), p.reason(r.Version)
	r.Warnings = append(r.Warnings, p.warnings()...)
	return r, true, nil
}

// isReport asks for the three columns without which a report says nothing: what kind of
// line it is, what it costs, and when. The query of a Data Export may leave out the
// unblended cost where there is a net cost.
func (p *plan) isReport() bool {
	return p.has(inType) && (p.has(inUnblended) || p.has(inNetUnblended)) && (p.has(inUsageStart) || p.has(inPeriodStart))
}

// format tells the kinds apart. Only CUR 2.0 has maps and account names.
func (p *plan) format(parquet bool) (format, version string) {
	two := p.at[inPayerName] >= 0 || p.at[inUsageAccountName] >= 0
	for _, i := range []input{inProductMap, inTagMap} {
		two = two || p.at[i] >= 0
	}
	switch {
	case two && parquet:
		return Format2Parquet, "2.0"
	case two:
		return Format2CSV, "2.0"
	case parquet:
		return FormatLegacyParquet, "legacy"
	}
	return FormatLegacyCSV, "legacy"
}

// core are the columns that every report has; the more of them, the surer.
var core = []input{inPayerID, inUsageAccountID, inPeriodStart, inPeriodEnd, inUsageStart, inUsageEnd, inCurrency, inProductCode, inUsageType, inUsageAmount}

func (p *plan) found() (n int) {
	for _, i := range core {
		if p.at[i] >= 0 {
			n++
		}
	}
	return n
}

func (p *plan) confidence() float64 { return 0.7 + 0.3*float64(p.found())/float64(len(core)) }

func (p *plan) reason(version string) string {
	column, cost := inUnblended, "unblended cost"
	if p.at[column] < 0 {
		column, cost = inNetUnblended, "net cost"
	}
	name := p.raw[p.at[column]]
	spelling := "with the names of CSV reports (" + name + ")"
	if !strings.Contains(name, "/") {
		spelling = "with the names of Athena and Data Exports (" + name + ")"
	}
	if version == "2.0" {
		return fmt.Sprintf("The columns of an AWS Cost and Usage Report 2.0 (Data Exports) are there: line item type, %s and dates, maps or account names, and %d of %d columns that every report has.", cost, p.found(), len(core))
	}
	return fmt.Sprintf("The columns of a legacy AWS Cost and Usage Report are there, %s: line item type, %s and dates, and %d of %d columns that every report has.", spelling, cost, p.found(), len(core))
}

// warnings names columns whose absence limits what can be said about the charges.
func (p *plan) warnings() (out []string) {
	for _, w := range []struct {
		missing input
		warning string
	}{
		{inUnblended, "The report has no unblended cost; costs without private discounts are unknown."},
		{inCurrency, "The report does not say in which currency its amounts are (no line item currency code)."},
		{inUsageStart, "The report has no usage start date; charges are dated by their billing period."},
		{inPublicCost, "The report has no public on-demand cost; list costs of usage are unknown."},
		{inResourceID, "The report was made without resource ids; costs of single resources are unknown."},
		{inPayerID, "The report does not name the payer account."},
	} {
		if p.at[w.missing] < 0 {
			out = append(out, w.warning)
		}
	}
	return out
}

// refused tells a file that cannot be read from one that is merely no table.
func refused(ctx context.Context, f source.File, err error) error {
	if context.Cause(ctx) == nil && finops.CodeOf(err) == finops.CodeInvalid {
		return nil
	}
	return fmt.Errorf("recognise %s: %w", f.Name(), err)
}

// kindOf reads the first bytes of the content of a file.
func kindOf(ctx context.Context, f source.File) (kind source.Kind, err error) {
	s, err := csvfile.OpenStream(ctx, f)
	if err != nil {
		if context.Cause(ctx) == nil && finops.CodeOf(err) == finops.CodeInvalid {
			return source.KindBinary, nil // a nested archive or a folder; Sniff refuses it again
		}
		return "", err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	head, n := make([]byte, 512), 0
	for n < len(head) && err == nil {
		var m int
		m, err = s.Read(ctx, head[n:])
		n += m
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return source.Magic(head[:n]), err
}

// Open begins to read a file that Recognize has accepted. It answers CodeConflict if
// the columns are not the ones that were recognised. A CSV reader can also say what
// it changed: it has a method Warnings.
func (Source) Open(ctx context.Context, r source.Recognition) (source.Reader, error) {
	reader, p, err := open(ctx, r)
	if err != nil {
		return nil, err
	}
	ordered, err := source.InDateOrder(ctx, r.File, reader, p.dates(), func() (source.Reader, error) {
		reader, _, err := open(ctx, r)
		return reader, err
	})
	if err != nil {
		return nil, err
	}
	m := newMapper(p)
	return source.Ahead(source.NewTransformed(ordered, source.Transform{Columns: len(p.columns), Map: m.record, Warnings: m.unread.Warnings})), nil
}

// dates are the columns that hold dates.
func (p *plan) dates() source.DateColumns {
	var d source.DateColumns
	if p.has(inPeriodStart, inPeriodEnd) {
		d.Periods = [][2]int{{p.at[inPeriodStart], p.at[inPeriodEnd]}}
	}
	for _, i := range []input{inPeriodStart, inPeriodEnd, inUsageStart, inUsageEnd} {
		if p.at[i] >= 0 {
			d.All = append(d.All, p.at[i])
		}
	}
	return d
}

func open(ctx context.Context, r source.Recognition) (source.Reader, *plan, error) {
	var reader source.Reader
	var p *plan
	if r.Format == FormatLegacyParquet || r.Format == Format2Parquet {
		file, err := parquetfile.Open(ctx, r.File)
		if err != nil {
			return nil, nil, fmt.Errorf("open %s: %w", r.File.Name(), err)
		}
		reader, p = file, newPlan(file.Layout().Names, file.Layout().Names)
	} else {
		file, err := csvfile.Open(ctx, r.File)
		if err != nil {
			return nil, nil, fmt.Errorf("open %s: %w", r.File.Name(), err)
		}
		reader, p = file, newPlan(file.Layout().Names, file.Layout().Raw)
	}
	if !slices.Equal(p.columns, r.Columns) {
		err := finops.Errorf(finops.CodeConflict, "%s changed after it was recognised; import it again.", r.File.Name())
		return nil, nil, errors.Join(err, reader.Close())
	}
	return reader, p, nil
}

// Select keeps the newest complete delivery of each report and month; see
// SelectAssemblies.
func (Source) Select(files []source.File) (keep []source.File, skipped []source.Skipped) {
	return SelectAssemblies(files)
}
