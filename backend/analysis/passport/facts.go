package passport

import (
	"time"

	"cloud-intelligence/backend/finops"
)

// Facts are what a workspace holds, counted over the lines that count.
type Facts struct {
	Today finops.Day
	Sets  []SetFacts
	// Files and Rejects of files that count but have no line that could be read.
	Files   []File
	Rejects []Reject
}

// SetFacts are the facts of one data set.
type SetFacts struct {
	Provider, Account, AccountName string
	Export                         string // family of the export: "focus", "aws-cur"
	Files                          []File
	ImportedAt                     time.Time // when the newest import with a line of the set ended
	Totals                         []Total
	Groups                         []Group
	Spells                         []Spell
	Columns                        []Column
	TagKeys                        []TagKey
	Unmapped                       []Unmapped
	Quantities                     Quantities
	Excess                         []Excess
	Duplicates                     Duplicates
	Rejects                        []Reject
	ProviderTotals                 []ProviderTotal
}

// File is a file with lines in a set.
type File struct {
	ID                    int64 // of the file in the workspace
	Path, Format, Version string
	Lines                 int64 // that count in this set
	Rejects               int64 // of the whole file
}

// Total holds the sums of a set in one currency.
type Total struct {
	Currency string
	Lines    int64
	Known    [4]int64 // lines with a value, by finops.Metrics
	Sums     [4]finops.Sum
}

// Trait is what can be said of a single charge line.
type Trait uint32

// The traits of a line.
const (
	Usage Trait = 1 << iota // ChargeCategory is Usage
	HasResource
	HasTags
	HasEffective
	HasList
	HasListPrice
	HasContracted
	HasContractedPrice
	HasSKU
	HasRegion
	HasSubAccount
	HasInvoice
	HasCommitment
	Mapped          // ServiceName is known, and ServiceCategory is known and not Other
	Late            // its day lies before its billing month
	Early           // its day lies after its billing month
	NegativeUsage   // usage with a negative cost
	ZeroCost        // every known cost is 0
	ListBelow       // a positive ContractedCost above the ListCost
	OpenBill        // its billing month is not over
	ContractedBelow // a positive EffectiveCost of a used charge above the ContractedCost
	ZeroList        // a ListCost of 0 beside a cost, which is an unknown one
	ZeroContracted  // the same of the ContractedCost
	UnreadTags      // tags in a form that could not be read
)

// Group counts the lines of one currency with the same traits.
type Group struct {
	Currency string
	Traits   Trait
	Lines    int64
	Cost     finops.Sum // absolute, see docs/data-quality.md
}

// Spell counts the lines of one billing month that begin on one day.
type Spell struct {
	Month  finops.Month // of the bill
	Day    finops.Day   // of the charge
	Length finops.Length
	Usage  bool
	Lines  int64
}

// Column says how many lines have a value in a FOCUS column.
type Column struct {
	Name    string
	Known   int64
	InFiles bool // a file of the set has the column
}

// TagKey counts the lines with a tag key, in one currency.
type TagKey struct {
	Key, Currency string
	Lines         int64
	Cost          finops.Sum // absolute
}

// Unmapped is a service whose lines say too little about what it is.
type Unmapped struct {
	ServiceName, ServiceCategory, SKUID *string // nil = no value
	Currency                            string
	Lines                               int64
	Cost                                finops.Sum // absolute
	Reasons                             []string   // "no service", "no category", "category Other", "no SKU"
}

// Quantities count the usage lines that name how much was used.
type Quantities struct {
	Lines, Pricing, Consumed int64
}

// Excess adds up what is wrong with the prices of some lines in one currency: by how much
// the smaller price level lies above the larger one.
type Excess struct {
	Trait    Trait // ListBelow or ContractedBelow
	Currency string
	Lines    int64
	Amount   finops.Sum
}

// Duplicates are lines that equal an earlier one of their set in every column.
type Duplicates struct {
	Lines       int64 // all but the first of each group of equal lines
	AcrossFiles int64 // of these, lines whose first equal lies in another file
	Amounts     []Amount
	Examples    []Duplicate
}

// Amount is a billed amount in one currency.
type Amount struct {
	Currency string
	Billed   finops.Sum
}

// Duplicate is an example of equal lines.
type Duplicate struct {
	Line, FirstLine         int64 // numbers of charge lines in the workspace
	Day                     finops.Day
	ServiceName, ResourceID *string
	Currency                string
	Billed                  *finops.Amount
	FirstFile, File         string
}

// Reject counts lines of a file that could not be read, by reason.
type Reject struct {
	File, Reason string
	Lines        int64
}

// ProviderTotal is a measure of the provider's own of which a control total is kept.
type ProviderTotal struct {
	Name, Currency string
	Known          int64
	Amount         finops.Sum
}
