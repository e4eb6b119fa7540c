package desktop

import (
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Dimension is a virtual dimension: the first rule that catches a charge gives its value.
// Default is the value of charges that no rule catches; null = none.
type Dimension struct {
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Rules       []DimensionRule `json:"rules"`
	Default     *string         `json:"default"`
}

// DimensionRule is a filter and the value of the charges that it catches: a text or, where From
// is not null, taken from a column.
type DimensionRule struct {
	Where finops.Filter `json:"where"`
	Value string        `json:"value"`
	From  *ValueFrom    `json:"from"`
}

// ValueFrom says how a value is taken from a column; see rules.From.
type ValueFrom struct {
	Column    string `json:"column"`
	Split     string `json:"split"`
	Part      int    `json:"part"`
	Capture   string `json:"capture"`
	LowerCase bool   `json:"lowerCase"`
}

// StoredDimension is a kept dimension with its version.
type StoredDimension struct {
	Dimension Dimension `json:"dimension"`
	Version   int64     `json:"version"`
}

// SavedDimension says what Save did; Missing are columns that the rules use and the ledger does
// not have, which count as empty.
type SavedDimension struct {
	Version int64    `json:"version"`
	Missing []string `json:"missing"`
}

// PreviewQuestion says which charges a preview looks at, in one currency. From and To are both
// part of the period; "" = open. LeftBy is the column whose largest values are listed of what no
// rule catches.
type PreviewQuestion struct {
	Metric   string        `json:"metric"`
	Currency string        `json:"currency"`
	Where    finops.Filter `json:"where"`
	From     string        `json:"from"`
	To       string        `json:"to"`
	LeftBy   string        `json:"leftBy"`
}

// LinesAndCost are charges and what they cost; an amount that is not known is null.
type LinesAndCost struct {
	Lines  int64   `json:"lines"`
	Amount *string `json:"amount"`
}

// RulePreview says what a rule catches that none before it does, and how many values it gives.
// ShadowedBy are the rules before it, from 1, that catch all that its filter matches.
type RulePreview struct {
	Caught     LinesAndCost `json:"caught"`
	Values     int          `json:"values"`
	ShadowedBy []int        `json:"shadowedBy"`
}

// ValueCost is a value of a column with the charges that have it.
type ValueCost struct {
	Value  *string `json:"value"`
	Lines  int64   `json:"lines"`
	Amount *string `json:"amount"`
}

// DimensionPreview says what the rules of a dimension catch and what is left over.
type DimensionPreview struct {
	Rules   []RulePreview `json:"rules"`
	Left    LinesAndCost  `json:"left"`
	Largest []ValueCost   `json:"largest"`
	Total   LinesAndCost  `json:"total"`
	Missing []string      `json:"missing"`
}

func dimensionWire(d rules.Dimension) Dimension {
	return Dimension{d.Name, d.Description, wire.Each(d.Rules, func(r rules.Rule) DimensionRule {
		rule := DimensionRule{Where: wire.Filter(r.Where), Value: r.Text}
		if from := r.From; from != nil {
			rule.From = &ValueFrom{from.Column, from.Split, from.Part, from.Capture, from.LowerCase}
		}
		return rule
	}), d.Default}
}

func (d Dimension) domain() rules.Dimension {
	return rules.Dimension{Name: d.Name, Description: d.Description, Default: d.Default, Rules: wire.Each(d.Rules, func(r DimensionRule) rules.Rule {
		rule := rules.Rule{Where: r.Where, Text: r.Value}
		if from := r.From; from != nil {
			rule.From = &rules.From{Column: filter.ColumnName(from.Column), Split: from.Split, Part: from.Part, Capture: from.Capture, LowerCase: from.LowerCase}
			rule.Text = ""
		}
		if rule.Where.Check() == nil {
			rule.Where = rule.Where.Normal()
		}
		return rule
	})}
}

func (q PreviewQuestion) options() (opts service.PreviewOptions, err error) {
	opts = service.PreviewOptions{Where: q.Where, Currency: q.Currency, LeftBy: filter.ColumnName(q.LeftBy), Largest: largestMost}
	if opts.Metric, err = finops.ParseMetric(q.Metric); err != nil {
		return opts, err
	}
	if opts.From, err = day(q.From); err != nil {
		return opts, err
	}
	opts.To, err = day(q.To)
	return opts, err
}

// linesAndCost takes the row of the one currency that was asked for; without any there are no
// charges.
func linesAndCost(rows []finops.Row) LinesAndCost {
	if len(rows) == 0 {
		none := "0"
		return LinesAndCost{0, &none}
	}
	return LinesAndCost{rows[0].Lines, wire.Sum(rows[0].Amounts[0])}
}

func dimensionPreview(p *service.Preview) DimensionPreview {
	return DimensionPreview{
		Rules: wire.Each(p.Rules, func(r service.RulePreview) RulePreview {
			return RulePreview{linesAndCost(r.Caught), r.Values, wire.List(r.ShadowedBy)}
		}),
		Left: linesAndCost(p.Left), Total: linesAndCost(p.Totals), Missing: wire.List(p.Missing),
		Largest: wire.Each(p.Largest, func(r finops.Row) ValueCost { return ValueCost{r.Keys[0], r.Lines, wire.Sum(r.Amounts[0])} }),
	}
}
