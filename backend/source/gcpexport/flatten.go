package gcpexport

import (
	"context"
	"errors"
	"io"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/jsonfile"
)

// creditMembers are the members of a credit, as columns and in JSON.
var creditMembers = [...]string{"name", "amount", "full_name", "id", "type"}

// atAmount is the place of the amount among them.
const atAmount = 1

// joined puts the lines of a charge together again where a query has made a line of each of
// its credits (LEFT JOIN UNNEST(credits)): lines that follow each other, agree in everything
// else and name different credits. A charge has each credit once, so that a credit that comes
// again begins another charge.
type joined struct {
	source.Reader
	credit  [len(creditMembers)]int // column of each member, -1 for none
	pending *pendingCharge
	drained bool
}

// pendingCharge is a charge whose lines may not have ended.
type pendingCharge struct {
	fields  [][]byte // nil for no value
	line    int64
	credits [][]byte // the members of each that are no amount, joined
	list    []byte   // JSON of the credits, without the bracket at its end
}

// Next reads the next batch, with one row for each charge.
func (j *joined) Next(ctx context.Context) (*source.Batch, error) {
	for !j.drained {
		b, err := j.Reader.Next(ctx)
		if errors.Is(err, io.EOF) {
			j.drained = true
			b = &source.Batch{}
			j.emit(b, nil)
			if b.Rows == 0 {
				break
			}
			return b, nil
		}
		if err != nil {
			return nil, err
		}
		j.join(b)
		if b.Rows > 0 || len(b.Rejects) > 0 {
			return b, nil
		}
		b.Release()
	}
	return nil, io.EOF
}

// join replaces the rows of a batch by the charges that ended in it.
func (j *joined) join(b *source.Batch) {
	rows, bounds, lines := b.Rows, b.Bounds, b.Lines
	b.Rows, b.Bounds, b.Lines = 0, make([]source.Bound, 0, len(bounds)+b.Columns), make([]int64, 0, rows+1)
	for row := range rows {
		fields := make([][]byte, b.Columns)
		for c := range fields {
			if at := bounds[row*b.Columns+c]; at.End >= at.Start {
				fields[c] = b.Buf[at.Start:at.End:at.End]
			}
		}
		if !j.continues(fields) {
			j.emit(b, &pendingCharge{fields: cloned(fields), line: lines[row]})
		}
		j.add(fields)
	}
}

func cloned(fields [][]byte) [][]byte {
	out := make([][]byte, len(fields))
	for i, f := range fields {
		out[i] = slices.Clone(f)
	}
	return out
}

// identity is a credit without its amount.
func (j *joined) identity(fields [][]byte) (id []byte) {
	for i, c := range j.credit {
		if c >= 0 && i != atAmount {
			id = append(append(id, fields[c]...), 0)
		}
	}
	return id
}

// continues reports whether a row is another credit of the charge that is held.
func (j *joined) continues(fields [][]byte) bool {
	if j.pending == nil || finops.IsNull(fields[j.credit[atAmount]]) || len(j.pending.credits) == 0 {
		return false
	}
	for c, f := range fields {
		if !slices.Contains(j.credit[:], c) && string(f) != string(j.pending.fields[c]) {
			return false
		}
	}
	id := j.identity(fields)
	return !slices.ContainsFunc(j.pending.credits, func(have []byte) bool { return string(have) == string(id) })
}

// add adds the credit of a row to the charge that is held.
func (j *joined) add(fields [][]byte) {
	if finops.IsNull(fields[j.credit[atAmount]]) {
		return
	}
	h := j.pending
	h.credits = append(h.credits, j.identity(fields))
	before := byte('[')
	if h.list != nil {
		before = ','
	}
	h.list = append(h.list, before, '{')
	first := true
	for i, c := range j.credit {
		if c < 0 || finops.IsNull(fields[c]) {
			continue
		}
		if !first {
			h.list = append(h.list, ',')
		}
		first = false
		h.list = append(jsonfile.AppendString(h.list, []byte(creditMembers[i])), ':')
		h.list = jsonfile.AppendString(h.list, fields[c])
	}
	h.list = append(h.list, '}')
}

// emit appends the charge that is held to a batch, and holds the next one.
func (j *joined) emit(b *source.Batch, next *pendingCharge) {
	h := j.pending
	j.pending = next
	if h == nil {
		return
	}
	if h.list != nil {
		h.fields[j.credit[atAmount]] = append(h.list, ']')
	}
	b.Columns = len(h.fields)
	for _, f := range h.fields {
		at := source.Bound{Start: 1, End: 0}
		if f != nil {
			at.Start = uint32(len(b.Buf))
			b.Buf = append(b.Buf, f...)
			at.End = uint32(len(b.Buf))
		}
		b.Bounds = append(b.Bounds, at)
	}
	b.Rows++
	b.Lines = append(b.Lines, h.line)
}

// Warnings says what was changed or odd in the records read so far.
func (j *joined) Warnings() []string { return source.WarningsOf(j.Reader) }
