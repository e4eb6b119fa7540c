package filter

import (
	"strings"

	"cloud-intelligence/backend/finops"
)

// operator is what stands between a column and its values.
type operator struct {
	op    finops.Op
	not   bool // the condition must not hold
	empty bool // no values follow: the charge has none
	list  bool // values may stand in parentheses, separated by commas
	must  bool // and have to
}

// operator reads an operator and the blanks behind it.
func (p *parser) operator() (operator, error) {
	start := p.pos
	if s, ok := symbolAt(p.text[start:]); ok {
		p.pos += len(s.text)
		p.space()
		if s.op == "" {
			e := p.fail(start, len(s.text), `"`+s.text+`" is not an operator.`)
			e.Suggestion = meant[s.text]
			return operator{}, e
		}
		return operator{op: s.op}, nil
	}
	if p.word("is") {
		o := operator{op: finops.OpIn}
		if p.word("not") {
			o.op = finops.OpNotIn
		}
		o.list = p.word("in")
		o.must = o.list
		o.empty = p.word("empty")
		return o, nil
	}
	not := p.word("not")
	w := wordAt(p.text, p.pos)
	if w == "starts" || w == "ends" {
		p.word(w)
		w += "with"
		if !p.word("with") {
			return operator{}, p.fail(start, p.pos-start, "The operators are startswith and endswith.")
		}
	}
	op, ok := words[w]
	if !ok {
		e := p.fail(start, p.pos-start+p.rest(), "There is no operator here.")
		if not {
			e.Problem = `After "not" comes in, contains, startswith, endswith or matches.`
		}
		e.Suggestion = suggestOperator(p.text[p.pos : p.pos+p.rest()])
		return operator{}, e
	}
	p.word(w)
	if op == finops.OpIn && not {
		return operator{op: finops.OpNotIn, list: true, must: true}, nil
	}
	return operator{op: op, not: not, list: true, must: op == finops.OpIn}, nil
}

// values reads what stands behind an operator: a list in parentheses, or values separated
// by |.
func (p *parser) values(o operator) ([]*string, error) {
	if o.empty {
		return []*string{nil}, nil
	}
	if o.list && p.at('(') {
		return p.list()
	}
	if o.must {
		return nil, p.fail(p.pos, p.rest(), `The values of "in" stand in parentheses, separated by commas.`)
	}
	var values []*string
	for {
		v, err := p.value(false)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		if !p.at('|') {
			return values, nil
		}
		p.pos++
		p.space()
	}
}

func (p *parser) list() ([]*string, error) {
	start := p.pos
	values := []*string{}
	p.pos++
	for p.space(); !p.at(')') || len(values) > 0; p.space() {
		v, err := p.value(true)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		if p.at(')') {
			break
		}
		if p.end() {
			return nil, p.fail(start, 1, "This parenthesis is not closed.")
		}
		if !p.at(',') {
			return nil, p.fail(p.pos, p.rest(), "A comma or a closing parenthesis is missing here.")
		}
		p.pos++
	}
	p.pos++
	p.space()
	return values, nil
}

// value reads one value and the blanks behind it; nil for NULL.
func (p *parser) value(inList bool) (*string, error) {
	start := p.pos
	if p.at('"') {
		value, size, ok := cutQuoted(p.text[start:])
		if !ok {
			return nil, p.fail(start, 1, `This quote is not closed. Write "" for a quote inside quotes.`)
		}
		p.pos += size
		if p.space(); p.pos == start+size && !p.end() && !strings.ContainsRune("|,)", rune(p.text[p.pos])) {
			return nil, p.unexpected()
		}
		return &value, nil
	}
	p.pos = p.bareEnd(inList)
	value := strings.TrimRight(p.text[start:p.pos], blanks)
	switch {
	case value == "":
		return nil, p.fail(start, p.rest(), "A value is missing here. Write NULL for charges without a value.")
	case value == "NULL":
		return nil, nil
	case len(value) > 1 && value[0] == '\'' && value[len(value)-1] == '\'':
		e := p.fail(start, len(value), "Put text in double quotes.")
		e.Suggestion = quoted(value[1 : len(value)-1])
		return nil, e
	}
	return &value, nil
}

// bareEnd finds the end of a value without quotes. Outside lists it goes on up to | or a
// word and, or that a condition or nothing follows, so that ServiceCategory=AI and Machine
// Learning is one value.
func (p *parser) bareEnd(inList bool) int {
	open := 0
	for i := p.pos; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '|' && !inList, c == ',' && inList:
			return i
		case c == '(':
			open++
		case c == ')' && open > 0:
			open--
		case c == ')' && (inList || p.parens > 0):
			return i
		case !inList && i > p.pos && isBlank(p.text[i-1]):
			if w := wordAt(p.text, i); (w == "and" || w == "or") && (conditionAt(p.text, i+len(w)) || p.lastAt(i+len(w))) {
				return i
			}
		}
	}
	return len(p.text)
}

// lastAt reports whether nothing more follows a place inside these parentheses.
func (p *parser) lastAt(at int) bool {
	at += blanksAt(p.text, at)
	return at == len(p.text) || (p.text[at] == ')' && p.parens > 0)
}
