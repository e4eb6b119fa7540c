package gcpexport

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestCredits_Sum(t *testing.T) {
	b := newCreditBook()
	assert.Nil(t, b.read(nil))
	assert.Equal(t, "0", b.read([]byte("[]")).text)
	assert.Equal(t, "0", b.read([]byte("[{}]")).text)
	assert.Equal(t, "0", b.read([]byte("[None]")).text)
	assert.Equal(t, "-0.5", b.read([]byte("-0.50")).text)
	c := b.read([]byte(`[{'amount': '-0.1', 'type': 'PROMOTION'}, {'amount': -0.2000000000000000000001, 'type': 'DISCOUNT'}]`))
	assert.Equal(t, "-0.3000000000000000000001", c.text)
	assert.Same(t, c, b.read([]byte(`[{'amount': '-0.1', 'type': 'PROMOTION'}, {'amount': -0.2000000000000000000001, 'type': 'DISCOUNT'}]`)))
	assert.NotEmpty(t, b.read([]byte(`[{'type': 'PROMOTION'}]`)).reject, "a credit without an amount would be lost")
	assert.NotEmpty(t, b.read([]byte(`[1]`)).reject)
}

func TestAppendTime(t *testing.T) {
	for text, want := range map[string]string{
		"2026-09-16 15:00:00 UTC":        "2026-09-16T15:00:00Z",
		"2026-09-16 15:00:00.000000 UTC": "2026-09-16T15:00:00Z",
		"2020-11-09 23:00:00+00:00":      "2020-11-09T23:00:00Z",
		"2026-09-16T15:00:00":            "2026-09-16T15:00:00Z",
		"2026-09-16T15:00:00+02:00":      "2026-09-16T13:00:00Z",
		"2026-09-16":                     "2026-09-16T00:00:00Z",
		"soon":                           "soon",
		"2026-99-16 15:00:00 UTC":        "2026-99-16 15:00:00 UTC",
	} {
		assert.Equal(t, want, string(appendTime(nil, []byte(text))), text)
	}
}

// TestInvoice_Pacific compares the rule for the beginning of Google's months with the
// time zone database.
func TestInvoice_Pacific(t *testing.T) {
	pacificTime, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Skip("this machine has no time zone database")
	}
	for year := 2017; year < 2040; year++ {
		for month := time.January; month <= time.December; month++ {
			first := time.Date(year, month, 1, 0, 0, 0, 0, pacificTime)
			in, ok := readInvoice([]byte(first.Format("200601")))
			require.True(t, ok)
			assert.Equal(t, first.Unix(), in.begins, first)
		}
	}
}

// TestTables_Values checks that the tables use FOCUS values only, and every subcategory
// under one category.
func TestTables_Values(t *testing.T) {
	categories := map[string]bool{}
	for _, c := range []string{"AI and Machine Learning", "Analytics", "Business Applications", "Compute", "Databases", "Developer Tools", "Multicloud", "Identity", "Integration", "Internet of Things", "Management and Governance", "Media", "Migration", "Mobile", "Networking", "Security", "Storage", "Web", "Other"} {
		categories[c] = true
	}
	parents := map[string]string{}
	for name, c := range serviceClasses {
		assert.True(t, categories[c.category], "%s: %s", name, c.category)
		if p, ok := parents[c.subcategory]; ok {
			assert.Equal(t, p, c.category, name)
		}
		parents[c.subcategory] = c.category
	}
	for _, c := range focusColumns {
		known, ok := finops.ColumnByName(c.Name)
		assert.True(t, ok && known.Name == c.Name && known.Since <= 12, c.Name)
	}
	assert.Equal(t, serviceClass{"Other", "Other (Other)"}, classOf([]byte("Some Marketplace offer")))
	assert.Equal(t, serviceClass{}, classOf(nil))
}

func FuzzBooks(f *testing.F) {
	f.Add([]byte(`[{'name': 'a', 'amount': -5e-06, 'x': None}]`))
	f.Add([]byte(`{team=web, app=shop}`))
	f.Add([]byte(`[('team', 'web')]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		newCreditBook().read(text)
		var v [fieldCount][]byte
		v[fLabels], v[fTags], v[fSystemLabels] = text, text, text
		if l := newLabelBook().read(&v); l.json != nil && !json.Valid(l.json) {
			t.Fatalf("the tags %q are no JSON", l.json)
		}
	})
}

// TestLabels_WrittenAgain reads labels as programs between write them.
func TestLabels_WrittenAgain(t *testing.T) {
	b := newLabelBook()
	for text, want := range map[string]string{
		`[{"key":"team","value":"web"}]`: `{"team":"web"}`, `[('team', 'web')]`: `{"team":"web"}`, `{'team': 'web'}`: `{"team":"web"}`,
		`{team=web, app=shop}`: `{"team":"web","app":"shop"}`, `{'team': web}`: `{"team":"web"}`, `[["team", None]]`: `{"team":true}`,
	} {
		var v [fieldCount][]byte
		v[fLabels] = []byte(text)
		assert.Equal(t, want, string(b.read(&v).json), text)
	}
	assert.Empty(t, b.unread.Warnings())
	var v [fieldCount][]byte
	v[fLabels] = []byte("team is web")
	assert.Equal(t, `{"unread:labels":"team is web"}`, string(b.read(&v).json))
	require.Len(t, b.unread.Warnings(), 1)
	assert.Contains(t, b.unread.Warnings()[0], "tags of some lines could not be read")
}
