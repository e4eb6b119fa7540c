package service

import (
	"cmp"
	"context"
	"slices"

	"github.com/cespare/xxhash/v2"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// lineprint is a fingerprint of a line's groups and costs. Two lines with equal ones are
// looked at closely.
type lineprint struct {
	hash uint64
	line int64
}

// duplicateExamples is how many examples of equal lines a data set keeps.
const duplicateExamples = 5

// duplicateChunk is how many lines are read at a time.
const duplicateChunk = 4096

// findDuplicates finds the lines that equal an earlier one of their set in every column.
// What the segments hold was compared by fingerprint; of lines that agree the rest is
// read from the rows: quantities, and columns that are kept with the line.
func (s *survey) findDuplicates(ctx context.Context) error {
	suspects := suspects(s.prints)
	s.prints = nil
	d := &duplicateSearch{survey: s, seen: map[[2]uint64]*equalLines{}}
	for chunk := range slices.Chunk(suspects, duplicateChunk) {
		rows := make([]duplicateRow, 0, len(chunk))
		hashes := make(map[int64]uint64, len(chunk))
		ids := make([]int64, len(chunk))
		for i, p := range chunk {
			hashes[p.line], ids[i] = p.hash, p.line
		}
		keep := func(c *store.ChargeRow) error {
			if hash, wanted := hashes[c.ID]; wanted {
				row := duplicateRow{line: c.ID, keys: c.Keys, billed: c.Amounts[0]}
				row.print = [2]uint64{hash, restOf(c)}
				rows = append(rows, row)
			}
			return nil
		}
		var err error
		if first, last := ids[0], ids[len(ids)-1]; last-first < 4*int64(len(ids)) {
			err = s.db.Charges(ctx, first, last, keep)
		} else {
			err = s.db.ChargesByID(ctx, ids, keep)
		}
		if err != nil {
			return err
		}
		slices.SortFunc(rows, func(a, b duplicateRow) int { return cmp.Compare(a.line, b.line) })
		for _, row := range rows {
			if err := d.add(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// suspects returns the lines whose fingerprint another line has too, in order.
func suspects(prints []lineprint) []lineprint {
	slices.SortFunc(prints, func(a, b lineprint) int { return cmp.Compare(a.hash, b.hash) })
	var found []lineprint
	for i, p := range prints {
		if (i > 0 && prints[i-1].hash == p.hash) || (i+1 < len(prints) && prints[i+1].hash == p.hash) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b lineprint) int { return cmp.Compare(a.line, b.line) })
	return found
}

// restOf hashes what a line has beside its groups and costs.
func restOf(c *store.ChargeRow) uint64 {
	var h uint64
	for m := store.CostCount; m < len(c.Amounts); m++ {
		switch v := c.Amounts[m].(type) {
		case int64:
			a := finops.Unpack(v)
			coef, _ := a.Coef()
			h = scramble(h + fingerprint(coef, a.Scale()) + uint64(m))
		case string:
			if !finops.IsNull([]byte(v)) {
				h = scramble(h + xxhash.Sum64String(v) + uint64(m))
			}
		}
	}
	if c.Own != nil {
		h = scramble(h + xxhash.Sum64String(*c.Own))
	}
	return h
}

type duplicateRow struct {
	line   int64
	keys   [store.GroupCount]uint32
	billed any
	print  [2]uint64
}

// equalLines are the lines of one fingerprint.
type equalLines struct {
	line int64 // the first
	file int
}

type duplicateSearch struct {
	*survey
	seen map[[2]uint64]*equalLines
}

func (d *duplicateSearch) add(row duplicateRow) error {
	first := d.seen[row.print]
	if first == nil {
		d.seen[row.print] = &equalLines{row.line, d.fileOf(row.line)}
		return nil
	}
	bill := d.bills[row.keys[store.Bill]]
	found := &bill.set.duplicates
	found.Lines++
	file := d.fileOf(row.line)
	if file != first.file {
		found.AcrossFiles++
	}
	amount, known, err := store.CellAmount(row.billed)
	if err != nil {
		return err
	}
	e := passport.Duplicate{Line: row.line, FirstLine: first.line, Day: d.spans[row.keys[store.Period]].day, Currency: bill.currency.code, FirstFile: d.fileName(first.file), File: d.fileName(file)}
	if known {
		e.Billed = &amount
		d.addAmount(found, bill.currency.code, amount)
	}
	if len(found.Examples) < duplicateExamples {
		e.ServiceName = d.value(&d.tuples[store.SKU], "ServiceName", int(row.keys[store.SKU]))
		e.ResourceID = d.value(&d.tuples[store.Resource], "ResourceId", int(row.keys[store.Resource]))
		found.Examples = append(found.Examples, e)
	}
	return nil
}

func (d *duplicateSearch) addAmount(found *passport.Duplicates, currency string, amount finops.Amount) {
	at := slices.IndexFunc(found.Amounts, func(a passport.Amount) bool { return a.Currency == currency })
	if at < 0 {
		found.Amounts = append(found.Amounts, passport.Amount{Currency: currency})
		at = len(found.Amounts) - 1
	}
	found.Amounts[at].Billed.Add(amount)
}

func (s *survey) fileName(file int) string {
	if file < 0 {
		return ""
	}
	return s.files[file].Path
}
