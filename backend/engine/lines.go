package engine

import (
	"context"
	"encoding/json"
	"slices"
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
	r, o, err := v.reader(ctx, q)
	if err != nil {
		return nil, err
	}
	page := &LinesPage{Total: o.total, Columns: r.names}
	if page.Totals, err = v.lineTotals(ctx, q, o); err != nil {
		return nil, err
	}
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
	v, err := e.view(ctx)
	if err != nil {
		return err
	}
	r, o, err := v.reader(ctx, q)
	if err != nil {
		return err
	}
	return r.each(ctx, o, q.Offset, q.Limit, fn)
}

// lineReader decodes stored charges into the columns asked for.
type lineReader struct {
	l     *ledger
	names []string
	sets  [store.GroupCount]*tupleSet
	cells []cellSource
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

func (v *view) reader(ctx context.Context, q LinesQuestion) (*lineReader, *order, error) {
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
	r := &lineReader{l: v.ledger, names: columns, row: make([]*string, len(columns))}
	if r.sets, err = v.allTuples(ctx); err != nil {
		return nil, nil, err
	}
	for _, name := range columns {
		c, err := v.cellSource(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		if c.group == store.Bill && name == "ProviderName" {
			c.spare = indexOf(store.GroupColumns(store.Bill), "ServiceProviderName")
		}
		r.cells = append(r.cells, c)
	}
	return r, o, nil
}

// allTuples loads the tuple sets of all groups of the lines.
func (l *ledger) allTuples(ctx context.Context) (sets [store.GroupCount]*tupleSet, err error) {
	for g := range store.GroupCount {
		if sets[g], err = l.groupTuples(ctx, store.Group(g)); err != nil {
			return sets, err
		}
	}
	return sets, nil
}

func (v *view) cellSource(ctx context.Context, name string) (cellSource, error) {
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
	return c, nil
}

// each calls fn for limit lines of the order from offset on; limit 0 = all.
func (r *lineReader) each(ctx context.Context, o *order, offset, limit int, fn func(row []*string) error) error {
	end := o.total
	if limit > 0 {
		end = min(end, offset+limit)
	}
	const most = 4096
	for from := max(offset, 0); from < end; from += most {
		if err := r.some(ctx, o, from, min(from+most, end), fn); err != nil {
			return err
		}
	}
	return nil
}

// some calls fn for the lines from from up to to; lines that are stored in another order wait.
func (r *lineReader) some(ctx context.Context, o *order, from, to int, fn func(row []*string) error) error {
	next, waiting := 0, map[int][]*string{}
	err := r.l.charges(ctx, o, from, to, func(at int, c *store.ChargeRow) error {
		if err := r.decode(c); err != nil {
			return err
		}
		if at != next {
			waiting[at] = slices.Clone(r.row)
			return nil
		}
		next++
		return fn(r.row)
	})
	for ; err == nil && next < to-from; next++ {
		err = fn(waiting[next])
	}
	return err
}

// charges calls fn for the stored lines from from up to to of an order, with their places
// behind from; in any order, but each.
func (l *ledger) charges(ctx context.Context, o *order, from, to int, fn func(at int, c *store.ChargeRow) error) error {
	at := 0
	count := func(c *store.ChargeRow) error {
		at++
		return fn(at-1, c)
	}
	var err error
	if o.positions == nil {
		err = l.run(ctx, from, to, count)
	} else if ids, ordered := l.ids(o.positions[from:to]); ordered && ids[len(ids)-1]-ids[0] < 4*int64(len(ids)) {
		err = l.dense(ctx, ids, count)
	} else {
		place := make(map[int64]int, len(ids))
		for i, id := range ids {
			place[id] = i
		}
		err = l.db.ChargesByID(ctx, ids, func(c *store.ChargeRow) error {
			at++
			return fn(place[c.ID], c)
		})
	}
	if err == nil && at < to-from {
		return finops.Errorf(finops.CodeCorrupt, "The workspace lacks charge lines that its index names. Undo the import and import its files again.")
	}
	return err
}

// run reads consecutive lines.
func (l *ledger) run(ctx context.Context, from, to int, fn func(*store.ChargeRow) error) error {
	for i, h := range l.heads {
		first, last := max(from, l.starts[i]), min(to, l.starts[i]+h.Lines)
		if first >= last {
			continue
		}
		at := h.FirstLine + int64(first-l.starts[i])
		if err := l.db.Charges(ctx, at, at+int64(last-first)-1, fn); err != nil {
			return err
		}
	}
	return nil
}

// dense reads lines that lie close together, in the order in which they are stored.
func (l *ledger) dense(ctx context.Context, ids []int64, fn func(*store.ChargeRow) error) error {
	next := 0
	return l.db.Charges(ctx, ids[0], ids[len(ids)-1], func(c *store.ChargeRow) error {
		if next == len(ids) || c.ID != ids[next] {
			return nil
		}
		next++
		return fn(c)
	})
}

// ids are the stored lines at positions; ordered says that they rise.
func (l *ledger) ids(positions []uint32) (ids []int64, ordered bool) {
	ids, ordered = make([]int64, len(positions)), true
	for i, p := range positions {
		s := sort.SearchInts(l.starts, int(p)+1) - 1
		ids[i] = l.heads[s].FirstLine + int64(int(p)-l.starts[s])
		ordered = ordered && (i == 0 || ids[i-1] < ids[i])
	}
	return ids, ordered
}

// position is the place of a stored line among all lines.
func (l *ledger) position(id int64) int {
	s := sort.Search(len(l.heads), func(i int) bool { return l.heads[i].FirstLine > id }) - 1
	return l.starts[s] + int(id-l.heads[s].FirstLine)
}

// decode puts the values of a line into row.
func (r *lineReader) decode(c *store.ChargeRow) error {
	own, err := ownValues(c)
	if err != nil {
		return err
	}
	for i := range r.cells {
		r.row[i] = r.value(c, &r.cells[i], own)
	}
	return nil
}

// ownValues are the values that are kept with a line, by column.
func ownValues(c *store.ChargeRow) (own map[string]string, err error) {
	if c.Own == nil {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(*c.Own), &own); err != nil {
		return nil, finops.WrapError(finops.CodeCorrupt, err, "Charge line %d is damaged.", c.ID)
	}
	return own, nil
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
			if finops.IsNull([]byte(v)) {
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
		if finops.IsNull([]byte(v)) {
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
	if _, ok := r.l.text(id); ok {
		return &r.l.texts[id]
	}
	return nil
}
