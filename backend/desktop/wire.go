package desktop

import (
	"time"

	"cloud-intelligence/backend/finops"
)

// list makes a nil list an empty one, so that JSON holds [] and never null.
func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

// converted applies fn to every value; the result is never nil.
func converted[A, B any](values []A, fn func(A) B) []B {
	out := make([]B, len(values))
	for i, v := range values {
		out[i] = fn(v)
	}
	return out
}

// instant spells a time as RFC 3339; "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// amount spells a sum in decimals; nil = not known.
func amount(s *finops.Sum) *string {
	if s == nil {
		return nil
	}
	text := s.String()
	return &text
}

// day reads YYYY-MM-DD; "" = open.
func day(text string) (*finops.Day, error) {
	if text == "" {
		return nil, nil
	}
	d, err := finops.ParseDay(text)
	if err != nil {
		return nil, err
	}
	return &d, nil
}

// errDialog is for a file dialog that the system could not show.
func errDialog(err error) error {
	return finops.WrapError(finops.CodeUnavailable, err, "The system's file dialog cannot be shown. Try again, or restart Cloud Intelligence.")
}
