package savings

import "math/big"

// The parameters that a rule can have. What a group must meet is in its parameters, and nowhere else.
const (
	quantityAbove    = "quantityAbove"    // Σ ConsumedQuantity of the hours in the lookback
	daysAbove        = "daysAbove"        // counted days with such a line
	ageAbove         = "ageAbove"         // days since the first such line in the data
	alwaysOn         = "alwaysOn"         // percent of all hours of the lookback
	shareAtLeast     = "shareAtLeast"     // percent of the cost of the base
	costAtLeast      = "costAtLeast"      // EffectiveCost of a month, in the currency of the bill
	utilisationBelow = "utilisationBelow" // percent by money: base ÷ (base + match)
	growthAtLeast    = "growthAtLeast"    // percent a month by which the cost of a day grows
	growthBelow      = "growthBelow"      // the same: it must neither grow nor shrink so much
	ageAtMost        = "ageAtMost"        // days since the first such line in the data
	shareOfBill      = "shareOfBill"      // percent of the cost of the data set
	sizeAbove        = "sizeAbove"        // the mean of the quantity of a day × the days of its month
	resourcesAtLeast = "resourcesAtLeast" // different resources
	accountsAtLeast  = "accountsAtLeast"  // different accounts; all but one of them could be saved
	spikeAbove       = "spikeAbove"       // standard deviations by which the quantity of the last day is above the mean of the lookback
	livesBelow       = "livesBelow"       // hours from the first to the last line of a resource; such resources are put together
	sizeAtMost       = "sizeAtMost"
	endsWithin       = "endsWithin"       // days from the last day counted to the end of a commitment
	quietDays        = "quietDays"        // days without use at the end of the data, also before the lookback
	uncoveredAtLeast = "uncoveredAtLeast" // a month, of usage at on-demand prices that a commitment could cover
	dearerBy         = "dearerBy"         // percent by which the unit price is above that of the same time before
	ratio            = "ratio"            // of S-RATIO: what part of the cost is saved
	idleHours        = "idleHours"        // of S-SCHED: hours of a week without need
)

var criteria = []string{
	quantityAbove, daysAbove, ageAbove, alwaysOn, shareAtLeast, costAtLeast, utilisationBelow, growthAtLeast, growthBelow, ageAtMost,
	shareOfBill, sizeAbove, sizeAtMost, endsWithin, resourcesAtLeast, accountsAtLeast, spikeAbove, livesBelow, quietDays, dearerBy, uncoveredAtLeast, ratio, idleHours,
}

// stages are the kinds of what is done about a finding, in the order in which their money is taken.
var stages = []string{"terminate", "schedule", "modernise", "tier", "commit"}

// lookbackMost is the longest lookback of a rule, in days.
const lookbackMost = 62

const hoursOfWeek = 168

// rating is what a rule asks of a group, as fractions.
type rating struct {
	rule     *Rule
	history  bool            // lines before the lookback matter
	decided  map[string]bool // limits that documents decide
	lives    bool            // how long a resource lived matters
	beside   bool            // it knows something beside its groups, or has lines of no group; see countBeside
	nearby   bool            // use by others in the same place may be use of a group; see countUse
	counts   counts
	by       int  // of examination.columns; -1 = none
	placed   bool // the place and the class of a line decide its value of by
	related  int
	ends     int
	cores    int
	unit     int
	perHour  map[[2]uint32]int64 // by the numbers of cores and unit; see coresOf
	byMonth  map[uint32]bool     // by the number of the unit; see levelled
	limits   map[string]*big.Rat
	fraction *big.Rat // what part of the cost is saved
}

// counts are what a rule wants to know of the lines of a group beside their cost and hours.
type counts struct {
	accounts, resources bool // how many there are
	days                bool // the quantity of each day
	sizes               bool
	past                bool // what the same group cost before the lookback
	grows               bool
}

func newRating(r *Rule) rating {
	a := rating{rule: r, limits: map[string]*big.Rat{}, perHour: map[[2]uint32]int64{}, byMonth: map[uint32]bool{}, fraction: big.NewRat(1, 1)}
	for _, p := range r.Parameters {
		if value, ok := r.parameter(p.Name); ok {
			a.limits[p.Name] = ratOfAmount(value)
		}
	}
	if v := a.limits[ratio]; v != nil && r.Saving == "S-RATIO" {
		a.fraction = v
	}
	if v := a.limits[idleHours]; v != nil {
		a.fraction = new(big.Rat).Quo(v, big.NewRat(hoursOfWeek, 1))
	}
	a.lives = a.limits[livesBelow] != nil
	a.counts = counts{
		accounts: a.limits[accountsAtLeast] != nil, resources: a.limits[resourcesAtLeast] != nil, days: a.limits[spikeAbove] != nil,
		sizes: a.limits[sizeAbove] != nil || a.limits[sizeAtMost] != nil, past: a.limits[dearerBy] != nil, grows: r.grows(),
	}
	a.nearby = r.Group == groupResource && r.Related == ""
	a.history = a.limits[ageAbove] != nil || a.limits[quietDays] != nil
	return a
}

// agedBy leaves a limit to the documents of the client.
func (a *rating) agedBy(name string) { a.decided = map[string]bool{name: true} }

// reach is how many days a group is looked at over.
func (a *rating) reach() int {
	if a.counts.past {
		return 2 * a.rule.Lookback
	}
	return a.rule.Lookback
}

// lasts reports whether a line before the reach counts as more than the first of its group.
func (a *rating) lasts(r role) bool {
	return (a.lives && a.history && r.has(roleMatch)) || (a.limits[quietDays] != nil && r.has(roleUse))
}

// hoursOf is a number of hours in seconds.
func hoursOf(hours *big.Rat) int64 {
	seconds := new(big.Rat).Mul(hours, big.NewRat(3600, 1))
	return new(big.Int).Quo(seconds.Num(), seconds.Denom()).Int64()
}

// measures reports whether the quantity of the hours matters.
func (a *rating) measures() bool {
	return a.limits[quantityAbove] != nil || a.limits[alwaysOn] != nil || a.counts.sizes || a.counts.past || a.limits[spikeAbove] != nil
}
