package demo

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"
)

// step is the order in which savings on the same charges are done: what is switched off needs no better price.
type step int

const (
	terminate step = iota
	schedule
	modernise
	tier
	commit
)

// waste is what somebody who looks for savings should find in each resource of a template, or in one of its SKUs.
type waste struct {
	rule string // of the catalogue of checks
	step step
	// What of the cost is saved: all of it, or a part ("118/168"), or what it costs more than at another list price in its region, or
	// what saved works out.
	part, price string
	saved       func(o *owned) *big.Rat // of the window; nil = the others say it
	candidate   bool                    // the bill alone cannot prove it
	hours       bool                    // it can only by lines of hours
	review      bool                    // nobody knows how much it is
	days        int                     // looked at; 0 = 30
	events      bool                    // single fees: all days count, and it need not go on
	instead     string                  // what it would put another product in place of, so that one of them can be done
	skus        []int                   // whose lines are meant; nil = all, or the one SKU that it is said of
	whole       bool                    // it is said once of all such resources of a sub account
	when        func(o *owned) bool     // what must be so beside; nil = nothing
}

// olderThan is for what is found only some days after a resource was made.
func olderThan(days int) func(*owned) bool {
	return func(o *owned) bool { return o.end()-o.first() > days }
}

// largerThan is for volumes of more than so many GB, on the average of the month.
func largerThan(size int64) func(*owned) bool {
	return func(o *owned) bool {
		sum, days := new(big.Rat), int64(0)
		o.each(30, func(day int, of *spent) {
			if of.quantity > 0 {
				month := int64(o.book.calendar.months[o.book.calendar.monthOf[day]].days)
				sum.Add(sum, ratOf(of.quantity*month, o.items[0].quantityScale))
				days++
			}
		})
		return days > 0 && sum.Cmp(big.NewRat(size*days, 1)) > 0
	}
}

// atLeast is for so many resources that were there in the last 30 days.
func atLeast(number int) func(*owned) bool {
	return func(o *owned) bool {
		there := map[*resource]bool{}
		for _, it := range o.items {
			if it.res.from <= o.end() && it.res.to > o.end()-30 {
				there[it.res] = true
			}
		}
		return len(there) >= number
	}
}

// costing is for what costs at least so much a month.
func costing(least int64) func(*owned) bool {
	return func(o *owned) bool { return aMonth(o.cost(30), o.days(30)).Cmp(big.NewRat(least, 1)) >= 0 }
}

// armed is a machine that costs another list price with processors of Arm, for which programs have to be built anew.
func armed(price string) waste {
	return waste{rule: "A-EC2-06", step: modernise, price: price, candidate: true, instead: "machine"}
}

// amd is a machine that costs another list price with processors of AMD.
func amd(price string) waste {
	return waste{rule: "A-EC2-07", step: modernise, price: price, instead: "machine"}
}

// alwaysOn is what runs at night and on weekends, 118 of the 168 hours of a week, although nobody works with it then.
func alwaysOn(rule string) waste {
	return waste{rule: rule, step: schedule, part: "118/168", skus: []int{0}, hours: true, when: nonProduction}
}

// nonProduction is for what is not for customers: as its tag says, in a spelling that is known, or else its sub account.
func nonProduction(o *owned) bool {
	tags := map[string]string{}
	if o.res.tags != "" && json.Unmarshal([]byte(o.res.tags), &tags) != nil {
		return false
	}
	env := accounts[o.res.account].env
	for _, key := range freeKeys.environment {
		for _, spelled := range []string{key, strings.ToLower(key)} {
			if value := tags[spelled]; value != "" {
				env = strings.ToLower(value)
			}
		}
	}
	return slices.Contains([]string{"staging", "stage", "development", "dev", "test", "qa"}, env)
}

// gp3Instead is a volume of gp2 that would cost less as gp3, with as many operations and as much throughput: gp2 has three operations a
// second for each GB, gp3 has 3,000, and each one more costs 0.005 of the month where a GB costs 0.08; gp2 of more than 150 GB has 125 MB/s
// more than gp3, which cost 0.04 each.
var gp3Instead = waste{rule: "A-EBS-01", step: modernise, instead: "volume", saved: func(o *owned) *big.Rat {
	it, saved := o.items[0], new(big.Rat)
	list := priceIn("0.0800", o.res.region, "USD")
	unit := list.permille(negotiated(billings[billAWS]))
	gb := ratOf(unit.units, unit.scale)
	o.each(30, func(day int, of *spent) {
		if of.quantity == 0 {
			return
		}
		days := big.NewRat(int64(o.book.calendar.months[o.book.calendar.monthOf[day]].days), 1)
		quantity := ratOf(of.quantity, it.quantityScale)
		size := new(big.Rat).Mul(quantity, days)
		month := new(big.Rat).Mul(size, gb)
		if more := new(big.Rat).Sub(new(big.Rat).Mul(size, big.NewRat(3, 1)), big.NewRat(3000, 1)); more.Sign() > 0 {
			month.Add(month, more.Mul(more, new(big.Rat).Mul(gb, big.NewRat(5, 80))))
		}
		if size.Cmp(big.NewRat(150, 1)) > 0 {
			month.Add(month, new(big.Rat).Mul(gb, big.NewRat(125*40, 80)))
		}
		saved.Add(saved, ratOf(of.cost, it.scale))
		saved.Sub(saved, month.Quo(month, days))
	})
	return saved
}}
