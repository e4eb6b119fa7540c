package ingest

import (
	"bytes"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// measures holds what the coder knows of the numbers that the ledger keeps as text, because
// they do not fit its packed form.
type measures struct {
	read  []reading // of the record that is coded
	long  longAmounts
	texts []int // per measure: how many the last block had
}

// reading is what a field came to. Bills give one amount in several columns, often as the
// very same text (billed, effective and the provider's own cost), which is then read once.
type reading struct {
	raw    []byte
	text   string // as the ledger keeps it, "" before it is kept
	amount finops.Amount
	known  bool
	err    error
}

// longAmount is an amount of a line of the block, or a word: a text that is no number.
type longAmount struct {
	row    int
	amount finops.Amount
	word   bool
}

// longAmounts are those of the block by measure, ordered by row.
type longAmounts [store.MeasureCount][]longAmount

// measure reads a number. Costs must be numbers; other measures are kept as they are.
func (c *coder) measure(b *source.Batch, row, m int) (cell int64, amount finops.Amount, known bool, reason string) {
	field := c.layout.measures[m]
	if field < 0 {
		return store.NoAmount, amount, false, ""
	}
	raw := b.Field(row, field)
	if len(raw) == 0 {
		return store.NoAmount, amount, false, ""
	}
	if coef, scale, ok := finops.ParsePlain(raw); ok {
		return finops.PackPlain(coef, scale), finops.NewAmount(coef, int(scale)), true, ""
	}
	if finops.IsNull(raw) {
		c.keepText(m, string(raw))
		return store.TextAmount, amount, false, ""
	}
	x := c.readLong(raw)
	if x.err != nil && m < store.CostCount {
		return 0, amount, false, store.Measures[m] + " " + finops.MessageOf(x.err)
	}
	if x.known && !bareNumber(raw) { // "$50,000.00 ": the ledger holds the number
		if coef, scale, ok := finops.ParsePlain([]byte(x.amount.String())); ok {
			return finops.PackPlain(coef, scale), x.amount, true, ""
		}
		raw = []byte(x.amount.String())
	}
	if x.text == "" {
		x.text = c.copies.of(raw)
		c.measures.read = append(c.measures.read, x)
	}
	c.keepText(m, x.text)
	c.measures.long[m] = append(c.measures.long[m], longAmount{c.block.Rows, x.amount, !x.known})
	return store.TextAmount, x.amount, x.known, ""
}

// readLong reads a number that is not plain, unless another field of the record is the same.
func (c *coder) readLong(raw []byte) reading {
	for i := range c.measures.read {
		if r := &c.measures.read[i]; bytes.Equal(r.raw, raw) {
			return *r
		}
	}
	amount, err := finops.ParseAmount(raw)
	return reading{raw: raw, amount: amount, known: err == nil, err: err}
}

// keepText keeps the text of a measure with the line that is being coded.
func (c *coder) keepText(m int, text string) {
	blk, at := c.block, c.block.Rows
	if blk.AmountTexts[m] == nil {
		expected := 0
		if c.measures.texts != nil {
			expected = c.measures.texts[m]
		}
		blk.AmountTexts[m] = make(map[int]string, expected)
	}
	blk.AmountTexts[m][at] = text
}

// truncate takes back the measures of a record that is rejected.
func (c *coder) truncate(rows int) {
	for m := range c.block.Amounts {
		c.block.Amounts[m] = c.block.Amounts[m][:rows]
		delete(c.block.AmountTexts[m], rows)
	}
	for m, long := range c.measures.long {
		if n := len(long); n > 0 && long[n-1].row == rows {
			c.measures.long[m] = long[:n-1]
		}
	}
}

func (s *measures) endBlock(b *store.Block) {
	s.texts = s.texts[:0]
	for m := range b.AmountTexts {
		s.texts = append(s.texts, len(b.AmountTexts[m]))
	}
	for m := range s.long {
		s.long[m] = s.long[m][:0]
	}
}

// addTotals adds the provider's own measures.
func (c *coder) addTotals(b *source.Batch, row int, bill *billTally) {
	for _, t := range c.layout.totals {
		raw := b.Field(row, t.field)
		if finops.IsNull(raw) {
			continue
		}
		x := reading{known: true}
		if coef, scale, ok := finops.ParsePlain(raw); ok {
			x.amount = finops.NewAmount(coef, int(scale))
		} else {
			x = c.readLong(raw)
		}
		if !x.known {
			continue // the column keeps the text; a measure that is no number has no sum
		}
		if bill.more == nil {
			bill.more = map[finops.Metric]*knownSum{}
		}
		s := bill.more[t.metric]
		if s == nil {
			s = &knownSum{}
			bill.more[t.metric] = s
		}
		s.known++
		s.sum.Add(x.amount)
	}
}

// copies keeps texts. Many are cut from one piece of memory, because a block may keep
// several hundred thousand of them.
type copies struct{ piece strings.Builder }

const pieceBytes = 64 << 10

func (c *copies) of(text []byte) string {
	if len(text) > pieceBytes/8 {
		return string(text)
	}
	if len(text) > c.piece.Cap()-c.piece.Len() {
		c.piece = strings.Builder{}
		c.piece.Grow(pieceBytes)
	}
	at := c.piece.Len()
	c.piece.Write(text) // never fails
	return c.piece.String()[at:]
}

// packSegment packs the block, its text amounts included.
func packSegment(b *store.Block, long *longAmounts) []store.SegmentRow {
	if b.Rows == 0 {
		return nil
	}
	var columns [store.MeasureCount]*segment.Amounts
	for m := range columns {
		columns[m] = segment.NewAmounts(b.Rows, amountsOf(b.Amounts[m], long[m]))
		for _, l := range long[m] {
			if l.word {
				columns[m].Values[l.row] = segment.Word
			}
		}
	}
	return store.PackSegment(store.SegmentHead{FirstLine: b.FirstLine, Lines: b.Rows}, &b.Keys, &columns)
}

// amountsOf returns the function that gives the amounts of a measure. It is quick where it
// is asked for row after row.
func amountsOf(cells []int64, long []longAmount) func(row int) (finops.Amount, bool) {
	next := 0
	return func(row int) (finops.Amount, bool) {
		switch cells[row] {
		case store.NoAmount:
			return finops.Amount{}, false
		case store.TextAmount:
		default:
			return finops.Unpack(cells[row]), true
		}
		if next > 0 && long[next-1].row >= row {
			next = 0
		}
		for next < len(long) && long[next].row < row {
			next++
		}
		if next == len(long) || long[next].row != row || long[next].word {
			return finops.Amount{}, false
		}
		return long[next].amount, true
	}
}
