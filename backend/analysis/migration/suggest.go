package migration

import (
	"maps"
	"slices"
)

// Suggestion says which frameworks an organisation of an industry and a country is usually asked for. They are offered and never set.
type Suggestion struct {
	Industry   string   `json:"industry"`
	Countries  []string `json:"countries"` // any of them; none = everywhere
	Frameworks []string `json:"frameworks"`
}

// Suggestions is the table of suggestions.
func Suggestions() []Suggestion {
	union := slices.Sorted(maps.Keys(unionCodes))
	return []Suggestion{
		{"healthcare", []string{"US"}, []string{"HIPAA"}},
		{"healthcare", []string{"FR"}, []string{"HDS"}},
		{"finance", union, []string{"DORA", "PCI DSS"}},
		{"finance", []string{"SG"}, []string{"MTCS Tier 3", "OSPAR"}},
		{"public sector", []string{"US"}, []string{"FedRAMP Moderate"}},
		{"public sector", []string{"DE"}, []string{"BSI C5"}},
		{"public sector", []string{"ES"}, []string{"ENS High"}},
		{"public sector", []string{"AU"}, []string{"IRAP (PROTECTED)"}},
		{"automotive", []string{}, []string{"TISAX"}},
	}
}

// Countries are the codes that a country can have, sorted.
func Countries() []string { return slices.Sorted(maps.Keys(countryCodes)) }
