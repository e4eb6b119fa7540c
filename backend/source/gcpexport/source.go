package gcpexport

import (
	"context"
	"fmt"
	"slices"

	"cloud-intelligence/backend/source"
)

// Version is that of the export's tables (gcp_billing_export_v1_…).
const Version = "1"

// Source reads the exports. The zero value is ready to use.
type Source struct{}

var _ source.Source = Source{}

// Name is "gcp-export".
func (Source) Name() string { return "gcp-export" }

// forms are the ends of the formats of a Recognition: "gcp-standard-csv",
// "gcp-detailed-ndjson".
var forms = map[source.Form]string{source.FormCSV: "csv", source.FormJSON: "ndjson", source.FormParquet: "parquet"}

// Recognize compares the names of the columns, or the members of the first records of a JSON
// file, with the fields of the exports.
func (Source) Recognize(_ context.Context, l *source.Look) (r source.Recognition, ok bool, err error) {
	h := l.Exact()
	if h == nil {
		return r, false, nil
	}
	p, subject := planOf(h), "The file"
	if h.Form == source.FormJSON {
		p.met(h.Names)
		subject = "The beginning of the file"
	}
	found, ok := p.has.recognised()
	if !ok {
		return r, false, nil
	}
	edition := "standard"
	if p.has.detailed() {
		edition = "detailed"
	}
	r.Version, r.Format, r.Columns = Version, "gcp-"+edition+"-"+forms[h.Form], p.columns()
	r.Confidence = 0.7 + 0.3*float64(found)/float64(len(signs))
	r.Reason = fmt.Sprintf("It has cost, usage_start_time and %d of %d other fields that identify the %s billing export of Google Cloud.", found, len(signs), edition)
	r.Warnings = slices.Concat(h.Warnings, p.has.warnings(subject), p.notes)
	return r, true, nil
}

func planOf(h *source.Header) *plan {
	if h.Form == source.FormJSON {
		return jsonPlan()
	}
	return tablePlan(h.Names)
}

// Read reads the records of a table that Recognize has accepted.
func (Source) Read(ctx context.Context, r source.Recognition, t *source.Table) (source.Reader, error) {
	reader, p := bound(t)
	ordered, err := source.InDateOrder(ctx, r.File, reader, p.dates(), func() (source.Reader, error) {
		t, err := t.Again(ctx)
		if err != nil {
			return nil, err
		}
		reader, _ := bound(t)
		return reader, nil
	})
	if err != nil {
		return nil, err
	}
	if p.credit != nil {
		ordered = &joined{Reader: ordered, credit: *p.credit}
	}
	return source.Ahead(source.NewTransformed(ordered, p.transform())), nil
}

// bound has the columns of a table read as the fields of the export.
func bound(t *source.Table) (source.Reader, *plan) {
	p := planOf(&t.Header)
	if t.Choose != nil {
		t.Choose(fieldNames[:])
	}
	if t.Split != nil {
		p.split(t.Split)
	}
	if t.Form == source.FormCSV {
		return t, p
	}
	return source.Ahead(t), p // decoding takes about as long as mapping
}
