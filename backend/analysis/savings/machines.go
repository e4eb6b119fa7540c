package savings

import (
	"math/big"
	"regexp"
	"strings"

	"cloud-intelligence/backend/pricebook"
)

// chooser says whether a family may take the place of that of a machine.
type chooser func(now *pricebook.MachineType, s *pricebook.Successor) bool

// successor is a newer family on the same kind of processor, of machines that the provider has superseded.
func successor(now *pricebook.MachineType, s *pricebook.Successor) bool {
	shared := strings.Contains(s.To, "flex") || strings.Contains(s.Note, "physical core")
	return now.Lifecycle != "current" && !s.ArchChange && !shared && (isAMD(s.To) == isAMD(s.From))
}

// arm is a family that needs programs built for another processor.
func arm(now *pricebook.MachineType, s *pricebook.Successor) bool {
	return now.Arch != "arm64" && s.ArchChange
}

// amd is a family with processors of AMD in place of those of Intel.
func amd(_ *pricebook.MachineType, s *pricebook.Successor) bool {
	return !s.ArchChange && isAMD(s.To) && !isAMD(s.From) && !strings.Contains(s.Note, "physical core")
}

var amdFamily = regexp.MustCompile(`^([a-z]+[0-9]a|[A-Z]+a|[a-z][0-9]d$)`)

func isAMD(family string) bool { return amdFamily.MatchString(family) }

var (
	awsType   = regexp.MustCompile(`:(?:db\.|cache\.)?([a-z][a-z0-9-]*\.[a-z0-9-]+)$`)
	azureType = regexp.MustCompile(`^([A-Z]+)([0-9]+(?:-[0-9]+)?)([a-z]*)(?: v([0-9]+))?(?:/|$| Low Priority| Spot)`)
	gcpFamily = regexp.MustCompile(`^(?:Spot Preemptible )?([A-Z][0-9][A-Z]?) `)
)

// machineType is the type of the machine that lines are about, as the price book names it; "" = none.
func (a *ask) machineType() string {
	switch a.provider {
	case "aws":
		if m := awsType.FindStringSubmatch(a.class.meter); m != nil {
			return m[1]
		}
	case "azure":
		if m := azureType.FindStringSubmatch(a.class.meter); m != nil {
			kind := "Standard_" + m[1] + m[2] + m[3]
			if m[4] != "" {
				kind += "_v" + m[4]
			}
			return kind
		}
	}
	return ""
}

// linux reports whether the price holds no licence of another operating system.
func (a *ask) linux() bool {
	if a.provider == "azure" {
		return !strings.Contains(a.class.subcategory, "Windows")
	}
	return a.class.operation == "" || !strings.Contains(a.class.operation, "RunInstances:") || strings.Contains(a.class.operation, "RunInstances:SV")
}

// replacement is the cheapest machine of the region, with the same processors and at least the memory, of a family that may take the
// place of that of a machine. known reports whether there is such a family at all.
func (a *ask) replacement(now *pricebook.MachineType, may chooser) (best *pricebook.Compute, known bool) {
	families := map[string]bool{}
	for _, s := range a.book.Successors(a.provider, now.Family) {
		if may(now, s) {
			families[s.To] = true
		}
	}
	if len(families) == 0 {
		return nil, false
	}
	memory := now.MemoryGiB.Amount()
	for _, c := range a.book.ComputeIn(a.provider, a.region) {
		if c.OS != "linux" || !families[c.Family] || !c.OnDemand.Known() || c.Basis == pricebook.Suspect {
			continue
		}
		if c.VCPU.Amount().Cmp(now.VCPU.Amount()) != 0 || c.MemoryGiB.Amount().Cmp(memory) < 0 {
			continue
		}
		if best == nil || c.OnDemand.Amount().Cmp(best.OnDemand.Amount()) < 0 {
			best = c
		}
	}
	return best, true
}

// machinePrice prices the hours of a machine as those of its replacement. A licence in the price stays as it is.
func machinePrice(may chooser) func(*ask) quote {
	return func(a *ask) quote {
		kind := a.machineType()
		now := a.book.MachineType(a.provider, kind)
		if now == nil {
			return quote{verdict: verdictNone}
		}
		then, known := a.replacement(now, may)
		if !known || (!a.linux() && then != nil && then.Arch != now.Arch) {
			return quote{verdict: verdictNone}
		}
		if then == nil {
			return familyPrice(may)(a) // the region has no price of it
		}
		if own := a.ownMachine(kind, then.Type); own != nil {
			return a.byUnit(own.value, a.ownPrice(then.Type, own, "an hour"))
		}
		here := a.book.Compute(a.provider, a.region, kind, "linux")
		if here == nil || !here.OnDemand.Known() {
			return familyPrice(may)(a)
		}
		return a.machineQuote(here, then)
	}
}

// ownMachine is what an hour of a machine costs the client in place of one of another type: of Azure without a licence, since its meters
// have one name with and without.
func (a *ask) ownMachine(now, then string) *rateFound {
	if a.provider == "aws" {
		return a.own(strings.Replace(bare(a.class.meter), now, then, 1)+"\x00"+a.class.operation, then)
	}
	if !a.linux() {
		return nil
	}
	return a.own(strings.ReplaceAll(strings.TrimPrefix(then, "Standard_"), "_", " "), then)
}

func (a *ask) machineQuote(here, then *pricebook.Compute) quote {
	l := listed{of: then.Type, unit: "an hour", now: here.OnDemand, then: then.OnDemand, origin: then.Origin, inThisRegion: true}
	if a.linux() {
		return a.byUnit(a.unit(l))
	}
	if a.currency != "USD" || a.sum.unmeasured {
		return quote{}
	}
	less := minus(here.OnDemand.Amount(), then.OnDemand.Amount())
	saved := new(big.Rat).Mul(ratOfAmount(less), a.carried())
	saved.Mul(saved, a.sum.quantity.rat())
	p := Price{Of: then.Type + " without licence", Value: then.OnDemand.String(), Unit: "USD an hour", Date: then.Day(), Source: then.Source}
	return quote{verdictPriced, saved.Sub(a.sum.cost.rat(), saved), []Price{p}}
}

// familyPrice prices what is made of machines with the ratio of the list prices of the two families: of databases where the book has both,
// of machines otherwise. The client's own rate of the new one comes first.
func familyPrice(may chooser) func(*ask) quote {
	return func(a *ask) quote {
		family, kind := a.family()
		now := a.book.MachineType(a.provider, kind)
		if now == nil && family == "" {
			return quote{verdict: verdictNone}
		}
		if now == nil {
			now = &pricebook.MachineType{Provider: a.provider, Family: family, Lifecycle: "previous", Arch: "x86_64"}
		}
		var best *pricebook.Successor
		for _, s := range a.book.Successors(a.provider, now.Family) {
			if may(now, s) && s.Price.Known() && (best == nil || s.Price.Amount().Cmp(best.Price.Amount()) < 0) {
				best = s
			}
		}
		if best == nil {
			return quote{verdict: verdictNone}
		}
		meter := strings.Replace(bare(a.class.meter), now.Family+".", best.To+".", 1)
		if a.provider == "gcp" {
			meter = strings.ToUpper(best.To) + strings.TrimPrefix(strings.Replace(bare(a.class.meter), " Predefined", "", 1), strings.ToUpper(family))
		}
		if own := a.own(meter); own != nil && meter != bare(a.class.meter) {
			return a.byUnit(own.value, a.ownPrice(meter, own, "an hour"))
		}
		if q, ok := a.databaseQuote(now.Family, best.To); ok {
			return q
		}
		ratio := ratOfAmount(best.Price.Amount())
		return a.byRatio(ratio, Price{Of: best.To, Value: exact(ratio), Unit: ratioUnit, Source: "successor_families"})
	}
}

// family is the family of what lines are about, and its machine type where they name one.
func (a *ask) family() (family, kind string) {
	if a.provider == "gcp" {
		if m := gcpFamily.FindStringSubmatch(a.class.meter); m != nil {
			return strings.ToLower(m[1]), ""
		}
		return "", ""
	}
	return "", strings.TrimSuffix(a.machineType(), ".search")
}

// databaseQuote prices a managed database by the list prices of the two classes.
func (a *ask) databaseQuote(from, to string) (quote, bool) {
	class := databaseClass.FindString(a.class.meter)
	deployment := "single_az"
	if strings.Contains(a.class.meter, "Multi-AZ") {
		deployment = "multi_az"
	}
	target := strings.Replace(class, from+".", to+".", 1)
	var now, then *pricebook.Database
	for _, d := range a.book.Databases(a.provider, a.region, "rds") {
		if d.Deployment != deployment || d.Engine != "mysql" {
			continue
		}
		switch d.Class {
		case class:
			now = d
		case target:
			then = d
		}
	}
	if class == "" || now == nil || then == nil || !now.OnDemand.Known() || !then.OnDemand.Known() {
		return quote{}, false
	}
	ratio := new(big.Rat).Quo(ratOfAmount(then.OnDemand.Amount()), ratOfAmount(now.OnDemand.Amount()))
	return a.byRatio(ratio, Price{Of: target, Value: exact(ratio), Unit: ratioUnit, Date: then.Day(), Source: then.Source}), true
}

var databaseClass = regexp.MustCompile(`db\.[a-z0-9-]+\.[a-z0-9]+`)

// withoutWindows takes the licence of Windows out of the price of a machine of Azure.
func withoutWindows(a *ask) quote {
	now := a.book.MachineType(a.provider, a.machineType())
	if now == nil || !now.VCPU.Known() {
		return quote{verdict: verdictNone}
	}
	s := a.book.Surcharge(a.provider, "windows", now.Family)
	linux := a.book.Compute(a.provider, a.region, now.Type, "linux")
	if s == nil || !s.Price.Known() || a.sum.unmeasured {
		return quote{}
	}
	if own := a.own(strings.ReplaceAll(strings.TrimPrefix(now.Type, "Standard_"), "_", " "), now.Type); own != nil {
		return a.byUnit(own.value, a.ownPrice(now.Type+" without Windows licence", own, "an hour"))
	}
	licence := new(big.Rat).Mul(ratOfAmount(s.Price.Amount()), ratOfAmount(now.VCPU.Amount()))
	p := Price{Of: "Windows licence of " + now.Type, Value: exact(licence), Unit: "USD an hour", Date: s.Day(), Source: s.Source}
	if a.currency == "USD" {
		licence.Mul(licence, a.carried())
		licence.Mul(licence, a.sum.quantity.rat())
		return quote{verdictPriced, licence.Sub(a.sum.cost.rat(), licence), []Price{p}}
	}
	if linux == nil || !linux.OnDemand.Known() {
		return quote{}
	}
	without := ratOfAmount(linux.OnDemand.Amount())
	ratio := without.Quo(without, new(big.Rat).Add(without, licence))
	return a.byRatio(ratio, Price{Of: now.Type + " without Windows licence", Value: exact(ratio), Unit: ratioUnit, Date: s.Day(), Source: s.Source})
}

// cheapestRegion prices a machine in the cheapest region of the same country: whether data may go elsewhere the bill does not say.
func cheapestRegion(a *ask) quote {
	kind := a.machineType()
	here := a.book.Region(a.provider, a.region)
	now := a.book.Compute(a.provider, a.region, kind, "linux")
	if here == nil || now == nil || !now.OnDemand.Known() || !a.linux() {
		return quote{verdict: verdictNone}
	}
	best := now
	for _, r := range a.book.Regions() {
		if r.Provider != a.provider || r.Country != here.Country || r.Name == a.region {
			continue
		}
		c := a.book.Compute(a.provider, r.Name, kind, "linux")
		if c != nil && c.OnDemand.Known() && c.OnDemand.Amount().Cmp(best.OnDemand.Amount()) < 0 {
			best = c
		}
	}
	if best == now {
		return quote{verdict: verdictNone}
	}
	ratio := new(big.Rat).Quo(ratOfAmount(best.OnDemand.Amount()), ratOfAmount(now.OnDemand.Amount()))
	return a.byRatio(ratio, Price{Of: kind + " in " + best.Region, Value: exact(ratio), Unit: ratioUnit, Date: best.Day(), Source: best.Source})
}
