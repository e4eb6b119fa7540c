package jsonfile_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/source/jsonfile"
)

// show prints pairs as k=v; k.
func show(pairs []jsonfile.Pair) string {
	var parts []string
	for _, p := range pairs {
		if p.Null {
			parts = append(parts, p.Key)
		} else {
			parts = append(parts, p.Key+"="+p.Value)
		}
	}
	return strings.Join(parts, "; ")
}

func TestPairs(t *testing.T) {
	for text, want := range map[string]string{
		``: "", `{}`: "", ` [] `: "", `""`: "",
		`{"a":"b","n":1.50,"t":true,"e":null}`:                          "a=b; n=1.50; t=true; e",
		`"a": "b","c": "d"`:                                             "a=b; c=d",
		`[{"key":"a","value":"b"},{"Key":"c","Value":"d"},{"key":"e"}]`: "a=b; c=d; e",
		`[('user_team', 'platform'), ('user_note', 'it\'s "x", y')]`:    `user_team=platform; user_note=it's "x", y`,
		`[["a", "b"], ("c", None)]`:                                     "a=b; c",
		`{'a': 'b', 'c': "d'e"}`:                                        "a=b; c=d'e",
		`{user_team=platform, user_app=web shop}`:                       "user_team=platform; user_app=web shop",
		`{aws:createdBy=x, url=http://x/?a=b, empty=, none=NULL}`:       "aws:createdBy=x; url=http://x/?a=b; empty=; none",
		`{'team': web, 'a b'=c}`:                                        "",
		`{'team': web, 'a b': {x, y}}`:                                  "team=web; a b={x, y}",
		`{team: web, app: shop}`:                                        "team=web; app=shop",
		`{team -> web, app -> a=b}`:                                     "team=web; app=a=b",
		`[team -> web]`:                                                 "team=web",
		`Map(team -> web, app -> shop)`:                                 "team=web; app=shop",
		`{a=1, a=2}`:                                                    "a=2",
	} {
		got, ok := jsonfile.Pairs([]byte(text))
		assert.Equal(t, want != "" || len(got) == 0 && !strings.Contains(text, "'a b'=c"), ok, text)
		if ok {
			assert.Equal(t, want, show(got), text)
		}
	}
	for _, text := range []string{"a=b", `{"a":`, "{a}", "{a=x, y}", "5", "true", "[1, 2]", "{=x}", "{a=b", "{a=b}}", "[('a', 'b', 'c')]", `{'a': 'b' x}`, `{"a":"b"} x`, "{a=b, c: d}", "{'a", "{a=(b}"} {
		_, ok := jsonfile.Pairs([]byte(text))
		assert.False(t, ok, text)
	}
}

func FuzzPairs(f *testing.F) {
	for _, text := range []string{`[('k', 'v')]`, `{k=v, l={x, y}}`, `{'k': v}`, `"a": "b"`, `Map(k -> v)`, `{"a":null}`} {
		f.Add(text, "k", "v")
	}
	f.Fuzz(func(t *testing.T, text, key, value string) {
		pairs, ok := jsonfile.Pairs([]byte(text))
		seen := map[string]bool{}
		for _, p := range pairs {
			if ok && (p.Key == "" || seen[p.Key]) {
				t.Fatalf("%q has the key %q twice or not at all", text, p.Key)
			}
			seen[p.Key] = true
		}
		object, err := json.Marshal(map[string]string{key: value})
		if err != nil || key == "" {
			return
		}
		var clean map[string]string
		if json.Unmarshal(object, &clean) != nil {
			return
		}
		pairs, ok = jsonfile.Pairs(object)
		if !ok || len(pairs) != 1 || clean[pairs[0].Key] != pairs[0].Value {
			t.Fatalf("%s became %v", object, pairs)
		}
	})
}
