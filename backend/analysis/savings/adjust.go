package savings

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

// method changes with everything in this package that changes findings, beside the rules.
const method = 8

// With returns the catalogue with other rules added, in place of those of the same id.
func (c *Catalogue) With(rules []*Rule) *Catalogue {
	all := slices.DeleteFunc(slices.Clone(c.Rules), func(r *Rule) bool {
		return slices.ContainsFunc(rules, func(o *Rule) bool { return o.ID == r.ID })
	})
	all = append(all, rules...)
	slices.SortFunc(all, func(a, b *Rule) int { return cmp.Compare(a.ID, b.ID) })
	return &Catalogue{Rules: all, Off: c.Off}
}

// Set returns a copy of the rule with another value of a parameter; "" is the default. It answers CodeNotFound for a parameter that the
// rule does not have, and CodeInvalid for a value outside its range.
func (r *Rule) Set(name, value string) (*Rule, error) {
	at := slices.IndexFunc(r.Parameters, func(p Parameter) bool { return p.Name == name })
	if at < 0 {
		var names []string
		for _, p := range r.Parameters {
			names = append(names, p.Name)
		}
		if len(names) == 0 {
			return nil, finops.Errorf(finops.CodeNotFound, "%s has no parameters.", r.ID)
		}
		help := ""
		if closest := filter.Closest(name, names); closest != "" {
			help = " Did you mean " + closest + "?"
		}
		return nil, finops.Errorf(finops.CodeNotFound, "%s has no parameter %q; it has %s.%s", r.ID, name, strings.Join(names, ", "), help)
	}
	made := *r
	made.Parameters = slices.Clone(r.Parameters)
	p := &made.Parameters[at]
	p.Value = value
	if value == "" {
		return &made, nil
	}
	amount, err := finops.ParseAmount([]byte(value))
	if err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "%q is no number for %s of %s.", value, name, r.ID)
	}
	least, _ := finops.ParseAmount([]byte(p.Least)) // the rule was checked
	most, _ := finops.ParseAmount([]byte(p.Most))
	if amount.Cmp(least) < 0 || amount.Cmp(most) > 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "%s of %s is between %s and %s %s, not %s.", name, r.ID, p.Least, p.Most, p.Unit, value)
	}
	return &made, nil
}

// Version names a catalogue: two that find the same have the same. The text of what a person added is a part of it.
func (c *Catalogue) Version(texts ...string) string {
	h := sha256.New()
	write := func(format string, args ...any) { _, _ = fmt.Fprintf(h, format, args...) } // a hash never fails
	write("%d\n", method)
	for _, r := range c.Rules {
		write("%s %d", r.ID, r.Version)
		for _, p := range r.Parameters {
			write(" %s=%s", p.Name, p.Used())
		}
		write("\n")
	}
	for _, r := range c.Off {
		write("off %s\n", r.ID)
	}
	for _, t := range texts {
		write("%d:%s\n", len(t), t)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// off says of the rules that are switched off that they were not examined.
func (c *Catalogue) off() []NotExamined {
	var list []NotExamined
	for _, r := range c.Off {
		for _, p := range r.Providers {
			list = append(list, NotExamined{r.ID, p, []string{"The rule is switched off."}})
		}
	}
	return list
}
