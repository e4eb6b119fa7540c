package azureblob

import (
	"encoding/json"
	"path"
	"regexp"

	"cloud-intelligence/backend/source"
)

// runManifest is where Azure writes manifests: below the export a folder for the period, below it perhaps one
// for the time, and one for the run. Older exports write _manifest.json.
var runManifest = regexp.MustCompile(`^(.+?)/((\d{4})(\d{2})\d{2}-\d{8})/(?:[^/]+/){0,2}_?manifest\.json$`)

// manifestOf recognises a key.
func manifestOf(key string) (m source.Manifest, ok bool) {
	f := runManifest.FindStringSubmatch(key)
	if f == nil {
		return source.Manifest{}, false
	}
	return source.Manifest{Key: key, DataSet: f[1], Period: f[2], Month: f[3] + "-" + f[4]}, true
}

// filesOf are the keys that a manifest names: they lie beside it, whatever the container was called where it was
// written.
func filesOf(key string, text []byte) (keys []string, reason string) {
	var m struct {
		Blobs []struct{ BlobName string }
	}
	if json.Unmarshal(text, &m) != nil || len(m.Blobs) == 0 {
		return nil, "its manifest names no files"
	}
	for _, b := range m.Blobs {
		keys = append(keys, path.Join(path.Dir(key), path.Base(b.BlobName)))
	}
	return keys, ""
}
