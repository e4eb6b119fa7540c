package service

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// Documents is the area of what a client exports about its clouds beside the bills: inventories, metrics and recommendations. They
// decide what the bill alone cannot.
type Documents struct{ *workspace }

// Document is a document of the workspace.
type Document struct {
	Name     string        `json:"-"` // identified without regard to case
	Kind     document.Kind `json:"kind"`
	Provider string        `json:"provider"`
	Accounts []string      `json:"accounts"` // that it names, or that a person named
	Regions  []string      `json:"regions"`
	Day      finops.Day    `json:"day"`
	Dated    bool          `json:"dated"` // it says its day itself, or a person did; otherwise it is the day of the file
	Entries  int           `json:"entries"`
	Whole    bool          `json:"whole"` // nothing of it is cut off
	Hash     string        `json:"hash"`
	Bytes    int           `json:"bytes"`
	// Source is where a sync fetched it: the id of a connection and a data set of it. "" = a person added it.
	Source string `json:"source,omitempty"`

	Version   int64     `json:"-"`
	ChangedAt time.Time `json:"-"`
	ChangedBy string    `json:"-"`
}

// DocumentChange is what a person knows of a document that it does not say itself.
type DocumentChange struct {
	Account string      // "" = what the document says
	Day     *finops.Day // nil = what the document says, or the day of its file
}

// AddedDocument is what became of one file.
type AddedDocument struct {
	Path     string
	Document *Document // nil = it was not added
	Already  string    // the name of the document that is the same file; "" = there was none
	Note     string    // why it is no document of its own and no error either; "" = it is one
	Err      error     // why it was not added
}

// documentFiles are the endings of files that are looked at in a folder.
var documentFiles = []string{".json", ".jsonl", ".ndjson", ".csv"}

// documentsMost is how many files a folder may have.
const documentsMost = 2000

// RecogniseDocuments returns which of some files are documents of a client, and no bills. Folders, and files that cannot be read, are not.
func RecogniseDocuments(ctx context.Context, paths []string) ([]string, error) {
	found := []string{}
	for _, path := range paths {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if isDocument(path) {
			found = append(found, path)
		}
	}
	return found, nil
}

func isDocument(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // it was only read
	head, err := io.ReadAll(io.LimitReader(f, document.HeadBytes))
	if err != nil {
		return false
	}
	if is, decided := document.Looks(head); decided || info.Size() > document.Most {
		return is
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	_, err = document.Read(path, data)
	return err == nil
}

func isDocumentName(path string) bool {
	return slices.Contains(documentFiles, strings.ToLower(filepath.Ext(path)))
}

// documentFile is a file that is to be added.
type documentFile struct {
	path string
	data []byte
	day  finops.Day // of the file
	err  error
}

// Add reads files, and all documents in folders, and keeps them. What one file is does not depend on the others, except that files with
// the queries of get-metric-data give the results in the same folder their labels. It answers one outcome for each file.
func (w Documents) Add(ctx context.Context, paths []string, c DocumentChange) ([]AddedDocument, error) {
	files, err := documentPaths(paths)
	if err != nil {
		return nil, err
	}
	have, err := w.List(ctx)
	if err != nil {
		return nil, err
	}
	var added []AddedDocument
	queries := map[string][][]byte{} // by folder
	for i := range files {
		f := &files[i]
		if d, err := document.Read(f.path, f.data); f.err == nil && err == nil && d.Kind == document.AWSMetricQueries {
			folder := filepath.Dir(f.path)
			queries[folder] = append(queries[folder], f.data)
		}
	}
	for i := range files {
		if err := ctx.Err(); err != nil {
			return added, context.Cause(ctx)
		}
		one := AddedDocument{Path: files[i].path}
		one.Document, one.Already, one.Note, one.Err = w.addOne(ctx, &files[i], queries[filepath.Dir(files[i].path)], have, c)
		if one.Document != nil {
			have = append(have, *one.Document)
		}
		added = append(added, one)
	}
	return added, nil
}

func (w Documents) addOne(ctx context.Context, f *documentFile, queries [][]byte, have []Document, c DocumentChange) (added *Document, already, note string, err error) {
	if f.err != nil {
		return nil, "", "", f.err
	}
	switch string(bytes.TrimSpace(f.data)) {
	case "[]", "{}":
		return nil, "", "It is empty: there is nothing of what it would list.", nil
	}
	hash := hashOf(f.data)
	if at := slices.IndexFunc(have, func(d Document) bool { return d.Hash == hash }); at >= 0 {
		return nil, have[at].Name, "", nil
	}
	data := f.data
	for _, q := range queries {
		if labelled, ok := document.Label(data, q); ok {
			data = labelled
			break
		}
	}
	d, err := document.Read(f.path, data)
	if err != nil {
		return nil, "", "", err
	}
	if d.Kind == document.AWSMetricQueries {
		return nil, "", "It has queries, which say what the results beside it are.", nil
	}
	made := w.made(d, f, hash)
	made.Name = freeName(filepath.Base(f.path), have)
	made.apply(c)
	content, err := json.Marshal(made)
	if err != nil {
		return nil, "", "", fmt.Errorf("spell a document: %w", err)
	}
	n := store.Named{Name: made.Name, Content: string(content), ChangedAt: made.ChangedAt, ChangedBy: made.ChangedBy}
	if err := w.db.AddDocument(ctx, n, store.DocumentFile{Hash: hash, Data: data}); err != nil {
		return nil, "", "", err
	}
	return &made, "", "", nil
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// made is what is kept of a document beside its file.
func (w Documents) made(d *document.Document, f *documentFile, hash string) Document {
	made := Document{
		Kind: d.Kind, Provider: d.Provider, Accounts: d.Accounts, Regions: d.Regions, Day: d.Day, Dated: d.Dated,
		Entries: d.Entries, Whole: d.Whole, Hash: hash, Bytes: len(f.data), Version: 1, ChangedAt: w.now(), ChangedBy: w.user,
	}
	if !made.Dated {
		made.Day = f.day
	}
	return made
}

func (d *Document) apply(c DocumentChange) {
	if c.Account != "" {
		d.Accounts = []string{c.Account}
	}
	if c.Day != nil {
		d.Day, d.Dated = *c.Day, true
	}
}

// freeName is a name that no document has. Exports of several accounts have the same file names.
func freeName(name string, have []Document) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	taken := func(name string) bool {
		return slices.ContainsFunc(have, func(d Document) bool { return strings.EqualFold(d.Name, name) })
	}
	if !taken(name) {
		return name
	}
	end := filepath.Ext(name)
	for n := 2; ; n++ {
		if other := fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, end), n, end); !taken(other) {
			return other
		}
	}
}

// documentPaths reads the files of paths, and those in folders that may be documents.
func documentPaths(paths []string) ([]documentFile, error) {
	var files []documentFile
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, finops.WrapError(finops.CodeNotFound, err, "The file %s is not there.", path)
		}
		if !info.IsDir() {
			files = append(files, readDocument(path, info))
			continue
		}
		err = filepath.WalkDir(path, func(inner string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case strings.HasPrefix(entry.Name(), ".") && inner != path:
				if entry.IsDir() {
					return filepath.SkipDir
				}
				return nil
			case entry.IsDir() || !entry.Type().IsRegular() || !isDocumentName(inner):
				return nil
			}
			if len(files) >= documentsMost {
				return finops.Errorf(finops.CodeInvalid, "The folder %s has more than %d files. Add a part of them.", path, documentsMost)
			}
			info, err := entry.Info()
			if err != nil {
				return finops.WrapError(finops.CodeUnavailable, err, "%s cannot be read.", inner)
			}
			files = append(files, readDocument(inner, info))
			return nil
		})
		if finops.CodeOf(err) == finops.CodeInvalid {
			return nil, err //nolint:wrapcheck // it is the sentence from above
		}
		if err != nil {
			return nil, finops.WrapError(finops.CodeUnavailable, err, "The folder %s cannot be read.", path)
		}
	}
	if len(files) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "There is no file that could be a document: they end in %s.", strings.Join(documentFiles, ", "))
	}
	return files, nil
}

func readDocument(path string, info fs.FileInfo) documentFile {
	f := documentFile{path: path, day: finops.DayOfUnix(info.ModTime().Unix())}
	if info.Size() > document.Most {
		f.err = finops.Errorf(finops.CodeInvalid, "%s is larger than a client document may be (%d MB). Export fewer resources or a shorter time to each file.", filepath.Base(path), document.Most>>20)
		return f
	}
	data, err := os.ReadFile(path)
	if err != nil {
		f.err = finops.WrapError(finops.CodeUnavailable, err, "%s cannot be read.", filepath.Base(path))
	}
	f.data = data
	return f
}

// List lists the documents by name.
func (w Documents) List(ctx context.Context) ([]Document, error) {
	saved, err := w.db.Documents(ctx)
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	list := make([]Document, len(saved))
	for i, n := range saved {
		if list[i], err = documentOf(n); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func documentOf(n store.Named) (Document, error) {
	var d Document
	if err := json.Unmarshal([]byte(n.Content), &d); err != nil {
		return d, finops.WrapError(finops.CodeCorrupt, err, "The stored file of the document %q cannot be read. Remove it and add its file again.", n.Name)
	}
	d.Name, d.Version, d.ChangedAt, d.ChangedBy = n.Name, n.Version, n.ChangedAt, n.ChangedBy
	return d, nil
}

// ByName returns a document with what it says; CodeNotFound when there is none of the name.
func (w Documents) ByName(ctx context.Context, name string) (Document, *document.Document, error) {
	list, err := w.List(ctx)
	if err != nil {
		return Document{}, nil, err
	}
	d, err := byName("document", name, list, func(d *Document) string { return d.Name })
	if err != nil {
		return Document{}, nil, err
	}
	read, err := w.read(ctx, d)
	return d, read, err
}

// read reads a document again from its file.
func (w Documents) read(ctx context.Context, d Document) (*document.Document, error) {
	f, err := w.db.DocumentFile(ctx, d.Name)
	if err != nil {
		return nil, err
	}
	read, err := document.Read(d.Name, f.Data)
	if err != nil {
		return nil, err
	}
	read.Day, read.Dated, read.Accounts = d.Day, d.Dated, d.Accounts
	return read, nil
}

// Change changes what a person says of a document, of the version seen, and returns it. It answers CodeNotFound when there is none,
// CodeConflict, with both values, when it was changed since.
func (w Documents) Change(ctx context.Context, name string, c DocumentChange, seen int64) (Document, error) {
	d, _, err := w.ByName(ctx, name)
	if err != nil {
		return d, err
	}
	d.apply(c)
	content, err := json.Marshal(d)
	if err != nil {
		return d, fmt.Errorf("spell a document: %w", err)
	}
	d.ChangedAt, d.ChangedBy = w.now(), w.user
	d.Version, err = w.db.SaveDocument(ctx, store.Named{Name: d.Name, Content: string(content), ChangedAt: d.ChangedAt, ChangedBy: d.ChangedBy}, seen)
	return d, withBoth(err, justWritten(documentOf))
}

// Remove removes a document; see Dimensions.Delete.
func (w Documents) Remove(ctx context.Context, name string, seen int64) error {
	return withBoth(w.db.DeleteDocument(ctx, name, seen, w.user, w.now()), justWritten(documentOf))
}

// factsVersion names what the documents say; documents with the same say the same.
func factsVersion(list []Document) string {
	parts := make([]string, len(list))
	for i, d := range list {
		parts[i] = strings.Join([]string{d.Name, d.Hash, d.Day.String(), strings.Join(d.Accounts, ",")}, "|")
	}
	return strings.Join(parts, "\n")
}

// knownDocuments are what documents say, kept until one of them changes.
type knownDocuments struct {
	lock    sync.Mutex
	version string
	facts   *document.Facts
}

// facts are what all documents say together; nil = there are none. What was read is kept until a document changes.
func (w Documents) facts(ctx context.Context) (*document.Facts, error) {
	list, err := w.List(ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	version := factsVersion(list)
	w.known.lock.Lock()
	defer w.known.lock.Unlock()
	if w.known.facts != nil && w.known.version == version {
		return w.known.facts, nil
	}
	docs := make([]*document.Document, len(list))
	for i, d := range list {
		if docs[i], err = w.read(ctx, d); err != nil {
			return nil, err
		}
	}
	w.known.version, w.known.facts = version, document.NewFacts(docs)
	return w.known.facts, nil
}

// DocumentKinds lists the kinds of documents by provider, as the program reads them.
func DocumentKinds() []document.KindInfo {
	kinds := document.Kinds()
	slices.SortStableFunc(kinds, func(a, b document.KindInfo) int { return cmp.Compare(a.Provider, b.Provider) })
	return kinds
}
