package migration

import (
	"fmt"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// Plan is how the move goes: the same for all providers.
type Plan struct {
	Start         finops.Day `json:"start"`
	End           finops.Day `json:"end"`
	MonthsToMove  int        `json:"monthsToMove"` // the month, from 0, in which the last line has moved
	Phases        []Phase    `json:"phases"`
	CriticalPath  []string   `json:"criticalPath"` // names of phases
	Groups        [][]string `json:"groups"`       // lines that depend on each other
	Links         []Link     `json:"links,omitempty"`
	Risks         []Risk     `json:"risks"`
	Levers        []Lever    `json:"levers"` // where the deadline is missed
	DeadlineWeeks Decimal    `json:"weeksAfterDeadline" wire:"number"`
}

// Link says that one line depends on another. Results of older versions have none.
type Link struct {
	From string `json:"from"` // needs the other
	To   string `json:"to"`
}

// Phase is a part of the plan. End is the day by which it is done.
type Phase struct {
	Name     string     `json:"name"`
	Kind     string     `json:"kind"` // assess, mobilise, pilot, wave or optimise
	Start    finops.Day `json:"start"`
	End      finops.Day `json:"end"`
	Weeks    Decimal    `json:"weeks" wire:"number"` // with the buffer
	Hours    Decimal    `json:"hours" wire:"number"`
	Lines    []string   `json:"lines"`
	Gate     string     `json:"gate"`
	Rollback []string   `json:"rollback"` // what makes a wave go back
	After    *string    `json:"after"`    // the phase that it waits for
	Overlaps bool       `json:"overlaps"` // it waits for half of that phase only
}

// Risk is something a rule found.
type Risk struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Lines   []string `json:"lines"`
}

// Lever is something that makes the plan shorter.
type Lever struct {
	Lever string  `json:"lever"`
	Weeks Decimal `json:"weeks" wire:"number"` // that it saves
}

// plan is what the money needs of it.
type plan struct {
	Plan
	moveMonth []int // by line; −1 for one that stays
	last      int
}

// schedule is what a plan is made of; levers change it.
type schedule struct {
	team       int
	strategies []string
	lines      []*Workload
	complexity []*big.Rat
	share      *big.Rat
	buffer     *big.Rat
	assess     int
	mobilise   int
	start      finops.Day
	freezes    []Span
}

// span is a part of a schedule, in weeks from the start.
type span struct {
	from, to *big.Rat
	lines    []int
	hours    *big.Rat
	overlaps bool // it begins at the half of the one before
}

// strategyWeeks are the weeks of the slowest part of a wave.
var strategyWeeks = map[string]*big.Rat{
	"retire": whole(1), "relocate": whole(2), "repurchase": fraction(5, 2), "rehost": whole(3), "replatform": whole(8), "refactor": whole(32),
}

func (s *schedule) hours(lines []int) *big.Rat {
	sum := new(big.Rat)
	for _, i := range lines {
		sum.Add(sum, mul(whole(s.lines[i].Count*efforts[s.strategies[i]].likely), s.complexity[i]))
	}
	return sum
}

// capacity is how many hours the team has in a week.
func (s *schedule) capacity() *big.Rat { return mul(whole(s.team*30), s.share) }

// groups are connected lines without those that are retained: without production first, then the lower highest criticality, then the first line.
func (s *schedule) groups() [][]int {
	place := map[string]int{}
	for i, w := range s.lines {
		place[w.Name] = i
	}
	parent := make([]int, len(s.lines))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, w := range s.lines {
		for _, name := range w.DependsOn {
			if j, ok := place[name]; ok && s.strategies[i] != "retain" && s.strategies[j] != "retain" {
				x, y := find(i), find(j)
				parent[max(x, y)] = min(x, y)
			}
		}
	}
	at := map[int]int{}
	var list [][]int
	for i := range s.lines {
		if s.strategies[i] == "retain" {
			continue
		}
		root := find(i)
		if _, ok := at[root]; !ok {
			at[root] = len(list)
			list = append(list, nil)
		}
		list[at[root]] = append(list[at[root]], i)
	}
	order := func(group []int) int {
		prod, highest := 0, 0
		for _, i := range group {
			if s.lines[i].Environment == "prod" {
				prod = 1
			}
			highest = max(highest, s.lines[i].Criticality)
		}
		return prod*10 + highest
	}
	slices.SortStableFunc(list, func(x, y []int) int { return order(x) - order(y) })
	return list
}

// overlapTeam is from which size a team begins a wave at the half of the one before.
const overlapTeam = 6

// pilotLines is how many lines a pilot may have.
const pilotLines = 3

// waves are the pilot and what follows it.
func (s *schedule) waves() (list [][]int) {
	groups := s.groups()
	if len(groups) == 0 {
		return nil
	}
	pilot := groups[0]
	groups = groups[1:]
	for len(groups) > 0 && len(pilot)+len(groups[0]) <= pilotLines {
		pilot, groups = append(slices.Clone(pilot), groups[0]...), groups[1:]
	}
	list = append(list, pilot)
	mostHours, mostLines := mul(whole(4), s.capacity()), (len(s.lines)+4)/5
	hours := new(big.Rat)
	for _, group := range groups {
		more := s.hours(group)
		if last := len(list) - 1; last > 0 && len(list[last])+len(group) <= mostLines && add(hours, more).Cmp(mostHours) <= 0 {
			list[last] = append(list[last], group...)
			hours.Add(hours, more)
			continue
		}
		list = append(list, slices.Clone(group))
		hours = more
	}
	return list
}

// spans places assessing, mobilising, the pilot, the waves and optimising in time.
func (s *schedule) spans() []span {
	at := new(big.Rat)
	put := func(weeks *big.Rat) span {
		one := span{from: at, to: add(at, mul(weeks, s.buffer)), hours: new(big.Rat)}
		at = one.to
		return one
	}
	list := []span{put(whole(s.assess)), put(whole(s.mobilise))}
	capacity, end := s.capacity(), at
	for n, lines := range s.waves() {
		hours := s.hours(lines)
		weeks := quo(hours, capacity)
		for _, i := range lines {
			weeks = maxOf(weeks, strategyWeeks[s.strategies[i]])
		}
		if n == 0 {
			weeks = maxOf(weeks, whole(2))
		}
		weeks = mul(weeks, s.buffer)
		from := s.thaw(at, weeks)
		one := span{from, add(from, weeks), lines, hours, n > 1 && s.team >= overlapTeam}
		list = append(list, one)
		end = maxOf(end, one.to)
		at = one.to
		if n > 0 && s.team >= overlapTeam {
			at = add(from, mul(weeks, fraction(1, 2)))
		}
	}
	at = end
	return append(list, put(whole(6)))
}

// thaw moves a wave that would meet a freeze to the day after it. Freezes are in order.
func (s *schedule) thaw(from, weeks *big.Rat) *big.Rat {
	day := func(d finops.Day) *big.Rat { return quo(whole(int(d-s.start)), whole(7)) }
	for _, f := range s.freezes {
		begins, over := day(f.Start), day(f.End+1)
		if from.Cmp(over) < 0 && add(from, weeks).Cmp(begins) > 0 {
			from = over
		}
	}
	return from
}

// days are whole days of a time in weeks.
func daysOf(weeks *big.Rat) int { return ceil(mul(weeks, whole(7))) }

// moveMonth is the month in which something that ends at a time has moved.
func moveMonth(weeks *big.Rat) int {
	return floor(quo(whole(daysOf(weeks)), fraction(304_375, 10_000)))
}

func (a *assessment) schedule() *schedule {
	p := a.profile
	s := &schedule{
		team: p.Organization.TeamSize, share: percent(p.Organization.TeamShare), buffer: growthOf(p.Requirements.BufferPct), start: p.Requirements.Start, freezes: p.Requirements.Freezes,
		assess: min(6, 2+len(p.Workloads)/50), mobilise: 4 + 2*a.jurisdictions(),
	}
	if _, line := p.Requirements.Preferred["dedicated_line"]; line {
		s.mobilise += 2
	}
	s.mobilise = min(12, s.mobilise)
	for i := range p.Workloads {
		w := &p.Workloads[i]
		s.lines = append(s.lines, w)
		s.strategies = append(s.strategies, a.chosen[i].strategy)
		s.complexity = append(s.complexity, a.complexity(w))
	}
	return s
}

// jurisdictions counts the different jurisdictions of the frameworks that are asked for.
func (a *assessment) jurisdictions() int {
	seen := map[string]bool{}
	for _, f := range a.profile.Requirements.Frameworks {
		for _, row := range a.book.Attestations() {
			if row.Framework == f.Name {
				seen[row.Jurisdiction] = true
			}
		}
	}
	return len(seen)
}

var rollbackTriggers = []string{
	"data differs between source and target", "95th percentile of latency up by more than 20 %", "errors above 1 % for 15 minutes", "cost more than 50 % above the plan",
}

var phaseGates = map[string]string{
	"assess": "owner signs scope and budget", "mobilise": "security signs off, connectivity is tested", "pilot": "rollback is proven, cost within 15 % of the plan",
	"wave": "replication is in step, data is checked, rollback is tested", "optimise": "two stable weeks, cost within 15 % of the plan, source is closed",
}

func (a *assessment) makePlan() *plan {
	s := a.schedule()
	spans := s.spans()
	p := &plan{moveMonth: make([]int, len(s.lines))}
	for i := range p.moveMonth {
		p.moveMonth[i] = -1
	}
	p.Start = s.start
	for n := range spans {
		one := &spans[n]
		phase := Phase{
			Start: s.start + finops.Day(floor(mul(one.from, whole(7)))), End: s.start + finops.Day(daysOf(one.to)), Weeks: decimalOf(sub(one.to, one.from)),
			Hours: decimalOf(one.hours), Lines: []string{}, Rollback: []string{}, Overlaps: one.overlaps,
		}
		phase.Kind, phase.Name = phaseName(n, len(spans))
		phase.Gate = phaseGates[phase.Kind]
		if phase.Kind == "pilot" || phase.Kind == "wave" {
			phase.Rollback = rollbackTriggers
		}
		if n > 0 {
			phase.After = new(p.Phases[n-1].Name)
		}
		for _, i := range one.lines {
			phase.Lines = append(phase.Lines, s.lines[i].Name)
			p.moveMonth[i] = moveMonth(one.to)
			p.last = max(p.last, p.moveMonth[i])
		}
		p.Phases = append(p.Phases, phase)
		p.End = max(p.End, phase.End)
	}
	p.MonthsToMove = p.last
	p.CriticalPath = criticalPath(p.Phases, spans)
	p.Groups = [][]string{}
	for _, group := range s.groups() {
		var names []string
		for _, i := range group {
			names = append(names, s.lines[i].Name)
		}
		for _, i := range group {
			for _, on := range s.lines[i].DependsOn {
				if slices.Contains(names, on) {
					p.Links = append(p.Links, Link{s.lines[i].Name, on})
				}
			}
		}
		p.Groups = append(p.Groups, names)
	}
	p.Risks = a.risks(s)
	p.Levers, p.DeadlineWeeks = a.levers(s, spans)
	return p
}

func phaseName(n, phases int) (kind, name string) {
	switch n {
	case 0:
		return "assess", "Assess"
	case 1:
		return "mobilise", "Mobilise"
	case phases - 1:
		return "optimise", "Optimise"
	case 2:
		return "pilot", "Pilot"
	}
	return "wave", fmt.Sprintf("Wave %d", n-2)
}

// criticalPath is the chain of phases that sets the end: each waits for the one before it, optimising for the one that ends last.
func criticalPath(phases []Phase, spans []span) []string {
	last := len(spans) - 1
	at := last - 1
	for n := range at {
		if spans[n].to.Cmp(spans[at].to) > 0 {
			at = n
		}
	}
	path := []string{}
	for n := range at + 1 {
		path = append(path, phases[n].Name)
	}
	return append(path, phases[last].Name)
}

// levers are the three largest ways to a shorter plan, where it ends after the deadline.
func (a *assessment) levers(s *schedule, spans []span) (list []Lever, late Decimal) {
	list = []Lever{}
	deadline := a.profile.Requirements.Deadline
	end := spans[len(spans)-1].to
	if deadline == nil || s.start+finops.Day(daysOf(end)) <= *deadline {
		return list, "0"
	}
	late = decimalOf(fraction(int64(s.start)+int64(daysOf(end))-int64(*deadline), 7))
	try := func(name string, change func(*schedule)) {
		other := *s
		other.strategies = slices.Clone(s.strategies)
		change(&other)
		shorter := other.spans()
		if saved := sub(end, shorter[len(shorter)-1].to); saved.Sign() > 0 {
			list = append(list, Lever{name, decimalOf(saved)})
		}
	}
	replace := func(from, to string) func(*schedule) {
		return func(o *schedule) {
			for i := range o.strategies {
				if o.strategies[i] == from {
					o.strategies[i] = to
				}
			}
		}
	}
	try("Double the team to "+count(2*s.team, "person"), func(o *schedule) { o.team *= 2 })
	try("Rehost instead of refactoring", replace("refactor", "rehost"))
	try("Rehost instead of replatforming", replace("replatform", "rehost"))
	lowest, highest := 5, 1
	for _, w := range s.lines {
		lowest, highest = min(lowest, w.Criticality), max(highest, w.Criticality)
	}
	if lowest < highest {
		try("Retain what is of the lowest criticality", func(o *schedule) {
			for i, w := range o.lines {
				if w.Criticality == lowest {
					o.strategies[i] = "retain"
				}
			}
		})
	}
	slices.SortStableFunc(list, func(x, y Lever) int { return amount(string(y.Weeks)).Cmp(amount(string(x.Weeks))) })
	return list[:min(len(list), 3)], late
}

// risks are found by rule.
func (a *assessment) risks(s *schedule) []Risk {
	list := []Risk{}
	named := func(code, message string, holds func(i int, w *Workload) bool) {
		lines := []string{}
		for i, w := range s.lines {
			if s.strategies[i] != "retain" && s.strategies[i] != "retire" && holds(i, w) {
				lines = append(lines, w.Name)
			}
		}
		if len(lines) > 0 {
			list = append(list, Risk{code, message, lines})
		}
	}
	data := new(big.Rat)
	for i, w := range s.lines {
		if a.moves(i) {
			data = add(data, dataGiB(w))
		}
	}
	named("replication_lag", "Database replication may not keep up; test it before the cut-over", func(_ int, w *Workload) bool { return w.Engine != "none" && w.Engine != "redis" })
	named("cache_state", "State in caches is lost in the cut-over; warm them first", func(_ int, w *Workload) bool { return w.Type == "cache" || w.Engine == "redis" })
	named("licence_mobility", "Check the right to move these licences; on AWS and Google Cloud, Windows with your own licence needs dedicated hosts", func(_ int, w *Workload) bool {
		return w.OSLicence == "byol" || w.DBLicence == "byol" || w.LicenceBound
	})
	named("shared_state", "Servers share state and must move together", func(_ int, w *Workload) bool { return w.SharedState })
	circle := a.circles()
	named("dependency_cycle", "These lines depend on each other in a circle and move together", func(i int, _ *Workload) bool { return circle[i] })
	for _, c := range a.candidates {
		if skill := a.profile.Organization.Skill[c.provider]; skill <= 2 {
			list = append(list, Risk{"skills", fmt.Sprintf("The team's skill on %s is %d of 5", pricebook.ProviderName(c.provider), skill), []string{}})
		}
	}
	if _, ok := a.profile.Requirements.Preferred["dedicated_line"]; ok {
		list = append(list, Risk{"single_line", "One dedicated line is a single point of failure; keep a VPN beside it", []string{}})
	}
	if len(a.profile.Organization.Commitments) > 0 {
		list = append(list, Risk{"commitment_overlap", "Commitments at the source go on during the move and are paid twice", []string{}})
	}
	// At 1,000 Mbit/s, of which 70 % can be used.
	if transfer := quo(mul(data, whole(8_000)), mul(whole(1_000), fraction(7, 10), whole(86_400))); transfer.Cmp(whole(14)) > 0 {
		list = append(list, Risk{"data_volume", "Copying " + gib(data) + " over 1 Gbit/s takes " + finops.RoundHalfEven(transfer, 0) + " days; consider an appliance", []string{}})
	}
	return list
}

// places finds lines by name.
func (a *assessment) places() map[string]int {
	m := make(map[string]int, len(a.profile.Workloads))
	for i := range a.profile.Workloads {
		m[a.profile.Workloads[i].Name] = i
	}
	return m
}
