package azureexport

import (
	"archive/zip"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"cloud-intelligence/backend/source"
)

// run is one run of an export, as the manifest.json beside its files describes it.
type run struct {
	export    string // id or name of the export, in lower case
	kind      string // partActual or partAmortized, "" for another dataset
	dataset   string // "ActualCost", "AmortizedCost", "FocusCost", "Usage"
	id        string // of the run
	submitted string // when it was started, as written
	from, to  string // first and last day of its period
	blobs     []blob // its files
}

// blob is a file of a run.
type blob struct {
	name        string // without folders
	bytes, rows int64  // 0 where the manifest does not say
}

const maxManifest = 16 << 20

// manifest is what the manifest.json of a run says. That of 2021 names nothing but the files.
type manifest struct {
	ExportConfig struct{ ExportName, ResourceID, Type string }
	RunInfo      struct{ SubmittedTime, RunID, StartDate, EndDate string }
	Blobs        []struct {
		BlobName                string
		ByteCount, DataRowCount int64
	}
}

// readRun reads a manifest; ok is false for one of another origin.
func readRun(text []byte) (r run, ok bool) {
	var m manifest
	if json.Unmarshal(text, &m) != nil || len(m.Blobs) == 0 {
		return r, false
	}
	r = run{
		export: strings.ToLower(m.ExportConfig.ResourceID), dataset: m.ExportConfig.Type, id: m.RunInfo.RunID,
		submitted: m.RunInfo.SubmittedTime, from: day(m.RunInfo.StartDate), to: day(m.RunInfo.EndDate),
	}
	if r.export == "" {
		r.export = strings.ToLower(m.ExportConfig.ExportName)
	}
	for _, b := range m.Blobs {
		r.blobs = append(r.blobs, blob{path.Base(strings.ReplaceAll(b.BlobName, "\\", "/")), b.ByteCount, b.DataRowCount})
	}
	if r.dataset == "" || r.id == "" {
		named, ok := runByName(m.Blobs[0].BlobName)
		if !ok {
			return run{}, false
		}
		r.export, r.id, r.from, r.submitted = named.export, named.id, named.from, named.submitted
	}
	switch strings.ToLower(r.dataset) {
	case "actualcost", "usage":
		r.kind = partActual
	case "amortizedcost":
		r.kind = partAmortized
	}
	return r, true
}

// day cuts the time from "2024-01-31T00:00:00".
func day(text string) string { return text[:min(len("2006-01-02"), len(text))] }

// lists reports whether a file is one of the run.
func (r *run) lists(name string) bool {
	return slices.ContainsFunc(r.blobs, func(b blob) bool { return b.is(name) })
}

// is reports whether a file is the blob. Some tools unpack what they fetch.
func (b blob) is(name string) bool {
	return strings.EqualFold(b.name, name) || strings.EqualFold(strings.TrimSuffix(b.name, ".gz"), name)
}

// cut reports whether a file of that many bytes is only the beginning of the blob. The
// count is compared for plain text alone: a packed file and a Parquet file end in a sum of
// their own, and whether Azure counts the packed bytes is not written anywhere. A tool that
// has changed the line ends or dropped the byte order mark has cut nothing.
func (b blob) cut(size int64) bool {
	missing := b.bytes - size
	if missing <= 0 || !strings.HasSuffix(strings.ToLower(b.name), ".csv") {
		return false
	}
	const mark = 3 // bytes of a byte order mark
	for _, ends := range []int64{0, b.rows, b.rows + 1} {
		if missing == ends || missing == ends+mark {
			return false
		}
	}
	return true
}

// folder is the place of a file: a folder on disk, or one inside an archive.
type folder struct {
	files fs.FS
	dir   string // inside files
	close func()
}

// openFolder opens the folder that holds a file; its owner closes it.
func openFolder(f source.File) (*folder, bool) {
	if f.Entry == "" {
		return diskFolder(filepath.Dir(f.Path)), true
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, false
	}
	shut := func() { _ = file.Close() } // it was only read
	info, err := file.Stat()
	if err == nil {
		err = source.CheckZip(file, info.Size())
	}
	if err == nil {
		var archive *zip.Reader
		if archive, err = zip.NewReader(file, info.Size()); err == nil {
			return &folder{files: archive, dir: path.Dir(path.Clean(f.Entry)), close: shut}, true
		}
	}
	shut()
	return nil, false
}

func diskFolder(name string) *folder {
	return &folder{files: os.DirFS(name), dir: ".", close: func() {}}
}

// names lists the files of the folder.
func (d *folder) names() (names []string) {
	entries, err := fs.ReadDir(d.files, d.dir)
	if err != nil {
		return nil // as good as an empty folder: nothing beside the file helps to read it
	}
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// size returns how many bytes a file of the folder has, unpacked from an archive.
func (d *folder) size(name string) int64 {
	info, err := fs.Stat(d.files, path.Join(d.dir, name))
	if err != nil {
		return 0
	}
	return info.Size()
}

// file is another file of the folder that f lies in.
func (d *folder) file(f source.File, name string) source.File {
	if f.Entry != "" {
		f.Entry = path.Join(path.Dir(f.Entry), name)
		return f
	}
	other := source.File{Path: filepath.Join(filepath.Dir(f.Path), name)}
	if info, err := os.Stat(other.Path); err == nil {
		other.Size = info.Size()
	}
	return other
}

// runs reads the manifests of the folder. What is no manifest, or cannot be read, is as
// good as not there.
func (d *folder) runs() (all []run) {
	for _, name := range d.names() {
		if !strings.HasSuffix(strings.ToLower(name), "manifest.json") {
			continue
		}
		file, err := d.files.Open(path.Join(d.dir, name))
		if err != nil {
			continue
		}
		text, err := io.ReadAll(io.LimitReader(file, maxManifest))
		_ = file.Close() // it was only read
		if err != nil {
			continue
		}
		if r, ok := readRun(text); ok {
			all = append(all, r)
		}
	}
	return all
}

// runOf finds the run that lists a file.
func (d *folder) runOf(f source.File) (run, bool) {
	for _, r := range d.runs() {
		if r.lists(baseName(f)) {
			return r, true
		}
	}
	return run{}, false
}

func baseName(f source.File) string {
	if f.Entry != "" {
		return path.Base(f.Entry)
	}
	return filepath.Base(f.Path)
}
