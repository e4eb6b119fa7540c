package migration

import (
	"math/big"
	"strings"

	"cloud-intelligence/backend/pricebook"
)

// figure is a figure of the price book that was used.
type figure struct {
	table string
	pricebook.Origin
}

// cost is what a part of a line costs. The zero cost is known to be 0.
type cost struct {
	usd       *big.Rat // nil = 0
	estimated *big.Rat // the part of it that stands on scaled or derived prices; nil = 0
	unknown   bool     // a price is missing
	from      []figure
}

var unpriced = cost{unknown: true}

func (c cost) amount() *big.Rat {
	if c.usd == nil {
		return new(big.Rat)
	}
	return c.usd
}

func (c cost) guessed() *big.Rat {
	if c.estimated == nil {
		return new(big.Rat)
	}
	return c.estimated
}

// plus adds costs; what is unknown stays unknown.
func (c cost) plus(list ...cost) cost {
	for _, o := range list {
		from := append(append([]figure{}, c.from...), o.from...)
		c = cost{add(c.amount(), o.amount()), add(c.guessed(), o.guessed()), c.unknown || o.unknown, from}
	}
	return c
}

// times multiplies the cost.
func (c cost) times(factors ...*big.Rat) cost {
	f := mul(factors...)
	return cost{mul(c.amount(), f), mul(c.guessed(), f), c.unknown, c.from}
}

// found is a row for a region with what its prices are multiplied by there. The zero found is no row.
type found[T any] struct {
	row       *T
	factor    *big.Rat // 1 for the region's own row
	estimated bool
	figure
}

// price is one of the prices of the row, for one unit.
func (f found[T]) price(n pricebook.Number) cost {
	if f.row == nil || !n.Known() {
		return unpriced
	}
	usd := mul(rat(n.Amount()), f.factor)
	c := cost{usd: usd, from: []figure{f.figure}}
	if f.estimated {
		c.estimated = usd
	}
	return c
}

// shelf has the prices of one provider for one region.
type shelf struct {
	book     *pricebook.Book
	provider string
	region   *pricebook.Region

	blocks    map[string]found[pricebook.Block]
	objects   map[string]found[pricebook.Object]
	items     map[string]found[pricebook.Item]
	databases map[string][]found[pricebook.Database] // by service and what selects within it
	machines  map[string][]machine                   // by licence
	slowest   map[string]*big.Rat                    // CoreMark by family
	lacking   map[string]bool                        // by a part of the network
	steps     []step                                 // of internet traffic
	byRegion  []string                               // all regions of the provider

	doubtfulIOPS bool // a disk was priced whose IOPS have the price of a GB, a fault of the source
}

func newShelf(book *pricebook.Book, provider string, region *pricebook.Region) *shelf {
	s := &shelf{
		book: book, provider: provider, region: region, blocks: map[string]found[pricebook.Block]{}, objects: map[string]found[pricebook.Object]{},
		items: map[string]found[pricebook.Item]{}, databases: map[string][]found[pricebook.Database]{}, machines: map[string][]machine{}, slowest: map[string]*big.Rat{}, lacking: map[string]bool{},
	}
	for _, r := range book.Regions() {
		if r.Provider == provider {
			s.byRegion = append(s.byRegion, r.Name)
		}
	}
	s.steps = s.ladder()
	return s
}

// lacks reports whether a price is missing for a part of the network, which does not depend on the line.
func (s *shelf) lacks(name string, price func() cost) bool {
	return remembered(s.lacking, name, func() bool { return price().unknown })
}

// ratio is what prices of another region are multiplied by to estimate them here; nil where an index is unknown.
func (s *shelf) ratio(region string) *big.Rat {
	from := s.book.Region(s.provider, region)
	if from == nil || !from.PriceIndex.Known() || !s.region.PriceIndex.Known() || from.PriceIndex.Amount().Sign() == 0 {
		return nil
	}
	return quo(rat(s.region.PriceIndex.Amount()), rat(from.PriceIndex.Amount()))
}

// pick chooses among the rows of one thing in all regions: the region's own, else that of the provider's reference region, else the newest,
// then the first by name of its region.
func pick[T any](s *shelf, table string, rows []*T, describe func(*T) (region string, origin pricebook.Origin)) found[T] {
	var best found[T]
	bestRank, bestRegion := 3, ""
	for _, row := range rows {
		region, origin := describe(row)
		order, factor := 2, whole(1)
		switch region {
		case s.region.Name:
			order = 0
		case pricebook.Reference(s.provider):
			order = 1
		}
		if order > 0 {
			if factor = s.ratio(region); factor == nil {
				continue
			}
		}
		day := origin.Day()
		if order < bestRank || order == bestRank && (day > best.Day() || day == best.Day() && region < bestRegion) {
			best = found[T]{row, factor, order > 0 || origin.Basis == pricebook.Derived, figure{table, origin}}
			bestRank, bestRegion = order, region
		}
	}
	return best
}

// remembered looks up what was chosen before, or chooses.
func remembered[K comparable, V any](m map[K]V, key K, choose func() V) V {
	v, ok := m[key]
	if !ok {
		v = choose()
		m[key] = v
	}
	return v
}

func (s *shelf) block(kind string) found[pricebook.Block] {
	return remembered(s.blocks, kind, func() found[pricebook.Block] {
		var rows []*pricebook.Block
		for _, region := range s.byRegion {
			if b := s.book.Block(s.provider, region, kind); b != nil {
				rows = append(rows, b)
			}
		}
		return pick(s, "block_storage", rows, func(b *pricebook.Block) (string, pricebook.Origin) { return b.Region, b.Origin })
	})
}

func (s *shelf) object(class string) found[pricebook.Object] {
	return remembered(s.objects, class, func() found[pricebook.Object] {
		var rows []*pricebook.Object
		for _, region := range s.byRegion {
			for _, o := range s.book.Objects(s.provider, region) {
				if o.Class == class {
					rows = append(rows, o)
				}
			}
		}
		return pick(s, "object_storage", rows, func(o *pricebook.Object) (string, pricebook.Origin) { return o.Region, o.Origin })
	})
}

func (s *shelf) item(name string) cost {
	f := remembered(s.items, name, func() found[pricebook.Item] {
		var rows []*pricebook.Item
		for _, region := range s.byRegion {
			if i := s.book.Item(s.provider, region, name); i != nil {
				rows = append(rows, i)
			}
		}
		return pick(s, "lb_nat_ip", rows, func(i *pricebook.Item) (string, pricebook.Origin) { return i.Region, i.Origin })
	})
	if f.row == nil {
		return unpriced
	}
	return f.price(f.row.Price)
}

// databasesOf lists the classes of a managed service that are wanted, each with its row for the region, in the order of their names.
func (s *shelf) databasesOf(service, key string, wanted func(*pricebook.Database) bool) []found[pricebook.Database] {
	return remembered(s.databases, service+" "+key, func() (list []found[pricebook.Database]) {
		rows, names := map[string][]*pricebook.Database{}, []string{}
		for _, region := range s.byRegion {
			for _, d := range s.book.Databases(s.provider, region, service) {
				if wanted(d) {
					if rows[d.Class] == nil {
						names = append(names, d.Class)
					}
					rows[d.Class] = append(rows[d.Class], d)
				}
			}
		}
		for _, name := range names {
			f := pick(s, "managed_db", rows[name], func(d *pricebook.Database) (string, pricebook.Origin) { return d.Region, d.Origin })
			if f.row != nil {
				list = append(list, f)
			}
		}
		return list
	})
}

// leading is the number at the beginning of a text such as "0.28 MB/s per GB"; ok is false where there is none.
func leading(text string) (*big.Rat, bool) {
	end := strings.IndexFunc(text, func(c rune) bool { return c != '.' && (c < '0' || c > '9') })
	if end < 0 {
		end = len(text)
	}
	return new(big.Rat).SetString(text[:end])
}
