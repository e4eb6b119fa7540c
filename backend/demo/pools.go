package demo

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
)

// poolDays is how many days of usage say what a commitment would save.
const poolDays = 60

// pool are the machines of a family in a region, which one commitment of a billing account can cover.
type pool struct {
	billing        int
	region, family string
}

// yearly is what machines of a family cost with a commitment of one year without upfront payment, in per-mille of the price on demand.
var yearly = [providerCount]map[string]int64{
	aws:   {"m5": 630, "r5": 630, "t2": 671, "t3": 630, "m4": 623, "t4g": 630, "c7g": 630},
	azure: {"Ds_v5": 617, "Es_v5": 590, "Das_v5": 617, "D_v2": 617},
	gcp:   {"e2": 630, "n1": 630, "n2": 630, "c3": 630},
}

// The checks for machines that run all the time at prices on demand, and how pools are called.
var (
	poolRules = [providerCount]string{"X-03", "X-03", "G-CUD-02"}
	poolKinds = [providerCount]string{"aws-ec2-savings-plan:", "azure-vm-reservation:", "gcp-resource-cud:"}
)

// poolClaims states what commitments for machines that nearly always run would save.
func (w *monthWriter) poolClaims() []*claim {
	pools := map[pool][]*item{}
	for i := range w.items {
		it := &w.items[i]
		if family := it.res.skus()[it.sku].family; family != "" {
			of := pool{accounts[it.account].billing, it.res.region.id, family}
			pools[of] = append(pools[of], it)
		}
	}
	var list []*claim
	for _, of := range slices.SortedFunc(maps.Keys(pools), func(a, b pool) int {
		return cmp.Or(cmp.Compare(a.billing, b.billing), cmp.Compare(a.region, b.region), cmp.Compare(a.family, b.family))
	}) {
		if k := w.book.poolClaim(of, pools[of]); k != nil {
			list = append(list, k)
		}
	}
	return list
}

// poolClaim finds the best commitment for a pool: of all that would be used up on one of the days, the one with which everything costs
// least. It is nil where the machines ran on less than 95 % of the days, or ran out.
func (b *book) poolClaim(of pool, items []*item) *claim {
	k := newClaim(items[0].account, "", commit)
	k.grain, k.paid, k.lookback, k.items = 2, true, poolDays, items
	provider := billings[accounts[items[0].account].billing].provider
	k.Rule, k.Resource = poolRules[provider], poolKinds[provider]+of.region+":"+of.family
	start := max(b.last-poolDays+1, b.from)
	var paid []*big.Rat // by day from the first with a cost
	used, first, all := 0, b.last+1, new(big.Rat)
	accountsPaid := map[int]bool{}
	for day := start; day <= b.last; day++ {
		sum := new(big.Rat)
		for _, it := range items {
			s := b.spent[it.number][day-b.from]
			if s.cost > s.covered {
				sum.Add(sum, ratOf(s.cost-s.covered, it.scale))
				accountsPaid[it.account] = true
				k.SubAccount = accounts[it.account].id
			}
		}
		if sum.Sign() > 0 {
			first = min(first, day)
			used++
		}
		if day >= first {
			paid, all = append(paid, sum), all.Add(all, sum)
		}
	}
	if len(accountsPaid) > 1 {
		k.SubAccount = ""
	}
	if used*100 < 95*(b.last-start+1) {
		return nil
	}
	rate := big.NewRat(yearly[provider][of.family], 1000)
	best := new(big.Rat).Set(all)
	for _, level := range paid {
		total := new(big.Rat)
		for _, day := range paid {
			total.Add(total, new(big.Rat).Mul(level, rate))
			if day.Cmp(level) > 0 {
				total.Add(total, new(big.Rat).Sub(day, level))
			}
		}
		if total.Cmp(best) < 0 {
			best = total
		}
	}
	saved := new(big.Rat).Sub(all, best)
	if saved.Sign() == 0 {
		return nil
	}
	k.days = len(paid)
	k.gross = aMonth(saved, k.days)
	k.share = new(big.Rat).Quo(saved, all)
	return k
}
