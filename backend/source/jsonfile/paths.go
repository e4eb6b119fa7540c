package jsonfile

import "strings"

// Paths is a list of members to be read from an object, compiled once.
type Paths struct {
	names []string
	root  *node
	nodes int
}

type node struct {
	id       int
	name     string
	index    int // of the path that ends here, -1
	children map[string]*node
}

// NewPaths compiles dotted paths. A member is found by its exact name or by its name in
// lower case, nested ("service": {"id": …}) as well as flat ("service.id": …,
// "service_id": …).
func NewPaths(names []string) *Paths {
	p := &Paths{names: names, root: &node{index: -1, children: map[string]*node{}}, nodes: 1}
	for i, name := range names {
		at := p.root
		for part := range strings.SplitSeq(name, ".") {
			at = p.child(at, part)
		}
		at.index = i
	}
	for i, name := range names {
		for _, flat := range []string{name, strings.ReplaceAll(name, ".", "_")} {
			if c := p.child(p.root, flat); c.index < 0 && c.children == nil {
				c.index = i
			}
		}
	}
	return p
}

func (p *Paths) child(n *node, name string) *node {
	if n.children == nil {
		n.children = map[string]*node{}
	}
	c := n.children[name]
	if c == nil {
		c = &node{id: p.nodes, name: name, index: -1}
		p.nodes++
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

	text   []byte
	prefix []byte
	paths  *Paths
	// follow holds, for every node, the member that came behind it in the object before, and
	// behind these the first member inside it: records have their members in one order.
	follow []*node
}

// Read reads an object; it answers false for text that is no valid JSON object.
// Of equal members the last one counts. The values may point into the text.
func (p *Paths) Read(f *Fields, object []byte) bool {
	f.reset(p)
	at := blanks(object, 0)
	if at >= len(object) || object[at] != '{' {
		return false
	}
	f.text = object
	if at = f.read(p.root, at, 1); at < 0 || blanks(object, at) < len(object) {
		return false
	}
	if f.Rest != nil {
		f.Rest = append(f.Rest, '}')
	}
	return true
}

func (f *Fields) reset(p *Paths) {
	if len(f.Values) != len(p.names) {
		f.Values = make([][]byte, len(p.names))
	}
	if f.paths != p {
		f.paths, f.follow = p, make([]*node, 2*p.nodes)
	}
	clear(f.Values)
	f.Rest, f.prefix = nil, f.prefix[:0]
}

// read reads and checks the object at at, of which n says what is wanted. It answers the
// place behind it, or bad.
func (f *Fields) read(n *node, at, depth int) int {
	text := f.text
	if at = blanks(text, at+1); at < len(text) && text[at] == '}' {
		return at + 1
	}
	guess := &f.follow[len(f.follow)/2+n.id]
	for at < len(text) && text[at] == '"' {
		start := at
		end, marks := quoted(text, at)
		if end < 0 {
			return bad
		}
		name := text[start+1 : end-1]
		if marks != 0 {
			name = textOf(text[start:end], marks)
		}
		c := *guess
		if c == nil || c.name != string(name) {
			if c = n.find(name); c != nil {
				*guess = c
			}
		}
		if c != nil {
			guess = &f.follow[c.id]
		}
		if at = blanks(text, end); at >= len(text) || text[at] != ':' {
			return bad
		}
		if at = f.member(c, name, blanks(text, at+1), depth); at < 0 {
			return bad
		}
		if at = blanks(text, at); at >= len(text) {
			return bad
		}
		if text[at] == '}' {
			return at + 1
		}
		if text[at] != ',' {
			return bad
		}
		at = blanks(text, at+1)
	}
	return bad
}

// member reads the value of a member; c is nil for one that no path names.
func (f *Fields) member(c *node, name []byte, at, depth int) int {
	if c != nil && c.children != nil && at < len(f.text) && f.text[at] == '{' {
		kept := len(f.prefix)
		f.prefix = append(append(f.prefix, name...), '.')
		end := bad
		if depth < maxNesting {
			end = f.read(c, at, depth+1)
		}
		f.prefix = f.prefix[:kept]
		return end
	}
	end, marks := value(f.text, at, depth)
	switch {
	case end < 0:
	case f.text[at] == 'n':
		if c != nil && c.index >= 0 {
			f.Values[c.index] = nil
		}
	case c != nil && c.index >= 0:
		f.Values[c.index] = textOf(f.text[at:end:end], marks)
	default:
		f.keep(name, f.text[at:end])
	}
	return end
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
