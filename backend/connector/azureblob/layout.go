package azureblob

import (
	"cmp"
	"encoding/json"
	"path"
	"regexp"
	"slices"
)

// manifest is what tells that a run of an export is complete.
type manifest struct {
	key     string
	dataSet string // directory and name of the export: "focus/daily"
	month   string // YYYY-MM
	period  string // days of the run: "20260901-20260930"
}

// runManifest is where Azure writes manifests: below the export a folder for the period, below it perhaps one
// for the time, and one for the run. Older exports write _manifest.json.
var runManifest = regexp.MustCompile(`^(.+?)/((\d{4})(\d{2})\d{2}-\d{8})/(?:[^/]+/){0,2}_?manifest\.json$`)

// manifestOf recognises a key.
func manifestOf(key string) (m manifest, ok bool) {
	f := runManifest.FindStringSubmatch(key)
	if f == nil {
		return manifest{}, false
	}
	return manifest{key: key, dataSet: f[1], period: f[2], month: f[3] + "-" + f[4]}, true
}

// manifests finds the newest manifest of each period of each export that was asked for, in order.
func (c *connection) manifests(all map[string]object) []manifest {
	newest := map[[2]string]manifest{}
	for key := range all {
		m, ok := manifestOf(key)
		if !ok || (c.exports != nil && !c.exports[path.Base(m.dataSet)]) {
			continue
		}
		id := [2]string{m.dataSet, m.period}
		if have, ok := newest[id]; !ok || cmp.Or(all[m.key].modified.Compare(all[have.key].modified), cmp.Compare(m.key, have.key)) > 0 {
			newest[id] = m
		}
	}
	list := make([]manifest, 0, len(newest))
	for _, m := range newest {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b manifest) int {
		return cmp.Or(cmp.Compare(a.dataSet, b.dataSet), cmp.Compare(a.period, b.period))
	})
	return list
}

// filesOf are the keys that a manifest names: they lie beside it, whatever the container was called where it was
// written.
func filesOf(key string, text []byte) (keys []string, ok bool) {
	var m struct {
		Blobs []struct{ BlobName string }
	}
	if json.Unmarshal(text, &m) != nil || len(m.Blobs) == 0 {
		return nil, false
	}
	for _, b := range m.Blobs {
		keys = append(keys, path.Join(path.Dir(key), path.Base(b.BlobName)))
	}
	return keys, true
}
