package savings

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// Options of an examination.
type Options struct {
	Sets      []DataSet       // of the workspace
	AsOf      *finops.Day     // the last day counted; nil = as far as each data set can be relied on
	Only      *LineSet        // only findings with evidence among these lines, and their cost; nil = all
	Documents *document.Facts // of the client; nil = there are none
	// Dismissed are findings, by id, that take nothing from others and are not in the totals.
	Dismissed map[string]bool
	// Has reports which columns the ledger has, for Finding.Where; nil = those of the table.
	Has func(column string) bool
	// Parts is how many goroutines count lines at the same time; 0 = one. They find the same, whatever it is.
	Parts int
}

// LineSet is a set of line numbers.
type LineSet struct{ words []uint64 }

// Add adds a line.
func (s *LineSet) Add(line int64) {
	for int(line>>6) >= len(s.words) {
		s.words = append(s.words, make([]uint64, len(s.words)+1024)...)
	}
	s.words[line>>6] |= 1 << (line & 63)
}

func (s *LineSet) has(line int64) bool {
	return s == nil || (int(line>>6) < len(s.words) && s.words[line>>6]>>(line&63)&1 == 1)
}

// costDays is the lookback of the cost that savings are compared with, and costDaysLeast how many days of it
// must have usage.
const (
	costDays      = 30
	costDaysLeast = 14
)

// Examine reads the lines of a table once for all rules, once more where commitments are not fully used, and again for the findings.
func Examine(ctx context.Context, t *Table, c *Catalogue, o Options) (*Result, error) {
	e, err := newExamination(t, c.Rules, o)
	if err != nil {
		return nil, err
	}
	if err := e.countAll(ctx, max(o.Parts, 1)); err != nil {
		return nil, err
	}
	if e.share != nil && e.share.prepare() {
		if err := e.eachOf(ctx, e.peers, e.recent, (*examination).offer); err != nil {
			return nil, err
		}
		e.share.finish()
	}
	e.judge()
	e.describe()
	if len(e.findings) > 0 {
		if err := e.settle(ctx); err != nil {
			return nil, err
		}
	}
	return e.result(c.off()), nil
}

// examination is an Examine while it works.
type examination struct {
	table      *Table
	rules      []*Rule
	options    Options
	peers      []*examination // its parts, the first of which it is itself
	classes    *lookup
	sets       []*calendar
	setIndex   map[[2]string]int
	setOf      map[[2]uint32]int // by the numbers of provider and account; -1 = none
	lastSet    [2]uint32
	lastAt     int
	spellings  *spellings
	feeUsed    int      // column of the table; -1 = none
	ratings    []rating // by rule
	cells      map[cellKey]*cell
	costs      map[costKey]*spread
	bills      map[costKey]*spread // the same of all lines, whatever the question selects
	rates      map[rateKey]*rate
	ratesOf    map[rateAt][2]*rate     // those that a line is for, by its class
	past       map[cellKey]*rate       // of rules that compare with the time before the lookback
	related    map[relatedKey]struct{} // what has use, for rules with Related
	beginnings map[relatedKey][]string // the same for those with a star: the values in use
	merged     map[cellKey]cellKey     // groups that are a part of another
	columns    []*valueColumn          // By and Related of the rules
	promotions *promotions
	share      *sharing               // nil = no rule asks
	pooled     map[cellKey]*poolUsage // of rules with group pool
	book       *pricebook.Book
	asked      map[string]*big.Rat  // the client's rates that the last prices rest on
	given      *given               // in place of them, where a finding is explained
	name       []byte               // of a claimSet, for use again
	on, kept   []int                // of claims, for use again
	parts      []part               // of kept
	claimed    map[cellKey]int      // what a finding has → its place in findings
	shared     map[string]*claimSet // claims on the same lines, by their places
	absorbs    *absorption
	known      []knownLine // by a hash of their tuples; none = none are
	oldBefore  finops.Day  // a day before which no rule looks at what a line costs
	spots      []spot      // by a hash of the place
	lone       spotGroup   // of a line whose place does not decide, for use again
	findings   []*claim
	evidence   map[int]finops.Filter      // by rule; see evidenceOf
	skipped    map[[2]string][]string     // reasons by rule and provider
	unlisted   map[[2]string]int          // resources that no document lists, by rule and provider
	names      map[string]map[string]bool // keys of resources by a name that several may have; nil = not asked yet
}

type costKey struct {
	set      int
	currency uint32
}

// The grains of a group.
const (
	groupResource   = "resource"
	groupAccount    = "account"
	groupCommitment = "commitment"
	groupBill       = "bill" // all accounts of a data set
	groupPool       = "pool" // machines that one commitment can cover
)

type grain uint8

const (
	grainResource grain = iota
	grainCommitment
	grainRegion // account and region, where the lines name no resource
	grainColumn // account and a value of another column
	grainAccount
	grainBill   // all accounts, and a value of another column where the rule names one
	grainMerged // account and region, of several resources
	grainPool   // region and family of machines, of all accounts
)

// cellKey is a group of lines that a rule judges as one.
type cellKey struct {
	rule, set uint16
	grain     grain
	currency  uint32
	a, b      uint32 // numbers of the values of the grain
}

// feeUsedColumn says how much of the fee of a commitment was used, where Google's export says so.
const feeUsedColumn = "x_commitment_fee_used"

func newExamination(t *Table, rules []*Rule, o Options) (*examination, error) {
	k, err := newClasses(t, rules)
	if err != nil {
		return nil, err
	}
	e := &examination{
		table: t, rules: rules, options: o, classes: k.lookup(), setIndex: map[[2]string]int{}, setOf: map[[2]uint32]int{}, lastAt: -2,
		spellings: newSpellings(t), feeUsed: -1, skipped: map[[2]string][]string{}, unlisted: map[[2]string]int{}, evidence: map[int]finops.Filter{},
		merged: map[cellKey]cellKey{}, promotions: newPromotions(t, k.binder.at), spots: newSpots(len(t.Values[atResource]), max(o.Parts, 1)),
	}
	e.begin()
	for _, set := range o.Sets {
		e.setIndex[[2]string{set.Provider, set.Account}] = len(e.sets)
		e.sets = append(e.sets, newCalendar(set, o.AsOf))
	}
	if at, ok := k.binder.at[feeUsedColumn]; ok {
		e.feeUsed = at
	}
	for _, r := range rules {
		a := newRating(r)
		a.by, a.related, a.ends = e.column(r.By), e.column(r.relatedColumn()), e.column(r.Ends)
		a.placed = a.by >= 0 && e.isPlaced(e.columns[a.by].field)
		a.beside = a.by >= 0 || a.related >= 0 || r.Group == groupPool || a.counts.past
		if r.HourSlots {
			a.cores = e.column(hourColumns[0])
		}
		if r.HourSlots || r.grows() {
			a.unit = e.column(hourColumns[1])
		}
		if p := provers[r.Proof]; p != nil && p.ages && o.Documents.Has(p.kinds...) {
			a.agedBy(ageAbove)
		}
		e.ratings = append(e.ratings, a)
	}
	k.ratings = e.ratings
	if slices.ContainsFunc(rules, (*Rule).shares) {
		e.share = newSharing(e)
	}
	e.oldBefore = e.beforeAll()
	return e, nil
}

// recent reports whether lines of a period can be in the lookback of a rule.
func (e *examination) recent(day finops.Day, start, end int64) bool {
	last := lastDay(day, start, end)
	return slices.ContainsFunc(e.sets, func(c *calendar) bool { return len(c.Days) > 0 && last >= c.start(lookbackMost) })
}

// countAll counts all lines, in parts, while the price book is opened.
func (e *examination) countAll(ctx context.Context, parts int) error {
	e.peers = e.divide(parts)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(e.openBook)
	group.Go(func() error {
		return e.eachBut(ctx, e.peers, nil, (*examination).isKnown, (*examination).count)
	})
	if err := group.Wait(); err != nil {
		return err
	}
	for _, part := range e.peers[1:] {
		e.join(part)
	}
	return nil
}

// openBook opens the price book, which is asked once all lines are counted.
func (e *examination) openBook() (err error) {
	if e.book, err = pricebook.BuiltIn(); err != nil {
		return fmt.Errorf("open price book: %w", err)
	}
	return nil
}

// each calls fn with the lines that can count, or with those of them of the periods that are wanted; nil = all.
func (e *examination) each(ctx context.Context, wants func(day finops.Day, start, end int64) bool, fn func(*Batch, int, int, *class)) error {
	return e.eachOf(ctx, []*examination{e}, wants, func(_ *examination, b *Batch, i, set int, k *class) { fn(b, i, set, k) })
}

// eachOf is each for the parts of an examination, at the same time.
func (e *examination) eachOf(ctx context.Context, parts []*examination, wants func(day finops.Day, start, end int64) bool, fn func(*examination, *Batch, int, int, *class)) error {
	return e.eachBut(ctx, parts, wants, func(*examination, *Batch, int) bool { return false }, fn)
}

// eachBut is eachOf without the lines of which leave says so, which is asked first.
func (e *examination) eachBut(
	ctx context.Context, parts []*examination, wants func(day finops.Day, start, end int64) bool, leave func(*examination, *Batch, int) bool, fn func(*examination, *Batch, int, int, *class),
) error {
	err := e.table.Each(ctx, len(parts), wants, func(n int, b *Batch) error {
		part := parts[n]
		for i := range b.Lines {
			if leave(part, b, i) {
				continue
			}
			if set := part.setAt(b, i); set >= 0 {
				if k := part.classes.class(b, i); k.fee || k.credit {
					fn(part, b, i, set, k)
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read charge lines: %w", err)
	}
	return nil
}

// setAt finds the data set of a line; -1 where it has none.
func (e *examination) setAt(b *Batch, i int) int {
	key := [2]uint32{b.Columns[atProvider][i], b.Columns[atBilling][i]}
	if key == e.lastSet && e.lastAt != -2 {
		return e.lastAt
	}
	at, seen := e.setOf[key]
	if !seen {
		var ok bool
		at, ok = e.setIndex[[2]string{e.text(atProvider, key[0]), e.text(atBilling, key[1])}]
		if !ok {
			at = -1
		}
		e.setOf[key] = at
	}
	e.lastSet, e.lastAt = key, at
	return at
}

func (e *examination) text(column int, number uint32) string {
	return deref(e.table.Values[column][number])
}

// count adds a line to the groups of the rules that it has a role for.
func (e *examination) count(b *Batch, i, set int, k *class) {
	c := e.sets[set]
	if b.Days[i] > c.asOf || len(c.Days) == 0 {
		return // later lines neither count nor refute
	}
	if e.share != nil {
		e.share.learn(b, i, set, k)
	}
	s := e.spotOf(b, i, set, k)
	if e.isOld(b, i, set, k, s) {
		e.know(b, i)
		return
	}
	cost, priced := e.promotions.cost(b, i)
	if k.base && priced {
		e.countCost(b, i, set, cost)
	}
	l := line{batch: b, at: i, class: k, cost: cost, priced: priced}
	lookback := -1 // that l.part is of
	for n, r := range k.roles {
		a := &e.ratings[r.rule]
		if a.rule.Lookback != lookback {
			lookback = a.rule.Lookback
			l.part = c.partOf(b.Days[i], b.Starts[i], b.Ends[i], c.start(lookback))
		}
		if (a.beside || r.has(roleRate)) && !e.countBeside(&l, r, set, c) {
			continue
		}
		if l.part.days == 0 && !a.history {
			if !r.has(roleMatch) && !r.has(roleHours) {
				continue
			}
			if cell := e.cellIn(e.groupOf(s, b, i, set, n, k), b.Days[i] < c.start(lookback)); cell != nil {
				cell.seen(b.Days[i])
			}
			continue
		}
		g := e.groupOf(s, b, i, set, n, k)
		e.cellIn(g, true).add(e, &l, r, c, g)
		if a.nearby && l.part.days > 0 && r.has(roleUse) {
			e.countUse(g, &l)
		}
	}
}

// countUse keeps what is used in an account and region: of lines with a resource for the group of those
// without, and of lines without one for those that have it.
func (e *examination) countUse(g *spotGroup, l *line) {
	if g.key.grain == grainRegion {
		if used := l.used(); used.Sign() != 0 {
			g.cell.looseUse = true
		}
		return
	}
	if g.near == nil {
		g.near = e.cellOf(regionKey(g.key, l.batch.Columns[atAccount][l.at], l.batch.Columns[atRegion][l.at]))
	}
	g.near.addUse(l)
}

// regionKey is the group of lines without a resource in the same place.
func regionKey(key cellKey, account, region uint32) cellKey {
	key.grain, key.a, key.b = grainRegion, account, region
	return key
}

func (e *examination) cellOf(key cellKey) *cell {
	c := e.cells[key]
	if c == nil {
		c = newCell()
		e.cells[key] = c
	}
	return c
}

// key finds the group of a line.
func (e *examination) key(b *Batch, i, set, rule int, k *class) cellKey {
	key := cellKey{rule: uint16(rule), set: uint16(set), currency: b.Columns[atCurrency][i]}
	account := b.Columns[atAccount][i]
	switch e.rules[rule].Group {
	case groupAccount:
		key.grain, key.a = grainAccount, account
		if by := e.ratings[rule].by; by >= 0 {
			key.grain, key.b = grainColumn, e.valueOf(by, b, i)
		}
	case groupBill:
		key.grain = grainBill
		if by := e.ratings[rule].by; by >= 0 {
			key.b = e.valueOf(by, b, i)
		}
	case groupCommitment:
		key.grain, key.a = grainCommitment, b.Columns[atCommitment][i]
	case groupPool:
		key.grain, key.a = grainPool, b.Columns[atRegion][i]
		key.b = k.family
	default:
		resource := b.Columns[atResource][i]
		if e.table.Values[atResource][resource] == nil {
			return regionKey(key, account, b.Columns[atRegion][i])
		}
		if e.sets[set].Provider == azure {
			resource = e.spellings.fold(resource)
		}
		key.grain, key.a, key.b = grainResource, resource, account
	}
	return key
}
