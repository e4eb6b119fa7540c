package awscur

import (
	"bytes"
	"strings"
)

// kind is what a line item type means for the mapping.
type kind int

const (
	kindUnknown kind = iota
	kindUsage
	kindReserved // usage that a reservation covers
	kindCovered  // usage that a Savings Plan covers, at its price without the plan
	kindNegation // takes the cost of a covered line back
	kindPlanFee
	kindPlanUpfront
	kindReservationFee
	kindFee
	kindTax
	kindCredit
	kindRefund
	kindDiscount
)

// kindOfLine reads a line item type. The kinds of discount are many and new ones
// appear; they all end in Discount.
func kindOfLine(text []byte) kind {
	switch string(text) {
	case "Usage", "FlatRateSubscription":
		return kindUsage
	case "DiscountedUsage":
		return kindReserved
	case "SavingsPlanCoveredUsage":
		return kindCovered
	case "SavingsPlanNegation":
		return kindNegation
	case "SavingsPlanRecurringFee":
		return kindPlanFee
	case "SavingsPlanUpfrontFee":
		return kindPlanUpfront
	case "RIFee":
		return kindReservationFee
	case "Fee":
		return kindFee
	case "Tax":
		return kindTax
	case "Credit":
		return kindCredit
	case "Refund":
		return kindRefund
	}
	if bytes.HasSuffix(text, []byte("Discount")) {
		return kindDiscount
	}
	return kindUnknown
}

// wording is the part of a record that its kind alone decides, with few exceptions.
type wording struct{ category, frequency, pricing string }

// words are the FOCUS values that follow from the kind of a line alone.
var words = [...]wording{
	kindUnknown:        {"Adjustment", "", ""},
	kindUsage:          {"Usage", "Usage-Based", "Standard"},
	kindReserved:       {"Usage", "Usage-Based", "Committed"},
	kindCovered:        {"Usage", "Usage-Based", "Committed"},
	kindNegation:       {"Usage", "Usage-Based", "Committed"},
	kindPlanFee:        {"Purchase", "Recurring", "Standard"},
	kindPlanUpfront:    {"Purchase", "One-Time", "Standard"},
	kindReservationFee: {"Purchase", "Recurring", "Standard"},
	kindFee:            {"Purchase", "One-Time", "Standard"},
	kindTax:            {"Tax", "", ""},
	kindCredit:         {"Credit", "One-Time", "Other"},
	kindRefund:         {"Usage", "One-Time", "Other"},
	kindDiscount:       {"Usage", "Usage-Based", "Other"},
}

// commitment is the commitment discount of a line, and its capacity reservation.
type commitment struct {
	id, capacityID                         []byte
	category, kind, status, capacityStatus string
}

// commitmentOf reads the ARNs. A capacity reservation, which is no discount, has columns
// of its own in a CUR 2.0 that was made with them; elsewhere its ARN may stand for the
// resource or in the column of reserved instances.
func (r *row) commitmentOf(w *wording) (c commitment) {
	reservation := r.field(inReservationARN)
	for _, i := range [...]input{inCapacityARN, inReservationARN, inResourceID} {
		if arn := r.field(i); bytes.Contains(arn, capacityMark) {
			c.capacityID, c.capacityStatus = arn, r.capacityStatus()
			break
		}
	}
	switch plan := r.field(inPlanARN); {
	case len(plan) > 0:
		c.id, c.category, c.kind = plan, "Spend", "Savings Plan"
	case len(reservation) > 0 && !bytes.Contains(reservation, capacityMark):
		c.id, c.category, c.kind = reservation, "Usage", "Reserved Instance"
	default:
		return c
	}
	switch {
	case r.unused.Sign() > 0:
		c.status = "Unused"
	case w.category == "Usage" && r.kind != kindRefund: // a refund of a commitment is one of its purchase
		c.status = "Used"
	}
	return c
}

func (r *row) capacityStatus() string {
	if r.kind != kindUsage && r.kind != kindReserved && r.kind != kindCovered {
		return ""
	}
	if state := r.field(inCapacityState); state != nil {
		for _, word := range []string{"Used", "Unused"} {
			if strings.EqualFold(string(state), word) {
				return word
			}
		}
		return "" // the line that stands for the whole reservation
	}
	usage := r.field(inUsageType)
	if string(r.field(inCapacityStatus)) == "UnusedCapacityReservation" || bytes.Contains(usage, []byte("UnusedBox:")) || bytes.Contains(usage, []byte("UnusedDed:")) {
		return "Unused"
	}
	return "Used"
}
