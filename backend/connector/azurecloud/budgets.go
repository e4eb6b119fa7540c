package azurecloud

import (
	"context"
	"encoding/json"
	"io"
	"strings"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

var apiBudgets = network.API{Name: "Azure Consumption", PerSecond: 0.5, Burst: 4} // the design sets it: 30 calls a minute

// actionBudgets is what reading budgets needs.
const actionBudgets = "Microsoft.Consumption/budgets/read"

// grains are the time grains of budgets.
var grains = map[string]string{"monthly": "month", "billingmonth": "month", "quarterly": "quarter", "billingquarter": "quarter", "annually": "year", "billingannual": "year"}

// readBudgets reads the budgets of all subscriptions that may be seen.
func (b *besides) readBudgets(ctx context.Context, w io.Writer, probe bool) error {
	type amount struct {
		Amount json.Number `json:"amount"`
		Unit   string      `json:"unit"`
	}
	type page struct {
		Value []struct {
			Name       string `json:"name"`
			Properties struct {
				Amount    json.Number     `json:"amount"`
				TimeGrain string          `json:"timeGrain"`
				Category  string          `json:"category"`
				Current   amount          `json:"currentSpend"`
				Forecast  amount          `json:"forecastSpend"`
				Filter    json.RawMessage `json:"filter"`
			} `json:"properties"`
		} `json:"value"`
		Next string `json:"nextLink"`
	}
	var subscriptions []source.Account
	if err := b.budgets.eachSubscription(ctx, func(a source.Account) error { subscriptions = append(subscriptions, a); return nil }); err != nil {
		return err
	}
	if probe {
		subscriptions = subscriptions[:min(len(subscriptions), 1)]
	}
	out := &source.Array{W: w}
	out.Open("[")
	for _, s := range subscriptions {
		for next := b.budgets.Endpoint + "/subscriptions/" + s.ID + "/providers/Microsoft.Consumption/budgets?api-version=2023-05-01"; next != ""; {
			_, _, text, err := b.budgets.Ask(ctx, next, nil)
			if err != nil {
				return err
			}
			var p page
			if len(text) > 0 && json.Unmarshal(text, &p) != nil {
				return errCut
			}
			for _, one := range p.Value {
				if !strings.EqualFold(one.Properties.Category, "Cost") {
					continue
				}
				kept := source.ProviderBudget{
					Provider: "Microsoft Azure", Account: s.ID, Name: one.Name, Every: grains[strings.ToLower(one.Properties.TimeGrain)], Amount: one.Properties.Amount.String(),
					Spent: one.Properties.Current.Amount.String(), Forecast: one.Properties.Forecast.Amount.String(), Currency: one.Properties.Current.Unit,
				}
				if len(one.Properties.Filter) > 0 && string(one.Properties.Filter) != "null" && string(one.Properties.Filter) != "{}" {
					kept.Of = "a part of the subscription"
				}
				if err := out.Add(kept); err != nil {
					return err
				}
			}
			next = p.Next
		}
	}
	out.Close("]")
	return nil
}
