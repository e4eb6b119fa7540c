package awsexport

import (
	"cmp"
	"regexp"
	"strings"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
)

// Where AWS writes manifests: Data Exports beside the data, below metadata/, with a folder of its own
// for each delivery where nothing is written over; the legacy report into the folder of the month, and again into
// that of the delivery.
var (
	exportManifest = regexp.MustCompile(`^(.+?)/metadata/BILLING_PERIOD=(\d{4}-\d{2})/(?:[^/]+/)?[^/]+-Manifest\.json$`)
	legacyManifest = regexp.MustCompile(`^(.+?)/(\d{4})(\d{2})\d{2}-\d{8}/(?:[^/]+/)?[^/]+-Manifest\.json$`)
)

// manifestOf recognises a key.
func manifestOf(key string) (m source.Manifest, ok bool) {
	if f := exportManifest.FindStringSubmatch(key); f != nil {
		return source.Manifest{Key: key, DataSet: f[1], Month: f[2], Period: f[2]}, true
	}
	if f := legacyManifest.FindStringSubmatch(key); f != nil {
		month := f[2] + "-" + f[3]
		return source.Manifest{Key: key, DataSet: f[1], Month: month, Period: month}, true
	}
	return source.Manifest{}, false
}

// upper prefers of two copies of a manifest the one that lies higher up.
func upper(a, b string) int {
	return cmp.Or(cmp.Compare(strings.Count(b, "/"), strings.Count(a, "/")), cmp.Compare(a, b))
}

// filesOf are the keys of the bucket that a manifest names.
func (c *connection) filesOf(key string, text []byte) (keys []string, reason string) {
	parsed, err := awscur.ParseManifest(key, text)
	if err != nil {
		return nil, "its manifest cannot be read"
	}
	for _, file := range parsed.Files {
		keys = append(keys, strings.TrimPrefix(file, "s3://"+c.bucket+"/"))
	}
	return keys, ""
}
