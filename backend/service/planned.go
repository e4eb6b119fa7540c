package service

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// PlannedKind says what a planned change is.
type PlannedKind string

// The kinds of planned changes.
const (
	PlannedLaunch   PlannedKind = "launch"   // something new costs so much a month
	PlannedShutdown PlannedKind = "shutdown" // charges end, all of them or so many percent
	PlannedPrice    PlannedKind = "price"    // charges cost so many percent more or less
	PlannedSaving   PlannedKind = "saving"   // an accepted saving of so much a month
	PlannedRenewal  PlannedKind = "renewal"  // a commitment is renewed, so that its end changes nothing
)

// PlannedChange is a change of costs that a person expects. Forecasts have it from its first day on.
type PlannedChange struct {
	Name string      `json:"-"`
	Kind PlannedKind `json:"kind"`
	// Scope or Where say which charges it changes: the name of a scope, or a filter as text. Both "" = all.
	Scope string `json:"scope"`
	Where string `json:"where"`
	// From and To are its first and its last day; nil = it lasts.
	From finops.Day  `json:"from"`
	To   *finops.Day `json:"to"`
	// Monthly is what a launch costs, or a saving saves, a month, in Currency; above zero.
	Monthly  *finops.Amount `json:"monthly"`
	Currency string         `json:"currency"`
	// Percent is by how much a price changes, or how much of the charges is shut down (nil = all).
	Percent    *finops.Amount `json:"percent"`
	Commitment string         `json:"commitment"` // the CommitmentDiscountId that is renewed
	Note       string         `json:"note"`

	Version   int64     `json:"-"`
	ChangedAt time.Time `json:"-"`
	ChangedBy string    `json:"-"`
	Problem   string    `json:"-"` // why it cannot be used; "" = it can

	filter finops.Filter
}

// byMonth reports whether the change is an amount a month.
func (p *PlannedChange) byMonth() bool { return p.Kind == PlannedLaunch || p.Kind == PlannedSaving }

// active reports whether the change is in force on a day.
func (p *PlannedChange) active(d finops.Day) bool { return d >= p.From && (p.To == nil || d <= *p.To) }

func (p *PlannedChange) check() error {
	if err := rules.CheckName("planned change", p.Name); err != nil {
		return err
	}
	if p.To != nil && *p.To < p.From {
		return finops.Errorf(finops.CodeInvalid, "The planned change %q ends on %s, before it begins on %s.", p.Name, p.To.Words(), p.From.Words())
	}
	if p.Scope != "" && p.Where != "" {
		return finops.Errorf(finops.CodeInvalid, "Name a scope or a filter, not both.")
	}
	if len(p.Note) > noteMost {
		return finops.Errorf(finops.CodeInvalid, "A note has at most %d characters.", noteMost)
	}
	return p.checkSize()
}

// checkSize checks how much the change is.
func (p *PlannedChange) checkSize() error {
	whole := finops.NewAmount(100, 0)
	switch p.Kind {
	case PlannedLaunch, PlannedSaving:
		if p.Monthly == nil || p.Monthly.Sign() <= 0 || p.Percent != nil {
			return finops.Errorf(finops.CodeInvalid, "A %s needs an amount a month above zero.", p.Kind)
		}
		if len(p.Currency) != 3 || strings.ToUpper(p.Currency) != p.Currency {
			return finops.Errorf(finops.CodeInvalid, "%q is not a currency code such as USD.", p.Currency)
		}
	case PlannedShutdown:
		if p.Monthly != nil || p.Percent != nil && (p.Percent.Sign() <= 0 || p.Percent.Cmp(whole) > 0) {
			return finops.Errorf(finops.CodeInvalid, "A shut-down is of more than 0 and at most 100 percent of the charges.")
		}
	case PlannedPrice:
		least := finops.NewAmount(-100, 0)
		if p.Monthly != nil || p.Percent == nil || p.Percent.Sign() == 0 || p.Percent.Cmp(least) <= 0 {
			return finops.Errorf(finops.CodeInvalid, "A price change needs a percentage other than 0 and above -100.")
		}
	case PlannedRenewal:
		if p.Commitment == "" || p.Monthly != nil || p.Percent != nil {
			return finops.Errorf(finops.CodeInvalid, "A renewal needs the id of the commitment, and no amount.")
		}
	default:
		return finops.Errorf(finops.CodeInvalid, "%q is not a kind of planned change; use launch, shutdown, price, saving or renewal.", p.Kind)
	}
	return nil
}

func plannedOf(n store.Named) PlannedChange {
	var p PlannedChange
	if err := json.Unmarshal([]byte(n.Content), &p); err != nil {
		p.Problem = "It was written by another version of the program and cannot be read."
	}
	p.Name, p.Version, p.ChangedAt, p.ChangedBy = n.Name, n.Version, n.ChangedAt, n.ChangedBy
	return p
}

// Planned lists the planned changes by name.
func (w Forecasts) Planned(ctx context.Context) ([]PlannedChange, error) {
	saved, err := w.db.Outlooks(ctx, store.PlannedChanges)
	if err != nil || len(saved) == 0 {
		return nil, err
	}
	scopes, err := Scopes(w).List(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]PlannedChange, len(saved))
	for i, n := range saved {
		if list[i] = plannedOf(n); list[i].Problem != "" {
			continue
		}
		if err := w.enterFilter(ctx, &list[i], scopes); err != nil {
			list[i].Problem = finops.MessageOf(err)
		}
	}
	return list, nil
}

// enterFilter finds which charges a change is about. It answers CodeInvalid when there is no such scope, or it cannot be used.
func (w Forecasts) enterFilter(ctx context.Context, p *PlannedChange, scopes []Scope) (err error) {
	if p.Scope == "" {
		if p.Where == "" {
			return nil
		}
		if p.filter, err = filter.Parse(p.Where); err != nil {
			return err
		}
		return w.engine.CheckFilter(ctx, p.filter)
	}
	for _, s := range scopes {
		if rules.Key(s.Name) != rules.Key(p.Scope) {
			continue
		}
		if p.filter = s.Where; s.Problem != "" {
			return finops.Errorf(finops.CodeInvalid, "The scope %q cannot be used. %s", s.Name, s.Problem)
		}
		return nil
	}
	return finops.Errorf(finops.CodeInvalid, "There is no scope named %q.", p.Scope)
}

// SavePlanned keeps a planned change and returns its version; see Scopes.Save for the version seen. It answers CodeInvalid for what cannot be
// one, and CodeConflict, with both values, when it was changed since.
func (w Forecasts) SavePlanned(ctx context.Context, p PlannedChange, seen int64) (int64, error) {
	p.Name, p.Note = strings.TrimSpace(p.Name), strings.TrimSpace(p.Note)
	if err := p.check(); err != nil {
		return 0, err
	}
	scopes, err := Scopes(w).List(ctx)
	if err != nil {
		return 0, err
	}
	if err := w.enterFilter(ctx, &p, scopes); err != nil {
		return 0, err
	}
	version, err := w.saveOutlook(ctx, store.PlannedChanges, p.Name, p, seen)
	return version, withBoth(err, plannedOf)
}

// DeletePlanned removes a planned change; see Dimensions.Delete.
func (w Forecasts) DeletePlanned(ctx context.Context, name string, seen int64) error {
	return withBoth(w.db.DeleteOutlook(ctx, store.PlannedChanges, name, seen, w.user, w.now()), plannedOf)
}
