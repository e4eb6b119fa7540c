package desktop

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestReconciliation_RoundTrip(t *testing.T) {
	h := filled(t)
	r := &Reconciliation{h.Desktop}
	invoices, err := r.List()
	require.NoError(t, err)
	require.NotEmpty(t, invoices)
	first := invoices[0]
	assert.EqualValues(t, "no_figure", first.Status)
	assert.Nil(t, first.Figure)
	assert.Nil(t, first.Difference)

	key, err := r.Save(FigureInput{Key: first.Key, Total: first.Ledger + "1", Tax: "0", Note: " ok "})
	require.NoError(t, err)
	assert.Equal(t, first.Key, key)
	bridge, err := r.Bridge(key)
	require.NoError(t, err)
	require.NotNil(t, bridge.Invoice.Figure)
	assert.Equal(t, "ok", bridge.Invoice.Figure.Note)
	assert.Equal(t, "nora", bridge.Invoice.Figure.User)
	assert.NotNil(t, bridge.Invoice.Difference)
	require.NotEmpty(t, bridge.Steps)
	for _, s := range bridge.Steps {
		page, err := h.ledger.Lines(LinesQuestion{Where: meant(s.Where), From: s.From, To: s.To, Columns: []string{"BilledCost"}})
		require.NoError(t, err)
		assert.Equal(t, s.Lines, int64(page.Total), s.Title)
	}

	for text, want := range map[string]string{
		"1,234": `Total: "1,234" can be read in two ways.`, "ten": `Total: "ten" is not an amount with a decimal point.`, " ": "Type the total of the invoice: the amount to pay.",
	} {
		_, err := r.Save(FigureInput{Key: key, Total: text})
		assert.Equal(t, "invalid", code(err))
		assert.ErrorContains(t, err, want)
	}
	_, err = r.Save(FigureInput{Key: key, Total: "1", Credits: "5"})
	assert.ErrorContains(t, err, "written with a minus")

	require.NoError(t, r.Delete(bridge.Invoice.Figure.ID))
	assert.Equal(t, "not_found", code(r.Delete(bridge.Invoice.Figure.ID)))
}

func TestReconciliation_FilesOfFigures(t *testing.T) {
	h := filled(t)
	r := &Reconciliation{h.Desktop}
	path, err := r.ChooseFile()
	require.NoError(t, err)
	assert.Empty(t, path, "cancelled")

	h.window.answer = filepath.Join(t.TempDir(), "figures")
	template, err := r.SaveTemplate()
	require.NoError(t, err)
	assert.Equal(t, h.window.answer+".csv", template)
	text, err := os.ReadFile(template)
	require.NoError(t, err)
	assert.Contains(t, string(text), "provider,billing_account,month,invoice_id,currency,total,")

	invoices, err := r.List()
	require.NoError(t, err)
	k := invoices[0].Key
	figures := filepath.Join(t.TempDir(), "figures.csv")
	write := func(total string) {
		require.NoError(t, os.WriteFile(figures, []byte("provider;account;month;currency;total\n"+k.Provider+";"+k.Account+";"+k.Month+";"+k.Currency+";"+total+"\n"), 0o600))
	}
	write("12,50")
	h.window.answers = []string{figures}
	path, err = r.ChooseFile()
	require.NoError(t, err)
	done, err := r.Import(path, "auto")
	require.NoError(t, err)
	assert.Equal(t, FiguresImport{Added: 1, Decimal: "comma", Replaced: []ReplacedFigure{}}, done)
	write("1.234")
	_, err = r.Import(path, "auto")
	assert.ErrorContains(t, err, "two ways")
	done, err = r.Import(path, "comma")
	require.NoError(t, err)
	require.Len(t, done.Replaced, 1)
	assert.Equal(t, "12.50 1234", done.Replaced[0].Before+" "+done.Replaced[0].Now)

	_, err = r.Import(filepath.Join(t.TempDir(), "gone.csv"), "auto")
	assert.Equal(t, "not_found", code(err))
	_, err = r.Import(figures, "dot")
	assert.Equal(t, "invalid", code(err))
}

func TestReconciliation_NeedsAWorkspace(t *testing.T) {
	h := openDesktop(t)
	r := &Reconciliation{h.Desktop}
	path := filepath.Join(t.TempDir(), "f.csv")
	require.NoError(t, os.WriteFile(path, []byte("account,total\n1,2\n"), 0o600))
	for name, call := range map[string]func() error{
		"List":     func() error { _, err := r.List(); return err },
		"Bridge":   func() error { _, err := r.Bridge(InvoiceKey{}); return err },
		"Save":     func() error { _, err := r.Save(FigureInput{Total: "1"}); return err },
		"Delete":   func() error { return r.Delete(1) },
		"Import":   func() error { _, err := r.Import(path, "auto"); return err },
		"Template": func() error { _, err := r.SaveTemplate(); return err },
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, "not_found", code(call())) })
	}
}

// meant is what the page makes of the conditions behind a figure.
func meant(where []finops.Condition) finops.Filter { return finops.Conditions(where...) }
