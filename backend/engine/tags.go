package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"sort"
	"strings"

	"cloud-intelligence/backend/store"
)

// tag is one key and value of a Tags column.
type tag struct{ key, value string }

// tagsOf returns the tags of the resources in the order of their ids.
func (l *ledger) tagsOf(ctx context.Context, resources *tupleSet) (iter.Seq[[]tag], error) {
	ids := resources.texts[resources.columns["Tags"]]
	parsed, err := l.tags.get(ctx, struct{}{}, func(ctx context.Context) (map[uint32][]tag, error) { return l.parseAllTags(ctx, ids) })
	return func(yield func([]tag) bool) {
		for _, id := range ids {
			if !yield(parsed[id]) {
				return
			}
		}
	}, err
}

// parseAllTags parses each Tags text once.
func (l *ledger) parseAllTags(ctx context.Context, ids []uint32) (map[uint32][]tag, error) {
	parsed := map[uint32][]tag{}
	for i, id := range ids {
		if i%chunk == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if _, done := parsed[id]; done {
			continue
		}
		text, _ := l.text(id)
		parsed[id] = parseTags(text)
	}
	return parsed, nil
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
	t, err := l.groupTuples(ctx, store.Resource)
	if err != nil {
		return nil, err
	}
	all, err := l.tagsOf(ctx, t)
	if err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for tags := range all {
		for _, tag := range tags {
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
