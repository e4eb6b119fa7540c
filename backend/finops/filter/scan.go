package filter

import (
	"strings"

	"cloud-intelligence/backend/finops"
)

// A symbol is an operator that is no word.
type symbol struct {
	text string
	op   finops.Op
}

// symbols in the order in which they are tried. Those without an op are written in other
// languages; suggestOperator knows what they mean.
var symbols = []symbol{
	{"==", ""}, {"=~", ""}, {"=>", ""}, {"=<", ""}, {"<>", ""}, {"!~", ""},
	{"!=", finops.OpNotIn}, {"≠", finops.OpNotIn}, {"<=", finops.OpAtMost}, {"≤", finops.OpAtMost}, {">=", finops.OpAtLeast}, {"≥", finops.OpAtLeast},
	{"=", finops.OpIn}, {"~", finops.OpContains}, {"<", finops.OpLess}, {">", finops.OpGreater},
}

func symbolAt(text string) (symbol, bool) {
	for _, s := range symbols {
		if strings.HasPrefix(text, s.text) {
			return s, true
		}
	}
	return symbol{}, false
}

// words are the operators that are words and take a list of values.
var words = map[string]finops.Op{
	"in": finops.OpIn, "contains": finops.OpContains, "startswith": finops.OpStartsWith, "endswith": finops.OpEndsWith, "matches": finops.OpMatches,
}

const blanks = " \t\r\n"

func isBlank(b byte) bool { return strings.IndexByte(blanks, b) >= 0 }

// wordAt returns the word that begins at a place, in lower case; "" when none stands there
// on its own.
func wordAt(text string, at int) string {
	if at > 0 && !strings.ContainsRune(blanks+`()",|`, rune(text[at-1])) {
		return ""
	}
	end := at
	for end < len(text) && (text[end]|0x20 >= 'a' && text[end]|0x20 <= 'z') {
		end++
	}
	if end < len(text) && strings.IndexByte(blanks+`()",|=!<>~`, text[end]) < 0 {
		return ""
	}
	return strings.ToLower(text[at:end])
}

// operatorWordAt reports whether an operator that is a word begins at a place.
func operatorWordAt(text string, at int) bool {
	w := wordAt(text, at)
	if w == "starts" || w == "ends" {
		next := at + len(w)
		return wordAt(text, next+blanksAt(text, next)) == "with"
	}
	_, ok := words[w]
	return ok || w == "is" || w == "not"
}

func blanksAt(text string, at int) int {
	return len(text[at:]) - len(strings.TrimLeft(text[at:], blanks))
}

// nameEnd finds the end of an unquoted column name that begins at a place; op reports
// whether an operator follows it. A name may have blanks and pairs of parentheses in it.
func nameEnd(text string, from int) (end int, op bool) {
	open := 0
	for i := from; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return i, false
		case c == '(':
			open++
		case c == ')':
			if open--; open < 0 {
				return i, false
			}
		case c == '=' || c == '!' || c == '~' || c == '<' || c == '>' || c >= 0x80:
			if _, ok := symbolAt(text[i:]); ok {
				return i, true
			}
		case i == from || isBlank(text[i-1]):
			if w := wordAt(text, i); w == "and" || w == "or" {
				return i, false
			}
			if i > from && operatorWordAt(text, i) {
				return i, true
			}
		}
	}
	return len(text), false
}

// conditionAt reports whether a condition begins at a place, or what is meant to be one: a
// name with an operator or a quote behind it.
func conditionAt(text string, at int) bool {
	for {
		at += blanksAt(text, at)
		switch {
		case at < len(text) && text[at] == '(':
			at++
			continue
		case wordAt(text, at) == "not":
			at += len("not")
			continue
		}
		end, op := nameEnd(text, at)
		return op && end > at || end < len(text) && text[end] == '"'
	}
}

// cutQuoted takes a text in double quotes off the beginning; "" is a quote inside.
func cutQuoted(text string) (value string, size int, ok bool) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] != '"':
			b.WriteByte(text[i])
		case i+1 < len(text) && text[i+1] == '"':
			b.WriteByte('"')
			i++
		default:
			return b.String(), i + 1, true
		}
	}
	return "", len(text), false
}
