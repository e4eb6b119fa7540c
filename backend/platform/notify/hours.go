package notify

import (
	"time"

	"cloud-intelligence/backend/finops"
)

// Hours say when a channel may send, in the time zone of the computer that sends. Their JSON is kept in workspaces.
type Hours struct {
	// Digest is a time of day, HH:MM, at which all alerts since the day before are sent as one message; "" = each as it is raised.
	Digest string `json:"digest,omitempty"`
	// QuietFrom and QuietTo bound the quiet hours, HH:MM, in which nothing is sent; QuietTo may be on the next day. "" = there are none.
	QuietFrom string `json:"quietFrom,omitempty"`
	QuietTo   string `json:"quietTo,omitempty"`
}

// clock reads a time of day, in minutes since midnight.
func clock(text string) (minutes int, ok bool) {
	at, err := time.Parse("15:04", text)
	return at.Hour()*60 + at.Minute(), err == nil && len(text) == len("15:04")
}

// Check answers CodeInvalid, in one sentence, for hours that cannot be kept.
func (h Hours) Check() error {
	digest, ok := clock(h.Digest)
	if h.Digest != "" && !ok {
		return finops.Errorf(finops.CodeInvalid, "%q is not a time of day; write it as 08:00.", h.Digest)
	}
	if h.QuietFrom == "" && h.QuietTo == "" {
		return nil
	}
	from, to, err := h.quiet()
	switch {
	case err != nil:
		return err
	case from == to:
		return finops.Errorf(finops.CodeInvalid, "Quiet hours from %s to %s never end.", h.QuietFrom, h.QuietTo)
	case h.Digest != "" && within(digest, from, to):
		return finops.Errorf(finops.CodeInvalid, "The daily digest at %s is within the quiet hours.", h.Digest)
	}
	return nil
}

func (h Hours) quiet() (from, to int, err error) {
	from, ok := clock(h.QuietFrom)
	to, well := clock(h.QuietTo)
	if !ok || !well {
		return 0, 0, finops.Errorf(finops.CodeInvalid, "Quiet hours need two times of day such as 20:00 and 07:00.")
	}
	return from, to, nil
}

// within reports whether a time of day is in an interval, which may go over midnight.
func within(at, from, to int) bool {
	if from < to {
		return at >= from && at < to
	}
	return at >= from || at < to
}

// HeldUntil reports whether what was raised at a moment is held back now, and until when. Times of day are those of the location of now.
func (h Hours) HeldUntil(raised, now time.Time) (until time.Time, held bool) {
	raised = raised.In(now.Location())
	if digest, ok := clock(h.Digest); ok {
		if due := next(digest, raised); due.After(now) {
			return due, true
		}
	}
	from, to, err := h.quiet()
	if err == nil && within(now.Hour()*60+now.Minute(), from, to) {
		return next(to, now), true
	}
	return time.Time{}, false
}

// next is the first moment from one on that has a time of day. A time that the clocks leave out is as much later as they are put forward.
func next(minutes int, from time.Time) time.Time {
	for day := from.Day(); ; day++ {
		if at := time.Date(from.Year(), from.Month(), day, minutes/60, minutes%60, 0, 0, from.Location()); !at.Before(from) {
			return at
		}
	}
}
