package pricelist

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"cloud-intelligence/backend/finops"
)

// planProduct is a Savings Plan of AWS that can be bought.
type planProduct struct {
	SKU        string `json:"sku"`
	Family     string `json:"productFamily"`
	Attributes struct {
		Payment string `json:"purchaseOption"`
		Term    string `json:"purchaseTerm"`
	} `json:"attributes"`
}

// planTerm is what usage costs under a plan.
type planTerm struct {
	SKU   string `json:"sku"`
	Rates []struct {
		Usage     string `json:"discountedUsageType"`
		Operation string `json:"discountedOperation"`
		Service   string `json:"discountedServiceCode"`
		Region    string `json:"discountedRegionCode"`
		Rate      struct {
			Price    string `json:"price"`
			Currency string `json:"currency"`
		} `json:"discountedRate"`
	} `json:"rates"`
}

// planPrices are the prices of the book that plans without upfront payment give, by family of the plan and term.
var planPrices = map[[2]string]string{
	{"ComputeSavingsPlans", "1yr"}: flexOneYear, {"ComputeSavingsPlans", "3yr"}: flexThreeYrs, {"EC2InstanceSavingsPlans", "1yr"}: commitOne, {"EC2InstanceSavingsPlans", "3yr"}: commitThree,
}

// readPlans reads what Linux machines cost under the Savings Plans of AWS. A Compute Savings Plan is the flexible commitment, before the convertible reserved instance; an EC2 Instance Savings Plan stands where no
// standard reserved instance is listed. A region without plans keeps what is there.
func (l *Lists) readPlans(ctx context.Context, s *sheet) error {
	address, err := l.plansFile(ctx, s.Region)
	if err != nil || address == "" {
		return err
	}
	plans := newSheet(s.Order, s.asOf)
	err = get(ctx, l.aws, address, nil, func(r io.Reader) error {
		plans.clear()
		return plans.notePlans(json.NewDecoder(r))
	})
	if err != nil {
		return err
	}
	for key, q := range s.quotes {
		if p := plans.quotes[key]; p != nil {
			q.Commit1, q.Commit3 = cmp.Or(q.Commit1, p.Commit1), cmp.Or(q.Commit3, p.Commit3)
			q.Flex1, q.Flex3 = cmp.Or(p.Flex1, q.Flex1), cmp.Or(p.Flex3, q.Flex3)
		}
	}
	return nil
}

// plansFile finds the newest file of Savings Plans for a region; "" = there is none.
func (l *Lists) plansFile(ctx context.Context, region string) (string, error) {
	if l.plans == "" {
		return "", nil
	}
	address, err := below(l.at.AWS, l.plans)
	if err != nil {
		return "", err
	}
	var index struct {
		Regions []struct {
			Region string `json:"regionCode"`
			File   string `json:"versionUrl"`
		} `json:"regions"`
	}
	if err := get(ctx, l.aws, address, nil, decodeInto(&index)); err != nil {
		return "", err
	}
	for _, r := range index.Regions {
		if r.Region == region && r.File != "" {
			return below(l.at.AWS, r.File)
		}
	}
	return "", nil
}

// notePlans notes the prices of a file of Savings Plans while it arrives. Products come before terms.
func (s *sheet) notePlans(d *json.Decoder) error {
	names := map[string]string{} // of the prices, by number of the plan
	return eachField(d, func(part string) error {
		switch part {
		case "products":
			return eachItem(d, func() error {
				var p planProduct
				if err := d.Decode(&p); err != nil {
					return fmt.Errorf("read a plan: %w", err)
				}
				if p.Attributes.Payment == "No Upfront" {
					names[p.SKU] = planPrices[[2]string{p.Family, p.Attributes.Term}]
				}
				return nil
			})
		case "terms":
			return eachField(d, func(string) error {
				return eachItem(d, func() error {
					var t planTerm
					if err := d.Decode(&t); err != nil {
						return fmt.Errorf("read the rates of a plan: %w", err)
					}
					if name := names[t.SKU]; name != "" {
						s.notePlan(name, &t)
					}
					return nil
				})
			})
		}
		var skipped json.RawMessage
		return d.Decode(&skipped)
	})
}

// notePlan notes what shared Linux machines of the region cost under a plan.
func (s *sheet) notePlan(name string, t *planTerm) {
	for i := range t.Rates {
		r := &t.Rates[i]
		kind, ok := strings.CutPrefix(strings.TrimPrefix(r.Usage, awsPlace.FindString(r.Usage)), "BoxUsage:")
		if ok && r.Service == "AmazonEC2" && r.Operation == "RunInstances" && r.Rate.Currency == "USD" && (r.Region == "" || r.Region == s.Region) {
			s.set(kind, "linux", name, r.Rate.Price, 1)
		}
	}
}

// eachItem calls f before each value of the list that comes next; f reads it.
func eachItem(d *json.Decoder, f func() error) error {
	open, err := d.Token()
	if err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	if open != json.Delim('[') {
		return finops.Errorf(finops.CodeCorrupt, "A price list is not of the form that is known: a list is missing. Look for a newer version of the program.")
	}
	for d.More() {
		if err := f(); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	return nil
}
