package filter

import (
	"strings"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
)

// Parse reads a filter and returns it in its normal form; no text is the filter that
// matches every charge. The error is an *Error.
func Parse(text string) (finops.Filter, error) {
	p := parser{text: text}
	return p.parse()
}

// ColumnIn finds where a filter that Parse accepts names a column; ok is false when it
// does not.
func ColumnIn(text, column string) (at Span, ok bool) {
	p := parser{text: text}
	if _, err := p.parse(); err != nil {
		return Span{}, false
	}
	at, ok = p.columns[column]
	return at, ok
}

// parser reads a text from left to right. and binds stronger than or, not stronger than
// and.
type parser struct {
	text    string
	pos     int
	depth   int // of parentheses and nots around pos
	parens  int // of them, parentheses
	columns map[string]Span
}

func (p *parser) parse() (finops.Filter, error) {
	p.columns = map[string]Span{}
	if !utf8.ValidString(p.text) {
		return finops.Filter{}, p.fail(0, 0, "The filter is not in UTF-8.")
	}
	if p.space(); p.end() {
		return finops.All(), nil
	}
	f, err := p.any()
	if err != nil {
		return f, err
	}
	if !p.end() {
		return f, p.unexpected()
	}
	f = f.Normal()
	if f.Check() != nil { // conditions were checked one by one
		return f, p.tooDeep(0)
	}
	return f, nil
}

func (p *parser) fail(offset, length int, problem string) *Error {
	return &Error{Span: spanOf(p.text, offset, length), Problem: problem}
}

func (p *parser) tooDeep(at int) error {
	return p.fail(at, 1, "The filter is nested too deeply.")
}

func (p *parser) end() bool { return p.pos == len(p.text) }

func (p *parser) space() { p.pos += blanksAt(p.text, p.pos) }

func (p *parser) at(c byte) bool { return !p.end() && p.text[p.pos] == c }

// word moves past a word and the blanks behind it, if it is next.
func (p *parser) word(word string) bool {
	if wordAt(p.text, p.pos) != word {
		return false
	}
	p.pos += len(word)
	p.space()
	return true
}

// rest is the length of the word that stands at pos, whatever it is made of.
func (p *parser) rest() int {
	n := 0
	for p.pos+n < len(p.text) && (n == 0 || strings.IndexByte(blanks+"()|,", p.text[p.pos+n]) < 0) {
		n++
	}
	return n
}

// unexpected complains of what follows a whole condition.
func (p *parser) unexpected() error {
	if p.at(')') {
		return p.fail(p.pos, 1, "This parenthesis was not opened.")
	}
	if p.pos > 0 && p.text[p.pos-1] == '"' {
		return p.fail(p.pos, p.rest(), `There is text after the closing quote. Write "" for a quote inside quotes.`)
	}
	e := p.fail(p.pos, p.rest(), "Only and, or or the end can follow a condition.")
	e.Suggestion = meant[p.text[p.pos:p.pos+e.Length]]
	if e.Suggestion == "" && e.Length <= 4 {
		e.Suggestion = Closest(p.text[p.pos:p.pos+e.Length], []string{"and", "or"})
	}
	return e
}

func (p *parser) any() (finops.Filter, error) {
	return p.joined("or", finops.Any, func() (finops.Filter, error) { return p.joined("and", finops.All, p.unary) })
}

// joined reads parts with a word between them.
func (p *parser) joined(word string, join func(...finops.Filter) finops.Filter, part func() (finops.Filter, error)) (finops.Filter, error) {
	var parts []finops.Filter
	for {
		f, err := part()
		if err != nil {
			return f, err
		}
		parts = append(parts, f)
		if !p.word(word) {
			break
		}
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return join(parts...), nil
}

func (p *parser) unary() (f finops.Filter, err error) {
	start := p.pos
	if p.depth == finops.FilterDepth {
		return f, p.tooDeep(start)
	}
	p.depth++
	defer func() { p.depth-- }()
	switch {
	case p.at('('):
		p.pos++
		p.space()
		p.parens++
		if f, err = p.any(); err != nil {
			return f, err
		}
		p.parens--
		if p.end() {
			return f, p.fail(start, 1, "This parenthesis is not closed.")
		}
		if !p.at(')') {
			return f, p.unexpected()
		}
		p.pos++
		p.space()
		return f, nil
	case p.word("not"):
		f, err = p.unary()
		return finops.Not(f), err
	case wordAt(p.text, p.pos) == "nothing":
		if _, op := nameEnd(p.text, p.pos); !op {
			p.word("nothing")
			return finops.Any(), nil
		}
	}
	return p.condition()
}

func (p *parser) condition() (f finops.Filter, err error) {
	start := p.pos
	c := finops.Condition{}
	if c.Column, err = p.column(); err != nil {
		return f, err
	}
	o, err := p.operator()
	if err != nil {
		return f, err
	}
	values := p.pos
	c.Op = o.op
	if c.Values, err = p.values(o); err != nil {
		return f, err
	}
	if err := c.Check(); err != nil {
		length := len(strings.TrimRight(p.text[values:p.pos], blanks))
		return f, p.fail(values, length, finops.MessageOf(err))
	}
	if _, seen := p.columns[c.Column]; !seen {
		p.columns[c.Column] = spanOf(p.text, start, p.nameLength(start))
	}
	if o.not {
		return finops.Not(finops.If(c)), nil
	}
	return finops.If(c), nil
}

// nameLength is the length of the column that stands at a place, with its quotes.
func (p *parser) nameLength(start int) int {
	if p.text[start] == '"' {
		_, size, _ := cutQuoted(p.text[start:])
		return size
	}
	end, _ := nameEnd(p.text, start)
	return len(strings.TrimRight(p.text[start:end], blanks))
}

// column reads the name of a column up to the operator.
func (p *parser) column() (string, error) {
	start := p.pos
	if p.at('"') {
		name, size, ok := cutQuoted(p.text[start:])
		if !ok {
			return "", p.fail(start, 1, "This quote is not closed.")
		}
		if name == "" {
			return "", p.fail(start, size, "The name of a column is missing here.")
		}
		p.pos += size
		p.space()
		return name, nil
	}
	end, op := nameEnd(p.text, start)
	name := strings.TrimRight(p.text[start:end], blanks)
	switch {
	case name == "":
		return "", p.fail(start, p.rest(), `The name of a column is missing here. A condition is written like Provider = "AWS".`)
	case !op:
		return "", p.noOperator(start, name)
	}
	p.pos = end
	return ColumnName(name), nil
}

// noOperator complains of a name that no operator follows, at the word that was perhaps
// meant to be one.
func (p *parser) noOperator(start int, name string) error {
	at := start
	for i, word := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(blanks, r) }) {
		at += strings.Index(p.text[at:], word)
		if op := suggestOperator(word); i > 0 && op != "" {
			e := p.fail(at, len(word), `"`+word+`" is not an operator.`)
			e.Suggestion = op
			return e
		}
		at += len(word)
	}
	return p.fail(start, len(name), `There is no operator after "`+name+`". A condition is written like Provider = "AWS".`)
}
