package filter

import (
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Print writes a filter as Parse reads it, in its normal form; the filter that matches
// every charge is no text. f has passed Check.
func Print(f finops.Filter) string {
	if f = f.Normal(); f.Everything() {
		return ""
	}
	var b strings.Builder
	printTo(&b, f)
	return b.String()
}

func printTo(b *strings.Builder, f finops.Filter) {
	word := " and "
	switch f.Kind {
	case finops.FilterCondition:
		printCondition(b, f.Condition)
		return
	case finops.FilterNot:
		b.WriteString("not ")
		printPart(b, f.Parts[0])
		return
	case finops.FilterAny:
		if word = " or "; len(f.Parts) == 0 {
			b.WriteString("nothing")
		}
	case finops.FilterAll:
	}
	for i, p := range f.Parts {
		if i > 0 {
			b.WriteString(word)
		}
		printPart(b, p)
	}
}

// printPart puts groups inside others in parentheses, also where they are not needed.
func printPart(b *strings.Builder, f finops.Filter) {
	if f.Kind != finops.FilterAll && f.Kind != finops.FilterAny {
		printTo(b, f)
		return
	}
	b.WriteByte('(')
	printTo(b, f)
	b.WriteByte(')')
}

var printed = map[finops.Op]string{
	finops.OpIn: "in", finops.OpNotIn: "not in", finops.OpContains: "contains", finops.OpStartsWith: "startswith", finops.OpEndsWith: "endswith",
	finops.OpMatches: "matches", finops.OpLess: "<", finops.OpAtMost: "<=", finops.OpGreater: ">", finops.OpAtLeast: ">=",
}

func printCondition(b *strings.Builder, c *finops.Condition) {
	b.WriteString(PrintColumn(c.Column) + " ")
	exact := c.Op == finops.OpIn || c.Op == finops.OpNotIn
	switch {
	case exact && len(c.Values) == 1 && c.Values[0] == nil && c.Op == finops.OpIn:
		b.WriteString("is empty")
	case exact && len(c.Values) == 1 && c.Values[0] == nil:
		b.WriteString("is not empty")
	case exact && len(c.Values) == 1 && c.Op == finops.OpIn:
		b.WriteString("= " + quoted(*c.Values[0]))
	case exact && len(c.Values) == 1:
		b.WriteString("!= " + quoted(*c.Values[0]))
	case c.Op.Compares():
		b.WriteString(printed[c.Op] + " " + printedBound(*c.Values[0]))
	case len(c.Values) == 1:
		b.WriteString(printed[c.Op] + " " + quoted(*c.Values[0]))
	default:
		texts := make([]string, len(c.Values))
		for i, v := range c.Values {
			if texts[i] = "NULL"; v != nil {
				texts[i] = quoted(*v)
			}
		}
		b.WriteString(printed[c.Op] + " (" + strings.Join(texts, ", ") + ")")
	}
}

func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

var plainBound = regexp.MustCompile(`^-?[0-9.-]+$`)

// isPlainName reports whether a name is letters, digits and some signs, and begins with a letter.
func isPlainName(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_'
		if !letter && (i == 0 || (c < '0' || c > '9') && strings.IndexByte("./:@#+-", c) < 0) {
			return false
		}
	}
	return name != ""
}

// reserved are the words that are no column unless they are quoted.
var reserved = []string{"and", "or", "not", "nothing"}

// PrintColumn spells the name of a column as a filter has it: in quotes where it needs them.
func PrintColumn(name string) string {
	if isPlainName(name) && ColumnName(name) == name && !slices.Contains(reserved, strings.ToLower(name)) {
		return name
	}
	return quoted(name)
}

func printedBound(text string) string {
	if plainBound.MatchString(text) {
		return text
	}
	return quoted(text)
}
