package gcpexport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
	"cloud-intelligence/backend/source/jsonfile"
	"cloud-intelligence/backend/source/parquetfile"
)

// Version is that of the export's tables (gcp_billing_export_v1_…).
const Version = "1"

// The ends of the formats of a Recognition: "gcp-standard-csv", "gcp-detailed-ndjson".
const (
	formCSV     = "csv"
	formJSON    = "ndjson"
	formParquet = "parquet"
)

// Source reads the exports. The zero value is ready to use.
type Source struct{}

var _ source.Source = Source{}

// Name is "gcp-export".
func (Source) Name() string { return "gcp-export" }

// Recognize looks at the header of a CSV file, at the first records of a JSON file or
// at the metadata of a Parquet file. The error is of class corrupt for a damaged
// archive or Parquet file, and as the operating system says where the file cannot be
// opened.
func (Source) Recognize(ctx context.Context, f source.File) (r source.Recognition, ok bool, err error) {
	form, err := formOf(ctx, f)
	if err != nil || form == "" {
		return r, false, err
	}
	r.File, r.Version = f, Version
	var names []string
	var p *plan
	subject := "The file"
	switch form {
	case formParquet:
		layout, err := parquetfile.Inspect(ctx, f)
		if err != nil {
			return source.Recognition{}, false, refused(ctx, f, err)
		}
		r.Dialect, names = layout.Dialect(), layout.Names
		p = tablePlan(names)
	case formJSON:
		layout, err := jsonfile.Sniff(ctx, f)
		if err != nil {
			return source.Recognition{}, false, refused(ctx, f, err)
		}
		r.Dialect, names = layout.Dialect(), layout.Names
		p = jsonPlan()
		p.met(names)
		subject = "The beginning of the file"
	default:
		layout, err := csvfile.Sniff(ctx, f)
		if err != nil {
			return source.Recognition{}, false, refused(ctx, f, err)
		}
		r.Dialect, r.Warnings, names = layout.Dialect(), layout.Warnings, layout.Names
		p = tablePlan(names)
	}
	found, ok := p.has.recognised()
	if !ok {
		return source.Recognition{}, false, nil
	}
	edition := "standard"
	if p.has.detailed() {
		edition = "detailed"
	}
	r.Format = "gcp-" + edition + "-" + form
	r.Columns = p.columns()
	r.Confidence = 0.7 + 0.3*float64(found)/float64(len(signs))
	r.Reason = fmt.Sprintf("It has cost, usage_start_time and %d of %d other fields that tell the %s billing export of Google Cloud.", found, len(signs), edition)
	r.Warnings = append(append(r.Warnings, p.has.warnings(subject)...), p.notes...)
	return r, true, nil
}

// refused tells a file that cannot be read from one that is merely no table.
func refused(ctx context.Context, f source.File, err error) error {
	if context.Cause(ctx) == nil && finops.CodeOf(err) == finops.CodeInvalid {
		return nil
	}
	return fmt.Errorf("recognise %s: %w", f.Name(), err)
}

// formOf looks at the first bytes of a file; "" is what can be no export.
func formOf(ctx context.Context, f source.File) (string, error) {
	head, err := readHead(ctx, f)
	if err != nil {
		return "", refused(ctx, f, err)
	}
	switch source.Magic(head) {
	case source.KindParquet:
		return formParquet, nil
	case source.KindText, source.KindBinary: // a CSV may hold control characters
		text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
		if inner, list := bytes.CutPrefix(text, []byte("[")); list {
			text = bytes.TrimLeft(inner, " \t\r\n")
		}
		if len(text) > 0 && (text[0] == '{' || text[0] == ']') { // "[2026-11-22 ERROR" begins a log
			return formJSON, nil
		}
		return formCSV, nil
	}
	return "", nil
}

func readHead(ctx context.Context, f source.File) (head []byte, err error) {
	s, err := csvfile.OpenStream(ctx, f)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	head = make([]byte, 512)
	n := 0
	for n < len(head) && err == nil {
		var m int
		m, err = s.Read(ctx, head[n:])
		n += m
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return head[:n], err
}

// Open begins to read a file that Recognize has accepted. It answers CodeConflict if
// the columns are not the ones that were recognised.
func (Source) Open(ctx context.Context, r source.Recognition) (source.Reader, error) {
	reader, p, err := open(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", r.File.Name(), err)
	}
	if !slices.Equal(p.columns(), r.Columns) {
		err := finops.Errorf(finops.CodeConflict, "%s changed after it was recognised; import it again.", r.File.Name())
		return nil, errors.Join(err, reader.Close())
	}
	ordered, err := source.InDateOrder(ctx, r.File, reader, p.dates(), func() (source.Reader, error) {
		reader, _, err := open(ctx, r)
		return reader, err
	})
	if err != nil {
		return nil, err
	}
	if p.credit != nil {
		ordered = &joined{Reader: ordered, credit: *p.credit}
	}
	return source.Ahead(source.NewTransformed(ordered, p.transform())), nil
}

func open(ctx context.Context, r source.Recognition) (source.Reader, *plan, error) {
	switch {
	case bytes.HasSuffix([]byte(r.Format), []byte("-"+formParquet)):
		p, err := parquetfile.Open(ctx, r.File)
		if err != nil {
			return nil, nil, err
		}
		fields := tablePlan(p.Layout().Names)
		fields.split(p)
		return source.Ahead(p), fields, nil // decoding takes about as long as mapping
	case bytes.HasSuffix([]byte(r.Format), []byte("-"+formJSON)):
		j, err := jsonfile.Open(ctx, r.File, jsonfile.NewPaths(fieldNames[:]))
		if err != nil {
			return nil, nil, err
		}
		return source.Ahead(j), jsonPlan(), nil
	}
	c, err := csvfile.Open(ctx, r.File)
	if err != nil {
		return nil, nil, err
	}
	return c, tablePlan(c.Layout().Names), nil
}
