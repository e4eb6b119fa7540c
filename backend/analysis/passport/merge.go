package passport

import (
	"cmp"
	"slices"
)

// merge puts the facts of all sets together. What is counted by currency stays so.
func merge(sets []SetFacts, f Facts) SetFacts {
	all := SetFacts{Rejects: slices.Clone(f.Rejects)}
	files, totals := map[int64]int{}, map[string]int{}
	columns, tags, provider := map[string]int{}, map[[2]string]int{}, map[[2]string]int{}
	for _, s := range sets {
		if s.ImportedAt.After(all.ImportedAt) {
			all.ImportedAt = s.ImportedAt
		}
		all.Groups = append(all.Groups, s.Groups...)
		all.Spells = append(all.Spells, s.Spells...)
		all.Unmapped = append(all.Unmapped, s.Unmapped...)
		all.Excess = append(all.Excess, s.Excess...)
		all.Quantities.Lines += s.Quantities.Lines
		all.Quantities.Pricing += s.Quantities.Pricing
		all.Quantities.Consumed += s.Quantities.Consumed
		all.Duplicates.join(s.Duplicates)
		for _, x := range s.Files {
			join(&all.Files, files, x.ID, x, func(to *File) { to.Lines += x.Lines })
		}
		for _, x := range s.Totals {
			join(&all.Totals, totals, x.Currency, x, func(to *Total) {
				to.Lines += x.Lines
				for m := range x.Sums {
					to.Known[m] += x.Known[m]
					to.Sums[m].AddSum(x.Sums[m])
				}
			})
		}
		for _, x := range s.Columns {
			join(&all.Columns, columns, x.Name, x, func(to *Column) { to.Known, to.InFiles = to.Known+x.Known, to.InFiles || x.InFiles })
		}
		for _, x := range s.TagKeys {
			join(&all.TagKeys, tags, [2]string{x.Key, x.Currency}, x, func(to *TagKey) { to.Lines += x.Lines; to.Cost.AddSum(x.Cost) })
		}
		for _, x := range s.ProviderTotals {
			join(&all.ProviderTotals, provider, [2]string{x.Name, x.Currency}, x, func(to *ProviderTotal) { to.Known += x.Known; to.Amount.AddSum(x.Amount) })
		}
		all.joinRejects(s.Rejects)
	}
	for _, x := range f.Files {
		join(&all.Files, files, x.ID, x, func(*File) {})
	}
	all.joinExcess()
	return all
}

// join adds an item, or what it counts to the one with its key.
func join[K comparable, T any](list *[]T, at map[K]int, key K, item T, add func(to *T)) {
	if i, ok := at[key]; ok {
		add(&(*list)[i])
		return
	}
	at[key] = len(*list)
	*list = append(*list, item)
}

// joinRejects leaves out what another set has reported of the same file already.
func (all *SetFacts) joinRejects(rejects []Reject) {
	for _, r := range rejects {
		if !slices.Contains(all.Rejects, r) {
			all.Rejects = append(all.Rejects, r)
		}
	}
}

func (all *SetFacts) joinExcess() {
	type key struct {
		trait    Trait
		currency string
	}
	var list []Excess
	at := map[key]int{}
	for _, x := range all.Excess {
		join(&list, at, key{x.Trait, x.Currency}, x, func(to *Excess) { to.Lines += x.Lines; to.Amount.AddSum(x.Amount) })
	}
	all.Excess = list
}

// examplesMost is how many examples of equal lines are kept.
const examplesMost = 5

func (d *Duplicates) join(o Duplicates) {
	d.Lines += o.Lines
	d.AcrossFiles += o.AcrossFiles
	d.Amounts = slices.Clone(d.Amounts)
	for _, a := range o.Amounts {
		at := slices.IndexFunc(d.Amounts, func(have Amount) bool { return have.Currency == a.Currency })
		if at < 0 {
			d.Amounts = append(d.Amounts, a)
			continue
		}
		d.Amounts[at].Billed.AddSum(a.Billed)
	}
	d.Examples = append(slices.Clone(d.Examples), o.Examples...)
	slices.SortFunc(d.Examples, func(a, b Duplicate) int { return cmp.Compare(a.Line, b.Line) })
	d.Examples = d.Examples[:min(len(d.Examples), examplesMost)]
}
