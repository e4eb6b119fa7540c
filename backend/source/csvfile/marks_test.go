package csvfile_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source/csvfile"
)

// TestReader_InvisibleMarks wants that marks which nobody sees make no other value: not in
// front of a record, not at the ends of a field, not at the ends of a name.
func TestReader_InvisibleMarks(t *testing.T) {
	text := "\ufeffAccount,\u200bCost\u00a0\n" +
		"\ufeff\"7,1\",2\n" + // a second byte order mark, in front of a quote
		"\u200b72\u2060 ,\u00a03\u00a0\n" +
		"\ufeffAccount,\u200bCost\u00a0\n" + // the header again, as in joined files
		"a\u200db,\" \u00a0 \"\n" + // inside a value the mark belongs to it
		" plain ,ü \n" // blanks alone are the value's
	for _, chunk := range []int{16, 64, 1 << 20} {
		r, err := csvfile.NewChunked(t.Context(), strings.NewReader(text), chunk, 1<<20)
		require.NoError(t, err)
		assert.Equal(t, []string{"Account", "Cost"}, r.Layout().Names)
		all := items(t, r)
		assert.Equal(t, [][]string{{"7,1", "2"}, {"72", "3"}, {"a\u200db", ""}, {" plain ", "ü "}}, rows(all))
		assert.Equal(t, int64(2), all[0].line)
	}
}

// TestReader_MarksAtTheEndOfABatch finds a mark wherever a block of the file ends.
func TestReader_MarksAtTheEndOfABatch(t *testing.T) {
	text := "a,b\n" + strings.Repeat("\ufeff\"x\",y\u200b\n", 50)
	for chunk := 8; chunk < 40; chunk++ {
		r, err := csvfile.NewChunked(t.Context(), strings.NewReader(text), chunk, 1<<20)
		require.NoError(t, err)
		got := rows(items(t, r))
		require.Len(t, got, 50)
		for _, row := range got {
			require.Equal(t, []string{"x", "y"}, row)
		}
	}
}
