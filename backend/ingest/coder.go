package ingest

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// coder turns records into blocks. It belongs to one goroutine.
type coder struct {
	dict   *dictionary
	layout *layout
	width  int                                // columns of extra
	memo   [store.GroupCount]map[string]int32 // raw fields of a group → entry
	memory [store.GroupCount]int              // bytes of the keys of memo
	found  [store.GroupCount][]entry
	before [store.GroupCount]before // what the record before came to
	key    []byte
	copies copies
	// refused says why the file cannot be imported at all.
	refused error

	block    *store.Block
	measures measures
	nextLine int64
	file     *fileTally
	tally    *tally
}

// entry is what a combination of raw fields came to.
type entry struct {
	id    uint32
	hash  uint64     // identity, see identifier
	area  uint64     // service of SKU, sub-account of Resource
	day   finops.Day // Period
	month finops.Month
	bill  *billTally // Bill
	err   string     // why records with these fields are rejected
}

// before is what the record before came to in a group: in their period and bill, records
// often agree with it, which is quicker to see than to look up.
type before struct {
	row   int // of the batch that is coded, -1 for none
	index int // of the entry
	day   finops.Day
}

// memoMost bounds the memory of the memo; a file whose values hardly repeat makes it
// start again.
const memoMost = 64 << 20

func newCoder(dict *dictionary, firstLine int64, t *tally) *coder {
	c := &coder{dict: dict, nextLine: firstLine, tally: t}
	c.startBlock()
	return c
}

// startFile begins a file with its own columns. What is known of a group stays where the file
// has its columns in the same places as the one before, as the files of one export have; bills
// and charge periods are those of a file.
func (c *coder) startFile(l *layout, width int, f *fileTally) {
	for g := range c.memo {
		group := store.Group(g)
		if c.layout == nil || group == store.Bill || group == store.Period || !l.sameGroup(c.layout, group) {
			c.forget(group)
		}
	}
	c.layout, c.width, c.file, c.refused = l, width, f, nil
}

func (c *coder) forget(g store.Group) {
	c.memory[g], c.memo[g], c.found[g] = 0, map[string]int32{}, c.found[g][:0]
}

// remembered is the memory of the memo, in bytes.
func (c *coder) remembered() (bytes int) {
	for _, n := range c.memory {
		bytes += n
	}
	return bytes
}

func (c *coder) startBlock() {
	b := &store.Block{FirstLine: c.nextLine, Amounts: make([][]int64, len(store.Measures)), AmountTexts: make([]map[int]string, len(store.Measures))}
	for g := range b.Keys {
		b.Keys[g] = make([]uint32, 0, segment.Lines)
	}
	for m := range b.Amounts {
		b.Amounts[m] = make([]int64, 0, segment.Lines)
	}
	c.block = b
}

// code adds the records of a batch from row on, until the block is full. It returns the
// row to go on with, or why the file cannot be imported at all.
func (c *coder) code(b *source.Batch, row int) (int, error) {
	if c.remembered() > memoMost {
		for g := range c.memo {
			c.forget(store.Group(g))
		}
	}
	for g := range c.before {
		c.before[g].row = -1 // in another batch
	}
	for ; row < b.Rows && c.block.Rows < segment.Lines; row++ {
		if reason := c.record(b, row); reason != "" {
			c.file.reject(b.Lines[row], reason, recordText(b, row))
		}
		if c.refused != nil {
			return row, c.refused
		}
	}
	return row, nil
}

// checkID refuses a file in which a spreadsheet has shortened the number of an account:
// charges of several accounts would be those of one.
func (c *coder) checkID(column string, id []byte) {
	if c.refused == nil && shortenedID(id) {
		c.refused = finops.Errorf(finops.CodeInvalid, "%s has %s %q: a spreadsheet has shortened the number of the account, so that it is lost. Import the file as it was downloaded.", c.file.name, column, id)
	}
}

// record codes one record, or says why it cannot be read.
func (c *coder) record(b *source.Batch, row int) string {
	blk, at := c.block, c.block.Rows
	period := c.lookup(store.Period, b, row)
	if period.err != "" {
		return period.err
	}
	bill := c.lookupBill(b, row, period)
	if bill.err != "" {
		return bill.err
	}
	day, periodID := period.day, period.id
	if periodID == 0 { // no charge period: the charge counts on the first day of its bill
		day = bill.month.First()
		periodID = c.billPeriod(b, row, bill.month)
	}
	c.measures.read = c.measures.read[:0]
	var costs [store.CostCount]finops.Amount
	var known [store.CostCount]bool
	for m := range store.Measures {
		cell, amount, ok, reason := c.measure(b, row, m)
		if reason != "" {
			c.truncate(at)
			return reason
		}
		blk.Amounts[m] = append(blk.Amounts[m], cell)
		if m < store.CostCount {
			costs[m], known[m] = amount, ok
		}
	}
	sku, resource := c.lookup(store.SKU, b, row), c.lookup(store.Resource, b, row)
	var extra uint32
	if len(c.layout.groups[store.Extra]) > 0 {
		extra = c.lookup(store.Extra, b, row).id
	}
	for g, id := range [store.GroupCount]uint32{periodID, bill.id, sku.id, resource.id, extra} {
		blk.Keys[g] = append(blk.Keys[g], id)
	}
	c.keepOwn(b, row)
	blk.Rows++
	c.nextLine++
	facets := cellKey{bill: bill.id, sku: c.dict.facetOf[store.SKU][sku.id], resource: c.dict.facetOf[store.Resource][resource.id], day: day}
	c.tally.add(facets, &costs, &known)
	bill.bill.add(mix(period.hash, sku.hash, resource.hash), areaOf(sku.area, resource.area), &costs, &known)
	c.addTotals(b, row, bill.bill)
	return ""
}

// keepOwn keeps the fields of the own columns with the line.
func (c *coder) keepOwn(b *source.Batch, row int) {
	blk := c.block
	if len(c.layout.own) == 0 {
		if blk.Own != nil {
			blk.Own = append(blk.Own, "")
		}
		return
	}
	for len(blk.Own) < blk.Rows {
		blk.Own = append(blk.Own, "")
	}
	buf := c.key[:0]
	for _, t := range c.layout.own {
		field := b.Field(row, t.field)
		if len(field) == 0 {
			continue
		}
		buf = append(buf, t.label...)
		buf = store.AppendJSONString(buf, field)
	}
	if len(buf) > 0 {
		buf[0] = '{' // the comma of the first label
		buf = append(buf, '}')
	}
	c.key = buf
	blk.Own = append(blk.Own, c.copies.of(buf))
}

// rawKey gathers the raw fields of a group; it is valid until the next call. Most columns
// of a native export are empty in most lines, so those that are not are named by number.
func (c *coder) rawKey(g store.Group, b *source.Batch, row int) []byte {
	key := c.key[:0]
	bounds := b.Bounds[row*b.Columns : (row+1)*b.Columns]
	for i := range c.layout.groups[g] {
		at := bounds[c.layout.groups[g][i].field]
		if at.End <= at.Start {
			continue
		}
		key = binary.AppendUvarint(key, uint64(i)+1) // 0 ends the fields
		key = binary.AppendUvarint(key, uint64(at.End-at.Start))
		key = append(key, b.Buf[at.Start:at.End]...)
	}
	c.key = key
	return key
}

// lookup finds or makes the entry of a group for a record.
func (c *coder) lookup(g store.Group, b *source.Batch, row int) *entry {
	last := &c.before[g]
	// The other groups change from line to line.
	if g == store.Period && last.row >= 0 && c.agree(g, b, last.row, row) {
		last.row = row
		return &c.found[g][last.index]
	}
	key := c.rawKey(g, b, row)
	i, ok := c.memo[g][string(key)]
	if !ok {
		i = c.remember(g, string(key), c.resolve(g, b, row))
	}
	last.row, last.index = row, int(i)
	return &c.found[g][i]
}

// agree reports whether two records of a batch have the same fields in a group.
func (c *coder) agree(g store.Group, b *source.Batch, first, second int) bool {
	x, y := b.Bounds[first*b.Columns:(first+1)*b.Columns], b.Bounds[second*b.Columns:(second+1)*b.Columns]
	for i := range c.layout.groups[g] {
		field := c.layout.groups[g][i].field
		if !sameField(b, x[field], y[field]) {
			return false
		}
	}
	return true
}

func sameField(b *source.Batch, x, y source.Bound) bool {
	if x == y {
		return true
	}
	if x.End <= x.Start || y.End <= y.Start {
		return x.End <= x.Start && y.End <= y.Start
	}
	return x.End-x.Start == y.End-y.Start && string(b.Buf[x.Start:x.End]) == string(b.Buf[y.Start:y.End])
}

func (c *coder) remember(g store.Group, key string, e entry) int32 {
	c.memory[g] += len(key) + 64
	c.found[g] = append(c.found[g], e)
	i := int32(len(c.found[g]) - 1)
	c.memo[g][key] = i
	return i
}

func (c *coder) resolve(g store.Group, b *source.Batch, row int) entry {
	targets := c.layout.groups[g]
	if g == store.Period {
		return c.resolvePeriod(b, row)
	}
	width := len(store.GroupColumns(g))
	if g == store.Extra {
		width = c.width
	}
	texts := make([]uint32, width)
	tagged := false
	for _, t := range targets {
		field := b.Field(row, t.field)
		texts[t.column] = c.dict.text(field, t.spell)
		if t.name == "SubAccountId" && g == store.Resource {
			c.checkID(t.name, field)
		}
		tagged = tagged || (t.name == "Tags" && g == store.Resource && hasTags(field))
	}
	e := entry{id: c.dict.tuple(g, texts, tagged)}
	hash := func(field int) uint64 { return textHash(b.Field(row, field)) }
	switch g {
	case store.SKU:
		e.hash, e.area = c.layout.identity[g].hash(hash), c.layout.area(g, hash)
	case store.Resource:
		e.hash, e.area = c.layout.identity[g].hash(hash), c.layout.area(g, hash)
	}
	return e
}

// hasTags reports whether a Tags field holds anything.
func hasTags(field []byte) bool {
	t := bytes.TrimSpace(field)
	return !finops.IsNull(t) && string(t) != "{}" && string(t) != "[]"
}

func (c *coder) resolvePeriod(b *source.Batch, row int) entry {
	p := store.PeriodRow{}
	var start []byte
	for _, t := range c.layout.groups[store.Period] {
		field := b.Field(row, t.field)
		id := c.dict.text(field, nil)
		if t.name == "ChargePeriodStart" {
			p.Start, start = id, field
		} else {
			p.End = id
		}
	}
	if finops.IsNull(start) {
		return entry{} // the bill's month decides
	}
	sec, ok := finops.ParseTime(start)
	if !ok {
		return entry{err: fmt.Sprintf("ChargePeriodStart %q is not a date", shorten(string(start)))}
	}
	p.StartUnix, p.Day = sec, finops.DayOfUnix(sec)
	p.ID = c.dict.nextID(store.Period)
	c.block.Periods = append(c.block.Periods, p)
	return entry{id: p.ID, day: p.Day, month: p.Day.Month(), hash: periodHash(p.StartUnix)}
}

// billPeriod makes the charge period of a record that names none.
func (c *coder) billPeriod(b *source.Batch, row int, month finops.Month) uint32 {
	key := append(c.rawKey(store.Period, b, row), 0)
	key = binary.AppendVarint(key, int64(month))
	if i, ok := c.memo[store.Period][string(key)]; ok {
		return c.found[store.Period][i].id
	}
	first := month.First()
	p := store.PeriodRow{ID: c.dict.nextID(store.Period), StartUnix: first.Time().Unix(), Day: first}
	for _, t := range c.layout.groups[store.Period] {
		if id := c.dict.text(b.Field(row, t.field), nil); t.name == "ChargePeriodStart" {
			p.Start = id
		} else {
			p.End = id
		}
	}
	c.block.Periods = append(c.block.Periods, p)
	c.remember(store.Period, string(key), entry{id: p.ID, day: first})
	return p.ID
}

// lookupBill finds the row of the bill table that a record belongs to. Where the record names
// no billing period, its charge month stands for it.
func (c *coder) lookupBill(b *source.Batch, row int, period *entry) *entry {
	last := &c.before[store.Bill]
	if last.row >= 0 && last.day == period.day && c.agree(store.Bill, b, last.row, row) && c.samePart(b, last.row, row) {
		last.row = row
		return &c.found[store.Bill][last.index]
	}
	key := c.rawKey(store.Bill, b, row)
	if c.layout.part >= 0 {
		part := b.Field(row, c.layout.part)
		key = append(binary.AppendUvarint(append(key, 0), uint64(len(part))), part...)
	}
	key = binary.AppendVarint(append(key, 0), int64(period.day))
	c.key = key
	i, ok := c.memo[store.Bill][string(key)]
	if !ok {
		kept := string(key)
		i = c.remember(store.Bill, kept, c.resolveBill(b, row, period))
	}
	last.row, last.index, last.day = row, int(i), period.day
	return &c.found[store.Bill][i]
}

func (c *coder) samePart(b *source.Batch, first, second int) bool {
	if c.layout.part < 0 {
		return true
	}
	return string(b.Field(first, c.layout.part)) == string(b.Field(second, c.layout.part))
}

func (c *coder) resolveBill(b *source.Batch, row int, period *entry) entry {
	month, day := period.month, period.day
	var stated []byte
	if c.layout.billing >= 0 {
		stated = b.Field(row, c.layout.billing)
	}
	switch {
	case finops.IsNull(stated):
		if month == 0 {
			return entry{err: "has neither a charge period nor a billing period"}
		}
	default:
		sec, ok := finops.ParseTime(stated)
		if !ok {
			return entry{err: fmt.Sprintf("BillingPeriodStart %q is not a date", shorten(string(stated)))}
		}
		month = finops.DayOfUnix(sec).Month()
	}
	if period.id == 0 {
		day = month.First()
	}
	return c.newBill(b, row, month, day)
}

// newBill adds a row of the bill table; its slice is the file's provider, billing
// account, month and day.
func (c *coder) newBill(b *source.Batch, row int, month finops.Month, day finops.Day) entry {
	t := store.Tuple{ID: c.dict.nextID(store.Bill), Texts: make([]uint32, len(store.GroupColumns(store.Bill)))}
	values := map[string]string{}
	for _, target := range c.layout.groups[store.Bill] {
		field := b.Field(row, target.field)
		t.Texts[target.column] = c.dict.text(field, target.spell)
		switch {
		case finops.IsNull(field):
		case target.spell != nil:
			values[target.name] = target.spell(field)
		default:
			values[target.name] = string(field)
		}
	}
	c.checkID("BillingAccountId", []byte(values["BillingAccountId"]))
	var names []string
	for _, column := range finops.ProviderColumns {
		names = append(names, values[column])
	}
	bill := Bill{Provider: finops.CanonicalProvider(names...), Account: finops.CanonicalAccount(values["BillingAccountId"]), Month: month}
	key := sliceKey{Bill: bill, export: c.file.export, file: c.file, day: day}
	if c.layout.part >= 0 {
		key.part = string(b.Field(row, c.layout.part))
	}
	slice := c.tally.slice(key, c.dict)
	if slice.isNew {
		slice.isNew = false
		slice.yieldsTo = c.file.yields[key.part]
		c.block.Slices = append(c.block.Slices, store.SliceRow{
			ID: slice.id, Provider: bill.Provider, BillingAccount: bill.Account, Month: month, Export: key.export, Part: key.part, YieldsTo: slice.yieldsTo,
		})
	}
	t.Owner = slice.id
	c.block.Tuples[store.Bill] = append(c.block.Tuples[store.Bill], t)
	return entry{id: t.ID, month: month, bill: c.file.bill(t.ID, slice, values["BillingCurrency"])}
}

// take returns the block with all that is new, and begins the next one.
func (c *coder) take() *store.Block {
	b, d := c.block, c.dict
	if b.Own != nil {
		for len(b.Own) < b.Rows {
			b.Own = append(b.Own, "")
		}
	}
	b.Texts, d.newTexts = d.newTexts, nil
	for _, g := range []store.Group{store.SKU, store.Resource, store.Extra} {
		b.Tuples[g], d.newTuples[g] = d.newTuples[g], nil
	}
	b.SKUFacets, d.newFacets[store.SKU] = d.newFacets[store.SKU], nil
	b.ResourceFacets, d.newFacets[store.Resource] = d.newFacets[store.Resource], nil
	b.Segments = packSegment(b, &c.measures.long)
	c.measures.endBlock(b)
	c.startBlock()
	return b
}

// discard begins the next block and lets go of this one.
func (c *coder) discard() {
	d := c.dict
	d.newTexts, d.newTuples, d.newFacets = nil, [store.GroupCount][]store.Tuple{}, [store.GroupCount][]store.Tuple{}
	c.measures.endBlock(c.block)
	c.startBlock()
}

const textMost = 4096

func shorten(s string) string {
	const most = 60
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

// recordText joins the fields of a record for the reject list.
func recordText(b *source.Batch, row int) string {
	var buf []byte
	for column := range b.Columns {
		if column > 0 {
			buf = append(buf, ',')
		}
		buf = append(buf, b.Field(row, column)...)
		if len(buf) > textMost {
			return string(buf[:textMost]) + "…"
		}
	}
	return string(buf)
}
