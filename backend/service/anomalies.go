package service

import (
	"context"
	"math"
	"strconv"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// Anomalies is the area of what usage cost against expectation.
type Anomalies struct{ *workspace }

// AnomalyQuestion asks for anomalies.
type AnomalyQuestion struct {
	From, To    *finops.Day // only anomalies with a day in this period; nil = open
	AsOf        *finops.Day // counts as complete, and later days are hidden; nil = the last complete day
	Sensitivity string      // low, medium or high; "" = as set for each scope, medium where nothing is set
}

// whole reports whether the question is about all that is known, as it is set: its answer is kept.
func (q AnomalyQuestion) whole() bool { return q.AsOf == nil && q.Sensitivity == "" }

// AnomalyReport is what was found.
type AnomalyReport struct {
	AsOf        finops.Day
	Sensitivity string    // of what no scope says otherwise
	Anomalies   []Anomaly // the newest first
	Notes       []string  // sentences: late data
}

// Anomaly is an anomaly with its exact amounts.
type Anomaly struct {
	anomaly.Anomaly `json:"found"`
	// Actual is what its days cost, Expected what they should have cost, rounded to two digits more
	// than the currency has, Impact the difference, Month what a month more of it would add.
	Actual, Expected, Impact, Month finops.Sum
	Cause                           AnomalyCause
	// Tags are the values of virtual dimensions and tags that at least sharedLeast of its impact has.
	Tags []AnomalyTag
	// Mark is what a person said of it, Mute the rule that mutes it; State follows from them.
	Mark AnomalyMark `json:"-"`
	Mute string      `json:"-"`
}

// AnomalyTag is a value of a virtual dimension or a tag.
type AnomalyTag struct{ Column, Value string }

// AnomalyCause takes an impact apart, against the 28 days before the anomaly.
type AnomalyCause struct {
	Price  finops.Sum // what the change of unit prices came to; with Volume it is the impact
	Volume finops.Sum // more or fewer units, and what is new or gone
	New    []string   // resources, then SKUs, that had no cost before, the most expensive first
}

// Find looks for anomalies in the usage of the whole ledger, all of one snapshot, or takes what was found before where neither ledger nor
// sensitivity have changed since. States are as persons and their rules say now. It answers CodeInvalid for a sensitivity that there is not.
func (w Anomalies) Find(ctx context.Context, q AnomalyQuestion) (*AnomalyReport, error) {
	settings, err := w.settings(ctx)
	if err != nil {
		return nil, err
	}
	if q.Sensitivity != "" {
		if err := checkSensitivity(q.Sensitivity); err != nil {
			return nil, err
		}
		settings = &sensitivitySettings{all: q.Sensitivity}
	}
	if !q.whole() {
		report, err := w.detect(ctx, q, settings)
		if err != nil {
			return nil, err
		}
		return report, w.enterStates(ctx, report, q)
	}
	report, stale, err := w.kept(ctx, settings)
	if err == nil && (report == nil || stale) {
		report, err = w.findAndKeep(ctx, settings)
	}
	if err != nil {
		return nil, err
	}
	return report, w.enterStates(ctx, report, q)
}

// detect looks for anomalies, whenever they were.
func (w Anomalies) detect(ctx context.Context, q AnomalyQuestion, settings *sensitivitySettings) (*AnomalyReport, error) {
	var out *AnomalyReport
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		x := detection{snapshot: s, q: q, settings: settings, today: finops.DayOfUnix(w.now().Unix())}
		var err error
		if x.columns, err = w.tagColumns(ctx, s); err != nil {
			return err
		}
		out, err = x.answer(ctx)
		return err
	})
	return out, err
}

// judgedUsage are the charges that anomalies are looked for in. Where an export does not say how often a charge
// recurs, usage is taken to be billed by usage. What of a commitment was not used is a fee.
func judgedUsage() finops.Filter {
	usage, based, unused := "Usage", "Usage-Based", "Unused"
	return finops.All(finops.If(finops.Condition{Column: "ChargeCategory", Values: []*string{&usage}}),
		finops.If(finops.Condition{Column: "ChargeFrequency", Values: []*string{&based, nil}}),
		finops.Not(finops.If(finops.Condition{Column: "CommitmentDiscountStatus", Values: []*string{&unused}})))
}

// wholeMonths are charges for a month, such as licences, which are booked on one day of it: fees of the calendar, whatever their category says.
func wholeMonths() finops.Filter {
	return finops.If(finops.Condition{Column: finops.DimPeriodLength, Values: []*string{new("Month")}})
}

// detection is an AnomalyQuestion while it is answered.
type detection struct {
	snapshot *engine.Snapshot
	q        AnomalyQuestion
	settings *sensitivitySettings
	today    finops.Day
	columns  []string // virtual dimensions and tags that anomalies are named by
	sets     []*dataSet
	asOf     finops.Day
	notes    []string
	judged   finops.Filter // judgedUsage, without charges for whole months where there are any
}

func (x *detection) answer(ctx context.Context) (*AnomalyReport, error) {
	in, err := x.prepare(ctx)
	if err != nil {
		return nil, err
	}
	out := &AnomalyReport{AsOf: x.asOf, Sensitivity: x.settings.all, Notes: x.notes}
	found, err := anomaly.Find(ctx, in)
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		out.Anomalies = append(out.Anomalies, Anomaly{Anomaly: a})
	}
	if len(out.Anomalies) == 0 {
		return out, nil
	}
	if err := x.markRestated(ctx, out.Anomalies); err != nil {
		return nil, err
	}
	if err := x.explain(ctx, out.Anomalies); err != nil {
		return nil, err
	}
	return out, x.enterTags(ctx, out.Anomalies)
}

// prepare finds the days that count, and reads what is judged.
func (x *detection) prepare(ctx context.Context) (anomaly.Input, error) {
	f := forecasting{snapshot: x.snapshot, q: ForecastQuestion{Metric: finops.EffectiveCost, Where: judgedUsage(), AsOf: x.q.AsOf}, today: x.today}
	var err error
	if _, x.sets, err = f.read(ctx); err != nil {
		return anomaly.Input{}, err
	}
	if x.asOf, err = f.complete(ctx, x.sets); err != nil {
		return anomaly.Input{}, err
	}
	x.notes = f.notes
	in, err := x.input(ctx)
	if err != nil {
		return in, err
	}
	return in, x.enterSensitivities(ctx, in)
}

// leafKey is a leaf in one currency and of one data set; of one answer the same value has the same address.
type leafKey struct {
	keys     [5]*string
	currency string
}

// leafFinder finds leaves by their keys. As most days have the same leaves in the same order, the one that followed
// the last one before is looked at first.
type leafFinder struct {
	at    map[leafKey]int
	keys  []leafKey // by leaf
	after []int     // by leaf
	last  int       // -1 = none
}

func (f *leafFinder) find(k leafKey) (leaf int, ok bool) {
	if f.last >= 0 {
		if next := f.after[f.last]; f.keys[next] == k {
			f.last = next
			return next, true
		}
	}
	if leaf, ok = f.at[k]; ok {
		f.follow(leaf)
	}
	return leaf, ok
}

func (f *leafFinder) add(k leafKey) (leaf int) {
	leaf = len(f.keys)
	f.at[k], f.keys, f.after = leaf, append(f.keys, k), append(f.after, leaf)
	f.follow(leaf)
	return leaf
}

func (f *leafFinder) follow(leaf int) {
	if f.last >= 0 {
		f.after[f.last] = leaf
	}
	f.last = leaf
}

// input reads the daily cost of every leaf.
func (x *detection) input(ctx context.Context) (anomaly.Input, error) {
	in := anomaly.Input{AsOf: x.asOf, Sensitivity: anomaly.Sensitivities[x.settings.all]}
	setOf := map[string]int{}
	first := x.asOf + 1
	for i, set := range x.sets {
		last := set.last
		if x.q.AsOf == nil {
			last-- // the newest day is still being filled
		}
		in.Sets = append(in.Sets, anomaly.DataSet{Last: min(last, x.asOf), Missing: missingIn(x.sets[i:i+1], set.first)})
		setOf[keyID(&set.provider)+keyID(&set.account)] = i
		first = min(first, set.first)
	}
	in.First = first
	if first > x.asOf {
		return in, nil
	}
	keys := append([]string{finops.DimBillingAccount}, anomaly.Levels[:]...)
	q := finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: keys, Where: judgedUsage(), From: &first, To: &x.asOf, Grain: finops.GrainDay}
	months, err := x.monthly(ctx, q)
	if err != nil {
		return in, err
	}
	questions := inParts(q, first, x.asOf)
	parts := make([]leafReading, len(questions))
	group, running := errgroup.WithContext(ctx)
	for i, q := range questions {
		group.Go(func() error { return parts[i].read(running, x.snapshot, q, setOf, months) })
	}
	if err := group.Wait(); err != nil {
		return in, err
	}
	in.Leaves = wholeLeaves(parts, first, x.asOf)
	return in, nil
}

// leafReading is what leaves cost on the days of one question; Cost of a leaf begins with the first of them.
type leafReading struct {
	first  finops.Day
	leaves []anomaly.Leaf
}

// read asks a question about leaves. months are the charges for whole months, which do not count.
func (p *leafReading) read(ctx context.Context, s *engine.Snapshot, q finops.Question, setOf map[string]int, months map[string]finops.Sum) error {
	p.first = *q.From
	found := leafFinder{at: map[leafKey]int{}, last: -1}
	days := dayReader{}
	err := s.Each(ctx, q, func(r finops.Row) {
		if r.Amounts[0] == nil {
			return
		}
		if len(months) > 0 {
			if r.Amounts[0].SubSum(months[leafDay(r)]); r.Amounts[0].IsZero() {
				return
			}
		}
		i, ok := found.find(leafKey{[5]*string(r.Keys), r.Currency})
		if !ok {
			provider, account := deref(r.Keys[1]), deref(r.Keys[0])
			set, known := setOf[keyID(&provider)+keyID(&account)]
			if !known {
				return
			}
			i = found.add(leafKey{[5]*string(r.Keys), r.Currency})
			values := [4]string{provider, deref(r.Keys[2]), deref(r.Keys[3]), deref(r.Keys[4])}
			p.leaves = append(p.leaves, anomaly.Leaf{Values: values, Currency: r.Currency, Set: set, Cost: make([]float64, *q.To-p.first+1)})
		}
		if day := days.read(r.Time); days.failed == nil {
			p.leaves[i].Cost[day-p.first] += floatOf(*r.Amounts[0])
		}
	})
	if err == nil {
		err = days.failed
	}
	return err
}

// wholeLeaves puts the days of leaves together.
func wholeLeaves(parts []leafReading, first, last finops.Day) (all []anomaly.Leaf) {
	type place struct {
		values   [4]string
		currency string
		set      int
	}
	at := map[place]int{}
	for _, p := range parts {
		for _, l := range p.leaves {
			is := place{l.Values, l.Currency, l.Set}
			i, ok := at[is]
			if !ok {
				i = len(all)
				at[is] = i
				all = append(all, anomaly.Leaf{Values: l.Values, Currency: l.Currency, Set: l.Set, Cost: make([]float64, last-first+1)})
			}
			days := all[i].Cost[p.first-first:]
			for t, cost := range l.Cost {
				days[t] += cost
			}
		}
	}
	return all
}

// leafDay identifies a row of leaves by day, in any answer.
func leafDay(r finops.Row) string {
	text := r.Time + " " + r.Currency
	for _, k := range r.Keys {
		text += keyID(k)
	}
	return text
}

// monthly returns what of a question about leaves by day are charges for whole months, and says whether those are to be left out. Only the lines know how
// long a charge is for: asking the daily totals for everything and the lines for these alone is quicker than asking the lines for the rest.
func (x *detection) monthly(ctx context.Context, q finops.Question) (map[string]finops.Sum, error) {
	q.Where = finops.All(q.Where, wholeMonths())
	months := map[string]finops.Sum{}
	err := x.snapshot.Each(ctx, q, func(r finops.Row) {
		if r.Amounts[0] != nil {
			months[leafDay(r)] = *r.Amounts[0]
		}
	})
	x.judged = judgedUsage()
	if len(months) > 0 {
		x.judged = finops.All(x.judged, finops.Not(wholeMonths()))
	}
	return months, err
}

// floatOf is the nearest number to a sum, for statistics.
func floatOf(s finops.Sum) float64 {
	const word, scale = 1 << 64, 1e18
	if hi, lo, ok := s.Compact(); ok {
		return (float64(hi)*word + float64(lo)) / scale
	}
	v, _ := strconv.ParseFloat(s.String(), 64) // out of range is ±Inf, which no cost is
	return v
}

// rounded makes an amount of a number from statistics.
func rounded(v float64, currency string) finops.Sum {
	var sum finops.Sum
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return sum
	}
	if a, err := finops.ParseAmount(strconv.AppendFloat(nil, v, 'f', finops.MinorDigits(currency)+2, 64)); err == nil {
		sum.Add(a)
	}
	return sum
}

// restatedShare of the deviation must not be in the version of the bills before.
const restatedShare = 0.5

// markRestated finds the anomalies that only a newer version of a bill shows: the version before had all days, too, and was
// not off on them.
func (x *detection) markRestated(ctx context.Context, list []Anomaly) error {
	before, ok, err := x.snapshot.Replaced(ctx)
	if err != nil || !ok {
		return err
	}
	was, is := make([]float64, len(list)), make([]float64, len(list))
	for _, side := range []struct {
		snapshot *engine.Snapshot
		sums     []float64
	}{{before, was}, {x.snapshot, is}} {
		err := eachRow(ctx, side.snapshot, x.judged, list, nil, []finops.Metric{finops.EffectiveCost}, func(i int, during bool, r finops.Row) {
			if during && r.Amounts[0] != nil {
				side.sums[i] += floatOf(*r.Amounts[0])
			}
		})
		if err != nil {
			return err
		}
	}
	covered, err := coveredBy(ctx, before, list)
	if err != nil {
		return err
	}
	for i := range list {
		a := &list[i]
		days := 0
		for d := a.First; d <= a.Last && covered[providerDay{a.Node.Values[0], d}]; d++ {
			days++
		}
		if change := is[i] - was[i]; days == int(a.Last-a.First)+1 && change*a.Off > 0 && math.Abs(change) >= restatedShare*math.Abs(a.Off) {
			a.State = anomaly.Restated
		}
	}
	return nil
}

type providerDay struct {
	provider string
	day      finops.Day
}

// coveredBy are the days of anomalies of which a snapshot has charges of the provider.
func coveredBy(ctx context.Context, s *engine.Snapshot, list []Anomaly) (map[providerDay]bool, error) {
	from, to := span(list)
	covered := map[providerDay]bool{}
	q := finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: []string{finops.DimProvider}, From: &from, To: &to, Grain: finops.GrainDay}
	var failed error
	err := s.Each(ctx, q, func(r finops.Row) {
		day, err := finops.ParseDay(r.Time)
		if err != nil {
			failed = err
			return
		}
		covered[providerDay{deref(r.Keys[0]), day}] = true
	})
	if err == nil {
		err = failed
	}
	return covered, err
}

// span is from the first to the last day of anomalies.
func span(list []Anomaly) (from, to finops.Day) {
	from, to = list[0].First, list[0].Last
	for i := range list {
		from, to = min(from, list[i].First), max(to, list[i].Last)
	}
	return from, to
}
