package gcpexport

import (
	"bytes"
	"fmt"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source/jsonfile"
)

// The credit types that say something about commitments.
const (
	creditSpend    = "COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE" // legacy, on usage
	creditResource = "COMMITTED_USAGE_DISCOUNT"             // on usage
	creditFee      = "FEE_UTILIZATION_OFFSET"               // on the fee
)

// credits is what the credits of a charge come to.
type credits struct {
	json    []byte // nil for none
	sum     finops.Sum
	total   finops.Amount // sum, once all are added
	text    string        // of sum
	feeUsed finops.Sum
	hasFee  bool // a FEE_UTILIZATION_OFFSET is there
	// The first credit of a commitment on usage: its type, id and name.
	kind     string
	id, name []byte
	reject   string // why they cannot be read
}

var noCredits = &credits{text: "0"}

const memoMost = 8 << 20 // bytes of texts that a memo keeps

// creditBook reads credits and remembers them by their text.
type creditBook struct {
	known map[string]*credits
	size  int
	paths *jsonfile.Paths
	found jsonfile.Fields
}

func newCreditBook() *creditBook {
	return &creditBook{known: map[string]*credits{}, paths: jsonfile.NewPaths([]string{"type", "id", "name", "full_name", "amount"})}
}

// read returns the credits of a field, nil if the field has no value.
func (b *creditBook) read(text []byte) *credits {
	if len(text) == 0 || finops.IsNull(text) {
		return nil
	}
	if string(text) == "[]" {
		return noCredits
	}
	if c := b.known[string(text)]; c != nil {
		return c
	}
	c := b.parse(text)
	if b.size += len(text) + 256; b.size > memoMost {
		b.known, b.size = map[string]*credits{}, len(text)+256
	}
	b.known[string(text)] = c
	return c
}

func (b *creditBook) parse(text []byte) *credits {
	list, ok := jsonfile.AsJSON(text)
	if !ok || len(list) == 0 {
		return &credits{reject: fmt.Sprintf("Its credits %q are neither JSON nor a Python list.", shorten(text))}
	}
	c := &credits{}
	if sum, err := finops.ParseAmount(list); err == nil { // a query has added them up
		c.sum.Add(sum)
		c.json = bytes.Clone(list)
		c.settle()
		return c
	}
	for credit := range jsonfile.Elements(list) {
		if string(credit) == "null" {
			continue
		}
		if !b.paths.Read(&b.found, credit) {
			return &credits{reject: fmt.Sprintf("Its credits %q hold something that is no credit.", shorten(text))}
		}
		v := b.found.Values
		if v[0] == nil && v[1] == nil && v[2] == nil && v[4] == nil && b.found.Rest == nil {
			continue // some exports write an empty object for no credit
		}
		if err := c.add(string(v[0]), v[1], v[2], v[3], v[4]); err != "" {
			return &credits{reject: err}
		}
		c.json = list
	}
	if c.json == nil {
		return noCredits
	}
	c.json = append([]byte(nil), c.json...)
	c.settle()
	return c
}

// settle works out the total.
func (c *credits) settle() {
	c.total = c.sum.Amount()
	c.text = c.total.String()
}

// added adds two amounts of 64 bits, without the zeros at the end that a sum has not
// either. ok is false where the result may need more.
func added(a, b finops.Amount) (sum finops.Amount, ok bool) {
	scale := max(a.Scale(), b.Scale())
	x, okX := a.Rescale(scale)
	y, okY := b.Rescale(scale)
	z := x + y
	if !okX || !okY || (x < 0) == (y < 0) && (z < 0) != (x < 0) {
		return sum, false
	}
	for scale > 0 && z%10 == 0 {
		z, scale = z/10, scale-1
	}
	return finops.NewAmount(z, scale), true
}

// add adds one credit; it answers why it cannot be read.
func (c *credits) add(kind string, id, name, full, amount []byte) string {
	if len(amount) == 0 {
		return fmt.Sprintf("One of its credits (%s) has no amount.", kind)
	}
	a, err := finops.ParseAmount(amount)
	if err != nil {
		return fmt.Sprintf("The amount %q of one of its credits is not a number.", shorten(amount))
	}
	c.sum.Add(a)
	switch kind {
	case creditFee:
		c.hasFee = true
		c.feeUsed.Sub(a)
	case creditSpend, creditResource:
		if c.kind == "" {
			c.kind, c.id, c.name = kind, bytes.Clone(id), bytes.Clone(firstOf(full, name, id))
		}
	}
	return ""
}

// firstOf returns the first text that is not empty.
func firstOf(texts ...[]byte) []byte {
	for _, t := range texts {
		if len(t) > 0 {
			return t
		}
	}
	return nil
}

func shorten(text []byte) string {
	const most = 60
	text = bytes.ToValidUTF8(text, []byte("\ufffd"))
	if len(text) > most {
		return string(bytes.ToValidUTF8(text[:most], nil)) + "…"
	}
	return string(text)
}
