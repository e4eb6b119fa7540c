package savings

import (
	"math/big"
	"regexp"
	"strings"

	"cloud-intelligence/backend/pricebook"
)

// pricers are the ways to find what lines would cost, by the name that rules call them.
var pricers map[string]*pricer

// pricerParameters are parameters that pricers ask for.
var pricerParameters = []string{"tierSize", "tierRatio", "nodeRatio", "serverlessRatio", "usedAtLeast"}

func init() {
	pricers = map[string]*pricer{
		"gp3":               {daily: true, instead: "volume", quote: gp3},
		"gp3-iops":          {instead: "volume", quote: gp3IOPS},
		"gp3-storage":       {instead: "volume", quote: blockPrice("gp3", "EBS:VolumeUsage.gp3")},
		"io2-storage":       {instead: "volume", quote: blockPrice("io2", "EBS:VolumeUsage.io2")},
		"io2-iops":          {instead: "volume", quote: io2IOPS},
		"same-meter":        {quote: ownMeter},
		"same-meter-only":   {quote: ownMeterOnly},
		"log-tier":          {quote: logTier},
		"sentinel-tier":     {quote: sentinelTier},
		"protection-plan":   {quote: protectionPlan},
		"before":            {quote: before},
		"deep-archive":      {instead: "objects", quote: objectPrice("glacier_flexible", "deep_archive", "TimedStorage-GDA-ByteHrs")},
		"nearline":          {instead: "objects", quote: objectPrice("standard", "nearline", "")},
		"cool":              {instead: "objects", quote: objectPrice("hot_lrs", "cool_lrs", "")},
		"standard-disk":     {instead: "volume", quote: diskPrice("pd-ssd", "pd-standard")},
		"successor":         {instead: "machine", quote: machinePrice(successor)},
		"arm":               {instead: "machine", quote: machinePrice(arm)},
		"amd":               {instead: "machine", quote: machinePrice(amd)},
		"family":            {instead: "machine", quote: familyPrice(successor)},
		"family-arm":        {instead: "machine", quote: familyPrice(arm)},
		"without-windows":   {quote: withoutWindows},
		"cheapest-region":   {quote: cheapestRegion},
		"valkey":            {quote: valkey},
		"locally-redundant": {quote: locallyRedundant},
		"smaller-machine":   {quote: smallerMachine},
		"shared":            {shares: true, quote: shared},
		"commitment":        {quote: committed},
	}
}

// gp3 prices a gp2 volume as gp3 with what gp2 gives beyond what gp3 includes: operations above 3000 (gp2 gives three for each GB, at
// most 16,000), and 125 MB/s above 150 GB. The size is a day's quantity times the days of its month.
func gp3(a *ask) quote {
	block := a.book.Block(a.provider, a.region, "gp3")
	unit, price := a.blockUnit("gp3", "gp2", "EBS:VolumeUsage.gp3")
	if unit == nil || block == nil || a.sum.unmeasured {
		return quote{}
	}
	month := big.NewRat(daysOfMonth(a.part.day), 1)
	cost := new(big.Rat).Mul(a.sum.quantity.rat(), unit)
	prices := []Price{price}
	size := new(big.Rat).Mul(a.sum.quantity.rat(), month)
	operations := new(big.Rat).Mul(size, big.NewRat(3, 1))
	if most := big.NewRat(16_000, 1); operations.Cmp(most) > 0 {
		operations = most
	}
	if operations.Sub(operations, big.NewRat(3_000, 1)); operations.Sign() > 0 {
		p, said := a.relative(unit, block.GBMonth, block.IOPSMonth, block.Origin, "EBS:VolumeP-IOPS.gp3", "gp3 operations above 3000", "for a provisioned IOPS-month")
		if p == nil {
			return quote{}
		}
		prices = append(prices, said)
		cost.Add(cost, p.Mul(p, operations.Quo(operations, month)))
	}
	if size.Cmp(big.NewRat(150, 1)) > 0 {
		p, said := a.relative(unit, block.GBMonth, block.MBpsMonth, block.Origin, "", "gp3 throughput above 125 MB/s", "for a MB/s-month")
		if p == nil {
			return quote{}
		}
		prices = append(prices, said)
		cost.Add(cost, p.Mul(p, new(big.Rat).Quo(big.NewRat(125, 1), month)))
	}
	return quote{verdictPriced, cost, prices}
}

// relative is the price of something that stands to the price of a GB as their list prices do, or the client's own rate.
func (a *ask) relative(unit *big.Rat, gb, it pricebook.Number, origin pricebook.Origin, meter, of, per string) (*big.Rat, Price) {
	if meter != "" {
		if own := a.own(meter); own != nil {
			return own.value, a.ownPrice(of, own, per)
		}
	}
	if !gb.Known() || !it.Known() {
		return nil, Price{}
	}
	p := new(big.Rat).Quo(ratOfAmount(it.Amount()), ratOfAmount(gb.Amount()))
	p.Mul(p, unit)
	return p, Price{Of: of, Value: exact(p), Unit: a.currency + " " + per, Date: origin.Day(), Source: origin.Source}
}

// blockUnit is what a GB-month of a kind of volume costs the client.
func (a *ask) blockUnit(kind, now, meter string) (*big.Rat, Price) {
	const per = "for a GB-month"
	if own := a.own(meter, kind); own != nil {
		return own.value, a.ownPrice(kind, own, per)
	}
	then, here := a.book.Block(a.provider, a.region, kind), a.book.Block(a.provider, a.region, now)
	if then == nil {
		return nil, Price{}
	}
	l := listed{of: kind, unit: per, then: then.GBMonth, origin: then.Origin, inThisRegion: true}
	if here != nil {
		l.now = here.GBMonth
	}
	return a.unit(l)
}

// kindNow is the kind of volume that a meter of AWS is about.
func kindNow(meter string) string {
	if strings.HasSuffix(meter, ".piops") {
		return "io1"
	}
	return meter[strings.LastIndexByte(meter, '.')+1:]
}

func blockPrice(kind, meter string) func(*ask) quote {
	return func(a *ask) quote { return a.byUnit(a.blockUnit(kind, kindNow(a.class.meter), meter)) }
}

// io2IOPS prices the operations of io1 as io2.
func io2IOPS(a *ask) quote {
	if own := a.own("EBS:VolumeP-IOPS.io2"); own != nil {
		return a.byUnit(own.value, a.ownPrice("io2 operations", own, "for a provisioned IOPS-month"))
	}
	then, now := a.book.Block(a.provider, a.region, "io2"), a.book.Block(a.provider, a.region, "io1")
	if then == nil || now == nil {
		return quote{}
	}
	return a.byUnit(a.unit(listed{of: "io2 operations", unit: "for a provisioned IOPS-month", now: now.IOPSMonth, then: then.IOPSMonth, origin: then.Origin, inThisRegion: true}))
}

// gp3IOPS prices provisioned operations as gp3, all of them: the 3000 that gp3 includes are not known by the line alone.
func gp3IOPS(a *ask) quote {
	if own := a.own("EBS:VolumeP-IOPS.gp3"); own != nil {
		return a.byUnit(own.value, a.ownPrice("gp3 operations", own, "for a provisioned IOPS-month"))
	}
	then, now := a.book.Block(a.provider, a.region, "gp3"), a.book.Block(a.provider, a.region, "io1")
	if then == nil || now == nil {
		return quote{}
	}
	return a.byUnit(a.unit(listed{of: "gp3 operations", unit: "for a provisioned IOPS-month", now: now.IOPSMonth, then: then.IOPSMonth, origin: then.Origin, inThisRegion: true}))
}

// twins are the meters of the same thing in its cheaper form.
var twins = strings.NewReplacer(
	"GP2-Storage", "GP3-Storage", "Fargate-vCPU-Hours", "Fargate-ARM-vCPU-Hours", "Fargate-GB-Hours", "Fargate-ARM-GB-Hours",
	" Custom Instance", " Instance",
)

// ownMeter prices lines at the client's own rate of the same meter in its cheaper form, and else with the ratio of the rule.
func ownMeter(a *ask) quote {
	meter := twins.Replace(bare(a.class.meter))
	if own := a.own(meter); own != nil {
		return a.byUnit(own.value, a.ownPrice(meter, own, "for a unit"))
	}
	saved := a.ratings[a.key.rule].limits[ratio]
	if saved == nil {
		return quote{}
	}
	left := new(big.Rat).Sub(one, saved)
	return a.byRatio(left, Price{Of: "its cheaper form", Value: exact(left), Unit: ratioUnit, Source: "the parameter " + ratio})
}

// ownMeterOnly is ownMeter for what lists at the same price in both forms, so that only the client's rates can differ.
func ownMeterOnly(a *ask) quote {
	q := ownMeter(a)
	if q.verdict == verdictUnknown {
		q.verdict = verdictNone
	}
	return q
}

// logTier prices the ingestion of logs in the smallest commitment tier: so many GB a day are paid whether they come or not, each GB for a
// part of the price now.
func logTier(a *ask) quote {
	size, part := a.ratings[a.key.rule].limits["tierSize"], a.ratings[a.key.rule].limits["tierRatio"]
	if size == nil || part == nil {
		return quote{}
	}
	return a.tiered(size, part, Price{Of: "a GB in a commitment tier", Value: exact(part), Unit: ratioUnit, Source: "the parameter tierRatio"})
}

// sentinelTier prices what Sentinel analyses in its commitment tier of 100 GB a day, at the ratio of the list prices.
func sentinelTier(a *ask) quote {
	now, then := a.item("sentinel_pay_as_you_go"), a.item("sentinel_tier_100_gb_a_day")
	if now == nil || then == nil {
		return quote{}
	}
	size := big.NewRat(100, 1)
	part := new(big.Rat).Quo(ratOfAmount(then.Price.Amount()), new(big.Rat).Mul(size, ratOfAmount(now.Price.Amount())))
	return a.tiered(size, part, Price{Of: "a GB in the tier of 100 GB a day", Value: exact(part), Unit: ratioUnit, Date: then.Day(), Source: then.Source})
}

// tiered is the quote of GB in a tier in which so many a day are paid whether they come or not, each for a part of the price now.
func (a *ask) tiered(size, part *big.Rat, p Price) quote {
	quantity := a.sum.quantity.rat()
	if a.sum.unmeasured || quantity.Sign() <= 0 {
		return quote{}
	}
	paid := new(big.Rat).Mul(size, big.NewRat(int64(a.days), 1))
	if paid.Cmp(quantity) < 0 {
		paid.Set(quantity)
	}
	unit := new(big.Rat).Quo(a.sum.cost.rat(), quantity)
	return quote{verdictPriced, paid.Mul(paid, unit.Mul(unit, part)), []Price{p}}
}

// protectionPlan prices addresses that are protected one by one, by the hour, with a plan for planAddresses of them and those above.
func protectionPlan(a *ask) quote {
	address, plan, above := a.item("ddos_ip_protection"), a.item("ddos_network_protection_plan"), a.item("ddos_network_protection_address")
	hours := a.sum.quantity.rat()
	if address == nil || plan == nil || above == nil || a.sum.unmeasured || hours.Sign() <= 0 {
		return quote{}
	}
	inAddresses := func(i *pricebook.Item) (*big.Rat, Price) {
		ratio := new(big.Rat).Quo(ratOfAmount(i.Price.Amount()), ratOfAmount(address.Price.Amount()))
		return ratio, Price{Of: strings.ReplaceAll(i.Name, "_", " "), Value: exact(ratio), Unit: "of the price of an address", Date: i.Day(), Source: i.Source}
	}
	window := big.NewRat(24*int64(a.days), 1)
	charged, price := inAddresses(plan)
	charged.Mul(charged, window)
	prices := []Price{price}
	if more := new(big.Rat).Sub(hours, window.Mul(window, big.NewRat(planAddresses, 1))); more.Sign() > 0 {
		ratio, price := inAddresses(above)
		charged.Add(charged, more.Mul(more, ratio))
		prices = append(prices, price)
	}
	return quote{verdictPriced, charged.Mul(charged, new(big.Rat).Quo(a.sum.cost.rat(), hours)), prices}
}

// planAddresses is how many public addresses a plan of DDoS Network Protection covers.
const planAddresses = 100

// item is the list price of something small in the region of reference, from which the ratio of two is taken; nil where it is not known.
func (a *ask) item(name string) *pricebook.Item {
	i := a.book.Item(a.provider, pricebook.Reference(a.provider), name)
	if i == nil || !i.Price.Known() || i.Price.Amount().Sign() <= 0 {
		return nil
	}
	return i
}

// objectPrice prices object storage in another class.
func objectPrice(now, then, meter string) func(*ask) quote {
	return func(a *ask) quote {
		const per = "for a GB-month"
		if meter != "" {
			if own := a.own(meter, then); own != nil {
				return a.byUnit(own.value, a.ownPrice(then, own, per))
			}
		}
		for _, region := range []string{a.region, pricebook.Reference(a.provider), "eastus2", "westus"} {
			from, to := objectOf(a.book, a.provider, region, now), objectOf(a.book, a.provider, region, then)
			if from != nil && to != nil {
				return a.byUnit(a.unit(listed{of: then, unit: per, now: from.GBMonth[0], then: to.GBMonth[0], origin: to.Origin, inThisRegion: region == a.region}))
			}
		}
		return quote{}
	}
}

func objectOf(b *pricebook.Book, provider, region, class string) *pricebook.Object {
	for _, o := range b.Objects(provider, region) {
		if o.Class == class {
			return o
		}
	}
	return nil
}

// diskPrice prices a persistent disk of Google as another kind.
func diskPrice(now, then string) func(*ask) quote {
	return func(a *ask) quote {
		from, to := a.book.Block(a.provider, a.region, now), a.book.Block(a.provider, a.region, then)
		if from == nil || to == nil {
			return quote{}
		}
		return a.byUnit(a.unit(listed{of: then, unit: "for a GB-month", now: from.GBMonth, then: to.GBMonth, origin: to.Origin, inThisRegion: true}))
	}
}

// locallyRedundant prices Azure storage that is copied to another region as one that is not.
func locallyRedundant(a *ask) quote {
	now := "hot_grs"
	if strings.Contains(a.class.meter, "RA-GRS") {
		now = "hot_ragrs"
	}
	return objectPrice(now, "hot_lrs", "")(a)
}

// valkey prices a Redis cache as Valkey: the price of the same node, or the part that the rule says.
func valkey(a *ask) quote {
	node := nodeType.FindString(a.class.meter)
	var from, to *pricebook.Database
	for _, d := range a.book.Databases(a.provider, a.region, "elasticache") {
		if d.Class == node && d.Engine == "redis" {
			from = d
		}
		if d.Class == node && d.Engine == "valkey" {
			to = d
		}
	}
	if node != "" && from != nil && to != nil {
		return a.byUnit(a.unit(listed{of: "Valkey " + node, unit: "an hour", now: from.OnDemand, then: to.OnDemand, origin: to.Origin, inThisRegion: true}))
	}
	name := "nodeRatio"
	if node == "" {
		name = "serverlessRatio"
	}
	saved := a.ratings[a.key.rule].limits[name]
	if saved == nil {
		return quote{}
	}
	left := new(big.Rat).Sub(one, saved)
	return a.byRatio(left, Price{Of: "Valkey", Value: exact(left), Unit: ratioUnit, Source: "the parameter " + name})
}

var nodeType = regexp.MustCompile(`cache\.[a-z0-9]+\.[a-z0-9]+`)

// before prices lines at the client's own rate of the same meter before the lookback.
func before(a *ask) quote {
	past := a.past[a.key]
	if a.given != nil {
		past = a.given.past
	}
	if past == nil || past.broken {
		return quote{verdict: verdictNone}
	}
	cost, quantity := past.cost.rat(), past.quantity.rat()
	if cost.Sign() <= 0 || quantity.Sign() <= 0 {
		return quote{verdict: verdictNone}
	}
	cost.Quo(cost, quantity)
	return a.byUnit(cost, a.ownPrice("the same before", &rateFound{cost, a.sets[a.key.set].asOf.String(), OwnRates}, "for a unit"))
}
