package mappedfile_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/mappedfile"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/parquetfile"
	"cloud-intelligence/backend/source/sourcetest"
)

const invoice = "Datum;Produkt;Projekt;Region;Betrag (EUR);Team;Currency Note\r\n" +
	"03.10.2026;Cloud Server;shop;nbg1;1.234,50;red;\r\n" +
	"25.10.2026;Volume;shop;nbg1;0,10;;x\r\n" +
	"26.10.2026;Credit;shop;nbg1;-34,60;red;\r\n" +
	";;;;;;\r\n" +
	"26.10.2026;Traffic;shop;nbg1;viel;red;\r\n" +
	"Summe;;;;1.200,00;;\r\n"

func write(t testing.TB, name, text string) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return source.File{Path: path, Size: int64(len(text))}
}

// hetzner maps the invoice by hand.
func hetzner() mappedfile.Mapping {
	return mappedfile.Mapping{
		Name: "Hetzner invoice",
		Columns: map[string]mappedfile.ColumnSource{
			"ChargePeriodStart": {Column: "Datum"}, "ServiceName": {Column: "Produkt"}, "SubAccountName": {Column: "Projekt"},
			"BilledCost": {Column: "Betrag (EUR)"}, "BillingCurrency": {Text: "EUR"}, "ProviderName": {Text: "Hetzner"},
		},
		Tags: map[string]string{"team": "Team"}, Dates: mappedfile.DatesDayFirst, Decimal: mappedfile.DecimalComma,
	}.For([]string{"Datum", "Produkt", "Projekt", "Region", "Betrag (EUR)", "Team", "Currency Note"})
}

type records struct {
	columns []string
	rows    []map[string]string // without the fields that have no value
	rejects []source.Reject
}

func readAll(ctx context.Context, t testing.TB, columns []source.Column, r source.Reader) (all records) {
	t.Helper()
	defer func() { assert.NoError(t, r.Close()) }()
	for _, c := range columns {
		all.columns = append(all.columns, c.Name)
	}
	for {
		b, err := r.Next(ctx)
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		all.rejects = append(all.rejects, b.Rejects...)
		for row := range b.Rows {
			record := map[string]string{}
			for i, c := range columns {
				if field := b.Field(row, i); !finops.IsNull(field) {
					record[c.Name] = string(field)
				}
			}
			all.rows = append(all.rows, record)
		}
		b.Release()
	}
}

func read(t testing.TB, f source.File, m mappedfile.Mapping) records {
	t.Helper()
	columns, r, err := mappedfile.Try(t.Context(), sourcetest.Look(t, f), m, nil)
	require.NoError(t, err)
	return readAll(t.Context(), t, columns, r)
}

func TestSource(t *testing.T) {
	rows := make([]string, 30_000)
	for i := range rows {
		rows[i] = fmt.Sprintf("%02d.10.2026;Server %d;shop;nbg1;%d,%02d;red;", i%28+1, i, i, i%100)
	}
	header, _, _ := strings.Cut(invoice, "\n")
	src := mappedfile.Source{Mappings: []mappedfile.Mapping{hetzner()}}
	sourcetest.Run(t, src, []sourcetest.Case{
		{Name: "Invoice", File: write(t, "a.csv", invoice), Format: mappedfile.FormatCSV, Rows: 3, Rejects: 2},
		{Name: "Large", File: write(t, "b.csv", header+"\n"+strings.Join(rows, "\n")), Rows: len(rows)},
	})
}

func TestSource_Reads(t *testing.T) {
	f := write(t, "a.csv", invoice)
	src := mappedfile.Source{Mappings: []mappedfile.Mapping{hetzner()}}
	r, ok, err := sourcetest.Recognize(t.Context(), src, f)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, `The header is the one that the saved mapping "Hetzner invoice" was made for.`, r.Reason)
	reader, err := opener.Open(t.Context(), src, r)
	require.NoError(t, err)
	got := readAll(t.Context(), t, r.Columns, reader)
	assert.Equal(t, []string{"BilledCost", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargePeriodEnd", "ChargePeriodStart",
		"EffectiveCost", "ProviderName", "ServiceName", "SubAccountName", "Tags", "Region", "Currency Note"}[:11], got.columns[:11])
	assert.Equal(t, map[string]string{
		"BilledCost": "1234.50", "EffectiveCost": "1234.50", "BillingCurrency": "EUR", "ProviderName": "Hetzner", "ServiceName": "Cloud Server", "SubAccountName": "shop",
		"ChargePeriodStart": "2026-10-03T00:00:00Z", "ChargePeriodEnd": "2026-10-04T00:00:00Z", "BillingPeriodStart": "2026-10-01T00:00:00Z", "BillingPeriodEnd": "2026-11-01T00:00:00Z",
		"Tags": `{"team":"red"}`, "x_Region": "nbg1",
	}, got.rows[0])
	assert.NotContains(t, got.rows[1], "Tags")
	assert.Equal(t, "x", got.rows[1]["Currency Note"])
	assert.Equal(t, "-34.60", got.rows[2]["BilledCost"])
	require.Len(t, got.rejects, 2)
	assert.Equal(t, int64(6), got.rejects[0].Line)
	assert.Equal(t, `"Betrag (EUR)" is "viel", which is not a number in the format of the mapping.`, got.rejects[0].Reason)
	assert.Contains(t, got.rejects[1].Reason, `says "Summe"`)
}

func TestSource_Recognize(t *testing.T) {
	other := hetzner().For([]string{"Datum", "Produkt", "Projekt", "Betrag (EUR)", "Team"})
	other.Name, other.Columns = "Fewer", map[string]mappedfile.ColumnSource{
		"ChargePeriodStart": {Column: "Datum"}, "BilledCost": {Column: "Betrag (EUR)"}, "BillingCurrency": {Text: "EUR"}, "ProviderName": {Text: "Other"},
	}
	other.Tags = nil
	incomplete := hetzner()
	incomplete.Name, incomplete.Columns = "Incomplete", map[string]mappedfile.ColumnSource{"BilledCost": {Column: "Betrag (EUR)"}}
	f := write(t, "a.csv", invoice)
	for name, c := range map[string]struct {
		mappings []mappedfile.Mapping
		want     string
	}{
		"None":              {nil, ""},
		"Incomplete":        {[]mappedfile.Mapping{incomplete}, ""},
		"SameHeaderFirst":   {[]mappedfile.Mapping{other, hetzner()}, "Hetzner invoice"},
		"OtherHeaderWarned": {[]mappedfile.Mapping{other}, "Fewer"},
	} {
		t.Run(name, func(t *testing.T) {
			r, ok, err := sourcetest.Recognize(t.Context(), mappedfile.Source{Mappings: c.mappings}, f)
			require.NoError(t, err)
			require.Equal(t, c.want != "", ok)
			assert.Contains(t, r.Reason, c.want)
			if c.want == "Fewer" {
				assert.Contains(t, strings.Join(r.Warnings, " "), "New here: Region, Currency Note.")
				assert.Less(t, r.Confidence, 0.5)
			}
		})
	}
	for name, text := range map[string]string{
		"ColumnMissing": "Datum;Produkt;Projekt;Region\n1.10.2026;a;b;c\n", "HTML": "<html><body>Datum;Produkt</body></html>", "Empty": "", "One": "Datum\n1\n",
		"CtrlA": strings.Repeat("a\x01b\x01c\n", 20),
	} {
		t.Run(name, func(t *testing.T) {
			_, ok, err := sourcetest.Recognize(t.Context(), mappedfile.Source{Mappings: []mappedfile.Mapping{hetzner()}}, write(t, "x", text))
			require.NoError(t, err)
			assert.False(t, ok)
		})
	}
}

// TestSource_TakesNoFileFromTheOthers maps a FOCUS file and asks who reads it.
func TestSource_TakesNoFileFromTheOthers(t *testing.T) {
	f := write(t, "focus.csv", "BilledCost,EffectiveCost,BillingCurrency,ProviderName,ChargePeriodStart,ServiceName,ChargeCategory\n1,1,USD,AWS,2026-10-01,EC2,Usage\n")
	names := []string{"BilledCost", "EffectiveCost", "BillingCurrency", "ProviderName", "ChargePeriodStart", "ServiceName", "ChargeCategory"}
	m := mappedfile.Suggest("FOCUS", names, nil).Mapping
	registry := source.Registry{mappedfile.Source{Mappings: []mappedfile.Mapping{m}}, focusfile.Source{}}
	r, s, ok, err := registry.Recognize(t.Context(), sourcetest.Look(t, f))
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, "focus", s.Name())
	assert.Greater(t, r.Confidence, 0.5)
	_, ok, err = registry[0].Recognize(t.Context(), sourcetest.Look(t, f))
	require.NoError(t, err)
	assert.True(t, ok, "the mapping alone would read it")
}

func TestSource_Changed(t *testing.T) {
	f := write(t, "a.csv", invoice)
	src := mappedfile.Source{Mappings: []mappedfile.Mapping{hetzner()}}
	r, ok, err := sourcetest.Recognize(t.Context(), src, f)
	require.NoError(t, err)
	require.True(t, ok)
	require.NoError(t, os.WriteFile(f.Path, []byte("a;b\n1;2\n"), 0o600))
	_, err = opener.Open(t.Context(), src, r)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
}

func TestTry_JSONAndParquet(t *testing.T) {
	m := mappedfile.Mapping{Name: "x", Columns: map[string]mappedfile.ColumnSource{
		"ChargePeriodStart": {Column: "when"}, "BilledCost": {Column: "cost.amount"}, "BillingCurrency": {Column: "cost.currency"}, "ProviderName": {Text: "Acme"}, "Tags": {Column: "labels"},
	}}
	t.Run("JSON", func(t *testing.T) {
		got := read(t, write(t, "a.ndjson", `{"when":"2026-10-03","cost":{"amount":1.10,"currency":"USD"},"labels":"a=1; b=2"}`+"\n"+
			`{"when":"2026-10-04","cost":{"amount":2e-3,"currency":"usd"},"labels":"odd","more":{"x":1}}`+"\n"), m)
		require.Len(t, got.rows, 2)
		assert.Equal(t, "1.10", got.rows[0]["BilledCost"])
		assert.Equal(t, `{"a":"1","b":"2"}`, got.rows[0]["Tags"])
		assert.Equal(t, "0.002", got.rows[1]["BilledCost"])
		assert.Equal(t, "USD", got.rows[1]["BillingCurrency"])
		assert.Equal(t, `{"unread:tags":"odd"}`, got.rows[1]["Tags"])
		assert.Equal(t, "1", got.rows[1]["more.x"])
	})
	t.Run("Parquet", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "a.parquet")
		out, err := os.Create(path)
		require.NoError(t, err)
		w, err := parquetfile.NewWriter(out, []parquetfile.Spec{{Name: "when", Kind: finops.KindText}, {Name: "cost.amount", Kind: finops.KindText}, {Name: "cost.currency", Kind: finops.KindText}, {Name: "labels", Kind: finops.KindText}}, "test")
		require.NoError(t, err)
		text := func(s string) *string { return &s }
		require.NoError(t, w.Write([]*string{text("2026-10-03"), text("7.5"), text("EUR"), nil}))
		require.NoError(t, w.Close())
		require.NoError(t, out.Close())
		info, err := os.Stat(path)
		require.NoError(t, err)
		got := read(t, source.File{Path: path, Size: info.Size()}, m)
		require.Len(t, got.rows, 1)
		assert.Equal(t, "7.5", got.rows[0]["EffectiveCost"])
	})
}

func TestTry_Periods(t *testing.T) {
	base := func(edit func(m *mappedfile.Mapping)) mappedfile.Mapping {
		m := mappedfile.Mapping{Name: "x", Columns: map[string]mappedfile.ColumnSource{"BilledCost": {Column: "cost"}, "BillingCurrency": {Text: "USD"}, "ProviderName": {Text: "Acme"}}}
		edit(&m)
		return m
	}
	for name, c := range map[string]struct {
		header, row string
		m           mappedfile.Mapping
		want        [4]string // charge start and end, bill start and end
		reject      string
	}{
		"MonthOnly": {"month,cost", "Oct 2026,1", base(func(m *mappedfile.Mapping) {
			m.Columns["BillingPeriodStart"] = mappedfile.ColumnSource{Column: "month"}
		}),
			[4]string{"", "", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"}, ""},
		"MonthAsText": {"what,cost", "a,1", base(func(m *mappedfile.Mapping) {
			m.Columns["BillingPeriodStart"] = mappedfile.ColumnSource{Text: "2026-10"}
		}),
			[4]string{"", "", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"}, ""},
		"ChargeMonth": {"month,cost", "2026-10,1", base(func(m *mappedfile.Mapping) { m.Columns["ChargePeriodStart"] = mappedfile.ColumnSource{Column: "month"} }),
			[4]string{"2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"}, ""},
		"Time": {"at,cost", "2026-10-03 07:00,1", base(func(m *mappedfile.Mapping) { m.Columns["ChargePeriodStart"] = mappedfile.ColumnSource{Column: "at"} }),
			[4]string{"2026-10-03T07:00:00Z", "", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"}, ""},
		"SameDayEnds": {"from,to,cost", "2026-10-03,2026-10-03,1", base(func(m *mappedfile.Mapping) {
			m.Columns["ChargePeriodStart"], m.Columns["ChargePeriodEnd"] = mappedfile.ColumnSource{Column: "from"}, mappedfile.ColumnSource{Column: "to"}
		}), [4]string{"2026-10-03T00:00:00Z", "2026-10-04T00:00:00Z", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"}, ""},
		"BillOfInvoiceDate": {"at,invoiced,cost", "2026-09-30,2026-10-05,1", base(func(m *mappedfile.Mapping) {
			m.Columns["ChargePeriodStart"], m.Columns["BillingPeriodStart"] = mappedfile.ColumnSource{Column: "at"}, mappedfile.ColumnSource{Column: "invoiced"}
		}), [4]string{"2026-09-30T00:00:00Z", "2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"}, ""},
		"NoDate": {"at,cost", "NULL,1", base(func(m *mappedfile.Mapping) { m.Columns["ChargePeriodStart"] = mappedfile.ColumnSource{Column: "at"} }), [4]string{}, `"at" is empty`},
		"NoDateInAMonth": {"at,cost", "NULL,1", base(func(m *mappedfile.Mapping) {
			m.Columns["ChargePeriodStart"], m.Columns["BillingPeriodStart"] = mappedfile.ColumnSource{Column: "at"}, mappedfile.ColumnSource{Text: "2026-10"}
		}), [4]string{}, `"at" is empty`},
		"TwoReadings": {"at,cost", "03/10/2026,1", base(func(m *mappedfile.Mapping) { m.Columns["ChargePeriodStart"] = mappedfile.ColumnSource{Column: "at"} }), [4]string{}, "whether the day or the month comes first"},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, write(t, "a.csv", c.header+"\n"+c.row+"\n"), c.m)
			if c.reject != "" {
				require.Len(t, got.rejects, 1)
				assert.Contains(t, got.rejects[0].Reason, c.reject)
				return
			}
			require.Len(t, got.rows, 1, "%v", got.rejects)
			r := got.rows[0]
			assert.Equal(t, c.want, [4]string{r["ChargePeriodStart"], r["ChargePeriodEnd"], r["BillingPeriodStart"], r["BillingPeriodEnd"]})
		})
	}
}

func TestTry_CurrencyAndSign(t *testing.T) {
	m := mappedfile.Mapping{Name: "x", Sign: mappedfile.SignReversed, EffectiveCost: mappedfile.EffectiveUnknown, Columns: map[string]mappedfile.ColumnSource{
		"ChargePeriodStart": {Column: "day"}, "BilledCost": {Column: "cost"}, "BillingCurrency": {Column: "cur"}, "ProviderName": {Text: "Acme"}, "ConsumedQuantity": {Column: "n"},
	}}
	got := read(t, write(t, "a.csv", "day,cost,cur,n\n2026-10-01,-5.00,usd,-2\n2026-10-01,€5.00,USD,1\n2026-10-01,5.00,dollars,1\n2026-10-01,5.00,,1\n2026-10-01,0.00,€,1\n2026-10-01,1.234,EUR,1\n"), m)
	require.Len(t, got.rows, 2)
	assert.Equal(t, "5.00", got.rows[0]["BilledCost"])
	assert.Equal(t, "USD", got.rows[0]["BillingCurrency"])
	assert.Equal(t, "-2", got.rows[0]["ConsumedQuantity"], "the sign is turned for costs only")
	assert.NotContains(t, got.columns, "EffectiveCost")
	assert.Equal(t, "0.00", got.rows[1]["BilledCost"])
	assert.Equal(t, "EUR", got.rows[1]["BillingCurrency"])
	var reasons []string
	for _, r := range got.rejects {
		reasons = append(reasons, r.Reason)
	}
	assert.Equal(t, []string{`"cost" is "€5.00", but the currency of the line is USD.`, `"cur" is "dollars", which is no code of a currency such as USD.`,
		`"cur" is empty: the currency of the line is not known.`, `"cost" is "1.234": the mapping does not say whether the sign separates decimals or thousands.`}, reasons)
	_, _, err := mappedfile.Try(t.Context(), sourcetest.Look(t, write(t, "b.csv", "day,other\n1,2\n")), m, nil)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "has no column cost, cur, n")
}

// TestTotals wants what a mapping reads to add up to what was written, in every spelling.
func TestTotals(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		comma := rapid.Bool().Draw(rt, "comma")
		grouped := rapid.Bool().Draw(rt, "grouped")
		var want finops.Sum
		text := "day;cost\n"
		coefs := rapid.SliceOfN(rapid.Int64Range(-1e12, 1e12), 1, 20).Draw(rt, "coefs")
		for _, coef := range coefs {
			a := finops.NewAmount(coef, 2)
			want.Add(a)
			text += "2026-10-03;" + spell(a.String(), comma, grouped) + "\n"
		}
		m := mappedfile.Mapping{Name: "x", Decimal: mappedfile.DecimalPoint, Columns: map[string]mappedfile.ColumnSource{
			"ChargePeriodStart": {Column: "day"}, "BilledCost": {Column: "cost"}, "BillingCurrency": {Text: "EUR"}, "ProviderName": {Text: "Acme"},
		}}
		if comma {
			m.Decimal = mappedfile.DecimalComma
		}
		got := read(t, write(t, "a.csv", text), m)
		if len(got.rows) != len(coefs) {
			rt.Fatalf("%d of %d lines were read: %v", len(got.rows), len(coefs), got.rejects)
		}
		var sum finops.Sum
		for _, r := range got.rows {
			a, err := finops.ParseAmount([]byte(r["BilledCost"]))
			if err != nil {
				rt.Fatal(err)
			}
			sum.Add(a)
		}
		if sum.Cmp(want) != 0 {
			rt.Fatalf("the lines sum to %s, not %s", sum, want)
		}
	})
}

func spell(number string, comma, grouped bool) string {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(number, "-"), ".")
	if grouped {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	text := whole + "." + fraction
	if comma {
		text = strings.Map(func(r rune) rune { return map[rune]rune{'.': ',', ',': '.'}[r] + r*b(r != '.' && r != ',') }, text)
	}
	if strings.HasPrefix(number, "-") {
		return "-" + text
	}
	return text
}

func b(yes bool) rune {
	if yes {
		return 1
	}
	return 0
}
