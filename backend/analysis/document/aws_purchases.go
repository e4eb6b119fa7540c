package document

import (
	"encoding/json"
	"strings"
)

// purchase is a recommendation of Cost Explorer to buy reservations of a kind of machine, or a Savings Plan.
type purchase struct {
	AccountID string `json:"AccountId"`
	Currency  string `json:"CurrencyCode"`
	Monthly   string `json:"EstimatedMonthlySavingsAmount"`

	Hourly string `json:"HourlyCommitmentToPurchase"`
	Plan   struct {
		Region, InstanceFamily string
	} `json:"SavingsPlansDetails"`

	Number   string                     `json:"RecommendedNumberOfInstancesToPurchase"`
	Machines map[string]json.RawMessage `json:"InstanceDetails"` // by service, of which one is filled in
}

// machine is the kind of machine that reservations are for, and its region.
func (p *purchase) machine() (kind, region string) {
	for _, raw := range p.Machines {
		var m struct {
			InstanceType, NodeType, InstanceClass, InstanceSize, Region string
		}
		if json.Unmarshal(raw, &m) == nil && m.Region != "" {
			size := strings.Trim(m.InstanceClass+"."+m.InstanceSize, ".")
			return firstOf(m.InstanceType, m.NodeType, size), m.Region
		}
	}
	return "", ""
}

// years are the terms of commitments as a person writes them.
var years = map[string]string{"ONE_YEAR": "1 year", "THREE_YEARS": "3 years"}

// plans are the types of Savings Plans as AWS calls them on its pages.
var plans = map[string]string{"COMPUTE_SP": "Compute Savings Plan", "EC2_INSTANCE_SP": "EC2 Instance Savings Plan", "SAGEMAKER_SP": "SageMaker Savings Plan"}

// paymentWords spells NO_UPFRONT as "no upfront".
func paymentWords(option string) string {
	return strings.ToLower(strings.ReplaceAll(option, "_", " "))
}

// awsPurchase reads one answer of get-savings-plans-purchase-recommendation or get-reservation-purchase-recommendation.
func (d *Document) awsPurchase(text []byte) error {
	type head struct{ TermInYears, PaymentOption string }
	var in struct {
		Metadata *struct {
			GenerationTimestamp string
		}
		Plan *struct {
			head
			SavingsPlansType string
			Details          []purchase `json:"SavingsPlansPurchaseRecommendationDetails"`
		} `json:"SavingsPlansPurchaseRecommendation"`
		Recommendations []struct {
			head
			Details []purchase `json:"RecommendationDetails"`
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if in.Metadata == nil && in.Plan == nil && (len(in.Recommendations) == 0 || in.Recommendations[0].Details == nil) {
		return errUnknown // recommendations of another provider
	}
	d.is(AWSPurchases, aws)
	if in.Metadata != nil {
		d.onTime(in.Metadata.GenerationTimestamp)
	}
	if in.Plan != nil {
		for i := range in.Plan.Details {
			p := &in.Plan.Details[i]
			kind := strings.TrimSpace(firstOf(plans[in.Plan.SavingsPlansType], in.Plan.SavingsPlansType) + " " + p.Plan.InstanceFamily)
			d.buy(p, strings.Join([]string{"savingsplan:" + in.Plan.SavingsPlansType, p.Plan.Region, p.Plan.InstanceFamily}, "/"), p.Plan.Region,
				kind+" with a commitment of "+p.Currency+" "+p.Hourly+" an hour", in.Plan.head.TermInYears, in.Plan.head.PaymentOption)
		}
	}
	for _, r := range in.Recommendations {
		for i := range r.Details {
			p := &r.Details[i]
			kind, region := p.machine()
			d.buy(p, "reservation:"+region+"/"+kind, region, "Reserve "+p.Number+" × "+kind, r.TermInYears, r.PaymentOption)
		}
	}
	return nil
}

// buy notes a recommendation to buy.
func (d *Document) buy(p *purchase, key, region, said, term, payment string) {
	d.Accounts, d.Regions = append(d.Accounts, p.AccountID), append(d.Regions, region)
	term = firstOf(years[term], term)
	d.advise(&Advice{
		Key: strings.ToLower(key), Action: ActionReserve, Target: term, Monthly: money(p.Monthly), Currency: p.Currency,
		Said: said + " for " + term + ", " + paymentWords(payment),
	})
}

// awsPurchases reads a list of such answers.
func (d *Document) awsPurchases(items []json.RawMessage) error {
	for _, item := range items {
		if err := d.awsPurchase(item); err != nil {
			return err
		}
	}
	return nil
}
