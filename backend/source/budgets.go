package source

import (
	"encoding/json"
	"io"

	"cloud-intelligence/backend/finops"
)

// The switch of the budgets of the provider, and its label.
const (
	OptBudgets      = "provider_budgets"
	ProviderBudgets = "Budgets of the provider"
)

// ProviderBudget is a budget as its provider keeps it. Amounts are decimal texts as the provider gives them; "" = it says none.
type ProviderBudget struct {
	Provider string `json:"provider"` // canonical
	Account  string `json:"account"`  // account, subscription or billing account that it is kept in
	Name     string `json:"name"`
	Every    string `json:"every"`    // "day", "month", "quarter" or "year"; "" = once
	Amount   string `json:"amount"`   // for a period
	Basis    string `json:"basis"`    // why there is no amount: "as the period before"
	Spent    string `json:"spent"`    // in the current period, as the provider last counted it
	Forecast string `json:"forecast"` // of the current period, by the provider
	Currency string `json:"currency"`
	Of       string `json:"of"` // what it counts, in words; "" = all costs of the account
}

// ReadBudgets reads what an Extra that holds Budgets has written: a list of ProviderBudget. It answers CodeCorrupt for anything else, and for an
// amount that is no number.
func ReadBudgets(r io.Reader) ([]ProviderBudget, error) {
	list := []ProviderBudget{}
	if err := json.NewDecoder(r).Decode(&list); err != nil {
		return nil, finops.WrapError(finops.CodeCorrupt, err, "The budgets of the provider that were fetched cannot be read. Sync again.")
	}
	for _, b := range list {
		for _, amount := range []string{b.Amount, b.Spent, b.Forecast} {
			if amount == "" {
				continue
			}
			if _, err := finops.ParseAmount([]byte(amount)); err != nil {
				return nil, finops.WrapError(finops.CodeCorrupt, err, "The budget %s of the provider has the amount %q.", b.Name, amount)
			}
		}
	}
	return list, nil
}
