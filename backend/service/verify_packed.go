package service

import (
	"context"
	"fmt"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

// packedCheck compares lines, which come in order, with the packed columns, one segment in
// memory at a time.
type packedCheck struct {
	db             *store.DB
	heads          []store.SegmentHead // those not reached yet; the first one is unpacked
	costsOnly      map[int64]bool      // first lines of the segments without quantities
	keys           [store.GroupCount][]uint32
	amounts        []*segment.Amounts // of all measures, or of the costs where the quantities are not packed
	ready          bool
	lines          int64
	costsOnlyLines int64  // of these, the lines whose quantities are not packed
	differ         string // the first difference; nothing is compared after it
}

func (p *packedCheck) compare(ctx context.Context, line int64, keys *[store.GroupCount]uint32, values *[store.MeasureCount]lineValue) error {
	if p.differ != "" {
		return nil
	}
	for len(p.heads) > 0 && line >= p.heads[0].FirstLine+int64(p.heads[0].Lines) {
		p.heads, p.ready = p.heads[1:], false
	}
	if len(p.heads) == 0 || line < p.heads[0].FirstLine {
		p.differ = fmt.Sprintf("Line %d is in no packed segment.", line)
		return nil
	}
	if !p.ready {
		err := p.unpack(ctx)
		if finops.CodeOf(err) == finops.CodeCorrupt {
			p.differ = finops.MessageOf(err)
			return nil
		}
		if err != nil {
			return err
		}
	}
	p.lines++
	row := int(line - p.heads[0].FirstLine)
	for g, id := range keys {
		if p.keys[g][row] != id {
			p.differ = fmt.Sprintf("Line %d refers to another %s in the packed segments than in the ledger.", line, store.Group(g))
		}
	}
	for m, packed := range p.amounts {
		if !values[m].isPacked(packed, row) {
			p.differ = fmt.Sprintf("Line %d has another %s in the packed segments than in the ledger.", line, store.Measures[m])
		}
	}
	if len(p.amounts) < store.MeasureCount {
		p.costsOnlyLines++
	}
	return nil
}

// lineValue is a measure of a line as its row has it: an amount, none, or a text that is no number.
type lineValue struct {
	amount finops.Amount
	known  bool
	word   bool
}

// isPacked compares as integers, which nearly all are.
func (l *lineValue) isPacked(column *segment.Amounts, row int) bool {
	switch v := column.Values[row]; {
	case v == segment.None || v == segment.Word || !l.known:
		return (v == segment.None) == (!l.known && !l.word) && (v == segment.Word) == l.word
	case v != segment.Wide:
		coef, ok := l.amount.Rescale(column.Scale)
		return ok && coef == v
	}
	wide, _ := column.At(row)
	return wide.Cmp(l.amount) == 0
}

func (p *packedCheck) unpack(ctx context.Context) error {
	packed := p.db.Packed(p.heads[0])
	for g := range p.keys {
		p.keys[g] = make([]uint32, packed.Lines)
		if err := packed.Keys(ctx, store.Group(g), p.keys[g]); err != nil {
			return err
		}
	}
	count := store.MeasureCount
	if p.costsOnly[packed.FirstLine] {
		count = store.CostCount
	}
	p.amounts = make([]*segment.Amounts, count)
	for m := range p.amounts {
		var err error
		if p.amounts[m], err = packed.Amounts(ctx, m); err != nil {
			return err
		}
	}
	p.ready = true
	return nil
}
