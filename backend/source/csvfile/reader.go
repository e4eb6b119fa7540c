package csvfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"cloud-intelligence/backend/source"
)

// Reader reads the records of a delimited file. It belongs to one goroutine; the
// batches may be released from another.
type Reader struct {
	layout Layout
	parser *parser
	text   *textReader
	stream *Stream // nil for NewReader
}

var _ source.Reader = (*Reader)(nil)

// Open opens a file and reads its header. It answers CodeInvalid for a file that has none,
// and the codes of OpenStream.
func Open(ctx context.Context, f source.File) (*Reader, error) {
	stream, err := OpenStream(ctx, f)
	if err != nil {
		return nil, err
	}
	r, err := On(ctx, f, stream)
	if err != nil {
		return nil, errors.Join(err, stream.Close())
	}
	return r, nil
}

// On is Open for the stream of a file that is open. Closing the reader closes the stream;
// where On fails, the stream stays open.
func On(ctx context.Context, f source.File, stream *Stream) (*Reader, error) {
	r, err := newReader(ctx, f.Name(), stream.Read)
	if err != nil {
		return nil, err
	}
	r.layout.Compression, r.stream = stream.Compression(), stream
	return r, nil
}

// NewReader reads delimited text from r; name appears in errors. The reader has no
// progress and no hash.
func NewReader(ctx context.Context, name string, r io.Reader) (*Reader, error) {
	return newReader(ctx, name, func(_ context.Context, dst []byte) (int, error) { return r.Read(dst) })
}

func newReader(ctx context.Context, name string, read readFunc) (*Reader, error) {
	text := &textReader{from: read}
	layout, parser, err := begin(ctx, name, text)
	if err != nil {
		return nil, err
	}
	return &Reader{layout: layout, parser: parser, text: text}, nil
}

// Layout returns what the header says.
func (r *Reader) Layout() Layout { return r.layout }

// Next returns the next batch; see source.Reader.
func (r *Reader) Next(ctx context.Context) (*source.Batch, error) { return r.parser.next(ctx) }

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

// Warnings says what was changed or odd in the records read so far.
func (r *Reader) Warnings() []string {
	w := slices.Clone(r.layout.Warnings)
	if p := r.parser; p.padded > 0 {
		w = append(w, fmt.Sprintf("%d records have %s fewer than the header from the first record on; the missing fields at the end were read as empty.", p.padded, fields(p.shortBy)))
	}
	if r.parser.ansi && !slices.Contains(w, ansiWarning) { // not met in the first records
		w = append(w, ansiWarning)
	}
	if n := r.parser.broken; n > 0 {
		w = append(w, fmt.Sprintf("The text of %s is cut off in the middle of a character, which was replaced by the sign U+FFFD.", fields(int(n))))
	}
	if n := r.text.broken; n > 0 {
		w = append(w, fmt.Sprintf("%d times half a character of UTF-16 was replaced by the sign U+FFFD.", n))
	}
	if n := r.parser.nul; n > 0 {
		w = append(w, fmt.Sprintf("%d records hold NUL characters; they were kept.", n))
	}
	return w
}

func fields(n int) string {
	if n == 1 {
		return "1 field"
	}
	return fmt.Sprintf("%d fields", n)
}

// Close ends reading; it may be called more than once.
func (r *Reader) Close() error {
	if r.stream == nil {
		return nil
	}
	return r.stream.Close()
}
