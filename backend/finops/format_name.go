package finops

import (
	"slices"
	"strings"
)

// formatWords are the parts of the names of file formats as people write them.
var formatWords = map[string]string{
	"aws": "AWS", "azure": "Azure", "csp": "CSP", "csv": "CSV", "cur": "CUR", "cur2": "CUR 2.0", "ea": "EA", "focus": "FOCUS", "gcp": "Google Cloud", "json": "JSON", "mapped": "Mapped",
	"mca": "MCA", "ndjson": "NDJSON", "oci": "OCI", "parquet": "Parquet", "payg": "pay-as-you-go",
}

// FormatName is how people call a file format: "FOCUS 1.2 CSV" for focus-csv 1.2, "AWS CUR legacy Parquet" for aws-cur-legacy-parquet. Only FOCUS
// files have a version of their own that distinguishes formats.
func FormatName(format, version string) string {
	words := strings.Split(format, "-")
	for i, word := range words {
		if name, known := formatWords[word]; known {
			words[i] = name
		}
	}
	if words[0] == formatWords["focus"] && version != "" {
		words = slices.Insert(words, 1, version)
	}
	return strings.Join(words, " ")
}
