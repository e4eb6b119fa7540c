package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// DateColumns are the columns of a file that hold dates.
type DateColumns struct {
	All []int
	// Periods are pairs of columns, the start and the end of a period that is a calendar month.
	Periods [][2]int
	// MonthFirst names the provider that writes all dates with the month first: a file in
	// whose order nothing else shows is read so, and is not refused. "" for none.
	MonthFirst string
}

// InDateOrder returns a reader that spells dates such as 05/09/2026 in one way. A spreadsheet
// writes them in the order of its country, so the file itself must show whether the day or
// the month stands first: by a part above 12, or by billing periods that are months in one
// order only. The first batch says that in nearly every file; where it does not, again opens
// the file a second time and as much is read of it as is needed. A file that never shows it is
// refused with CodeInvalid and closed, unless its provider is known to write the month first.
//
// Dates with slashes and the month first stay as they are: finops.ParseTime reads them so.
func InDateOrder(ctx context.Context, f File, r Reader, columns DateColumns, again func() (Reader, error)) (Reader, error) {
	d := &dated{Reader: r, file: f, columns: columns.All, known: map[string]string{}}
	d.first, d.failed = r.Next(ctx)
	if d.failed != nil {
		return d, nil //nolint:nilerr // the error is that of the first call of Next
	}
	var e dateEvidence
	e.add(d.first, columns)
	if e.example == "" {
		return d, nil
	}
	err := e.readOn(ctx, columns, again)
	if err == nil {
		d.order, err = e.order(f, columns.MonthFirst)
		d.warning = e.warning(d.order, columns.MonthFirst)
	}
	if err != nil {
		d.first.Release()
		return nil, errors.Join(err, r.Close())
	}
	d.slashes = strings.Contains(e.example, "/")
	return d, nil
}

// dateOrder says which part of a date stands first.
type dateOrder int

const (
	orderNone dateOrder = iota // the file has no such dates
	monthFirst
	dayFirst
)

// dateEvidence is what dates say about the order of their parts.
type dateEvidence struct {
	example      string // of such a date
	dayOver      string // a date whose second part can only be a day
	monthOver    string // a date whose first part can only be a day
	byDay, byMon bool   // a period that is a month with the day, or the month, first
	// The values that each part has had. Where only the first part changes, the dates are days
	// of a month with the day first, or else one day of many months.
	first, second [32]bool
}

func (e *dateEvidence) decided() bool {
	return e.dayOver != "" || e.monthOver != "" || e.byDay || e.byMon
}

func (e *dateEvidence) add(b *Batch, columns DateColumns) {
	for row := range b.Rows {
		for _, c := range columns.All {
			text := b.Field(row, c)
			d, ok := splitDate(text)
			if !ok {
				continue
			}
			if e.example == "" {
				e.example = string(text)
			}
			if d.first > 12 && e.monthOver == "" {
				e.monthOver = string(text)
			}
			if d.second > 12 && e.dayOver == "" {
				e.dayOver = string(text)
			}
			e.first[d.first], e.second[d.second] = true, true
		}
		for _, p := range columns.Periods {
			start, okStart := splitDate(b.Field(row, p[0]))
			end, okEnd := splitDate(b.Field(row, p[1]))
			if okStart && okEnd {
				day, month := wholeMonth(start, end, dayFirst), wholeMonth(start, end, monthFirst)
				e.byDay, e.byMon = e.byDay || day && !month, e.byMon || month && !day
			}
		}
	}
}

// daysOfOneMonth reports whether the first part alone changes.
func (e *dateEvidence) daysOfOneMonth() bool {
	const days = 3 // of a month; a charge on one day of three months is hardly a bill of a provider
	count := func(values *[32]bool) (n int) {
		for _, had := range values {
			if had {
				n++
			}
		}
		return n
	}
	return count(&e.second) == 1 && count(&e.first) >= days
}

// wholeMonth reports whether a billing period is a calendar month in an order. Its end may be
// its last day.
func wholeMonth(start, end parts, order dateOrder) bool {
	from, okFrom := start.date(order)
	to, okTo := end.date(order)
	next := from.AddDate(0, 1, 0)
	return okFrom && okTo && from.Day() == 1 && (to.Equal(next) || to.Equal(next.AddDate(0, 0, -1)))
}

// readOn reads the file until the order is decided.
func (e *dateEvidence) readOn(ctx context.Context, columns DateColumns, again func() (Reader, error)) (err error) {
	if e.decided() {
		return nil
	}
	r, err := again()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	for !e.decided() {
		b, err := r.Next(ctx)
		if errors.Is(err, io.EOF) || finops.CodeOf(err) == finops.CodeCorrupt {
			return nil // the import meets the damage again and says where it is
		}
		if err != nil {
			return err
		}
		e.add(b, columns)
		b.Release()
	}
	return nil
}

func (e *dateEvidence) order(f File, provider string) (dateOrder, error) {
	day, month := e.monthOver != "" || e.byDay, e.dayOver != "" || e.byMon
	switch {
	case day && month:
		return orderNone, finops.Errorf(finops.CodeInvalid, "%s writes some dates with the day first and others with the month first (%s, %s). Import the file as it was downloaded.", f.Name(), cmp.Or(e.monthOver, e.example), cmp.Or(e.dayOver, e.example))
	case day:
		return dayFirst, nil
	case month:
		return monthFirst, nil
	case provider != "" && e.daysOfOneMonth():
		return dayFirst, nil
	case provider != "":
		return monthFirst, nil
	}
	return orderNone, finops.Errorf(finops.CodeInvalid, "%s has dates such as %s, and nothing in it shows whether the day or the month comes first. Import the file as it was downloaded, or with dates such as 2026-09-05.", f.Name(), e.example)
}

// warning says how dates are read where a person might have expected it otherwise.
func (e *dateEvidence) warning(order dateOrder, provider string) string {
	switch {
	case order == dayFirst:
		return fmt.Sprintf("The file writes dates with the day first (%s); they are read so.", e.example)
	case !e.decided():
		return fmt.Sprintf("Nothing in the file shows whether the day or the month comes first in dates such as %s. They are read with the month first, as %s writes them.", e.example, provider)
	}
	return ""
}

// dated spells dates in one way.
type dated struct {
	Reader
	file    File
	columns []int
	order   dateOrder
	slashes bool   // between the parts of a date
	warning string // on the order, "" for none
	first   *Batch // that was read to find the order
	failed  error  // what it answered in place of a batch
	known   map[string]string
}

// datesMost bounds the dates that are remembered; a month by the hour has 744.
const datesMost = 10_000

// Next reads the next batch.
func (d *dated) Next(ctx context.Context) (*Batch, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	b, err := d.first, d.failed
	if d.first, d.failed = nil, nil; b == nil && err == nil {
		b, err = d.Reader.Next(ctx)
	}
	if err != nil {
		return nil, err
	}
	switch {
	case d.order == orderNone:
		return b, d.unexpected(b)
	case d.order == monthFirst && d.slashes:
		return b, nil // as finops.ParseTime reads them
	}
	for row := range b.Rows {
		for _, c := range d.columns {
			f := &b.Bounds[row*b.Columns+c]
			if f.End <= f.Start {
				continue
			}
			if text, ok := d.spell(b.Buf[f.Start:f.End]); ok {
				f.Start = uint32(len(b.Buf))
				b.Buf = append(b.Buf, text...)
				f.End = uint32(len(b.Buf))
			}
		}
	}
	return b, nil
}

// unexpected refuses a file that goes over to dates whose order its beginning does not show.
// The first row of a batch is enough: a spreadsheet changes a column as a whole.
func (d *dated) unexpected(b *Batch) error {
	for _, c := range d.columns {
		if b.Rows == 0 {
			return nil
		}
		if text := b.Field(0, c); len(text) > 0 {
			if _, ok := splitDate(text); ok {
				defer b.Release()
				return finops.Errorf(finops.CodeInvalid, "%s goes over to dates such as %s on line %d, which do not show whether the day or the month comes first. Import the file as it was downloaded.", d.file.Name(), text, b.Lines[0])
			}
		}
	}
	return nil
}

// spell returns another spelling of a date where it needs one.
func (d *dated) spell(text []byte) (string, bool) {
	known, have := d.known[string(text)]
	if !have {
		if p, ok := splitDate(text); ok && (d.order == dayFirst || p.sign != '/') {
			known = p.text(d.order)
		}
		if len(d.known) >= datesMost {
			clear(d.known)
		}
		d.known[string(text)] = known
	}
	return known, known != ""
}

// Warnings says what was changed or odd in the records read so far.
func (d *dated) Warnings() []string {
	w := WarningsOf(d.Reader)
	if d.warning != "" {
		w = append(w[:len(w):len(w)], d.warning)
	}
	return w
}

// parts are the parts of a date such as 05/09/2026, in the order in which they stand.
type parts struct {
	first, second, year int
	sign                byte
	clock               string
}

// splitDate takes a date with slashes, points or hyphens apart. ok is false for every other
// text, also for a date that begins with its year.
func splitDate(text []byte) (p parts, ok bool) {
	if len(text) < 6 || text[0] > '9' || len(text) > 40 {
		return p, false
	}
	text = bytes.TrimSpace(text)
	number := func(least, most int) (n int, ok bool) {
		i := 0
		for i < len(text) && i < most && text[i] >= '0' && text[i] <= '9' {
			n = n*10 + int(text[i]-'0')
			i++
		}
		ok = i >= least && (i == len(text) || text[i] < '0' || text[i] > '9')
		text = text[i:]
		return n, ok
	}
	if p.first, ok = number(1, 2); !ok || len(text) == 0 {
		return p, false
	}
	if p.sign = text[0]; p.sign != '/' && p.sign != '.' && p.sign != '-' {
		return p, false
	}
	text = text[1:]
	if p.second, ok = number(1, 2); !ok || len(text) == 0 || text[0] != p.sign {
		return p, false
	}
	text = text[1:]
	digits := len(text)
	if p.year, ok = number(2, 4); !ok {
		return p, false
	}
	switch digits -= len(text); {
	case digits == 2 && p.sign == '/':
		p.year += 2000
	case digits != 4:
		return p, false
	}
	if len(text) > 0 && text[0] != ' ' && text[0] != 'T' && text[0] != ',' {
		return p, false
	}
	p.clock = string(bytes.TrimLeft(text, " T,"))
	return p, min(p.first, p.second) > 0 && min(p.first, p.second) <= 12 && max(p.first, p.second) <= 31 && p.year >= 1990 && p.year <= 2200
}

// date is the day in an order; ok is false for one that no calendar has.
func (p parts) date(order dateOrder) (day time.Time, ok bool) {
	month, dayOfMonth := p.first, p.second
	if order == dayFirst {
		month, dayOfMonth = dayOfMonth, month
	}
	day = time.Date(p.year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC)
	return day, month <= 12 && day.Day() == dayOfMonth
}

var clocks = []string{"15:04:05Z07:00", "15:04:05", "15:04", "3:04:05 PM", "3:04 PM"}

// text spells the moment as FOCUS does. What is no moment becomes text that no reader takes
// for another one.
func (p parts) text(order dateOrder) string {
	day, ok := p.date(order)
	if ok && p.clock == "" {
		return day.Format(time.RFC3339)
	}
	for _, layout := range clocks {
		if at, err := time.Parse("2006-01-02 "+layout, day.Format(time.DateOnly)+" "+p.clock); ok && err == nil {
			return at.UTC().Format(time.RFC3339)
		}
	}
	return fmt.Sprintf("%02d%c%02d%c%d, which is no date", p.first, p.sign, p.second, p.sign, p.year)
}
