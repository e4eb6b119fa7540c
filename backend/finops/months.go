package finops

import "strings"

// MonthSpan is months that follow one another, the last one included.
type MonthSpan struct{ First, Last Month }

// Words writes a span as people do: "Jul – Nov 2026", "Dec 2025 – Jan 2026", "May 2026".
func (s MonthSpan) Words() string {
	switch a, b := s.First.First().Time(), s.Last.First().Time(); {
	case s.First == s.Last:
		return s.First.Words()
	case a.Year() == b.Year():
		return a.Format("Jan") + " – " + s.Last.Words()
	}
	return s.First.Words() + " – " + s.Last.Words()
}

// MonthSpans joins months, in rising order, that follow one another.
func MonthSpans(months []Month) (list []MonthSpan) {
	for _, m := range months {
		if n := len(list); n > 0 && list[n-1].Last+1 == m {
			list[n-1].Last = m
			continue
		}
		list = append(list, MonthSpan{m, m})
	}
	return list
}

// MonthRanges names months, in rising order, as people do: "Jan 2019 – Aug 2026 except May 2026", "Mar – May
// 2026, Jul 2026".
func MonthRanges(months []Month) string {
	if len(months) == 0 {
		return ""
	}
	first, last := months[0], months[len(months)-1]
	var absent []Month
	for m, at := first, 0; m <= last; m++ {
		if months[at] == m {
			at++
			continue
		}
		absent = append(absent, m)
	}
	if len(absent) > 0 && len(absent)*4 <= len(months) {
		return MonthSpan{first, last}.Words() + " except " + SpansWords(MonthSpans(absent))
	}
	return SpansWords(MonthSpans(months))
}

// SpansWords names spans: "Mar – May 2026, Jul 2026".
func SpansWords(list []MonthSpan) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = s.Words()
	}
	return strings.Join(texts, ", ")
}
