package engine

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// ruled is a virtual dimension, resolved against the ledger. Its value is found once for
// each combination of values of the columns that its rules use. Where these columns are in
// one table, the dimension has a number for each tuple of that table, like a column; else
// it has one for each row, like a column that only the lines have.
type ruled struct {
	name    string // Dim/NAME
	content string // the JSON that it was made of; "" for a trial
	problem error  // why nothing can be asked of it; nil = it can be used

	rules   []ruledRule
	none    *string // of charges that no rule catches
	byRule  bool    // the value is the number of the rule, from 1
	sources []*ruledSource
	missing []string // columns that the ledger does not have; they count as empty
	coarse  bool     // the rollup has all columns

	codings memo[bool, *coding]      // by facet, when one table has all columns
	cells   memo[struct{}, *lineKey] // of the rollup, when not; those of the lines are in the ledger
}

// ruledRule is a rule with the places of what it looks at.
type ruledRule struct {
	where  *node // its atoms are the conditions, in leaves
	leaves []ruledLeaf
	text   string
	from   ruledLeaf
	take   func(text string) (value string, ok bool) // nil = text
}

// ruledLeaf is what a rule looks at: a column, or whether an amount meets a condition.
type ruledLeaf struct {
	source *ruledSource
	column int   // of the source
	node   *node // the condition; nil for a column to take a value from
}

// ruledSource is one place with the columns that the rules use there.
type ruledSource struct {
	place   place
	at      int // among the sources
	columns []dimension
}

// newRuled resolves a dimension.
func (l *ledger) newRuled(d rules.Dimension, byRule bool) *ruled {
	r := &ruled{name: finops.DimPrefix + d.Name, none: d.Default, byRule: byRule, coarse: true}
	for _, rule := range d.Rules {
		if r.problem = r.add(l, rule); r.problem != nil {
			break
		}
	}
	return r
}

func (r *ruled) add(l *ledger, rule rules.Rule) error {
	resolve := func(column string) (dimension, error) { return r.resolve(l, column) }
	where, err := l.resolveFilter(rule.Where.Normal(), resolve)
	if err != nil {
		return err
	}
	made := ruledRule{where: where, text: rule.Text}
	for _, n := range where.conditions(nil) {
		n.atom = len(made.leaves)
		made.leaves = append(made.leaves, r.leaf(n.place, n.dimension, n))
	}
	if rule.From != nil {
		d, err := resolve(rule.From.Column)
		if err != nil {
			return err
		}
		if made.take, err = rule.From.Taker(); err != nil {
			return err
		}
		made.from = r.leaf(l.placeOf(d), d, nil)
	}
	r.rules = append(r.rules, made)
	return nil
}

// resolve finds a column. One that the ledger does not have is empty, as a tag is that no
// charge has: the bills with it may be imported later.
func (r *ruled) resolve(l *ledger, column string) (dimension, error) {
	if rules.IsVirtual(column) {
		return dimension{}, finops.Errorf(finops.CodeInvalid, "%s has a rule that uses %s; rules can use columns, tags and built-in dimensions only.", r.name, column)
	}
	d, err := l.resolve(column)
	if _, unknown := errors.AsType[*finops.ColumnError](err); unknown {
		if !slices.Contains(r.missing, column) {
			r.missing = append(r.missing, column)
		}
		return dimension{column: column, group: store.Bill, index: -1, coarse: true, derived: emptyColumn}, nil
	}
	return d, err
}

var emptyColumn = &derived{group: store.Bill, value: func([]string) string { return "" }, asked: func(text string) string { return text }}

// leaf enters what a rule looks at into the sources.
func (r *ruled) leaf(p place, d dimension, n *node) ruledLeaf {
	r.coarse = r.coarse && d.coarse
	i := slices.IndexFunc(r.sources, func(s *ruledSource) bool { return s.place == p })
	if i < 0 {
		i = len(r.sources)
		r.sources = append(r.sources, &ruledSource{place: p, at: i})
	}
	s := r.sources[i]
	same := func(c dimension) bool { return c.column == d.column && c.derived == d.derived && c.index == d.index }
	column := slices.IndexFunc(s.columns, same)
	if column < 0 {
		column = len(s.columns)
		s.columns = append(s.columns, d)
	}
	return ruledLeaf{s, column, n}
}

// dimension is how a question sees r.
func (r *ruled) dimension() dimension {
	d := dimension{column: r.name, group: store.Bill, index: -1, coarse: r.coarse, ruled: r}
	if len(r.sources) > 0 {
		d.group, d.line = r.sources[0].place.group, len(r.sources) > 1 || r.sources[0].place != place{group: r.sources[0].place.group}
	}
	return d
}

// defineRules returns the virtual dimensions of the workspace as they are now. What is known of
// those that have not changed is kept.
func (l *ledger) defineRules(ctx context.Context) (map[string]*ruled, error) {
	saved, err := l.db.Dimensions(ctx)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	defined := make(map[string]*ruled, len(saved))
	for _, s := range saved {
		key := rules.Key(s.Name)
		if r := l.defined[key]; r != nil && r.content == s.Content {
			defined[key] = r
			continue
		}
		d, err := rules.Decode([]byte(s.Content))
		r := &ruled{problem: err}
		if err == nil {
			r = l.newRuled(d, false)
		}
		r.name, r.content = finops.DimPrefix+s.Name, s.Content
		defined[key] = r
	}
	l.defined = defined
	return defined, nil
}

// resolveRuled finds a virtual dimension by its name in any case.
func (v *view) resolveRuled(column string) (dimension, error) {
	r := v.dims[rules.Key(column[len(finops.DimPrefix):])]
	if r == nil {
		var names []string
		for _, defined := range v.dims {
			names = append(names, defined.name)
		}
		return dimension{}, v.noColumn(column, names...)
	}
	if r.problem != nil {
		return dimension{}, finops.WrapError(finops.CodeInvalid, r.problem, "%s cannot be used. %s", r.name, finops.MessageOf(r.problem))
	}
	return r.dimension(), nil
}

// DimRule is, in a Trial, the number of the rule that catches a charge, from 1.
const DimRule = finops.DimPrefix + "\x00rule"

// Trial asks questions that use a dimension as if it had been saved.
type Trial struct {
	view  *view
	value *ruled
}

// Try resolves a dimension, which has passed its Check, against the ledger as it is now.
func (e *Engine) Try(ctx context.Context, d rules.Dimension) (*Trial, error) {
	v, err := e.view(ctx)
	if err != nil {
		return nil, err
	}
	value := v.newRuled(d, false)
	trial := *v
	trial.dims = maps.Clone(v.dims)
	trial.dims[rules.Key(d.Name)] = value
	trial.dims[rules.Key(DimRule[len(finops.DimPrefix):])] = v.newRuled(d, true)
	return &Trial{&trial, value}, value.problem
}

// Missing lists the columns that the rules use and the ledger does not have.
func (t *Trial) Missing() []string { return t.value.missing }

// Ask is Engine.Ask with the dimension under its name, and with DimRule.
func (t *Trial) Ask(ctx context.Context, q finops.Question) (*finops.Answer, error) {
	return t.view.ask(ctx, q)
}

// valueOf asks the rules in their order. says answers a condition, text gives the value of a
// column.
func (r *ruled) valueOf(says func(ruledLeaf) bool, text func(ruledLeaf) *string) *string {
	for i := range r.rules {
		rule := &r.rules[i]
		if !rule.where.decide(func(atom int) bool { return says(rule.leaves[atom]) }) {
			continue
		}
		value := rule.text
		if rule.take != nil {
			from := text(rule.from)
			if from == nil {
				continue
			}
			var ok bool
			if value, ok = rule.take(*from); !ok {
				continue
			}
		}
		if r.byRule {
			value = strconv.Itoa(i + 1)
		}
		return &value
	}
	if r.byRule {
		return nil
	}
	return r.none
}
