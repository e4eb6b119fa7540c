package azureexport

import (
	"archive/zip"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"cloud-intelligence/backend/source"
)

// run is one run of an export, as the manifest.json beside its files tells it.
type run struct {
	export    string   // id or name of the export, in lower case
	kind      string   // partActual or partAmortized, "" for another dataset
	dataset   string   // "ActualCost", "AmortizedCost", "FocusCost", "Usage"
	id        string   // of the run
	submitted string   // when it was started, as written
	from, to  string   // first and last day of its period
	blobs     []string // names of its files, without folders
}

const maxManifest = 16 << 20

// readRun reads a manifest; ok is false for one of another origin.
func readRun(text []byte) (r run, ok bool) {
	var raw struct {
		ExportConfig struct{ ExportName, ResourceID, Type string }
		RunInfo      struct{ SubmittedTime, RunID, StartDate, EndDate string }
		Blobs        []struct{ BlobName string }
	}
	if json.Unmarshal(text, &raw) != nil || raw.ExportConfig.Type == "" || raw.RunInfo.RunID == "" || len(raw.Blobs) == 0 {
		return r, false
	}
	r = run{
		export: strings.ToLower(raw.ExportConfig.ResourceID), dataset: raw.ExportConfig.Type, id: raw.RunInfo.RunID,
		submitted: raw.RunInfo.SubmittedTime, from: day(raw.RunInfo.StartDate), to: day(raw.RunInfo.EndDate),
	}
	if r.export == "" {
		r.export = strings.ToLower(raw.ExportConfig.ExportName)
	}
	switch strings.ToLower(r.dataset) {
	case "actualcost", "usage":
		r.kind = partActual
	case "amortizedcost":
		r.kind = partAmortized
	}
	for _, b := range raw.Blobs {
		r.blobs = append(r.blobs, path.Base(strings.ReplaceAll(b.BlobName, "\\", "/")))
	}
	return r, true
}

// day cuts the time from "2024-01-31T00:00:00".
func day(text string) string { return text[:min(len("2006-01-02"), len(text))] }

// lists reports whether a file is one of the run. Some tools unpack what they fetch.
func (r *run) lists(name string) bool {
	for _, b := range r.blobs {
		if strings.EqualFold(b, name) || strings.EqualFold(strings.TrimSuffix(b, ".gz"), name) {
			return true
		}
	}
	return false
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
