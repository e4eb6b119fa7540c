package finops

import "slices"

// Held says on which days there are charges of something, such as a provider: on all from
// First to Last but Missing.
type Held struct {
	First, Last Day
	Missing     []Day // rising
}

// HeldOf makes a Held of the days on which charges begin. Where these are the first days of
// several months and no other day, the charges are monthly: each is held to the end of its month.
func HeldOf(days map[Day]bool) Held {
	var h Held
	first, monthly := true, true
	months := map[Month]bool{}
	for d := range days {
		if first || d < h.First {
			h.First = d
		}
		if first || d > h.Last {
			h.Last = d
		}
		first = false
		monthly = monthly && d == d.Month().First()
		months[d.Month()] = true
	}
	if monthly = monthly && len(months) > 1; monthly {
		h.Last = h.Last.Month().Last()
	}
	for d := h.First; d <= h.Last && !first; d++ {
		if !days[d] && (!monthly || !months[d.Month()]) {
			h.Missing = append(h.Missing, d)
		}
	}
	return h
}

// Has reports whether there are charges of a day.
func (h *Held) Has(d Day) bool {
	_, missing := slices.BinarySearch(h.Missing, d)
	return d >= h.First && d <= h.Last && !missing
}

// Lacks lists the days of a span without charges, both ends of which are included.
func (h *Held) Lacks(from, to Day) (days []Day) {
	for d := from; d <= to; d++ {
		if !h.Has(d) {
			days = append(days, d)
		}
	}
	return days
}

// Complete reports whether a month is complete: it has charges on each of its days.
func (h *Held) Complete(m Month) bool { return len(h.Lacks(m.First(), m.Last())) == 0 }

// endedAfter is from how many days behind the newest charges on something has ended rather than
// being late.
const endedAfter = 46

// Late is how many days the charges are behind the newest ones of all; ended reports that they
// are so far behind that no more are to come, where late is 0.
func (h *Held) Late(newest Day) (late int, ended bool) {
	late = int(newest - h.Last)
	if ended = late >= endedAfter; ended {
		late = 0
	}
	return max(late, 0), ended
}
