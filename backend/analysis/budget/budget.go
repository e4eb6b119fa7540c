package budget

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Budget is what may be spent. Its JSON is kept in workspaces, so old ones must stay readable.
type Budget struct {
	Scope      string        `json:"scope,omitempty"` // name of a scope; "" = Where says it
	Where      string        `json:"where,omitempty"` // a filter as text; "" without a scope = all charges
	Metric     finops.Metric `json:"metric"`
	Currency   string        `json:"currency"`
	Calendar   Calendar      `json:"calendar"`
	Amounts    []Amount      `json:"amounts"` // by period, in the order of their days
	Thresholds []Threshold   `json:"thresholds"`
	RollOver   bool          `json:"rollOver,omitempty"` // what a closed period left, or lacked, goes into the next one of the fiscal year
	Parent     string        `json:"parent,omitempty"`   // name of the budget that this one is a part of
}

// Amount is what may be spent in one period.
type Amount struct {
	Period string        `json:"period"` // see Calendar.Parse
	Amount finops.Amount `json:"amount"`
}

// Threshold says when somebody is to be alerted.
type Threshold struct {
	Kind Kind `json:"kind"`
	// Percent is a percentage; of Absolute it is an amount, of Breach a number of days.
	Percent finops.Amount `json:"percent"`
}

// Kind says what a threshold is of.
type Kind string

// The kinds of thresholds.
const (
	Actual   Kind = "actual"   // what was spent, of the amount
	Forecast Kind = "forecast" // what the period will come to, of the amount
	Pace     Kind = "pace"     // what was spent, of what was to be spent until now
	Absolute Kind = "absolute" // what was spent, as an amount
	Breach   Kind = "breach"   // the day on which the amount will be spent, at most so many days ahead
)

// Kinds lists them.
var Kinds = []Kind{Actual, Forecast, Pace, Absolute, Breach}

// breachMost bounds how far ahead a day of breach is given.
const breachMost = 366

// String prints a threshold as ParseThreshold reads it.
func (t Threshold) String() string { return string(t.Kind) + "=" + t.Percent.String() }

// ParseThreshold reads KIND=PERCENT, absolute=AMOUNT or breach=DAYS.
func ParseThreshold(text string) (Threshold, error) {
	kind, percent, _ := strings.Cut(text, "=")
	t := Threshold{Kind: Kind(strings.TrimSpace(kind))}
	var err error
	if t.Percent, err = finops.ParseAmount([]byte(strings.TrimSpace(percent))); err != nil || t.Percent.Sign() <= 0 {
		return t, finops.Errorf(finops.CodeInvalid, "%q is not a threshold; write actual=80, forecast=100, pace=110, absolute=5000 or breach=7.", text)
	}
	t.Percent = t.Percent.Trim()
	if !slices.Contains(Kinds, t.Kind) {
		return t, finops.Errorf(finops.CodeInvalid, "%q is not a kind of threshold; use actual, forecast, pace, absolute or breach.", kind)
	}
	if t.Kind == Breach && (t.Percent.Scale() > 0 || t.Percent.Cmp(finops.NewAmount(breachMost, 0)) > 0) {
		return t, finops.Errorf(finops.CodeInvalid, "%q is not a number of days before the breach; write 1 to %d.", t.Percent, breachMost)
	}
	return t, nil
}

// DefaultThresholds are those of a budget that names none.
func DefaultThresholds() []Threshold {
	return []Threshold{{Actual, finops.NewAmount(50, 0)}, {Actual, finops.NewAmount(80, 0)}, {Actual, finops.NewAmount(100, 0)}, {Forecast, finops.NewAmount(100, 0)}}
}

// Parse reads the JSON of a budget.
func Parse(content string) (Budget, error) {
	var b Budget
	if err := json.Unmarshal([]byte(content), &b); err != nil {
		return b, finops.WrapError(finops.CodeCorrupt, err, "The workspace has a budget that cannot be read.")
	}
	return b, nil
}

// JSON prints the budget.
func (b Budget) JSON() (string, error) {
	text, err := json.Marshal(b)
	if err != nil {
		return "", fmt.Errorf("write a budget: %w", err)
	}
	return string(text), nil
}

// Check orders the amounts by their days and answers CodeInvalid, in one sentence, for what cannot be a budget.
func (b *Budget) Check() error {
	if b.Metric.Unit() != "" {
		return finops.Errorf(finops.CodeInvalid, "A budget is of a cost: BilledCost, EffectiveCost, ListCost or ContractedCost.")
	}
	if len(b.Currency) != 3 || strings.ToUpper(b.Currency) != b.Currency {
		return finops.Errorf(finops.CodeInvalid, "%q is not a code of a currency such as USD.", b.Currency)
	}
	if len(b.Amounts) == 0 {
		return finops.Errorf(finops.CodeInvalid, "A budget needs an amount for at least one period.")
	}
	periods, err := b.Periods()
	if err != nil {
		return err
	}
	order := make([]int, len(periods))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return int(periods[x].First - periods[y].First) })
	amounts := make([]Amount, len(order))
	for i, at := range order {
		amounts[i] = b.Amounts[at]
		amounts[i].Period = periods[at].Name
		if i > 0 && periods[at].First <= periods[order[i-1]].Last {
			return finops.Errorf(finops.CodeInvalid, "The periods %s and %s overlap.", periods[order[i-1]].Name, periods[at].Name)
		}
		if amounts[i].Amount.Sign() < 0 {
			return finops.Errorf(finops.CodeInvalid, "The amount of %s is negative.", periods[at].Name)
		}
	}
	b.Amounts = amounts
	return nil
}

// Periods are the periods of the amounts.
func (b *Budget) Periods() ([]Period, error) {
	list := make([]Period, len(b.Amounts))
	for i, a := range b.Amounts {
		var err error
		if list[i], err = b.Calendar.Parse(a.Period); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Share of an amount, rounded to two digits more than the currency has.
func Share(amount finops.Sum, share *big.Rat, currency string) finops.Sum {
	var sum finops.Sum
	text := finops.RoundHalfEven(new(big.Rat).Mul(amount.Rat(), share), finops.MinorDigits(currency)+2)
	if a, err := finops.ParseTotal([]byte(text)); err == nil { // a rounded fraction is a decimal number
		sum.Add(a)
	}
	return sum
}

// Spread takes an amount apart by weights, in units of the smallest coin; the parts add up to it. What is left after rounding down
// goes to the parts that lost most, the first of equal ones. Weights that are all 0 count as equal.
func Spread(amount finops.Amount, weights []finops.Sum, currency string) []finops.Amount {
	total := finops.Sum{}
	for _, w := range weights {
		total.AddSum(w)
	}
	one := finops.Sum{}
	one.Add(finops.NewAmount(1, 0))
	even := total.Sign() <= 0
	if even {
		total = finops.Sum{}
		for range weights {
			total.AddSum(one)
		}
	}
	unit := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(finops.MinorDigits(currency), amount.Scale()))), nil))
	whole := finops.Sum{}
	whole.Add(amount)
	units := new(big.Rat).Quo(whole.Rat(), unit)
	parts, lost, left := make([]*big.Int, len(weights)), make([]*big.Rat, len(weights)), new(big.Int).Set(units.Num())
	for i, w := range weights {
		if even {
			w = one
		}
		exact := new(big.Rat).Mul(units, new(big.Rat).Quo(w.Rat(), total.Rat()))
		parts[i] = new(big.Int).Quo(exact.Num(), exact.Denom())
		lost[i] = new(big.Rat).Sub(exact, new(big.Rat).SetInt(parts[i]))
		left.Sub(left, parts[i])
	}
	order := make([]int, len(weights))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return lost[b].Cmp(lost[a]) })
	out := make([]finops.Amount, len(weights))
	for k, i := range order {
		if int64(k) < left.Int64() {
			parts[i].Add(parts[i], big.NewInt(1))
		}
		text := finops.RoundHalfEven(new(big.Rat).Mul(new(big.Rat).SetInt(parts[i]), unit), max(finops.MinorDigits(currency), amount.Scale()))
		if a, err := finops.ParseTotal([]byte(text)); err == nil { // it is a decimal number
			out[i] = a
		}
	}
	return out
}

// Set enters amounts; the others stay. It answers CodeInvalid for one that is no period.
func (b *Budget) Set(list []Amount) error {
	for _, a := range list {
		p, err := b.Calendar.Parse(a.Period)
		if err != nil {
			return err
		}
		a.Period = p.Name
		at := slices.IndexFunc(b.Amounts, func(have Amount) bool { return have.Period == a.Period })
		if at < 0 {
			b.Amounts = append(b.Amounts, a)
			continue
		}
		b.Amounts[at] = a
	}
	return nil
}
