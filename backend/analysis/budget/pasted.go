package budget

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"cloud-intelligence/backend/finops"
)

// PastedProblem says what is wrong with a line of a pasted text, from 1.
type PastedProblem struct {
	Line    int
	Problem string
}

// pastedLinesMost bounds a pasted text.
const pastedLinesMost = 2000

// ReadPasted reads amounts as a spreadsheet puts them on the clipboard: a period and an amount on each line, periods on one line and
// amounts on the next, or amounts alone, which then follow each other from the period first on ("" = they need one). A line of heads is passed
// over. Nothing is read where there is a problem.
func ReadPasted(c Calendar, text, currency, first string) ([]Amount, []PastedProblem) {
	r := pasted{calendar: c, currency: currency}
	rows := r.rows(text)
	if len(rows) == 0 {
		return nil, []PastedProblem{{1, "There are no amounts."}}
	}
	if len(rows) > pastedLinesMost {
		return nil, []PastedProblem{{pastedLinesMost + 1, fmt.Sprintf("There are more than %d lines.", pastedLinesMost)}}
	}
	switch {
	case r.across(rows):
		r.beside(rows)
	case r.alone(rows):
		r.follow(rows, first)
	default:
		r.below(rows)
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return r.amounts, nil
}

// pasted is a text while it is read.
type pasted struct {
	calendar Calendar
	currency string
	amounts  []Amount
	problems []PastedProblem
}

// pastedRow is a line that is not empty, by cells that are not.
type pastedRow struct {
	line  int
	cells []string
}

func (r *pasted) rows(text string) (rows []pastedRow) {
	line := 0
	for text := range strings.Lines(text) {
		line++
		separator := "\t"
		if !strings.Contains(text, "\t") {
			separator = ";"
		}
		var cells []string
		for cell := range strings.SplitSeq(text, separator) {
			if cell = strings.TrimSpace(cell); cell != "" {
				cells = append(cells, cell)
			}
		}
		if len(cells) > 0 {
			rows = append(rows, pastedRow{line, cells})
		}
	}
	return rows
}

func (r *pasted) wrong(line int, format string, args ...any) {
	r.problems = append(r.problems, PastedProblem{line, fmt.Sprintf(format, args...)})
}

// across says whether periods stand on one line and amounts on the next.
func (r *pasted) across(rows []pastedRow) bool {
	if len(rows) != 2 || len(rows[0].cells) < 2 {
		return false
	}
	cells := rows[0].cells
	_, last := r.period(cells[len(cells)-1])
	_, before := r.period(cells[len(cells)-2])
	return last && before
}

// beside reads a row of periods with its amounts in the row below. The lines may begin with a name.
func (r *pasted) beside(rows []pastedRow) {
	periods, amounts := rows[0].cells, rows[1].cells
	if _, ok := r.period(periods[0]); !ok {
		periods = periods[1:]
	}
	if len(amounts) == len(periods)+1 {
		amounts = amounts[1:]
	}
	if len(amounts) != len(periods) {
		r.wrong(rows[1].line, "There are %d periods and %d amounts.", len(periods), len(amounts))
		return
	}
	for i, text := range periods {
		r.add(rows[1].line, text, amounts[i])
	}
}

// alone says whether there are only amounts.
func (r *pasted) alone(rows []pastedRow) bool {
	for i, row := range rows {
		if len(row.cells) > 1 && len(rows) > 1 {
			return false
		}
		for _, cell := range row.cells {
			if _, err := readAmount(cell, r.currency); err != nil && (i > 0 || len(rows) == 1) {
				return false
			}
		}
	}
	return true
}

// follow gives amounts the periods from first on.
func (r *pasted) follow(rows []pastedRow, first string) {
	p, err := r.calendar.Parse(first)
	if err != nil {
		r.wrong(rows[0].line, "The amounts have no periods. Say in which one the first of them is.")
		return
	}
	for i, row := range rows {
		for _, cell := range row.cells {
			amount, err := readAmount(cell, r.currency)
			if err != nil {
				if i > 0 {
					r.wrong(row.line, "%s", finops.MessageOf(err))
				}
				continue // a head
			}
			r.amounts = append(r.amounts, Amount{Period: p.Name, Amount: amount})
			p = r.calendar.Next(p)
		}
	}
}

// below reads a period and an amount from each line.
func (r *pasted) below(rows []pastedRow) {
	for i, row := range rows {
		_, isPeriod := r.period(row.cells[0])
		if i == 0 && !isPeriod && len(rows) > 1 {
			continue // a head
		}
		if len(row.cells) < 2 {
			r.wrong(row.line, "Write a period and an amount.")
			continue
		}
		r.add(row.line, row.cells[0], row.cells[1])
	}
}

func (r *pasted) add(line int, period, amount string) {
	p, ok := r.period(period)
	if !ok {
		r.wrong(line, "%q is not a period; write 2026-10, Oct 2026, 2026-Q4, 2026, FY2026-P01 or FROM/TO.", period)
		return
	}
	a, err := readAmount(amount, r.currency)
	if err != nil {
		r.wrong(line, "%s", finops.MessageOf(err))
		return
	}
	if slices.ContainsFunc(r.amounts, func(have Amount) bool { return have.Period == p.Name }) {
		r.wrong(line, "%s is there twice.", p.Name)
		return
	}
	r.amounts = append(r.amounts, Amount{Period: p.Name, Amount: a})
}

var oneDay = regexp.MustCompile(`^\d{4}-\d{2}-(\d{2})$`)

// ParseWritten reads a period as Parse does, and months also as people and spreadsheets write them: Oct 2026, Oct-26, 10/2026, 2026-10-01.
func (c Calendar) ParseWritten(text string) (Period, error) {
	p, err := c.Parse(text)
	if err == nil {
		return p, nil
	}
	if day := oneDay.FindStringSubmatch(text); day != nil && day[1] != "01" {
		return p, err
	}
	if m, failed := finops.ReadMonth(text); failed == nil {
		return c.Parse(m.String())
	}
	return p, err
}

// period reads a period.
func (r *pasted) period(text string) (Period, bool) {
	p, err := r.calendar.ParseWritten(text)
	return p, err == nil
}

var plainAmount = regexp.MustCompile(`^\d+(\.\d+)?$`)

// readAmount reads an amount as people write it: with signs of thousands, a comma or a point before the fraction, and the currency beside it.
func readAmount(text, currency string) (finops.Amount, error) {
	wrong := finops.Errorf(finops.CodeInvalid, "%q is not an amount.", text)
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Sc, r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, text)
	digits = strings.TrimSuffix(strings.TrimPrefix(digits, currency), currency)
	point, comma := strings.Count(digits, "."), strings.Count(digits, ",")
	fraction := "."
	switch {
	case point > 0 && comma > 0:
		if strings.LastIndex(digits, ",") > strings.LastIndex(digits, ".") {
			fraction = ","
		}
	case point > 1:
		fraction = ","
	case point+comma == 1:
		sign := "."
		if comma == 1 {
			sign = ","
		}
		whole, rest, _ := strings.Cut(digits, sign)
		switch {
		case len(rest) != 3 || whole == "0":
			fraction = sign
		case finops.MinorDigits(currency) == 3:
			return finops.Amount{}, finops.Errorf(finops.CodeInvalid, "%q can be read in two ways; write it without a sign of thousands.", text)
		case sign == ".":
			fraction = "," // no currency with two digits has an amount with three
		}
	}
	thousands := map[string]string{".": ",", ",": "."}[fraction]
	whole, rest, _ := strings.Cut(digits, fraction)
	groups := strings.Split(whole, thousands)
	for i, g := range groups {
		if i > 0 && len(g) != 3 || len(groups) > 1 && (len(g) > 3 || g == "") {
			return finops.Amount{}, wrong
		}
	}
	plain := strings.Join(groups, "")
	if rest != "" {
		plain += "." + rest
	}
	if !plainAmount.MatchString(plain) {
		return finops.Amount{}, wrong
	}
	a, err := finops.ParseAmount([]byte(plain))
	if err != nil {
		return a, wrong
	}
	return a, nil
}
