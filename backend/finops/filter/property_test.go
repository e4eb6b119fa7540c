package filter_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

var columns = []string{
	"Provider", "BilledCost", "billedcost", "ChargePeriodStart", "Tags/env", "Tags/Cost Center", "x_UsageType", "not", "and", "nothing", "is", "in scope", "a\"b", " padded ",
	"Cost (USD)", "a)b", "ü=", "a|b", "region",
}

// someText is a value that is hard to print, or any.
func someText(t *rapid.T) string {
	if rapid.Bool().Draw(t, "plain") {
		return rapid.SampledFrom([]string{"", "NULL", "a and b = c", "or", ")", "(", `"`, `""`, "'x'", " ", "a,b", "a|b", "1", "\n", "≤", "empty"}).Draw(t, "hard")
	}
	return rapid.String().Draw(t, "text")
}

func someCondition(t *rapid.T) finops.Filter {
	c := finops.Condition{Column: rapid.SampledFrom(columns).Draw(t, "column")}
	if rapid.Bool().Draw(t, "own") {
		c.Column = "x" + rapid.String().Draw(t, "name")
	}
	c.Op = rapid.SampledFrom([]finops.Op{
		"", finops.OpIn, finops.OpNotIn, finops.OpContains, finops.OpStartsWith, finops.OpEndsWith, finops.OpMatches, finops.OpLess, finops.OpAtMost, finops.OpGreater, finops.OpAtLeast,
	}).Draw(t, "op")
	switch {
	case c.Op.Compares():
		bound := rapid.SampledFrom([]string{"0", "-1.50", "12", "1e3", "$1,234.50", "2026-10-01"}).Draw(t, "bound")
		if c.Column == "ChargePeriodStart" {
			bound = "2026-10-31"
		} else if column, ok := finops.ColumnByName(c.Column); ok && column.Kind == finops.KindDecimal {
			bound = "0.005"
		}
		c.Values = values(bound)
	case c.Op == finops.OpMatches:
		c.Values = values(rapid.SampledFrom([]string{"^a$", `\d+`, "(?i)x|y", `"`}).Draw(t, "pattern"))
	default:
		c.Values = values(rapid.SliceOfN(rapid.Custom(someText), 0, 3).Draw(t, "values")...)
		if (c.Op == "" || c.Op == finops.OpIn || c.Op == finops.OpNotIn) && rapid.Bool().Draw(t, "none") {
			c.Values = append(c.Values, nil)
		}
	}
	return finops.If(c)
}

func someFilter(depth int) *rapid.Generator[finops.Filter] {
	return rapid.Custom(func(t *rapid.T) finops.Filter {
		kind := rapid.IntRange(0, 4).Draw(t, "kind")
		if depth == 0 || kind == 0 {
			return someCondition(t)
		}
		if kind == 1 {
			return finops.Not(someFilter(depth-1).Draw(t, "part"))
		}
		parts := rapid.SliceOfN(someFilter(depth-1), 0, 3).Draw(t, "parts")
		return finops.Filter{Kind: []finops.FilterKind{finops.FilterAll, finops.FilterAny, ""}[kind-2], Parts: parts}
	})
}

func TestProperty_PrintedFiltersAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := someFilter(4).Draw(t, "filter")
		if err := f.Check(); err != nil {
			t.Fatal(err)
		}
		text := filter.Print(f)
		back, err := filter.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if !reflect.DeepEqual(back, f.Normal()) {
			t.Fatalf("%s is read as %s", text, filter.Print(back))
		}
		if again := filter.Print(back); again != text {
			t.Fatalf("%s is printed as %s", text, again)
		}
		data, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if back, err = filter.FromJSON(data); err != nil || !reflect.DeepEqual(back, f.Normal()) {
			t.Fatalf("%s is read as %s: %v", data, filter.Print(back), err)
		}
		if filter.Hash(back) != filter.Hash(f) {
			t.Fatal("the hash of the normal form is another")
		}
	})
}

// holds answers a filter for one charge, node by node.
func holds(f finops.Filter, charge map[string]*string) bool {
	switch f.Kind {
	case finops.FilterCondition:
		m, err := filter.NewMatcher(*f.Condition)
		return err == nil && m.Match(charge[f.Condition.Column])
	case finops.FilterNot:
		return !holds(f.Parts[0], charge)
	case finops.FilterAny:
		for _, p := range f.Parts {
			if holds(p, charge) {
				return true
			}
		}
		return false
	}
	for _, p := range f.Parts {
		if !holds(p, charge) {
			return false
		}
	}
	return true
}

func TestProperty_NormalMeansTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := someFilter(4).Draw(t, "filter")
		charge := map[string]*string{}
		for _, column := range columns {
			if rapid.Bool().Draw(t, "known") {
				v := someText(t)
				charge[column] = &v
			}
		}
		if holds(f, charge) != holds(f.Normal(), charge) {
			t.Fatalf("%s means something else in its normal form", filter.Print(f))
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`Provider = "AWS" and (Tags/env in ("prod","stage") or Tags/env is empty) and not RegionId startswith "eu-"`,
		`x_Note="a|b"|c`, `a=b and c d=e|NULL`, `BilledCost >= -5 or ChargePeriodStart < 2026-10-01`, `not (((nothing)))`, `a not matches "(" or`, `"`, `a is not in (`, "ü ≤ 5",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree, err := filter.Parse(text)
		if err != nil {
			e, ok := errors.AsType[*filter.Error](err)
			if !ok || e.Offset < 0 || e.Length < 0 || e.Offset+e.Length > len(text) {
				t.Fatalf("%q: %#v", text, err)
			}
			return
		}
		printed := filter.Print(tree)
		again, err := filter.Parse(printed)
		if err != nil || !reflect.DeepEqual(tree, again) {
			t.Fatalf("%q is printed as %q: %v", text, printed, err)
		}
	})
}
