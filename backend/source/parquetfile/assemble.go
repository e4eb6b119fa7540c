package parquetfile

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
)

// tree is a part of a nested column, as it is printed.
type tree struct {
	name     string
	label    []byte // the name as JSON, with a colon
	shape    shape
	optional bool
	repeated bool
	leaf     *leaf   // of shapeLeaf
	children []*tree // what is printed: members, key and value, or the element
	leaves   int     // below it
}

type shape int

const (
	shapeLeaf      shape = iota
	shapeStructure       // {"a":…,"b":…}
	shapeMap             // a repeated group of key and value
	shapeList            // a repeated group that holds the element and nothing else
	shapeRepeated        // a group that holds a repeated member and nothing else
)

func newTree(c *parquet.Column) (*tree, error) {
	n := &tree{name: c.Name(), label: append(appendString(nil, []byte(c.Name())), ':'), optional: c.Optional(), repeated: c.Repeated()}
	if c.Leaf() {
		f, err := formatOf(c.Type())
		n.leaf, n.leaves = &leaf{chunk: newChunk(c), format: f}, 1
		return n, err
	}
	n.shape = shapeStructure
	members := c.Columns()
	if len(members) == 1 && members[0].Repeated() {
		n.shape = shapeRepeated
		inner := members[0]
		if pair := inner.Columns(); len(pair) == 2 && pair[0].Name() == "key" && pair[0].Leaf() {
			n.shape, members = shapeMap, pair
		} else if only := inner.Columns(); len(only) == 1 && (inner.Name() == "list" || inner.Name() == "bag" || inner.Name() == "array") {
			n.shape, members = shapeList, only
		}
	}
	for _, member := range members {
		child, err := newTree(member)
		if err != nil {
			return nil, err
		}
		n.children = append(n.children, child)
		n.leaves += child.leaves
	}
	return n, nil
}

func (n *tree) collect(leaves []*leaf) []*leaf {
	if n.leaf != nil {
		return append(leaves, n.leaf)
	}
	for _, child := range n.children {
		leaves = child.collect(leaves)
	}
	return leaves
}

// assembler prints nested values as JSON. The values of a node are one slice per leaf
// below it, in the order of the schema.
type assembler struct {
	slices [][]parquet.Value // a stack of them
}

// field prints a node with its repetition. def and rep are the levels of its parent.
func (a *assembler) field(dst []byte, n *tree, values [][]parquet.Value, def, rep int) ([]byte, bool) {
	switch {
	case n.repeated:
		return a.list(dst, n, values, def, rep, false), false
	case n.optional:
		def++
		if !isThere(values, def) {
			return append(dst, "null"...), true
		}
	}
	return a.value(dst, n, values, def, rep), false
}

func isThere(values [][]parquet.Value, def int) bool {
	return len(values) > 0 && len(values[0]) > 0 && values[0][0].DefinitionLevel() >= def
}

// value prints a node that is there, by its shape.
func (a *assembler) value(dst []byte, n *tree, values [][]parquet.Value, def, rep int) []byte {
	switch n.shape {
	case shapeLeaf:
		if len(values) == 0 || len(values[0]) == 0 || values[0][0].IsNull() {
			return append(dst, "null"...)
		}
		return n.leaf.json(dst, values[0][0])
	case shapeMap:
		return a.object(dst, n, values, def, rep)
	case shapeList:
		return a.list(dst, n.children[0], values, def, rep, true)
	case shapeRepeated:
		return a.list(dst, n.children[0], values, def, rep, false)
	case shapeStructure:
	}
	dst = append(dst, '{')
	for i, child := range n.children {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, child.label...)
		dst, _ = a.field(dst, child, values[:child.leaves], def, rep)
		values = values[child.leaves:]
	}
	return append(dst, '}')
}

// list prints the elements of a repeated node; whole says that the element has a
// repetition of its own inside the repeated group.
func (a *assembler) list(dst []byte, element *tree, values [][]parquet.Value, def, rep int, whole bool) []byte {
	dst = append(dst, '[')
	if isThere(values, def+1) {
		rest, part, mark := a.begin(values)
		for n := 0; len(rest[0]) > 0; n++ {
			cutElement(rest, part, rep+1)
			if n > 0 {
				dst = append(dst, ',')
			}
			if whole {
				dst, _ = a.field(dst, element, part, def+1, rep+1)
			} else {
				dst = a.value(dst, element, part, def+1, rep+1)
			}
		}
		a.slices = a.slices[:mark]
	}
	return append(dst, ']')
}

// object prints a map.
func (a *assembler) object(dst []byte, pair *tree, values [][]parquet.Value, def, rep int) []byte {
	dst = append(dst, '{')
	if isThere(values, def+1) {
		rest, part, mark := a.begin(values)
		for n := 0; len(rest[0]) > 0; n++ {
			cutElement(rest, part, rep+1)
			if n > 0 {
				dst = append(dst, ',')
			}
			key := []byte(nil)
			if len(part[0]) > 0 && !part[0][0].IsNull() {
				key = pair.children[0].leaf.format.append(nil, part[0][0])
			}
			dst = append(appendString(dst, key), ':')
			dst, _ = a.field(dst, pair.children[1], part[1:], def+1, rep+1)
		}
		a.slices = a.slices[:mark]
	}
	return append(dst, '}')
}

// begin takes the values of a repeated node, which cutElement takes apart.
func (a *assembler) begin(values [][]parquet.Value) (rest, part [][]parquet.Value, mark int) {
	mark = len(a.slices)
	a.slices = append(append(a.slices, values...), values...)
	n := mark + len(values)
	return a.slices[mark:n:n], a.slices[n:], mark
}

// cutElement moves the next element of a repeated node from rest to part: one begins with
// each value whose repetition level is not deeper than the node's own.
func cutElement(rest, part [][]parquet.Value, rep int) {
	for i, v := range rest {
		end := min(1, len(v))
		for end < len(v) && v[end].RepetitionLevel() > rep {
			end++
		}
		part[i], rest[i] = v[:end], v[end:]
	}
}

func (l *leaf) json(dst []byte, v parquet.Value) []byte {
	start := len(dst)
	if l.format.quoted {
		dst = l.format.append(append(dst, '"'), v)
		if plainString(dst[start+1:]) {
			return append(dst, '"')
		}
		return appendString(dst[:start], append([]byte(nil), dst[start+1:]...))
	}
	dst = l.format.append(dst, v)
	switch {
	case l.format.raw && !json.Valid(dst[start:]):
		return appendString(dst[:start], append([]byte(nil), dst[start:]...))
	case !l.format.raw && noNumber(dst[start:]):
		return append(dst[:start], "null"...)
	}
	return dst
}

// plainString reports whether a text needs no escapes in JSON.
func plainString(text []byte) bool {
	for _, c := range text {
		if c < ' ' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// appendString prints a JSON string.
func appendString(dst, text []byte) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, size := utf8.DecodeRune(text[i:])
			dst = utf8.AppendRune(dst, r)
			i += size
			continue
		}
		i++
	}
	return append(dst, '"')
}
