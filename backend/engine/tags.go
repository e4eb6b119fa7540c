package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"sort"
	"strings"

	"cloud-intelligence/backend/store"
)

// tag is one key and value of a Tags column.
type tag struct{ key, value string }

// tagsOf returns the tags of a Tags text, parsed once.
func (l *ledger) tagsOf(id uint32) []tag {
	if tags, ok := l.tags[id]; ok {
		return tags
	}
	text, ok := l.text(id)
	var tags []tag
	if ok {
		tags = parseTags(text)
	}
	l.tags[id] = tags
	return tags
}

// parseTags reads a JSON object of tags. Azure exports may omit the braces. A tag
// without a value is true in FOCUS; its value is then "true". Of two equal keys the
// first counts. Keys are taken as they are, blanks included (docs/adr/0004-tags.md).
func parseTags(text string) []tag {
	text = strings.TrimSpace(text)
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

func findTag(tags []tag, key string) (string, bool) {
	for _, t := range tags {
		if t.key == key {
			return t.value, true
		}
	}
	return "", false
}

// TagKeys returns the tag keys of the ledger, those of most resources first.
func (e *Engine) TagKeys(ctx context.Context) ([]TagKeyState, error) {
	l, err := e.ledger(ctx)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	t, err := l.groupTuples(ctx, store.Resource)
	if err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, id := range t.texts[t.columns["Tags"]] {
		for _, tag := range l.tagsOf(id) {
			counts[tag.key]++
		}
	}
	keys := make([]TagKeyState, 0, len(counts))
	for key, n := range counts {
		keys = append(keys, TagKeyState{key, n})
	}
	sort.Slice(keys, func(i, j int) bool {
		if keys[i].Resources != keys[j].Resources {
			return keys[i].Resources > keys[j].Resources
		}
		return keys[i].Key < keys[j].Key
	})
	return keys, nil
}
