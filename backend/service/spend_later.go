package service

import (
	"context"
	"slices"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
)

// habitMonthsMost is how many complete months before a period say what is usually booked later.
const habitMonthsMost = 12

// bookedLater are the charges that providers usually book later in a month. What the earlier months say of a kind
// of charges decides: one that was always first charged in the last days of a month, and no tax that
// was charged day by day. Of the others, charges for a whole month, such as support and monthly fees, and
// taxes are usually booked later.
func (a *spending) bookedLater(ctx context.Context, c *spend.Comparison) (finops.Filter, error) {
	if len(c.Later) == 0 { // no month is open
		return finops.Filter{}, nil
	}
	habits, err := a.habits(ctx)
	if err != nil {
		return finops.Filter{}, err
	}
	tax := is("ChargeCategory", new("Tax"))
	if steady := kinds(habits.Steady(), func(k spend.Kind) bool { return k.Category != nil && *k.Category == "Tax" }); len(steady) > 0 {
		tax = finops.All(tax, finops.Not(finops.Any(steady...)))
	}
	late := kinds(habits.Late(), func(spend.Kind) bool { return true })
	return finops.Any(append(late, wholeMonths(), tax)...), nil
}

func is(column string, value *string) finops.Filter {
	return finops.If(finops.Condition{Column: column, Values: []*string{value}})
}

// kinds are filters for some kinds.
func kinds(list []spend.Kind, some func(spend.Kind) bool) (filters []finops.Filter) {
	for _, k := range list {
		if some(k) {
			filters = append(filters, finops.All(is(finops.DimProvider, k.Provider), is("ServiceName", k.Service), is("ChargeCategory", k.Category)))
		}
	}
	return filters
}

// habits are those of the complete months before the one in which the period ends.
func (a *spending) habits(ctx context.Context) (*spend.Habits, error) {
	h := spend.NewHabits()
	open := a.query.Now.To.Month()
	var months []finops.Month
	for _, m := range a.data.Months {
		if m.Complete && m.Month < open {
			months = append(months, m.Month)
		}
	}
	if months = months[max(0, len(months)-habitMonthsMost):]; len(months) == 0 {
		return h, nil
	}
	q := a.question(spend.Window{From: months[0].First(), To: months[len(months)-1].Last()}, finops.Filter{}, finops.GrainDay, finops.DimProvider, "ServiceName", "ChargeCategory")
	var failed error
	err := a.snapshot.Each(ctx, q, func(r finops.Row) {
		day, err := finops.ParseDay(r.Time)
		if err != nil {
			failed = err
			return
		}
		if slices.Contains(months, day.Month()) {
			h.Add(spend.Kind{Provider: r.Keys[0], Service: r.Keys[1], Category: r.Keys[2]}, day)
		}
	})
	if err == nil {
		err = failed
	}
	return h, err
}
