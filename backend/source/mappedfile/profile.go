package mappedfile

import (
	"encoding/json"
	"strings"

	"cloud-intelligence/backend/finops"
)

// profile is what the values of a column of the table look like.
type profile struct {
	name     string
	filled   int
	distinct map[string]struct{} // at most a few
	numbers  int                 // numbers in some spelling
	fraction int                 // of them, those with decimals or a currency
	point    int                 // numbers that can only have a decimal point
	comma    int                 // numbers that can only have a decimal comma
	unclear  string              // a number that can be read in two ways
	dates    int                 // dates in some spelling
	dayFirst int                 // dates that can only begin with the day
	monFirst int                 // dates that can only begin with the month
	either   string              // a date that can be read in two ways
	unix     int                 // seconds or milliseconds since 1970
	months   int                 // dates that name a month and no day
	serial   string              // a number that is read as a day of Excel
	codes    int                 // codes of a currency
	objects  int                 // JSON objects
	marks    map[string]int      // currencies that the numbers name
}

const distinctMost = 64

// profiles looks at the columns of a sample.
func profiles(names []string, rows [][]*string) []profile {
	list := make([]profile, len(names))
	for i, name := range names {
		p := &list[i]
		p.name, p.distinct, p.marks = name, map[string]struct{}{}, map[string]int{}
		for _, row := range rows {
			if i >= len(row) || row[i] == nil {
				continue
			}
			if text := strings.TrimFunc(*row[i], blank); text != "" && !finops.IsNull([]byte(text)) {
				p.add(text)
			}
		}
	}
	return list
}

func (p *profile) add(text string) {
	p.filled++
	if len(p.distinct) < distinctMost {
		p.distinct[text] = struct{}{}
	}
	p.addNumber(text)
	p.addDate(text)
	if code, ok := readCurrency([]byte(text)); ok && currencyCodes[code] {
		p.codes++
	}
	if text[0] == '{' && json.Valid([]byte(text)) {
		p.objects++
	}
}

func (p *profile) addNumber(text string) {
	_, mark, point := readNumber(nil, []byte(text), DecimalPoint)
	_, markComma, comma := readNumber(nil, []byte(text), DecimalComma)
	_, _, plain := readNumber(nil, []byte(text), DecimalPlain)
	if !point && !comma {
		return
	}
	p.numbers++
	if mark == "" {
		mark = markComma
	}
	if mark != "" {
		p.marks[mark]++
	}
	if strings.ContainsAny(text, ".,") || mark != "" {
		p.fraction++
	}
	switch {
	case point && !comma:
		p.point++
	case comma && !point:
		p.comma++
	case !plain && p.unclear == "":
		p.unclear = text
	}
}

func (p *profile) addDate(text string) {
	if _, ok := readUnix(text); ok {
		p.unix++
	}
	m, day := readDate([]byte(text), DatesDayFirst)
	_, month := readDate([]byte(text), DatesMonthFirst)
	if !day && !month {
		return
	}
	p.dates++
	switch _, plain := readDate([]byte(text), DatesPlain); {
	case day && !month:
		p.dayFirst++
	case month && !day:
		p.monFirst++
	case !plain && p.either == "":
		p.either = text
	}
	if m.month {
		p.months++
	}
	if _, excel := readSerial(text); excel && p.serial == "" {
		p.serial = text
	}
}

// mostly reports whether nearly all values are of a kind.
func (p *profile) mostly(n int) bool { return p.filled > 0 && n*10 >= p.filled*9 }

// fits says how well the values suit a FOCUS column, 0 to 1, and what they are in words.
func (p *profile) fits(c finops.Column) (degree float64, what string) {
	if p.filled == 0 {
		return 0.5, "the sample has no value in it"
	}
	switch {
	case c.Name == "BillingCurrency":
		return p.share(p.codes, "codes of currencies")
	case c.Kind == finops.KindDecimal:
		if p.mostly(p.codes) {
			return 0, ""
		}
		return p.share(p.numbers, "numbers")
	case c.Kind == finops.KindTime:
		if p.mostly(p.unix) && p.dates < p.unix {
			return 0.9, "its values are counts of seconds since 1970"
		}
		return p.share(p.dates, "dates")
	case c.Name == "Tags":
		if p.mostly(p.objects) {
			return 1, "its values are JSON objects"
		}
		return 0.7, "its values are text"
	}
	return 1, "its values are text"
}

// share is the degree for a kind of which n values are.
func (p *profile) share(n int, kind string) (degree float64, what string) {
	switch {
	case p.mostly(n):
		return 1, "its values are " + kind
	case n*2 >= p.filled:
		return 0.8, "most of its values are " + kind
	}
	return 0, ""
}
