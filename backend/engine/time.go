package engine

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// period is when a charge was incurred.
type period struct {
	day        finops.Day
	start, end int64 // Unix seconds, the end exclusive; NoTime where no file states it
}

// NoTime stands for the end of a charge period that the file does not state, and for the times of
// the days of the rollup, whose charges have many.
const NoTime = math.MinInt64

const secondsPerHour = 60 * 60

// periodOf reads a stored charge period.
func (l *ledger) periodOf(p store.PeriodRow) period {
	text, _ := l.text(p.End)
	end, ok := finops.ParseTime([]byte(text))
	if !ok {
		end = NoTime
	}
	return period{p.Day, p.StartUnix, end}
}

// hour is the hour of the day in UTC, 00 to 23; "" where the period is not known to be within
// an hour, as those of daily and monthly exports.
func (p period) hour() string {
	if p.end == NoTime || p.end <= p.start || p.end-p.start > secondsPerHour {
		return ""
	}
	return fmt.Sprintf("%02d", (p.start-p.day.Time().Unix())/secondsPerHour)
}

// length is Hour, Day, Month or Other; "" where the end of the period is not known.
func (p period) length() string {
	if p.end == NoTime || p.end <= p.start {
		return ""
	}
	return capital(finops.LengthOf(p.end - p.start).String())
}

// long reports whether the period is known to be over more than a day.
func (p period) long() bool {
	if p.end == NoTime {
		return false
	}
	l := finops.LengthOf(p.end - p.start)
	return l == finops.LengthMonth || l == finops.LengthOther
}

// capital gives a word its capital letter.
func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// periods returns the periods of the rollup, which are days, or of the lines, by the ids of
// store.Period.
func (l *ledger) periods(ctx context.Context, coarse bool) ([]period, error) {
	if coarse {
		return l.cubePeriods, nil
	}
	t, err := l.groupTuples(ctx, store.Period)
	if err != nil {
		return nil, err
	}
	return t.periods, nil
}

// timeCoding numbers the time steps of periods. Charges of unknown hour have their day in the place
// of the hour.
func timeCoding(periods []period, grain finops.Grain, fiscalStart time.Month) *coding {
	c := &coder{numbers: map[string]uint32{}}
	for _, p := range periods {
		name := grain.Step(p.day, fiscalStart).Name
		if hour := p.hour(); grain == finops.GrainHour && hour != "" {
			name += "T" + hour
		}
		c.add(name, true)
	}
	return &c.coding
}

// codePeriods numbers the values of a dimension of time.
func (l *ledger) codePeriods(ctx context.Context, d *derived, facet bool, c *coder) error {
	periods, err := l.periods(ctx, facet)
	if err != nil {
		return err
	}
	for _, p := range periods {
		value := d.period(p)
		c.add(value, value != "")
	}
	return nil
}

func weekdayOf(p period) string { return p.day.Time().Weekday().String() }

// askedWeekday takes the names of weekdays in any case, also shortened to three letters.
func askedWeekday(text string) string {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if name := day.String(); strings.EqualFold(text, name) || strings.EqualFold(text, name[:3]) {
			return name
		}
	}
	return text
}

// askedHour takes an hour of one digit, too.
func askedHour(text string) string {
	if len(text) == 1 {
		return "0" + text
	}
	return text
}

// askedLength takes the lengths in any case.
func askedLength(text string) string {
	if text == "" {
		return ""
	}
	return capital(strings.ToLower(text))
}
