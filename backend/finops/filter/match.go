package filter

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
)

// Matcher reports whether values meet a condition. It is made once and asked for every
// distinct value, by one goroutine at a time.
type Matcher struct {
	op       finops.Op
	none     bool
	texts    []string
	set      map[string]bool // of texts, when they are many
	folded   [][]byte
	patterns []*regexp.Regexp
	amounts  []finops.Amount
	days     []finops.Day
	scratch  []byte
}

// NewMatcher prepares a condition. It answers CodeInvalid as Condition.Check does.
func NewMatcher(c finops.Condition) (*Matcher, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	m := &Matcher{op: c.Op}
	column, _ := finops.ColumnByName(c.Column)
	for _, v := range c.Values {
		if v == nil {
			m.none = true
		} else if err := m.add(*v, column.Kind); err != nil {
			return nil, err
		}
	}
	const few = 8 // below, comparing is faster than a map
	if len(m.texts) > few {
		m.set = make(map[string]bool, len(m.texts))
		for _, text := range m.texts {
			m.set[text] = true
		}
	}
	return m, nil
}

func (m *Matcher) add(value string, kind finops.Kind) error {
	switch m.op {
	case finops.OpContains, finops.OpStartsWith, finops.OpEndsWith:
		m.folded = append(m.folded, bytes.ToLower([]byte(value)))
		return nil
	case finops.OpMatches:
		p, err := finops.Pattern(value)
		if err != nil {
			return err
		}
		m.patterns = append(m.patterns, p)
		return nil
	}
	m.texts = append(m.texts, value)
	if d, err := finops.ParseDay(value); err == nil && (m.op.Compares() || kind == finops.KindTime) {
		m.days = append(m.days, d)
	} else if a, err := finops.ParseAmount([]byte(value)); err == nil && (m.op.Compares() || kind == finops.KindDecimal) {
		m.amounts = append(m.amounts, a)
	}
	return nil
}

// Match reports whether a value meets the condition; nil is no value.
func (m *Matcher) Match(v *string) bool {
	switch {
	case m.op == finops.OpNotIn:
		return !m.among(v)
	case m.op == finops.OpIn || m.op == "":
		return m.among(v)
	case v == nil:
		return false
	case m.op == finops.OpMatches:
		return slices.ContainsFunc(m.patterns, func(p *regexp.Regexp) bool { return p.MatchString(*v) })
	case m.op.Compares():
		return m.compares(*v)
	}
	return m.hasText(*v)
}

// among reports whether a value is one of those of the condition: the same text, or the
// same number in a column of numbers, or on the same day in a column of times.
func (m *Matcher) among(v *string) bool {
	switch {
	case v == nil:
		return m.none
	case m.set[*v] || (m.set == nil && slices.Contains(m.texts, *v)):
		return true
	case m.amounts != nil:
		a, err := finops.ParseAmount([]byte(*v))
		return err == nil && slices.ContainsFunc(m.amounts, func(b finops.Amount) bool { return a.Cmp(b) == 0 })
	case m.days != nil:
		sec, ok := finops.ParseTime([]byte(*v))
		return ok && slices.Contains(m.days, finops.DayOfUnix(sec))
	}
	return false
}

func (m *Matcher) compares(v string) bool {
	if m.days != nil {
		sec, ok := finops.ParseTime([]byte(v))
		return ok && m.op.Holds(int(finops.DayOfUnix(sec)-m.days[0]))
	}
	a, err := finops.ParseAmount([]byte(v))
	return err == nil && m.op.Holds(a.Cmp(m.amounts[0]))
}

func (m *Matcher) hasText(v string) bool {
	m.fold(v)
	return slices.ContainsFunc(m.folded, func(want []byte) bool {
		switch m.op {
		case finops.OpStartsWith:
			return bytes.HasPrefix(m.scratch, want)
		case finops.OpEndsWith:
			return bytes.HasSuffix(m.scratch, want)
		}
		return bytes.Contains(m.scratch, want)
	})
}

// fold puts a value into scratch in lower case. Nearly every value is plain ASCII.
func (m *Matcher) fold(v string) {
	m.scratch = append(m.scratch[:0], v...)
	for i, b := range m.scratch {
		if b >= utf8.RuneSelf {
			m.scratch = append(m.scratch[:0], strings.ToLower(v)...)
			return
		}
		if b >= 'A' && b <= 'Z' {
			m.scratch[i] = b + ('a' - 'A')
		}
	}
}
