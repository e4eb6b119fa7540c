package desktop

import (
	"maps"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/mappedfile"
)

// Mapping says how the columns of a table become those of FOCUS.
type Mapping struct {
	Name          string               `json:"name"`
	Header        []string             `json:"header"`
	Columns       []MappingColumn      `json:"columns"`
	Tags          []MappingTag         `json:"tags"`
	Dates         mappedfile.Dates     `json:"dates"`
	Decimal       mappedfile.Decimal   `json:"decimal"`
	Sign          mappedfile.Sign      `json:"sign"`
	EffectiveCost mappedfile.Effective `json:"effectiveCost"`
}

// MappingColumn is a column of FOCUS and where it comes from: a column of the table, or a
// text that is the same for every line.
type MappingColumn struct {
	Focus  string `json:"focus"`
	Column string `json:"column"`
	Text   string `json:"text"`
}

// MappingTag is a column of the table that holds the value of one tag.
type MappingTag struct {
	Key    string `json:"key"`
	Column string `json:"column"`
}

// MappingMatch is the reason for a choice of a suggestion.
type MappingMatch struct {
	Focus      string   `json:"focus"`
	Confidence float64  `json:"confidence"`
	Reason     string   `json:"reason"`
	Others     []string `json:"others"`
}

// MappingQuestion is what a person must look at: the order of "dates", the "decimal" sign, a
// column of FOCUS, or the table as a whole.
type MappingQuestion struct {
	About string `json:"about"`
	Text  string `json:"text"`
}

// MappingTarget is a column of FOCUS that can be mapped.
type MappingTarget struct {
	Name   string     `json:"name"`
	Kind   ColumnKind `json:"kind"`
	Values []string   `json:"values"`
}

// MappingTable is a table with its first lines and the mapping that is suggested for it.
type MappingTable struct {
	Path      string            `json:"path"`
	Dialect   string            `json:"dialect"`
	Names     []string          `json:"names"`
	Rows      [][]*string       `json:"rows"`
	Mapping   Mapping           `json:"mapping"`
	Matches   []MappingMatch    `json:"matches"`
	Questions []MappingQuestion `json:"questions"`
	Missing   []string          `json:"missing"` // what the suggestion still needs, in sentences
	SeemsToBe string            `json:"seemsToBe"`
	ReadBy    string            `json:"readBy"` // why the table needs no new mapping; "" where nothing reads it yet
	Targets   []MappingTarget   `json:"targets"`
	Version   int64             `json:"version"` // of a saved mapping that is edited; 0 = it is new
}

// MappingTrial is what a mapping makes of the beginning of a table.
type MappingTrial struct {
	Missing []string        `json:"missing"`
	Columns []FileColumn    `json:"columns"`
	Rows    [][]*string     `json:"rows"`
	Lines   int64           `json:"lines"`
	Left    int64           `json:"left"`
	More    bool            `json:"more"`
	Rejects []MappingReject `json:"rejects"`
	Totals  []MappingTotal  `json:"totals"`

	LeftCosts   []MappingTotal   `json:"leftCosts"`   // what the lines that cannot be read are billed, as far as that can be read
	LeftUnknown int64            `json:"leftUnknown"` // lines of which it cannot
	Refused     []MappingRefusal `json:"refused"`     // choices that the values of the table contradict
}

// MappingRefusal is why a column of the table cannot be a column of FOCUS, in a sentence.
type MappingRefusal struct {
	Focus  string `json:"focus"`
	Reason string `json:"reason"`
}

// MappingReject is a line that a mapping cannot read.
type MappingReject struct {
	Line   int64  `json:"line"`
	Reason string `json:"reason"`
	Text   string `json:"text"`
}

// MappingTotal is the exact sum of a cost column in one currency.
type MappingTotal struct {
	Currency string `json:"currency"`
	Metric   string `json:"metric"`
	Amount   string `json:"amount"`
}

func mappingWire(m mappedfile.Mapping) Mapping {
	w := Mapping{
		Name: m.Name, Header: wire.List(m.Header), Columns: []MappingColumn{}, Tags: []MappingTag{},
		Dates: m.Dates, Decimal: m.Decimal, Sign: m.Sign, EffectiveCost: m.EffectiveCost,
	}
	for _, focus := range slices.Sorted(maps.Keys(m.Columns)) {
		w.Columns = append(w.Columns, MappingColumn{focus, m.Columns[focus].Column, m.Columns[focus].Text})
	}
	for _, key := range slices.Sorted(maps.Keys(m.Tags)) {
		w.Tags = append(w.Tags, MappingTag{key, m.Tags[key]})
	}
	return w
}

func (m Mapping) domain() mappedfile.Mapping {
	d := mappedfile.Mapping{
		Name: m.Name, Header: m.Header, Columns: map[string]mappedfile.ColumnSource{},
		Dates: m.Dates, Decimal: m.Decimal, Sign: m.Sign, EffectiveCost: m.EffectiveCost,
	}
	for _, c := range m.Columns {
		if c.Column != "" || c.Text != "" {
			d.Columns[c.Focus] = mappedfile.ColumnSource{Column: c.Column, Text: c.Text}
		}
	}
	for _, t := range m.Tags {
		if d.Tags == nil {
			d.Tags = map[string]string{}
		}
		d.Tags[t.Key] = t.Column
	}
	return d
}

func mappingTable(t *service.Table) MappingTable {
	return MappingTable{
		Path: t.Path, Dialect: t.Dialect, Names: wire.List(t.Names), Rows: rows(t.Rows), Mapping: mappingWire(t.Suggestion.Mapping),
		Matches: wire.Each(t.Suggestion.Matches, func(m mappedfile.Match) MappingMatch {
			return MappingMatch{m.Focus, m.Confidence, m.Reason, wire.List(m.Others)}
		}),
		Questions: wire.Each(t.Suggestion.Questions, func(q mappedfile.Question) MappingQuestion { return MappingQuestion{q.About, q.Text} }),
		Missing:   wire.List(t.Missing), SeemsToBe: t.SeemsToBe, ReadBy: t.ReadBy,
		Targets: wire.Each(finops.Columns(), func(c finops.Column) MappingTarget {
			return MappingTarget{c.Name, columnKind(c.Kind), wire.List(c.Values)}
		}),
	}
}

func mappingTrial(t *service.Trial) MappingTrial {
	return MappingTrial{
		Missing: wire.List(t.Missing), Rows: rows(t.Rows), Lines: t.Lines, Left: t.Left, More: t.More,
		Columns: wire.Each(t.Columns, func(c source.Column) FileColumn { return FileColumn{c.Name, c.Raw, c.Focus} }),
		Rejects: wire.Each(t.Rejects, func(r source.Reject) MappingReject { return MappingReject{r.Line, r.Reason, r.Text} }),
		Totals:  wire.Each(t.Totals, mappingTotal), LeftCosts: wire.Each(t.LeftCosts, mappingTotal), LeftUnknown: t.LeftUnknown,
		Refused: wire.Each(t.Refused, func(r mappedfile.Refusal) MappingRefusal { return MappingRefusal{r.Focus, r.Reason} }),
	}
}

func mappingTotal(t service.TrialTotal) MappingTotal {
	return MappingTotal{t.Currency, string(t.Metric), t.Amount.String()}
}
