package service

import (
	"context"
	"strconv"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/report"
)

// AllDataSets names the workspace as a whole among its data sets.
const AllDataSets = "All data sets"

// Findings lists what a look at the data quality found, worst first: of the workspace as a whole, then of each data
// set; with a text only of the data sets that have it in their name.
func (w Tables) Findings(ctx context.Context, dataset string) (*report.Table, error) {
	p, sets, err := w.dataSets(ctx, dataset)
	if err != nil {
		return nil, err
	}
	t, err := w.table(ctx, "Data quality", "What was found in each data set")
	if err != nil {
		return nil, err
	}
	t.Columns = []report.Column{
		{Name: "dataset"}, {Name: "provider"}, {Name: "billingAccount"}, {Name: "billingAccountName"}, {Name: "export"}, {Name: "severity"}, {Name: "code"}, {Name: "value", Kind: report.Quantity}, {Name: "unit"},
		{Name: "amount", Kind: report.Amount}, {Name: "currency"}, {Name: "sentence"}, {Name: "meaning"}, {Name: "action"},
	}
	t.Currency = 10
	var rows [][]*string
	add := func(name string, s *passport.Set) {
		for i := range s.Findings {
			f := &s.Findings[i]
			row := report.Cells(name, s.Provider, s.Account, s.AccountName, s.Export, string(f.Severity), f.Code, f.Value, f.Unit)
			rows = append(rows, append(append(row, sumCell(f.Amount)), report.Cells(f.Currency, f.Sentence, f.Meaning, f.Action)...))
		}
	}
	if dataset == "" {
		add(AllDataSets, &p.Whole)
	}
	for i := range sets {
		add(sets[i].ID, &sets[i])
	}
	t.Rows = report.List(rows)
	return t, nil
}

// Shares lists what share of lines and cost each column is known for, by data set; with a text only of the data
// sets that have it in their name.
func (w Tables) Shares(ctx context.Context, dataset string) (*report.Table, error) {
	_, sets, err := w.dataSets(ctx, dataset)
	if err != nil {
		return nil, err
	}
	t, err := w.table(ctx, "Data quality", "What share of lines and cost has each column")
	if err != nil {
		return nil, err
	}
	t.Columns = []report.Column{
		{Name: "dataset"}, {Name: "column"}, {Name: "lines", Kind: report.Count}, {Name: "ofLines", Kind: report.Count}, {Name: "shareOfLines", Kind: report.Share},
		{Name: "shareOfUsageLines", Kind: report.Share}, {Name: "shareOfCost", Kind: report.Share}, {Name: "shareOfUsageCost", Kind: report.Share},
	}
	share := func(ratio int, ok bool) *string {
		if !ok {
			return nil
		}
		return new(passport.Decimal(ratio))
	}
	var rows [][]*string
	for i := range sets {
		for j := range sets[i].Shares {
			x := &sets[i].Shares[j]
			rows = append(rows, append(report.Cells(sets[i].ID, x.Column, strconv.FormatInt(x.Lines, 10), strconv.FormatInt(x.OfLines, 10)),
				share(passport.RatioOfCounts(x.Lines, x.OfLines)), share(passport.RatioOfCounts(x.UsageLines, x.OfUsageLines)),
				share(passport.Ratio(x.Cost, x.OfCost)), share(passport.Ratio(x.UsageCost, x.OfUsageCost))))
		}
	}
	t.Rows = report.List(rows)
	return t, nil
}

// dataSets looks at the data quality and chooses data sets by their names.
func (w Tables) dataSets(ctx context.Context, text string) (*passport.Passport, []passport.Set, error) {
	p, err := Quality(w).Passport(ctx)
	if err != nil {
		return nil, nil, err
	}
	sets, err := p.Choose(text)
	return p, sets, err
}
