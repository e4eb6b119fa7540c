package azurecloud

import (
	"context"
	"encoding/json"
	"io"
	"strings"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

var apiConsumption = network.API{Name: "Azure Consumption", PerSecond: 0.5, Burst: 4} // the design sets it: 30 calls a minute

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
	type budget struct {
		Name       string `json:"name"`
		Properties struct {
			Amount    json.Number     `json:"amount"`
			TimeGrain string          `json:"timeGrain"`
			Category  string          `json:"category"`
			Current   amount          `json:"currentSpend"`
			Forecast  amount          `json:"forecastSpend"`
			Filter    json.RawMessage `json:"filter"`
		} `json:"properties"`
	}
	subscriptions, err := b.subscriptions(ctx, probe)
	if err != nil {
		return err
	}
	out := &source.Array{W: w}
	out.Open("[")
	for _, s := range subscriptions {
		err := s.eachConsumed(ctx, "/subscriptions/"+s.ID+"/providers/Microsoft.Consumption/budgets?api-version=2023-05-01", func(text json.RawMessage) error {
			var one budget
			if json.Unmarshal(text, &one) != nil {
				return errCut
			}
			if !strings.EqualFold(one.Properties.Category, "Cost") {
				return nil
			}
			kept := source.ProviderBudget{
				Provider: "Microsoft Azure", Account: s.ID, Name: one.Name, Every: grains[strings.ToLower(one.Properties.TimeGrain)], Amount: one.Properties.Amount.String(),
				Spent: one.Properties.Current.Amount.String(), Forecast: one.Properties.Forecast.Amount.String(), Currency: one.Properties.Current.Unit,
			}
			if len(one.Properties.Filter) > 0 && string(one.Properties.Filter) != "null" && string(one.Properties.Filter) != "{}" {
				kept.Of = "a part of the subscription"
			}
			return out.Add(kept)
		})
		if err != nil {
			return err
		}
	}
	out.Close("]")
	return nil
}
