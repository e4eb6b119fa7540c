package desktop

import (
	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Documents lets the page keep what a client exports beside the bills.
type Documents struct{ d *Desktop }

// AddedDocumentInfo is what became of a file: one of Name, Already, Note and Problem says it.
type AddedDocumentInfo struct {
	Path    string `json:"path"`
	Name    string `json:"name"`    // of the document that was added
	Title   string `json:"title"`   // of its kind
	Entries int    `json:"entries"` // of it
	Already string `json:"already"` // the document that is the same file
	Note    string `json:"note"`    // why it is no document of its own
	Problem string `json:"problem"`
}

// DocumentPackInfo is the script that makes all documents of a provider.
type DocumentPackInfo struct {
	Provider string                     `json:"provider"`
	File     string                     `json:"file"` // that it is saved as
	Script   string                     `json:"script"`
	Kinds    []service.DocumentKindInfo `json:"kinds"`
}

// List lists the documents by name.
func (c *Documents) List() (documents []service.DocumentInfo, err error) {
	defer caught(&err)
	err = c.d.session.use(func(ws *service.Workspace) error {
		saved, err := ws.Documents.List(c.d.ctx)
		documents = wire.Each(saved, service.Document.Info)
		return err
	})
	return documents, err
}

// Packs lists the scripts by provider, with the kinds that each makes.
func (c *Documents) Packs() (packs []DocumentPackInfo, err error) {
	defer caught(&err)
	for _, name := range []string{"aws", "azure", "gcp"} {
		script, _ := document.Script(name) // the three are there
		packs = append(packs, DocumentPackInfo{File: name + ".sh", Script: script})
	}
	for _, k := range document.Kinds() {
		pack := &packs[map[string]int{"AWS": 0, "Microsoft Azure": 1, "Google Cloud": 2}[k.Provider]]
		pack.Provider = k.Provider
		pack.Kinds = append(pack.Kinds, service.KindOf(k))
	}
	return packs, nil
}

// Choose asks for files with the system's dialog; no path when the person cancelled.
func (c *Documents) Choose() (paths []string, err error) {
	defer caught(&err)
	r, err := c.d.window()
	if err != nil {
		return []string{}, err
	}
	paths, err = r.OpenFilesDialog(Dialog{Title: "Choose client documents", Filters: []Filter{{"Client documents", "*.json;*.jsonl;*.ndjson;*.csv"}, {"All files", "*"}}})
	if err != nil {
		return []string{}, errDialog(err)
	}
	return wire.List(paths), nil
}

// Recognise returns which of some files are documents and no bills.
func (c *Documents) Recognise(paths []string) (documents []string, err error) {
	defer caught(&err)
	documents, err = service.RecogniseDocuments(c.d.ctx, paths)
	return wire.List(documents), err
}

// Add adds files, and the documents in folders; one answer for each file.
func (c *Documents) Add(paths []string) (added []AddedDocumentInfo, err error) {
	defer caught(&err)
	err = c.d.session.use(func(ws *service.Workspace) error {
		all, err := ws.Documents.Add(c.d.ctx, paths, service.DocumentChange{})
		added = wire.Each(all, addedDocumentInfo)
		return err
	})
	return added, err
}

func addedDocumentInfo(a service.AddedDocument) AddedDocumentInfo {
	info := AddedDocumentInfo{Path: a.Path, Already: a.Already, Note: a.Note}
	if a.Err != nil {
		info.Problem = finops.MessageOf(a.Err)
	}
	if a.Document != nil {
		info.Name, info.Title, info.Entries = a.Document.Name, service.DocumentTitle(a.Document.Kind), a.Document.Entries
	}
	return info
}

// Change says of which account and day a document of a version is; "" leaves one as it is.
func (c *Documents) Change(name, account, day string, version int64) (info service.DocumentInfo, err error) {
	defer caught(&err)
	change := service.DocumentChange{Account: account}
	if day != "" {
		on, err := finops.ParseDay(day)
		if err != nil {
			return info, err
		}
		change.Day = &on
	}
	err = c.d.session.use(func(ws *service.Workspace) error {
		d, err := ws.Documents.Change(c.d.ctx, name, change, version)
		if err == nil {
			info = d.Info()
		}
		return err
	})
	return info, err
}

// Remove removes a document if the stored one is of the version seen.
func (c *Documents) Remove(name string, version int64) (err error) {
	defer caught(&err)
	return c.d.session.use(func(ws *service.Workspace) error { return ws.Documents.Remove(c.d.ctx, name, version) })
}
