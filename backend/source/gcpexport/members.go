package gcpexport

// split has the members of structures read as columns of their own, so that no JSON is
// made of them and taken apart again. What the schema does not have stays with the
// structure.
func (p *plan) split(members func(column int, names []string) []int) {
	for _, rec := range p.records {
		for i, column := range members(rec.column, rec.paths.Names()) {
			if column < 0 || rec.fields[i] == fieldCount {
				continue
			}
			p.leaves = append(p.leaves, leaf{column, rec.fields[i]})
			rec.fields[i] = fieldCount
		}
	}
}
