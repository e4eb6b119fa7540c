package demo

import (
	"fmt"
	"strings"
)

// Budget is a budget of the client. Content is the JSON of package budget.
type Budget struct{ Name, Reason, Content string }

// monthlyBudget is what a part of the client may spend in each month of 2026, or in the periods that are named.
type monthlyBudget struct {
	name, scope, where, currency, parent string
	amount                               string   // in each period
	periods                              []string // none = the months of 2026
	rollOver                             bool
	thresholds                           string // JSON; "" = the usual ones
}

const usualThresholds = `[{"kind":"actual","percent":"50"},{"kind":"actual","percent":"80"},{"kind":"actual","percent":"100"},{"kind":"forecast","percent":"100"}]`

// budgets are what the client planned. The parts of the first one are 500 more than it has.
var budgets = []monthlyBudget{
	{name: "Cloud, USD", currency: "USD", amount: "45000"},
	{name: "AWS", where: `Provider = "AWS"`, currency: "USD", parent: "Cloud, USD", amount: "25500"},
	{name: "Google Cloud", where: `Provider = "Google Cloud"`, currency: "USD", parent: "Cloud, USD", amount: "12500", thresholds: `[{"kind":"actual","percent":"80"},{"kind":"actual","percent":"100"},{"kind":"pace","percent":"110"},{"kind":"forecast","percent":"100"}]`},
	{name: "Microsoft Azure", where: `Provider = "Microsoft Azure"`, currency: "USD", parent: "Cloud, USD", amount: "7500"},
	{name: "Azure Europe", where: `Provider = "Microsoft Azure"`, currency: "EUR", amount: "6700"},
	{name: "Data team", where: `Dim/Team = "data"`, currency: "USD", amount: "36000", periods: []string{"2026-Q3", "2026-Q4"}},
	{name: "Production", scope: "Production", currency: "USD", amount: "31000", rollOver: true},
	{name: "Next year", currency: "USD", amount: "560000", periods: []string{"2027"}},
}

// Budgets returns what the client planned to spend; they use the Scopes and the Dimensions. Parents come before their parts.
func Budgets() []Budget {
	list := make([]Budget, len(budgets))
	for i, b := range budgets {
		periods := b.periods
		for month := 1; len(b.periods) == 0 && month <= 12; month++ {
			periods = append(periods, fmt.Sprintf("2026-%02d", month))
		}
		amounts := make([]string, len(periods))
		for at, period := range periods {
			amounts[at] = fmt.Sprintf(`{"period":%q,"amount":%q}`, period, b.amount)
		}
		thresholds := b.thresholds
		if thresholds == "" {
			thresholds = usualThresholds
		}
		list[i] = Budget{b.name, "Plan of the board", fmt.Sprintf(`{"scope":%q,"where":%q,"metric":"EffectiveCost","currency":%q,"calendar":{},"amounts":[%s],"thresholds":%s,"rollOver":%t,"parent":%q}`,
			b.scope, b.where, b.currency, strings.Join(amounts, ","), thresholds, b.rollOver, b.parent)}
	}
	return list
}
