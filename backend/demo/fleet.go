package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// resource is one thing of the client. It keeps its identity from day from to day to (exclusive).
type resource struct {
	template *template
	index    int
	account  int
	region   region
	zone     string
	id, name string
	group    string
	tags     string
	seed     uint64
	from, to int
	size     int64 // per-mille of the catalogue quantity
}

const (
	migrationStartBack = 8 // months before the last one: March when the horizon ends in November
	migrationEndBack   = 5
)

// newResource makes the index-th resource of a template. It depends on the seed, the template and the index alone.
func newResource(seed uint64, t *template, index int, c *calendar) resource {
	r := newChance(seed, fmt.Sprintf("%s/%d", t.name, index))
	res := resource{template: t, index: index, account: t.accounts[index%len(t.accounts)], size: 1000, seed: r.Uint64()}
	res.region = regions[t.regions[index%len(t.regions)]]
	if t.zonal && res.region.zones != "" {
		letter := res.region.zones[r.IntN(len(res.region.zones))]
		res.zone = res.region.id + res.region.zoneStyle + string(letter)
	}
	if t.sized && index > 0 {
		res.size = 300 + int64(r.IntN(1700))
	}
	app := ""
	if len(t.apps) > 0 {
		app = t.apps[r.IntN(len(t.apps))]
	}
	a := accounts[res.account]
	res.group = resourceGroup(app, a.env)
	res.name = resourceName(t, a, index, r)
	res.id = expandID(t.idPattern, &res, a, r)
	res.tags = or(t.tagged, tagsOf(t.provider, a, app, r))
	res.from, res.to = lifeOf(t, index, c, r)
	if len(t.of) > 0 {
		machine := newResource(seed, templateNamed(t.provider, t.of[index%len(t.of)]), index/len(t.of), c)
		res.account, res.region, res.zone, res.group, res.tags = machine.account, machine.region, machine.zone, machine.group, machine.tags
		res.name, res.from, res.to = machine.name+t.label, machine.from, machine.to
		res.id = expandID(t.idPattern, &res, accounts[res.account], r)
	}
	return res
}

func templateNamed(p provider, name string) *template {
	return &templates[p][slices.IndexFunc(templates[p], func(t template) bool { return t.name == name })]
}

func resourceGroup(app, env string) string {
	if app == "" {
		app = "default"
	}
	return "rg-" + app + "-" + env
}

func resourceName(t *template, a account, index int, r *rand.Rand) string {
	name := t.label + "-" + randomHex(r, 2) + fmt.Sprintf("%03d", index)
	switch t.kind {
	case "S3 Bucket", "Bucket":
		return "hp-" + a.team + "-" + name
	case "Storage account": // lower-case letters and digits, 24 at most
		name = "hp" + strings.ReplaceAll(name, "-", "")
		return name[:min(24, len(name))]
	case "BigQuery Dataset":
		return strings.ReplaceAll(name, "-", "_")
	}
	return name
}

func expandID(pattern string, res *resource, a account, r *rand.Rand) string {
	s := strings.NewReplacer("{r}", res.region.id, "{a}", a.id, "{n}", res.name, "{g}", res.group, "{z}", res.zone,
		"{X13}", fmt.Sprintf("%s%05d", randomText(r, skuDigits, 8), res.index%100_000)).Replace(pattern)
	for _, n := range []int{12, 16, 32} {
		mark := fmt.Sprintf("{x%d}", n)
		if before, after, found := strings.Cut(s, mark); found {
			// The index in the id keeps ids distinct in a fleet of any size.
			s = before + randomHex(r, n-7) + fmt.Sprintf("%07x", res.index) + after
		}
	}
	return s
}

// lifeOf returns the first and the end day of a resource. The first resource of every template is a steady one, so
// that the smallest client has everything.
func lifeOf(t *template, index int, c *calendar, r *rand.Rand) (from, to int) {
	end := c.days - providers[t.provider].lagDays
	share := func(low, high int) int { return end * (low + r.IntN(high-low)) / 1000 }
	moveStart := c.monthFrom(migrationStartBack)
	moveDay := moveStart + r.IntN(max(1, c.monthFrom(migrationEndBack)-moveStart))
	from, to = 0, end
	switch t.life {
	case leaves:
		to = min(max(moveDay+14, 0), end) // two weeks of parallel operation
	case arrives:
		from = min(max(moveDay, 0), end)
	case gathers:
		from = share(20, 800)
	case recent:
		from, to = max(0, end-t.born), max(0, end-t.gone)
	case churns:
		if index == 0 {
			break
		}
		switch draw := r.IntN(100); {
		case draw < 26:
			from = share(60, 950)
		case draw < 35:
			to = share(250, 950)
		}
	}
	return from, max(from, to)
}

// lines is how many charge lines the resource gets over its life.
func (res *resource) lines(c *calendar) int {
	skus := res.skus()
	n := res.chargeDays(c, res.from, res.to) * len(skus)
	if res.template.hourly && c.hourlyFrom < res.to {
		q := parseAmount(skus[0].daily)
		hours := int((q.units + pow10[q.scale] - 1) / pow10[q.scale])
		n += res.chargeDays(c, max(res.from, c.hourlyFrom), res.to) * (hours - 1)
	}
	return n
}

// chargeDays is on how many days from one to another, exclusive, the resource is charged.
func (res *resource) chargeDays(c *calendar, from, to int) int {
	switch res.template.cadence {
	case workdays:
		return c.workday[to] - c.workday[from]
	case monthly:
		n := 0
		for _, m := range c.months {
			if m.from >= from && m.from < to {
				n++
			}
		}
		return n
	}
	return to - from
}

func (res *resource) skus() []sku {
	v := res.template.variants
	return v[res.index%len(v)]
}

// newFleet fills the templates until their charge lines reach wanted: first every floor, then by weight.
func newFleet(seed uint64, c *calendar, wanted int64) [providerCount][]resource {
	byTemplate := make(map[*template][]resource)
	lines := int64(0)
	add := func(t *template) {
		res := newResource(seed, t, len(byTemplate[t]), c)
		byTemplate[t] = append(byTemplate[t], res)
		lines += int64(res.lines(c))
	}
	order := templatesInTurn()
	for p := range providerCount {
		for i := range templates[p] {
			for range templates[p][i].floor {
				add(&templates[p][i])
			}
		}
	}
	for p := range providerCount {
		for i := range plants[p] {
			if c.detailed {
				add(&plants[p][i])
			}
		}
	}
	for i := 0; lines < wanted; i++ {
		add(order[i%len(order)])
	}
	var fleet [providerCount][]resource
	for p := range providerCount {
		for _, of := range [][]template{templates[p], plants[p]} {
			for i := range of {
				fleet[p] = append(fleet[p], byTemplate[&of[i]]...)
			}
		}
	}
	return fleet
}

// templatesInTurn lists every template as often as it weighs, spread evenly: one of each, then the heavier ones again.
func templatesInTurn() []*template {
	var order []*template
	for round := 0; ; round++ {
		found := false
		for p := range providerCount {
			for i := range templates[p] {
				if t := &templates[p][i]; t.weight > round {
					order = append(order, t)
					found = true
				}
			}
		}
		if !found {
			return order
		}
	}
}
