package jsonfile

import (
	"bytes"
	"iter"
	"unicode/utf8"
)

// The functions of this file read text that json.Valid has accepted.

func skipSpace(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') {
		at++
	}
	return at
}

// stringEnd returns the place behind the string that begins at a quote.
func stringEnd(text []byte, at int) int {
	for at++; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return len(text)
}

// valueEnd returns the place behind the value that begins at at.
func valueEnd(text []byte, at int) int {
	if at >= len(text) {
		return len(text)
	}
	switch text[at] {
	case '"':
		return stringEnd(text, at)
	case '{', '[':
	default:
		for at < len(text) && bytes.IndexByte([]byte(",]} \t\r\n"), text[at]) < 0 {
			at++
		}
		return at
	}
	depth := 0
	for at < len(text) {
		switch text[at] {
		case '"':
			at = stringEnd(text, at)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return at + 1
			}
		}
		at++
	}
	return at
}

// Members yields the names and values of an object of valid JSON; names are without
// quotes, values are JSON text. It yields nothing for another value.
func Members(object []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(name, value []byte) bool) {
		at := skipSpace(object, 0)
		if at >= len(object) || object[at] != '{' {
			return
		}
		for at = skipSpace(object, at+1); at < len(object) && object[at] == '"'; at = skipSpace(object, at) {
			end := stringEnd(object, at)
			name := Text(object[at:end])
			at = skipSpace(object, end)
			at = skipSpace(object, at+1) // the colon
			end = valueEnd(object, at)
			if !yield(name, object[min(at, end):end]) {
				return
			}
			if at = skipSpace(object, end); at < len(object) && object[at] == ',' {
				at++
			}
		}
	}
}

// Elements yields the elements of an array of valid JSON; another value than an array
// yields itself, null nothing.
func Elements(array []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		at := skipSpace(array, 0)
		if at >= len(array) || array[at] == 'n' {
			return
		}
		if array[at] != '[' {
			yield(array[at:valueEnd(array, at)])
			return
		}
		for at = skipSpace(array, at+1); at < len(array) && array[at] != ']'; at = skipSpace(array, at) {
			end := valueEnd(array, at)
			if !yield(array[at:end]) {
				return
			}
			if at = skipSpace(array, end); at < len(array) && array[at] == ',' {
				at++
			}
		}
	}
}

// Text returns a JSON value as text: a string without its quotes, nil for null, and
// the JSON itself for everything else.
func Text(value []byte) []byte {
	switch {
	case len(value) == 0 || value[0] == 'n':
		return nil
	case value[0] != '"' || len(value) < 2:
		return clean(value)
	}
	marks := notASCII
	if bytes.IndexByte(value, '\\') >= 0 {
		marks |= escaped
	}
	return textOf(value, marks)
}

// textOf is Text for a value that is not null and has no other marks than these.
func textOf(value []byte, marks int) []byte {
	if value[0] == '"' {
		value = value[1 : len(value)-1 : len(value)-1]
		if marks&escaped != 0 {
			if text, ok := unquoted(value); ok {
				return text
			}
			marks |= notASCII
		}
	}
	if marks&notASCII != 0 {
		return clean(value)
	}
	return value
}

func clean(text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	return bytes.ToValidUTF8(text, []byte("\ufffd"))
}

// AppendString appends text as a JSON string.
func AppendString(dst, text []byte) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, size := utf8.DecodeRune(text[i:])
			dst = utf8.AppendRune(dst, r)
			i += size
			continue
		}
		i++
	}
	return append(dst, '"')
}
