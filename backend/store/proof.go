package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"iter"

	"cloud-intelligence/backend/finops"
)

// ChargeKeys calls fn for the charges with ids from first to last, in order: what each
// refers to and its measures, which CellAmount decodes. keys and measures are reused between
// calls; fn ends the reading by returning an error.
func (db *DB) ChargeKeys(ctx context.Context, first, last int64, fn func(line int64, keys *[GroupCount]uint32, measures *[MeasureCount]any) error) error {
	query := "SELECT id, period_id, bill_id, sku_id, resource_id, coalesce(extra_id, 0)"
	for _, m := range Measures {
		query += ", " + quote(m)
	}
	query += " FROM charge WHERE id BETWEEN ? AND ? ORDER BY id"
	return db.rawRows(ctx, query, []driver.Value{first, last}, func(rows driver.Rows) error {
		var keys [GroupCount]uint32
		var measures [MeasureCount]any
		cells := make([]driver.Value, 1+GroupCount+MeasureCount)
		for {
			if err := rows.Next(cells); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			line, err := readIDs(cells[:1+GroupCount], &keys)
			if err != nil {
				return err
			}
			for m, cell := range cells[1+GroupCount:] {
				measures[m] = cell
			}
			if err := fn(line, &keys, &measures); err != nil {
				return err
			}
		}
	})
}

// PeriodTexts calls fn for every charge period with the text of its start; nil = the file gives
// none.
func (db *DB) PeriodTexts(ctx context.Context, fn func(p PeriodRow, start *string)) error {
	rows, err := db.read.QueryContext(ctx, `SELECT p.id, p.start, p.day, t.value FROM period p LEFT JOIN text t ON t.id = p."ChargePeriodStart" ORDER BY p.id`)
	if err != nil {
		return db.explain(err, "read the charge periods")
	}
	defer rows.Close()
	for rows.Next() {
		var p PeriodRow
		var start *string
		if err := rows.Scan(&p.ID, &p.StartUnix, &p.Day, &start); err != nil {
			return db.explain(err, "read the charge periods")
		}
		fn(p, start)
	}
	return db.explain(rows.Err(), "read the charge periods")
}

// readIDs reads the number of a line and what it refers to.
func readIDs(cells []driver.Value, keys *[GroupCount]uint32) (line int64, err error) {
	for i, cell := range cells {
		id, ok := cell.(int64)
		if !ok || id < 0 || id > 1<<32-1 && i > 0 {
			return 0, finops.Errorf(finops.CodeCorrupt, "A charge line is damaged: it refers to nothing.")
		}
		if i == 0 {
			line = id
		} else {
			keys[i-1] = uint32(id)
		}
	}
	return line, nil
}

// RollupKeys says where lines go in the daily rollup: by id of the rows of SKU and
// Resource the facet, by id of those of Period the day.
type RollupKeys struct {
	SKUFacets, ResourceFacets []uint32
	Days                      []finops.Day
}

// RollupKeys reads where the lines go in the daily rollup.
func (db *DB) RollupKeys(ctx context.Context) (k RollupKeys, err error) {
	for query, add := range map[string]func(id, to int64){
		"SELECT id, facet_id FROM sku ORDER BY id":      func(id, to int64) { k.SKUFacets = put(k.SKUFacets, id, uint32(to)) },
		"SELECT id, facet_id FROM resource ORDER BY id": func(id, to int64) { k.ResourceFacets = put(k.ResourceFacets, id, uint32(to)) },
		"SELECT id, day FROM period ORDER BY id":        func(id, to int64) { k.Days = put(k.Days, id, finops.Day(to)) },
	} {
		if err := db.eachPair(ctx, query, add); err != nil {
			return k, err
		}
	}
	return k, nil
}

func put[T any](list []T, at int64, v T) []T {
	for int64(len(list)) <= at {
		var none T
		list = append(list, none)
	}
	list[at] = v
	return list
}

func (db *DB) eachPair(ctx context.Context, query string, fn func(a, b int64)) error {
	return db.rawRows(ctx, query, nil, func(rows driver.Rows) error {
		cells := make([]driver.Value, 2)
		for {
			if err := rows.Next(cells); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			a, okA := cells[0].(int64)
			b, okB := cells[1].(int64)
			if !okA || !okB {
				return finops.Errorf(finops.CodeCorrupt, "The workspace is damaged: a reference is no number.")
			}
			fn(a, b)
		}
	})
}

// AllRollup yields every cell of the daily rollup, also of bills that do not count, ordered
// by bill. After an error there are no more.
func (db *DB) AllRollup(ctx context.Context) iter.Seq2[RollupRow, error] {
	const query = `SELECT bill_id, sku_facet_id, resource_facet_id, day, lines, "BilledCost", "EffectiveCost", "ListCost", "ContractedCost" FROM rollup ORDER BY bill_id`
	return func(yield func(RollupRow, error) bool) {
		err := db.rawRows(ctx, query, nil, func(rows driver.Rows) error {
			cells := make([]driver.Value, 5+CostCount)
			for {
				if err := rows.Next(cells); errors.Is(err, io.EOF) {
					return nil
				} else if err != nil {
					return err
				}
				if row, err := readRollup(cells); err != nil || !yield(row, nil) {
					return err
				}
			}
		})
		if err != nil {
			yield(RollupRow{}, err)
		}
	}
}

func readRollup(cells []driver.Value) (r RollupRow, err error) {
	var ids [5]int64
	for i := range ids {
		id, ok := cells[i].(int64)
		if !ok {
			return r, finops.Errorf(finops.CodeCorrupt, "A cell of the daily totals is damaged.")
		}
		ids[i] = id
	}
	r = RollupRow{Bill: uint32(ids[0]), SKUFacet: uint32(ids[1]), ResourceFacet: uint32(ids[2]), Day: finops.Day(ids[3]), Lines: ids[4]}
	for m, cell := range cells[len(ids):] {
		a, known, err := rollupAmount(cell)
		if err != nil {
			return r, err
		}
		if known {
			r.Amounts[m] = &finops.Sum{}
			r.Amounts[m].Add(a)
		}
	}
	return r, nil
}

// rollupAmount decodes a sum, which may be longer than the amount of any line.
func rollupAmount(cell any) (a finops.Amount, known bool, err error) {
	switch v := cell.(type) {
	case nil:
		return a, false, nil
	case int64:
		return finops.Unpack(v), true, nil
	case string:
		if a, err = finops.ParseTotal([]byte(v)); err == nil {
			return a, true, nil
		}
	}
	return a, false, finops.WrapError(finops.CodeCorrupt, err, "A cell of the daily totals has an amount that cannot be read.")
}
