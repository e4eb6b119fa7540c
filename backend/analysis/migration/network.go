package migration

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// step is one step of a ladder of prices for traffic; to is nil for the last one.
type step struct {
	from, to *big.Rat
	price    cost // of a GB
}

// freeGB is what AWS and Azure charge nothing for each month.
var freeGB = whole(100)

// ladder is what internet traffic of the region costs, in steps of GB a month; nil where nothing is known.
func (s *shelf) ladder() []step {
	region, factor, estimated := s.region.Name, whole(1), false
	switch s.provider {
	case "aws":
		if len(s.internet(region)) == 0 {
			region, factor = pricebook.Reference("aws"), s.ratio(pricebook.Reference("aws"))
			if estimated = true; factor == nil {
				return nil
			}
		}
	case "azure":
		switch group := s.region.Group; {
		case len(s.internet(region)) > 0: // read from the price list
		case group == "north_america", group == "europe":
			region = "eastus2"
		case group == "latin_america":
			region = s.zone("zone3")
		default:
			region = s.zone("zone2")
		}
	}
	rows := s.internet(region)
	var steps []step
	for i, row := range rows {
		price := row.GB
		if row.Basis == pricebook.Suspect && i+1 < len(rows) {
			price = rows[i+1].GB
		}
		c := found[pricebook.Egress]{row, factor, estimated, figure{"egress", row.Origin}}.price(price)
		one := step{from: rat(row.FromGB.Amount()), price: c}
		if row.ToGB.Known() {
			one.to = rat(row.ToGB.Amount())
		}
		if s.provider != "gcp" {
			if one.to != nil && one.to.Cmp(freeGB) <= 0 {
				continue // the free part, which is the first step below
			}
			one.from = maxOf(one.from, freeGB)
		}
		steps = append(steps, one)
	}
	if len(steps) == 0 {
		return nil
	}
	if s.provider != "gcp" {
		steps = append([]step{{from: new(big.Rat), to: freeGB}}, steps...)
	}
	if last := steps[len(steps)-1]; last.to != nil { // beyond the table the last price goes on
		price := last.price
		price.estimated = price.usd
		steps = append(steps, step{from: last.to, price: price})
	}
	return steps
}

// internet lists the steps of internet traffic of a region or zone; of Google Cloud those that are sold worldwide.
func (s *shelf) internet(region string) (rows []*pricebook.Egress) {
	for _, row := range s.book.Egress(s.provider, region, "internet") {
		if s.provider != "gcp" || strings.HasPrefix(row.Destination, "worldwide") {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b *pricebook.Egress) int { return a.FromGB.Amount().Cmp(b.FromGB.Amount()) })
	return rows
}

// zones are the names of Azure's zones of prices in the table.
var zones = map[string]string{"zone2": "zone:zone2 (asia, oceania, middle east, africa)", "zone3": "zone:zone3 (south america)"}

func (s *shelf) zone(name string) string { return zones[name] }

// traffic is what so many GB of internet traffic cost in a month.
func traffic(ladder []step, gb *big.Rat) cost {
	if gb.Sign() == 0 {
		return cost{}
	}
	if ladder == nil {
		return unpriced
	}
	all := cost{}
	for _, one := range ladder {
		to := gb
		if one.to != nil {
			to = minOf(gb, one.to)
		}
		if part := sub(to, one.from); part.Sign() > 0 {
			all = all.plus(one.price.times(part))
		}
	}
	return all
}

// balanced reports whether a line stands behind a load balancer.
func balanced(w *Workload) bool { return slices.Contains(words("web api container"), w.Type) }

// always is something that runs all hours of a month.
func always(c cost) cost { return c.times(whole(hoursInMonth)) }

// addressItem is the public IPv4 address in use of a provider.
func (s *shelf) address() cost {
	if s.provider == "gcp" {
		return s.item("public_ipv4_in_use")
	}
	return s.item("public_ipv4")
}

// balancer is a load balancer of layer seven with its address for so many GB a month.
func (s *shelf) balancer(gb *big.Rat) cost {
	units := maxOf(whole(1), quo(gb, whole(hoursInMonth)))
	switch s.provider {
	case "aws":
		return always(s.item("alb").plus(s.item("alb_lcu").times(units), s.address()))
	case "azure":
		return always(s.item("application_gateway_v2").plus(s.item("application_gateway_v2_cu").times(units), s.address()))
	}
	return always(s.item("forwarding_rule").plus(s.address())).plus(s.item("load_balancer_data").times(gb))
}

// natMachines is up to how many machines Google charges NAT by the machine.
const natMachines = 32

// gateway is the way of machines to the internet: a gateway and an address, two of them where the availability asks for two zones.
func (s *shelf) gateway(machines int, twice bool) cost {
	if s.provider == "gcp" {
		if machines <= natMachines {
			return always(s.address().plus(s.item("cloud_nat_vm_first_32").times(whole(machines))))
		}
		return always(s.address().plus(s.item("cloud_nat_gateway_over_32_vms")))
	}
	one := always(s.item("nat_gateway").plus(s.address()))
	if twice {
		return one.times(whole(2))
	}
	return one
}

// twoZones is from which availability a design has two zones.
var twoZones = finops.NewAmount(9995, 2)

// betweenZones is what a line's traffic between zones costs: a fifth of its internal traffic.
func (s *shelf) betweenZones(w *Workload) cost {
	if w.EastWestGB.Sign() == 0 {
		return cost{}
	}
	gb := mul(rat(w.EastWestGB), fraction(1, 5))
	row := func(regions ...string) cost {
		for _, region := range regions {
			if rows := s.book.Egress(s.provider, region, "inter_zone"); len(rows) > 0 {
				return found[pricebook.Egress]{rows[0], whole(1), false, figure{"egress", rows[0].Origin}}.price(rows[0].GB)
			}
		}
		return cost{usd: fraction(1, 100)}
	}
	switch s.provider {
	case "aws":
		return row(s.region.Name).times(gb, whole(2))
	case "gcp":
		return row(s.region.Name, "zone:any").times(gb)
	}
	return cost{}
}

// network prices what the counted lines share, and gives each its part, and what of it is internet egress. Keys are places of lines.
func (a *assessment) network(s *shelf, lines []int) (costs, internet map[int]cost) {
	costs, internet = map[int]cost{}, map[int]cost{}
	give := func(i int, c cost) { costs[i] = costs[i].plus(c) }
	egress := new(big.Rat)
	machines := 0
	groups := map[bool][]int{} // behind the load balancer of production, and behind the other
	for _, i := range lines {
		w := &a.profile.Workloads[i]
		egress = add(egress, rat(w.EgressGB))
		machines += a.virtual(i)
		if balanced(w) {
			groups[w.Environment == "prod"] = append(groups[w.Environment == "prod"], i)
		}
	}
	out := traffic(s.steps, egress)
	var nat cost
	twice := a.profile.Requirements.Availability.Cmp(twoZones) >= 0
	if machines > 0 {
		nat = s.gateway(machines, twice)
	}
	for _, i := range lines {
		w := &a.profile.Workloads[i]
		if w.EgressGB.Sign() > 0 {
			internet[i] = out.times(quo(rat(w.EgressGB), egress))
			give(i, internet[i])
		}
		if n := a.virtual(i); n > 0 {
			give(i, nat.times(fraction(int64(n), int64(machines))))
		}
		if twice || w.DBHA {
			give(i, s.betweenZones(w))
		}
	}
	for _, group := range groups {
		gb := new(big.Rat)
		for _, i := range group {
			gb = add(gb, rat(a.profile.Workloads[i].EgressGB))
		}
		c := s.balancer(gb)
		for _, i := range group {
			give(i, c.times(fraction(1, int64(len(group)))))
		}
	}
	return costs, internet
}

// objects prices object storage of the counted lines: the tiers run over all lines of a class, each pays its part by GiB.
func (a *assessment) objects(s *shelf, lines []int) map[int]cost {
	sums := map[string]*big.Rat{}
	for _, i := range lines {
		w := &a.profile.Workloads[i]
		sums[w.ObjectClass] = add(cmp.Or(sums[w.ObjectClass], new(big.Rat)), rat(w.ObjectGiB))
	}
	whole := map[string]cost{}
	for class, sum := range sums {
		whole[class] = s.objectCost(class, sum)
	}
	costs := map[int]cost{}
	for _, i := range lines {
		w := &a.profile.Workloads[i]
		c := s.requestCost(w)
		if w.ObjectGiB.Sign() > 0 {
			c = c.plus(whole[w.ObjectClass].times(quo(rat(w.ObjectGiB), sums[w.ObjectClass])))
		}
		costs[i] = c
	}
	return costs
}
