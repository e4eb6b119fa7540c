package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
)

// Value returns a field, nil where the column is -1 or the field stands for no value.
func (b *Batch) Value(row, column int) []byte {
	if column < 0 {
		return nil
	}
	if v := b.Field(row, column); !finops.IsNull(v) {
		return v
	}
	return nil
}

// Fold brings the spellings of a column's name together: lower case, without byte order marks
// and without the separators that are given.
func Fold(name, separators string) string {
	return strings.Map(func(r rune) rune {
		if r == '\ufeff' || strings.ContainsRune(separators, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// Excerpt is a text as a sentence may hold it.
func Excerpt(text []byte) string {
	const most = 40
	if len(text) <= most {
		return string(text)
	}
	n := most
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return string(text[:n]) + "…"
}

// Memo remembers what a text came to: most texts of a bill repeat, and neighbouring records
// are often alike. It starts again when it has grown large, so that a file whose texts never
// repeat does not fill memory. The zero value is ready to use; it belongs to one goroutine.
type Memo[T any] struct {
	found map[string]memoEntry[T]
	bytes int
	last  memoEntry[T] // what was asked for last
}

type memoEntry[T any] struct {
	text  string
	value T
}

// memoBytes bounds the texts of a memo, with what an entry takes besides.
const memoBytes = 8 << 20

// Of returns what read makes of a text, which it is asked once while the text is remembered.
func (m *Memo[T]) Of(text []byte, read func([]byte) T) T {
	if m.found != nil && string(text) == m.last.text {
		return m.last.value
	}
	e, ok := m.found[string(text)]
	if !ok {
		if m.found == nil || m.bytes > memoBytes {
			m.found, m.bytes = make(map[string]memoEntry[T]), 0
		}
		e = memoEntry[T]{string(text), read(text)}
		m.found[e.text] = e
		m.bytes += len(e.text) + 64
	}
	m.last = e
	return e.value
}
