package engine

import (
	"context"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// ColumnFact says what the numbers of one column of some lines come to. Costs are given by currency; other
// numbers have Currency "".
type ColumnFact struct {
	Column, Currency string
	Count            int64 // lines with a number; lines without a value, or with a text that is no number, are left out
	Sum              finops.Sum
}

// LinesFacts adds up the numbers in the columns of a question, over the lines from Offset on, Limit at
// most: what Lines would return of them. No line is read for it, so that there can be millions. It answers CodeInvalid for a column that does not
// exist.
func (e *Engine) LinesFacts(ctx context.Context, q LinesQuestion) ([]ColumnFact, error) {
	v, err := e.view(ctx)
	if err != nil {
		return nil, err
	}
	o, err := v.order(ctx, q)
	if err != nil {
		return nil, err
	}
	from, to := min(max(q.Offset, 0), o.total), o.total
	if q.Limit > 0 {
		to = min(to, from+q.Limit)
	}
	currencies, err := v.columnValues(ctx, "BillingCurrency")
	if err != nil {
		return nil, err
	}
	var facts []ColumnFact
	for _, name := range q.Columns {
		found, err := v.columnFacts(ctx, name, o, from, to, currencies)
		if err != nil {
			return nil, err
		}
		facts = append(facts, found...)
	}
	return facts, nil
}

func (v *view) columnFacts(ctx context.Context, name string, o *order, from, to int, currencies *columnValues) ([]ColumnFact, error) {
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	number, err := v.numbers(ctx, name)
	if err != nil {
		return nil, err
	}
	cost := slices.Contains(finops.Metrics, finops.Metric(name))
	facts := map[uint32]*ColumnFact{}
	for at := from; at < to; at++ {
		row := at
		if o.positions != nil {
			row = int(o.positions[at])
		}
		amount, known := number(row)
		if !known {
			continue
		}
		code := uint32(0)
		if cost {
			code = currencies.number(row)
		}
		if facts[code] == nil {
			facts[code] = &ColumnFact{Column: name}
			if cost {
				facts[code].Currency = deref(currencies.values[code])
			}
		}
		facts[code].Count++
		facts[code].Sum.Add(amount)
	}
	list := make([]ColumnFact, 0, len(facts))
	for _, f := range facts {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b ColumnFact) int { return strings.Compare(a.Currency, b.Currency) })
	return list, nil
}

// numbers returns how to find the number in a column of a line, by its place.
func (v *view) numbers(ctx context.Context, name string) (func(row int) (finops.Amount, bool), error) {
	if m := store.MeasureIndex(name); m >= 0 {
		c, err := v.factAmounts(ctx, m)
		if err != nil {
			return nil, err
		}
		return c.value, nil
	}
	texts, err := v.columnValues(ctx, name)
	if err != nil {
		return nil, err
	}
	amounts, known := make([]finops.Amount, len(texts.values)), make([]bool, len(texts.values))
	for i, text := range texts.values {
		if text == nil {
			continue
		}
		a, err := finops.ParseAmount([]byte(*text))
		amounts[i], known[i] = a, err == nil
	}
	return func(row int) (finops.Amount, bool) { n := texts.number(row); return amounts[n], known[n] }, nil
}

// columnValues are the distinct values of a column of all lines.
type columnValues struct {
	ids, code []uint32
	values    []*string
}

func (v *view) columnValues(ctx context.Context, name string) (*columnValues, error) {
	d, err := v.resolve(name)
	if err != nil {
		return nil, err
	}
	ids, c, err := v.coded(ctx, d)
	if err != nil {
		return nil, err
	}
	return &columnValues{ids, c.code, c.values}, nil
}

// number is that of the value of a line.
func (c *columnValues) number(row int) uint32 { return c.code[c.ids[row]] }
