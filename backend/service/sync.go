package service

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// Syncs bring in the bills of connections.
type Syncs struct{ *workspace }

// SyncOptions of a sync.
type SyncOptions struct {
	// From is the first month to bring in, YYYY-MM; "" = that of the connection.
	From string
}

// syncParams is what the row of a sync keeps.
type syncParams struct {
	Connection string `json:"connection"` // its id
	From       string `json:"from,omitempty"`
}

// SyncResult is what a sync came to.
type SyncResult struct {
	Months []SyncedMonth // that were brought in
	Failed []SyncedMonth // with their Problem
	Named  int           // accounts whose names were brought in; 0 = none has another name than before
	// NamesProblem is why the names of accounts could not be read, as a sentence; "" = they could, or are not wanted.
	NamesProblem string
	Extras       []string // what else was read beside bills, as a person calls it
	Skipped      []string // what of it could not be, each with the reason
	Changes      SyncChanges
	Run          store.SyncRun
}

// SyncedMonth is what became of one month of one data set.
type SyncedMonth struct {
	DataSet  string
	Month    string // YYYY-MM; "" = the place does not distinguish months
	Lines    int64
	ImportID int64 // 0 = every file was known
	Problem  string
}

// name is how a person calls it: "Nov 2026 of exports/daily".
func (m SyncedMonth) name() string {
	if name, extra := source.ExtraName(m.DataSet); extra {
		return name
	}
	month, err := finops.ParseMonth(m.Month)
	switch {
	case err != nil:
		return cmp.Or(m.DataSet, "all files")
	case m.DataSet == "":
		return month.Words()
	}
	return month.Words() + " of " + m.DataSet
}

// monthNames names months of several data sets, the data sets in the order of the list: "Jul – Nov 2026 of exports/daily".
func monthNames(list []SyncedMonth) string {
	var sets []string
	months := map[string][]finops.Month{}
	for _, m := range list {
		if !slices.Contains(sets, m.DataSet) {
			sets = append(sets, m.DataSet)
		}
		if month, err := finops.ParseMonth(m.Month); err == nil {
			months[m.DataSet] = append(months[m.DataSet], month)
		}
	}
	names := make([]string, len(sets))
	for i, set := range sets {
		of := months[set]
		slices.Sort(of)
		switch names[i] = finops.MonthRanges(slices.Compact(of)); {
		case len(of) == 0:
			names[i] = SyncedMonth{DataSet: set}.name()
		case set != "":
			names[i] += " of " + set
		}
	}
	return strings.Join(names, ", ")
}

// Start syncs a connection as a job, whose result is a *SyncResult. It brings in every month whose
// files are others than those that were brought in last. A job that was interrupted goes on where it was. after, when set,
// is called once the work has ended, before that is reported.
func (w Syncs) Start(ctx context.Context, name string, opts SyncOptions, after func()) (job.Job, error) {
	c, err := Connections(w).ByName(ctx, name)
	if err != nil {
		return job.Job{}, err
	}
	if opts.From == "" {
		opts.From = c.From
	} else {
		if _, err := finops.ParseMonth(opts.From); err != nil {
			return job.Job{}, err
		}
	}
	return w.book.Start(ctx, KindSync, "Sync "+c.Name, syncParams{c.ID, opts.From}, nil, after)
}

// History returns the newest syncs of a connection, newest first; name "" = of all, limit 0 = all.
func (w Syncs) History(ctx context.Context, name string, limit int) ([]store.SyncRun, error) {
	id := ""
	if name != "" {
		c, err := Connections(w).ByName(ctx, name)
		if err != nil {
			return nil, err
		}
		id = c.ID
	}
	return w.runs(ctx, id, limit)
}

// runs lists syncs. One without an end that no process has is interrupted.
func (w *workspace) runs(ctx context.Context, connection string, limit int) ([]store.SyncRun, error) {
	runs, err := w.db.SyncRuns(ctx, connection, limit)
	if err != nil || !slices.ContainsFunc(runs, func(r store.SyncRun) bool { return r.EndedAt.IsZero() }) {
		return runs, err
	}
	jobs, err := w.book.List(ctx, 0)
	if err != nil {
		return nil, err
	}
	live := map[string]bool{} // connections that are synced now; only their newest run can be the one
	for _, j := range jobs {
		var p syncParams
		if j.Kind == KindSync && j.State.Live() && json.Unmarshal(j.Params, &p) == nil {
			live[p.Connection] = true
		}
	}
	for i, r := range runs {
		if r.EndedAt.IsZero() && !live[r.Connection] {
			runs[i].State = string(job.Interrupted)
		}
		live[r.Connection] = false
	}
	return runs, nil
}

// syncing is one run of a sync.
type syncing struct {
	Syncs
	h          *job.Handle
	c          Connection
	from       string
	connection source.Connection
	door       *network.Door
	stage      stage
	run        store.SyncRun
	result     SyncResult
	delivered  int         // months that were to be imported so far
	turn       turn        // of the syncs of the workspace
	before     monthTotals // of the ledger before the first month was brought in; nil = none was
	lent       monthTotals // of the ledger when the turn was given away after that; nil = it was not
	progress
}

// again is a sync from what its row keeps. Syncs of one workspace follow each other.
func (w Syncs) again(ctx context.Context, h *job.Handle, text json.RawMessage) (_ any, err error) {
	var p syncParams
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, finops.WrapError(finops.CodeCorrupt, err, "The parameters of this sync are damaged. Start it again.")
	}
	s := &syncing{Syncs: w, h: h, from: p.From, stage: w.stage(p.Connection)}
	if s.c, err = w.byID(ctx, p.Connection); err != nil {
		return nil, err
	}
	s.turn.of = w.syncTurn
	defer s.turn.give()
	if err := s.take(ctx); err != nil {
		return nil, err
	}
	release, err := s.stage.lock()
	if err != nil {
		return nil, err
	}
	defer release()
	if s.run.ID, err = w.db.BeginSyncRun(ctx, s.c.ID, w.user, w.now()); err != nil {
		return nil, err
	}
	err = s.whole(ctx)
	if kept := s.end(context.WithoutCancel(ctx), err); err == nil {
		err = kept
	}
	if err != nil {
		return nil, err
	}
	return &s.result, nil
}

func (w Syncs) byID(ctx context.Context, id string) (Connection, error) {
	list, err := Connections(w).List(ctx)
	if err != nil {
		return Connection{}, err
	}
	for _, c := range list {
		if c.ID == id {
			return c, nil
		}
	}
	return Connection{}, finops.Errorf(finops.CodeNotFound, "The connection was removed.")
}

// walksMax is how often a place is listed anew because it changed while it was read.
const walksMax = 3

// whole lists the place and brings in what changed; it lists again where the place changed meanwhile.
func (s *syncing) whole(ctx context.Context) (err error) {
	if s.connection, s.door, err = Connections(s.Syncs).connect(ctx, s.c, source.Reach{Waiting: waitingIn(s.h), Notice: s.notes, From: s.from, Prompt: s.lending(s.prompts(s.h))}); err != nil {
		return err
	}
	defer s.door.Close()
	defer func() { _ = s.connection.Close() }() // nothing was written to the place
	for walk := 1; ; walk++ {
		s.h.Message("Looking for new bills of " + s.c.Name)
		groups, err := source.Groups(ctx, s.connection)
		if err != nil {
			return err
		}
		s.result.Failed = nil
		changed, err := s.walk(ctx, groups)
		switch {
		case err != nil:
			return err
		case !changed:
			return s.failure()
		}
		if walk == walksMax {
			return finops.Errorf(finops.CodeUnavailable, "The provider writes the exports of %s again and again. Sync later.", s.c.Name)
		}
	}
}

// failure says which months could not be brought in, once all others are.
func (s *syncing) failure() error {
	if len(s.result.Failed) == 0 {
		return nil
	}
	first := s.result.Failed[0]
	return finops.Errorf(finops.CodeInvalid, "%d of %d months of %s could not be brought in. %s: %s",
		len(s.result.Failed), len(s.result.Failed)+len(s.result.Months), s.c.Name, first.name(), first.Problem)
}

// walk brings in what changed of a listing. It reports whether the place changed meanwhile; then
// what is left needs a new listing.
func (s *syncing) walk(ctx context.Context, groups []source.Group) (changed bool, err error) {
	todo, err := s.todo(ctx, groups)
	if err != nil {
		return false, err
	}
	s.expect(todo)
	var states []string
	for _, g := range todo {
		states = append(states, g.State())
	}
	if err := s.stage.keepOnly(states); err != nil {
		return false, err
	}
	for i, g := range todo {
		if err := s.take(ctx); err != nil {
			return false, err
		}
		s.place = ""
		if len(todo) > 1 {
			s.place = fmt.Sprintf(", %d of %d", i+1, len(todo))
		}
		err := s.month(ctx, g)
		switch code := finops.CodeOf(err); {
		case errors.Is(err, errFetch) && (code == finops.CodeConflict || code == finops.CodeNotFound):
			changed = true
		case err != nil:
			return changed, err
		}
		if err := s.keep(ctx); err != nil {
			return changed, err
		}
	}
	return changed, nil
}

// todo leaves out the months that are there in this state, and those before the first one.
func (s *syncing) todo(ctx context.Context, groups []source.Group) ([]source.Group, error) {
	synced, err := s.db.Synced(ctx, s.c.ID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(groups, func(g source.Group) bool {
		return (g.Month != "" && g.Month < s.from) || slices.ContainsFunc(synced, func(have store.Synced) bool {
			return have.DataSet == g.DataSet && have.Month == g.Month && have.State == g.State()
		})
	}), nil
}

// errFetch marks an error of fetching, as against one of importing.
var errFetch = errors.New("fetch")

// month fetches a month and imports it. A month that cannot be imported is noted; the error is one
// that ends the run, or says that the place changed.
func (s *syncing) month(ctx context.Context, g source.Group) error {
	m := SyncedMonth{DataSet: g.DataSet, Month: g.Month}
	folder := s.stage.folder(g.State())
	before, size := s.done, int64(0)
	s.fetches(m.name(), 0)
	part := 0
	err := g.Fetch(ctx, measured{s.connection, func(bytes int) {
		part += bytes
		s.fetches(m.name(), int64(part))
	}}, folder, func(o source.Object) error {
		size += o.Size
		s.done += o.Size
		part = 0
		s.fetches(m.name(), 0)
		return s.h.Continue(ctx)
	})
	s.notice = ""
	if err != nil {
		s.done = before
		return s.unfetched(ctx, g, err)
	}
	if err := s.take(ctx); err != nil { // the sign-in may have ended while it was fetched
		return err
	}
	switch g.Holds {
	case source.Names:
		return s.keepNames(ctx, g, folder, size)
	case source.Documents, source.Budgets:
		return s.keepExtra(ctx, g, folder, size)
	case source.Bills:
	}
	if s.before == nil {
		if s.before, err = s.monthTotals(ctx); err != nil {
			return err
		}
	}
	result, err := s.bringIn(ctx, folder, m)
	switch code := finops.CodeOf(err); {
	case code == finops.CodeInvalid || code == finops.CodeConflict || code == finops.CodeUnsupported || code == finops.CodeCorrupt:
		m.Problem = finops.MessageOf(err)
		s.result.Failed = append(s.result.Failed, m)
		return nil
	case err != nil:
		return err
	}
	m.Lines, m.ImportID = result.Lines, result.ImportID
	s.result.Months = append(s.result.Months, m)
	s.run.Months++
	s.run.Files += int64(len(g.Objects))
	s.run.Lines += result.Lines
	err = s.db.KeepSynced(ctx, store.Synced{Connection: s.c.ID, DataSet: g.DataSet, Month: g.Month, State: g.State(), ImportID: result.ImportID, Files: int64(len(g.Objects)), Bytes: size, At: s.now()}, s.user)
	if err != nil {
		return err
	}
	if err := s.noteChanges(ctx); err != nil {
		return err
	}
	return s.stage.drop(g.State())
}

// bringIn imports what was fetched, as files are imported. The export of a connection is what a person
// chose, so that it takes the place of what the ledger has of the same bills.
func (s *syncing) bringIn(ctx context.Context, folder string, m SyncedMonth) (*ingest.Result, error) {
	plan, err := Imports(s.Syncs).Plan(ctx, []string{folder})
	if err != nil {
		return nil, err
	}
	s.deliver(plan, m)
	if len(plan.Files) == 0 {
		reason := "the export has no files"
		if len(plan.Skipped) > 0 {
			reason = plan.Skipped[0].Reason
		}
		return nil, finops.Errorf(finops.CodeInvalid, "No bill was found in what was fetched: %s", reason)
	}
	result, err := Imports(s.Syncs).Run(ctx, plan, ImportOptions{unattended: true, wait: s.h.Continue, Progress: func(p ingest.Progress) {
		s.h.Progress(s.done, s.total, s.run.Lines+p.Lines, "Reading "+m.name()+s.place)
	}})
	if err == nil && len(result.Conflicts) > 0 {
		return nil, finops.Errorf(finops.CodeConflict, "Its files overlap with bills of the workspace: %s", result.Conflicts[0].Reason)
	}
	return result, err
}

// deliver names the delivery that the files of a month belong to, where the provider names none. A later one takes the place of what the connection has
// brought in of the month before, also of days that have no charges any more. Files of no month have no order: each takes the place of its own earlier states only.
func (s *syncing) deliver(plan *Plan, m SyncedMonth) {
	d := source.Delivery{Series: strings.Join([]string{"sync", s.c.ID, m.DataSet, m.Month}, "\x00")}
	if m.Month != "" {
		s.delivered++
		d.At = fmt.Sprintf("%019d %06d", s.run.ID, s.delivered)
	}
	for i := range plan.Files {
		if f := &plan.Files[i].Recognition.File; f.Delivery.Series == "" {
			f.Delivery = d
		}
	}
}

// keep writes down how far the run is.
func (s *syncing) keep(ctx context.Context) error {
	if s.connection != nil {
		u := s.connection.Usage()
		s.run.Calls, s.run.Retries, s.run.Received = u.Calls, u.Retries, u.Received
	}
	if charged, ok := s.connection.(source.Charged); ok {
		s.run.Charged = charged.Charges()
	}
	if s.run.State == "" {
		s.run.State = string(job.Running)
	}
	if s.run.State == string(job.Running) && len(s.result.Months) > 0 {
		s.run.Note = s.summary() // of a run that is killed
	}
	var spoken []store.Contact
	if s.door != nil {
		spoken = contacts(s.door)
	}
	return s.db.KeepSyncRun(ctx, s.run, spoken, s.user, s.now())
}

// end writes down how the run ended.
func (s *syncing) end(ctx context.Context, failed error) error {
	s.run.State, s.run.EndedAt, s.run.Note = string(job.Done), s.now(), s.summary()
	if failed == nil {
		failed = s.noteChanges(ctx)
	}
	switch {
	case finops.CodeOf(failed) == finops.CodeCancelled:
		s.run.State, s.run.Note = string(job.Cancelled), finops.MessageOf(failed)
	case finops.CodeOf(failed) == finops.CodeUnavailable || finops.CodeOf(failed) == finops.CodeThrottled:
		s.run.State, s.run.Note = SyncUnanswered, finops.MessageOf(failed)
	case failed != nil:
		s.run.State, s.run.Note = string(job.Failed), finops.MessageOf(failed)
	}
	err := s.keep(ctx)
	s.result.Run = s.run
	if failed == nil {
		s.h.Finish(job.Outcome{Files: s.run.Files, Lines: s.run.Lines, Note: s.run.Note})
	}
	return err
}

// namesMost is how many things a summary names.
const namesMost = 3

// fewNames names the first of a list, and says how many more there are.
func fewNames(list []string) string {
	if len(list) <= namesMost+1 {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:namesMost], ", "), len(list)-namesMost)
}

// summary says what changed.
func (s *syncing) summary() string {
	var parts []string
	if len(s.result.Months) > 0 {
		parts = append(parts, "Imported "+monthNames(s.result.Months)+".")
	}
	if s.result.Named > 0 {
		parts = append(parts, "Read the names of "+source.Things(s.result.Named, "account")+".")
	}
	if len(s.result.Extras) > 0 {
		parts = append(parts, "Read "+fewNames(s.result.Extras)+".")
	}
	if len(parts) == 0 {
		parts = append(parts, "Nothing to do: no bill has changed since the last sync.")
	}
	if s.result.NamesProblem != "" {
		parts = append(parts, "Account names could not be read: "+s.result.NamesProblem)
	}
	if len(s.result.Skipped) > 0 {
		parts = append(parts, "Not read: "+strings.Join(s.result.Skipped, " "))
	}
	if noting, ok := s.connection.(source.Noting); ok && noting.Note() != "" {
		parts = append(parts, noting.Note())
	}
	return strings.Join(parts, " ")
}
