package mappedfile

import (
	"encoding/json"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/jsonfile"
)

// unreadTags is the key of tags whose text is in no form that is known.
const unreadTags = "unread:tags"

// tagWriter joins the column of tags and the columns of one tag each into a JSON object.
func (c *converter) tagWriter(from ColumnSource, at place) writer {
	type tag struct {
		key    []byte
		column int
	}
	var tags []tag
	keys := make([]string, 0, len(c.mapping.Tags))
	for key := range c.mapping.Tags {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		i, _ := at.of(c.mapping.Tags[key])
		tags = append(tags, tag{jsonfile.AppendString(nil, []byte(key)), i})
	}
	column := -1
	if from.Column != "" {
		column, _ = at.of(from.Column)
	}
	var object []byte
	return func(l *line, out *source.Record) string {
		object = append(object[:0], '{')
		text := []byte(from.Text)
		if column >= 0 {
			text = l.batch.Field(l.row, column)
		}
		object = appendTags(object, text)
		for _, t := range tags {
			value := l.batch.Field(l.row, t.column)
			if finops.IsNull(value) {
				continue
			}
			object = append(append(comma(object), t.key...), ':')
			object = jsonfile.AppendString(object, value)
		}
		if len(object) == 1 {
			out.Null()
			return ""
		}
		object = append(object, '}')
		out.Bytes(object)
		return ""
	}
}

func comma(object []byte) []byte {
	if len(object) > 1 {
		return append(object, ',')
	}
	return object
}

// appendTags adds the tags of a text: a JSON object, or pairs as key=value; key=value. A
// text of another form is kept whole under a key of its own.
func appendTags(object, text []byte) []byte {
	s := strings.TrimFunc(string(text), blank)
	if finops.IsNull([]byte(s)) || s == "{}" || s == "[]" {
		return object
	}
	if s[0] == '{' && json.Valid([]byte(s)) {
		for name, value := range jsonfile.Members([]byte(s)) {
			text := jsonfile.Text(value)
			object = append(jsonfile.AppendString(comma(object), name), ':')
			if text == nil {
				object = append(object, "null"...)
				continue
			}
			object = jsonfile.AppendString(object, text)
		}
		return object
	}
	pairs, ok := tagPairs(s)
	if !ok {
		pairs = [][2]string{{unreadTags, s}}
	}
	for _, p := range pairs {
		object = append(jsonfile.AppendString(comma(object), []byte(p[0])), ':')
		object = jsonfile.AppendString(object, []byte(p[1]))
	}
	return object
}

// tagPairs splits key=value; key:value with the sign that separates every pair.
func tagPairs(s string) (pairs [][2]string, ok bool) {
	for _, between := range []string{";", "|", "\n", ","} {
		for _, equals := range []string{"=", ":"} {
			if pairs, ok = splitPairs(s, between, equals); ok {
				return pairs, true
			}
		}
	}
	return nil, false
}

func splitPairs(s, between, equals string) (pairs [][2]string, ok bool) {
	seen := map[string]bool{}
	for part := range strings.SplitSeq(s, between) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		key, value, found := strings.Cut(part, equals)
		key, value = unquote(key), unquote(value)
		if !found || key == "" || seen[key] {
			return nil, false
		}
		seen[key] = true
		pairs = append(pairs, [2]string{key, value})
	}
	return pairs, len(pairs) > 0
}

func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}
