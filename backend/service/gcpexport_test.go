package service

import (
	"path/filepath"
	"testing"

	"cloud-intelligence/backend/source/gcpexport"
)

// TestGCPExports_EndToEnd imports every published export of Google Cloud.
func TestGCPExports_EndToEnd(t *testing.T) {
	long(t)
	for path, want := range nativeFiles(t, "gcp", "gcpjson") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			requireNative(t, gcpexport.Source{}, path, want, map[string]string{
				"cost": "cost", "credits": "credits", "net": "net", "BilledCost": "net", "EffectiveCost": "net", "ListCost": "cost_at_list",
			})
		})
	}
}
