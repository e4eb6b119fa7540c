package migration

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// contribution is a Contribution before its points are rounded.
type contribution struct {
	Contribution
	points *big.Rat
}

// part is a part of the score of a candidate.
type part struct {
	value Tenth
	why   []Contribution
}

// round makes the part of its contributions: their sum, half up, and each so that they sum to it exactly (largest remainder).
func round(name string, list []contribution) part {
	sum := new(big.Rat)
	for _, c := range list {
		sum.Add(sum, c.points)
	}
	p := part{value: tenth(sum)}
	left := int64(p.value)
	rests := make([]*big.Rat, len(list))
	for i, c := range list {
		c.Part = name
		tenths := mul(c.points, whole(10))
		c.Points = Tenth(floor(tenths))
		rests[i] = sub(tenths, whole(int(c.Points)))
		left -= int64(c.Points)
		p.why = append(p.why, c.Contribution)
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return rests[y].Cmp(rests[x]) })
	for _, i := range order {
		if left > 0 {
			p.why[i].Points++
			left--
		}
	}
	return p
}

// rated lists the candidates that have a score: those without a gate, and none where no line that moves could be priced.
func (a *assessment) rated() (list []*candidate) {
	if len(a.moving()) == 0 {
		return nil
	}
	for _, c := range a.candidates {
		if len(c.gates) == 0 {
			list = append(list, c)
		}
	}
	return list
}

// rate scores the candidates that have a score.
func (a *assessment) rate() {
	list := a.rated()
	costs := a.costParts(list, a.likely())
	speed := a.speeds(list)
	for i, c := range list {
		c.parts = []part{round("cost", costs[i]), round("services", a.servicesPart(c)), round("compliance", a.compliancePart(c)), round("performance", a.performancePart(c, speed[i]))}
	}
}

// total is the weighted sum of the parts.
func totalScore(parts []Tenth, weights []*big.Rat) Tenth {
	sum := new(big.Rat)
	for i, p := range parts {
		sum.Add(sum, mul(p.rat(), weights[i]))
	}
	return tenth(sum)
}

// weights are those of the profile, as fractions in the order of Parts.
func (a *assessment) weights() (list []*big.Rat) {
	for _, name := range Parts {
		list = append(list, fraction(int64(a.profile.Requirements.Weights[name]), 100))
	}
	return list
}

func (c *candidate) values() []Tenth {
	list := make([]Tenth, len(c.parts))
	for i, p := range c.parts {
		list[i] = p.value
	}
	return list
}

// costParts compares the discounted cost over the horizon with the cheapest, less what is above a soft budget.
func (a *assessment) costParts(list []*candidate, v variant) [][]contribution {
	costs := make([]*big.Rat, len(list))
	var cheapest *big.Rat
	for i, c := range list {
		costs[i] = a.cashFlow(c, v).horizonCost()
		if cheapest == nil || costs[i].Cmp(cheapest) < 0 {
			cheapest = costs[i]
		}
	}
	parts := make([][]contribution, len(list))
	for i, c := range list {
		points := whole(100)
		if costs[i].Sign() > 0 {
			points = mul(whole(100), quo(cheapest, costs[i]))
		}
		label := fmt.Sprintf("Cost over %d months beside the cheapest", a.profile.Requirements.Horizon)
		parts[i] = []contribution{{Contribution{Label: label, Value: shown(rounded(costs[i])) + " USD", Weight: "1", Source: "price book", AsOf: a.oldest(c)}, points}}
		if above := minOf(a.overrun(c, v), points); above.Sign() > 0 {
			parts[i] = append(parts[i], contribution{
				Contribution{Label: "Above the soft budget", Value: finops.RoundHalfEven(above, 2) + " %", Weight: "1", Source: "profile"}, new(big.Rat).Neg(above),
			})
		}
	}
	return parts
}

// overrun is by how many percent a candidate is above the soft budgets, the larger of both and at most 20.
func (a *assessment) overrun(c *candidate, v variant) *big.Rat {
	r := &a.profile.Requirements
	above := new(big.Rat)
	check := func(hard bool, budget *finops.Amount, estimate *big.Rat) {
		if !hard && budget != nil {
			above = maxOf(above, mul(whole(100), quo(sub(estimate, rat(*budget)), rat(*budget))))
		}
	}
	month := add(rat(c.terms[v.term].Total), mul(c.internet, sub(v.egress, whole(1))))
	check(r.BudgetMonthlyHard, r.BudgetMonthly, month)
	check(r.BudgetOneOffHard, r.BudgetOneOff, rat(a.oneOff(c, v).Total))
	return minOf(above, whole(20))
}

// lockPenalties are what a service that binds costs of its fit, by tolerance and lock-in.
var lockPenalties = map[string]map[string]*big.Rat{
	"low":    {"medium": fraction(10, 100), "high": fraction(25, 100)},
	"medium": {"medium": fraction(5, 100), "high": fraction(12, 100)},
}

// skilledPoints are added to services where the team knows the provider well.
const skilledPoints = 3

func (a *assessment) servicesPart(c *candidate) (list []contribution) {
	levels := a.wanted
	sum := 0
	for _, level := range levels {
		sum += levelWeights[level]
	}
	points := new(big.Rat)
	for _, key := range slices.Sorted(maps.Keys(levels)) {
		s := a.services[key]
		fit := rat(s.Fit[c.provider].Amount())
		lock := whole(1)
		if penalty := lockPenalties[a.profile.Requirements.LockIn][s.LockIn]; penalty != nil {
			lock = sub(lock, penalty)
		}
		weight := fraction(int64(levelWeights[levels[key]]), int64(sum))
		one := contribution{
			Contribution{Label: s.Capability, Value: fmt.Sprintf("%s; fit %s, lock-in %s", s.Names[c.provider], s.Fit[c.provider], s.LockIn), Weight: decimalOf(weight), Source: "service map"},
			mul(whole(100), weight, fit, lock),
		}
		points.Add(points, one.points)
		list = append(list, one)
	}
	if skill := a.profile.Organization.Skill[c.provider]; skill >= 4 {
		extra := minOf(whole(skilledPoints), sub(whole(100), points))
		list = append(list, contribution{Contribution{Label: "Skill of the team", Value: fmt.Sprintf("%d of 5", skill), Weight: "1", Source: "profile"}, extra})
	}
	return list
}

// statusPoints of a framework; those of contract and supported are for laws, regulators, guidelines and contracts, else 0.8.
var statusPoints = map[string]*big.Rat{
	"attested": whole(1), "contract": whole(1), "supported": whole(1), "restricted": fraction(6, 10), "partner": fraction(3, 10), "unknown": fraction(3, 10), "none": new(big.Rat),
}

func (a *assessment) compliancePart(c *candidate) (list []contribution) {
	frameworks := a.profile.Requirements.Frameworks
	if len(frameworks) == 0 {
		return []contribution{{Contribution{Label: "No framework is asked for", Value: "not asked", Weight: "1", Source: "profile"}, whole(100)}}
	}
	weight := fraction(1, int64(len(frameworks)))
	for _, f := range frameworks {
		row := a.attestation(f.Name, c.provider)
		if row == nil {
			row = &pricebook.Attestation{Framework: f.Name, Status: "unknown"}
		}
		points := statusPoints[row.Status]
		if points == nil {
			points = statusPoints["unknown"]
		}
		if (row.Status == "contract" || row.Status == "supported") && !slices.Contains(words("law regulator guideline contract"), row.Kind) {
			points = fraction(8, 10)
		}
		value := row.Status
		if row.RegionScope != "" {
			value += "; " + row.RegionScope
		}
		if !inScope(row.RegionScope, c.place.region) {
			points = mul(points, fraction(1, 2))
			value += "; not this region"
		}
		if row.Evidence == "C" {
			value += "; verify"
		}
		list = append(list, contribution{Contribution{Label: f.Name, Value: value, Weight: decimalOf(weight), Source: row.URL}, mul(whole(100), weight, points)})
	}
	return list
}

// inScope reports whether the scope of an attestation holds for a region.
func inScope(scope string, r *pricebook.Region) bool {
	in := func(j string) bool { return slices.Contains(r.Jurisdictions, j) }
	says := func(list ...string) bool {
		return slices.ContainsFunc(list, func(text string) bool { return strings.Contains(scope, text) })
	}
	switch {
	case says("all commercial regions") && !in("US-Gov"), says("EU regions", "EU Data Boundary") && in("EU"), says("US regions", "US commercial regions") && in("US"),
		says("Azure Government", "GovCloud") && in("US-Gov"):
		return true
	}
	for _, word := range strings.FieldsFunc(scope, func(c rune) bool {
		return c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
	}) {
		if word == r.Name || len(word) == 2 && word == r.Country {
			return true
		}
	}
	return false
}

// speeds are the speed per money of the candidates beside the best, from 0 to 1.
func (a *assessment) speeds(list []*candidate) []*big.Rat {
	marks, prices := make([]*big.Rat, len(list)), make([]*big.Rat, len(list))
	for i := range list {
		marks[i], prices[i] = new(big.Rat), new(big.Rat)
	}
	for _, i := range a.moving() {
		machines := whole(a.virtual(i))
		if machines.Sign() == 0 || slices.ContainsFunc(list, func(c *candidate) bool { return c.lines[i].machine == nil || c.lines[i].machine.coremark == nil }) {
			continue
		}
		for n, c := range list {
			m := c.lines[i].machine
			marks[n].Add(marks[n], mul(machines, m.coremark, whole(m.vcpu)))
			prices[n].Add(prices[n], mul(machines, m.hourly))
		}
	}
	best := new(big.Rat)
	speeds := make([]*big.Rat, len(list))
	for n := range list {
		if prices[n].Sign() > 0 {
			speeds[n] = quo(marks[n], prices[n])
			best = maxOf(best, speeds[n])
		}
	}
	for n := range list {
		if speeds[n] == nil || best.Sign() == 0 {
			speeds[n] = whole(1)
			continue
		}
		speeds[n] = quo(speeds[n], best)
	}
	return speeds
}

func (a *assessment) performancePart(c *candidate, speed *big.Rat) []contribution {
	half, near, available := fraction(5, 10), fraction(3, 10), fraction(2, 10)
	nearness, availability := a.nearness(c), new(big.Rat)
	promised := a.promised(c)
	if promised == nil || promised.Cmp(rat(a.profile.Requirements.Availability)) >= 0 {
		availability = whole(100)
	}
	value := "no production"
	if promised != nil {
		value = finops.RoundHalfEven(promised, 2) + " %"
	}
	return []contribution{
		{Contribution{Label: "Speed per money", Value: finops.RoundHalfEven(mul(speed, whole(100)), 1) + " % of the best", Weight: decimalOf(half), Source: "CPU performance table"}, mul(half, speed, whole(100))},
		{Contribution{Label: "Nearness to the users", Value: finops.RoundHalfEven(nearness, 1), Weight: decimalOf(near), Source: "regions"}, mul(near, nearness)},
		{Contribution{Label: "Availability of the design", Value: value, Weight: decimalOf(available), Source: "provider terms"}, mul(available, availability)},
	}
}

// nearness is how near the region is to the users: 90 in their country, 70 in their part of the world, else 40.
func (a *assessment) nearness(c *candidate) *big.Rat {
	locations := a.profile.Requirements.Locations
	if len(locations) == 0 {
		locations = []Location{{a.profile.Organization.Seat(), finops.NewAmount(100, 0)}}
	}
	sum := new(big.Rat)
	for _, l := range locations {
		near := 40
		switch {
		case l.Country == c.place.region.Country:
			near = 90
		case a.groupOf(l.Country) == c.place.region.Group:
			near = 70
		}
		sum.Add(sum, mul(percent(l.Share), whole(near)))
	}
	return sum
}

// groupOf is the part of the world of a country, "" where no table says it.
func (a *assessment) groupOf(country string) string {
	if geo := seatGeo(a.book, country); geo != nil {
		return geo.Group
	}
	for _, r := range a.book.Regions() {
		if r.Country == country {
			return r.Group
		}
	}
	return ""
}

// singleMachine is the availability of one machine that a provider promises.
var singleMachine = map[string]*big.Rat{"aws": fraction(995, 10), "azure": fraction(999, 10), "gcp": fraction(999, 10)}

// promised is the availability of the design in percent; nil where nothing is in production.
func (a *assessment) promised(c *candidate) *big.Rat {
	production, twice := false, true
	for _, i := range a.moving() {
		if w := &a.profile.Workloads[i]; w.Environment == "prod" {
			production = true
			twice = twice && (w.Count >= 2 || w.DBHA)
		}
	}
	switch {
	case !production:
		return nil
	case twice:
		return fraction(9999, 100)
	}
	return singleMachine[c.provider]
}
