package service

import (
	"context"
	"slices"
	"sort"
	"strings"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source/jsonfile"
	"cloud-intelligence/backend/store"
)

// survey counts the facts of a passport. What the groups of columns say is worked out once
// for each of their rows; a line is then a handful of look-ups.
type survey struct {
	db     *store.DB
	today  finops.Day
	names  *engine.AccountNames
	slices []store.Slice
	files  []fileRange // in the order of their lines
	sets   []*setTally
	months map[int64]monthRef // by slice, where its lines count

	texts  texts
	bills  []billFacts
	spans  []spanFacts
	skus   []skuFacts
	res    []resourceFacts
	extra  []uint64 // hashes
	unread []bool   // by row of extra: it holds tags that could not be read

	tuples [store.GroupCount]tupleRows
	tags   []tagClass
	prints []lineprint
}

// fileRange is a file with the charge ids of its lines.
type fileRange struct {
	store.ImportFile
	first, last int64
	perSet      []int64 // lines that count
	undone      bool
}

type monthRef struct {
	set   *setTally
	month finops.Month
}

// billFacts is what a row of the bill table says of its lines; set nil = they do not count.
type billFacts struct {
	set      *setTally
	currency *currencyTally
	spells   *spellTally
	first    finops.Day // of the billing month
	last     finops.Day
	traits   passport.Trait
	hash     uint64
}

type spanFacts struct {
	day              finops.Day
	length           finops.Length
	hasStart, hasEnd bool
	hash             uint64
}

type skuFacts struct {
	traits  passport.Trait
	bought  bool           // usage or purchase: what has a price
	unused  bool           // of a commitment
	suspect bool           // may be unmapped
	free    passport.Trait // unit prices of 0, which are unknown ones of what costs something
	hash    uint64
}

type resourceFacts struct {
	traits passport.Trait
	tags   uint32 // class, 0 = none
	hash   uint64
}

// tagClass is a distinct Tags text with keys.
type tagClass struct {
	keys  []string
	trait passport.Trait // HasTags, or UnreadTags for a text that holds none that can be read
}

// tupleRows keeps the text ids of a group's rows: columns[column][id].
type tupleRows struct {
	columns []string
	texts   [][]uint32
}

func (t *tupleRows) column(name string) []uint32 {
	for i, c := range t.columns {
		if c == name && i < len(t.texts) {
			return t.texts[i]
		}
	}
	return nil
}

func (s *survey) loadSets(ctx context.Context) error {
	var err error
	if s.slices, err = s.db.Slices(ctx); err != nil {
		return err
	}
	if err := s.loadFiles(ctx); err != nil {
		return err
	}
	s.months = map[int64]monthRef{}
	type key struct{ provider, account, export string }
	byKey := map[key]*setTally{}
	for _, slice := range s.slices {
		if slice.State != "active" || slice.Lines == 0 {
			continue
		}
		k := key{finops.CanonicalProvider(slice.Provider), finops.CanonicalAccount(slice.BillingAccount), slice.Export}
		if k.export == "" { // imported by a version that did not note it
			k.export = s.familyOf(slice.ImportID)
		}
		if byKey[k] == nil {
			byKey[k] = newSetTally(len(s.sets), k.provider, k.account, k.export)
			s.sets = append(s.sets, byKey[k])
		}
		s.months[slice.ID] = monthRef{byKey[k], slice.Month}
		byKey[k].imports[slice.ImportID] = true
	}
	for i := range s.files {
		s.files[i].perSet = make([]int64, len(s.sets))
	}
	return nil
}

// familyOf names the export of an import by the format of its first file, without the
// encoding.
func (s *survey) familyOf(importID int64) string {
	for _, f := range s.files {
		if f.ImportID != importID {
			continue
		}
		for _, encoding := range []string{"-csv", "-parquet", "-ndjson", "-json"} {
			if family, ok := strings.CutSuffix(f.Format, encoding); ok {
				return family
			}
		}
		return f.Format
	}
	return ""
}

// loadFiles finds the lines of each file: files of an import are read one after the other,
// and their lines are numbered in that order.
func (s *survey) loadFiles(ctx context.Context) error {
	imports, err := s.db.Imports(ctx)
	if err != nil {
		return err
	}
	files, err := s.db.Files(ctx)
	if err != nil {
		return err
	}
	byImport := map[int64][]store.ImportFile{}
	for _, f := range files {
		byImport[f.ImportID] = append(byImport[f.ImportID], f)
	}
	for _, imp := range imports {
		var total int64
		for _, f := range byImport[imp.ID] {
			total += f.Lines
		}
		next := imp.FirstLine
		for _, f := range byImport[imp.ID] {
			r := fileRange{ImportFile: f, first: next, last: next + f.Lines - 1, undone: imp.State == "undone"}
			if next += f.Lines; r.undone || total != imp.LastLine-imp.FirstLine+1 {
				r.first, r.last = 0, -1 // its lines are gone, or it is not known whose they are
			}
			s.files = append(s.files, r)
		}
	}
	sort.SliceStable(s.files, func(i, j int) bool { return s.files[i].first < s.files[j].first })
	return nil
}

// fileOf returns the index of the file of a line, -1 when it is not known.
func (s *survey) fileOf(line int64) int {
	i := sort.Search(len(s.files), func(i int) bool { return s.files[i].first > line })
	for i--; i >= 0; i-- { // files without lines begin where the next one does
		if line <= s.files[i].last {
			return i
		}
		if s.files[i].first <= s.files[i].last {
			return -1
		}
	}
	return -1
}

func (s *survey) loadGroups(ctx context.Context) error {
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error { return s.texts.load(running, s.db) })
	for _, g := range []store.Group{store.Bill, store.SKU, store.Resource, store.Extra} {
		group.Go(func() error { return s.loadTuples(running, g) })
	}
	var periods []store.PeriodRow
	group.Go(func() error {
		return s.db.EachPeriod(running, func(p store.PeriodRow) { periods = append(periods, p) })
	})
	if err := group.Wait(); err != nil {
		return err
	}
	s.codePeriods(periods)
	s.codeSKUs()
	s.codeResources()
	extra := &s.tuples[store.Extra]
	s.extra = make([]uint64, extra.rows())
	s.unread = make([]bool, extra.rows())
	unread := extra.column("x_UnreadTags") // of the Azure exports
	for id := range s.extra {
		s.extra[id] = s.hashOf(extra, id)
		s.unread[id] = unread != nil && !s.texts.null[unread[id]]
	}
	return s.codeBills(ctx)
}

func (t *tupleRows) rows() int {
	if len(t.texts) == 0 {
		return 1
	}
	return max(1, len(t.texts[0]))
}

func (s *survey) loadTuples(ctx context.Context, g store.Group) error {
	t := &s.tuples[g]
	t.columns = store.GroupColumns(g)
	custom, err := s.db.CustomColumns(ctx)
	if err != nil {
		return err
	}
	return s.db.EachTuple(ctx, g, custom, func(row store.Tuple) {
		for len(t.texts) < len(row.Texts) {
			t.texts = append(t.texts, nil)
		}
		for i, id := range row.Texts {
			for len(t.texts[i]) <= int(row.ID) {
				t.texts[i] = append(t.texts[i], 0)
			}
			t.texts[i][row.ID] = id
		}
	})
}

// hashOf is the same for two rows with equal values, also when the files spelled "no
// value" in different ways.
func (s *survey) hashOf(t *tupleRows, id int) uint64 {
	var h uint64
	for column := range t.texts {
		if text := s.texts.plain[t.texts[column][id]]; text != 0 {
			h += scramble(uint64(column)<<32 | uint64(text))
		}
	}
	return scramble(h)
}

func (s *survey) known(t *tupleRows, column string, id int) bool {
	ids := t.column(column)
	return ids != nil && !s.texts.null[ids[id]]
}

func (s *survey) value(t *tupleRows, column string, id int) *string {
	if !s.known(t, column, id) {
		return nil
	}
	return &s.texts.values[t.column(column)[id]]
}

func (s *survey) codePeriods(periods []store.PeriodRow) {
	for _, p := range periods {
		for len(s.spans) <= int(p.ID) {
			s.spans = append(s.spans, spanFacts{})
		}
		f := spanFacts{day: p.Day, hash: scramble(scramble(uint64(s.texts.plain[p.Start])) + uint64(s.texts.plain[p.End]))}
		f.hasStart, f.hasEnd = !s.texts.null[p.Start], !s.texts.null[p.End]
		if f.hasStart && f.hasEnd {
			if sec, ok := finops.ParseTime([]byte(s.texts.values[p.End])); ok {
				f.length = finops.LengthOf(sec - p.StartUnix)
			}
		}
		if !f.hasStart { // the day of such a line is the first of its bill
			f.hash = scramble(f.hash + uint64(p.StartUnix))
		}
		s.spans[p.ID] = f
	}
}

func (s *survey) codeSKUs() {
	t := &s.tuples[store.SKU]
	s.skus = make([]skuFacts, t.rows())
	for id := range s.skus {
		if id == 0 {
			continue
		}
		f := &s.skus[id]
		f.hash = s.hashOf(t, id)
		for column, trait := range map[string]passport.Trait{
			"ListUnitPrice": passport.HasListPrice, "ContractedUnitPrice": passport.HasContractedPrice, "SkuId": passport.HasSKU, "CommitmentDiscountId": passport.HasCommitment,
		} {
			price := s.value(t, column, id)
			if price == nil {
				continue
			}
			f.traits |= trait
			if amount, err := finops.ParseAmount([]byte(*price)); trait&(passport.HasListPrice|passport.HasContractedPrice) != 0 && err == nil && amount.Sign() == 0 {
				f.free |= trait
			}
		}
		switch category := s.value(t, "ChargeCategory", id); {
		case category != nil && *category == "Usage":
			f.traits |= passport.Usage
			f.bought = true
		case category != nil && *category == "Purchase":
			f.bought = true
		}
		if len(serviceReasons(s.value(t, "ServiceName", id), s.value(t, "ServiceCategory", id))) == 0 {
			f.traits |= passport.Mapped
		}
		unused := s.value(t, "CommitmentDiscountStatus", id)
		f.unused = unused != nil && *unused == "Unused"
		f.suspect = f.bought && f.traits&(passport.Mapped|passport.HasSKU) != passport.Mapped|passport.HasSKU
	}
}

// serviceReasons says what a service lacks.
func serviceReasons(name, category *string) []string {
	var reasons []string
	if name == nil {
		reasons = append(reasons, "no service")
	}
	switch {
	case category == nil:
		reasons = append(reasons, "no category")
	case *category == "Other":
		reasons = append(reasons, "category Other")
	}
	return reasons
}

func (s *survey) codeResources() {
	t := &s.tuples[store.Resource]
	s.res = make([]resourceFacts, t.rows())
	s.tags = []tagClass{{}}
	classes := map[uint32]uint32{}
	tags := t.column("Tags")
	for id := range s.res {
		if id == 0 || tags == nil {
			continue
		}
		f := &s.res[id]
		f.hash = s.hashOf(t, id)
		for column, trait := range map[string]passport.Trait{"ResourceId": passport.HasResource, "RegionId": passport.HasRegion, "SubAccountId": passport.HasSubAccount} {
			if s.known(t, column, id) {
				f.traits |= trait
			}
		}
		class, seen := classes[tags[id]]
		if !seen && !s.texts.null[tags[id]] {
			class = s.tagClassOf(s.texts.values[tags[id]])
			classes[tags[id]] = class
		}
		if f.tags = class; class != 0 {
			f.traits |= s.tags[class].trait
		}
	}
}

// tagClassOf returns the class of a Tags text, 0 for one without tags.
func (s *survey) tagClassOf(text string) uint32 {
	keys := slices.DeleteFunc(engine.TagNames(text), func(key string) bool { return strings.HasPrefix(key, jsonfile.UnreadTags) })
	c := tagClass{keys, passport.HasTags}
	if len(keys) == 0 {
		if pairs, ok := jsonfile.Pairs([]byte(text)); ok && len(pairs) == 0 {
			return 0
		}
		c.trait = passport.UnreadTags
	}
	s.tags = append(s.tags, c)
	return uint32(len(s.tags) - 1)
}

func (s *survey) codeBills(ctx context.Context) error {
	currency, slice, err := s.db.BillCurrencies(ctx)
	if err != nil {
		return err
	}
	t := &s.tuples[store.Bill]
	s.bills = make([]billFacts, t.rows())
	for id, sliceID := range slice {
		ref, counts := s.months[sliceID]
		if !counts || int(id) >= len(s.bills) {
			continue
		}
		f := billFacts{
			set: ref.set, currency: ref.set.currency(currency[id]), spells: ref.set.spellsOf(ref.month),
			first: ref.month.First(), last: ref.month.Last(), hash: scramble(s.hashOf(t, int(id)) + uint64(ref.set.index)),
		}
		if s.known(t, "InvoiceId", int(id)) {
			f.traits |= passport.HasInvoice
		}
		if f.last >= s.today {
			f.traits |= passport.OpenBill
		}
		s.bills[id] = f
	}
	return nil
}

// texts are the texts of the ledger by id.
type texts struct {
	values []string
	null   []bool
	plain  []uint32 // id of the same value as it is usually spelled; 0 = no value
}

func (x *texts) load(ctx context.Context, db *store.DB) error {
	x.values, x.null, x.plain = []string{""}, []bool{true}, []uint32{0}
	spelled := map[uint32]bool{}
	err := db.EachText(ctx, func(t store.Text) {
		for len(x.values) <= int(t.ID) {
			x.values, x.null, x.plain = append(x.values, ""), append(x.null, true), append(x.plain, 0)
		}
		if t.Value == nil {
			return
		}
		x.values[t.ID], x.null[t.ID], x.plain[t.ID] = *t.Value, false, t.ID
		if t.Raw != nil {
			spelled[t.ID] = true
		}
	})
	if err != nil || len(spelled) == 0 {
		return err
	}
	usual := map[string]uint32{}
	for id := range spelled {
		if lowest, have := usual[x.values[id]]; !have || id < lowest {
			usual[x.values[id]] = id
		}
	}
	for id, value := range x.values {
		if _, wanted := usual[value]; wanted && !x.null[id] && !spelled[uint32(id)] {
			usual[value] = uint32(id)
		}
	}
	for id := range spelled {
		x.plain[id] = usual[x.values[id]]
	}
	return nil
}

// scramble spreads the bits of a number, so that sums of scrambled numbers are fit for
// telling values apart (the finisher of SplitMix64).
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
