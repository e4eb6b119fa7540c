package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sort"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/opener"
)

// PlannedFile is a file that an import would read.
type PlannedFile struct {
	ingest.Item
	Known          bool // this very file is imported already
	SampleLines    int
	EstimatedLines int64
	Providers      []string
	Periods        []string // billing months YYYY-MM
	Currencies     []string
	FirstRows      [][]*string // up to 20, in the order of Recognition.Columns; nil = no value
	Warnings       []string

	linesRead int64 // to plan it
}

// Plan is what an import of some paths would do.
type Plan struct {
	Paths   []string // that were looked at
	Files   []PlannedFile
	Skipped []source.Skipped
	// Examined is what reading the files to their end has shown; nil = only their beginnings were read.
	Examined *ingest.Examination
}

// sampleRows is how many records Plan looks at, and shownRows how many it shows.
const (
	sampleRows = 2000
	shownRows  = 20
)

// PlanProgress says how far a look at files is.
type PlanProgress struct {
	File              string // that is looked at now
	Files, FilesTotal int64  // looked at, of those found; 0 in all while folders are searched
	Lines             int64  // of the samples
}

// Plan looks at the beginnings of files and folders and says what an import would read, without changing
// anything. Files that are no billing files are listed as skipped with what they seem
// to be.
func (w Imports) Plan(ctx context.Context, paths []string) (*Plan, error) {
	return w.plan(ctx, paths, func(PlanProgress) {})
}

func (w Imports) plan(ctx context.Context, paths []string, report func(PlanProgress)) (*Plan, error) {
	files, skipped, err := source.Expand(ctx, paths)
	if err != nil {
		return nil, fmt.Errorf("look into the paths: %w", err)
	}
	known, err := ingest.KnownFiles(ctx, w.db)
	if err != nil {
		return nil, fmt.Errorf("list known files: %w", err)
	}
	sources, err := w.registry(ctx)
	if err != nil {
		return nil, err
	}
	files, left := w.sources.Select(files)
	plan := &Plan{Paths: paths, Skipped: append(skipped, left...)}
	progress := PlanProgress{FilesTotal: int64(len(files))}
	for i, f := range files {
		progress.File, progress.Files = f.Name(), int64(i)
		report(progress)
		planned, reason, err := w.planFile(ctx, sources, known, f)
		if ctx.Err() != nil { // a cancelled look must not be taken for a file that cannot be read
			return nil, planCancelled(ctx)
		}
		if err != nil {
			return nil, err
		}
		if reason != "" {
			plan.Skipped = append(plan.Skipped, source.Skipped{Path: f.Name(), Reason: reason})
			continue
		}
		progress.Lines += planned.linesRead
		plan.Files = append(plan.Files, *planned)
	}
	return plan, nil
}

// planFile opens a file once, or says in a sentence why it is not imported.
func (w Imports) planFile(ctx context.Context, sources source.Registry, known *ingest.Known, f source.File) (planned *PlannedFile, reason string, err error) {
	l, err := opener.Look(ctx, f)
	if err != nil {
		return nil, finops.MessageOf(err), nil
	}
	defer func() { _ = l.Close() }() // it was only read
	rec, src, ok, err := w.recognize(ctx, sources, l)
	if err != nil {
		return nil, finops.MessageOf(err), nil
	}
	if !ok {
		return nil, focusfile.Describe(l), nil
	}
	planned = &PlannedFile{Item: ingest.Item{Recognition: rec, Source: src}, Warnings: rec.Warnings}
	have, _, err := known.Find(ctx, f, false)
	if err != nil && ctx.Err() == nil && finops.CodeOf(err) != finops.CodeInternal {
		return nil, finops.MessageOf(err), nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("compare with known files: %w", err)
	}
	planned.Known = have != nil
	if err := planned.sample(ctx, l); finops.CodeOf(err) == finops.CodeInvalid {
		return nil, finops.MessageOf(err), nil
	} else if err != nil {
		return nil, "", err
	}
	return planned, "", nil
}

func planCancelled(ctx context.Context) error {
	return finops.WrapError(finops.CodeCancelled, context.Cause(ctx), "The preview was cancelled; nothing was imported.")
}

// sample reads the first records of the file.
func (p *PlannedFile) sample(ctx context.Context, l *source.Look) (err error) {
	t, err := l.Table(ctx)
	if err != nil {
		return fmt.Errorf("begin %s again: %w", l.File.Name(), err)
	}
	reader, err := p.Source.Read(ctx, p.Recognition, t)
	if err != nil {
		return fmt.Errorf("open %s: %w", l.File.Name(), err)
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	b, err := reader.Next(ctx)
	if err != nil {
		return nil // an empty or damaged file: importing it says what is wrong
	}
	defer b.Release()
	columns := map[string]int{}
	for i, c := range p.Recognition.Columns {
		if c.Focus {
			columns[c.Name] = i
		}
	}
	seen := map[string]map[string]bool{}
	rows := min(b.Rows, sampleRows)
	for row := range rows {
		p.look(b, row, columns, seen)
	}
	p.SampleLines = rows
	p.estimate(ctx, reader, int64(b.Rows), l.Header.Records)
	p.Providers, p.Currencies = sorted(seen["ProviderName"]), sorted(seen["BillingCurrency"])
	if len(p.Providers) == 0 {
		p.Providers = sorted(seen["ServiceProviderName"])
	}
	p.Periods = sorted(seen["BillingPeriodStart"])
	return nil
}

// estimate counts the records of a small file. Those of a larger one are as many as it states,
// or are estimated from the share of it that was read.
func (p *PlannedFile) estimate(ctx context.Context, reader source.Reader, lines, stated int64) {
	var err error
	for lines < sampleRows && err == nil {
		var b *source.Batch
		if b, err = reader.Next(ctx); err == nil {
			lines += int64(b.Rows)
			b.Release()
		}
	}
	p.EstimatedLines, p.linesRead = lines, lines
	switch read, size := reader.Progress(), p.Recognition.File.Size; {
	case errors.Is(err, io.EOF):
	case stated > lines:
		p.EstimatedLines = stated
	case read > 0 && read < size:
		p.EstimatedLines = int64(float64(size) / float64(read) * float64(lines))
	}
}

func (p *PlannedFile) look(b *source.Batch, row int, columns map[string]int, seen map[string]map[string]bool) {
	for _, name := range []string{"ProviderName", "ServiceProviderName", "BillingCurrency", "BillingPeriodStart"} {
		i, ok := columns[name]
		if !ok {
			continue
		}
		value := b.Field(row, i)
		if finops.IsNull(value) {
			continue
		}
		text := string(value)
		if name == "BillingCurrency" {
			text = ingest.SpellCurrency(value)
		}
		if name == "BillingPeriodStart" {
			sec, ok := finops.ParseTime(value)
			if !ok {
				continue
			}
			text = finops.DayOfUnix(sec).Month().String()
		}
		if seen[name] == nil {
			seen[name] = map[string]bool{}
		}
		seen[name][text] = true
	}
	if row >= shownRows {
		return
	}
	shown := make([]*string, b.Columns)
	for c := range shown {
		if field := b.Field(row, c); !finops.IsNull(field) {
			text := string(field)
			shown[c] = &text
		}
	}
	p.FirstRows = append(p.FirstRows, shown)
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for s := range set {
		list = append(list, s)
	}
	sort.Strings(list)
	return list
}
