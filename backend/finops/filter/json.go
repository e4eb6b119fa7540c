package filter

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"cloud-intelligence/backend/finops"
)

// FromJSON reads the JSON of a filter. It answers CodeInvalid for anything else, also for
// members that a filter does not have: a newer program may mean something by them.
func FromJSON(data []byte) (finops.Filter, error) {
	var f finops.Filter
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return f, finops.WrapError(finops.CodeInvalid, err, "The filter cannot be read.")
	}
	if d.More() {
		return f, finops.Errorf(finops.CodeInvalid, "There is text after the filter.")
	}
	if err := f.Check(); err != nil {
		return finops.Filter{}, err
	}
	return f.Normal(), nil
}

// Hash is the same for filters that are equal but for the order of their parts and values
// and for what Normal removes. f has passed Check.
func Hash(f finops.Filter) string {
	sum := sha256.Sum256([]byte(Print(sorted(f.Normal()))))
	return hex.EncodeToString(sum[:])
}

// sorted puts the parts and values of a normal filter in order and drops repeated parts.
func sorted(f finops.Filter) finops.Filter {
	if f.Kind == finops.FilterCondition {
		c := *f.Condition
		c.Values = slices.Clone(c.Values)
		slices.SortFunc(c.Values, finops.CompareValues)
		return finops.If(c)
	}
	texts := map[string]finops.Filter{}
	var order []string
	for _, p := range f.Parts {
		p = sorted(p)
		text := Print(p)
		if _, seen := texts[text]; !seen {
			order = append(order, text)
		}
		texts[text] = p
	}
	slices.Sort(order)
	parts := make([]finops.Filter, len(order))
	for i, text := range order {
		parts[i] = texts[text]
	}
	return finops.Filter{Kind: f.Kind, Parts: parts}
}
