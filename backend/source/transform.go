package source

import (
	"context"
	"math"

	"cloud-intelligence/backend/finops"
)

// Transform turns the records of a reader into records with other columns, one for one
// or not at all. Sources of native exports use it: they read CSV or Parquet and yield
// FOCUS columns followed by the native ones.
type Transform struct {
	// Columns is the number of fields of a record that Map makes.
	Columns int
	// Map fills one record. It returns "" to keep the record, or a sentence that says why
	// it is rejected. To leave a record out because another one stands for it (a
	// duplicate view of the same charge), it returns Skip.
	Map func(in *Batch, row int, out *Record) (reject string)
}

// Skip is the answer of Transform.Map for a record that is to be left out.
const Skip = "\x00skip"

// Record collects the fields of one record, in the order of the columns.
type Record struct {
	batch *Batch
}

// Null adds a field without a value.
func (r *Record) Null() {
	r.batch.Bounds = append(r.batch.Bounds, Bound{Start: 1, End: 0})
}

// Bytes adds a field with a copy of text; nil is no value.
func (r *Record) Bytes(text []byte) {
	if text == nil {
		r.Null()
		return
	}
	start := len(r.batch.Buf)
	r.batch.Buf = append(r.batch.Buf, text...)
	r.batch.Bounds = append(r.batch.Bounds, Bound{uint32(start), uint32(len(r.batch.Buf))})
}

// Text adds a field; "" is no value.
func (r *Record) Text(text string) {
	if text == "" {
		r.Null()
		return
	}
	start := len(r.batch.Buf)
	r.batch.Buf = append(r.batch.Buf, text...)
	r.batch.Bounds = append(r.batch.Bounds, Bound{uint32(start), uint32(len(r.batch.Buf))})
}

// Amount adds a field with an exact number.
func (r *Record) Amount(a finops.Amount) {
	start := len(r.batch.Buf)
	r.batch.Buf = a.Append(r.batch.Buf)
	r.batch.Bounds = append(r.batch.Bounds, Bound{uint32(start), uint32(len(r.batch.Buf))})
}

// NewTransformed returns a reader that maps the records of r. Closing it closes r.
func NewTransformed(r Reader, t Transform) Reader { return &transformed{Reader: r, transform: t} }

type transformed struct {
	Reader
	transform Transform
}

// Next maps the next batch.
func (t *transformed) Next(ctx context.Context) (*Batch, error) {
	in, err := t.Reader.Next(ctx)
	if err != nil {
		return nil, err
	}
	defer in.Release()
	out := &Batch{Columns: t.transform.Columns, Rejects: in.Rejects}
	out.Buf = make([]byte, 0, len(in.Buf)*2)
	out.Bounds = make([]Bound, 0, in.Rows*t.transform.Columns)
	record := &Record{batch: out}
	for row := range in.Rows {
		bytes, bounds := len(out.Buf), len(out.Bounds)
		reason := t.transform.Map(in, row, record)
		if reason == "" && len(out.Buf) > math.MaxUint32 {
			reason = "is too long"
		}
		if reason != "" {
			out.Buf, out.Bounds = out.Buf[:bytes], out.Bounds[:bounds]
			if reason != Skip {
				out.Rejects = append(out.Rejects, Reject{Line: in.Lines[row], Reason: reason, Text: rowText(in, row)})
			}
			continue
		}
		if got := len(out.Bounds) - bounds; got != t.transform.Columns {
			return nil, finops.Errorf(finops.CodeInternal, "A source made %d fields where its columns are %d.", got, t.transform.Columns)
		}
		out.Rows++
		out.Lines = append(out.Lines, in.Lines[row])
	}
	return out, nil
}

// rowText joins the fields of a record for the reject list.
func rowText(b *Batch, row int) string {
	const most = 4096
	var text []byte
	for c := range b.Columns {
		if c > 0 {
			text = append(text, ',')
		}
		if text = append(text, b.Field(row, c)...); len(text) > most {
			return string(text[:most]) + "…"
		}
	}
	return string(text)
}
