package csvfile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

const (
	firstBlock = 64 << 10
	blockSize  = 1 << 20
	blocks     = 3

	ratioFree = 64 << 20  // decompressed bytes before the ratio counts
	maxRatio  = 1000      // decompressed : compressed
	maxBytes  = 500 << 30 // decompressed bytes of one file
)

// Stream is the decompressed content of a file: plain, .gz (also of several members)
// or an entry of a .zip. One goroutine of its own reads, hashes and decompresses
// ahead of the caller; Close ends it and waits for it.
type Stream struct {
	name        string
	compression string

	filled chan block
	free   chan []byte
	stop   chan struct{}
	done   chan struct{}
	once   sync.Once
	close  func() error

	cur      block
	off      int
	before   int64   // bytes on disk consumed for the blocks before cur
	keep     int     // bytes of content still to be kept, see Keep
	kept     []block // the beginning of the content
	next     int     // of kept: the block that follows cur
	further  bool    // content behind the kept blocks was handed out
	past     bool    // and then the stream was rewound
	progress atomic.Int64
	sum      atomic.Pointer[string]
}

type block struct {
	data     []byte
	progress int64
	err      error
	kept     bool
}

// OpenStream opens a file of any size. It answers CodeInvalid for what is no regular
// file and for archives it refuses, CodeNotFound and CodeDenied as the operating
// system says, CodeCorrupt for a damaged .gz or .zip.
func OpenStream(ctx context.Context, f source.File) (*Stream, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	in, err := openInput(f)
	if err != nil {
		return nil, err
	}
	s := &Stream{
		name: f.Name(), compression: in.compression, close: in.file.Close,
		filled: make(chan block), free: make(chan []byte, blocks), stop: make(chan struct{}), done: make(chan struct{}),
	}
	for range blocks {
		s.free <- nil
	}
	go s.produce(in)
	return s, nil
}

// Compression is "gzip", "zip" or "" for a plain file.
func (s *Stream) Compression() string { return s.compression }

// Progress returns the bytes on disk whose content was handed out.
func (s *Stream) Progress() int64 { return s.progress.Load() }

// SHA256 returns the hash of the file on disk, or of the decompressed entry of an
// archive, in hex. It is "" before Read returned io.EOF.
func (s *Stream) SHA256() string {
	if p := s.sum.Load(); p != nil {
		return *p
	}
	return ""
}

// Close ends reading. It may be called more than once.
func (s *Stream) Close() (err error) {
	s.once.Do(func() {
		close(s.stop)
		<-s.done
		err = s.close()
	})
	return err
}

// Keep has the stream hold on to the beginning of its content, about as many bytes as are
// given, so that Rewind can start over. It is called before the first Read.
func (s *Stream) Keep(most int) { s.keep = most }

// Rewind starts over at the first byte, without opening or unpacking the file again. Where
// more was read than is kept, Read ends behind what is kept with ErrBeginning.
func (s *Stream) Rewind() {
	if !s.cur.kept && s.cur.data != nil {
		s.free <- s.cur.data
	}
	s.past = s.further
	s.cur, s.off, s.next, s.before = block{}, 0, 0, 0
	s.progress.Store(0)
}

// ErrBeginning is the end of a stream that was rewound and of which no more is kept.
var ErrBeginning = errors.New("only the beginning of the file is kept")

// Read reads decompressed bytes. Cancelling ctx ends it with the cause.
func (s *Stream) Read(ctx context.Context, dst []byte) (int, error) {
	for s.off == len(s.cur.data) {
		if err := s.advance(ctx); err != nil {
			return 0, err
		}
	}
	n := copy(dst, s.cur.data[s.off:])
	s.off += n
	consumed := s.cur.progress
	if s.off < len(s.cur.data) {
		consumed = s.before + int64(float64(s.cur.progress-s.before)*(float64(s.off)/float64(len(s.cur.data))))
	}
	s.progress.Store(max(consumed, s.progress.Load()))
	return n, nil
}

// advance goes on to the next block.
func (s *Stream) advance(ctx context.Context) error {
	if s.cur.err != nil {
		return s.cur.err
	}
	s.before = max(s.before, s.cur.progress)
	if s.cur.data != nil && !s.cur.kept {
		s.free <- s.cur.data
	}
	s.cur, s.off = block{}, 0
	switch {
	case s.next < len(s.kept):
		s.cur = s.kept[s.next]
		s.next++
		return nil
	case s.past:
		return ErrBeginning
	}
	select {
	case s.cur = <-s.filled:
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-s.stop:
		return finops.Errorf(finops.CodeInternal, "%s was closed while it was being read.", s.name)
	}
	if s.keep > 0 {
		s.keep -= len(s.cur.data)
		s.cur.kept = true
		s.kept = append(s.kept, s.cur)
		s.next = len(s.kept)
		s.free <- nil // the next block takes memory of its own
	} else {
		s.further = true
	}
	return nil
}

func (s *Stream) produce(in *input) {
	defer close(s.done)
	size := firstBlock
	for {
		var buf []byte
		select {
		case buf = <-s.free:
		case <-s.stop:
			return
		}
		if cap(buf) < size {
			buf = make([]byte, size)
		}
		b := in.block(buf[:size])
		if errors.Is(b.err, io.EOF) {
			sum := hex.EncodeToString(in.hash.Sum(nil))
			s.sum.Store(&sum)
		}
		select {
		case s.filled <- b:
		case <-s.stop:
			return
		}
		if b.err != nil {
			return
		}
		size = min(4*size, blockSize)
	}
}

// input is the side of a Stream that its goroutine owns.
type input struct {
	name        string
	compression string
	path        string
	file        *os.File
	size        int64
	modified    time.Time
	hash        hash.Hash

	raw      *hashReader // the bytes on disk that content is made of
	content  io.Reader
	out      int64
	packed   int64 // compressed size of a .zip entry
	unpacked int64
}

// hashReader counts the bytes it passes on and hashes them, where it has a hash.
type hashReader struct {
	r    io.Reader
	hash hash.Hash
	n    int64
}

func (h *hashReader) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	h.n += int64(n)
	if h.hash != nil {
		h.hash.Write(p[:n])
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("read file: %w", err)
	}
	return n, err
}

func openInput(f source.File) (*input, error) {
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, openError(f.Path, err)
	}
	in := &input{name: f.Name(), path: f.Path, file: file, hash: sha256.New()}
	if err := in.open(f.Entry); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return in, nil
}

func openError(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return finops.WrapError(finops.CodeNotFound, err, "%s does not exist any more", path)
	case errors.Is(err, fs.ErrPermission):
		return finops.WrapError(finops.CodeDenied, err, "%s may not be read; check its permissions", path)
	}
	return finops.WrapError(finops.CodeUnavailable, err, "%s cannot be read", path)
}

func (in *input) open(entry string) error {
	info, err := in.file.Stat()
	if err != nil {
		return openError(in.path, err)
	}
	if !info.Mode().IsRegular() {
		return finops.Errorf(finops.CodeInvalid, "%s is not a regular file.", in.path)
	}
	in.size, in.modified = info.Size(), info.ModTime()
	if entry != "" {
		return in.openEntry(entry)
	}
	in.raw = &hashReader{r: in.file, hash: in.hash}
	in.content = in.raw
	head := make([]byte, 4)
	n, err := io.ReadFull(in.file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return openError(in.path, err)
	}
	if _, err := in.file.Seek(0, io.SeekStart); err != nil {
		return openError(in.path, err)
	}
	if n >= 2 && head[0] == 0x1f && head[1] == 0x8b {
		in.compression = "gzip"
		if in.content, err = gzip.NewReader(in.raw); err != nil {
			return in.readError(err)
		}
	}
	return nil
}

// block fills buf with content and says how far the file was consumed for it.
func (in *input) block(buf []byte) block {
	n := 0
	var err error
	for n < len(buf) && err == nil {
		var m int
		m, err = in.content.Read(buf[n:])
		n += m
	}
	first := in.out == 0
	in.out += int64(n)
	b := block{data: buf[:n], progress: in.consumed()}
	switch {
	case errors.Is(err, io.EOF):
		b.err = in.finish()
	case err != nil:
		b.err = in.readError(err)
	default:
		b.err = in.checkLimits()
	}
	if first && in.compression != "" && (b.err == nil || errors.Is(b.err, io.EOF)) {
		if kind := source.Magic(b.data); kind.Archive() {
			return block{err: finops.Errorf(finops.CodeInvalid, "%s holds another archive (%s). Unpack it first and import what is inside.", in.name, kind)}
		}
	}
	return b
}

func (in *input) consumed() int64 {
	if in.packed == 0 {
		return in.raw.n
	}
	if in.unpacked <= 0 || in.out >= in.unpacked {
		return in.packed
	}
	return int64(float64(in.packed) * (float64(in.out) / float64(in.unpacked)))
}

func (in *input) checkLimits() error {
	if in.out > maxBytes {
		return finops.Errorf(finops.CodeInvalid, "%s unpacks to more than 500 GB. Split it and import the parts.", in.name)
	}
	read := in.raw.n
	if in.packed > 0 {
		read = in.packed
	}
	if in.compression != "" && in.out > ratioFree && in.out/maxRatio > read {
		return finops.Errorf(finops.CodeInvalid, "%s unpacks to more than 1,000 times its size, which no billing export does; it was not read further.", in.name)
	}
	return nil
}

// finish is called at the end of the content: the file must be the one that was
// opened, or what was read may be half of two versions.
func (in *input) finish() error {
	info, err := in.file.Stat()
	if err != nil {
		return openError(in.path, err)
	}
	now, err := os.Stat(in.path)
	if err != nil || !os.SameFile(info, now) || info.Size() != in.size || now.Size() != in.size ||
		!info.ModTime().Equal(in.modified) || (in.packed == 0 && in.raw.n != in.size) {
		return finops.Errorf(finops.CodeConflict, "%s changed while it was being read; wait until it is complete and import it again.", in.name)
	}
	return io.EOF
}

func (in *input) readError(err error) error {
	var damaged flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return finops.WrapError(finops.CodeCorrupt, err, "%s is cut off in the middle. Fetch it again and import it once more", in.name)
	case errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.As(err, &damaged) || in.compression != "":
		return finops.WrapError(finops.CodeCorrupt, err, "%s is damaged: it does not unpack. Fetch it again and import it once more", in.name)
	}
	return finops.WrapError(finops.CodeUnavailable, err, "%s cannot be read", in.name)
}
