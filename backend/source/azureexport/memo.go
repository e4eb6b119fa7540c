package azureexport

// memo remembers what a text came to: most texts of a bill repeat. It starts again when
// it has grown large, so that a file whose texts never repeat does not fill memory.
type memo[T any] struct {
	known map[string]T
	bytes int
}

const memoMost = 8 << 20

func (m *memo[T]) of(text []byte, read func([]byte) T) T {
	if v, ok := m.known[string(text)]; ok {
		return v
	}
	if m.known == nil || m.bytes > memoMost {
		m.known, m.bytes = make(map[string]T), 0
	}
	v := read(text)
	m.known[string(text)] = v
	m.bytes += len(text) + 64
	return v
}

// lower lower-cases ASCII, as Azure compares resource ids.
func lower(text []byte) string {
	b := make([]byte, len(text))
	for i, c := range text {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		b[i] = c
	}
	return string(b)
}
