package desktop

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
)

func text(s *string) string {
	if s == nil {
		return "NULL"
	}
	return *s
}

func texts(values []*string) string { return strings.Join(wire.Each(values, text), "|") }

func code(err error) string { return string(finops.CodeOf(err)) }

func TestWorkspaces_LifeOfAWorkspace(t *testing.T) {
	h := openDesktop(t)
	none, err := h.workspaces.Current()
	require.NoError(t, err)
	assert.Nil(t, none)
	recent, err := h.workspaces.Recent()
	require.NoError(t, err)
	assert.Equal(t, []WorkspaceInfo{}, recent)

	acme, err := h.workspaces.Create("  Acme ")
	require.NoError(t, err)
	assert.Equal(t, "Acme", acme.Name)
	assert.True(t, acme.Exists)
	assert.False(t, acme.Demo)
	assert.Positive(t, acme.SizeBytes)
	_, err = time.Parse(time.RFC3339, acme.OpenedAt)
	require.NoError(t, err)
	assert.Equal(t, 1, h.window.changes("ledger"))

	again, err := h.workspaces.Open(acme.Path)
	require.NoError(t, err)
	assert.Equal(t, acme, again, "it stays as it is")

	renamed, err := h.workspaces.Rename("Acme Corp", 1)
	require.NoError(t, err)
	assert.Equal(t, "Acme Corp", renamed.Name)
	assert.Equal(t, acme.Path, renamed.Path)

	dup, err := h.workspaces.Duplicate("Copy")
	require.NoError(t, err)
	assert.Equal(t, "Copy", dup.Name)
	current, err := h.workspaces.Current()
	require.NoError(t, err)
	assert.Equal(t, dup.Path, current.Path)

	h.window.answer = acme.Path
	chosen, err := h.workspaces.ChooseOpen()
	require.NoError(t, err)
	assert.Equal(t, "Acme Corp", chosen.Name)
	h.window.answer = ""
	chosen, err = h.workspaces.ChooseOpen()
	require.NoError(t, err)
	assert.Nil(t, chosen, "cancelled")

	recent, err = h.workspaces.Recent()
	require.NoError(t, err)
	require.Len(t, recent, 2)
	assert.Equal(t, "Acme Corp", recent[0].Name)
	assert.Equal(t, "Copy", recent[1].Name)

	require.NoError(t, h.workspaces.Forget(dup.Path))
	assert.FileExists(t, dup.Path)
	require.NoError(t, h.workspaces.Trash(acme.Path), "the open one is closed first")
	assert.NoFileExists(t, acme.Path)
	none, err = h.workspaces.Current()
	require.NoError(t, err)
	assert.Nil(t, none)
	recent, err = h.workspaces.Recent()
	require.NoError(t, err)
	assert.Empty(t, recent)
	require.NoError(t, h.workspaces.Close(), "nothing is open")
}

func TestWorkspaces_FailuresLeaveTheOpenOne(t *testing.T) {
	h := filled(t)
	open, err := h.workspaces.Current()
	require.NoError(t, err)

	_, err = h.workspaces.Open(filepath.Join(t.TempDir(), "missing.cloudintel"))
	assert.Equal(t, "not_found", code(err))
	_, err = h.workspaces.Open(h.writeBill(t, "a.csv", bill()))
	assert.Equal(t, "invalid", code(err))
	_, err = h.workspaces.Create(" ")
	assert.Equal(t, "invalid", code(err))
	_, err = h.workspaces.Rename(" ", 1)
	assert.Equal(t, "invalid", code(err))
	h.window.fail = errBoom
	_, err = h.workspaces.ChooseOpen()
	assert.Equal(t, "unavailable", code(err))

	still, err := h.workspaces.Current()
	require.NoError(t, err)
	assert.Equal(t, open, still)
	assert.Equal(t, 2, h.window.changes("ledger"), "only making and filling it changed the ledger")
	require.NoError(t, h.workspaces.Close())
	_, err = h.workspaces.Rename("x", 1)
	assert.Equal(t, "not_found", code(err))
	_, err = h.workspaces.Duplicate("x")
	assert.Equal(t, "not_found", code(err))
}

func TestImports_RoundTrip(t *testing.T) {
	h := openDesktop(t)
	_, err := h.workspaces.Create("Acme")
	require.NoError(t, err)
	path := h.writeBill(t, "focus-2026-10.csv", bill())
	other := h.writeBill(t, "notes.txt", "hello\n")

	plan := h.preview(t, path, other)
	require.Len(t, plan.Files, 1)
	require.Len(t, plan.Skipped, 1)
	assert.Equal(t, other, plan.Skipped[0].Path)
	assert.NotEmpty(t, plan.Skipped[0].Reason)
	f := plan.Files[0]
	assert.Equal(t, path, f.Path)
	assert.EqualValues(t, "new", f.Status)
	assert.Equal(t, []string{"AWS"}, f.Providers)
	assert.Equal(t, []string{"2026-10"}, f.BillingPeriods)
	assert.Equal(t, []string{"EUR"}, f.Currencies)
	assert.Equal(t, 3, f.SampleLines)
	assert.Len(t, f.FirstRows, 3)
	assert.Len(t, f.FirstRows[0], len(f.Columns))
	assert.Equal(t, "0.1|0.1|NULL|0.1", texts(f.FirstRows[0][:4]))

	started, err := h.imports.Start(plan.ID, ImportOptions{Strict: true})
	assert.Equal(t, "Import focus-2026-10.csv", started.Title)
	assert.EqualValues(t, "bytes", started.Unit)
	end := h.ended(t, started, err)
	require.EqualValues(t, "done", end.State)
	assert.Equal(t, []int64{1}, end.Result.Imports)
	assert.Equal(t, int64(3), end.Result.Lines)

	list, err := h.imports.List()
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.EqualValues(t, "active", list[0].State)
	assert.Equal(t, "nora", list[0].User)
	assert.Equal(t, []string{"AWS"}, list[0].Providers)
	assert.Equal(t, []string{"2026-10"}, list[0].Periods)
	text, err := json.Marshal(list[0].Totals[0])
	require.NoError(t, err)
	assert.JSONEq(t, `{"currency":"EUR","month":"2026-10","metric":"BilledCost","amount":"-12.2"}`, string(text))
	assert.Len(t, list[0].Totals, 3, "no line has a list cost")
	assert.Equal(t, f.FormatName, list[0].Format)
	assert.Len(t, list[0].Files[0].SHA256, 64)

	plan = h.preview(t, path)
	assert.EqualValues(t, "known", plan.Files[0].Status)
	started, err = h.imports.Start(plan.ID, ImportOptions{})
	end = h.ended(t, started, err)
	assert.Equal(t, []string{path}, end.Result.Known)
	assert.Equal(t, []int64{}, end.Result.Imports)

	report, err := h.imports.Verify()
	require.NoError(t, err)
	assert.True(t, report.OK, "%v", report.Checks)
	assert.NotEmpty(t, report.Checks)

	changes := h.window.changes("ledger")
	require.NoError(t, h.imports.Undo(1))
	assert.Equal(t, changes+1, h.window.changes("ledger"))
	list, err = h.imports.List()
	require.NoError(t, err)
	assert.EqualValues(t, "undone", list[0].State)
	assert.Error(t, h.imports.Undo(1))
	assert.Error(t, h.imports.Undo(99))

	jobs, err := h.jobList.List()
	require.NoError(t, err)
	assert.Equal(t, []service.JobKind{service.JobPreview, service.JobImport, service.JobPreview, service.JobImport, service.JobVerify}, wire.Each(jobs, func(j JobInfo) service.JobKind { return j.Kind }))
	assert.Equal(t, "not_found", code(h.jobList.Cancel("job-99")))
}

func TestImports_ConflictImportsNothingUntilAPersonDecides(t *testing.T) {
	h := filled(t)
	other := h.writeBill(t, "another.csv", header+
		charge("2026-10-01", "1", "acc1", "i-8", "EC2", ``)+charge("2026-10-02", "2", "acc1", "i-9", "EC2", ``)+charge("2026-10-03", "2", "acc1", "i-9", "EC2", ``))
	plan := h.preview(t, other)
	started, err := h.imports.Start(plan.ID, ImportOptions{})
	require.NoError(t, err)
	h.settle(t)
	end := h.lastJob(t)
	assert.EqualValues(t, "waiting", end.State)
	require.Len(t, end.Result.Conflicts, 1)
	c := end.Result.Conflicts[0]
	assert.Equal(t, []string{"AWS", "acc1", "2026-10", other}, []string{c.Provider, c.Account, c.Month.String(), c.File})
	assert.NotEmpty(t, c.Reason)
	assert.False(t, c.Within)
	assert.Equal(t, []ingest.Overlap{ingest.OverlapReplace, ingest.OverlapAdd, ingest.OverlapLeave}, c.Answers)
	assert.Equal(t, []int64{}, end.Result.Imports)
	state, err := h.ledger.State()
	require.NoError(t, err)
	assert.Equal(t, int64(3), state.Lines)

	assert.Equal(t, "conflict", code(h.imports.Undo(1)))
	assert.Equal(t, "conflict", code(h.workspaces.Close()))
	assert.Equal(t, "invalid", code(h.imports.Answer(started.ID, []FileAnswer{{other, "merge"}})))
	assert.Equal(t, "not_found", code(h.imports.Answer("99", nil)))
	err = h.imports.Answer(started.ID, []FileAnswer{{other, "replace"}})
	end = h.ended(t, started, err)
	assert.Equal(t, "conflict", code(h.imports.Answer(started.ID, nil)), "it has ended")
	assert.Empty(t, end.Result.Conflicts)
	require.Len(t, end.Result.Replaced, 1)
	replaced := end.Result.Replaced[0]
	assert.Equal(t, ingest.Bill{Provider: "AWS", Account: "acc1", Month: finops.NewMonth(2026, time.October)}, replaced.Bill)
	assert.Equal(t, []string{other}, replaced.Files)
	assert.Equal(t, []int64{3, 3}, []int64{replaced.Before.Lines, replaced.Now.Lines})
	list, err := h.imports.List()
	require.NoError(t, err)
	assert.Equal(t, []int64{1}, list[0].Replaces)
	assert.EqualValues(t, "superseded", list[1].State)

	_, err = h.imports.Start(plan.ID, ImportOptions{Answers: []FileAnswer{{other, "merge"}}})
	assert.Equal(t, "invalid", code(err))
	_, err = h.imports.Start("plan-99", ImportOptions{})
	assert.Equal(t, "not_found", code(err))
	_, err = h.workspaces.Create("Other")
	require.NoError(t, err)
	_, err = h.imports.Start(plan.ID, ImportOptions{Answers: []FileAnswer{{other, "replace"}}})
	assert.Equal(t, "not_found", code(err), "the preview was of another workspace")
}

func TestImports_TellWhatWasOdd(t *testing.T) {
	h := filled(t)
	titled := h.writeBill(t, "titled.csv", "Cost report of Acme\n\n"+header+charge("2026-10-05", "1", "acc2", "i-8", "S3", ``))
	end := h.importBill(t, titled)
	require.Len(t, end.Result.Warnings, 1)
	assert.Equal(t, titled, end.Result.Warnings[0].File)
	assert.Contains(t, end.Result.Warnings[0].Text, "line 3")
	list, err := h.imports.List()
	require.NoError(t, err)
	assert.Equal(t, []string{end.Result.Warnings[0].Text}, list[0].Files[0].Warnings)
	assert.Equal(t, []string{}, list[1].Files[0].Warnings)
}

func TestImports_RejectsAndStrict(t *testing.T) {
	h := filled(t)
	broken := h.writeBill(t, "broken.csv", header+charge("2026-10-05", "1", "acc2", "i-8", "S3", ``)+
		charge("2026-10-06", "much", "acc2", "i-9", "S3", ``))
	plan := h.preview(t, broken)
	started, err := h.imports.Start(plan.ID, ImportOptions{Strict: true})
	end := h.ended(t, started, err)
	assert.EqualValues(t, "failed", end.State)
	assert.EqualValues(t, "invalid", end.Error.Code)
	assert.Contains(t, end.Error.Message, "line 3")
	assert.Empty(t, end.Error.Ref)
	assert.Nil(t, end.Result)

	started, err = h.imports.Start(plan.ID, ImportOptions{})
	end = h.ended(t, started, err)
	require.EqualValues(t, "done", end.State)
	assert.Equal(t, int64(1), end.Result.Rejects)
	page, err := h.imports.Rejects(end.Result.Imports[0], 0, 10)
	require.NoError(t, err)
	assert.Equal(t, 1, page.Total)
	assert.Equal(t, int64(3), page.Rows[0].Line)
	page, err = h.imports.Rejects(1, 0, 10)
	require.NoError(t, err)
	assert.Equal(t, RejectsPage{Total: 0, Rows: []service.RejectRow{}}, page)
}

func TestImports_Choose(t *testing.T) {
	h := openDesktop(t)
	for _, choose := range []func() ([]string, error){h.imports.ChooseFiles, h.imports.ChooseFolder} {
		h.window.answer, h.window.answers = "", nil
		paths, err := choose()
		require.NoError(t, err)
		assert.Equal(t, []string{}, paths)
		h.window.answer, h.window.answers = "/bills", []string{"/bills"}
		paths, err = choose()
		require.NoError(t, err)
		assert.Equal(t, []string{"/bills"}, paths)
		h.window.fail = errBoom
		_, err = choose()
		assert.Equal(t, "unavailable", code(err))
		h.window.fail = nil
	}
}

func TestLedger_State(t *testing.T) {
	h := filled(t)
	s, err := h.ledger.State()
	require.NoError(t, err)
	assert.Equal(t, int64(3), s.Lines)
	assert.Equal(t, []string{"2026-10-01", "2026-10-03"}, []string{s.FirstDay, s.LastDay})
	require.Len(t, s.Currencies, 1)
	eur := s.Currencies[0]
	assert.Equal(t, []any{"EUR", int64(3), "2026-10-01", "2026-10-03"}, []any{eur.Code, eur.Lines, eur.FirstDay, eur.LastDay})
	assert.Equal(t, PresetPeriod{"mtd", "Latest month to date", "2026-10-01", "2026-10-03", false, false}, eur.Presets[0])
	assert.Len(t, eur.Presets, 12)
	assert.Equal(t, []service.MetricState{{Metric: "BilledCost", Known: true}, {Metric: "EffectiveCost", Known: true}, {Metric: "ListCost"}, {Metric: "ContractedCost", Known: true}}, s.Metrics)
	require.Len(t, s.Providers, 1)
	p := s.Providers[0]
	assert.Equal(t, []any{"AWS", "2026-10-01", "2026-10-03", int64(3)}, []any{p.Name, p.FirstDay.String(), p.LastDay.String(), p.Lines})
	_, err = time.Parse(time.RFC3339, p.ImportedAt)
	require.NoError(t, err)
	require.Len(t, s.Months, 1)
	assert.Equal(t, "2026-10", s.Months[0].Month)
	assert.False(t, s.Months[0].Complete)
	assert.Contains(t, s.Columns, ColumnState{"BilledCost", true, "decimal"})
	assert.Contains(t, s.Columns, ColumnState{"ChargePeriodStart", true, "time"})
	assert.Contains(t, s.Columns, ColumnState{"Tags", true, "json"})
	assert.Contains(t, s.Columns, ColumnState{"ServiceName", true, "text"})
	keys, err := h.ledger.TagKeys()
	require.NoError(t, err)
	assert.Equal(t, []TagKeyState{{"env", 1}}, keys)

	require.NoError(t, h.imports.Undo(1))
	s, err = h.ledger.State()
	require.NoError(t, err)
	assert.Equal(t, []any{int64(0), "", ""}, []any{s.Lines, s.FirstDay, s.LastDay})
}

func TestLedger_AskIsExactAndTellsUnknownFromZero(t *testing.T) {
	h := filled(t)
	a, err := h.ledger.Ask(Question{Metrics: []string{"BilledCost", "ListCost"}, GroupBy: []string{"ServiceName", "Tags/env"}, Grain: "month", Sort: "keys"})
	require.NoError(t, err)
	require.Len(t, a.Rows, 2)
	assert.Equal(t, 2, a.Groups)
	var rows []string
	for _, r := range a.Rows {
		rows = append(rows, r.Time+" "+texts(r.Keys)+" "+r.Currency+" "+texts(r.Amounts))
	}
	assert.Equal(t, []string{"2026-10 =HYPERLINK(1)|NULL EUR -12.5|NULL", "2026-10 EC2|prod EUR 0.3|NULL"}, rows)
	require.Len(t, a.Totals, 1)
	assert.Equal(t, "-12.2|NULL", texts(a.Totals[0].Amounts))
	assert.Equal(t, []*string{}, a.Totals[0].Keys)

	env := "prod"
	a, err = h.ledger.Ask(Question{
		Metrics: []string{"BilledCost"}, From: "2026-10-02", To: "2026-10-31", Currency: "EUR",
		Where: finops.If(finops.Condition{Column: "Tags/env", Values: []*string{&env}}), Limit: 5,
	})
	require.NoError(t, err)
	assert.Equal(t, "0.2", texts(a.Totals[0].Amounts))
	a, err = h.ledger.Ask(Question{Metrics: []string{"BilledCost"}, Where: finops.If(finops.Condition{Column: "Tags/env", Values: []*string{nil}})})
	require.NoError(t, err)
	assert.Equal(t, "-12.5", texts(a.Totals[0].Amounts), "null asks for lines without the tag")

	for _, q := range []Question{{Metrics: []string{"Cost"}}, {Metrics: []string{"BilledCost"}, From: "1.10.2026"}, {Metrics: []string{"BilledCost"}, To: "x"}, {Metrics: []string{"BilledCost"}, GroupBy: []string{"Nonsense"}}} {
		_, err := h.ledger.Ask(q)
		assert.Equal(t, "invalid", code(err), "%+v", q)
	}
}

func TestLedger_Lines(t *testing.T) {
	h := filled(t)
	p, err := h.ledger.Lines(LinesQuestion{Columns: []string{"ServiceName", "BilledCost", "ListCost"}, SortBy: "BilledCost", SortDesc: true, Limit: 2})
	require.NoError(t, err)
	assert.Equal(t, 3, p.Total)
	assert.Equal(t, []string{"ServiceName", "BilledCost", "ListCost"}, p.Columns)
	require.Len(t, p.Rows, 2)
	assert.Equal(t, "EC2|0.2|NULL", texts(p.Rows[0]))
	assert.Equal(t, "-12.2|-12.2|NULL|-12.2", texts(p.Totals[0].Amounts), "billed, effective, list, contracted")
	p, err = h.ledger.Lines(LinesQuestion{Columns: []string{}, Search: "hyperlink"})
	require.NoError(t, err)
	assert.Equal(t, 1, p.Total)
	assert.Greater(t, len(p.Columns), 20, "none chosen = all")
	_, err = h.ledger.Lines(LinesQuestion{From: "x"})
	assert.Equal(t, "invalid", code(err))
	_, err = h.ledger.Lines(LinesQuestion{To: "x"})
	assert.Equal(t, "invalid", code(err))
}

func TestSaveFile_KeepsTheOldFileWhenItFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	h := openDesktop(t)
	h.window.answer = path
	saved, err := h.app.SaveText("b:c.csv", "new")
	require.NoError(t, err)
	assert.Equal(t, path, saved)
	assert.Equal(t, "b-c.csv", h.window.asked[0].Name)
	err = saveFile(path, func(io.Writer) error { return errBoom })
	require.ErrorIs(t, err, errBoom)
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "new", string(got))
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "no rest is left")

	h.window.answer = ""
	saved, err = h.app.SaveText("a.csv", "x")
	require.NoError(t, err)
	assert.Empty(t, saved)
	h.window.answer = filepath.Join(path, "below-a-file.csv")
	_, err = h.app.SaveText("a.csv", "x")
	assert.Equal(t, "denied", code(err))
	h.window.fail = errBoom
	_, err = h.app.SaveText("a.csv", "x")
	assert.Equal(t, "unavailable", code(err))
}

func TestApp_InfoAndLog(t *testing.T) {
	h := openDesktop(t)
	info, err := h.app.Info()
	require.NoError(t, err)
	assert.Equal(t, AppInfo{"1.2.3", true, runtime.GOOS}, info)
	_, err = h.workspaces.Create("Acme")
	require.NoError(t, err)
	info, err = h.app.Info()
	require.NoError(t, err)
	assert.False(t, info.OfferDemo)
	ref, err := h.app.LogError("it broke", strings.Repeat("x", 2*textMax))
	require.NoError(t, err)
	assert.NotEmpty(t, ref)
	assert.Regexp(t, ref+".*it broke", h.log.String())
	assert.Less(t, h.log.Len(), textMax+1000)
}

func TestEverythingNeedsAWorkspace(t *testing.T) {
	h := openDesktop(t)
	for name, call := range map[string]func() error{
		"Preview": func() error { _, err := h.imports.Preview([]string{"x"}); return err },
		"Start":   func() error { _, err := h.imports.Start("plan-1", ImportOptions{}); return err },
		"List":    func() error { _, err := h.imports.List(); return err },
		"Rejects": func() error { _, err := h.imports.Rejects(1, 0, 1); return err },
		"Undo":    func() error { return h.imports.Undo(1) },
		"Verify":  func() error { _, err := h.imports.Verify(); return err },
		"State":   func() error { _, err := h.ledger.State(); return err },
		"Ask":     func() error { _, err := h.ledger.Ask(Question{}); return err },
		"Lines":   func() error { _, err := h.ledger.Lines(LinesQuestion{}); return err },
		"Export":  func() error { _, err := h.ledger.ExportLines(LinesQuestion{}, "csv"); return err },
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, "not_found", code(call())) })
	}
}

func TestDesktop_BusyWorkspaceStaysOpen(t *testing.T) {
	h := filled(t)
	open, err := h.workspaces.Current()
	require.NoError(t, err)
	lease, err := h.session.lease("An import", true)
	require.NoError(t, err)
	for name, call := range map[string]func() error{
		"Create":    func() error { _, err := h.workspaces.Create("Other"); return err },
		"Duplicate": func() error { _, err := h.workspaces.Duplicate("Other"); return err },
		"Close":     h.workspaces.Close,
		"Trash":     func() error { return h.workspaces.Trash(open.Path) },
		"OpenDemo":  func() error { _, err := h.workspaces.OpenDemo(); return err },
		"Undo":      func() error { return h.imports.Undo(1) },
		"Verify":    func() error { _, err := h.imports.Verify(); return err },
	} {
		t.Run(name, func(t *testing.T) {
			err := call()
			assert.Equal(t, "conflict", code(err))
			assert.Equal(t, "An import has not finished yet. Wait for it, answer what it asks, or cancel it, and try again.", finops.MessageOf(err))
		})
	}
	_, err = h.ledger.State()
	require.NoError(t, err, "questions are answered meanwhile")
	_, err = h.workspaces.Rename("x", 1)
	require.NoError(t, err, "a person's own data can be changed meanwhile")
	h.preview(t, t.TempDir())
	lease.release()
	lease.release()
	require.NoError(t, h.workspaces.Close())
}

func TestDesktop_JobEvents(t *testing.T) {
	h := filled(t)
	jobs := h.window.heard(eventJob)
	require.GreaterOrEqual(t, len(jobs), 2)
	var first, last JobInfo
	require.NoError(t, json.Unmarshal([]byte(jobs[0]), &first))
	require.NoError(t, json.Unmarshal([]byte(jobs[len(jobs)-1]), &last))
	assert.EqualValues(t, "running", first.State)
	assert.EqualValues(t, "done", last.State)
	assert.Equal(t, last.Total, last.Done)
	assert.Positive(t, last.Total)
	assert.Equal(t, int64(3), last.Lines)
	assert.Equal(t, int64(3), last.Result.Lines)

	h.window.drop(nil)
	h.window.drop([]string{""})
	h.window.drop([]string{"/a.csv", "/b"})
	assert.Equal(t, []string{`[]`, `[]`, `["/a.csv","/b"]`}, h.window.heard(eventFilesDropped))
}

func TestDesktop_Demo(t *testing.T) {
	h := openDesktop(t)
	started, err := h.workspaces.OpenDemo()
	require.NoError(t, err)
	twice, err := h.workspaces.OpenDemo()
	require.NoError(t, err)
	assert.Equal(t, started.ID, twice.ID, "a second click starts nothing")
	end := h.ended(t, started, nil)
	require.EqualValues(t, "done", end.State, "%v", end.Error)
	assert.Nil(t, end.Result)
	open, err := h.workspaces.Current()
	require.NoError(t, err)
	assert.Equal(t, "Harbour & Pine (demo)", open.Name)
	assert.True(t, open.Demo)
	assert.Greater(t, open.Lines, int64(50_000))
	requireAllocated(t, h)
	requireFixed(t, h)
	entries, err := os.ReadDir(h.opts.Library.Dir)
	require.NoError(t, err)
	for _, e := range entries {
		assert.False(t, strings.HasPrefix(e.Name(), ".demo-"), "bills are removed")
	}
	recent, err := h.workspaces.Recent()
	require.NoError(t, err)
	require.Len(t, recent, 1)
	assert.True(t, recent[0].Demo)

	require.NoError(t, h.workspaces.Close())
	again, err := h.workspaces.OpenDemo()
	end = h.ended(t, again, err)
	assert.EqualValues(t, "done", end.State)
	open, err = h.workspaces.Current()
	require.NoError(t, err)
	assert.True(t, open.Demo)
}

// requireFixed wants what the demo client has put right, with the saving that its generator states.
func requireFixed(t *testing.T, h *house) {
	t.Helper()
	fixes, err := demo.Fixes(demo.Options{})
	require.NoError(t, err)
	require.Len(t, fixes, 1)
	require.NoError(t, h.session.use(func(ws *service.Workspace) error {
		tracked, err := ws.Savings.Tracked(t.Context())
		require.NoError(t, err)
		require.Len(t, tracked, 1)
		done := tracked[0]
		assert.Equal(t, []any{fixes[0].Rule, fixes[0].Resource, fixes[0].DoneOn}, []any{done.Finding.Rule.ID, done.Finding.ResourceID, done.DoneOn})
		require.NotNil(t, done.Measured)
		assert.Equal(t, savings.Realised, done.Measured.Outcome)
		assert.Equal(t, []string{fixes[0].Saved, fixes[0].Saved}, []string{done.Finding.Net.String(), done.Measured.Saved.String()})
		return nil
	}))
}

// requireAllocated wants dimensions and scopes that say something of the demo client.
func requireAllocated(t *testing.T, h *house) {
	t.Helper()
	kept, err := h.dimensions.List()
	require.NoError(t, err)
	require.Len(t, kept, 3)
	for _, k := range kept {
		stored, err := h.dimensions.Find(k.Name)
		require.NoError(t, err)
		preview, err := h.dimensions.Preview(stored.Dimension, PreviewQuestion{Metric: "BilledCost", Currency: "USD", LeftBy: "Account"})
		require.NoError(t, err)
		assert.Empty(t, preview.Missing, k.Name)
		for i, r := range preview.Rules {
			assert.True(t, r.Caught.Lines > 0 || len(r.ShadowedBy) > 0, "%s: rule %d catches nothing", k.Name, i+1)
		}
	}
	scopes, err := h.scopes.List()
	require.NoError(t, err)
	require.Len(t, scopes, 2)
	for _, s := range scopes {
		page, err := h.ledger.Lines(LinesQuestion{Where: s.Where, Limit: 1})
		require.NoError(t, err)
		assert.Positive(t, page.Total, s.Name)
	}
}

func TestDesktop_CancelledDemoLeavesNothing(t *testing.T) {
	h := openDesktop(t)
	old := filepath.Join(h.opts.Library.Dir, ".demo-1")
	require.NoError(t, os.MkdirAll(old, 0o700))
	require.NoError(t, os.Chtimes(old, fixedTime().AddDate(-1, 0, 0), fixedTime().AddDate(-1, 0, 0)))
	started, err := h.workspaces.OpenDemo()
	require.NoError(t, err)
	require.NoError(t, h.jobList.Cancel(started.ID))
	end := h.ended(t, started, nil)
	assert.EqualValues(t, "cancelled", end.State)
	assert.EqualValues(t, "cancelled", end.Error.Code)
	entries, err := os.ReadDir(h.opts.Library.Dir)
	require.NoError(t, err)
	assert.LessOrEqual(t, len(entries), 1, "at most what was there before")
}

func TestDesktop_DemoAtStart(t *testing.T) {
	h := newDesktop(t, func(o *Options) { o.Demo = true })
	ws, err := service.Create(t.Context(), h.opts.Library.DemoPath(), "Demo", h.opts.Service)
	require.NoError(t, err)
	require.NoError(t, ws.Close())
	h.Start(h.window)
	open, err := h.workspaces.Current()
	require.NoError(t, err)
	require.NotNil(t, open, "it is open before the page asks")
	assert.True(t, open.Demo)
}

func TestDesktop_DemoAtStartThatCannotBeOpened(t *testing.T) {
	h := newDesktop(t, func(o *Options) { o.Demo = true })
	require.NoError(t, os.MkdirAll(h.opts.Library.Dir, 0o700))
	require.NoError(t, os.WriteFile(h.opts.Library.DemoPath(), []byte("junk"), 0o600))
	h.Start(h.window)
	open, err := h.workspaces.Current()
	require.NoError(t, err)
	assert.Nil(t, open)
}

func TestDesktop_Place(t *testing.T) {
	h := openDesktop(t)
	assert.Nil(t, h.window.placed, "nothing is remembered yet")
	h.window.place = Place{X: 10, Y: 20, Width: 1300, Height: 850}
	h.BeforeClose()
	h.window.place = Place{Width: 1920, Height: 1080, Maximised: true}
	h.BeforeClose()
	h.window.place = Place{}
	h.BeforeClose()
	got, ok := readPlace(h.opts.Library.ConfigDir)
	assert.True(t, ok)
	assert.Equal(t, Place{X: 10, Y: 20, Width: 1300, Height: 850, Maximised: true}, got)

	next := newDesktop(t, func(o *Options) { o.Library = h.opts.Library })
	next.Start(next.window)
	assert.Equal(t, got, *next.window.placed)

	require.NoError(t, os.WriteFile(filepath.Join(h.opts.Library.ConfigDir, placeName), []byte("{"), 0o600))
	_, ok = readPlace(h.opts.Library.ConfigDir)
	assert.False(t, ok)
	require.NoError(t, os.RemoveAll(h.opts.Library.ConfigDir))
	h.window.place = Place{Width: 1, Height: 1}
	h.BeforeClose()
	assert.Contains(t, h.log.String(), "place of the window")
}

func TestDesktop_StopCancelsAndCloses(t *testing.T) {
	h := filled(t)
	open, err := h.workspaces.Current()
	require.NoError(t, err)
	started, err := h.workspaces.OpenDemo()
	require.NoError(t, err)
	require.NoError(t, h.Stop(t.Context()))
	require.NoError(t, h.Stop(t.Context()))
	j, err := h.jobs.Wait(t.Context(), started.ID)
	require.NoError(t, err)
	assert.Equal(t, job.Cancelled, j.State)
	assert.NoFileExists(t, open.Path+"-wal", "it was closed")
	db, err := store.Open(t.Context(), open.Path)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	_, err = h.workspaces.OpenDemo()
	assert.Equal(t, "unavailable", code(err))
}

func TestDesktop_BeforeTheWindowIsThere(t *testing.T) {
	h := newDesktop(t, nil)
	_, err := h.workspaces.Create("Acme")
	require.NoError(t, err, "events are dropped")
	require.NoError(t, h.Stop(t.Context()))
	_, err = h.app.SaveText("a", "b")
	assert.Equal(t, "cancelled", code(err))
	_, err = h.workspaces.Current()
	assert.Equal(t, "cancelled", code(err))
}
