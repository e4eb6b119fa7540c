package awscur

import (
	"bytes"
	"strings"

	"cloud-intelligence/backend/finops"
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
	if len(text) >= len(discount) && bytes.EqualFold(text[len(text)-len(discount):], discount) {
		return kindDiscount
	}
	for _, known := range [...]string{"Usage", "FlatRateSubscription", "DiscountedUsage", "SavingsPlanCoveredUsage", "SavingsPlanNegation",
		"SavingsPlanRecurringFee", "SavingsPlanUpfrontFee", "RIFee", "Fee", "Tax", "Credit", "Refund"} {
		if string(text) != known && strings.EqualFold(string(text), known) { // a program between has changed the case
			return kindOfLine([]byte(known))
		}
	}
	return kindUnknown
}

var discount = []byte("Discount")

// isSplit reports whether the line shares the cost of an instance out to a task of ECS or a
// pod of EKS (split cost allocation data). The instance is in the report itself, with its
// whole cost: what such a line shares out must not count a second time.
func (r *row) isSplit() bool {
	if r.field(inSplitParent) != nil {
		return true
	}
	switch string(r.field(inOperation)) {
	case "EKSPod-EC2", "ECSTask-EC2":
		return true
	}
	return false
}

// isNetted reports whether the line is a discount that the net costs of other lines hold
// already: it has no net cost itself, while other lines of the file have.
func (m *mapper) isNetted() bool {
	r := &m.row
	at := r.at[inNetUnblended]
	if at < 0 || r.net || r.kind != kindDiscount {
		return false
	}
	if first := r.in.Lines[0]; first != m.searched { // a batch that has not been searched yet
		m.searched = first
		for row := 0; row < r.in.Rows && !m.netSeen; row++ {
			m.netSeen = !finops.IsNull(r.in.Field(row, at))
		}
	}
	return m.netSeen
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
	usage, status := r.field(inUsageType), string(r.field(inCapacityStatus))
	if status == "AllocatedCapacityReservation" || bytes.Contains(usage, []byte("Reservation:")) || bytes.Contains(usage, []byte("DedicatedRes:")) {
		return "" // the same, as the legacy report says it
	}
	if status == "UnusedCapacityReservation" || bytes.Contains(usage, []byte("UnusedBox:")) || bytes.Contains(usage, []byte("UnusedDed:")) {
		return "Unused"
	}
	return "Used"
}
