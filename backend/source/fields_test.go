package source_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/source"
)

func TestMemo_ReadsEachTextOnce(t *testing.T) {
	var m source.Memo[string]
	read := 0
	upper := func(text []byte) string {
		read++
		return strings.ToUpper(string(text))
	}
	for _, text := range []string{"", "a", "a", "b", "a", "", "b"} {
		assert.Equal(t, strings.ToUpper(text), m.Of([]byte(text), upper))
	}
	assert.Equal(t, 3, read)
}

// TestMemo_IsBounded reads texts that never repeat: a text of the beginning is read again.
func TestMemo_IsBounded(t *testing.T) {
	var m source.Memo[int]
	read := 0
	count := func([]byte) int { read++; return read }
	pad := strings.Repeat("x", 10_000)
	for i := range 2000 { // 20 MB
		m.Of(fmt.Append(nil, pad, i), count)
	}
	m.Of(fmt.Append(nil, pad, 0), count)
	assert.Equal(t, 2001, read)
}

func TestFold(t *testing.T) {
	assert.Equal(t, "lineitemunblendedcost", source.Fold("\ufefflineItem/Unblended_Cost", "/_"))
	assert.Equal(t, "a b", source.Fold("A b", "_"))
}

func TestExcerpt(t *testing.T) {
	assert.Equal(t, "short", source.Excerpt([]byte("short")))
	assert.Equal(t, strings.Repeat("x", 39)+"…", source.Excerpt([]byte(strings.Repeat("x", 39)+"éé")))
}
