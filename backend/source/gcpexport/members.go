package gcpexport

import "cloud-intelligence/backend/source/parquetfile"

// split has the members of structures read as columns of their own, so that no JSON is
// made of them and taken apart again. What the schema does not have stays with the
// structure.
func (p *plan) split(r *parquetfile.Reader) {
	for _, rec := range p.records {
		for i, column := range r.Split(rec.column, rec.paths.Names()) {
			if column < 0 || rec.fields[i] == fieldCount {
				continue
			}
			p.leaves = append(p.leaves, leaf{column, rec.fields[i]})
			rec.fields[i] = fieldCount
		}
	}
}
