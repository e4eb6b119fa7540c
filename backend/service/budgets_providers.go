package service

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/source"
)

// providerBudgets is the setting that holds the budgets of the providers: by the id of the connection that read them, as JSON.
const providerBudgets = "provider_budgets"

// fetchedBudgets are the budgets that a connection read last.
type fetchedBudgets struct {
	At      time.Time               `json:"at"`
	Budgets []source.ProviderBudget `json:"budgets"`
}

// ProviderBudgetInfo is a budget as its provider keeps it, which is shown and never counted. Amounts are decimal numbers; "" = the provider says none.
type ProviderBudgetInfo struct {
	Provider   string `json:"provider"`
	Account    string `json:"account"`
	Name       string `json:"name"`
	Every      string `json:"every"` // "day", "month", "quarter" or "year"; "" = once
	Amount     string `json:"amount"`
	Basis      string `json:"basis"` // why there is no amount: "as the period before"
	Spent      string `json:"spent"`
	Forecast   string `json:"forecast"`
	Currency   string `json:"currency"`
	Of         string `json:"of"`         // what it counts; "" = all costs of the account
	Connection string `json:"connection"` // the name of the connection that read it
	ReadAt     string `json:"readAt"`
	// Period is the period of this workspace's budgets that runs now, as a budget made from it has it; "" = it has none of its length.
	Period string `json:"period"`
}

// OfProviders returns the budgets that the providers keep, as connections read them last, by provider, account and name.
func (w Budgets) OfProviders(ctx context.Context) ([]ProviderBudgetInfo, error) {
	all, err := w.budgetsOfProviders(ctx)
	if err != nil || len(all) == 0 {
		return []ProviderBudgetInfo{}, err
	}
	connections, err := Connections(w).List(ctx)
	if err != nil {
		return nil, err
	}
	list := []ProviderBudgetInfo{}
	for _, c := range connections {
		read := all[c.ID]
		for _, b := range read.Budgets {
			list = append(list, ProviderBudgetInfo{
				Provider: b.Provider, Account: b.Account, Name: b.Name, Every: b.Every, Amount: plainAmount(b.Amount), Basis: b.Basis, Spent: plainAmount(b.Spent),
				Forecast: plainAmount(b.Forecast), Currency: b.Currency, Of: b.Of, Connection: c.Name, ReadAt: wire.Instant(read.At), Period: runningPeriod(b.Every, w.now()),
			})
		}
	}
	slices.SortStableFunc(list, func(a, b ProviderBudgetInfo) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Account, b.Account), cmp.Compare(a.Name, b.Name))
	})
	return list, nil
}

// plainAmount spells an amount as all others are; "" stays.
func plainAmount(text string) string {
	if text == "" {
		return ""
	}
	a, err := finops.ParseAmount([]byte(text))
	if err != nil {
		return "" // it was read once, so that this cannot be
	}
	return a.String()
}

// periodOf is the period of a length that holds a moment, as budgets name it.
func runningPeriod(every string, now time.Time) string {
	const monthsOfQuarter = 3
	switch now = now.UTC(); every {
	case "month":
		return now.Format("2006-01")
	case "quarter":
		return fmt.Sprintf("%d-Q%d", now.Year(), (int(now.Month())-1)/monthsOfQuarter+1)
	case "year":
		return now.Format("2006")
	}
	return ""
}

func (w *workspace) budgetsOfProviders(ctx context.Context) (map[string]fetchedBudgets, error) {
	text, err := w.db.Setting(ctx, providerBudgets)
	if err != nil || text == "" {
		return nil, err
	}
	var all map[string]fetchedBudgets
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return nil, finops.WrapError(finops.CodeCorrupt, err, "The budgets of the providers in the workspace cannot be read. Sync their connection again.")
	}
	return all, nil
}

// keepBudgets keeps the budgets of a provider that were fetched, in place of those that the connection read before. Syncs of a workspace follow
// each other, so that none overwrites what another keeps.
func (s *syncing) keepBudgets(ctx context.Context, path string) error {
	list, err := budgetsIn(path)
	if err != nil {
		return err
	}
	all, err := s.budgetsOfProviders(ctx)
	if finops.CodeOf(err) == finops.CodeCorrupt || all == nil {
		all = map[string]fetchedBudgets{} // what is damaged is replaced
	} else if err != nil {
		return err
	}
	all[s.c.ID] = fetchedBudgets{s.now().UTC(), list}
	text, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("write budgets: %w", err)
	}
	return s.db.SetSetting(ctx, providerBudgets, string(text), s.user, s.now())
}

func budgetsIn(path string) (list []source.ProviderBudget, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, finops.WrapError(finops.CodeUnavailable, err, "A file that was fetched is not there any more")
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return source.ReadBudgets(f)
}
