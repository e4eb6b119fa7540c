package savings

import (
	"context"
	"math"
	"strings"

	"cloud-intelligence/backend/finops"
)

// The measures of a Table, in the order of Measures.
const (
	atCost = iota
	atQuantity
	atList
)

// Measures are what a Table gives of each line beside its columns.
var Measures = []finops.Metric{finops.EffectiveCost, "ConsumedQuantity", finops.ListCost}

// NoTime is the start or end of a line for which no file states a time.
const NoTime = math.MinInt64

// Table is the charge lines of a workspace by columns, as package engine scans them.
type Table struct {
	Names   []string    // of the columns, of which Columns of a Catalogue lists those that are wanted
	Values  [][]*string // by column: its distinct values; nil = no value
	TupleOf []int       // by column: which of Batch.Tuples decides its value
	// TupleCounts are, by tuple, how many numbers it can have.
	TupleCounts []int
	// Each reads the lines, or only those of the periods that are wanted; wants is asked once for each period. The lines are divided
	// into so many parts, those of one resource into the same; fn hears several parts at the same time, each one in the order of its lines.
	Each func(ctx context.Context, parts int, wants func(day finops.Day, start, end int64) bool, fn func(part int, b *Batch) error) error
}

// Batch is a run of lines. Its slices are reused for the next one.
type Batch struct {
	Lines   []int64 // their numbers
	Days    []finops.Day
	Starts  []int64    // Unix seconds
	Ends    []int64    // exclusive
	Columns [][]uint32 // by column and line: the number of the value; of the group columns at least
	Tuples  [][]uint32 // by tuple and line: lines with the same number have the same values in the columns of the tuple
	Value   func(column, line int) uint32
	Amount  func(measure, line int) (amount finops.Amount, known bool)
}

// The columns that every Table has: they tell what a line belongs to.
var groupColumns = [GroupColumns]string{
	finops.DimProvider, finops.DimBillingAccount, finops.DimAccount, "BillingCurrency", "ResourceId", "RegionId", "CommitmentDiscountId",
}

// GroupColumns is how many columns at the beginning of a Table a Batch has in Columns.
const GroupColumns = 7

// Where the group columns are in a Table.
const (
	atProvider = iota
	atBilling
	atAccount
	atCurrency
	atResource
	atRegion
	atCommitment
)

// PartColumn is the one of them that divides the lines into parts.
const PartColumn = atResource

// baseColumns decide what a line counts as, whatever the rules say.
var baseColumns = []string{
	"ChargeCategory", "ChargeClass", "ServiceName", "ServiceCategory", "ServiceSubcategory", "PublisherName", "InvoiceIssuerName",
	"PricingCategory", "CommitmentDiscountStatus",
}

// nameColumns are what prices are looked up by.
var nameColumns = [...]string{"Meter", "Operation", "MeterSubcategory"}

// virtualColumns are what rules call a thing that exports keep under different names: the first of
// the columns that has a value is meant. The order is that of docs/savings.md.
var virtualColumns = map[string][]string{
	"Meter":            {"x_UsageType", "SkuMeter", "x_SkuMeterName", "ChargeDescription"},
	"MeterCategory":    {"x_SkuMeterCategory", "x_MeterCategory", "ServiceName"},
	"MeterSubcategory": {"x_SkuMeterSubcategory", "x_MeterSubCategory"},
	"Operation":        {"x_Operation", "lineItem/Operation", "line_item_operation"},
	"ObjectState":      {"Tags/system:storage.googleapis.com/object_state", "x_SystemLabels"},
	environment:        environmentTags,
	"Name":             {"Tags/Name", "Tags/name"},
	"Cluster":          {"Tags/goog-k8s-cluster-name", "Tags/system:goog-k8s-cluster-name"},
	"Sku":              {"SkuId", "x_UsageType", "SkuMeter", "x_SkuMeterName", "ChargeDescription"},
	"CommitmentEnd": {
		"reservation/EndTime", "reservation_end_time", "reservation/reservation_end_time", "savingsPlan/EndTime", "savings_plan_end_time", "x_CommitmentDiscountEnd",
	},
	"Cores":             {"Tags/system:compute.googleapis.com/cores", "SkuPriceDetails"},
	"UnusedReservation": {"Tags/system:compute.googleapis.com/is_unused_reservation", "x_SystemLabels"},
}

// hourColumns say of lines of whole days how many hours their machine ran.
var hourColumns = [...]string{"Cores", "ConsumedUnit"}

// environment is a virtual column: what a resource is for, as its tags say. Where they differ, production wins.
const environment = "Environment"

var environmentTags = []string{
	"Tags/env", "Tags/Env", "Tags/ENV", "Tags/environment", "Tags/Environment", "Tags/ENVIRONMENT", "Tags/stage", "Tags/Stage", "Tags/STAGE",
}

// isProduction knows the values of such a tag that mean production.
func isProduction(value string) bool {
	switch strings.ToLower(value) {
	case "prod", "production", "prd", "live":
		return true
	}
	return false
}

// realColumns are the columns that a name in a rule stands for.
func realColumns(name string) []string {
	if list, ok := virtualColumns[name]; ok {
		return list
	}
	return []string{name}
}
