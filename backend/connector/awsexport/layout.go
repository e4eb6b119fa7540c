package awsexport

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
)

// manifest is what tells that a month of an export is complete.
type manifest struct {
	key     string
	dataSet string // prefix and name of the export: "exports/daily"
	month   string // YYYY-MM
}

// Where AWS writes manifests: Data Exports beside the data, below metadata/, with a folder of its own
// for each delivery where nothing is written over; the legacy report into the folder of the month, and again into
// that of the delivery.
var (
	exportManifest = regexp.MustCompile(`^(.+?)/metadata/BILLING_PERIOD=(\d{4}-\d{2})/(?:[^/]+/)?[^/]+-Manifest\.json$`)
	legacyManifest = regexp.MustCompile(`^(.+?)/(\d{4})(\d{2})\d{2}-\d{8}/(?:[^/]+/)?[^/]+-Manifest\.json$`)
)

// manifestOf recognises a key.
func manifestOf(key string) (m manifest, ok bool) {
	if f := exportManifest.FindStringSubmatch(key); f != nil {
		return manifest{key, f[1], f[2]}, true
	}
	if f := legacyManifest.FindStringSubmatch(key); f != nil {
		return manifest{key, f[1], f[2] + "-" + f[3]}, true
	}
	return manifest{}, false
}

// manifests finds the newest manifest of each month of each export that was asked for, in order.
func (c *connection) manifests(all map[string]object) []manifest {
	newest := map[[2]string]manifest{}
	for key := range all {
		m, ok := manifestOf(key)
		if !ok || (c.exports != nil && !c.exports[path.Base(m.dataSet)]) {
			continue
		}
		id := [2]string{m.dataSet, m.month}
		if have, ok := newest[id]; !ok || newer(m, have, all) > 0 {
			newest[id] = m
		}
	}
	list := make([]manifest, 0, len(newest))
	for _, m := range newest {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b manifest) int {
		return cmp.Or(cmp.Compare(a.dataSet, b.dataSet), cmp.Compare(a.month, b.month))
	})
	return list
}

// newer compares two manifests of a month by time; of two copies of one the upper one is taken.
func newer(a, b manifest, all map[string]object) int {
	return cmp.Or(all[a.key].modified.Compare(all[b.key].modified), cmp.Compare(strings.Count(b.key, "/"), strings.Count(a.key, "/")), cmp.Compare(a.key, b.key))
}
