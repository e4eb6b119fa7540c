package service

import (
	"context"
	"errors"
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

// uses reports whether the filter of the scope asks for a column.
func (s Scope) uses(column string) bool {
	return !s.Where.EachColumn(func(c string) bool { return !strings.EqualFold(c, column) })
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

// Rename gives a scope of the version seen another name and returns its new version. It answers
// CodeNotFound when there is none of the name, CodeConflict when it was changed since, or when
// another scope has the new name.
func (w Scopes) Rename(ctx context.Context, from, to string, seen int64) (int64, error) {
	to = strings.TrimSpace(to)
	if err := rules.CheckName("scope", to); err != nil {
		return 0, err
	}
	version, err := w.db.RenameScope(ctx, from, store.Named{Name: to, ChangedAt: w.now(), ChangedBy: w.user}, seen)
	return version, withBoth(err, scopeOf)
}

// Delete removes a scope; see Dimensions.Delete.
func (w Scopes) Delete(ctx context.Context, name string, seen int64) error {
	return withBoth(w.db.DeleteScope(ctx, name, seen, w.user, w.now()), scopeOf)
}

// ParseFilter reads a filter whose columns the ledger has. The error is a *filter.Error where
// the text is no filter, or names a column that the ledger does not have.
func (w Ledger) ParseFilter(ctx context.Context, text string) (finops.Filter, error) {
	f, err := filter.Parse(text)
	if err != nil {
		return f, err
	}
	err = w.engine.CheckFilter(ctx, f)
	if missing, ok := errors.AsType[*finops.ColumnError](err); ok {
		if at, found := filter.ColumnIn(text, missing.Column); found {
			e := &filter.Error{Span: at, Problem: fmt.Sprintf("The ledger has no column %q.", missing.Column)}
			if missing.Closest != "" {
				e.Suggestion = filter.PrintColumn(missing.Closest)
			}
			return f, e
		}
	}
	return f, err
}
