package service

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/store"
)

// SyncChanges is what a sync changed, in billed cost. Its JSON is kept in workspaces.
type SyncChanges struct {
	Totals []CurrencyChange `json:"totals"` // what bills come to more or less than before the sync
	Bills  []BillChange     `json:"bills"`  // months whose bills come to something else than before the sync, the newest first
	Days   []DayChange      `json:"days"`   // the newest day with usage of what the connection brings in, and the day before; one for each currency
}

// CurrencyChange is a change of amounts in a currency.
type CurrencyChange struct {
	Currency string     `json:"currency"`
	Change   finops.Sum `json:"change"`
}

// BillChange is what all bills of a billing month come to in a currency.
type BillChange struct {
	Month    string     `json:"month"`
	Currency string     `json:"currency"`
	Before   finops.Sum `json:"before"`
	After    finops.Sum `json:"after"`
	Change   finops.Sum `json:"change"`
	Relative string     `json:"relative" cli:"null"` // the change as a part of what it was, six digits; "" = there was nothing
}

// DayChange is what two days in a row cost.
type DayChange struct {
	Day      finops.Day `json:"day"`
	Currency string     `json:"currency"`
	Amount   finops.Sum `json:"amount"`
	Before   finops.Sum `json:"before"` // of the day before
	Change   finops.Sum `json:"change"`
	Relative string     `json:"relative" cli:"null"` // see BillChange
	Partial  bool       `json:"partial"`             // the day is so recent that the provider may add to it
}

// partialDays is for how many days providers add to a day.
const partialDays = 2

// monthTotals are what the bills of each month come to, by month and currency.
type monthTotals map[[2]string]finops.Sum

// monthTotals asks what all bills come to.
func (w *workspace) monthTotals(ctx context.Context) (monthTotals, error) {
	a, err := Ledger{w}.Ask(ctx, finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: []string{"BillingPeriodStart"}, Sort: finops.SortKeys})
	if err != nil {
		return nil, err
	}
	totals := monthTotals{}
	for _, r := range a.Rows {
		if r.Keys[0] != nil && r.Amounts[0] != nil && len(*r.Keys[0]) >= len("2026-10") {
			at := [2]string{(*r.Keys[0])[:len("2026-10")], r.Currency}
			sum := totals[at]
			sum.AddSum(*r.Amounts[0])
			totals[at] = sum
		}
	}
	return totals, nil
}

// changed compares what bills come to with what they came to before.
func (t monthTotals) changed(before monthTotals) []BillChange {
	all := maps.Clone(before)
	maps.Copy(all, t)
	list := []BillChange{}
	for at := range all {
		c := BillChange{Month: at[0], Currency: at[1], Before: before[at], After: t[at], Change: t[at]}
		if c.Change.SubSum(c.Before); c.Change.IsZero() {
			continue
		}
		c.Relative = spend.Share(&c.Change, &c.Before)
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b BillChange) int {
		return slices.Compare([]string{b.Month, a.Currency}, []string{a.Month, b.Currency})
	})
	return list
}

// changedByCurrency adds the changes of each currency.
func changedByCurrency(bills []BillChange) []CurrencyChange {
	sums := map[string]*finops.Sum{}
	for i := range bills {
		b := &bills[i]
		if sums[b.Currency] == nil {
			sums[b.Currency] = &finops.Sum{}
		}
		sums[b.Currency].AddSum(b.Change)
	}
	list := []CurrencyChange{}
	for _, currency := range slices.Sorted(maps.Keys(sums)) {
		list = append(list, CurrencyChange{currency, *sums[currency]})
	}
	return list
}

// days compares the newest day with usage of the bills that a connection brought in with the day before.
func (w *workspace) days(ctx context.Context, connection string) ([]DayChange, error) {
	synced, err := w.db.Synced(ctx, connection)
	if err != nil {
		return nil, err
	}
	accounts, err := w.broughtIn(ctx, synced)
	if err != nil || len(accounts) == 0 {
		return []DayChange{}, err
	}
	usage := "Usage"
	q := finops.Question{Metrics: []finops.Metric{finops.BilledCost}, Grain: finops.GrainDay, Sort: finops.SortKeys}
	q.Where = finops.All(finops.If(finops.Condition{Column: finops.DimBillingAccount, Values: accounts}), is("ChargeCategory", &usage))
	if month, err := finops.ParseMonth(newestMonth(synced)); err == nil {
		q.From = new((month - 1).First())
	}
	today := finops.DayOfUnix(w.now().Unix())
	q.To = &today // fees may be dated ahead
	used, err := Ledger{w}.Ask(ctx, q)
	if err != nil {
		return nil, err
	}
	q.Where = finops.If(finops.Condition{Column: finops.DimBillingAccount, Values: accounts})
	all, err := Ledger{w}.Ask(ctx, q)
	if err != nil {
		return nil, err
	}
	if len(used.Rows) == 0 {
		used = all // the export distinguishes no usage
	}
	newest := map[string]finops.Day{} // by currency
	for _, r := range used.Rows {
		day, err := finops.ParseDay(r.Time)
		if err != nil {
			return nil, err
		}
		newest[r.Currency] = max(newest[r.Currency], day)
	}
	list := []DayChange{}
	for _, currency := range slices.Sorted(maps.Keys(newest)) {
		c := DayChange{Day: newest[currency], Currency: currency, Partial: newest[currency] > today-partialDays}
		for _, r := range all.Rows {
			switch day, err := finops.ParseDay(r.Time); {
			case err != nil || r.Currency != currency || r.Amounts[0] == nil:
			case day == c.Day:
				c.Amount = *r.Amounts[0]
			case day == c.Day-1:
				c.Before = *r.Amounts[0]
			}
		}
		c.Change = c.Amount
		c.Change.SubSum(c.Before)
		c.Relative = spend.Share(&c.Change, &c.Before)
		list = append(list, c)
	}
	return list, nil
}

// broughtIn are the billing accounts of what was brought in.
func (w *workspace) broughtIn(ctx context.Context, synced []store.Synced) ([]*string, error) {
	all, err := w.db.Slices(ctx)
	if err != nil {
		return nil, fmt.Errorf("list bills: %w", err)
	}
	var accounts []*string
	seen := map[string]bool{}
	for _, s := range all {
		account := finops.CanonicalAccount(s.BillingAccount)
		if seen[account] || !slices.ContainsFunc(synced, func(m store.Synced) bool { return m.ImportID == s.ImportID }) {
			continue
		}
		seen[account] = true
		if account == "" {
			accounts = append(accounts, nil)
		} else {
			accounts = append(accounts, &account)
		}
	}
	return accounts, nil
}

func newestMonth(synced []store.Synced) (month string) {
	for _, m := range synced {
		month = max(month, m.Month)
	}
	return month
}

// noteChanges keeps what the sync has changed so far.
func (s *syncing) noteChanges(ctx context.Context) error {
	if s.before != nil {
		now, err := s.monthTotals(ctx)
		if err != nil {
			return err
		}
		s.result.Changes.Bills = now.changed(s.before)
		s.result.Changes.Totals = changedByCurrency(s.result.Changes.Bills)
	}
	var err error
	if s.result.Changes.Days, err = s.days(ctx, s.c.ID); err != nil {
		return err
	}
	text, err := json.Marshal(s.result.Changes)
	if err != nil {
		return fmt.Errorf("write what a sync changed: %w", err)
	}
	s.run.Changes = string(text)
	return nil
}

// changesOf reads what a sync changed; nothing where an older version kept nothing.
func changesOf(r store.SyncRun) (c SyncChanges) {
	_ = json.Unmarshal([]byte(r.Changes), &c) // '' and what is damaged say nothing
	c.Totals, c.Bills, c.Days = wire.List(c.Totals), wire.List(c.Bills), wire.List(c.Days)
	return c
}
