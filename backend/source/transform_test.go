package source_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// batches is a reader of batches that were made before; it counts what is given back.
type batches struct {
	left     []*source.Batch
	released int
	warnings []string
}

func (r *batches) Next(context.Context) (*source.Batch, error) {
	if len(r.left) == 0 {
		return nil, io.EOF
	}
	b := r.left[0]
	r.left = r.left[1:]
	b.SetRelease(func(*source.Batch) { r.released++ })
	return b, nil
}
func (r *batches) Progress() int64    { return 7 }
func (r *batches) SHA256() string     { return "hash" }
func (r *batches) Close() error       { return nil }
func (r *batches) Warnings() []string { return r.warnings }

// batch makes a batch; a text "\x00" is a null.
func batch(line int64, rows ...[]string) *source.Batch {
	b := &source.Batch{Rows: len(rows), Columns: 2}
	for _, row := range rows {
		for _, text := range row {
			if text == "\x00" {
				b.Bounds = append(b.Bounds, source.Bound{Start: 1, End: 0})
				continue
			}
			start := len(b.Buf)
			b.Buf = append(b.Buf, text...)
			b.Bounds = append(b.Bounds, source.Bound{Start: uint32(start), End: uint32(len(b.Buf))})
		}
		b.Lines = append(b.Lines, line)
		line++
	}
	return b
}

func mapFields(in *source.Batch, row int, out *source.Record) string {
	switch first := string(in.Field(row, 0)); first {
	case "skip":
		out.Text("left over")
		return source.Skip
	case "bad":
		out.Text("left over")
		return "is bad"
	}
	out.Same(0)
	out.Bytes(in.Field(row, 1))
	out.Text("constant")
	out.Text("")
	out.Amount(finops.NewAmount(150, 2))
	out.SameAll([]int{1, 0})
	return ""
}

func fields(b *source.Batch, row int) string {
	var all []string
	for c := range b.Columns {
		if f := b.Field(row, c); f == nil {
			all = append(all, "-")
		} else {
			all = append(all, string(f))
		}
	}
	return strings.Join(all, "|")
}

func TestTransformed_Records(t *testing.T) {
	second := batch(5, []string{"bad", "5"}, []string{"e", "6"})
	second.Rejects = []source.Reject{{Line: 4, Reason: "of the reader"}}
	inner := &batches{left: []*source.Batch{
		batch(1, []string{"a", "1"}, []string{"skip", "x"}, []string{"\x00", ""}),
		second,
		batch(9, []string{"skip", "1"}), // nothing is left of it
		batch(10, []string{"f", strings.Repeat("long", 5000)}),
	}, warnings: []string{"odd"}}
	r := source.NewTransformed(inner, source.Transform{Columns: 7, Map: mapFields})
	assert.Equal(t, int64(7), r.Progress())
	assert.Equal(t, "hash", r.SHA256())

	first, err := r.Next(t.Context())
	require.NoError(t, err)
	next, err := r.Next(t.Context()) // before the first is given back
	require.NoError(t, err)
	require.Equal(t, 2, first.Rows)
	assert.Equal(t, "a|1|constant|-|1.50|1|a", fields(first, 0))
	assert.Equal(t, "-||constant|-|1.50|-|-", fields(first, 1))
	assert.Equal(t, []int64{1, 3}, first.Lines)
	assert.Empty(t, first.Rejects)
	assert.Equal(t, "e|6|constant|-|1.50|6|e", fields(next, 0))
	assert.Equal(t, []source.Reject{{Line: 4, Reason: "of the reader"}, {Line: 5, Reason: "is bad", Text: "bad,5"}}, next.Rejects)
	assert.Zero(t, inner.released)
	first.Release()
	first.Release()
	assert.Equal(t, 1, inner.released, "a second Release does nothing")
	next.Release()
	last, err := r.Next(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 3, inner.released, "an empty batch goes back by itself")
	assert.Equal(t, []int64{10}, last.Lines)
	assert.True(t, strings.HasPrefix(fields(last, 0), "f|long"))
	assert.Empty(t, last.Rejects)
	last.Release()
	_, err = r.Next(t.Context())
	require.ErrorIs(t, err, io.EOF)
	w, ok := r.(interface{ Warnings() []string })
	require.True(t, ok)
	assert.Equal(t, []string{"odd"}, w.Warnings())
}

func TestTransformed_WrongNumberOfFields(t *testing.T) {
	inner := &batches{left: []*source.Batch{batch(1, []string{"a", "1"})}}
	r := source.NewTransformed(inner, source.Transform{Columns: 9, Map: mapFields})
	_, err := r.Next(t.Context())
	require.Error(t, err)
	assert.Equal(t, finops.CodeInternal, finops.CodeOf(err))
	assert.Equal(t, 1, inner.released)
}

// TestTransformed_LongReject keeps the text of a reject within its bound, whole characters
// only.
func TestTransformed_LongReject(t *testing.T) {
	inner := &batches{left: []*source.Batch{batch(1, []string{"bad", strings.Repeat("€", 3000)})}}
	r := source.NewTransformed(inner, source.Transform{Columns: 7, Map: mapFields})
	b, err := r.Next(t.Context())
	require.NoError(t, err)
	require.Len(t, b.Rejects, 1)
	text := b.Rejects[0].Text
	assert.LessOrEqual(t, len(text), 4<<10)
	assert.Equal(t, text, strings.ToValidUTF8(text, "?"))
	assert.True(t, strings.HasSuffix(text, "…"))
}

// endless gives the same batch over and over.
type endless struct {
	batches
	b    *source.Batch
	left int
}

func (r *endless) Next(context.Context) (*source.Batch, error) {
	if r.left--; r.left < 0 {
		return nil, io.EOF
	}
	return r.b, nil
}

// TestTransformed_Allocations proves that batches are used again.
func TestTransformed_Allocations(t *testing.T) {
	rows := make([][]string, 1000)
	for i := range rows {
		rows[i] = []string{fmt.Sprint(i), "value"}
	}
	inner := &endless{b: batch(1, rows...), left: 1 << 30}
	length := len(inner.b.Buf)
	r := source.NewTransformed(inner, source.Transform{Columns: 7, Map: mapFields})
	per := testing.AllocsPerRun(100, func() {
		inner.b.Buf = inner.b.Buf[:length] // as a reader does that fills it anew
		b, err := r.Next(t.Context())
		if err != nil || b.Rows != len(rows) {
			t.Error(errors.Join(err, fmt.Errorf("%d rows", b.Rows)))
		}
		b.Release()
	})
	assert.Less(t, per, 5.0, "allocations for 1,000 records")
}

// TestTransformed_RepeatedTexts writes texts that repeat from record to record, with
// rejected and skipped records between, whose texts must not come back.
func TestTransformed_RepeatedTexts(t *testing.T) {
	inner := &batches{left: []*source.Batch{
		batch(1, []string{"a", ""}, []string{"a", "\x00"}, []string{"bad", "1"}, []string{"bad", "1"}, []string{"b", "2"}, []string{"skip", "3"}, []string{"a", "4"}, []string{"a", "5"}),
		batch(9, []string{"a", "6"}),
	}}
	texts := func(in *source.Batch, row int, out *source.Record) string {
		first := string(in.Field(row, 0))
		out.Text(first)
		out.Text("text of " + first)
		switch first {
		case "skip":
			return source.Skip
		case "bad":
			return "is bad"
		}
		out.Text("always")
		out.KeepAll([]int{1, 0})
		return ""
	}
	r := source.NewTransformed(inner, source.Transform{Columns: 5, Map: texts})
	b, err := r.Next(t.Context())
	require.NoError(t, err)
	require.Equal(t, 5, b.Rows)
	for row, want := range []string{"a|text of a|always||a", "a|text of a|always|-|a", "b|text of b|always|2|b", "a|text of a|always|4|a", "a|text of a|always|5|a"} {
		assert.Equal(t, want, fields(b, row))
	}
	assert.Equal(t, b.Bounds[4*5:4*5+3], b.Bounds[3*5:3*5+3], "what repeats is not copied")
	b.Release()
	b, err = r.Next(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "a|text of a|always|6|a", fields(b, 0))
	b.Release()
}
