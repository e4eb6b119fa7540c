package jsonfile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source/jsonfile"
)

var scanPaths = []string{"a", "b.c", "b.d.e", "list"}

// wanted reads an object with encoding/json: the values of scanPaths, and the rest as
// "path=value" in the order of the text.
func wanted(text []byte) (values [4]*string, rest []string, ok bool) {
	var o map[string]json.RawMessage
	if !json.Valid(text) || json.Unmarshal(text, &o) != nil || o == nil {
		return values, nil, false
	}
	index := map[string]int{"a": 0, "b.c": 1, "b.d.e": 2, "list": 3, "b_c": 1, "b_d_e": 2}
	var walk func(prefix string, inside []byte)
	walk = func(prefix string, inside []byte) {
		d := json.NewDecoder(bytes.NewReader(inside))
		_, _ = d.Token()
		for d.More() {
			token, _ := d.Token()
			name, _ := token.(string)
			var value json.RawMessage
			_ = d.Decode(&value)
			path := strings.ToLower(prefix + name)
			if strings.Contains(name, ".") && prefix != "" {
				path = "" // flat names are names of the record itself
			}
			i, known := index[path]
			if strings.Contains(path, "_") && prefix != "" {
				known = false
			}
			var s string
			switch {
			case string(value) == "null":
				if known {
					values[i] = nil
				}
			case (path == "b" || path == "b.d") && !strings.Contains(name, ".") && value[0] == '{':
				walk(prefix+name+".", value)
			case known && value[0] == '"':
				_ = json.Unmarshal(value, &s)
				values[i] = &s
			case known:
				s = string(value)
				values[i] = &s
			default:
				rest = append(rest, prefix+name+"="+string(value))
			}
		}
	}
	walk("", text)
	return values, rest, true
}

// compare checks what Read finds in a text against encoding/json.
func compare(t *testing.T, paths *jsonfile.Paths, f *jsonfile.Fields, text []byte) {
	t.Helper()
	values, rest, ok := wanted(text)
	require.Equal(t, ok, paths.Read(f, text), "%q", text)
	if !ok || !utf8.Valid(text) {
		return // bytes that are no UTF-8 are replaced run by run, not one by one
	}
	for i, want := range values {
		if want == nil {
			require.Nil(t, f.Values[i], "%s of %s", scanPaths[i], text)
			continue
		}
		require.NotNil(t, f.Values[i], "%s of %s", scanPaths[i], text)
		require.Equal(t, *want, string(f.Values[i]), "%s of %s", scanPaths[i], text)
	}
	var got []string
	for name, value := range jsonfile.Members(f.Rest) {
		got = append(got, string(name)+"="+string(value))
	}
	require.Equal(t, rest, got, "%s", text)
	if f.Rest != nil {
		require.True(t, json.Valid(f.Rest), "%s", f.Rest)
	}
}

var scanTexts = []string{
	`{}`, ` { } `, `{"a":1}`, `{"a":1,}`, `{,}`, `{"a"}`, `{"a":}`, `{"a" : 1 , "b" : { "c" : [ ] } }`, `{"a":1}{`, `{"a":1} x`, `[]`, `1`, ``, `{`, `{"`, `{"a`, `{"a\`,
	`{"a":"x\u00e9\ud83d\ude00\ud83d\"\\\/\b\f\n\r\t"}`, `{"a":"\ud83dx\ude00"}`, `{"a":"\ud83d\u0041"}`, `{"a":"\u12"}`, `{"a":"\x"}`, `{"\u0061":1,"A":2}`, "{\"a\":\"\t\"}", "{\"a\":\"\x7f\"}",
	`{"a":-0}`, `{"a":-}`, `{"a":01}`, `{"a":0.}`, `{"a":.5}`, `{"a":1e5}`, `{"a":1E+05}`, `{"a":1e}`, `{"a":1.5e-}`, `{"a":+1}`, `{"a":1.25}`, `{"a":123456789012345678901234567890.5e-7}`,
	`{"a":true,"list":false}`, `{"a":tru}`, `{"a":nul}`, `{"a":null,"b":null}`, `{"b":{"c":1,"d":{"e":[{"x":"]"}],"f":2},"g":"é"}}`, `{"b":[1,{"c":2}]}`, `{"b":{"d":3}}`,
	`{"b.c":1,"b_d_e":2,"B":{"C":3,"D":{"E":4}}}`, `{"list":[1,2,{"a":[]}] ,"a":"a longer text without any escape in it","z":"Zürich is a text with one letter that is not ASCII"}`,
	`{"a":1,"a":null,"a":"2"}`, `{"x":{"y":{"z":[[[]]]}}}`, `{"x":{"y":1},"x":2}`, `{"":1," ":2}`, "{\"a\":\"\xff\xfe\"}", "{\"a\":\"12345678\xff\\n\"}", "\ufeff{\"a\":1}", "{\"a\":\"\u2028\"}",
}

func TestPaths_ReadLikeEncodingJSON(t *testing.T) {
	paths := jsonfile.NewPaths(scanPaths)
	var f jsonfile.Fields // the same for all: what it remembers of the order must not matter
	for range 2 {
		for _, text := range scanTexts {
			compare(t, paths, &f, []byte(text))
			for i := range len(text) {
				compare(t, paths, &f, []byte(text[:i]))
			}
		}
	}
}

func TestPaths_DepthOfNesting(t *testing.T) {
	paths := jsonfile.NewPaths(scanPaths)
	var f jsonfile.Fields
	for _, depth := range []int{9_998, 9_999, 10_000, 10_001} {
		text := `{"a":` + strings.Repeat("[", depth) + strings.Repeat("]", depth) + `}`
		assert.Equal(t, json.Valid([]byte(text)), paths.Read(&f, []byte(text)), depth)
		text = strings.Repeat(`{"x":`, depth) + "1" + strings.Repeat("}", depth)
		assert.Equal(t, json.Valid([]byte(text)), paths.Read(&f, []byte(text)), depth)
	}
}

// TestPaths_EscapesAtEveryPlace has a quote, a backslash or a letter beyond ASCII at every
// place of a word of eight bytes.
func TestPaths_EscapesAtEveryPlace(t *testing.T) {
	paths := jsonfile.NewPaths(scanPaths)
	var f jsonfile.Fields
	for n := range 20 {
		for _, sign := range []string{``, `\"`, `\\`, `ü`, `\u00fc`, "\x01", `\`} {
			pad := strings.Repeat("x", n)
			compare(t, paths, &f, fmt.Appendf(nil, `{"a":"%s%s%s","list":"%s"}`, pad, sign, pad, sign))
		}
	}
}

func FuzzPaths(f *testing.F) {
	for _, text := range scanTexts {
		f.Add([]byte(text))
	}
	paths := jsonfile.NewPaths(scanPaths)
	var fields jsonfile.Fields
	f.Fuzz(func(t *testing.T, text []byte) { compare(t, paths, &fields, text) })
}
