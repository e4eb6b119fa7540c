package filter

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
)

// Span is a place in the text of a filter.
type Span struct {
	Offset, Length  int // in bytes
	Line, Character int // from 1
}

// Error is a text that is no filter: what is wrong, where, and perhaps what was meant. It
// has CodeInvalid.
type Error struct {
	Span
	Problem    string // a sentence
	Suggestion string // what to write in place of the span; "" = none
}

// Error returns the sentence with the suggestion and the place.
func (e *Error) Error() string {
	text := e.Problem
	if e.Suggestion != "" {
		text += fmt.Sprintf(" Did you mean %s?", e.Suggestion)
	}
	if e.Line > 1 {
		return fmt.Sprintf("Line %d, character %d: %s", e.Line, e.Character, text)
	}
	return fmt.Sprintf("At character %d: %s", e.Character, text)
}

// Unwrap gives the error its code.
func (e *Error) Unwrap() error { return finops.Errorf(finops.CodeInvalid, "%s", e.Error()) }

// spanOf finds the line and character of a place.
func spanOf(text string, offset, length int) Span {
	before := text[:offset]
	start := strings.LastIndexByte(before, '\n') + 1
	return Span{
		Offset: offset, Length: length,
		Line: strings.Count(before, "\n") + 1, Character: utf8.RuneCountInString(before[start:]) + 1,
	}
}
