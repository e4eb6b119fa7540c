package focusfile_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
)

// TestOpen_Tags reads tags in the forms in which programs write them again, and says which
// it could not read.
func TestOpen_Tags(t *testing.T) {
	head := "ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ServiceName,ChargeCategory,BilledCost,Tags\n"
	texts := map[string]string{
		`{"team":"web"}`: `{"team":"web"}`, `{"n":1}`: `{"n":1}`, `{}`: `{}`, `NULL`: `NULL`, `"a":"b"`: `"a":"b"`, ``: ``,
		`[('team', 'it\'s')]`: `{"team":"it's"}`, `{'team': 'web', 'on': None}`: `{"team":"web","on":true}`, `{team=web, app=shop}`: `{"team":"web","app":"shop"}`,
		`[]`: `[]`, `team is web`: `team is web`, `{"team"`: `{"team"`,
	}
	var b strings.Builder
	b.WriteString(head)
	var want []string
	for in, out := range texts {
		b.WriteString(`AWS,1,USD,2026-09-01,2026-09-02,S,Usage,1,"` + strings.ReplaceAll(in, `"`, `""`) + "\"\n")
		want = append(want, out)
	}
	r, ok, err := sourcetest.Recognize(t.Context(), focusfile.Source{}, write(t, "bill.csv", []byte(b.String())))
	require.NoError(t, err)
	require.True(t, ok)
	reader, err := opener.Open(t.Context(), focusfile.Source{}, r)
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	var got []string
	for {
		b, err := reader.Next(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		for row := range b.Rows {
			got = append(got, string(b.Field(row, b.Columns-1)))
		}
	}
	assert.Equal(t, want, got)
	warnings := source.WarningsOf(reader)
	require.Len(t, warnings, 1)
	assert.Contains(t, warnings[0], "could not be read")
	assert.Contains(t, warnings[0], "2 different texts")
}
