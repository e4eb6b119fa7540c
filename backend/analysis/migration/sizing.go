package migration

import (
	"math/big"
	"strings"

	"cloud-intelligence/backend/finops"
)

// need is what one machine of a line must have at the destination.
type need struct {
	cpu, memory *big.Rat // vCPU before the ratio of speeds and the floor; GiB, with its floor
	source      *big.Rat // CoreMark of a vCPU today; nil = not known, or not asked for
	why         string
}

var comfortFactors = map[string]*big.Rat{"performance": fraction(13, 10), "aggressive": fraction(11, 10), "as_is": whole(1)}

// sized is the need of a line: as it stands where the sizing says so or the use is not known, else its 95th percentile × comfort × one year's growth.
func (a *assessment) sized(w *Workload) need {
	r := &a.profile.Requirements
	comfort := comfortFactors[r.Sizing]
	if r.ComfortFactor != nil && r.Sizing != "as_is" {
		comfort = rat(*r.ComfortFactor)
	}
	used := func(now *big.Rat, p95 *finops.Amount) (*big.Rat, bool) {
		if r.Sizing == "as_is" || p95 == nil {
			return now, false
		}
		return mul(now, percent(*p95), comfort, growthOf(w.Growth)), true
	}
	n := need{}
	var byUse [2]bool
	n.cpu, byUse[0] = used(whole(w.VCPU), w.CPUP95)
	n.memory, byUse[1] = used(rat(w.MemoryGiB), w.MemP95)
	if w.Engine != "none" {
		n.memory = maxOf(n.memory, mul(rat(w.MemoryGiB), fraction(1, 2)))
	}
	n.memory = maxOf(n.memory, fraction(1, 2))
	if provider, family, ok := strings.Cut(w.SourceCPUFamily, "/"); ok {
		if p := a.book.Processor(provider, family); p != nil && p.CoreMark.Known() {
			n.source = rat(p.CoreMark.Amount())
		}
	}
	names := [2]string{"CPU", "memory"}
	p95 := [2]*finops.Amount{w.CPUP95, w.MemP95}
	var parts []string
	for i, name := range names {
		if byUse[i] {
			parts = append(parts, name+" at "+p95[i].String()+" %")
		} else {
			parts = append(parts, name+" as it stands")
		}
	}
	n.why = strings.Join(parts, ", ")
	if byUse[0] || byUse[1] {
		n.why += ", comfort factor " + finops.RoundHalfEven(comfort, 2) + ", growth " + w.Growth.String() + " %"
	}
	return n
}

// vcpus is how many vCPU of a family with this CoreMark meet the need; nil = not known. The ratio of speeds lies between a half and two.
func (n need) vcpus(coremark *big.Rat) int {
	cpu := n.cpu
	if n.source != nil && coremark != nil {
		ratio := quo(coremark, n.source)
		cpu = quo(cpu, minOf(maxOf(ratio, fraction(1, 2)), whole(2)))
	}
	return max(ceil(cpu), 1)
}

func (n need) String() string {
	return "needs " + finops.RoundHalfEven(n.cpu, 2) + " vCPU and " + finops.RoundHalfEven(n.memory, 2) + " GiB (" + n.why + ")"
}
