package source

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/klauspost/compress/zstd"

	"cloud-intelligence/backend/finops"
)

// Pages keeps the answered pages of one object beside the file that is made of them, until that is whole: a run that was ended goes on
// with the page that is missing, and none is asked, waited or paid for twice. They are compressed, since there may be as much of them as
// of the file. A nil *Pages keeps nothing.
type Pages struct {
	folder string
	file   *os.File // that is made of them
}

// staged is a file that is fetched, with the pages that it is made of.
type staged struct {
	io.Writer
	pages *Pages
}

// Counted is w, with written called for each piece that is written, with its bytes.
func Counted(w io.Writer, written func(bytes int)) io.Writer {
	return staged{counting{w, written}, PagesOf(w)}
}

type counting struct {
	to      io.Writer
	written func(bytes int)
}

func (c counting) Write(piece []byte) (int, error) {
	n, err := c.to.Write(piece)
	c.written(n)
	return n, err //nolint:wrapcheck // is that of the file
}

// PagesOf are the pages of the object that is written to w; nil where w is no file of a sync.
func PagesOf(w io.Writer) *Pages {
	if s, ok := w.(staged); ok {
		return s.pages
	}
	return nil
}

// pagesAt are the pages of an object whose file will be at path, and is written to f until it is whole. The name is hidden, so that Expand passes
// over it.
func pagesAt(path string, f *os.File) *Pages {
	return &Pages{filepath.Join(filepath.Dir(path), ".pages-"+filepath.Base(path)), f}
}

// pageMax is the most that a kept page takes in memory, in bytes; one that says that it is larger was damaged.
const pageMax = 1 << 28

var packer = sync.OnceValues(func() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
})

var unpacker = sync.OnceValues(func() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderMaxMemory(pageMax), zstd.WithDecoderConcurrency(1))
})

func (p *Pages) path(question any) (string, error) {
	text, err := json.Marshal(question)
	sum := sha256.Sum256(text)
	return filepath.Join(p.folder, hex.EncodeToString(sum[:16])), err
}

// Answered reads the answer to a question into page, and reports whether it is kept. What cannot be read is asked for again.
func (p *Pages) Answered(question, page any) bool {
	if p == nil {
		return false
	}
	path, err := p.path(question)
	if err != nil {
		return false
	}
	packed, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	d, err := unpacker()
	if err != nil {
		return false
	}
	text, err := d.DecodeAll(packed, nil)
	return err == nil && json.Unmarshal(text, page) == nil
}

// Keep keeps the answer to a question. It is there whole or not at all.
func (p *Pages) Keep(question, page any) error {
	if p == nil {
		return nil
	}
	path, err := p.path(question)
	if err != nil {
		return finops.WrapError(finops.CodeInternal, err, "A page cannot be kept")
	}
	text, err := json.Marshal(page)
	e, failed := packer()
	if err = errors.Join(err, failed); err == nil {
		err = os.MkdirAll(p.folder, 0o700)
	}
	if err == nil {
		err = os.WriteFile(path+".part", e.EncodeAll(text, nil), 0o600)
	}
	if err == nil {
		err = os.Rename(path+".part", path)
	}
	if err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "The folder %s cannot be written", filepath.Dir(p.folder))
	}
	return nil
}

// Restart empties the file and removes the pages but one, the answer to a question, so that the object is fetched from its beginning in another way.
func (p *Pages) Restart(but any) error {
	if p == nil {
		return nil
	}
	spared, err := p.path(but)
	if err != nil {
		return finops.WrapError(finops.CodeInternal, err, "A page cannot be kept")
	}
	pages, err := os.ReadDir(p.folder)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	for _, page := range pages {
		if path := filepath.Join(p.folder, page.Name()); path != spared {
			err = errors.Join(err, os.Remove(path))
		}
	}
	_, failed := p.file.Seek(0, io.SeekStart)
	if err = errors.Join(err, failed, p.file.Truncate(0)); err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "Pages that were fetched cannot be removed")
	}
	return nil
}

// Forget removes all that is kept: it is in the file by now, or of no use any more. The pages can be used again.
func (p *Pages) Forget() error {
	if err := os.RemoveAll(p.folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return finops.WrapError(finops.CodeUnavailable, err, "Pages that were fetched cannot be removed")
	}
	return nil
}
