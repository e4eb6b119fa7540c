package parquetfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/parquet-go/parquet-go"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
)

const (
	batchRows   = 1024 // of a wide file; a narrow one has more in a batch, up to batchMost
	batchMost   = 4096
	batchFields = 128 << 10
	batchBytes  = 8 << 20 // text aimed at per batch
	poolSize    = 4
)

// Layout is what the metadata of a Parquet file says about it.
type Layout struct {
	Names   []string // top-level columns
	Types   []string // their types, as the file declares them
	Rows    int64
	Groups  int
	Creator string
	Codec   string
}

// Dialect describes the file: "Parquet, SNAPPY, 3 row groups".
func (l Layout) Dialect() string {
	s := fmt.Sprintf("Parquet, %s, %d row groups", l.Codec, l.Groups)
	if l.Groups == 1 {
		s = fmt.Sprintf("Parquet, %s, 1 row group", l.Codec)
	}
	return s
}

// Reader reads the records of a Parquet file. It belongs to one goroutine; the
// batches may be released from another.
type Reader struct {
	name    string
	onDisk  int64 // bytes of the file, or of the whole archive
	size    int64 // bytes of the Parquet file itself
	handle  *os.File
	spool   *spool // that handle reads, for an entry of an archive
	file    *parquet.File
	layout  Layout
	columns []column
	words   stretchWords
	packed  []byte // of the page that is being unpacked

	group     int   // index of the row group that is open
	left      int64 // its rows that were not read yet
	groupRows int   // rows per batch in it
	done      int64 // rows read
	failed    error
	pool      chan *source.Batch
	progress  atomic.Int64

	hash   *hashing
	closed sync.Once
}

var _ source.Reader = (*Reader)(nil)

// Look opens a Parquet file as Open does, to see what its beginning holds: the reader has no
// hash and can begin again.
func Look(ctx context.Context, f source.File) (*Reader, error) { return open(ctx, f) }

// Rewind begins again at the first record, with the columns that the file has.
func (r *Reader) Rewind() (err error) {
	defer recoverAsError(&err)
	r.closeColumns()
	r.columns, r.group, r.left, r.done, r.failed = nil, -1, 0, 0, nil
	r.progress.Store(0)
	return r.makeColumns()
}

// Open opens a Parquet file on disk, or one inside a .zip, which is unpacked into a
// private temporary file first. It answers CodeCorrupt for a damaged file, CodeInvalid
// for one whose claims are beyond all bounds, and CodeUnsupported for an encrypted file.
func Open(ctx context.Context, f source.File) (*Reader, error) {
	r, err := open(ctx, f)
	if err != nil {
		return nil, err
	}
	if r.spool != nil {
		return r, nil // its hash was taken while it was unpacked
	}
	stream, err := csvfile.OpenStream(ctx, f)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	// The hash belongs to the reader, not to the call that opens it.
	r.hash = startHashing(context.WithoutCancel(ctx), stream)
	return r, nil
}

func open(ctx context.Context, f source.File) (*Reader, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	r := &Reader{name: f.Name(), pool: make(chan *source.Batch, poolSize), group: -1}
	if err := r.openFile(ctx, f); err != nil {
		return nil, err
	}
	info, err := r.handle.Stat()
	if err == nil {
		r.size = info.Size()
		if r.onDisk = r.size; r.spool != nil {
			r.onDisk = f.Size
		}
		err = r.parse(r.handle)
	}
	if err != nil {
		return nil, errors.Join(r.wrap(err), r.closeFile())
	}
	return r, nil
}

func (r *Reader) openFile(ctx context.Context, f source.File) (err error) {
	if f.Entry != "" {
		if r.spool, err = newSpool(ctx, f); err == nil {
			r.handle = r.spool.file
		}
		return err
	}
	if r.handle, err = os.Open(f.Path); err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "%s cannot be read", f.Path)
	}
	return nil
}

func (r *Reader) closeFile() error {
	if r.spool != nil {
		return r.spool.close()
	}
	if err := r.handle.Close(); err != nil {
		return fmt.Errorf("close file: %w", err)
	}
	return nil
}

// parse reads the metadata.
func (r *Reader) parse(in io.ReaderAt) (err error) {
	defer recoverAsError(&err)
	if err := checkFooter(in, r.size); err != nil {
		return err
	}
	r.file, err = parquet.OpenFile(in, r.size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(64<<10))
	if err != nil {
		return fmt.Errorf("read metadata: %w", err)
	}
	if _, err := checkSchema(r.file.Root(), 0); err != nil {
		return err
	}
	meta := r.file.Metadata()
	r.layout = Layout{Rows: r.file.NumRows(), Groups: len(r.file.RowGroups()), Creator: meta.CreatedBy, Codec: "no columns"}
	for _, c := range r.file.Root().Columns() {
		r.layout.Names = append(r.layout.Names, source.TrimName(c.Name()))
		r.layout.Types = append(r.layout.Types, typeName(c))
	}
	if err := r.makeColumns(); err != nil {
		return err
	}
	if len(meta.RowGroups) > 0 && len(meta.RowGroups[0].Columns) > 0 {
		r.layout.Codec = meta.RowGroups[0].Columns[0].MetaData.Codec.String()
	}
	return nil
}

func (r *Reader) makeColumns() error {
	for _, c := range r.file.Root().Columns() {
		col, err := r.newColumn(c)
		if err != nil {
			return err
		}
		r.columns = append(r.columns, col)
	}
	return nil
}

func (r *Reader) newColumn(c *parquet.Column) (column, error) {
	if !c.Leaf() || c.Repeated() {
		n, err := newTree(c)
		if err != nil {
			return nil, err
		}
		return newNested(n, 0), nil
	}
	f, err := formatOf(c.Type())
	return &flat{chunk: newChunk(c), format: f, words: &r.words}, err
}

func typeName(c *parquet.Column) string {
	if !c.Leaf() {
		return "nested"
	}
	return c.Type().String()
}

// Layout returns what the metadata say.
func (r *Reader) Layout() Layout { return r.layout }

// Next returns the next batch; see source.Reader.
func (r *Reader) Next(ctx context.Context) (*source.Batch, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	if r.failed != nil {
		return nil, r.failed
	}
	b, err := r.next(ctx)
	if err == nil {
		return b, nil
	}
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if !errors.Is(err, io.EOF) {
		err = r.wrap(err)
	}
	r.failed = err
	return nil, err
}

func (r *Reader) next(ctx context.Context) (b *source.Batch, err error) {
	defer recoverAsError(&err)
	for r.left == 0 {
		if r.group+1 >= len(r.file.RowGroups()) {
			if r.hash != nil {
				if err := r.hash.wait(ctx); err != nil {
					return nil, err
				}
			}
			r.progress.Store(r.onDisk)
			return nil, io.EOF
		}
		if err := r.nextGroup(); err != nil {
			return nil, err
		}
	}
	b = r.batch(int(min(int64(r.groupRows), r.left)))
	for i, c := range r.columns {
		if err := c.write(b, i); err != nil {
			return nil, err
		}
		if len(b.Buf) > 1<<30 {
			return nil, finops.Errorf(finops.CodeInvalid, "a block of %d records holds more than 1 GiB of text", b.Rows)
		}
	}
	b.TrimMarks()
	for i := range b.Rows {
		b.Lines = append(b.Lines, r.done+int64(i)+1)
	}
	r.done += int64(b.Rows)
	r.left -= int64(b.Rows)
	if r.layout.Rows > 0 {
		r.progress.Store(max(r.progress.Load(), min(r.onDisk, int64(float64(r.onDisk)*(float64(r.done)/float64(r.layout.Rows))))))
	}
	return b, nil
}

func (r *Reader) nextGroup() error {
	r.group++
	meta := &r.file.Metadata().RowGroups[r.group]
	if err := checkGroup(r.handle, r.size, meta); err != nil {
		return err
	}
	r.left = meta.NumRows
	if r.left < 0 || len(r.columns) == 0 {
		return finops.Errorf(finops.CodeCorrupt, "a row group claims %d rows", r.left)
	}
	perRow := max(1, meta.TotalByteSize/max(1, r.left))
	r.groupRows = int(min(batchMost, max(batchRows, int64(batchFields/len(r.columns))), max(64, batchBytes/perRow)))
	for _, c := range r.columns {
		c.open(group{in: r.handle, meta: meta, packed: &r.packed})
	}
	return nil
}

func (r *Reader) closeColumns() {
	for _, c := range r.columns {
		c.close()
	}
	r.packed = nil
}

func (r *Reader) batch(rows int) *source.Batch {
	var b *source.Batch
	select {
	case b = <-r.pool:
	default:
		b = new(source.Batch)
	}
	b.Buf, b.Lines, b.Rejects = b.Buf[:0], b.Lines[:0], nil
	b.Rows, b.Columns = rows, len(r.columns)
	b.Bounds = slices.Grow(b.Bounds[:0], rows*b.Columns)[:rows*b.Columns]
	b.SetRelease(r.release)
	return b
}

func (r *Reader) release(b *source.Batch) {
	b.SetRelease(nil) // a second Release must not put it into the pool twice
	if cap(b.Buf) > 2*batchBytes {
		return
	}
	select {
	case r.pool <- b:
	default:
	}
}

// Progress returns the share of the file that was read, in bytes.
func (r *Reader) Progress() int64 { return r.progress.Load() }

// SHA256 returns the hash of the file; see source.Reader.
func (r *Reader) SHA256() string {
	switch {
	case r.spool != nil:
		return r.spool.sha256
	case r.hash != nil:
		return r.hash.stream.SHA256()
	}
	return ""
}

// Close ends reading; it may be called more than once.
func (r *Reader) Close() (err error) {
	r.closed.Do(func() {
		defer recoverAsError(&err)
		if r.hash != nil {
			err = r.hash.close()
		}
		r.closeColumns()
		err = errors.Join(err, r.closeFile())
		if r.failed == nil {
			r.failed = finops.Errorf(finops.CodeInternal, "%s was closed while it was being read.", r.name)
		}
	})
	return err
}

// wrap names the file and gives every fault of the library class corrupt.
func (r *Reader) wrap(err error) error {
	var known *finops.Error
	if !errors.As(err, &known) {
		return finops.WrapError(finops.CodeCorrupt, err, "%s is damaged: it cannot be read as a Parquet file. Fetch it again", r.name)
	}
	if known.Code == finops.CodeConflict {
		return err
	}
	return finops.WrapError(known.Code, known.Err, "%s cannot be read: %s", r.name, known.Message)
}

// recoverAsError turns a panic of the library, which it uses for data it did not
// expect, into an error.
func recoverAsError(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("decode: %v", p)
	}
}

// hashing reads a file from beginning to end for its hash, beside the reader.
type hashing struct {
	stream *csvfile.Stream
	cancel context.CancelFunc
	done   chan struct{}
	err    error
}

func startHashing(ctx context.Context, stream *csvfile.Stream) *hashing {
	ctx, cancel := context.WithCancel(ctx)
	h := &hashing{stream: stream, cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(h.done)
		buf := make([]byte, 256<<10)
		for h.err == nil {
			_, h.err = stream.Read(ctx, buf)
		}
	}()
	return h
}

func (h *hashing) wait(ctx context.Context) error {
	select {
	case <-h.done:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if errors.Is(h.err, io.EOF) {
		return nil
	}
	return h.err
}

func (h *hashing) close() error {
	h.cancel()
	<-h.done
	return h.stream.Close()
}
