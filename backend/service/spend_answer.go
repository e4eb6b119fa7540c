package service

import (
	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
)

// Spend is a cost by the values of one column.
type Spend struct {
	Currency    string           `json:"currency"` // "" = the charges that name none
	Version     int64            `json:"version"`  // of the ledger
	From        string           `json:"from"`
	To          string           `json:"to"`
	SoFar       bool             `json:"soFar"`    // the period is the part of one month for which there is data so far
	Complete    bool             `json:"complete"` // it is whole months, all of which are complete
	Total       SpendRow         `json:"total"`
	Rows        []SpendRow       `json:"rows"` // in the order that was asked for
	Rest        *SpendRow        `json:"rest"` // all other values; null where the rows have all
	Groups      int              `json:"groups"`
	NoShare     string           `json:"noShare"`     // why no row has a share, a sentence; "" = they have
	NoShareCode spend.Reason     `json:"noShareCode"` // the same as a code
	Comparison  *SpendComparison `json:"comparison"`  // null = none was asked for
	Series      *SpendSeries     `json:"series"`      // null = none was asked for
}

// SpendRow is what one value costs. Shares are decimal numbers, 1 being the whole; "" = there
// is none.
type SpendRow struct {
	Key    *string   `json:"key"`  // null = no value; also of the total and the rest
	Name   *string   `json:"name"` // readable, where the key is an id
	Beside []*string `json:"beside"`
	Lines  int64     `json:"lines"`
	Amount *string   `json:"amount"`
	Share  string    `json:"share"` // of the absolute amounts of all values
	// Compared and Before are over the days that both periods have, without what is usually booked later.
	Compared *string `json:"compared"`
	Before   *string `json:"before"`
	Change   *string `json:"change"`
	Relative string  `json:"relative"` // the change as a part of what was before
	New      bool    `json:"new"`
	Gone     bool    `json:"gone"`
}

// SpendComparison says what the changes are over.
type SpendComparison struct {
	From       string         `json:"from"` // of the period that is compared with
	To         string         `json:"to"`
	Reason     string         `json:"reason"`     // why nothing can be compared, a sentence; "" = something can
	ReasonCode spend.Reason   `json:"reasonCode"` // the same as a code
	Whole      bool           `json:"whole"`      // the periods are compared as a whole
	Days       int            `json:"days"`       // days of the period that are compared
	OfDays     int            `json:"ofDays"`     // days of the period
	Unused     []DaySpan      `json:"unused"`     // days of the earlier period that have charges and are not compared
	Missing    []SpendMissing `json:"missing"`
	Movers     []SpendRow     `json:"movers"` // the largest changes first, either way
	Others     *string        `json:"others"` // the change of all that is no mover; null where there is none
	Apart      *SpendApart    `json:"apart"`  // in no change; null = there are none
}

// SpendApart are the charges of both periods that are usually booked later.
type SpendApart struct {
	Now    string     `json:"now"`
	Before string     `json:"before"`
	Rows   []SpendRow `json:"rows"` // the largest before first
}

// SpendMissing names the days on which a provider has no charges, in the period and before.
type SpendMissing struct {
	Provider string    `json:"provider"`
	Days     int       `json:"days"`
	Now      []DaySpan `json:"now"`
	Before   []DaySpan `json:"before"`
}

// DaySpan is a span of days, both ends included.
type DaySpan struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// SpendSeries is the cost over time, of each row, of the rest and of all.
type SpendSeries struct {
	From      string       `json:"from"`
	To        string       `json:"to"`
	Grain     finops.Grain `json:"grain"`
	Providers []string     `json:"providers"` // that have charges in it
	Further   []SpendRow   `json:"further"`   // values that only days outside the period have
	Points    []SpendPoint `json:"points"`
	Shares    []string     `json:"shares"`    // of all points together: of the rows, then of the further values
	RestShare string       `json:"restShare"` // of the rest
}

// SpendPoint is one step of time; null is an amount that nobody knows, as of days without data.
type SpendPoint struct {
	Name  string    `json:"name"`
	First string    `json:"first"`
	Last  string    `json:"last"`
	Rows  []*string `json:"rows"` // in the order of the rows, then of the further values
	Rest  *string   `json:"rest"`
	Total *string   `json:"total"`
	// Lacking names the providers that lack a day of it; not those whose data has ended.
	Lacking []string `json:"lacking"`
}

// NewSpend makes the answer for the faces.
func NewSpend(currency string, s *spend.Spend) Spend {
	out := Spend{
		Currency: currency, Version: s.Version, Complete: s.Now.Complete, NoShareCode: s.NoShare,
		From: s.Now.From.String(), To: s.Now.To.String(), SoFar: s.Now.SoFar, Total: spendRow(s.Total), Rows: wire.Each(s.Rows, spendRow), Groups: s.Groups, NoShare: s.NoShare.Text(),
	}
	if s.Rest != nil {
		out.Rest = new(spendRow(*s.Rest))
	}
	if s.Comparison != nil {
		out.Comparison = spendComparison(s)
	}
	if t := s.Series; t != nil {
		out.Series = &SpendSeries{From: t.From.String(), To: t.To.String(), Grain: t.Grain, Providers: wire.List(t.Providers), Further: wire.Each(t.Further, spendRow), Points: wire.Each(t.Points, spendPoint), Shares: wire.List(t.Shares), RestShare: t.RestShare}
	}
	return out
}

func spendComparison(s *spend.Spend) *SpendComparison {
	c := s.Comparison
	out := &SpendComparison{
		From: c.Before.From.String(), To: c.Before.To.String(), Reason: c.Reason.Text(), ReasonCode: c.Reason, Whole: c.Whole(), Days: c.Days, OfDays: s.Now.Days(),
		Unused: wire.Each(c.Unused, daySpan), Missing: wire.Each(c.Missing, spendMissing), Movers: wire.Each(c.Movers, spendRow),
	}
	if c.Still != nil {
		out.Others = sumCell(c.Still.Change)
	}
	if c.ApartTotal != nil {
		out.Apart = &SpendApart{c.ApartTotal.Compared.String(), c.ApartTotal.Before.String(), wire.Each(c.Apart, spendRow)}
	}
	return out
}

func spendRow(r spend.Row) SpendRow {
	return SpendRow{
		Key: r.Key, Name: r.Name, Beside: wire.List(r.Beside), Lines: r.Lines, Amount: sumCell(r.Amount), Share: r.Share,
		Compared: sumCell(r.Compared), Before: sumCell(r.Before), Change: sumCell(r.Change), Relative: r.Relative(), New: r.New, Gone: r.Gone,
	}
}

func spendMissing(m spend.Missing) SpendMissing {
	return SpendMissing{m.Provider, len(m.Now) + len(m.Before), daySpans(m.Now), daySpans(m.Before)}
}

func daySpans(days []finops.Day) []DaySpan {
	return wire.Each(spend.Spans(days), daySpan)
}

func daySpan(w spend.Window) DaySpan { return DaySpan{w.From.String(), w.To.String()} }

func spendPoint(p spend.Point) SpendPoint {
	return SpendPoint{Name: p.Name, First: p.First.String(), Last: p.Last.String(), Rows: wire.Each(p.Rows, sumCell), Rest: sumCell(p.Rest), Total: sumCell(p.Total), Lacking: wire.List(p.Lacking)}
}
