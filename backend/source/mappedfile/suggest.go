package mappedfile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Match is a FOCUS column of a suggestion, with the reason for it.
type Match struct {
	Focus      string
	Source     ColumnSource
	Confidence float64 // 0..1
	Reason     string  // a sentence
	Others     []string
}

// Suggestion is a mapping as far as names and values show it. What is not sure is asked.
type Suggestion struct {
	Mapping   Mapping
	Matches   []Match // ordered by FOCUS column
	Questions []Question
}

// Question is what a person must look at before a suggestion is sure.
type Question struct {
	About string // AboutDates, AboutDecimal, a FOCUS column, or "" for the table as a whole
	Text  string // a sentence
}

// What a Question may be about besides a FOCUS column.
const (
	AboutDates   = "dates"
	AboutDecimal = "decimal"
)

// candidate is a column of the table for a FOCUS column.
type candidate struct {
	focus  finops.Column
	column int
	score  float64
	reason string
}

// near is how close two scores are that make a question of a choice; nearWeak is that for a
// choice whose own name is common, as "Amount" beside "Total".
const (
	near     = 0.17
	nearWeak = 0.35
	strong   = 0.86
)

// Suggest matches the columns of a table to those of FOCUS by their names and by what the
// sample holds. The mapping has the given name and the header of the table.
func Suggest(name string, names []string, rows [][]*string) Suggestion {
	s := suggester{names: names, profiles: profiles(names, rows), taken: map[int]bool{}, matched: map[string]int{}}
	s.out.Mapping = Mapping{Name: name, Columns: map[string]ColumnSource{}}.For(names)
	s.headless()
	s.byName()
	s.byValue()
	s.tags()
	s.currency()
	s.spelling()
	slices.SortFunc(s.out.Matches, func(a, b Match) int { return strings.Compare(a.Focus, b.Focus) })
	return s.out
}

type suggester struct {
	names    []string
	profiles []profile
	taken    map[int]bool
	matched  map[string]int // FOCUS column → column of the table
	out      Suggestion
}

func (s *suggester) ask(about, format string, args ...any) {
	s.out.Questions = append(s.out.Questions, Question{about, fmt.Sprintf(format, args...)})
}

// headless finds a table whose first line holds values already.
func (s *suggester) headless() {
	for _, name := range s.names {
		if _, ok := readDate([]byte(name), DatesDayFirst); ok {
			s.ask("", "The first line holds %q, as if it were a line of values and not of names. Give the table a line with the names of its columns.", short([]byte(name)))
			return
		}
	}
}

// words are the spellings under which the name of a column is looked up: whole, without what
// stands in parentheses, that alone, and without a currency at its end.
func words(name string) []string {
	list := []string{fold(name)}
	if before, rest, ok := strings.Cut(name, "("); ok {
		inside, _, _ := strings.Cut(rest, ")")
		list = append(list, fold(before), fold(inside))
	}
	for _, word := range slices.Clone(list) {
		if n := len(word); n > 3 && currencyCodes[strings.ToUpper(word[n-3:])] {
			list = append(list, word[:n-3], strings.TrimSuffix(word[:n-3], "in"))
		}
	}
	if i := strings.LastIndexAny(name, "/."); i >= 0 { // product/region, service.description
		list = append(list, fold(name[i+1:]))
	}
	return slices.DeleteFunc(list, func(word string) bool { return word == "" })
}

// named scores a name for a FOCUS column, 0 to 1.
func named(list []string, focus string) float64 {
	best := 0.0
	for at, word := range list {
		i := slices.Index(synonyms[focus], word)
		score := 0.0
		switch {
		case word == fold(focus):
			score = 1
		case i >= 0:
			score = max(0.92-0.01*float64(i), 0.5)
		}
		if at > 0 { // only a part of the name says so
			score -= 0.08
		}
		best = max(best, score)
	}
	return best
}

// byName takes the best pairs of names first, each column once.
func (s *suggester) byName() {
	var all []candidate
	for i, name := range s.names {
		list := words(name)
		for _, focus := range finops.Columns() {
			score := named(list, focus.Name)
			if score <= 0 {
				continue
			}
			degree, what := s.profiles[i].fits(focus)
			if degree == 0 {
				continue
			}
			all = append(all, candidate{focus, i, score * (0.7 + 0.3*degree), fmt.Sprintf("Suggested by the name %q; %s.", name, what)})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		switch {
		case a.score != b.score && a.score > b.score:
			return -1
		case a.score != b.score:
			return 1
		}
		return a.column - b.column
	})
	for _, c := range all {
		if _, done := s.matched[c.focus.Name]; done || s.taken[c.column] {
			continue
		}
		s.take(c, s.rivals(c, all))
	}
}

// rivals are the other columns that could nearly as well be the FOCUS column, where the
// choice changes what is spent or when.
func (s *suggester) rivals(c candidate, all []candidate) []string {
	var others []string
	if c.focus.Name != "BilledCost" && c.focus.Name != "ChargePeriodStart" && c.focus.Name != "BillingCurrency" {
		return nil
	}
	apart := near
	if c.score < strong {
		apart = nearWeak
	}
	for _, o := range all {
		if o.focus.Name == c.focus.Name && o.column != c.column && !s.taken[o.column] && c.score-o.score < apart && s.profiles[o.column].filled > 0 && !s.better(o, all) {
			others = append(others, s.names[o.column])
		}
	}
	if len(others) > 0 {
		s.ask(c.focus.Name, "%s could be %s as well as %s. %s is suggested; look at the sample values.", c.focus.Name, quoted(others), quoted([]string{s.names[c.column]}), quoted([]string{s.names[c.column]}))
	}
	return others
}

// better reports whether a column suits another FOCUS column more than this one.
func (s *suggester) better(o candidate, all []candidate) bool {
	return slices.ContainsFunc(all, func(c candidate) bool {
		return c.column == o.column && c.focus.Name != o.focus.Name && c.score > o.score
	})
}

func quoted(names []string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = fmt.Sprintf("%q", short([]byte(name)))
	}
	return strings.Join(list, ", ")
}

func (s *suggester) take(c candidate, others []string) {
	s.taken[c.column] = true
	s.matched[c.focus.Name] = c.column
	from := ColumnSource{Column: s.names[c.column]}
	s.out.Mapping.Columns[c.focus.Name] = from
	s.out.Matches = append(s.out.Matches, Match{Focus: c.focus.Name, Source: from, Confidence: c.score, Reason: c.reason, Others: others})
}

// byValue finds what no name showed: the only column of dates, of currencies or of amounts.
func (s *suggester) byValue() {
	for _, find := range []struct {
		focus, instead, what string
		is                   func(p *profile) bool
		confidence           float64
	}{
		{"ChargePeriodStart", "BillingPeriodStart", "holds dates", func(p *profile) bool { return p.mostly(p.dates) && !p.mostly(p.numbers) }, 0.5},
		{"BillingCurrency", "", "holds codes of currencies", func(p *profile) bool { return p.mostly(p.codes) }, 0.6},
		{"BilledCost", "", "holds numbers with decimals", func(p *profile) bool { return p.mostly(p.numbers) && p.fraction*2 > p.filled }, 0.4},
	} {
		if s.has(find.focus) || find.instead != "" && s.has(find.instead) {
			continue
		}
		var fits []int
		for i := range s.profiles {
			if !s.taken[i] && s.profiles[i].filled > 0 && find.is(&s.profiles[i]) {
				fits = append(fits, i)
			}
		}
		switch {
		case len(fits) == 1:
			focus, _ := finops.ColumnByName(find.focus)
			if p := &s.profiles[fits[0]]; find.instead != "" && p.mostly(p.months) {
				focus, _ = finops.ColumnByName(find.instead)
			}
			reason := fmt.Sprintf("%s is the only column left that %s; its name does not say so.", quoted([]string{s.names[fits[0]]}), find.what)
			s.take(candidate{focus, fits[0], find.confidence, reason}, nil)
		case len(fits) > 1:
			var names []string
			for _, i := range fits {
				names = append(names, s.names[i])
			}
			s.ask(find.focus, "%s could be one of %s: each %s and no name says which.", find.focus, quoted(names), find.what)
		}
	}
}

func (s *suggester) has(focus string) bool {
	_, ok := s.matched[focus]
	return ok
}

// tags takes the columns whose name says that they hold one tag.
func (s *suggester) tags() {
	for i, name := range s.names {
		if s.taken[i] {
			continue
		}
		for _, prefix := range tagPrefixes {
			if len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix) {
				if s.out.Mapping.Tags == nil {
					s.out.Mapping.Tags = map[string]string{}
				}
				if key := name[len(prefix):]; s.out.Mapping.Tags[key] == "" {
					s.out.Mapping.Tags[key] = name
					s.taken[i] = true
				}
				break
			}
		}
	}
}

// currency looks for the currency in the name of the cost column and in its values.
func (s *suggester) currency() {
	cost, ok := s.matched["BilledCost"]
	if !ok || s.has("BillingCurrency") {
		return
	}
	p := &s.profiles[cost]
	code, reason := "", ""
	if upper := strings.ToUpper(fold(p.name)); len(upper) >= 3 && currencyCodes[upper[len(upper)-3:]] {
		code = upper[len(upper)-3:]
		reason = fmt.Sprintf("Suggested by the name %q.", p.name)
	}
	for _, sign := range slices.Sorted(maps.Keys(signCurrency)) {
		if code == "" && strings.Contains(p.name, sign) {
			code, reason = signCurrency[sign], fmt.Sprintf("Suggested by the name %q.", p.name)
		}
	}
	if len(p.marks) == 1 {
		for mark := range p.marks {
			if code == "" {
				code, reason = mark, fmt.Sprintf("The values of %q say so.", p.name)
			}
		}
	}
	if len(p.marks) > 1 {
		s.ask("BillingCurrency", "%q holds amounts of several currencies, and no column says which: their lines cannot be read with one currency.", p.name)
	}
	if code != "" {
		s.out.Mapping.Columns["BillingCurrency"] = ColumnSource{Text: code}
		s.out.Matches = append(s.out.Matches, Match{Focus: "BillingCurrency", Source: ColumnSource{Text: code}, Confidence: 0.8, Reason: reason})
	}
}

// spelling finds the order of dates and the decimal sign, or asks for them.
func (s *suggester) spelling() {
	var dates, numbers profile
	unix := false
	for focus, i := range s.matched {
		p := &s.profiles[i]
		switch c, _ := finops.ColumnByName(focus); c.Kind {
		case finops.KindTime:
			dates.dayFirst += p.dayFirst
			dates.monFirst += p.monFirst
			if p.either != "" && (dates.either == "" || p.either < dates.either) {
				dates.either = p.either
			}
			unix = unix || p.mostly(p.unix) && !p.mostly(p.dates)
			if p.serial != "" && (dates.serial == "" || p.serial < dates.serial) {
				dates.serial, dates.name = p.serial, p.name
			}
		case finops.KindDecimal:
			numbers.point += p.point
			numbers.comma += p.comma
			if p.unclear != "" && (numbers.unclear == "" || p.unclear < numbers.unclear) {
				numbers.unclear = p.unclear
			}
		}
	}
	m := &s.out.Mapping
	switch {
	case unix:
		m.Dates = DatesUnix
	case dates.dayFirst > 0 && dates.monFirst > 0:
		s.ask(AboutDates, "Some dates can only begin with the day and others only with the month. One of the two kinds will be rejected.")
	case dates.dayFirst > 0:
		m.Dates = DatesDayFirst
	case dates.monFirst > 0:
		m.Dates = DatesMonthFirst
	case dates.either != "":
		s.ask(AboutDates, "The date %q can be read with the day or with the month first. Say which it is; until then such lines are skipped.", short([]byte(dates.either)))
	}
	if m, ok := readSerial(dates.serial); ok {
		s.ask(AboutDates, "%q holds numbers as %s, as Excel keeps dates. They are read as such: %s is %s. Check that this is right.", dates.name, dates.serial, dates.serial, m.time.Format("2006-01-02"))
	}
	switch {
	case numbers.point > 0 && numbers.comma > 0:
		s.ask(AboutDecimal, "Some numbers have a decimal point and others a decimal comma. Say which is meant, or leave it open: then only numbers that can be read in one way are taken.")
	case numbers.point > 0:
		m.Decimal = DecimalPoint
	case numbers.comma > 0:
		m.Decimal = DecimalComma
	case numbers.unclear != "":
		s.ask(AboutDecimal, "The number %q can be read with decimals or with thousands. Say which it is; until then such lines are skipped.", short([]byte(numbers.unclear)))
	}
}
