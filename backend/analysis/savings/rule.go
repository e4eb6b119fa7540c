package savings

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
)

// Rule is one check of the catalogue, as its file says it. The names of the fields are those of the file,
// with a small first letter.
type Rule struct {
	ID        string   `yaml:"id"`
	Version   int      `yaml:"version"` // changes with everything that changes findings
	Title     string   `yaml:"title"`
	Providers []string `yaml:"providers"` // canonical names
	Service   string   `yaml:"service"`   // for reading
	Detects   string   `yaml:"detects"`

	// The filters. Lines of Match are priced; they are the evidence, with those of Use.
	Match string `yaml:"match"`
	Hours string `yaml:"hours,omitempty"` // lines whose quantity counts as hours; "" = those of Match
	Use   string `yaml:"use,omitempty"`   // lines whose quantity shows that something is used
	Base  string `yaml:"base,omitempty"`  // lines that the priced ones are compared with
	Rates string `yaml:"rates,omitempty"` // lines whose effective rates are the client's own prices of what Legs turn to
	// Legs are parts of the lines that are priced or counted by themselves.
	Legs []Leg `yaml:"legs,omitempty"`

	Group string `yaml:"group"` // resource, account, commitment, bill or pool
	// By is a column whose values group account is divided by. Lines without a value in it are not looked at.
	By string `yaml:"by,omitempty"`
	// Credits says that the lines are credits in place of usage.
	Credits bool `yaml:"credits,omitempty"`
	// Related says that use is not on lines of the resource itself but of another one of the same account whose value in this
	// column is the same, or, with a star behind it, the beginning of the value.
	Related string `yaml:"related,omitempty"`
	// NeedsResource says that the rule makes no sense where lines name no resource. Other rules of group
	// resource look at account and region there.
	NeedsResource bool `yaml:"needsResource,omitempty"`
	// NeedsUse says that the bill shows use of some resources only, so that its absence means something
	// where the data set has any.
	NeedsUse bool `yaml:"needsUse,omitempty"`

	// HourSlots counts the hours in which a line begins, where the quantity of Hours is one of core-hours. Lines of whole days count their
	// quantity divided by the cores of the machine, where the bill says how many there are.
	HourSlots bool `yaml:"hourSlots,omitempty"`

	// NameMatches is a regular expression that the value of Related must match.
	NameMatches string `yaml:"nameMatches,omitempty"`
	// Ends is a column with the day on which a commitment ends.
	Ends string `yaml:"ends,omitempty"`
	// FreeIsReview says that lines without cost are worth a look: they will cost something.
	FreeIsReview bool `yaml:"freeIsReview,omitempty"`

	// Proof decides by documents of the client: the name of a prover. Without it or them a candidate stays one.
	Proof string `yaml:"proof,omitempty"`

	Parameters []Parameter `yaml:"parameters,omitempty"`
	Lookback   int         `yaml:"lookback"`         // days at most
	LeastDays  int         `yaml:"leastDays"`        // days with usage that the data set needs
	Events     bool        `yaml:"events,omitempty"` // single fees: the whole lookback divides them

	Saving     string `yaml:"saving"` // S-DEL, S-FEE, S-RATIO, S-SCHED, S-RERATE or none
	Stage      string `yaml:"stage"`  // terminate, schedule, modernise, tier or commit
	Class      string `yaml:"class"`
	Confidence string `yaml:"confidence"`

	RestsOn       string   `yaml:"restsOn"`
	RefutedBy     string   `yaml:"refutedBy"`
	Fix           Fix      `yaml:"fix"`
	Effort        string   `yaml:"effort"`
	Reversibility string   `yaml:"reversibility"`
	Sources       []string `yaml:"sources"`
	Samples       []Sample `yaml:"samples"`

	filters [roleCount]finops.Filter
	name    *regexp.Regexp // of NameMatches
}

// Leg is a part of the lines of a rule. It has one of Ratio, Price and AtMost.
type Leg struct {
	Lines  string `yaml:"lines"`
	Ratio  string `yaml:"ratio,omitempty"`  // parameter: what the lines cost afterwards for each unit that they cost now
	Price  string `yaml:"price,omitempty"`  // name of a pricer, which knows what the lines cost afterwards
	AtMost string `yaml:"atMost,omitempty"` // parameter: the quantity in the lookback must not be above it
}

// Parameter is a number of a rule that a person may change within its range.
type Parameter struct {
	Name    string `yaml:"name"`
	Default string `yaml:"default"` // an exact decimal
	Unit    string `yaml:"unit"`
	Least   string `yaml:"least"`
	Most    string `yaml:"most"`

	Value string `yaml:"-"` // that is used in place of the default; "" = the default
}

// Used is the value that counts.
func (p Parameter) Used() string { return cmp.Or(p.Value, p.Default) }

// Fix says how a finding is put right.
type Fix struct {
	Console   string `yaml:"console" json:"console"`
	CLI       string `yaml:"cli" json:"cli"`
	Terraform string `yaml:"terraform" json:"terraform"`
}

// Sample is a small bill that tests the rule: one finding for positive, none for negative and for trap,
// which looks like one.
type Sample struct {
	Name    string       `yaml:"name"`
	Kind    string       `yaml:"kind"`
	Gross   string       `yaml:"gross,omitempty"`   // of the finding, as a month; "" where it has no money
	State   State        `yaml:"state,omitempty"`   // of the finding; "" = open
	Columns values       `yaml:"columns,omitempty"` // of all lines
	Lines   []SampleLine `yaml:"lines"`
	// Documents are what documents of the client say beside the lines; Class is that of the finding then, "" = that of the rule.
	Documents []SampleDocument `yaml:"documents,omitempty"`
	Class     string           `yaml:"class,omitempty"`
}

// SampleLine is a charge that repeats every day. Day 1 is the first of the lookback, 30 the last.
type SampleLine struct {
	From     int    `yaml:"from,omitempty"`     // 0 = 1; below 0 it lies before the lookback
	To       int    `yaml:"to,omitempty"`       // 0 = the end of the data, two days after the lookback
	Hours    int    `yaml:"hours,omitempty"`    // length of the charge period; 0 = a day
	At       int    `yaml:"at,omitempty"`       // hour of the day at which it begins
	List     string `yaml:"list,omitempty"`     // ListCost; "" = unknown
	Cost     string `yaml:"cost"`               // EffectiveCost; "" = unknown
	Quantity string `yaml:"quantity,omitempty"` // ConsumedQuantity; "" = unknown
	Columns  values `yaml:"columns,omitempty"`
}

// SampleDocument is what a document of a kind says, of the first day after the lookback.
type SampleDocument struct {
	Kind     document.Kind  `yaml:"kind"`
	Accounts []string       `yaml:"accounts,omitempty"`
	Things   []SampleThing  `yaml:"things,omitempty"`
	Metrics  []SampleMetric `yaml:"metrics,omitempty"`
}

// SampleThing is a resource in an inventory; see document.Thing.
type SampleThing struct {
	Type    document.Type `yaml:"type"`
	ID      string        `yaml:"id"`
	Name    string        `yaml:"name,omitempty"`
	Account string        `yaml:"account,omitempty"`
	Region  string        `yaml:"region,omitempty"`
	State   string        `yaml:"state,omitempty"`
	Size    string        `yaml:"size,omitempty"`
	On      []string      `yaml:"on,omitempty"`
	From    string        `yaml:"from,omitempty"`
	Count   int           `yaml:"count,omitempty"`
	Age     int           `yaml:"age,omitempty"` // days before the document
}

// SampleMetric is a metric that has the same value in each of some days at the end of the lookback.
type SampleMetric struct {
	ID    string          `yaml:"id"`
	Name  document.Metric `yaml:"name"`
	Stat  document.Stat   `yaml:"stat"`
	Value string          `yaml:"value"`
	Days  int             `yaml:"days"`
	Hours bool            `yaml:"hours,omitempty"` // a point is an hour, of which a day has one
}

// values are the texts of columns by name.
type values map[string]string

// parameter returns the value of a parameter; ok is false where the rule has none of the name.
func (r *Rule) parameter(name string) (value finops.Amount, ok bool) {
	for _, p := range r.Parameters {
		if p.Name == name {
			value, err := finops.ParseAmount([]byte(p.Used()))
			return value, err == nil
		}
	}
	return value, false
}

// The roles that a line can have for a rule.
const (
	roleMatch = iota
	roleHours
	roleUse
	roleBase
	roleRate
	roleLeg   // of the first leg; those of the others follow
	roleCount = roleLeg + legsMost
)

// legsMost is how many legs a rule can have.
const legsMost = 3

// texts are the filters by role as the file says them.
func (r *Rule) texts() [roleCount]string {
	texts := [roleCount]string{roleMatch: r.Match, roleHours: r.Hours, roleUse: r.Use, roleBase: r.Base, roleRate: r.Rates}
	for i, leg := range r.Legs {
		texts[roleLeg+i] = leg.Lines
	}
	return texts
}

// evidenceFilter is what the evidence of the rule meets.
func (r *Rule) evidenceFilter() finops.Filter {
	if r.Use == "" || r.Related != "" {
		return r.filters[roleMatch]
	}
	return finops.Any(r.filters[roleMatch], r.filters[roleUse])
}

// grows reports whether the growth of the cost matters.
func (r *Rule) grows() bool {
	return slices.ContainsFunc(r.Parameters, func(p Parameter) bool { return p.Name == growthAtLeast || p.Name == growthBelow })
}

// usesInLeg reports whether a leg names a parameter.
func (r *Rule) usesInLeg(name string) bool {
	return slices.ContainsFunc(r.Legs, func(l Leg) bool { return l.Ratio == name || l.AtMost == name })
}

// relatedColumn is the column of Related; "" = none.
func (r *Rule) relatedColumn() string { return strings.TrimSuffix(r.Related, "*") }

// Candidate is the class of what the bill alone cannot decide.
const Candidate = "B~"
