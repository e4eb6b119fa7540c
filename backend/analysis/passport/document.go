package passport

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"cloud-intelligence/backend/finops"
)

// Document is a passport as JSON, the same wherever it leaves; docs/cli.md describes it. Amounts are exact decimal
// texts, null = not known; lists are never null.
type Document struct {
	Workspace string        `json:"workspace"`
	Today     finops.Day    `json:"today"`
	Whole     *SetDocument  `json:"whole,omitempty"` // none where only some data sets are wanted
	DataSets  []SetDocument `json:"dataSets"`
}

// SetDocument is a data set, or the workspace as a whole, as JSON.
type SetDocument struct {
	ID                 string                  `json:"id"`
	Provider           string                  `json:"provider"`
	BillingAccount     string                  `json:"billingAccount"`
	BillingAccountName string                  `json:"billingAccountName"`
	Export             string                  `json:"export"`
	Verdict            string                  `json:"verdict"`
	Lines              int64                   `json:"lines"`
	ImportedAt         *string                 `json:"importedAt"`
	ImportAgeDays      int                     `json:"importAgeDays"`
	Files              []fileDocument          `json:"files"`
	Formats            []formatDocument        `json:"formats"`
	Currencies         []currencyDocument      `json:"currencies"`
	Coverage           coverageDocument        `json:"coverage"`
	Grain              grainDocument           `json:"grain"`
	Shares             []shareDocument         `json:"shares"`
	Columns            columnsDocument         `json:"columns"`
	TagKeys            []tagKeyDocument        `json:"tagKeys"`
	Unmapped           []unmappedDocument      `json:"unmapped"`
	UnmappedCount      int                     `json:"unmappedCount"`
	Quantities         quantitiesDocument      `json:"quantities"`
	PriceOddities      []excessDocument        `json:"priceOddities"`
	Duplicates         duplicatesDocument      `json:"duplicates"`
	Rejects            rejectsDocument         `json:"rejects"`
	ProviderTotals     []providerTotalDocument `json:"providerTotals"`
	Findings           []findingDocument       `json:"findings"`
	Readiness          []readinessDocument     `json:"readiness"`
}

type fileDocument struct {
	Path    string `json:"path"`
	Format  string `json:"format"`
	Version string `json:"version"`
	Lines   int64  `json:"lines"`
	Rejects int64  `json:"rejects"`
}

type formatDocument struct {
	Format  string `json:"format"`
	Version string `json:"version"`
	Files   int    `json:"files"`
	Lines   int64  `json:"lines"`
}

type currencyDocument struct {
	Currency  string      `json:"currency"`
	Lines     int64       `json:"lines"`
	Billed    *finops.Sum `json:"billed"`
	Effective *finops.Sum `json:"effective"`
	Absolute  finops.Sum  `json:"absolute"`
}

type coverageDocument struct {
	FirstDay       *finops.Day     `json:"firstDay"`
	LastDay        *finops.Day     `json:"lastDay"`
	FirstMonth     *finops.Month   `json:"firstMonth"`
	LastMonth      *finops.Month   `json:"lastMonth"`
	Days           int             `json:"days"`
	CoveredDays    int             `json:"coveredDays"`
	MissingDays    []finops.Day    `json:"missingDays"`
	MissingMonths  []finops.Month  `json:"missingMonths"`
	CompleteMonths int             `json:"completeMonths"`
	BehindDays     int             `json:"behindDays"`
	LateDays       []finops.Day    `json:"lateDays"`
	LateLines      int64           `json:"lateLines"`
	EarlyLines     int64           `json:"earlyLines"`
	JudgedByDay    bool            `json:"judgedByDay"`
	Months         []monthDocument `json:"months"`
}

type monthDocument struct {
	Month       finops.Month `json:"month"`
	Complete    bool         `json:"complete"`
	Running     bool         `json:"running"`
	Billed      bool         `json:"billed"`
	MissingDays []finops.Day `json:"missingDays"`
	Lines       []int64      `json:"lines"`
	Late        []int64      `json:"late"` // null = none
}

type grainDocument struct {
	Grain      string          `json:"grain"`
	OfUsage    bool            `json:"ofUsage"`
	Lines      lengthsDocument `json:"lines"`
	HourlyDays int             `json:"hourlyDays"`
	HourlyFrom *finops.Day     `json:"hourlyFrom"`
	HourlyTo   *finops.Day     `json:"hourlyTo"`
}

type lengthsDocument struct {
	Unknown int64 `json:"unknown"`
	Hour    int64 `json:"hour"`
	Day     int64 `json:"day"`
	Month   int64 `json:"month"`
	Other   int64 `json:"other"`
}

type shareDocument struct {
	Code         string     `json:"code"`
	Column       string     `json:"column"`
	Value        string     `json:"value"`
	Base         string     `json:"base"`
	Lines        int64      `json:"lines"`
	OfLines      int64      `json:"ofLines"`
	UsageLines   int64      `json:"usageLines"`
	OfUsageLines int64      `json:"ofUsageLines"`
	Currency     string     `json:"currency"`
	Cost         finops.Sum `json:"cost"`
	OfCost       finops.Sum `json:"ofCost"`
	UsageCost    finops.Sum `json:"usageCost"`
	OfUsageCost  finops.Sum `json:"ofUsageCost"`
}

type columnsDocument struct {
	Filled []columnDocument `json:"filled"`
	Empty  []string         `json:"empty"`
	Absent []string         `json:"absent"`
}

type columnDocument struct {
	Name  string `json:"name"`
	Lines int64  `json:"lines"`
}

type tagKeyDocument struct {
	Key      string     `json:"key"`
	Lines    int64      `json:"lines"`
	Currency string     `json:"currency"`
	Cost     finops.Sum `json:"cost"`
}

type unmappedDocument struct {
	ServiceName     *string    `json:"ServiceName"`
	ServiceCategory *string    `json:"ServiceCategory"`
	SkuID           *string    `json:"SkuId"`
	Lines           int64      `json:"lines"`
	Currency        string     `json:"currency"`
	Cost            finops.Sum `json:"cost"`
	Reasons         []string   `json:"reasons"`
}

type quantitiesDocument struct {
	UsageLines int64 `json:"usageLines"`
	Pricing    int64 `json:"pricing"`
	Consumed   int64 `json:"consumed"`
}

type excessDocument struct {
	Code     string     `json:"code"`
	Lines    int64      `json:"lines"`
	Currency string     `json:"currency"`
	Amount   finops.Sum `json:"amount"`
}

type duplicatesDocument struct {
	Lines       int64               `json:"lines"`
	AcrossFiles int64               `json:"acrossFiles"`
	Amounts     []amountDocument    `json:"amounts"`
	Examples    []duplicateDocument `json:"examples"`
}

type amountDocument struct {
	Currency string     `json:"currency"`
	Billed   finops.Sum `json:"billed"`
}

type duplicateDocument struct {
	Line        int64          `json:"line"`
	FirstLine   int64          `json:"firstLine"`
	Day         finops.Day     `json:"day"`
	ServiceName *string        `json:"ServiceName"`
	ResourceID  *string        `json:"ResourceId"`
	Currency    string         `json:"currency"`
	Billed      *finops.Amount `json:"billed"`
	File        string         `json:"file"`
	FirstFile   string         `json:"firstFile"`
}

type rejectsDocument struct {
	Lines   int64            `json:"lines"`
	Reasons []rejectDocument `json:"reasons"`
}

type rejectDocument struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
	Lines  int64  `json:"lines"`
}

type providerTotalDocument struct {
	Measure  string     `json:"measure"`
	Currency string     `json:"currency"`
	Lines    int64      `json:"lines"`
	Amount   finops.Sum `json:"amount"`
}

type findingDocument struct {
	Code     string             `json:"code"`
	Severity Severity           `json:"severity"`
	Value    string             `json:"value"`
	Unit     string             `json:"unit"`
	Amount   *finops.Sum        `json:"amount"`
	Currency string             `json:"currency"`
	Sentence string             `json:"sentence"`
	Meaning  string             `json:"meaning"`
	Action   string             `json:"action"`
	Where    []finops.Condition `json:"where"`
	From     *finops.Day        `json:"from"`
	To       *finops.Day        `json:"to"`
}

type readinessDocument struct {
	Analysis  string   `json:"analysis"`
	Level     Level    `json:"level"`
	Available bool     `json:"available"`
	Reasons   []string `json:"reasons"`
}

// Document makes JSON of the workspace as a whole and its data sets; with a text only of the data sets that have it
// in their name, as Choose finds them. Workspace is its name.
func (p *Passport) Document(workspace, dataset string) (*Document, error) {
	sets, err := p.Choose(dataset)
	if err != nil {
		return nil, err
	}
	d := &Document{Workspace: workspace, Today: p.Today, DataSets: each(sets, func(s *Set) SetDocument { return s.document() })}
	if dataset == "" {
		d.Whole = new(p.Whole.document())
	}
	return d, nil
}

// WriteJSON writes the document, indented, with <, > and & as they are.
func (d *Document) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(d); err != nil {
		return fmt.Errorf("write the passport: %w", err)
	}
	return nil
}

func (s *Set) document() SetDocument {
	d := SetDocument{
		ID: s.ID, Provider: s.Provider, BillingAccount: s.Account, BillingAccountName: s.AccountName, Export: s.Export, Verdict: s.Verdict, Lines: s.Lines, ImportAgeDays: s.ImportAgeDays,
		Files:   each(s.Files, func(f *File) fileDocument { return fileDocument{f.Path, f.Format, f.Version, f.Lines, f.Rejects} }),
		Formats: each(s.Formats, func(f *Format) formatDocument { return formatDocument(*f) }),
		Currencies: each(s.Currencies, func(c *Currency) currencyDocument {
			return currencyDocument{c.Code, c.Lines, c.Billed, c.Effect, c.Absolute}
		}),
		Coverage: s.Coverage.document(), Grain: s.Grain.document(), Shares: each(s.Shares, (*Share).document),
		Columns: columnsDocument{
			Filled: each(s.Filled, func(c *Column) columnDocument { return columnDocument{c.Name, c.Known} }), Empty: each(s.Empty, nameOf), Absent: each(s.Absent, nameOf),
		},
		TagKeys: each(s.TagKeys, func(k *TagKey) tagKeyDocument { return tagKeyDocument{k.Key, k.Lines, k.Currency, k.Cost} }),
		Unmapped: each(s.Unmapped, func(u *Unmapped) unmappedDocument {
			return unmappedDocument{u.ServiceName, u.ServiceCategory, u.SKUID, u.Lines, u.Currency, u.Cost, full(u.Reasons)}
		}),
		UnmappedCount: s.UnmappedCount, Quantities: quantitiesDocument{s.Quantities.Lines, s.Quantities.Pricing, s.Quantities.Consumed},
		PriceOddities: each(s.Excess, (*Excess).document), Duplicates: s.Duplicates.document(),
		Rejects: rejectsDocument{s.RejectLines, each(s.Rejects, func(r *Reject) rejectDocument { return rejectDocument{r.File, r.Reason, r.Lines} })},
		ProviderTotals: each(s.ProviderTotals, func(t *ProviderTotal) providerTotalDocument {
			return providerTotalDocument{t.Name, t.Currency, t.Known, t.Amount}
		}),
		Findings: each(s.Findings, (*Finding).document),
		Readiness: each(s.Readiness, func(r *Readiness) readinessDocument {
			return readinessDocument{r.Analysis, r.Level, r.Available, full(r.Reasons)}
		}),
	}
	if !s.ImportedAt.IsZero() {
		d.ImportedAt = new(s.ImportedAt.UTC().Format(time.RFC3339))
	}
	return d
}

func (c *Coverage) document() coverageDocument {
	d := coverageDocument{
		Days: c.Days, CoveredDays: c.CoveredDays, MissingDays: full(c.MissingDays), MissingMonths: full(c.MissingMonths), CompleteMonths: c.CompleteMonths, BehindDays: c.BehindDays,
		LateDays: full(c.LateDays), LateLines: c.LateLines, EarlyLines: c.EarlyLines, JudgedByDay: c.JudgedByDay,
		Months: each(c.Months, func(m *Month) monthDocument {
			return monthDocument{m.Month, m.Complete, m.Running, m.Billed, full(m.Missing), full(m.Lines), m.Late}
		}),
	}
	if len(c.Months) > 0 {
		d.FirstDay, d.LastDay, d.FirstMonth, d.LastMonth = &c.FirstDay, &c.LastDay, &c.FirstMonth, &c.LastMonth
	}
	return d
}

func (g *Grain) document() grainDocument {
	n := g.Lengths
	d := grainDocument{
		Grain: g.Word, OfUsage: g.Usage, HourlyDays: g.Hours,
		Lines: lengthsDocument{n[finops.LengthUnknown], n[finops.LengthHour], n[finops.LengthDay], n[finops.LengthMonth], n[finops.LengthOther]},
	}
	if g.Hours > 0 {
		d.HourlyFrom, d.HourlyTo = &g.HoursFrom, &g.HoursTo
	}
	return d
}

func (s *Share) document() shareDocument {
	n, base := s.Value()
	return shareDocument{
		s.Code, s.Column, Decimal(n), base, s.Lines, s.OfLines, s.UsageLines, s.OfUsageLines, s.Currency, s.Cost, s.OfCost, s.UsageCost, s.OfUsageCost,
	}
}

func (x *Excess) document() excessDocument {
	code := "list_below_contracted"
	if x.Trait == ContractedBelow {
		code = "contracted_below_effective"
	}
	return excessDocument{code, x.Lines, x.Currency, x.Amount}
}

func (d *Duplicates) document() duplicatesDocument {
	return duplicatesDocument{
		d.Lines, d.AcrossFiles, each(d.Amounts, func(a *Amount) amountDocument { return amountDocument(*a) }),
		each(d.Examples, func(e *Duplicate) duplicateDocument {
			return duplicateDocument{e.Line, e.FirstLine, e.Day, e.ServiceName, e.ResourceID, e.Currency, e.Billed, e.File, e.FirstFile}
		}),
	}
}

func (f *Finding) document() findingDocument {
	where := each(f.Where, func(c *finops.Condition) finops.Condition {
		return finops.Condition{Column: c.Column, Op: c.Op, Values: full(c.Values)}
	})
	return findingDocument{f.Code, f.Severity, f.Value, f.Unit, f.Amount, f.Currency, f.Sentence, f.Meaning, f.Action, where, f.From, f.To}
}

func nameOf(c *Column) string { return c.Name }

// each converts a list; the result is never nil.
func each[A, B any](list []A, convert func(*A) B) []B {
	out := make([]B, len(list))
	for i := range list {
		out[i] = convert(&list[i])
	}
	return out
}

// full makes an empty list of none.
func full[A any](list []A) []A {
	if list == nil {
		return []A{}
	}
	return list
}
