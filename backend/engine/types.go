package engine

import (
	"slices"

	"cloud-intelligence/backend/finops"
)

// HasTags is a dimension of its own: "Tagged" for charges whose Tags hold anything,
// "Untagged" for the others.
const HasTags = "HasTags"

// LinesQuestion asks for charge lines: which ones, in which order, which columns.
type LinesQuestion struct {
	Where    finops.Filter
	From, To *finops.Day // both included; nil = open
	Currency string      // "" = every currency
	Search   string      // only lines in which every word is found, as text in a column or as a cost, ignoring case; "" = all
	Columns  []string    // FOCUS or provider columns, dimensions; nil = all columns
	SortBy   string      // a column; "" = as in the files
	SortDesc bool
	Offset   int
	Limit    int // 0 = all
}

// LinesPage is a page of charge lines.
type LinesPage struct {
	Total   int          // lines that match
	Totals  []finops.Row // per currency, over all lines that match: the four metrics in the order of finops.Metrics
	Columns []string
	Rows    [][]*string // nil = no value
}

// State describes what a ledger holds.
type State struct {
	Lines      int64
	FirstDay   finops.Day // of all charges; the days are meaningful when Lines > 0
	LastDay    finops.Day
	NewestDay  finops.Day      // the last day that is covered; charges of next month may lie behind it
	Currencies []CurrencyState // most lines first; Code "" = the file names none
	Metrics    []MetricState
	Providers  []ProviderState // by name
	Accounts   []AccountState  // by provider and billing account
	Months     []MonthState    // in order
	Columns    []ColumnState   // FOCUS columns that hold a value, then provider columns
	Dimensions []string        // built-in dimensions that have a value
}

// Metric is the cost that is shown unless a person asks for another: EffectiveCost, or the first
// one that any line has a value of.
func (s *State) Metric() finops.Metric {
	known := func(only finops.Metric) int {
		return slices.IndexFunc(s.Metrics, func(m MetricState) bool { return m.Known && (only == "" || m.Metric == only) })
	}
	if i := known(""); i >= 0 && known(finops.EffectiveCost) < 0 {
		return s.Metrics[i].Metric
	}
	return finops.EffectiveCost
}

// CurrencyState says which charges there are in a currency.
type CurrencyState struct {
	Code              string
	Lines             int64
	FirstDay, LastDay finops.Day      // of all charges
	NewestDay         finops.Day      // the last day that is covered
	Providers         []ProviderState // by name
	Months            []MonthState    // in order
}

// MetricState says whether any line has a value of the metric.
type MetricState struct {
	Metric finops.Metric
	Known  bool
}

// ProviderState says which charges there are of a provider, and on which days.
type ProviderState struct {
	Name  string
	Lines int64
	finops.Coverage
}

// AccountState says which charges there are of a billing account, and on which days.
type AccountState struct {
	Provider, Account string
	Lines             int64
	finops.Coverage
}

// MonthState says how complete a month of charges is: Complete is that of finops.Coverage, for all
// providers whose first and last charge are not both before it or after it.
type MonthState struct {
	Month       finops.Month
	LastDay     finops.Day // last day with a charge of the provider that lags most
	MissingDays int        // days of the month without charges, summed over these providers
	Complete    bool
}

// ColumnState is a column of the ledger.
type ColumnState struct {
	Name  string
	Focus bool
	Kind  finops.Kind
}

// TagKeyState counts the distinct resources with a tag key.
type TagKeyState struct {
	Key       string
	Resources int64
}
