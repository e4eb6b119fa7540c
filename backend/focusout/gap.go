package focusout

// Reason says why lines lack a value.
type Reason string

// The reasons of a Gap.
const (
	// ReasonUnknown: the specification asks for a value on every line, and the bill has none.
	ReasonUnknown Reason = "unknown"
	// ReasonUnreadable: the bill has a value that is not one of the column's type or not
	// one that the specification lists.
	ReasonUnreadable Reason = "unreadable"
)

// Gap is what keeps a file from being conformant: a column that should have a value.
type Gap struct {
	Column string
	Reason Reason
	Lines  int64
}

// Gaps lists what the lines lack that the converters, of one version and the same columns,
// have converted so far, in the order of the columns.
func Gaps(converters []*Converter) []Gap {
	var gaps []Gap
	if len(converters) == 0 {
		return nil
	}
	for i := range converters[0].cells {
		var unreadable, unknown int64
		for _, c := range converters {
			unreadable += c.cells[i].unreadable
			unknown += c.cells[i].unknown
		}
		name := converters[0].cells[i].Name
		if unreadable > 0 {
			gaps = append(gaps, Gap{name, ReasonUnreadable, unreadable})
		}
		if unknown > 0 {
			gaps = append(gaps, Gap{name, ReasonUnknown, unknown})
		}
	}
	return gaps
}
