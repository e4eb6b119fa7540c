package csvfile_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
)

// umlauts is a table with text that the encodings spell differently.
const umlauts = "Name;Größe;Preis\r\nMüller;€ 5;„Spaß“\r\nŽižek;½;naïve\r\nplain;text;here\r\n"

func TestReader_Encodings(t *testing.T) {
	encode := func(text []byte, err error) string {
		require.NoError(t, err)
		return string(text)
	}
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	ansi := encode(charmap.Windows1252.NewEncoder().Bytes([]byte(umlauts)))
	le, be := encode(little.NewEncoder().Bytes([]byte(umlauts))), encode(big.NewEncoder().Bytes([]byte(umlauts)))
	for name, c := range map[string]struct{ text, encoding string }{
		"UTF-8":                    {umlauts, "UTF-8"},
		"UTF-8 with mark":          {"\ufeff" + umlauts, "UTF-8 with BOM"},
		"Windows-1252":             {ansi, "Windows-1252"},
		"UTF-16 LE with mark":      {"\xff\xfe" + le, "UTF-16 little-endian"},
		"UTF-16 BE with mark":      {"\xfe\xff" + be, "UTF-16 big-endian"},
		"UTF-16 LE without a mark": {le, "UTF-16 little-endian"},
		"UTF-16 BE without a mark": {be, "UTF-16 big-endian"},
	} {
		t.Run(name, func(t *testing.T) {
			r, all := read(t, c.text)
			assert.Equal(t, c.encoding, r.Layout().Encoding)
			assert.Equal(t, []string{"Name", "Größe", "Preis"}, r.Layout().Names)
			assert.Equal(t, [][]string{{"Müller", "€ 5", "„Spaß“"}, {"Žižek", "½", "naïve"}, {"plain", "text", "here"}}, rows(all))
			if c.encoding == "Windows-1252" {
				assert.Len(t, r.Layout().Warnings, 1)
				require.Len(t, r.Warnings(), 1)
				assert.Contains(t, r.Warnings()[0], "The file holds text that is not UTF-8; it is read as Windows-1252")
			} else {
				assert.Empty(t, r.Warnings())
			}
		})
	}
}

// TestReader_EncodingOfLateFields wants that a file is read the same wherever the blocks of
// it end, and that what comes first does not decide on what comes later.
func TestReader_EncodingOfLateFields(t *testing.T) {
	var b strings.Builder
	b.WriteString("a,b\n")
	for range 20_000 {
		b.WriteString("plain,Zürich\n")
	}
	b.WriteString("M\xfcller,Zürich\nx,\xc3\xbcber \xe2\x82\n\"\xdf \"\"q\"\"\",\x81\n")
	want := [][]string{{"Müller", "Zürich"}, {"x", "über \ufffd"}, {`ß "q"`, "\ufffd"}}
	for _, chunk := range []int{64, 1000, 1 << 20} {
		r, err := csvfile.NewChunked(t.Context(), strings.NewReader(b.String()), chunk, 1<<20)
		require.NoError(t, err)
		got := rows(items(t, r))
		require.Len(t, got, 20_003)
		assert.Equal(t, want, got[20_000:])
		assert.Equal(t, "UTF-8", r.Layout().Encoding, "the beginning is")
		require.Len(t, r.Warnings(), 2)
		assert.Contains(t, r.Warnings()[0], "The file holds text that is not UTF-8; it is read as Windows-1252")
		assert.Equal(t, "The text of 1 field is cut off in the middle of a character, which was replaced by the sign U+FFFD.", r.Warnings()[1])
	}
}

func TestReader_MixedEncodings(t *testing.T) {
	r, all := read(t, "a,b\nM\xfcller,Zürich\n\"open \xfc,1\n")
	assert.Equal(t, "UTF-8 mixed with Windows-1252", r.Layout().Encoding)
	assert.Equal(t, "\"open ü,1", all[1].text, "also what is rejected")
}

func TestReader_HalfCharactersOfUTF16AreTold(t *testing.T) {
	r, all := read(t, "\xff\xfea\x00,\x00b\x00\n\x00\x00\xd8,\x00x\x00\n\x00")
	assert.Equal(t, [][]string{{"\ufffd", "x"}}, rows(all))
	assert.Equal(t, []string{"1 times half a character of UTF-16 was replaced by the sign U+FFFD."}, r.Warnings())
}

func TestDecode(t *testing.T) {
	assert.Equal(t, "{é", string(csvfile.Decode([]byte("\xff\xfe{\x00\xe9\x00"))))
	assert.Equal(t, "{\"a", string(csvfile.Decode([]byte("{\x00\"\x00a\x00"))))
	assert.Equal(t, "abc", string(csvfile.Decode([]byte("\ufeffabc"))))
}

func TestReader_Titles(t *testing.T) {
	want := [][]string{{"2026-10", "VM", "1,50"}, {"2026-11", "VM", "2"}}
	for name, c := range map[string]struct {
		text string
		line int64
	}{
		"none":                    {"Month;Service;Cost\n2026-10;VM;1,50\n2026-11;VM;2\n", 1},
		"a line":                  {"Costs of Acme, Inc.\nMonth;Service;Cost\n2026-10;VM;1,50\n2026-11;VM;2\n", 2},
		"with a blank line":       {"\nCosts of 2026\r\n\r\nMonth;Service;Cost\r\n2026-10;VM;1,50\r\n2026-11;VM;2\r\n", 4},
		"padded by a spreadsheet": {"Costs;;\n;;\nMonth;Service;Cost\n2026-10;VM;1,50\n2026-11;VM;2\n", 3},
		"pairs":                   {"Invoice;4711\nDate;2026-11-01\nMonth;Service;Cost\n2026-10;VM;1,50\n2026-11;VM;2\n", 3},
		"CR only":                 {"Costs\rMonth;Service;Cost\r2026-10;VM;1,50\r2026-11;VM;2\r", 2},
		"another table":           {"Owner;Id;Month;Currency\nNora;1;2026-10;EUR\n\nMonth;Service;Cost;Plan;List\n2026-10;VM;1,50;;\n2026-11;VM;2;;\n", 4},
		"separator and title":     {"sep=;\r\nCosts\r\nMonth;Service;Cost\r\n2026-10;VM;1,50\r\n2026-11;VM;2", 3},
		"separator in quotes":     {"\"sep=;\"\nMonth;Service;Cost\n2026-10;VM;1,50\n2026-11;VM;2", 2},
	} {
		t.Run(name, func(t *testing.T) {
			r, all := read(t, c.text)
			assert.Equal(t, []string{"Month", "Service", "Cost"}, r.Layout().Names[:3])
			assert.Equal(t, c.line, r.Layout().HeaderLine)
			for i, row := range rows(all) {
				assert.Equal(t, want[i], row[:3])
			}
			assert.Len(t, all, 2)
			require.NotEmpty(t, all)
			assert.Equal(t, c.line+1, all[0].line)
			titled := c.line > 1 && !strings.Contains(name, "separator in")
			assert.Equal(t, titled, len(r.Warnings()) == 1, r.Warnings())
		})
	}
}

// TestReader_NoTitle has first lines that are the header though they are short.
func TestReader_NoTitle(t *testing.T) {
	for name, text := range map[string]string{
		"two columns":            "Month,Cost\n2026-10,5\n2026-11,6\n",
		"a line too wide":        "a,b\n1,2,3\n4,5\n",
		"one column":             "Name\na\nb\n",
		"wider lines of numbers": "a,b\n1,2,3,4\n5,6,7,8\n",
		"JSON":                   "{\n\"a\": \"x\", \"b\": \"y\", \"c\": \"z\"\n\"a\": \"x\", \"b\": \"y\", \"c\": \"z\"\n",
		"nothing below":          "a\nb,c,d\n",
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := read(t, text)
			assert.Equal(t, int64(1), r.Layout().HeaderLine)
		})
	}
}

func TestReader_DelimiterOfTheLinesBelow(t *testing.T) {
	for header, want := range map[string]byte{"Amount, net;Date": ';', "Amount|net,Date": ',', "a;b,c": ',', "a\tb": '\t', "a": ','} {
		text := header + "\n1" + string(rune(want)) + "2\n3" + string(rune(want)) + "4\n"
		r, _ := read(t, text)
		assert.Equal(t, want, r.Layout().Delimiter, header)
	}
}

func TestReader_HeaderOnceMore(t *testing.T) {
	r, all := read(t, "\ufeff\"a\",b\r\n1,2\r\n\ufeff\"a\",b\r\n3,4\r\na,B\r\na,b,\r\n")
	assert.Equal(t, [][]string{{"1", "2"}, {"3", "4"}, {"a", "B"}}, rows(all))
	require.Len(t, all, 5)
	for _, at := range []int{1, 4} {
		assert.Contains(t, all[at].reason, "the header once more")
	}
	assert.Equal(t, int64(3), all[1].line)
	assert.Empty(t, r.Warnings())
	_, all = read(t, "a\na\n")
	assert.Equal(t, [][]string{{"a"}}, rows(all), "one name is a value as well")
}

func TestOpen_DecimalCommas(t *testing.T) {
	open := func(t *testing.T, text string) (example string) {
		path := filepath.Join(t.TempDir(), "f.csv")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		f := source.File{Path: path, Size: int64(len(text))}
		r, err := csvfile.Open(t.Context(), f)
		require.NoError(t, err, "a table of any spelling")
		require.NoError(t, r.Close())
		return r.Layout().DecimalComma
	}
	for name, text := range map[string]string{
		"semicolons":           "Id;Cost\nx;1,5\ny;0,125\n",
		"one line":             "Id;Cost\nx;1,5\n",
		"thousands by a point": "Id;Cost\nx;1.234,5\n",
		"exponents":            "Id;Cost\nx;-2,5E-07\n",
		"three decimals":       "Id;Cost\nx;1,125\ny;2,250\n",
		"tabs":                 "Id\tCost\nx\t0,125\n",
		"quoted":               "Id,Cost\nx,\"1,5\"\ny,\"2\"\n",
		"a version beside":     "Id;Version;Cost;List\nx;1.5;2,5;3,5\n",
	} {
		t.Run(name, func(t *testing.T) {
			assert.NotEmpty(t, open(t, text))
		})
	}
	for name, text := range map[string]string{
		"points":                   "Id;Cost\nx;1.5\ny;0.125\n",
		"thousands":                "Id,Cost\nx,\"1,234\"\ny,\"12,345.50\"\n",
		"no decimals":              "Id;Cost\nx;1\n",
		"a text with commas":       "Id;Cost;Note\nx;1.5;1,5\n",
		"seldom":                   "Id;Cost\nx;1\ny;2\nz;3,5\n",
		"many decimals of a point": "Id;Cost;Note\nx;1.2345;0,5\ny;1.23;0,5\n",
		"dates and versions":       "Id;Cost\n1,2,3;5\n1,a;5\n,5;1\n5,;1\n",
	} {
		t.Run(name, func(t *testing.T) { assert.Empty(t, open(t, text)) })
	}
}

// TestReader_OddBytesAgree reads random bytes in pieces and at once: the records are the same,
// and they are valid text.
func TestReader_OddBytesAgree(t *testing.T) {
	pieces := []string{"a", ",", ";", "\"", "\n", "\r\n", "\r", "\xfc", "\x81", "é", "\xe2\x82", "\x00", "1,5", "a,b", "Title", "\ufeff", "sep=;\n"}
	for seed := range uint64(3_000) {
		rng := rand.New(rand.NewPCG(seed, 5))
		var b bytes.Buffer
		for range rng.IntN(60) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		whole, err := csvfile.NewReader(t.Context(), "test", bytes.NewReader(b.Bytes()))
		if err != nil {
			continue
		}
		parts, err := csvfile.NewChunked(t.Context(), iotest(&b, rng), 16+rng.IntN(64), 1<<20)
		require.NoError(t, err)
		require.Equal(t, whole.Layout(), parts.Layout(), "seed %d", seed)
		all := items(t, whole)
		require.Equal(t, all, items(t, parts), "seed %d", seed)
		require.Equal(t, whole.Warnings(), parts.Warnings(), "seed %d", seed)
		for _, it := range all {
			require.True(t, utf8.ValidString(strings.Join(it.fields, "")+it.text))
		}
	}
}

// iotest hands out a few bytes at a time.
func iotest(b *bytes.Buffer, rng *rand.Rand) io.Reader {
	return readerFunc(func(p []byte) (int, error) {
		n, err := b.Read(p[:min(len(p), 1+rng.IntN(9))])
		if errors.Is(err, io.EOF) && n > 0 {
			err = nil
		}
		return n, err
	})
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
