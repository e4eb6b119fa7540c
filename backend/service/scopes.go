package service

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// Scopes are the named filters of a workspace.
type Scopes struct{ *workspace }

// Scope is a filter under a name: the part of the charges that somebody answers for.
type Scope struct {
	Name      string
	Where     finops.Filter
	Text      string // Where as text, in its normal form
	Version   int64
	ChangedAt time.Time
	ChangedBy string
	Problem   string // why it cannot be used; "" = it can
}

// List lists the scopes of the workspace by name.
func (w Scopes) List(ctx context.Context) ([]Scope, error) {
	saved, err := w.db.Scopes(ctx)
	if err != nil {
		return nil, fmt.Errorf("list scopes: %w", err)
	}
	list := make([]Scope, len(saved))
	for i, s := range saved {
		if list[i] = scopeOf(s); list[i].Problem != "" {
			continue
		}
		if err := w.engine.CheckFilter(ctx, list[i].Where); err != nil {
			list[i].Problem = finops.MessageOf(err)
		}
	}
	return list, nil
}

func scopeOf(n store.Named) Scope {
	s := Scope{Name: n.Name, Text: n.Content, Version: n.Version, ChangedAt: n.ChangedAt, ChangedBy: n.ChangedBy}
	var err error
	if s.Where, err = filter.Parse(n.Content); err != nil {
		s.Problem = finops.MessageOf(err)
	}
	return s
}

// ByName returns a scope. It answers CodeNotFound when there is none of the name, and
// CodeInvalid for one that cannot be used.
func (w Scopes) ByName(ctx context.Context, name string) (Scope, error) {
	list, err := w.List(ctx)
	if err != nil {
		return Scope{}, err
	}
	names := make([]string, len(list))
	for i, s := range list {
		if names[i] = s.Name; rules.Key(s.Name) != rules.Key(name) {
			continue
		}
		if s.Problem != "" {
			return s, finops.Errorf(finops.CodeInvalid, "The scope %q cannot be used. %s", s.Name, s.Problem)
		}
		return s, nil
	}
	return Scope{}, notNamed("scope", name, names)
}

// Save keeps a scope and returns its version; see Dimensions.Save for the version seen.
// It answers CodeInvalid for a filter with a column that the ledger does not have.
func (w Scopes) Save(ctx context.Context, name string, where finops.Filter, seen int64) (int64, error) {
	name = strings.TrimSpace(name)
	if err := rules.CheckName("scope", name); err != nil {
		return 0, err
	}
	if err := w.engine.CheckFilter(ctx, where); err != nil {
		return 0, err
	}
	if where.Normal().Everything() {
		return 0, finops.Errorf(finops.CodeInvalid, "The scope %q has no condition, so that it would be everything.", name)
	}
	version, err := w.db.SaveScope(ctx, store.Named{Name: name, Content: filter.Print(where), ChangedAt: w.now(), ChangedBy: w.user}, seen)
	return version, withBoth(err, scopeOf)
}

// Delete removes a scope. It answers CodeNotFound when there is none of the name.
func (w Scopes) Delete(ctx context.Context, name string) error {
	return w.db.DeleteScope(ctx, name, w.user, w.now())
}
