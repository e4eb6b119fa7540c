package awscur

import (
	"bytes"
	"fmt"
	"math/big"

	"cloud-intelligence/backend/finops"
)

// costs are the amounts of a line.
type costs struct {
	billed, effective, list, contracted, amortized value
}

// costs applies the rules of docs/sources/aws.md. The unused part of a fee is in r.unused.
func (r *row) costs() (c costs) {
	base := r.cost(r.baseColumn())
	public := value{}
	if !r.foreign {
		public = r.number(inPublicCost)
	}
	c.effective = r.amortized(base, r.net)
	c.amortized = c.effective
	if r.net {
		c.amortized = r.amortized(r.cost(inUnblended), false)
	}
	switch {
	case r.split:
		return costs{zero, zero, zero, zero, zero}
	case r.netted:
		return costs{zero, zero, zero, zero, c.amortized}
	}
	switch r.kind {
	case kindNegation:
		c.billed, c.list, c.contracted = zero, zero, zero
	case kindCovered:
		c.billed, c.list, c.contracted = zero, public, base
	case kindReserved:
		c.billed, c.list = base, public
		if !r.net { // a private price of reserved usage is nowhere in the report
			c.contracted = public
		}
	case kindUsage, kindDiscount, kindUnknown:
		c.billed, c.list, c.contracted = base, public, base
	default: // fees, taxes and credits have no public price but themselves
		c.billed, c.list, c.contracted = base, base, base
	}
	return c
}

// baseColumn holds what the line costs: after private discounts where the report says so.
func (r *row) baseColumn() input {
	if r.net {
		return inNetUnblended
	}
	return inUnblended
}

// amortized spreads the fees of commitments over the usage they cover, as the summary
// view of AWS' Cloud Intelligence Dashboards does.
func (r *row) amortized(base value, net bool) value {
	pick := func(gross, after input) input {
		if net && r.field(after) != nil {
			return after
		}
		return gross
	}
	switch r.kind {
	case kindCovered:
		return r.cost(pick(inPlanEffective, inPlanNetEffective))
	case kindReserved:
		return r.cost(pick(inReservationEffective, inReservationNetEffective))
	case kindNegation, kindPlanUpfront:
		return zero
	case kindPlanFee, kindReservationFee:
		if !r.unusedKnown {
			return value{}
		}
		if net && r.kind == kindPlanFee {
			return value{how: exact, amount: r.netUnused()}
		}
		if net {
			if sum, known, err := r.add(pick(inUnusedUpfront, inNetUnusedUpfront), pick(inUnusedRecurring, inNetUnusedRecurring)); err == nil && known {
				return value{how: exact, amount: sum.Amount()}
			}
		}
		return value{how: exact, amount: r.unused.Amount()}
	case kindFee:
		if r.reserved() {
			return zero
		}
	case kindRefund:
		if r.planRefund() {
			return zero
		}
	}
	return base
}

// netUnused is the unused part of a plan's commitment after private discounts. The report
// has the commitment of the line with and without them, but the unused part only without:
// it shrinks by as much. Where the report does not say, it is the part before discounts.
func (r *row) netUnused() finops.Amount {
	gross, known, err := r.add(inPlanShare, inPlanRecurring)
	if err != nil || !known || gross.IsZero() {
		if gross, known, err = r.add(inPlanTotal); err != nil || !known || gross.IsZero() {
			return r.unused.Amount()
		}
	}
	net, known, err := r.add(inNetPlanShare, inNetPlanRecurring)
	if err != nil || !known {
		return r.unused.Amount()
	}
	share := new(big.Rat).Quo(net.Rat(), gross.Rat())
	const decimals = 12 // finer than prices are
	part, err := finops.ParseAmount([]byte(share.Mul(share, r.unused.Rat()).FloatString(decimals)))
	if err != nil {
		return r.unused.Amount()
	}
	return part.Trim()
}

var capacityMark = []byte(":capacity-reservation/")

// reserved reports whether the line names a reservation that is a discount.
func (r *row) reserved() bool {
	arn := r.field(inReservationARN)
	return len(arn) > 0 && !bytes.Contains(arn, capacityMark)
}

// planRefund reports whether the line gives the upfront fee of a Savings Plan back, a
// fee that counted for nothing itself.
func (r *row) planRefund() bool {
	return r.kind == kindRefund && bytes.HasSuffix(r.field(inProductCode), []byte("SavingsPlans")) &&
		bytes.HasPrefix(r.field(inDescription), []byte("Refund for one-time fee for Savings Plan"))
}

// findUnused computes the part of a recurring fee that covered nothing.
func (r *row) findUnused() (err error) {
	r.unused, r.unusedKnown = finops.Sum{}, false
	switch r.kind {
	case kindReservationFee:
		r.unused, r.unusedKnown, err = r.add(inUnusedUpfront, inUnusedRecurring)
	case kindPlanFee:
		total, used := r.field(inPlanTotal), r.field(inPlanUsed)
		if total == nil || used == nil {
			return nil
		}
		a, err := finops.ParseAmount(total)
		if err != nil {
			return fmt.Errorf("read total commitment: %w", err)
		}
		b, err := finops.ParseAmount(used)
		if err != nil {
			return fmt.Errorf("read used commitment: %w", err)
		}
		r.unused.Add(a)
		r.unused.Sub(b)
		r.unusedKnown = true
	}
	return err
}

func (r *row) add(columns ...input) (sum finops.Sum, known bool, err error) {
	for _, i := range columns {
		text := r.field(i)
		if text == nil {
			continue
		}
		a, err := finops.ParseAmount(text)
		if err != nil {
			return sum, false, fmt.Errorf("read unused fee: %w", err)
		}
		sum.Add(a)
		known = true
	}
	return sum, known, nil
}
