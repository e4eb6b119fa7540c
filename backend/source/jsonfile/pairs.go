package jsonfile

import (
	"bytes"
	"strings"
)

// Pair is a key of a map with its value.
type Pair struct {
	Key, Value string
	Null       bool // the map gives the key no value
}

// Pairs reads a map of texts, such as tags, as programs write it into a text field: a JSON
// object, with or without its braces, a list of objects with key and value, what Python
// prints of a dict or of a list of pairs, and the {k=v, …}, {k: v, …} and {k -> v, …} of
// DuckDB, Spark and Hive. An empty map has no pairs. ok is false for every other text; a map
// is read as a whole or not at all. Of two equal keys the last one counts.
func Pairs(text []byte) (pairs []Pair, ok bool) {
	text = bytes.TrimSpace(text)
	switch string(text) {
	case "", `""`, "{}", "[]", "()", "None", "nan":
		return nil, true
	}
	if text[0] == '"' {
		if pairs, ok = Pairs(append(append([]byte{'{'}, bytes.Trim(text, ", ")...), '}')); ok {
			return pairs, true
		}
	}
	var s pairSet
	if value, isJSON := AsJSON(text); isJSON {
		return s.list, s.json(value)
	}
	return s.list, s.plain(string(text))
}

// pairSet collects pairs; a key that comes again takes the place of the one before.
type pairSet struct{ list []Pair }

func (s *pairSet) add(p Pair) bool {
	for i := range s.list {
		if s.list[i].Key == p.Key {
			s.list[i] = p
			return true
		}
	}
	s.list = append(s.list, p)
	return p.Key != ""
}

// json reads an object, or a list of pairs.
func (s *pairSet) json(value []byte) bool {
	switch value[0] {
	case '{':
		for name, member := range Members(value) {
			if !s.addJSON(string(name), member) {
				return false
			}
		}
		return true
	case '[':
		for element := range Elements(value) {
			key, member, ok := pairOf(element)
			if !ok || !s.addJSON(string(Text(key)), member) {
				return false
			}
		}
		return true
	}
	return false
}

func (s *pairSet) addJSON(key string, value []byte) bool {
	p := Pair{Key: key, Null: len(value) == 0 || value[0] == 'n'}
	if !p.Null {
		p.Value = string(Text(value))
	}
	return s.add(p)
}

// pairOf reads ["key", "value"] or {"key": "key", "value": "value"}; a value may be missing.
func pairOf(element []byte) (key, value []byte, ok bool) {
	switch element[0] {
	case '[':
		var both [][]byte
		for part := range Elements(element) {
			both = append(both, part)
		}
		if len(both) != 2 {
			return nil, nil, false
		}
		key, value = both[0], both[1]
	case '{':
		for name, member := range Members(element) {
			switch strings.ToLower(string(name)) {
			case "key":
				key = member
			case "value":
				value = member
			}
		}
	}
	return key, value, len(key) > 0 && key[0] == '"'
}

// plain reads a map whose texts have no quotes, or quotes only where they are needed.
func (s *pairSet) plain(text string) bool {
	open, end, found := strings.IndexAny(text, "{[("), len(text)-1, false
	for _, brackets := range []string{"{}", "[]", "Map()"} {
		if body, ok := strings.CutPrefix(text, brackets[:len(brackets)-1]); ok && strings.HasSuffix(body, brackets[len(brackets)-1:]) {
			text, found = text[open+1:end], true
			break
		}
	}
	sign := ""
	for rest := strings.TrimSpace(text); found; {
		var p Pair
		var ok bool
		if p.Key, rest, sign, ok = cutKey(rest, sign); !ok {
			return false
		}
		if p.Value, rest, ok = cutValue(rest); !ok || !s.add(p) {
			return false
		}
		if last := &s.list[len(s.list)-1]; last.Value == "NULL" || last.Value == "null" {
			last.Value, last.Null = "", true
		}
		if rest == "" {
			return true
		}
		rest = strings.TrimSpace(rest[1:])
	}
	return false
}

// cutKey takes a key and the sign behind it off a text. Every key has the same sign.
func cutKey(text, sign string) (key, rest, used string, ok bool) {
	signs := []string{"->", "=", ":"}
	if sign != "" {
		signs = []string{sign}
	}
	if quoted, rest, ok := cutQuoted(text); ok {
		rest = strings.TrimSpace(rest)
		for _, sign := range signs {
			if value, ok := strings.CutPrefix(rest, sign); ok {
				return quoted, strings.TrimSpace(value), sign, true
			}
		}
		return "", "", "", false
	}
	first := -1
	for _, candidate := range signs {
		look := candidate
		if look == ":" {
			look = ": " // aws:createdBy=x has a colon in its key
		}
		if i := strings.Index(text, look); i > 0 && (first < 0 || i < first) {
			first, used = i, candidate
		}
	}
	if first < 0 {
		return "", "", "", false
	}
	key = strings.TrimSpace(text[:first])
	return key, strings.TrimSpace(text[first+len(used):]), used, key != "" && !strings.ContainsAny(key, `,{}"`)
}

// cutValue takes a value off a text; what is left begins with the comma behind it.
func cutValue(text string) (value, rest string, ok bool) {
	if quoted, rest, ok := cutQuoted(text); ok {
		rest = strings.TrimSpace(rest)
		return quoted, rest, rest == "" || rest[0] == ','
	}
	depth := 0
	for i, c := range text {
		switch c {
		case '{', '[', '(':
			depth++
		case '}', ']', ')':
			depth--
		case ',':
			if depth == 0 {
				return strings.TrimSpace(text[:i]), text[i:], true
			}
		}
		if depth < 0 {
			return "", "", false
		}
	}
	return strings.TrimSpace(text), "", depth == 0
}

// cutQuoted takes a text in quotes off the beginning of another.
func cutQuoted(text string) (inner, rest string, ok bool) {
	if text == "" || text[0] != '\'' && text[0] != '"' {
		return "", "", false
	}
	p := literal{text: []byte(text)}
	s, ok := p.quoted()
	return string(s), text[p.pos:], ok
}
