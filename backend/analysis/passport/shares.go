package passport

import (
	"math/big"

	"cloud-intelligence/backend/finops"
)

// Share says how many lines, and how much of the absolute cost, have something: of all
// lines and of usage alone.
type Share struct {
	Code, Column             string
	Lines, OfLines           int64
	UsageLines, OfUsageLines int64
	Currency                 string // of the costs
	Cost, OfCost             finops.Sum
	UsageCost, OfUsageCost   finops.Sum
	usageOnly                bool
	good, low                int // of 10,000
	noun, meaning, action    string
}

// One is a share of one, as Ratio writes it.
const One = 10_000

// Ratio returns part of whole in parts of 10,000. It rounds down, but what is more than
// nothing is at least 1; so only a whole is One and only nothing is 0. ok is false
// where there is no whole.
func Ratio(part, whole finops.Sum) (ratio int, ok bool) {
	w, p := whole.Rat(), part.Rat()
	if w.Sign() <= 0 {
		return 0, false
	}
	q := new(big.Rat).Mul(p, big.NewRat(One, 1))
	q.Quo(q, w)
	n := new(big.Int).Quo(q.Num(), q.Denom())
	if n.Sign() == 0 && p.Sign() > 0 {
		return 1, true
	}
	return int(n.Int64()), true
}

// RatioOfCounts is Ratio of numbers of lines.
func RatioOfCounts(part, whole int64) (ratio int, ok bool) {
	var p, w finops.Sum
	p.AddCoef(part, 0)
	w.AddCoef(whole, 0)
	return Ratio(p, w)
}

// Value is the share that is judged: by absolute cost, of usage where that is what
// matters; by lines where nothing costs anything.
func (s *Share) Value() (ratio int, base string) {
	if s.usageOnly && s.OfUsageLines > 0 {
		if n, ok := Ratio(s.UsageCost, s.OfUsageCost); ok {
			return n, "of the cost of usage"
		}
		n, _ := RatioOfCounts(s.UsageLines, s.OfUsageLines)
		return n, "of the usage lines"
	}
	if n, ok := Ratio(s.Cost, s.OfCost); ok {
		return n, "of the cost"
	}
	n, _ := RatioOfCounts(s.Lines, s.OfLines)
	return n, "of the lines"
}

// sharesOf adds up the groups; costs are those of one currency.
func sharesOf(groups []Group, currency string) []Share {
	shares := make([]Share, len(shareRules))
	for i, rule := range shareRules {
		s := &shares[i]
		*s = Share{
			Code: rule.code, Column: rule.column, Currency: currency, usageOnly: rule.usageOnly, good: rule.good, low: rule.low,
			noun: rule.noun, meaning: rule.meaning, action: rule.action,
		}
		for _, g := range groups {
			if rule.traits == HasInvoice && g.Traits&OpenBill != 0 {
				continue // an invoice has no number before it is issued
			}
			s.count(g, g.Traits&rule.traits != 0)
		}
	}
	return shares
}

func (s *Share) count(g Group, has bool) {
	usage, money := g.Traits&Usage != 0, g.Currency == s.Currency
	s.OfLines += g.Lines
	if usage {
		s.OfUsageLines += g.Lines
	}
	if money {
		s.OfCost.AddSum(g.Cost)
		if usage {
			s.OfUsageCost.AddSum(g.Cost)
		}
	}
	if !has {
		return
	}
	s.Lines += g.Lines
	if usage {
		s.UsageLines += g.Lines
	}
	if money {
		s.Cost.AddSum(g.Cost)
		if usage {
			s.UsageCost.AddSum(g.Cost)
		}
	}
}

// share finds a share by its code.
func (s *Set) share(code string) *Share {
	for i := range s.Shares {
		if s.Shares[i].Code == code {
			return &s.Shares[i]
		}
	}
	return nil
}

// ratio is the judged value of a share.
func (s *Set) ratio(code string) int {
	if share := s.share(code); share != nil {
		n, _ := share.Value()
		return n
	}
	return 0
}
