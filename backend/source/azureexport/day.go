package azureexport

import (
	"time"

	"cloud-intelligence/backend/finops"
)

// days converts dates, which repeat from record to record.
type days struct {
	known   map[string]dayRead
	dayRead // the last one
}

// dayRead is what a date came to.
type dayRead struct {
	start, next string
	month       finops.Month
	ok          bool
}

// daysMost bounds the dates that are remembered; a file of one month has some thirty.
const daysMost = 4096

const instant = "2006-01-02T15:04:05Z"

// read converts a date to the first instants of its day and of the next one: the dates
// of Azure are days, and the end of a period is its last day. ok is false for text that
// is no date.
func (d *days) read(text []byte) bool {
	known, have := d.known[string(text)]
	if !have {
		if len(d.known) >= daysMost || d.known == nil {
			d.known = map[string]dayRead{}
		}
		if sec, ok := finops.ParseTime(text); ok {
			on := finops.DayOfUnix(sec)
			known = dayRead{on.Time().Format(instant), (on + 1).Time().Format(instant), on.Month(), true}
		}
		d.known[string(text)] = known
	}
	d.dayRead = known
	return known.ok
}

func firstOf(m finops.Month) time.Time { return m.First().Time() }
