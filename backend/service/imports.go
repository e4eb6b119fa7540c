package service

import (
	"context"
	"fmt"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store"
)

// Imports brings files into a workspace and takes them back.
type Imports struct{ *workspace }

// Run imports the files of a plan as one import; see ingest.Run. Files that were found to be
// damaged are left out. The budgets are evaluated with what counts then.
func (w Imports) Run(ctx context.Context, plan *Plan, opts ImportOptions) (result *ingest.Result, err error) {
	err = w.withAlerts(ctx, func() error {
		result, err = w.run(ctx, plan, opts)
		return err
	})
	return result, err
}

func (w Imports) run(ctx context.Context, plan *Plan, opts ImportOptions) (*ingest.Result, error) {
	result, err := ingest.Run(ctx, w.db, w.itemsOf(plan), ingest.Options{Strict: opts.Strict, Overlap: opts.Overlap, Unattended: opts.unattended, Answers: plan.withoutDamaged(opts.Answers), Review: opts.Review, User: w.user, Now: w.now, Progress: opts.Progress, Continue: opts.wait, Ask: opts.ask})
	if result != nil {
		result.LeftOut = append(plan.damaged(), result.LeftOut...)
	}
	return result, err
}

// ImportOptions of an import.
type ImportOptions struct {
	Strict   bool
	Overlap  ingest.Overlap            // "" = ask
	Answers  map[string]ingest.Overlap // by the name of a file of the plan; see ingest.Options
	Review   ingest.Review
	Progress func(ingest.Progress)

	unattended bool                        // see ingest.Options, as the next
	wait       func(context.Context) error // Continue
	ask        func(context.Context, *ingest.Result) (map[string]ingest.Overlap, error)
}

// ImportInfo describes an import that was made.
type ImportInfo struct {
	store.Import
	State    ImportState
	Files    []store.ImportFile
	Slices   []store.Slice
	Totals   []ingest.Total // control totals of the import
	Replaces []int64        // imports of which it replaced bills
	Standing Standing
}

// Standing says what became of the lines of an import.
type Standing struct {
	Counted    int64
	Replaced   int64   // newer imports took the place of them
	ReplacedBy []int64 // those imports
	NotCounted int64   // another export or view of their bill is used
	Undone     int64   // of files that were taken back
}

func (s *Standing) add(slice store.Slice) {
	switch {
	case slice.State == "active":
		s.Counted += slice.Lines
	case slice.State == "undone":
		s.Undone += slice.Lines
	case slice.Unused:
		s.NotCounted += slice.Lines
	default:
		s.Replaced += slice.Lines
		if slice.ReplacedBy != 0 {
			s.ReplacedBy = appendOnce(s.ReplacedBy, slice.ReplacedBy)
		}
	}
}

// Undo takes an import back.
func (w Imports) Undo(ctx context.Context, importID int64) error {
	if err := w.prepare(ctx); err != nil {
		return err
	}
	return w.withAlerts(ctx, func() error { return w.db.UndoImport(ctx, importID, w.user, w.now(), ingest.Decide) })
}

// UndoFile takes one file of an import back; the last one takes the import back. It answers
// CodeNotFound for a file that is not there or was undone, CodeUnsupported for one of an import of
// several files that an older version made.
func (w Imports) UndoFile(ctx context.Context, fileID int64) error {
	files, err := w.db.Files(ctx)
	if err != nil {
		return fmt.Errorf("list files: %w", err)
	}
	at := slices.IndexFunc(files, func(f store.ImportFile) bool { return f.ID == fileID })
	if at < 0 {
		return finops.Errorf(finops.CodeNotFound, "This file is not there.")
	}
	others := slices.ContainsFunc(files, func(f store.ImportFile) bool {
		return f.ImportID == files[at].ImportID && f.ID != fileID && !f.Undone && f.Lines > 0
	})
	if !others {
		return w.Undo(ctx, files[at].ImportID)
	}
	if err := w.prepare(ctx); err != nil {
		return err
	}
	return w.withAlerts(ctx, func() error { return w.db.UndoFile(ctx, fileID, w.user, w.now(), ingest.Decide) })
}

// Rejects returns a page of the lines of an import that could not be read.
func (w Imports) Rejects(ctx context.Context, importID int64, offset, limit int) ([]store.RejectRow, int, error) {
	return w.db.Rejects(ctx, importID, offset, limit)
}

// List lists the imports, newest first, with their files, bills and control totals.
func (w Imports) List(ctx context.Context) ([]ImportInfo, error) {
	imports, err := w.db.Imports(ctx)
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	files, err := w.db.Files(ctx)
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	owned, err := w.db.Slices(ctx)
	if err != nil {
		return nil, fmt.Errorf("list bills: %w", err)
	}
	totals, err := w.db.ControlTotals(ctx)
	if err != nil {
		return nil, fmt.Errorf("list control totals: %w", err)
	}
	infos := make([]ImportInfo, len(imports))
	byID := map[int64]*ImportInfo{}
	for i, imp := range imports {
		infos[i] = ImportInfo{Import: imp}
		byID[imp.ID] = &infos[i]
	}
	for _, f := range files {
		if info := byID[f.ImportID]; info != nil {
			info.Files = append(info.Files, f)
		}
	}
	owner := map[int64]store.Slice{}
	for _, s := range owned {
		owner[s.ID] = s
		if info := byID[s.ImportID]; info != nil {
			info.Slices = append(info.Slices, s)
			info.Standing.add(s)
		}
		if by := byID[s.ReplacedBy]; by != nil {
			by.Replaces = appendOnce(by.Replaces, s.ImportID)
		}
	}
	for i := range infos {
		infos[i].State = stateOf(infos[i])
		infos[i].Totals = sumTotals(totals, owner, infos[i].ID)
	}
	return infos, nil
}

func appendOnce(list []int64, id int64) []int64 {
	for _, have := range list {
		if have == id {
			return list
		}
	}
	return append(list, id)
}

// ImportState says how much of what an import brought counts.
type ImportState string

// The states of an import.
const (
	ImportActive           ImportState = "active"            // all of its bills count
	ImportPartlySuperseded ImportState = "partly_superseded" // some of its bills count: others were replaced, or undone with their file
	ImportSuperseded       ImportState = "superseded"        // newer exports took the place of all of its bills
	ImportExcluded         ImportState = "excluded"          // other exports of its bills are used
	ImportUndone           ImportState = "undone"            // taken back
)

func stateOf(info ImportInfo) ImportState {
	if info.Import.State == "undone" {
		return ImportUndone
	}
	active, excluded, left := 0, 0, len(info.Slices)
	for _, s := range info.Slices {
		switch {
		case s.State == "undone" && s.Lines == 0:
			left-- // of a file that an answer left out: its lines were never counted
		case s.State == "active":
			active++
		case s.Unused:
			excluded++
		}
	}
	switch {
	case active == left:
		return ImportActive
	case active == 0 && excluded > 0:
		return ImportExcluded
	case active == 0:
		return ImportSuperseded
	}
	return ImportPartlySuperseded
}

// sumTotals adds the control totals of an import's bills by currency and month.
func sumTotals(totals []store.ControlTotal, owner map[int64]store.Slice, importID int64) []ingest.Total {
	type key struct {
		currency string
		month    finops.Month
		metric   finops.Metric
	}
	sums := map[key]*finops.Sum{}
	for _, t := range totals {
		s := owner[t.SliceID]
		if s.ImportID != importID || t.Known == 0 {
			continue
		}
		k := key{t.Currency, s.Month, t.Metric}
		if sums[k] == nil {
			sums[k] = &finops.Sum{}
		}
		sums[k].AddSum(t.Amount)
	}
	list := make([]ingest.Total, 0, len(sums))
	for k, s := range sums {
		list = append(list, ingest.Total{Currency: k.currency, Month: k.month, Metric: k.metric, Amount: *s})
	}
	ingest.SortTotals(list)
	return list
}
