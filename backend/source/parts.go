package source

import (
	"io"
	"os"
	"path/filepath"

	"cloud-intelligence/backend/finops"
)

// PagesFor are the pages of the object that is written to w. Where w is no file of a sync they last until done is called, which must be.
func PagesFor(w io.Writer) (p *Pages, done func() error, err error) {
	if p = PagesOf(w); p != nil {
		return p, func() error { return nil }, nil
	}
	folder, err := os.MkdirTemp("", "cloud-intelligence-*")
	if err != nil {
		return nil, nil, finops.WrapError(finops.CodeUnavailable, err, "The folder for temporary files cannot be written")
	}
	p = &Pages{folder: folder}
	return p, p.Forget, nil
}

// Grow opens the file of what is too large for a page, under what was asked, to be written on behind its end. have is how many bytes
// earlier runs have kept of it.
func (p *Pages) Grow(question any) (f *os.File, have int64, err error) {
	path, err := p.path(question)
	if err != nil {
		return nil, 0, finops.WrapError(finops.CodeInternal, err, "A part cannot be kept")
	}
	if err = os.MkdirAll(p.folder, 0o700); err == nil {
		f, err = os.OpenFile(path+".bytes", os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	}
	if err == nil {
		if have, err = f.Seek(0, io.SeekEnd); err != nil {
			_ = f.Close() // nothing was written
		}
	}
	if err != nil {
		return nil, 0, finops.WrapError(finops.CodeUnavailable, err, "The folder %s cannot be written", filepath.Dir(p.folder))
	}
	return f, have, nil
}
