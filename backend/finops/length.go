package finops

// Length is the class of a charge period's length.
type Length uint8

// The lengths of a charge period.
const (
	LengthUnknown Length = iota // no end, or an end that is not after the start
	LengthHour                  // up to an hour
	LengthDay                   // up to a day
	LengthMonth                 // 28 to 31 days
	LengthOther
	LengthCount
)

// String names the length.
func (l Length) String() string {
	return [...]string{"unknown", "hour", "day", "month", "other"}[l]
}

// LengthOf classifies a charge period of so many seconds.
func LengthOf(seconds int64) Length {
	const hour, day = 3600, 24 * 3600
	switch {
	case seconds <= 0:
		return LengthUnknown
	case seconds <= hour:
		return LengthHour
	case seconds <= day:
		return LengthDay
	case seconds >= 28*day-1 && seconds <= 31*day:
		return LengthMonth
	}
	return LengthOther
}
