package desktop

import (
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Scopes lets the page keep named filters in the open workspace.
type Scopes struct{ d *Desktop }

// ScopeInfo is a scope; Text is its filter as text.
type ScopeInfo struct {
	service.ScopeInfo
	Where finops.Filter `json:"where"`
	Text  string        `json:"text"`
}

// List returns the scopes of the open workspace by name.
func (s *Scopes) List() (infos []ScopeInfo, err error) {
	defer caught(&err)
	infos = []ScopeInfo{}
	err = s.d.session.use(func(ws *service.Workspace) error {
		list, err := ws.Scopes.List(s.d.ctx)
		infos = wire.Each(list, scopeInfo)
		return err
	})
	return infos, err
}

func scopeInfo(s service.Scope) ScopeInfo {
	return ScopeInfo{s.Info(), wire.Filter(s.Where), s.Text}
}

// Save keeps a scope and returns its version, if the stored one is of the version seen; 0 =
// there was none.
func (s *Scopes) Save(name string, where finops.Filter, version int64) (saved int64, err error) {
	defer caught(&err)
	err = s.d.changing("Saving a scope", func(ws *service.Workspace) (err error) {
		saved, err = ws.Scopes.Save(s.d.ctx, name, where, version)
		return err
	})
	return saved, err
}

// Rename gives a scope of the version seen another name and returns its new version.
func (s *Scopes) Rename(name, to string, version int64) (renamed int64, err error) {
	defer caught(&err)
	err = s.d.changing("Renaming a scope", func(ws *service.Workspace) (err error) {
		renamed, err = ws.Scopes.Rename(s.d.ctx, name, to, version)
		return err
	})
	return renamed, err
}

// Delete removes a scope if the stored one is of the version seen.
func (s *Scopes) Delete(name string, version int64) (err error) {
	defer caught(&err)
	return s.d.changing("Removing a scope", func(ws *service.Workspace) error { return ws.Scopes.Delete(s.d.ctx, name, version) })
}

// changing runs a change of the person's own data; the workspace stays open meanwhile.
func (d *Desktop) changing(what string, fn func(*service.Workspace) error) error {
	h, err := d.session.lease(what, false)
	if err != nil {
		return err
	}
	defer h.release()
	return fn(h.ws)
}
