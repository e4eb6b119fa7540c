package spend

import "cloud-intelligence/backend/finops"

// Series is the cost of a Spend over time: of each of its rows, of the rest, and of all.
type Series struct {
	Window
	Grain     finops.Grain
	Providers []string // that have charges in the window
	Points    []Point
}

// Point is one step of time.
type Point struct {
	finops.Step
	Rows  []*finops.Sum // in the order of Spend.Rows
	Rest  *finops.Sum   // nil where there is no rest, too; also of values that only days outside the period have
	Total *finops.Sum
	// MissingDays counts, over the providers, the days of the step in the window without charges.
	// Where all providers lack all days, the amounts are nil: nobody knows them.
	MissingDays int
}

// AddSeries enters the steps of a window, which may reach beyond the period. byTime is the
// answer by time alone, byRow that by time and the column, of the rows only; held are the
// providers that have charges in it.
func (s *Spend) AddSeries(q Query, w Window, steps []finops.Step, grain finops.Grain, byTime, byRow *finops.Answer, coverage []Coverage) {
	totals, parts := map[string]*finops.Sum{}, map[string]*finops.Sum{}
	known := map[string]bool{}
	for _, r := range ofCurrency(byTime, q.Currency) {
		totals[r.Time], known[r.Time] = r.Amounts[0], true
	}
	for _, r := range ofCurrency(byRow, q.Currency) {
		id := r.Time + " " + keyID(r.Keys[0])
		parts[id], known[id] = r.Amounts[0], true
	}
	amount := func(from map[string]*finops.Sum, id string, absent bool) *finops.Sum {
		if !known[id] && !absent {
			return &finops.Sum{}
		}
		return from[id]
	}
	s.Series = &Series{Window: w, Grain: grain}
	for i := range coverage {
		s.Series.Providers = append(s.Series.Providers, coverage[i].Provider)
	}
	for _, step := range steps {
		p := Point{Step: step}
		absent := p.countMissing(w, coverage) && !known[step.Name]
		p.Total = amount(totals, step.Name, absent)
		rest := plus(&finops.Sum{}, p.Total)
		for i := range s.Rows {
			part := amount(parts, step.Name+" "+keyID(s.Rows[i].Key), absent)
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
}

// countMissing reports whether no provider has charges on any day.
func (p *Point) countMissing(series Window, coverage []Coverage) (all bool) {
	w := Window{max(p.First, series.From), min(p.Last, series.To)}
	for i := range coverage {
		p.MissingDays += len(coverage[i].missing(w))
	}
	return p.MissingDays == w.Days()*len(coverage)
}
