package bigqueryexport

import (
	"fmt"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// state distinguishes two states of a month. It is the version of an object: its text is kept in workspaces, as a part of a hash.
type state struct {
	records     string // number of rows
	newest      string // export time, µs since 1970; "" = there is none
	cost        string
	first, last string // partitions, YYYY-MM-DD; "" = there are none
}

func (s state) text() string {
	return strings.Join([]string{s.records, s.newest, s.cost, s.first, s.last}, " ")
}

func parseState(text string) (s state, ok bool) {
	f := strings.Split(text, " ")
	if len(f) != 5 || f[0] == "" {
		return s, false
	}
	s = state{f[0], f[1], f[2], f[3], f[4]}
	return s, s.first == "" || (day.MatchString(s.first) && day.MatchString(s.last))
}

// quoted is the name of a table in SQL.
func (s settings) quoted(t table) string {
	return "`" + s.home + "." + s.dataset + "." + t.name + "`"
}

// statesSQL asks for the states of all months from a first one on. It reads three columns.
func (s settings) statesSQL(t table, from string) string {
	newest, first, last := "NULL", "NULL", "NULL"
	if t.newest != "" {
		newest = "MAX(" + t.newest + ")"
	}
	var where []string
	if t.partition != "" {
		first, last = "CAST(CAST(MIN("+t.partition+") AS DATE) AS STRING)", "CAST(CAST(MAX("+t.partition+") AS DATE) AS STRING)"
		where = append(where, t.since(beforeMonth(from)))
	}
	if from != "" {
		where = append(where, t.month+" >= '"+strings.ReplaceAll(from, "-", "")+"'")
	}
	text := fmt.Sprintf("SELECT %s AS month, COUNT(*) AS records, %s AS newest, CAST(SUM(CAST(%s AS BIGNUMERIC)) AS STRING) AS cost, %s AS first, %s AS last FROM %s", t.month, newest, t.cost, first, last, s.quoted(t))
	if len(where) > 0 {
		text += " WHERE " + strings.Join(where, " AND ")
	}
	return text + " GROUP BY month"
}

// monthSQL asks for the rows of a month.
func (s settings) monthSQL(t table, month string, at state) string {
	text := fmt.Sprintf("SELECT * FROM %s WHERE %s = '%s'", s.quoted(t), t.month, strings.ReplaceAll(month, "-", ""))
	if t.partition == "" || at.first == "" {
		return text
	}
	return text + " AND " + t.since(at.first) + " AND " + t.partition + " < " + t.literal(dayAfter(at.last))
}

func (t table) since(day string) string { return t.partition + " >= " + t.literal(day) }

func (t table) literal(day string) string { return t.kind + " '" + day + "'" }

// beforeMonth is the last day before a month. Google's months begin in Pacific time, which is later than in UTC.
func beforeMonth(month string) string {
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return "2000-01-01" // before every export: a table may want that partitions are named
	}
	return at.AddDate(0, 0, -1).Format(time.DateOnly)
}

func dayAfter(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day // parseState lets only days through
	}
	return at.AddDate(0, 0, 1).Format(time.DateOnly)
}

// monthOf spells an invoice month as YYYY-MM.
func monthOf(text string) (string, bool) {
	if len(text) != 6 {
		return "", false
	}
	month := text[:4] + "-" + text[4:]
	_, err := finops.ParseMonth(month)
	return month, err == nil
}
