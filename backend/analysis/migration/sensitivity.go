package migration

import "math/big"

// Sensitivity says how far the answer depends on what was assumed.
type Sensitivity struct {
	// Weights: the share of the weightings that each provider with a score wins; performance keeps its weight, the other three share
	// the rest in steps of a tenth. Ties are split.
	Weights []WeightShare `json:"weights"`
	// Weightings is how many there are.
	Weightings int        `json:"weightings"`
	Changes    []Scenario `json:"changes"`
}

// WeightShare is a share of the weightings.
type WeightShare struct {
	Provider string  `json:"provider"`
	Share    Decimal `json:"share" wire:"number"`
}

// Scenario is the ranking under one other assumption.
type Scenario struct {
	Assumption string          `json:"assumption"` // egress, labour or priceBasis
	Change     string          `json:"change"`
	Winner     string          `json:"winner"`
	Scores     []ScenarioScore `json:"scores"`
}

// ScenarioScore is the score of a provider in a scenario.
type ScenarioScore struct {
	Provider string `json:"provider"`
	Total    Tenth  `json:"total" wire:"number"`
}

// weightSteps are the steps of the simplex of weights.
const weightSteps = 10

func (a *assessment) sensitivity() Sensitivity {
	s := Sensitivity{Weights: []WeightShare{}, Changes: []Scenario{}}
	list := a.rated()
	if len(list) == 0 {
		return s
	}
	s.Weights, s.Weightings = a.weightShares(list)
	add := func(assumption, change string, v variant) {
		costs := a.costParts(list, v)
		one := Scenario{Assumption: assumption, Change: change}
		best := Tenth(-1)
		for i, c := range list {
			values := c.values()
			values[0] = round("cost", costs[i]).value
			score := totalScore(values, a.weights())
			one.Scores = append(one.Scores, ScenarioScore{c.provider, score})
			if score > best {
				best, one.Winner = score, c.provider
			}
		}
		s.Changes = append(s.Changes, one)
	}
	for _, change := range []struct {
		text   string
		factor *big.Rat
	}{{"-20 %", fraction(8, 10)}, {"+20 %", fraction(12, 10)}} {
		v := a.likely()
		v.egress = change.factor
		add("egress", change.text, v)
	}
	for _, change := range []struct {
		text   string
		factor *big.Rat
	}{{"-30 %", fraction(7, 10)}, {"+30 %", fraction(13, 10)}} {
		v := a.likely()
		v.labour = change.factor
		add("labour", change.text, v)
	}
	for t, term := range Terms {
		v := a.likely()
		v.term = t
		add("priceBasis", term, v)
	}
	return s
}

// weightShares counts who wins each weighting.
func (a *assessment) weightShares(list []*candidate) ([]WeightShare, int) {
	wins := make([]*big.Rat, len(list))
	for i := range wins {
		wins[i] = new(big.Rat)
	}
	fixed := fraction(int64(a.profile.Requirements.Weights["performance"]), 100)
	rest := sub(whole(1), fixed)
	weightings := 0
	for x := range weightSteps + 1 {
		for y := range weightSteps + 1 - x {
			part := func(n int) *big.Rat { return mul(rest, fraction(int64(n), weightSteps)) }
			weights := []*big.Rat{part(x), part(y), part(weightSteps - x - y), fixed}
			weightings++
			best, first := Tenth(-1), []int{}
			for i, c := range list {
				switch score := totalScore(c.values(), weights); {
				case score > best:
					best, first = score, []int{i}
				case score == best:
					first = append(first, i)
				}
			}
			for _, i := range first {
				wins[i].Add(wins[i], fraction(1, int64(len(first))))
			}
		}
	}
	shares := []WeightShare{}
	for i, c := range list {
		shares = append(shares, WeightShare{c.provider, decimalOf(quo(wins[i], whole(weightings)))})
	}
	return shares, weightings
}
