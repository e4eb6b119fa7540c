package service

import (
	"context"
	"strconv"
	"strings"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/report"
)

// AllDataSets names the workspace as a whole among its data sets.
const AllDataSets = "All data sets"

// QualityPart is a table of the data quality.
type QualityPart string

// The tables of the data quality.
const (
	QualityFindings   QualityPart = "findings"   // what was found, of the workspace as a whole and of each data set
	QualityShares     QualityPart = "shares"     // what share of lines and cost has each column, by data set
	QualitySets       QualityPart = "datasets"   // each data set in each of its currencies
	QualityReadiness  QualityPart = "readiness"  // which analyses the data allows, of the workspace as a whole and of each data set
	QualityUnmapped   QualityPart = "unmapped"   // services that say too little
	QualityDuplicates QualityPart = "duplicates" // examples of lines that equal an earlier one
	QualitySkipped    QualityPart = "skipped"    // lines that could not be read, by file and reason
)

// QualityParts lists them.
var QualityParts = []QualityPart{QualityShares, QualityFindings, QualitySets, QualityReadiness, QualityUnmapped, QualityDuplicates, QualitySkipped}

// Quality makes a table of the data quality; with a text only of the data sets that have it in their name. It answers CodeInvalid for a
// part that there is not.
func (w Tables) Quality(ctx context.Context, part QualityPart, dataset string) (*report.Table, error) {
	switch part {
	case QualityFindings:
		return w.findings(ctx, dataset)
	case QualityShares:
		return w.shares(ctx, dataset)
	}
	rowsOf, ok := qualityRows[part]
	if !ok {
		return nil, finops.Errorf(finops.CodeInvalid, "%q is not a table of the data quality; it can be one of %s.", part, joinNames(QualityParts, ", "))
	}
	p, err := Quality(w).Passport(ctx)
	if err != nil {
		return nil, err
	}
	d, err := p.Document("", dataset)
	if err != nil {
		return nil, err
	}
	return w.Of(ctx, "Data quality, "+string(part), rowsOf(d))
}

// joinNames lists names in a sentence or for a flag.
func joinNames[S ~string](list []S, separator string) string {
	return strings.Join(wire.Each(list, func(name S) string { return string(name) }), separator)
}

// QualityNames lists the names of the tables.
func QualityNames(separator string) string { return joinNames(QualityParts, separator) }

// qualityRows makes the rows of the tables that are lists of the JSON of the data quality, by data set.
var qualityRows = map[QualityPart]func(*passport.Document) any{
	QualitySets: func(d *passport.Document) any {
		return eachSet(d, func(s *passport.SetDocument) []passport.CurrencyDocument { return s.Currencies }, func(s *passport.SetDocument, c passport.CurrencyDocument) qualitySet {
			return qualitySet{s.ID, s.Provider, s.BillingAccount, s.BillingAccountName, s.Export, s.Verdict, s.Coverage.FirstDay, s.Coverage.LastDay, s.Coverage.CompleteMonths, c}
		})
	},
	QualityReadiness: func(d *passport.Document) any {
		all := *d
		if d.Whole != nil {
			all.DataSets = append([]passport.SetDocument{*d.Whole}, d.DataSets...)
			all.DataSets[0].ID = AllDataSets
		}
		return eachSet(&all, func(s *passport.SetDocument) []passport.ReadinessDocument { return s.Readiness }, func(s *passport.SetDocument, r passport.ReadinessDocument) qualityReadiness {
			return qualityReadiness{s.ID, r}
		})
	},
	QualityUnmapped: func(d *passport.Document) any {
		return eachSet(d, func(s *passport.SetDocument) []passport.UnmappedDocument { return s.Unmapped }, func(s *passport.SetDocument, u passport.UnmappedDocument) qualityUnmapped {
			return qualityUnmapped{s.ID, u}
		})
	},
	QualityDuplicates: func(d *passport.Document) any {
		return eachSet(d, func(s *passport.SetDocument) []passport.DuplicateDocument { return s.Duplicates.Examples }, func(s *passport.SetDocument, one passport.DuplicateDocument) qualityDuplicate {
			return qualityDuplicate{s.ID, one}
		})
	},
	QualitySkipped: func(d *passport.Document) any {
		return eachSet(d, func(s *passport.SetDocument) []passport.RejectDocument { return s.Rejects.Reasons }, func(s *passport.SetDocument, r passport.RejectDocument) qualitySkipped {
			return qualitySkipped{s.ID, r}
		})
	},
}

// The rows of those tables.
type (
	qualitySet struct {
		DataSet        string      `json:"dataset"`
		Provider       string      `json:"provider"`
		Account        string      `json:"billingAccount"`
		AccountName    string      `json:"billingAccountName"`
		Export         string      `json:"export"`
		Verdict        string      `json:"verdict"`
		FirstDay       *finops.Day `json:"firstDay"`
		LastDay        *finops.Day `json:"lastDay"`
		CompleteMonths int         `json:"completeMonths"`
		passport.CurrencyDocument
	}
	qualityReadiness struct {
		DataSet string `json:"dataset"`
		passport.ReadinessDocument
	}
	qualityUnmapped struct {
		DataSet string `json:"dataset"`
		passport.UnmappedDocument
	}
	qualityDuplicate struct {
		DataSet string `json:"dataset"`
		passport.DuplicateDocument
	}
	qualitySkipped struct {
		DataSet string `json:"dataset"`
		passport.RejectDocument
	}
)

// eachSet makes the rows of a list that each data set has.
func eachSet[A, R any](d *passport.Document, listOf func(*passport.SetDocument) []A, rowOf func(*passport.SetDocument, A) R) []R {
	rows := []R{}
	for i := range d.DataSets {
		for _, one := range listOf(&d.DataSets[i]) {
			rows = append(rows, rowOf(&d.DataSets[i], one))
		}
	}
	return rows
}

// findings lists what a look at the data quality found, worst first: of the workspace as a whole, then of each data
// set; with a text only of the data sets that have it in their name.
func (w Tables) findings(ctx context.Context, dataset string) (*report.Table, error) {
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

// shares lists what share of lines and cost each column is known for, by data set; with a text only of the data
// sets that have it in their name.
func (w Tables) shares(ctx context.Context, dataset string) (*report.Table, error) {
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
