package reconcile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
)

func TestReadAmount(t *testing.T) {
	for _, c := range []struct {
		text    string
		decimal reconcile.Decimal
		want    string // "!" and a part of the sentence when refused
	}{
		{"1234.50", "auto", "1234.50"},
		{"1,234.50", "auto", "1234.50"},
		{"1.234,50", "auto", "1234.50"},
		{"1234,5", "auto", "1234.5"},
		{"12,345,678", "auto", "12345678"},
		{"12.345.678", "auto", "12345678"},
		{"1'234.50", "auto", "1234.50"},
		{"1\u00a0234,50", "auto", "1234.50"},
		{"1 234,567", "auto", "1234.567"},
		{"0.123", "auto", "0.123"},
		{"0,123", "auto", "0.123"},
		{"12345.678", "auto", "12345.678"},
		{"1,234", "auto", "!two ways"},
		{"1.234", "auto", "!two ways"},
		{"-12.345", "auto", "!two ways"},
		{"1,234", "point", "1234"},
		{"1,234", "comma", "1.234"},
		{"1.234", "point", "1.234"},
		{"1.234", "comma", "1234"},
		{"12.50", "comma", "!decimal comma"},
		{"12,50", "point", "!decimal point"},
		{"(12.30)", "auto", "-12.30"},
		{"\u221212.30", "auto", "-12.30"},
		{"-$5.10", "auto", "-5.10"},
		{"$ -5.10", "auto", "-5.10"},
		{"7,50 €", "auto", "7.50"},
		{"+3", "auto", "3"},
		{"1.234,50-", "auto", "-1234.50"},
		{"7.10 €-", "auto", "-7.10"},
		{"-5-", "auto", "!is not an amount"},
		{"1.2E+05", "point", "!lost digits"},
		{"=1+1", "auto", "!is not an amount"},
		{"12..5", "auto", "!is not an amount"},
		{"1,23,456.5", "auto", "!is not an amount"},
		{"1 234 5.0", "auto", "!is not an amount"},
		{"12,", "auto", "!is not an amount"},
		{".5", "auto", "!is not an amount"},
		{"", "auto", "!is not an amount"},
		{"--5", "auto", "!is not an amount"},
		{"12 USD", "auto", "!Enter the number alone"},
	} {
		got, err := reconcile.ReadAmount(c.text, c.decimal)
		if problem, refused := strings.CutPrefix(c.want, "!"); refused {
			assert.ErrorContains(t, err, problem, "%q", c.text)
			assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), "%q", c.text)
			continue
		}
		require.NoError(t, err, "%q", c.text)
		assert.Equal(t, c.want, got.String(), "%q", c.text)
	}
}

func TestWithoutCurrency(t *testing.T) {
	for _, c := range []struct{ text, currency, want string }{
		{"12.50 USD", "USD", "12.50"}, {"usd 1,234.50", "USD", "1,234.50"}, {"EUR12,50", "EUR", "12,50"},
		{"12.50 USD", "EUR", "12.50 USD"}, {"12.50", "USD", "12.50"}, {"USD", "USD", "USD"}, {"12", "", "12"},
	} {
		assert.Equal(t, c.want, reconcile.WithoutCurrency(c.text, c.currency), "%q in %q", c.text, c.currency)
	}
}

func TestDetectDecimal(t *testing.T) {
	for _, c := range []struct {
		texts []string
		want  reconcile.Decimal
	}{
		{nil, "auto"}, {[]string{"1,234", "5"}, "auto"}, {[]string{"1,234", "5.5"}, "point"}, {[]string{"1.234", "5,5"}, "comma"}, {[]string{"1.234.567"}, "comma"},
	} {
		got, err := reconcile.DetectDecimal(slices.Values(c.texts))
		require.NoError(t, err)
		assert.Equal(t, c.want, got, "%q", c.texts)
	}
	_, err := reconcile.DetectDecimal(slices.Values([]string{"1.5", "2,5"}))
	assert.EqualError(t, err, `"1.5" has a decimal point and "2,5" a decimal comma. Write all amounts in one way, or say which it is.`)
}

func rowsText(rows []reconcile.Row) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%d|%s|%s|%s|%s|%s|%s", r.Line, r.Provider, r.Account, r.Month, r.Invoice, r.Currency, r.Total)
		for _, part := range []*finops.Amount{r.Parts.Tax, r.Parts.Credits, r.Parts.Marketplace, r.Parts.Other} {
			if part == nil {
				b.WriteString("|")
			} else {
				fmt.Fprintf(&b, "|%s", part)
			}
		}
		fmt.Fprintf(&b, "|%s\n", r.Note)
	}
	return b.String()
}

func TestReadFigures(t *testing.T) {
	for _, c := range []struct {
		name, text string
		decimal    reconcile.Decimal
		used       reconcile.Decimal
		blank      int
		want       string
	}{
		{"Template", "provider,billing_account,month,invoice_id,currency,total,tax,credits,marketplace,other,note\nAWS,1,2026-10,INV-1,usd,\"1,234.50\",19.05,-3,0,7,ok\n", "auto", "point", 0,
			"2|AWS|1|2026-10|INV-1|USD|1234.50|19.05|-3|0|7|ok\n"},
		{"OtherNamesAndGerman", "\ufeffBilling Account ID;Invoice Number;Billing Period;Amount Due;VAT;Colour\r\n1;A;2026-10-01T00:00:00Z;1.234,50;1,5;red\r\n;;;;;\r\n2;B;10/1/2026;7;;blue\r\n", "auto", "comma", 0,
			"2||1|2026-10|A||1234.50|1.5||||\n4||2|2026-10|B||7|||||\n"},
		{"Tabs", "account\ttotal\n1\t12\n", "auto", "point", 0, "2||1|0000-01|||12|||||\n"},
		{"FormulasAreText", "account,total,note\n=1+1,5,\"=HYPERLINK(\"\"x\"\")\"\n", "auto", "point", 0, "2||=1+1|0000-01|||5|||||=HYPERLINK(\"x\")\n"},
		{"EvidenceElsewhereSettlesIt", "account,total\n1,\"1,234\"\n2,7.50\n", "auto", "point", 0, "2||1|0000-01|||1234|||||\n3||2|0000-01|||7.50|||||\n"},
		{"ShortRow", "account,total,note\n1,5\n", "auto", "point", 0, "2||1|0000-01|||5|||||\n"},
		{"OnlyHeader", "account,total\n", "auto", "point", 0, ""},
		{"UnfilledTemplate", "account,total,note\n1,,later\n2,5,\n3, ,\n", "auto", "point", 2, "3||2|0000-01|||5|||||\n"},
		{"LineBreakInNote", "account,note,total\n1,\"a\nb\",5\n2,c,6\n", "auto", "point", 0, "2||1|0000-01|||5|||||a\nb\n4||2|0000-01|||6|||||c\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, err := reconcile.ReadFigures(strings.NewReader(c.text), c.decimal)
			require.NoError(t, err)
			assert.Equal(t, c.used, file.Decimal)
			assert.Equal(t, c.blank, file.Blank)
			assert.Equal(t, c.want, rowsText(file.Rows))
		})
	}
}

func TestReadFigures_Refused(t *testing.T) {
	for _, c := range []struct {
		name, text string
		code       finops.Code
		want       string
	}{
		{"Empty", " \n", "invalid", "The file is empty"},
		{"UTF16", "\xff\xfea\x00c\x00", "invalid", "Save it as \"CSV UTF-8\""},
		{"NoTotal", "account,month\n1,2026-10\n", "unsupported", "no column for the total"},
		{"NoAccount", "total,month\n1,2026-10\n", "unsupported", "no column for the billing account or the invoice number"},
		{"ColumnTwice", "account,total,Amount Due\n1,5,6\n", "invalid", "both mean total"},
		{"Mixed", "account,total\n1,5.25\n2,\"5,25\"\n", "invalid", "\"5.25\" has a decimal point and \"5,25\" a decimal comma"},
		{"Quotes", "account,total\n1,\"5\n", "invalid", "is not valid CSV"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, err := reconcile.ReadFigures(strings.NewReader(c.text), reconcile.DecimalAuto)
			assert.Equal(t, c.code, finops.CodeOf(err))
			assert.ErrorContains(t, err, c.want)
			assert.Nil(t, file)
		})
	}
}

func TestReadFigures_RowsThatCannotBeRead(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"Ambiguous", "account,total\n1,\"1,234\"\n", "Line 2: \"1,234\" can be read in two ways"},
		{"NoTotal", "account,total,tax\n1,,5\n", "Line 2: The total is missing."},
		{"BadMonth", "account,month,total\n1,October,5\n", "Line 2: \"October\" is not a month"},
		{"Many", "account,total\n1,x\n2,x\n3,x\n4,x\n5,x\n6,x\n7,x\n", "And 2 problems more. Nothing was saved."},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, err := reconcile.ReadFigures(strings.NewReader(c.text), reconcile.DecimalAuto)
			require.NoError(t, err)
			assert.ErrorContains(t, reconcile.Refusal(file.Rows), c.want)
		})
	}
	file, err := reconcile.ReadFigures(strings.NewReader("account,total\n1,5.5\n2,5x\n"), reconcile.DecimalAuto)
	require.NoError(t, err)
	require.Len(t, file.Rows, 2)
	require.NoError(t, file.Rows[0].Err, "its neighbour does not matter")
	assert.Equal(t, "2 5x", file.Rows[1].Account+" "+file.Rows[1].Text)
}

// FuzzReadFigures wants a sentence or figures for any bytes, and that what was read is read
// the same again from its plain spelling.
func FuzzReadFigures(f *testing.F) {
	f.Add("provider,account,month,invoice,currency,total,tax\nAWS,1,2026-10,A,USD,\"1,234.50\",-0\n", "auto")
	f.Add("account;total\n1;1.234,5\n", "comma")
	f.Add("account\ttotal\n\"a\"\"b\"\t(12)\n", "point")
	f.Fuzz(func(t *testing.T, text, mode string) {
		decimal, err := reconcile.ParseDecimal(mode)
		if err != nil {
			return
		}
		file, err := reconcile.ReadFigures(strings.NewReader(text), decimal)
		if err != nil {
			if code := finops.CodeOf(err); code != finops.CodeInvalid && code != finops.CodeUnsupported {
				t.Fatalf("not a sentence: %v", err)
			}
			return
		}
		if file.Decimal == reconcile.DecimalAuto {
			t.Fatal("the decimal sign was never decided")
		}
		for _, r := range file.Rows {
			if r.Err != nil {
				continue
			}
			again, err := reconcile.ReadAmount(r.Total.String(), reconcile.DecimalPoint)
			if err != nil || again.Cmp(r.Total) != 0 {
				t.Fatalf("%s is read again as %s (%v)", r.Total, again, err)
			}
		}
	})
}
