package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// Budgets is the area of what may be spent.
type Budgets struct{ *workspace }

// Budget is a budget of the workspace.
type Budget struct {
	budget.Budget
	ID        int64
	Name      string
	Version   int64
	MadeAt    time.Time
	ChangedAt time.Time
	ChangedBy string
	Reason    string // for the last change
	Problem   string // why it cannot be calculated; "" = it can

	filter finops.Filter
}

// Filter says which charges count; those of a budget with a problem are not known.
func (b *Budget) Filter() finops.Filter { return b.filter }

// List lists the budgets of the workspace by name.
func (w Budgets) List(ctx context.Context) ([]Budget, error) {
	saved, err := w.db.Budgets(ctx)
	if err != nil || len(saved) == 0 {
		return nil, err
	}
	return w.budgetsOf(ctx, saved)
}

// budgetsOf reads budgets that were saved, with the charges that count for each.
func (w Budgets) budgetsOf(ctx context.Context, saved []store.Budget) ([]Budget, error) {
	scopes, err := Scopes(w).List(ctx)
	if err != nil {
		return nil, err
	}
	checker := sync.OnceValues(func() (func(finops.Filter) error, error) { return w.engine.FilterCheck(ctx) })
	check := func(f finops.Filter) error {
		by, err := checker()
		if err != nil {
			return err
		}
		return by(f)
	}
	list := make([]Budget, len(saved))
	for i, s := range saved {
		if list[i], err = budgetOf(s); err != nil {
			return nil, err
		}
		if list[i].filter, err = chargesOf(list[i].Budget, scopes, check); err != nil {
			list[i].Problem = finops.MessageOf(err)
		}
	}
	return list, nil
}

func budgetOf(s store.Budget) (Budget, error) {
	content, err := budget.Parse(s.Content)
	return Budget{Budget: content, ID: s.ID, Name: s.Name, Version: s.Version, MadeAt: s.MadeAt, ChangedAt: s.ChangedAt, ChangedBy: s.ChangedBy, Reason: s.Reason}, err
}

// chargesOf is the filter of a budget, which check judges. It answers CodeInvalid when there is no such scope, or it cannot be used.
func chargesOf(b budget.Budget, scopes []Scope, check func(finops.Filter) error) (finops.Filter, error) {
	if b.Scope == "" {
		f, err := filter.Parse(b.Where)
		if b.Where == "" {
			return finops.Filter{}, nil
		}
		if err != nil {
			return f, err
		}
		return f, check(f)
	}
	for _, s := range scopes {
		if rules.Key(s.Name) != rules.Key(b.Scope) {
			continue
		}
		if s.Problem != "" {
			return s.Where, finops.Errorf(finops.CodeInvalid, "The scope %q cannot be used. %s", s.Name, s.Problem)
		}
		return s.Where, nil
	}
	return finops.Filter{}, finops.Errorf(finops.CodeInvalid, "There is no scope named %q.", b.Scope)
}

// ByName returns a budget. It answers CodeNotFound when there is none of the name.
func (w Budgets) ByName(ctx context.Context, name string) (Budget, error) {
	list, err := w.List(ctx)
	if err != nil {
		return Budget{}, err
	}
	return named(list, name)
}

// named finds a budget in a list.
func named(list []Budget, name string) (Budget, error) {
	return byName("budget", name, list, func(b *Budget) string { return b.Name })
}

// Versions returns a budget in all versions that it had, the oldest first.
func (w Budgets) Versions(ctx context.Context, name string) ([]Budget, error) {
	b, err := w.ByName(ctx, name)
	if err != nil {
		return nil, err
	}
	saved, err := w.db.BudgetVersions(ctx, b.ID)
	if err != nil {
		return nil, err
	}
	return w.budgetsOf(ctx, saved)
}

// Save keeps a budget and returns its version; see Scopes.Save for the version seen. It answers CodeInvalid for what cannot be a
// budget, and CodeConflict, with both values, when it was changed since.
func (w Budgets) Save(ctx context.Context, name string, b budget.Budget, reason string, seen int64) (int64, error) {
	return w.Rename(ctx, "", name, b, reason, seen)
}

// Rename is Save for a budget that had another name; was "" = it had none. Its versions, alerts and parts stay; where nothing but the name changes, and no
// reason is given, it stays of the same version. It also answers CodeNotFound when there is no budget of the name it had, and CodeConflict where
// another one has the new name.
func (w Budgets) Rename(ctx context.Context, was, name string, b budget.Budget, reason string, seen int64) (int64, error) {
	change, err := w.change(ctx, was, name, b, reason, seen)
	if err != nil {
		return 0, err
	}
	versions, err := w.db.SaveBudgets(ctx, []store.BudgetChange{change}, w.user, w.now())
	if err != nil {
		return 0, withBoth(err, justWritten(budgetOf))
	}
	return versions[0], w.evaluate(ctx)
}

// change checks a budget and finds the thresholds that it must not report, since they are reached already.
func (w Budgets) change(ctx context.Context, was, name string, b budget.Budget, reason string, seen int64) (store.BudgetChange, error) {
	c := store.BudgetChange{Name: strings.TrimSpace(name), Was: was, Reason: strings.TrimSpace(reason), Seen: seen}
	known := cmp.Or(was, c.Name)
	if err := rules.CheckName("budget", c.Name); err != nil {
		return c, err
	}
	if err := b.Check(); err != nil {
		return c, err
	}
	if len(b.Thresholds) == 0 {
		b.Thresholds = budget.DefaultThresholds()
	}
	have, err := w.List(ctx)
	if err != nil {
		return c, err
	}
	if b.Parent, err = checkParent(known, b.Parent, have); err != nil {
		return c, err
	}
	scopes, err := Scopes(w).List(ctx)
	if err != nil {
		return c, err
	}
	next := Budget{Budget: b, Name: c.Name, MadeAt: w.now()}
	if next.filter, err = chargesOf(b, scopes, func(f finops.Filter) error { return w.engine.CheckFilter(ctx, f) }); err != nil {
		return c, err
	}
	if c.Content, err = b.JSON(); err != nil {
		return c, err
	}
	at := slices.IndexFunc(have, func(h Budget) bool { return strings.EqualFold(h.Name, known) })
	if at < 0 {
		return c, nil
	}
	next.ID, next.Version, next.MadeAt = have[at].ID, have[at].Version+1, have[at].MadeAt
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		x := evaluation{w: w.workspace, snapshot: s}
		if err := x.load(ctx, next); err != nil {
			return err
		}
		list, err := x.budget(ctx, next)
		c.Silent = nil
		for i := range list {
			c.Silent = append(c.Silent, list[i].alerts...)
		}
		return err
	})
	return c, err
}

// checkParent refuses a parent that there is not, and circles; else it returns the name of the parent as that is written.
func checkParent(name, parent string, have []Budget) (written string, err error) {
	for step := parent; step != ""; {
		if strings.EqualFold(step, name) {
			return "", finops.Errorf(finops.CodeInvalid, "The budget %q would be a part of itself.", name)
		}
		at := slices.IndexFunc(have, func(b Budget) bool { return strings.EqualFold(b.Name, step) })
		if at < 0 {
			return "", finops.Errorf(finops.CodeInvalid, "There is no budget named %q that %q could be a part of.", step, name)
		}
		written, step = cmp.Or(written, have[at].Name), have[at].Parent
	}
	return written, nil
}

// Delete removes a budget; its alerts stay. See Dimensions.Delete.
func (w Budgets) Delete(ctx context.Context, name string, seen int64) error {
	return withBoth(w.db.DeleteBudget(ctx, name, seen, w.user, w.now()), justWritten(budgetOf))
}

// SpreadBy is how the total of a year is taken apart.
type SpreadBy string

// The ways to spread a total over the months of a year.
const (
	SpreadEven     SpreadBy = "even"
	SpreadDays     SpreadBy = "days"
	SpreadLastYear SpreadBy = "last-year" // by what each month cost a year before
)

// Each says into what a period is taken apart.
type Each string

// The parts of a period.
const (
	EachMonth   Each = "month"
	EachQuarter Each = "quarter"
	EachYear    Each = "year"
)

// Spread takes the total of a period apart into the parts of its calendar that it has whole. It answers CodeInvalid where a period has none, or
// where nothing was spent a year before.
func (w Budgets) Spread(ctx context.Context, b budget.Budget, period string, each Each, total finops.Amount, by SpreadBy) ([]budget.Amount, error) {
	months, err := PartsOf(b.Calendar, period, each)
	if err != nil {
		return nil, err
	}
	weights := make([]finops.Sum, len(months))
	switch by {
	case SpreadEven:
	case SpreadDays:
		for i, m := range months {
			weights[i].Add(finops.NewAmount(int64(m.Days()), 0))
		}
	case SpreadLastYear:
		if weights, err = w.lastYear(ctx, b, months); err != nil {
			return nil, err
		}
	default:
		return nil, finops.Errorf(finops.CodeInvalid, "%q is not a way to spread; use even, days or last-year.", by)
	}
	list := make([]budget.Amount, len(months))
	for i, part := range budget.Spread(total, weights, b.Currency) {
		list[i] = budget.Amount{Period: months[i].Name, Amount: part}
	}
	return list, nil
}

// FromLastYear makes amounts for the parts of a period from what each cost a year before, and so many percent more.
func (w Budgets) FromLastYear(ctx context.Context, b budget.Budget, period string, each Each, percent finops.Amount) ([]budget.Amount, error) {
	months, err := PartsOf(b.Calendar, period, each)
	if err != nil {
		return nil, err
	}
	costs, err := w.lastYear(ctx, b, months)
	if err != nil {
		return nil, err
	}
	list := make([]budget.Amount, len(months))
	for i, c := range costs {
		share := finops.Sum{}
		share.Add(percent)
		part := share.Rat()
		part.Quo(part, hundred).Add(part, one)
		text := finops.RoundHalfEven(part.Mul(part, c.Rat()), finops.MinorDigits(b.Currency))
		amount, err := finops.ParseTotal([]byte(text))
		if err != nil {
			return nil, fmt.Errorf("read an amount: %w", err)
		}
		list[i] = budget.Amount{Period: months[i].Name, Amount: amount}
	}
	return list, nil
}

// PartsOf are the months, quarters or years that a period consists of. It answers CodeInvalid where it does not.
func PartsOf(c budget.Calendar, period string, each Each) ([]budget.Period, error) {
	whole, err := c.Parse(period)
	if err != nil {
		return nil, err
	}
	var parts []budget.Period
	for d := whole.First; d <= whole.Last; {
		p, err := partAt(c, strings.HasPrefix(whole.Name, "FY"), each, d)
		if err != nil {
			return nil, err
		}
		if p.First < whole.First || p.Last > whole.Last {
			return nil, finops.Errorf(finops.CodeInvalid, "%s does not consist of whole %ss.", whole.Name, each)
		}
		parts = append(parts, p)
		d = p.Last + 1
	}
	return parts, nil
}

// partAt is the part of a calendar that a day lies in.
func partAt(c budget.Calendar, fiscal bool, each Each, d finops.Day) (budget.Period, error) {
	year, month := int(d.Month())/12, int(d.Month())%12
	names := map[Each]string{EachMonth: d.Month().String(), EachQuarter: fmt.Sprintf("%04d-Q%d", year, month/3+1), EachYear: fmt.Sprintf("%04d", year)}
	if !fiscal {
		return c.Parse(names[each])
	}
	year = c.FiscalYear(d)
	first, ok := map[Each]string{EachMonth: fmt.Sprintf("FY%04d-P01", year), EachQuarter: fmt.Sprintf("FY%04d-Q1", year), EachYear: fmt.Sprintf("FY%04d", year)}[each]
	if !ok {
		return c.Parse("")
	}
	p, err := c.Parse(first)
	for err == nil && p.Last < d {
		p = c.Next(p)
	}
	return p, err
}

// lastYear is what periods cost a year (52 weeks in a calendar of weeks) before.
func (w Budgets) lastYear(ctx context.Context, b budget.Budget, periods []budget.Period) ([]finops.Sum, error) {
	scopes, err := Scopes(w).List(ctx)
	if err != nil {
		return nil, err
	}
	where, err := chargesOf(b, scopes, func(f finops.Filter) error { return w.engine.CheckFilter(ctx, f) })
	if err != nil {
		return nil, err
	}
	sums, found := make([]finops.Sum, len(periods)), false
	for i, p := range periods {
		from, to := p.First-52*7, p.Last-52*7
		if !b.Calendar.Weeks {
			from, to = (p.First.Month() - 12).First(), (p.Last.Month() - 12).Last()
		}
		a, err := w.engine.Ask(ctx, finops.Question{Metrics: []finops.Metric{b.Metric}, Where: where, From: &from, To: &to, Currency: b.Currency})
		if err != nil {
			return nil, err
		}
		for _, r := range a.Rows {
			if r.Amounts[0] != nil {
				sums[i].AddSum(*r.Amounts[0])
				found = true
			}
		}
	}
	if !found {
		return nil, finops.Errorf(finops.CodeInvalid, "There are no charges in %s a year before %s.", b.Currency, periods[0].Name)
	}
	return sums, nil
}
