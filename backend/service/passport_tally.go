package service

import (
	"cmp"
	"slices"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// setTally counts the lines of one data set.
type setTally struct {
	index                     int
	provider, account, export string
	imports                   map[int64]bool
	currencies                []*currencyTally
	spells                    []*spellTally
	ids                       [store.GroupCount]counter // lines by row of each group
	measures                  []int64                   // lines with a value, of the measures after the costs
	quantities                passport.Quantities
	duplicates                passport.Duplicates
}

func newSetTally(index int, provider, account, export string) *setTally {
	return &setTally{
		index: index, provider: provider, account: account, export: export, imports: map[int64]bool{}, measures: make([]int64, store.MeasureCount-store.CostCount),
	}
}

// currencyTally counts the lines of a set in one currency.
type currencyTally struct {
	code     string
	total    passport.Total
	groups   map[passport.Trait]*costCell
	last     passport.Trait
	lastCell *costCell
	tags     paged[costCell] // by tag class
	suspects paged[costCell] // by SKU
	excess   [2]costCell     // ListBelow, ContractedBelow: the differences
}

func (t *setTally) currency(code string) *currencyTally {
	for _, c := range t.currencies {
		if c.code == code {
			return c
		}
	}
	c := &currencyTally{code: code, groups: map[passport.Trait]*costCell{}}
	c.total.Currency = code
	t.currencies = append(t.currencies, c)
	return c
}

// sortCurrencies puts them into one order: which one is met first is chance, since the
// readers of an import run at the same time.
func (t *setTally) sortCurrencies() {
	slices.SortFunc(t.currencies, func(a, b *currencyTally) int { return cmp.Compare(a.code, b.code) })
}

func (c *currencyTally) group(traits passport.Trait) *costCell {
	if c.lastCell != nil && c.last == traits {
		return c.lastCell
	}
	cell := c.groups[traits]
	if cell == nil {
		cell = &costCell{}
		c.groups[traits] = cell
	}
	c.last, c.lastCell = traits, cell
	return cell
}

// spellTally counts the lines of a billing month by charge period.
type spellTally struct {
	month finops.Month
	lines [2]counter // others, usage
}

func (t *setTally) spellsOf(month finops.Month) *spellTally {
	for _, s := range t.spells {
		if s.month == month {
			return s
		}
	}
	s := &spellTally{month: month}
	t.spells = append(t.spells, s)
	return s
}

// costCell counts lines and adds a cost.
type costCell struct {
	lines int64
	cost  finops.Sum
}

func (c *costCell) add(cost finops.Sum) {
	c.lines++
	c.cost.AddSum(cost)
}

// paged is a list of values by id of which only the parts that are used take memory: the
// ids of one file lie close together.
type paged[T any] struct{ pages [][]T }

const pageBits = 10

func (p *paged[T]) at(id uint32) *T {
	page := int(id >> pageBits)
	for len(p.pages) <= page {
		p.pages = append(p.pages, nil)
	}
	if p.pages[page] == nil {
		p.pages[page] = make([]T, 1<<pageBits)
	}
	return &p.pages[page][id&(1<<pageBits-1)]
}

// each calls fn for every id of the parts that are used.
func (p *paged[T]) each(fn func(id uint32, value *T)) {
	for page, values := range p.pages {
		for i := range values {
			fn(uint32(page<<pageBits|i), &values[i])
		}
	}
}

type counter struct{ paged[int64] }

func (c *counter) add(id uint32) { *c.at(id)++ }

// used calls fn for every id that was counted.
func (c *counter) used(fn func(id uint32, lines int64)) {
	c.each(func(id uint32, n *int64) {
		if *n > 0 {
			fn(id, *n)
		}
	})
}
