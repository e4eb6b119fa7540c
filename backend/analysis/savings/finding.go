package savings

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

// State says how a finding stands.
type State string

// The states that an examination gives. Only open findings are in the totals.
const (
	Open        State = "open"
	BelowFloor  State = "belowFloor"  // it saves less than Floor a month
	Unpriceable State = "unpriceable" // lines of its evidence have no effective cost
	Review      State = "review"      // the bill shows what to look at, not what it saves
)

// Floor is the least monthly saving, in the currency of the bill, that a finding must have to count.
var Floor = finops.NewAmount(1, 0)

// Finding is something that a client could stop paying for.
type Finding struct {
	ID    string // the same as long as rule, data set and group are
	Rule  *Rule
	State State
	// Decision is what a person decided; "" = nothing, and in a Result of Examine only Dismissed. See Result.Decide.
	Decision State
	Class    string // B, BP with prices beside the bill, I or M with a document of the client, or B~ where nothing decides

	Provider, BillingAccount, SubAccount, Region, Service string // "" = none, or several
	ResourceID                                            string // "" = the lines name none
	Currency                                              string
	Team                                                  string // that the resource belongs to; "" = unknown, and after Examine

	// The money of a month; nil where it is not known. Net is Gross without Absorbed and Overlap.
	Gross, Absorbed, Overlap, Net *finops.Amount

	LookbackDays      int // counted days, which divide the cost
	Lines             int // of the evidence
	FirstDay, LastDay finops.Day

	Prices []Price // that it rests on beside its lines

	Confidence string      // of the rule, unless a document says more
	Why        string      // what documents of the client say; "" = nothing
	Documents  []Reference // that say it
	Advised    []Advised   // what the provider itself recommends for the resource

	given given
	where string // the text of Where, which takes far less memory than the filter
}

// Where is the evidence, as a filter on the ledger.
func (f *Finding) Where() finops.Filter {
	where, err := filter.Parse(f.where)
	if err != nil {
		return finops.Any() // kept by a program whose filters this one cannot read: no line
	}
	return where
}

// Step is one step from the evidence to the money of a month.
type Step struct {
	Label  string `json:"label"`
	Amount string `json:"amount"` // an exact decimal; where its decimals do not end, rounded to those of a finding
}

// Total adds up what is open in one currency, for a month, and is what the same data sets cost in a month.
type Total struct {
	Saving
	MonthlyCost finops.Sum `json:"monthlyCost"`
	EndedCost   finops.Sum `json:"endedCost,omitzero"` // the part of MonthlyCost of data sets that ended; absent = none did
}

// Saving is the way from what findings would save to what is left of it: Net is Gross without what stays on the bill since a commitment pays for it
// (Absorbed), and without what another finding has (Overlap).
type Saving struct {
	Currency string     `json:"currency"`
	Gross    finops.Sum `json:"gross"`
	Absorbed finops.Sum `json:"absorbed"`
	Overlap  finops.Sum `json:"overlap"`
	Net      finops.Sum `json:"net"`
}

// NotExamined is a rule that could not be examined for a provider or some of its data sets, with the reasons
// in words.
type NotExamined struct {
	Rule     string   `json:"rule"`
	Provider string   `json:"provider"`
	Reasons  []string `json:"reasons"`
}

// Result is what an examination found.
type Result struct {
	AsOf        *finops.Day // the latest of the data sets; nil = there is no usage
	Findings    []*Finding  // highest net first
	Totals      []Total     // findings of class B
	Candidates  []Total     // findings of class B~, which the bill alone cannot decide
	NotExamined []NotExamined
}

// idOf makes the id of a finding.
func idOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// given is what a price rests on that is not in the evidence.
type given struct {
	rates map[string]*big.Rat // by region and meter; nil = the client has none
	past  *rate
	// sharing is what its commitment left unused beside usage that it could cover; nil = nothing.
	sharing *commitment.Sharing
}

// Stages are the kinds of what is done about a finding, in the order in which their money is taken.
func Stages() []string { return slices.Clone(stages) }
