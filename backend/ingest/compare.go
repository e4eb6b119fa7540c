package ingest

import (
	"cmp"
	"context"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

// Money is a pair of costs in one currency.
type Money struct {
	Currency  string     `json:"currency"` // "" where the file names none
	Billed    finops.Sum `json:"billed"`
	Effective finops.Sum `json:"effective"`
}

// LinesChange counts charge lines and what they cost.
type LinesChange struct {
	Lines int64   `json:"lines"`
	Costs []Money `json:"costs"` // by currency
}

// GroupChange is what one service or account cost before and now, in one currency.
type GroupChange struct {
	Name            string     `json:"name"` // "" where the lines name none
	Currency        string     `json:"currency"`
	BilledBefore    finops.Sum `json:"billedBefore"`
	BilledNow       finops.Sum `json:"billedNow"`
	EffectiveBefore finops.Sum `json:"effectiveBefore"`
	EffectiveNow    finops.Sum `json:"effectiveNow"`
}

// Change is what a newer version of a bill changes. A charge is the same charge in both
// versions when its identity is (see identifier); charges of one identity are added before they
// are compared.
type Change struct {
	Bill
	Before  LinesChange `json:"before"`  // the older version as a whole
	New     LinesChange `json:"new"`     // charges that only the newer version has
	Gone    LinesChange `json:"gone"`    // charges that only the older version has
	Changed LinesChange `json:"changed"` // lines now of charges whose cost or number changed; the difference of their costs
	Now     LinesChange `json:"now"`     // the newer version as a whole
	// Late are the new charges of days before the last day of the older version: usage that
	// was reported late.
	Late          LinesChange   `json:"late"`
	CreditsBefore LinesChange   `json:"creditsBefore"`
	CreditsNow    LinesChange   `json:"creditsNow"`
	Unchanged     int64         `json:"unchangedLines"`
	Services      []GroupChange `json:"services"` // those that changed most first
	Accounts      []GroupChange `json:"subAccounts"`
}

// comparePass is how many lines are compared at a time: the memory of a comparison is
// bounded by it, its time grows with the passes.
const comparePass = 600_000

// Comparer compares versions of bills. It knows the ledger as it was when it was made.
type Comparer struct{ identities }

// NewComparer reads what identifies the charges of the ledger.
func NewComparer(ctx context.Context, db *store.DB) (*Comparer, error) {
	c := &Comparer{identities{db: db}}
	return c, c.load(ctx)
}

// Compare says how the lines of some slices differ from those of others. Both must be of
// the same bill; undone slices have no lines.
func (r *Comparer) Compare(ctx context.Context, before, now []store.Slice) (*Change, error) {
	c := &comparison{
		identities: &r.identities, change: &Change{}, sides: map[int64]side{}, billSide: make([]side, len(r.billSlice)),
		services: map[groupOf]*[3]Money{}, accounts: map[groupOf]*[3]Money{},
	}
	lines := int64(0)
	for _, s := range before {
		c.sides[s.ID] = sideBefore
		c.change.Bill = billOf(s)
		c.lastBefore = max(c.lastBefore, s.LastDay)
		lines += s.Lines
	}
	for _, s := range now {
		c.sides[s.ID] = sideNow
		c.change.Bill = billOf(s)
		lines += s.Lines
	}
	for bill, slice := range r.billSlice {
		c.billSide[bill] = c.sides[slice]
	}
	c.passes = uint64(lines/comparePass + 1)
	for pass := range c.passes {
		c.pass, c.charges = pass, map[uint64]*bothSides{}
		if err := c.scan(ctx); err != nil {
			return nil, err
		}
		for _, b := range c.charges {
			c.judge(b)
		}
	}
	return c.change, c.finish(ctx)
}

type side uint8

const (
	sideNone side = iota
	sideBefore
	sideNow
)

// identities is what is needed of the tables of the groups, by id.
type identities struct {
	db           *store.DB
	billSlice    []int64
	billCurrency []uint32 // index into currencies
	currencies   []string
	periodKey    []uint64
	periodDay    []finops.Day
	skuKey       []uint64
	skuArea      []uint64
	skuService   []uint32 // text ids
	skuCredit    []bool
	resourceKey  []uint64
	resourceArea []uint64
	account      []uint32
}

// comparison reads both versions of one bill.
type comparison struct {
	*identities
	change     *Change
	sides      map[int64]side // by slice
	billSide   []side
	lastBefore string

	passes, pass uint64
	charges      map[uint64]*bothSides
	services     map[groupOf]*[3]Money
	accounts     map[groupOf]*[3]Money
}

type groupOf struct {
	text     uint32
	currency uint32
}

// bothSides is a charge in both versions.
type bothSides struct {
	currency uint32
	day      finops.Day
	lines    [3]int64
	costs    [3][2]finops.Sum // billed, effective
}

func at[T any](list *[]T, id uint32) *T {
	if need := int(id) + 1; need > len(*list) {
		*list = append(*list, make([]T, need-len(*list))...)
	}
	return &(*list)[id]
}

func (c *identities) load(ctx context.Context) error {
	currencies, owners, err := c.db.BillCurrencies(ctx)
	if err != nil {
		return err
	}
	for bill, slice := range owners {
		*at(&c.billSlice, bill) = slice
		i := slices.Index(c.currencies, currencies[bill])
		if i < 0 {
			i = len(c.currencies)
			c.currencies = append(c.currencies, currencies[bill])
		}
		*at(&c.billCurrency, bill) = uint32(i)
	}
	err = c.db.EachPeriod(ctx, func(p store.PeriodRow) {
		*at(&c.periodKey, p.ID) = periodHash(p.StartUnix)
		*at(&c.periodDay, p.ID) = p.Day
	})
	if err != nil {
		return err
	}
	credit := uint32(0)
	var hashes []uint64 // by text
	if err := c.db.EachText(ctx, func(t store.Text) {
		if t.Value == nil {
			return
		}
		*at(&hashes, t.ID) = textHash([]byte(*t.Value))
		if *t.Value == "Credit" && credit == 0 {
			credit = t.ID
		}
	}); err != nil {
		return err
	}
	hash := func(t store.Tuple) func(int) uint64 {
		return func(column int) uint64 { return *at(&hashes, t.Texts[column]) }
	}
	identity := identifierOf(store.SKU, func(name string) int { return columnOf(store.SKU, name) })
	service, category := columnOf(store.SKU, "ServiceName"), columnOf(store.SKU, "ChargeCategory")
	err = c.db.EachTuple(ctx, store.SKU, nil, func(t store.Tuple) {
		*at(&c.skuKey, t.ID) = identity.hash(hash(t))
		*at(&c.skuArea, t.ID) = hash(t)(service)
		*at(&c.skuService, t.ID) = t.Texts[service]
		*at(&c.skuCredit, t.ID) = credit != 0 && t.Texts[category] == credit
	})
	if err != nil {
		return err
	}
	identity = identifierOf(store.Resource, func(name string) int { return columnOf(store.Resource, name) })
	account := columnOf(store.Resource, "SubAccountId")
	return c.db.EachTuple(ctx, store.Resource, nil, func(t store.Tuple) {
		*at(&c.resourceKey, t.ID) = identity.hash(hash(t))
		*at(&c.resourceArea, t.ID) = hash(t)(account)
		*at(&c.account, t.ID) = t.Texts[account]
	})
}

func columnOf(g store.Group, name string) int { return slices.Index(store.GroupColumns(g), name) }

// scan adds the lines of this pass to the charges; the first pass also adds the versions,
// services and accounts as a whole.
func (c *comparison) scan(ctx context.Context) error {
	heads, err := c.db.Segments(ctx)
	if err != nil {
		return err
	}
	var ids [store.GroupCount][]uint32
	for _, h := range heads {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		packed := c.db.Packed(h)
		for _, g := range []store.Group{store.Bill, store.Period, store.SKU, store.Resource} {
			ids[g] = slices.Grow(ids[g][:0], h.Lines)[:h.Lines]
			if err := packed.Keys(ctx, g, ids[g]); err != nil {
				return err
			}
			if g == store.Bill && !slices.ContainsFunc(ids[g], func(id uint32) bool { return c.billSide[id] != sideNone }) {
				break
			}
		}
		if err := c.scanSegment(ctx, packed, &ids); err != nil {
			return err
		}
	}
	return nil
}

func (c *comparison) scanSegment(ctx context.Context, packed *store.PackedSegment, ids *[store.GroupCount][]uint32) error {
	var costs [2]*segment.Amounts
	for row, bill := range ids[store.Bill] {
		on := c.billSide[bill]
		if on == sideNone {
			continue
		}
		if costs[0] == nil {
			var err error
			if costs, err = costsOf(ctx, packed); err != nil {
				return err
			}
		}
		sku, resource, period := ids[store.SKU][row], ids[store.Resource][row], ids[store.Period][row]
		currency := c.billCurrency[bill]
		var amounts [2]finops.Amount
		for m := range amounts {
			amounts[m], _ = costs[m].At(row) // an unknown cost adds nothing
		}
		if c.pass == 0 {
			c.addWhole(on, sku, resource, currency, &amounts)
		}
		key := mix(c.periodKey[period], c.skuKey[sku], c.resourceKey[resource]) + uint64(currency)
		if c.passes > 1 && key%c.passes != c.pass {
			continue
		}
		b := c.charges[key]
		if b == nil {
			b = &bothSides{currency: currency, day: c.periodDay[period]}
			c.charges[key] = b
		}
		b.lines[on]++
		for m, a := range amounts {
			b.costs[on][m].Add(a)
		}
	}
	return nil
}

// costsOf reads the billed and the effective cost of a segment.
func costsOf(ctx context.Context, packed *store.PackedSegment) (costs [2]*segment.Amounts, err error) {
	for m := range costs {
		if costs[m], err = packed.Amounts(ctx, m); err != nil {
			return costs, err
		}
	}
	return costs, nil
}

func (c *comparison) addWhole(on side, sku, resource, currency uint32, amounts *[2]finops.Amount) {
	whole, credits := &c.change.Before, &c.change.CreditsBefore
	if on == sideNow {
		whole, credits = &c.change.Now, &c.change.CreditsNow
	}
	name := c.currencies[currency]
	whole.addLine(name, amounts)
	if c.skuCredit[sku] {
		credits.addLine(name, amounts)
	}
	addToGroup(c.services, groupOf{c.skuService[sku], currency}, on, amounts)
	addToGroup(c.accounts, groupOf{c.account[resource], currency}, on, amounts)
}

func addToGroup(groups map[groupOf]*[3]Money, key groupOf, on side, amounts *[2]finops.Amount) {
	pair := groups[key]
	if pair == nil {
		pair = &[3]Money{}
		groups[key] = pair
	}
	pair[on].Billed.Add(amounts[0])
	pair[on].Effective.Add(amounts[1])
}

func (l *LinesChange) money(currency string) *Money {
	for i := range l.Costs {
		if l.Costs[i].Currency == currency {
			return &l.Costs[i]
		}
	}
	l.Costs = append(l.Costs, Money{Currency: currency})
	return &l.Costs[len(l.Costs)-1]
}

func (l *LinesChange) addLine(currency string, amounts *[2]finops.Amount) {
	l.Lines++
	m := l.money(currency)
	m.Billed.Add(amounts[0])
	m.Effective.Add(amounts[1])
}

func (l *LinesChange) add(lines int64, currency string, costs *[2]finops.Sum) {
	l.Lines += lines
	m := l.money(currency)
	m.Billed.AddSum(costs[0])
	m.Effective.AddSum(costs[1])
}

// judge says what became of a charge.
func (c *comparison) judge(b *bothSides) {
	before, now, currency := b.lines[sideBefore], b.lines[sideNow], c.currencies[b.currency]
	difference := b.costs[sideNow]
	for m := range difference {
		difference[m].SubSum(b.costs[sideBefore][m])
	}
	switch {
	case before == 0:
		c.change.New.add(now, currency, &b.costs[sideNow])
		if c.lastBefore != "" && b.day.String() < c.lastBefore {
			c.change.Late.add(now, currency, &b.costs[sideNow])
		}
	case now == 0:
		c.change.Gone.add(before, currency, &b.costs[sideBefore])
	case before == now && difference[0].IsZero() && difference[1].IsZero():
		c.change.Unchanged += now
	default:
		c.change.Changed.add(now, currency, &difference)
	}
}

// finish names and orders the groups.
func (c *comparison) finish(ctx context.Context) error {
	names := map[uint32]string{0: ""}
	for _, groups := range []map[groupOf]*[3]Money{c.services, c.accounts} {
		for k := range groups {
			names[k.text] = ""
		}
	}
	err := c.db.EachText(ctx, func(t store.Text) {
		if _, need := names[t.ID]; need && t.Value != nil {
			names[t.ID] = *t.Value
		}
	})
	c.change.Services, c.change.Accounts = c.listGroups(c.services, names), c.listGroups(c.accounts, names)
	for _, l := range []*LinesChange{&c.change.Before, &c.change.Now, &c.change.New, &c.change.Gone, &c.change.Changed, &c.change.Late, &c.change.CreditsBefore, &c.change.CreditsNow} {
		l.Costs = full(l.Costs)
		slices.SortFunc(l.Costs, func(a, b Money) int { return cmp.Compare(a.Currency, b.Currency) })
	}
	return err
}

func (c *comparison) listGroups(groups map[groupOf]*[3]Money, names map[uint32]string) []GroupChange {
	list := make([]GroupChange, 0, len(groups))
	at := map[[2]string]int{}
	for k, pair := range groups {
		key := [2]string{names[k.text], c.currencies[k.currency]}
		i, ok := at[key]
		if !ok { // two texts may have one value
			i, at[key] = len(list), len(list)
			list = append(list, GroupChange{Name: key[0], Currency: key[1]})
		}
		g := &list[i]
		g.BilledBefore.AddSum(pair[sideBefore].Billed)
		g.EffectiveBefore.AddSum(pair[sideBefore].Effective)
		g.BilledNow.AddSum(pair[sideNow].Billed)
		g.EffectiveNow.AddSum(pair[sideNow].Effective)
	}
	slices.SortFunc(list, func(a, b GroupChange) int {
		return cmp.Or(-a.size().Cmp(b.size()), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Currency, b.Currency))
	})
	return list
}

// size is the absolute change of the billed cost, or of the effective cost where that
// changed more.
func (g *GroupChange) size() finops.Sum {
	difference := func(now, before finops.Sum) finops.Sum {
		now.SubSum(before)
		if now.Sign() < 0 {
			return now.Neg()
		}
		return now
	}
	billed, effective := difference(g.BilledNow, g.BilledBefore), difference(g.EffectiveNow, g.EffectiveBefore)
	if effective.Cmp(billed) > 0 {
		return effective
	}
	return billed
}
