package source_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/source"
)

func batchOf(fields ...string) *source.Batch {
	b := &source.Batch{Rows: 1, Columns: len(fields), Lines: []int64{1}}
	for _, f := range fields {
		start := uint32(len(b.Buf))
		b.Buf = append(b.Buf, f...)
		b.Bounds = append(b.Bounds, source.Bound{Start: start, End: uint32(len(b.Buf))})
	}
	return b
}

func TestBatch_TrimMarks(t *testing.T) {
	for in, want := range map[string]string{
		"\ufeff7733991": "7733991", "\u00a0EUR\u00a0": "EUR", " \u200b x y \u2060 ": "x y", " x ": " x ", "é\u00a0é": "é\u00a0é",
		"\u200d\u200c": "", "": "", strings.Repeat("a", 100) + "\ufeff": strings.Repeat("a", 100), "\xff\u00a0": "\xff",
	} {
		b := batchOf("plain text of some length in front of it", in, "–")
		b.TrimMarks()
		assert.Equal(t, want, string(b.Field(0, 1)), "%q", in)
		assert.Equal(t, "–", string(b.Field(0, 2)))
	}
}

func FuzzBatch_TrimMarks(f *testing.F) {
	f.Add("\ufeff7", " \u00a0")
	f.Add("\xef\xbb", "\xc2")
	f.Fuzz(func(t *testing.T, first, second string) {
		b := batchOf(first, second)
		b.TrimMarks()
		for i, in := range []string{first, second} {
			got := string(b.Field(0, i))
			if strings.TrimSpace(source.TrimName(got)) != strings.TrimSpace(source.TrimName(in)) || !strings.Contains(in, got) {
				t.Fatalf("%q became %q", in, got)
			}
			if got != in && strings.TrimFunc(in, unicode.IsSpace) == in && source.TrimName(in) == in {
				t.Fatalf("%q had no mark and became %q", in, got)
			}
		}
	})
}
