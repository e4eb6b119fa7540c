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

	"cloud-intelligence/backend/finops"
)

// Pages keeps the answered pages of one object beside the file that is made of them, until that is whole: a run that was ended goes on
// with the page that is missing, and none is asked, waited or paid for twice. A nil *Pages keeps nothing.
type Pages struct{ folder string }

// staged is a file that is fetched, with the pages that it is made of.
type staged struct {
	*os.File
	pages *Pages
}

// PagesOf are the pages of the object that is written to w; nil where w is no file of a sync.
func PagesOf(w io.Writer) *Pages {
	if s, ok := w.(staged); ok {
		return s.pages
	}
	return nil
}

// pagesAt are the pages of an object whose file will be at path. The name is hidden, so that Expand passes over it.
func pagesAt(path string) *Pages {
	return &Pages{filepath.Join(filepath.Dir(path), ".pages-"+filepath.Base(path))}
}

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
	text, err := os.ReadFile(path)
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
	if err == nil {
		err = os.MkdirAll(p.folder, 0o700)
	}
	if err == nil {
		err = os.WriteFile(path+".part", text, 0o600)
	}
	if err == nil {
		err = os.Rename(path+".part", path)
	}
	if err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "The folder %s cannot be written", filepath.Dir(p.folder))
	}
	return nil
}

// drop removes the pages.
func (p *Pages) drop() error {
	if err := os.RemoveAll(p.folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return finops.WrapError(finops.CodeUnavailable, err, "Pages that were fetched cannot be removed")
	}
	return nil
}
