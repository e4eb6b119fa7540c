package azureexport_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source/azureexport"
)

func amount(t *testing.T, text string) finops.Amount {
	t.Helper()
	a, err := finops.ParseAmount([]byte(text))
	require.NoError(t, err)
	return a
}

// focusOf returns the FOCUS columns of all records as text, to compare layouts by.
func focusOf(s *sheet) []string {
	var all []string
	for row := range s.rows {
		var b strings.Builder
		for i, c := range s.recognition.Columns {
			if v := s.rows[row][i]; v != nil && (c.Focus || c.Part) {
				b.WriteString(c.Name + "=" + *v + "\n")
			}
		}
		all = append(all, b.String())
	}
	return all
}

// TestLayouts_SameRecords reads the same records from files that tools have written in
// different ways.
func TestLayouts_SameRecords(t *testing.T) {
	plain := bytes.TrimPrefix(sheetText(eaHeader, eaActual), []byte("\ufeff"))
	want := focusOf(readSheet(t, write(t, "f.csv", plain)))
	require.Len(t, want, len(eaActual))
	var packed bytes.Buffer
	gz := gzip.NewWriter(&packed)
	_, err := gz.Write(plain)
	require.NoError(t, err)
	require.NoError(t, gz.Close())
	mixed := bytes.Replace(bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n")), []byte("\r\n"), []byte("\n"), 3)
	camel := strings.Split(strings.SplitN(string(plain), "\n", 2)[0], ",")
	for i, name := range camel {
		camel[i] = strings.ToLower(name[:1]) + name[1:]
	}
	_, records, _ := strings.Cut(string(plain), "\n")
	iso := strings.NewReplacer("09/01/2023", "2023-09-01", "09/04/2023", "2023-09-04T00:00:00.0000000Z", "09/30/2023", "2023-09-30").Replace(string(plain))
	german := strings.NewReplacer("MeterCategory,", "Kategorie der Verbrauchseinheit (MeterCategory),", "ResourceGroup,", "Ressourcengruppe (ResourceGroup),").Replace(eaHeader)
	for name, data := range map[string][]byte{
		"byte order mark":  sheetText(eaHeader, eaActual),
		"CR LF":            bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n")),
		"CR LF and LF":     mixed,
		"gzip":             packed.Bytes(),
		"camelCase":        []byte(strings.Join(camel, ",") + "\n" + records),
		"ISO dates":        []byte(iso),
		"localised header": []byte(german + "\n" + records),
		"no last line end": bytes.TrimSuffix(plain, []byte("\n")),
	} {
		s := readSheet(t, write(t, "f", data))
		assert.Empty(t, s.rejects, name)
		assert.Equal(t, azureexport.FormatEAActual, s.recognition.Format, name)
		for row, got := range focusOf(s) {
			assert.Equal(t, want[row], got, "%s, record %d", name, row+1)
		}
		assert.Len(t, s.rows, len(want), name)
	}
}

// TestLayouts_NoSubscription knows the spellings of a charge that belongs to none.
func TestLayouts_NoSubscription(t *testing.T) {
	var records []values
	for _, id := range []string{"", "null", "NULL", "00000000-0000-0000-0000-000000000000"} {
		records = append(records, values{"SubscriptionId": id, "SubscriptionName": ""})
	}
	s := readSheet(t, write(t, "f.csv", sheetText(eaHeader, records)))
	require.Len(t, s.rows, 4)
	for row := range s.rows {
		for _, column := range []string{"SubAccountId", "SubAccountName", "SubAccountType"} {
			assert.Equal(t, "∅", s.get(row, column))
		}
		assert.Equal(t, "100", s.get(row, "BillingAccountId"))
	}
}

// TestLayouts_Empty accepts a month without charges.
func TestLayouts_Empty(t *testing.T) {
	for _, text := range []string{eaHeader, eaHeader + "\n", "\ufeff" + eaHeader + "\r\n", eaHeader + "\n\n"} {
		s := readSheet(t, write(t, "f.csv", []byte(text)))
		assert.Empty(t, s.rows)
		assert.Empty(t, s.rejects)
		assert.Equal(t, azureexport.FormatEAActual, s.recognition.Format)
	}
}

// TestConvert_FOCUSRules checks what FOCUS says of every charge, whatever its kind.
func TestConvert_FOCUSRules(t *testing.T) {
	for name, data := range map[string][]byte{
		"ea actual": sheetText(eaHeader, eaActual), "ea amortized": sheetText(eaHeader, eaAmortized),
		"mca actual": sheetOf(mcaHeader, plainMCA, mcaActual), "mca amortized": sheetOf(mcaHeader, plainMCA, mcaAmortized),
	} {
		s := readSheet(t, write(t, "f.csv", data))
		for row := range s.rows {
			null := func(column string) bool { return s.get(row, column) == "∅" }
			category := s.get(row, "ChargeCategory")
			at := name + " record " + s.get(row, "ChargeDescription")
			for _, column := range []string{"BilledCost", "EffectiveCost", "BillingCurrency", "BillingPeriodStart", "ChargePeriodEnd", "ServiceName", "ServiceCategory"} {
				assert.False(t, null(column), "%s: %s", at, column)
			}
			assert.Equal(t, category == "Usage" && !null("CommitmentDiscountId"), !null("CommitmentDiscountStatus"), at)
			assert.Equal(t, !null("CommitmentDiscountStatus"), s.get(row, "PricingCategory") == "Committed", at)
			for _, of := range []string{"Name", "Category", "Type", "Quantity", "Unit"} {
				if null("CommitmentDiscountId") {
					assert.True(t, null("CommitmentDiscount"+of), "%s: %s", at, of)
				}
			}
			assert.Equal(t, null("CommitmentDiscountQuantity"), null("CommitmentDiscountUnit"), at)
			if category != "Usage" || s.get(row, "CommitmentDiscountStatus") == "Unused" {
				assert.True(t, null("ConsumedQuantity"), at)
			}
			assert.Equal(t, null("ConsumedQuantity"), null("ConsumedUnit"), at)
			assert.Equal(t, null("CapacityReservationId"), null("CapacityReservationStatus"), at)
			if null("SkuPriceId") {
				assert.True(t, null("SkuPriceDetails"), at)
			}
			if !null("ContractedUnitPrice") && !null("PricingQuantity") {
				product := amount(t, s.get(row, "ContractedUnitPrice"))
				got, ok := product.Mul(amount(t, s.get(row, "PricingQuantity")))
				require.True(t, ok)
				assert.Zero(t, got.Cmp(amount(t, s.get(row, "ContractedCost"))), at)
			}
		}
	}
}
