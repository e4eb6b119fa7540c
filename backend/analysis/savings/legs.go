package savings

import "cloud-intelligence/backend/finops"

// legKey is a part of a group whose lines have the same price.
type legKey struct {
	leg    int
	class  *class // nil where only the quantity of all lines matters
	region uint32
	day    finops.Day // only where the price depends on the quantity of a day
}

// legSum is what such lines add up to.
type legSum struct {
	cost, list, quantity spread
	unlisted, unmeasured bool // a line has no list cost, no quantity
}

// addLegs adds a line to the legs that it is in. The place of a line decides which sums that are, unless prices need those of each day.
func (c *cell) addLegs(e *examination, l *line, r role, g *spotGroup) {
	for i, leg := range e.rules[r.rule].Legs {
		if !r.has(roleLeg + i) {
			continue
		}
		if s := g.legs[i]; s != nil {
			s.add(l)
			continue
		}
		key := legKey{leg: i, class: l.class, region: l.batch.Columns[atRegion][l.at]}
		p := pricers[leg.Price]
		if p != nil && p.daily {
			key.day = l.batch.Days[l.at]
		}
		if leg.AtMost != "" {
			key = legKey{leg: i}
		}
		s := c.legs[key]
		if s == nil {
			s = &legSum{}
			if c.legs == nil {
				c.legs = map[legKey]*legSum{}
			}
			c.legs[key] = s
		}
		if key.day == 0 {
			g.legs[i] = s
		}
		s.add(l)
	}
}

func (s *legSum) add(l *line) {
	if l.priced {
		s.cost.add(l.cost, l.part)
	}
	if list, known := l.list(); known {
		s.list.add(list, l.part)
	} else {
		s.unlisted = true
	}
	if q, known := l.quantity(); known {
		s.quantity.add(q, l.part)
	} else {
		s.unmeasured = true
	}
}

// join adds what another part of the lines came to.
func (s *legSum) join(o *legSum) {
	s.cost.addSpread(&o.cost)
	s.list.addSpread(&o.list)
	s.quantity.addSpread(&o.quantity)
	s.unlisted, s.unmeasured = s.unlisted || o.unlisted, s.unmeasured || o.unmeasured
}

// withinLegs reports whether no leg has more than it may have.
func (a *rating) withinLegs(c *cell) bool {
	for i, leg := range a.rule.Legs {
		if leg.AtMost == "" {
			continue
		}
		s := c.legs[legKey{leg: i}]
		if s == nil {
			continue
		}
		if s.unmeasured || s.quantity.rat().Cmp(a.limits[leg.AtMost]) > 0 {
			return false
		}
	}
	return true
}

// instead is the kind of product that a rule replaces by another one, "" for none.
func (r *Rule) instead() string {
	for _, leg := range r.Legs {
		if p := pricers[leg.Price]; p != nil && p.instead != "" {
			return p.instead
		}
	}
	return ""
}
