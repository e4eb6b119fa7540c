package service

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/mappedfile"
	"cloud-intelligence/backend/store"
)

const hosting = "Datum;Produkt;Betrag (EUR);Team\n" +
	"03.10.2026;Cloud Server;1.234,50;red\n" +
	"25.10.2026;Volume;0,10;\n" +
	"26.10.2026;Credit;-34,60;red\n" +
	"26.10.2026;Traffic;viel;red\n"

func writeTable(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// completed is the suggestion for a table with what only a person knows.
func completed(t *testing.T, path string) mappedfile.Mapping {
	t.Helper()
	table, err := InspectTable(t.Context(), nil, path)
	require.NoError(t, err)
	m := table.Suggestion.Mapping
	m.Columns["ProviderName"] = mappedfile.ColumnSource{Text: "Hetzner"}
	m.Columns["BillingAccountId"] = mappedfile.ColumnSource{Text: "K-1"}
	return m
}

func TestMapping_FromATableToTheLedger(t *testing.T) {
	w := newWorkspace(t)
	path := writeTable(t, "invoice-2026-10.csv", hosting)
	plan, err := w.Imports.Plan(t.Context(), []string{path})
	require.NoError(t, err)
	require.Empty(t, plan.Files)
	require.Len(t, plan.Skipped, 1)
	mappable, err := w.Mappings.Mappable(t.Context(), []string{path})
	require.NoError(t, err)
	assert.Equal(t, []string{path}, mappable)

	table, err := w.Mappings.Inspect(t.Context(), path)
	require.NoError(t, err)
	assert.Equal(t, "invoice-2026-10", table.Suggestion.Mapping.Name)
	assert.Equal(t, []string{"Datum", "Produkt", "Betrag (EUR)", "Team"}, table.Names)
	assert.Len(t, table.Rows, 4)
	assert.Equal(t, []string{"Name the provider of the bill (ProviderName): choose a column, or write the name."}, table.Missing)
	assert.Empty(t, table.ReadBy)
	assert.Contains(t, table.SeemsToBe, "a table")

	err = w.Mappings.Save(t.Context(), table.Suggestion.Mapping, false)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), "it is not complete")

	m := completed(t, path)
	trial, err := TryMapping(t.Context(), path, m)
	require.NoError(t, err)
	assert.Equal(t, int64(4), trial.Lines)
	assert.Equal(t, int64(1), trial.Left)
	assert.False(t, trial.More)
	require.Len(t, trial.Rejects, 1)
	assert.Contains(t, trial.Rejects[0].Reason, `"viel"`)
	require.Len(t, trial.Totals, 2)
	assert.Equal(t, "EUR BilledCost 1200", trial.Totals[0].Currency+" "+string(trial.Totals[0].Metric)+" "+trial.Totals[0].Amount.String())

	require.NoError(t, w.Mappings.Save(t.Context(), m, false))
	plan, err = w.Imports.Plan(t.Context(), []string{path})
	require.NoError(t, err)
	require.Len(t, plan.Files, 1)
	assert.Equal(t, "mapping", plan.Files[0].Source.Name())
	assert.Equal(t, []string{"Hetzner"}, plan.Files[0].Providers)
	table, err = w.Mappings.Inspect(t.Context(), path)
	require.NoError(t, err)
	assert.Contains(t, table.ReadBy, `"invoice-2026-10"`)

	result, err := w.Imports.Run(t.Context(), plan, ImportOptions{Overlap: ingest.OverlapAsk})
	require.NoError(t, err)
	assert.Equal(t, int64(3), result.Lines)
	assert.Equal(t, int64(1), result.Rejects)
	answer, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{"BilledCost", "EffectiveCost"}})
	require.NoError(t, err)
	require.Len(t, answer.Totals, 1)
	assert.Equal(t, "1200", answer.Totals[0].Amounts[0].String())
	assert.Equal(t, "1200", answer.Totals[0].Amounts[1].String())
	report, err := w.Ledger.Verify(t.Context())
	require.NoError(t, err)
	assert.True(t, report.OK)

	t.Run("AnotherWorkspaceKnowsNothingOfIt", func(t *testing.T) {
		plan, err := newWorkspace(t).Imports.Plan(t.Context(), []string{path})
		require.NoError(t, err)
		assert.Empty(t, plan.Files)
	})
	t.Run("TheCopyHasIt", func(t *testing.T) {
		dup := filepath.Join(t.TempDir(), "copy.cloudintel")
		require.NoError(t, w.CopyTo(t.Context(), dup, "Copy"))
		list, err := reopen(t, dup).Mappings.List(t.Context())
		require.NoError(t, err)
		assert.Len(t, list, 1)
	})
}

func TestMappable_NoListOfSomethingElse(t *testing.T) {
	w := newWorkspace(t)
	prices := writeTable(t, "reserve.csv", "Recommendation Date,Recommended Instance Quantity Purchase,Upfront Cost\n2026-10-01,2,12.50\n")
	mappable, err := w.Mappings.Mappable(t.Context(), []string{prices})
	require.NoError(t, err)
	assert.Empty(t, mappable)
}

func TestMappings_SavedExportedImported(t *testing.T) {
	w := newWorkspace(t)
	m := completed(t, writeTable(t, "a.csv", hosting))
	m.Name = " Hetzner "
	require.NoError(t, w.Mappings.Save(t.Context(), m, false))
	m.Name = "hetzner"
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(w.Mappings.Save(t.Context(), m, false)))
	require.NoError(t, w.Mappings.Save(t.Context(), m, true))

	path := filepath.Join(t.TempDir(), "m.json")
	require.NoError(t, w.Mappings.Export(t.Context(), "HETZNER", path))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(w.Mappings.Export(t.Context(), "none", path)))
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(w.Mappings.Export(t.Context(), "hetzner", filepath.Join(path, "x"))))

	other := newWorkspace(t)
	got, err := other.Mappings.Import(t.Context(), path, "", false)
	require.NoError(t, err)
	assert.Equal(t, m, got)
	_, err = other.Mappings.Import(t.Context(), path, "Second", false)
	require.NoError(t, err)
	list, err := other.Mappings.List(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 2)
	assert.Equal(t, []string{"hetzner", "Second"}, []string{list[0].Name, list[1].Name})

	require.NoError(t, other.Mappings.Delete(t.Context(), "second", AnyVersion))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(other.Mappings.Delete(t.Context(), "second", AnyVersion)))
	for name, bad := range map[string]string{"Text": "hello", "Incomplete": `{"format":"cloud-intelligence-mapping","version":1,"name":"x","header":["a"],"columns":{}}`,
		"NoHeader": strings.Replace(mustEncode(t, m), `"header": [`, `"header": [], "x": [`, 1)} {
		t.Run(name, func(t *testing.T) {
			_, err := other.Mappings.Import(t.Context(), writeTable(t, "bad.json", bad), "", false)
			assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		})
	}
	_, err = other.Mappings.Import(t.Context(), filepath.Join(t.TempDir(), "none.json"), "", false)
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	_, err = other.Mappings.Import(t.Context(), t.TempDir(), "", false)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func mustEncode(t *testing.T, m mappedfile.Mapping) string {
	t.Helper()
	text, err := mappedfile.Encode(m)
	require.NoError(t, err)
	return string(text)
}

// TestMappings_OfANewerProgram are listed with their problem and do not keep others from work.
func TestMappings_OfANewerProgram(t *testing.T) {
	w := newWorkspace(t)
	path := writeTable(t, "a.csv", hosting)
	require.NoError(t, w.Mappings.Save(t.Context(), completed(t, path), false))
	require.NoError(t, w.db.SaveMapping(t.Context(), store.SavedMapping{Name: "New", Content: `{"format":"cloud-intelligence-mapping","version":9}`, ChangedAt: w.now()}, "Tester", false))
	list, err := w.Mappings.List(t.Context())
	require.NoError(t, err)
	assert.Contains(t, list[1].Problem, "version 9")
	plan, err := w.Imports.Plan(t.Context(), []string{path})
	require.NoError(t, err)
	assert.Len(t, plan.Files, 1)
}

func TestInspectTable_WhatIsNone(t *testing.T) {
	archive := filepath.Join(t.TempDir(), "two.zip")
	out, err := os.Create(archive)
	require.NoError(t, err)
	z := zip.NewWriter(out)
	for _, name := range []string{"a.csv", "sub/b.csv"} {
		entry, err := z.Create(name)
		require.NoError(t, err)
		_, err = entry.Write([]byte(hosting))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	require.NoError(t, out.Close())
	empty := filepath.Join(t.TempDir(), "empty.zip")
	require.NoError(t, os.WriteFile(empty, append([]byte("PK\x05\x06"), make([]byte, 18)...), 0o600))

	for name, c := range map[string]struct {
		path string
		code finops.Code
		want string
	}{
		"Missing":     {filepath.Join(t.TempDir(), "none.csv"), finops.CodeNotFound, "There is no file"},
		"Folder":      {t.TempDir(), finops.CodeInvalid, "is a folder"},
		"HTML":        {writeTable(t, "a.html", "<!doctype html><p>x"), finops.CodeInvalid, "an HTML page"},
		"Archive":     {archive, finops.CodeInvalid, "Name one of them"},
		"NoEntry":     {archive + "/none.csv", finops.CodeInvalid, "Name one of them"},
		"EmptyZip":    {empty, finops.CodeInvalid, "The archive has nothing in it"},
		"HeaderOnly":  {writeTable(t, "h.csv", "a,b,c\n"), finops.CodeInvalid, "cannot be mapped"},
		"SkippedFile": {writeTable(t, "x-manifest.json", "{}"), finops.CodeInvalid, "This is a manifest"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := InspectTable(t.Context(), source.Registry{}, c.path)
			require.Error(t, err)
			assert.Equal(t, c.code, finops.CodeOf(err))
			assert.Contains(t, finops.MessageOf(err), c.want)
		})
	}
	table, err := InspectTable(t.Context(), testOptions.Sources, archive+"/sub/b.csv")
	require.NoError(t, err)
	assert.Equal(t, "b", table.Suggestion.Mapping.Name)
	assert.Len(t, table.Rows, 4)
}

func TestTryMapping_LongTable(t *testing.T) {
	for name, c := range map[string]struct {
		rows int
		more bool
	}{"Short": {10, false}, "Exactly": {sampleRows, false}, "Longer": {sampleRows + 1, true}, "Batches": {70_000, true}} {
		t.Run(name, func(t *testing.T) {
			path := writeTable(t, "a.csv", "date,cost,currency,vendor\n"+strings.Repeat("2026-10-03,0.1,USD,Acme\n", c.rows))
			table, err := InspectTable(t.Context(), nil, path)
			require.NoError(t, err)
			assert.Empty(t, table.Missing)
			trial, err := TryMapping(t.Context(), path, table.Suggestion.Mapping)
			require.NoError(t, err)
			assert.Equal(t, c.more, trial.More)
			assert.Equal(t, int64(min(c.rows, sampleRows)), trial.Lines)
			var want finops.Sum
			for range trial.Lines {
				want.Add(finops.NewAmount(1, 1))
			}
			assert.Equal(t, want.String(), trial.Totals[0].Amount.String())
			assert.Len(t, trial.Rows, min(c.rows, shownRows))
		})
	}
	trial, err := TryMapping(t.Context(), writeTable(t, "a.csv", hosting), mappedfile.Mapping{})
	require.NoError(t, err)
	assert.Len(t, trial.Missing, 4)
	_, err = TryMapping(t.Context(), writeTable(t, "a.csv", hosting), mappedfile.Mapping{Dates: "odd"})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}
