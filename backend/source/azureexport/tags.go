package azureexport

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"cloud-intelligence/backend/source/jsonfile"
)

// tagText is the tags of a record as one JSON object, or as they are where they cannot
// be read.
type tagText struct{ object, unread string }

// readTags reads tags in any of the spellings of Azure: an object, or its members
// without braces. A key that occurs twice keeps its last value; a value that is itself
// an object or a list is kept as its text, because a FOCUS tag is a scalar.
func readTags(text []byte) tagText {
	trimmed := bytes.TrimSpace(text)
	if len(trimmed) == 0 || string(trimmed) == `""` || string(trimmed) == "[]" {
		return tagText{}
	}
	braced := trimmed
	if trimmed[0] != '{' {
		braced = append(append([]byte{'{'}, bytes.Trim(trimmed, ", ")...), '}')
	}
	object, ok := tagObject(braced)
	if !ok {
		object, ok = pairObject(trimmed)
	}
	if !ok {
		return tagText{unread: string(text)}
	}
	if string(object) == "{}" {
		return tagText{}
	}
	return tagText{object: string(object)}
}

// readTags reads tags and notes those that cannot be read.
func (c *converter) readTags(text []byte) tagText {
	t := readTags(text)
	if t.unread != "" {
		c.unread.Add(text)
	}
	return t
}

// pairObject reads tags as a program wrote them that has read the export and saved it again.
func pairObject(text []byte) (object []byte, ok bool) {
	pairs, ok := jsonfile.Pairs(text)
	object = append(object, '{')
	for i, p := range pairs {
		if i > 0 {
			object = append(object, ',')
		}
		object = append(appendText(object, p.Key), ':')
		if p.Null {
			object = append(object, "true"...)
			continue
		}
		object = appendText(object, p.Value)
	}
	return append(object, '}'), ok
}

func tagObject(text []byte) (object []byte, ok bool) {
	d := json.NewDecoder(bytes.NewReader(text))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, false
	}
	var keys []string
	values := make(map[string]json.RawMessage)
	for d.More() {
		key, err := d.Token()
		name, isText := key.(string)
		if err != nil || !isText {
			return nil, false
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, false
		}
		if _, twice := values[name]; !twice {
			keys = append(keys, name)
		}
		values[name] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, false
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, false
	}
	object = append(object, '{')
	for i, key := range keys {
		if i > 0 {
			object = append(object, ',')
		}
		object = appendText(object, key)
		object = append(object, ':')
		switch value := values[key]; {
		case value[0] == '{' || value[0] == '[':
			object = appendText(object, string(value))
		case string(value) == "null": // FOCUS: a tag without a value
			object = append(object, "true"...)
		default:
			object = append(object, value...)
		}
	}
	return append(object, '}'), true
}

func appendText(dst []byte, text string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(text) != nil {
		return append(dst, `""`...) // a text always encodes
	}
	return append(dst, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}
