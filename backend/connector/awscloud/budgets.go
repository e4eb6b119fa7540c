package awscloud

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"cloud-intelligence/backend/source"
)

// signBudgets is the name that requests for budgets are signed for.
const signBudgets = "budgets"

// callBudgets is what AWS calls the permission: DescribeBudgets has none of its own.
var callBudgets = Call{Action: "budgets:ViewBudget", Resource: "*"}

// budgetsMost is how many budgets are asked for at a time.
const budgetsMost = 100

// everyOf are the time units of AWS Budgets.
var everyOf = map[string]string{"DAILY": "day", "MONTHLY": "month", "QUARTERLY": "quarter", "ANNUALLY": "year"}

type spend struct {
	Amount json.Number
	Unit   string
}

// budgets reads the budgets of the account whose amounts are costs; others are of usage, or of the coverage of commitments.
func (b *beside) budgets() source.Extra {
	return source.Extra{Switch: source.ProviderBudgets, DataSet: source.ProviderBudgets, File: "budgets.json", Holds: source.Budgets, Needs: []string{callBudgets.Action}, Ask: func(ctx context.Context, w io.Writer, probe bool) error {
		type question struct {
			AccountID  string `json:"AccountId"`
			MaxResults int
			NextToken  string `json:",omitempty"`
		}
		type answer struct {
			Budgets []struct {
				BudgetName, BudgetType, TimeUnit string
				BudgetLimit                      spend
				CalculatedSpend                  struct{ ActualSpend, ForecastedSpend spend }
				CostFilters                      map[string][]string
			}
			NextToken string
		}
		account, err := b.who(ctx)
		if err != nil {
			return err
		}
		home, suffix := homeOf(b.session.Config.Region)
		to := Service{Endpoint: cmp.Or(b.endpoint, "https://budgets.amazonaws.com"+suffix), Region: home, Signing: signBudgets, Target: "AWSBudgetServiceGateway."}
		out := &source.Array{W: w}
		out.Open("[")
		for q := (question{AccountID: account, MaxResults: budgetsMost}); ; {
			page, err := Ask[answer](ctx, b.session, b.lane(signBudgets), to, "DescribeBudgets", q, func(err error) error {
				if codeOf(err) == "NotFoundException" {
					return nil // the account has none
				}
				return b.session.Explain(callBudgets, err)
			})
			if err != nil {
				return err
			}
			for _, one := range page.Budgets {
				if one.BudgetType != "COST" {
					continue
				}
				kept := source.ProviderBudget{
					Provider: "AWS", Account: account, Name: one.BudgetName, Every: everyOf[one.TimeUnit], Amount: one.BudgetLimit.Amount.String(), Currency: one.BudgetLimit.Unit,
					Spent: one.CalculatedSpend.ActualSpend.Amount.String(), Forecast: one.CalculatedSpend.ForecastedSpend.Amount.String(), Of: filtersText(one.CostFilters),
				}
				if kept.Amount == "" {
					kept.Basis, kept.Currency = "set for each period", one.CalculatedSpend.ActualSpend.Unit
				}
				if err := out.Add(kept); err != nil {
					return err
				}
			}
			if q.NextToken = page.NextToken; q.NextToken == "" || probe {
				break
			}
		}
		out.Close("]")
		return nil
	}}
}

// filtersText says what a budget counts: "Service: Amazon EC2, Amazon S3; LinkedAccount: 1".
func filtersText(filters map[string][]string) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(filters)) {
		parts = append(parts, name+": "+strings.Join(filters[name], ", "))
	}
	return strings.Join(parts, "; ")
}
