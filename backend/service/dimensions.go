package service

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// Dimensions are the virtual dimensions of a workspace; see package rules.
type Dimensions struct{ *workspace }

// AnyVersion stands for the version that a person saw, where they did not look.
const AnyVersion = store.AnyVersion

// Dimension is a virtual dimension that a workspace keeps.
type Dimension struct {
	rules.Dimension
	Version   int64
	ChangedAt time.Time
	ChangedBy string
	Problem   string   // why it cannot be used; "" = it can
	UsedBy    []string // the scopes whose filters use it
}

// List lists the virtual dimensions of the workspace by name.
func (w Dimensions) List(ctx context.Context) ([]Dimension, error) {
	saved, err := w.db.Dimensions(ctx)
	if err != nil {
		return nil, fmt.Errorf("list dimensions: %w", err)
	}
	scopes, err := w.db.Scopes(ctx)
	if err != nil {
		return nil, fmt.Errorf("list scopes: %w", err)
	}
	list := make([]Dimension, len(saved))
	for i, s := range saved {
		list[i] = dimensionOf(s)
		for _, scope := range scopes {
			if scopeOf(scope).uses(finops.DimPrefix + s.Name) {
				list[i].UsedBy = append(list[i].UsedBy, scope.Name)
			}
		}
	}
	return list, nil
}

func dimensionOf(s store.Named) Dimension {
	decoded, err := rules.Decode([]byte(s.Content))
	d := Dimension{Dimension: decoded, Version: s.Version, ChangedAt: s.ChangedAt, ChangedBy: s.ChangedBy}
	if err != nil {
		d.Problem = finops.MessageOf(err)
	}
	d.Name = s.Name
	return d
}

// ByName returns a virtual dimension. It answers CodeNotFound when there is none of the
// name.
func (w Dimensions) ByName(ctx context.Context, name string) (Dimension, error) {
	list, err := w.List(ctx)
	if err != nil {
		return Dimension{}, err
	}
	names := make([]string, len(list))
	for i, d := range list {
		if names[i] = d.Name; rules.Key(d.Name) == rules.Key(name) {
			return d, nil
		}
	}
	return Dimension{}, notNamed("dimension", name, names)
}

// notNamed is the error for a name that nothing has.
// byName finds what has a name, in any case of its letters; CodeNotFound names the closest where there is none.
func byName[T any](what, name string, list []T, nameOf func(*T) string) (T, error) {
	names := make([]string, len(list))
	for i := range list {
		if names[i] = nameOf(&list[i]); strings.EqualFold(names[i], name) {
			return list[i], nil
		}
	}
	var none T
	return none, notNamed(what, name, names)
}

func notNamed(what, name string, names []string) error {
	if closest := filter.Closest(name, names); closest != "" {
		return finops.Errorf(finops.CodeNotFound, "There is no %s named %q. Did you mean %q?", what, name, closest)
	}
	return finops.Errorf(finops.CodeNotFound, "There is no %s named %q.", what, name)
}

// SavedDimension says what Save did.
type SavedDimension struct {
	Version int64
	Missing []string // columns that its rules use and the ledger does not have; they count as empty
}

// Save keeps a virtual dimension. When the stored one is not of the version seen (0 =
// there was none; AnyVersion = whatever there is) it answers CodeConflict with both as Dimension
// in a finops.ConflictError.
func (w Dimensions) Save(ctx context.Context, d rules.Dimension, seen int64) (SavedDimension, error) {
	var saved SavedDimension
	trial, err := w.try(ctx, d)
	if err != nil {
		return saved, err
	}
	text, err := rules.Encode(d)
	if err != nil {
		return saved, fmt.Errorf("save dimension: %w", err)
	}
	saved.Missing = trial.Missing()
	saved.Version, err = w.db.SaveDimension(ctx, store.Named{Name: d.Name, Content: string(text), ChangedAt: w.now(), ChangedBy: w.user}, seen)
	return saved, withBoth(err, dimensionOf)
}

// withBoth puts what a person knows into a conflict, in place of the rows of the store; nil =
// it was deleted meanwhile, or is to be deleted.
func withBoth[S comparable, T any](err error, of func(S) T) error {
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	if !ok {
		return err
	}
	side := func(v any) any {
		var none S
		if stored, ok := v.(S); ok && stored != none {
			return of(stored)
		}
		return nil
	}
	return finops.WrapError(finops.CodeConflict, &finops.ConflictError{Have: side(conflict.Have), Want: side(conflict.Want)}, "%s", finops.MessageOf(err))
}

// justWritten reads rows that this program wrote a moment ago, so that they can be read.
func justWritten[S, T any](read func(S) (T, error)) func(S) T {
	return func(s S) T {
		v, _ := read(s)
		return v
	}
}

func (w Dimensions) try(ctx context.Context, d rules.Dimension) (*engine.Trial, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	return w.engine.Try(ctx, d)
}

// Delete removes a virtual dimension of the version seen; AnyVersion = whatever there is. It answers CodeNotFound when
// there is none of the name, and CodeConflict, with the stored one, when that is of another version.
func (w Dimensions) Delete(ctx context.Context, name string, seen int64) error {
	return withBoth(w.db.DeleteDimension(ctx, name, seen, w.user, w.now()), dimensionOf)
}

// ReadDimension reads a file with the JSON of a dimension.
func ReadDimension(path string) (rules.Dimension, error) {
	text, err := readSmall(path, "dimension")
	if err != nil {
		return rules.Dimension{}, err
	}
	return rules.Decode(text)
}

// smallMost bounds what is read of a file that should hold a mapping or a dimension.
const smallMost = 1 << 20

// readSmall reads a file that a person wrote or this program exported.
func readSmall(path, what string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, finops.WrapError(finops.CodeNotFound, err, "There is no file %s that could be read.", path)
	}
	if info.IsDir() || info.Size() > smallMost {
		return nil, finops.Errorf(finops.CodeInvalid, "%s is no %s.", filepath.Base(path), what)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, finops.WrapError(finops.CodeDenied, err, "%s may not be read; check its permissions.", path)
	}
	return text, nil
}

// PreviewOptions say which charges a preview looks at.
type PreviewOptions struct {
	Metric   finops.Metric
	Where    finops.Filter
	From, To *finops.Day // nil = open
	Currency string      // "" = every currency
	LeftBy   string      // the column whose largest values are listed of what no rule catches
	Largest  int         // how many of them for each currency
}

// Preview says what the rules of a dimension catch.
type Preview struct {
	Rules   []RulePreview
	Left    []finops.Row // what no rule catches, by currency
	Largest []finops.Row // of that, the largest by currency and value of LeftBy
	Totals  []finops.Row // of all charges, by currency
	Missing []string     // columns that the rules use and the ledger does not have; they count as empty
}

// RulePreview says what a rule catches that none before it does.
type RulePreview struct {
	Caught     []finops.Row // by currency
	Values     int          // how many values it gives
	ShadowedBy []int        // the rules before it, from 1, that catch all that its filter matches; it catches nothing then
}

// Preview finds out what the rules of a dimension catch, whether or not it is kept.
func (w Dimensions) Preview(ctx context.Context, d rules.Dimension, opts PreviewOptions) (*Preview, error) {
	trial, err := w.try(ctx, d)
	if err != nil {
		return nil, err
	}
	q := finops.Question{Metrics: []finops.Metric{opts.Metric}, Where: opts.Where, From: opts.From, To: opts.To, Currency: opts.Currency}
	q.GroupBy = []string{engine.DimRule, finops.DimPrefix + d.Name}
	byRule, err := trial.Ask(ctx, q)
	if err != nil {
		return nil, err
	}
	q.GroupBy, q.Limit = []string{opts.LeftBy}, opts.Largest
	q.Where = finops.All(opts.Where, finops.If(finops.Condition{Column: engine.DimRule, Values: []*string{nil}}))
	left, err := trial.Ask(ctx, q)
	if err != nil {
		return nil, err
	}
	p := &Preview{Rules: make([]RulePreview, len(d.Rules)), Left: left.Totals, Largest: left.Rows, Totals: byRule.Totals, Missing: trial.Missing()}
	values := map[string]bool{} // rule and value
	for _, row := range byRule.Rows {
		if row.Keys[0] == nil {
			continue
		}
		rule, err := strconv.Atoi(*row.Keys[0])
		if err != nil {
			return nil, fmt.Errorf("preview: %w", err)
		}
		of := &p.Rules[rule-1]
		of.Caught = addRow(of.Caught, row)
		if value := *row.Keys[0] + " " + *row.Keys[1]; !values[value] {
			values[value] = true
			of.Values++
		}
	}
	q.Where, q.Limit = opts.Where, 0
	return p, shadows(ctx, trial, d, q, p)
}

// shadowsMost is how many rules are asked why they catch nothing; a question is asked for each.
const shadowsMost = 100

// shadows finds the rules that catch nothing since others before them catch it all.
func shadows(ctx context.Context, trial *engine.Trial, d rules.Dimension, q finops.Question, p *Preview) error {
	asked := 0
	all := q.Where
	q.GroupBy = []string{engine.DimRule}
	for i := range d.Rules {
		if len(p.Rules[i].Caught) > 0 {
			continue
		}
		if asked++; asked > shadowsMost {
			return nil
		}
		where := []finops.Filter{all, d.Rules[i].Where}
		if from := d.Rules[i].From; from != nil {
			where = append(where, finops.If(finops.Condition{Column: from.Column, Op: finops.OpNotIn, Values: []*string{nil}}))
		}
		q.Where = finops.All(where...)
		found, err := trial.Ask(ctx, q)
		if _, ok := errors.AsType[*finops.ColumnError](err); ok {
			continue // of a column that is empty everywhere, no rule can take anything away
		}
		if err != nil {
			return err
		}
		if p.Rules[i].ShadowedBy, err = rulesBefore(found.Rows, i+1); err != nil {
			return err
		}
	}
	return nil
}

// rulesBefore lists the rules of rows by DimRule; nil where a rule behind or none catches some.
func rulesBefore(rows []finops.Row, rule int) ([]int, error) {
	seen := map[int]bool{}
	for _, row := range rows {
		if row.Keys[0] == nil {
			return nil, nil
		}
		n, err := strconv.Atoi(*row.Keys[0])
		if err != nil {
			return nil, fmt.Errorf("preview: %w", err)
		}
		if n > rule {
			return nil, nil
		}
		seen[n] = true
	}
	return slices.Sorted(maps.Keys(seen)), nil
}

// addRow adds a row to that of its currency.
func addRow(rows []finops.Row, row finops.Row) []finops.Row {
	for i := range rows {
		if rows[i].Currency != row.Currency {
			continue
		}
		rows[i].Lines += row.Lines
		for m, sum := range row.Amounts {
			switch {
			case sum == nil:
			case rows[i].Amounts[m] == nil:
				rows[i].Amounts[m] = sum
			default:
				rows[i].Amounts[m].AddSum(*sum)
			}
		}
		return rows
	}
	return append(rows, finops.Row{Currency: row.Currency, Lines: row.Lines, Amounts: row.Amounts})
}
