package spend

import (
	"slices"

	"cloud-intelligence/backend/finops"
)

// Series is the cost of a Spend over time: of each of its rows, of the rest, and of all.
type Series struct {
	Window
	Grain     finops.Grain
	Providers []string // that have charges in the window
	Further   []Row    // values that only days outside the period have: without amounts of the period
	Points    []Point
	// Shares are what each of Spend.Rows, then of Further, and RestShare what the rest has of all
	// points together: of the absolute amounts of these parts, as Row.Share is.
	Shares    []string
	RestShare string
}

// Point is one step of time.
type Point struct {
	finops.Step
	Lines int64
	Rows  []*finops.Sum // in the order of Spend.Rows, then of Series.Further
	Rest  *finops.Sum   // nil where there is no rest, too
	Total *finops.Sum
	// MissingDays counts, over the providers, the days of the step in the window without charges.
	// Where all providers lack all days, the amounts are nil: nobody knows them.
	MissingDays int
	// Lacking names the providers that lack a day of it; not those whose data has ended or is not late.
	Lacking []string
}

// AddSeries enters the steps of a window, which may reach beyond the period. byTime is the
// answer by time alone, byRow that by time and the column, of the rows and of further values only;
// coverage is that of the providers that have charges in it, and newest the newest day of all.
func (s *Spend) AddSeries(q Query, w Window, newest finops.Day, steps []finops.Step, grain finops.Grain, byTime, byRow *finops.Answer, coverage []Coverage, further []*string) {
	totals, parts := map[string]*finops.Sum{}, map[string]*finops.Sum{}
	lines := map[string]int64{}
	known := map[string]bool{}
	for _, r := range byTime.Rows {
		if r.Currency == q.Currency {
			totals[r.Time], known[r.Time], lines[r.Time] = r.Amounts[0], true, r.Lines
		}
	}
	for _, r := range byRow.Rows {
		if id := r.Time + " " + keyID(r.Keys[0]); r.Currency == q.Currency {
			parts[id], known[id] = r.Amounts[0], true
		}
	}
	amount := func(from map[string]*finops.Sum, id string, absent bool) *finops.Sum {
		if !known[id] && !absent {
			return &finops.Sum{}
		}
		return from[id]
	}
	s.Series = &Series{Window: w, Grain: grain}
	for _, key := range further {
		s.Series.Further = append(s.Series.Further, Row{Key: key})
	}
	rows := slices.Concat(s.Rows, s.Series.Further)
	for i := range coverage {
		s.Series.Providers = append(s.Series.Providers, coverage[i].Provider)
	}
	for _, step := range steps {
		p := Point{Step: step, Lines: lines[step.Name]}
		absent := p.countMissing(w, newest, coverage) && !known[step.Name]
		p.Total = amount(totals, step.Name, absent)
		rest := plus(&finops.Sum{}, p.Total)
		for i := range rows {
			part := amount(parts, step.Name+" "+keyID(rows[i].Key), absent)
			p.Rows = append(p.Rows, part)
			if part != nil {
				rest.SubSum(*part)
			}
		}
		if p.Total != nil && (s.Rest != nil || !rest.IsZero()) {
			p.Rest = rest
		}
		s.Series.Points = append(s.Series.Points, p)
	}
	s.Series.addShares(q.Currency, len(rows))
}

// addShares adds up the points of each of the rows, and of the rest.
func (s *Series) addShares(currency string, rows int) {
	sums := make([]*finops.Sum, rows+1)
	for i := range s.Points {
		for at, amount := range s.Points[i].Rows {
			sums[at] = plus(sums[at], amount)
		}
		sums[rows] = plus(sums[rows], s.Points[i].Rest)
	}
	var absolute finops.Sum
	for _, sum := range sums {
		if sum != nil {
			absolute.AddSum(magnitude(*sum))
		}
	}
	if roundsToZero(absolute, currency) {
		absolute = finops.Sum{}
	}
	for _, sum := range sums[:rows] {
		s.Shares = append(s.Shares, Share(sum, &absolute))
	}
	s.RestShare = Share(sums[rows], &absolute)
}

// countMissing reports whether no provider has charges on any day.
func (p *Point) countMissing(series Window, newest finops.Day, coverage []Coverage) (all bool) {
	w := Window{max(p.First, series.From), min(p.Last, series.To)}
	for i := range coverage {
		n := len(coverage[i].Lacks(w.From, w.To))
		p.MissingDays += n
		if late, _ := coverage[i].Late(newest); n > 0 && w.To >= coverage[i].First && (late > 0 || w.From <= coverage[i].Last) {
			p.Lacking = append(p.Lacking, coverage[i].Provider)
		}
	}
	return p.MissingDays == w.Days()*len(coverage)
}

// keyID identifies a value, also none as against an empty one.
func keyID(key *string) string {
	if key == nil {
		return ""
	}
	return "=" + *key
}
