package passport

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"cloud-intelligence/backend/finops"
)

// Document is a passport as JSON, the same in the window and wherever it leaves; docs/cli.md describes it. Amounts are exact decimal
// texts, null = not known; lists are never null.
type Document struct {
	Workspace string        `json:"workspace"`
	Today     finops.Day    `json:"today"`
	Whole     *SetDocument  `json:"whole,omitempty"` // none where only some data sets are wanted
	DataSets  []SetDocument `json:"dataSets"`
}

// SetDocument is a data set, or the workspace as a whole, as JSON.
type SetDocument struct {
	ID                 string                  `json:"id"` // "" for the workspace as a whole
	Provider           string                  `json:"provider"`
	BillingAccount     string                  `json:"billingAccount"`
	BillingAccountName string                  `json:"billingAccountName"`
	Export             string                  `json:"export"`
	Verdict            string                  `json:"verdict"` // one sentence
	Lines              int64                   `json:"lines"`
	ImportedAt         *string                 `json:"importedAt"` // null = no import
	ImportAgeDays      int                     `json:"importAgeDays"`
	Files              []FileDocument          `json:"files"`
	Formats            []FormatDocument        `json:"formats"`
	Currencies         []CurrencyDocument      `json:"currencies"` // most lines first
	Coverage           CoverageDocument        `json:"coverage"`
	Grain              GrainDocument           `json:"grain"`
	Shares             []ShareDocument         `json:"shares"`
	Columns            ColumnsDocument         `json:"columns"`
	TagKeys            []TagKeyDocument        `json:"tagKeys"`
	Unmapped           []UnmappedDocument      `json:"unmapped"`
	UnmappedCount      int                     `json:"unmappedCount"`
	Quantities         QuantitiesDocument      `json:"quantities"`
	PriceOddities      []ExcessDocument        `json:"priceOddities"`
	Duplicates         DuplicatesDocument      `json:"duplicates"`
	Rejects            RejectsDocument         `json:"rejects"`
	ProviderTotals     []ProviderTotalDocument `json:"providerTotals"`
	Findings           []FindingDocument       `json:"findings"` // problems of an unknown amount first, then by the money behind them
	Readiness          []ReadinessDocument     `json:"readiness"`
}

// FileDocument is a file that the charges come from.
type FileDocument struct {
	Path    string `json:"path"`
	Format  string `json:"format"`
	Version string `json:"version"`
	Lines   int64  `json:"lines"`
	Rejects int64  `json:"rejects"`
}

// FormatDocument counts the files of one format and version.
type FormatDocument struct {
	Name    string `json:"name"` // as people call it
	Format  string `json:"format"`
	Version string `json:"version"`
	Files   int    `json:"files"`
	Lines   int64  `json:"lines"`
}

// CurrencyDocument holds the sums of one currency. Absolute is the base of shares by cost: credits count in it without their sign.
type CurrencyDocument struct {
	Currency  string      `json:"currency"`
	Lines     int64       `json:"lines"`
	Billed    *finops.Sum `json:"billed"`
	Effective *finops.Sum `json:"effective"`
	Absolute  finops.Sum  `json:"absolute"`
}

// CoverageDocument says which days and months have data; days and months are null where there are no charges.
type CoverageDocument struct {
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
	Months         []MonthDocument `json:"months"`
}

// MonthDocument is a month, day by day.
type MonthDocument struct {
	Month       finops.Month `json:"month"`
	Complete    bool         `json:"complete"`
	Running     bool         `json:"running"`
	Billed      bool         `json:"billed"`
	MissingDays []finops.Day `json:"missingDays"`
	States      []DayState   `json:"states"` // by day
	Lines       []int64      `json:"lines"`  // by day
	Late        []int64      `json:"late"`   // of them those of a later bill, by day; empty = none
}

// GrainDocument says how long the charge periods are.
type GrainDocument struct {
	Grain      string          `json:"grain"`
	OfUsage    bool            `json:"ofUsage"`
	Lines      LengthsDocument `json:"lines"`
	HourlyDays int             `json:"hourlyDays"`
	HourlyFrom *finops.Day     `json:"hourlyFrom"`
	HourlyTo   *finops.Day     `json:"hourlyTo"`
}

// LengthsDocument counts lines by the length of their charge period.
type LengthsDocument struct {
	Unknown int64 `json:"unknown"`
	Hour    int64 `json:"hour"`
	Day     int64 `json:"day"`
	Month   int64 `json:"month"`
	Other   int64 `json:"other"`
}

// ShareDocument says how much of the lines and of the absolute cost has something. Value is a decimal from 0 to 1, of what base says.
type ShareDocument struct {
	Code         string     `json:"code"`
	Column       string     `json:"column"`
	Value        string     `json:"value"`
	Base         string     `json:"base"`     // "of the cost of usage"
	Severity     *Severity  `json:"severity"` // null where no finding is about it
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

// ColumnsDocument says which FOCUS columns have values, which are in the files and empty, and which no file has.
type ColumnsDocument struct {
	Filled []ColumnDocument `json:"filled"`
	Empty  []string         `json:"empty"`
	Absent []string         `json:"absent"`
}

// ColumnDocument is a column with the lines that have a value.
type ColumnDocument struct {
	Name  string `json:"name"`
	Lines int64  `json:"lines"`
}

// TagKeyDocument is a tag key with what carries it.
type TagKeyDocument struct {
	Key      string     `json:"key"`
	Lines    int64      `json:"lines"`
	Currency string     `json:"currency"`
	Cost     finops.Sum `json:"cost"`
}

// UnmappedDocument is a service that says too little.
type UnmappedDocument struct {
	ServiceName     *string    `json:"ServiceName"`
	ServiceCategory *string    `json:"ServiceCategory"`
	SkuID           *string    `json:"SkuId"`
	Lines           int64      `json:"lines"`
	Currency        string     `json:"currency"`
	Cost            finops.Sum `json:"cost"`
	Reasons         []string   `json:"reasons"`
}

// QuantitiesDocument counts usage lines with a pricing and a consumed quantity.
type QuantitiesDocument struct {
	UsageLines int64 `json:"usageLines"`
	Pricing    int64 `json:"pricing"`
	Consumed   int64 `json:"consumed"`
}

// ExcessDocument counts lines with prices that contradict each other.
type ExcessDocument struct {
	Code     string     `json:"code"`
	Lines    int64      `json:"lines"`
	Currency string     `json:"currency"`
	Amount   finops.Sum `json:"amount"`
}

// DuplicatesDocument are lines that equal an earlier one.
type DuplicatesDocument struct {
	Lines       int64               `json:"lines"`
	AcrossFiles int64               `json:"acrossFiles"`
	Amounts     []AmountDocument    `json:"amounts"`
	Examples    []DuplicateDocument `json:"examples"`
}

// AmountDocument is a billed cost in one currency.
type AmountDocument struct {
	Currency string     `json:"currency"`
	Billed   finops.Sum `json:"billed"`
}

// DuplicateDocument is an example of equal lines. Lines are numbers in the workspace, files "" where they are not known.
type DuplicateDocument struct {
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

// RejectsDocument are lines that could not be read.
type RejectsDocument struct {
	Lines   int64            `json:"lines"`
	Reasons []RejectDocument `json:"reasons"`
}

// RejectDocument counts lines of a file that could not be read for one reason.
type RejectDocument struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
	Lines  int64  `json:"lines"`
}

// ProviderTotalDocument is a total of a measure that the provider gives beside the FOCUS columns.
type ProviderTotalDocument struct {
	Measure  string     `json:"measure"`
	Currency string     `json:"currency"`
	Lines    int64      `json:"lines"`
	Amount   finops.Sum `json:"amount"`
}

// FindingDocument is one thing that was looked at.
type FindingDocument struct {
	Code     string             `json:"code"`
	Severity Severity           `json:"severity"`
	Value    string             `json:"value"` // the measure in plain digits
	Unit     string             `json:"unit"`
	Amount   *finops.Sum        `json:"amount"` // absolute cost of the charges it is about; null = none, or not known
	Currency string             `json:"currency"`
	Sentence string             `json:"sentence"`
	Meaning  string             `json:"meaning"` // what it means for later analyses; "" where nothing is missing
	Action   string             `json:"action"`  // what to do at the source; "" where there is nothing to do
	Where    []finops.Condition `json:"where"`   // the charges behind it; empty where no condition finds them
	From     *finops.Day        `json:"from"`    // null = all days
	To       *finops.Day        `json:"to"`
}

// ReadinessDocument says whether the data allows an analysis.
type ReadinessDocument struct {
	Analysis  string   `json:"analysis"`
	Level     Level    `json:"level"`
	Available bool     `json:"available"` // false for an analysis that this version does not have
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
	severity := map[string]*Severity{}
	for i := range s.Findings {
		severity[s.Findings[i].Code] = &s.Findings[i].Severity
	}
	d := SetDocument{
		ID: s.ID, Provider: s.Provider, BillingAccount: s.Account, BillingAccountName: s.AccountName, Export: s.Export, Verdict: s.Verdict, Lines: s.Lines, ImportAgeDays: s.ImportAgeDays,
		Files: each(s.Files, func(f *File) FileDocument { return FileDocument{f.Path, f.Format, f.Version, f.Lines, f.Rejects} }),
		Formats: each(s.Formats, func(f *Format) FormatDocument {
			return FormatDocument{finops.FormatName(f.Format, f.Version), f.Format, f.Version, f.Files, f.Lines}
		}),
		Currencies: each(s.Currencies, func(c *Currency) CurrencyDocument {
			return CurrencyDocument{c.Code, c.Lines, c.Billed, c.Effect, c.Absolute}
		}),
		Coverage: s.Coverage.document(), Grain: s.Grain.document(), Shares: each(s.Shares, func(x *Share) ShareDocument { return x.document(severity[x.Code]) }),
		Columns: ColumnsDocument{
			Filled: each(s.Filled, func(c *Column) ColumnDocument { return ColumnDocument{c.Name, c.Known} }), Empty: each(s.Empty, nameOf), Absent: each(s.Absent, nameOf),
		},
		TagKeys: each(s.TagKeys, func(k *TagKey) TagKeyDocument { return TagKeyDocument{k.Key, k.Lines, k.Currency, k.Cost} }),
		Unmapped: each(s.Unmapped, func(u *Unmapped) UnmappedDocument {
			return UnmappedDocument{u.ServiceName, u.ServiceCategory, u.SKUID, u.Lines, u.Currency, u.Cost, full(u.Reasons)}
		}),
		UnmappedCount: s.UnmappedCount, Quantities: QuantitiesDocument{s.Quantities.Lines, s.Quantities.Pricing, s.Quantities.Consumed},
		PriceOddities: each(s.Excess, (*Excess).document), Duplicates: s.Duplicates.document(),
		Rejects: RejectsDocument{s.RejectLines, each(s.Rejects, func(r *Reject) RejectDocument { return RejectDocument{r.File, r.Reason, r.Lines} })},
		ProviderTotals: each(s.ProviderTotals, func(t *ProviderTotal) ProviderTotalDocument {
			return ProviderTotalDocument{t.Name, t.Currency, t.Known, t.Amount}
		}),
		Findings: each(s.Findings, (*Finding).document),
		Readiness: each(s.Readiness, func(r *Readiness) ReadinessDocument {
			return ReadinessDocument{r.Analysis, r.Level, r.Available, full(r.Reasons)}
		}),
	}
	if !s.ImportedAt.IsZero() {
		d.ImportedAt = new(s.ImportedAt.UTC().Format(time.RFC3339))
	}
	return d
}

func (c *Coverage) document() CoverageDocument {
	d := CoverageDocument{
		Days: c.Days, CoveredDays: c.CoveredDays, MissingDays: full(c.MissingDays), MissingMonths: full(c.MissingMonths), CompleteMonths: c.CompleteMonths, BehindDays: c.BehindDays,
		LateDays: full(c.LateDays), LateLines: c.LateLines, EarlyLines: c.EarlyLines, JudgedByDay: c.JudgedByDay,
		Months: each(c.Months, func(m *Month) MonthDocument {
			return MonthDocument{m.Month, m.Complete, m.Running, m.Billed, full(m.Missing), c.states(m), full(m.Lines), full(m.Late)}
		}),
	}
	if len(c.Months) > 0 {
		through := c.Through()
		d.FirstDay, d.LastDay, d.FirstMonth, d.LastMonth = &c.FirstDay, &through, &c.FirstMonth, &c.LastMonth
		d.Days += int(through - c.LastDay)
		d.CoveredDays += int(through - c.LastDay)
	}
	return d
}

func (g *Grain) document() GrainDocument {
	n := g.Lengths
	d := GrainDocument{
		Grain: g.Word, OfUsage: g.Usage, HourlyDays: g.Hours,
		Lines: LengthsDocument{n[finops.LengthUnknown], n[finops.LengthHour], n[finops.LengthDay], n[finops.LengthMonth], n[finops.LengthOther]},
	}
	if g.Hours > 0 {
		d.HourlyFrom, d.HourlyTo = &g.HoursFrom, &g.HoursTo
	}
	return d
}

func (s *Share) document(severity *Severity) ShareDocument {
	n, base := s.Value()
	return ShareDocument{
		s.Code, s.Column, Decimal(n), base, severity, s.Lines, s.OfLines, s.UsageLines, s.OfUsageLines, s.Currency, s.Cost, s.OfCost, s.UsageCost, s.OfUsageCost,
	}
}

func (x *Excess) document() ExcessDocument {
	code := "list_below_contracted"
	if x.Trait == ContractedBelow {
		code = "contracted_below_effective"
	}
	return ExcessDocument{code, x.Lines, x.Currency, x.Amount}
}

func (d *Duplicates) document() DuplicatesDocument {
	return DuplicatesDocument{
		d.Lines, d.AcrossFiles, each(d.Amounts, func(a *Amount) AmountDocument { return AmountDocument(*a) }),
		each(d.Examples, func(e *Duplicate) DuplicateDocument {
			return DuplicateDocument{e.Line, e.FirstLine, e.Day, e.ServiceName, e.ResourceID, e.Currency, e.Billed, e.File, e.FirstFile}
		}),
	}
}

func (f *Finding) document() FindingDocument {
	where := each(f.Where, func(c *finops.Condition) finops.Condition {
		return finops.Condition{Column: c.Column, Op: c.Op, Values: full(c.Values)}
	})
	return FindingDocument{f.Code, f.Severity, f.Value, f.Unit, f.Amount, f.Currency, f.Sentence, f.Meaning, f.Action, where, f.From, f.To}
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
