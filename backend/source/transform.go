package source

import (
	"context"
	"math"
	"slices"
	"unicode/utf8"

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
	// Warnings says what was odd in the records mapped so far; nil for nothing.
	Warnings func() []string
}

// Skip is the answer of Transform.Map for a record that is to be left out.
const Skip = "\x00skip"

// Record collects the fields of one record, in the order of the columns.
type Record struct {
	batch *Batch
	given []Bound // of the record that is mapped
	first int     // where the record begins in the bounds
	texts []text  // per column: what Text added last
}

// text is where a text lies in the buffer of the batch.
type text struct {
	text string
	at   Bound
}

func (r *Record) begin(b *Batch) {
	r.batch = b
	if r.texts == nil {
		r.texts = make([]text, b.Columns)
	}
	r.forget()
}

// forget is called where what Text added is not in the buffer any more.
func (r *Record) forget() { clear(r.texts) }

// Null adds a field without a value.
func (r *Record) Null() {
	r.batch.Bounds = append(r.batch.Bounds, Bound{Start: 1, End: 0})
}

// Same adds a field of the record that is mapped, as it is and without a copy; an empty
// one is no value. It is the cheapest way to fill a field.
func (r *Record) Same(column int) {
	f := r.given[column]
	if f.End <= f.Start {
		f = Bound{Start: 1, End: 0}
	}
	r.batch.Bounds = append(r.batch.Bounds, f)
}

// SameAll adds many fields, as Same does.
func (r *Record) SameAll(columns []int) {
	at := len(r.batch.Bounds)
	r.batch.Bounds = slices.Grow(r.batch.Bounds, len(columns))[:at+len(columns)]
	for i, column := range columns {
		f := r.given[column]
		if f.End <= f.Start {
			f = Bound{Start: 1, End: 0}
		}
		r.batch.Bounds[at+i] = f
	}
}

// KeepAll adds many fields exactly as they are: unlike with Same, an empty one stays empty.
func (r *Record) KeepAll(columns []int) {
	for _, column := range columns {
		r.batch.Bounds = append(r.batch.Bounds, r.given[column])
	}
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

// Text adds a field; "" is no value. A text that the record before has in the same column
// is not copied again.
func (r *Record) Text(value string) {
	if value == "" {
		r.Null()
		return
	}
	column := len(r.batch.Bounds) - r.first
	if column < len(r.texts) && r.texts[column].text == value {
		r.batch.Bounds = append(r.batch.Bounds, r.texts[column].at)
		return
	}
	start := len(r.batch.Buf)
	r.batch.Buf = append(r.batch.Buf, value...)
	at := Bound{uint32(start), uint32(len(r.batch.Buf))}
	r.batch.Bounds = append(r.batch.Bounds, at)
	if column < len(r.texts) {
		r.texts[column] = text{value, at}
	}
}

// Amount adds a field with an exact number.
func (r *Record) Amount(a finops.Amount) {
	start := len(r.batch.Buf)
	r.batch.Buf = a.Append(r.batch.Buf)
	r.batch.Bounds = append(r.batch.Bounds, Bound{uint32(start), uint32(len(r.batch.Buf))})
}

// NewTransformed returns a reader that maps the records of r. Closing it closes r. Where
// r can say what was odd in its records (it has a method Warnings), so can the reader.
func NewTransformed(r Reader, t Transform) Reader {
	return &transformed{Reader: r, transform: t, pool: make(chan *pooledBatch, poolSize)}
}

// poolSize is how many batches may be on their way at the same time without new ones
// being made.
const poolSize = 4

type transformed struct {
	Reader
	transform Transform
	pool      chan *pooledBatch
	record    Record
}

// pooledBatch is a batch whose text lies in the buffer of the batch it was made from,
// behind that one's own text, so that most fields need no copy.
type pooledBatch struct {
	Batch
	in *Batch
}

// Warnings says what was changed or odd in the records read so far.
func (t *transformed) Warnings() []string {
	w := WarningsOf(t.Reader)
	if t.transform.Warnings != nil {
		w = append(w[:len(w):len(w)], t.transform.Warnings()...)
	}
	return w
}

// Next maps the next batch.
func (t *transformed) Next(ctx context.Context) (*Batch, error) {
	for {
		in, err := t.Reader.Next(ctx)
		if err != nil {
			return nil, err
		}
		out := t.batch(in)
		if err := t.fill(out); err != nil {
			out.Release()
			return nil, err
		}
		if out.Rows > 0 || len(out.Rejects) > 0 {
			return &out.Batch, nil
		}
		out.Release()
	}
}

func (t *transformed) fill(out *pooledBatch) error {
	in := out.in
	t.record.begin(&out.Batch)
	for row := range in.Rows {
		bytes, bounds := len(out.Buf), len(out.Bounds)
		t.record.given, t.record.first = in.Bounds[row*in.Columns:(row+1)*in.Columns], bounds
		reason := t.transform.Map(in, row, &t.record)
		if reason == "" && len(out.Buf) > math.MaxUint32 {
			reason = "is too long"
		}
		if reason != "" {
			out.Buf, out.Bounds = out.Buf[:bytes], out.Bounds[:bounds]
			t.record.forget()
			if reason != Skip {
				out.Rejects = append(out.Rejects, Reject{Line: in.Lines[row], Reason: reason, Text: rowText(in, row)})
			}
			continue
		}
		if got := len(out.Bounds) - bounds; got != t.transform.Columns {
			return finops.Errorf(finops.CodeInternal, "A source made %d fields where its columns are %d.", got, t.transform.Columns)
		}
		out.Rows++
		out.Lines = append(out.Lines, in.Lines[row])
	}
	return nil
}

// batch takes a batch from the pool that continues the text of in.
func (t *transformed) batch(in *Batch) *pooledBatch {
	var b *pooledBatch
	select {
	case b = <-t.pool:
	default:
		b = new(pooledBatch)
	}
	b.in = in
	b.Buf, b.Rejects = in.Buf, append(b.Rejects[:0], in.Rejects...)
	b.Bounds, b.Lines = slices.Grow(b.Bounds[:0], in.Rows*t.transform.Columns), slices.Grow(b.Lines[:0], in.Rows)
	b.Rows, b.Columns = 0, t.transform.Columns
	b.SetRelease(func(*Batch) { t.release(b) })
	return b
}

// release gives the batch that was mapped back to its reader, with the buffer that has
// grown, and keeps the other one.
func (t *transformed) release(b *pooledBatch) {
	b.SetRelease(nil) // a second Release must not put it into the pool twice
	b.in.Buf = b.Buf
	b.in.Release()
	b.in, b.Buf = nil, nil
	select {
	case t.pool <- b:
	default:
	}
}

// rowText joins the fields of a record for the reject list, as far as they may be kept.
func rowText(b *Batch, row int) string {
	const most = 4 << 10
	var text []byte
	for c := range b.Columns {
		if c > 0 {
			text = append(text, ',')
		}
		if text = append(text, b.Field(row, c)...); len(text) > most {
			end := most - len("…")
			for end > 0 && !utf8.RuneStart(text[end]) {
				end--
			}
			return string(text[:end]) + "…"
		}
	}
	return string(text)
}
