package desktop

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
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

	key, err := r.Save(FigureInput{Key: first.InvoiceKey, Total: first.Ledger.String() + "1", Tax: "0", Note: " ok "})
	require.NoError(t, err)
	assert.Equal(t, first.InvoiceKey, key)
	bridge, err := r.Bridge(key)
	require.NoError(t, err)
	require.NotNil(t, bridge.Figure)
	assert.Equal(t, "ok", bridge.Figure.Note)
	assert.Equal(t, "nora", bridge.Figure.User)
	assert.NotNil(t, bridge.Difference)
	require.NotEmpty(t, bridge.Steps)
	for _, s := range bridge.Steps {
		page, err := h.ledger.Lines(LinesQuestion{Where: meant(s.Where), From: wire.Day(s.From), To: wire.Day(s.To), Columns: []string{"BilledCost"}})
		require.NoError(t, err)
		assert.Equal(t, s.Lines, int64(page.Total), s.Title)
	}

	for text, want := range map[string]string{
		"1,234": `Total: "1,234" can be read in two ways.`, "ten": `Total: "ten" is not an amount. Enter the number alone.`, " ": "Total: Enter the amount to pay.",
	} {
		_, err := r.Save(FigureInput{Key: key, Total: text})
		assert.Equal(t, "invalid", code(err))
		assert.ErrorContains(t, err, want)
	}
	seen := bridge.Figure
	_, err = r.Save(FigureInput{Key: key, Total: "7"})
	assert.Equal(t, "conflict", code(err), "the person saw no amount")
	failure := h.FormatError(err).(Failure)
	require.NotNil(t, failure.Conflict)
	assert.Equal(t, "Total "+seen.Total.String()+" "+key.Currency+"\nTax 0\nNote: ok", failure.Conflict.Have.Text)
	assert.Equal(t, "Total 7 "+key.Currency, failure.Conflict.Want.Text)
	_, err = r.Save(FigureInput{ID: seen.ID + 1, Version: 1, Key: key, Total: "7"})
	assert.ErrorContains(t, err, "amount of that invoice already")

	_, err = r.Save(FigureInput{ID: seen.ID, Version: seen.Version, Key: key, Total: "1", Credits: "5"})
	assert.ErrorContains(t, err, "Enter them with a minus")

	require.NoError(t, r.Delete(bridge.Figure.ID, service.AnyVersion))
	assert.Equal(t, "not_found", code(r.Delete(bridge.Figure.ID, service.AnyVersion)))
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
	k := invoices[0].InvoiceKey
	figures := filepath.Join(t.TempDir(), "figures.csv")
	write := func(total string) {
		require.NoError(t, os.WriteFile(figures, []byte("provider;account;month;currency;total\n"+k.Provider+";"+k.BillingAccount+";"+k.Month+";"+k.Currency+";"+total+"\n"), 0o600))
	}
	write("12,50")
	h.window.answers = []string{figures}
	path, err = r.ChooseFile()
	require.NoError(t, err)
	preview, err := r.Preview(path, "auto")
	require.NoError(t, err)
	input := FigureInput{Key: k, Total: "12.50"}
	assert.Equal(t, FiguresPreview{File: "figures.csv", Decimal: "comma", Rows: []FigureRow{{FigureLine: service.FigureLine{Line: 2, InvoiceKey: k, Total: "12.50", State: service.FigureNew}, Input: input}}}, preview)
	outcomes, err := r.SaveAll([]FigureInput{input, {Key: k, Total: "1,5x"}}, "point")
	require.NoError(t, err)
	assert.Equal(t, []FigureOutcome{{Key: k}, {k, `Total: "1,5x" is not an amount. Enter the number alone.`}}, outcomes)

	write("1.234")
	preview, err = r.Preview(path, "auto")
	require.NoError(t, err)
	assert.Equal(t, "refused 1.234", string(preview.Rows[0].State)+" "+preview.Rows[0].Input.Total)
	assert.Contains(t, preview.Rows[0].Problem, "two ways")
	preview, err = r.Preview(path, "comma")
	require.NoError(t, err)
	row := preview.Rows[0]
	assert.Equal(t, "replaces 12.50 1234", string(row.State)+" "+row.TotalBefore.String()+" "+row.Input.Total)
	outcomes, err = r.SaveAll([]FigureInput{row.Input}, "point")
	require.NoError(t, err)
	assert.Empty(t, outcomes[0].Problem)
	outcomes, err = r.SaveAll([]FigureInput{row.Input}, "point")
	require.NoError(t, err)
	assert.Equal(t, "nora changed it to 1234 "+k.Currency+" meanwhile. Open the invoice to choose one.", outcomes[0].Problem)
	preview, err = r.Preview(path, "comma")
	require.NoError(t, err)
	assert.Equal(t, service.FigureUnchanged, preview.Rows[0].State)

	require.NoError(t, os.WriteFile(figures, []byte("ProviderName,BilledCost\nAWS,1\n"), 0o600))
	_, err = r.Preview(path, "auto")
	assert.Equal(t, "unsupported", code(err), "a bill")
	_, err = r.Preview(filepath.Join(t.TempDir(), "gone.csv"), "auto")
	assert.Equal(t, "not_found", code(err))
	_, err = r.Preview(figures, "dot")
	assert.Equal(t, "invalid", code(err))
}

func TestReconciliation_AColumnOfAmounts(t *testing.T) {
	h := filled(t)
	r := &Reconciliation{h.Desktop}
	invoices, err := r.List()
	require.NoError(t, err)
	first, second := invoices[0].InvoiceKey, invoices[0].InvoiceKey
	second.Month = "2020-01" // it may come before its bill
	outcomes, err := r.SaveAll([]FigureInput{{Key: first, Total: "1.234"}, {Key: second, Total: "12,50 €", Tax: "2.50"}}, "auto")
	require.NoError(t, err)
	assert.Equal(t, []FigureOutcome{{Key: first}, {Key: second}}, outcomes)
	invoices, err = r.List()
	require.NoError(t, err)
	require.Len(t, invoices, 2)
	assert.Equal(t, "1234 12.50", invoices[0].Figure.Total.String()+" "+invoices[1].Figure.Total.String(), "the second says that the point separates thousands")
}

func TestReconciliation_NeedsAWorkspace(t *testing.T) {
	h := openDesktop(t)
	r := &Reconciliation{h.Desktop}
	path := filepath.Join(t.TempDir(), "f.csv")
	require.NoError(t, os.WriteFile(path, []byte("account,total\n1,2\n"), 0o600))
	for name, call := range map[string]func() error{
		"List":     func() error { _, err := r.List(); return err },
		"Bridge":   func() error { _, err := r.Bridge(reconcile.InvoiceKey{}); return err },
		"Save":     func() error { _, err := r.Save(FigureInput{Total: "1"}); return err },
		"Delete":   func() error { return r.Delete(1, service.AnyVersion) },
		"SaveAll":  func() error { _, err := r.SaveAll([]FigureInput{{Total: "1"}}, "auto"); return err },
		"Preview":  func() error { _, err := r.Preview(path, "auto"); return err },
		"Template": func() error { _, err := r.SaveTemplate(); return err },
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, "not_found", code(call())) })
	}
}

// meant is what the page makes of the conditions behind a figure.
func meant(where []finops.Condition) finops.Filter { return finops.Conditions(where...) }
