// Package service holds the use cases of Cloud Intelligence: what a person does with a
// workspace. The window and the command line call it and nothing below it, so both show
// the same figures and refuse the same things.
package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// Workspace is an open workspace. Its methods may be called from several goroutines.
type Workspace struct {
	db      *store.DB
	engine  *engine.Engine
	sources source.Registry
	user    string
	now     func() time.Time
}

// Options for opening a workspace.
type Options struct {
	Sources source.Registry
	User    string           // name of the person at the computer, kept with imports
	Now     func() time.Time // nil = time.Now
}

// Create makes a new workspace for a client and opens it. It answers CodeConflict when
// the file exists.
func Create(ctx context.Context, path, name string, opts Options) (*Workspace, error) {
	db, err := store.Create(ctx, path, name)
	if err != nil {
		return nil, fmt.Errorf("create workspace: %w", err)
	}
	return open(ctx, db, opts)
}

// Open opens a workspace. See store.Open for the errors.
func Open(ctx context.Context, path string, opts Options) (*Workspace, error) {
	db, err := store.Open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open workspace: %w", err)
	}
	return open(ctx, db, opts)
}

func open(ctx context.Context, db *store.DB, opts Options) (*Workspace, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	e, err := engine.Open(ctx, db)
	if err != nil {
		_ = db.Close() // the first error is the one to tell
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	return &Workspace{db: db, engine: e, sources: opts.Sources, user: opts.User, now: opts.Now}, nil
}

// Close closes the workspace.
func (w *Workspace) Close() error { return w.db.Close() }

// Discard closes a workspace that was just created and removes it, unless something was
// done in it or somebody else has it open by now.
func (w *Workspace) Discard(ctx context.Context) error { return w.db.Discard(ctx) }

// Path returns the absolute path of the workspace file.
func (w *Workspace) Path() string { return w.db.Path() }

// Info describes a workspace.
type Info struct {
	Path      string
	Name      string
	SizeBytes int64
	Lines     int64
	ReadOnly  bool // its file or its folder cannot be written
}

// Info returns the workspace's name, size and line count.
func (w *Workspace) Info(ctx context.Context) (Info, error) {
	name, err := w.db.Setting(ctx, "name")
	if err != nil {
		return Info{}, err
	}
	size, err := w.db.Size(ctx)
	if err != nil {
		return Info{}, err
	}
	state, err := w.engine.State(ctx)
	if err != nil {
		return Info{}, err
	}
	return Info{Path: w.db.Path(), Name: name, SizeBytes: size, Lines: state.Lines, ReadOnly: w.db.ReadOnly()}, nil
}

// Rename changes the display name of the workspace; the file keeps its name.
func (w *Workspace) Rename(ctx context.Context, name string) error {
	if name == "" {
		return finops.Errorf(finops.CodeInvalid, "A workspace needs a name.")
	}
	return w.db.SetSetting(ctx, "name", name, w.user, w.now())
}

// CopyTo writes a copy of the workspace with another name to a new file.
func (w *Workspace) CopyTo(ctx context.Context, path, name string) error {
	if err := w.db.CopyTo(ctx, path); err != nil {
		return err
	}
	dup, err := store.Open(ctx, path)
	if err != nil {
		return fmt.Errorf("open the copy: %w", err)
	}
	if err := dup.SetSetting(ctx, "name", name, w.user, w.now()); err != nil {
		_ = dup.Close() // the first error is the one to tell
		return err
	}
	return dup.Close()
}

// Ask answers a question.
func (w *Workspace) Ask(ctx context.Context, q finops.Question) (*finops.Answer, error) {
	return w.engine.Ask(ctx, q)
}

// Lines returns a page of charge lines.
func (w *Workspace) Lines(ctx context.Context, q engine.LinesQuestion) (*engine.LinesPage, error) {
	return w.engine.Lines(ctx, q)
}

// EachLine calls fn for every charge line that matches, in order; Offset and Limit of q
// hold. The row is reused between calls.
func (w *Workspace) EachLine(ctx context.Context, q engine.LinesQuestion, fn func(row []*string) error) error {
	return w.engine.EachLine(ctx, q, fn)
}

// State describes what the ledger holds.
func (w *Workspace) State(ctx context.Context) (*engine.State, error) { return w.engine.State(ctx) }

// AccountNames returns the names that the files give to accounts.
func (w *Workspace) AccountNames(ctx context.Context) (*engine.AccountNames, error) {
	return w.engine.AccountNames(ctx)
}

// TagKeys returns the tag keys of the ledger, those of most resources first.
func (w *Workspace) TagKeys(ctx context.Context) ([]engine.TagKeyState, error) {
	return w.engine.TagKeys(ctx)
}

// PlannedFile is a file that an import would read.
type PlannedFile struct {
	ingest.Item
	Known          bool // this very file is imported already
	SampleLines    int
	EstimatedLines int64
	Providers      []string
	Periods        []string // billing months YYYY-MM
	Currencies     []string
	FirstRows      [][]*string // up to 20, in the order of Recognition.Columns; nil = no value
	Warnings       []string

	linesRead int64 // to plan it
}

// Plan is what an import of some paths would do.
type Plan struct {
	Files   []PlannedFile
	Skipped []source.Skipped
}

// Import imports the files of a plan as one import; see ingest.Run. Files of the first
// sources are read first, so that of two equal exports of one bill in one import FOCUS is used.
func (w *Workspace) Import(ctx context.Context, plan *Plan, opts ImportOptions) (*ingest.Result, error) {
	items := make([]ingest.Item, len(plan.Files))
	for i, f := range plan.Files {
		items[i] = f.Item
	}
	slices.SortStableFunc(items, func(a, b ingest.Item) int { return cmp.Compare(w.rank(a.Source), w.rank(b.Source)) })
	return ingest.Run(ctx, w.db, items, ingest.Options{Strict: opts.Strict, Overlap: opts.Overlap, Answers: opts.Answers, Hold: opts.Hold, User: w.user, Now: w.now, Progress: opts.Progress})
}

// rank is the place of a source in the registry; what a workspace adds comes last.
func (w *Workspace) rank(s source.Source) int {
	for i, known := range w.sources {
		if known.Name() == s.Name() {
			return i
		}
	}
	return len(w.sources)
}

// ImportOptions of an import.
type ImportOptions struct {
	Strict   bool
	Overlap  ingest.Overlap            // "" = ask
	Answers  map[string]ingest.Overlap // by the name of a file of the plan; see ingest.Options
	Hold     ingest.Hold
	Progress func(ingest.Progress)
}

// ImportInfo describes an import that was made.
type ImportInfo struct {
	store.Import
	State    ImportState
	Files    []store.ImportFile
	Slices   []store.Slice
	Totals   []ingest.Total // control totals of the import
	Replaces []int64        // imports of which it replaced bills
}

// VerifyCheck is one comparison of a verification.
type VerifyCheck struct {
	Name   string
	OK     bool
	Detail string
}

// VerifyReport is the result of a verification.
type VerifyReport struct {
	OK       bool
	Checks   []VerifyCheck
	Duration time.Duration
}

// Undo takes an import back.
func (w *Workspace) Undo(ctx context.Context, importID int64) error {
	if err := w.prepare(ctx); err != nil {
		return err
	}
	return w.db.UndoImport(ctx, importID, w.user, w.now(), ingest.Decide)
}

// Rejects returns a page of the lines of an import that could not be read.
func (w *Workspace) Rejects(ctx context.Context, importID int64, offset, limit int) ([]store.RejectRow, int, error) {
	return w.db.Rejects(ctx, importID, offset, limit)
}

// prepare makes a workspace of an older version ready for a decision on what counts.
func (w *Workspace) prepare(ctx context.Context) error {
	return w.db.Exclusive(ctx, func(ctx context.Context) error { return ingest.Prepare(ctx, w.db) })
}
