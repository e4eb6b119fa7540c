package azureexport

import (
	"bytes"
	"time"

	"cloud-intelligence/backend/finops"
)

// days converts dates, which repeat from record to record.
type days struct {
	last        []byte
	start, next string // of the last one
	month       finops.Month
	ok          bool
}

const instant = "2006-01-02T15:04:05Z"

// read converts a date to the first instants of its day and of the next one: the dates
// of Azure are days, and the end of a period is its last day. ok is false for text that
// is no date.
func (d *days) read(text []byte) bool {
	if bytes.Equal(text, d.last) && d.last != nil {
		return d.ok
	}
	d.last = append(d.last[:0], text...)
	sec, ok := finops.ParseTime(text)
	if d.ok = ok; !ok {
		return false
	}
	day := finops.DayOfUnix(sec)
	d.month = day.Month()
	d.start, d.next = day.Time().Format(instant), (day + 1).Time().Format(instant)
	return true
}

func firstOf(m finops.Month) time.Time { return m.First().Time() }
