package engine

import (
	"context"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// Place says where the line at an offset of a question is stored: the bill row of it, and how many
// lines before it, without a gap, are of the bill rows that same accepts. It answers CodeNotFound where the
// question has no such line.
func (e *Engine) Place(ctx context.Context, q LinesQuestion, at int, same func(bill, other uint32) bool) (bill uint32, before int64, err error) {
	v, err := e.view(ctx)
	if err != nil {
		return 0, 0, err
	}
	o, err := v.order(ctx, q)
	if err != nil {
		return 0, 0, err
	}
	if at < 0 || at >= o.total {
		return 0, 0, finops.Errorf(finops.CodeNotFound, "This line is not there any more. Look at the charges again.")
	}
	row := at
	if o.positions != nil {
		row = int(o.positions[at])
	}
	bills, err := v.factKeys(ctx, store.Bill)
	if err != nil {
		return 0, 0, err
	}
	bill = bills[row]
	for row--; row >= 0 && (bills[row] == bill || same(bill, bills[row])); row-- {
		before++
	}
	return bill, before, nil
}
