package service

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
	"cloud-intelligence/backend/store"
)

// Migrations are the assessments of a workspace: what its estate would cost elsewhere.
type Migrations struct{ *workspace }

// AssessQuestion asks what a profile would cost on other clouds.
type AssessQuestion struct {
	Profile []byte     // JSON, with the fields of the wizard
	AsOf    finops.Day // stands for today
	Prices  string     // a folder with price tables; "" = those of the program
}

// AssessProfile makes an assessment that no workspace is needed for. It answers CodeInvalid for a profile with wrong fields, with
// migration.FieldErrors as the cause, what pricebook.Open answers for price tables that cannot be used, and the cause where ctx ends. Progress may be nil.
func AssessProfile(ctx context.Context, q AssessQuestion, progress migration.Progress) (*migration.Result, error) {
	book, err := priceTables(q.Prices)
	if err != nil {
		return nil, err
	}
	model, err := assess(ctx, q.Profile, book, q.AsOf, progress)
	if err != nil {
		return nil, err
	}
	return model.Result(), nil
}

func priceTables(dir string) (*pricebook.Book, error) {
	if dir == "" {
		return pricebook.BuiltIn()
	}
	return pricebook.Open(dir)
}

// assess makes an assessment with a price book, with wrong fields as AssessProfile answers them.
func assess(ctx context.Context, text []byte, book *pricebook.Book, asOf finops.Day, progress migration.Progress) (*migration.Model, error) {
	profile, err := migration.Decode(text, book, asOf)
	if _, wrong := errors.AsType[migration.FieldErrors](err); wrong {
		return nil, finops.WrapError(finops.CodeInvalid, err, "The profile has fields that are wrong; correct them and try again.")
	}
	if err != nil {
		return nil, err
	}
	return migration.NewModel(ctx, profile, book, asOf, progress)
}

// Assessment is an assessment of the workspace.
type Assessment struct {
	Name    string
	Profile json.RawMessage  // may still have wrong fields
	Origin  *migration.Draft // what the profile was made of; nil = a person wrote it
	Step    string           // of the form, where the person was; "" = the first one
	Tasks   map[string]migration.TaskEdit
	Version int64
	// ProfileVersion is the version with which the profile came to be as it is; tasks and the step change without it.
	ProfileVersion int64
	ChangedAt      time.Time
	ChangedBy      string
}

// MadeAssessment is what an assessment came to when it was made; it keeps its figures.
type MadeAssessment struct {
	ID      int64 // rises with each result
	Version int64 // of the profile
	AsOf    finops.Day
	MadeAt  time.Time
	MadeBy  string
	Result  migration.Result
}

// MadeInfo says when an assessment was made, and with what.
type MadeInfo struct {
	ID        int64  `json:"id"`      // rises with each result
	Version   int64  `json:"version"` // of the profile
	AsOf      string `json:"asOf"`
	MadeAt    string `json:"madeAt"`
	MadeBy    string `json:"madeBy"`
	PriceBook string `json:"priceBook"`
	TooClose  bool   `json:"tooClose"`
	Reason    string `json:"reason,omitempty"` // why no provider is recommended
	End       string `json:"end"`              // of the plan
}

// Info says when an assessment was made, and with what.
func (m *MadeAssessment) Info() MadeInfo {
	return MadeInfo{m.ID, m.Version, m.AsOf.String(), wire.Instant(m.MadeAt), m.MadeBy, m.Result.PriceBook.Version, m.Result.Recommendation.TooClose, m.Result.Recommendation.Reason, m.Result.Plan.End.String()}
}

// savedProfile is the content of an assessment as it is kept.
type savedProfile struct {
	Profile        json.RawMessage               `json:"profile"`
	Origin         *migration.Draft              `json:"origin,omitempty"`
	Step           string                        `json:"step,omitempty"`
	Tasks          map[string]migration.TaskEdit `json:"tasks,omitempty"` // by phase
	ProfileVersion int64                         `json:"profileVersion,omitempty"`
}

func (a *Assessment) saved() savedProfile {
	return savedProfile{a.Profile, a.Origin, a.Step, a.Tasks, a.ProfileVersion}
}

func assessmentOf(n store.Named) Assessment {
	var saved savedProfile
	_ = json.Unmarshal([]byte(n.Content), &saved) // a profile that cannot be read has all its fields wrong, which is shown
	return Assessment{
		Name: n.Name, Profile: saved.Profile, Origin: saved.Origin, Step: saved.Step, Tasks: saved.Tasks, Version: n.Version,
		ProfileVersion: cmp.Or(saved.ProfileVersion, n.Version), ChangedAt: n.ChangedAt, ChangedBy: n.ChangedBy,
	}
}

// List lists the assessments by name.
func (w Migrations) List(ctx context.Context) ([]Assessment, error) {
	saved, err := w.db.Assessments(ctx)
	if err != nil {
		return nil, fmt.Errorf("list assessments: %w", err)
	}
	list := make([]Assessment, len(saved))
	for i, n := range saved {
		list[i] = assessmentOf(n)
	}
	return list, nil
}

// ByName returns an assessment; CodeNotFound when there is none of the name.
func (w Migrations) ByName(ctx context.Context, name string) (Assessment, error) {
	list, err := w.List(ctx)
	if err != nil {
		return Assessment{}, err
	}
	names := make([]string, len(list))
	for i, a := range list {
		if names[i] = a.Name; rules.Key(a.Name) == rules.Key(name) {
			return a, nil
		}
	}
	return Assessment{}, notNamed("assessment", name, names)
}

// Save keeps a profile, also one with wrong fields, under the name of an assessment and returns its version; see Dimensions.Save for the
// version seen. Origin is what the profile was made of, nil where a person wrote it. It answers CodeInvalid for what is no JSON object.
func (w Migrations) Save(ctx context.Context, name string, profile []byte, origin *migration.Draft, seen int64) (int64, error) {
	name = strings.TrimSpace(name)
	if err := rules.CheckName("assessment", name); err != nil {
		return 0, err
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(profile, &object); err != nil || object == nil {
		return 0, finops.WrapError(finops.CodeInvalid, err, "The profile of %s is no JSON object with organization, workloads and requirements.", name)
	}
	return w.keep(ctx, name, savedProfile{Profile: profile, Origin: origin}, seen)
}

// Delete removes an assessment with its results; see Dimensions.Delete.
func (w Migrations) Delete(ctx context.Context, name string, seen int64) error {
	return withBoth(w.db.DeleteAssessment(ctx, name, seen, w.user, w.now()), assessmentOf)
}

// Check lists what is wrong in the profile of an assessment on a day.
func (w Migrations) Check(ctx context.Context, a Assessment, asOf finops.Day) (migration.FieldErrors, error) {
	book, err := w.Book(ctx)
	if err != nil {
		return nil, err
	}
	_, err = migration.Decode(a.Profile, book, asOf)
	wrong, _ := errors.AsType[migration.FieldErrors](err)
	return wrong, nil
}

// Make makes an assessment with the figures of today and keeps what it came to. Prices is a folder with price tables; "" = those of the workspace. Progress may be nil. See
// AssessProfile for the errors.
func (w Migrations) Make(ctx context.Context, name string, asOf finops.Day, prices string, progress migration.Progress) (*migration.Result, error) {
	a, err := w.ByName(ctx, name)
	if err != nil {
		return nil, err
	}
	var book *pricebook.Book
	if prices == "" {
		book, err = w.Book(ctx)
	} else {
		book, err = pricebook.Open(prices)
	}
	if err != nil {
		return nil, err
	}
	model, err := assess(ctx, a.Profile, book, asOf, progress)
	if err != nil {
		return nil, err
	}
	result := model.Result()
	if a.Origin != nil {
		result.Unmapped = a.Origin.Unmapped
	}
	text, err := json.Marshal(result)
	if err != nil {
		return nil, fmt.Errorf("write the result: %w", err)
	}
	_, err = w.db.AddAssessmentResult(ctx, a.Name, store.AssessmentResult{Version: a.ProfileVersion, AsOf: asOf.String(), MadeAt: w.now(), MadeBy: w.user, Result: string(text)})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// Newest is what an assessment came to the last time; nil where it was never made.
func (w Migrations) Newest(ctx context.Context, name string) (*MadeAssessment, error) {
	made, err := w.results(ctx, name, 1)
	if err != nil || len(made) == 0 {
		return nil, err
	}
	return &made[0], nil
}

// LastMade is when an assessment was made the last time; the zero time where it never was.
func (w Migrations) LastMade(ctx context.Context, name string) (time.Time, error) {
	kept, err := w.db.AssessmentResults(ctx, name, 1)
	if err != nil || len(kept) == 0 {
		return time.Time{}, err
	}
	return kept[0].MadeAt, nil
}

// resultsMost is how many results of an assessment can be chosen from.
const resultsMost = 50

// Results are what an assessment came to the last times, the newest first, at most fifty.
func (w Migrations) Results(ctx context.Context, name string) ([]MadeAssessment, error) {
	return w.results(ctx, name, resultsMost)
}

func (w Migrations) results(ctx context.Context, name string, most int) ([]MadeAssessment, error) {
	kept, err := w.db.AssessmentResults(ctx, name, most)
	if err != nil {
		return nil, err
	}
	list := make([]MadeAssessment, len(kept))
	for i, r := range kept {
		list[i] = MadeAssessment{ID: r.ID, Version: r.Version, MadeAt: r.MadeAt, MadeBy: r.MadeBy}
		if list[i].AsOf, err = finops.ParseDay(r.AsOf); err == nil {
			err = json.Unmarshal([]byte(r.Result), &list[i].Result)
		}
		if err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The result of the assessment %s cannot be read. Make it again.", name)
		}
	}
	return list, nil
}

// AssessmentChanges is how one result of an assessment differs from another.
type AssessmentChanges struct {
	Before, After MadeAssessment
	Lines         []migration.LineChange
}

// Compare compares two results of an assessment, by their ids; before 0 is the one before the other, after 0 the newest. It answers CodeNotFound where there is none of the name or the id, and CodeInvalid where
// it was not made twice.
func (w Migrations) Compare(ctx context.Context, name string, before, after int64) (*AssessmentChanges, error) {
	a, err := w.ByName(ctx, name)
	if err != nil {
		return nil, err
	}
	made, err := w.Results(ctx, a.Name)
	if err != nil {
		return nil, err
	}
	if len(made) < 2 {
		return nil, finops.Errorf(finops.CodeInvalid, "The assessment %s was not made twice, so that there is nothing to compare. Make it again with `migrate assess --name`.", a.Name)
	}
	find := func(id int64, other int) (int, error) {
		if id == 0 {
			return min(other, len(made)-1), nil
		}
		at := slices.IndexFunc(made, func(m MadeAssessment) bool { return m.ID == id })
		if at < 0 {
			return 0, finops.Errorf(finops.CodeNotFound, "The assessment %s has no result %d.", a.Name, id)
		}
		return at, nil
	}
	second, err := find(after, 0)
	if err != nil {
		return nil, err
	}
	first, err := find(before, second+1)
	if err != nil {
		return nil, err
	}
	return &AssessmentChanges{Before: made[first], After: made[second], Lines: migration.Compare(&made[first].Result, &made[second].Result)}, nil
}

// WithWorkloads puts lines into a profile, in place of those that it has. An empty profile is begun with the name of the
// organisation.
func WithWorkloads(profile []byte, name string, lines []migration.DraftLine) ([]byte, error) {
	object := map[string]json.RawMessage{}
	if len(profile) > 0 {
		if err := json.Unmarshal(profile, &object); err != nil {
			return nil, finops.WrapError(finops.CodeInvalid, err, "The profile is no JSON object with organization, workloads and requirements.")
		}
	}
	if object["organization"] == nil {
		text, err := json.Marshal(map[string]string{"name": name})
		if err != nil {
			return nil, fmt.Errorf("write the profile: %w", err)
		}
		object["organization"] = text
	}
	text, err := json.Marshal(slices.Clip(lines))
	if err != nil {
		return nil, fmt.Errorf("write the profile: %w", err)
	}
	object["workloads"] = text
	if text, err = json.Marshal(object); err != nil {
		return nil, fmt.Errorf("write the profile: %w", err)
	}
	return text, nil
}

// ReadWorkloads reads the lines of a table of machines, CSV or the first sheet of an Excel workbook: one with the names of the workload fields, RVTools (vInfo) or
// the import file of Azure Migrate. It answers CodeInvalid for another table.
func ReadWorkloads(ctx context.Context, path string) (*migration.Inventory, error) {
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		file, err := os.Open(path) //nolint:gosec // the person chose it
		if err != nil {
			return nil, finops.WrapError(finops.CodeNotFound, err, "The file %s cannot be opened.", path)
		}
		defer func() { _ = file.Close() }() // only read
		return readWorkbook(file)
	}
	in, err := csvfile.Open(ctx, source.File{Path: path})
	if err != nil {
		return nil, fmt.Errorf("read workloads: %w", err)
	}
	defer func() { _ = in.Close() }() // it was only read
	var rows []migration.Row
	for {
		batch, err := in.Next(ctx)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read workloads: %w", err)
		}
		for i := range batch.Rows {
			row := migration.Row{Number: batch.Lines[i]}
			for c := range batch.Columns {
				row.Cells = append(row.Cells, string(batch.Field(i, c)))
			}
			rows = append(rows, row)
		}
		batch.Release()
		if len(rows) > maxMachines {
			return nil, finops.Errorf(finops.CodeInvalid, "The table has more than %d machines; an assessment takes %d lines.", maxMachines, migration.MaxWorkloads)
		}
	}
	return migration.ReadLines(in.Layout().Names, rows)
}

// maxMachines is how many rows a table of machines may have; many may be switched off.
const maxMachines = 50_000
