package pricebook_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

func licenceRate(t *testing.T, provider, system, scope, usd string) pricebook.Rate {
	t.Helper()
	r := pricebook.Rate{Provider: provider, Region: "europe-west3", Kind: pricebook.Licences, Item: pricebook.LicenceItem(system, scope), Part: pricebook.Unit, AsOf: "2026-11-28"}
	require.NoError(t, r.USD.UnmarshalText([]byte(usd)))
	return r
}

func TestWith_Licences(t *testing.T) {
	book, err := pricebook.BuiltIn()
	require.NoError(t, err)
	rates := []pricebook.Rate{licenceRate(t, "gcp", "windows", "*", "0.05")}
	for size, usd := range map[int]string{1: "0.0144", 2: "0.0288", 4: "0.0576", 8: "0.1152", 16: "0.1728", 32: "0.3456", 64: "0.6912"} {
		rates = append(rates, licenceRate(t, "gcp", "rhel", pricebook.BySize(size), usd))
	}
	usable, changed, err := book.CheckRates("gcp", "europe-west3", pricebook.Licences, rates)
	require.NoError(t, err, "one of nine may be missing")
	assert.Len(t, usable, 8)
	assert.Equal(t, 1, changed, "only Windows has another price")

	_, _, err = book.CheckRates("gcp", "europe-west3", pricebook.Licences, rates[:7])
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err), "two of nine may not")
	_, _, err = book.CheckRates("azure", "westeurope", pricebook.Licences, []pricebook.Rate{licenceRate(t, "azure", pricebook.SQLServer, pricebook.SQLServerScope, "1.6")})
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err), "four times the price is a fault")

	next, err := book.With(pricebook.Listing{Rates: append(usable, licenceRate(t, "azure", "rhel", pricebook.BySize(2), "0.0288"))})
	require.NoError(t, err)
	windows := next.Surcharge("gcp", "windows", "no such family")
	assert.Equal(t, "0.05", windows.Price.String())
	assert.Equal(t, "vCPU-hour", windows.Unit)
	assert.Equal(t, pricebook.Origin{Basis: pricebook.Listed, Source: "google-cloud-billing", AsOf: "2026-11-28"}, windows.Origin)
	assert.Len(t, next.Surcharges("gcp", "rhel"), 8, "a size that is not listed keeps its price")
	require.Len(t, next.Surcharges("azure", "rhel"), 1)
	assert.Empty(t, book.Surcharges("azure", "rhel"), "the book itself stays as it was")
	assert.NotEqual(t, book.Version(), next.Version())
}
