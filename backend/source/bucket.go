package source

import (
	"cmp"
	"context"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// Entry is an object as a place lists it.
type Entry struct {
	Size     int64
	Version  string
	Modified time.Time
}

// Manifest is a file that a provider writes when the files of a period are complete.
type Manifest struct {
	Key     string
	DataSet string // place and name of the export: "exports/daily"
	Month   string // YYYY-MM
	Period  string // what a newer manifest of the data set replaces: a month, or days
}

// Bucket is a place, a bucket or a container, into which a provider writes exports and says by manifests what is complete.
type Bucket struct {
	Exports map[string]bool // names of the exports that are wanted; nil = all
	Now     func() time.Time
	// List lists the place and counts the calls.
	List func(ctx context.Context) (all map[string]Entry, pages int, err error)
	// Fetch writes an object of the version of its entry. It answers CodeConflict where it has changed, CodeNotFound where it is gone.
	Fetch func(ctx context.Context, key string, e Entry, w io.Writer) error
	// Manifest recognises the key of a manifest.
	Manifest func(key string) (Manifest, bool)
	// Prefer compares the keys of two manifests of a period that were written at the same time; nil = by their text.
	Prefer func(a, b string) int
	// Files returns the keys that a manifest names, or why there are none.
	Files func(key string, text []byte) (keys []string, reason string)
}

// settleTime is for how long a file that is newer than its manifest means that the provider is writing. A
// place that was copied has such files for ever.
const settleTime = time.Hour

// Manifests finds the newest manifest of each period of each export that is wanted, in order.
func (b *Bucket) Manifests(all map[string]Entry) []Manifest {
	newest := map[[2]string]Manifest{}
	for key := range all {
		m, ok := b.Manifest(key)
		if !ok || (b.Exports != nil && !b.Exports[path.Base(m.DataSet)]) {
			continue
		}
		id := [2]string{m.DataSet, m.Period}
		if have, ok := newest[id]; !ok || b.newer(m.Key, have.Key, all) > 0 {
			newest[id] = m
		}
	}
	list := make([]Manifest, 0, len(newest))
	for _, m := range newest {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b Manifest) int {
		return cmp.Or(cmp.Compare(a.DataSet, b.DataSet), cmp.Compare(a.Period, b.Period))
	})
	return list
}

func (b *Bucket) newer(one, other string, all map[string]Entry) int {
	if by := all[one].Modified.Compare(all[other].Modified); by != 0 {
		return by
	}
	if b.Prefer != nil {
		return b.Prefer(one, other)
	}
	return cmp.Compare(one, other)
}

// Complete returns the files of a manifest with the manifest last, or why they are not complete.
func (b *Bucket) Complete(ctx context.Context, m Manifest, all map[string]Entry) (list []Object, reason string, err error) {
	var text strings.Builder
	err = b.Fetch(ctx, m.Key, all[m.Key], &text)
	if code := finops.CodeOf(err); code == finops.CodeConflict || code == finops.CodeNotFound {
		return nil, "it is being written", nil
	}
	if err != nil {
		return nil, "", err
	}
	keys, reason := b.Files(m.Key, []byte(text.String()))
	if reason != "" {
		return nil, reason, nil // the other months are of use
	}
	object := func(key string, e Entry) Object {
		return Object{Key: key, Size: e.Size, Version: e.Version, DataSet: m.DataSet, Month: m.Month}
	}
	for _, key := range keys {
		e, ok := all[key]
		if !ok {
			return nil, "the part " + key + " is missing", nil
		}
		if e.Modified.After(all[m.Key].Modified) && b.Now().Sub(e.Modified) < settleTime {
			return nil, "it is being written", nil
		}
		list = append(list, object(key, e))
	}
	return append(list, object(m.Key, all[m.Key])), "", nil
}

// Each lists what is complete, as List of a Connection does.
func (b *Bucket) Each(ctx context.Context, found func(Object) error) error {
	all, _, err := b.List(ctx)
	if err != nil {
		return err
	}
	for _, m := range b.Manifests(all) {
		objects, _, err := b.Complete(ctx, m, all) // Test says why one is not; the next run finds it complete
		if err != nil {
			return err
		}
		for _, o := range objects {
			if err := found(o); err != nil {
				return err
			}
		}
	}
	return nil
}

// Survey reads manifests and counts what they name.
func (b *Bucket) Survey(ctx context.Context, manifests []Manifest, all map[string]Entry, pages int) (Survey, error) {
	survey := Survey{Pages: pages, Manifests: len(manifests)}
	for _, m := range manifests {
		objects, reason, err := b.Complete(ctx, m, all)
		if err != nil {
			return survey, err
		}
		survey.Add(m.DataSet, m.Month, objects, reason)
	}
	return survey, nil
}
