package desktop

import (
	"errors"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source/mappedfile"
)

// Mappings lets the page teach the open workspace tables that nothing recognises.
type Mappings struct{ d *Desktop }

// Inspect looks at a table and suggests a mapping for it.
func (m *Mappings) Inspect(path string) (table MappingTable, err error) {
	defer caught(&err)
	h, err := m.d.session.lease("Reading a table", false)
	if err != nil {
		return table, err
	}
	defer h.release()
	made, err := h.ws.Mappings.Inspect(m.d.ctx, path)
	if err != nil {
		return table, err
	}
	return mappingTable(made), nil
}

// Mappable returns those of the paths that are tables.
func (m *Mappings) Mappable(paths []string) (tables []string, err error) {
	defer caught(&err)
	h, err := m.d.session.lease("Reading tables", false)
	if err != nil {
		return []string{}, err
	}
	defer h.release()
	tables, err = h.ws.Mappings.Mappable(m.d.ctx, paths)
	return wire.List(tables), err
}

// Try reads the beginning of a table with a mapping, which need not be complete.
func (m *Mappings) Try(path string, mapping Mapping) (trial MappingTrial, err error) {
	defer caught(&err)
	made, err := service.TryMapping(m.d.ctx, path, mapping.domain())
	if err != nil {
		return trial, err
	}
	return mappingTrial(made), nil
}

// List returns the mappings of the open workspace by name.
func (m *Mappings) List() (infos []service.MappingInfo, err error) {
	defer caught(&err)
	infos = []service.MappingInfo{}
	err = m.d.session.use(func(ws *service.Workspace) error {
		saved, err := ws.Mappings.List(m.d.ctx)
		infos = wire.Each(saved, service.SavedMapping.Info)
		return err
	})
	return infos, err
}

// Find returns a mapping of the open workspace.
func (m *Mappings) Find(name string) (mapping Mapping, err error) {
	defer caught(&err)
	err = m.d.session.use(func(ws *service.Workspace) error {
		saved, err := ws.Mappings.ByName(m.d.ctx, name)
		mapping = mappingWire(saved.Mapping)
		return err
	})
	return mapping, err
}

// Open returns a mapping of the open workspace to be edited, as a table without lines that has the
// columns it was made for.
func (m *Mappings) Open(name string) (table MappingTable, err error) {
	defer caught(&err)
	table = mappingTable(&service.Table{})
	err = m.d.session.use(func(ws *service.Workspace) error {
		saved, err := ws.Mappings.ByName(m.d.ctx, name)
		if err == nil {
			table = mappingTable(&service.Table{Names: saved.TableColumns(), Suggestion: mappedfile.Suggestion{Mapping: saved.Mapping}, Missing: saved.Missing()})
			table.Version = saved.Version
		}
		return err
	})
	return table, err
}

// Save keeps a mapping in the open workspace and returns its version, if the stored one is of the
// version seen; 0 = there was none.
func (m *Mappings) Save(mapping Mapping, version int64) (saved int64, err error) {
	defer caught(&err)
	err = m.d.changing("Saving a mapping", func(ws *service.Workspace) (err error) {
		saved, err = ws.Mappings.SaveVersion(m.d.ctx, mapping.domain(), version)
		return err
	})
	return saved, err
}

// Delete removes a mapping from the open workspace if the stored one is of the version seen; what was imported with it stays.
func (m *Mappings) Delete(name string, version int64) (err error) {
	defer caught(&err)
	return m.d.changing("Removing a mapping", func(ws *service.Workspace) error { return ws.Mappings.Delete(m.d.ctx, name, version) })
}

// Export writes a mapping to a file that the person chooses; "" when the person cancelled.
func (m *Mappings) Export(name string) (path string, err error) {
	defer caught(&err)
	var text []byte
	err = m.d.session.use(func(ws *service.Workspace) (err error) {
		text, err = ws.Mappings.Text(m.d.ctx, name)
		return err
	})
	if err != nil {
		return "", err
	}
	return m.d.saveJSON(Dialog{Title: "Export a mapping", Name: fileName(name) + ".mapping.json", Filters: mappingFilters()}, text)
}

// Import keeps the mapping of a file that the person chooses, and returns its name; "" when
// the person cancelled.
func (m *Mappings) Import() (name string, err error) {
	defer caught(&err)
	r, err := m.d.window()
	if err != nil {
		return "", err
	}
	path, err := r.OpenFileDialog(Dialog{Title: "Choose a mapping", Filters: mappingFilters()})
	if err != nil {
		return "", errDialog(err)
	}
	if path == "" {
		return "", nil
	}
	err = m.d.changing("Saving a mapping", func(ws *service.Workspace) error {
		mapping, err := ws.Mappings.Import(m.d.ctx, path, "", false)
		name = mapping.Name
		return err
	})
	if known, ok := errors.AsType[*finops.Error](err); ok && known.Code == finops.CodeConflict {
		return "", finops.WrapError(finops.CodeConflict, err, "There is a mapping named %q already. Delete it first, or change the name in the file.", name)
	}
	if err != nil {
		return "", err
	}
	return name, nil
}

func mappingFilters() []Filter { return []Filter{{"Mappings", "*.json"}, {"All files", "*"}} }
