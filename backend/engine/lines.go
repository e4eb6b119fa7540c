package engine

import (
	"context"
	"encoding/json"
	"sort"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// Lines returns a page of charge lines.
func (e *Engine) Lines(ctx context.Context, q LinesQuestion) (*LinesPage, error) {
	v, err := e.view(ctx)
	if err != nil {
		return nil, err
	}
	r, o, err := v.reader(ctx, q, false)
	if err != nil {
		return nil, err
	}
	page := &LinesPage{Total: o.total, Totals: o.totals, Columns: r.names}
	err = r.each(ctx, o, q.Offset, q.Limit, func(row []*string) error {
		page.Rows = append(page.Rows, append([]*string(nil), row...))
		return nil
	})
	return page, err
}

// EachLine calls fn for every charge line that matches, in order; Offset and Limit of q
// hold. The row is reused between calls, its values are not; they are shared, so nobody
// may change them.
func (e *Engine) EachLine(ctx context.Context, q LinesQuestion, fn func(row []*string) error) error {
	return e.eachLine(ctx, q, false, fn)
}

// EachRawLine is EachLine with every value as the file wrote it: words for "no value"
// and odd spellings are not corrected.
func (e *Engine) EachRawLine(ctx context.Context, q LinesQuestion, fn func(row []*string) error) error {
	return e.eachLine(ctx, q, true, fn)
}

func (e *Engine) eachLine(ctx context.Context, q LinesQuestion, raw bool, fn func(row []*string) error) error {
	v, err := e.view(ctx)
	if err != nil {
		return err
	}
	r, o, err := v.reader(ctx, q, raw)
	if err != nil {
		return err
	}
	return r.each(ctx, o, q.Offset, q.Limit, fn)
}

// lineReader decodes stored charges into the columns asked for.
type lineReader struct {
	l     *ledger
	raw   bool
	names []string
	sets  [store.GroupCount]*tupleSet
	cells []cellSource
	raws  map[uint32]*string // texts that the file spelled otherwise
	row   []*string
	plain []byte // scratch
}

// cellSource is where a column's value comes from.
type cellSource struct {
	measure int // index in store.Measures, or -1
	group   store.Group
	index   int
	own     string   // key in charge.own, "" = never there
	spare   int      // second column to look into, or -1
	made    *coding  // of a dimension that a key leads to; nil = a column
	rows    *lineKey // of a dimension that each line has

	// What the last line had: neighbours often share a value.
	lastID   uint32
	lastText *string
	lastCell int64
	lastCost *string
}

func (v *view) reader(ctx context.Context, q LinesQuestion, raw bool) (*lineReader, *order, error) {
	o, err := v.order(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	columns := q.Columns
	if columns == nil {
		for _, c := range v.columns() {
			columns = append(columns, c.Name)
		}
	}
	r := &lineReader{l: v.ledger, raw: raw, names: columns, row: make([]*string, len(columns))}
	for g := range store.GroupCount {
		if r.sets[g], err = v.groupTuples(ctx, store.Group(g)); err != nil {
			return nil, nil, err
		}
	}
	for _, name := range columns {
		c, err := v.cellSource(ctx, name, raw)
		if err != nil {
			return nil, nil, err
		}
		r.cells = append(r.cells, c)
	}
	if raw {
		r.raws = map[uint32]*string{}
		err = v.db.EachText(ctx, func(t store.Text) {
			if t.Raw != nil {
				r.raws[t.ID] = t.Raw
			}
		})
	}
	return r, o, err
}

func (v *view) cellSource(ctx context.Context, name string, raw bool) (cellSource, error) {
	d, err := v.resolve(name)
	if err != nil {
		return cellSource{}, err
	}
	c := cellSource{measure: store.MeasureIndex(d.column), group: d.group, index: d.index, spare: -1}
	switch {
	case d.ruled != nil && d.line:
		c.rows, err = v.rowKey(ctx, v.placeOf(d), false)
		return c, err
	case d.ruled != nil || d.derived != nil:
		c.made, err = v.coding(ctx, d, false)
		return c, err
	}
	if c.measure < 0 && d.index < 0 {
		return c, finops.Errorf(finops.CodeInvalid, "%q is not a column of the charge lines.", name)
	}
	if d.group == store.Extra && v.ownColumns[d.column] {
		c.own = d.column
	}
	if d.group == store.Bill && d.column == "ProviderName" && !raw {
		c.spare = indexOf(store.GroupColumns(store.Bill), "ServiceProviderName")
	}
	return c, nil
}

// each calls fn for limit lines of the order from offset on; limit 0 = all.
func (r *lineReader) each(ctx context.Context, o *order, offset, limit int, fn func(row []*string) error) error {
	end := o.total
	if limit > 0 {
		end = min(end, offset+limit)
	}
	if o.positions == nil {
		return r.run(ctx, offset, end, fn)
	}
	const most = 4096
	for at := max(offset, 0); at < end; at += most {
		ids, ordered := r.ids(o.positions[at:min(at+most, end)])
		read := r.scattered
		if ordered && ids[len(ids)-1]-ids[0] < 4*int64(len(ids)) {
			read = r.dense
		}
		if err := read(ctx, ids, fn); err != nil {
			return err
		}
	}
	return nil
}

// run reads consecutive lines.
func (r *lineReader) run(ctx context.Context, from, to int, fn func(row []*string) error) error {
	for i, h := range r.l.heads {
		first, last := max(from, r.l.starts[i]), min(to, r.l.starts[i]+h.Lines)
		if first >= last {
			continue
		}
		at := h.FirstLine + int64(first-r.l.starts[i])
		err := r.l.db.Charges(ctx, at, at+int64(last-first)-1, func(c *store.ChargeRow) error { return r.emit(c, fn) })
		if err != nil {
			return err
		}
	}
	return nil
}

// ids are the stored lines at positions; ordered says that they rise.
func (r *lineReader) ids(positions []uint32) (ids []int64, ordered bool) {
	ids, ordered = make([]int64, len(positions)), true
	for i, p := range positions {
		s := sort.SearchInts(r.l.starts, int(p)+1) - 1
		ids[i] = r.l.heads[s].FirstLine + int64(int(p)-r.l.starts[s])
		ordered = ordered && (i == 0 || ids[i-1] < ids[i])
	}
	return ids, ordered
}

// position is the place of a stored line among all lines.
func (l *ledger) position(id int64) int {
	s := sort.Search(len(l.heads), func(i int) bool { return l.heads[i].FirstLine > id }) - 1
	return l.starts[s] + int(id-l.heads[s].FirstLine)
}

// dense reads lines that lie close together, in the order in which they are stored.
func (r *lineReader) dense(ctx context.Context, ids []int64, fn func(row []*string) error) error {
	next := 0
	err := r.l.db.Charges(ctx, ids[0], ids[len(ids)-1], func(c *store.ChargeRow) error {
		if next == len(ids) || c.ID != ids[next] {
			return nil
		}
		next++
		return r.emit(c, fn)
	})
	if err == nil && next < len(ids) {
		return errLacksLines()
	}
	return err
}

// scattered reads lines anywhere, in the order of ids.
func (r *lineReader) scattered(ctx context.Context, ids []int64, fn func(row []*string) error) error {
	place := make(map[int64]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	rows := make([][]*string, len(ids))
	err := r.l.db.ChargesByID(ctx, ids, func(c *store.ChargeRow) error {
		return r.emit(c, func(row []*string) error {
			rows[place[c.ID]] = append([]*string(nil), row...)
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row == nil {
			return errLacksLines()
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	return nil
}

func errLacksLines() error {
	return finops.Errorf(finops.CodeCorrupt, "The workspace lacks charge lines that its index names. Undo the import and import its files again.")
}

func (r *lineReader) emit(c *store.ChargeRow, fn func(row []*string) error) error {
	var own map[string]string
	if c.Own != nil {
		if err := json.Unmarshal([]byte(*c.Own), &own); err != nil {
			return finops.WrapError(finops.CodeCorrupt, err, "Charge line %d is damaged.", c.ID)
		}
	}
	for i := range r.cells {
		r.row[i] = r.value(c, &r.cells[i], own)
	}
	return fn(r.row)
}

func (r *lineReader) value(c *store.ChargeRow, cell *cellSource, own map[string]string) *string {
	if cell.rows != nil {
		return cell.rows.coding.values[cell.rows.ids[r.l.position(c.ID)]]
	}
	if cell.measure >= 0 {
		return r.measure(c.Amounts[cell.measure], cell)
	}
	if cell.own != "" {
		if v, ok := own[cell.own]; ok {
			if !r.raw && finops.IsNull([]byte(v)) {
				return nil
			}
			return &v
		}
	}
	set, id := r.sets[cell.group], c.Keys[cell.group]
	if cell.made != nil {
		return cell.made.values[cell.made.code[id]]
	}
	if id == cell.lastID && id != 0 {
		return cell.lastText
	}
	v := r.text(set.texts[cell.index][id])
	if v == nil && cell.spare >= 0 {
		v = r.text(set.texts[cell.spare][id])
	}
	cell.lastID, cell.lastText = id, v
	return v
}

func (r *lineReader) measure(amount any, cell *cellSource) *string {
	switch v := amount.(type) {
	case int64:
		if cell.lastCost == nil || v != cell.lastCell {
			r.plain = finops.Unpack(v).Append(r.plain[:0])
			s := string(r.plain)
			cell.lastCell, cell.lastCost = v, &s
		}
		return cell.lastCost
	case string:
		if !r.raw && finops.IsNull([]byte(v)) {
			return nil
		}
		return &v
	}
	return nil
}

func (r *lineReader) text(id uint32) *string {
	if id == 0 {
		return nil
	}
	if r.raw {
		if s, ok := r.raws[id]; ok {
			return s
		}
	}
	if _, ok := r.l.text(id); ok {
		return &r.l.texts[id]
	}
	return nil
}
