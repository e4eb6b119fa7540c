package savings

import (
	"bytes"
	"encoding/json"

	"cloud-intelligence/backend/finops"
)

// creditColumns are where exports of Google keep the credits of a line, as JSON.
var creditColumns = []string{"x_credits", "x_Credits"}

// promotions takes promotional credits out of the cost of lines again: they end, and what is saved then is more. Other credits
// of Google (sustained use, commitments, negotiated discounts, free tier) are prices and stay.
type promotions struct {
	table   *Table
	columns []int
	known   []map[uint32]*finops.Amount // by column and number of its value; nil = no promotion
}

func newPromotions(t *Table, at map[string]int) *promotions {
	p := &promotions{table: t}
	for _, name := range creditColumns {
		if column, ok := at[name]; ok {
			p.columns, p.known = append(p.columns, column), append(p.known, map[uint32]*finops.Amount{})
		}
	}
	return p
}

// cost is the effective cost of a line without promotional credits.
func (p *promotions) cost(b *Batch, line int) (finops.Amount, bool) {
	cost, known := b.Amount(atCost, line)
	if !known {
		return cost, known
	}
	for i, column := range p.columns {
		number := b.Value(column, line)
		promotion, seen := p.known[i][number]
		if !seen {
			promotion = promotionOf(p.table.Values[column][number])
			p.known[i][number] = promotion
		}
		if promotion != nil {
			return minus(cost, *promotion), true
		}
	}
	return cost, true
}

var promotionMark = []byte("PROMOTION")

// promotionOf adds up the promotional credits of a line, which are negative; nil = it has none.
func promotionOf(text *string) *finops.Amount {
	if text == nil || !bytes.Contains([]byte(*text), promotionMark) {
		return nil
	}
	var credits []struct {
		Type   string      `json:"type"`
		Amount json.Number `json:"amount"`
	}
	if json.Unmarshal([]byte(*text), &credits) != nil {
		return nil
	}
	var sum finops.Sum
	for _, c := range credits {
		if c.Type != string(promotionMark) {
			continue
		}
		if a, err := finops.ParseAmount([]byte(c.Amount)); err == nil {
			sum.Add(a)
		}
	}
	if sum.IsZero() {
		return nil
	}
	total := sum.Amount()
	return &total
}
