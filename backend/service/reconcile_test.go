package service

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// invoiceBill is a bill with a line of every kind that a bridge distinguishes.
func invoiceBill() *table {
	return newTable("InvoiceId", "ChargeClass", "PublisherName", "InvoiceIssuerName", "BillingAccountName").
		line("BilledCost", "100.005", "InvoiceId", "INV-1", "PublisherName", "AWS", "BillingAccountName", "Old name").
		line("BilledCost", "50", "InvoiceId", "INV-1", "ChargeCategory", "Purchase", "BillingAccountName", "Payer", "ChargePeriodStart", "2026-05-31T00:00:00Z").
		line("BilledCost", "19.25", "InvoiceId", "INV-1", "ChargeCategory", "Tax", "ChargePeriodStart", "2026-05-01T00:00:00Z").
		line("BilledCost", "-10", "InvoiceId", "INV-1", "ChargeCategory", "Credit").
		line("BilledCost", "0.001", "InvoiceId", "INV-1", "ChargeCategory", "Adjustment").
		line("BilledCost", "-3", "InvoiceId", "INV-1", "ChargeClass", "Correction", "ChargePeriodStart", "2026-04-03T00:00:00Z").
		line("BilledCost", "7.5", "InvoiceId", "INV-1", "PublisherName", "Datadog, Inc.", "InvoiceIssuerName", "Amazon Web Services, Inc.").
		line("BilledCost", "2", "InvoiceId", "INV-1", "ChargePeriodStart", "2026-04-30T23:00:00Z").
		line("BilledCost", "4", "InvoiceId", "INV-2").
		line("BilledCost", "6").
		line("BilledCost", "8", "BillingCurrency", "EUR", "InvoiceId", "INV-1").
		line("BilledCost", "9", "BillingPeriodStart", "2026-04-01T00:00:00Z", "BillingPeriodEnd", "2026-05-01T00:00:00Z", "ChargePeriodStart", "2026-04-09T00:00:00Z", "InvoiceId", "INV-0")
}

func withBill(t *testing.T) *Workspace {
	t.Helper()
	w := newWorkspace(t)
	w.now = func() time.Time { return time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC) }
	load(t, w, invoiceBill().file(t, "bill.csv"))
	return w
}

func typed(t *testing.T, invoice, total string) reconcile.Row {
	t.Helper()
	a, err := finops.ParseAmount([]byte(total))
	require.NoError(t, err)
	return reconcile.Row{Figure: reconcile.Figure{Key: reconcile.Key{Invoice: invoice, Currency: "USD"}, Total: a}}
}

func bridgeText(br *reconcile.Bridge) string {
	var b strings.Builder
	for _, s := range br.Steps {
		fmt.Fprintf(&b, "%s %s/%d; ", s.Kind, s.Amount, s.Lines)
	}
	for _, d := range br.Differences {
		fmt.Fprintf(&b, "+%s %s; ", d.Kind, d.Amount)
	}
	return b.String() + string(br.Status)
}

func TestReconcile_BridgeOfAnInvoice(t *testing.T) {
	w := withBill(t)
	saved, err := w.Reconciliation.SaveFigure(t.Context(), typed(t, "INV-1", "165.76"))
	require.NoError(t, err)
	assert.Equal(t, "AWS 1 2026-05 INV-1 USD", fmt.Sprint(saved.Provider, " ", saved.Account, " ", saved.Month, " ", saved.Invoice, " ", saved.Currency), "found in the ledger")
	assert.Nil(t, saved.Before)
	assert.Equal(t, "Tester", saved.User)

	br, err := w.Reconciliation.Bridge(t.Context(), saved.Key)
	require.NoError(t, err)
	assert.Equal(t, "usage 100.005/1; purchase 50/1; late 2/1; marketplace 7.5/1; correction -3/1; adjustment 0.001/1; credit -10/1; tax 19.25/1; "+
		"other_invoice 4/1; no_invoice 6/1; +rounding 0.004; ties_rounding", bridgeText(br))
	assert.Equal(t, "Payer", br.AccountName)
	assert.Equal(t, "2026-04-03 to 2026-05-31", br.FirstDay.String()+" to "+br.LastDay.String())
	require.Len(t, br.Beside, 1)
	assert.Equal(t, "8 EUR", br.Beside[0].Amount.String()+" "+br.Beside[0].Currency)

	all, err := w.Reconciliation.Bridges(t.Context())
	require.NoError(t, err)
	var list []string
	for _, br := range all {
		list = append(list, fmt.Sprintf("%s %s %s %s %s", br.Month, br.Invoice, br.Currency, br.Ledger, br.Status))
	}
	assert.Equal(t, []string{
		"2026-05 INV-1 EUR 8 no_figure", "2026-05 INV-1 USD 165.756 ties_rounding", "2026-05 INV-2 USD 4 no_figure", "2026-04 INV-0 USD 9 no_figure",
	}, list)
}

// TestReconcile_StepsLeadToTheirLines asks the ledger for the lines behind every step.
func TestReconcile_StepsLeadToTheirLines(t *testing.T) {
	w := withBill(t)
	all, err := w.Reconciliation.Bridges(t.Context())
	require.NoError(t, err)
	month := all[0].Month
	for _, invoice := range []string{"", "INV-1"} {
		br, err := w.Reconciliation.Bridge(t.Context(), reconcile.Key{Provider: "AWS", Account: "1", Month: month, Invoice: invoice, Currency: "USD"})
		require.NoError(t, err)
		require.NotEmpty(t, br.Steps)
		total := 0
		for _, s := range br.Steps {
			page, err := w.Ledger.Lines(t.Context(), engine.LinesQuestion{Where: finops.Conditions(s.Where...), From: s.From, To: s.To})
			require.NoError(t, err)
			require.Len(t, page.Totals, 1, s.Kind)
			assert.Equal(t, int(s.Lines), page.Total, s.Kind)
			assert.Zero(t, page.Totals[0].Amounts[0].Cmp(s.Amount), s.Kind)
			total += page.Total
		}
		assert.Equal(t, 10, total)
		for _, x := range br.Beside {
			page, err := w.Ledger.Lines(t.Context(), engine.LinesQuestion{Where: finops.Conditions(x.Where...)})
			require.NoError(t, err)
			assert.Equal(t, int(x.Lines), page.Total)
		}
	}
}

func TestSaveFigure_ReplacesChangesAndForgets(t *testing.T) {
	w := withBill(t)
	first, err := w.Reconciliation.SaveFigure(t.Context(), typed(t, "INV-1", "165.76"))
	require.NoError(t, err)
	again, err := w.Reconciliation.SaveFigure(t.Context(), typed(t, "INV-1", "200"))
	require.NoError(t, err)
	require.NotNil(t, again.Before)
	assert.Equal(t, "165.76", again.Before.Total.String())

	figures, err := w.Reconciliation.Figures(t.Context())
	require.NoError(t, err)
	require.Len(t, figures, 1)
	moved := reconcile.Row{Figure: figures[0], MonthGiven: true}
	moved.Invoice = "INV-2"
	changed, err := w.Reconciliation.SaveFigure(t.Context(), moved)
	require.NoError(t, err)
	assert.Equal(t, first.Key, changed.Before.Key)
	figures, err = w.Reconciliation.Figures(t.Context())
	require.NoError(t, err)
	require.Len(t, figures, 1)
	assert.Equal(t, "INV-2", figures[0].Invoice)

	require.NoError(t, w.Reconciliation.DeleteFigure(t.Context(), figures[0].ID, AnyVersion))
	figures, err = w.Reconciliation.Figures(t.Context())
	require.NoError(t, err)
	assert.Empty(t, figures)
	requireSound(t, w)
}

func TestSaveFigure_AsksForWhatIsMissing(t *testing.T) {
	w := withBill(t)
	for _, c := range []struct {
		change func(*reconcile.Row)
		want   string
	}{
		{func(r *reconcile.Row) { r.Invoice = "" }, "The billing account is missing"},
		{func(r *reconcile.Row) { r.Account = "1"; r.Invoice = "" }, "The billing month is missing"},
		{func(r *reconcile.Row) { r.Currency = "" }, "The billing month is missing"}, // INV-1 is held in two currencies
		{func(r *reconcile.Row) { r.Account, r.Month, r.MonthGiven = "other", finops.NewMonth(2026, 5), true }, "The provider is missing"},
	} {
		row := typed(t, "INV-1", "1")
		c.change(&row)
		_, err := w.Reconciliation.SaveFigure(t.Context(), row)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		assert.ErrorContains(t, err, c.want)
	}
	row := typed(t, "", "1")
	row.Provider, row.Account, row.Month, row.MonthGiven = "Hetzner", "77", finops.NewMonth(2026, 5), true
	_, err := w.Reconciliation.SaveFigure(t.Context(), row)
	require.NoError(t, err, "a figure may come before its bill")
}

func TestImportFigures(t *testing.T) {
	w := withBill(t)
	csv := "invoice;month;currency;total;tax\nINV-1;2026-05;USD;1.165,76;19,25\nINV-2;;;4,00;\nINV-0;;;;\n"
	importing := func(text string) (*FiguresFile, error) {
		file, err := w.Reconciliation.ReadFigures(t.Context(), strings.NewReader(text), reconcile.DecimalAuto)
		if err != nil {
			return nil, err
		}
		return file, w.Reconciliation.ImportFigures(t.Context(), file)
	}
	done, err := importing(csv)
	require.NoError(t, err)
	assert.Equal(t, reconcile.DecimalComma, done.Decimal)
	assert.Equal(t, 1, done.Blank)
	require.Len(t, done.Rows, 2)
	assert.Equal(t, "2026-05 1165.76", done.Rows[0].Month.String()+" "+done.Rows[0].Total.String())

	again, err := importing(strings.Replace(csv, "4,00", "5,00", 1))
	require.NoError(t, err)
	assert.True(t, again.Rows[0].Same(again.Rows[0].Before))
	assert.Equal(t, "4.00", again.Rows[1].Before.Total.String())

	before, err := w.Reconciliation.Figures(t.Context())
	require.NoError(t, err)
	for text, want := range map[string]string{
		"invoice,total\nINV-2,1.00\nnone,1.00\n":                   "Line 3: The billing month is missing",
		"invoice,currency,total\nINV-0,USD,1.00\nINV-0,USD,2.00\n": "Line 3: Line 2 is of the same invoice",
		"invoice,total,credits\nINV-2,1.00,5.00\n":                 "Line 2: Credits lower an invoice",
		"invoice,total\nINV-2,\n":                                  "has no invoice amounts",
	} {
		_, err := importing(text)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), text)
		assert.ErrorContains(t, err, want)
	}
	after, err := w.Reconciliation.Figures(t.Context())
	require.NoError(t, err)
	assert.Equal(t, before, after, "all or nothing")
}

func TestSaveFigures_SavesThoseThatCanBe(t *testing.T) {
	w := withBill(t)
	bad, twice := typed(t, "INV-2", "1"), typed(t, "INV-2", "3")
	bad.Currency = "15,41"
	saved, err := w.Reconciliation.SaveFigures(t.Context(), []reconcile.Row{typed(t, "INV-1", "165.76"), bad, typed(t, "INV-2", "2"), twice})
	require.NoError(t, err)
	var problems []string
	for _, row := range saved {
		problems = append(problems, finops.MessageOf(row.Err))
	}
	assert.Equal(t, []string{"", `"15,41" is not a currency code. Enter three letters, such as USD or EUR.`, "", "The same invoice is entered twice. Remove one of them."}, problems)
	figures, err := w.Reconciliation.Figures(t.Context())
	require.NoError(t, err)
	require.Len(t, figures, 2)

	late := reconcile.Row{Figure: figures[0], MonthGiven: true}
	late.Version = -1 // the person saw none
	saved, err = w.Reconciliation.SaveFigures(t.Context(), []reconcile.Row{late})
	require.NoError(t, err)
	assert.EqualError(t, saved[0].Err, "Tester changed it to 165.76 USD meanwhile. Open the invoice to choose one.")
	_, err = w.Reconciliation.SaveFigure(t.Context(), late)
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	assert.Equal(t, figures[0], conflict.Have)
}

func TestFigureTemplate_IsReadBack(t *testing.T) {
	w := withBill(t)
	rows, err := w.Reconciliation.FigureTemplate(t.Context())
	require.NoError(t, err)
	require.Len(t, rows, 5)
	assert.Equal(t, "AWS,1,2026-05,INV-1,USD,,,,,,,165.756", strings.Join(rows[2], ","))
	var b strings.Builder
	for i, row := range rows {
		if i > 0 {
			row[5] = row[11] // the person types what the invoice says
		}
		b.WriteString(strings.Join(row, ",") + "\n")
	}
	file, err := w.Reconciliation.ReadFigures(t.Context(), strings.NewReader(b.String()), reconcile.DecimalPoint)
	require.NoError(t, err)
	require.NoError(t, w.Reconciliation.ImportFigures(t.Context(), file))
	assert.Len(t, file.Rows, 4)
	all, err := w.Reconciliation.Bridges(t.Context())
	require.NoError(t, err)
	for _, br := range all {
		assert.Equal(t, reconcile.StatusTies, br.Status, br.Invoice)
	}
	rows, err = w.Reconciliation.FigureTemplate(t.Context())
	require.NoError(t, err)
	assert.Len(t, rows, 1)
}

func TestReconcile_FiguresGoWithTheWorkspace(t *testing.T) {
	w := withBill(t)
	_, err := w.Reconciliation.SaveFigure(t.Context(), typed(t, "INV-1", "165.76"))
	require.NoError(t, err)
	copied := t.TempDir() + "/copy.cloudintel"
	require.NoError(t, w.CopyTo(t.Context(), copied, "Copy"))
	figures, err := reopen(t, copied).Reconciliation.Figures(t.Context())
	require.NoError(t, err)
	require.Len(t, figures, 1)
	assert.Equal(t, "165.76", figures[0].Total.String())
}

// TestReconcile_FigureUnderAnotherSpelling: a figure that was kept as the file spelled its
// bill is that of the bill, and a new one takes its place.
func TestReconcile_FigureUnderAnotherSpelling(t *testing.T) {
	w := newWorkspace(t)
	w.now = func() time.Time { return time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC) }
	const path = "/providers/Microsoft.Billing/billingAccounts/1"
	load(t, w, newTable().line("ProviderName", "Microsoft", "BillingAccountId", path, "BilledCost", "5").file(t, "bill.csv"))
	old := typed(t, "", "5").Figure
	old.Key = reconcile.Key{Provider: "Microsoft", Account: path, Month: finops.NewDay(2026, 5, 1).Month(), Currency: "USD"}
	require.NoError(t, w.db.SaveInvoices(t.Context(), []store.Invoice{invoiceOf(&old)}))

	all, err := w.Reconciliation.Bridges(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.Equal(t, "Microsoft Azure 1 ties", all[0].Provider+" "+all[0].Account+" "+string(all[0].Status))

	again := typed(t, "", "6")
	again.Key, again.MonthGiven = old.Key, true
	saved, err := w.Reconciliation.SaveFigure(t.Context(), again)
	require.NoError(t, err)
	require.NotNil(t, saved.Before)
	figures, err := w.Reconciliation.Figures(t.Context())
	require.NoError(t, err)
	require.Len(t, figures, 1)
	assert.Equal(t, "6", figures[0].Total.String())
}
