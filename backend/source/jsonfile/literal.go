package jsonfile

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// literalNesting is how deep a literal may be nested.
const literalNesting = 64

// AsJSON returns the JSON of a repeated or nested field. Scripts write such fields into
// CSV as JSON or as Python prints them, with single quotes, None and True; both are
// read. ok is false for text that is neither.
func AsJSON(text []byte) (out []byte, ok bool) {
	text = bytes.TrimSpace(text)
	if json.Valid(text) {
		return text, true
	}
	p := literal{text: text, out: make([]byte, 0, len(text)+16)}
	if !p.value(0) {
		return nil, false
	}
	p.space()
	return p.out, p.pos == len(text)
}

// literal reads a Python literal and prints it as JSON.
type literal struct {
	text []byte
	pos  int
	out  []byte
}

func (p *literal) space() {
	for p.pos < len(p.text) && bytes.IndexByte([]byte(" \t\r\n"), p.text[p.pos]) >= 0 {
		p.pos++
	}
}

// take passes over a sign; it answers false if another one stands there.
func (p *literal) take(c byte) bool {
	p.space()
	if p.pos < len(p.text) && p.text[p.pos] == c {
		p.pos++
		return true
	}
	return false
}

func (p *literal) value(depth int) bool {
	p.space()
	if p.pos == len(p.text) || depth > literalNesting {
		return false
	}
	switch c := p.text[p.pos]; {
	case c == '{':
		return p.dict(depth)
	case c == '[':
		return p.list(']', depth)
	case c == '(':
		return p.list(')', depth)
	case c == '\'' || c == '"':
		s, ok := p.quoted()
		p.out = AppendString(p.out, s)
		return ok
	case c == '-' || c == '+' || c == '.' || (c >= '0' && c <= '9'):
		return p.number()
	}
	return p.word(depth)
}

func (p *literal) dict(depth int) bool {
	p.pos++
	p.out = append(p.out, '{')
	for n := 0; !p.take('}'); n++ {
		if n > 0 {
			if !p.take(',') {
				return false
			}
			if p.take('}') {
				break
			}
			p.out = append(p.out, ',')
		}
		p.space()
		if p.pos == len(p.text) || (p.text[p.pos] != '\'' && p.text[p.pos] != '"') {
			return false
		}
		key, ok := p.quoted()
		if !ok || !p.take(':') {
			return false
		}
		p.out = append(AppendString(p.out, key), ':')
		if !p.value(depth + 1) {
			return false
		}
	}
	p.out = append(p.out, '}')
	return true
}

// list reads a list or tuple. NumPy prints its arrays without commas, so they may be
// missing.
func (p *literal) list(end byte, depth int) bool {
	p.pos++
	p.out = append(p.out, '[')
	for n := 0; !p.take(end); n++ {
		if n > 0 {
			p.take(',')
			if p.take(end) {
				break
			}
			p.out = append(p.out, ',')
		}
		if !p.value(depth + 1) {
			return false
		}
	}
	p.out = append(p.out, ']')
	return true
}

// quoted reads a string with its escapes.
func (p *literal) quoted() (s []byte, ok bool) {
	quote := p.text[p.pos]
	for p.pos++; p.pos < len(p.text); p.pos++ {
		c := p.text[p.pos]
		switch c {
		case quote:
			p.pos++
			return s, true
		case '\\':
			if s, ok = p.escape(s); !ok {
				return nil, false
			}
		default:
			s = append(s, c)
		}
	}
	return nil, false
}

// escape reads what follows a backslash and leaves pos at its last character.
func (p *literal) escape(s []byte) ([]byte, bool) {
	p.pos++
	if p.pos == len(p.text) {
		return nil, false
	}
	var digits int
	switch c := p.text[p.pos]; c {
	case 'n':
		return append(s, '\n'), true
	case 't':
		return append(s, '\t'), true
	case 'r':
		return append(s, '\r'), true
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		return append(s, c), true
	}
	if p.pos+digits >= len(p.text) {
		return nil, false
	}
	r, err := strconv.ParseUint(string(p.text[p.pos+1:p.pos+1+digits]), 16, 32)
	p.pos += digits
	if err != nil || r > utf8.MaxRune {
		return nil, false
	}
	return utf8.AppendRune(s, rune(r)), true
}

// number copies a number as it is written.
func (p *literal) number() bool {
	start := p.pos
	for p.pos < len(p.text) && bytes.IndexByte([]byte("+-.0123456789eE"), p.text[p.pos]) >= 0 {
		p.pos++
	}
	text := bytes.TrimPrefix(p.text[start:p.pos], []byte("+"))
	if !json.Valid(text) { // "5." and ".5" are numbers in Python only
		p.out = AppendString(p.out, text)
		return len(text) > 0
	}
	p.out = append(p.out, text...)
	return true
}

// word reads None, True, False, nan, and the calls Decimal('1.5') and array([…]).
func (p *literal) word(depth int) bool {
	start := p.pos
	for p.pos < len(p.text) && (p.text[p.pos] == '_' || p.text[p.pos] == '.' || p.text[p.pos]|0x20 >= 'a' && p.text[p.pos]|0x20 <= 'z') {
		p.pos++
	}
	switch string(p.text[start:p.pos]) {
	case "None", "null", "nan", "NaN":
		p.out = append(p.out, "null"...)
		return true
	case "True", "true":
		p.out = append(p.out, "true"...)
		return true
	case "False", "false":
		p.out = append(p.out, "false"...)
		return true
	case "Decimal", "decimal.Decimal":
		return p.take('(') && p.value(depth+1) && p.take(')')
	case "array", "np.array":
		if !p.take('(') || !p.value(depth+1) {
			return false
		}
		if p.take(',') { // dtype=object
			i := bytes.IndexByte(p.text[p.pos:], ')')
			if i < 0 {
				return false
			}
			p.pos += i
		}
		return p.take(')')
	}
	return false
}
