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

// machine is the kind of machine that reservations are for, its region, and whether it is a machine of EC2.
func (p *purchase) machine() (kind, region string, of Program) {
	for service, raw := range p.Machines {
		var m struct {
			InstanceType, NodeType, InstanceClass, InstanceSize, Region string
		}
		if json.Unmarshal(raw, &m) == nil && m.Region != "" {
			size := strings.Trim(m.InstanceClass+"."+m.InstanceSize, ".")
			of = ProgramOther
			if service == "EC2InstanceDetails" {
				of = ProgramReservation
			}
			return firstOf(m.InstanceType, m.NodeType, size), m.Region, of
		}
	}
	return "", "", ProgramOther
}

// years are the terms of commitments as a person writes them.
var years = map[string]string{"ONE_YEAR": "1 year", "THREE_YEARS": "3 years"}

// planOf are the programs of the types of Savings Plans; others are for no machines.
var planOf = map[string]Program{"COMPUTE_SP": ProgramFlexible, "EC2_INSTANCE_SP": ProgramFamily}

// lookBacks are the days that Cost Explorer may look back at.
var lookBacks = map[string]int{"SEVEN_DAYS": 7, "THIRTY_DAYS": 30, "SIXTY_DAYS": 60}

// purchaseHead is what all recommendations of an answer have in common.
type purchaseHead struct{ TermInYears, PaymentOption, LookbackPeriodInDays, AccountScope string }

// purchase is what is bought of a program; the account counts where only its usage was looked at.
func (h purchaseHead) purchase(of Program, account string) *Purchase {
	p := &Purchase{Of: of, LookBack: lookBacks[h.LookbackPeriodInDays], Years: map[string]int{"ONE_YEAR": 1, "THREE_YEARS": 3}[h.TermInYears]}
	p.Payment = map[string]string{"NO_UPFRONT": "none", "PARTIAL_UPFRONT": "partial", "ALL_UPFRONT": "all"}[h.PaymentOption]
	if h.AccountScope == "LINKED" {
		p.Account = account
	}
	return p
}

// plans are the types of Savings Plans as AWS calls them on its pages.
var plans = map[string]string{"COMPUTE_SP": "Compute Savings Plan", "EC2_INSTANCE_SP": "EC2 Instance Savings Plan", "SAGEMAKER_SP": "SageMaker Savings Plan"}

// paymentWords spells NO_UPFRONT as "no upfront".
func paymentWords(option string) string {
	return strings.ToLower(strings.ReplaceAll(option, "_", " "))
}

// awsPurchase reads one answer of get-savings-plans-purchase-recommendation or get-reservation-purchase-recommendation.
func (d *Document) awsPurchase(text []byte) error {
	var in struct {
		Metadata *struct {
			GenerationTimestamp string
		}
		Plan *struct {
			purchaseHead
			SavingsPlansType string
			Details          []purchase `json:"SavingsPlansPurchaseRecommendationDetails"`
		} `json:"SavingsPlansPurchaseRecommendation"`
		Recommendations []struct {
			purchaseHead
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
		of := firstOf(string(planOf[in.Plan.SavingsPlansType]), string(ProgramOther))
		for i := range in.Plan.Details {
			p := &in.Plan.Details[i]
			kind := strings.TrimSpace(firstOf(plans[in.Plan.SavingsPlansType], in.Plan.SavingsPlansType) + " " + p.Plan.InstanceFamily)
			buy := in.Plan.purchase(Program(of), p.AccountID)
			buy.Region, buy.Family, buy.Hourly = p.Plan.Region, p.Plan.InstanceFamily, money(p.Hourly)
			d.buy(p, buy, strings.Join([]string{"savingsplan:" + in.Plan.SavingsPlansType, p.Plan.Region, p.Plan.InstanceFamily}, "/"),
				kind+" with a commitment of "+p.Currency+" "+p.Hourly+" an hour", in.Plan.purchaseHead)
		}
	}
	for _, r := range in.Recommendations {
		for i := range r.Details {
			p := &r.Details[i]
			kind, region, of := p.machine()
			buy := r.purchase(of, p.AccountID)
			buy.Region, buy.Machine, buy.Quantity = region, kind, p.Number
			d.buy(p, buy, "reservation:"+region+"/"+kind, "Reserve "+p.Number+" × "+kind, r.purchaseHead)
		}
	}
	return nil
}

// buy notes a recommendation to buy.
func (d *Document) buy(p *purchase, buy *Purchase, key, said string, head purchaseHead) {
	d.Accounts, d.Regions = append(d.Accounts, p.AccountID), append(d.Regions, buy.Region)
	term := firstOf(years[head.TermInYears], head.TermInYears)
	d.advise(&Advice{
		Key: strings.ToLower(key), Action: ActionReserve, Target: term, Monthly: money(p.Monthly), Currency: p.Currency,
		Said: said + " for " + term + ", " + paymentWords(head.PaymentOption), Purchase: buy,
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
