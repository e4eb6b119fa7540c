package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/service"
)

// filterFlags say which charges are meant; several commands share them.
type filterFlags struct {
	where    []string
	scope    string
	from, to string
}

const whereHelp = "only charges that match `FILTER`, such as 'Provider = \"AWS\" and Tags/env is empty',\n" +
	"COLUMN=VALUE|VALUE, COLUMN!=VALUE or COLUMN~TEXT (contains); docs/filters.md describes it;\n" +
	"repeat the flag for filters that must all match"

func (f *filterFlags) register(cmd *cobra.Command) {
	f.registerWhere(cmd)
	f.registerScope(cmd)
	f.registerPeriod(cmd)
}

func (f *filterFlags) registerWhere(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.where, "where", nil, whereHelp)
}

func (f *filterFlags) registerScope(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.scope, "scope", "", "only charges of the scope of this `NAME`; scopes list shows them")
}

func (f *filterFlags) registerPeriod(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.from, "from", "", "first charge `DAY`, YYYY-MM-DD (UTC)")
	cmd.Flags().StringVar(&f.to, "to", "", "last charge `DAY`, which is included")
}

// charges is what the flags mean.
type charges struct {
	where    finops.Filter
	from, to *finops.Day
}

func (f *filterFlags) parse() (charges, error) {
	var out charges
	var err error
	if out.from, err = parseDay("--from", f.from); err != nil {
		return out, err
	}
	if out.to, err = parseDay("--to", f.to); err != nil {
		return out, err
	}
	if out.from != nil && out.to != nil && *out.to < *out.from {
		return out, finops.Errorf(finops.CodeInvalid, "The period ends before it begins: --from %s is after --to %s.", f.from, f.to)
	}
	for _, text := range f.where {
		part, err := parseWhere(text)
		if err != nil {
			return out, err
		}
		out.where.Parts = append(out.where.Parts, part)
	}
	return out, nil
}

// chosen is what the flags mean in a workspace: parse, and the scope.
func (f *filterFlags) chosen(ctx context.Context, w *service.Workspace) (charges, error) {
	out, err := f.parse()
	if err != nil {
		return out, err
	}
	out.where, err = f.inScope(ctx, w, out.where)
	return out, err
}

// inScope limits a filter to the scope that the flags name.
func (f *filterFlags) inScope(ctx context.Context, w *service.Workspace, where finops.Filter) (finops.Filter, error) {
	if f.scope == "" {
		return where, nil
	}
	s, err := w.Scopes.ByName(ctx, f.scope)
	return finops.All(s.Where, where), err
}

func parseWhere(text string) (finops.Filter, error) {
	part, err := filter.Parse(text)
	if e, ok := errors.AsType[*filter.Error](err); ok {
		return part, &whereError{text: text, at: e.Span, err: err}
	}
	if part.Everything() { // more likely an unset variable of a script than a wish
		return part, finops.Errorf(finops.CodeInvalid, "--where '%s' has no condition.", text)
	}
	return part, nil
}

// locate shows where the flags name the column that an error is about.
func (f *filterFlags) locate(err error) error {
	if e, ok := errors.AsType[*finops.ColumnError](err); ok {
		for _, text := range f.where {
			if at, found := filter.ColumnIn(text, e.Column); found {
				return &whereError{text: text, at: at, err: err}
			}
		}
	}
	return err
}

// whereError is an error about a place in the text of --where.
type whereError struct {
	text string
	at   filter.Span
	err  error
}

func (e *whereError) Error() string { return "--where: " + e.err.Error() }

// Unwrap gives the error its code and sentence.
func (e *whereError) Unwrap() error {
	return finops.WrapError(finops.CodeOf(e.err), e.err, "--where: %s", finops.MessageOf(e.err))
}

// excerpt is the line that the error is about, and carets under the place.
func (e *whereError) excerpt() []string {
	line := strings.Split(e.text, "\n")[e.at.Line-1]
	start := e.at.Offset - strings.LastIndexByte(e.text[:e.at.Offset], '\n') - 1
	end := min(start+e.at.Length, len(line))
	carets := max(1, runewidth.StringWidth(visible(line[start:end])))
	return []string{"  " + visible(line), strings.Repeat(" ", 2+runewidth.StringWidth(visible(line[:start]))) + strings.Repeat("^", carets)}
}

func parseDay(flag, text string) (*finops.Day, error) {
	if text == "" {
		return nil, nil
	}
	d, err := finops.ParseDay(text)
	if err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "%s: %s.", flag, finops.MessageOf(err))
	}
	return &d, nil
}

// columnNames spells a list of columns and refuses one that is named twice or not at all.
func columnNames(flag string, list []string) ([]string, error) {
	seen := map[string]bool{}
	names := make([]string, 0, len(list))
	for _, text := range list {
		name := filter.ColumnName(text)
		if name == "" {
			return nil, finops.Errorf(finops.CodeInvalid, "%s has an empty name in its list.", flag)
		}
		if seen[name] {
			return nil, finops.Errorf(finops.CodeInvalid, "%s names %s twice.", flag, name)
		}
		seen[name] = true
		names = append(names, name)
	}
	return names, nil
}

func parseMetrics(list []string) ([]finops.Metric, error) {
	var metrics []finops.Metric
	seen := map[finops.Metric]bool{}
	for _, text := range list {
		m, err := finops.ParseMetric(strings.TrimSpace(text))
		if err != nil {
			return nil, finops.WrapError(finops.CodeInvalid, err, "--metric: %s.", finops.MessageOf(err))
		}
		if !seen[m] {
			metrics = append(metrics, m)
		}
		seen[m] = true
	}
	if len(metrics) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "--metric needs at least one of BilledCost, EffectiveCost, ListCost and ContractedCost.")
	}
	return metrics, nil
}
