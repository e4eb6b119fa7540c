package savings

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"cloud-intelligence/backend/finops"
)

// valueColumn is a column whose values distinguish groups, beside those that every table has.
type valueColumn struct {
	name  string
	field *field
	part  *regexp.Regexp // of the id of the resource, that stands in for it; nil = nothing does
	of    [][]uint32     // by column of the field and number of its value there: the number here + 1; 0 = not asked yet

	numbering sync.Mutex        // of what follows
	numbers   map[string]uint32 // value → number; 0 = no value
	texts     []string          // by number
}

// lastPart is the last part of an id.
var lastPart = regexp.MustCompile(`([^/]+)$`)

// column finds the place of a column in e.columns; -1 for "".
func (e *examination) column(name string) int {
	if name == "" {
		return -1
	}
	if at := slices.IndexFunc(e.columns, func(c *valueColumn) bool { return c.name == name }); at >= 0 {
		return at
	}
	f := &field{}
	part := idParts[name]
	if name == "ResourceName" {
		part = lastPart
	}
	for _, real := range realColumns(name) {
		if at, ok := e.classes.binder.at[real]; ok {
			f.columns = append(f.columns, at)
		}
	}
	c := &valueColumn{name: name, field: f, part: part, of: make([][]uint32, len(f.columns)+1), numbers: map[string]uint32{}, texts: []string{""}}
	for i, at := range f.columns {
		c.of[i] = make([]uint32, len(e.table.Values[at]))
	}
	if part != nil {
		c.of[len(f.columns)] = make([]uint32, len(e.table.Values[atResource]))
	}
	e.columns = append(e.columns, c)
	return len(e.columns) - 1
}

// idParts are columns that are a part of the id of a resource.
var idParts = map[string]*regexp.Regexp{
	"Server": regexp.MustCompile(`(?i)/servers/([^/]+)`),
	"User":   regexp.MustCompile(`:user/(?:[^/]+/)*([^/]+)$`),
}

// coresText finds the number of cores of a machine: the label of Google, or the details of a price as FOCUS words them.
var coresText = regexp.MustCompile(`^([0-9]{1,5})$|"CoreCount": ?"?([0-9]{1,5})\b`)

// hourUnits are the units of a quantity of hours, with how many of them are an hour.
var hourUnits = map[string]int64{"hour": 1, "hours": 1, "h": 1, "second": 3600, "seconds": 3600, "s": 3600}

// coresOf is by how much the quantity of a line is divided for the hours of its machine; 0 where the bill does not say.
func (e *examination) coresOf(a *rating, b *Batch, line int) int64 {
	key := [2]uint32{e.valueOf(a.cores, b, line), e.valueOf(a.unit, b, line)}
	per, seen := a.perHour[key]
	if !seen {
		if m := coresText.FindStringSubmatch(e.valueText(a.cores, key[0])); m != nil {
			cores, _ := strconv.ParseInt(m[1]+m[2], 10, 64) // at most five digits
			per = cores * hourUnits[strings.ToLower(e.valueText(a.unit, key[1]))]
		}
		a.perHour[key] = per
	}
	return per
}

// byText is the value of By that a group has.
func (e *examination) byText(key cellKey) string {
	if by := e.ratings[key.rule].by; by >= 0 {
		return e.valueText(by, key.b)
	}
	return ""
}

// byFilter says the value of By that a group has as a filter.
func (e *examination) byFilter(key cellKey) finops.Filter {
	column, value := e.rules[key.rule].By, e.byText(key)
	switch column {
	case "Server":
		value = "(?i)/servers/" + regexp.QuoteMeta(value) + "(/|$)"
	case "User":
		value = ":user/([^/]+/)*" + regexp.QuoteMeta(value) + "$"
	default:
		return finops.If(finops.Condition{Column: column, Op: finops.OpIn, Values: []*string{&value}})
	}
	return finops.If(finops.Condition{Column: "ResourceId", Op: finops.OpMatches, Values: []*string{&value}})
}

// valueOf is the number of the value that a line has in such a column; 0 = it has none.
func (e *examination) valueOf(column int, b *Batch, line int) uint32 {
	c := e.columns[column]
	for i, at := range c.field.columns {
		n := b.Value(at, line)
		known := atomic.LoadUint32(&c.of[i][n])
		if known == 0 {
			known = c.number(e.text(at, n)) + 1
			atomic.StoreUint32(&c.of[i][n], known)
		}
		if known > 1 {
			return known - 1
		}
	}
	if c.part == nil {
		return 0
	}
	n := b.Columns[atResource][line]
	of := &c.of[len(c.field.columns)][n]
	known := atomic.LoadUint32(of)
	if known == 0 {
		known = 1
		if m := c.part.FindStringSubmatch(e.text(atResource, n)); m != nil {
			known += c.number(m[1])
		}
		atomic.StoreUint32(of, known)
	}
	return known - 1
}

func (c *valueColumn) number(text string) uint32 {
	if text == "" {
		return 0
	}
	c.numbering.Lock()
	defer c.numbering.Unlock()
	n, seen := c.numbers[text]
	if !seen {
		n = uint32(len(c.texts))
		c.numbers[text] = n
		c.texts = append(c.texts, text)
	}
	return n
}

func (e *examination) valueText(column int, number uint32) string {
	c := e.columns[column]
	c.numbering.Lock()
	defer c.numbering.Unlock()
	return c.texts[number]
}

// relatedKey is something that is used, for a rule with Related.
type relatedKey struct {
	rule, set int
	account   uint32
	value     uint32
}

// countBeside counts a line for what a rule knows beside its groups. It reports whether the line can be of a group.
func (e *examination) countBeside(l *line, r role, set int, cal *calendar) bool {
	a := &e.ratings[r.rule]
	if r.has(roleRate) {
		e.addRate(l, set, r.rule)
		if r.bits == 1<<roleRate {
			return false
		}
	}
	if a.by >= 0 && e.valueOf(a.by, l.batch, l.at) == 0 {
		return false
	}
	if a.rule.Group == groupPool {
		key := e.key(l.batch, l.at, set, r.rule, l.class)
		if key.b == 0 {
			return false
		}
		if r.has(roleMatch) && l.part.days > 0 {
			e.addPool(key, l)
		}
	}
	if a.counts.past && r.has(roleMatch) && l.part.days == 0 {
		e.addPast(l, r, set, cal)
	}
	if a.rule.Related == "" || !r.has(roleUse) {
		return true
	}
	if l.part.days > 0 && l.used().Sign() != 0 {
		if value := e.valueOf(a.related, l.batch, l.at); value != 0 {
			e.addRelated(relatedKey{r.rule, set, l.batch.Columns[atAccount][l.at], value})
		}
	}
	return r.bits&^(1<<roleUse|1<<roleRate) != 0
}

func (e *examination) addRelated(key relatedKey) {
	if _, seen := e.related[key]; seen {
		return
	}
	e.related[key] = struct{}{}
	if strings.HasSuffix(e.rules[key.rule].Related, "*") {
		text := e.valueText(e.ratings[key.rule].related, key.value)
		key.value = 0
		e.beginnings[key] = append(e.beginnings[key], strings.ToLower(text))
	}
}

// isRelated reports whether something in use belongs to a resource.
func (e *examination) isRelated(key cellKey, c *cell) bool {
	k := relatedKey{int(key.rule), int(key.set), c.account, c.related}
	if _, used := e.related[k]; used {
		return true
	}
	text := strings.ToLower(e.valueText(e.ratings[key.rule].related, c.related))
	k.value = 0
	return slices.ContainsFunc(e.beginnings[k], func(beginning string) bool { return strings.HasPrefix(text, beginning) })
}

// addPast adds a line to what the same group cost over as many days before the lookback as it has.
func (e *examination) addPast(l *line, r role, set int, cal *calendar) {
	b, i := l.batch, l.at
	lookback := e.rules[r.rule].Lookback
	p := cal.partOf(b.Days[i], b.Starts[i], b.Ends[i], cal.start(2*lookback))
	if p.days == 0 || b.Days[i] >= cal.start(lookback) {
		return
	}
	key := e.key(b, i, set, r.rule, l.class)
	past := e.past[key]
	if past == nil {
		past = &rate{}
		e.past[key] = past
	}
	q, known := l.quantity()
	if !known || !l.priced {
		past.broken = true
		return
	}
	past.cost.add(l.cost, p)
	past.quantity.add(q, p)
}

// countCost adds a line to what the bill costs.
func (e *examination) countCost(b *Batch, i, set int, cost finops.Amount) {
	c := e.sets[set]
	p := c.partOf(b.Days[i], b.Starts[i], b.Ends[i], c.start(costDays))
	if p.days == 0 {
		return
	}
	key := costKey{set, b.Columns[atCurrency][i]}
	if e.bills[key] == nil {
		e.bills[key] = &spread{}
	}
	e.bills[key].add(cost, p)
	if !e.options.Only.has(b.Lines[i]) {
		return
	}
	if e.costs[key] == nil {
		e.costs[key] = &spread{}
	}
	e.costs[key].add(cost, p)
}

// isEvidence reports whether a line with a role is priced in a finding.
func (e *examination) isEvidence(r role) bool {
	return r.has(roleMatch) || (r.has(roleUse) && e.rules[r.rule].Related == "")
}

// findingKey is the group that a finding on a line would have.
func (e *examination) findingKey(b *Batch, i, set, rule int, k *class) cellKey {
	key := e.key(b, i, set, rule, k)
	if to, ok := e.merged[key]; ok {
		return to
	}
	return key
}

// merge puts the groups of rules on short-lived resources together by account and region: one by one they are gone and too small.
func (e *examination) merge() {
	for key, c := range e.cells {
		limit := e.ratings[key.rule].limits[livesBelow]
		if limit == nil || key.grain != grainResource || c.lines == 0 {
			continue
		}
		delete(e.cells, key)
		cal := e.sets[key.set]
		end := (cal.asOf + 1).Time().Unix()
		if c.daily || c.till == end || c.till-c.from >= hoursOf(limit) {
			if c.daily {
				e.skip(e.rules[key.rule].ID, cal.Provider, "Lines of whole days do not say how long a machine lived.")
			}
			continue
		}
		to := key
		to.grain, to.a, to.b = grainMerged, c.account, c.region
		e.merged[key] = to
		e.joinCells(e.cellOf(to), c)
	}
}

// members are the resources of a merged group, as a filter.
func (e *examination) members(of cellKey) finops.Filter {
	var ids []string
	for key, to := range e.merged {
		if to == of {
			ids = append(ids, e.text(atResource, key.a))
		}
	}
	slices.Sort(ids)
	values := make([]*string, len(ids))
	for i := range ids {
		values[i] = &ids[i]
	}
	return finops.If(finops.Condition{Column: "ResourceId", Op: finops.OpIn, Values: values})
}
