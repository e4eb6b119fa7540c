package service

import (
	"cmp"
	"context"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/analysis/forecast"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

// scopeAsk names charges and the cost that is asked of them.
type scopeAsk struct {
	metric finops.Metric
	where  finops.Filter
}

// scopesReading reads what the charges of several scopes cost by day, all of one snapshot: the ledger is read once for all of them, however many
// there are.
type scopesReading struct {
	snapshot *engine.Snapshot
	metrics  []finops.Metric
	filters  []finops.Filter
	scopes   []*scopeCosts // by filter
	asked    map[askKey]*scopeCosts
}

// askKey is a scopeAsk that can be compared.
type askKey struct {
	metric finops.Metric
	filter string
}

func (a scopeAsk) key() askKey { return askKey{a.metric, filter.Print(a.where)} }

// of returns what an ask was answered.
func (r *scopesReading) of(a scopeAsk) *scopeCosts { return r.asked[a.key()] }

// scopeCosts is what the charges of one scope cost.
type scopeCosts struct {
	metric  int // of the metrics of the reading
	kinds   []*kindCosts
	numbers []int // of kinds, by the number of the kind in the reading; 0 = none, others are 1 more
	courses []*course
}

// chargeKind is what the charges that are added up have in common.
type chargeKind struct {
	set                           string // key of dataSets
	category, frequency, currency string
}

// kindCosts is what the charges of a kind cost by day.
type kindCosts struct {
	chargeKind
	dailyCosts
}

// dailyCosts is what something cost by day.
type dailyCosts struct {
	first finops.Day
	costs []finops.Sum
	known []bool // the days that have a cost at all
}

func (c *dailyCosts) add(day finops.Day, cost finops.Sum) {
	if len(c.costs) == 0 {
		c.first = day
	}
	if before := int(c.first - day); before > 0 {
		c.costs, c.known = append(make([]finops.Sum, before), c.costs...), append(make([]bool, before), c.known...)
		c.first = day
	}
	at := int(day - c.first)
	if more := at + 1 - len(c.costs); more > 0 {
		c.costs, c.known = append(c.costs, make([]finops.Sum, more)...), append(c.known, make([]bool, more)...)
	}
	c.costs[at].AddSum(cost)
	c.known[at] = true
}

// each calls fn for the days up to one that have a cost.
func (c *dailyCosts) each(to finops.Day, fn func(day finops.Day, cost finops.Sum)) {
	for i, known := range c.known {
		if day := c.first + finops.Day(i); known && day <= to {
			fn(day, c.costs[i])
		}
	}
}

// course is what charges of one SKU cost on the days on which they are billed.
type course struct {
	category, frequency, currency string
	key, sku                      string
	days                          []finops.Day
	costs                         [][]*finops.Sum // by day, then by metric
}

// readersMost bounds how many parts of a period are read at the same time.
const readersMost = 4

// inParts cuts a question about days, of which most are from first to last, into questions that several processors answer at the same time.
func inParts(q finops.Question, first, last finops.Day) []finops.Question {
	const least = 60 // days, which are not worth cutting
	n := min(finops.Day(runtime.GOMAXPROCS(0)), readersMost, (last-first)/least+1)
	parts := []finops.Question{q}
	for i := finops.Day(1); i < n; i++ {
		at := first + (last-first)*i/n
		next := q
		next.From, parts[i-1].To = new(at), new(at-1)
		parts = append(parts, next)
	}
	return parts
}

// readScopes reads the daily costs of scopes from a day on; nil = all. sets say which days there are; nil = they are few.
func readScopes(ctx context.Context, s *engine.Snapshot, sets dataSets, from *finops.Day, asks ...scopeAsk) (*scopesReading, error) {
	r := &scopesReading{snapshot: s, asked: map[askKey]*scopeCosts{}}
	for _, ask := range asks {
		if r.of(ask) != nil {
			continue
		}
		m := slices.Index(r.metrics, ask.metric)
		if m < 0 {
			m = len(r.metrics)
			r.metrics = append(r.metrics, ask.metric)
		}
		scope := &scopeCosts{metric: m}
		r.filters, r.scopes, r.asked[ask.key()] = append(r.filters, ask.where), append(r.scopes, scope), scope
	}
	q := finops.Question{Metrics: r.metrics, GroupBy: []string{finops.DimProvider, finops.DimBillingAccount, "ChargeCategory", "ChargeFrequency"}, From: from, Grain: finops.GrainDay}
	first, last := sets.span()
	return r, r.readDays(ctx, inParts(q, first, last))
}

// readDays adds up the charges of each scope by kind and day. The questions are about other days each.
func (r *scopesReading) readDays(ctx context.Context, questions []finops.Question) error {
	parts := make([]*scopesReading, len(questions))
	group, running := errgroup.WithContext(ctx)
	for i, q := range questions {
		part := &scopesReading{snapshot: r.snapshot, metrics: r.metrics, filters: r.filters}
		for _, scope := range r.scopes {
			part.scopes = append(part.scopes, &scopeCosts{metric: scope.metric})
		}
		parts[i] = part
		group.Go(func() error { return part.readPart(running, q) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, part := range parts {
		for i, scope := range part.scopes {
			r.scopes[i].take(scope)
		}
	}
	return nil
}

// take adds what the same scope cost on other days.
func (c *scopeCosts) take(more *scopeCosts) {
	for _, k := range more.kinds {
		at := slices.IndexFunc(c.kinds, func(have *kindCosts) bool { return have.chargeKind == k.chargeKind })
		if at < 0 {
			c.kinds = append(c.kinds, k)
			continue
		}
		k.each(k.first+finops.Day(len(k.costs)), c.kinds[at].add)
	}
}

func (r *scopesReading) readPart(ctx context.Context, q finops.Question) error {
	type key struct {
		keys     [4]*string
		currency string
	}
	numbers := map[key]int{}
	var kinds []chargeKind
	days := dayReader{}
	err := r.snapshot.EachOf(ctx, q, r.filters, func(row finops.Row, _ int, meets []int) {
		k := key{[4]*string(row.Keys), row.Currency}
		n, ok := numbers[k]
		if !ok {
			n = len(kinds)
			numbers[k] = n
			kinds = append(kinds, chargeKind{keyID(row.Keys[0]) + keyID(row.Keys[1]), deref(row.Keys[2]), deref(row.Keys[3]), row.Currency})
		}
		day := days.read(row.Time)
		for _, i := range meets {
			scope := r.scopes[i]
			kind := scope.kind(n, kinds)
			if cost := row.Amounts[scope.metric]; cost != nil {
				kind.add(day, *cost)
			}
		}
	})
	if err == nil {
		err = days.failed
	}
	return err
}

// kind returns the costs of a kind by its number in the reading.
func (c *scopeCosts) kind(n int, kinds []chargeKind) *kindCosts {
	for len(c.numbers) <= n {
		c.numbers = append(c.numbers, 0)
	}
	if c.numbers[n] == 0 {
		c.kinds = append(c.kinds, &kindCosts{chargeKind: kinds[n]})
		c.numbers[n] = len(c.kinds)
	}
	return c.kinds[c.numbers[n]-1]
}

// dayReader reads the days of rows, of which many follow each other that are the same.
type dayReader struct {
	text   string
	day    finops.Day
	failed error
}

func (d *dayReader) read(text string) finops.Day {
	if text != d.text {
		day, err := finops.ParseDay(text)
		if err != nil {
			d.failed = err
		}
		d.text, d.day = text, day
	}
	return d.day
}

// skuKeys are the columns by which charges are distinguished that can be fees.
var skuKeys = []string{"ChargeCategory", "ChargeFrequency", "ServiceName", "SkuId"}

// readFees reads which charges of each scope are billed by SKU: those that recur, and the SKUs that are billed once a month
// in the days before one of the as-of days.
func (r *scopesReading) readFees(ctx context.Context, asOf ...finops.Day) error {
	if len(asOf) == 0 {
		return nil
	}
	from, to := slices.Min(asOf)-forecast.FeeDays+1, slices.Max(asOf)
	recurring := "Recurring"
	fees := finops.If(finops.Condition{Column: "ChargeFrequency", Values: []*string{&recurring}})
	lately, err := r.courses(ctx, finops.Question{Where: finops.Not(fees), From: &from, To: &to})
	if err != nil {
		return err
	}
	found := map[string]bool{}
	var skus []*string
	for _, c := range lately {
		if c.sku != "" && !found[c.sku] && slices.ContainsFunc(asOf, c.sparse) {
			found[c.sku] = true
			skus = append(skus, &c.sku)
		}
	}
	if len(skus) > 0 {
		fees = finops.Any(fees, finops.If(finops.Condition{Column: "SkuId", Values: skus}))
	}
	_, err = r.courses(ctx, finops.Question{Where: fees, To: &to}, r.scopes...)
	return err
}

// sparse reports whether a course was never billed twice in a month of the days before an as-of day: only then it can be a fee of any scope.
func (c *course) sparse(asOf finops.Day) bool {
	last := map[finops.Month]finops.Day{}
	for _, d := range c.days {
		if d > asOf || d <= asOf-forecast.FeeDays {
			continue
		}
		if other, ok := last[d.Month()]; ok && other != d {
			return false
		}
		last[d.Month()] = d
	}
	return len(last) > 0
}

// courses reads charges by SKU and by the scopes that they belong to, and enters them into those that are given.
func (r *scopesReading) courses(ctx context.Context, q finops.Question, into ...*scopeCosts) (list []*course, err error) {
	type key struct {
		keys     [4]*string
		set      int
		currency string
	}
	q.Metrics, q.GroupBy, q.Grain = r.metrics, skuKeys, finops.GrainDay
	found := map[key]*course{}
	days := dayReader{}
	err = r.snapshot.EachOf(ctx, q, r.filters, func(row finops.Row, set int, meets []int) {
		k := key{[4]*string(row.Keys), set, row.Currency}
		c := found[k]
		if c == nil {
			c = &course{category: deref(row.Keys[0]), frequency: deref(row.Keys[1]), currency: row.Currency, key: chargeKey(row.Keys), sku: deref(row.Keys[3])}
			found[k] = c
			list = append(list, c)
			for _, i := range meets {
				if len(into) > 0 {
					into[i].courses = append(into[i].courses, c)
				}
			}
		}
		if !slices.ContainsFunc(row.Amounts, func(a *finops.Sum) bool { return a != nil && !a.IsZero() }) {
			return
		}
		c.days = append(c.days, days.read(row.Time))
		if len(into) == 0 {
			return
		}
		costs := make([]*finops.Sum, len(row.Amounts))
		for m, a := range row.Amounts {
			if a != nil {
				costs[m] = new(*a)
			}
		}
		c.costs = append(c.costs, costs)
	})
	if err == nil {
		err = days.failed
	}
	return list, err
}

// charges returns what each day up to one has in a currency: fees and what is billed once a month by key, the rest as a whole.
func (c *scopeCosts) charges(asOf finops.Day, currency string) []forecast.Charge {
	var keyed []forecast.Charge
	for _, of := range c.courses {
		if of.currency != currency {
			continue
		}
		for i, day := range of.days {
			if cost := of.costs[i][c.metric]; cost != nil && day <= asOf {
				keyed = append(keyed, forecast.Charge{Day: day, Category: of.category, Frequency: of.frequency, Key: of.key, Amount: *cost})
			}
		}
	}
	monthly := forecast.MonthlyKeys(keyed, asOf)
	keyed = slices.DeleteFunc(keyed, func(k forecast.Charge) bool { return k.Frequency != "Recurring" && !monthly[k.Key] })
	rest := map[[2]string]*dailyCosts{}
	var order [][2]string
	for _, k := range c.kinds {
		if k.currency != currency || k.frequency == "Recurring" {
			continue
		}
		id := [2]string{k.category, k.frequency}
		if rest[id] == nil {
			rest[id] = &dailyCosts{}
			order = append(order, id)
		}
		k.each(asOf, rest[id].add)
	}
	for _, k := range keyed {
		if k.Frequency != "Recurring" {
			rest[[2]string{k.Category, k.Frequency}].add(k.Day, k.Amount.Neg())
		}
	}
	list := keyed
	for _, id := range order {
		rest[id].each(asOf, func(day finops.Day, cost finops.Sum) {
			list = append(list, forecast.Charge{Day: day, Category: id[0], Frequency: id[1], Amount: cost})
		})
	}
	return list
}

// daily is what the charges cost in a currency by day up to one.
func (c *scopeCosts) daily(to finops.Day, currency string) map[finops.Day]finops.Sum {
	var all dailyCosts
	for _, k := range c.kinds {
		if k.currency == currency {
			k.each(to, all.add)
		}
	}
	days := map[finops.Day]finops.Sum{}
	all.each(to, func(day finops.Day, cost finops.Sum) { days[day] = cost })
	return days
}

// currencies are those of charges from one day to another one.
func (c *scopeCosts) currencies(from, to finops.Day) (list []string) {
	for _, k := range c.kinds {
		some := false
		k.each(to, func(day finops.Day, _ finops.Sum) { some = some || day >= from })
		if some && !slices.Contains(list, k.currency) {
			list = append(list, k.currency)
		}
	}
	slices.Sort(list)
	return list
}

// dataSets are the data sets that charges in a currency come from, of any where it is "", those with the newest data first.
func (c *scopeCosts) dataSets(all dataSets, currency string) (list []*dataSet) {
	for _, k := range c.kinds {
		if set := all[k.set]; set != nil && (currency == "" || k.currency == currency) && !slices.Contains(list, set) {
			list = append(list, set)
		}
	}
	slices.SortFunc(list, func(a, b *dataSet) int {
		return cmp.Or(cmp.Compare(b.last, a.last), cmp.Compare(a.provider, b.provider), cmp.Compare(a.account, b.account))
	})
	return list
}
