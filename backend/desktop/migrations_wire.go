package desktop

import (
	"maps"
	"slices"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/service"
)

// MigrationFormat says how an assessment is written to a file.
type MigrationFormat string

// The formats of an assessment.
const (
	FormatCSV      MigrationFormat = "csv"
	FormatXLSX     MigrationFormat = "xlsx"
	FormatProject  MigrationFormat = "project"  // the plan, as XML of Microsoft Project
	FormatCalendar MigrationFormat = "calendar" // the plan, as an iCalendar file
)

// AssessmentInfo is an assessment of the workspace as the list shows it.
type AssessmentInfo struct {
	Name      string            `json:"name"`
	Version   int64             `json:"version"`
	Step      string            `json:"step"` // of the form, where the person was; "" = the first one
	Workloads int               `json:"workloads"`
	Wrong     int               `json:"wrong"` // how many fields are wrong today
	ChangedAt string            `json:"changedAt"`
	ChangedBy string            `json:"changedBy"`
	Made      *service.MadeInfo `json:"made"` // null = it was not assessed yet
	Outdated  bool              `json:"outdated"`
	Standing  []StandingEntry   `json:"standing"` // the providers of the newest result, in its order
}

// StandingEntry is what one provider comes to; null is not known, or not eligible for a score.
type StandingEntry struct {
	Provider     string  `json:"provider"`
	Eligible     bool    `json:"eligible"`
	Score        *string `json:"score"`
	Monthly      *string `json:"monthly"`
	OneOff       *string `json:"oneOff"`
	NPV          *string `json:"npv"`
	PaybackMonth *string `json:"paybackMonth"`
	Stars        int     `json:"stars"`
}

// AssessmentDraft is an assessment with everything that the form needs.
type AssessmentDraft struct {
	Name      string           `json:"name"`
	Version   int64            `json:"version"`
	Step      string           `json:"step"`
	Profile   string           `json:"profile"` // JSON with the fields of the table of rules; it may have wrong ones
	Wrong     []FieldProblem   `json:"wrong"`
	Origin    *migration.Draft `json:"origin"` // null = a person wrote it
	ChangedAt string           `json:"changedAt"`
	ChangedBy string           `json:"changedBy"`
}

// FieldProblem is a field that breaks a rule.
type FieldProblem struct {
	Path    string `json:"path"` // such as workloads[2].vcpu, counted from 0
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// SavedDraft is what became of a draft.
type SavedDraft struct {
	Version int64          `json:"version"`
	Wrong   []FieldProblem `json:"wrong"`
}

// MigrationForm is what the form of an assessment can be filled with.
type MigrationForm struct {
	Rules       []migration.Rule       `json:"rules"`
	Countries   []string               `json:"countries"`
	Geos        []GeoInfo              `json:"geos"`
	Regions     []RegionInfo           `json:"regions"` // with prices
	Services    []ServiceInfo          `json:"services"`
	Frameworks  []string               `json:"frameworks"`
	Suggestions []migration.Suggestion `json:"suggestions"`
	Templates   []TemplateInfo         `json:"templates"`
	Today       string                 `json:"today"`
}

// GeoInfo is a place and its country.
type GeoInfo struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Country string `json:"country"`
}

// RegionInfo is a region of a provider.
type RegionInfo struct {
	Provider string `json:"provider"`
	Name     string `json:"name"`
	Location string `json:"location"`
}

// ServiceInfo is a service that the three providers have alike.
type ServiceInfo struct {
	Key        string `json:"key"`
	Capability string `json:"capability"`
	Category   string `json:"category"`
}

// TemplateInfo is an estate to start from.
type TemplateInfo struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	About string `json:"about"`
	Lines int    `json:"lines"`
}

// WorkloadLines are lines that were read from a table of machines.
type WorkloadLines struct {
	Kind   string         `json:"kind"`  // lines, rvtools or azure_migrate
	Lines  string         `json:"lines"` // JSON, a list of workloads
	Count  int            `json:"count"`
	Wrong  []FieldProblem `json:"wrong"` // cells; paths such as row 5, vcpu
	Unused []string       `json:"unused"`
	Off    []string       `json:"off"` // machines that are switched off, which become none
}

// AssessmentReview is what stands in the way of an assessment, and what is not known, before it is made.
type AssessmentReview struct {
	Warnings   []string               `json:"warnings"`
	Gaps       []migration.Gap        `json:"gaps"`
	Providers  []ReviewProvider       `json:"providers"`
	PriceBook  string                 `json:"priceBook"`
	OldestAsOf string                 `json:"oldestAsOf"`
	Tables     []PriceTable           `json:"tables"`
	Unpriced   []migration.NotCounted `json:"unpriced"` // lines that no total would have
}

// ReviewProvider is what is known of a provider before an assessment is made.
type ReviewProvider struct {
	Provider string           `json:"provider"`
	Region   string           `json:"region"` // "" = none
	Why      string           `json:"why"`    // of the region
	Stars    int              `json:"stars"`
	Gates    []migration.Gate `json:"gates"`
}

// PriceTable is the oldest figure that is used of a table.
type PriceTable struct {
	Name string `json:"name"`
	AsOf string `json:"asOf"`
}

// AssessmentResult is what an assessment came to the last time.
type AssessmentResult struct {
	Name     string             `json:"name"`
	Version  int64              `json:"version"` // of the assessment, for changes of its tasks
	Made     service.MadeInfo   `json:"made"`
	Outdated bool               `json:"outdated"` // the profile or the price tables changed since
	Result   migration.Result   `json:"result"`
	Tasks    []TaskInfo         `json:"tasks"`
	Origin   *migration.Draft   `json:"origin"`
	Results  []service.MadeInfo `json:"results"` // all that can be compared, the newest first
}

// PriceInfo says with which prices assessments are made, and where newer ones would be asked for.
type PriceInfo struct {
	PriceBook string               `json:"priceBook"` // version
	Read      []service.ReadRegion `json:"read"`      // regions whose prices were read from the providers
	Needed    []service.ReadRegion `json:"needed"`    // regions in which the assessment is priced
	Offline   bool                 `json:"offline"`   // the workspace refuses every call
}

// TaskInfo is a phase of the plan with what a person decided about it.
type TaskInfo struct {
	Phase    string   `json:"phase"`
	Title    string   `json:"title"`
	Kind     string   `json:"kind"`
	Start    string   `json:"start"`
	End      string   `json:"end"` // the day by which it is done
	Planned  string   `json:"planned"`
	Moved    int      `json:"moved"` // days, by the person
	Done     bool     `json:"done"`
	Note     string   `json:"note"`
	Gate     string   `json:"gate"`
	Lines    []string `json:"lines"`
	Rollback []string `json:"rollback"`
	Critical bool     `json:"critical"`
	After    string   `json:"after"` // the phase that it waits for; "" = none
}

// TaskChange is what a person decides about a phase.
type TaskChange struct {
	Title string `json:"title"` // "" = the name of the phase
	Note  string `json:"note"`
	Moved int    `json:"moved"` // days
	Done  bool   `json:"done"`
}

// WhatIf is what a question of what would be if assumes.
type WhatIf struct {
	Cost        int    `json:"cost"` // weights of the score, which sum to 100
	Services    int    `json:"services"`
	Compliance  int    `json:"compliance"`
	Performance int    `json:"performance"`
	Egress      int    `json:"egress"`   // percent of the internet egress of the profile
	Labour      int    `json:"labour"`   // percent of the hours
	Discount    int    `json:"discount"` // percent off all prices of the destination
	Capital     string `json:"capital"`  // percent a year
}

// AssessmentChanges is how one result differs from another.
type AssessmentChanges struct {
	Before service.MadeInfo       `json:"before"`
	After  service.MadeInfo       `json:"after"`
	Lines  []migration.LineChange `json:"lines"`
}

func fieldProblems(wrong migration.FieldErrors) []FieldProblem {
	return wire.Each(wrong, func(e migration.FieldError) FieldProblem { return FieldProblem{e.Path, e.Rule, e.Message} })
}

func standingEntries(r *migration.Result) []StandingEntry {
	entries := []StandingEntry{}
	text := func(a *finops.Amount) *string {
		if a == nil {
			return nil
		}
		return new(a.String())
	}
	for i := range r.Providers {
		p := &r.Providers[i]
		e := StandingEntry{Provider: p.Provider, Eligible: p.Eligible, OneOff: text(p.OneOff), NPV: text(p.NPV), Stars: p.Confidence.Stars}
		if p.Score != nil {
			e.Score = new(p.Score.Total.String())
		}
		if p.Monthly != nil {
			e.Monthly = new(p.Monthly.Total.String())
		}
		if p.PaybackMonth != nil {
			e.PaybackMonth = new(p.PaybackMonth.String())
		}
		entries = append(entries, e)
	}
	return entries
}

func assessmentDraft(a *service.Assessment, wrong migration.FieldErrors) AssessmentDraft {
	return AssessmentDraft{
		Name: a.Name, Version: a.Version, Step: a.Step, Profile: string(a.Profile), Wrong: fieldProblems(wrong), Origin: a.Origin,
		ChangedAt: wire.Instant(a.ChangedAt), ChangedBy: a.ChangedBy,
	}
}

func assessmentReview(r *service.Review) AssessmentReview {
	info := AssessmentReview{
		Warnings: wire.List(r.Result.Warnings), Gaps: wire.List(r.Gaps), Providers: []ReviewProvider{}, PriceBook: r.Result.PriceBook.Version, OldestAsOf: r.Result.PriceBook.OldestAsOf,
		Tables: []PriceTable{}, Unpriced: wire.List(r.Result.NotCounted),
	}
	for i := range r.Result.Providers {
		p := &r.Result.Providers[i]
		one := ReviewProvider{Provider: p.Provider, Why: p.RegionReason, Stars: p.Confidence.Stars, Gates: wire.List(p.Gates)}
		if p.Region != nil {
			one.Region = *p.Region
		}
		info.Providers = append(info.Providers, one)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Result.PriceBook.Tables)) {
		info.Tables = append(info.Tables, PriceTable{name, r.Result.PriceBook.Tables[name]})
	}
	return info
}

func taskInfos(plan *migration.Plan, edits map[string]migration.TaskEdit) []TaskInfo {
	return wire.Each(plan.Tasks(edits), func(t migration.Task) TaskInfo {
		info := TaskInfo{
			Phase: t.Name, Title: t.Title(), Kind: t.Kind, Start: t.Start.String(), End: t.End.String(), Planned: t.Planned.String(), Moved: t.Edit.Moved, Done: t.Edit.Done,
			Note: t.Edit.Note, Gate: t.Gate, Lines: wire.List(t.Lines), Rollback: wire.List(t.Rollback), Critical: slices.Contains(plan.CriticalPath, t.Name),
		}
		if t.After != nil {
			info.After = *t.After
		}
		return info
	})
}

func migrationForm(book *pricebook.Book, templates []migration.Template, today finops.Day) MigrationForm {
	form := MigrationForm{Rules: migration.Rules(), Countries: migration.Countries(), Regions: []RegionInfo{}, Frameworks: []string{}, Suggestions: migration.Suggestions(), Today: today.String()}
	form.Geos = wire.Each(book.Geos(), func(g pricebook.Geo) GeoInfo { return GeoInfo{g.ID, g.Name, g.Country} })
	form.Services = wire.Each(book.Services(), func(s pricebook.Service) ServiceInfo { return ServiceInfo{s.Key, s.Capability, s.Category} })
	for _, r := range book.Regions() {
		if r.HasCompute {
			form.Regions = append(form.Regions, RegionInfo{r.Provider, r.Name, r.Location})
		}
	}
	for _, a := range book.Attestations() {
		form.Frameworks = append(form.Frameworks, a.Framework)
	}
	slices.Sort(form.Frameworks)
	form.Frameworks = slices.Compact(form.Frameworks)
	form.Templates = wire.Each(templates, func(t migration.Template) TemplateInfo {
		return TemplateInfo{t.Name, t.Title, t.About, len(t.Workloads)}
	})
	return form
}
