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
	db      *store.DB
	heads   []store.SegmentHead // those not reached yet; the first one is unpacked
	keys    [store.GroupCount][]uint32
	amounts [store.CostCount]*segment.Amounts
	ready   bool
	lines   int64
	differ  string // the first difference; nothing is compared after it
}

func (p *packedCheck) compare(ctx context.Context, line int64, keys *[store.GroupCount]uint32, amounts *[store.CostCount]finops.Amount, known *[store.CostCount]bool) error {
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
	for m, a := range amounts {
		if !samePacked(p.amounts[m], row, a, known[m]) {
			p.differ = fmt.Sprintf("Line %d has another %s in the packed segments than in the ledger.", line, finops.Metrics[m])
		}
	}
	return nil
}

// samePacked compares as integers, which nearly all are.
func samePacked(packed *segment.Amounts, row int, a finops.Amount, known bool) bool {
	v := packed.Values[row]
	if v == segment.None || !known {
		return (v == segment.None) == !known
	}
	if v != segment.Wide {
		coef, ok := a.Rescale(packed.Scale)
		return ok && coef == v
	}
	wide, _ := packed.At(row)
	return wide.Cmp(a) == 0
}

func (p *packedCheck) unpack(ctx context.Context) error {
	h := p.heads[0]
	for g := range p.keys {
		data, err := p.db.SegmentData(ctx, h.FirstLine, store.Group(g).String())
		if err != nil {
			return err
		}
		p.keys[g] = make([]uint32, h.Lines)
		if err := segment.DecodeIDs(p.keys[g], data); err != nil {
			return err
		}
	}
	for m := range p.amounts {
		data, err := p.db.SegmentData(ctx, h.FirstLine, store.Measures[m])
		if err != nil {
			return err
		}
		var base *segment.Amounts
		if m > 0 { // the other costs are kept as differences from the billed cost
			base = p.amounts[0]
		}
		if p.amounts[m], err = segment.DecodeAmounts(h.Lines, data, base); err != nil {
			return err
		}
	}
	p.ready = true
	return nil
}
