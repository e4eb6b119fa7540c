package engine

import (
	"context"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

// coding numbers the distinct values of a dimension: code[id] is the number of the value
// of a tuple, values[number] the value (nil = no value).
type coding struct {
	code   []uint32
	values []*string
}

type codeKey struct {
	key    store.Group
	facet  bool
	column string
}

// dimension is a column that a question groups by or filters on, resolved to the key of
// a table that leads to it.
type dimension struct {
	column string
	group  store.Group
	index  int  // column of the tuple set; -1 for a virtual one
	coarse bool // the daily rollup has it
	line   bool // only the rows themselves have it

	derived *derived // a built-in dimension; nil = another, a column or a tag
	ruled   *ruled   // a virtual dimension
}

// virtual reports whether d is a dimension of that name that no column holds.
func (d dimension) virtual(name string) bool { return d.index < 0 && d.column == name }

// resolve finds a built-in dimension, then a column by its exact name: a provider's column
// may have the name of a FOCUS column in another spelling or an older version. It answers
// CodeInvalid for a column that the ledger does not have.
func (l *ledger) resolve(column string) (dimension, error) {
	d := dimension{column: column, index: -1}
	if b := builtInNamed(column); b != nil {
		d.column, d.group, d.coarse, d.derived = b.name, b.group, b.coarse(), b
		return d, nil
	}
	if c, ok := finops.ColumnByName(column); !ok || c.Name != column {
		if i, own := l.own[column]; own {
			d.column, d.group, d.index = l.custom[i].Name, store.Extra, len(store.GroupColumns(store.Extra))+i
			return d, nil
		}
	}
	switch {
	case column == HasTags:
		d.group, d.coarse = store.Resource, true
		return d, nil
	case strings.HasPrefix(column, finops.TagPrefix):
		d.group = store.Resource
		return d, nil
	}
	if c, ok := finops.ColumnByName(column); ok {
		d.column = c.Name
		g, ok := store.GroupOf(c.Name)
		if !ok {
			d.line = true
			return d, nil
		}
		d.group, d.index = g, indexOf(store.GroupColumns(g), c.Name)
		d.coarse = g == store.Bill || indexOf(store.FacetColumns(g), c.Name) >= 0
		return d, nil
	}
	return d, l.noColumn(column)
}

// resolve finds a column or a virtual dimension.
func (v *view) resolve(column string) (dimension, error) {
	if rules.IsVirtual(column) {
		return v.resolveRuled(column)
	}
	return v.ledger.resolve(column)
}

// noColumn is the error for a column that the ledger does not have; virtual are the names of
// virtual dimensions.
func (l *ledger) noColumn(column string, virtual ...string) error {
	names := slices.Concat(finops.Dimensions, virtual, []string{HasTags})
	for _, c := range finops.Columns() {
		names = append(names, c.Name)
	}
	names = append(names, l.ownNames...)
	slices.Sort(names) // so that of two that are as close always the same is named
	help := "Use Provider, Account, BillingAccount, a FOCUS column name, a column of the imported files, Tags/KEY, or Dim/NAME."
	closest := filter.Closest(column, names)
	if closest != "" {
		help = "Did you mean " + closest + "?"
	}
	return finops.WrapError(finops.CodeInvalid, &finops.ColumnError{Column: column, Closest: closest}, "The ledger has no column %q. %s", column, help)
}

func indexOf(list []string, want string) int {
	for i, s := range list {
		if s == want {
			return i
		}
	}
	return -1
}

// coder numbers the values of one dimension.
type coder struct {
	coding
	numbers map[string]uint32
	none    uint32
	hasNone bool
}

func (c *coder) add(value string, ok bool) { c.code = append(c.code, c.number(value, ok)) }

// number returns the number of a value; ok is false for no value.
func (c *coder) number(value string, ok bool) uint32 {
	if !ok {
		if !c.hasNone {
			c.hasNone, c.none = true, uint32(len(c.values))
			c.values = append(c.values, nil)
		}
		return c.none
	}
	n, seen := c.numbers[value]
	if !seen {
		n = uint32(len(c.values))
		c.numbers[value] = n
		c.values = append(c.values, &value)
	}
	return n
}

// coding returns the numbers of a dimension's values. facet chooses the rollup's tuples.
func (l *ledger) coding(ctx context.Context, d dimension, facet bool) (*coding, error) {
	if d.ruled != nil {
		return d.ruled.coding(ctx, l, facet)
	}
	return l.codes.get(ctx, codeKey{d.group, facet, d.column}, func(ctx context.Context) (*coding, error) { return l.makeCoding(ctx, d, facet) })
}

func (l *ledger) makeCoding(ctx context.Context, d dimension, facet bool) (*coding, error) {
	c := &coder{numbers: map[string]uint32{}}
	var err error
	switch {
	case d.derived != nil && d.derived.period != nil:
		err = l.codePeriods(ctx, d.derived, facet, c)
	case facet && d.virtual(HasTags):
		for _, owner := range l.facets[store.Resource].owner {
			c.add(tagWord(owner == 1), true)
		}
	case d.derived != nil && facet:
		d.derived.code(l, l.facets[d.group], c)
	case facet && d.group != store.Bill:
		t := l.facets[d.group]
		for _, id := range t.texts[t.columns[d.column]] {
			c.add(l.text(id))
		}
	default:
		err = l.codeTuples(ctx, d, c)
	}
	return &c.coding, err
}

func (l *ledger) codeTuples(ctx context.Context, d dimension, c *coder) error {
	t, err := l.groupTuples(ctx, d.group)
	if err != nil {
		return err
	}
	switch {
	case d.derived != nil:
		d.derived.code(l, t, c)
	case d.virtual(HasTags):
		return l.codeTags(ctx, t, c, func(text string) (string, bool) { return tagWord(tagged(text)), true })
	case d.index < 0:
		key := strings.TrimPrefix(d.column, finops.TagPrefix)
		return l.codeTags(ctx, t, c, func(text string) (string, bool) { return tagOf(text, key) })
	case d.group == store.Bill && d.column == "ProviderName": // FOCUS 1.4 has only ServiceProviderName
		later := t.texts[t.columns["ServiceProviderName"]]
		for i, id := range t.texts[d.index] {
			if _, ok := l.text(id); !ok {
				id = later[i]
			}
			c.add(l.text(id))
		}
	default:
		for _, id := range t.texts[d.index] {
			c.add(l.text(id))
		}
	}
	return nil
}

func tagWord(tagged bool) string {
	if tagged {
		return "Tagged"
	}
	return "Untagged"
}

// lineKey is a dimension that only the rows have: a measure, a column whose values are kept
// with the line, or a virtual dimension over several tables. ids are its own numbers, one
// per row.
type lineKey struct {
	ids    []uint32
	coding coding
}

// rowKey returns the key of a place that each row has.
func (l *ledger) rowKey(ctx context.Context, p place, coarse bool) (*lineKey, error) {
	if p.ruled != nil {
		return p.ruled.rowKey(ctx, l, coarse)
	}
	return l.lineDimension(ctx, p.line)
}

// lineDimension numbers the values of such a column.
func (l *ledger) lineDimension(ctx context.Context, column string) (*lineKey, error) {
	return l.lineKeys.get(ctx, column, func(ctx context.Context) (*lineKey, error) {
		k, err := l.measureDimension(ctx, column)
		if k == nil && err == nil {
			k, err = l.rowDimension(ctx, column)
		}
		return k, err
	})
}

// measureDimension numbers the values of a measure; nil for another column, and for a measure
// with texts that are no number.
func (l *ledger) measureDimension(ctx context.Context, column string) (*lineKey, error) {
	m := store.MeasureIndex(column)
	if m < 0 {
		return nil, nil
	}
	c, err := l.factAmounts(ctx, m)
	if err != nil || c.hasWords {
		return nil, err
	}
	k := &lineKey{ids: make([]uint32, len(c.values))}
	values, wides := map[int64]uint32{}, map[string]uint32{}
	add := func(text *string) uint32 {
		n := uint32(len(k.coding.values))
		k.coding.values, k.coding.code = append(k.coding.values, text), append(k.coding.code, n)
		return n
	}
	for row, v := range c.values {
		if v == segment.Wide {
			text := plainNumber(c.wides[row].String())
			n, seen := wides[text]
			if !seen {
				n = add(&text)
				wides[text] = n
			}
			k.ids[row] = n
			continue
		}
		n, seen := values[v]
		if !seen {
			var text *string
			if v != segment.None {
				plain := plainNumber(finops.NewAmount(v, c.scale).String())
				text = &plain
			}
			n = add(text)
			values[v] = n
		}
		k.ids[row] = n
	}
	return k, nil
}

// rowDimension reads a column from the rows.
func (l *ledger) rowDimension(ctx context.Context, column string) (*lineKey, error) {
	c := &coder{numbers: map[string]uint32{}}
	k := &lineKey{ids: make([]uint32, l.lines)}
	number := store.MeasureIndex(column) >= 0
	for i, h := range l.heads {
		at := l.starts[i]
		err := l.db.LineValues(ctx, h.FirstLine, h.FirstLine+int64(h.Lines)-1, column, func(line int64, value *string) {
			text, ok := "", false
			if value != nil {
				text, ok = *value, !finops.IsNull([]byte(*value))
				if a, err := finops.ParseAmount([]byte(text)); number && err == nil {
					text = plainNumber(a.String())
				}
			}
			c.add(text, ok)
			k.ids[at+int(line-h.FirstLine)] = c.code[len(c.code)-1]
			c.code = c.code[:0]
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range c.values {
		c.code = append(c.code, uint32(i))
	}
	k.coding = c.coding
	return k, nil
}

// plainNumber spells equal numbers alike: 1.50 and 1.5 are one value of a measure.
func plainNumber(text string) string {
	if !strings.Contains(text, ".") {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
