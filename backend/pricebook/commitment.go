package pricebook

import (
	"strings"

	"cloud-intelligence/backend/finops"
)

// Term is how long a commitment lasts and what it is bound to.
type Term string

// The terms of commitments. A flexible one may move between families and regions.
const (
	OneYear       Term = "1yr"
	ThreeYears    Term = "3yr"
	FlexOneYear   Term = "flex_1yr"
	FlexThreeYear Term = "flex_3yr"
)

// Committed is what an hour of a machine costs with a commitment, and how that is known.
type Committed struct {
	Hourly finops.Amount
	// listed: a price of this type and region; family: the discount of the family; fallback: the discount for all others.
	How    string
	Origin Origin
}

// kinds are the commitments of each provider, bound to a family and flexible: the rows by family, and the row for all others.
var kinds = map[string]map[bool][2]string{
	"aws":   {false: {"ec2_standard_ri", "default_standard_ri_or_ec2_sp"}, true: {"ec2_convertible_ri", "default_compute_sp"}},
	"azure": {false: {"vm_reservation", "default_vm_reservation"}, true: {"savings_plan_compute", "default_savings_plan_compute"}},
	"gcp":   {false: {"resource_cud", "default_resource_cud"}, true: {"flexible_cud", ""}},
}

// Committed is the price of c with a commitment: a listed one first, then the percentage of the family,
// then that for all others. AWS is without upfront payment. ok is false where nothing is known, or where the provider sells no such
// commitment for c.
func (b *Book) Committed(c *Compute, term Term) (price Committed, ok bool) {
	listed, years, flexible := c.Commit1, 1, false
	switch term {
	case OneYear:
	case ThreeYears:
		listed, years = c.Commit3, 3
	case FlexOneYear:
		listed, flexible = c.Flex1, true
	case FlexThreeYear:
		listed, years, flexible = c.Flex3, 3, true
	default:
		return Committed{}, false
	}
	if listed.Known() {
		return Committed{Hourly: listed.Amount(), How: "listed", Origin: c.Origin}, true
	}
	payment := ""
	if c.Provider == "aws" {
		payment = "no_upfront"
	}
	d := b.DiscountOf(c.Provider, c.Family, years, flexible, payment)
	if d == nil || !c.OnDemand.Known() {
		return Committed{}, false
	}
	how := "family"
	if d.Scope == "*" {
		how = "fallback"
	}
	hourly, ok := Less(c.OnDemand.Amount(), d.Percent.Amount())
	return Committed{Hourly: hourly, How: how, Origin: d.Origin}, ok
}

// DiscountOf is the discount of a commitment for the machines of a family: that of the family, else that for all
// others; nil where neither is known. A flexible commitment is not bound to family and region. Payment is named as
// in the table; "" takes the first.
func (b *Book) DiscountOf(provider, family string, years int, flexible bool, payment string) *Discount {
	if provider == "gcp" && flexible {
		return b.flexibleCUD(family, years)
	}
	pair := kinds[provider][flexible]
	if d := b.discount(provider, pair[0], family, years, payment); d != nil {
		return d
	}
	return b.discount(provider, pair[1], "*", years, payment)
}

// flexibleCUD is Google's flexible commitment for a machine: one percentage for most families, others for the families m and h,
// none for machines with GPUs.
func (b *Book) flexibleCUD(family string, years int) *Discount {
	scope := "general"
	switch {
	case family == "" || b.gpuFamilies[place{"gcp", family}]:
		return nil
	case family[0] == 'm' || family[0] == 'h':
		scope = family[:1]
	}
	for i := range b.discounts {
		if d := &b.discounts[i]; d.Provider == "gcp" && d.Kind == "flexible_cud" && d.Years == years && strings.HasPrefix(d.Scope, scope) {
			return d
		}
	}
	return nil
}

// Less takes a percentage of at most six decimals off an amount, exactly; ok is false where the result has too many digits.
func Less(a, percent finops.Amount) (rest finops.Amount, ok bool) {
	coef, ok := percent.Rescale(6)
	if !ok {
		return finops.Amount{}, false
	}
	rest, ok = a.Mul(finops.NewAmount(100_000_000-coef, 8))
	return rest.Trim(), ok
}
