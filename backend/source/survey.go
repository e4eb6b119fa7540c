package source

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

// Steps are what Test of a connection has tried so far.
type Steps []Step

// Add adds a step, with the sentence of err where there is one, and reports whether it went well.
func (s *Steps) Add(name, detail string, err error) bool {
	if err != nil {
		detail = finops.MessageOf(err)
	}
	*s = append(*s, Step{Name: name, OK: err == nil, Detail: detail})
	return err == nil
}

// Survey counts what Test of a connection finds at a place. Its zero value is ready to use.
type Survey struct {
	Pages     int // calls to list the place
	Manifests int // calls to read manifests
	files     int
	bytes     int64
	months    map[string][]string // by data set
	waiting   string
}

// Add adds a month of a data set; reason says why it is not complete, "" = it is.
func (s *Survey) Add(dataSet, month string, objects []Object, reason string) {
	if reason != "" {
		s.waiting += fmt.Sprintf(" %s is left out for now: %s.", cmp.Or(monthsText([]string{month}), "The export")+" of "+dataSet, reason)
		return
	}
	if s.months == nil {
		s.months = map[string][]string{}
	}
	if !slices.Contains(s.months[dataSet], month) {
		s.months[dataSet] = append(s.months[dataSet], month)
	}
	for _, o := range objects {
		s.files++
		s.bytes += o.Size
	}
}

// Finish adds the steps on what was found and what a first sync will call. of names the interface that is called with its pace,
// costs says who charges for it.
func (s *Survey) Finish(steps Steps, of network.API, costs string) Steps {
	if !s.Found(&steps) {
		return steps
	}
	reads := s.Manifests + s.files
	steps.Add("What the first sync does", fmt.Sprintf("About %s of %s (%d to list, %d to read) and %s to transfer, which takes %s and the time of the transfer; %s. Later syncs read only months that changed.",
		Things(s.Pages+reads, "call"), of.Name, s.Pages, reads, Bytes(s.bytes), Paced(s.Pages+reads, of), costs), nil)
	return steps
}

// Found adds the step on what was found, and reports whether there is anything.
func (s *Survey) Found(steps *Steps) bool {
	if len(s.months) == 0 {
		return steps.Add("Find bills", "", finops.Errorf(finops.CodeUnavailable, "No month is complete yet.%s", s.waiting))
	}
	var parts []string
	for set, list := range s.months {
		slices.Sort(list)
		if text := monthsText(list); text != "" {
			parts = append(parts, fmt.Sprintf("%s: %s, %s", set, Things(len(list), "month"), text))
		} else {
			parts = append(parts, set+": files that name no month")
		}
	}
	slices.Sort(parts)
	return steps.Add("Find bills", strings.Join(parts, "; ")+"."+s.waiting, nil)
}

// monthsText names months, YYYY-MM in rising order: "Sep 2025 – Oct 2026 except Jan 2026"; "" = an export that has none.
func monthsText(list []string) string {
	var months []finops.Month
	for _, text := range list {
		if month, err := finops.ParseMonth(text); err == nil {
			months = append(months, month)
		}
	}
	return finops.MonthRanges(months)
}

// Paced says in words how long calls take by the pace of an interface.
func Paced(calls int, of network.API) string {
	const aMinute = 60
	seconds := int(math.Ceil(float64(calls) / of.PerSecond))
	if seconds < 2*aMinute {
		return "about " + Things(seconds, "second")
	}
	return "about " + Things((seconds+aMinute-1)/aMinute, "minute")
}

// Things writes a number of things with the word for one of them.
func Things(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// Bytes prints a number of bytes for reading, with units of 1,000.
func Bytes(bytes int64) string {
	switch {
	case bytes >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
	case bytes >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	return fmt.Sprintf("%.1f KB", float64(bytes)/1e3)
}

// NameSet reads names with commas between; nil = there are none.
func NameSet(text string) map[string]bool {
	var set map[string]bool
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name != "" {
			if set == nil {
				set = map[string]bool{}
			}
			set[name] = true
		}
	}
	return set
}

// Sink is where an object is written to by several calls, each of which goes on where the one before ended. It
// keeps apart what goes wrong with writing, which no repeating changes.
type Sink struct {
	W       io.Writer
	Written int64
	Err     error // of writing
}

// Write writes and counts.
func (s *Sink) Write(p []byte) (int, error) {
	n, err := s.W.Write(p)
	s.Written += int64(n)
	s.Err = err
	return n, err //nolint:wrapcheck // Failed explains it
}

// Whole calls fetch, which goes on behind what is written, again for as long as it brings some more: a line that breaks again and again is slow,
// and no reason to give up.
func (s *Sink) Whole(fetch func() error) error {
	for {
		before := s.Written
		if err := fetch(); finops.CodeOf(err) != finops.CodeUnavailable || s.Err != nil || s.Written == before {
			return err
		}
	}
}

// Failed explains what went wrong with writing.
func (s *Sink) Failed() error {
	if s.Err == nil {
		return nil
	}
	return finops.WrapError(finops.CodeUnavailable, s.Err, "The file cannot be written: the disk is full, or the folder is gone")
}
