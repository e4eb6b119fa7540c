package finops

import (
	"cmp"
	"strings"
)

// Metric is a measure that can be added up: a cost column of FOCUS, always in
// BillingCurrency, or a quantity column, in the unit that Unit names.
type Metric string

// The four cost metrics of FOCUS.
const (
	BilledCost     Metric = "BilledCost"
	EffectiveCost  Metric = "EffectiveCost"
	ListCost       Metric = "ListCost"
	ContractedCost Metric = "ContractedCost"
)

// AbsoluteCost is the EffectiveCost of each charge without its sign, or the BilledCost where it has
// none. Of it shares are taken that credits must not distort: how much of the cost has a tag, a
// resource, a price.
const AbsoluteCost Metric = "AbsoluteCost"

// Metrics lists the four cost metrics in their usual order.
var Metrics = []Metric{BilledCost, EffectiveCost, ListCost, ContractedCost}

// Quantities lists the metrics that are no costs in BillingCurrency.
var Quantities = []Metric{"ConsumedQuantity", "PricingQuantity", "CommitmentDiscountQuantity", "PricingCurrencyEffectiveCost"}

var units = map[Metric]string{
	"ConsumedQuantity": "ConsumedUnit", "PricingQuantity": "PricingUnit", "CommitmentDiscountQuantity": "CommitmentDiscountUnit",
	"PricingCurrencyEffectiveCost": "PricingCurrency",
}

// Unit names the column that holds the unit of a quantity; "" for a cost. Quantities of
// different units are never added.
func (m Metric) Unit() string { return units[m] }

// ParseMetric reads a metric by its FOCUS name, or a cost by the short form without
// "Cost", in any case.
func ParseMetric(text string) (Metric, error) {
	for _, m := range Metrics {
		if strings.EqualFold(text, string(m)) || strings.EqualFold(text+"Cost", string(m)) {
			return m, nil
		}
	}
	for _, m := range append([]Metric{AbsoluteCost}, Quantities...) {
		if strings.EqualFold(text, string(m)) {
			return m, nil
		}
	}
	return "", Errorf(CodeInvalid, "%q is not a metric; use BilledCost, EffectiveCost, ListCost, ContractedCost, ConsumedQuantity, PricingQuantity, CommitmentDiscountQuantity or PricingCurrencyEffectiveCost.", text)
}

// TagPrefix marks a dimension that is the value of one tag: "Tags/Environment".
const TagPrefix = "Tags/"

// DimPrefix marks a virtual dimension, which a person made by rules: "Dim/Team".
const DimPrefix = "Dim/"

// The dimensions that are built in: what is read from several columns, so that bills of many
// providers and exports are grouped and filtered as one, and what follows from the start of the
// charge period, in UTC.
const (
	DimProvider       = "Provider"       // CanonicalProvider of the ProviderColumns
	DimAccount        = "Account"        // CanonicalAccount of SubAccountId
	DimBillingAccount = "BillingAccount" // CanonicalAccount of BillingAccountId
	DimWeekday        = "Weekday"        // Monday to Sunday
	DimHourOfDay      = "HourOfDay"      // 00 to 23; no value where the charge period is longer than an hour
	DimPeriodLength   = "PeriodLength"   // Hour (or less), Day, Month or Other; no value where the end of the charge period is not known
)

// Dimensions lists the built-in dimensions.
var Dimensions = []string{DimProvider, DimAccount, DimBillingAccount, DimWeekday, DimHourOfDay, DimPeriodLength}

// DimensionByName finds a built-in dimension by its name in any case.
func DimensionByName(name string) (string, bool) {
	for _, d := range Dimensions {
		if strings.EqualFold(d, name) {
			return d, true
		}
	}
	return "", false
}

// Question is everything that is asked of a ledger: which metrics, grouped by what,
// of which charges, in which period. One engine answers it for every face.
type Question struct {
	Metrics  []Metric
	GroupBy  []string // dimensions, FOCUS columns, provider columns, Tags/KEY; at most 8
	Where    Filter   // which charges
	From, To *Day     // first and last charge day, both included; nil = open
	Grain    Grain
	Currency string // BillingCurrency; "" = every currency, in rows of its own
	Limit    int    // most groups per currency, the largest over the whole period first; 0 = all
	Sort     Sort
}

// Sort orders the rows of an answer.
type Sort string

// The orders. SortDefault is by time, then by the first metric, the largest first.
const (
	SortDefault Sort = ""
	SortKeys    Sort = "keys" // by time, then by the keys
)

// Row is a row of an answer: one group in one currency.
type Row struct {
	Keys     []*string // one per GroupBy, nil = no value
	Time     string    // name of the Step, YYYY-MM-DDTHH of GrainHour or the day where the hour is unknown; "" without a grain
	Currency string    // "" = the source names none
	Lines    int64
	Amounts  []*Sum // one per metric; nil = unknown (every line has no value)
	// Value numbers the value of the only key among those of its column, from 1 on: the same in all questions of
	// one snapshot. 0 = the values of the column are not numbered.
	Value uint32 `json:"-"`
}

// Answer holds the rows and, per currency, the exact totals over all rows, also
// those beyond the limit.
type Answer struct {
	Rows    []Row
	Totals  []Row // Keys nil, Time ""
	Groups  int   // rows before the limit
	Version int64 // of the ledger: answers of one version fit together
}

// CompareValues orders values of a column; no value comes last.
func CompareValues(a, b *string) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Compare(*a, *b)
}
