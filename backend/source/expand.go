package source

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

const (
	maxEntries      = 10_000
	maxZipDirectory = 64 << 20
	maxFiles        = 1_000_000
	maxEntryBytes   = 500 << 30
	maxEntryRatio   = 1000
	entryRatioFree  = 64 << 20
)

// Skipped is a file that is not offered to the sources, and why: a sentence.
type Skipped struct {
	Path   string // with the entry, for a file inside an archive
	Reason string
}

// Expand lists the files behind the paths a person chose: files themselves, the
// files of folders at any depth, and the entries of .zip archives, judged by content
// and not by extension. Each file is listed once, those of a folder by name. What
// cannot hold records of its own (hidden files, manifests, archives of other kinds)
// is listed as skipped, never silently left out. The error is the cause of a
// cancelled ctx, or CodeInvalid for a folder of more than a million files.
func Expand(ctx context.Context, paths []string) ([]File, []Skipped, error) {
	e := expansion{seen: make(map[string]bool)}
	for _, p := range paths {
		if err := e.path(ctx, filepath.Clean(p)); err != nil {
			return nil, nil, err
		}
	}
	return e.files, e.skipped, nil
}

type expansion struct {
	files   []File
	skipped []Skipped
	seen    map[string]bool // real paths of folders and files met
}

func (e *expansion) skip(path, format string, args ...any) {
	e.skipped = append(e.skipped, Skipped{Path: path, Reason: fmt.Sprintf(format, args...)})
}

func (e *expansion) path(ctx context.Context, p string) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if len(e.files) > maxFiles {
		return finops.Errorf(finops.CodeInvalid, "More than a million files were chosen. Choose a smaller folder.")
	}
	target, info, reason := resolve(p)
	if reason != "" {
		e.skip(p, "%s", reason)
		return nil
	}
	if e.seen[target] {
		return nil // chosen twice, or reached again through a link
	}
	e.seen[target] = true
	switch {
	case info.IsDir():
		return e.folder(ctx, p)
	case !info.Mode().IsRegular():
		e.skip(p, "This is not a regular file.")
		return nil
	}
	return e.file(ctx, p, info.Size())
}

// resolve follows the links of a path; reason says why it leads nowhere, "" if it does.
func resolve(p string) (target string, info fs.FileInfo, reason string) {
	target, err := filepath.EvalSymlinks(p)
	if err == nil {
		info, err = os.Stat(target)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil, "The file does not exist."
	case errors.Is(err, fs.ErrPermission):
		return "", nil, "The file may not be read; check its permissions."
	case err != nil:
		return "", nil, "The file cannot be read; it may be a link that leads to itself."
	}
	if abs, err := filepath.Abs(target); err == nil {
		target = abs
	}
	return target, info, ""
}

func (e *expansion) folder(ctx context.Context, p string) error {
	entries, err := os.ReadDir(p) // sorted by name
	if err != nil {
		e.skip(p, "The folder may not be read; check its permissions.")
		return nil //nolint:nilerr // the folder is listed as skipped
	}
	for _, entry := range entries {
		child := filepath.Join(p, entry.Name())
		if reason := reasonByName(entry.Name()); reason != "" && (!entry.IsDir() || reason == hiddenReason) {
			e.skip(child, "%s", reason)
			continue
		}
		if err := e.path(ctx, child); err != nil {
			return err
		}
	}
	return nil
}

const hiddenReason = "Hidden files are not read."

// unfinished are the endings that programs give to a file while they fetch it.
var unfinished = []string{".crdownload", ".part", ".partial", ".download", ".filepart", ".aria2"}

// reasonByName says why a file with this name holds no records; "" if it may.
func reasonByName(name string) string {
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(name, ".") || name == "__MACOSX" || lower == "thumbs.db" || lower == "desktop.ini":
		return hiddenReason
	case strings.HasSuffix(lower, "manifest.json") || lower == "_metadata" || lower == "_common_metadata":
		return "This is a manifest: it lists the files of an export and holds no charges."
	case strings.HasPrefix(name, "~$"):
		return "This is a note that Excel or Word leaves beside a document that is open; it holds no charges."
	case slices.Contains(unfinished, strings.ToLower(path.Ext(name))):
		return "This is a download that is not complete. Wait for it to end, and import the file then."
	case lower == "_success" || strings.HasPrefix(lower, "_committed_") || strings.HasPrefix(lower, "_started_") || strings.HasSuffix(lower, ".crc"):
		return "This is a marker that an export leaves behind; it holds no charges."
	}
	return ""
}

func (e *expansion) file(ctx context.Context, p string, size int64) error {
	if reason := reasonByName(filepath.Base(p)); reason != "" && reason != hiddenReason {
		e.skip(p, "%s", reason)
		return nil
	}
	f, err := os.Open(p)
	if err != nil {
		e.skip(p, "The file may not be read; check its permissions.")
		return nil //nolint:nilerr // the file is listed as skipped
	}
	err = e.content(ctx, p, f, size)
	return errors.Join(err, f.Close())
}

func (e *expansion) content(ctx context.Context, p string, f *os.File, size int64) error {
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		e.skip(p, "The file cannot be read: the disk reports an error.")
		return nil
	}
	switch kind := Magic(head[:n]); {
	case kind == KindZip:
		return e.archive(ctx, p, f, size)
	case kind.Archive() && kind != KindGzip:
		e.skip(p, "This is %s. Unpack it and import the files.", kind)
	default:
		e.files = append(e.files, File{Path: p, Size: size})
	}
	return nil
}

func (e *expansion) archive(ctx context.Context, p string, f *os.File, size int64) error {
	if err := CheckZip(f, size); err != nil {
		e.skip(p, "%s", finops.MessageOf(err))
		return nil
	}
	archive, err := zip.NewReader(f, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		e.skip(p, "The archive is damaged: its list of contents cannot be read. Fetch it again.")
		return nil
	}
	if len(archive.File) > maxEntries {
		e.skip(p, "The archive has more than 10,000 files. Unpack it and import the folder.")
		return nil
	}
	if reason := documentReason(archive.File); reason != "" {
		e.skip(p, "%s", reason)
		return nil
	}
	before := len(e.files) + len(e.skipped)
	slices.SortStableFunc(archive.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	previous := ""
	for _, entry := range archive.File {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if strings.HasSuffix(entry.Name, "/") {
			continue
		}
		file := File{Path: p, Entry: entry.Name, Size: int64(entry.CompressedSize64), Unpacked: int64(entry.UncompressedSize64)}
		reason := entryReason(entry)
		if entry.Name == previous {
			reason = "The archive has two files of this name. Unpack it and import the files."
		}
		previous = entry.Name
		if reason != "" {
			e.skip(file.Name(), "%s", reason)
			continue
		}
		e.files = append(e.files, file)
	}
	if len(e.files)+len(e.skipped) == before {
		e.skip(p, "The archive has nothing in it. Fetch it again.")
	}
	return nil
}

// documentReason says why an archive is a document of an office program; "" if it is none.
func documentReason(entries []*zip.File) string {
	for _, f := range entries {
		switch {
		case f.Name == "[Content_Types].xml":
			return "This is an Excel or Word document. Save the sheet as CSV and import that file."
		case f.Name == "META-INF/manifest.xml":
			return "This is an OpenDocument file. Save the sheet as CSV and import that file."
		case path.Base(f.Name) == "Document.iwa":
			return "This is a document of Numbers or Pages. Export the sheet as CSV and import that file."
		}
	}
	return ""
}

// entryReason says why an entry of an archive is not read; "" if it is.
func entryReason(entry *zip.File) string {
	for part := range strings.SplitSeq(path.Dir(entry.Name), "/") {
		if part != "." && part != ".." && reasonByName(part) == hiddenReason {
			return hiddenReason
		}
	}
	if reason := reasonByName(path.Base(entry.Name)); reason != "" {
		return reason
	}
	packed, unpacked := entry.CompressedSize64, entry.UncompressedSize64
	switch {
	case entry.Flags&1 != 0:
		return "The file is encrypted. Unpack the archive with its password and import the file."
	case unpacked > maxEntryBytes:
		return "The file unpacks to more than 500 GB. Split it and import the parts."
	case unpacked > entryRatioFree && unpacked/maxEntryRatio > packed:
		return "The file unpacks to more than 1,000 times its size, which no billing export does."
	}
	r, err := entry.Open()
	if err != nil {
		return "The file cannot be unpacked: the archive is damaged or compressed in an unknown way."
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(r, head)
	_ = r.Close() // the entry is read again, and checked then
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "The file cannot be unpacked: the archive is damaged."
	}
	if kind := Magic(head[:n]); kind.Archive() {
		return fmt.Sprintf("This is %s inside an archive. Unpack the outer archive first.", kind)
	}
	return ""
}

// CheckZip refuses an archive whose list of contents would take too much memory to
// read.
func CheckZip(r io.ReaderAt, size int64) error {
	const record = 22
	tail := make([]byte, min(size, 64<<10+record))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read archive: %w", err)
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+record > len(tail) {
		return finops.Errorf(finops.CodeCorrupt, "The archive is cut off: its list of contents is missing. Fetch it again.")
	}
	if entries := binary.LittleEndian.Uint16(tail[at+10:]); entries > maxEntries && entries != 1<<16-1 {
		return finops.Errorf(finops.CodeInvalid, "The archive has more than 10,000 files. Unpack it and import the folder.")
	}
	start := int64(binary.LittleEndian.Uint32(tail[at+16:]))
	end := size - int64(len(tail)-at)
	if start == 1<<32-1 {
		start = zip64Start(r, end)
	}
	if start < 0 || end-start > maxZipDirectory {
		return finops.Errorf(finops.CodeInvalid, "The archive has a list of contents of more than 64 MiB. Unpack it and import the folder.")
	}
	return nil
}

// zip64Start returns where the list of contents of a large archive, whose end record
// is at the given offset, begins; -1 if it does not say.
func zip64Start(r io.ReaderAt, end int64) int64 {
	var locator [20]byte
	var record [56]byte
	if _, err := r.ReadAt(locator[:], end-20); err != nil || !bytes.HasPrefix(locator[:], []byte("PK\x06\x07")) {
		return -1
	}
	at := int64(binary.LittleEndian.Uint64(locator[8:]))
	if at < 0 || at > end {
		return -1
	}
	if _, err := r.ReadAt(record[:], at); err != nil || !bytes.HasPrefix(record[:], []byte("PK\x06\x06")) {
		return -1
	}
	return int64(binary.LittleEndian.Uint64(record[48:]))
}
