package finops

import (
	"regexp"
	"slices"
	"sync"
)

// FilterKind says what a node of a Filter is.
type FilterKind string

// The kinds of nodes. All of nothing holds for every charge, any of nothing for none.
const (
	FilterAll       FilterKind = "all"
	FilterAny       FilterKind = "any"
	FilterNot       FilterKind = "not"
	FilterCondition FilterKind = "condition"
)

// Filter says which charges are meant: a tree of all, any and not over conditions. The
// zero Filter matches every charge. Its JSON is stable: pages, rules and scopes keep it
// (docs/filters.md). Package filter reads and prints it as text.
type Filter struct {
	Kind      FilterKind `json:"kind"`                // "" means FilterAll
	Parts     []Filter   `json:"parts,omitempty"`     // of all and any; the one of not
	Condition *Condition `json:"condition,omitempty"` // of a condition
}

// Op is the operator of a condition.
type Op string

// The operators. A condition holds when it holds for one of its values; OpNotIn is the
// opposite of OpIn. A charge without a value meets only OpIn with nil and OpNotIn without.
const (
	OpIn         Op = "in"          // exactly the value; nil = no value
	OpNotIn      Op = "not_in"      // none of the values
	OpContains   Op = "contains"    // has the text in it, ignoring case
	OpStartsWith Op = "starts_with" // ignoring case
	OpEndsWith   Op = "ends_with"   // ignoring case
	OpMatches    Op = "matches"     // a regular expression (RE2) matches anywhere in it
	OpLess       Op = "less"        // than the number or day
	OpAtMost     Op = "at_most"
	OpGreater    Op = "greater"
	OpAtLeast    Op = "at_least"
)

// Compares reports whether the operator compares numbers or days.
func (op Op) Compares() bool {
	return op == OpLess || op == OpAtMost || op == OpGreater || op == OpAtLeast
}

// Holds reports whether the operator's relation holds for a value that is below (< 0), at
// (0) or above (> 0) the one of the condition.
func (op Op) Holds(order int) bool {
	switch op {
	case OpLess:
		return order < 0
	case OpAtMost:
		return order <= 0
	case OpGreater:
		return order > 0
	case OpAtLeast:
		return order >= 0
	case "", OpIn, OpNotIn, OpContains, OpStartsWith, OpEndsWith, OpMatches:
	}
	return order == 0
}

// Condition is about the value that a charge has in one column.
type Condition struct {
	Column string    `json:"column"` // a dimension, a FOCUS column, a provider column (x_…), or Tags/KEY
	Op     Op        `json:"op"`     // "" means OpIn
	Values []*string `json:"values"` // any of them; nil element = no value
}

// All holds where every part does.
func All(parts ...Filter) Filter { return Filter{Kind: FilterAll, Parts: parts} }

// Any holds where one of the parts does.
func Any(parts ...Filter) Filter { return Filter{Kind: FilterAny, Parts: parts} }

// Not holds where the part does not.
func Not(part Filter) Filter { return Filter{Kind: FilterNot, Parts: []Filter{part}} }

// If holds where the condition does.
func If(c Condition) Filter { return Filter{Kind: FilterCondition, Condition: &c} }

// Conditions holds where every condition does.
func Conditions(list ...Condition) Filter {
	all := All()
	for _, c := range list {
		all.Parts = append(all.Parts, If(c))
	}
	return all
}

// Everything reports whether a normal filter matches every charge.
func (f Filter) Everything() bool { return (f.Kind == FilterAll || f.Kind == "") && len(f.Parts) == 0 }

// EachColumn calls yield with the column of every condition until it returns false, which
// EachColumn then returns too.
func (f Filter) EachColumn(yield func(column string) bool) bool {
	if f.Condition != nil && !yield(f.Condition.Column) {
		return false
	}
	for _, p := range f.Parts {
		if !p.EachColumn(yield) {
			return false
		}
	}
	return true
}

// Normal returns the filter without what changes nothing: groups in groups of their own
// kind, groups of one, double negations, repeated values. The order stays. f has passed
// Check.
func (f Filter) Normal() Filter {
	kind, absorbing := FilterAll, FilterAny // any of nothing, among all, decides; and the other way round
	switch f.Kind {
	case FilterCondition:
		return If(f.Condition.normal())
	case FilterNot:
		return f.Parts[0].Normal().opposite()
	case FilterAny:
		kind, absorbing = FilterAny, FilterAll
	case FilterAll:
	}
	var parts []Filter
	for _, p := range f.Parts {
		p = p.Normal()
		switch {
		case p.Kind == kind:
			parts = append(parts, p.Parts...)
		case p.Kind == absorbing && len(p.Parts) == 0:
			return p
		default:
			parts = append(parts, p)
		}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return Filter{Kind: kind, Parts: parts}
}

// opposite negates a normal filter.
func (f Filter) opposite() Filter {
	switch {
	case f.Kind == FilterNot:
		return f.Parts[0]
	case f.Everything():
		return Any()
	case f.Kind == FilterAny && len(f.Parts) == 0:
		return All()
	case f.Kind == FilterCondition && f.Condition.Op == OpIn:
		return If(Condition{f.Condition.Column, OpNotIn, f.Condition.Values})
	case f.Kind == FilterCondition && f.Condition.Op == OpNotIn:
		return If(Condition{f.Condition.Column, OpIn, f.Condition.Values})
	}
	return Not(f)
}

func (c *Condition) normal() Condition {
	n := Condition{Column: c.Column, Op: c.Op, Values: []*string{}}
	if n.Op == "" {
		n.Op = OpIn
	}
	seen := make(map[string]bool, len(c.Values))
	none := false
	for _, v := range c.Values {
		if v == nil && none || v != nil && seen[*v] {
			continue
		}
		if v == nil {
			none = true
		} else {
			seen[*v] = true
		}
		n.Values = append(n.Values, v)
	}
	return n
}

// FilterDepth is how deep a filter may be nested.
const FilterDepth = 100

// Check answers CodeInvalid for a tree that is no filter, and for values that do not go
// with their operator or column.
func (f Filter) Check() error { return f.check(FilterDepth) }

func (f Filter) check(depth int) error {
	if depth == 0 {
		return Errorf(CodeInvalid, "The filter is nested too deeply: at most %d levels.", FilterDepth)
	}
	switch f.Kind {
	case FilterCondition:
		if f.Condition == nil || len(f.Parts) > 0 {
			return Errorf(CodeInvalid, "A condition of the filter lacks its column and values.")
		}
		return f.Condition.Check()
	case FilterNot:
		if len(f.Parts) != 1 {
			return Errorf(CodeInvalid, "A \"not\" of the filter has %d parts; it has exactly one.", len(f.Parts))
		}
	case FilterAll, FilterAny, "":
	default:
		return Errorf(CodeInvalid, "%q is not a part of a filter; use all, any, not or condition.", f.Kind)
	}
	if f.Condition != nil {
		return Errorf(CodeInvalid, "A part of the filter is both a group and a condition.")
	}
	for _, p := range f.Parts {
		if err := p.check(depth - 1); err != nil {
			return err
		}
	}
	return nil
}

// Check answers CodeInvalid for values that do not go with the operator or the column.
func (c *Condition) Check() error {
	if c.Column == "" {
		return Errorf(CodeInvalid, "A condition names no column.")
	}
	switch c.Op {
	case "", OpIn, OpNotIn:
		return nil
	case OpContains, OpStartsWith, OpEndsWith, OpMatches, OpLess, OpAtMost, OpGreater, OpAtLeast:
	default:
		return Errorf(CodeInvalid, "%q is not an operator of a condition.", c.Op)
	}
	if slices.Contains(c.Values, nil) {
		return Errorf(CodeInvalid, "No value can be asked for only with \"is empty\" or in a list of values.")
	}
	switch {
	case c.Op == OpMatches:
		for _, v := range c.Values {
			if _, err := Pattern(*v); err != nil {
				return err
			}
		}
	case c.Op.Compares():
		return c.checkBound()
	}
	return nil
}

// patterns are the regular expressions that were compiled of late: the findings of a rule name the same one thousands of times.
var patterns struct {
	sync.Mutex
	known map[string]*regexp.Regexp
}

// patternsMost is how many patterns are kept.
const patternsMost = 1000

// Pattern compiles a regular expression. It answers CodeInvalid for what is none.
func Pattern(text string) (*regexp.Regexp, error) {
	patterns.Lock()
	defer patterns.Unlock()
	if p := patterns.known[text]; p != nil {
		return p, nil
	}
	p, err := regexp.Compile(text)
	if err != nil {
		return nil, WrapError(CodeInvalid, err, "%q is not a regular expression (RE2).", text)
	}
	if patterns.known == nil || len(patterns.known) >= patternsMost {
		patterns.known = map[string]*regexp.Regexp{}
	}
	patterns.known[text] = p
	return p, nil
}

// checkBound wants one number or day, as the column has them.
func (c *Condition) checkBound() error {
	if len(c.Values) != 1 {
		return Errorf(CodeInvalid, "%s can be compared with one number or day only.", c.Column)
	}
	text := *c.Values[0]
	_, notDay := ParseDay(text)
	_, notNumber := ParseAmount([]byte(text))
	column, _ := ColumnByName(c.Column)
	switch {
	case column.Kind == KindTime && notDay != nil:
		return Errorf(CodeInvalid, "%q is not a day; %s is compared with a day, YYYY-MM-DD.", text, c.Column)
	case column.Kind == KindDecimal && notNumber != nil:
		return Errorf(CodeInvalid, "%q is not a number; %s is compared with a number such as 12.50.", text, c.Column)
	case notDay != nil && notNumber != nil:
		return Errorf(CodeInvalid, "%q is neither a number such as 12.50 nor a day, YYYY-MM-DD.", text)
	}
	return nil
}
