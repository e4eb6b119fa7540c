package desktop

import (
	"slices"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// SavingsInfo is what an examination found. AsOf is the last day that counts, "" without usage.
type SavingsInfo struct {
	AsOf        string            `json:"asOf"`
	Findings    []FindingInfo     `json:"findings"` // highest net saving first
	Totals      []SavingsTotal    `json:"totals"`   // by currency
	NotExamined []NotExaminedInfo `json:"notExamined"`
	Parts       []SavingsPart     `json:"parts"` // the totals by team, provider, effort and confidence
	Stale       bool              `json:"stale"` // something has changed since; a job looks again
}

// SavingsPart is what findings with the same value of something save, in one currency.
type SavingsPart struct {
	By       string `json:"by"`    // team, provider, effort or confidence
	Value    string `json:"value"` // "" = none
	Currency string `json:"currency"`
	Findings int    `json:"findings"`
	Net      string `json:"net"`
}

// RuleInfo is a rule that finds savings, with what a person changed about it.
type RuleInfo struct {
	ID         string              `json:"id"`
	Title      string              `json:"title"`
	Providers  []string            `json:"providers"`
	Detects    string              `json:"detects"`
	Class      string              `json:"class"`
	On         bool                `json:"on"`
	Pack       string              `json:"pack"` // that it comes from; "" = the program
	Parameters []RuleParameterInfo `json:"parameters"`
	Changed    string              `json:"changed"` // who changed it last and when; "" = nobody
}

// RuleParameterInfo is a number of a rule, an exact decimal between Least and Most.
type RuleParameterInfo struct {
	Name    string `json:"name"`
	Value   string `json:"value"`
	Default string `json:"default"`
	Unit    string `json:"unit"`
	Least   string `json:"least"`
	Most    string `json:"most"`
}

func ruleInfo(s service.RuleState) RuleInfo {
	r := s.Rule
	info := RuleInfo{ID: r.ID, Title: r.Title, Providers: r.Providers, Detects: r.Detects, Class: r.Class, On: !s.Off, Pack: s.Pack}
	info.Parameters = converted(r.Parameters, func(p savings.Parameter) RuleParameterInfo {
		return RuleParameterInfo{p.Name, p.Used(), p.Default, p.Unit, p.Least, p.Most}
	})
	newest := ""
	for _, c := range s.Changed {
		if c.ChangedAt > newest {
			newest = c.ChangedAt
			info.Changed = c.ChangedBy + ", " + c.ChangedAt[:len("2006-01-02")]
		}
	}
	return info
}

// SavingsTotal adds up what is open in one currency, for a month. Candidates are not part of it.
type SavingsTotal struct {
	Currency    string         `json:"currency"`
	MonthlyCost string         `json:"monthlyCost"`
	Gross       string         `json:"gross"`
	Absorbed    string         `json:"absorbed"`
	Overlap     string         `json:"overlap"`
	Net         string         `json:"net"`
	Candidates  string         `json:"candidates"` // net saving of what the bill alone cannot decide
	Stages      []SavingsStage `json:"stages"`     // what makes Net, in the order in which it is taken
	Remaining   string         `json:"remaining"`  // MonthlyCost less Net
}

// SavingsStage is the net saving of one kind of action.
type SavingsStage struct {
	Stage    string `json:"stage"` // terminate, schedule, modernise, tier or commit
	Findings int    `json:"findings"`
	Net      string `json:"net"`
}

// FindingInfo is something that the client could stop paying for. Amounts are of a month; null where they are not known.
type FindingInfo struct {
	ID             string          `json:"id"`
	Rule           string          `json:"rule"`
	RuleVersion    int             `json:"ruleVersion"`
	Title          string          `json:"title"`
	State          FindingState    `json:"state"`
	Small          bool            `json:"small"`     // below a thousandth of what a month costs
	Candidate      bool            `json:"candidate"` // the bill alone cannot decide; the amounts are an upper bound
	Confidence     string          `json:"confidence"`
	Stage          string          `json:"stage"`
	Effort         string          `json:"effort"`
	Provider       string          `json:"provider"`
	BillingAccount string          `json:"billingAccount"`
	SubAccount     string          `json:"subAccount"`
	Region         string          `json:"region"`
	Service        string          `json:"service"`
	ResourceID     string          `json:"resourceId"`
	Currency       string          `json:"currency"`
	Gross          *string         `json:"gross"`
	Absorbed       *string         `json:"absorbed"` // stays on the bill, since a commitment pays for it
	Overlap        *string         `json:"overlap"`  // another finding has it
	Net            *string         `json:"net"`
	Prices         []PriceInfo     `json:"prices"`    // that it rests on beside its charge lines
	Why            string          `json:"why"`       // what documents of the client say; "" = nothing
	Documents      []ReferenceInfo `json:"documents"` // that say it
	Advised        []AdvisedInfo   `json:"advised"`   // what the provider itself recommends for the resource
	LookbackDays   int             `json:"lookbackDays"`
	Lines          int             `json:"lines"`
	FirstDay       string          `json:"firstDay"`
	LastDay        string          `json:"lastDay"`
	Where          finops.Filter   `json:"where"` // its charge lines
	Team           string          `json:"team"`  // that the resource belongs to; "" = unknown
	Decision       Decision        `json:"decision"`
	Progress       *ProgressInfo   `json:"progress"` // null = nobody decided anything
	Score          *string         `json:"score"`    // net saving × confidence ÷ effort; null = it has no rank
	Sentence       string          `json:"sentence"` // what the evidence shows and what follows
}

// ReferenceInfo names a document of the client.
type ReferenceInfo struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
	Day  string `json:"day"`
}

// AdvisedInfo is a recommendation of the provider beside a finding. Monthly is null where it names no amount.
type AdvisedInfo struct {
	Document   ReferenceInfo `json:"document"`
	Said       string        `json:"said"`
	Monthly    *string       `json:"monthly"`
	Currency   string        `json:"currency"`
	Difference string        `json:"difference"` // why it is not what the finding says
}

func referenceInfo(r savings.Reference) ReferenceInfo {
	return ReferenceInfo{r.Name, string(r.Kind), r.Day.String()}
}

func advisedInfo(a savings.Advised) AdvisedInfo {
	info := AdvisedInfo{Document: referenceInfo(a.Document), Said: a.Said, Currency: a.Currency, Difference: a.Difference}
	if a.Monthly != nil {
		text := a.Monthly.String()
		info.Monthly = &text
	}
	return info
}

// PriceInfo is a price that a finding rests on. Date is "" where the source has none.
type PriceInfo struct {
	Of     string `json:"of"`
	Value  string `json:"value"`
	Unit   string `json:"unit"`
	Date   string `json:"date"`
	Source string `json:"source"`
}

// FindingState says how a finding stands; only open ones are in the totals.
type FindingState string

// The states of findings.
const (
	FindingOpen        FindingState = "open"
	FindingBelowFloor  FindingState = "belowFloor"  // saves less than 1.00 a month
	FindingUnpriceable FindingState = "unpriceable" // its lines have no effective cost
	FindingReview      FindingState = "review"      // the bill shows what to look at, not what it saves
	FindingRefuted     FindingState = "refuted"     // a document of the client says that it is none
	FindingSuperseded  FindingState = "superseded"  // another check has the resource
)

// NotExaminedInfo is a rule that could not be examined, with the reasons.
type NotExaminedInfo struct {
	Rule     string   `json:"rule"`
	Provider string   `json:"provider"`
	Reasons  []string `json:"reasons"`
}

// EvidenceInfo proves a finding, and says what its rule knows.
type EvidenceInfo struct {
	Detects       string        `json:"detects"`
	RestsOn       string        `json:"restsOn"`
	RefutedBy     string        `json:"refutedBy"`
	Console       string        `json:"console"`
	CLI           string        `json:"cli"`
	Terraform     string        `json:"terraform"`
	Reversibility string        `json:"reversibility"`
	Sources       []string      `json:"sources"`
	Formula       string        `json:"formula"`
	Steps         []SavingsStep `json:"steps"` // from the charge lines to the net saving
}

// SavingsStep is a step of the calculation. Amount is a decimal, or a fraction where that would be rounded.
type SavingsStep struct {
	Label  string `json:"label"`
	Amount string `json:"amount"`
}

func savingsInfo(r *savings.Result, tracked []service.TrackedFinding) SavingsInfo {
	info := SavingsInfo{AsOf: dayText(r.AsOf), Findings: converted(r.Findings, findingInfo), Totals: []SavingsTotal{}}
	progress := map[string]*ProgressInfo{}
	for i := range tracked {
		progress[tracked[i].ID] = new(progressInfo(&tracked[i]))
	}
	for i, f := range r.Findings {
		info.Findings[i].Small, info.Findings[i].Progress = service.SmallFinding(r, f), progress[f.ID]
	}
	info.NotExamined = converted(r.NotExamined, func(n savings.NotExamined) NotExaminedInfo { return NotExaminedInfo{n.Rule, n.Provider, n.Reasons} })
	info.Parts = converted(service.SavingsParts(r), func(p service.SavingsPart) SavingsPart {
		return SavingsPart{p.By, p.Value, p.Currency, p.Findings, p.Net.String()}
	})
	for _, t := range service.SavingsTotals(r) {
		stages := converted(t.Stages, func(s service.SavingsStage) SavingsStage { return SavingsStage{s.Stage, s.Findings, s.Net.String()} })
		info.Totals = append(info.Totals, SavingsTotal{
			t.Currency, t.MonthlyCost.String(), t.Gross.String(), t.Absorbed.String(), t.Overlap.String(), t.Net.String(), t.Candidates.String(), stages, t.Remaining.String(),
		})
	}
	return info
}

func findingInfo(f *savings.Finding) FindingInfo {
	decision := DecisionOpen
	if f.Decision != "" {
		decision = Decision(f.Decision)
	}
	return FindingInfo{
		ID: f.ID, Rule: f.Rule.ID, RuleVersion: f.Rule.Version, Title: f.Rule.Title, State: FindingState(f.State), Candidate: f.Class == savings.Candidate, Confidence: f.Confidence,
		Stage: f.Rule.Stage, Effort: f.Rule.Effort, Provider: f.Provider, BillingAccount: f.BillingAccount, SubAccount: f.SubAccount, Region: f.Region, Service: f.Service,
		ResourceID: f.ResourceID, Currency: f.Currency, Gross: amountText(f.Gross), Absorbed: amountText(f.Absorbed), Overlap: amountText(f.Overlap), Net: amountText(f.Net),
		Prices: converted(f.Prices, func(p savings.Price) PriceInfo { return PriceInfo(p) }), Why: f.Why, Documents: converted(f.Documents, referenceInfo), Advised: converted(f.Advised, advisedInfo), LookbackDays: f.LookbackDays, Lines: f.Lines, FirstDay: f.FirstDay.String(), LastDay: f.LastDay.String(), Where: treeOf(f.Where),
		Team: f.Team, Decision: decision, Score: amountText(f.Score()), Sentence: f.Sentence(),
	}
}

func evidenceInfo(f *savings.Finding, e *savings.Evidence) EvidenceInfo {
	r := f.Rule
	return EvidenceInfo{
		Detects: r.Detects, RestsOn: r.RestsOn, RefutedBy: r.RefutedBy, Console: r.Fix.Console, CLI: r.Fix.CLI, Terraform: r.Fix.Terraform, Reversibility: r.Reversibility,
		Sources: append([]string{}, slices.Clone(r.Sources)...), Formula: e.Formula, Steps: converted(e.Steps, func(s savings.Step) SavingsStep { return SavingsStep{s.Label, s.Amount} }),
	}
}
