package document

import (
	"encoding/json"
	"strings"
)

// The actions of Advice.
const (
	ActionStop    = "stop"
	ActionDelete  = "delete"
	ActionResize  = "resize"
	ActionNone    = "none" // it is right as it is
	ActionReserve = "reserve"
)

func (d *Document) advise(a *Advice) {
	d.Entries++
	if a.Key != "" {
		d.Advice = append(d.Advice, a)
	}
}

// plain spells a word of Compute Optimizer in one way: its model says Overprovisioned, its answers OVER_PROVISIONED.
func plain(word string) string {
	return strings.ToLower(strings.NewReplacer("_", "", " ", "", "-", "").Replace(word))
}

func (d *Document) computeOptimizer(text []byte) error {
	var in struct {
		InstanceRecommendations []struct {
			InstanceArn           string
			AccountID             string `json:"accountId"`
			CurrentInstanceType   string
			Finding               string
			Idle                  string
			LastRefreshTimestamp  any
			RecommendationOptions []struct {
				InstanceType       string
				SavingsOpportunity *struct {
					EstimatedMonthlySavings struct {
						Currency string
						Value    json.Number
					}
				}
			}
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(ComputeOptimizer, aws)
	for _, r := range in.InstanceRecommendations {
		if at, ok := r.LastRefreshTimestamp.(string); ok {
			d.onTime(at)
		}
		region, account := arnPlace(r.InstanceArn)
		d.Accounts, d.Regions = append(d.Accounts, account), append(d.Regions, region)
		a := &Advice{Key: Key(r.InstanceArn), Action: ActionNone, Said: "Optimized"}
		if plain(r.Finding) != "optimized" && len(r.RecommendationOptions) > 0 {
			o := r.RecommendationOptions[0]
			a.Action, a.Target, a.Said = ActionResize, o.InstanceType, "Change "+r.CurrentInstanceType+" to "+o.InstanceType
			if s := o.SavingsOpportunity; s != nil {
				a.Monthly, a.Currency = money(s.EstimatedMonthlySavings.Value.String()), s.EstimatedMonthlySavings.Currency
			}
		}
		if strings.EqualFold(r.Idle, "true") {
			a.Said += "; the machine is marked idle"
		}
		d.advise(a)
	}
	return nil
}

// hubActions are the actions of Cost Optimization Hub.
var hubActions = map[string]string{"stop": ActionStop, "delete": ActionDelete, "rightsize": ActionResize, "purchasereservedinstances": ActionReserve, "purchasesavingsplans": ActionReserve}

func (d *Document) costOptimizationHub(text []byte) error {
	var in struct {
		Items []struct {
			AccountID                  string `json:"accountId"`
			Region                     string
			ResourceArn                string
			ResourceID                 string `json:"resourceId"`
			ActionType                 string
			EstimatedMonthlySavings    json.Number
			CurrencyCode               string
			CurrentResourceSummary     string
			RecommendedResourceSummary string
			LastRefreshTimestamp       any
			RecommendationID           string `json:"recommendationId"`
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if len(in.Items) > 0 && in.Items[0].RecommendationID == "" {
		return errUnknown
	}
	d.is(CostOptimizationHub, aws)
	for _, i := range in.Items {
		if at, ok := i.LastRefreshTimestamp.(string); ok {
			d.onTime(at)
		}
		d.Accounts, d.Regions = append(d.Accounts, i.AccountID), append(d.Regions, i.Region)
		d.hub(Key(firstOf(i.ResourceArn, i.ResourceID)), i.ActionType, i.CurrentResourceSummary, i.RecommendedResourceSummary, i.EstimatedMonthlySavings.String(), i.CurrencyCode)
	}
	return nil
}

func (d *Document) hub(key, action, now, then, monthly, currency string) {
	a := &Advice{Key: key, Action: hubActions[strings.ToLower(action)], Target: then, Monthly: money(monthly), Currency: currency}
	a.Said = strings.TrimSpace(action + " " + now)
	if then != "" {
		a.Said += " to " + then
	}
	d.advise(a)
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// trustedChecks are the checks of Trusted Advisor that name a resource and its saving in their metadata, which are texts in the order
// that AWS documents for each check.
var trustedChecks = map[string]struct {
	id, money int // places of the id and of the saving
	action    string
	said      string
}{
	"Qch7DwouX1": {1, 4, ActionStop, "Low utilization of an Amazon EC2 instance"},
	"DAvU99Dc4C": {1, 5, ActionDelete, "Underutilized Amazon EBS volume"},
	"Ti39halfu8": {1, 6, ActionStop, "Idle Amazon RDS DB instance"},
}

func (d *Document) trustedAdvisor(text []byte) error {
	var in struct {
		Result struct {
			CheckID          string `json:"checkId"`
			Timestamp        string
			FlaggedResources []struct {
				Region   string
				Metadata []*string
			}
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if in.Result.CheckID == "" {
		return errUnknown
	}
	d.is(TrustedAdvisor, aws)
	d.onTime(in.Result.Timestamp)
	check, known := trustedChecks[in.Result.CheckID]
	for _, f := range in.Result.FlaggedResources {
		d.Regions = append(d.Regions, f.Region)
		if !known || len(f.Metadata) <= max(check.id, check.money) || f.Metadata[check.id] == nil {
			d.Entries++
			continue
		}
		id := *f.Metadata[check.id]
		a := &Advice{Key: Key(id), Action: check.action, Said: check.said, Currency: "USD"}
		if in.Result.CheckID == "Ti39halfu8" {
			a.Key = databaseKey(id)
		}
		if m := f.Metadata[check.money]; m != nil {
			a.Monthly = money(*m)
		}
		d.advise(a)
	}
	return nil
}
