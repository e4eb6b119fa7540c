package ingest

import (
	"context"
	"slices"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// Overlap says what to do when a file holds a bill that the ledger has already and that
// it does not plainly replace.
type Overlap string

// The ways to treat an overlap. Ask is the default: nothing is imported and the
// conflicts are returned.
const (
	OverlapAsk     Overlap = "ask"
	OverlapReplace Overlap = "replace"
	OverlapAdd     Overlap = "add"
	OverlapLeave   Overlap = "leave" // the file is left out; as an answer for one file only
)

// overlapNewer is the Overlap of an unattended import: like replace, but a file that holds only a part of what the ledger has of a bill, of some of its
// sub-accounts and services, leaves that as it is. It is no answer of a person, and so none of those that the window knows.
const overlapNewer = "newer"

// replaces says that what is newer takes the place of what it overlaps with, without a question.
func (o Overlap) replaces() bool { return o == OverlapReplace || o == overlapNewer }

// Review says when an import stops short of changing the ledger, so that a person can look at
// what it would change.
type Review string

// When an import waits for a review. ReviewNever is the default.
const (
	ReviewNever    Review = ""
	ReviewRestated Review = "restated" // when a newer export replaces a bill
	ReviewAlways   Review = "always"
)

// Options of an import.
type Options struct {
	Strict  bool // refuse a file with a line that cannot be read
	Overlap Overlap
	Answers map[string]Overlap // by the name of a file of the import: in place of Overlap for its bills
	Review  Review
	// Unattended says that nobody looks at the files: what is newer takes the place of what it overlaps with, a part of a bill excepted. Overlap counts for nothing then.
	Unattended bool
	User       string
	Now        func() time.Time
	Progress   func(Progress) // called from one goroutine, a few times a second; may be nil
	// Continue, when set, is called before each batch of lines is read. It may wait, for as long as
	// somebody wants the import paused; an error ends the import.
	Continue func(context.Context) error
	// Ask, when set, is called with what a person has to decide: conflicts, or the bills that would be
	// replaced (NeedsReview). The lines are written then and count nowhere, and no transaction is open,
	// so it may wait as long as it likes. The answers, by file, are added to Answers; that a review
	// is answered lets the import go on. An error ends the import. nil = the import ends and says what is to be decided.
	Ask func(context.Context, *Result) (map[string]Overlap, error)
}

// answer returns what is to be done with the overlaps of a file.
func (o Options) answer(file string) Overlap {
	if a := o.Answers[file]; a != "" {
		return a
	}
	if o.Unattended {
		return overlapNewer
	}
	return o.Overlap
}

// wanted leaves out the files that the person wants left out.
func (o Options) wanted(items []Item) []Item {
	return slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return o.Answers[i.Recognition.File.Name()] == OverlapLeave })
}

// Progress of an import.
type Progress struct {
	File       string
	Bytes      int64 // read so far, of all files
	BytesTotal int64
	Lines      int64
	Stage      string // "reading", "checking", "finishing"
}

// Item is a recognised file.
type Item struct {
	Recognition source.Recognition
	Source      source.Source
}

// Total is the exact sum of one cost column in one currency and billing month. Beside the four metrics of FOCUS a
// provider may have measures of its own.
type Total struct {
	Currency string        `json:"currency"`
	Month    finops.Month  `json:"month"`
	Metric   finops.Metric `json:"metric" wire:"string"` // one of FOCUS, or a measure of the provider's own
	Amount   finops.Sum    `json:"amount"`
}

// FileResult is what became of one file.
type FileResult struct {
	File    source.File
	Format  string
	Version string
	Known   bool // imported before; nothing was done
	SHA256  string
	Lines   int64
	Rejects int64
	Periods []finops.Month
	Totals  []Total

	Warnings []string // sentences about what was odd in the file, such as its encoding
}

// Bill names a bill: the unit that is replaced whole.
type Bill struct {
	Provider string       `json:"provider"`
	Account  string       `json:"billingAccount"`
	Month    finops.Month `json:"month"`
}

// Replacement is a bill of which a newer export takes the place: of all its days, or of those that
// the export has, too.
type Replacement struct {
	Bill
	Files      []string `json:"files"`      // that take its place
	Before     Side     `json:"before"`     // what is replaced of the bill
	Now        Side     `json:"now"`        // what the files have of it
	Difference []Money  `json:"difference"` // by currency, of what is now against what was before
}

// Addition is a bill to which another part was added.
type Addition struct {
	Bill
	File string `json:"file"`
}

// Conflict is a bill that is held already and that a file neither plainly replaces nor
// plainly completes. A person decides.
type Conflict struct {
	Bill
	File         string    `json:"file"`
	ExistingFile string    `json:"existingFile"`
	Within       bool      `json:"within"` // the existing file is in this import too
	Reason       string    `json:"reason"`
	Answers      []Overlap `json:"answers"`    // that may be right: no other is to be offered
	New          Side      `json:"new"`        // what the file has of the bill
	Existing     Side      `json:"existing"`   // what the existing file has of it
	Difference   []Money   `json:"difference"` // by currency, of the file against the existing one
}

// NotCounted is a file of which a bill does not count: the workspace has a later state of its
// charges, or another file of the import lists the same ones.
type NotCounted struct {
	Bill
	File         string `json:"file"`
	Lines        int64  `json:"lines"`
	ExistingFile string `json:"existingFile"`
	Within       bool   `json:"within"` // the existing file is in this import too
}

// LeftOut is a file that was found to be damaged, while it was imported or examined before. Nothing of it counts.
type LeftOut struct {
	File   source.File
	Reason error // of class corrupt, invalid or unsupported
}

// Result of an import. With conflicts, or when it was held back, nothing was imported.
type Result struct {
	ImportID    int64 // 0 when nothing was imported
	Files       []FileResult
	LeftOut     []LeftOut
	Lines       int64
	Rejects     int64
	Replaced    []Replacement
	Added       []Addition
	NotCounted  []NotCounted
	Same        []SameBill // bills that are held from another export or view too
	Changes     []Change   // of the bills that are replaced
	Conflicts   []Conflict
	NeedsReview bool // nothing was imported, because of Options.Review
	Duration    time.Duration
}
