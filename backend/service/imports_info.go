package service

import (
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store"
)

// ImportDocument describes an import that was made.
type ImportDocument struct {
	ID         int64          `json:"importId"`
	State      ImportState    `json:"state"`
	StartedAt  string         `json:"startedAt"`
	FinishedAt string         `json:"finishedAt"`
	DurationMs int64          `json:"durationMs"`
	User       string         `json:"user"`
	Lines      int64          `json:"lines"`
	Rejects    int64          `json:"rejects"`
	Periods    []string       `json:"periods"` // months
	Files      []ImportedFile `json:"files"`
	Totals     []ingest.Total `json:"totals"`
	Replaces   []int64        `json:"replaces"` // imports of which it replaced bills
}

// ImportedFile is a file of an import.
type ImportedFile struct {
	ID       int64    `json:"id"`
	File     string   `json:"file"`
	Format   string   `json:"format"`
	Version  string   `json:"version"`
	SHA256   string   `json:"sha256"`
	Bytes    int64    `json:"bytes"`
	Lines    int64    `json:"lines"`
	Rejects  int64    `json:"rejects"`
	Undone   bool     `json:"undone"`
	Warnings []string `json:"warnings"`
}

// ImportedBill is a day of a bill that a file of an import gave.
type ImportedBill struct {
	ingest.Bill
	State      string `json:"state"`                 // active, superseded or undone
	ReplacedBy int64  `json:"replacedBy" cli:"null"` // the import that did; 0 = none
	Lines      int64  `json:"lines"`
	FirstDay   string `json:"firstDay"`
	LastDay    string `json:"lastDay"`
}

// SkippedFile is a file that an import leaves out, and why.
type SkippedFile struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// ImportChanges is what an import changed in the workspace.
type ImportChanges struct {
	Lines      int64                `json:"lines"`
	Rejects    int64                `json:"rejects"`
	Replaced   []ingest.Replacement `json:"replaced"`
	Added      []ingest.Addition    `json:"added"`
	NotCounted []ingest.NotCounted  `json:"notCounted"`
	Same       []ingest.SameBill    `json:"sameBill"`  // bills that come from another export or view too, and count once
	Changes    []ingest.Change      `json:"changes"`   // what the newer export changes in the bills that it replaces
	Conflicts  []ingest.Conflict    `json:"conflicts"` // files that overlap, of an import that waits for an answer for each, and of an outlook
	LeftOut    []SkippedFile        `json:"leftOut"`   // files that turned out to be damaged; nothing of them counts
}

// RejectRow is a line that could not be read.
type RejectRow struct {
	File   string `json:"file"`
	Line   int64  `json:"line"`
	Reason string `json:"reason"`
	Text   string `json:"text"`
}

// Document is the import for the faces.
func (i *ImportInfo) Document() ImportDocument {
	d := ImportDocument{
		ID: i.ID, State: i.State, StartedAt: wire.Instant(i.StartedAt), FinishedAt: wire.Instant(i.FinishedAt), DurationMs: i.Duration.Milliseconds(), User: i.User,
		Lines: i.Lines, Rejects: i.Rejects, Periods: []string{}, Totals: wire.List(i.Totals), Replaces: wire.List(i.Replaces),
		Files: wire.Each(i.Files, func(f store.ImportFile) ImportedFile {
			return ImportedFile{f.ID, f.Path, f.Format, f.Version, f.SHA256, f.Bytes, f.Lines, f.Rejects, f.Undone, wire.List(f.Warnings)}
		}),
	}
	for _, s := range i.Slices {
		if month := s.Month.String(); !slices.Contains(d.Periods, month) {
			d.Periods = append(d.Periods, month)
		}
	}
	slices.Sort(d.Periods)
	return d
}

// BillOf is what a file gave of a bill, for the faces.
func BillOf(s store.Slice) ImportedBill {
	return ImportedBill{ingest.Bill{Provider: s.Provider, Account: s.BillingAccount, Month: s.Month}, s.State, s.ReplacedBy, s.Lines, s.FirstDay, s.LastDay}
}

// ChangesOf is what an import changed, for the faces.
func ChangesOf(r *ingest.Result) ImportChanges {
	return ImportChanges{
		r.Lines, r.Rejects, wire.List(r.Replaced), wire.List(r.Added), wire.List(r.NotCounted), wire.List(r.Same), wire.List(r.Changes), wire.List(r.Conflicts),
		wire.Each(r.LeftOut, func(l ingest.LeftOut) SkippedFile { return SkippedFile{l.File.Name(), finops.MessageOf(l.Reason)} }),
	}
}

// RejectOf is a line that could not be read, for the faces.
func RejectOf(r store.RejectRow) RejectRow { return RejectRow(r) }
