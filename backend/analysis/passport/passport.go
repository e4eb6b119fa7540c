package passport

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// Passport says what the data of a workspace is good for.
type Passport struct {
	Today finops.Day
	Whole Set // the workspace
	Sets  []Set
}

// Set is the passport of one data set, or of the workspace.
type Set struct {
	ID                             string // stays the same as long as provider, account and export do; "" for the workspace
	Provider, Account, AccountName string
	Export                         string
	Files                          []File
	Formats                        []Format
	ImportedAt                     time.Time
	ImportAgeDays                  int // since the newest import

	Verdict    string // one sentence on how far the data can be relied on
	Lines      int64
	Currencies []Currency // most lines first
	Coverage   Coverage
	Grain      Grain
	Shares     []Share

	Filled, Empty, Absent []Column // FOCUS columns: with values; in the files but never filled; in no file
	TagKeys               []TagKey // largest cost first, of the main currency
	Unmapped              []Unmapped
	UnmappedCount         int // before Unmapped was cut
	Quantities            Quantities
	Excess                []Excess
	Duplicates            Duplicates
	Rejects               []Reject // most lines first
	RejectLines           int64
	ProviderTotals        []ProviderTotal

	Findings  []Finding // problems of an unknown amount first, then by the money behind them
	Readiness []Readiness

	whole     bool // all sets together
	sets      int  // how many, of the whole
	providers int  // how many, of the whole
	groups    []Group
}

// Choose returns the data sets with a text in their name, in any case: all of them where it is "". It
// answers CodeNotFound, and names those that there are, where none has the text.
func (p *Passport) Choose(text string) ([]Set, error) {
	if text == "" {
		return p.Sets, nil
	}
	var chosen []Set
	var names []string
	for i := range p.Sets {
		names = append(names, p.Sets[i].ID)
		if strings.Contains(strings.ToLower(p.Sets[i].ID), strings.ToLower(text)) {
			chosen = append(chosen, p.Sets[i])
		}
	}
	if len(chosen) > 0 {
		return chosen, nil
	}
	if len(names) == 0 {
		return nil, finops.Errorf(finops.CodeNotFound, "The workspace has no charges yet, so there is no data set %q.", text)
	}
	return nil, finops.Errorf(finops.CodeNotFound, "No data set has %q in its name. There are: %s.", text, strings.Join(names, "; "))
}

// Traits counts the lines that have a trait.
func (s *Set) Traits(t Trait) (lines int64) {
	for _, g := range s.groups {
		if g.Traits&t != 0 {
			lines += g.Lines
		}
	}
	return lines
}

// Format counts the files of one format and version.
type Format struct {
	Format, Version string
	Files           int
	Lines           int64
}

// Currency holds the sums of one currency.
type Currency struct {
	Code     string // "" = the source names none
	Lines    int64
	Billed   *finops.Sum // nil = unknown
	Effect   *finops.Sum
	Absolute finops.Sum // sum of the absolute costs, the base of shares by cost
}

const (
	unmappedMost = 20
	tagKeysMost  = 20
	rejectsMost  = 20
)

// Build makes the passport. Sets come back ordered by provider, account and export.
func Build(f Facts) *Passport {
	facts := slices.Clone(f.Sets)
	slices.SortFunc(facts, func(a, b SetFacts) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Account, b.Account), cmp.Compare(a.Export, b.Export))
	})
	p := &Passport{Today: f.Today}
	for _, sf := range facts {
		s := measure(sf, f.Today)
		s.ID = strings.Join([]string{sf.Provider, sf.Account, sf.Export}, "/")
		s.Coverage = coverageOf(sf.Spells, f.Today)
		conclude(&s, f.Today)
		p.Sets = append(p.Sets, s)
	}
	p.Whole = whole(facts, p.Sets, f)
	return p
}

// whole is the passport of everything together.
func whole(facts []SetFacts, sets []Set, f Facts) Set {
	s := measure(merge(facts, f), f.Today)
	providers := providersOf(facts, f.Today)
	s.whole, s.sets, s.providers, s.Coverage = true, len(sets), len(providers), together(providers, sets)
	s.Findings = findings(&s, f.Today)
	s.Findings = append(s.Findings, acrossSets(sets)...)
	rank(s.Findings, s.mainCurrency())
	s.Readiness = readinessOfAll(sets)
	s.Verdict = verdict(&s)
	return s
}

func conclude(s *Set, today finops.Day) {
	s.Findings = findings(s, today)
	rank(s.Findings, s.mainCurrency())
	s.Readiness = readiness(s, today)
	s.Verdict = verdict(s)
}

// measure works out what needs no judgement.
func measure(f SetFacts, today finops.Day) Set {
	s := Set{
		Provider: f.Provider, Account: f.Account, AccountName: f.AccountName, Export: f.Export, Files: f.Files, ImportedAt: f.ImportedAt,
		Quantities: f.Quantities, Excess: f.Excess, Duplicates: f.Duplicates, ProviderTotals: f.ProviderTotals, groups: f.Groups,
	}
	if !f.ImportedAt.IsZero() {
		s.ImportAgeDays = max(0, int(today-finops.DayOfUnix(f.ImportedAt.Unix())))
	}
	s.Formats = formatsOf(f.Files)
	s.Currencies = currenciesOf(f)
	for _, c := range s.Currencies {
		s.Lines += c.Lines
	}
	s.Grain = grainOf(f.Spells)
	s.Shares = sharesOf(f.Groups, s.mainCurrency())
	s.columns(f.Columns)
	s.TagKeys = largestTags(f.TagKeys, s.mainCurrency())
	s.Unmapped, s.UnmappedCount = largestUnmapped(f.Unmapped, s.mainCurrency())
	s.rejects(f.Rejects)
	return s
}

// mainCurrency is the one with most lines; shares by cost are of it.
func (s *Set) mainCurrency() string {
	if len(s.Currencies) == 0 {
		return ""
	}
	return s.Currencies[0].Code
}

func formatsOf(files []File) []Format {
	var list []Format
	for _, f := range files {
		at := slices.IndexFunc(list, func(o Format) bool { return o.Format == f.Format && o.Version == f.Version })
		if at < 0 {
			list = append(list, Format{Format: f.Format, Version: f.Version})
			at = len(list) - 1
		}
		list[at].Files++
		list[at].Lines += f.Lines
	}
	slices.SortFunc(list, func(a, b Format) int {
		return cmp.Or(cmp.Compare(b.Lines, a.Lines), cmp.Compare(a.Format, b.Format), cmp.Compare(a.Version, b.Version))
	})
	return list
}

func currenciesOf(f SetFacts) []Currency {
	absolute := map[string]*finops.Sum{}
	for _, g := range f.Groups {
		add(absolute, g.Currency, g.Cost)
	}
	var list []Currency
	for _, t := range f.Totals {
		c := Currency{Code: t.Currency, Lines: t.Lines}
		for m, to := range map[int]**finops.Sum{0: &c.Billed, 1: &c.Effect} {
			if t.Known[m] > 0 {
				sum := t.Sums[m]
				*to = &sum
			}
		}
		if a := absolute[t.Currency]; a != nil {
			c.Absolute = *a
		}
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Currency) int { return cmp.Or(cmp.Compare(b.Lines, a.Lines), cmp.Compare(a.Code, b.Code)) })
	return list
}

func add[K comparable](m map[K]*finops.Sum, k K, sum finops.Sum) {
	if m[k] == nil {
		m[k] = &finops.Sum{}
	}
	m[k].AddSum(sum)
}

func (s *Set) columns(all []Column) {
	for _, c := range all {
		switch {
		case c.Known > 0:
			s.Filled = append(s.Filled, c)
		case c.InFiles:
			s.Empty = append(s.Empty, c)
		default:
			s.Absent = append(s.Absent, c)
		}
	}
}

func largestTags(keys []TagKey, currency string) []TagKey {
	list := slices.DeleteFunc(slices.Clone(keys), func(k TagKey) bool { return k.Currency != currency })
	slices.SortFunc(list, func(a, b TagKey) int {
		return cmp.Or(b.Cost.Cmp(a.Cost), cmp.Compare(b.Lines, a.Lines), cmp.Compare(a.Key, b.Key))
	})
	return list[:min(len(list), tagKeysMost)]
}

// largestUnmapped puts the main currency first: costs of two currencies have no order.
func largestUnmapped(all []Unmapped, currency string) (list []Unmapped, total int) {
	list = slices.Clone(all)
	rank := func(u Unmapped) string {
		if u.Currency == currency {
			return ""
		}
		return "\x00" + u.Currency
	}
	slices.SortFunc(list, func(a, b Unmapped) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), b.Cost.Cmp(a.Cost), cmp.Compare(b.Lines, a.Lines), finops.CompareValues(a.ServiceName, b.ServiceName), finops.CompareValues(a.SKUID, b.SKUID), finops.CompareValues(a.ServiceCategory, b.ServiceCategory))
	})
	return list[:min(len(list), unmappedMost)], len(all)
}

func (s *Set) rejects(all []Reject) {
	for _, f := range s.Files {
		s.RejectLines += f.Rejects
	}
	s.Rejects = slices.Clone(all)
	slices.SortFunc(s.Rejects, func(a, b Reject) int {
		return cmp.Or(cmp.Compare(b.Lines, a.Lines), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.File, b.File))
	})
	s.Rejects = s.Rejects[:min(len(s.Rejects), rejectsMost)]
}
