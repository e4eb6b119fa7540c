package jsonfile_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/jsonfile"
)

func write(t testing.TB, data []byte) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.json")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return source.File{Path: path, Size: int64(len(data))}
}

// content prints rows as "line: field|field|rest" (· for null) and rejects as
// "line! reason", and returns the error that ended reading.
func content(t testing.TB, r *jsonfile.Reader) (rows, rejects []string, err error) {
	t.Helper()
	for {
		b, err := r.Next(t.Context())
		if err != nil {
			return rows, rejects, err
		}
		require.Len(t, b.Bounds, b.Rows*b.Columns)
		require.Len(t, b.Lines, b.Rows)
		for row := range b.Rows {
			fields := make([]string, b.Columns)
			for i := range fields {
				fields[i] = "·"
				if v := b.Field(row, i); v != nil {
					fields[i] = string(v)
				}
			}
			rows = append(rows, string(rune('0'+b.Lines[row]))+": "+strings.Join(fields, "|"))
		}
		for _, x := range b.Rejects {
			rejects = append(rejects, string(rune('0'+x.Line))+"! "+x.Reason)
		}
		b.Release()
	}
}

func TestReader_Shapes(t *testing.T) {
	paths := jsonfile.NewPaths([]string{"a", "b.c", "list"})
	for name, c := range map[string]struct {
		text, shape   string
		rows, rejects []string
		code          finops.Code
	}{
		"lines":              {text: "{\"a\":1}\n\n{\"b\":{\"c\":\"x\"}}\r\n{\"a\":null,\"z\":[1]}", shape: jsonfile.ShapeLines, rows: []string{"1: 1|·|·|·", "3: ·|x|·|·", `4: ·|·|·|{"z":[1]}`}},
		"lines with BOM":     {text: "\ufeff {\"a\":1}\n", shape: jsonfile.ShapeLines, rows: []string{"1: 1|·|·|·"}},
		"a broken line":      {text: "{\"a\":1}\n{\"a\":\n{\"a\":2}\n", shape: jsonfile.ShapeLines, rows: []string{"1: 1|·|·|·", "3: 2|·|·|·"}, rejects: []string{"2! The record is no valid JSON: unexpected end of JSON input at its character 5."}},
		"no object":          {text: "{\"a\":1}\n[2]\n3\n", shape: jsonfile.ShapeLines, rows: []string{"1: 1|·|·|·"}, rejects: []string{"2! The record is no JSON object.", "3! The record is no JSON object."}},
		"array":              {text: "[\n {\"a\":1},\n {\"b.c\":\"}\\\"]\"} ]\n", shape: jsonfile.ShapeArray, rows: []string{"1: 1|·|·|·", `2: ·|}"]|·|·`}},
		"array in one line":  {text: `[{"a":1},{"list":[{"x":1}, 2]}]`, shape: jsonfile.ShapeArray, rows: []string{"1: 1|·|·|·", `2: ·|·|[{"x":1}, 2]|·`}},
		"array with others":  {text: "[{\"a\":1},\n7,{\"a\":2}]", shape: jsonfile.ShapeArray, rows: []string{"1: 1|·|·|·", "3: 2|·|·|·"}, rejects: []string{"2! Line 2 holds something that is no JSON object."}},
		"array of nothing":   {text: "[]", shape: jsonfile.ShapeArray},
		"cut array":          {text: `[{"a":1},`, shape: jsonfile.ShapeArray, rows: []string{"1: 1|·|·|·"}, code: finops.CodeCorrupt},
		"cut in an object":   {text: `[{"a":1},{"a":`, shape: jsonfile.ShapeArray, rows: []string{"1: 1|·|·|·"}, code: finops.CodeCorrupt},
		"behind the array":   {text: `[{"a":1}] {"a":2}`, shape: jsonfile.ShapeArray, rows: []string{"1: 1|·|·|·"}, code: finops.CodeCorrupt},
		"pretty objects":     {text: "{\n \"a\": 1\n}\n{\n \"a\": 2,\n \"B\": {\"C\": true}\n}\n", shape: jsonfile.ShapeStream, rows: []string{"1: 1|·|·|·", "2: 2|true|·|·"}},
		"escapes":            {text: `{"a":"q\"\u00e9\n","b":{"c":"","d":1}}`, shape: jsonfile.ShapeLines, rows: []string{"1: q\"é\n||·|{\"b.d\":1}"}},
		"the last one wins":  {text: `{"a":1,"a":2,"list":1,"list":null}`, shape: jsonfile.ShapeLines, rows: []string{"1: 2|·|·|·"}},
		"a record as a text": {text: `{"b":"{}"}`, shape: jsonfile.ShapeLines, rows: []string{`1: ·|·|·|{"b":"{}"}`}},
		"flat names":         {text: `{"b.c":1}` + "\n" + `{"B_C":2}`, shape: jsonfile.ShapeLines, rows: []string{"1: ·|1|·|·", "2: ·|2|·|·"}},
		"no UTF-8":           {text: "{\"a\":\"\xff\"}", shape: jsonfile.ShapeLines, rows: []string{"1: \ufffd|·|·|·"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, from := range []io.Reader{strings.NewReader(c.text), iotest.OneByteReader(strings.NewReader(c.text))} {
				r, err := jsonfile.NewReader(t.Context(), "test", from, paths)
				require.NoError(t, err)
				assert.Equal(t, c.shape, r.Shape())
				rows, rejects, err := content(t, r)
				assert.Equal(t, c.rows, rows)
				assert.Equal(t, c.rejects, rejects)
				if c.code == "" {
					assert.ErrorIs(t, err, io.EOF)
				} else {
					assert.Equal(t, c.code, finops.CodeOf(err))
				}
				_, again := r.Next(t.Context())
				assert.Equal(t, err, again, "the end stays the end")
			}
		})
	}
}

func TestReader_Limits(t *testing.T) {
	long := `{"a":"` + strings.Repeat("x", 9<<20) + `"}`
	paths := jsonfile.NewPaths([]string{"a"})
	r, err := jsonfile.NewReader(t.Context(), "test", strings.NewReader("{\"a\":1}\n"+long+"\n{\"a\":2}\n"), paths)
	require.NoError(t, err)
	rows, rejects, err := content(t, r)
	require.ErrorIs(t, err, io.EOF)
	assert.Equal(t, []string{"1: 1|·", "3: 2|·"}, rows)
	require.Len(t, rejects, 1)
	assert.Contains(t, rejects[0], "2! The line is longer than 8192 KiB")

	r, err = jsonfile.NewReader(t.Context(), "test", strings.NewReader("["+long+"]"), paths)
	require.NoError(t, err)
	_, _, err = content(t, r)
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
}

func TestReader_NoJSON(t *testing.T) {
	for _, text := range []string{"", " \n", "a,b\n1,2\n", `"text"`} {
		_, err := jsonfile.NewReader(t.Context(), "test", strings.NewReader(text), jsonfile.NewPaths(nil))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), text)
	}
}

func TestOpen_GzipProgressAndHash(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte(strings.Repeat("{\"a\":\"é\"}\n", 50_000)))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	f := write(t, packed.Bytes())
	r, err := jsonfile.Open(t.Context(), f)
	require.NoError(t, err)
	assert.Equal(t, "JSON, one object per line, gzip", r.Layout().Dialect())
	n := 0
	for {
		b, err := r.Next(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		n += b.Rows
	}
	assert.Equal(t, 50_000, n)
	assert.Equal(t, f.Size, r.Progress())
	assert.Len(t, r.SHA256(), 64)
	require.NoError(t, r.Close())
	require.NoError(t, r.Close())
}

func TestReader_Cancelled(t *testing.T) {
	stop := errors.New("stopped")
	r, err := jsonfile.Open(t.Context(), write(t, []byte(`{"a":1}`)))
	require.NoError(t, err)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stop)
	_, err = r.Next(ctx)
	assert.ErrorIs(t, err, stop)
	require.NoError(t, r.Close())
}

func TestOpen_Names(t *testing.T) {
	r, err := jsonfile.Open(t.Context(), write(t, []byte("{\"a\":1,\"b\":{\"c\":[1],\"d\":null}}\n{broken\n{\"b\":{\"d\":\"x\"}}\n")))
	require.NoError(t, err)
	require.NoError(t, r.Close())
	l := r.Layout()
	assert.Equal(t, []string{"a", "b.c", "b.d"}, l.Names)
	assert.Equal(t, 2, l.Records)
}

func TestPaths_At(t *testing.T) {
	p := jsonfile.NewPaths([]string{"a", "b.c", "b.d.e", "f"})
	below, index := p.At("b")
	require.NotNil(t, below)
	assert.Equal(t, []string{"c", "d.e"}, below.Names())
	assert.Equal(t, []int{1, 2}, index)
	below, _ = p.At("a")
	assert.Nil(t, below)
	var f jsonfile.Fields
	assert.False(t, p.Read(&f, []byte("[]")))
	assert.False(t, p.Read(&f, []byte(`{"a":}`)))
}

// FuzzReader checks that every object is a row or a reject, with any borders of reads,
// and that a row holds what encoding/json reads.
func FuzzReader(f *testing.F) {
	f.Add([]byte("{\"a\":1}\n{\"b\":{\"c\":\"x\\u00e9\"}}\n{\n"))
	f.Add([]byte(`[{"a":"1"},{"b":{"c":[1,{"d":null}]}},3]`))
	f.Add([]byte("{\n\"a\":1}{\"a\":\"\\\\\"}"))
	paths := jsonfile.NewPaths([]string{"a", "b.c"})
	f.Fuzz(func(t *testing.T, data []byte) {
		read := func(r io.Reader) (rows, rejects []string, code finops.Code) {
			reader, err := jsonfile.NewReader(t.Context(), "fuzz", r, paths)
			if err != nil {
				return nil, nil, finops.CodeOf(err)
			}
			rows, rejects, err = content(t, reader)
			if !errors.Is(err, io.EOF) {
				code = finops.CodeOf(err)
			}
			return rows, rejects, code
		}
		rows, rejects, code := read(bytes.NewReader(data))
		if code == finops.CodeInternal {
			t.Fatal("an error without a code")
		}
		rows2, rejects2, code2 := read(iotest.OneByteReader(bytes.NewReader(data)))
		if code != code2 || !assert.ObjectsAreEqual(rows, rows2) || !assert.ObjectsAreEqual(rejects, rejects2) {
			t.Fatalf("the borders of reads matter: %q %q %s, %q %q %s", rows, rejects, code, rows2, rejects2, code2)
		}
		var fields jsonfile.Fields
		var want struct{ A any }
		if paths.Read(&fields, data) && json.Unmarshal(data, &want) == nil {
			if s, ok := want.A.(string); ok && bytes.Count(bytes.ToLower(data), []byte(`a"`)) == 1 && string(fields.Values[0]) != s {
				t.Fatalf("%q is read as %q", s, fields.Values[0])
			}
			if fields.Rest != nil && !json.Valid(fields.Rest) {
				t.Fatalf("the rest %q is no JSON", fields.Rest)
			}
		}
	})
}
