package document_test

import (
	"os"
	"path/filepath"
	"testing"

	"cloud-intelligence/backend/analysis/document"
)

func TestX(t *testing.T) {
	root := "/work/shared/data/documents"
	for _, p := range []string{"aws", "azure", "gcp"} {
		filepath.Walk(filepath.Join(root, p), func(path string, info os.FileInfo, err error) error {
			if info.IsDir() {
				return nil
			}
			data, _ := os.ReadFile(path)
			d, err := document.Read(path, data)
			if err != nil {
				t.Log(path, err)
				return nil
			}
			t.Log(filepath.Base(path), d.Kind, d.Accounts, d.Regions, d.Day, d.Dated, d.Entries, d.Whole, len(d.Things), len(d.Series), len(d.Advice))
			return nil
		})
	}
}
