package desktop

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
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

// ProgressInfo is what a person decided about a finding. Days are YYYY-MM-DD, "" = none.
type ProgressInfo struct {
	State     Decision `json:"state"`
	Reason    string   `json:"reason"` // why it is dismissed
	Until     string   `json:"until"`  // the last day on which it is dismissed
	Owner     string   `json:"owner"`
	Due       string   `json:"due"`
	DoneOn    string   `json:"doneOn"`
	Note      string   `json:"note"`
	Version   int64    `json:"version"`
	ChangedAt string   `json:"changedAt"`
	ChangedBy string   `json:"changedBy"`
}

// FindingVersion names a finding and the version of what was decided about it that the person saw: 0 = nothing was, -1 = whatever there is.
type FindingVersion struct {
	ID   string `json:"id"`
	Seen int64  `json:"seen"`
}

// ProgressPatch says what is decided about findings; null leaves a part as it is, "" clears it.
type ProgressPatch struct {
	State  *Decision `json:"state"`
	Reason *string   `json:"reason"`
	Until  *string   `json:"until"`
	Owner  *string   `json:"owner"`
	Due    *string   `json:"due"`
	DoneOn *string   `json:"doneOn"`
	Note   *string   `json:"note"`
}

func (p ProgressPatch) patch() service.ProgressPatch {
	patch := service.ProgressPatch{Reason: p.Reason, Until: p.Until, Owner: p.Owner, Due: p.Due, DoneOn: p.DoneOn, Note: p.Note}
	if p.State != nil {
		state := savings.State(*p.State)
		patch.State = &state
	}
	return patch
}

func progressInfo(t *service.TrackedFinding) ProgressInfo {
	return ProgressInfo{Decision(t.State), t.Reason, t.Until, t.Owner, t.Due, t.DoneOn, t.Note, t.Version, instant(t.ChangedAt), t.ChangedBy}
}

// progressText says what was decided, a line for each part.
func progressText(p service.Progress) string {
	var b strings.Builder
	for _, part := range [][2]string{{"State", string(p.State)}, {"Reason", p.Reason}, {"Until", p.Until}, {"Owner", p.Owner}, {"Due", p.Due}, {"Done on", p.DoneOn}, {"Note", p.Note}} {
		if part[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", part[0], part[1])
		}
	}
	return b.String()
}

// SavingsStanding is what became of the findings that a person decided about.
type SavingsStanding struct {
	Tracked []TrackedInfo           `json:"tracked"`
	Totals  []service.RealisedTotal `json:"totals"`  // of what is done, by currency
	History []SavingsRecord         `json:"history"` // the oldest first
}

// TrackedInfo is a finding that a person decided about, as it was then. Rule is "" where the rule is not there any more.
type TrackedInfo struct {
	ID         string           `json:"id"`
	Rule       string           `json:"rule"`
	Title      string           `json:"title"`
	Provider   string           `json:"provider"`
	SubAccount string           `json:"subAccount"`
	Region     string           `json:"region"`
	Service    string           `json:"service"`
	ResourceID string           `json:"resourceId"`
	Currency   string           `json:"currency"`
	Net        *string          `json:"net"` // that it promised a month; null = not known
	Progress   ProgressInfo     `json:"progress"`
	Measured   *MeasurementInfo `json:"measured"` // of what is done
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
	Outcome    Outcome `json:"outcome"`
	Reason     string  `json:"reason"`
	DaysBefore int     `json:"daysBefore"`
	DaysAfter  int     `json:"daysAfter"`
	FirstDay   string  `json:"firstDay"` // of the days after
	LastDay    string  `json:"lastDay"`
	Before     *string `json:"before"`
	After      *string `json:"after"`
	Saved      *string `json:"saved"`
	Late       *string `json:"late"` // saved of late
}

// SavingsRecord are the totals that were found for one state of the ledger.
type SavingsRecord struct {
	FoundAt string                 `json:"foundAt"`
	AsOf    string                 `json:"asOf"`
	Totals  []service.HistoryTotal `json:"totals"`
}

// DayCost is what something cost on a day.
type DayCost struct {
	Day  string `json:"day"`
	Cost string `json:"cost"`
}

func amountText(a *finops.Amount) *string {
	if a == nil {
		return nil
	}
	text := a.String()
	return &text
}

func savingsStanding(tracked []service.TrackedFinding, history []service.SavingsRecord) SavingsStanding {
	info := SavingsStanding{Tracked: []TrackedInfo{}}
	for i := range tracked {
		info.Tracked = append(info.Tracked, trackedInfo(&tracked[i]))
	}
	info.Totals = list(service.RealisedTotals(tracked))
	info.History = converted(history, func(r service.SavingsRecord) SavingsRecord {
		return SavingsRecord{instant(r.FoundAt), r.AsOf, list(r.Totals)}
	})
	return info
}

func trackedInfo(t *service.TrackedFinding) TrackedInfo {
	info := TrackedInfo{ID: t.ID, Progress: progressInfo(t)}
	if f := t.Finding; f != nil {
		info.Rule, info.Title, info.Provider, info.SubAccount, info.Region, info.Service = f.Rule.ID, f.Rule.Title, f.Provider, f.SubAccount, f.Region, f.Service
		info.ResourceID, info.Currency, info.Net = f.ResourceID, f.Currency, amountText(f.Net)
	}
	if m := t.Measured; m != nil && t.State == savings.Done {
		info.Measured = &MeasurementInfo{
			Outcome(m.Outcome), m.Reason, m.DaysBefore, m.DaysAfter, m.FirstDay, m.LastDay, amountText(m.Before), amountText(m.After), amountText(m.Saved), amountText(m.Late),
		}
	}
	return info
}

// RuleDetail is everything about a rule.
type RuleDetail struct {
	Rule          RuleInfo     `json:"rule"`
	Version       int          `json:"version"`
	Service       string       `json:"service"`
	Confidence    string       `json:"confidence"`
	Stage         string       `json:"stage"`
	Effort        string       `json:"effort"`
	Saving        string       `json:"saving"`
	Match         string       `json:"match"`
	Lookback      int          `json:"lookback"`
	LeastDays     int          `json:"leastDays"`
	RestsOn       string       `json:"restsOn"`
	RefutedBy     string       `json:"refutedBy"`
	Console       string       `json:"console"`
	CLI           string       `json:"cli"`
	Terraform     string       `json:"terraform"`
	Reversibility string       `json:"reversibility"`
	Sources       []string     `json:"sources"`
	Samples       int          `json:"samples"`
	Changes       []RuleChange `json:"changes"`
}

// RuleChange is a setting of a rule that a person changed. Parameter is "" where it says whether the rule is on.
type RuleChange struct {
	Parameter string `json:"parameter"`
	Value     string `json:"value"`
	At        string `json:"at"`
	By        string `json:"by"`
}

func ruleDetail(s service.RuleState) RuleDetail {
	r := s.Rule
	return RuleDetail{
		Rule: ruleInfo(s), Version: r.Version, Service: r.Service, Confidence: r.Confidence, Stage: r.Stage, Effort: r.Effort, Saving: r.Saving, Match: r.Match,
		Lookback: r.Lookback, LeastDays: r.LeastDays, RestsOn: r.RestsOn, RefutedBy: r.RefutedBy, Console: r.Fix.Console, CLI: r.Fix.CLI, Terraform: r.Fix.Terraform,
		Reversibility: r.Reversibility, Sources: append([]string{}, r.Sources...), Samples: len(r.Samples),
		Changes: converted(s.Changed, func(c store.RuleSetting) RuleChange {
			return RuleChange{c.Parameter, c.Value, c.ChangedAt, c.ChangedBy}
		}),
	}
}

// PackInfo is a pack of rules of the workspace.
type PackInfo struct {
	Name      string   `json:"name"`
	Rules     []string `json:"rules"` // ids
	ChangedAt string   `json:"changedAt"`
	ChangedBy string   `json:"changedBy"`
}

func packInfo(p store.RulePack) PackInfo {
	return PackInfo{p.Name, slices.Sorted(maps.Keys(p.Rules)), p.ChangedAt, p.ChangedBy}
}

// PackCheck is what a check of a folder of rules says. Problem is "" where all samples are as they should be.
type PackCheck struct {
	Path    string   `json:"path"` // "" = the person cancelled
	Name    string   `json:"name"`
	Rules   []string `json:"rules"`
	Problem string   `json:"problem"`
}
