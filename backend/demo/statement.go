package demo

import "time"

// sumScale is the scale of the sums behind tax, support and credits; those are rounded to cents anyway.
const sumScale = 6

// creditPlan takes permille of a sub account's month off, in the months from … to before the last one.
type creditPlan struct {
	account          int
	backFrom, backTo int
	permille         int64
	desc             string
	service          service
}

var creditPlans = []creditPlan{
	{logisticsProd, 12, 6, 40, "AWS promotional credit: migration programme", ec2},
	{shopDEProd, monthsMax, 0, 20, "Azure-Guthaben: Rahmenvertrag", azureVM},
	{ordersProd, 8, 1, 150, "Promotional credit: migration incentive", computeEngine},
}

// correctionPlan gives back permille of a sub account's previous, already invoiced month.
type correctionPlan struct {
	account  int
	back     int
	permille int64
	category string
	desc     string
	service  service
}

var correctionPlans = []correctionPlan{
	{retailProd, 10, 12, "Usage", "Correction of load balancer capacity units of the previous month", elb},
	{logisticsProd, 5, 18, "Usage", "Refund for the service event in us-east-1", ec2},
	{retailProd, 0, 9, "Usage", "Correction of NAT gateway data of the previous month", vpc},
	{erpProd, 6, 20, "Usage", "Refund: virtual machine availability below the service level", azureVM},
	{shopDEProd, 0, 15, "Usage", "Korrektur: doppelt berechnete Datenübertragung", azureNetwork},
	{dataProd, 0, 10, "Usage", "Correction of BigQuery analysis of the previous month", bigQuery},
	{awsShared, 3, 250, "Purchase", "Refund of marketplace hosts that were billed twice", service{"Datadog Pro", "Management and Governance", "Observability"}},
}

// supportPlan is a fee in per-mille of the billing account's month.
type supportPlan struct {
	account  int
	permille int64
	service  service
	desc     string
}

var supportPlans = []supportPlan{
	{awsShared, 50, awsSupport, "AWS Support (Business) - 5 % of monthly AWS usage"},
	{dataProd, 30, gcpSupport, "Enhanced Support - 3 % of monthly usage"},
}

// writeCorrections writes what this month's bill says about the month before.
func (w *monthWriter) writeCorrections(previous month) {
	for i := range correctionPlans {
		cp := &correctionPlans[i]
		before := w.previousSums[cp.account]
		if w.provider != billings[accounts[cp.account].billing].provider || w.back != cp.back || before <= 0 {
			continue
		}
		cents := centsOf(before, cp.permille, 1000)
		rec := newRecord(cp.account)
		rec.setService(cp.service)
		rec.fields[colChargeCategory] = cp.category
		rec.fields[colChargeClass] = "Correction"
		rec.fields[colChargeDescription] = cp.desc
		rec.fields[colChargeFrequency] = "One-Time"
		rec.fields[colChargePeriodStart] = stamp(previous.start)
		rec.fields[colChargePeriodEnd] = stamp(previous.end)
		w.writeStatement(&rec, -cents)
	}
}

// writeMonthEnd writes what a provider adds once a month is over.
func (w *monthWriter) writeMonthEnd() {
	w.writeSupport()
	w.writeCredits()
	for i := range accounts {
		b := billings[accounts[i].billing]
		if b.provider != w.provider || w.sums[i] <= 0 {
			continue
		}
		rec := newRecord(i)
		rec.setService(service{"Tax", "Other", "Other (Other)"})
		rec.fields[colChargeCategory] = "Tax"
		rec.fields[colChargeDescription] = b.taxName
		rec.fields[colChargeFrequency] = "Recurring"
		if w.provider == gcp {
			rec.extra[extraCostType] = "tax"
		}
		w.writeStatement(&rec, centsOf(w.sums[i], b.taxPermyriad, 10_000))
	}
}

func (w *monthWriter) writeCredits() {
	for i := range creditPlans {
		cp := &creditPlans[i]
		if w.provider != billings[accounts[cp.account].billing].provider || w.back > cp.backFrom || w.back < cp.backTo {
			continue
		}
		rec := newRecord(cp.account)
		rec.setService(cp.service)
		rec.fields[colChargeCategory] = "Credit"
		rec.fields[colChargeDescription] = cp.desc
		rec.fields[colChargeFrequency] = "One-Time"
		cents := -centsOf(w.sums[cp.account], cp.permille, 1000)
		w.writeStatement(&rec, cents)
		w.sums[cp.account] += cents * pow10[sumScale-2]
	}
}

// writeSupport charges a share of the bill: the quantity is the money, as AWS writes it.
func (w *monthWriter) writeSupport() {
	for i := range supportPlans {
		sp := &supportPlans[i]
		billed := int64(0)
		for j := range accounts {
			if accounts[j].billing == accounts[sp.account].billing {
				billed += w.sums[j]
			}
		}
		if w.provider != billings[accounts[sp.account].billing].provider || billed <= 0 {
			continue
		}
		quantity := amount{units: billed, scale: sumScale}.atScale(2)
		price := amount{units: sp.permille, scale: 3}
		rec := newRecord(sp.account)
		rec.setService(sp.service)
		rec.setPrices(price.String(), price.String())
		rec.fields[colChargeCategory] = "Usage"
		rec.fields[colChargeDescription] = sp.desc
		rec.fields[colChargeFrequency] = "Recurring"
		rec.fields[colPricingCategory] = "Standard"
		rec.fields[colPricingQuantity] = quantity.String()
		rec.fields[colPricingUnit] = "USD"
		rec.fields[colConsumedQuantity] = quantity.String()
		rec.fields[colConsumedUnit] = "USD"
		rec.fields[colSkuMeter] = "Support fee"
		rec.fields[colSkuID], rec.fields[colSkuPriceID] = skuIDs(billings[accounts[sp.account].billing], sp.service.name, "global")
		cost := quantity.times(price)
		w.writeCosts(&rec, cost, cost, cost)
		w.sums[sp.account] += cost.atScale(sumScale).units
	}
}

// centsOf returns sum × share/of, rounded half up to cents.
func centsOf(sum, share, of int64) int64 {
	step := of * pow10[sumScale-2]
	return (product(sum, share) + step/2) / step
}

// writeStatement writes a line that has one amount in all cost columns and no price; one of nothing is left out.
func (w *monthWriter) writeStatement(rec *record, cents int64) {
	if cents == 0 {
		return
	}
	cost := amount{units: cents, scale: 2}
	w.writeCosts(rec, cost, cost, cost)
}

// writeCosts completes and writes a line outside the daily lines of the fleet. A record without its own charge
// period belongs to the whole month.
func (w *monthWriter) writeCosts(rec *record, billed, effective, list amount) {
	text := func(a amount) string { return string(appendAmount(nil, a.units, a.scale)) }
	rec.fields[colInvoiceID] = string(w.invoices[billingOf(rec)])
	rec.fields[colBillingPeriodStart] = stamp(w.month.start)
	rec.fields[colBillingPeriodEnd] = stamp(w.month.end)
	if rec.fields[colChargePeriodStart] == "" {
		rec.fields[colChargePeriodStart] = stamp(w.month.start)
		rec.fields[colChargePeriodEnd] = stamp(w.month.end)
	}
	rec.fields[colBilledCost] = text(billed)
	rec.fields[colEffectiveCost] = text(effective)
	rec.fields[colListCost] = text(list)
	rec.fields[colContractedCost] = text(list)
	w.buf = rec.appendLine(w.buf, w.layout)
	w.lines++
}

func billingOf(rec *record) int {
	for i := range billings {
		if billings[i].id == rec.fields[colBillingAccountID] {
			return i
		}
	}
	return 0
}

// commitmentRecord is what purchase and unused lines of a commitment share.
func commitmentRecord(cm *commitment) record {
	pl := cm.plan
	rec := newRecord(pl.account)
	rec.setService(pl.service)
	rec.setRegion(regions[pl.region])
	rec.fields[colSkuMeter] = pl.meter
	rec.fields[colSkuPriceDetails] = pl.details
	rec.fields[colSkuID], rec.fields[colSkuPriceID] = skuIDs(billings[accounts[pl.account].billing], pl.meter, pl.region)
	rec.fields[colResourceID] = pl.id
	rec.fields[colResourceName] = pl.name
	rec.fields[colResourceType] = pl.resourceType
	rec.fields[colCommitmentDiscountID] = pl.id
	rec.fields[colCommitmentDiscountName] = pl.name
	rec.fields[colCommitmentDiscountCategory] = "Spend"
	if pl.byUse {
		rec.fields[colCommitmentDiscountCategory] = "Usage"
	}
	rec.fields[colCommitmentDiscountType] = pl.kind
	rec.fields[colCommitmentDiscountUnit] = cm.usedUnit
	switch rec.provider {
	case aws:
		rec.extra[extraUsageType] = pl.usage
	case azure:
		rec.setMeter(pl.service.name, pl.meter)
	}
	rec.end = cm.end
	return rec
}

// writePurchase writes the recurring fee for so many days; the covered usage carries the effective cost, so the fee
// itself has none.
func (w *monthWriter) writePurchase(cm *commitment, day, days int) {
	hours := amount{units: int64(24*days) * cm.units}
	rec := commitmentRecord(cm)
	rec.setPrices(cm.rate.String(), cm.rate.String())
	rec.fields[colChargeCategory] = "Purchase"
	rec.fields[colChargeDescription] = cm.plan.name + ", recurring fee"
	rec.fields[colChargeFrequency] = "Recurring"
	rec.fields[colPricingCategory] = "Standard"
	rec.fields[colPricingQuantity] = hours.String()
	rec.fields[colPricingUnit] = "Hours"
	start := w.calendar.date(day)
	rec.fields[colChargePeriodStart] = stamp(start)
	rec.fields[colChargePeriodEnd] = stamp(start.AddDate(0, 0, days))
	cost := cm.rate.times(hours)
	rec.fields[colCommitmentDiscountQuantity] = cost.String()
	if cm.plan.byUse {
		rec.fields[colCommitmentDiscountQuantity] = hours.String()
	}
	w.writeCosts(&rec, cost, amount{}, cost)
	w.sums[cm.plan.account] += cost.atScale(sumScale).units
}

// writeUnused writes what is left of the commitment at the end of a day, or of each of its hours.
func (w *monthWriter) writeUnused(cm *commitment, day int) {
	at, length := w.calendar.date(day), 24*time.Hour
	if len(cm.left) > 1 {
		length = time.Hour
	}
	for slot, left := range cm.left {
		if left > 0 {
			start := at.Add(time.Duration(slot) * length)
			unused := amount{units: left, scale: cm.plan.scale}
			w.book.noteUnused(cm, unused, day)
			w.writeLeft(cm, unused, start, start.Add(length))
		}
	}
}

// writeLeft writes one line of an unused commitment. Its list cost is zero: nothing was used, so an effective savings rate is the lower
// for it.
func (w *monthWriter) writeLeft(cm *commitment, left amount, start, end time.Time) {
	rec := commitmentRecord(cm)
	rec.setPrices("0", "0")
	rec.fields[colChargeCategory] = "Usage"
	rec.fields[colChargeDescription] = cm.plan.name + ", unused commitment"
	rec.fields[colChargeFrequency] = "Usage-Based"
	rec.fields[colPricingCategory] = "Committed"
	rec.fields[colCommitmentDiscountStatus] = "Unused"
	rec.fields[colPricingUnit] = cm.usedUnit
	rec.fields[colPricingQuantity] = left.String()
	if cm.plan.byUse {
		price := cm.rate.atScale(cm.plan.scale)
		rec.fields[colPricingQuantity] = amount{units: left.units / price.units}.String()
	}
	rec.fields[colCommitmentDiscountQuantity] = rec.fields[colPricingQuantity]
	rec.fields[colChargePeriodStart] = stamp(start)
	rec.fields[colChargePeriodEnd] = stamp(end)
	w.writeCosts(&rec, amount{}, left, amount{})
}
