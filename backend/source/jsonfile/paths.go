package jsonfile

import (
	"encoding/json"
	"strings"
)

// Paths is a list of members to be read from an object, compiled once.
type Paths struct {
	names []string
	root  *node
}

type node struct {
	index    int // of the path that ends here, -1
	children map[string]*node
}

// NewPaths compiles dotted paths. A member is found by its exact name or by its name in
// lower case, nested ("service": {"id": …}) as well as flat ("service.id": …,
// "service_id": …).
func NewPaths(names []string) *Paths {
	p := &Paths{names: names, root: &node{index: -1, children: map[string]*node{}}}
	for i, name := range names {
		at := p.root
		for part := range strings.SplitSeq(name, ".") {
			at = at.child(part)
		}
		at.index = i
	}
	for i, name := range names {
		for _, flat := range []string{name, strings.ReplaceAll(name, ".", "_")} {
			if c := p.root.child(flat); c.index < 0 && c.children == nil {
				c.index = i
			}
		}
	}
	return p
}

func (n *node) child(name string) *node {
	if n.children == nil {
		n.children = map[string]*node{}
	}
	c := n.children[name]
	if c == nil {
		c = &node{index: -1}
		n.children[name] = c
	}
	return c
}

func (n *node) find(name []byte) *node {
	if c := n.children[string(name)]; c != nil {
		return c
	}
	return n.children[strings.ToLower(string(name))]
}

// Names returns the paths.
func (p *Paths) Names() []string { return p.names }

// At returns the paths below one member: "service" gives "id" and "description" where
// the paths are "service.id" and "service.description". index holds, for every path
// below, its place in p. It is nil when there is none.
func (p *Paths) At(member string) (below *Paths, index []int) {
	var names []string
	for i, name := range p.names {
		if rest, ok := strings.CutPrefix(name, member+"."); ok {
			names = append(names, rest)
			index = append(index, i)
		}
	}
	if names == nil {
		return nil, nil
	}
	return NewPaths(names), index
}

// Fields is what Read finds in one object. It can be used again for the next one.
type Fields struct {
	Values [][]byte // one per path, nil for what is missing or null
	Rest   []byte   // a JSON object of the members that no path names, nil for none
	prefix []byte
}

// Read reads an object; it answers false for text that is no valid JSON object.
// Of equal members the last one counts. The values may point into the text.
func (p *Paths) Read(f *Fields, object []byte) bool {
	f.reset(len(p.names))
	at := skipSpace(object, 0)
	if at >= len(object) || object[at] != '{' || !json.Valid(object) {
		return false
	}
	f.read(p.root, object[at:])
	if f.Rest != nil {
		f.Rest = append(f.Rest, '}')
	}
	return true
}

func (f *Fields) reset(n int) {
	if len(f.Values) != n {
		f.Values = make([][]byte, n)
	}
	clear(f.Values)
	f.Rest, f.prefix = nil, f.prefix[:0]
}

func (f *Fields) read(n *node, object []byte) {
	for name, value := range Members(object) {
		c := n.find(name)
		switch {
		case value[0] == 'n':
			if c != nil && c.index >= 0 {
				f.Values[c.index] = nil
			}
		case c != nil && c.children != nil && value[0] == '{':
			kept := len(f.prefix)
			f.prefix = append(append(f.prefix, name...), '.')
			f.read(c, value)
			f.prefix = f.prefix[:kept]
		case c != nil && c.index >= 0:
			f.Values[c.index] = Text(value)
		default:
			f.keep(name, value)
		}
	}
}

// keep adds a member to the rest, under its full path.
func (f *Fields) keep(name, value []byte) {
	if f.Rest == nil {
		f.Rest = append(f.Rest, '{')
	} else {
		f.Rest = append(f.Rest, ',')
	}
	full := append(append([]byte(nil), f.prefix...), name...)
	f.Rest = append(AppendString(f.Rest, full), ':')
	f.Rest = append(f.Rest, clean(value)...)
}
