package desktop

import (
	"slices"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// SavingsInfo is what an examination found. AsOf is the last day that counts, "" without usage.
type SavingsInfo struct {
	AsOf        string                 `json:"asOf"`
	Findings    []service.FindingInfo  `json:"findings"` // highest net saving first
	Totals      []service.SavingsTotal `json:"totals"`   // by currency
	NotExamined []savings.NotExamined  `json:"notExamined"`
	Parts       []service.SavingsPart  `json:"parts"` // the totals by team, provider, effort and confidence
	Stale       bool                   `json:"stale"` // something has changed since; a job looks again
}

// EvidenceInfo proves a finding, and says what its rule knows.
type EvidenceInfo struct {
	Detects       string         `json:"detects"`
	RestsOn       string         `json:"restsOn"`
	RefutedBy     string         `json:"refutedBy"`
	Console       string         `json:"console"`
	CLI           string         `json:"cli"`
	Terraform     string         `json:"terraform"`
	Reversibility string         `json:"reversibility"`
	Sources       []string       `json:"sources"`
	Formula       string         `json:"formula"`
	Steps         []savings.Step `json:"steps"` // from the charge lines to the net saving
}

func savingsInfo(r *savings.Result, tracked []service.TrackedFinding) SavingsInfo {
	return SavingsInfo{
		AsOf: wire.Day(r.AsOf), Findings: service.FindingInfos(r, r.Findings, tracked), Totals: service.SavingsTotals(r), NotExamined: wire.List(r.NotExamined), Parts: wire.List(service.SavingsParts(r)),
	}
}

func evidenceInfo(f *savings.Finding, e *savings.Evidence) EvidenceInfo {
	r := f.Rule
	return EvidenceInfo{
		Detects: r.Detects, RestsOn: r.RestsOn, RefutedBy: r.RefutedBy, Console: r.Fix.Console, CLI: r.Fix.CLI, Terraform: r.Fix.Terraform, Reversibility: r.Reversibility,
		Sources: append([]string{}, slices.Clone(r.Sources)...), Formula: e.Formula, Steps: wire.List(e.Steps),
	}
}
