package service

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
)

const goodProfile = `{"organization":{"name":"Northwind","countries":["DE"],"current_monthly_cost":4000},"workloads":[{"name":"web","count":3,"vcpu":4,"memory_gib":16,"egress_gb_month":500}],"requirements":{}}`

func TestMigrations_DraftsKeepWhatWasTypedAndTheStep(t *testing.T) {
	w := newWorkspace(t)
	ctx := t.Context()
	a, err := w.Migrations.Begin(ctx, "Move", Start{})
	require.NoError(t, err)
	assert.JSONEq(t, `{"organization":{"name":"Move"},"workloads":[],"requirements":{}}`, string(a.Profile))
	_, err = w.Migrations.Begin(ctx, "move", Start{})
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err), "a name is taken whatever its case")

	version, wrong, err := w.Migrations.SaveDraft(ctx, "Move", []byte(`{"organization":{"name":"Move & more","team_size":"five"},"workloads":[],"requirements":{}}`), "workloads", a.Version)
	require.NoError(t, err)
	paths := make([]string, len(wrong))
	for i, e := range wrong {
		paths[i] = e.Path
	}
	assert.Subset(t, paths, []string{"organization.team_size", "organization.countries", "workloads"})

	path := w.Path()
	require.NoError(t, w.Close())
	w = reopen(t, path)
	a, err = w.Migrations.ByName(ctx, "Move")
	require.NoError(t, err)
	assert.Equal(t, "workloads", a.Step)
	assert.Contains(t, string(a.Profile), `"five"`)

	_, _, err = w.Migrations.SaveDraft(ctx, "Move", []byte(goodProfile), "review", version-1)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err), "somebody else saved meanwhile")
	both, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	assert.Contains(t, string(both.Have.(Assessment).Profile), "five")

	again, _, err := w.Migrations.SaveDraft(ctx, "Move", []byte(`{"organization":{"name":"Move & more","team_size":"five"},"workloads":[],"requirements":{}}`), "requirements", version)
	require.NoError(t, err)
	a, err = w.Migrations.ByName(ctx, "Move")
	require.NoError(t, err)
	assert.Equal(t, again, a.Version)
	assert.Equal(t, version, a.ProfileVersion, "only the step changed")
	_, _, err = w.Migrations.SaveDraft(ctx, "Move", []byte("[]"), "", again)
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func TestMigrations_ResultKeepsItsFiguresAndTasksAreEdited(t *testing.T) {
	w := newWorkspace(t)
	ctx := t.Context()
	_, _, err := w.Migrations.SaveDraft(ctx, "Move", []byte(goodProfile), "review", 0)
	require.NoError(t, err)
	review, err := w.Migrations.Review(ctx, "Move")
	require.NoError(t, err)
	assert.NotEmpty(t, review.Gaps)
	assert.Equal(t, "CPU utilisation", review.Gaps[0].Point)

	var progress []int
	today := finops.NewDay(2026, 11, 22)
	first, err := w.Migrations.Make(ctx, "Move", today, "", func(done, all int) { progress = append(progress, done, all) })
	require.NoError(t, err)
	assert.Equal(t, []int{3, 3}, progress)
	model, err := w.Migrations.Model(ctx, "Move")
	require.NoError(t, err)
	require.NotNil(t, model)

	pilot := first.Plan.Phases[2].Name
	a, err := w.Migrations.ByName(ctx, "Move")
	require.NoError(t, err)
	version, err := w.Migrations.EditTask(ctx, "Move", pilot, migration.TaskEdit{Title: " First wave ", Moved: 10, Done: true}, a.Version)
	require.NoError(t, err)
	a, err = w.Migrations.ByName(ctx, "Move")
	require.NoError(t, err)
	tasks := first.Plan.Tasks(a.Tasks)
	assert.Equal(t, "First wave", tasks[2].Title())
	assert.Equal(t, first.Plan.Phases[2].Start+10, tasks[2].Start)
	assert.Equal(t, first.Plan.Phases[2].Start, tasks[2].Planned)
	assert.Equal(t, first.Plan.Phases[3].Start+10, tasks[3].Start, "what waits for a task moves with it")
	assert.Equal(t, first.Plan.Phases[1].Start, tasks[1].Start)
	made, err := w.Migrations.Newest(ctx, "Move")
	require.NoError(t, err)
	assert.Equal(t, a.ProfileVersion, made.Version, "tasks do not make a result out of date")
	_, err = w.Migrations.EditTask(ctx, "Move", pilot, migration.TaskEdit{Note: "mine"}, a.Version-1)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	both, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	assert.Equal(t, "First wave", both.Have.(TaskDecision).Edit.Title)
	assert.Equal(t, version, both.Have.(TaskDecision).Version)
	assert.Equal(t, "mine", both.Want.(TaskDecision).Edit.Note)
	_, err = w.Migrations.EditTask(ctx, "Move", "No such phase", migration.TaskEdit{}, version)
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	_, err = w.Migrations.EditTask(ctx, "Move", pilot, migration.TaskEdit{Moved: 1e6}, version)
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))

	_, _, err = w.Migrations.SaveDraft(ctx, "Move", []byte(strings.Replace(goodProfile, `"count":3`, `"count":5`, 1)), "review", version)
	require.NoError(t, err)
	kept, err := w.Migrations.Newest(ctx, "Move")
	require.NoError(t, err)
	assert.Equal(t, first.Providers[0].Monthly, kept.Result.Providers[0].Monthly, "a result never changes by itself")
	_, err = w.Migrations.Model(ctx, "Move")
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err), "the profile is another one")
	a, err = w.Migrations.ByName(ctx, "Move")
	require.NoError(t, err)
	assert.Len(t, a.Tasks, 1, "tasks stay when the profile changes")
	assert.NotEqual(t, kept.Version, a.ProfileVersion)

	require.NoError(t, w.Migrations.Duplicate(ctx, "Move", "Move again"))
	copied, err := w.Migrations.ByName(ctx, "Move again")
	require.NoError(t, err)
	assert.JSONEq(t, string(a.Profile), string(copied.Profile))
	assert.Empty(t, copied.Tasks)
}

func TestMigrations_MakeEndsWhenItIsCancelled(t *testing.T) {
	w := newWorkspace(t)
	_, _, err := w.Migrations.SaveDraft(t.Context(), "Move", []byte(goodProfile), "review", 0)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	_, err = w.Migrations.Make(ctx, "Move", finops.NewDay(2026, 11, 22), "", func(int, int) { cancel() })
	require.ErrorIs(t, err, context.Canceled)
	made, err := w.Migrations.Newest(t.Context(), "Move")
	require.NoError(t, err)
	assert.Nil(t, made)
}

func TestMigrations_EveryTemplateCanBeAssessed(t *testing.T) {
	w := newWorkspace(t)
	ctx := t.Context()
	all, err := migration.Templates()
	require.NoError(t, err)
	require.Len(t, all, 4)
	for _, template := range all {
		a, err := w.Migrations.Begin(ctx, template.Title, Start{Template: template.Name})
		require.NoError(t, err)
		text := strings.Replace(string(a.Profile), `"organization":{`, `"organization":{"countries":["DE"],`, 1)
		_, wrong, err := w.Migrations.SaveDraft(ctx, a.Name, []byte(text), "review", a.Version)
		require.NoError(t, err)
		assert.Empty(t, wrong, template.Name)
		result, err := w.Migrations.Make(ctx, a.Name, finops.NewDay(2026, 11, 22), "", nil)
		require.NoError(t, err)
		assert.NotNil(t, result.Recommendation.Provider, template.Name)
	}
	_, err = w.Migrations.Begin(ctx, "Other", Start{Template: "none such"})
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
}

func TestReadPasted_TakesCellsOfSpreadsheets(t *testing.T) {
	for name, text := range map[string]string{
		"with names":     "Name\tvCPU\tMemory GiB\towner\nweb\t4\t16\tAnna\n",
		"without names":  "web\tweb\tprod\t1\t4\t16\n",
		"CSV":            "name,vcpu,memory_gib,owner\nweb,4,16,Anna\n",
		"semicolons":     "name;vcpu;memory_gib;owner\r\nweb;4;16;Anna\r\n",
		"ragged":         "name\tvcpu\tmemory_gib\towner\nweb\t4\t16\tAnna\tmore\tcells\n",
		"quotes, breaks": "name\tvcpu\tmemory_gib\towner\n\"web\"\t4\t16\t\"Anna\nB\"\n",
	} {
		inv, err := ReadPasted(text)
		require.NoError(t, err, name)
		require.Len(t, inv.Lines, 1, name)
		assert.Equal(t, "web", inv.Lines[0]["name"], name)
		assert.Equal(t, json.Number("4"), inv.Lines[0]["vcpu"], name)
	}
	_, err := ReadPasted("")
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func TestReadWorkloads_TakesWorkbooks(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range [][]any{{"VM", "Powerstate", "CPUs", "Memory", "Provisioned MiB", "OS according to the configuration file"}, {"app01", "poweredOn", 4, 16384, 102400, "Microsoft Windows Server 2019"}, {"old01", "poweredOff", 2, 4096, 1024, ""}} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("Sheet1", cell, &row))
	}
	path := filepath.Join(t.TempDir(), "RVTools.xlsx")
	require.NoError(t, f.SaveAs(path))
	inv, err := ReadWorkloads(t.Context(), path)
	require.NoError(t, err)
	assert.Equal(t, "rvtools", inv.Kind)
	require.Len(t, inv.Lines, 1)
	assert.Equal(t, migration.DraftLine{"name": "app01", "type": "other", "vcpu": json.Number("4"), "memory_gib": json.Number("16"), "block_gib": json.Number("100"), "os": "windows"}, inv.Lines[0])
	require.NoError(t, os.WriteFile(path, []byte("none"), 0o600))
	_, err = ReadWorkloads(t.Context(), path)
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	_, err = ReadWorkloads(t.Context(), filepath.Join(t.TempDir(), "gone.xlsx"))
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
}
