package mappedfile_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source/mappedfile"
	"cloud-intelligence/backend/source/sourcetest"
)

func TestDecode_WhatEncodeWrites(t *testing.T) {
	m := hetzner()
	text, err := mappedfile.Encode(m)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(text), "{\n  \"format\": \"cloud-intelligence-mapping\",\n  \"version\": 1,\n  \"name\": \"Hetzner invoice\",\n"), "%s", text)
	got, err := mappedfile.Decode(text)
	require.NoError(t, err)
	assert.Equal(t, m, got)
	_, err = mappedfile.Decode(append([]byte("\ufeff"), text...))
	require.NoError(t, err)
}

func TestDecode_Refuses(t *testing.T) {
	const begin = `{"format": "cloud-intelligence-mapping", "version": 1, "name": "x", "header": [], "columns": {`
	for name, c := range map[string]struct {
		text string
		code finops.Code
		want string
	}{
		"NoJSON":       {"hello", finops.CodeInvalid, "This is not a mapping"},
		"OtherJSON":    {`{"a": 1}`, finops.CodeInvalid, "This is not a mapping"},
		"NewerVersion": {`{"format": "cloud-intelligence-mapping", "version": 2, "surprise": 1}`, finops.CodeUnsupported, "of version 2"},
		"Misspelled":   {`{"format": "cloud-intelligence-mapping", "version": 1, "name": "x", "colums": {}}`, finops.CodeInvalid, `unknown field "colums"`},
		"TwoMappings":  {begin + `}}{}`, finops.CodeInvalid, "damaged when it was edited: invalid character"},
		"NoName":       {strings.Replace(begin, `"x"`, `" "`, 1) + `}}`, finops.CodeInvalid, "needs a name"},
		"Column":       {begin + `"Cost": {"column": "a"}}}`, finops.CodeInvalid, `"Cost" is not a FOCUS column`},
		"ColumnCase":   {begin + `"billedcost": {"column": "a"}}}`, finops.CodeInvalid, "is not a FOCUS column"},
		"Both":         {begin + `"BilledCost": {"column": "a", "text": "1"}}}`, finops.CodeInvalid, "both a column and a text"},
		"TextDate":     {begin + `"BillingPeriodStart": {"text": "03/04/2026"}}}`, finops.CodeInvalid, "write it as YYYY-MM-DD"},
		"TextNumber":   {begin + `"ListCost": {"text": "one"}}}`, finops.CodeInvalid, "which is not a number"},
		"TextCurrency": {begin + `"BillingCurrency": {"text": "dollars"}}}`, finops.CodeInvalid, "three-letter code"},
		"Dates":        {begin + `}, "dates": "ymd"}`, finops.CodeInvalid, "not an order of dates"},
		"Decimal":      {begin + `}, "decimal": "."}`, finops.CodeInvalid, "not a decimal sign"},
		"Sign":         {begin + `}, "sign": "-"}`, finops.CodeInvalid, "not a meaning of the sign"},
		"Effective":    {begin + `}, "effectiveCost": "zero"}`, finops.CodeInvalid, "not a choice for EffectiveCost"},
		"Tag":          {begin + `}, "tags": {"": "a"}}`, finops.CodeInvalid, "A tag needs a key"},
		"Large":        {strings.Repeat(" ", 2<<20), finops.CodeInvalid, "larger than 1 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mappedfile.Decode([]byte(c.text))
			require.Error(t, err)
			assert.Equal(t, c.code, finops.CodeOf(err))
			assert.Contains(t, finops.MessageOf(err), c.want)
		})
	}
}

func TestMissing(t *testing.T) {
	assert.Len(t, mappedfile.Mapping{}.Missing(), 4)
	assert.Empty(t, hetzner().Missing())
	m := hetzner()
	m.Columns = map[string]mappedfile.ColumnSource{"BillingPeriodStart": {Text: "2026-10"}, "BilledCost": {Column: "a"}, "BillingCurrency": {Column: "b"}, "ServiceProviderName": {Text: "Acme"}}
	assert.Empty(t, m.Missing())
	m.Columns["BilledCost"] = mappedfile.ColumnSource{}
	assert.Equal(t, []string{"Choose the column with the cost (BilledCost)."}, m.Missing())
}

// FuzzDecode wants every mapping that is taken to be the same after it was written and read
// again, and to read any table without a panic.
func FuzzDecode(f *testing.F) {
	text, err := mappedfile.Encode(hetzner())
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte(`{"format": "cloud-intelligence-mapping", "version": 1, "name": "x", "header": ["a"], "columns": {"Tags": {"text": "a=1;b"}, "ChargePeriodEnd": {"column": "Produkt"}}, "tags": {"k": "Datum"}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := mappedfile.Decode(text)
		if err != nil {
			require.NotEqual(t, finops.CodeInternal, finops.CodeOf(err))
			return
		}
		again, err := mappedfile.Encode(m)
		require.NoError(t, err)
		got, err := mappedfile.Decode(again)
		require.NoError(t, err)
		spelled, err := mappedfile.Encode(got)
		require.NoError(t, err)
		require.Equal(t, string(again), string(spelled))
		columns, r, err := mappedfile.Try(t.Context(), sourcetest.Look(t, write(t, "a.csv", invoice)), m, nil)
		if err == nil {
			readAll(t.Context(), t, columns, r)
		}
	})
}
