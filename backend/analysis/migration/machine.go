package migration

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// hoursInMonth is a month of list prices.
const hoursInMonth = 730

// machine is a type that may be picked in a region.
type machine struct {
	*pricebook.Compute
	vcpu      int
	memory    *big.Rat // GiB
	hourly    *big.Rat // on demand, after Google's sustained use discount of a full month
	withOS    *big.Rat // hourly with the licence, where that is included and known
	burstable bool
	gpus      int
	gpuModel  string
	coremark  *big.Rat // of a vCPU; nil = not known
}

// Terms are the terms of which the monthly cost is shown, in this order.
var Terms = []string{"on_demand", "1yr", "3yr", "flex_1yr", "flex_3yr"}

// licence is what decides about the price of an operating system: "" where it costs nothing.
func licence(w *Workload) string {
	if w.OSLicence == "byol" || w.OS == "linux" || w.OS == "other" {
		return ""
	}
	return w.OS
}

// machinesOf lists the current types of the region whose price is listed, the cheapest first: hourly price with the licence, then fewer
// vCPU, newer generation, name.
func (s *shelf) machinesOf(licence string) []machine {
	return remembered(s.machines, licence, func() (list []machine) {
		for _, c := range s.book.ComputeIn(s.provider, s.region.Name) {
			t := s.book.MachineType(s.provider, c.Type)
			if c.OS != "linux" || c.Basis == pricebook.Derived || !c.OnDemand.Known() || t == nil || t.Lifecycle != "current" {
				continue
			}
			m := machine{
				Compute: c, vcpu: floor(rat(c.VCPU.Amount())), memory: rat(c.MemoryGiB.Amount()), hourly: onDemand(c), burstable: c.Category == "burstable",
				coremark: s.coremark(c.Family, c.Type),
			}
			if n, model, ok := strings.Cut(c.GPU, "x"); ok {
				m.gpus, _ = strconv.Atoi(n)
				m.gpuModel = model
			}
			m.withOS = m.hourly
			if hourly := s.licence(&m, licence); !hourly.unknown {
				m.withOS = add(m.hourly, hourly.amount())
			}
			list = append(list, m)
		}
		slices.SortFunc(list, func(a, b machine) int {
			return cmp.Or(a.withOS.Cmp(b.withOS), a.vcpu-b.vcpu, b.Generation-a.Generation, cmp.Compare(a.Type, b.Type))
		})
		return list
	})
}

func onDemand(c *pricebook.Compute) *big.Rat {
	hourly := rat(c.OnDemand.Amount())
	if c.AutoDiscount.Known() {
		hourly = mul(hourly, sub(whole(1), percent(c.AutoDiscount.Amount())))
	}
	return hourly
}

// coremark is the speed of a vCPU of a family; Google's shared-core types of e2 have a row of their own.
func (s *shelf) coremark(family, kind string) *big.Rat {
	if s.provider == "gcp" && slices.Contains(words("e2-micro e2-small e2-medium"), kind) {
		family = "e2-shared"
	}
	return remembered(s.slowest, family, func() *big.Rat {
		p := s.book.Processor(s.provider, family)
		if p == nil || !p.CoreMark.Known() {
			return nil
		}
		return rat(p.CoreMark.Amount())
	})
}

// fits reports whether a type may carry a line.
func (a *assessment) fits(m *machine, w *Workload, n need) bool {
	gpu := m.gpus > 0 || m.Category == "gpu"
	switch {
	case w.GPUCount > 0 && (m.gpus < w.GPUCount || !strings.EqualFold(m.gpuModel, w.GPUModel)), w.GPUCount == 0 && gpu:
		return false
	case w.Arch != "any" && m.Arch != w.Arch:
		return false
	case m.burstable && !a.burstable(w):
		return false
	}
	return m.vcpu >= n.vcpus(m.coremark) && m.memory.Cmp(n.memory) >= 0
}

// burstable reports whether a line may run on types that share their CPU.
func (a *assessment) burstable(w *Workload) bool {
	return a.profile.Requirements.AllowBurstable && w.CPUP95 != nil && w.CPUP95.Cmp(finops.NewAmount(20, 0)) < 0
}

// target is the cheapest type that fits, and the next one.
func (a *assessment) target(s *shelf, w *Workload, n need) (best, next *machine) {
	list := s.machinesOf(licence(w))
	for i := range list {
		if !a.fits(&list[i], w, n) {
			continue
		}
		if best == nil {
			best = &list[i]
			continue
		}
		return best, &list[i]
	}
	return best, nil
}

// licence is what an hour of an operating system costs on top of the Linux price.
func (s *shelf) licence(m *machine, os string) cost {
	if os == "" {
		return cost{}
	}
	if c := s.listedLicence(m, os); !c.unknown {
		return c
	}
	if os == "windows" {
		row := s.book.Surcharge(s.provider, os, m.Family)
		if row == nil || !row.Price.Known() {
			return unpriced
		}
		return cost{usd: mul(rat(row.Price.Amount()), whole(m.vcpu)), from: []figure{{"os_surcharges", row.Origin}}}
	}
	return s.bySize(os, m.vcpu)
}

// listedLicence is the difference between the listed prices of a machine with a licence and with Linux; unknown where there are not both.
func (s *shelf) listedLicence(m *machine, system string) cost {
	row := s.book.Compute(s.provider, s.region.Name, m.Type, system)
	if row == nil || !row.OnDemand.Known() {
		return unpriced
	}
	return cost{usd: sub(rat(row.OnDemand.Amount()), rat(m.OnDemand.Amount())), from: []figure{{"compute_prices", row.Origin}}}
}

// bySize is a licence that is listed by the size of the machine: between two sizes on the straight line, beyond the last one as that.
func (s *shelf) bySize(os string, vcpu int) cost {
	type step struct {
		size int
		row  *pricebook.Surcharge
	}
	var steps []step
	for _, row := range s.book.Surcharges(s.provider, os) {
		if size, ok := strings.CutSuffix(row.Scope, " vCPU machine"); ok {
			if n, err := strconv.Atoi(size); err == nil && row.Price.Known() {
				steps = append(steps, step{n, row})
			}
		}
	}
	slices.SortFunc(steps, func(a, b step) int { return a.size - b.size })
	priced := func(usd *big.Rat, rows ...*pricebook.Surcharge) cost {
		c := cost{usd: usd}
		for _, row := range rows {
			c.from = append(c.from, figure{"os_surcharges", row.Origin})
		}
		return c
	}
	for i, above := range steps {
		high := rat(above.row.Price.Amount())
		if above.size == vcpu || above.size > vcpu && i == 0 {
			return priced(high, above.row)
		}
		if above.size > vcpu {
			below := steps[i-1]
			low := rat(below.row.Price.Amount())
			part := fraction(int64(vcpu-below.size), int64(above.size-below.size))
			return priced(add(low, mul(sub(high, low), part)), below.row, above.row)
		}
	}
	if len(steps) == 0 {
		return unpriced
	}
	last := steps[len(steps)-1].row
	return priced(rat(last.Price.Amount()), last)
}

// engineLicence is that of a database engine on a machine. The edition is Standard. It is listed for the machine, or by vCPU with at least four of them; of the tables of the program only Azure's have it.
func (s *shelf) engineLicence(w *Workload, m *machine) cost {
	if w.Engine != "sqlserver" && w.Engine != "oracle" || w.DBLicence == "byol" {
		return cost{}
	}
	if w.Engine != "sqlserver" {
		return unpriced
	}
	if c := s.listedLicence(m, pricebook.SQLServer); !c.unknown {
		return c
	}
	for _, row := range s.book.Surcharges(s.provider, pricebook.SQLServer) {
		if row.Scope == pricebook.SQLServerScope && row.Price.Known() {
			each := quo(rat(row.Price.Amount()), whole(4))
			return cost{usd: mul(each, whole(max(4, m.vcpu))), from: []figure{{"os_surcharges", row.Origin}}}
		}
	}
	return unpriced
}

// computeCosts is what the machines of a line cost a month on each term. A commitment is paid for all hours, and used only where it is cheaper.
func (s *shelf) computeCosts(m *machine, w *Workload, machines int) []cost {
	from := []figure{{"compute_prices", m.Origin}}
	onDemand := cost{usd: mul(m.hourly, hours(w), whole(machines)), from: from}
	costs := []cost{onDemand}
	for _, term := range Terms[1:] {
		c := onDemand
		if committed, ok := s.book.Committed(m.Compute, pricebook.Term(term)); ok {
			usd := mul(rat(committed.Hourly), whole(hoursInMonth), whole(machines))
			if usd.Cmp(onDemand.usd) < 0 {
				c = cost{usd: usd, from: from}
				if committed.How != "listed" {
					c.from = append(c.from[:1:1], figure{"commitment_discounts", committed.Origin})
				}
			}
		}
		costs = append(costs, c)
	}
	return costs
}

// hours are those a line runs in a month, at most those of a month of list prices.
func hours(w *Workload) *big.Rat { return minOf(rat(w.Hours), whole(hoursInMonth)) }
