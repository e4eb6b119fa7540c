package service

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/store"
)

// Start says what a new assessment is made of: the ledger, a template, or neither.
type Start struct {
	FromLedger bool
	Template   string // its name; "" = none
}

// Begin makes an assessment under a name that is not taken and returns it. It answers CodeConflict where the name is taken, and what FromLedger answers.
func (w Migrations) Begin(ctx context.Context, name string, start Start) (Assessment, error) {
	name = strings.TrimSpace(name)
	if err := rules.CheckName("assessment", name); err != nil {
		return Assessment{}, err
	}
	saved := savedProfile{}
	var err error
	switch {
	case start.FromLedger:
		saved.Profile, saved.Origin, err = w.FromLedger(ctx, name, nil, nil)
	case start.Template != "":
		saved.Profile, err = fromTemplate(name, start.Template)
	default:
		saved.Profile, err = json.Marshal(map[string]any{"organization": map[string]any{"name": name}, "workloads": []any{}, "requirements": map[string]any{}})
	}
	if err != nil {
		return Assessment{}, err
	}
	if _, err := w.keep(ctx, name, saved, 0); err != nil {
		return Assessment{}, err
	}
	return w.ByName(ctx, name)
}

func fromTemplate(name, template string) ([]byte, error) {
	all, err := migration.Templates()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(t migration.Template) bool { return t.Name == template })
	if at < 0 {
		return nil, finops.Errorf(finops.CodeNotFound, "There is no template %q.", template)
	}
	organization := map[string]any{"name": name}
	maps.Copy(organization, all[at].Organization)
	base, err := json.Marshal(map[string]any{"organization": organization, "requirements": map[string]any{}})
	if err != nil {
		return nil, fmt.Errorf("write the profile: %w", err)
	}
	return WithWorkloads(base, name, all[at].Workloads)
}

// keep writes what belongs to an assessment, if the stored one is of the version seen.
func (w Migrations) keep(ctx context.Context, name string, saved savedProfile, seen int64) (int64, error) {
	if saved.ProfileVersion == 0 {
		saved.ProfileVersion = max(seen, 0) + 1
	}
	text, err := json.Marshal(saved)
	if err != nil {
		return 0, fmt.Errorf("write the profile: %w", err)
	}
	version, err := w.db.SaveAssessment(ctx, store.Named{Name: name, Content: string(text), ChangedAt: w.now(), ChangedBy: w.user}, seen)
	return version, withBoth(err, assessmentOf)
}

// SaveDraft keeps a profile as far as it was typed, wrong fields included, and the step of the form where the person is. It returns the version, and what is
// wrong in the profile today. See Dimensions.Save for the version seen.
func (w Migrations) SaveDraft(ctx context.Context, name string, profile []byte, step string, seen int64) (version int64, wrong migration.FieldErrors, err error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(profile, &object); err != nil || object == nil {
		return 0, nil, finops.WrapError(finops.CodeInvalid, err, "The profile of %s is no JSON object with organization, workloads and requirements.", name)
	}
	saved := savedProfile{Profile: profile, Step: step}
	switch have, err := w.ByName(ctx, name); {
	case err == nil:
		saved.Origin, saved.Tasks = have.Origin, have.Tasks
		if same, err := json.Marshal(saved.Profile); err == nil && bytes.Equal(same, have.Profile) { // as it is kept
			saved.ProfileVersion = have.ProfileVersion
		}
		name = have.Name
	case finops.CodeOf(err) != finops.CodeNotFound:
		return 0, nil, err
	}
	if version, err = w.keep(ctx, name, saved, seen); err != nil {
		return 0, nil, err
	}
	wrong, err = w.Check(ctx, Assessment{Profile: profile}, w.today())
	return version, wrong, err
}

// Prefill replaces the lines of an assessment of the version seen with those that the ledger shows, and fills in nothing else.
func (w Migrations) Prefill(ctx context.Context, name string, seen int64) (Assessment, error) {
	have, err := w.ByName(ctx, name)
	if err != nil {
		return Assessment{}, err
	}
	saved := have.saved()
	saved.ProfileVersion = 0
	if saved.Profile, saved.Origin, err = w.FromLedger(ctx, have.Name, have.Profile, nil); err != nil {
		return Assessment{}, err
	}
	if _, err := w.keep(ctx, have.Name, saved, seen); err != nil {
		return Assessment{}, err
	}
	return w.ByName(ctx, have.Name)
}

// Duplicate makes an assessment of the same profile under a name that is not taken. Results and tasks stay with the first one.
func (w Migrations) Duplicate(ctx context.Context, name, as string) error {
	as = strings.TrimSpace(as)
	if err := rules.CheckName("assessment", as); err != nil {
		return err
	}
	have, err := w.ByName(ctx, name)
	if err != nil {
		return err
	}
	_, err = w.keep(ctx, as, savedProfile{Profile: have.Profile, Origin: have.Origin, Step: have.Step}, 0)
	return err
}

// taskText bounds the title and the note of a task, in characters.
const taskText = 2000

// taskDays bounds by how many days a task is moved.
const taskDays = 3650

// EditTask keeps what a person decided about a phase of the plan of an assessment, in place of what was decided before. The newest result must have the phase. A
// conflict has both as TaskDecision.
func (w Migrations) EditTask(ctx context.Context, name, phase string, edit migration.TaskEdit, seen int64) (int64, error) {
	edit.Title, edit.Note = strings.TrimSpace(edit.Title), strings.TrimSpace(edit.Note)
	if len([]rune(edit.Title)) > taskText || len([]rune(edit.Note)) > taskText {
		return 0, finops.Errorf(finops.CodeInvalid, "A title or note has at most %d characters.", taskText)
	}
	if edit.Moved < -taskDays || edit.Moved > taskDays {
		return 0, finops.Errorf(finops.CodeInvalid, "A task can be moved by at most %d days.", taskDays)
	}
	have, err := w.ByName(ctx, name)
	if err != nil {
		return 0, err
	}
	made, err := w.Newest(ctx, have.Name)
	if err != nil {
		return 0, err
	}
	if made == nil || !slices.ContainsFunc(made.Result.Plan.Phases, func(p migration.Phase) bool { return p.Name == phase }) {
		return 0, finops.Errorf(finops.CodeNotFound, "The plan of %s has no phase %q.", have.Name, phase)
	}
	saved := have.saved()
	saved.Tasks = maps.Clone(saved.Tasks)
	if saved.Tasks == nil {
		saved.Tasks = map[string]migration.TaskEdit{}
	}
	saved.Tasks[phase] = edit
	if edit == (migration.TaskEdit{}) {
		delete(saved.Tasks, phase)
	}
	version, err := w.keep(ctx, have.Name, saved, seen)
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	if !ok {
		return version, err
	}
	side := func(v any) any {
		a, ok := v.(Assessment)
		if !ok {
			return nil // it was deleted
		}
		return TaskDecision{phase, a.Tasks[phase], a.Version, a.ChangedAt, a.ChangedBy}
	}
	return 0, finops.WrapError(finops.CodeConflict, &finops.ConflictError{Have: side(conflict.Have), Want: side(conflict.Want)}, "%s", finops.MessageOf(err))
}

// TaskDecision is what was decided about a phase of a plan, for whoever must choose between two.
type TaskDecision struct {
	Phase     string
	Edit      migration.TaskEdit
	Version   int64 // of the assessment
	ChangedAt time.Time
	ChangedBy string
}

// Model calculates an assessment as its newest result was made, ready for questions of what would be if. It answers CodeInvalid where the profile or the
// price tables are not those of the result.
func (w Migrations) Model(ctx context.Context, name string) (*migration.Model, error) {
	a, err := w.ByName(ctx, name)
	if err != nil {
		return nil, err
	}
	made, err := w.Newest(ctx, a.Name)
	if err != nil {
		return nil, err
	}
	book, err := w.Book(ctx)
	if err != nil {
		return nil, err
	}
	if made == nil || made.Version != a.ProfileVersion || made.Result.PriceBook.Version != book.Version() {
		return nil, finops.Errorf(finops.CodeInvalid, "The profile or the price tables changed since %s was assessed. Assess it again to try other assumptions.", a.Name)
	}
	return assess(ctx, a.Profile, book, made.AsOf, nil)
}

// Review is what an assessment would come to, before anything is kept: what stands in the way, and what is not known.
type Review struct {
	Result *migration.Result
	Gaps   []migration.Gap
}

// Review looks at a profile that has no wrong fields. See AssessProfile for the errors.
func (w Migrations) Review(ctx context.Context, name string) (*Review, error) {
	a, err := w.ByName(ctx, name)
	if err != nil {
		return nil, err
	}
	book, err := w.Book(ctx)
	if err != nil {
		return nil, err
	}
	model, err := assess(ctx, a.Profile, book, w.today(), nil)
	if err != nil {
		return nil, err
	}
	return &Review{model.Result(), model.Gaps()}, nil
}

// pastedOrder are the columns of pasted cells that have no header.
var pastedOrder = []string{"name", "type", "environment", "count", "vcpu", "memory_gib", "cpu_p95", "mem_p95", "os", "block_gib"}

// ReadPasted reads lines that were copied from a spreadsheet: cells separated by tabs, or as CSV. Without a header the columns are name, type, environment,
// count, vcpu, memory_gib, cpu_p95, mem_p95, os and block_gib.
func ReadPasted(text string) (*migration.Inventory, error) {
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord, in.LazyQuotes, in.TrimLeadingSpace = -1, true, true
	switch first, _, _ := strings.Cut(text, "\n"); {
	case strings.Contains(first, "\t"):
		in.Comma, in.TrimLeadingSpace = '\t', false
	case strings.Contains(first, ";") && !strings.Contains(first, ","):
		in.Comma = ';'
	}
	var rows [][]string
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, finops.WrapError(finops.CodeInvalid, err, "The pasted cells cannot be read. Copy them from a spreadsheet, or paste CSV.")
		}
		rows = append(rows, cells)
	}
	return inventoryOf(rows, true)
}

// inventoryOf reads a table whose first row is the header; plain says that it may have none.
func inventoryOf(rows [][]string, plain bool) (*migration.Inventory, error) {
	if len(rows) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "There are no cells.")
	}
	header, first := rows[0], 1
	if plain && !slices.ContainsFunc(header, func(cell string) bool {
		return slices.Contains([]string{"name", "vm", "servername", "server name", "server name *", "*server name"}, strings.ToLower(strings.TrimSpace(cell)))
	}) {
		header, first = pastedOrder, 0
	}
	if len(rows)-first > maxMachines {
		return nil, finops.Errorf(finops.CodeInvalid, "The table has more than %d machines; an assessment takes %d lines.", maxMachines, migration.MaxWorkloads)
	}
	list := make([]migration.Row, 0, len(rows))
	for i, cells := range rows[first:] {
		list = append(list, migration.Row{Number: int64(first + i + 1), Cells: cells[:min(len(cells), len(header))]})
	}
	return migration.ReadLines(header, list)
}

// readWorkbook reads the first sheet of an Excel workbook.
func readWorkbook(in io.Reader) (*migration.Inventory, error) {
	rows, err := report.ReadSheet(in, maxMachines+1)
	if err != nil {
		return nil, err
	}
	return inventoryOf(rows, false)
}
