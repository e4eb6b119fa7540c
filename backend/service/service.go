// Package service holds the use cases of Cloud Intelligence: what a person does with a
// workspace. The window and the command line call it and nothing below it, so both show
// the same figures and refuse the same things.
package service

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"cloud-intelligence/backend/connector/pricelist"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// Workspace is an open workspace: what is done with its file as a whole, and one area for
// each part of what a person does in it. All methods may be called from several goroutines.
type Workspace struct {
	*workspace
	Ledger         Ledger
	Imports        Imports
	Mappings       Mappings
	Bills          Bills
	Quality        Quality
	Reconciliation Reconciliation
	Dimensions     Dimensions
	Scopes         Scopes
	Forecasts      Forecasts
	Anomalies      Anomalies
	Budgets        Budgets
	Alerts         Alerts
	Tables         Tables
	Exports        Exports
	Audit          Audit
	Jobs           Jobs
	Commitments    Commitments
	Savings        Savings
	Documents      Documents
	Migrations     Migrations
	Connections    Connections
	Syncs          Syncs
}

// workspace is what the areas have in common.
type workspace struct {
	db      *store.DB
	engine  *engine.Engine
	sources source.Registry
	user    string
	now     func() time.Time
	runner  *job.Runner
	book    *job.Book
	asks    bool

	previewLines int64
	pools        poolMemory
	ends         endMemory
	known        knownDocuments

	keychain   keychain.Keychain
	connectors []source.Connector
	patience   *network.Patience
	prompt     func(context.Context, source.Prompt) (string, error)
	signedIn   signIns
	syncTurn   chan struct{} // holds one while a sync runs
	priceLists pricelist.Endpoints
	prices     bookMemory
}

// Options for opening a workspace.
type Options struct {
	Sources source.Registry
	User    string           // name of the person at the computer, kept with imports
	Now     func() time.Time // nil = time.Now
	Runner  *job.Runner      // runs the jobs of the workspace; nil = one of its own, which ends with the context that opens it
	// Asks says that somebody can answer an import that waits (Imports.Answer). Else an import that a
	// person has to decide on ends with nothing imported.
	Asks bool
	// PreviewLines is how many lines a preview reads to their end without being asked to; 0 = a million.
	PreviewLines int64
	// Keychain keeps the secrets of workspaces; nil = one that forgets with the process.
	Keychain keychain.Keychain
	// Connectors are the kinds of places that bills come from by themselves.
	Connectors []source.Connector
	Patience   *network.Patience // of calls over the network; nil = network.DefaultPatience
	// Prompt has a person do what the sign-in of a connection needs, in a terminal; nil = a window that Asks does, else nobody is there.
	Prompt func(context.Context, source.Prompt) (string, error)
	// PriceLists are where the price lists of the providers are asked for; none = at the public addresses.
	PriceLists pricelist.Endpoints
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
	if opts.Keychain == nil {
		opts.Keychain = &keychain.Memory{}
	}
	e, err := engine.Open(ctx, db)
	if err != nil {
		_ = db.Close() // the first error is the one to report
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	w := &workspace{
		db: db, engine: e, sources: opts.Sources, user: opts.User, now: opts.Now, runner: opts.Runner, keychain: opts.Keychain,
		asks: opts.Asks, previewLines: cmp.Or(opts.PreviewLines, previewLines),
		connectors: opts.Connectors, patience: opts.Patience, prompt: opts.Prompt, syncTurn: make(chan struct{}, 1), priceLists: opts.PriceLists,
	}
	if w.runner == nil {
		w.runner = job.New(ctx, nil)
	}
	if w.book, err = job.Open(ctx, db, w.runner, w.user, w.now, w.kinds()...); err != nil {
		_ = db.Close() // the first error is the one to report
		return nil, err
	}
	return &Workspace{
		workspace:      w,
		Ledger:         Ledger{w},
		Imports:        Imports{w},
		Mappings:       Mappings{w},
		Bills:          Bills{w},
		Quality:        Quality{w},
		Reconciliation: Reconciliation{w},
		Dimensions:     Dimensions{w},
		Scopes:         Scopes{w},
		Forecasts:      Forecasts{w},
		Anomalies:      Anomalies{w},
		Tables:         Tables{w},
		Exports:        Exports{w},
		Audit:          Audit{w},
		Jobs:           Jobs{w},
		Savings:        Savings{w},
		Documents:      Documents{w},
		Migrations:     Migrations{w},
		Commitments:    Commitments{w},
		Budgets:        Budgets{w},
		Alerts:         Alerts{w},
		Connections:    Connections{w},
		Syncs:          Syncs{w},
	}, nil
}

// Close ends the jobs of the workspace and closes it.
func (w *Workspace) Close() error {
	w.book.Close()
	return w.db.Close()
}

// Discard closes a workspace that was just created and removes it, unless something was
// done in it or somebody else has it open by now.
func (w *Workspace) Discard(ctx context.Context) error {
	w.book.Close()
	return w.db.Discard(ctx)
}

// Path returns the absolute path of the workspace file.
func (w *Workspace) Path() string { return w.db.Path() }

// Info describes a workspace.
type Info struct {
	Path      string
	Name      string
	SizeBytes int64
	Lines     int64
	ReadOnly  bool  // its file or its folder cannot be written
	Version   int64 // of the name
}

// Info returns the workspace's name, size and line count.
func (w *Workspace) Info(ctx context.Context) (Info, error) {
	name, err := w.db.SettingRow(ctx, "name")
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
	return Info{Path: w.db.Path(), Name: name.Content, Version: name.Version, SizeBytes: size, Lines: state.Lines, ReadOnly: w.db.ReadOnly()}, nil
}

// ID returns what the workspace is known by outside its file; see store.DB.ID.
func (w *Workspace) ID(ctx context.Context) (string, error) {
	return w.db.ID(ctx, w.user, w.now())
}

// Setting is a setting of a workspace in words, with its version.
type Setting struct {
	Value     string
	Version   int64 // 0 = it was never set
	ChangedAt time.Time
	ChangedBy string
}

// saveSetting keeps a setting; words is what a conflict calls a value.
func (w *Workspace) saveSetting(ctx context.Context, key, value string, seen int64, words func(string) string) error {
	_, err := w.db.SaveSetting(ctx, store.Named{Name: key, Content: value, ChangedAt: w.now(), ChangedBy: w.user}, seen)
	return withBoth(err, func(n store.Named) Setting { return Setting{words(n.Content), n.Version, n.ChangedAt, n.ChangedBy} })
}

func asWritten(value string) string { return value }

func monthName(value string) string {
	month, _ := strconv.Atoi(value) // only months are stored
	return time.Month(month).String()
}

// Rename changes the display name of the workspace; the file keeps its name. seen is the version of Info that the person saw, AnyVersion
// where they did not look. It answers CodeConflict, with both values as Setting, when somebody changed the name since.
func (w *Workspace) Rename(ctx context.Context, name string, seen int64) error {
	if name == "" {
		return finops.Errorf(finops.CodeInvalid, "A workspace needs a name.")
	}
	return w.saveSetting(ctx, "name", name, seen, asWritten)
}

// FiscalStart returns the month in which the fiscal years of the workspace start, and the version of that setting; 0 = it was never set.
func (w *Workspace) FiscalStart(ctx context.Context) (month time.Month, version int64, err error) {
	row, err := w.db.SettingRow(ctx, store.FiscalYearStart)
	if err != nil {
		return 0, 0, err
	}
	month, err = w.engine.FiscalStart(ctx)
	return month, row.Version, err
}

// SetFiscalStart changes the month in which fiscal years start; for the version seen and the errors see Rename.
func (w *Workspace) SetFiscalStart(ctx context.Context, month time.Month, seen int64) error {
	if month < time.January || month > time.December {
		return finops.Errorf(finops.CodeInvalid, "A fiscal year starts in a month from 1 to 12.")
	}
	return w.saveSetting(ctx, store.FiscalYearStart, strconv.Itoa(int(month)), seen, monthName)
}

// CopyTo writes a copy of the workspace with another name to a new file. Secrets stay with the
// workspace that they were entered for.
func (w *Workspace) CopyTo(ctx context.Context, path, name string) error {
	if err := w.db.CopyTo(ctx, path); err != nil {
		return err
	}
	dup, err := store.Open(ctx, path)
	if err != nil {
		return fmt.Errorf("open the copy: %w", err)
	}
	err = dup.SetSetting(ctx, "name", name, w.user, w.now())
	if err == nil {
		err = dup.NewID(ctx, w.user, w.now())
	}
	if err != nil {
		_ = dup.Close() // the first error is the one to report
		return err
	}
	return dup.Close()
}

// prepare makes a workspace of an older version ready for a decision on what counts.
func (w *workspace) prepare(ctx context.Context) error {
	return w.db.Exclusive(ctx, func(ctx context.Context) error { return ingest.Prepare(ctx, w.db) })
}

// rank is the place of a source in the registry; what a workspace adds comes last.
func (w *workspace) rank(s source.Source) int {
	for i, known := range w.sources {
		if known.Name() == s.Name() {
			return i
		}
	}
	return len(w.sources)
}
