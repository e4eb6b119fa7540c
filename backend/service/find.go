package service

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Found is a value of the ledger that has a searched text in it.
type Found struct {
	Column     string // one of the columns of Find
	Value      string
	Name       string   // of an account; "" = none
	Lines      int64    // charges that have the value
	Currencies []string // of these charges, most charges first
}

// findColumns are what Find looks through, in the order of its answer.
var findColumns = []string{"ServiceName", finops.DimAccount, finops.DimBillingAccount, "InvoiceId", "ResourceId"}

// Find looks for services, accounts (also by their name), invoices and resources that have a text
// in them, in any case: at most limit of each, those of the highest billed cost in each currency. A blank text finds nothing.
func (w Ledger) Find(ctx context.Context, text string, limit int) ([]Found, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	names, err := w.AccountNames(ctx)
	if err != nil {
		return nil, err
	}
	questions := make([]finops.Question, len(findColumns))
	for i, column := range findColumns {
		where := []finops.Filter{finops.If(finops.Condition{Column: column, Op: finops.OpContains, Values: []*string{&text}})}
		named := map[string]map[string]string{finops.DimAccount: names.Accounts, finops.DimBillingAccount: names.BillingAccounts}[column]
		if ids := namedWith(named, text); len(ids) > 0 {
			where = append(where, finops.If(finops.Condition{Column: column, Op: finops.OpIn, Values: ids}))
		}
		questions[i] = finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: []string{column}, Where: finops.Any(where...), Limit: limit}
	}
	answers, err := w.AskAll(ctx, questions...)
	if err != nil {
		return nil, err
	}
	var all []Found
	for i, answer := range answers {
		found := foundIn(findColumns[i], answer.Rows)
		for j := range found {
			found[j].Name = names.Of(findColumns[i], found[j].Value)
		}
		all = append(all, found[:min(limit, len(found))]...)
	}
	return all, nil
}

// namedWith returns the ids whose name has a text in it.
func namedWith(names map[string]string, text string) (ids []*string) {
	for _, id := range slices.Sorted(maps.Keys(names)) {
		if strings.Contains(strings.ToLower(names[id]), strings.ToLower(text)) {
			ids = append(ids, &id)
		}
	}
	return ids
}

// foundIn joins the rows of a value in several currencies, and puts those of most charges first.
func foundIn(column string, rows []finops.Row) []Found {
	slices.SortStableFunc(rows, func(a, b finops.Row) int { return cmp.Compare(b.Lines, a.Lines) })
	at := map[string]int{}
	var list []Found
	for _, r := range rows {
		value := r.Keys[0]
		if value == nil {
			continue
		}
		i, have := at[*value]
		if !have {
			i, at[*value] = len(list), len(list)
			list = append(list, Found{Column: column, Value: *value})
		}
		list[i].Lines += r.Lines
		list[i].Currencies = append(list[i].Currencies, r.Currency)
	}
	slices.SortStableFunc(list, func(a, b Found) int {
		return cmp.Or(cmp.Compare(b.Lines, a.Lines), cmp.Compare(a.Value, b.Value))
	})
	return list
}
