package desktop

import (
	"strings"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// SavingsMarks says where waste is, for pages that are about other things. It is of what was found the last time.
type SavingsMarks struct {
	Known     bool           `json:"known"` // false = the charges were not examined yet
	Totals    []MarkTotal    `json:"totals"`
	Resources []ResourceMark `json:"resources"`
}

// MarkTotal is what can still be saved a month in one currency.
type MarkTotal struct {
	Currency string `json:"currency"`
	Net      string `json:"net"`
	Findings int    `json:"findings"`
}

// ResourceMark is a resource with findings about which something can still be done: the one that saves most, and how many there are.
type ResourceMark struct {
	Resource string  `json:"resource"` // its id in lower case
	Finding  string  `json:"finding"`  // id
	Title    string  `json:"title"`
	Currency string  `json:"currency"`
	Net      *string `json:"net"`
	Findings int     `json:"findings"`
}

// Marks returns where waste is, without examining anything.
func (s *Savings) Marks() (marks SavingsMarks, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		found, err := ws.Savings.Known(s.d.ctx)
		marks = savingsMarks(found)
		return err
	})
	return marks, err
}

func savingsMarks(r *savings.Result) SavingsMarks {
	marks := SavingsMarks{Known: r != nil, Totals: []MarkTotal{}, Resources: []ResourceMark{}}
	if r == nil {
		return marks
	}
	for _, t := range service.SavingsTotals(r) {
		total := MarkTotal{t.Currency, t.Net.String(), 0}
		for _, stage := range t.Stages {
			total.Findings += stage.Findings
		}
		marks.Totals = append(marks.Totals, total)
	}
	at := map[string]int{}
	for _, f := range r.Findings { // highest net first
		if f.ResourceID == "" || f.State == savings.BelowFloor || f.Decision == savings.Done || f.Decision == savings.Dismissed {
			continue
		}
		id := strings.ToLower(f.ResourceID)
		if i, seen := at[id]; seen {
			marks.Resources[i].Findings++
			continue
		}
		at[id] = len(marks.Resources)
		marks.Resources = append(marks.Resources, ResourceMark{id, f.ID, f.Rule.Title, f.Currency, wire.Amount(f.Net), 1})
	}
	return marks
}
