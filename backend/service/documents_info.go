package service

import (
	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
)

// DocumentInfo is a document of the workspace.
type DocumentInfo struct {
	Name      string     `json:"name"`
	Kind      string     `json:"kind"`
	Title     string     `json:"title"` // of the kind
	Provider  string     `json:"provider"`
	Accounts  []string   `json:"accounts"`
	Regions   []string   `json:"regions"`
	Day       finops.Day `json:"day"`
	Dated     bool       `json:"dated"` // false = the day is that of the file
	Entries   int        `json:"entries"`
	Whole     bool       `json:"whole"` // false = what it does not list may be there
	Bytes     int        `json:"bytes"`
	Hash      string     `json:"hash"`
	Fetched   bool       `json:"fetched"` // a sync fetched it, and puts a newer one in its place
	Version   int64      `json:"version"`
	ChangedAt string     `json:"changedAt"`
	ChangedBy string     `json:"changedBy"`
}

// DocumentKindInfo is a kind of documents, for whoever asks a client for one.
type DocumentKindInfo struct {
	Kind     string `json:"kind"`
	Provider string `json:"provider"`
	Title    string `json:"title"`
	Contains string `json:"contains"`
	Decides  string `json:"decides"`
	Script   string `json:"script" cli:"-"` // commands that read only
}

// Info is the document for the faces.
func (d Document) Info() DocumentInfo {
	return DocumentInfo{
		Name: d.Name, Kind: string(d.Kind), Title: DocumentTitle(d.Kind), Provider: d.Provider, Accounts: wire.List(d.Accounts), Regions: wire.List(d.Regions), Day: d.Day,
		Dated: d.Dated, Entries: d.Entries, Whole: d.Whole, Bytes: d.Bytes, Hash: d.Hash, Fetched: d.Source != "", Version: d.Version, ChangedAt: wire.Instant(d.ChangedAt), ChangedBy: d.ChangedBy,
	}
}

// DocumentTitle is how people call a kind of documents.
func DocumentTitle(kind document.Kind) string {
	for _, k := range document.Kinds() {
		if k.Kind == kind {
			return k.Title
		}
	}
	return string(kind)
}

// KindOf is a kind of documents for the faces.
func KindOf(k document.KindInfo) DocumentKindInfo {
	script, _ := document.Script(string(k.Kind)) // a test wants one of each
	return DocumentKindInfo{string(k.Kind), k.Provider, k.Title, k.Contains, k.Decides, script}
}
