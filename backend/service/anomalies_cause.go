package service

import (
	"cmp"
	"context"
	"math/big"
	"slices"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// causeDays before an anomaly are what it is compared with.
const causeDays = 28

// newNamed is how many new resources, and how many new SKUs, are named.
const newNamed = 5

// units is what one SKU cost, and how many units it had, before and during an anomaly.
type units struct {
	costBefore, cost, quantityBefore, quantity finops.Sum
}

// parts is what one anomaly is made of.
type parts struct {
	actual    finops.Sum
	skus      map[[2]string]*units // by SkuId and ConsumedUnit
	resources map[string]*units
}

// explain enters the exact amounts of anomalies and their causes, which two questions answer for all of them.
func (x *detection) explain(ctx context.Context, list []Anomaly) error {
	all := make([]parts, len(list))
	for i := range all {
		all[i] = parts{skus: map[[2]string]*units{}, resources: map[string]*units{}}
	}
	err := eachRow(ctx, x.snapshot, x.judged, list, []string{"SkuId", "ConsumedUnit"}, []finops.Metric{finops.EffectiveCost, "ConsumedQuantity"}, func(i int, during bool, r finops.Row) {
		key := [2]string{deref(r.Keys[4]), deref(r.Keys[5])}
		if all[i].skus[key] == nil {
			all[i].skus[key] = &units{}
		}
		all[i].skus[key].add(during, r.Amounts[0], r.Amounts[1])
		if during && r.Amounts[0] != nil {
			all[i].actual.AddSum(*r.Amounts[0])
		}
	})
	if err != nil {
		return err
	}
	err = eachRow(ctx, x.snapshot, x.judged, list, []string{"ResourceId"}, []finops.Metric{finops.EffectiveCost}, func(i int, during bool, r finops.Row) {
		key := deref(r.Keys[4])
		if all[i].resources[key] == nil {
			all[i].resources[key] = &units{}
		}
		all[i].resources[key].add(during, r.Amounts[0], nil)
	})
	if err != nil {
		return err
	}
	for i := range list {
		list[i].enter(&all[i])
	}
	return nil
}

func (u *units) add(during bool, cost, quantity *finops.Sum) {
	c, q := &u.costBefore, &u.quantityBefore
	if during {
		c, q = &u.cost, &u.quantity
	}
	if cost != nil {
		c.AddSum(*cost)
	}
	if quantity != nil {
		q.AddSum(*quantity)
	}
}

// eachRow calls fn for each row of the judged charges of the leaves of each anomaly, during it and in the days before.
func eachRow(ctx context.Context, s *engine.Snapshot, judged finops.Filter, list []Anomaly, more []string, metrics []finops.Metric, fn func(i int, during bool, r finops.Row)) error {
	from, to := span(list)
	var nodes []finops.Filter
	for i := range list {
		nodes = append(nodes, filterOf(list[i].Node))
	}
	from -= causeDays
	of := map[[4]string][]int{} // the anomalies of each leaf
	var failed error
	q := finops.Question{
		Metrics: metrics, GroupBy: append(slices.Clone(anomaly.Levels[:]), more...), Where: finops.All(judged, finops.Any(nodes...)),
		From: &from, To: &to, Grain: finops.GrainDay,
	}
	err := s.Each(ctx, q, func(r finops.Row) {
		values := [4]string{deref(r.Keys[0]), deref(r.Keys[1]), deref(r.Keys[2]), deref(r.Keys[3])}
		about, ok := of[values]
		if !ok {
			for i := range list {
				if list[i].Node.Has(values) {
					about = append(about, i)
				}
			}
			of[values] = about
		}
		day, err := finops.ParseDay(r.Time)
		if err != nil {
			failed = err
			return
		}
		for _, i := range about {
			if a := &list[i]; r.Currency == a.Currency && day >= a.First-causeDays && day <= a.Last {
				fn(i, day >= a.First, r)
			}
		}
	})
	if err == nil {
		err = failed
	}
	return err
}

// filterOf selects the charges of a node.
func filterOf(n anomaly.Node) finops.Filter {
	var where []finops.Filter
	for i, level := range anomaly.Levels {
		if n.Named[i] {
			value := &n.Values[i]
			if *value == "" {
				value = nil
			}
			where = append(where, finops.If(finops.Condition{Column: level, Values: []*string{value}}))
		}
	}
	return finops.All(where...)
}

// enter enters the amounts of an anomaly.
func (a *Anomaly) enter(p *parts) {
	a.Actual, a.Expected, a.Month = p.actual, rounded(a.Anomaly.Expected, a.Currency), rounded(a.MonthOn, a.Currency)
	a.Impact.AddSum(a.Actual)
	a.Impact.SubSum(a.Expected)
	price := new(big.Rat)
	for _, u := range p.skus {
		if u.quantityBefore.Sign() > 0 && u.quantity.Sign() > 0 {
			same := new(big.Rat).Mul(u.costBefore.Rat(), u.quantity.Rat())
			price.Add(price, u.cost.Rat()).Sub(price, same.Quo(same, u.quantityBefore.Rat()))
		}
	}
	if sum, err := finops.ParseAmount([]byte(finops.RoundHalfEven(price, finops.MinorDigits(a.Currency)+2))); err == nil {
		a.Cause.Price.Add(sum)
	}
	a.Cause.Volume.AddSum(a.Impact)
	a.Cause.Volume.SubSum(a.Cause.Price)
	skus := map[string]*units{}
	for key, u := range p.skus {
		if skus[key[0]] == nil {
			skus[key[0]] = &units{}
		}
		skus[key[0]].add(true, &u.cost, nil)
		skus[key[0]].add(false, &u.costBefore, nil)
	}
	a.Cause.New = append(newOnes(p.resources), newOnes(skus)...)
}

// newOnes names what had no cost before, the most expensive first.
func newOnes(list map[string]*units) []string {
	var names []string
	for name, u := range list {
		if name != "" && u.costBefore.IsZero() && u.cost.Sign() > 0 {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(list[b].cost.Cmp(list[a].cost), cmp.Compare(a, b)) })
	return names[:min(len(names), newNamed)]
}

// AnomalyWhere selects the charges of an anomaly, on any day.
func AnomalyWhere(a Anomaly) finops.Filter {
	return finops.All(judgedUsage(), finops.Not(wholeMonths()), filterOf(a.Node))
}
