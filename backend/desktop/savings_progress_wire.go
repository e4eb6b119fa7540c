package desktop

import (
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// FindingVersion names a finding and the version of what was decided about it that the person saw: 0 = nothing was, -1 = whatever there is.
type FindingVersion struct {
	ID   string `json:"id"`
	Seen int64  `json:"seen"`
}

// ProgressPatch says what is decided about findings; null leaves a part as it is, "" clears it.
type ProgressPatch struct {
	State  *service.Decision `json:"state"`
	Reason *string           `json:"reason"`
	Until  *string           `json:"until"`
	Owner  *string           `json:"owner"`
	Due    *string           `json:"due"`
	DoneOn *string           `json:"doneOn"`
	Note   *string           `json:"note"`
}

func (p ProgressPatch) patch() service.ProgressPatch {
	patch := service.ProgressPatch{Reason: p.Reason, Until: p.Until, Owner: p.Owner, Due: p.Due, DoneOn: p.DoneOn, Note: p.Note}
	if p.State != nil {
		state := savings.State(*p.State)
		patch.State = &state
	}
	return patch
}

// SavingsStanding is what became of the findings that a person decided about.
type SavingsStanding struct {
	Tracked []service.TrackedInfo       `json:"tracked"`
	Totals  []service.RealisedTotal     `json:"totals"`  // of what is done, by currency
	History []service.SavingsRecordInfo `json:"history"` // the oldest first
}

func savingsStanding(tracked []service.TrackedFinding, history []service.SavingsRecord) SavingsStanding {
	info := SavingsStanding{Tracked: []service.TrackedInfo{}, Totals: wire.List(service.RealisedTotals(tracked)), History: wire.Each(history, service.SavingsRecord.Info)}
	for i := range tracked {
		info.Tracked = append(info.Tracked, tracked[i].Info())
	}
	return info
}

// DayCost is what something cost on a day.
type DayCost struct {
	Day  string `json:"day"`
	Cost string `json:"cost"`
}

// PackCheck is what a check of a folder of rules says. Problem is "" where all samples are as they should be.
type PackCheck struct {
	Path    string   `json:"path"` // "" = the person cancelled
	Name    string   `json:"name"`
	Rules   []string `json:"rules"`
	Problem string   `json:"problem"`
}
