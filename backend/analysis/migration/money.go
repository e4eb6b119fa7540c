package migration

import (
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// complexity is what the hours of a line are multiplied by: a quarter more for each thing that makes a move harder.
func (a *assessment) complexity(w *Workload) *big.Rat {
	quarters := 4
	for _, harder := range []bool{
		w.Engine != "none", w.SharedState, w.LicenceBound, a.profile.Requirements.Availability.Cmp(twoZones) >= 0, len(a.profile.Requirements.Frameworks) > 0,
		dataGiB(w).Cmp(whole(10_240)) > 0,
	} {
		if harder {
			quarters++
		}
	}
	return fraction(int64(quarters), 4)
}

// dataGiB is the data of a line.
func dataGiB(w *Workload) *big.Rat {
	return add(mul(whole(w.Count), add(rat(w.BlockGiB), rat(w.DBStorageGiB))), rat(w.ObjectGiB))
}

// sourceCosts shares the cost of today among all lines by machines, vCPU and memory.
func (a *assessment) sourceCosts() {
	now := a.profile.Organization.CurrentMonthlyCost
	if now == nil {
		return
	}
	sum := new(big.Rat)
	weights := make([]*big.Rat, len(a.profile.Workloads))
	for i := range a.profile.Workloads {
		w := &a.profile.Workloads[i]
		weights[i] = mul(whole(w.Count), add(whole(w.VCPU), quo(rat(w.MemoryGiB), whole(8))))
		sum.Add(sum, weights[i])
	}
	a.sourceCost = make([]finops.Amount, len(weights))
	for i, weight := range weights {
		a.sourceCost[i] = rounded(mul(rat(*now), quo(weight, sum)))
	}
}

// variant is what a calculation assumes instead of the likely figures of the profile.
type variant struct {
	hours       int      // of an effort: 0 low, 1 likely, 2 high
	labour      *big.Rat // factor on hours
	egress      *big.Rat // factor on internet egress, at the source and at the destination
	contingency *big.Rat // nil = that of the profile
	term        int      // of Terms
	run, today  *big.Rat // factors on the cost of the destination and of today
	wacc        *big.Rat // a year
}

// Which hours of an effort are meant.
const (
	lowHours = iota
	likelyHours
	highHours
)

// likely is what is most probable.
func (a *assessment) likely() variant {
	r := &a.profile.Requirements
	return variant{
		hours: likelyHours, labour: whole(1), egress: whole(1), term: slices.Index(Terms, r.Term), run: whole(1), today: whole(1), wacc: percent(r.WACC),
	}
}

// lowest and highest are the ends of the range of one-off cost: hours, egress ±20 %, contingency 10 and 30 %.
func (a *assessment) lowest() variant {
	v := a.likely()
	v.hours, v.egress, v.contingency = lowHours, fraction(8, 10), fraction(10, 100)
	return v
}

func (a *assessment) highest() variant {
	v := a.likely()
	v.hours, v.egress, v.contingency = highHours, fraction(12, 10), fraction(30, 100)
	return v
}

// oneOff is what the move to a candidate costs once. A candidate where the workloads are today costs nothing.
func (a *assessment) oneOff(c *candidate, v variant) OneOff {
	if c.stays {
		return OneOff{Note: "The workloads are there today."}
	}
	o, r := &a.profile.Organization, &a.profile.Requirements
	one := OneOff{Tooling: r.ToolingUSD, Partner: r.PartnerUSD, DualRun: a.dualRun}
	one.Labour = rounded(mul(rat(a.labour[v.hours]), v.labour))
	one.DataOut, one.Note = a.dataOut(c, v)
	if o.Skill[c.provider] <= 2 {
		one.Training = rounded(mul(whole(o.TeamSize), rat(r.TrainingUSDPerPerson)))
	}
	one.Stranded = a.stranded()
	before := total(one.Labour, one.DataOut, one.Training, one.Tooling, one.Partner, one.DualRun, one.Stranded)
	contingency := v.contingency
	if contingency == nil {
		contingency = percent(r.ContingencyPct)
	}
	one.Contingency = rounded(mul(rat(before), contingency))
	one.Total = total(before, one.Contingency)
	return one
}

// effortSums adds up labour and dual run of the counted lines, which are the same for every candidate.
func (a *assessment) effortSums() {
	for i, counted := range a.counted {
		if !counted {
			continue
		}
		w, e := &a.profile.Workloads[i], efforts[a.chosen[i].strategy]
		each := mul(whole(w.Count), a.complexity(w), rat(a.profile.Organization.LabourRate))
		for n, hours := range []int{e.low, e.likely, e.high} {
			a.labour[n] = total(a.labour[n], rounded(mul(whole(hours), each)))
		}
		if a.sourceCost != nil && a.moves(i) {
			months := 1
			if w.Engine != "none" {
				months = 2
			}
			a.dualRun = total(a.dualRun, rounded(mul(rat(a.sourceCost[i]), whole(months))))
		}
	}
	for _, provider := range a.profile.Organization.SourceProviders {
		if rank(provider) >= 0 {
			a.sourceEgress = a.egressOf(provider)
			return
		}
	}
}

// noEgressFee is from when moving out of a cloud of the European Union must not cost a fee.
var noEgressFee = finops.NewDay(2027, 1, 12)

// dataOut is the egress of the data that moves, as one month at the first source provider that has prices.
func (a *assessment) dataOut(c *candidate, v variant) (finops.Amount, string) {
	o, r := &a.profile.Organization, &a.profile.Requirements
	switch {
	case o.Infrastructure == "on_prem":
		return finops.Amount{}, ""
	case r.LeavingSource:
		return finops.Amount{}, "Egress is waived on request for customers who leave entirely."
	case unionCodes[o.Seat()] && r.Start >= noEgressFee:
		return finops.Amount{}, "Switching fees are banned in the European Union from 2027-01-12."
	}
	at := slices.IndexFunc(o.SourceProviders, func(p string) bool { return rank(p) >= 0 })
	if at < 0 {
		return finops.Amount{}, "The source provider has no prices here, so that its egress is not in the one-off cost."
	}
	source := o.SourceProviders[at]
	if source == c.provider {
		return finops.Amount{}, ""
	}
	out := a.sourceEgress
	if out.unknown {
		return finops.Amount{}, "The egress of the source has no price here."
	}
	return rounded(mul(out.amount(), v.egress)), ""
}

// egressOf is what the data that moves costs to leave a provider.
func (a *assessment) egressOf(source string) cost {
	region := a.book.Region(source, a.profile.Organization.SourceRegion)
	if geo := seatGeo(a.book, a.profile.Organization.Seat()); region == nil && geo != nil {
		region = a.book.Region(source, geo.Regions[source])
	}
	if region == nil {
		region = a.book.Region(source, pricebook.Reference(source))
	}
	if region == nil {
		return unpriced
	}
	data := new(big.Rat)
	for _, i := range a.moving() {
		data = add(data, dataGiB(&a.profile.Workloads[i]))
	}
	return traffic(newShelf(a.book, source, region).steps, data)
}

// stranded is what is still paid at the source after the last line has moved.
func (a *assessment) stranded() finops.Amount {
	sum := a.profile.Organization.HardwareBookValue
	for _, c := range a.profile.Organization.Commitments {
		months := wholeMonths(a.profile.Requirements.Start, c.EndDate) - a.plan.last
		sum = total(sum, rounded(mul(rat(c.MonthlyUSD), whole(max(months, 0)))))
	}
	return sum
}

// wholeMonths counts the whole months from a day to another.
func wholeMonths(from, to finops.Day) int {
	a, b := from.Time(), to.Time()
	months := int(to.Month() - from.Month())
	if b.Day() < a.Day() {
		months--
	}
	return months
}
