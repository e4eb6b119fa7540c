package demo

// charge is one line of an item: so many units, at what cost.
type charge struct {
	item      *item
	quantity  int64
	billed    int64 // at item.scale, as effective
	effective int64
	category  string
	cover     *commitment
	period    []byte // BillingPeriodStart … ChargePeriodEnd
}

const (
	scanFactor      = 14
	scanDaysFrom    = 9 // days before the provider's last one
	scanDaysTo      = 7
	natFactor       = 11
	natBack         = 3 // months before the last one
	natDayFrom      = 16
	natDayTo        = 18
	spotPermille    = 340
	spotSpread      = 90
	daysOfGainMonth = 30
)

// quantityOn returns the units of the item on a day at its quantityScale, never less than the smallest step.
func (it *item) quantityOn(c *calendar, day, lastDay int) int64 {
	q := it.base
	if it.byMonth {
		days := int64(c.months[c.monthOf[day]].days)
		q = (q + days/2) / days
	}
	if it.weekend != 0 && c.weekend[day] {
		q = q * it.weekend / 1000
	}
	if it.grows {
		q = q * c.trend[day] / 1_000_000 * c.season[day] / 1000
	}
	if it.gain != 0 {
		q += q * it.gain * int64(day-it.from) / (1000 * daysOfGainMonth)
	}
	if it.noise != 0 {
		q = q * noise(it.seed, day, it.noise) / 1000
	}
	switch it.story {
	case fullScans:
		if back := lastDay - day; back <= scanDaysFrom && back >= scanDaysTo {
			q *= scanFactor
		}
	case natSpike:
		if of := day - c.monthFrom(natBack); of >= natDayFrom && of <= natDayTo {
			q *= natFactor
		}
	}
	return max(1, q)
}

func (it *item) activeOn(c *calendar, day int, monthStart bool) bool {
	if day < it.from || day >= it.to {
		return false
	}
	switch it.cadence {
	case workdays:
		return !c.weekend[day]
	case monthly:
		return monthStart
	}
	return true
}

// chargeDay writes the lines of an item for one day, or for each hour of it in which the item is used: those of full hours, the last one
// being a part of one.
func (w *monthWriter) chargeDay(it *item, day int) {
	q := it.quantityOn(w.calendar, day, w.lastDay)
	switch {
	case it.cadence == monthly:
		w.charge(it, day, q, 0, w.monthPeriod)
	case it.hourly && day >= w.calendar.hourlyFrom:
		one := pow10[it.quantityScale]
		for hour := firstHour(q, one); q > 0; hour++ {
			w.charge(it, day, min(q, one), hour, w.hourPeriods[hour])
			q -= min(q, one)
		}
	default:
		w.charge(it, day, q, 0, w.dayPeriod)
	}
}

// opening is the hour in which what does not run all day begins.
const opening = 7

// firstHour is the hour in which so many hours of a day begin.
func firstHour(quantity, one int64) int {
	return int(max(0, min(opening, hoursOfDay-(quantity+one-1)/one)))
}

// charge writes the lines of an item for one period: one, or two where a commitment covers only part of it.
func (w *monthWriter) charge(it *item, day int, q int64, slot int, period []byte) {
	if it.cover != coverNone {
		cm := w.commitments[it.cover-1]
		if covered := min(q, cm.left[slot]/it.committed); covered > 0 {
			cost := product(covered, it.committed)
			cm.left[slot] -= cost
			w.write(charge{item: it, quantity: covered, effective: cost, category: "Committed", cover: cm, period: period}, day, slot)
			q -= covered
		}
		if q == 0 {
			return
		}
	}
	price, category := it.contracted, "Standard"
	if it.spot {
		price = max(1, it.list*spotPermille/1000*noise(it.seed^1, day, spotSpread)/1000)
		category = "Dynamic"
	}
	cost := product(q, price)
	w.write(charge{item: it, quantity: q, billed: cost, effective: cost, category: category, period: period}, day, slot)
	w.sums[it.account] += amount{units: cost, scale: it.scale}.atScale(sumScale).units
}

// write appends one line. The order of the columns is that of columns.go.
func (w *monthWriter) write(ch charge, day, slot int) {
	w.book.note(ch, day, slot)
	it, b := ch.item, w.buf
	b = append(b, it.issuer...)
	b = append(b, w.invoices[accounts[it.account].billing]...)
	b = append(b, it.subAccount...)
	b = append(b, ch.period...)
	b = append(b, it.charge...)
	b = appendAmount(b, ch.billed, it.scale)
	b = append(b, ',')
	b = appendAmount(b, ch.effective, it.scale)
	b = append(b, ',')
	b = appendAmount(b, product(ch.quantity, it.list), it.scale)
	b = append(b, ',')
	b = appendAmount(b, product(ch.quantity, it.contracted), it.scale)
	b = append(b, it.prices...)
	b = append(b, ch.category...)
	b = append(b, ',')
	b = appendAmount(b, ch.quantity, it.quantityScale)
	b = append(b, it.unit...)
	if it.perUnit != 0 {
		b = appendAmount(b, product(ch.quantity, it.perUnit), it.quantityScale)
	}
	b = append(b, it.described...)
	b = w.appendCover(b, ch)
	b = append(b, it.tail...)
	if ch.cover != nil {
		b = append(b, ch.cover.end...)
	}
	w.buf = append(b, '\n')
	w.lines++
}

// appendCover appends the seven CommitmentDiscount columns.
func (w *monthWriter) appendCover(b []byte, ch charge) []byte {
	if ch.cover == nil {
		return append(b, ",,,,,,"...)
	}
	b = append(b, ch.cover.usedHead...)
	b = append(b, ',')
	if ch.cover.plan.byUse {
		b = appendAmount(b, ch.quantity, ch.item.quantityScale)
	} else {
		b = appendAmount(b, ch.effective, ch.item.scale)
	}
	b = append(b, ',')
	return append(b, ch.cover.usedUnit...)
}
