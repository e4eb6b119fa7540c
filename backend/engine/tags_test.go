package engine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var tagTexts = []string{
	"", " ", "{}", "[]", "{", "}", "null", "tag", `"`, `""`,
	`{"a":"b"}`, `{"a":"b","c":"d"}`, ` { "a" : "b" , "c" : "" } `, `{"a":"b"} behind`, "{\n\t\"a\":\r\"b\"}",
	`{"a":"1","a":"2"}`, `{"":"x"}`, `{" a":"x","A":"y"}`,
	`{"a":true}`, `{"a":1.50}`, `{"a":null}`, `{"a":{"b":[1, 2]},"c":"d"}`, `{"c":"d","a":true}`,
	`{"a\"b":"c"}`, `{"a":"b\u00e9"}`, `{"ä":"ö"}`, "{\"a\":\"\xff\"}", "{\"\xff\":\"a\",\"b\":\"c\"}", "{\"a\":\"\x01\",\"b\":\"c\"}", "\u00a0{\"a\":\"b\"}\u2003",
	`"a":"b"`, `"a":"b","c":"d"`, `"a":"b"}`, `"a":"b",`, `"a"`, `"a":`, `"a":"b`,
	`{"a":"b"`, `{"a":"b",`, `{"a":"b",}`, `{,"a":"b"}`, `{"a":"b" "c":"d"}`, `{"a" "b"}`, `{"a":"b","c"}`, `{"a":"b","c":tru`, `{"a"::"b"}`,
}

// requireSameTags holds what is read without the JSON package against what that reads.
func requireSameTags(t *testing.T, text string) {
	want := parseJSONTags(strings.TrimSpace(text))
	got := parseTags(text)
	require.True(t, slices.Equal(want, got), "%q: %q instead of %q", text, got, want)
	require.Equal(t, len(want) > 0, tagged(text), "%q", text)
	for _, key := range append([]string{"", "a", "none"}, TagNames(text)...) {
		wantValue, wantFound := findTag(want, key)
		value, found := tagOf(text, key)
		require.Equal(t, wantFound, found, "%q: %q", text, key)
		require.Equal(t, wantValue, value, "%q: %q", text, key)
	}
}

func TestTags_ReadAsJSON(t *testing.T) {
	for _, text := range tagTexts {
		requireSameTags(t, text)
	}
}

func TestTags_ManyKeys(t *testing.T) {
	var list []string
	for i := range 3 * plainTagsMost {
		list = append(list, fmt.Sprintf(`"k%d":"%d"`, i%(2*plainTagsMost), i))
	}
	text := "{" + strings.Join(list, ",") + "}"
	requireSameTags(t, text)
	assert.Len(t, parseTags(text), 2*plainTagsMost)
}

func FuzzTags(f *testing.F) {
	for _, text := range tagTexts {
		f.Add(text)
	}
	f.Fuzz(requireSameTags)
}
