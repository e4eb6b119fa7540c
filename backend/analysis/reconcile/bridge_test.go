package reconcile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
)

const month = "2026-10"

// later is long after the bills of October 2026 were settled.
var later = finops.NewDay(2027, 3, 1)

func amount(t testing.TB, text string) finops.Amount {
	t.Helper()
	a, err := finops.ParseAmount([]byte(text))
	require.NoError(t, err)
	return a
}

func parseMonth(t testing.TB, text string) finops.Month {
	t.Helper()
	m, err := finops.ParseMonth(text)
	require.NoError(t, err)
	return m
}

// cell makes lines of one bill from "category lines amount" and pairs of field and value.
func cell(t testing.TB, what string, more ...string) reconcile.Cell {
	t.Helper()
	c := reconcile.Cell{
		Provider: "AWS", Account: "1", Currency: "EUR", PeriodStart: "2026-10-01T00:00:00Z", Publisher: "Amazon Web Services, Inc.", Issuer: "Amazon Web Services EMEA SARL",
		Month: parseMonth(t, month), ChargeMonth: parseMonth(t, month),
	}
	var text string
	_, err := fmt.Sscan(what, &c.Category, &c.Lines, &text)
	require.NoError(t, err)
	if text != "unknown" {
		s := finops.Sum{}
		s.Add(amount(t, text))
		c.Billed = &s
	}
	for i := 0; i < len(more); i += 2 {
		switch value := more[i+1]; more[i] {
		case "class":
			c.Class = value
		case "publisher":
			c.Publisher = value
		case "invoice":
			c.Invoice = value
		case "currency":
			c.Currency = value
		case "charged":
			c.ChargeMonth = parseMonth(t, value)
		case "provider":
			c.Provider = value
		case "category":
			c.Category = value
		default:
			t.Fatalf("no field %s", more[i])
		}
	}
	return c
}

// figure makes a figure from "total" and pairs of part and amount.
func figure(t testing.TB, k reconcile.Key, total string, parts ...string) *reconcile.Figure {
	t.Helper()
	f := &reconcile.Figure{Key: k, Total: amount(t, total)}
	for i := 0; i < len(parts); i += 2 {
		a := amount(t, parts[i+1])
		switch parts[i] {
		case "tax":
			f.Parts.Tax = &a
		case "credits":
			f.Parts.Credits = &a
		case "marketplace":
			f.Parts.Marketplace = &a
		case "other":
			f.Parts.Other = &a
		default:
			t.Fatalf("no part %s", parts[i])
		}
	}
	require.NoError(t, f.Check())
	return f
}

func bill(t testing.TB) reconcile.Key {
	t.Helper()
	return reconcile.Key{Provider: "AWS", Account: "1", Month: parseMonth(t, month), Currency: "EUR"}
}

func services(t testing.TB, n int) []reconcile.ServiceUse {
	t.Helper()
	var list []reconcile.ServiceUse
	for i := range n {
		list = append(list, reconcile.ServiceUse{BillOf: reconcile.BillOf{Provider: "AWS", Account: "1", Month: parseMonth(t, month)}, Currency: "EUR", Service: fmt.Sprint("S", i)})
	}
	return list
}

// bridgeText prints a bridge as a table for comparison.
func bridgeText(br *reconcile.Bridge) string {
	var b strings.Builder
	fmt.Fprintf(&b, "bill %s in %d\n", br.Bill, br.BillLines)
	for _, s := range br.Steps {
		mark := "  "
		if !s.Inside {
			mark = "- "
		}
		fmt.Fprintf(&b, "%s%s %s in %d\n", mark, s.Kind, s.Amount, s.Lines)
	}
	fmt.Fprintf(&b, "ledger %s in %d\n", br.Ledger, br.Lines)
	for _, d := range br.Differences {
		fmt.Fprintf(&b, "+ %s %s\n", d.Kind, d.Amount)
	}
	fmt.Fprintf(&b, "%s, rest %s\n", br.Status, br.Rest)
	for _, x := range br.Beside {
		fmt.Fprintf(&b, "beside %s %s %s in %d\n", x.Provider, x.Currency, x.Amount, x.Lines)
	}
	for _, r := range br.Reasons {
		fmt.Fprintf(&b, "%s: %s\n", r.Code, r.Text)
	}
	return b.String()
}

type bridgeCase struct {
	name    string
	cells   []reconcile.Cell
	invoice string
	total   string
	parts   []string
	want    string
}

func TestBridge_Golden(t *testing.T) {
	usage := cell(t, "Usage 10 100.25")
	for _, c := range []bridgeCase{
		{name: "Ties", cells: []reconcile.Cell{usage}, total: "100.25", want: `
bill 100.25 in 10
  usage 100.25 in 10
ledger 100.25 in 10
ties, rest 0
`},
		{name: "EveryKind", total: "156.8", cells: []reconcile.Cell{
			usage, cell(t, "Purchase 2 50"), cell(t, "Tax 1 20"), cell(t, "Credit 1 -30"), cell(t, "Adjustment 1 0.05"), cell(t, "Usage 1 -5.5", "class", "Correction"),
			cell(t, "Usage 3 12", "publisher", "Datadog, Inc."), cell(t, "Usage 4 8", "charged", "2026-09"), cell(t, "x 1 2", "category", ""),
		}, want: `
bill 156.8 in 24
  usage 100.25 in 10
  purchase 50 in 2
  unclassed 2 in 1
  late 8 in 4
  marketplace 12 in 3
  correction -5.5 in 1
  adjustment 0.05 in 1
  credit -30 in 1
  tax 20 in 1
ledger 156.8 in 24
ties, rest 0
`},
		{name: "Precedence", total: "6", cells: []reconcile.Cell{ // each line could stand in several steps
			cell(t, "Tax 1 1", "class", "Correction", "publisher", "Datadog", "charged", "2026-09"),
			cell(t, "Credit 1 1", "class", "Correction", "publisher", "Datadog", "charged", "2026-09"),
			cell(t, "Adjustment 1 1", "class", "Correction", "publisher", "Datadog", "charged", "2026-09"),
			cell(t, "Adjustment 1 1", "class", "Correction", "charged", "2026-09"),
			cell(t, "Adjustment 1 1", "charged", "2026-09"),
			cell(t, "Purchase 1 1", "charged", "2026-09"),
		}, want: `
bill 6 in 6
  late 1 in 1
  marketplace 1 in 1
  correction 1 in 1
  adjustment 1 in 1
  credit 1 in 1
  tax 1 in 1
ledger 6 in 6
ties, rest 0
`},
		{name: "TaxNotHeld", cells: []reconcile.Cell{usage}, total: "119.30", parts: []string{"tax", "19.05"}, want: `
bill 100.25 in 10
  usage 100.25 in 10
ledger 100.25 in 10
+ tax 19.05
explained, rest 0
`},
		{name: "TaxDiffersCreditsAgree", cells: []reconcile.Cell{usage, cell(t, "Tax 1 19"), cell(t, "Credit 1 -10")}, total: "109.30", parts: []string{"tax", "19.05", "credits", "-10"}, want: `
bill 109.25 in 12
  usage 100.25 in 10
  credit -10 in 1
  tax 19 in 1
ledger 109.25 in 12
+ tax 0.05
+ credit 0
explained, rest 0
`},
		{name: "MarketplaceApart", cells: []reconcile.Cell{usage, cell(t, "Purchase 2 40", "publisher", "Red Hat Inc.")}, total: "100.25", parts: []string{"marketplace", "0"}, want: `
bill 140.25 in 12
  usage 100.25 in 10
  marketplace 40 in 2
ledger 140.25 in 12
+ marketplace -40
explained, rest 0
`},
		{name: "MarketplaceFound", cells: []reconcile.Cell{usage, cell(t, "Purchase 2 40", "publisher", "Red Hat Inc.")}, total: "100.25", want: `
bill 140.25 in 12
  usage 100.25 in 10
  marketplace 40 in 2
ledger 140.25 in 12
+ rest -40
not_explained, rest -40
match: The unexplained difference is exactly "Marketplace: charges of other publishers" (40.00 EUR): the invoice seems to leave it out. If it does, enter 0 for it.
no_credit: The ledger has no credits of this bill. If the invoice deducts credits, enter the amount with a minus.
marketplace: The ledger has 2 lines of other publishers. Some providers send a separate invoice for the marketplace: then enter 0 for it here.
`},
		{name: "Support", cells: []reconcile.Cell{usage}, total: "129.25", parts: []string{"other", "29"}, want: `
bill 100.25 in 10
  usage 100.25 in 10
ledger 100.25 in 10
+ other 29
explained, rest 0
`},
		{name: "OtherCurrency", cells: []reconcile.Cell{usage, cell(t, "Usage 7 9.5", "currency", "USD")}, total: "109.75", want: `
bill 100.25 in 10
  usage 100.25 in 10
ledger 100.25 in 10
+ rest 9.5
not_explained, rest 9.5
beside AWS USD 9.5 in 7
other_currency: 7 lines of this bill are in USD (9.50 USD). Amounts of different currencies are never added.
no_tax: The ledger has no tax of this bill. If the invoice charges tax, enter the amount.
not_in_data: Enter what the invoice charges and the ledger does not have, such as a support plan, under Other.
`},
		{name: "OneInvoiceOfThree", invoice: "A", total: "101.25", cells: []reconcile.Cell{
			cell(t, "Usage 10 100.25", "invoice", "A"), cell(t, "Usage 5 7", "invoice", "B"), cell(t, "Tax 1 2", "invoice", "C"), cell(t, "Usage 1 1"),
		}, want: `
bill 110.25 in 17
  usage 100.25 in 10
- other_invoice 9 in 6
- no_invoice 1 in 1
ledger 100.25 in 10
+ rest 1
not_explained, rest 1
match: The unexplained difference is exactly "Charges without an invoice number" (1.00 EUR): the invoice seems to include them too.
no_invoice: 1 line of this bill has no invoice number (1.00 EUR). A file that was exported before the invoice was issued has none; a later export may have it.
no_tax: The ledger has no tax of this bill. If the invoice charges tax, enter the amount.
not_in_data: Enter what the invoice charges and the ledger does not have, such as a support plan, under Other.
`},
		{name: "SellerAsProvider", invoice: "A", total: "120.25", cells: []reconcile.Cell{
			cell(t, "Usage 10 100.25", "invoice", "A"), cell(t, "Usage 5 20", "invoice", "A", "provider", "Datadog"), cell(t, "Usage 5 3", "invoice", "B", "provider", "Datadog"),
		}, want: `
bill 100.25 in 10
  usage 100.25 in 10
ledger 100.25 in 10
+ rest 20
not_explained, rest 20
beside Datadog EUR 20 in 5
match: The unexplained difference is exactly the charges from Datadog with the same invoice number (20.00 EUR).
other_provider: 5 lines from Datadog have the same invoice number (20.00 EUR). They are another bill and not included here.
no_tax: The ledger has no tax of this bill. If the invoice charges tax, enter the amount.
not_in_data: Enter what the invoice charges and the ledger does not have, such as a support plan, under Other.
`},
		{name: "UnknownInvoice", invoice: "Z", total: "7", cells: []reconcile.Cell{cell(t, "Usage 10 100.25", "invoice", "A")}, want: `
bill 100.25 in 10
- other_invoice 100.25 in 10
ledger 0 in 0
no_data, rest 7
other_ids: No charge is on invoice Z. The charges of this bill are on A.
`},
		{name: "UnknownCost", total: "101.25", cells: []reconcile.Cell{usage, cell(t, "Usage 3 unknown")}, want: `
bill 100.25 in 13
  usage 100.25 in 13
ledger 100.25 in 13
+ rest 1
not_explained, rest 1
unknown_cost: 3 lines have no billed cost in the file and count as 0.
no_tax: The ledger has no tax of this bill. If the invoice charges tax, enter the amount.
not_in_data: Enter what the invoice charges and the ledger does not have, such as a support plan, under Other.
`},
		{name: "PartsContradict", cells: []reconcile.Cell{usage}, total: "100.25", parts: []string{"tax", "19"}, want: `
bill 100.25 in 10
  usage 100.25 in 10
ledger 100.25 in 10
+ tax 19
+ rest -19
not_explained, rest -19
parts: Without tax, credits, marketplace and other as entered, the ledger matches the invoice. Check these amounts.
no_credit: The ledger has no credits of this bill. If the invoice deducts credits, enter the amount with a minus.
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := bill(t)
			k.Invoice = c.invoice
			br := reconcile.NewLedger(c.cells, services(t, 1), nil, nil, nil).Bridge(k, figure(t, k, c.total, c.parts...), later)
			assert.Equal(t, strings.TrimPrefix(c.want, "\n"), bridgeText(br))
		})
	}
}

func TestBridge_Rounding(t *testing.T) {
	for _, c := range []struct {
		held, total, currency string
		services              int
		want                  string
	}{
		{"100.254999", "100.25", "EUR", 1, "rounding -0.004999; ties_rounding"},
		{"100.255", "100.25", "EUR", 1, "rounding -0.005; ties_rounding"}, // half away from zero would be 100.26; one service may still round so
		{"100.2551", "100.25", "EUR", 1, "rounding 0.0049; rest -0.01; not_explained"},
		{"100.2551", "100.25", "EUR", 2, "rounding -0.0051; ties_rounding"},
		{"100", "100.1", "EUR", 20, "rounding 0.1; ties_rounding"},
		{"100", "100.1", "EUR", 19, "rest 0.1; not_explained"},
		{"100", "101.005", "EUR", 5000, "rest 1.005; not_explained"}, // FOCUS allows 1.00
		{"1000.6", "1001", "JPY", 1, "rounding 0.4; ties_rounding"},
		{"1000.4", "1001", "JPY", 1, "rounding -0.4; rest 1; not_explained"},
		{"1.0004", "1.000", "KWD", 1, "rounding -0.0004; ties_rounding"},
		{"1.0006", "1.000", "KWD", 1, "rounding 0.0004; rest -0.001; not_explained"},
		{"-100.254999", "-100.25", "EUR", 1, "rounding 0.004999; ties_rounding"},
	} {
		k := bill(t)
		k.Currency = c.currency
		uses := services(t, c.services)
		for i := range uses {
			uses[i].Currency = c.currency
		}
		br := reconcile.NewLedger([]reconcile.Cell{cell(t, "Usage 1 "+c.held, "currency", c.currency)}, uses, nil, nil, nil).Bridge(k, figure(t, k, c.total), later)
		got := ""
		for _, d := range br.Differences {
			got += fmt.Sprintf("%s %s; ", d.Kind, d.Amount)
		}
		assert.Equal(t, c.want, got+string(br.Status), "%s %s against %s with %d services", c.held, c.currency, c.total, c.services)
	}
}

func TestTolerance_GrowsWithTheLines(t *testing.T) {
	assert.Equal(t, "0.005", reconcile.Tolerance("USD", 0, 0).String())
	assert.Equal(t, "1.000", reconcile.Tolerance("USD", 900, 1_000).String())
	assert.Equal(t, "2.500", reconcile.Tolerance("USD", 900, 250_000).String())
	assert.Equal(t, "100.0", reconcile.Tolerance("JPY", 900, 1).String())
}

func TestBridge_CompletenessOfTheMonth(t *testing.T) {
	k := bill(t)
	var days []reconcile.ChargeDay
	var begun []finops.Begun
	for _, d := range []string{"2026-09-30", "2026-10-01", "2026-10-02", "2026-10-05", "2026-10-20"} {
		day, err := finops.ParseDay(d)
		require.NoError(t, err)
		days = append(days, reconcile.ChargeDay{BillOf: reconcile.BillOf{Provider: "AWS", Account: "1", Month: k.Month}, Day: day})
		begun = append(begun, finops.Begun{Day: day, Bill: k.Month, Lines: 1})
	}
	coverage := map[reconcile.AccountOf]finops.Coverage{{Provider: "AWS", Account: "1"}: finops.CoverageOf(begun)}
	l := reconcile.NewLedger([]reconcile.Cell{cell(t, "Usage 1 5")}, nil, days, coverage, nil)
	texts := func(today finops.Day) string {
		var all []string
		for _, r := range l.Bridge(k, nil, today).Reasons {
			all = append(all, r.Code+": "+r.Text)
		}
		return strings.Join(all, "\n")
	}
	assert.Equal(t, `open_month: Oct 2026 has not ended. Compare when its invoice is there.
last_day: The charges end on 20 Oct 2026. If the month went on, import the finished bill.
missing_days: 16 days of the month have no charges (3 Oct 2026, 4 Oct 2026, 6 Oct 2026, 7 Oct 2026, 8 Oct 2026 and 11 more).`, texts(finops.NewDay(2026, 10, 31)))
	assert.Contains(t, texts(finops.NewDay(2026, 11, 1)), "settling: Oct 2026 ended 1 day ago.")
	assert.NotContains(t, texts(finops.NewDay(2026, 11, 15)), "settling")
}

func TestBridge_NoLineAtAll(t *testing.T) {
	l := reconcile.NewLedger([]reconcile.Cell{cell(t, "Usage 1 5")}, nil, nil, nil, nil)
	for _, c := range []struct {
		change func(*reconcile.Key)
		want   string
	}{
		{func(k *reconcile.Key) { k.Month++ }, "The ledger has 1 month of this billing account, but not Nov 2026. Import the bill of that month."},
		{func(k *reconcile.Key) { k.Account = "2" }, "The ledger has no charges of billing account 2 of AWS. Check the account, or import its bills."},
		{func(k *reconcile.Key) { k.Currency = "USD" }, "The ledger has this bill in EUR only."},
		{func(k *reconcile.Key) { k.Invoice = "A" }, "The charges of this bill have no invoice number. Leave the invoice number empty to compare the whole month (5.00 EUR)."},
	} {
		k := bill(t)
		c.change(&k)
		br := l.Bridge(k, figure(t, k, "5"), later)
		assert.Equal(t, reconcile.StatusNoData, br.Status)
		require.Len(t, br.Reasons, 1)
		assert.Equal(t, c.want, br.Reasons[0].Text)
	}
}

func TestReport_ListsWhatIsToBeTyped(t *testing.T) {
	l := reconcile.NewLedger([]reconcile.Cell{
		cell(t, "Usage 1 5", "invoice", "A"), cell(t, "Usage 1 6", "invoice", "B"), cell(t, "Usage 1 7"), cell(t, "Usage 1 8", "currency", "USD"),
	}, nil, nil, nil, nil)
	keys := func(figures ...reconcile.Figure) string {
		var all []string
		for _, br := range l.Report(figures, later) {
			all = append(all, fmt.Sprintf("%s %s %s", br.Invoice, br.Currency, br.Status))
		}
		return strings.Join(all, ", ")
	}
	assert.Equal(t, " USD no_figure, A EUR no_figure, B EUR no_figure", keys())
	one := bill(t)
	one.Invoice = "A"
	assert.Equal(t, " USD no_figure, A EUR ties, B EUR no_figure", keys(*figure(t, one, "5")))
	assert.Equal(t, " EUR ties,  USD no_figure", keys(*figure(t, bill(t), "18")), "a figure of the whole bill stands for its invoices")
	gone := bill(t)
	gone.Account = "9"
	assert.Contains(t, keys(*figure(t, gone, "18")), " EUR no_data")
}

func TestFind_CompletesFromTheLedger(t *testing.T) {
	l := reconcile.NewLedger([]reconcile.Cell{
		cell(t, "Usage 1 5", "invoice", "A"), cell(t, "Usage 1 6", "invoice", "B"), cell(t, "Usage 1 8", "provider", "Google Cloud", "currency", "USD"),
	}, nil, nil, nil, nil)
	found, ok := l.Find(reconcile.Key{Invoice: "B"}, false)
	assert.True(t, ok)
	assert.Equal(t, reconcile.Key{Provider: "AWS", Account: "1", Month: parseMonth(t, month), Invoice: "B", Currency: "EUR"}, found)
	_, ok = l.Find(reconcile.Key{Account: "1"}, false)
	assert.False(t, ok, "two providers have this account")
	found, ok = l.Find(reconcile.Key{Provider: "google cloud", Account: "1", Month: parseMonth(t, month), Invoice: "unknown"}, true)
	assert.True(t, ok, "an id that no line names is still of the only bill that fits")
	assert.Equal(t, "Google Cloud 1 2026-10 unknown USD", fmt.Sprint(found.Provider, " ", found.Account, " ", found.Month, " ", found.Invoice, " ", found.Currency))
	_, ok = l.Find(reconcile.Key{Provider: "aws", Account: "1", Month: parseMonth(t, "2026-09")}, true)
	assert.False(t, ok)
	assert.Equal(t, "Google Cloud", l.Spelling("GOOGLE CLOUD"))
	assert.Equal(t, "Hetzner", l.Spelling("Hetzner"))
}

func TestFigure_Check(t *testing.T) {
	for _, c := range []struct {
		change func(*reconcile.Figure)
		want   string
	}{
		{func(f *reconcile.Figure) { f.Provider = "" }, "The provider is missing"},
		{func(f *reconcile.Figure) { f.Currency = "euro" }, `"euro" is not a currency code`},
		{func(f *reconcile.Figure) { a := finops.NewAmount(500, 2); f.Parts.Credits = &a }, "Enter them with a minus: -5.00"},
		{func(f *reconcile.Figure) { f.Invoice = "a\x00b" }, "The invoice number has characters that cannot be printed"},
		{func(f *reconcile.Figure) { f.Note = strings.Repeat("é", 2001) }, "The note is longer than 2000 characters"},
		{func(f *reconcile.Figure) { f.Month = 0 }, "0000-01 is not a billing month"},
	} {
		f := figure(t, bill(t), "1")
		c.change(f)
		err := f.Check()
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		assert.ErrorContains(t, err, c.want)
	}
}

func TestBridge_ACostThatNoLineHasIsUnknown(t *testing.T) {
	for _, b := range []struct {
		name  string
		cells []reconcile.Cell
		want  bool
	}{
		{"none", []reconcile.Cell{cell(t, "Usage 3 unknown")}, false},
		{"some", []reconcile.Cell{cell(t, "Usage 3 unknown"), cell(t, "Usage 1 0")}, true},
		{"no lines", nil, true},
	} {
		br := reconcile.NewLedger(b.cells, nil, nil, nil, nil).Bridge(reconcile.Key{Provider: "AWS", Account: "1", Currency: "EUR", Month: parseMonth(t, month)}, nil, 0)
		assert.Equal(t, b.want, br.Document().Ledger != nil, b.name)
		for _, s := range br.Document().Steps {
			assert.Equal(t, b.want, s.Amount != nil, b.name)
		}
	}
}
