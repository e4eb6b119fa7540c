package desktop

import (
	"io"

	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Dimensions lets the page make virtual dimensions in the open workspace.
type Dimensions struct{ d *Desktop }

// List returns the virtual dimensions of the open workspace by name.
func (m *Dimensions) List() (infos []service.DimensionInfo, err error) {
	defer caught(&err)
	infos = []service.DimensionInfo{}
	err = m.d.session.use(func(ws *service.Workspace) error {
		list, err := ws.Dimensions.List(m.d.ctx)
		infos = wire.Each(list, service.Dimension.Info)
		return err
	})
	return infos, err
}

// Find returns a virtual dimension with its rules.
func (m *Dimensions) Find(name string) (stored StoredDimension, err error) {
	defer caught(&err)
	stored.Dimension.Rules = []DimensionRule{}
	err = m.d.session.use(func(ws *service.Workspace) error {
		d, err := ws.Dimensions.ByName(m.d.ctx, name)
		if err == nil {
			stored = StoredDimension{dimensionWire(d.Dimension), d.Version}
		}
		return err
	})
	return stored, err
}

// Save keeps a virtual dimension, if the stored one is of the version seen; 0 = there was none.
func (m *Dimensions) Save(dimension Dimension, version int64) (saved SavedDimension, err error) {
	defer caught(&err)
	saved.Missing = []string{}
	err = m.d.changing("Saving a dimension", func(ws *service.Workspace) error {
		kept, err := ws.Dimensions.Save(m.d.ctx, dimension.domain(), version)
		saved = SavedDimension{kept.Version, wire.List(kept.Missing)}
		return err
	})
	return saved, err
}

// Delete removes a virtual dimension if the stored one is of the version seen.
func (m *Dimensions) Delete(name string, version int64) (err error) {
	defer caught(&err)
	return m.d.changing("Removing a dimension", func(ws *service.Workspace) error { return ws.Dimensions.Delete(m.d.ctx, name, version) })
}

// largestMost is how many values a preview lists of what no rule catches.
const largestMost = 10

// Preview says what the rules of a dimension catch, whether or not it is kept.
func (m *Dimensions) Preview(dimension Dimension, q PreviewQuestion) (preview DimensionPreview, err error) {
	defer caught(&err)
	preview = dimensionPreview(&service.Preview{})
	opts, err := q.options()
	if err != nil {
		return preview, err
	}
	err = m.d.session.use(func(ws *service.Workspace) error {
		p, err := ws.Dimensions.Preview(m.d.ctx, dimension.domain(), opts)
		if err == nil {
			preview = dimensionPreview(p)
		}
		return err
	})
	return preview, err
}

// Export writes a virtual dimension to a file that the person chooses; "" when the person
// cancelled.
func (m *Dimensions) Export(name string) (path string, err error) {
	defer caught(&err)
	var text []byte
	err = m.d.session.use(func(ws *service.Workspace) error {
		d, err := ws.Dimensions.ByName(m.d.ctx, name)
		if err != nil {
			return err
		}
		text, err = rules.Encode(d.Dimension)
		return err
	})
	if err != nil {
		return "", err
	}
	return m.d.saveJSON(Dialog{Title: "Export a dimension", Name: fileName(name) + ".dimension.json", Filters: dimensionFilters()}, text)
}

// saveJSON writes a text to a file that the person chooses; "" when the person cancelled.
func (d *Desktop) saveJSON(dialog Dialog, text []byte) (path string, err error) {
	r, err := d.window()
	if err != nil {
		return "", err
	}
	path, err = r.SaveFileDialog(dialog)
	if err != nil {
		return "", errDialog(err)
	}
	if path == "" {
		return "", nil
	}
	path = withExtension(path, ".json")
	err = saveFile(path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err //nolint:wrapcheck // saveFile makes the sentence of what its writer says
	})
	if err != nil {
		return "", err
	}
	return path, nil
}

// Import reads a virtual dimension from a file that the person chooses and keeps nothing; nil
// when the person cancelled.
func (m *Dimensions) Import() (dimension *Dimension, err error) {
	defer caught(&err)
	r, err := m.d.window()
	if err != nil {
		return nil, err
	}
	path, err := r.OpenFileDialog(Dialog{Title: "Choose a dimension", Filters: dimensionFilters()})
	if err != nil {
		return nil, errDialog(err)
	}
	if path == "" {
		return nil, nil
	}
	read, err := service.ReadDimension(path)
	if err != nil {
		return nil, err
	}
	wire := dimensionWire(read)
	return &wire, nil
}

func dimensionFilters() []Filter { return []Filter{{"Dimensions", "*.json"}, {"All files", "*"}} }
