package engine

import (
	"context"
	"strconv"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// view is a ledger with the person's own data that questions use, as of now. It is never
// changed.
type view struct {
	*ledger
	active      []bool            // the bills that count, by id
	replaced    bool              // others than those of the rollup do, so that only the lines know
	dims        map[string]*ruled // the virtual dimensions by rules.Key of their names
	fiscalStart time.Month
}

func (e *Engine) view(ctx context.Context) (*view, error) {
	l, err := e.ledger(ctx)
	if err != nil {
		return nil, err
	}
	v := &view{ledger: l, active: l.active}
	if v.dims, err = l.defineRules(ctx); err != nil {
		return nil, err
	}
	v.fiscalStart, err = fiscalStart(ctx, l.db)
	return v, err
}

// FiscalStart returns the month in which the fiscal years of the workspace start. It answers
// CodeCorrupt for a setting that is none.
func (e *Engine) FiscalStart(ctx context.Context) (time.Month, error) {
	return fiscalStart(ctx, e.db)
}

func fiscalStart(ctx context.Context, db *store.DB) (time.Month, error) {
	text, err := db.Setting(ctx, store.FiscalYearStart)
	if err != nil || text == "" {
		return time.January, err
	}
	month, err := strconv.Atoi(text)
	if err != nil || month < 1 || month > 12 {
		return 0, finops.Errorf(finops.CodeCorrupt, "The workspace says that its fiscal year starts in month %q. Set it anew.", text)
	}
	return time.Month(month), nil
}

// Snapshot answers questions about one state of the ledger.
type Snapshot struct{ view *view }

// Version is the version of the ledger: another one where charges were imported, taken back
// or chosen, or accounts named. What a person typed or decided otherwise does not change it.
func (s *Snapshot) Version() int64 { return s.view.version }

// FiscalStart is the month in which the fiscal years of the workspace start.
func (s *Snapshot) FiscalStart() time.Month { return s.view.fiscalStart }

// Ask answers a question, see Engine.AskAll.
func (s *Snapshot) Ask(ctx context.Context, q finops.Question) (*finops.Answer, error) {
	return s.view.ask(ctx, q)
}

// Each calls fn for every row of the answer to a question, in no order, without holding them all:
// a column can have millions of values. Limit and Sort of the question are not used, and the
// slices of the row are used again for the next. Errors are those of Engine.AskAll.
func (s *Snapshot) Each(ctx context.Context, q finops.Question, fn func(finops.Row)) error {
	return s.view.each(ctx, q, fn)
}

// EachOf calls fn for every row of the answer to a question as Each does, with the charges taken apart by which of the filters hold: what
// costs one reading of the ledger for each filter otherwise costs one. meets are their indices, in ascending order and shared by all rows of
// the same set, which is a number from 0 on. Charges that meet no filter are left out.
func (s *Snapshot) EachOf(ctx context.Context, q finops.Question, filters []finops.Filter, fn func(r finops.Row, set int, meets []int)) error {
	return s.view.eachOf(ctx, q, filters, fn)
}

// State describes what the ledger holds. It reads the daily rollup only.
func (s *Snapshot) State(ctx context.Context) (*State, error) { return s.view.state(ctx) }

// AccountNames returns the names of the accounts of the ledger.
func (s *Snapshot) AccountNames() *AccountNames { return s.view.names() }

// Replaced is the snapshot of what counted before the newest versions of bills did: of each day of a bill the last version
// that a newer one replaced. Nothing else counts in it; ok is false where no version was replaced.
func (s *Snapshot) Replaced(ctx context.Context) (before *Snapshot, ok bool, err error) {
	slices, err := s.view.db.Slices(ctx)
	if err != nil {
		return nil, false, err
	}
	type place struct {
		provider, account, export, part, first, last string
		month                                        finops.Month
	}
	newest := map[place]store.Slice{}
	for _, b := range slices {
		if b.State != "superseded" || b.Unused {
			continue
		}
		at := place{b.Provider, b.BillingAccount, b.Export, b.Part, b.FirstDay, b.LastDay, b.Month}
		if have, found := newest[at]; !found || have.ImportID < b.ImportID {
			newest[at] = b
		}
	}
	counts := map[uint32]bool{}
	for _, b := range newest {
		counts[uint32(b.ID)] = true
	}
	v := *s.view
	v.active, v.replaced = make([]bool, v.bills.n), true
	for id, slice := range v.bills.owner {
		v.active[id] = counts[slice]
	}
	return &Snapshot{&v}, len(newest) > 0, nil
}

// snapshotTries bounds how often questions are asked again because the ledger changed.
const snapshotTries = 3

// WithSnapshot calls fn with a snapshot. Columns are read from the workspace when they are first
// needed, and an import that is taken back takes its lines with it; so where the ledger changed
// before fn returned, fn is called again with a snapshot of the new state, and whatever it
// answered before is to be forgotten. It answers CodeUnavailable when the ledger keeps changing.
func (e *Engine) WithSnapshot(ctx context.Context, fn func(*Snapshot) error) error {
	for range snapshotTries {
		v, err := e.view(ctx)
		if err != nil {
			return err
		}
		failed := fn(&Snapshot{v})
		if ctx.Err() != nil {
			return failed
		}
		now, err := e.db.LedgerVersion(ctx)
		if err != nil {
			return err
		}
		if now == v.version {
			return failed
		}
	}
	return finops.Errorf(finops.CodeUnavailable, "The ledger is being changed. Wait until the import has ended and try again.")
}

// TagKeys returns the tag keys of the ledger, those of most resources first.
func (s *Snapshot) TagKeys(ctx context.Context) ([]TagKeyState, error) {
	return s.view.taggedKeys(ctx)
}
