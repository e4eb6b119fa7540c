package savings

import (
	"math/big"
	"regexp"
	"strings"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/pricebook"
)

// constrained are machines with fewer processors than their size has, which are sold for licences.
var constrained = regexp.MustCompile(`[A-Z][0-9]+-[0-9]+`)

// shapeOf is what sizes of one family have in common: n2-standard of n2-standard-8.
func shapeOf(c *pricebook.Compute) string {
	if c.Provider == "gcp" {
		return c.Type[:max(strings.LastIndexByte(c.Type, '-'), 0)]
	}
	return c.Family
}

// nextDown is the next smaller size of the family of a machine in its region; nil = there is none, or the price book does not know it.
func nextDown(book *pricebook.Book, now *pricebook.Compute) *pricebook.Compute {
	var best *pricebook.Compute
	cpu, memory := now.VCPU.Amount(), now.MemoryGiB.Amount()
	for _, c := range book.ComputeIn(now.Provider, now.Region) {
		if c.OS != now.OS || c.GPU != now.GPU || c.Arch != now.Arch || shapeOf(c) != shapeOf(now) || constrained.MatchString(c.Type) || !c.OnDemand.Known() {
			continue
		}
		byCPU, byMemory := c.VCPU.Amount().Cmp(cpu), c.MemoryGiB.Amount().Cmp(memory)
		if byCPU > 0 || byMemory > 0 || (byCPU == 0 && byMemory == 0) {
			continue
		}
		if best == nil || c.VCPU.Amount().Cmp(best.VCPU.Amount()) > 0 ||
			(c.VCPU.Amount().Cmp(best.VCPU.Amount()) == 0 && c.MemoryGiB.Amount().Cmp(best.MemoryGiB.Amount()) > 0) {
			best = c
		}
	}
	return best
}

// sizes are the machine that lines are about and the next smaller one; nil where they are not known.
func (a *ask) sizes() (now, then *pricebook.Compute) {
	kind := a.machineType()
	if kind == "" && a.key.grain == grainResource {
		if m := a.options.Documents.Thing(document.Machine, document.Keys(a.text(atResource, a.key.a))...); m != nil {
			kind = m.Size
		}
	}
	if now = a.book.Compute(a.provider, a.region, kind, "linux"); now == nil || !now.OnDemand.Known() {
		return nil, nil
	}
	return now, nextDown(a.book, now)
}

// smallerMachine prices a machine as the next smaller one of its family.
func smallerMachine(a *ask) quote {
	now, then := a.sizes()
	if now == nil || then == nil {
		return quote{verdict: verdictNone}
	}
	if a.provider == "gcp" {
		return a.smallerGoogle(now, then)
	}
	if own := a.ownMachine(now.Type, then.Type); own != nil {
		return a.byUnit(own.value, a.ownPrice(then.Type, own, "an hour"))
	}
	return a.machineQuote(now, then)
}

// smallerGoogle scales the charges for processors and for memory, which Google prices by the unit.
func (a *ask) smallerGoogle(now, then *pricebook.Compute) quote {
	from, to := now.VCPU, then.VCPU
	if strings.Contains(a.class.meter, "Ram") {
		from, to = now.MemoryGiB, then.MemoryGiB
	}
	ratio := new(big.Rat).Quo(ratOfAmount(to.Amount()), ratOfAmount(from.Amount()))
	return a.byRatio(ratio, Price{Of: then.Type, Value: exact(ratio), Unit: ratioUnit, Date: then.Day(), Source: then.Source})
}

// smallerFits proves by metrics that a machine would do with the next smaller size of its family. Without memory it stays a candidate.
func smallerFits(t *trial) ruling {
	now, then := t.machineSizes()
	if now == nil || then == nil {
		return ruling{}
	}
	cpu := t.metric(document.CPU, document.P99, document.Maximum, document.Plain)
	if cpu == nil {
		return ruling{}
	}
	t.thing(document.Machine, t.keys...)
	used := document.Rat(cpu.Largest())
	if document.Rat(t.peakCPU().Largest()).Cmp(t.idleLimit(cpuBelow, 5)) < 0 {
		return ruling{outcome: unconcerned} // idle, or refuted as such: its network is what it is for
	}
	room := new(big.Rat).Add(one, new(big.Rat).Quo(t.limit(headroom), hundred))
	if !fits(used, room, now.VCPU, then.VCPU) {
		return ruling{outcome: unconcerned}
	}
	memory := t.memory(now)
	if memory == nil {
		return t.say(partly, low, "Memory unknown: by CPU alone, which reaches %s %%, %s would do.", short(used), then.Type)
	}
	if !fits(memory, room, now.MemoryGiB, then.MemoryGiB) {
		return t.say(refuted, "", "CPU reaches %s %%, but memory %s %%: %s would be too small.", short(used), short(memory), then.Type)
	}
	return t.say(proven, medium, "CPU reaches %s %% and memory %s %%: with %s %% to spare %s would do.", short(used), short(memory), short(t.limit(headroom)), then.Type)
}

// fits reports whether a percentage of what there is, with room to spare, is no more than what there would be.
func fits(percent, room *big.Rat, now, then pricebook.Number) bool {
	need := new(big.Rat).Mul(percent, room)
	need.Mul(need, ratOfAmount(now.Amount()))
	return need.Quo(need, hundred).Cmp(ratOfAmount(then.Amount())) <= 0
}

// memory is the largest part of the memory in use, in percent; nil = not measured.
func (t *trial) memory(now *pricebook.Compute) *big.Rat {
	if m := t.metric(document.Memory, document.Maximum, document.P99, document.Plain); m != nil {
		return document.Rat(m.Largest())
	}
	m := t.metric(document.MemoryFree, document.Minimum, document.Average)
	if m == nil || now.MemoryGiB.Amount().Sign() == 0 {
		return nil
	}
	free := new(big.Rat).Quo(document.Rat(m.Smallest()), big.NewRat(1<<30, 1))
	free.Quo(free, ratOfAmount(now.MemoryGiB.Amount()))
	return free.Mul(free.Sub(one, free), hundred)
}

// machineSizes are those of the lines of the finding; nil where they are of several machines.
func (t *trial) machineSizes() (now, then *pricebook.Compute) {
	for part, sum := range t.k.cell.legs {
		n, th := t.ask(t.k.judged, part, sum).sizes()
		if n == nil || (now != nil && now.Type != n.Type) {
			return nil, nil
		}
		now, then = n, th
	}
	return now, then
}
