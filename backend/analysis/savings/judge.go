package savings

import (
	"fmt"
	"math/big"
	"math/bits"
	"slices"
	"strconv"
	"sync"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

// judged is a group that its rule has found.
type judged struct {
	key  cellKey
	cell *cell
	days int
	// unhinted says that the bill does not point at it, so that documents must prove it.
	unhinted bool
}

// describe says the evidence of each finding as a filter: on several cores, as there can be thousands.
func (e *examination) describe() {
	for _, k := range e.findings {
		e.evidenceOf(int(k.key.rule), e.has)
	}
	var all sync.WaitGroup
	for first := range e.peers {
		all.Go(func() {
			for i := first; i < len(e.findings); i += len(e.peers) {
				k := e.findings[i]
				k.finding.where = filter.Print(e.where(k.judged, k.finding))
			}
		})
	}
	all.Wait()
}

// hint is whether the bill points at a group, as far as it knows what belongs to what.
type hint int

const (
	hinted     hint = iota
	unhinted        // what it belongs to is in use
	unknownUse      // the bill shows use of nothing
	nameless        // it has no name to go by
)

func (e *examination) hintOf(a *rating, key cellKey, c *cell, used map[[2]uint16]bool) hint {
	switch {
	case a.rule.NeedsUse && !used[[2]uint16{key.rule, key.set}]:
		return unknownUse
	case a.related < 0:
		return hinted
	case c.related == 0:
		return nameless
	case e.isRelated(key, c) || (a.rule.name != nil && !a.rule.name.MatchString(e.valueText(a.related, c.related))):
		return unhinted
	}
	return hinted
}

// judge decides of every group whether it is a finding.
func (e *examination) judge() {
	examined := e.examinable()
	e.merge()
	unmeasured, unnamed := map[[2]string]int{}, map[[2]string]int{}
	used := e.usedAnywhere()
	for key, c := range e.cells {
		cal := e.sets[key.set]
		if !examined[[2]int{int(key.rule), int(key.set)}] || !c.matched || c.lines == 0 {
			continue
		}
		a := &e.ratings[key.rule]
		if a.rule.NeedsResource && key.grain == grainRegion {
			e.skip(a.rule.ID, cal.Provider, "Lines of these meters name no resource.")
			continue
		}
		if c.unmeasured && a.measures() {
			unmeasured[[2]string{a.rule.ID, cal.Provider}]++
			continue
		}
		hint := e.hintOf(a, key, c, used)
		if hint != hinted && !e.tellsAlone(a.rule) {
			switch hint {
			case unknownUse:
				e.skip(a.rule.ID, cal.Provider, "The bill has no lines of use for these meters, so nothing can be called idle.")
			case nameless:
				unnamed[[2]string{a.rule.ID, cal.Provider}]++
			default:
			}
			continue
		}
		if a.ends >= 0 && !e.endsSoon(a, key, c) {
			continue
		}
		if e.usedNearby(key, c) {
			e.skip(a.rule.ID, cal.Provider, "Lines of use name no resource, so that it is unknown which resource is idle.")
			continue
		}
		j := judged{key: key, cell: c, days: e.daysOf(a.rule, c, cal), unhinted: hint != hinted}
		if j.days == 0 || !a.finds(c, cal, j.days) || !e.standsOut(a, j) || !e.losesEnough(a, key) {
			continue
		}
		if k := e.newClaim(j); k != nil {
			e.findings = append(e.findings, k)
		}
	}
	for key, n := range unnamed {
		e.skip(key[0], key[1], fmt.Sprintf("%s without a name cannot be matched with others.", counted(n, "resource")))
	}
	for key, n := range e.unlisted {
		e.skip(key[0], key[1], fmt.Sprintf("No document says enough of %s.", counted(n, "resource")))
	}
	for key, n := range unmeasured {
		e.skip(key[0], key[1], fmt.Sprintf("%s without ConsumedQuantity cannot be examined.", counted(n, "resource")))
	}
	slices.SortFunc(e.findings, compareClaims)
}

// usedAnywhere says of which rules a data set shows use of resources that they look at.
func (e *examination) usedAnywhere() map[[2]uint16]bool {
	used := map[[2]uint16]bool{}
	for key, c := range e.cells {
		if c.matched && !c.use.IsZero() {
			used[[2]uint16{key.rule, key.set}] = true
		}
	}
	for key := range e.related {
		used[[2]uint16{uint16(key.rule), uint16(key.set)}] = true
	}
	return used
}

// standsOut compares a group with the bill and with the time before the lookback.
func (e *examination) standsOut(a *rating, j judged) bool {
	if limit := a.limits[shareOfBill]; limit != nil {
		cal := e.sets[j.key.set]
		bill := e.bills[costKey{int(j.key.set), j.key.currency}]
		if bill == nil {
			return false
		}
		month := perMonth(bill.rat(), cal.counted(cal.start(costDays), cal.asOf))
		if perMonth(j.cell.cost.rat(), j.days).Cmp(percentOf(limit, month)) < 0 {
			return false
		}
	}
	limit := a.limits[dearerBy]
	if limit == nil {
		return true
	}
	past := e.past[j.key]
	if past == nil || past.broken || past.cost.rat().Sign() <= 0 || past.quantity.rat().Sign() <= 0 {
		return false
	}
	cost, quantity, before := j.cell.cost.rat(), j.cell.hours.rat(), past.quantity.rat()
	if quantity.Cmp(before) < 0 {
		return false
	}
	cost.Mul(cost, before)
	then := past.cost.rat()
	then.Mul(then, quantity)
	return cost.Cmp(then.Add(then, percentOf(limit, then))) > 0
}

// endsSoon reports whether a commitment ends within the days of the rule.
func (e *examination) endsSoon(a *rating, key cellKey, c *cell) bool {
	cal := e.sets[key.set]
	end, err := finops.ParseDay(firstPart(e.valueText(a.ends, c.ends)))
	if err != nil {
		e.skip(a.rule.ID, cal.Provider, "The bill does not say when commitments end.")
		return false
	}
	return end >= cal.asOf && big.NewRat(int64(end-cal.asOf), 1).Cmp(a.limits[endsWithin]) <= 0
}

// firstPart is the date of a text in the form of ISO 8601.
func firstPart(text string) string { return text[:min(len(text), len("2006-01-02"))] }

// percentOf is a percentage of something.
func percentOf(limit, of *big.Rat) *big.Rat {
	p := new(big.Rat).Mul(limit, of)
	return p.Quo(p, hundred)
}

// usedNearby reports whether something was used in the same account and region that names no resource: it
// may be this one.
func (e *examination) usedNearby(key cellKey, c *cell) bool {
	if key.grain != grainResource || e.rules[key.rule].Use == "" || e.rules[key.rule].Related != "" {
		return false
	}
	near := e.cells[regionKey(key, c.account, c.region)]
	return near != nil && near.looseUse
}

// daysOf is the number of days that divide the cost.
func (e *examination) daysOf(r *Rule, c *cell, cal *calendar) int {
	from := cal.start(r.Lookback)
	if !r.Events {
		from = max(from, c.first)
	}
	return cal.counted(from, cal.asOf)
}

func (a *rating) finds(c *cell, cal *calendar, days int) bool {
	if !a.rule.Events && c.to < cal.goneBefore() {
		return false
	}
	if a.limits[quietDays] == nil && a.rule.Use != "" && !c.use.IsZero() {
		return false
	}
	if limit := a.limits[quantityAbove]; limit != nil && c.hours.rat().Cmp(limit) <= 0 {
		return false
	}
	if limit := a.limits[daysAbove]; limit != nil && big.NewRat(int64(bits.OnesCount64(c.days)), 1).Cmp(limit) <= 0 {
		return false
	}
	if limit := a.limits[ageAbove]; limit != nil && !a.decided[ageAbove] && big.NewRat(int64(cal.asOf-c.first), 1).Cmp(limit) <= 0 {
		return false
	}
	return a.ages(c, cal) && a.meetsCost(c, cal, days) && a.withinLegs(c)
}

// ages compares what is a number of days or of resources.
func (a *rating) ages(c *cell, cal *calendar) bool {
	if limit := a.limits[ageAtMost]; limit != nil && big.NewRat(int64(cal.asOf-c.first), 1).Cmp(limit) > 0 {
		return false
	}
	if limit := a.limits[quietDays]; limit != nil && c.lastUse > 0 && big.NewRat(int64(cal.asOf-c.lastUse), 1).Cmp(limit) < 0 {
		return false
	}
	if limit := a.limits[resourcesAtLeast]; limit != nil && big.NewRat(int64(len(c.resources)), 1).Cmp(limit) < 0 {
		return false
	}
	if limit := a.limits[accountsAtLeast]; limit != nil && big.NewRat(int64(len(c.accounts)), 1).Cmp(limit) < 0 {
		return false
	}
	if limit := a.limits[spikeAbove]; limit != nil && !c.spikes(cal, a.rule.Lookback, limit) {
		return false
	}
	return !a.counts.sizes || a.sized(c)
}

// sized compares the mean size.
func (a *rating) sized(c *cell) bool {
	size := c.size.rat()
	size.Quo(size, big.NewRat(int64(max(bits.OnesCount64(c.days), 1)), 1))
	above, most := a.limits[sizeAbove], a.limits[sizeAtMost]
	return (above == nil || size.Cmp(above) > 0) && (most == nil || size.Cmp(most) <= 0)
}

// meetsCost compares what is made of the cost.
func (a *rating) meetsCost(c *cell, cal *calendar, days int) bool {
	cost := c.cost.rat()
	if limit := a.limits[costAtLeast]; limit != nil && perMonth(cost, days).Cmp(limit) < 0 {
		return false
	}
	if limit := a.limits[growthAtLeast]; limit != nil && growthOf(c, cal, a.rule.Lookback).Cmp(limit) < 0 {
		return false
	}
	if limit := a.limits[growthBelow]; limit != nil {
		growth := growthOf(c, cal, a.rule.Lookback)
		if growth.Abs(growth).Cmp(limit) >= 0 {
			return false
		}
	}
	return a.meetsShares(c, cost, days)
}

// growthOf is by how many percent of its mean the cost of a day grows in a month: the slope of the straight
// line with the least squares through the counted days of the lookback, from the first line on.
func growthOf(c *cell, cal *calendar, lookback int) *big.Rat {
	var n, sum, squares int64
	for day := max(cal.start(lookback), c.first); day <= cal.asOf; day++ {
		if cal.counts(day) {
			x := int64(day - cal.start(lookback))
			n, sum, squares = n+1, sum+x, squares+x*x
		}
	}
	cost := c.level.rat()
	below := n*squares - sum*sum
	if below == 0 || cost.Sign() <= 0 {
		return new(big.Rat)
	}
	slope := new(big.Rat).Mul(big.NewRat(n, 1), c.growth.rat())
	slope.Sub(slope, new(big.Rat).Mul(big.NewRat(sum, 1), cost))
	slope.Quo(slope, big.NewRat(below, 1))
	slope.Mul(slope, monthDays)
	slope.Mul(slope, hundred)
	return slope.Quo(slope, cost.Quo(cost, big.NewRat(n, 1)))
}

var hundred = big.NewRat(100, 1)

// meetsShares compares what is a percentage.
func (a *rating) meetsShares(c *cell, cost *big.Rat, days int) bool {
	if limit := a.limits[alwaysOn]; limit != nil && c.hours.rat().Cmp(percentOf(limit, big.NewRat(24*int64(days), 1))) < 0 {
		return false
	}
	base := c.base.rat()
	if limit := a.limits[shareAtLeast]; limit != nil && cost.Cmp(percentOf(limit, base)) < 0 {
		return false
	}
	if limit := a.limits[utilisationBelow]; limit != nil {
		all := new(big.Rat).Add(base, cost)
		return base.Cmp(percentOf(limit, all)) < 0
	}
	return true
}

// examinable says which rules can be examined on which data sets, and skips the others with a reason.
func (e *examination) examinable() map[[2]int]bool {
	can := map[[2]int]bool{}
	for i, r := range e.rules {
		for _, provider := range r.Providers {
			some := false
			for s, cal := range e.sets {
				if cal.Provider != provider {
					continue
				}
				some = true
				if reason := e.obstacle(r, &e.ratings[i], cal); reason != "" {
					e.skip(r.ID, provider, reason)
					continue
				}
				can[[2]int{i, s}] = true
			}
			if !some {
				e.skip(r.ID, provider, "The workspace has no usage of "+provider+".")
			}
		}
	}
	return can
}

func (e *examination) skip(rule, provider, reason string) {
	key := [2]string{rule, provider}
	if !slices.Contains(e.skipped[key], reason) {
		e.skipped[key] = append(e.skipped[key], reason)
	}
}

// obstacle is why a data set cannot be examined; "" = it can.
func (e *examination) obstacle(r *Rule, a *rating, cal *calendar) string {
	if reason := e.missing(r); reason != "" {
		return reason
	}
	account := "The billing account " + cal.Account
	if cal.Account == "" {
		account = "The bill without an account"
	}
	window := max(r.Lookback, costDays)
	if days := cal.counted(cal.start(window), cal.asOf); days < r.LeastDays {
		return fmt.Sprintf("%s has %s with usage in the last %d; %d are needed.", account, counted(days, "day"), window, r.LeastDays)
	}
	for _, name := range []string{ageAbove, quietDays, ageAtMost} {
		limit := a.limits[name]
		if limit == nil || a.decided[name] {
			continue
		}
		if history := int64(cal.asOf - cal.Days[0]); big.NewRat(history, 1).Cmp(limit) <= 0 {
			return fmt.Sprintf("%s has a history of %s; more than %s are needed.", account, counted(int(history), "day"), limit.RatString())
		}
	}
	if a.counts.past {
		if days := cal.counted(cal.start(2*r.Lookback), cal.start(r.Lookback)-1); days < r.LeastDays {
			return fmt.Sprintf("%s has %s with usage in the %d days before the lookback; %d are needed.", account, counted(days, "day"), r.Lookback, r.LeastDays)
		}
	}
	return ""
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// newClaim makes a finding of a group, with its gross saving; nil where there is nothing to save.
func (e *examination) newClaim(j judged) *claim {
	a, cal, c := &e.ratings[j.key.rule], e.sets[j.key.set], j.cell
	f := &Finding{
		Rule: a.rule, State: Open, Class: a.rule.Class, Confidence: a.rule.Confidence, Provider: cal.Provider, BillingAccount: cal.Account,
		Currency: e.text(atCurrency, j.key.currency), Service: c.service, LookbackDays: j.days, Lines: c.lines,
		FirstDay: c.evidence[0], LastDay: c.evidence[1],
	}
	if !c.manyAccounts {
		f.SubAccount = e.text(atAccount, c.account)
	}
	if !c.manyRegions {
		f.Region = e.text(atRegion, c.region)
	}
	switch j.key.grain {
	case grainResource:
		f.ResourceID = e.text(atResource, c.resource)
	case grainCommitment:
		f.ResourceID = e.text(atCommitment, j.key.a)
	case grainPool:
		f.ResourceID = e.poolID(j.key)
	case grainRegion, grainAccount, grainColumn, grainMerged, grainBill:
	}
	if a.limits[alwaysOn] != nil && c.daily {
		f.Class = Candidate // that it ran all day is not seen where lines are of whole days
	}
	if h := e.sharingOf(j.key); a.rule.shares() && h != nil && h.SlotHours > 1 {
		f.Class = Candidate // nor that what was unused and what was paid fell into the same hour
	}
	f.ID = e.id(j.key)
	if e.options.Dismissed[f.ID] {
		f.Decision = Dismissed
	}
	k := &claim{judged: j, finding: f, fraction: a.fraction}
	if n := int64(len(c.accounts)); a.limits[accountsAtLeast] != nil && n > 0 {
		k.fraction = big.NewRat(n-1, n)
	}
	if f.Rule.Saving == "S-RERATE" {
		if !e.reprices(k) {
			return nil
		}
	}
	if a.rule.Credits && !c.unpriced {
		f.Prices = []Price{e.lapsed(j)}
	}
	k.price()
	if !e.consult(k) {
		return nil
	}
	return k
}

// lapsed is what credits came to in a month while they lasted.
func (e *examination) lapsed(j judged) Price {
	cal := e.sets[j.key.set]
	month := perMonth(j.cell.cost.rat(), cal.counted(j.cell.evidence[0], j.cell.evidence[1]))
	return Price{
		Of: "the credits while they lasted", Value: rounded(month.Neg(month)).String(), Unit: e.text(atCurrency, j.key.currency) + " a month",
		Date: j.cell.evidence[1].String(), Source: "their lines",
	}
}

// reprices works out what part of its cost a group saves at other prices. It reports whether there are cheaper ones.
func (e *examination) reprices(k *claim) bool {
	e.asked = map[string]*big.Rat{}
	r := e.reprice(k.judged)
	if r.none {
		return false
	}
	cost := k.cell.cost.rat()
	if r.saved == nil || cost.Sign() <= 0 {
		k.unknown = true
		return cost.Sign() > 0
	}
	k.fraction = r.saved.Quo(r.saved, cost)
	k.finding.Prices, k.finding.given = r.prices, given{e.asked, e.past[k.key], e.sharingOf(k.key)}
	return true
}

// id is the same in every run: it is made of texts, as the numbers of a table are others each time.
func (e *examination) id(key cellKey) string {
	cal := e.sets[key.set]
	return idOf(append([]string{e.rules[key.rule].ID, cal.Provider, cal.Account, e.text(atCurrency, key.currency)}, e.groupText(key)...)...)
}

// groupText names a group as the data does, so that the numbers of a table do not matter.
func (e *examination) groupText(key cellKey) []string {
	switch key.grain {
	case grainResource:
		resource := e.text(atResource, key.a)
		if e.sets[key.set].Provider == azure {
			return []string{groupResource, lower(resource), e.text(atAccount, key.b)}
		}
		return []string{groupResource, resource, e.text(atAccount, key.b)}
	case grainCommitment:
		return []string{groupCommitment, e.text(atCommitment, key.a)}
	case grainRegion:
		return []string{"region", e.text(atAccount, key.a), e.text(atRegion, key.b)}
	case grainBill:
		return []string{groupBill, e.byText(key)}
	case grainColumn:
		return []string{"column", e.text(atAccount, key.a), e.valueText(e.ratings[key.rule].by, key.b)}
	case grainPool:
		return []string{groupPool, e.text(atRegion, key.a), e.classes.pools.families[key.b]}
	case grainMerged:
		return []string{"merged", e.text(atAccount, key.a), e.text(atRegion, key.b)}
	case grainAccount:
	}
	return []string{groupAccount, e.text(atAccount, key.a)}
}

// price works out the gross saving and the state.
func (k *claim) price() {
	f, c := k.finding, k.judged.cell
	switch {
	case f.Rule.Saving == "none":
		f.State = Review
		return
	case c.unpriced, k.unknown:
		f.State = Unpriceable
		return
	}
	k.gross = perMonth(new(big.Rat).Mul(c.cost.rat(), k.fraction), k.judged.days)
	gross := rounded(k.gross)
	if f.Rule.FreeIsReview && gross.Sign() == 0 {
		f.State = Review
		return
	}
	f.Gross = &gross
	if gross.Cmp(Floor) < 0 {
		f.State = BelowFloor
	}
}

// positive reports whether the finding is one: what costs nothing saves nothing.
func (k *claim) positive() bool {
	return k.finding.Gross == nil || k.finding.Gross.Sign() > 0
}

// zero is no money.
var zero finops.Amount
