package opener

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

// headBytes is how much of the content a Look holds, and kindBytes how much of it shows the
// kind of the file.
const (
	headBytes = 16 << 10
	kindBytes = 512
)

// Look opens a file and looks at its beginning. A file that is no table has Refused set; the
// error is of class corrupt for a damaged archive or Parquet file, and as the operating system
// says where the file cannot be opened or read.
func Look(ctx context.Context, f source.File) (*source.Look, error) {
	l, err := look(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("look at %s: %w", f.Name(), err)
	}
	return l, nil
}

func look(ctx context.Context, f source.File) (*source.Look, error) {
	stream, err := csvfile.OpenStream(ctx, f)
	if err != nil {
		return refusal(ctx, source.Look{File: f, Kind: source.KindBinary}, err)
	}
	stream.Keep(jsonfile.Beginning)
	head, err := beginning(ctx, stream)
	if err != nil {
		err = errors.Join(err, stream.Close())
		return refusal(ctx, source.Look{File: f, Kind: source.KindBinary}, err)
	}
	l := source.Look{File: f, Kind: source.Magic(head), Head: head}
	switch form, ok := formOf(l.Kind, head); {
	case !ok:
		return refusal(ctx, l, errors.Join(finops.Errorf(finops.CodeInvalid, "%s is %s, not a table.", f.Name(), l.Kind), stream.Close()))
	case form == source.FormParquet:
		if err := stream.Close(); err != nil {
			return nil, err
		}
		return lookParquet(ctx, l)
	default:
		return lookText(ctx, l, form, stream)
	}
}

// refusal distinguishes a file that is no table from one that cannot be read.
func refusal(ctx context.Context, l source.Look, err error) (*source.Look, error) {
	if context.Cause(ctx) != nil || finops.CodeOf(err) != finops.CodeInvalid {
		return nil, err
	}
	l.Refused = err
	return &l, nil
}

// beginning returns the first bytes of the content.
func beginning(ctx context.Context, stream *csvfile.Stream) ([]byte, error) {
	head, n := make([]byte, headBytes), 0
	var err error
	for n < len(head) && err == nil {
		var m int
		m, err = stream.Read(ctx, head[n:])
		n += m
	}
	if errors.Is(err, io.EOF) || n >= kindBytes && context.Cause(ctx) == nil {
		err = nil // damage behind the first bytes is met again, with the records before it
	}
	return head[:n], err
}

// formOf finds the encoding by the first bytes; ok is false for what can be no table.
func formOf(kind source.Kind, head []byte) (form source.Form, ok bool) {
	switch kind {
	case source.KindParquet:
		return source.FormParquet, true
	case source.KindText, source.KindBinary: // a CSV may hold control characters
	default:
		return "", false
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if inner, list := bytes.CutPrefix(text, []byte("[")); list {
		text = bytes.TrimLeft(inner, " \t\r\n")
	}
	if len(text) > 0 && (text[0] == '{' || text[0] == ']') { // "[2026-11-22 ERROR" begins a log
		return source.FormJSON, true
	}
	return source.FormCSV, true
}

func lookText(ctx context.Context, l source.Look, form source.Form, stream *csvfile.Stream) (*source.Look, error) {
	open := func(ctx context.Context) (*source.Table, error) {
		stream.Rewind()
		return text(ctx, l.File, form, stream)
	}
	t, err := open(ctx)
	if err != nil {
		return refusal(ctx, l, errors.Join(err, stream.Close()))
	}
	l.Header = &t.Header
	return source.NewLook(l, func(ctx context.Context) (*source.Table, error) {
		t, err := open(ctx)
		if err == nil {
			t.Reader = kept{t.Reader}
		}
		return t, err
	}, stream.Close), nil
}

func lookParquet(ctx context.Context, l source.Look) (*source.Look, error) {
	r, err := parquetfile.Look(ctx, l.File)
	if err != nil {
		return refusal(ctx, l, err)
	}
	h := parquetHeader(r)
	l.Header = &h
	return source.NewLook(l, func(context.Context) (*source.Table, error) {
		if err := r.Rewind(); err != nil {
			return nil, fmt.Errorf("begin again: %w", err)
		}
		return &source.Table{Header: h, Reader: kept{r}, Split: r.Split, Again: again(l.File, h.Form)}, nil
	}, r.Close), nil
}

// kept is the reader of a look: closing it leaves the file open.
type kept struct{ source.Reader }

// Close does nothing.
func (kept) Close() error { return nil }

// Warnings says what was changed or odd in the records read so far.
func (k kept) Warnings() []string { return source.WarningsOf(k.Reader) }

// Open opens a file that was recognised, to read its records from the first to the last. It
// answers CodeConflict if its header is not the one that was recognised.
func Open(ctx context.Context, s source.Source, r source.Recognition) (source.Reader, error) {
	t, err := open(ctx, r.File, r.Form)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", r.File.Name(), err)
	}
	if !slices.Equal(t.Raw, r.Header) {
		err := finops.Errorf(finops.CodeConflict, "%s changed after it was recognised; import it again.", r.File.Name())
		return nil, errors.Join(err, t.Close())
	}
	reader, err := s.Read(ctx, r, t)
	if err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return reader, nil
}

func again(f source.File, form source.Form) func(context.Context) (*source.Table, error) {
	return func(ctx context.Context) (*source.Table, error) { return open(ctx, f, form) }
}

func open(ctx context.Context, f source.File, form source.Form) (*source.Table, error) {
	if form == source.FormParquet {
		r, err := parquetfile.Open(ctx, f)
		if err != nil {
			return nil, fmt.Errorf("open Parquet file: %w", err)
		}
		return &source.Table{Header: parquetHeader(r), Reader: r, Split: r.Split, Again: again(f, form)}, nil
	}
	stream, err := csvfile.OpenStream(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	if form == source.FormJSON {
		stream.Keep(jsonfile.Beginning)
	}
	t, err := text(ctx, f, form, stream)
	if err != nil {
		return nil, errors.Join(err, stream.Close())
	}
	return t, nil
}

// text reads the header of a text file. Where it fails, the stream stays open.
func text(ctx context.Context, f source.File, form source.Form, stream *csvfile.Stream) (*source.Table, error) {
	t := &source.Table{Again: again(f, form)}
	if form == source.FormJSON {
		r, err := jsonfile.On(ctx, f, stream)
		if err != nil {
			return nil, fmt.Errorf("open JSON file: %w", err)
		}
		l := r.Layout()
		t.Header = source.Header{Form: form, Names: l.Names, Raw: l.Names, Dialect: l.Dialect(), Records: -1, Single: l.Records < 2 && l.Shape == jsonfile.ShapeStream}
		t.Reader, t.Choose = r, func(paths []string) { r.Choose(jsonfile.NewPaths(paths)) }
		return t, nil
	}
	r, err := csvfile.On(ctx, f, stream)
	if err != nil {
		return nil, fmt.Errorf("open CSV file: %w", err)
	}
	l := r.Layout()
	t.Header = source.Header{Form: form, Names: l.Names, Raw: l.Raw, Dialect: l.Dialect(), Warnings: l.Warnings, DecimalComma: l.DecimalComma, Records: -1}
	t.Reader = r
	return t, nil
}

func parquetHeader(r *parquetfile.Reader) source.Header {
	l := r.Layout()
	return source.Header{Form: source.FormParquet, Names: l.Names, Raw: l.Names, Dialect: l.Dialect(), Records: l.Rows}
}
