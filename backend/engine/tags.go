package engine

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"cloud-intelligence/backend/store"
)

// tag is one key and value of a Tags column.
type tag struct{ key, value string }

// parseTags reads a JSON object of tags. Azure exports may omit the braces. A tag
// without a value is true in FOCUS; its value is then "true". Of two equal keys the
// first counts. Keys are taken as they are, blanks included (docs/adr/0004-tags.md).
func parseTags(text string) []tag {
	var tags []tag
	p := newPlainTags(text)
	for len(tags) < plainTagsMost {
		key, value, found := p.next()
		switch {
		case !found && p.odd:
			return parseJSONTags(p.text)
		case !found:
			return tags
		case !slices.ContainsFunc(tags, func(t tag) bool { return t.key == key }):
			tags = append(tags, tag{key, value})
		}
	}
	return parseJSONTags(p.text)
}

// plainTagsMost is the number of tags from which on equal keys are found by hashing.
const plainTagsMost = 64

// tagOf returns the value that parseTags finds for a key, without reading the tags behind it.
func tagOf(text, key string) (string, bool) {
	p := newPlainTags(text)
	for {
		name, value, found := p.next()
		switch {
		case found && name == key:
			return value, true
		case !found && p.odd:
			return findTag(parseJSONTags(p.text), key)
		case !found:
			return "", false
		}
	}
}

// tagged reports whether a text has tags.
func tagged(text string) bool {
	p := newPlainTags(text)
	_, _, found := p.next()
	return found || p.odd && len(parseJSONTags(p.text)) > 0
}

func findTag(tags []tag, key string) (string, bool) {
	for _, t := range tags {
		if t.key == key {
			return t.value, true
		}
	}
	return "", false
}

// plainTags reads tags as nearly all texts write them: strings without escapes. It takes no
// memory, and stops at anything else.
type plainTags struct {
	text   string
	at     int
	braces bool
	begun  bool // a tag was read
	odd    bool // what comes next is not plain
}

func newPlainTags(text string) plainTags {
	p := plainTags{text: strings.TrimSpace(text)}
	if p.braces = strings.HasPrefix(p.text, "{"); p.braces {
		p.at = 1
	}
	p.odd = !p.braces && p.text != "" && p.text[0] != '"'
	return p
}

// next returns the next tag; where there is none, odd reports whether that is the end.
func (p *plainTags) next() (key, value string, found bool) {
	if p.odd || p.ends() {
		return "", "", false
	}
	ok := !p.begun || p.take(',')
	if ok {
		key, ok = p.string()
	}
	if ok = ok && p.take(':'); ok {
		value, ok = p.string()
	}
	p.begun, p.odd = true, !ok
	return key, value, ok
}

// blanks skips the white space of JSON.
func (p *plainTags) blanks() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *plainTags) ends() bool {
	p.blanks()
	if p.at == len(p.text) {
		return !p.braces
	}
	return p.text[p.at] == '}'
}

func (p *plainTags) take(c byte) bool {
	p.blanks()
	if p.at == len(p.text) || p.text[p.at] != c {
		return false
	}
	p.at++
	return true
}

func (p *plainTags) string() (s string, ok bool) {
	if !p.take('"') {
		return "", false
	}
	ascii := true
	for i := p.at; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '"':
			s, p.at = p.text[p.at:i], i+1
			return s, ascii || utf8.ValidString(s)
		case c == '\\' || c < ' ':
			return "", false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return "", false
}

// parseJSONTags reads tags of any spelling; text has no blanks around it.
func parseJSONTags(text string) []tag {
	if text == "" {
		return nil
	}
	if text[0] == '"' {
		text = "{" + text + "}"
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil
	}
	var tags []tag
	seen := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return tags
		}
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			return tags
		}
		if name, ok := key.(string); ok && !seen[name] {
			seen[name] = true
			tags = append(tags, tag{name, tagValue(raw)})
		}
	}
	return tags
}

func tagValue(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil && len(raw) > 0 && raw[0] == '"' {
		return s
	}
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return string(raw)
	}
	return b.String()
}

// codeTags numbers what value finds in the tags of each resource. It is asked once for each
// text.
func (l *ledger) codeTags(ctx context.Context, resources *tupleSet, c *coder, value func(tags string) (string, bool)) error {
	known := make([]uint32, len(l.texts)+1) // the number of the value + 1, by text
	for i, id := range resources.texts[resources.columns["Tags"]] {
		if i%chunk == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		at := min(int(id), len(l.texts)) // a text behind the last is one of an import that runs
		if known[at] == 0 {
			text, _ := l.text(id)
			known[at] = c.number(value(text)) + 1
		}
		c.code = append(c.code, known[at]-1)
	}
	return nil
}

// TagKeys returns the tag keys of the ledger, those of most resources first.
func (e *Engine) TagKeys(ctx context.Context) ([]TagKeyState, error) {
	l, err := e.ledger(ctx)
	if err != nil {
		return nil, err
	}
	return l.taggedKeys(ctx)
}

func (l *ledger) taggedKeys(ctx context.Context) ([]TagKeyState, error) {
	keys, err := l.tagKeys.get(ctx, struct{}{}, l.countTagKeys)
	return slices.Clone(keys), err
}

func (l *ledger) countTagKeys(ctx context.Context) ([]TagKeyState, error) {
	t, err := l.groupTuples(ctx, store.Resource)
	if err != nil {
		return nil, err
	}
	resources := map[uint32]int64{} // by the text of their tags
	for _, id := range t.texts[t.columns["Tags"]] {
		resources[id]++
	}
	counts := map[string]int64{}
	for id, n := range resources {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		text, _ := l.text(id)
		for _, tag := range parseTags(text) {
			counts[tag.key] += n
		}
	}
	keys := make([]TagKeyState, 0, len(counts))
	for key, n := range counts {
		keys = append(keys, TagKeyState{key, n})
	}
	slices.SortFunc(keys, func(a, b TagKeyState) int {
		return cmp.Or(cmp.Compare(b.Resources, a.Resources), cmp.Compare(a.Key, b.Key))
	})
	return keys, nil
}
