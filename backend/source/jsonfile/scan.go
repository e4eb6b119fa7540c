package jsonfile

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// maxNesting is how deep JSON may be nested, as in encoding/json.
const maxNesting = 10_000

// The functions of this file check text while they pass over it. Each is given the place of
// the first character of what it reads and answers the place behind it, or bad.
const bad = -1

// marks of a string: what has to be done before its text can be used.
const (
	escaped = 1 << iota
	notASCII
)

// blanks passes over white space.
func blanks(text []byte, at int) int {
	for at < len(text) && text[at] <= ' ' && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t') {
		at++
	}
	return at
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// quoted passes over a string.
func quoted(text []byte, at int) (end, marks int) {
	for at++; ; {
		for at+8 <= len(text) {
			word := binary.LittleEndian.Uint64(text[at:])
			quote, backslash := word^(ones*'"'), word^(ones*'\\')
			// The lowest bit that is set is the first byte that is a quote, a backslash, a control
			// character or not ASCII; bits above it may be wrong, and are not looked at.
			if special := (word | ((word - ones*' ') &^ word) | ((quote - ones) &^ quote) | ((backslash - ones) &^ backslash)) & highs; special != 0 {
				at += bits.TrailingZeros64(special) >> 3
				break
			}
			at += 8
		}
		if at >= len(text) {
			return bad, marks
		}
		switch c := text[at]; {
		case c == '"':
			return at + 1, marks
		case c == '\\':
			marks |= escaped
			if at = escape(text, at); at < 0 {
				return bad, marks
			}
		case c < ' ':
			return bad, marks
		case c >= utf8.RuneSelf:
			marks |= notASCII
			at++
		default:
			at++
		}
	}
}

func escape(text []byte, at int) int {
	if at+1 >= len(text) {
		return bad
	}
	switch text[at+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return at + 2
	case 'u':
		if at+6 <= len(text) && hexRune(text[at+2:at+6]) >= 0 {
			return at + 6
		}
	}
	return bad
}

// hexRune reads four hexadecimal digits; it answers -1 for what is none.
func hexRune(digits []byte) (r rune) {
	for _, c := range digits[:4] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}

// number passes over a number.
func number(text []byte, at int) int {
	if text[at] == '-' {
		at++
	}
	first := at
	if at = digits(text, at); at == first || (text[first] == '0' && at > first+1) {
		return bad
	}
	if at < len(text) && text[at] == '.' {
		first = at + 1
		if at = digits(text, first); at == first {
			return bad
		}
	}
	if at < len(text) && text[at]|0x20 == 'e' {
		at++
		if at < len(text) && (text[at] == '+' || text[at] == '-') {
			at++
		}
		first = at
		if at = digits(text, at); at == first {
			return bad
		}
	}
	return at
}

func digits(text []byte, at int) int {
	for at < len(text) && text[at]-'0' <= 9 {
		at++
	}
	return at
}

func word(text []byte, at int, want string) int {
	if end := at + len(want); end <= len(text) && string(text[at:end]) == want {
		return end
	}
	return bad
}

// value passes over a value. depth is the number of objects and arrays around it.
func value(text []byte, at, depth int) (end, marks int) {
	if at >= len(text) {
		return bad, 0
	}
	switch text[at] {
	case '"':
		return quoted(text, at)
	case '{':
		return members(text, at, depth+1)
	case '[':
		return elements(text, at, depth+1)
	case 't':
		return word(text, at, "true"), 0
	case 'f':
		return word(text, at, "false"), 0
	case 'n':
		return word(text, at, "null"), 0
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return number(text, at), 0
	}
	return bad, 0
}

func members(text []byte, at, depth int) (end, marks int) {
	if at = blanks(text, at+1); at < len(text) && text[at] == '}' && depth <= maxNesting {
		return at + 1, 0
	}
	for depth <= maxNesting && at < len(text) && text[at] == '"' {
		var more int
		if at, more = quoted(text, at); at < 0 {
			return bad, 0
		}
		marks |= more
		if at = blanks(text, at); at >= len(text) || text[at] != ':' {
			return bad, 0
		}
		if at, more = value(text, blanks(text, at+1), depth); at < 0 {
			return bad, 0
		}
		marks |= more
		if at = blanks(text, at); at >= len(text) {
			return bad, 0
		}
		if text[at] == '}' {
			return at + 1, marks
		}
		if text[at] != ',' {
			return bad, 0
		}
		at = blanks(text, at+1)
	}
	return bad, 0
}

func elements(text []byte, at, depth int) (end, marks int) {
	if at = blanks(text, at+1); at < len(text) && text[at] == ']' && depth <= maxNesting {
		return at + 1, 0
	}
	for depth <= maxNesting {
		var more int
		if at, more = value(text, at, depth); at < 0 {
			return bad, 0
		}
		marks |= more
		if at = blanks(text, at); at >= len(text) {
			return bad, 0
		}
		if text[at] == ']' {
			return at + 1, marks
		}
		if text[at] != ',' {
			return bad, 0
		}
		at = blanks(text, at+1)
	}
	return bad, 0
}

// unquoted returns the text of a string whose quotes are gone, as encoding/json reads it:
// half a surrogate pair, and bytes that are no UTF-8, become U+FFFD. ok is false for what
// is no string of JSON.
func unquoted(inner []byte) (out []byte, ok bool) {
	out = make([]byte, 0, len(inner))
	for i := 0; i < len(inner); {
		c := inner[i]
		switch {
		case c == '\\' && escape(inner, i) < 0:
			return nil, false
		case c == '\\' && inner[i+1] == 'u':
			r := hexRune(inner[i+2 : i+6])
			i += 6
			if utf16.IsSurrogate(r) {
				low := rune(-1)
				if i < len(inner) && inner[i] == '\\' && escape(inner, i) == i+6 {
					low = hexRune(inner[i+2 : i+6])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					i += 6
				}
			}
			out = utf8.AppendRune(out, r)
		case c == '\\':
			out = append(out, plainOf(inner[i+1]))
			i += 2
		case c < utf8.RuneSelf:
			out = append(out, c)
			i++
		default:
			r, size := utf8.DecodeRune(inner[i:])
			out = utf8.AppendRune(out, r)
			i += size
		}
	}
	return out, true
}

// plainOf returns what an escaped character stands for.
func plainOf(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}
