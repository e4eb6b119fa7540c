package savings

import (
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"cloud-intelligence/backend/finops"
)

// class is what all lines with the same values in the columns that rules use have in common.
type class struct {
	base     bool // usage at a price: what a saving is taken from
	fee      bool // the same, or the fee of a commitment
	credit   bool // what the provider gives back, without a purchase or a correction
	used     bool // covered by a commitment
	unused   bool // what a commitment was not used for
	standard bool // at the price on demand
	service  string
	category string
	pricing  string // PricingCategory
	roles    []role

	id    uint32
	reach int  // days before the last one within which a line counts as more than the first of its groups; see old
	lasts bool // a rule counts all lines, however old they are
	// placed says that the place of a line decides its groups for all rules, together with the value that the line has in by, one of
	// examination.columns; -1 = none.
	placed bool
	by     int
	key    classKey
	first  int64  // number of the first line of it
	family uint32 // of the machines that the lines are about, one of pools; 0 = they are about none, or no rule asks

	meter, operation, subcategory string
}

// role is what the lines are for one rule.
type role struct {
	rule int
	bits uint8 // 1 << roleMatch …
}

func (r role) has(what int) bool { return r.bits>>what&1 == 1 }

// classes are all classes of a table. It evaluates the rules once for each combination of values that occurs. Several goroutines may look
// classes up at once, each with a lookup of its own.
type classes struct {
	table      *Table
	binder     *binder
	ratings    []rating // by rule
	rules      []*Rule
	predicates [][roleCount]*predicate
	byProvider map[string][]int // rules
	parts      []tuplePart      // of the columns that decide the class
	whole      []tuplePart      // of all columns
	pools      *pools
	baseFields []int                 // fields of baseColumns
	nameFields [len(nameColumns)]int // of Meter, Operation and MeterSubcategory

	making  sync.Mutex // of all that follows
	index   map[classKey]*class
	folds   map[[2]uint32]uint32 // numbers of pairs of numbers, from 1; see keyOf
	list    []*class
	of      []uint32 // values of one line
	numbers []int
	texts   []*string
	text    []byte // of a combination, for use again
}

// lookup finds the class of each line of a part of a table.
type lookup struct {
	*classes
	near  []*class // by a hash of the key: those that are found without the lock
	last  *class
	known map[[2]uint32]uint32 // of folds
}

func (c *classes) lookup() *lookup {
	return &lookup{classes: c, near: make([]*class, nearMost), known: map[[2]uint32]uint32{}}
}

func newClasses(t *Table, rules []*Rule) (*classes, error) {
	c := &classes{table: t, binder: newBinder(t), rules: rules, byProvider: map[string][]int{}, index: map[classKey]*class{}, folds: map[[2]uint32]uint32{}, pools: newPools()}
	for _, name := range baseColumns {
		c.baseFields = append(c.baseFields, c.binder.field(name))
	}
	for i, name := range nameColumns {
		c.nameFields[i] = c.binder.field(name)
	}
	for i, r := range rules {
		var bound [roleCount]*predicate
		for role, f := range r.filters {
			p, err := c.binder.bind(f)
			if err != nil {
				return nil, err
			}
			bound[role] = p
		}
		c.predicates = append(c.predicates, bound)
		for _, p := range r.Providers {
			c.byProvider[p] = append(c.byProvider[p], i)
		}
	}
	c.divide()
	c.of = make([]uint32, len(t.Names))
	c.numbers, c.texts = make([]int, len(c.binder.fields)), make([]*string, len(c.binder.fields))
	return c, nil
}

// tuplePart are the columns of a tuple that decide the class. It numbers the combinations of their values, of which
// there are far fewer than tuples.
type tuplePart struct {
	tuple   int
	columns []int
	numbers []uint32 // by number of the tuple: that of the combination + 1; 0 = not asked yet
	index   map[string]uint32
}

// divide finds the columns that decide, and all, by tuple.
func (c *classes) divide() {
	decides := map[int]bool{atProvider: true}
	for _, f := range c.binder.fields {
		for _, column := range f.columns {
			decides[column] = true
		}
	}
	for column := range c.table.TupleOf {
		if decides[column] {
			c.parts = c.withColumn(c.parts, column)
		}
		c.whole = c.withColumn(c.whole, column)
	}
}

// withColumn adds a column of the table to the part of its tuple.
func (c *classes) withColumn(parts []tuplePart, column int) []tuplePart {
	tuple := c.table.TupleOf[column]
	at := slices.IndexFunc(parts, func(p tuplePart) bool { return p.tuple == tuple })
	if at < 0 {
		at, parts = len(parts), append(parts, tuplePart{tuple: tuple, numbers: make([]uint32, c.table.TupleCounts[tuple]), index: map[string]uint32{}})
	}
	parts[at].columns = append(parts[at].columns, column)
	return parts
}

// decides reports whether a column of the table decides the class.
func (c *classes) decides(column int) bool {
	return slices.ContainsFunc(c.parts, func(p tuplePart) bool { return slices.Contains(p.columns, column) })
}

// number is that of the combination of a part of the columns that a line has.
func (c *classes) number(p *tuplePart, b *Batch, line int) uint32 {
	known := &p.numbers[b.Tuples[p.tuple][line]]
	if n := atomic.LoadUint32(known); n > 0 {
		return n
	}
	c.making.Lock()
	defer c.making.Unlock()
	c.text = c.text[:0]
	for _, column := range p.columns {
		c.text = binary.LittleEndian.AppendUint32(c.text, b.Value(column, line))
	}
	n, seen := p.index[string(c.text)]
	if !seen {
		n = uint32(len(p.index)) + 1
		p.index[string(c.text)] = n
	}
	atomic.StoreUint32(known, n)
	return n
}

// class returns the class of a line of a batch.
func (l *lookup) class(b *Batch, line int) *class {
	key := l.keyOf(b, line)
	if l.last != nil && key == l.last.key {
		return l.last
	}
	near := &l.near[key.hash()%nearMost]
	if *near == nil || (*near).key != key {
		*near = l.find(key, b, line)
	}
	l.last = *near
	return l.last
}

// find finds the class of a line among all, or makes it.
func (c *classes) find(key classKey, b *Batch, line int) *class {
	c.making.Lock()
	defer c.making.Unlock()
	k := c.index[key]
	if k == nil {
		for i := range c.parts {
			for _, column := range c.parts[i].columns {
				c.of[column] = b.Value(column, line)
			}
		}
		k = c.classify(key)
		k.first = b.Lines[line]
		c.index[key], c.list = k, append(c.list, k)
	}
	k.first = min(k.first, b.Lines[line])
	return k
}

// nearMost is how many classes are found without the index.
const nearMost = 1 << 14

// classKey are the numbers of the parts of a class. Most tables have so many parts at most.
type classKey [4]uint32

func (k *classKey) hash() uint32 {
	h := uint32(2166136261)
	for _, n := range k {
		h = mixed(h, n)
	}
	return h
}

// keyOf is the key of the class of a line. What a key has no room for is in its last number, together.
func (l *lookup) keyOf(b *Batch, line int) (key classKey) {
	for i := range l.parts {
		n := l.number(&l.parts[i], b, line)
		if i < len(key) {
			key[i] = n
			continue
		}
		pair := [2]uint32{key[len(key)-1], n}
		if l.known[pair] == 0 {
			l.known[pair] = l.fold(pair)
		}
		key[len(key)-1] = l.known[pair]
	}
	return key
}

// fold is the number of a pair of numbers.
func (c *classes) fold(pair [2]uint32) uint32 {
	c.making.Lock()
	defer c.making.Unlock()
	if c.folds[pair] == 0 {
		c.folds[pair] = uint32(len(c.folds)) + 1
	}
	return c.folds[pair]
}

func (c *classes) classify(key classKey) *class {
	c.binder.evaluate(c.of, c.numbers, c.texts)
	provider := deref(c.table.Values[atProvider][c.of[atProvider]])
	k := c.baseOf(provider)
	k.id, k.key, k.placed = uint32(len(c.list)), key, true
	k.by = -1
	k.meter, k.operation, k.subcategory = deref(c.texts[c.nameFields[0]]), deref(c.texts[c.nameFields[1]]), deref(c.texts[c.nameFields[2]])
	for _, rule := range c.byProvider[provider] {
		priced := k.base || (c.rules[rule].Group == groupCommitment && k.fee)
		if c.rules[rule].Credits {
			priced = k.credit
		}
		if !priced {
			continue
		}
		r := role{rule: rule}
		for what, p := range c.predicates[rule] {
			if p.holds(c.numbers, c.texts) {
				r.bits |= 1 << what
			}
		}
		if r.bits != 0 {
			k.roles = append(k.roles, r)
			k.reach = max(k.reach, c.ratings[rule].reach())
			k.lasts = k.lasts || c.ratings[rule].lasts(r)
			if c.rules[rule].Group == groupPool && k.family == 0 {
				k.family = c.pools.family(provider, &k)
			}
			if by := c.ratings[rule].by; by >= 0 && !c.ratings[rule].placed {
				k.placed = k.placed && (k.by < 0 || k.by == by)
				k.by = by
			}
		}
	}
	return &k
}

// baseOf decides what the lines count as. Tax, credits, purchases, corrections, support and what others
// sell through a marketplace are no base of a saving.
func (c *classes) baseOf(provider string) class {
	text := func(i int) string { return deref(c.texts[c.baseFields[i]]) }
	k := class{service: text(2), category: text(3), pricing: text(7), standard: text(7) == "Standard", used: text(8) == "Used", unused: text(8) == "Unused"}
	publisher, issuer := text(5), text(6)
	own := publisher == "" || slices.Contains([]string{provider, finops.CanonicalProvider(issuer)}, finops.CanonicalProvider(publisher))
	counts := text(1) == "" && own && text(4) != "Support" && !isSupport(k.service)
	k.base = counts && text(0) == "Usage"
	k.credit = counts && text(0) == "Credit"
	k.fee = k.base || (counts && text(0) == "Purchase" && (k.used || k.unused))
	return k
}

// isSupport knows the support plans of the providers by name, for exports without subcategories.
func isSupport(service string) bool {
	service = strings.ToLower(service)
	return service == "support" || strings.HasPrefix(service, "aws support") || strings.HasPrefix(service, "azure support") || strings.HasPrefix(service, "google cloud support")
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
