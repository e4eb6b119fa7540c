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

// Gaps lists what the lines converted so far lack, in the order of the columns.
func (c *Converter) Gaps() []Gap {
	var gaps []Gap
	for i := range c.cells {
		cell := &c.cells[i]
		if cell.unreadable > 0 {
			gaps = append(gaps, Gap{cell.Name, ReasonUnreadable, cell.unreadable})
		}
		if unknown := cell.unknown; unknown > 0 {
			gaps = append(gaps, Gap{cell.Name, ReasonUnknown, unknown})
		}
	}
	return gaps
}
