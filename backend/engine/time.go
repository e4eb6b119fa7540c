package engine

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// period is when a charge was incurred.
type period struct {
	day  finops.Day
	hour int8 // of the day in UTC; noHour where the period is not within an hour
}

// noHour marks the charge periods of daily and monthly exports, whose hours nobody knows.
const noHour = -1

const secondsPerHour = 60 * 60

// periodOf reads the hour of a stored charge period: it is known where the period has an end,
// at most an hour after its start.
func (l *ledger) periodOf(p store.PeriodRow) period {
	text, _ := l.text(p.End)
	if end, ok := finops.ParseTime([]byte(text)); ok && end > p.StartUnix && end-p.StartUnix <= secondsPerHour {
		return period{p.Day, int8((p.StartUnix - p.Day.Time().Unix()) / secondsPerHour)}
	}
	return period{p.Day, noHour}
}

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
		if grain == finops.GrainHour && p.hour != noHour {
			name += "T" + hourText(p.hour)
		}
		c.add(name, true)
	}
	return &c.coding
}

func hourText(hour int8) string { return fmt.Sprintf("%02d", hour) }

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

func hourOf(p period) string {
	if p.hour == noHour {
		return ""
	}
	return hourText(p.hour)
}

// askedHour takes an hour of one digit, too.
func askedHour(text string) string {
	if len(text) == 1 {
		return "0" + text
	}
	return text
}
