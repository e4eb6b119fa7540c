package jsonfile_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/source/jsonfile"
)

func TestAsJSON(t *testing.T) {
	for text, want := range map[string]string{
		`[]`:                                         `[]`,
		` {"a": 1} `:                                 `{"a": 1}`,
		`[{'a': None, 'b': True, 'c': False,}]`:      `[{"a":null,"b":true,"c":false}]`,
		`[{'amount': -5e-06, 'n': 'it\'s "q"'}]`:     `[{"amount":-5e-06,"n":"it's \"q\""}]`,
		`[{'a': "d'or"}]`:                            `[{"a":"d'or"}]`,
		`({'k': Decimal('-0.10')}, 5.)`:              `[{"k":"-0.10"},"5."]`,
		"array([{'a': 1}\n {'a': 2}], dtype=object)": `[{"a":1},{"a":2}]`,
		`['\xe9\u20ac\U0001F600\n']`:                 `["é€😀\u000a"]`,
		`[nan]`:                                      `[null]`,
	} {
		got, ok := jsonfile.AsJSON([]byte(text))
		assert.True(t, ok, text)
		assert.Equal(t, want, string(got), text)
	}
	for _, text := range []string{"", "[", "{'a'}", "{1: 2}", "['a", "[datetime(1)]", "[1] 2", "{'a': 'b' 'c': 1}", `['\x`, `'\u12'`} {
		_, ok := jsonfile.AsJSON([]byte(text))
		assert.False(t, ok, text)
	}
}

func FuzzAsJSON(f *testing.F) {
	f.Add([]byte(`[{'name': 'a', 'amount': -5e-06, 'x': None}]`))
	f.Add([]byte("array([{'a': Decimal('1')}\n {'a': \"\\u20ac\"}], dtype=object)"))
	f.Add([]byte(`{"a": [true, {"b": "\n"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		out, ok := jsonfile.AsJSON(text)
		if ok && !json.Valid(out) {
			t.Fatalf("%q became %q, which is no JSON", text, out)
		}
	})
}
