package migration

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// tooClose is below how many points two providers are as good as each other.
const tooClose = 30 // tenths

func (a *assessment) result() *Result {
	res := &Result{Basis: a.basis(), PriceBook: a.priceBook(), Sensitivity: a.sensitivity(), Plan: a.plan.Plan, NotCounted: []NotCounted{}, Unmapped: []Unmapped{}}
	scores := map[string]Tenth{}
	for _, c := range a.rated() {
		scores[c.provider] = totalScore(c.values(), a.weights())
	}
	ranked := slices.Clone(a.candidates)
	slices.SortStableFunc(ranked, func(x, y *candidate) int {
		gates := func(c *candidate) int { return min(len(c.gates), 1) }
		return cmp.Or(gates(x)-gates(y), cmp.Compare(scores[y.provider], scores[x.provider]))
	})
	for _, c := range ranked {
		res.Providers = append(res.Providers, a.provider(c, scores[c.provider]))
	}
	if first := ranked[0]; first.parts == nil {
		res.Recommendation.Reason = a.noneReason()
	} else {
		res.Recommendation.Provider = &first.provider
		if len(ranked) > 1 && len(ranked[1].gates) == 0 {
			res.Recommendation.TooClose = scores[first.provider]-scores[ranked[1].provider] < tooClose
		}
	}
	for i, counted := range a.counted {
		if !counted {
			res.NotCounted = append(res.NotCounted, NotCounted{a.profile.Workloads[i].Name, a.notCounted(i)})
		}
	}
	res.Notes, res.Warnings = a.notes(), a.warnings(res)
	return res
}

// noneReason says why no provider is recommended.
func (a *assessment) noneReason() string {
	switch {
	case len(a.moving()) > 0:
		return "No provider meets the requirements."
	case slices.ContainsFunc(a.candidates, func(c *candidate) bool {
		return slices.ContainsFunc(c.lines, func(l priced) bool { return len(l.unpriced) > 0 })
	}):
		return "No workload could be priced."
	}
	return "No workload moves to a provider."
}

func (a *assessment) basis() Basis {
	r := &a.profile.Requirements
	return Basis{Weights{r.Weights["cost"], r.Weights["services"], r.Weights["compliance"], r.Weights["performance"]}, r.Term, r.Horizon, r.WACC}
}

func (a *assessment) provider(c *candidate, score Tenth) Provider {
	p := Provider{
		Provider: c.provider, Eligible: len(c.gates) == 0, Gates: append([]Gate{}, c.gates...), RegionReason: c.place.why, Contributions: []Contribution{},
		CashFlow: []Month{}, Tornado: []Bar{}, Confidence: a.confidence(c), Workloads: a.lines(c),
	}
	if c.shelf == nil {
		return p
	}
	p.Region = &c.place.region.Name
	if !slices.Contains(a.counted, true) {
		return p
	}
	if d := a.profile.Requirements.DiscountPct[c.provider]; d.Sign() > 0 {
		p.Discount = &d
	}
	v := a.likely()
	p.Monthly = &c.terms[v.term]
	p.Terms = &TermTotals{c.terms[0].Total, c.terms[1].Total, c.terms[2].Total, c.terms[3].Total, c.terms[4].Total}
	p.OneOff, p.OneOffParts = &c.oneOff.Total, &c.oneOff
	p.OneOffLow, p.OneOffHigh = new(a.oneOff(c, a.lowest()).Total), new(a.oneOff(c, a.highest()).Total)
	p.HorizonCost = new(rounded(c.flow.horizonCost()))
	known := a.sourceCost != nil
	p.CashFlow = c.flow.months(known)
	if known {
		p.NPV, p.ROI, p.PaybackMonth = new(rounded(c.flow.presentValue())), c.flow.roi(), c.flow.payback()
		p.Tornado = a.tornado(c)
	}
	if c.parts != nil {
		p.Score = &Score{score, c.parts[0].value, c.parts[1].value, c.parts[2].value, c.parts[3].value}
		for _, part := range c.parts {
			p.Contributions = append(p.Contributions, part.why...)
		}
	}
	return p
}

func (a *assessment) lines(c *candidate) []Line {
	term := a.likely().term
	list := make([]Line, 0, len(c.lines))
	for i := range c.lines {
		l := &c.lines[i]
		line := Line{
			Name: a.profile.Workloads[i].Name, Reason: l.reason, Unpriced: append([]string{}, l.unpriced...), Counted: a.counted[i], Strategy: a.chosen[i].strategy,
		}
		if l.target != "" {
			line.Target = &l.target
		}
		if l.next != "" {
			line.RunnerUp = &l.next
		}
		switch {
		case l.terms != nil:
			line.Components, line.Monthly, line.Prices = &l.terms[term], &l.terms[term].Total, l.prices(term)
		case a.counted[i] && c.shelf != nil && !a.moves(i):
			line.Components, line.Monthly = &Components{}, &finops.Amount{}
		}
		list = append(list, line)
	}
	return list
}

// prices is where the oldest price of each component is from.
func (l *priced) prices(term int) (from []PriceFrom) {
	note := func(component string, part cost) {
		if part.amount().Sign() == 0 || len(part.from) == 0 {
			return
		}
		oldest := slices.MinFunc(part.from, func(a, b figure) int {
			return cmp.Or(strings.Compare(a.Day(), b.Day()), strings.Compare(a.Source, b.Source))
		})
		from = append(from, PriceFrom{component, oldest.Source, oldest.AsOf})
	}
	if l.compute != nil {
		note("compute", l.compute[term])
	}
	note("licences", l.licences)
	note("block", l.block)
	note("object", l.object)
	note("database", l.database)
	note("network", l.network)
	return from
}

// costsOf are the parts of a line at the purchase option.
func (a *assessment) costsOf(l *priced) []cost {
	list := []cost{l.licences, l.block, l.object, l.database, l.network}
	if l.compute != nil {
		list = append(list, l.compute[a.likely().term])
	}
	return list
}

// eachFigure calls f with the figures that the counted lines of a candidate use.
func (a *assessment) eachFigure(c *candidate, f func(figure)) {
	if c.shelf == nil {
		return
	}
	for _, i := range a.moving() {
		for _, part := range a.costsOf(&c.lines[i]) {
			for _, used := range part.from {
				f(used)
			}
		}
	}
}

// oldest is the day of the oldest figure of a candidate.
func (a *assessment) oldest(c *candidate) (day string) {
	if c.oldest == nil {
		a.eachFigure(c, func(f figure) { day = pricebook.Oldest(day, f.Day()) })
		c.oldest = &day
	}
	return *c.oldest
}

func (a *assessment) priceBook() PriceBook {
	p := PriceBook{Version: a.book.Version(), Tables: map[string]string{}}
	for _, c := range a.candidates {
		a.eachFigure(c, func(f figure) { p.Tables[f.table] = pricebook.Oldest(p.Tables[f.table], f.Day()) })
	}
	for _, day := range p.Tables {
		p.OldestAsOf = pricebook.Oldest(p.OldestAsOf, day)
	}
	return p
}

// confidence is the share of the asked points that are known, less half of the share of the money that is estimated.
func (a *assessment) confidence(c *candidate) Confidence {
	asked, present := 0, 0
	for _, g := range a.gaps() {
		asked, present = asked+g.Asked, present+g.Asked-g.Missing
	}
	share := fraction(int64(present), int64(asked))
	if c.shelf != nil {
		share = mul(share, sub(whole(1), mul(fraction(1, 2), a.estimated(c))))
	}
	stars := 1
	for n := 1; n < 5; n++ {
		if share.Cmp(fraction(int64(n), 5)) > 0 {
			stars = n + 1
		}
	}
	if a.profile.Organization.CurrentMonthlyCost == nil {
		stars = min(stars, 3)
	}
	return Confidence{stars, decimalOf(share)}
}

// Gap is a point that was asked for and is not known everywhere.
type Gap struct {
	Point   string  `json:"point"`
	Asked   int     `json:"asked"` // of how many lines; 1 for the organisation
	Missing int     `json:"missing"`
	Share   Decimal `json:"share" wire:"number"` // of the confidence that is lost by it
}

// gaps are the points that make the confidence, each with how often it is missing.
func (a *assessment) gaps() []Gap {
	names := []string{"Cost of today", "CPU utilisation", "Memory utilisation", "Storage", "Internet egress", "Dependencies", "Operating system licence", "Database licence"}
	list := make([]Gap, len(names))
	for i, name := range names {
		list[i].Point = name
	}
	all := 0
	ask := func(at int, known bool) {
		all++
		list[at].Asked++
		if !known {
			list[at].Missing++
		}
	}
	ask(0, a.profile.Organization.CurrentMonthlyCost != nil)
	for i := range a.profile.Workloads {
		w := &a.profile.Workloads[i]
		ask(1, w.CPUP95 != nil)
		ask(2, w.MemP95 != nil)
		ask(3, w.storageGiven)
		ask(4, w.egressGiven)
		ask(5, w.depsGiven)
		if w.OS == "windows" || w.OS == "rhel" || w.OS == "sles" {
			ask(6, w.osLicenceGiven)
		}
		if w.Engine == "sqlserver" || w.Engine == "oracle" {
			ask(7, w.dbLicenceGiven)
		}
	}
	for i := range list {
		list[i].Share = decimalOf(fraction(int64(list[i].Missing), int64(all)))
	}
	return list
}

// estimated is the share of the monthly cost, before support, that stands on estimated prices.
func (a *assessment) estimated(c *candidate) *big.Rat {
	guessed, all := new(big.Rat), new(big.Rat)
	for _, i := range a.moving() {
		for _, part := range a.costsOf(&c.lines[i]) {
			guessed.Add(guessed, part.guessed())
			all.Add(all, part.amount())
		}
	}
	if all.Sign() == 0 {
		return all
	}
	return quo(guessed, all)
}

// notes say what the figures leave out.
func (a *assessment) notes() []string {
	list := []string{
		"List prices in USD before tax, credits and discounts.",
		"Snapshots, backups and retrieval from object storage are not in the totals: there is no field for them.",
		"Cluster fees, VPN, DNS and private endpoints are not in the totals.",
		"On every term, only virtual machines are committed: only AWS lists commitments for databases.",
	}
	for _, d := range a.profile.Requirements.DiscountPct {
		if d.Sign() > 0 {
			list[0] = "List prices in USD less the known discounts, before tax and credits."
		}
	}
	object, windows := false, false
	for i := range a.profile.Workloads {
		w := &a.profile.Workloads[i]
		object = object || w.ObjectGiB.Sign() > 0
		windows = windows || w.OS == "windows" && w.OSLicence == "byol"
	}
	if object {
		list = append(list, "Azure's object storage is priced as locally redundant, which is in one zone; that of the others is in several.")
	}
	if windows {
		list = append(list, "Windows with your own licence costs nothing here on all three providers; on AWS and Google Cloud it needs dedicated hosts.")
	}
	if a.profile.Requirements.AllowBurstable {
		list = append(list, "Burstable x86 types are priced on Azure and Google Cloud only: those of AWS are of an earlier generation.")
	}
	for _, j := range a.profile.Requirements.Residency {
		if j == "EU" || j == "EEA" {
			list = append(list, "Residency is not sovereignty: all three operators are companies of the United States. Partner clouds such as Bleu and S3NS in France are run by others.")
			break
		}
	}
	for _, c := range a.candidates {
		if d := a.profile.Requirements.DiscountPct[c.provider]; d.Sign() > 0 {
			list = append(list, fmt.Sprintf("%s: the known discount of %s %% is taken off the list prices of compute, storage, databases and network, not off licences.", pricebook.ProviderName(c.provider), d.Trim()))
		}
		if c.oneOff.Note != "" {
			list = append(list, pricebook.ProviderName(c.provider)+": "+c.oneOff.Note)
		}
	}
	return list
}

// tableWords are the tables that are not called in a sentence as their files are.
var tableWords = map[string]string{"lb_nat_ip": "load balancers, NAT and addresses", "managed_db": "managed databases", "os_surcharges": "licences of operating systems"}

// staleDays is from which age a figure is warned about.
const staleDays = 180

// manyMachines is from how many machines one assessment says little.
const manyMachines = 5000

func (a *assessment) warnings(res *Result) []string {
	list := []string{}
	for _, table := range slices.Sorted(maps.Keys(res.PriceBook.Tables)) {
		day, err := finops.ParseDay(res.PriceBook.Tables[table])
		if err == nil && a.asOf-day > staleDays {
			list = append(list, fmt.Sprintf("The oldest price used for %s is of %s.", cmp.Or(tableWords[table], strings.ReplaceAll(table, "_", " ")), day.Words()))
		}
	}
	for _, c := range a.candidates {
		if c.shelf != nil && c.shelf.doubtfulIOPS {
			list = append(list, pricebook.ProviderName(c.provider)+": the source of the price tables has the price of a GB for each IOPS of io2 disks as well, about twice what is listed. Newer prices mend it.")
		}
	}
	machines := 0
	circle := a.circles()
	for i := range a.profile.Workloads {
		w := &a.profile.Workloads[i]
		machines += w.Count
		if ratio := quo(rat(w.MemoryGiB), whole(w.VCPU)); ratio.Cmp(fraction(1, 2)) < 0 || ratio.Cmp(whole(32)) > 0 {
			list = append(list, fmt.Sprintf("%s has %s a vCPU, which is unusual.", w.Name, gib(ratio)))
		}
		if circle[i] {
			list = append(list, w.Name+" depends on itself through other lines; they move together.")
		}
	}
	r := &a.profile.Requirements
	if machines > manyMachines {
		list = append(list, fmt.Sprintf("%d machines are many for one assessment; split the workloads over several.", machines))
	}
	if r.RPOMinutes == 0 && r.Availability.Cmp(twoZones) < 0 {
		list = append(list, "No data may be lost (recovery point 0), but the availability needs one zone only.")
	}
	if r.Deadline != nil && a.plan.End > *r.Deadline {
		list = append(list, fmt.Sprintf("The plan is done by %s, after the deadline %s.", a.plan.End.Words(), r.Deadline.Words()))
	}
	return list
}
