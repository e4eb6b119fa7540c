package savings

import (
	"cmp"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/pricebook"
)

// Price is a price that a finding rests on beside its lines.
type Price struct {
	Of     string `json:"of"`              // what costs it
	Value  string `json:"value"`           // a decimal, rounded as money is where its decimals do not end
	Unit   string `json:"unit"`            // such as "USD for a GB-month", or "of the price now" for a ratio
	Date   string `json:"date" cli:"null"` // of the source, YYYY-MM-DD; the last day of the lines for a rate of the client
	Source string `json:"source"`          // of the price book, OwnRates, or a price sheet of the client
}

// OwnRates is the source of a price that the bill itself shows.
const OwnRates = "the client's own effective rate"

// verdict is what a pricer says of lines.
type verdict int

const (
	verdictUnknown verdict = iota // there is a cheaper way, and no price for it
	verdictNone                   // there is nothing to turn to
	verdictPriced
)

// quote is what lines would cost.
type quote struct {
	verdict verdict
	cost    *big.Rat // of the lines in the lookback
	prices  []Price
}

// pricer finds what the lines of a leg would cost with something else.
type pricer struct {
	daily  bool // it needs the quantity of each day
	shares bool // it needs what commitments leave unused beside usage that they could cover
	// instead is what kind of product it replaces by another one: of two that replace the same, one can be done.
	instead string
	quote   func(*ask) quote
}

// ask is a question for a price.
type ask struct {
	*examination
	key      cellKey
	part     legKey
	class    *class
	sum      *legSum
	days     int // that divide the cost
	provider string
	region   string
	currency string
	book     *pricebook.Book
}

// rateKey names an effective rate of the client: of a meter in a region.
type rateKey struct {
	rule, set int
	currency  uint32
	region    string
	meter     string // bare
}

// rate is what lines of a meter cost together and how much they are.
type rate struct {
	cost, quantity spread
	broken         bool // a line lacks its cost or quantity
}

// regionPrefix is how meters of AWS begin outside us-east-1.
var regionPrefix = regexp.MustCompile(`^[A-Z]{2,4}[0-9]?-`)

// bare is a meter without its region.
func bare(meter string) string { return meter[len(regionPrefix.FindString(meter)):] }

// join adds what another part of the lines came to.
func (r *rate) join(o *rate) {
	r.cost.addSpread(&o.cost)
	r.quantity.addSpread(&o.quantity)
	r.broken = r.broken || o.broken
}

// addRate adds a line to the rates of the client: one at the price on demand.
func (e *examination) addRate(l *line, set, rule int) {
	if l.part.days == 0 || !l.class.base || l.class.used || (!l.class.standard && l.class.pricing != "") {
		return
	}
	for _, r := range e.ratesFor(l, set, rule) {
		q, known := l.quantity()
		if !known || !l.priced {
			r.broken = true
			continue
		}
		r.cost.add(l.cost, l.part)
		r.quantity.add(q, l.part)
	}
}

// rateAt is what decides which rates a line is for.
type rateAt struct {
	rule, set        int
	currency, region uint32
	class            *class
}

// ratesFor are the rates that a line is for: of its meter, and of its meter with its operation.
func (e *examination) ratesFor(l *line, set, rule int) [2]*rate {
	currency, region := l.batch.Columns[atCurrency][l.at], l.batch.Columns[atRegion][l.at]
	at := rateAt{rule, set, currency, region, l.class}
	of, seen := e.ratesOf[at]
	if seen {
		return of
	}
	meter := bare(l.class.meter)
	for n, name := range []string{meter, meter + "\x00" + l.class.operation} {
		key := rateKey{rule, set, currency, e.text(atRegion, region), name}
		if e.rates[key] == nil {
			e.rates[key] = &rate{}
		}
		of[n] = e.rates[key]
	}
	e.ratesOf[at] = of
	return of
}

// rateFound is what something costs the client, and who says so.
type rateFound struct {
	value        *big.Rat
	date, source string
}

// own is what something costs the client in the region of the lines: by a price sheet of the client, which may know it by another name,
// else the effective rate of its meter on the bill; nil where neither says it.
func (a *ask) own(meter string, called ...string) *rateFound {
	name, _, _ := strings.Cut(meter, "\x00")
	if found := a.sheet(append(called, name)...); found != nil {
		return found
	}
	key := a.region + "\x00" + meter
	var found *big.Rat
	if a.given != nil {
		found = cloned(a.given.rates[key])
	} else {
		found = a.rateOf(meter)
		a.asked[key] = cloned(found)
	}
	if found == nil {
		return nil
	}
	return &rateFound{found, a.sets[a.key.set].asOf.String(), OwnRates}
}

// sheet is the price of a price sheet of the client; nil where none has it in the currency of the bill.
func (a *ask) sheet(names ...string) *rateFound {
	for _, name := range names {
		p := a.options.Documents.Price(document.PriceOf{
			Provider: a.sets[a.key.set].Provider, Region: a.region, Name: name, Operation: a.class.operation, Currency: a.currency,
		})
		if p != nil && name != "" {
			return &rateFound{new(big.Rat).Set(p.Value), p.Document().Day.String(), "the price sheet " + p.Document().Name}
		}
	}
	return nil
}

func cloned(r *big.Rat) *big.Rat {
	if r == nil {
		return nil
	}
	return new(big.Rat).Set(r)
}

func (a *ask) rateOf(meter string) *big.Rat {
	r := a.rates[rateKey{int(a.key.rule), int(a.key.set), a.key.currency, a.region, meter}]
	if r == nil || r.broken {
		return nil
	}
	cost, quantity := r.cost.rat(), r.quantity.rat()
	if cost.Sign() <= 0 || quantity.Sign() <= 0 {
		return nil
	}
	return cost.Quo(cost, quantity)
}

// ownPrice is a price for Price, of what the client pays.
func (a *ask) ownPrice(of string, rate *rateFound, unit string) Price {
	return Price{Of: of, Value: exact(rate.value), Unit: a.currency + " " + unit, Date: rate.date, Source: rate.source}
}

// carried is the part of the list price that the client pays for the lines: what was negotiated goes on; 1 where the bill has no list cost.
func (a *ask) carried() *big.Rat {
	list := a.sum.list.rat()
	if a.sum.unlisted || list.Sign() <= 0 {
		return big.NewRat(1, 1)
	}
	cost := a.sum.cost.rat()
	return cost.Quo(cost, list)
}

// listed is a figure of the price book with what is to be said of it.
type listed struct {
	of, unit     string
	now, then    pricebook.Number // the list price of what is used and of what could be; now may be unknown
	origin       pricebook.Origin
	inThisRegion bool
}

// unit is what a unit of something of the price book would cost the client; nil where that is unknown. The book is in USD: in another
// currency, or with prices of another region, the client's own cost is scaled with the ratio of the list prices.
func (a *ask) unit(l listed) (*big.Rat, Price) {
	if own := a.sheet(l.of); own != nil {
		return own.value, a.ownPrice(l.of, own, l.unit)
	}
	if !l.then.Known() {
		return nil, Price{}
	}
	then := ratOfAmount(l.then.Amount())
	if a.currency == "USD" && l.inThisRegion {
		return new(big.Rat).Mul(then, a.carried()), Price{Of: l.of, Value: exact(then), Unit: "USD " + l.unit, Date: l.origin.Day(), Source: l.origin.Source}
	}
	quantity := a.sum.quantity.rat()
	if !l.now.Known() || a.sum.unmeasured || quantity.Sign() <= 0 {
		return nil, Price{}
	}
	then.Quo(then, ratOfAmount(l.now.Amount()))
	value := exact(then)
	then.Mul(then, a.sum.cost.rat())
	return then.Quo(then, quantity), Price{Of: l.of, Value: value, Unit: ratioUnit, Date: l.origin.Day(), Source: l.origin.Source}
}

const ratioUnit = "of the price now"

// byUnit is the quote of lines whose quantity is multiplied with one price.
func (a *ask) byUnit(unit *big.Rat, p Price) quote {
	if unit == nil || a.sum.unmeasured {
		return quote{}
	}
	return quote{verdictPriced, new(big.Rat).Mul(a.sum.quantity.rat(), unit), []Price{p}}
}

// byRatio is the quote of lines whose cost is multiplied.
func (a *ask) byRatio(ratio *big.Rat, p Price) quote {
	return quote{verdictPriced, new(big.Rat).Mul(a.sum.cost.rat(), ratio), []Price{p}}
}

// repriced is what a group saves when its lines are priced anew.
type repriced struct {
	saved  *big.Rat // in the lookback; nil = a price is not known
	prices []Price
	none   bool // nothing cheaper
}

// reprice asks for the price of each part of a group.
func (e *examination) reprice(j judged) (r repriced) {
	a := &e.ratings[j.key.rule]
	saved := new(big.Rat)
	some := false
	for _, part := range slices.SortedFunc(maps.Keys(j.cell.legs), compareLegs) {
		sum, leg := j.cell.legs[part], a.rule.Legs[part.leg]
		var q quote
		switch {
		case leg.AtMost != "":
			continue
		case leg.Ratio != "":
			q = quote{verdictPriced, new(big.Rat).Mul(sum.cost.rat(), a.limits[leg.Ratio]), nil}
		default:
			q = pricers[leg.Price].quote(e.ask(j, part, sum))
		}
		switch q.verdict {
		case verdictNone:
			continue
		case verdictUnknown:
			return repriced{}
		case verdictPriced:
		}
		some = true
		saved.Add(saved, sum.cost.rat())
		saved.Sub(saved, q.cost)
		for _, p := range q.prices {
			if !slices.Contains(r.prices, p) {
				r.prices = append(r.prices, p)
			}
		}
	}
	if !some || saved.Sign() <= 0 {
		return repriced{none: true}
	}
	r.saved = saved
	if most := j.cell.cost.rat(); saved.Cmp(most) > 0 {
		r.saved = most
	}
	return r
}

func (e *examination) ask(j judged, part legKey, sum *legSum) *ask {
	cal := e.sets[j.key.set]
	return &ask{
		examination: e, key: j.key, part: part, class: part.class, sum: sum, days: j.days, provider: pricebook.ProviderKey(cal.Provider),
		region: e.text(atRegion, part.region), currency: e.text(atCurrency, j.key.currency), book: e.book,
	}
}

// compareLegs puts the parts of a group in an order that does not depend on the order of the lines, but for parts that differ
// in nothing that prices depend on.
func compareLegs(a, b legKey) int {
	return cmpOr(a.leg-b.leg, int(a.day-b.day), cmp.Compare(firstOf(a.class), firstOf(b.class)), int(a.region)-int(b.region))
}

// firstOf is the line that a class begins with; 0 = none does.
func firstOf(k *class) int64 {
	if k == nil {
		return 0
	}
	return k.first
}

func cmpOr(list ...int) int {
	for _, n := range list {
		if n != 0 {
			return n
		}
	}
	return 0
}

var one = big.NewRat(1, 1)
