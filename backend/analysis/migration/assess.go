package migration

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// assessment is one run.
type assessment struct {
	profile    *Profile
	book       *pricebook.Book
	asOf       finops.Day
	services   map[string]*pricebook.Service
	wanted     map[string]string // service keys with their level
	candidates []*candidate      // in the order of the book
	chosen     []chosen          // by line
	counted    []bool            // by line
	plan       *plan
	factors    map[string][]*big.Int // see factorsOf
	sourceCost []finops.Amount       // by line, USD a month; nil = unknown
	onward     func() error          // called for each line that is priced on a provider; an error ends the run

	labour       [3]finops.Amount // low, likely and high, of the counted lines
	dualRun      finops.Amount
	sourceEgress cost // what the data that moves costs to leave the first source provider with prices
}

// candidate is a provider that was asked for.
type candidate struct {
	provider string
	place    place
	shelf    *shelf // nil without a region
	gates    []Gate
	stays    bool // the estate is there today
	lines    []priced
	terms    []Components // of all counted lines, by term
	course   course
	internet *big.Rat // USD a month of internet egress, with its support
	oneOff   OneOff
	flow     *flow
	parts    []part  // of the score, in the order of Parts; nil where the candidate is not eligible
	oldest   *string // day of the oldest figure
}

func (c *candidate) gated(code string) bool {
	return slices.ContainsFunc(c.gates, func(g Gate) bool { return g.Code == code })
}

// priced is a line on a provider.
type priced struct {
	target, next string
	reason       string
	machine      *machine // nil for a managed database
	compute      []cost   // by term
	licences     cost
	block        cost
	object       cost
	database     cost
	network      cost
	internet     *big.Rat // what of network is internet egress
	unpriced     []string
	terms        []Components // by term; empty where the line is not counted
}

// Assess makes an assessment of a profile with the figures of a book; the day stands for today.
func Assess(p *Profile, book *pricebook.Book, asOf finops.Day) *Result {
	m, _ := NewModel(context.Background(), p, book, asOf, nil) // only the end of the context is an error
	return m.Result()
}

// calculate does everything but the result.
func (a *assessment) calculate() error {
	p, book := a.profile, a.book
	a.wanted = a.levels()
	for _, provider := range p.Requirements.Candidates {
		c := &candidate{provider: provider, place: chooseRegion(book, p, provider)}
		c.stays = p.Organization.Infrastructure == "cloud" && len(p.Organization.SourceProviders) == 1 && p.Organization.SourceProviders[0] == provider
		if c.place.region != nil {
			c.shelf = newShelf(book, provider, c.place.region)
		}
		a.candidates = append(a.candidates, c)
		a.firstGates(c)
	}
	a.chosen = a.strategies()
	for _, c := range a.candidates {
		if err := a.price(c); err != nil {
			return err
		}
	}
	a.count()
	for _, c := range a.candidates {
		a.share(c)
	}
	a.sourceCosts()
	a.effortSums()
	a.plan = a.makePlan()
	for _, c := range a.candidates {
		if c.shelf != nil {
			v := a.likely()
			groups := a.groupLines(c)
			c.course = a.courseOf(groups)
			c.internet = new(big.Rat)
			for n := range groups {
				c.internet.Add(c.internet, groups[n].internet)
			}
			c.oneOff = a.oneOff(c, v)
			c.flow = a.cashFlow(c, v)
		}
	}
	for _, c := range a.candidates {
		a.budgetGates(c)
	}
	a.rate()
	return nil
}

// price finds the target of each line and prices all but what lines share.
func (a *assessment) price(c *candidate) error {
	c.lines = make([]priced, len(a.profile.Workloads))
	for i := range a.profile.Workloads {
		if err := a.onward(); err != nil {
			return err
		}
		w, l := &a.profile.Workloads[i], &c.lines[i]
		l.reason = a.chosen[i].strategy + ": " + a.chosen[i].why
		if a.chosen[i].strategy == "repurchase" {
			l.unpriced = []string{"subscription"}
		}
		if c.shelf == nil || !a.moves(i) {
			continue
		}
		n := a.sized(w)
		if a.managed(i) {
			a.priceManaged(c.shelf, l, w, n)
		} else {
			a.priceMachine(c.shelf, l, w, n, a.virtual(i))
		}
		l.object = c.shelf.requestCost(w)
		if w.ObjectGiB.Sign() > 0 {
			l.object = l.object.plus(c.shelf.objectCost(w.ObjectClass, rat(w.ObjectGiB)))
		}
		l.network = a.ownNetwork(c.shelf, i)
		for _, part := range []struct {
			name    string
			unknown bool
		}{
			{"compute", l.compute != nil && l.compute[0].unknown}, {"licences", l.licences.unknown}, {"block", l.block.unknown}, {"object", l.object.unknown},
			{"database", l.database.unknown}, {"network", l.network.unknown},
		} {
			if part.unknown {
				l.unpriced = append(l.unpriced, part.name)
			}
		}
	}
	return nil
}

// ownNetwork says whether everything is known that a line takes from the network.
func (a *assessment) ownNetwork(s *shelf, i int) cost {
	w := &a.profile.Workloads[i]
	c := cost{}
	if w.EgressGB.Sign() > 0 {
		c.unknown = c.unknown || s.lacks("egress", func() cost { return traffic(s.steps, whole(1_000_000_000)) })
	}
	if balanced(w) {
		c.unknown = c.unknown || s.lacks("balancer", func() cost { return s.balancer(whole(1)) })
	}
	if a.virtual(i) > 0 {
		c.unknown = c.unknown || s.lacks("gateway", func() cost { return s.gateway(1, false).plus(s.gateway(natMachines+1, false)) })
	}
	return c
}

func (a *assessment) priceManaged(s *shelf, l *priced, w *Workload, n need) {
	m := a.managedCost(s, w, n)
	l.database = m.cost.times(whole(w.Count))
	l.target, l.next = m.class, m.next
	if m.class == "" {
		l.reason += "; " + n.String() + "; no class with a price is large enough"
		return
	}
	l.reason += "; " + n.String() + "; the cheapest class that is large enough"
}

func (a *assessment) priceMachine(s *shelf, l *priced, w *Workload, n need, machines int) {
	best, next := a.target(s, w, n)
	gib := add(rat(w.BlockGiB), rat(w.DBStorageGiB))
	if w.Engine == "none" {
		gib = rat(w.BlockGiB)
	}
	l.block = s.blockCost(w.BlockType, disk{gib, rat(w.IOPS), rat(w.MBps)}).times(whole(machines))
	if best == nil {
		l.compute = []cost{unpriced}
		l.reason += "; " + n.String() + "; no type of the region is large enough and listed"
		return
	}
	l.machine, l.target = best, best.Type
	l.reason += fmt.Sprintf("; %s; the cheapest type that is large enough: %s", n, size(best.vcpu, best.memory))
	if next != nil {
		l.next = next.Type
	}
	l.compute = s.computeCosts(best, w, machines)
	l.licences = s.licence(best, licence(w)).plus(s.engineLicence(w, best)).times(hours(w), whole(machines))
}

// count decides which lines are counted: those that are fully priced on every candidate with a region, and that move.
func (a *assessment) count() {
	a.counted = make([]bool, len(a.profile.Workloads))
	for i := range a.counted {
		a.counted[i] = a.chosen[i].strategy == "retire" || a.moves(i)
		for _, c := range a.candidates {
			if c.shelf != nil && len(c.lines[i].unpriced) > 0 {
				a.counted[i] = false
			}
		}
	}
}

// moving lists the counted lines that go to a provider.
func (a *assessment) moving() (list []int) {
	for i, counted := range a.counted {
		if counted && a.moves(i) {
			list = append(list, i)
		}
	}
	return list
}

// share prices what counted lines share, and rounds each component of each line.
func (a *assessment) share(c *candidate) {
	if c.shelf == nil {
		return
	}
	lines := a.moving()
	network, internet := a.network(c.shelf, lines)
	objects := a.objects(c.shelf, lines)
	support, paid := a.support(), a.paid(c.provider)
	for _, i := range lines {
		l := &c.lines[i]
		l.network, l.object, l.internet = network[i].times(paid), objects[i].times(paid), internet[i].times(paid).amount()
		l.block, l.database = l.block.times(paid), l.database.times(paid)
		for t := range l.compute {
			l.compute[t] = l.compute[t].times(paid)
		}
		fixed := Components{
			Licences: rounded(l.licences.amount()), Block: rounded(l.block.amount()), Object: rounded(l.object.amount()),
			Database: rounded(l.database.amount()), Network: rounded(l.network.amount()),
		}
		l.terms = make([]Components, len(Terms))
		for t := range Terms {
			parts := fixed
			if l.compute != nil {
				parts.Compute = rounded(l.compute[t].amount())
			}
			before := total(parts.Compute, parts.Licences, parts.Block, parts.Object, parts.Database, parts.Network)
			parts.Support = rounded(mul(rat(before), support))
			parts.Total = total(before, parts.Support)
			l.terms[t] = parts
		}
	}
	a.sumTerms(c)
}

// paid is the part of the list prices of a provider that is paid after the known discount. Licences are never discounted.
func (a *assessment) paid(provider string) *big.Rat {
	return sub(whole(1), percent(a.profile.Requirements.DiscountPct[provider]))
}

// support is the part of the other components that support and observability cost.
func (a *assessment) support() *big.Rat {
	return add(percent(a.profile.Requirements.SupportPct), percent(a.profile.Requirements.ObservabilityPct))
}

// plus adds components.
func (c Components) plus(o Components) Components {
	return Components{
		total(c.Total, o.Total), total(c.Compute, o.Compute), total(c.Licences, o.Licences), total(c.Block, o.Block), total(c.Object, o.Object),
		total(c.Database, o.Database), total(c.Network, o.Network), total(c.Support, o.Support),
	}
}

// sumTerms sums the counted lines on each term.
func (a *assessment) sumTerms(c *candidate) {
	c.terms = make([]Components, len(Terms))
	for _, i := range a.moving() {
		for t := range Terms {
			c.terms[t] = c.terms[t].plus(c.lines[i].terms[t])
		}
	}
}

// notCounted says why a line takes no part in the totals.
func (a *assessment) notCounted(i int) string {
	switch a.chosen[i].strategy {
	case "retain":
		return "stays at the source: " + a.chosen[i].why
	case "repurchase":
		return "the subscription has no price here"
	}
	var parts []string
	for _, c := range a.candidates {
		if u := c.lines[i].unpriced; c.shelf != nil && len(u) > 0 {
			parts = append(parts, pricebook.ProviderName(c.provider)+" has no price for "+strings.Join(u, ", "))
		}
	}
	return strings.Join(parts, "; ")
}
