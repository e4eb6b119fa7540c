package service

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// facts hands over what was counted.
func (s *survey) facts(ctx context.Context) (*passport.Facts, error) {
	rejects, err := s.db.RejectReasons(ctx)
	if err != nil {
		return nil, err
	}
	own, err := s.db.OwnColumns(ctx)
	if err != nil {
		return nil, err
	}
	f := &passport.Facts{}
	for _, set := range s.sets {
		set.sortCurrencies()
		sf := passport.SetFacts{
			Provider: set.provider, Account: set.account, AccountName: s.names.BillingAccounts[set.account], Export: set.export,
			Quantities: set.quantities, Duplicates: set.duplicates, Spells: s.spellsOf(set), Unmapped: s.unmappedOf(set),
		}
		s.addFiles(&sf, set, rejects)
		s.addCurrencies(&sf, set)
		sf.Columns = s.columnsOf(set, own)
		f.Sets = append(f.Sets, sf)
	}
	s.addLoose(f, rejects)
	if err := s.addImportTimes(ctx, f); err != nil {
		return nil, err
	}
	return f, s.addProviderTotals(ctx, f)
}

func rejectsOf(f *fileRange, rejects []store.RejectReason) (list []passport.Reject) {
	for _, r := range rejects {
		if r.FileID == f.ID {
			list = append(list, passport.Reject{File: f.Path, Reason: r.Reason, Lines: r.Lines})
		}
	}
	return list
}

// addFiles lists the files with lines in the set. Where lines cannot be laid to a file,
// every file of the import counts as one of the set, without lines of its own.
func (s *survey) addFiles(sf *passport.SetFacts, set *setTally, rejects []store.RejectReason) {
	for i := range s.files {
		f := &s.files[i]
		vague := !f.undone && f.last < f.first && f.Lines > 0 && set.imports[f.ImportID]
		if f.perSet[set.index] == 0 && !vague {
			continue
		}
		sf.Files = append(sf.Files, passport.File{ID: f.ID, Path: f.Path, Format: f.Format, Version: f.Version, Lines: f.perSet[set.index], Rejects: f.Rejects})
		sf.Rejects = append(sf.Rejects, rejectsOf(f, rejects)...)
	}
}

// addLoose adds the files of which no line could be read.
func (s *survey) addLoose(f *passport.Facts, rejects []store.RejectReason) {
	for i := range s.files {
		file := &s.files[i]
		if file.undone || file.Lines > 0 || file.Rejects == 0 {
			continue
		}
		f.Files = append(f.Files, passport.File{ID: file.ID, Path: file.Path, Format: file.Format, Version: file.Version, Rejects: file.Rejects})
		f.Rejects = append(f.Rejects, rejectsOf(file, rejects)...)
	}
}

func (s *survey) addCurrencies(sf *passport.SetFacts, set *setTally) {
	for _, c := range set.currencies {
		if c.total.Lines == 0 {
			continue
		}
		sf.Totals = append(sf.Totals, c.total)
		for traits, cell := range c.groups {
			sf.Groups = append(sf.Groups, passport.Group{Currency: c.code, Traits: traits, Lines: cell.lines, Cost: cell.cost})
		}
		for i, trait := range []passport.Trait{passport.ListBelow, passport.ContractedBelow} {
			if x := c.excess[i]; x.lines > 0 {
				sf.Excess = append(sf.Excess, passport.Excess{Trait: trait, Currency: c.code, Lines: x.lines, Amount: x.cost})
			}
		}
		sf.TagKeys = append(sf.TagKeys, s.tagKeysOf(c)...)
	}
	slices.SortFunc(sf.Groups, func(a, b passport.Group) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Traits, b.Traits))
	})
}

func (s *survey) tagKeysOf(c *currencyTally) []passport.TagKey {
	byKey := map[string]*costCell{}
	c.tags.each(func(class uint32, cell *costCell) {
		if cell.lines == 0 {
			return
		}
		for _, key := range s.tags[class].keys {
			if byKey[key] == nil {
				byKey[key] = &costCell{}
			}
			byKey[key].lines += cell.lines
			byKey[key].cost.AddSum(cell.cost)
		}
	})
	var list []passport.TagKey
	for key, cell := range byKey {
		list = append(list, passport.TagKey{Key: key, Currency: c.code, Lines: cell.lines, Cost: cell.cost})
	}
	return list
}

func (s *survey) spellsOf(set *setTally) []passport.Spell {
	type key struct {
		day    finops.Day
		length finops.Length
	}
	var list []passport.Spell
	for _, t := range set.spells {
		for usage := range t.lines {
			lines := map[key]int64{}
			t.lines[usage].used(func(id uint32, n int64) { lines[key{s.spans[id].day, s.spans[id].length}] += n })
			for k, n := range lines {
				list = append(list, passport.Spell{Month: t.month, Day: k.day, Length: k.length, Usage: usage == 1, Lines: n})
			}
		}
	}
	return list
}

// unmappedOf gathers the SKUs that say too little by service, category and SKU. That no
// SKU is named is known line by line only where the export names any.
func (s *survey) unmappedOf(set *setTally) []passport.Unmapped {
	t := &s.tuples[store.SKU]
	named := false
	set.ids[store.SKU].used(func(id uint32, _ int64) { named = named || s.skus[id].traits&passport.HasSKU != 0 })
	type key struct{ service, category, sku uint32 }
	var list []passport.Unmapped
	for _, c := range set.currencies {
		at := map[key]int{}
		c.suspects.each(func(id uint32, cell *costCell) {
			if cell.lines == 0 {
				return
			}
			u := passport.Unmapped{
				ServiceName: s.value(t, "ServiceName", int(id)), ServiceCategory: s.value(t, "ServiceCategory", int(id)), SKUID: s.value(t, "SkuId", int(id)),
				Currency: c.code, Lines: cell.lines, Cost: cell.cost,
			}
			u.Reasons = serviceReasons(u.ServiceName, u.ServiceCategory)
			if u.SKUID == nil && named && s.skus[id].traits&passport.Usage != 0 {
				u.Reasons = append(u.Reasons, "no SKU")
			}
			if len(u.Reasons) == 0 {
				return
			}
			k := key{s.plainOf(t, "ServiceName", id), s.plainOf(t, "ServiceCategory", id), s.plainOf(t, "SkuId", id)}
			if i, have := at[k]; have {
				list[i].Lines += u.Lines
				list[i].Cost.AddSum(u.Cost)
				return
			}
			at[k] = len(list)
			list = append(list, u)
		})
	}
	return list
}

func (s *survey) plainOf(t *tupleRows, column string, id uint32) uint32 {
	return s.texts.plain[t.column(column)[id]]
}

// columnsOf counts the lines with a value in each FOCUS column. Columns that are kept
// with the lines cannot be counted by group and are left out.
func (s *survey) columnsOf(set *setTally, own map[string]bool) []passport.Column {
	inFiles := map[string]bool{}
	for _, f := range s.files {
		if f.perSet[set.index] == 0 && (f.last >= f.first || !set.imports[f.ImportID]) {
			continue
		}
		for _, raw := range f.Columns {
			if c, ok := finops.ColumnByName(raw); ok {
				inFiles[c.Name] = true
			}
		}
	}
	known := s.knownLines(set)
	var list []passport.Column
	for _, c := range finops.Columns() {
		if !own[c.Name] {
			list = append(list, passport.Column{Name: c.Name, Known: known[c.Name], InFiles: inFiles[c.Name]})
		}
	}
	return list
}

func (s *survey) knownLines(set *setTally) map[string]int64 {
	known := map[string]int64{}
	for g := range store.GroupCount {
		if store.Group(g) == store.Period {
			continue
		}
		t := &s.tuples[g]
		for i, column := range t.columns {
			if i >= len(t.texts) {
				continue
			}
			set.ids[g].used(func(id uint32, lines int64) {
				if int(id) < len(t.texts[i]) && !s.texts.null[t.texts[i][id]] {
					known[column] += lines
				}
			})
		}
	}
	set.ids[store.Period].used(func(id uint32, lines int64) {
		if s.spans[id].hasStart {
			known["ChargePeriodStart"] += lines
		}
		if s.spans[id].hasEnd {
			known["ChargePeriodEnd"] += lines
		}
	})
	for _, c := range set.currencies {
		for m, n := range c.total.Known {
			known[store.Measures[m]] += n
		}
	}
	for m, n := range set.measures {
		known[store.Measures[store.CostCount+m]] = n
	}
	return known
}

func (s *survey) addImportTimes(ctx context.Context, f *passport.Facts) error {
	imports, err := s.db.Imports(ctx)
	if err != nil {
		return err
	}
	for i, set := range s.sets {
		for _, imp := range imports {
			if set.imports[imp.ID] && imp.FinishedAt.After(f.Sets[i].ImportedAt) {
				f.Sets[i].ImportedAt = imp.FinishedAt
			}
		}
	}
	return nil
}

// addProviderTotals adds the control totals of the providers' own measures.
func (s *survey) addProviderTotals(ctx context.Context, f *passport.Facts) error {
	totals, err := s.db.ControlTotals(ctx)
	if err != nil {
		return err
	}
	for _, t := range totals {
		ref, counts := s.months[t.SliceID]
		if !counts || slices.Contains(finops.Metrics, t.Metric) || t.Known == 0 {
			continue
		}
		list := &f.Sets[ref.set.index].ProviderTotals
		at := slices.IndexFunc(*list, func(p passport.ProviderTotal) bool { return p.Name == string(t.Metric) && p.Currency == t.Currency })
		if at < 0 {
			*list = append(*list, passport.ProviderTotal{Name: string(t.Metric), Currency: t.Currency})
			at = len(*list) - 1
		}
		(*list)[at].Known += t.Known
		(*list)[at].Amount.AddSum(t.Amount)
	}
	for i := range f.Sets {
		slices.SortFunc(f.Sets[i].ProviderTotals, func(a, b passport.ProviderTotal) int {
			return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Currency, b.Currency))
		})
	}
	return nil
}
