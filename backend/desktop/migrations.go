package desktop

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// Migrations lets the page keep assessments of a migration and see what they come to.
type Migrations struct{ d *Desktop }

func (m *Migrations) today() finops.Day { return finops.DayOfUnix(m.d.opts.Now().Unix()) }

// Form returns the table of rules, and what the fields of the form can be filled with.
func (m *Migrations) Form() (form MigrationForm, err error) {
	defer caught(&err)
	book, err := pricebook.BuiltIn()
	if err != nil {
		return form, err
	}
	templates, err := migration.Templates()
	if err != nil {
		return form, err
	}
	return migrationForm(book, templates, m.today()), nil
}

// List lists the assessments by name.
func (m *Migrations) List() (infos []AssessmentInfo, err error) {
	defer caught(&err)
	infos = []AssessmentInfo{}
	err = m.d.session.use(func(ws *service.Workspace) error {
		all, err := ws.Migrations.List(m.d.ctx)
		if err != nil {
			return err
		}
		for i := range all {
			info, err := m.info(ws, &all[i])
			if err != nil {
				return err
			}
			infos = append(infos, info)
		}
		return nil
	})
	return infos, err
}

func (m *Migrations) info(ws *service.Workspace, a *service.Assessment) (info AssessmentInfo, err error) {
	var profile struct {
		Workloads []json.RawMessage `json:"workloads"`
	}
	_ = json.Unmarshal(a.Profile, &profile) // what is no list has no lines
	wrong, err := ws.Migrations.Check(m.d.ctx, *a, m.today())
	if err != nil {
		return info, err
	}
	made, err := ws.Migrations.Newest(m.d.ctx, a.Name)
	if err != nil {
		return info, err
	}
	info = AssessmentInfo{
		Name: a.Name, Version: a.Version, Step: a.Step, Workloads: len(profile.Workloads), Wrong: len(wrong), ChangedAt: wire.Instant(a.ChangedAt), ChangedBy: a.ChangedBy,
		Standing: []StandingEntry{},
	}
	if made != nil {
		info.Made, info.Outdated, info.Standing = new(made.Info()), made.Version != a.ProfileVersion, standingEntries(&made.Result)
	}
	return info, nil
}

// Open returns an assessment for its form.
func (m *Migrations) Open(name string) (draft AssessmentDraft, err error) {
	defer caught(&err)
	err = m.d.session.use(func(ws *service.Workspace) error {
		a, err := ws.Migrations.ByName(m.d.ctx, name)
		if err != nil {
			return err
		}
		draft, err = m.draft(ws, &a)
		return err
	})
	return draft, err
}

func (m *Migrations) draft(ws *service.Workspace, a *service.Assessment) (AssessmentDraft, error) {
	wrong, err := ws.Migrations.Check(m.d.ctx, *a, m.today())
	return assessmentDraft(a, wrong), err
}

// New makes an assessment: from the bills of the last complete month, from a template, or empty where neither is said.
func (m *Migrations) New(name string, fromLedger bool, template string) (draft AssessmentDraft, err error) {
	defer caught(&err)
	err = m.d.changing("Making an assessment", func(ws *service.Workspace) error {
		a, err := ws.Migrations.Begin(m.d.ctx, name, service.Start{FromLedger: fromLedger, Template: template})
		if err != nil {
			return err
		}
		draft, err = m.draft(ws, &a)
		return err
	})
	return draft, err
}

// Save keeps a profile as far as it was typed, if the stored one is of the version seen; 0 = there was none.
func (m *Migrations) Save(name, profile, step string, version int64) (saved SavedDraft, err error) {
	defer caught(&err)
	err = m.d.changing("Saving an assessment", func(ws *service.Workspace) error {
		now, wrong, err := ws.Migrations.SaveDraft(m.d.ctx, name, []byte(profile), step, version)
		saved = SavedDraft{now, fieldProblems(wrong)}
		return err
	})
	return saved, err
}

// Prefill replaces the workloads with those that the bills of the last complete month show.
func (m *Migrations) Prefill(name string, version int64) (draft AssessmentDraft, err error) {
	defer caught(&err)
	err = m.d.changing("Reading the bills", func(ws *service.Workspace) error {
		a, err := ws.Migrations.Prefill(m.d.ctx, name, version)
		if err != nil {
			return err
		}
		draft, err = m.draft(ws, &a)
		return err
	})
	return draft, err
}

// Duplicate makes an assessment of the same profile under another name.
func (m *Migrations) Duplicate(name, as string) (err error) {
	defer caught(&err)
	return m.d.changing("Duplicating an assessment", func(ws *service.Workspace) error { return ws.Migrations.Duplicate(m.d.ctx, name, as) })
}

// Delete removes an assessment with its results if the stored one is of the version seen.
func (m *Migrations) Delete(name string, version int64) (err error) {
	defer caught(&err)
	return m.d.changing("Deleting an assessment", func(ws *service.Workspace) error { return ws.Migrations.Delete(m.d.ctx, name, version) })
}

// ChooseFile asks for a table of machines; "" when the person cancelled.
func (m *Migrations) ChooseFile() (path string, err error) {
	defer caught(&err)
	window, err := m.d.window()
	if err != nil {
		return "", err
	}
	paths, err := window.OpenFilesDialog(Dialog{Title: "Choose a table of machines", Filters: []Filter{{"CSV files and Excel workbooks", "*.csv;*.xlsx"}, {"All files", "*"}}})
	if err != nil {
		return "", errDialog(err)
	}
	if len(paths) == 0 {
		return "", nil
	}
	return paths[0], nil
}

// ReadFile reads workloads from a table of machines: with the names of the workload fields, RVTools or Azure Migrate.
func (m *Migrations) ReadFile(path string) (lines WorkloadLines, err error) {
	defer caught(&err)
	inventory, err := service.ReadWorkloads(m.d.ctx, path)
	if err != nil {
		return lines, err
	}
	return workloadLines(inventory)
}

// ReadText reads workloads that were copied from a spreadsheet.
func (m *Migrations) ReadText(text string) (lines WorkloadLines, err error) {
	defer caught(&err)
	inventory, err := service.ReadPasted(text)
	if err != nil {
		return lines, err
	}
	return workloadLines(inventory)
}

func workloadLines(inventory *migration.Inventory) (WorkloadLines, error) {
	text, err := json.Marshal(wire.List(inventory.Lines))
	if err != nil {
		return WorkloadLines{}, fmt.Errorf("write workloads: %w", err)
	}
	return WorkloadLines{inventory.Kind, string(text), len(inventory.Lines), fieldProblems(inventory.Wrong), wire.List(inventory.Unused), wire.List(inventory.Off)}, nil
}

// Review lists what stands in the way of an assessment, and what is not known. A profile with wrong fields is refused.
func (m *Migrations) Review(name string) (review AssessmentReview, err error) {
	defer caught(&err)
	err = m.d.session.use(func(ws *service.Workspace) error {
		r, err := ws.Migrations.Review(m.d.ctx, name)
		if err == nil {
			review = assessmentReview(r)
		}
		return err
	})
	return review, err
}

// Assess makes an assessment with the figures of today, as a job, and returns when it has ended. A profile with wrong fields is refused.
func (m *Migrations) Assess(name string) (result AssessmentResult, err error) {
	defer caught(&err)
	h, err := m.d.session.lease("An assessment", false)
	if err != nil {
		return result, err
	}
	_, err = m.d.finish(service.JobAssess, "Assess "+name, h, func(ctx context.Context, handle *job.Handle) (any, error) {
		return h.ws.Migrations.Make(ctx, name, m.today(), "", func(done, all int) { handle.Progress(int64(done), int64(all), 0, "") })
	})
	m.d.look()
	if err != nil {
		return result, err
	}
	return m.Result(name)
}

// Prices says with which prices assessments are made, and where newer ones would be asked for. A profile with wrong fields is refused.
func (m *Migrations) Prices(name string) (info PriceInfo, err error) {
	defer caught(&err)
	err = m.d.session.use(func(ws *service.Workspace) error {
		needed, err := ws.Migrations.Needed(m.d.ctx, name)
		if err != nil {
			return err
		}
		state, err := ws.Migrations.Prices(m.d.ctx)
		if err != nil {
			return err
		}
		network, err := ws.Connections.Network(m.d.ctx)
		if err == nil {
			info = PriceInfo{PriceBook: state.Book, Read: wire.List(state.Regions), Needed: wire.List(needed), Offline: network.Offline}
		}
		return err
	})
	return info, err
}

// RefreshPrices reads what the providers list today for the regions of an assessment, as a job, and returns when it has ended. googleKey is an API key of Google, which is kept
// nowhere; "" = its list is not read.
func (m *Migrations) RefreshPrices(name, googleKey string) (regions []service.ReadRegion, err error) {
	defer caught(&err)
	h, err := m.d.session.lease("Reading prices", false)
	if err != nil {
		return nil, err
	}
	defer h.release()
	regions, err = h.ws.Migrations.RefreshPrices(m.d.ctx, name, strings.TrimSpace(googleKey), h.release)
	m.d.look()
	return wire.List(regions), err
}

// ResetPrices goes back to the prices that the program carries.
func (m *Migrations) ResetPrices() (err error) {
	defer caught(&err)
	return m.d.changing("Changing prices", func(ws *service.Workspace) error { return ws.Migrations.ResetPrices(m.d.ctx) })
}

// Result returns what an assessment came to the last time; it answers not found where it was not assessed yet.
func (m *Migrations) Result(name string) (result AssessmentResult, err error) {
	defer caught(&err)
	err = m.d.session.use(func(ws *service.Workspace) error {
		a, made, err := m.newest(ws, name)
		if err != nil {
			return err
		}
		book, err := ws.Migrations.Book(m.d.ctx)
		if err != nil {
			return err
		}
		all, err := ws.Migrations.Results(m.d.ctx, a.Name)
		if err != nil {
			return err
		}
		result = AssessmentResult{
			Name: a.Name, Version: a.Version, Made: made.Info(), Outdated: made.Version != a.ProfileVersion || made.Result.PriceBook.Version != book.Version(),
			Result: made.Result, Tasks: taskInfos(&made.Result.Plan, a.Tasks), Origin: a.Origin,
			Results: wire.Each(all, func(one service.MadeAssessment) service.MadeInfo { return one.Info() }),
		}
		return nil
	})
	return result, err
}

func (m *Migrations) newest(ws *service.Workspace, name string) (a service.Assessment, made *service.MadeAssessment, err error) {
	if a, err = ws.Migrations.ByName(m.d.ctx, name); err != nil {
		return a, nil, err
	}
	if made, err = ws.Migrations.Newest(m.d.ctx, a.Name); err == nil && made == nil {
		err = finops.Errorf(finops.CodeNotFound, "%s was not assessed yet.", a.Name)
	}
	return a, made, err
}

// Changes compares two results line by line, by their ids.
func (m *Migrations) Changes(name string, before, after int64) (changes AssessmentChanges, err error) {
	defer caught(&err)
	err = m.d.session.use(func(ws *service.Workspace) error {
		c, err := ws.Migrations.Compare(m.d.ctx, name, before, after)
		if err == nil {
			changes = AssessmentChanges{c.Before.Info(), c.After.Info(), wire.List(c.Lines)}
		}
		return err
	})
	return changes, err
}

// EditTask keeps what a person decided about a phase of the plan.
func (m *Migrations) EditTask(name, phase string, change TaskChange, version int64) (err error) {
	defer caught(&err)
	return m.d.changing("Changing a task", func(ws *service.Workspace) error {
		_, err := ws.Migrations.EditTask(m.d.ctx, name, phase, migration.TaskEdit(change), version)
		return err
	})
}

// WhatIf calculates the eligible providers under other assumptions; targets and the plan stay.
func (m *Migrations) WhatIf(name string, question WhatIf) (outcomes []migration.Outcome, err error) {
	defer caught(&err)
	capital, err := finops.ParseAmount([]byte(question.Capital))
	if err != nil {
		return nil, err
	}
	if question.Cost+question.Services+question.Compliance+question.Performance != 100 {
		return nil, finops.Errorf(finops.CodeInvalid, "The weights must sum to 100.")
	}
	assumptions := migration.Assumptions{
		Weights: map[string]int{"cost": question.Cost, "services": question.Services, "compliance": question.Compliance, "performance": question.Performance},
		Egress:  question.Egress, Labour: question.Labour, Discount: question.Discount, Capital: capital,
	}
	err = m.d.session.use(func(ws *service.Workspace) error {
		return m.d.model.with(m.d.ctx, ws, name, func(model *migration.Model) { outcomes = model.WhatIf(assumptions) })
	})
	return wire.List(outcomes), err
}

// Export asks where to write what an assessment came to and writes it: csv and xlsx have one of its tables, project is the plan as XML of
// Microsoft Project, calendar an iCalendar file. "" when the person cancelled.
func (m *Migrations) Export(name string, part service.MigrationPart, format MigrationFormat) (path string, err error) {
	defer caught(&err)
	window, err := m.d.window()
	if err != nil {
		return "", err
	}
	var a service.Assessment
	var made *service.MadeAssessment
	var client string
	if err := m.d.session.use(func(ws *service.Workspace) (err error) {
		if a, made, err = m.newest(ws, name); err != nil {
			return err
		}
		info, err := ws.Info(m.d.ctx)
		if err == nil {
			client = info.Name
		}
		return err
	}); err != nil {
		return "", err
	}
	extension := map[MigrationFormat]string{FormatCSV: ".csv", FormatXLSX: ".xlsx", FormatProject: ".xml", FormatCalendar: ".ics"}[format]
	if extension == "" {
		return "", finops.Errorf(finops.CodeInvalid, "%q is not an assessment format.", format)
	}
	suggested := client + " " + a.Name + extension
	if (format == FormatCSV || format == FormatXLSX) && part != service.MigrationLines {
		suggested = client + " " + a.Name + " " + string(part) + extension
	}
	if path, err = window.SaveFileDialog(saveDialog("Export the assessment", suggested)); err != nil {
		return "", errDialog(err)
	}
	if path == "" {
		return "", nil
	}
	path = withExtension(path, suggested)
	err = saveFile(path, func(w io.Writer) error { return writeAssessment(w, part, format, &a, made, client) })
	if err != nil {
		return "", err
	}
	return path, nil
}

func writeAssessment(w io.Writer, part service.MigrationPart, format MigrationFormat, a *service.Assessment, made *service.MadeAssessment, client string) error {
	table, err := service.MigrationTable(part, a.Name, &made.Result, a.Tasks, made.MadeAt)
	if err != nil {
		return err
	}
	table.Workspace = client
	plan := service.MigrationSchedule(a.Name, &made.Result, a.Tasks, made.MadeAt)
	switch format {
	case FormatCSV:
		_, err = table.WriteCSV(w, report.CSVOptions{Spreadsheet: true})
	case FormatXLSX:
		_, err = table.WriteXLSX(w, report.XLSXOptions{})
	case FormatProject:
		err = plan.WriteProject(w)
	case FormatCalendar:
		err = plan.WriteCalendar(w)
	}
	return err
}

// lastModel is the assessment that was asked last what would be if, since calculating it takes longer than an answer may.
type lastModel struct {
	mu    sync.Mutex // held while the model is used
	of    string     // workspace, assessment and version
	model *migration.Model
}

func (l *lastModel) with(ctx context.Context, ws *service.Workspace, name string, use func(*migration.Model)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, err := ws.Migrations.ByName(ctx, name)
	if err != nil {
		return err
	}
	made, err := ws.Migrations.LastMade(ctx, a.Name)
	if err != nil {
		return err
	}
	if of := fmt.Sprintf("%s\x00%s\x00%d\x00%d", ws.Path(), a.Name, a.ProfileVersion, made.UnixNano()); l.model == nil || l.of != of {
		model, err := ws.Migrations.Model(ctx, a.Name)
		if err != nil {
			return err
		}
		l.of, l.model = of, model
	}
	use(l.model)
	return nil
}
