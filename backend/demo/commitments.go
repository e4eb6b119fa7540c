package demo

import "time"

// The commitments of the client, as template.cover names them.
const (
	coverNone = iota
	coverSavingsPlan
	coverRDS
	coverAzure
	coverCUD
)

// commitmentPlan is what the client once bought. pricePermille is the committed price of the list price, coverage
// the share of the fleet at the start that was bought. A plan with byUse covers one SKU in one region in hours,
// another one covers money of any eligible SKU.
type commitmentPlan struct {
	account          int
	id, name, kind   string
	byUse            bool
	pricePermille    int64
	coveragePermille int64
	scale            int  // scale of the covered costs: price decimals plus quantity decimals
	hourlyScale      int  // decimals of the hourly commitment
	startBack        int  // months before the last one; wholeHorizon for one that was there before
	endAhead         int  // months after the last one
	sizedLast        bool // by the fleet of the last day, so that it was too small while there was more
	hourly           bool // it covers what has lines of hours
	paidMonthly      bool
	service          service
	resourceType     string
	region           string
	meter, details   string
	usage            string
}

const wholeHorizon = -1

var commitmentPlans = []commitmentPlan{
	coverSavingsPlan - 1: {account: awsShared, id: "arn:aws:savingsplans::268340915577:savingsplan/3f0c9d52-71e8-4b6a-9c14-8ad25e60b7f3",
		name: "Compute Savings Plan 3yr No Upfront", kind: "Savings Plan", pricePermille: 630, coveragePermille: 1060, sizedLast: true, scale: 10,
		hourlyScale: 3, startBack: wholeHorizon, endAhead: 19, hourly: true, service: service{"AWS Savings Plans", "Compute", "Virtual Machines"},
		resourceType: "Savings Plan", region: "global", meter: "Compute Savings Plan commitment",
		details: `{"x_PurchaseTerm":"3yr","x_PaymentOption":"No Upfront"}`, usage: "ComputeSP:3yrNoUpfront"},
	coverRDS - 1: {account: logisticsProd,
		id:   "arn:aws:rds:us-east-1:841530679926:ri:hp-mysql-r6g-2025",
		name: "hp-mysql-r6g-2025", kind: "Reserved Instance", byUse: true, pricePermille: 660, coveragePermille: 800, scale: 8,
		startBack: wholeHorizon, endAhead: 2, paidMonthly: true, service: rds, resourceType: "Reserved Instance", region: "us-east-1",
		meter: "db.r6g.xlarge MySQL Multi-AZ reservation", details: `{"InstanceType":"db.r6g.xlarge","x_PurchaseTerm":"3yr","x_PaymentOption":"No Upfront"}`, usage: "HeavyUsage:db.r6g.xlarge"},
	coverAzure - 1: {account: erpProd,
		id:   "/providers/Microsoft.Capacity/reservationOrders/5b8e2f64-0d1c-49a7-b3e5-c92f17a80d46",
		name: "VM_RI_D4s_v5_ERP", kind: "Reservation", byUse: true, pricePermille: 620, coveragePermille: 850, scale: 12,
		startBack: wholeHorizon, endAhead: 14, paidMonthly: true, service: azureVM, resourceType: "Reservation", region: "eastus2", meter: "D4s_v5 reservation",
		details: `{"InstanceType":"Standard_D4s_v5","x_PurchaseTerm":"3yr","x_PaymentOption":"Monthly"}`},
	coverCUD - 1: {account: ordersProd,
		id:   "//compute.googleapis.com/projects/hp-orders-prod-402915/regions/us-central1/commitments/flex-2026-07",
		name: "flex-2026-07", kind: "Committed Use Discount", pricePermille: 720, coveragePermille: 800, scale: 6, hourlyScale: 2,
		startBack: 4, endAhead: 8, service: computeEngine, resourceType: "Committed Use Discount", region: "us-central1",
		meter: "Flexible commitment", details: `{"x_PurchaseTerm":"1yr","x_Type":"COMPUTE_FLEXIBLE"}`},
}

// commitment is a bought plan: rate per hour (money for a spend plan, price of one unit for a usage plan), units of it,
// and what is left of the day, or of each hour of it, while its lines are written.
type commitment struct {
	plan     *commitmentPlan
	rate     amount
	units    int64
	start    int
	end      string
	left     []int64 // at plan.scale
	usedHead []byte
	usedUnit string
	covers   service // of the usage
}

func (cm *commitment) provider() provider {
	return billings[accounts[cm.plan.account].billing].provider
}

// budget is the commitment of so many hours at plan.scale.
func (cm *commitment) budget(hours int64) int64 {
	return cm.rate.times(amount{units: hours * cm.units}).atScale(cm.plan.scale).units
}

func (cm *commitment) active(day int) bool { return cm.rate.units > 0 && day >= cm.start }

// open starts a day.
func (cm *commitment) open(day int, c *calendar) {
	slots := int64(1)
	if cm.plan.hourly && day >= c.hourlyFrom {
		slots = hoursOfDay
	}
	cm.left = cm.left[:0]
	for range slots {
		left := int64(0)
		if cm.active(day) {
			left = cm.budget(hoursOfDay / slots)
		}
		cm.left = append(cm.left, left)
	}
}

// eligible says whether the SKU of a resource can be covered: the first SKU, and for a usage plan only in the one
// variant and region that was bought.
func (pl *commitmentPlan) eligible(res *resource, skuIndex int) bool {
	if skuIndex != 0 {
		return false
	}
	if !pl.byUse {
		return true
	}
	return res.region.id == pl.region && res.index%len(res.template.variants) == 0
}

// newCommitments sizes the plans by the fleet that exists when they start.
func newCommitments(c *calendar, items *[providerCount][]item) []*commitment {
	var all []*commitment
	for i := range commitmentPlans {
		pl := &commitmentPlans[i]
		cm := &commitment{plan: pl, units: 1, usedUnit: "Hours"}
		category := "Usage"
		if !pl.byUse {
			category, cm.usedUnit = "Spend", billings[accounts[pl.account].billing].currency
		}
		if pl.startBack != wholeHorizon {
			cm.start = max(0, c.monthFrom(pl.startBack))
		}
		cm.end = c.months[len(c.months)-1].start.AddDate(0, pl.endAhead, 13).Format(time.RFC3339)
		head := record{}
		head.fields[colCommitmentDiscountID] = pl.id
		head.fields[colCommitmentDiscountName] = pl.name
		head.fields[colCommitmentDiscountCategory] = category
		head.fields[colCommitmentDiscountType] = pl.kind
		head.fields[colCommitmentDiscountStatus] = "Used"
		cm.usedHead = head.appendFields(nil, colCommitmentDiscountID, colCommitmentDiscountQuantity)
		cm.size(i+1, (*items)[cm.provider()], c)
		all = append(all, cm)
	}
	return all
}

func (cm *commitment) size(cover int, items []item, c *calendar) {
	perHour, count := int64(0), int64(0)
	day := cm.start
	if cm.plan.sizedLast {
		day = c.days - 1 - providers[cm.provider()].lagDays
	}
	var price amount
	for i := range items {
		it := &items[i]
		if it.cover != cover || day < it.from || day >= it.to {
			continue
		}
		if it.hourly != cm.plan.hourly {
			panic("demo catalogue: a covered SKU has not the periods of its commitment")
		}
		if it.scale != cm.plan.scale {
			panic("demo catalogue: a covered SKU has not the cost scale of its commitment")
		}
		price = amount{units: it.committed, scale: it.priceScale}
		perHour += it.committed
		cm.covers = it.res.template.service
		count++
	}
	if cm.plan.byUse {
		cm.rate, cm.units = price, max(1, count*cm.plan.coveragePermille/1000)
		return
	}
	cm.rate = amount{units: perHour, scale: price.scale}.permille(cm.plan.coveragePermille).atScale(cm.plan.hourlyScale)
}
