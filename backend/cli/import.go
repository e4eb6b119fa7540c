package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
)

type importFlags struct {
	strict  bool
	overlap string
	answers []string
	dryRun  bool
	json    bool
}

func (r *runner) importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import PATH...",
		Short: "Import billing files, folders and .zip archives",
		Long: `Import reads billing files, the files of folders at any depth, and the entries of .zip archives, as one
import: either all of them count afterwards or the workspace is as it was. It makes the workspace
when there is none.

A bill is what one provider charges one billing account for one month. An export that holds a newer
state of a bill replaces it; a further part of a bill is added to it; a file that was imported before is
left alone. Where that is not clear, nothing is imported (exit code 3) and the files and the possible answers
are named: --overlap decides for all of them, --answer for one.

A bill that comes from two exports (FOCUS and the native one), or in two views (actual and amortized),
counts once: one of them is used and the other is excluded from totals; "bills" lists which.

With --dry-run everything is read and checked, and what would change is printed: nothing is imported.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return finops.Errorf(finops.CodeInvalid, "Say what to import: a file, a folder or a .zip archive. See `%s --help`.", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return r.runImport(cmd.Context(), args, f) },
	}
	cmd.Flags().BoolVar(&f.strict, "strict", false, "import nothing when any line cannot be read")
	cmd.Flags().StringVar(&f.overlap, "overlap", string(ingest.OverlapAsk), "what to do with a bill that the workspace has already: `ask|replace|add`")
	cmd.Flags().StringArrayVar(&f.answers, "answer", nil, "the same for one file, which can be left out too: `FILE=replace|add|leave`; may be repeated")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "show what would change and import nothing")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

func (r *runner) runImport(ctx context.Context, paths []string, f importFlags) error {
	overlap := ingest.Overlap(f.overlap)
	switch overlap {
	case ingest.OverlapAsk, ingest.OverlapReplace, ingest.OverlapAdd:
	default:
		return finops.Errorf(finops.CodeInvalid, "--overlap is %q; it can be ask, replace or add.", f.overlap)
	}
	path, err := r.path()
	if err != nil {
		return err
	}
	w, created, err := r.openOrCreate(ctx, path)
	if err != nil {
		return err
	}
	opts := service.ImportOptions{Strict: f.strict, Overlap: overlap}
	if f.dryRun {
		opts.Review = ingest.ReviewAlways
	}
	imported, err := r.importInto(ctx, w, paths, opts, f)
	if created && !imported {
		// An empty workspace would be left behind by a command that did nothing.
		_ = w.Discard(context.WithoutCancel(ctx)) // the reason why nothing was imported is the one to report
		return err
	}
	if closed := w.Close(); err == nil && closed != nil {
		return closed
	}
	return err
}

// openOrCreate opens the workspace, or makes it where there is none. Another import may make
// or give up the same workspace at this moment.
func (r *runner) openOrCreate(ctx context.Context, path string) (w *service.Workspace, created bool, err error) {
	const tries = 3
	for range tries {
		if w, err = service.Open(ctx, path, r.options()); finops.CodeOf(err) != finops.CodeNotFound {
			return w, false, err
		}
		if w, err = r.create(ctx, path); finops.CodeOf(err) != finops.CodeConflict {
			return w, err == nil, err
		}
	}
	return nil, false, err
}

// create makes a workspace that is called as its file.
func (r *runner) create(ctx context.Context, path string) (*service.Workspace, error) {
	name := filepath.Base(path)
	if stem := strings.TrimSuffix(name, filepath.Ext(name)); stem != "" {
		name = stem
	}
	return service.Create(ctx, path, name, r.options())
}

func (r *runner) importInto(ctx context.Context, w *service.Workspace, paths []string, opts service.ImportOptions, f importFlags) (imported bool, err error) {
	plan, err := w.Imports.Plan(ctx, paths)
	if err != nil {
		return false, err
	}
	if err := refuseSkipped(plan, paths); err != nil {
		for _, s := range plan.Skipped {
			r.note("%s", skippedText(s))
		}
		return false, err
	}
	if opts.Answers, err = answersFor(plan, f.answers); err != nil {
		return false, err
	}
	p := newProgress(r.err)
	opts.Progress = p.show
	result, err := runImport(ctx, w, plan, opts)
	p.end()
	if err != nil {
		return false, err
	}
	return r.imported(result, plan, f)
}

// runImport imports as a job and waits for it.
func runImport(ctx context.Context, w *service.Workspace, plan *service.Plan, opts service.ImportOptions) (*ingest.Result, error) {
	started, err := w.Imports.Start(ctx, plan, opts, nil)
	if err != nil {
		return nil, err
	}
	return importResult(w.Jobs.Wait(ctx, started.ID))
}

// importResult is what an import job came to.
func importResult(made any, err error) (*ingest.Result, error) {
	if err != nil {
		return nil, err
	}
	result, ok := made.(*ingest.Result)
	if !ok {
		return nil, fmt.Errorf("an import has the result %T", made)
	}
	return result, nil
}

func (r *runner) imported(result *ingest.Result, plan *service.Plan, f importFlags) (imported bool, err error) {
	if f.json {
		err = writeJSON(r.out, importJSON(result, plan.Skipped))
	} else {
		err = r.printImport(result, plan.Skipped)
	}
	if err != nil {
		return result.ImportID != 0, err
	}
	return result.ImportID != 0, r.printTroubles(result)
}

// refuseSkipped answers an error when a file that the person named cannot be read, or
// when nothing is left to import. What is found in folders and archives may be skipped.
func refuseSkipped(plan *service.Plan, paths []string) error {
	named := map[string]bool{}
	for _, p := range paths {
		named[filepath.Clean(p)] = true
	}
	for _, s := range plan.Skipped {
		if info, err := os.Stat(s.Path); named[filepath.Clean(s.Path)] && (err != nil || !info.IsDir()) {
			return finops.Errorf(finops.CodeInvalid, "Nothing was imported, because %s cannot be imported.", s.Path)
		}
	}
	if len(plan.Files) == 0 {
		return finops.Errorf(finops.CodeInvalid, "Nothing was imported: no billing file was found in %s.", strings.Join(paths, ", "))
	}
	return nil
}

// answersFor reads FILE=ANSWER. A file is named as it is printed, or by the end of its path
// where that names one file only.
func answersFor(plan *service.Plan, given []string) (map[string]ingest.Overlap, error) {
	answers := map[string]ingest.Overlap{}
	paths := make([]string, len(plan.Files))
	for i, f := range plan.Files {
		paths[i] = f.Recognition.File.Name()
	}
	for _, g := range given {
		cut := strings.LastIndex(g, "=")
		name, answer := g[:max(cut, 0)], ingest.Overlap(g[cut+1:])
		if cut <= 0 {
			answer = ""
		}
		switch answer {
		case ingest.OverlapReplace, ingest.OverlapAdd, ingest.OverlapLeave:
		default:
			return nil, finops.Errorf(finops.CodeInvalid, "--answer is %q; it is FILE=replace, FILE=add or FILE=leave.", g)
		}
		found := namedFiles(paths, name)
		if len(found) != 1 {
			return nil, finops.Errorf(finops.CodeInvalid, "--answer names %q, but %s of this import are called so.", name, things(int64(len(found)), "file"))
		}
		answers[paths[found[0]]] = answer
	}
	return answers, nil
}

func skippedText(s source.Skipped) string { return s.Path + ": " + skippedReason(s) }

func skippedReason(s source.Skipped) string {
	// A source describes what the file seems to be; the search for files says a sentence.
	if strings.HasPrefix(s.Reason, "a ") || strings.HasPrefix(s.Reason, "an ") {
		return sentence("It is not a billing file that this version reads; it seems to be " + s.Reason)
	}
	return sentence(s.Reason)
}

func (r *runner) printImport(result *ingest.Result, skipped []source.Skipped) error {
	var totals []ingest.Total
	for _, file := range result.Files {
		totals = append(totals, file.Totals...)
		text := things(file.Lines, "line") + ", " + strings.TrimSpace(file.Format+" "+file.Version)
		if file.Known {
			text = "imported before, nothing to do"
		}
		if err := r.print("%s: %s\n", visible(file.File.Name()), text); err != nil {
			return err
		}
	}
	for _, s := range skipped {
		r.note("Skipped %s", skippedText(s))
	}
	for _, b := range result.Replaced {
		if err := r.print("Replaced the bill of %s: %s before, %s now.\n", visible(billText(b.Bill)), things(b.Before.Lines, "line"), things(b.Now.Lines, "line")); err != nil {
			return err
		}
	}
	for _, b := range result.Added {
		if err := r.print("Added %s to the bill of %s.\n", visible(filepath.Base(b.File)), visible(billText(b.Bill))); err != nil {
			return err
		}
	}
	for _, n := range result.NotCounted {
		if err := r.print("%s\n", visible(notCountedText(n))); err != nil {
			return err
		}
	}
	for _, b := range result.Same {
		if err := r.print("%s comes from two exports and counts once: %s is used, %s is excluded from totals.\n", visible(billText(b.Bill)), visible(billSourceText(b.Counted)), visible(billSourceText(b.Excluded))); err != nil {
			return err
		}
	}
	for i := range result.Changes {
		if err := r.print("\nWhat changed: "); err != nil {
			return err
		}
		if err := r.printChange(&result.Changes[i]); err != nil {
			return err
		}
	}
	if result.NeedsReview {
		if err := r.print("\nNothing was imported: this was a dry run.\n\n"); err != nil {
			return err
		}
	} else if result.ImportID == 0 {
		return nil
	}
	t := table{}
	for i, name := range []string{"Currency", "Month", "Metric", "Control total"} {
		t.column(name, i == 3)
	}
	for _, total := range sumTotals(totals) {
		t.rows = append(t.rows, []string{orNone(total.Currency), total.Month.String(), string(total.Metric), finops.Grouped(total.Amount.String())})
	}
	if result.ImportID != 0 {
		if err := r.print("Import %d: %s.\n\n", result.ImportID, things(result.Lines, "line")); err != nil {
			return err
		}
	}
	return t.write(r.out)
}

// sumTotals adds the totals of files by currency, month and metric.
func sumTotals(totals []ingest.Total) []ingest.Total {
	type key struct {
		currency string
		month    finops.Month
		metric   finops.Metric
	}
	at := map[key]int{}
	var sums []ingest.Total
	for _, t := range totals {
		k := key{t.Currency, t.Month, t.Metric}
		if i, ok := at[k]; ok {
			sums[i].Amount.AddSum(t.Amount)
			continue
		}
		at[k] = len(sums)
		sums = append(sums, t)
	}
	ingest.SortTotals(sums)
	return sums
}

// printTroubles warns of lines that could not be read, and answers CodeConflict when a
// person has to decide.
func (r *runner) printTroubles(result *ingest.Result) error {
	for _, left := range result.LeftOut {
		r.note("Warning: %s was left out. %s", left.File.Name(), sentence(finops.MessageOf(left.Reason)))
	}
	for _, file := range result.Files {
		for _, w := range file.Warnings {
			r.note("Warning: %s: %s", file.File.Name(), w)
		}
		if file.Rejects > 0 && !file.Known {
			r.note("Warning: %s of %s could not be read. `%s imports rejects %d` lists them.", things(file.Rejects, "line"), file.File.Name(), program, result.ImportID)
		}
	}
	return r.printConflicts(result.Conflicts)
}

// printConflicts asks what is to be done with files that overlap, and offers the answers that may
// be right.
func (r *runner) printConflicts(conflicts []ingest.Conflict) error {
	if len(conflicts) == 0 {
		return nil
	}
	all := []ingest.Overlap{ingest.OverlapReplace, ingest.OverlapAdd}
	for _, c := range conflicts {
		beside := ""
		switch {
		case c.Within:
			beside = ", beside " + c.ExistingFile + " of the same import"
		case c.ExistingFile != "":
			beside = ", compared with " + c.ExistingFile
		}
		r.note("%s: %s%s: %s", billText(c.Bill), c.File, beside, sentence(c.Reason))
		r.note("  %s has %s", filepath.Base(c.File), sideText(c.New))
		r.note("  %s has %s", filepath.Base(cmp.Or(c.ExistingFile, "the workspace")), sideText(c.Existing))
		r.note("  Difference: %s", costsText(c.Difference))
		all = slices.DeleteFunc(all, func(a ingest.Overlap) bool { return !slices.Contains(c.Answers, a) })
	}
	r.note("Answers that can be right:")
	for _, a := range all {
		r.note("  --overlap %-8s %s", a, overlapWords[a])
	}
	noted := map[string]bool{}
	for _, c := range conflicts {
		files := []string{c.File}
		if c.Within && slices.Contains(c.Answers, ingest.OverlapLeave) {
			files = append(files, c.ExistingFile)
		}
		for i, file := range files {
			for _, a := range c.Answers {
				line := fmt.Sprintf("  --answer %s  %s", shellWord(file+"="+string(a)), answerWords[a])
				if (i == 0 || a == ingest.OverlapLeave) && !noted[line] {
					noted[line] = true
					r.note("%s", line)
				}
			}
		}
	}
	return finops.Errorf(finops.CodeConflict, "Nothing was imported, because these files overlap. Run the import again with one of the answers above.")
}

// sideText says what a file has of a bill: "20 lines, 2026-05-01 to 2026-05-20, billed 46.00 USD".
func sideText(s ingest.Side) string {
	if s.Lines == 0 {
		return "no lines"
	}
	return fmt.Sprintf("%s, %s to %s, billed %s", things(s.Lines, "line"), s.FirstDay, s.LastDay, costsText(s.Costs))
}

// costsText says billed costs, and effective ones beside those that differ: "0.00 USD, effective 1,230.00 USD".
func costsText(costs []ingest.Money) string {
	texts := make([]string, len(costs))
	for i := range costs {
		c := &costs[i]
		billed, effective, currency := readable(&c.Billed, c.Currency), readable(&c.Effective, c.Currency), orNone(c.Currency)
		texts[i] = billed + " " + currency
		if effective != billed {
			texts[i] += ", effective " + effective + " " + currency
		}
	}
	return strings.Join(texts, " and ")
}

var overlapWords = map[ingest.Overlap]string{
	ingest.OverlapReplace: "use the new files in place of what the workspace has",
	ingest.OverlapAdd:     "count both",
}

var answerWords = map[ingest.Overlap]string{
	ingest.OverlapReplace: "use this file in place of what the workspace has",
	ingest.OverlapAdd:     "count both",
	ingest.OverlapLeave:   "leave this file out",
}

// shellWord quotes a word for a shell where it needs it.
func shellWord(word string) string {
	if strings.IndexFunc(word, func(c rune) bool {
		return !strings.ContainsRune("/.=_-:@%+,", c) && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
	}) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func notCountedText(n ingest.NotCounted) string {
	if n.Within {
		return fmt.Sprintf("%s: %s of %s are in %s of the same import, too, and count once.", billText(n.Bill), things(n.Lines, "line"), filepath.Base(n.File), filepath.Base(n.ExistingFile))
	}
	return fmt.Sprintf("%s: %s of %s do not count, because the workspace has a later state of them, from %s.", billText(n.Bill), things(n.Lines, "line"), filepath.Base(n.File), filepath.Base(n.ExistingFile))
}

// billSourceText names an export of a bill by its file.
func billSourceText(v ingest.BillSource) string {
	return exportText(v.Export, v.Part) + " in " + shortFiles(v.Files)
}

func billText(b ingest.Bill) string {
	parts := []string{b.Provider, "account " + b.Account, b.Month.String()}
	if b.Provider == "" {
		parts[0] = "an unnamed provider"
	}
	if b.Account == "" {
		parts[1] = "no account"
	}
	return strings.Join(parts, ", ")
}

// readFileJSON is a file that an import read.
type readFileJSON struct {
	File     string         `json:"file"`
	Format   string         `json:"format"`
	Version  string         `json:"version"`
	Lines    int64          `json:"lines"`
	Rejects  int64          `json:"rejects"`
	Periods  []finops.Month `json:"periods"`
	Totals   []ingest.Total `json:"totals"`
	Known    bool           `json:"known"` // the workspace had it already
	SHA256   string         `json:"sha256"`
	Warnings []string       `json:"warnings"`
}

func importJSON(result *ingest.Result, skipped []source.Skipped) any {
	return struct {
		Imports  []readFileJSON `json:"imports"`
		ImportID int64          `json:"importId" cli:"null"` // null when nothing was imported
		service.ImportChanges
		Skipped []service.SkippedFile `json:"skipped"`
	}{
		wire.Each(result.Files, func(f ingest.FileResult) readFileJSON {
			return readFileJSON{f.File.Name(), f.Format, f.Version, f.Lines, f.Rejects, f.Periods, f.Totals, f.Known, f.SHA256, f.Warnings}
		}),
		result.ImportID, service.ChangesOf(result), wire.Each(skipped, func(s source.Skipped) service.SkippedFile {
			return service.SkippedFile{Path: s.Path, Reason: skippedReason(s)}
		}),
	}
}
