package migration

import (
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed templates/*.json
var templateFiles embed.FS

// Template is an estate to start from.
type Template struct {
	Name         string // of the file
	Title        string
	About        string
	Organization map[string]any // fields that are filled in; none = those of a new profile
	Workloads    []DraftLine
}

// Templates lists the estates to start from.
func Templates() ([]Template, error) {
	files, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	list := make([]Template, len(files))
	for i, f := range files {
		text, err := templateFiles.ReadFile("templates/" + f.Name())
		if err == nil {
			err = json.Unmarshal(text, &list[i])
		}
		if err != nil {
			return nil, fmt.Errorf("read template %s: %w", f.Name(), err)
		}
		list[i].Name = f.Name()[:len(f.Name())-len(".json")]
	}
	return list, nil
}
