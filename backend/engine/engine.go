package engine

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// Engine answers questions about one workspace.
type Engine struct {
	db       *store.DB
	versions memo[int64, *ledger] // the newest only
	last     atomic.Pointer[ledger]
}

// Open reads the rollup of a workspace into memory.
func Open(ctx context.Context, db *store.DB) (*Engine, error) {
	e := &Engine{db: db}
	e.versions.most = func() int { return 1 }
	_, err := e.ledger(ctx)
	return e, err
}

// ledger returns the columns in memory, reading them anew when charges were imported, taken
// back or chosen, or accounts named, since, also by another process.
func (e *Engine) ledger(ctx context.Context) (*ledger, error) {
	version, err := e.db.LedgerVersion(ctx)
	if err != nil {
		return nil, err
	}
	return e.versions.get(ctx, version, func(ctx context.Context) (*ledger, error) {
		l, err := load(ctx, e.db, version, e.last.Load())
		if err != nil {
			return nil, fmt.Errorf("load ledger: %w", err)
		}
		e.last.Store(l)
		return l, nil
	})
}

// Reload forgets what is in memory.
func (e *Engine) Reload() {
	e.last.Store(nil)
	e.versions.clear()
}

// ledger is the workspace in memory, as of one version of it. What is loaded at once is
// never changed; the rest is made when first asked for.
type ledger struct {
	db      *store.DB
	version int64

	texts       []string // by id; "" for no value
	null        []bool   // by id
	bills       *tupleSet
	active      []bool         // by bill id
	billMonths  []finops.Month // by bill id
	facets      [store.GroupCount]*tupleSet
	cube        *table
	cubeDays    []finops.Day // cube's Period ids → day
	cubePeriods []period     // the same, of no time
	// cubeStarts is the first row of each of cubeDays.
	cubeStarts []int

	heads    []store.SegmentHead
	starts   []int // position of each segment's first line
	lines    int   // in all segments
	custom   []store.CustomColumn
	own      map[string]int // the columns of custom by the names they are asked for
	ownNames []string       // these names, in the order of custom
	lastLine int64          // of the imports that were finished when it was loaded
	// ownColumns have values that are kept with the lines.
	ownColumns map[string]bool
	present    map[string]bool // FOCUS columns that the imported files have
	names      func() *AccountNames
	// providerNames are the names that providers were asked for, by the ids of accounts.
	providerNames map[string]string

	tuples    memo[store.Group, *tupleSet]
	keys      memo[store.Group, []uint32] // of the lines
	amounts   memo[int, *column]          // of the lines, by measure
	absolute  memo[struct{}, *column]     // of the lines; see finops.AbsoluteCost
	states    memo[struct{}, *State]
	codes     memo[codeKey, *coding]
	tagKeys   memo[struct{}, []TagKeyState]
	lineKeys  memo[string, *lineKey] // the last one only: it is as long as the ledger
	ruledRows memo[*ruled, *lineKey] // as long as the ledger, too
	orders    memo[string, *order]
	totals    memo[string, []finops.Row] // of the lines of a question

	mu      sync.Mutex
	defined map[string]*ruled // the virtual dimensions as last read, by rules.Key of their names
}

// tupleSet holds the rows of a group's table by columns: texts[column][id].
type tupleSet struct {
	n       int // highest id + 1
	owner   []uint32
	periods []period // of charge periods; nil in the other sets
	columns map[string]int
	texts   [][]uint32
}

func newTupleSet(names []string) *tupleSet {
	t := &tupleSet{columns: map[string]int{}, texts: make([][]uint32, len(names))}
	for i, name := range names {
		t.columns[name] = i
	}
	return t
}

func (t *tupleSet) add(row store.Tuple) {
	for t.n <= int(row.ID) {
		t.owner = append(t.owner, 0)
		for i := range t.texts {
			t.texts[i] = append(t.texts[i], 0)
		}
		t.n++
	}
	t.owner[row.ID] = row.Owner
	for i, id := range row.Texts {
		t.texts[i][row.ID] = id
	}
}

// table holds the cells of the rollup, with keys into the tuple sets.
type table struct {
	n       int
	keys    [store.GroupCount][]uint32
	weights []uint32 // lines per cell
	amounts [store.CostCount]*column
}

// column is a measure in memory: coefficients at one scale, or None or Wide of package
// segment.
type column struct {
	scale    int
	values   []int64
	wides    map[int]finops.Amount
	hasNone  bool
	hasWords bool // some of None are texts that are no number, which only the rows have
}
