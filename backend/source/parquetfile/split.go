package parquetfile

import (
	"slices"
	"strings"
)

// Split makes columns of their own of members of a structure: batches get one more column
// for each that is found, behind the others, and the column of the structure keeps only
// the other members. It costs a fraction of printing JSON that the caller takes apart
// again. A member is found by its exact name, or by its name in lower case where no other
// member has the same. The answer holds the column of each name, -1 where there is none.
// Split is called before the first Next.
func (r *Reader) Split(column int, names []string) []int {
	at := make([]int, len(names))
	for i := range at {
		at[i] = -1
	}
	whole, ok := r.columns[column].(*nested)
	if !ok || whole.node.shape != shapeStructure || whole.node.repeated || whole.base > 0 {
		return at
	}
	base := 0
	if whole.node.optional {
		base = 1
	}
	folded := map[string]int{}
	for _, member := range whole.node.children {
		folded[strings.ToLower(member.name)]++
	}
	rest := *whole.node
	rest.children, rest.leaves = nil, 0
	for _, member := range whole.node.children {
		i := slices.Index(names, member.name)
		if i < 0 {
			i = slices.Index(names, strings.ToLower(member.name))
		}
		// What is JSON already may be a text, a number or nothing: that is the caller's to see.
		if i < 0 || folded[strings.ToLower(member.name)] > 1 || (member.leaf != nil && member.leaf.format.raw) {
			rest.children = append(rest.children, member)
			rest.leaves += member.leaves
			continue
		}
		at[i] = len(r.columns)
		r.columns = append(r.columns, r.member(member, base))
	}
	r.columns[column] = absent{}
	if rest.leaves > 0 {
		r.columns[column] = newNested(&rest, 0)
	}
	return at
}

func (r *Reader) member(n *tree, base int) column {
	if n.leaf == nil || n.repeated {
		return newNested(n, base)
	}
	return &flat{chunk: n.leaf.chunk, format: n.leaf.format, member: true, words: &r.words}
}
