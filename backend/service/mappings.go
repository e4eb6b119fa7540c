package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/mappedfile"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/store"
)

// Mappings are what persons said of tables that no source knows.
type Mappings struct{ *workspace }

// inspectedRows is how many records a table is shown with, and mappableMost the number of
// files that Mappable looks at.
const (
	inspectedRows = 50
	mappableMost  = 200
)

// Table is a table that may become charges by a mapping.
type Table struct {
	Path       string
	Format     string
	Dialect    string
	Names      []string
	Rows       [][]*string // the first ones, in the order of Names; nil = no value
	Suggestion mappedfile.Suggestion
	Missing    []string // what the suggestion still needs, in sentences
	SeemsToBe  string   // a few words: "a list of prices"
	ReadBy     string   // why it needs no new mapping, a sentence; "" when nothing reads it yet
}

// SavedMapping is a mapping of the workspace. Problem says, in a sentence, why it cannot be
// used: it is then of another version of the program or damaged.
type SavedMapping struct {
	mappedfile.Mapping
	Version   int64 // raised by every change
	ChangedAt time.Time
	ChangedBy string
	Problem   string
}

// Trial is what a mapping makes of the beginning of a table.
type Trial struct {
	Missing []string // what the mapping still needs; nothing was read then
	Columns []source.Column
	Rows    [][]*string // the first ones; nil = no value
	Lines   int64       // records read
	Left    int64       // of them, those that cannot be read
	More    bool        // the table goes on behind them
	Rejects []source.Reject
	Totals  []TrialTotal
	// LeftCosts is what the lines that cannot be read are billed, by currency, as far as that can be
	// read; of LeftUnknown of them it cannot.
	LeftCosts   []TrialTotal
	LeftUnknown int64
	// Refused are choices that the values of the table contradict.
	Refused []mappedfile.Refusal
}

// TrialTotal is the exact sum of a cost column in one currency, over the records read.
type TrialTotal struct {
	Currency string
	Metric   finops.Metric
	Amount   finops.Sum
}

// InspectTable looks at a table that nothing reads yet and suggests a mapping for it. sources
// are asked whether one of them reads the file; nil asks nobody. It answers CodeNotFound for
// a file that is not there, and CodeInvalid, with what it seems to be, for one that is no table.
func InspectTable(ctx context.Context, sources source.Registry, path string) (*Table, error) {
	f, err := locate(ctx, path)
	if err != nil {
		return nil, err
	}
	l, err := opener.Look(ctx, f)
	if err != nil {
		return nil, err
	}
	defer func() { _ = l.Close() }() // it was only read
	seems := focusfile.Describe(l)
	t, err := mappedfile.Read(ctx, l, sampleRows)
	if err != nil {
		if finops.CodeOf(err) == finops.CodeInvalid {
			return nil, finops.WrapError(finops.CodeInvalid, err, "%s cannot be mapped: it seems to be %s.", filepath.Base(path), seems)
		}
		return nil, fmt.Errorf("look at %s: %w", path, err)
	}
	inspected := &Table{
		Path: path, Format: t.Format, Dialect: t.Dialect, Names: t.Names, Rows: t.Rows[:min(len(t.Rows), inspectedRows)], SeemsToBe: seems,
		Suggestion: mappedfile.Suggest(mappingName(f), t.Names, t.Rows),
	}
	inspected.Missing = inspected.Suggestion.Mapping.Missing()
	if r, _, ok, err := sources.Recognize(ctx, l); err == nil && ok {
		inspected.ReadBy = r.Reason
	}
	return inspected, nil
}

// Inspect is as the function of the same name; it asks also the mappings of the workspace.
func (w Mappings) Inspect(ctx context.Context, path string) (*Table, error) {
	sources, err := w.registry(ctx)
	if err != nil {
		return nil, err
	}
	return InspectTable(ctx, sources, path)
}

// mappingName suggests a name for the mapping of a file.
func mappingName(f source.File) string {
	name := filepath.Base(f.Name())
	for {
		ext := filepath.Ext(name)
		if ext == "" || ext == name || strings.ContainsAny(ext, " ") || len(ext) > 9 {
			break
		}
		name = strings.TrimSuffix(name, ext)
	}
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, "")))
	if runes := []rune(name); len(runes) > 80 {
		name = string(runes[:80])
	}
	if name == "" {
		return "Table"
	}
	return name
}

// locate finds the file that a path names; the path of an entry of an archive is that of the
// archive and the name of the entry, as the plan of an import names it.
func locate(ctx context.Context, path string) (source.File, error) {
	for at := filepath.Clean(path); ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err == nil && info.IsDir() {
			break
		}
		if err == nil {
			files, skipped, err := source.Expand(ctx, []string{at})
			if err != nil {
				return source.File{}, fmt.Errorf("look into %s: %w", at, err)
			}
			return pick(path, files, skipped)
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return source.File{}, finops.Errorf(finops.CodeInvalid, "%s is a folder. Name one file of it.", path)
	}
	return source.File{}, finops.Errorf(finops.CodeNotFound, "There is no file %s.", path)
}

func pick(path string, files []source.File, skipped []source.Skipped) (source.File, error) {
	for _, f := range files {
		if filepath.Clean(f.Name()) == filepath.Clean(path) {
			return f, nil
		}
	}
	for _, s := range skipped {
		if filepath.Clean(s.Path) == filepath.Clean(path) {
			return source.File{}, finops.Errorf(finops.CodeInvalid, "%s cannot be mapped. %s", filepath.Base(path), s.Reason)
		}
	}
	switch {
	case len(files) == 1 && filepath.Clean(files[0].Path) == filepath.Clean(path):
		return files[0], nil // an archive of one file
	case len(files) == 0:
		return source.File{}, finops.Errorf(finops.CodeInvalid, "%s is an archive without a file that could be read.", filepath.Base(path))
	}
	return source.File{}, finops.Errorf(finops.CodeInvalid, "%s is an archive of several files. Name one of them, for example %s.", filepath.Base(path), files[0].Name())
}

// Mappable returns those of the paths that are tables, so that a mapping could read them. Of
// many paths only the first ones are looked at.
func (w Mappings) Mappable(ctx context.Context, paths []string) ([]string, error) {
	mappable := []string{}
	for _, path := range paths[:min(len(paths), mappableMost)] {
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
		f, err := locate(ctx, path)
		if err != nil {
			continue // it is listed with its own reason
		}
		if w.mappable(ctx, f) {
			mappable = append(mappable, path)
		}
	}
	return mappable, nil
}

// mappable reports whether a file is a table that nothing reads yet: no older delivery of an
// export, not damaged, and no list of something else than charges.
func (w Mappings) mappable(ctx context.Context, f source.File) bool {
	l, err := opener.Look(ctx, f)
	if err != nil {
		return false
	}
	defer func() { _ = l.Close() }() // it was only read
	if _, _, known, err := w.sources.Recognize(ctx, l); known || err != nil || focusfile.HoldsNoCharges(l) {
		return false
	}
	_, err = mappedfile.Read(ctx, l, 1)
	return err == nil
}

// TryMapping reads the first records of a table with a mapping and adds them up. It answers
// CodeInvalid for a mapping that contradicts itself or names columns that the table lacks. Without a
// path only what is missing is said.
func TryMapping(ctx context.Context, path string, m mappedfile.Mapping) (trial *Trial, err error) {
	if strings.TrimSpace(m.Name) == "" {
		m.Name = "New mapping" // it may get its name when it is saved
	}
	if err := m.Check(); err != nil {
		return nil, err
	}
	trial = &Trial{Missing: m.Missing()}
	if path == "" {
		return trial, nil
	}
	f, err := locate(ctx, path)
	if err != nil {
		return trial, err
	}
	l, err := opener.Look(ctx, f)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	t, err := mappedfile.Read(ctx, l, inspectedRows)
	if err != nil {
		return nil, fmt.Errorf("look at %s: %w", path, err)
	}
	if trial.Refused = m.Refused(t.Names, t.Rows); len(trial.Missing) > 0 || len(trial.Refused) > 0 {
		return trial, nil
	}
	return trial, trial.read(ctx, l, m)
}

// read reads the first records.
func (t *Trial) read(ctx context.Context, l *source.Look, m mappedfile.Mapping) (err error) {
	lost := map[int64]mappedfile.Cost{}
	columns, r, err := mappedfile.Try(ctx, l, m, lost)
	if err != nil {
		return fmt.Errorf("try the mapping: %w", err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	t.Columns = columns
	tally, left := newTrialTally(columns), newTrialTally(nil)
	for t.Lines < sampleRows {
		b, err := r.Next(ctx)
		if errors.Is(err, io.EOF) {
			t.Totals, t.LeftCosts = tally.totals(), left.totals()
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", l.File.Name(), err)
		}
		for _, reject := range t.take(b, tally) {
			cost := lost[reject.Line]
			if cost.Known {
				left.sum(cost.Currency, finops.BilledCost, cost.Amount)
			} else {
				t.LeftUnknown++
			}
		}
		b.Release()
	}
	if !t.More {
		if b, err := r.Next(ctx); err == nil {
			b.Release()
			t.More = true
		}
	}
	t.Totals, t.LeftCosts = tally.totals(), left.totals()
	return nil
}

// take adds a batch, as far as the sample goes, since a batch of a large table holds more, and
// returns what of it cannot be read.
func (t *Trial) take(b *source.Batch, tally *trialTally) (left []source.Reject) {
	rows := int(min(int64(b.Rows), sampleRows-t.Lines))
	for row := range rows {
		tally.add(b, row)
		if len(t.Rows) < shownRows {
			t.Rows = append(t.Rows, cellsOf(b, row))
		}
	}
	t.Lines += int64(rows)
	t.More = rows < b.Rows
	for _, reject := range b.Rejects {
		if rows < b.Rows && reject.Line > b.Lines[rows-1] {
			continue
		}
		t.Lines++
		t.Left++
		left = append(left, reject)
		if len(t.Rejects) < shownRows {
			t.Rejects = append(t.Rejects, reject)
		}
	}
	return left
}

func cellsOf(b *source.Batch, row int) []*string {
	cells := make([]*string, b.Columns)
	for c := range cells {
		if field := b.Field(row, c); !finops.IsNull(field) {
			text := string(field)
			cells[c] = &text
		}
	}
	return cells
}

// trialTally adds the costs of a trial by currency.
type trialTally struct {
	currency int
	costs    map[finops.Metric]int
	sums     map[string]map[finops.Metric]*finops.Sum
}

func newTrialTally(columns []source.Column) *trialTally {
	t := &trialTally{currency: -1, costs: map[finops.Metric]int{}, sums: map[string]map[finops.Metric]*finops.Sum{}}
	for i, c := range columns {
		if !c.Focus {
			continue
		}
		if c.Name == "BillingCurrency" {
			t.currency = i
		}
		if slices.Contains(store.Measures[:store.CostCount], c.Name) {
			t.costs[finops.Metric(c.Name)] = i
		}
	}
	return t
}

func (t *trialTally) add(b *source.Batch, row int) {
	currency := ""
	if t.currency >= 0 {
		currency = string(b.Field(row, t.currency))
	}
	for metric, i := range t.costs {
		amount, err := finops.ParseAmount(b.Field(row, i))
		if err != nil {
			continue // no value
		}
		t.sum(currency, metric, amount)
	}
}

func (t *trialTally) sum(currency string, metric finops.Metric, amount finops.Amount) {
	if t.sums[currency] == nil {
		t.sums[currency] = map[finops.Metric]*finops.Sum{}
	}
	if t.sums[currency][metric] == nil {
		t.sums[currency][metric] = &finops.Sum{}
	}
	t.sums[currency][metric].Add(amount)
}

func (t *trialTally) totals() []TrialTotal {
	list := []TrialTotal{}
	for currency, sums := range t.sums {
		for metric, sum := range sums {
			list = append(list, TrialTotal{currency, metric, *sum})
		}
	}
	slices.SortFunc(list, func(a, b TrialTotal) int {
		if a.Currency != b.Currency {
			return strings.Compare(a.Currency, b.Currency)
		}
		return slices.Index(store.Measures[:], string(a.Metric)) - slices.Index(store.Measures[:], string(b.Metric))
	})
	return list
}
