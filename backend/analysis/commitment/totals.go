package commitment

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
)

// Total adds up the commitments of one currency that run. Amounts are of a month.
type Total struct {
	Currency    string
	Running     int
	Used        big.Rat
	Unused      big.Rat
	NetSaving   big.Rat
	CostOfLapse big.Rat
	Sharing     big.Rat // losses
	Unknown     int     // commitments of which an amount is not known, and so not in the sums
}

// Utilisation is used ÷ (used + unused), nil where both are nothing.
func (t *Total) Utilisation() *big.Rat {
	return quotient(&t.Used, new(big.Rat).Add(&t.Used, &t.Unused))
}

// Totals adds up by currency.
func Totals(all []*Standing) []*Total {
	of := map[string]*Total{}
	for _, s := range all {
		if s.Ended {
			continue
		}
		t := of[s.Currency]
		if t == nil {
			t = &Total{Currency: s.Currency}
			of[s.Currency] = t
		}
		t.Running++
		unknown := false
		add := func(sum, v *big.Rat) {
			if v == nil {
				unknown = true
				return
			}
			sum.Add(sum, v)
		}
		if s.Used == nil || s.Unused == nil { // half of it would be a wrong utilisation
			unknown = true
		} else {
			add(&t.Used, s.Used)
			add(&t.Unused, s.Unused)
		}
		add(&t.NetSaving, s.NetSaving())
		add(&t.CostOfLapse, s.CostOfLapse())
		if s.Sharing != nil {
			add(&t.Sharing, s.Sharing.Loss)
		}
		if unknown {
			t.Unknown++
		}
	}
	return slices.SortedFunc(maps.Values(of), func(a, b *Total) int { return cmp.Compare(a.Currency, b.Currency) })
}
