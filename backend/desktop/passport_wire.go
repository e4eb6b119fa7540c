package desktop

import (
	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
)

// DataPassport says what the data of a workspace is good for. Whole is the workspace.
type DataPassport struct {
	Today string    `json:"today"`
	Whole DataSet   `json:"whole"`
	Sets  []DataSet `json:"sets"`
}

// DataSet is the passport of one data set.
type DataSet struct {
	ID            string          `json:"id"` // "" for the workspace as a whole
	Provider      string          `json:"provider"`
	Account       string          `json:"account"`
	AccountName   string          `json:"accountName"`
	Export        string          `json:"export"`
	Lines         int64           `json:"lines"`
	ImportedAt    string          `json:"importedAt"`
	ImportAgeDays int             `json:"importAgeDays"`
	Files         int             `json:"files"`
	Formats       []DataFormat    `json:"formats"`
	Currencies    []DataCurrency  `json:"currencies"` // most lines first
	Coverage      DataCoverage    `json:"coverage"`
	Grain         DataGrain       `json:"grain"`
	Shares        []DataShare     `json:"shares"`
	Filled        []string        `json:"filled"`
	Empty         []string        `json:"empty"`
	Absent        []string        `json:"absent"`
	TagKeys       []DataTagKey    `json:"tagKeys"`
	Unmapped      []DataUnmapped  `json:"unmapped"`
	UnmappedCount int             `json:"unmappedCount"`
	Duplicates    DataDuplicates  `json:"duplicates"`
	Rejects       []DataReject    `json:"rejects"`
	RejectLines   int64           `json:"rejectLines"`
	ProviderSums  []DataSum       `json:"providerSums"`
	Findings      []DataFinding   `json:"findings"` // worst first
	Readiness     []DataReadiness `json:"readiness"`
}

// DataFormat counts the files of one format and version.
type DataFormat struct {
	Format  string `json:"format"`
	Version string `json:"version"`
	Files   int    `json:"files"`
	Lines   int64  `json:"lines"`
}

// DataCurrency holds the sums of one currency.
type DataCurrency struct {
	Code   string  `json:"code"`
	Lines  int64   `json:"lines"`
	Billed *string `json:"billed"`
	Effect *string `json:"effective"`
}

// DataCoverage says which days and months are held; days "" = none.
type DataCoverage struct {
	FirstDay       string      `json:"firstDay"`
	LastDay        string      `json:"lastDay"`
	Days           int         `json:"days"`
	MissingDays    int         `json:"missingDays"`
	MissingMonths  []string    `json:"missingMonths"`
	CompleteMonths int         `json:"completeMonths"`
	BehindDays     int         `json:"behindDays"`
	LateLines      int64       `json:"lateLines"`
	JudgedByDay    bool        `json:"judgedByDay"`
	Months         []DataMonth `json:"months"`
}

// DataMonth is a month, day by day.
type DataMonth struct {
	Month    string    `json:"month"`
	Complete bool      `json:"complete"`
	Running  bool      `json:"running"`
	Billed   bool      `json:"billed"`
	Days     []DataDay `json:"days"`
}

// DataDay is a day of the coverage.
type DataDay struct {
	State DayState `json:"state"`
	Lines int64    `json:"lines"`
	Late  int64    `json:"late"`
}

// DayState says what is known of a day.
type DayState string

const (
	dayCovered DayState = "covered"
	dayMissing DayState = "missing"
	dayLate    DayState = "late"    // only charges of a later bill
	dayOutside DayState = "outside" // not part of the span
)

// DataGrain says how long the charge periods are.
type DataGrain struct {
	Word       string `json:"word"`
	HourlyDays int    `json:"hourlyDays"`
	Hour       int64  `json:"hour"`
	Day        int64  `json:"day"`
	Month      int64  `json:"month"`
	Other      int64  `json:"other"`
}

// DataShare says how much has something. Value is a decimal from 0 to 1.
type DataShare struct {
	Code         string             `json:"code"`
	Column       string             `json:"column"`
	Value        string             `json:"value"`
	Base         string             `json:"base"`     // what it is a share of: "of the cost of usage"
	Severity     *passport.Severity `json:"severity"` // null where no finding is about it
	Lines        int64              `json:"lines"`
	OfLines      int64              `json:"ofLines"`
	UsageLines   int64              `json:"usageLines"`
	OfUsageLines int64              `json:"ofUsageLines"`
	Currency     string             `json:"currency"`
	Cost         string             `json:"cost"` // absolute: credits count without their sign
	OfCost       string             `json:"ofCost"`
	UsageCost    string             `json:"usageCost"`
	OfUsageCost  string             `json:"ofUsageCost"`
}

// DataTagKey is a tag key with what carries it.
type DataTagKey struct {
	Key      string `json:"key"`
	Lines    int64  `json:"lines"`
	Currency string `json:"currency"`
	Cost     string `json:"cost"`
}

// DataUnmapped is a service that says too little.
type DataUnmapped struct {
	ServiceName     *string  `json:"serviceName"`
	ServiceCategory *string  `json:"serviceCategory"`
	SkuID           *string  `json:"skuId"`
	Lines           int64    `json:"lines"`
	Currency        string   `json:"currency"`
	Cost            string   `json:"cost"`
	Reasons         []string `json:"reasons"`
}

// DataDuplicates are lines that equal an earlier one.
type DataDuplicates struct {
	Lines       int64           `json:"lines"`
	AcrossFiles int64           `json:"acrossFiles"`
	Amounts     []DataSum       `json:"amounts"`
	Examples    []DataDuplicate `json:"examples"`
}

// DataDuplicate is an example of equal lines.
type DataDuplicate struct {
	Line        int64   `json:"line"`
	FirstLine   int64   `json:"firstLine"`
	Day         string  `json:"day"`
	ServiceName *string `json:"serviceName"`
	ResourceID  *string `json:"resourceId"`
	Currency    string  `json:"currency"`
	Billed      *string `json:"billed"`
	File        string  `json:"file"`
	FirstFile   string  `json:"firstFile"`
}

// DataSum is a named amount in one currency.
type DataSum struct {
	Name     string `json:"name"`
	Currency string `json:"currency"`
	Amount   string `json:"amount"`
}

// DataReject counts lines of a file that could not be read.
type DataReject struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
	Lines  int64  `json:"lines"`
}

// DataFinding is one thing that was looked at. From and To "" = all days.
type DataFinding struct {
	Code     string             `json:"code"`
	Severity passport.Severity  `json:"severity"`
	Value    string             `json:"value"` // the measure in plain digits
	Unit     string             `json:"unit"`
	Sentence string             `json:"sentence"`
	Meaning  string             `json:"meaning"` // what it means for later analyses; "" where nothing is missing
	Action   string             `json:"action"`  // what to do at the source; "" where there is nothing to do
	Where    []finops.Condition `json:"where"`   // the charges behind it; empty where no condition finds them
	From     string             `json:"from"`
	To       string             `json:"to"`
}

// DataReadiness says whether the data allows an analysis.
type DataReadiness struct {
	Analysis string         `json:"analysis"`
	Level    passport.Level `json:"level"`
	Reasons  []string       `json:"reasons"`
}

func dataPassport(p *passport.Passport) DataPassport {
	return DataPassport{Today: p.Today.String(), Whole: dataSet(&p.Whole), Sets: converted(p.Sets, func(s passport.Set) DataSet { return dataSet(&s) })}
}

func dataSet(s *passport.Set) DataSet {
	severity := map[string]*passport.Severity{}
	for _, f := range s.Findings {
		severity[f.Code] = &f.Severity
	}
	return DataSet{
		ID: s.ID, Provider: s.Provider, Account: s.Account, AccountName: s.AccountName, Export: s.Export, Lines: s.Lines,
		ImportedAt: instant(s.ImportedAt), ImportAgeDays: s.ImportAgeDays, Files: len(s.Files),
		Formats: converted(s.Formats, func(f passport.Format) DataFormat { return DataFormat{f.Format, f.Version, f.Files, f.Lines} }),
		Currencies: converted(s.Currencies, func(c passport.Currency) DataCurrency {
			return DataCurrency{c.Code, c.Lines, amount(c.Billed), amount(c.Effect)}
		}),
		Coverage: dataCoverage(s.Coverage),
		Grain: DataGrain{
			s.Grain.Word, s.Grain.Hours, s.Grain.Lengths[finops.LengthHour], s.Grain.Lengths[finops.LengthDay], s.Grain.Lengths[finops.LengthMonth],
			s.Grain.Lengths[finops.LengthOther] + s.Grain.Lengths[finops.LengthUnknown],
		},
		Shares: converted(s.Shares, func(x passport.Share) DataShare { return dataShare(&x, severity[x.Code]) }),
		Filled: columnNames(s.Filled), Empty: columnNames(s.Empty), Absent: columnNames(s.Absent),
		TagKeys: converted(s.TagKeys, func(k passport.TagKey) DataTagKey {
			return DataTagKey{k.Key, k.Lines, k.Currency, k.Cost.String()}
		}),
		Unmapped: converted(s.Unmapped, func(u passport.Unmapped) DataUnmapped {
			return DataUnmapped{u.ServiceName, u.ServiceCategory, u.SKUID, u.Lines, u.Currency, u.Cost.String(), list(u.Reasons)}
		}),
		UnmappedCount: s.UnmappedCount, Duplicates: dataDuplicates(s.Duplicates), RejectLines: s.RejectLines,
		Rejects: converted(s.Rejects, func(r passport.Reject) DataReject { return DataReject{r.File, r.Reason, r.Lines} }),
		ProviderSums: converted(s.ProviderTotals, func(t passport.ProviderTotal) DataSum {
			return DataSum{t.Name, t.Currency, t.Amount.String()}
		}),
		Findings: converted(s.Findings, dataFinding),
		Readiness: converted(s.Readiness, func(r passport.Readiness) DataReadiness {
			return DataReadiness{r.Analysis, r.Level, list(r.Reasons)}
		}),
	}
}

func columnNames(columns []passport.Column) []string {
	return converted(columns, func(c passport.Column) string { return c.Name })
}

func dataShare(x *passport.Share, severity *passport.Severity) DataShare {
	n, base := x.Value()
	return DataShare{
		x.Code, x.Column, passport.Decimal(n), base, severity, x.Lines, x.OfLines, x.UsageLines, x.OfUsageLines,
		x.Currency, x.Cost.String(), x.OfCost.String(), x.UsageCost.String(), x.OfUsageCost.String(),
	}
}

func dataDuplicates(d passport.Duplicates) DataDuplicates {
	return DataDuplicates{
		Lines: d.Lines, AcrossFiles: d.AcrossFiles,
		Amounts: converted(d.Amounts, func(a passport.Amount) DataSum { return DataSum{"BilledCost", a.Currency, a.Billed.String()} }),
		Examples: converted(d.Examples, func(e passport.Duplicate) DataDuplicate {
			var billed *string
			if e.Billed != nil {
				text := e.Billed.String()
				billed = &text
			}
			return DataDuplicate{e.Line, e.FirstLine, e.Day.String(), e.ServiceName, e.ResourceID, e.Currency, billed, e.File, e.FirstFile}
		}),
	}
}

func dataCoverage(c passport.Coverage) DataCoverage {
	w := DataCoverage{
		Days: c.Days, MissingDays: len(c.MissingDays), MissingMonths: converted(c.MissingMonths, finops.Month.String), CompleteMonths: c.CompleteMonths,
		BehindDays: c.BehindDays, LateLines: c.LateLines, JudgedByDay: c.JudgedByDay,
		Months: converted(c.Months, func(m passport.Month) DataMonth { return dataMonth(&c, m) }),
	}
	if len(c.Months) > 0 {
		w.FirstDay, w.LastDay = c.FirstDay.String(), c.LastDay.String()
	}
	return w
}

func dataMonth(c *passport.Coverage, m passport.Month) DataMonth {
	w := DataMonth{Month: m.Month.String(), Complete: m.Complete, Running: m.Running, Billed: m.Billed, Days: make([]DataDay, len(m.Lines))}
	for i, lines := range m.Lines {
		d := DataDay{State: dayCovered, Lines: lines}
		if m.Late != nil {
			d.Late = m.Late[i]
		}
		switch day := m.Month.First() + finops.Day(i); {
		case day < c.FirstDay || day > c.LastDay:
			d.State = dayOutside
		case d.Late > 0 && d.Late == lines:
			d.State = dayLate
		}
		w.Days[i] = d
	}
	for _, missing := range m.Missing {
		w.Days[missing-m.Month.First()].State = dayMissing
	}
	return w
}

func dataFinding(f passport.Finding) DataFinding {
	w := DataFinding{Code: f.Code, Severity: f.Severity, Value: f.Value, Unit: f.Unit, Sentence: f.Sentence, Meaning: f.Meaning, Action: f.Action}
	w.Where = converted(f.Where, func(c finops.Condition) finops.Condition {
		return finops.Condition{Column: c.Column, Op: c.Op, Values: list(c.Values)}
	})
	if f.From != nil {
		w.From = f.From.String()
	}
	if f.To != nil {
		w.To = f.To.String()
	}
	return w
}
