package jsonfile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
)

const (
	maxRows    = 16 << 10
	maxRejects = 256       // per batch
	batchBytes = 1 << 20   // text aimed at per batch
	sniffBytes = 512 << 10 // read to see which members a file has

	// Beginning is how much of a file is read to look at it.
	Beginning = sniffBytes + chunkSize
)

// Layout is what the beginning of a file says about it.
type Layout struct {
	Names       []string // dotted paths of the members met, in the order they were met
	Records     int      // that were looked at
	Shape       string
	Compression string // "gzip", "zip" or ""
}

// Dialect describes the file: "JSON, one object per line, gzip".
func (l Layout) Dialect() string {
	s := "JSON, " + l.Shape
	if l.Compression != "" {
		s += ", " + l.Compression
	}
	return s
}

// Reader reads the records of a JSON file. Its batches have one column per path and a
// last one for the members that no path names. The line of a record is its physical
// line in a file of one object per line, and its number otherwise. It belongs to one
// goroutine.
type Reader struct {
	stream *csvfile.Stream // nil for NewReader
	layout Layout
	split  splitter
	paths  *Paths
	fields Fields
	failed error // to be answered after the rows before it
	pool   chan *source.Batch
}

// poolSize is how many batches may be on their way at the same time without new ones
// being made.
const poolSize = 4

// batch takes an empty batch from the pool.
func (r *Reader) batch() *source.Batch {
	var b *source.Batch
	select {
	case b = <-r.pool:
	default:
		b = &source.Batch{Buf: make([]byte, 0, batchBytes*2)}
	}
	b.Buf, b.Bounds, b.Lines, b.Rejects = b.Buf[:0], b.Bounds[:0], b.Lines[:0], nil
	b.Rows, b.Columns = 0, len(r.paths.names)+1
	b.SetRelease(r.release)
	return b
}

// release keeps a batch for the next one; a second Release of it does nothing.
func (r *Reader) release(b *source.Batch) {
	b.SetRelease(nil)
	select {
	case r.pool <- b:
	default:
	}
}

var _ source.Reader = (*Reader)(nil)

// Open opens a file and looks at its first records. It answers CodeInvalid for a file that
// holds no JSON object at its beginning, and the codes of csvfile.OpenStream.
func Open(ctx context.Context, f source.File) (*Reader, error) {
	stream, err := csvfile.OpenStream(ctx, f)
	if err != nil {
		return nil, err
	}
	stream.Keep(Beginning)
	r, err := On(ctx, f, stream)
	if err != nil {
		return nil, errors.Join(err, stream.Close())
	}
	return r, nil
}

// On is Open for the stream of a file that is open and keeps as much as Beginning. Closing
// the reader closes the stream; where On fails, the stream stays open.
func On(ctx context.Context, f source.File, stream *csvfile.Stream) (*Reader, error) {
	l, err := look(ctx, f, stream)
	if err != nil {
		return nil, err
	}
	stream.Rewind()
	r := newReader(f.Name(), stream.Read, NewPaths(l.Names))
	r.stream, r.layout = stream, l
	return r, r.split.settle(ctx)
}

func newReader(name string, read readFunc, p *Paths) *Reader {
	return &Reader{paths: p, pool: make(chan *source.Batch, poolSize), split: splitter{name: name, read: read, limit: maxRecord}}
}

// Layout returns what the first records say.
func (r *Reader) Layout() Layout { return r.layout }

// Choose names the paths of the columns, in place of those that the first records have. It
// is called before the first Next.
func (r *Reader) Choose(p *Paths) { r.paths = p }

// NewReader reads JSON text from r; name appears in errors. The reader has no progress
// and no hash.
func NewReader(ctx context.Context, name string, r io.Reader, p *Paths) (*Reader, error) {
	read := func(_ context.Context, dst []byte) (int, error) { return r.Read(dst) }
	reader := newReader(name, read, p)
	return reader, reader.split.settle(ctx)
}

// Shape says how the records are written.
func (r *Reader) Shape() string { return r.split.shape }

// Next returns the next batch; see source.Reader.
func (r *Reader) Next(ctx context.Context) (*source.Batch, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	if r.failed != nil {
		return nil, r.failed
	}
	b := r.batch()
	for b.Rows < maxRows && len(b.Rejects) < maxRejects && len(b.Buf) < batchBytes {
		c, ok, err := r.split.next(ctx)
		if context.Cause(ctx) != nil && err != nil {
			return nil, err
		}
		if !ok {
			if err == nil {
				err = io.EOF
			}
			r.failed = err
			break
		}
		r.add(b, c)
	}
	if b.Rows == 0 && len(b.Rejects) == 0 {
		b.Release()
		return nil, r.failed
	}
	b.TrimMarks()
	return b, nil
}

func (r *Reader) add(b *source.Batch, c cut) {
	if c.reason == "" && !r.paths.Read(&r.fields, c.text) {
		c.reason = whyInvalid(c.text)
	}
	if c.reason != "" {
		b.Rejects = append(b.Rejects, reject(c, c.reason))
		return
	}
	for _, v := range r.fields.Values {
		addField(b, v)
	}
	addField(b, r.fields.Rest)
	b.Rows++
	b.Lines = append(b.Lines, c.line)
}

func addField(b *source.Batch, text []byte) {
	if text == nil {
		b.Bounds = append(b.Bounds, source.Bound{Start: 1, End: 0})
		return
	}
	start := uint32(len(b.Buf))
	b.Buf = append(b.Buf, text...)
	b.Bounds = append(b.Bounds, source.Bound{Start: start, End: uint32(len(b.Buf))})
}

// whyInvalid says what is wrong with a record.
func whyInvalid(text []byte) string {
	var object map[string]json.RawMessage
	err := json.Unmarshal(text, &object)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("The record is no valid JSON: %s at its character %d.", strings.TrimPrefix(syntax.Error(), "json: "), syntax.Offset)
	}
	return "The record is no JSON object."
}

// Progress returns the bytes of the file on disk that were consumed so far.
func (r *Reader) Progress() int64 {
	if r.stream == nil {
		return 0
	}
	return r.stream.Progress()
}

// SHA256 returns the hash of the file; see source.Reader.
func (r *Reader) SHA256() string {
	if r.stream == nil {
		return ""
	}
	return r.stream.SHA256()
}

// Close ends reading; it may be called more than once.
func (r *Reader) Close() error {
	if r.stream == nil {
		return nil
	}
	return r.stream.Close()
}

// look reads the records in the first half megabyte of a file.
func look(ctx context.Context, f source.File, stream *csvfile.Stream) (l Layout, err error) {
	split := splitter{name: f.Name(), read: stream.Read, limit: maxRecord}
	if err := split.settle(ctx); err != nil {
		return l, err
	}
	l.Shape, l.Compression = split.shape, stream.Compression()
	seen := make(map[string]bool)
	for size := 0; size < sniffBytes; {
		c, ok, err := split.next(ctx)
		if !ok {
			if err != nil && l.Records == 0 {
				return l, err
			}
			break // damage behind the first records is reported when they are read
		}
		size += len(c.text)
		if c.reason == "" && json.Valid(c.text) {
			l.Records++
			l.collect(seen, "", c.text)
		}
	}
	if l.Records == 0 {
		return l, finops.Errorf(finops.CodeInvalid, "%s holds no JSON object at its beginning.", f.Name())
	}
	return l, nil
}

const maxNames = 2000

func (l *Layout) collect(seen map[string]bool, prefix string, object []byte) {
	for name, value := range Members(object) {
		if value[0] == 'n' || len(l.Names) >= maxNames {
			continue
		}
		path := prefix + string(name)
		if value[0] == '{' && strings.Count(path, ".") < 4 {
			l.collect(seen, path+".", value)
			continue
		}
		if !seen[path] {
			seen[path] = true
			l.Names = append(l.Names, path)
		}
	}
}
