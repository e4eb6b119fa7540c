package focusfile

import (
	"bytes"
	"context"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/jsonfile"
)

// tagged spells tags as JSON that a program between has written in a form of its own. Text
// that looks like JSON, as nearly all does, is passed on without another look.
type tagged struct {
	source.Reader
	column int
	unread jsonfile.Unread
	known  map[string][]byte // nil for text that stays as it is
	bytes  int
}

// withTags returns a reader that spells the Tags, where the file has them.
func withTags(r source.Reader, columns []source.Column) source.Reader {
	for i, c := range columns {
		if c.Focus && c.Name == "Tags" {
			return &tagged{Reader: r, column: i, known: map[string][]byte{}}
		}
	}
	return r
}

// Next reads the next batch.
func (t *tagged) Next(ctx context.Context) (*source.Batch, error) {
	b, err := t.Reader.Next(ctx)
	if err != nil {
		return nil, err
	}
	for row := range b.Rows {
		f := &b.Bounds[row*b.Columns+t.column]
		if f.End <= f.Start {
			continue
		}
		text := b.Buf[f.Start:f.End]
		if looksJSON(text) {
			continue
		}
		if object := t.spell(text); object != nil {
			f.Start = uint32(len(b.Buf))
			b.Buf = append(b.Buf, object...)
			f.End = uint32(len(b.Buf))
		}
	}
	return b, nil
}

// looksJSON reports whether a text begins and ends as a JSON object of tags does, or begins
// with a quote as such an object without its braces.
func looksJSON(text []byte) bool {
	n := len(text)
	return text[0] == '"' || n >= 2 && text[0] == '{' && text[n-1] == '}' && (text[1] == '"' || n == 2)
}

const knownMost = 8 << 20 // bytes of texts that are remembered

func (t *tagged) spell(text []byte) []byte {
	if object, ok := t.known[string(text)]; ok {
		return object
	}
	if t.bytes += len(text) + 64; t.bytes > knownMost {
		clear(t.known)
		t.bytes = 0
	}
	object := t.read(text)
	t.known[string(text)] = object
	return object
}

func (t *tagged) read(text []byte) []byte {
	trimmed := bytes.TrimSpace(text)
	if finops.IsNull(trimmed) || bytes.HasPrefix(trimmed, []byte(`{"`)) && looksJSON(trimmed) {
		return nil
	}
	pairs, ok := jsonfile.Pairs(text)
	if !ok {
		t.unread.Add(text)
		return nil
	}
	if len(pairs) == 0 {
		return nil
	}
	object := []byte{'{'}
	for i, p := range pairs {
		if i > 0 {
			object = append(object, ',')
		}
		object = append(jsonfile.AppendString(object, []byte(p.Key)), ':')
		if p.Null { // FOCUS: a tag without a value
			object = append(object, "true"...)
			continue
		}
		object = jsonfile.AppendString(object, []byte(p.Value))
	}
	return append(object, '}')
}

// Warnings says what was changed or odd in the records read so far.
func (t *tagged) Warnings() []string {
	w := source.WarningsOf(t.Reader)
	return append(w[:len(w):len(w)], t.unread.Warnings()...)
}
