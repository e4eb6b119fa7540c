package desktop

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source/mappedfile"
)

const hostingTable = "Datum;Produkt;Betrag (EUR);tag:team\n03.10.2026;Server;1.234,50;red\n25.10.2026;Volume;0,10;\n26.10.2026;Traffic;viel;red\n"

// openMappings is a desktop with a new workspace, and its mappings.
func openMappings(t *testing.T) (*house, *Mappings) {
	t.Helper()
	h := openDesktop(t)
	_, err := h.workspaces.Create("Acme")
	require.NoError(t, err)
	return h, &Mappings{h.Desktop}
}

func TestMappings_FromTheSuggestionToTheImport(t *testing.T) {
	h, m := openMappings(t)
	path := h.writeBill(t, "invoice.csv", hostingTable)
	tables, err := m.Mappable([]string{path, h.writeBill(t, "focus.csv", bill()), h.writeBill(t, "a.html", "<html>")})
	require.NoError(t, err)
	assert.Equal(t, []string{path}, tables)

	table, err := m.Inspect(path)
	require.NoError(t, err)
	assert.Len(t, table.Missing, 1)
	assert.Contains(t, table.Mapping.Columns, MappingColumn{"BilledCost", "Betrag (EUR)", ""})
	assert.Equal(t, []MappingTag{{"team", "tag:team"}}, table.Mapping.Tags)
	trial, err := m.Try(path, table.Mapping)
	require.NoError(t, err)
	assert.Len(t, trial.Missing, 1)

	mapping := table.Mapping
	mapping.Columns = append(mapping.Columns, MappingColumn{"ProviderName", "", "Hetzner"}, MappingColumn{"ServiceCategory", "", ""})
	trial, err = m.Try(path, mapping)
	require.NoError(t, err)
	assert.Equal(t, MappingTotal{"EUR", "BilledCost", "1234.6"}, trial.Totals[0])
	assert.Equal(t, int64(1), trial.Left)
	assert.EqualValues(t, 1, trial.LeftUnknown, "its amount is a word")
	assert.Empty(t, trial.LeftCosts)
	version, err := m.Save(mapping, 0)
	require.NoError(t, err)
	assert.EqualValues(t, 1, version)
	_, err = m.Save(mapping, 0)
	assert.Equal(t, "conflict", code(err))

	infos, err := m.List()
	require.NoError(t, err)
	require.Len(t, infos, 1)
	assert.Equal(t, "Hetzner", infos[0].Provider)
	found, err := m.Find("invoice")
	require.NoError(t, err)
	assert.Equal(t, mapping.Tags, found.Tags)
	assert.Len(t, found.Columns, len(mapping.Columns)-1)
	_, err = m.Find("none")
	assert.Equal(t, "not_found", code(err))

	end := h.importBill(t, path)
	assert.Equal(t, int64(2), end.Result.Lines)
	require.NoError(t, m.Delete("invoice", service.AnyVersion))
	assert.Equal(t, "not_found", code(m.Delete("invoice", service.AnyVersion)))
}

// TestMappings_TwoEdits changes a saved mapping that somebody else has changed meanwhile.
func TestMappings_TwoEdits(t *testing.T) {
	h, m := openMappings(t)
	table, err := m.Inspect(h.writeBill(t, "invoice.csv", hostingTable))
	require.NoError(t, err)
	mapping := table.Mapping
	mapping.Columns = append(mapping.Columns, MappingColumn{"ProviderName", "", "Hetzner"})
	_, err = m.Save(mapping, 0)
	require.NoError(t, err)

	mine, err := m.Open("invoice")
	require.NoError(t, err)
	assert.EqualValues(t, 1, mine.Version)
	assert.Contains(t, mine.Names, "Betrag (EUR)")
	assert.Empty(t, mine.Rows)
	theirs := mapping
	theirs.Sign = "reversed"
	version, err := m.Save(theirs, 1)
	require.NoError(t, err)
	assert.EqualValues(t, 2, version)

	_, err = m.Save(mine.Mapping, mine.Version)
	f, ok := h.FormatError(err).(Failure)
	require.True(t, ok)
	require.NotNil(t, f.Conflict)
	assert.EqualValues(t, 2, f.Conflict.Have.Version)
	assert.Contains(t, f.Conflict.Have.Text, "Sign: reversed")
	assert.Contains(t, f.Conflict.Want.Text, "BilledCost ← Betrag (EUR)")
	assert.Contains(t, f.Conflict.Want.Text, "Sign: as written")
	version, err = m.Save(mine.Mapping, f.Conflict.Have.Version)
	require.NoError(t, err)
	assert.EqualValues(t, 3, version)

	require.NoError(t, m.Delete("invoice", service.AnyVersion))
	_, err = m.Save(mine.Mapping, 3)
	f, _ = h.FormatError(err).(Failure)
	require.NotNil(t, f.Conflict)
	assert.Nil(t, f.Conflict.Have, "it was deleted")
}

// TestMappings_ColumnThatCannotBeIt takes an amount for the currency.
func TestMappings_ColumnThatCannotBeIt(t *testing.T) {
	h, m := openMappings(t)
	path := h.writeBill(t, "invoice.csv", hostingTable)
	table, err := m.Inspect(path)
	require.NoError(t, err)
	mapping := table.Mapping
	mapping.Columns = slices.DeleteFunc(mapping.Columns, func(c MappingColumn) bool { return c.Focus == "BillingCurrency" })
	mapping.Columns = append(mapping.Columns, MappingColumn{"BillingCurrency", "Betrag (EUR)", ""}, MappingColumn{"ProviderName", "", "Hetzner"})
	trial, err := m.Try(path, mapping)
	require.NoError(t, err)
	require.Len(t, trial.Refused, 1)
	assert.Equal(t, "BillingCurrency", trial.Refused[0].Focus)
	assert.Contains(t, trial.Refused[0].Reason, "is not a currency code")
	assert.Empty(t, trial.Rows, "nothing is read with it")
}

func TestMappings_Files(t *testing.T) {
	h, m := openMappings(t)
	path := h.writeBill(t, "invoice.csv", hostingTable)
	table, err := m.Inspect(path)
	require.NoError(t, err)
	mapping := table.Mapping
	mapping.Columns = append(mapping.Columns, MappingColumn{"ProviderName", "", "Hetzner"})
	_, err = m.Save(mapping, 0)
	require.NoError(t, err)

	out := filepath.Join(t.TempDir(), "exported")
	h.window.answer = ""
	saved, err := m.Export("invoice")
	require.NoError(t, err)
	assert.Empty(t, saved, "cancelled")
	h.window.answer = out
	saved, err = m.Export("invoice")
	require.NoError(t, err)
	assert.Equal(t, out+".json", saved)
	text, err := os.ReadFile(saved)
	require.NoError(t, err)
	_, err = mappedfile.Decode(text)
	require.NoError(t, err)

	h.window.answer = saved
	_, err = m.Import()
	assert.Equal(t, "conflict", code(err))
	require.NoError(t, m.Delete("invoice", service.AnyVersion))
	name, err := m.Import()
	require.NoError(t, err)
	assert.Equal(t, "invoice", name)
	h.window.answer = ""
	name, err = m.Import()
	require.NoError(t, err)
	assert.Empty(t, name)
	h.window.fail = errBoom
	_, err = m.Import()
	assert.Equal(t, "unavailable", code(err))
	_, err = m.Export("invoice")
	assert.Equal(t, "unavailable", code(err))
}

func TestMappings_WithoutAWorkspace(t *testing.T) {
	h := openDesktop(t)
	m := &Mappings{h.Desktop}
	_, err := m.Inspect("x")
	assert.Equal(t, "not_found", code(err))
	_, err = m.Mappable([]string{"x"})
	assert.Equal(t, "not_found", code(err))
	_, err = m.List()
	assert.Equal(t, "not_found", code(err))
	_, err = m.Save(Mapping{}, 0)
	assert.Equal(t, "not_found", code(err))
}

// TestMappings_NoListIsEverNull converts values whose lists are all nil.
func TestMappings_NoListIsEverNull(t *testing.T) {
	for name, dto := range map[string]any{
		"mapping": mappingWire(mappedfile.Mapping{}), "table": mappingTable(&service.Table{Rows: [][]*string{nil}, Suggestion: mappedfile.Suggestion{Matches: []mappedfile.Match{{}}}}),
		"trial": mappingTrial(&service.Trial{}), "info": service.SavedMapping.Info(service.SavedMapping{}),
	} {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(dto)
			require.NoError(t, err)
			assert.NotContains(t, string(text), "null")
		})
	}
}
