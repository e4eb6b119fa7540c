package service

import (
	"maps"
	"slices"
	"time"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/store"
)

// FindingInfo is something that the client could stop paying for. Amounts are of a month; null where they are not known.
type FindingInfo struct {
	ID             string          `json:"id"`
	Rule           string          `json:"rule"`
	RuleVersion    int             `json:"ruleVersion"`
	Title          string          `json:"title"`
	Class          string          `json:"class"`     // B, BP with prices beside the bill, I or M with a document of the client, or B~ where nothing decides
	Candidate      bool            `json:"candidate"` // of class B~: the amounts are an upper bound
	Confidence     string          `json:"confidence"`
	State          savings.State   `json:"state"`         // what was decided, else how it was found
	Found          FindingState    `json:"found"`         // only open ones are in the totals
	Decision       Decision        `json:"decision"`      // open where nobody decided anything
	Small          bool            `json:"small" cli:"-"` // below a thousandth of what a month costs
	Stage          string          `json:"stage"`
	Effort         string          `json:"effort"`
	Provider       string          `json:"provider"`
	BillingAccount string          `json:"billingAccount" cli:"null"`
	SubAccount     string          `json:"subAccount" cli:"null"`
	Region         string          `json:"region" cli:"null"`
	Service        string          `json:"service" cli:"null"`
	ResourceID     string          `json:"resourceId" cli:"null"`
	Team           string          `json:"team" cli:"null"` // that the resource belongs to; "" = unknown
	Currency       string          `json:"currency"`
	Gross          *finops.Amount  `json:"monthlyGross"`
	Absorbed       *finops.Amount  `json:"monthlyAbsorbed"` // stays on the bill, since a commitment pays for it
	Overlap        *finops.Amount  `json:"monthlyOverlap"`  // another finding has it
	Net            *finops.Amount  `json:"monthlyNet"`
	Score          *finops.Amount  `json:"score"` // net saving × confidence ÷ effort; null = it has no rank
	LookbackDays   int             `json:"lookbackDays"`
	Lines          int             `json:"lines"`
	FirstDay       finops.Day      `json:"firstDay"`
	LastDay        finops.Day      `json:"lastDay"`
	Where          finops.Filter   `json:"where"`          // its charge lines
	Prices         []savings.Price `json:"prices"`         // that it rests on beside its charge lines
	Why            string          `json:"why" cli:"null"` // what documents of the client say; "" = nothing
	Documents      []ReferenceInfo `json:"documents"`      // that say it
	Advised        []AdvisedInfo   `json:"providerSays"`   // what the provider itself recommends for the resource
	Progress       *ProgressInfo   `json:"progress"`       // null = nobody decided anything
	Sentence       string          `json:"sentence"`       // what the evidence shows and what follows
}

// FindingState says how a finding was found; only open ones are in the totals.
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

// Decision is what a person decided about a finding.
type Decision string

// The decisions.
const (
	DecisionOpen      Decision = "open"
	DecisionAccepted  Decision = "accepted"
	DecisionPlanned   Decision = "planned"
	DecisionDone      Decision = "done"
	DecisionDismissed Decision = "dismissed"
)

// ReferenceInfo names a document of the client.
type ReferenceInfo struct {
	Document string     `json:"document"`
	Kind     string     `json:"kind"`
	Day      finops.Day `json:"day"`
}

// AdvisedInfo is a recommendation of the provider beside a finding, and the document that says it. Monthly is null where it names no amount.
type AdvisedInfo struct {
	ReferenceInfo
	Said       string         `json:"said"`
	Monthly    *finops.Amount `json:"monthly"`
	Currency   string         `json:"currency" cli:"null"`
	Difference string         `json:"difference"` // why it is not what the finding says
}

// ProgressInfo is what a person decided about a finding. Days are YYYY-MM-DD, "" = none.
type ProgressInfo struct {
	State     Decision `json:"state"`
	Reason    string   `json:"reason" cli:"null"` // why it is dismissed
	Until     string   `json:"until" cli:"null"`  // the last day on which it is dismissed
	Owner     string   `json:"owner" cli:"null"`
	Due       string   `json:"due" cli:"null"`
	DoneOn    string   `json:"doneOn" cli:"null"`
	Note      string   `json:"note" cli:"null"`
	Version   int64    `json:"version"`
	ChangedAt string   `json:"changedAt"`
	ChangedBy string   `json:"changedBy"`
}

// TrackedInfo is a finding that a person decided about, as it was then. Rule is "" where the rule is not there any more.
type TrackedInfo struct {
	ID         string           `json:"id"`
	Rule       string           `json:"rule" cli:"null"`
	Title      string           `json:"title" cli:"null"`
	Provider   string           `json:"provider" cli:"null"`
	SubAccount string           `json:"subAccount" cli:"null"`
	Region     string           `json:"region" cli:"null"`
	Service    string           `json:"service" cli:"null"`
	ResourceID string           `json:"resourceId" cli:"null"`
	Currency   string           `json:"currency" cli:"null"`
	Promised   *finops.Amount   `json:"promised"` // net saving of a month; null = not known
	Progress   ProgressInfo     `json:"progress"`
	Measured   *MeasurementInfo `json:"measured" cli:"-"` // of what is done
}

// Outcome says how a finding that is done turned out.
type Outcome string

// The outcomes.
const (
	OutcomeWaiting      Outcome = "waiting"      // too few settled days since
	OutcomeRealised     Outcome = "realised"     // at least half of what it promised is saved
	OutcomeShort        Outcome = "short"        // less than half is
	OutcomeRegressed    Outcome = "regressed"    // at least half was at first, and less than half of late
	OutcomeUnmeasurable Outcome = "unmeasurable" // for the reason given
)

// MeasurementInfo is what the bills say about a finding that is done. Amounts are of a month; null where they are not known.
type MeasurementInfo struct {
	Outcome    Outcome        `json:"outcome"`
	Reason     string         `json:"reason" cli:"null"`
	Before     *finops.Amount `json:"before"`
	After      *finops.Amount `json:"after"`
	Saved      *finops.Amount `json:"saved"`
	Late       *finops.Amount `json:"savedOfLate"`
	DaysBefore int            `json:"daysBefore"`
	DaysAfter  int            `json:"daysAfter"`
	FirstDay   string         `json:"firstDay" cli:"null"` // of the days after
	LastDay    string         `json:"lastDay" cli:"null"`
}

// SavingsRecordInfo are the totals that were found for one state of the ledger.
type SavingsRecordInfo struct {
	FoundAt string         `json:"foundAt"`
	AsOf    string         `json:"asOf" cli:"null"`
	Totals  []HistoryTotal `json:"totals"`
}

// RuleInfo is a rule that finds savings, with what a person changed about it.
type RuleInfo struct {
	ID         string              `json:"id"`
	Version    int                 `json:"version"`
	Title      string              `json:"title"`
	Providers  []string            `json:"providers"`
	Service    string              `json:"service"`
	Detects    string              `json:"detects"`
	Match      string              `json:"match"`
	Parameters []RuleParameterInfo `json:"parameters"`
	Lookback   int                 `json:"lookback"`
	LeastDays  int                 `json:"leastDays"`
	Saving     string              `json:"saving"`
	Stage      string              `json:"stage"`
	Class      string              `json:"class"`
	Confidence string              `json:"confidence"`
	RestsOn    string              `json:"restsOn"`
	RefutedBy  string              `json:"refutedBy"`
	Fix        savings.Fix         `json:"fix"`
	Effort     string              `json:"effort"`
	Reversible string              `json:"reversibility"`
	Sources    []string            `json:"sources"`
	On         bool                `json:"on"`
	Pack       string              `json:"pack" cli:"null"` // that it comes from; "" = the program
	Changed    []RuleChange        `json:"changed"`
	// ChangesVersion is the version of what a person changed; 0 = nothing ever was.
	ChangesVersion int64  `json:"changesVersion"`
	ChangedBy      string `json:"changedBy" cli:"-"` // who changed it last and when; "" = nobody
	Samples        int    `json:"samples"`           // small bills that test it
}

// PackInfo is a pack of rules of the workspace.
type PackInfo struct {
	Name      string   `json:"name"`
	Version   int64    `json:"version"`
	Rules     []string `json:"rules"` // ids
	ChangedAt string   `json:"changedAt"`
	ChangedBy string   `json:"changedBy"`
}

// Info is the pack for the faces.
func (p RulePack) Info() PackInfo {
	return PackInfo{p.Name, p.Version, slices.Sorted(maps.Keys(p.Rules)), wire.Instant(p.ChangedAt), p.ChangedBy}
}

// RuleParameterInfo is a number of a rule, an exact decimal between Least and Most.
type RuleParameterInfo struct {
	Name    string `json:"name"`
	Default string `json:"default"`
	Value   string `json:"value"`
	Unit    string `json:"unit"`
	Least   string `json:"least"`
	Most    string `json:"most"`
}

// RuleChange is a setting of a rule that a person changed. Parameter is "" where it says whether the rule is on.
type RuleChange struct {
	Parameter string `json:"parameter" cli:"null"`
	Value     string `json:"value"`
	At        string `json:"at"`
	By        string `json:"by"`
}

// Info is the rule for the faces.
func (s RuleState) Info() RuleInfo {
	r := s.Rule
	info := RuleInfo{
		ID: r.ID, Version: r.Version, Title: r.Title, Providers: wire.List(r.Providers), Service: r.Service, Detects: r.Detects, Match: r.Match, Lookback: r.Lookback, LeastDays: r.LeastDays,
		Saving: r.Saving, Stage: r.Stage, Class: r.Class, Confidence: r.Confidence, RestsOn: r.RestsOn, RefutedBy: r.RefutedBy, Fix: r.Fix, Effort: r.Effort,
		Reversible: r.Reversibility, Sources: wire.List(r.Sources), On: !s.Off, Pack: s.Pack, ChangesVersion: s.Version, Samples: len(r.Samples),
		Parameters: wire.Each(r.Parameters, func(p savings.Parameter) RuleParameterInfo {
			return RuleParameterInfo{p.Name, p.Default, p.Used(), p.Unit, p.Least, p.Most}
		}),
		Changed: wire.Each(s.Changed, func(c store.RuleSetting) RuleChange {
			return RuleChange{c.Parameter, c.Value, c.ChangedAt, c.ChangedBy}
		}),
	}
	newest := ""
	for _, c := range s.Changed {
		if c.ChangedAt > newest {
			newest = c.ChangedAt
			info.ChangedBy = c.ChangedBy + ", " + c.ChangedAt[:len(time.DateOnly)]
		}
	}
	return info
}

// FindingInfos are some of the findings of a result, with what was decided about them.
func FindingInfos(r *savings.Result, findings []*savings.Finding, tracked []TrackedFinding) []FindingInfo {
	progress := map[string]*ProgressInfo{}
	for i := range tracked {
		progress[tracked[i].ID] = new(tracked[i].progressInfo())
	}
	infos := wire.Each(findings, findingInfo)
	for i, f := range findings {
		infos[i].Small, infos[i].Progress = SmallFinding(r, f), progress[f.ID]
	}
	return infos
}

func findingInfo(f *savings.Finding) FindingInfo {
	decision := DecisionOpen
	if f.Decision != "" {
		decision = Decision(f.Decision)
	}
	return FindingInfo{
		ID: f.ID, Rule: f.Rule.ID, RuleVersion: f.Rule.Version, Title: f.Rule.Title, Class: f.Class, Candidate: f.Class == savings.Candidate, Confidence: f.Confidence,
		State: f.Shown(), Found: FindingState(f.State), Decision: decision, Stage: f.Rule.Stage, Effort: f.Rule.Effort, Provider: f.Provider, BillingAccount: f.BillingAccount,
		SubAccount: f.SubAccount, Region: f.Region, Service: f.Service, ResourceID: f.ResourceID, Team: f.Team, Currency: f.Currency,
		Gross: f.Gross, Absorbed: f.Absorbed, Overlap: f.Overlap, Net: f.Net, Score: f.Score(), LookbackDays: f.LookbackDays, Lines: f.Lines, FirstDay: f.FirstDay, LastDay: f.LastDay, Where: wire.Filter(f.Where()),
		Prices: wire.List(f.Prices), Why: f.Why, Documents: wire.Each(f.Documents, referenceInfo), Advised: wire.Each(f.Advised, advisedInfo), Sentence: f.Sentence(),
	}
}

func referenceInfo(r savings.Reference) ReferenceInfo {
	return ReferenceInfo{r.Name, string(r.Kind), r.Day}
}

func advisedInfo(a savings.Advised) AdvisedInfo {
	return AdvisedInfo{referenceInfo(a.Document), a.Said, a.Monthly, a.Currency, a.Difference}
}

func (t *TrackedFinding) progressInfo() ProgressInfo {
	return ProgressInfo{Decision(t.State), t.Reason, t.Until, t.Owner, t.Due, t.DoneOn, t.Note, t.Version, wire.Instant(t.ChangedAt), t.ChangedBy}
}

// Info is the finding for the faces.
func (t *TrackedFinding) Info() TrackedInfo {
	info := TrackedInfo{ID: t.ID, Progress: t.progressInfo()}
	if f := t.Finding; f != nil {
		info.Rule, info.Title, info.Provider, info.SubAccount, info.Region, info.Service = f.Rule.ID, f.Rule.Title, f.Provider, f.SubAccount, f.Region, f.Service
		info.ResourceID, info.Currency, info.Promised = f.ResourceID, f.Currency, f.Net
	}
	if m := t.Measured; t.State == savings.Done {
		if m == nil {
			m = &savings.Measurement{Outcome: savings.Waiting}
		}
		info.Measured = &MeasurementInfo{Outcome(m.Outcome), m.Reason, m.Before, m.After, m.Saved, m.Late, m.DaysBefore, m.DaysAfter, m.FirstDay, m.LastDay}
	}
	return info
}

// Info is the record for the faces.
func (r SavingsRecord) Info() SavingsRecordInfo {
	return SavingsRecordInfo{wire.Instant(r.FoundAt), r.AsOf, wire.List(r.Totals)}
}
