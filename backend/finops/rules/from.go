package rules

import (
	"regexp"
	"strings"

	"cloud-intelligence/backend/finops"
)

// From takes a value from a column: the whole of it, one part of it, or what a regular
// expression captures; then in lower case, if wanted.
type From struct {
	Column    string `json:"column"`
	Split     string `json:"split,omitempty"`   // separator; "" = not split
	Part      int    `json:"part,omitempty"`    // of the split: 1 is the first, -1 the last
	Capture   string `json:"capture,omitempty"` // RE2; its first group, or all that it matches where it has none
	LowerCase bool   `json:"lowerCase,omitempty"`
}

func (f *From) check() error {
	switch {
	case f.Column == "":
		return finops.Errorf(finops.CodeInvalid, "\"from\" names no column.")
	case f.Split != "" && f.Capture != "":
		return finops.Errorf(finops.CodeInvalid, "A value is either \"split\" or captured (\"capture\"), not both.")
	case f.Split != "" && f.Part == 0:
		return finops.Errorf(finops.CodeInvalid, "\"split\" needs a \"part\": 1 is the first, 2 the second, -1 the last.")
	case f.Split == "" && f.Part != 0:
		return finops.Errorf(finops.CodeInvalid, "\"part\" needs the separator to \"split\" by.")
	}
	_, err := f.Taker()
	return err
}

// Taker returns the function that takes the value out of that of the column; ok is false
// where there is none to take. f has a part where it splits.
func (f *From) Taker() (take func(text string) (value string, ok bool), err error) {
	part := func(text string) string { return text }
	switch {
	case f.Split != "":
		part = f.cut
	case f.Capture != "":
		pattern, err := regexp.Compile(f.Capture)
		if err != nil {
			return nil, finops.WrapError(finops.CodeInvalid, err, "%q is not a regular expression (RE2).", f.Capture)
		}
		part = func(text string) string {
			found := pattern.FindStringSubmatch(text)
			if found == nil {
				return ""
			}
			return found[min(1, len(found)-1)]
		}
	}
	return func(text string) (string, bool) {
		value := strings.TrimSpace(part(text))
		if f.LowerCase {
			value = strings.ToLower(value)
		}
		return value, value != ""
	}, nil
}

func (f *From) cut(text string) string {
	parts := strings.Split(text, f.Split)
	at := f.Part - 1
	if f.Part < 0 {
		at = len(parts) + f.Part
	}
	if at < 0 || at >= len(parts) {
		return ""
	}
	return parts[at]
}
