package csvfile_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
)

// item is a row, or a reject when fields is nil.
type item struct {
	line   int64
	fields []string
	reason string
	text   string
}

func (i item) String() string {
	if i.fields == nil {
		return fmt.Sprintf("%d: reject %q", i.line, i.text)
	}
	return fmt.Sprintf("%d: %q", i.line, i.fields)
}

// items reads everything, in the order of the lines.
func items(t testing.TB, r *csvfile.Reader) []item {
	t.Helper()
	var all []item
	for {
		b, err := r.Next(t.Context())
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		rejects := b.Rejects
		for row := range b.Rows {
			for len(rejects) > 0 && rejects[0].Line < b.Lines[row] {
				all = append(all, item{line: rejects[0].Line, reason: rejects[0].Reason, text: rejects[0].Text})
				rejects = rejects[1:]
			}
			it := item{line: b.Lines[row], fields: []string{}}
			for c := range b.Columns {
				it.fields = append(it.fields, string(b.Field(row, c)))
			}
			all = append(all, it)
		}
		for _, x := range rejects {
			all = append(all, item{line: x.Line, reason: x.Reason, text: x.Text})
		}
		b.Release()
	}
}

func read(t testing.TB, text string) (*csvfile.Reader, []item) {
	t.Helper()
	r, err := csvfile.NewReader(t.Context(), "test.csv", strings.NewReader(text))
	require.NoError(t, err)
	return r, items(t, r)
}

func rows(all []item) (out [][]string) {
	for _, it := range all {
		if it.fields != nil {
			out = append(out, it.fields)
		}
	}
	return out
}

func TestReader_Dialects(t *testing.T) {
	utf16 := func(big bool, s string) string {
		out := []byte{0xff, 0xfe}
		if big {
			out = []byte{0xfe, 0xff}
		}
		for _, r := range s {
			if big {
				out = append(out, byte(r>>8), byte(r))
			} else {
				out = append(out, byte(r), byte(r>>8))
			}
		}
		return string(out)
	}
	want := [][]string{{"1", "Zürich, CH"}, {"2", ""}}
	for _, c := range []struct{ name, text, dialect string }{
		{"comma", "a,b\n1,\"Zürich, CH\"\n2,\n", "UTF-8, comma, LF"},
		{"no last line end", "a,b\n1,\"Zürich, CH\"\n2,", "UTF-8, comma, LF"},
		{"BOM and CRLF", "\ufeffa,b\r\n1,\"Zürich, CH\"\r\n2,\r\n", "UTF-8 with BOM, comma, CRLF"},
		{"semicolon", "a;b\n1;Zürich, CH\n2;\n", "UTF-8, semicolon, LF"},
		{"tab", "a\tb\n1\tZürich, CH\n2\t\n", "UTF-8, tab, LF"},
		{"pipe", "a|b\n1|Zürich, CH\n2|\n", "UTF-8, pipe, LF"},
		{"CR only", "a;b\r1;Zürich, CH\r2;\r", "UTF-8, semicolon, CR"},
		{"mixed line ends", "a;b\r\n1;Zürich, CH\n2;\r\n", "UTF-8, semicolon, CRLF"},
		{"UTF-16 little-endian", utf16(false, "a;b\r\n1;Zürich, CH\r\n2;\r\n"), "UTF-16 little-endian, semicolon, CRLF"},
		{"UTF-16 big-endian", utf16(true, "a;b\n1;Zürich, CH\n2;"), "UTF-16 big-endian, semicolon, LF"},
		{"Excel separator line", "sep=;\r\na;b\r\n1;Zürich, CH\r\n2;\r\n", "UTF-8, semicolon, CRLF"},
		{"blank lines", "\n\na;b\n\n1;Zürich, CH\n\r\n\n2;\n\n", "UTF-8, semicolon, LF"},
		{"trailing delimiter", "a;b;\n1;Zürich, CH;\n2;;\n", "UTF-8, semicolon, LF"},
		{"padded names", " a ;\ufeff b \n1;Zürich, CH\n2;\n", "UTF-8, semicolon, LF"},
		{"quoted names", "\"a\",\"b\"\n\"1\",\"Zürich, CH\"\n\"2\",\"\"\n", "UTF-8, comma, LF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, all := read(t, c.text)
			assert.Equal(t, []string{"a", "b"}, r.Layout().Names)
			assert.Equal(t, c.dialect, r.Layout().Dialect())
			assert.Equal(t, want, rows(all))
			assert.Len(t, all, 2)
		})
	}
}

func TestReader_QuotesAndLines(t *testing.T) {
	_, all := read(t, "a,b\n\"x\r\ny\",\"say \"\"hi\"\"\"\n5\" disk,z\n\"\",\"\"\"\"\n\"bad\"x,1\n9,9\n")
	assert.Equal(t, [][]string{{"x\r\ny", `say "hi"`}, {`5" disk`, "z"}, {"", `"`}, {"9", "9"}}, rows(all))
	var lines []int64
	for _, it := range all {
		lines = append(lines, it.line)
	}
	assert.Equal(t, []int64{2, 4, 5, 6, 7}, lines)
	assert.Equal(t, `"bad"x,1`, all[3].text)
	assert.Contains(t, all[3].reason, "closing quote")
}

func TestReader_UnterminatedQuoteLosesOneLine(t *testing.T) {
	_, all := read(t, "a,b\n1,1\n2,\"open\n3,3\n4,4\n")
	require.Len(t, all, 4)
	assert.Nil(t, all[1].fields)
	assert.Equal(t, `2,"open`, all[1].text)
	assert.Equal(t, "A quote is opened on this line and never closed.", all[1].reason)
	assert.Equal(t, [][]string{{"1", "1"}, {"3", "3"}, {"4", "4"}}, rows(all))
}

func TestReader_Ragged(t *testing.T) {
	t.Run("all rows shorter by one are padded", func(t *testing.T) {
		r, all := read(t, "a,b,c\n1,2\n3,4\n5\n")
		assert.Equal(t, [][]string{{"1", "2", ""}, {"3", "4", ""}}, rows(all))
		assert.Equal(t, "The record has 1 field where the header has 3.", all[2].reason)
		assert.Len(t, r.Warnings(), 1)
	})
	t.Run("a short row after a whole one is rejected", func(t *testing.T) {
		_, all := read(t, "a,b,c\n1,2,3\n3,4\n5,6,7\n")
		assert.Equal(t, [][]string{{"1", "2", "3"}, {"5", "6", "7"}}, rows(all))
		assert.Equal(t, item{line: 3, reason: "The record has 2 fields where the header has 3.", text: "3,4"}, all[1])
	})
	t.Run("padding ends with the first whole row", func(t *testing.T) {
		_, all := read(t, "a,b,c\n1,2\n1,2,3\n3,4\n")
		assert.Equal(t, [][]string{{"1", "2", ""}, {"1", "2", "3"}}, rows(all))
	})
	t.Run("empty fields at the end are accepted", func(t *testing.T) {
		_, all := read(t, "a,b\n1,2,,\n3,4,x\n")
		assert.Equal(t, [][]string{{"1", "2"}}, rows(all))
		assert.Equal(t, "The record has 3 fields where the header has 2.", all[1].reason)
	})
	t.Run("a first line of one field is no pattern", func(t *testing.T) {
		_, all := read(t, "a,b,c\ntotal\n1,2,3\n")
		assert.Equal(t, [][]string{{"1", "2", "3"}}, rows(all))
	})
}

func TestReader_DuplicateNames(t *testing.T) {
	r, _ := read(t, "a,A,a,,b\n1,2,3,4,5\n")
	assert.Equal(t, []string{"a", "A", "a (2)", "Column 4", "b"}, r.Layout().Names)
	assert.Equal(t, []string{"a", "A", "a", "", "b"}, r.Layout().Raw)
	assert.NotEmpty(t, r.Warnings())
}

func TestReader_ForeignBytesAndNUL(t *testing.T) {
	r, all := read(t, "a,b\nM\xfcnchen,x\n\x00,Zürich\nok,ok\n")
	assert.Equal(t, [][]string{{"München", "x"}, {"\x00", "Zürich"}, {"ok", "ok"}}, rows(all))
	assert.Len(t, r.Warnings(), 2)
}

func TestReader_LongRecord(t *testing.T) {
	long := strings.Repeat("x", 9<<20)
	_, all := read(t, "a,b\n1,2\n"+long+",2\n3,\""+long+"\n5,6\n")
	require.Len(t, all, 4)
	assert.Equal(t, [][]string{{"1", "2"}, {"5", "6"}}, rows(all))
	assert.LessOrEqual(t, len(all[1].text), 4<<10)
	assert.Equal(t, []int64{3, 4, 5}, []int64{all[1].line, all[2].line, all[3].line})

	field := strings.Repeat("y", 7<<20)
	_, all = read(t, "a,b\n1,\""+field+"\"\n3,4\n")
	require.Len(t, all, 2)
	assert.Equal(t, [][]string{{"1", field}, {"3", "4"}}, rows(all))
}

func TestReader_RefusedHeaders(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "only blank lines": "\n\r\n\n", "only BOM": "\ufeff", "too many columns": strings.Repeat("a,", 2500) + "a\n",
		"too long": strings.Repeat("a", 2<<20) + "\n", "quote not closed": "a,\"b\n1,2\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := csvfile.NewReader(t.Context(), "test.csv", strings.NewReader(text))
			require.Error(t, err)
			assert.Contains(t, err.Error(), "test.csv")
		})
	}
}

func TestReader_HostileQuotesStayFast(t *testing.T) {
	lines, batches := 200_000, 20
	if testing.Short() {
		lines, batches = 40_000, 3
	}
	text := "a,b,c\n" + strings.Repeat("\",x\",\"\n", lines)
	r, err := csvfile.NewReader(t.Context(), "test.csv", strings.NewReader(text))
	require.NoError(t, err)
	n := 0
	for range batches { // a few; every line costs at most 64 KiB once the budget is used up
		b, err := r.Next(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		n += b.Rows + len(b.Rejects)
		b.Release()
	}
	assert.Positive(t, n)
}

// randomCSV writes well-formed records of one width.
func randomCSV(rng *rand.Rand, crlf bool) (string, int) {
	pieces := []string{"", "a", "USD", "0.0000000072922557592391990000", "x,y", "say \"hi\"", "two\nlines", "ü", "日本", `{"k":"v"}`, " pad ", "long " + strings.Repeat("z", 100)}
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.UseCRLF = crlf
	width := 2 + rng.IntN(20)
	record := make([]string, width)
	for i := range record {
		record[i] = fmt.Sprintf("c%d", i)
	}
	_ = w.Write(record)
	for range rng.IntN(60) {
		for i := range record {
			record[i] = pieces[rng.IntN(len(pieces))]
		}
		_ = w.Write(record)
	}
	w.Flush()
	return b.String(), width
}

func TestReader_AgreesWithEncodingCSV(t *testing.T) {
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 7))
		text, _ := randomCSV(rng, seed%2 == 0)
		want, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		require.NoError(t, err)
		r, err := csvfile.NewChunked(t.Context(), strings.NewReader(text), 16+rng.IntN(400), 1<<20)
		require.NoError(t, err)
		got := items(t, r)
		require.Len(t, got, len(want)-1, "seed %d", seed)
		for i, it := range got {
			for c := range it.fields {
				it.fields[c] = strings.ReplaceAll(it.fields[c], "\r\n", "\n")
			}
			require.Equal(t, want[i+1], it.fields, "seed %d record %d", seed, i)
		}
	}
}

const mark = "\ufeff"

// oracle splits text behind the header byte by byte, by the rules of the package.
func oracle(text string, delim byte, width int, line int64, limit int) (all []item) {
	short, settled := 0, false
	for pos := 0; pos < len(text); {
		if strings.HasPrefix(text[pos:], mark) {
			pos += len(mark) // in front of a record it is no text
			continue
		}
		fields, quoted, next, ok := oracleRecord(text[pos:min(len(text), pos+limit)], delim, pos+limit >= len(text))
		if !ok {
			end := strings.IndexByte(text[pos:], '\n') + 1
			if end == 0 {
				end = len(text) - pos
			}
			all = append(all, item{line: line, text: text[pos : pos+end]})
			line++
			pos += end
			continue
		}
		at := line
		line += int64(strings.Count(text[pos:pos+next], "\n"))
		raw := text[pos : pos+next]
		pos += next
		if len(fields) == 1 && fields[0] == "" && !quoted {
			continue
		}
		if !settled && len(fields) < width && (width-len(fields)) <= width/2 {
			short = width - len(fields)
		}
		settled = true
		if len(fields) >= width && strings.Join(fields[width:], "") == "" {
			short = 0
			all = append(all, item{line: at, fields: fields[:width]})
		} else if short > 0 && len(fields) == width-short {
			all = append(all, item{line: at, fields: append(fields, make([]string, short)...)})
		} else {
			all = append(all, item{line: at, text: raw})
		}
	}
	return all
}

func oracleRecord(s string, delim byte, final bool) (fields []string, quoted bool, next int, ok bool) {
	i := 0
	for {
		var field []byte
		if i < len(s) && s[i] == '"' {
			quoted = true
			i++
			for {
				if i >= len(s) || (i+1 == len(s) && !final) {
					return nil, false, 0, false
				}
				if s[i] != '"' {
					field = append(field, s[i])
					i++
				} else if i+1 < len(s) && s[i+1] == '"' {
					field = append(field, '"')
					i += 2
				} else {
					i++
					break
				}
			}
			if i < len(s) && s[i] == '\r' && ((i+1 < len(s) && s[i+1] == '\n') || (i+1 == len(s) && final)) {
				i++
			}
			if i < len(s) && s[i] != delim && s[i] != '\n' {
				return nil, false, 0, false
			}
		} else {
			for i < len(s) && s[i] != delim && s[i] != '\n' {
				field = append(field, s[i])
				i++
			}
			if n := len(field); n > 0 && field[n-1] == '\r' && (i == len(s) || s[i] == '\n') {
				field = field[:n-1]
			}
		}
		fields = append(fields, string(field))
		if i == len(s) {
			return fields, quoted, i, final
		}
		i++
		if s[i-1] == '\n' {
			return fields, quoted, i, true
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,2\n", "a;b\r\n\"x\"\"y\";2\r\n", "a,b,c\n1,2\n3,4\n", "a,b\n\"open\n1,2\n", "a\n\n\"\"\nx\n", "a,b\r1,2\r\r3,4",
		"\ufeffa\tb\n1\t\xff\n", "a,b\n1,2\n\ufeffa,b\n3,4\n", "a,b\n1,2\n\ufeffx\n", "a,b\n\ufeff3,4\n\ufeff\"5\"x\n", "Title\n\na;b;c\n1;2;3\n", "a,b\nM\xfcller,x\n", "a\x00,\x00b\x00\n\x001\x00,\x002\x00", "a;b\n1,5;2\n", "a,b\n1,2,\n1,2,3\n", "\xff\xfea\x00,\x00b\x00\n\x001\x00,\x00", "sep=|\na|b\n1|2", "a,b\n\"x\"y,1\n\"p\nq\",2\n",
	} {
		f.Add([]byte(s), uint8(20), uint8(60))
	}
	f.Fuzz(func(t *testing.T, data []byte, chunk, limit uint8) {
		most := int(limit) + 16
		r, err := csvfile.NewChunked(t.Context(), bytes.NewReader(data), int(chunk)+16, most)
		if err != nil {
			return
		}
		got := items(t, r)
		for i, it := range got {
			if i > 0 && it.line <= got[i-1].line {
				t.Fatalf("line %d after %d", it.line, got[i-1].line)
			}
			for _, s := range append(it.fields, it.text) {
				if !utf8.ValidString(s) || len(it.text) > 4<<10 {
					t.Fatalf("invalid text %q", s)
				}
			}
		}
		l := r.Layout()
		if !strings.HasPrefix(l.Encoding, "UTF-8") || l.LineEnd == "CR" || !utf8.Valid(data) || bytes.Contains(bytes.ToLower(data), []byte("sep=")) {
			return
		}
		compareOracle(t, string(data), l, got, most)
		compareStandard(t, data, l, got, most)
	})
}

func compareOracle(t *testing.T, text string, l csvfile.Layout, got []item, limit int) {
	text = strings.TrimPrefix(text, "\ufeff")
	start := len(text) - len(strings.TrimLeft(text, "\r\n"))
	above := text[:start]
	if l.HeaderLine != 1+int64(strings.Count(above, "\n")+strings.Count(above, "\r")-strings.Count(above, "\r\n")) {
		return // a title stands above the table
	}
	header, _, next, ok := oracleRecord(text[start:], l.Delimiter, true)
	if !ok {
		t.Fatalf("the oracle does not accept the header of %q", text)
	}
	head := text[:start+next]
	line := 1 + int64(strings.Count(head, "\n")+strings.Count(head, "\r")-strings.Count(head, "\r\n"))
	want := oracle(text[start+next:], l.Delimiter, len(l.Names), line, limit)
	if len(got) != len(want) {
		t.Fatalf("%d records, the oracle has %d\n%v\n%v", len(got), len(want), got, want)
	}
	for i := range want {
		w, g := want[i], got[i]
		if g.fields == nil && isHeader(w.fields, header[:len(l.Names)]) {
			continue
		}
		w.fields = withoutMarks(w.fields)
		w.text = strings.TrimRight(w.text, "\r\n")
		if len(w.text) > 4<<10 {
			w.text = g.text
		}
		if w.String() != g.String() {
			t.Fatalf("record %d is %v, the oracle has %v", i, g, w)
		}
	}
}

// withoutMarks takes off what the reader takes off the ends of every field; TestBatch_TrimMarks
// proves that.
func withoutMarks(fields []string) []string {
	if fields == nil {
		return nil
	}
	var b source.Batch
	for _, f := range fields {
		start := uint32(len(b.Buf))
		b.Buf = append(b.Buf, f...)
		b.Bounds = append(b.Bounds, source.Bound{Start: start, End: uint32(len(b.Buf))})
	}
	b.Columns = len(fields)
	b.TrimMarks()
	out := make([]string, len(fields))
	for c := range out {
		out[c] = string(b.Field(0, c))
	}
	return out
}

// isHeader reports whether a record is the header once more.
func isHeader(fields, header []string) bool {
	if len(header) < 2 || len(fields) != len(header) {
		return false
	}
	return slices.Equal(fields, header)
}

// compareStandard holds wherever encoding/csv accepts the file and every record is
// as wide as the header.
func compareStandard(t *testing.T, data []byte, l csvfile.Layout, got []item, limit int) {
	data = bytes.TrimPrefix(data, []byte(mark))
	if len(data) > limit || bytes.Contains(data, []byte("\r")) || bytes.Contains(data, []byte(mark)) {
		return
	}
	std := csv.NewReader(bytes.NewReader(data))
	std.Comma = rune(l.Delimiter)
	want, err := std.ReadAll()
	if err != nil || len(want) == 0 || len(want[0]) != len(l.Names) || l.HeaderLine != 1 {
		return
	}
	if len(got) != len(want)-1 {
		t.Fatalf("%d records, encoding/csv has %d", len(got), len(want)-1)
	}
	for i, it := range got {
		if it.fields == nil && isHeader(want[i+1], want[0]) {
			continue
		}
		if std := withoutMarks(want[i+1]); fmt.Sprint(it.fields) != fmt.Sprint(std) {
			t.Fatalf("record %d is %q, encoding/csv has %q", i, it.fields, std)
		}
	}
}

// TestReader_AgreesWithOracle draws short texts from the characters that matter, so
// that every pair of rules meets.
func TestReader_AgreesWithOracle(t *testing.T) {
	pieces := []string{"a", ",", ",", "\"", "\"\"", "\n", "\n", "\r\n", "\r", "ü", "12345678", ",,", "\",\"", "\"x\"", ";"}
	for seed := range uint64(5_000) {
		rng := rand.New(rand.NewPCG(seed, 11))
		var b strings.Builder
		b.WriteString("a,b,c\n"[2*rng.IntN(3):])
		for range rng.IntN(40) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		limit := 16 + rng.IntN(100)
		r, err := csvfile.NewChunked(t.Context(), strings.NewReader(b.String()), 16+rng.IntN(60), limit)
		if err != nil || r.Layout().LineEnd == "CR" {
			continue
		}
		compareOracle(t, b.String(), r.Layout(), items(t, r), limit)
	}
}
