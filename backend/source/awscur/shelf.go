package awscur

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// place is a folder: on disk, or inside an archive.
type place struct{ archive, folder string }

func (p place) base() string {
	if p.archive != "" {
		return path.Base(p.folder)
	}
	return filepath.Base(p.folder)
}

// up is the folder n levels above; the uppermost one is above itself.
func (p place) up(n int) place {
	for range n {
		if p.archive != "" {
			p.folder = path.Dir(p.folder)
		} else {
			p.folder = filepath.Dir(p.folder)
		}
	}
	return p
}

func (p place) down(names ...string) place {
	for _, name := range names {
		if p.archive != "" {
			p.folder = path.Join(p.folder, name)
		} else {
			p.folder = filepath.Join(p.folder, name)
		}
	}
	return p
}

// stored is a file of a folder.
type stored struct {
	name  string
	stamp string // when it was written; "" if unknown
	read  func() ([]byte, error)
}

// shelves read folders, each once.
type shelves struct {
	files    map[place][]stored
	archives map[string]map[string][]stored
	read     map[place][]*ManifestFile
	trees    map[string]bool // archives with manifests in them
}

func newShelves() *shelves {
	return &shelves{files: map[place][]stored{}, archives: map[string]map[string][]stored{}, read: map[place][]*ManifestFile{}, trees: map[string]bool{}}
}

// list returns the files of a folder. What cannot be read is as good as not there.
func (s *shelves) list(p place) []stored {
	if all, ok := s.files[p]; ok {
		return all
	}
	var all []stored
	if p.archive != "" {
		all = s.archive(p.archive)[p.folder]
	} else {
		all = diskEntries(p.folder)
	}
	s.files[p] = all
	return all
}

// folders returns the folders in a folder.
func (s *shelves) folders(p place) (all []place) {
	if p.archive != "" {
		for folder := range s.archive(p.archive) {
			if at := (place{p.archive, folder}); at.up(1) == p && at != p {
				all = append(all, at)
			}
		}
		slices.SortFunc(all, func(a, b place) int { return strings.Compare(a.folder, b.folder) })
		return all
	}
	entries, err := os.ReadDir(p.folder)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() {
			all = append(all, p.down(e.Name()))
		}
	}
	return all
}

const stampLayout = "2006-01-02T15:04:05.000000000Z"

func stampOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(stampLayout)
}

func diskEntries(folder string) (all []stored) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || e.IsDir() {
			continue
		}
		name := filepath.Join(folder, e.Name())
		all = append(all, stored{name: e.Name(), stamp: stampOf(info.ModTime()), read: func() ([]byte, error) { return readSmall(name) }})
	}
	return all
}

// archive lists the files of an archive by their folder.
func (s *shelves) archive(name string) map[string][]stored {
	if all, ok := s.archives[name]; ok {
		return all
	}
	all := map[string][]stored{}
	s.archives[name] = all
	archive, err := zip.OpenReader(name)
	if err != nil {
		return all
	}
	defer func() { _ = archive.Close() }() // only read
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		e := stored{name: path.Base(f.Name), stamp: stampOf(f.Modified), read: func() ([]byte, error) { return nil, os.ErrNotExist }}
		if isManifestName(e.name) && f.UncompressedSize64 <= maxManifest {
			text, err := readEntry(f)
			e.read = func() ([]byte, error) { return text, err }
		}
		all[path.Dir(f.Name)] = append(all[path.Dir(f.Name)], e)
	}
	return all
}

// hasManifests reports whether manifests of AWS are in an archive.
func (s *shelves) hasManifests(archive string) bool {
	has, ok := s.trees[archive]
	if !ok {
		for folder := range s.archive(archive) {
			has = has || len(s.manifests(place{archive, folder})) > 0
		}
		s.trees[archive] = has
	}
	return has
}

func readEntry(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open manifest: %w", err)
	}
	defer func() { _ = r.Close() }() // only read
	text, err := io.ReadAll(io.LimitReader(r, maxManifest))
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	return text, nil
}

func isManifestName(name string) bool {
	return strings.HasSuffix(strings.ToLower(name), "manifest.json")
}

// manifests reads the manifests of a folder. What is no manifest, or cannot be read, is as
// good as not there: the delivery then counts as one without.
func (s *shelves) manifests(p place) []*ManifestFile {
	if all, ok := s.read[p]; ok {
		return all
	}
	var all []*ManifestFile
	for _, e := range s.list(p) {
		if !isManifestName(e.name) {
			continue
		}
		if text, err := e.read(); err == nil {
			if m, err := ParseManifest(e.name, text); err == nil {
				all = append(all, &m)
			}
		}
	}
	s.read[p] = all
	return all
}
