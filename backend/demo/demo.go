// Package demo writes a believable client: the cloud bills of "Harbour & Pine", a fictional retailer on AWS,
// Microsoft Azure and Google Cloud, as FOCUS 1.2 CSV files. Window, tests and benchmarks use it where no real
// bill may be used.
//
// It hides how such a client is made up: a catalogue of services and list prices, a fleet of resources with
// lives and tags, commitments that cover part of the fleet, and the statement lines of a month (tax, credits,
// refunds, support). The same Options give the same bytes on every machine and at every time: all chance comes
// from Options.Seed, and every amount is exact integer arithmetic.
//
// Anybody may import demo; it imports only the standard library.
package demo

import (
	"errors"
	"fmt"
	"time"
)

const (
	linesDefault   = 80_000
	linesDetailed  = 40_000
	monthsDefault  = 13
	monthsMax      = 36
	linesMax       = 1_000_000_000
	lastDayDefault = "2026-11-20"
)

// Options choose the size and the seed of the demo client.
type Options struct {
	// Lines is the approximate number of charge lines over all months; 0 means about 80,000. Very small wishes
	// end at the smallest fleet that still has the whole story; clients of less than 40,000 lines have the fleet alone, without
	// lines of hours and without what is planted as waste.
	Lines int64
	// Seed picks one of many equally shaped clients; 0 means 1.
	Seed uint64
	// Months is the number of billing months, the last one included; 0 means 13.
	Months int
	// LastDay is the last charge day as YYYY-MM-DD, "" means 2026-11-20. Azure ends two days earlier, as its
	// exports do.
	LastDay string
}

// settings are Options with every default filled in and every value checked.
type settings struct {
	lines   int64
	seed    uint64
	months  int
	lastDay time.Time
}

// detailed reports whether the client has room for all of its story: what it wastes, and lines of hours.
func (s settings) detailed() bool { return s.lines >= linesDetailed }

func (o Options) settings() (settings, error) {
	s := settings{lines: o.Lines, seed: o.Seed, months: o.Months}
	if s.lines == 0 {
		s.lines = linesDefault
	}
	if s.seed == 0 {
		s.seed = 1
	}
	if s.months == 0 {
		s.months = monthsDefault
	}
	if s.lines < 0 || s.lines > linesMax {
		return s, fmt.Errorf("choose a number of demo lines between 1 and %d, not %d", linesMax, o.Lines)
	}
	if s.months < 0 || s.months > monthsMax {
		return s, fmt.Errorf("choose between 1 and %d demo months, not %d", monthsMax, o.Months)
	}
	day := o.LastDay
	if day == "" {
		day = lastDayDefault
	}
	last, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return s, fmt.Errorf("give the last demo day as YYYY-MM-DD, not %q: %w", day, err)
	}
	if last.Year() < 2000 || last.Year() > 2100 {
		return s, errors.New("choose a last demo day between the years 2000 and 2100")
	}
	s.lastDay = last
	return s, nil
}
