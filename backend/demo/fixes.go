package demo

import "time"

// Fix is something that the client has put right: a check found it on a day, and it was gone on the next one.
type Fix struct {
	Rule, Resource  string
	FoundOn, DoneOn string // days, YYYY-MM-DD
	Saved           string // a month, in the currency of the bill
}

// Fixes lists what the client has put right. Clients without what is planted have none.
func Fixes(o Options) ([]Fix, error) {
	s, err := o.settings()
	if err != nil {
		return nil, err
	}
	var list []Fix
	c := newCalendar(s)
	for _, of := range plants {
		for i := range of {
			t := &of[i]
			res := newResource(s.seed, t, 0, c)
			if t.fixed == "" || !c.detailed || res.from == res.to {
				continue
			}
			it := newItem(&res, 0, layout{})
			list = append(list, Fix{
				Rule: t.fixed, Resource: res.id, FoundOn: c.date(res.to - 1).Format(time.DateOnly), DoneOn: c.date(res.to).Format(time.DateOnly),
				Saved: text(aMonth(ratOf(product(it.base, it.contracted), it.scale), 1)),
			})
		}
	}
	return list, nil
}
