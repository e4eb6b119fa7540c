package engine

import (
	"context"
	"fmt"
	"math"
	"sync"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// Engine answers questions about one workspace.
type Engine struct {
	db *store.DB

	mu      sync.Mutex
	current *ledger
}

// Open reads the rollup of a workspace into memory.
func Open(ctx context.Context, db *store.DB) (*Engine, error) {
	e := &Engine{db: db}
	_, err := e.ledger(ctx)
	return e, err
}

// ledger returns the columns in memory, reading them anew when the workspace has
// changed since, also by another process. The virtual dimensions are those of now.
func (e *Engine) ledger(ctx context.Context) (*ledger, error) {
	l, err := e.columns(ctx)
	if err != nil {
		return nil, err
	}
	return l, l.defineRules(ctx)
}

func (e *Engine) columns(ctx context.Context) (*ledger, error) {
	version, err := e.db.DataVersion(ctx)
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.current != nil && e.current.version == version {
		return e.current, nil
	}
	l, err := load(ctx, e.db, version)
	if err != nil {
		return nil, fmt.Errorf("load ledger: %w", err)
	}
	e.current = l
	return l, nil
}

// Reload forgets what is in memory.
func (e *Engine) Reload() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.current = nil
}

// ledger is the workspace in memory, as of one version of it. What is loaded at once is
// never changed; the rest is loaded under mu when first asked for.
type ledger struct {
	db      *store.DB
	version int64

	texts    []string // by id; "" for no value
	null     []bool   // by id
	bills    *tupleSet
	active   []bool // by bill id
	facets   [store.GroupCount]*tupleSet
	cube     *table
	cubeDays []finops.Day // cube's Period ids → day
	// cubeStarts is the first row of each of cubeDays.
	cubeStarts []int

	mu       sync.Mutex
	tuples   [store.GroupCount]*tupleSet
	facts    *table
	factDays []finops.Day // period ids → day
	// chargePeriods are, by period id, when the lines of it begin and end.
	chargePeriods []chargePeriod
	heads         []store.SegmentHead
	starts        []int // position of each segment's first line
	custom        []store.CustomColumn
	own           map[string]int // the columns of custom by the names they are asked for
	ownNames      []string       // these names, in the order of custom
	lastLine      int64          // of the imports that were finished when it was loaded
	// ownColumns have values that are kept with the lines.
	ownColumns map[string]bool
	present    map[string]bool // FOCUS columns that the imported files have
	codes      map[codeKey]*coding
	tags       map[uint32][]tag
	names      *AccountNames
	lineKeys   map[string]*lineKey
	defined    map[string]*ruled // the virtual dimensions by rules.Key of their names
	ruledRows  []*ruled          // those that have numbers for the lines, the oldest first
	orders     orderCache
}

// tupleSet holds the rows of a group's table by columns: texts[column][id].
type tupleSet struct {
	n       int // highest id + 1
	owner   []uint32
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

// table is a set of rows with keys into the tuple sets: the cells of the rollup, or the
// lines themselves.
type table struct {
	n       int
	keys    [store.GroupCount][]uint32
	weights []uint32  // lines per row; nil = 1
	amounts []*column // by measure; the rollup has the costs
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

// NoTime stands for the end of a charge period that the file does not state.
const NoTime = math.MinInt64

// chargePeriod is when a charge begins and, exclusive, ends, in Unix seconds; end may be NoTime.
// A charge without a start begins with its billing month.
type chargePeriod struct{ start, end int64 }
