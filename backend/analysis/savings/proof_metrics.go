package savings

import (
	"math/big"

	"cloud-intelligence/backend/analysis/document"
)

// The parameters that proofs ask for.
const (
	cpuBelow         = "cpuBelow"         // percent
	networkBelow     = "networkBelow"     // MB a day
	headroom         = "headroom"         // percent on top of what is used
	operationsAtMost = "operationsAtMost" // a second
	operationsBelow  = "operationsBelow"  // a day
	connectionsBelow = "connectionsBelow"
	cpuCores         = "coresBelow"    // virtual processors
	receivedBelow    = "receivedBelow" // bytes a second
	sentBelow        = "sentBelow"
)

var proofParameters = []string{cpuBelow, networkBelow, headroom, operationsAtMost, operationsBelow, connectionsBelow, cpuCores, receivedBelow, sentBelow}

func daysRat(days int64) *big.Rat { return big.NewRat(days, 1) }

var megabyte = big.NewRat(1_000_000, 1)

// peakCPU is the measurement of CPU that an idle machine is judged by: the maximum, where there is one.
func (t *trial) peakCPU() *document.Measured {
	return t.metric(document.CPU, document.Maximum, document.P99, document.Plain)
}

// network is the largest traffic of a day, in MB; nil = not measured.
func (t *trial) network() *big.Rat {
	in, out := t.metric(document.NetworkIn, document.Total, document.Plain), t.metric(document.NetworkOut, document.Total, document.Plain)
	if in == nil || out == nil {
		return nil
	}
	most := new(big.Rat)
	sent := out.ByDay()
	for day, sum := range in.ByDay() {
		total := sum.Rat()
		if s := sent[day]; s != nil {
			total.Add(total, s.Rat())
		}
		if total.Cmp(most) > 0 {
			most = total
		}
	}
	return most.Quo(most, megabyte)
}

// idleMachine proves by metrics that a machine does nothing. stronger is the rule that finds it where this one is a proxy of it.
func idleMachine(stronger string) func(*trial) ruling {
	return func(t *trial) ruling {
		m := t.thing(document.Machine, t.keys...)
		if m != nil && isStopped(m) {
			if stronger == "" {
				return ruling{outcome: unconcerned}
			}
			return t.say(refuted, "", "It is %s.", m.State)
		}
		cpu := t.peakCPU()
		if cpu == nil {
			return ruling{}
		}
		largest := document.Rat(cpu.Largest())
		if largest.Cmp(t.idleLimit(cpuBelow, 5)) >= 0 {
			if stronger == "" {
				return ruling{outcome: unconcerned}
			}
			return t.say(refuted, "", "CPU reaches %s %%.", short(largest))
		}
		network := t.network()
		switch {
		case network == nil:
			return ruling{}
		case network.Cmp(t.idleLimit(networkBelow, 5)) >= 0:
			return t.say(refuted, "", "CPU reaches only %s %%, but the network carries up to %s MB a day.", short(largest), short(network))
		case stronger != "":
			return t.say(superseded, "", "%s finds the same machine by its metrics.", stronger)
		}
		return t.say(proven, high, "CPU reaches %s %% and the network carries at most %s MB a day, over %s.", short(largest), short(network), counted(cpu.Days, "day"))
	}
}

// idleLimit is a parameter of the rule, or what it is of the rule that it stands for.
func (t *trial) idleLimit(name string, otherwise int64) *big.Rat {
	if limit := t.limit(name); limit != nil {
		return limit
	}
	return big.NewRat(otherwise, 1)
}

// idleGoogle proves that a machine is idle as Google's recommender has it: less than 0.03 processors in 97 % of the time, and hardly any
// traffic in 95 %.
func idleGoogle(t *trial) ruling {
	m := t.thing(document.Machine, t.keys...)
	if m == nil || isStopped(m) {
		return ruling{}
	}
	kind := t.book.MachineType("gcp", m.Size)
	cpu := t.peakCPU()
	if cpu == nil || kind == nil || !kind.VCPU.Known() {
		return ruling{}
	}
	cores := ratOfAmount(kind.VCPU.Amount())
	percent := new(big.Rat).Quo(new(big.Rat).Mul(t.limit(cpuCores), hundred), cores)
	if cpu.Below(percent).Cmp(big.NewRat(97, 100)) < 0 {
		return ruling{outcome: unconcerned}
	}
	used := new(big.Rat).Mul(document.Rat(cpu.Largest()), cores)
	used.Quo(used, hundred)
	in, out := t.metric(document.NetworkIn, document.Total, document.Plain), t.metric(document.NetworkOut, document.Total, document.Plain)
	if in == nil || out == nil {
		return ruling{}
	}
	quiet := big.NewRat(95, 100)
	if rateBelow(in, t.limit(receivedBelow)).Cmp(quiet) < 0 || rateBelow(out, t.limit(sentBelow)).Cmp(quiet) < 0 {
		return t.say(refuted, "", "It uses only %s of its processors, but receives up to %s and sends up to %s bytes a second.", used.FloatString(threeDecimals), perSecond(in), perSecond(out))
	}
	return t.say(proven, high, "It uses %s of its processors, receives %s and sends %s bytes a second, over %s.", used.FloatString(threeDecimals), perSecond(in), perSecond(out), counted(cpu.Days, "day"))
}

const threeDecimals = 3

// rateBelow is the part of the points of a counter that are below a rate a second.
func rateBelow(m *document.Measured, limit *big.Rat) *big.Rat {
	return m.Below(new(big.Rat).Mul(limit, big.NewRat(max(m.Period, 1), 1)))
}

// perSecond is the largest rate of a counter.
func perSecond(m *document.Measured) string {
	r := document.Rat(m.Largest())
	return r.Quo(r, big.NewRat(max(m.Period, 1), 1)).FloatString(0)
}

// idleDatabase proves that nobody connects to a database.
func idleDatabase(t *trial) ruling {
	c := t.metric(document.Connections, document.Maximum, document.Plain, document.Total)
	if c == nil {
		return ruling{}
	}
	t.thing(document.Database, t.keys...)
	most := document.Rat(c.Largest())
	if most.Cmp(t.limit(connectionsBelow)) >= 0 {
		return t.say(refuted, "", "It has up to %s connections.", short(most))
	}
	if most.Sign() == 0 {
		return t.say(proven, high, "Nothing has connected in %s.", counted(c.Days, "day"))
	}
	return t.say(proven, medium, "It has at most %s connections in %s.", short(most), counted(c.Days, "day"))
}

// operations are those of the busiest point, and the length of a point in seconds; nil = not measured.
func (t *trial) operations(reads, writes document.Metric) (most *big.Rat, period int64) {
	in, out := t.metric(reads, document.Total, document.Plain), t.metric(writes, document.Total, document.Plain)
	if in == nil || out == nil || in.Period != out.Period || in.Period == 0 {
		return nil, 0
	}
	at := map[int64]*big.Rat{}
	for _, m := range []*document.Measured{in, out} {
		for _, p := range m.Points {
			if at[p.Start] == nil {
				at[p.Start] = new(big.Rat)
			}
			at[p.Start].Add(at[p.Start], document.Rat(p.Value))
		}
	}
	most = new(big.Rat)
	for _, sum := range at {
		if sum.Cmp(most) > 0 {
			most = sum
		}
	}
	return most, in.Period
}

const anHour = 3600

// unusedOperations proves that a volume does not use the operations that are paid for beyond what gp3 includes.
func unusedOperations(t *trial) ruling {
	most, period := t.operations(document.ReadOps, document.WriteOps)
	if most == nil || period > anHour {
		return ruling{} // a day hides its busiest hour
	}
	second := new(big.Rat).Quo(most, big.NewRat(period, 1))
	disk := t.thing(document.Disk, t.keys...)
	const includedThroughput = 125
	bytes, _ := t.operations(document.ReadBytes, document.WriteBytes)
	throughputKnown := bytes != nil || (disk != nil && disk.Throughput > 0 && disk.Throughput <= includedThroughput)
	if bytes != nil {
		limit := new(big.Rat).Mul(megabyte, big.NewRat(includedThroughput*period, 1))
		if bytes.Cmp(limit) > 0 {
			return t.say(refuted, "", "It reads and writes more than %d MB a second in its busiest hour.", includedThroughput)
		}
	}
	limit := t.limit(operationsAtMost)
	switch {
	case second.Cmp(limit) > 0:
		return t.say(refuted, "", "Its busiest hour has %s operations a second, more than the %s that gp3 includes.", second.FloatString(0), short(limit))
	case !throughputKnown:
		return t.say(partly, low, "Its busiest hour has %s operations a second; its throughput is unknown.", second.FloatString(0))
	}
	return t.say(proven, medium, "Its busiest hour has %s operations a second; gp3 includes %s.", second.FloatString(0), short(limit))
}

// quietDisk proves that hardly anything is read from or written to a disk.
func quietDisk(t *trial) ruling {
	in, out := t.metric(document.ReadOps, document.Total, document.Plain), t.metric(document.WriteOps, document.Total, document.Plain)
	if in == nil || out == nil {
		return ruling{}
	}
	sum := new(big.Rat)
	for _, m := range []*document.Measured{in, out} {
		for _, p := range m.Points {
			sum.Add(sum, document.Rat(p.Value))
		}
	}
	perDay := sum.Quo(sum, big.NewRat(int64(in.Days), 1))
	disk := t.thing(document.Disk, t.keys...)
	if perDay.Cmp(t.limit(operationsBelow)) >= 0 {
		return ruling{outcome: unconcerned}
	}
	if disk != nil && len(disk.On) == 0 {
		return ruling{outcome: unconcerned} // found as one without a machine
	}
	return t.say(proven, high, "It has %s operations a day, over %s.", short(perDay), counted(in.Days, "day"))
}
