package engine

import (
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// derived is a dimension that no column holds: its value is a pure function of columns of
// one group, or of the charge period. It is worked out once for each combination of their values that occurs, never
// for a line, and from there on a question treats it like a column.
type derived struct {
	name    string
	group   store.Group
	columns []string
	// period makes the value from the charge period, where columns and value are not used.
	period func(period) string
	// value makes the value of one combination, in the order of columns; "" = no value, in
	// both directions.
	value func(values []string) string
	// asked turns what a person asks for into the spelling that value makes.
	asked func(text string) string
	// names are the names of the dimension's values; nil = the values are names themselves.
	names func(*AccountNames) map[string]string
}

var builtIn = []*derived{
	{
		name: finops.DimProvider, group: store.Bill, columns: finops.ProviderColumns,
		value: func(values []string) string { return finops.CanonicalProvider(values...) },
		asked: func(text string) string { return finops.CanonicalProvider(text) },
	},
	{
		name: finops.DimAccount, group: store.Resource, columns: []string{"SubAccountId", "SubAccountName"}, value: accountOf, asked: finops.CanonicalAccount,
		names: func(n *AccountNames) map[string]string { return n.Accounts },
	},
	{
		name: finops.DimBillingAccount, group: store.Bill, columns: []string{"BillingAccountId", "BillingAccountName"}, value: accountOf, asked: finops.CanonicalAccount,
		names: func(n *AccountNames) map[string]string { return n.BillingAccounts },
	},
	{name: finops.DimWeekday, group: store.Period, period: weekdayOf, asked: askedWeekday},
	{name: finops.DimHourOfDay, group: store.Period, period: period.hour, asked: askedHour},
	{name: finops.DimPeriodLength, group: store.Period, period: period.length, asked: askedLength},
}

// accountOf takes the id of an account; where a file has only its name, that is the id.
func accountOf(values []string) string {
	if id := finops.CanonicalAccount(values[0]); id != "" {
		return id
	}
	return strings.TrimSpace(values[1])
}

// builtInNamed finds a built-in dimension by its name in any case; nil when there is none.
func builtInNamed(name string) *derived {
	name, ok := finops.DimensionByName(name)
	if !ok {
		return nil
	}
	i := slices.IndexFunc(builtIn, func(d *derived) bool { return d.name == name })
	return builtIn[i]
}

// coarse reports whether the daily rollup has all columns that the dimension is made of.
func (d *derived) coarse() bool {
	if d.group == store.Period {
		return d.name == finops.DimWeekday // the rollup knows the day alone
	}
	for _, column := range d.columns {
		if d.group != store.Bill && indexOf(store.FacetColumns(d.group), column) < 0 {
			return false
		}
	}
	return true
}

// code numbers the values of a dimension for the tuples of its group.
func (d *derived) code(l *ledger, t *tupleSet, c *coder) {
	columns := make([][]uint32, len(d.columns))
	for i, name := range d.columns {
		columns[i] = t.texts[t.columns[name]]
	}
	numbers := map[string]uint32{} // by the text ids of a combination
	key := make([]byte, 4*len(columns))
	values := make([]string, len(columns))
	for id := range t.n {
		for i, column := range columns {
			v := column[id]
			key[4*i], key[4*i+1], key[4*i+2], key[4*i+3] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
		}
		if n, seen := numbers[string(key)]; seen {
			c.code = append(c.code, n)
			continue
		}
		for i, column := range columns {
			values[i], _ = l.text(column[id])
		}
		value := d.value(values)
		c.add(value, value != "")
		numbers[string(key)] = c.code[id]
	}
}

// spelled returns what is asked for as the dimension spells it, and of that what is none of
// its values.
func (d *derived) spelled(values, asked []*string) (spelled, unknown []*string) {
	seen := map[string]bool{}
	for _, v := range values {
		if v != nil {
			seen[*v] = true
		}
	}
	for _, v := range asked {
		if v != nil {
			if text := d.asked(*v); text != "" {
				v = &text
			}
			if !seen[*v] {
				unknown = append(unknown, v)
			}
		}
		spelled = append(spelled, v)
	}
	return spelled, unknown
}

// namesOf returns the names of a dimension's values; nil when they are names themselves.
func (l *ledger) namesOf(d *derived) map[string]string {
	if d == nil || d.names == nil {
		return nil
	}
	return d.names(l.names())
}

// nameOwn decides by which names the columns of the files are asked for that FOCUS does
// not have: their own, or x_NAME where that is the name of a dimension.
func (l *ledger) nameOwn() {
	taken := map[string]bool{}
	for _, c := range l.custom {
		taken[c.Name] = true
	}
	l.own = map[string]int{}
	for i, c := range l.custom {
		name := c.Name
		for builtInNamed(name) != nil || rules.IsVirtual(name) || (name != c.Name && taken[name]) {
			name = "x_" + name
		}
		taken[name] = true
		l.own[name] = i
		l.ownNames = append(l.ownNames, name)
	}
}
