package awscur

import (
	"context"
	"fmt"
	"strings"

	"cloud-intelligence/backend/source"
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

// Recognize compares the names of the columns with those of the reports.
func (Source) Recognize(_ context.Context, l *source.Look) (r source.Recognition, ok bool, err error) {
	h := l.Exact()
	if h == nil || h.Form == source.FormJSON {
		return r, false, nil
	}
	p := newPlan(h.Names, h.Raw)
	if !p.isReport() {
		return r, false, nil
	}
	r.Format, r.Version = p.format(h.Form == source.FormParquet)
	r.Columns, r.Confidence, r.Reason = p.columns, p.confidence(), p.reason(r.Version)
	r.Warnings = append(h.Warnings[:len(h.Warnings):len(h.Warnings)], p.warnings()...)
	return r, true, nil
}

// isReport asks for the three columns without which a report says nothing: what kind of
// line it is, what it costs, and when. The query of a Data Export may leave out the
// unblended cost where there is a net cost.
func (p *plan) isReport() bool {
	return p.has(inType) && (p.has(inUnblended) || p.has(inNetUnblended)) && (p.has(inUsageStart) || p.has(inPeriodStart))
}

// format distinguishes the kinds. Only CUR 2.0 has maps and account names.
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

// Read reads the records of a table that Recognize has accepted. The reader can also say what
// was changed or odd: it has a method Warnings.
func (Source) Read(ctx context.Context, r source.Recognition, t *source.Table) (source.Reader, error) {
	p := newPlan(t.Names, t.Raw)
	ordered, err := source.InDateOrder(ctx, r.File, t, p.dates(), t.Reopen(ctx))
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

// Select keeps the newest complete delivery of each report and month; see
// SelectAssemblies.
func (Source) Select(files []source.File) (keep []source.File, skipped []source.Skipped) {
	return SelectAssemblies(files)
}
