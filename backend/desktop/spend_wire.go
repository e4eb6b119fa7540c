package desktop

import (
	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// SpendQuestion asks for a cost by the values of one column. Days are parts of their periods;
// "" = open.
type SpendQuestion struct {
	Metric      string        `json:"metric"`
	Currency    string        `json:"currency"`
	Where       finops.Filter `json:"where"`
	From        string        `json:"from"`
	To          string        `json:"to"`
	Base        spend.Base    `json:"base"`        // with what the period is compared
	CompareFrom string        `json:"compareFrom"` // of the base custom
	CompareTo   string        `json:"compareTo"`
	Column      string        `json:"column"`
	NameColumn  string        `json:"nameColumn"` // holds readable names of the values; "" = only accounts have names
	Beside      []string      `json:"beside"`     // columns of which each row gets a value
	Top         int           `json:"top"`        // rows and movers at most; 0 = all
	Sort        spend.Sort    `json:"sort"`       // by what the rows are ordered
	Up          bool          `json:"up"`         // the least first
	Grain       finops.Grain  `json:"grain"`      // "" = no series, "usual" = by day or month
	Context     bool          `json:"context"`    // the series reaches back beyond the period, so that a short one has its context
}

func (q SpendQuestion) question() (out service.SpendQuestion, err error) {
	out = service.SpendQuestion{Currency: q.Currency, Where: q.Where, Column: q.Column, NameColumn: q.NameColumn, Beside: q.Beside, Top: q.Top, Up: q.Up, Grain: q.Grain, Context: q.Context}
	if out.Metric, err = finops.ParseMetric(q.Metric); err != nil {
		return out, err
	}
	if out.Base, err = spend.ParseBase(string(q.Base)); err != nil {
		return out, err
	}
	if out.Sort, err = spend.ParseSort(string(q.Sort)); err != nil {
		return out, err
	}
	var beforeFrom, beforeTo *finops.Day
	for _, d := range []struct {
		text string
		to   **finops.Day
	}{{q.From, &out.From}, {q.To, &out.To}, {q.CompareFrom, &beforeFrom}, {q.CompareTo, &beforeTo}} {
		if *d.to, err = day(d.text); err != nil {
			return out, err
		}
	}
	switch {
	case out.Base != spend.BaseCustom:
	case beforeFrom == nil || beforeTo == nil:
		return out, finops.Errorf(finops.CodeInvalid, "Name the first and the last day of the period to compare with.")
	default:
		out.Before = spend.Window{From: *beforeFrom, To: *beforeTo}
	}
	return out, nil
}
