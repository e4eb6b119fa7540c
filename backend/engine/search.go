package engine

import (
	"context"
	"regexp"
	"sort"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

// searchWordsMost is how many words a search has at most: each is a bit of a mask.
const searchWordsMost = 32

// wordMask says which words of a search were found.
type wordMask uint32

// searchWord is a word of a search: a text, and what it is as an amount.
type searchWord struct {
	text   string        // lower case
	bounds []amountRange // of costs that it means; nil when it is no number
}

// amountRange is a range of amounts, both ends included or neither.
type amountRange struct {
	low, high         finops.Amount
	lowOpen, highOpen bool
}

func (r amountRange) holds(a finops.Amount) bool {
	low, high := a.Cmp(r.low), a.Cmp(r.high)
	return (low > 0 || low == 0 && !r.lowOpen) && (high < 0 || high == 0 && !r.highOpen)
}

var (
	quotedOrWord = regexp.MustCompile(`"([^"]+)"|\S+`)
	grouped      = regexp.MustCompile(`^\d{1,3}(,\d{3})+(\.\d+)?$`)
	shortNumber  = regexp.MustCompile(`^\d{1,15}(\.\d{1,12})?$`)
	// amountWord is a number with a sign, parentheses and a currency sign, as $1,234.56 and -12.30€.
	amountWord    = regexp.MustCompile(`^([-−+(]?)(?:[A-Z]{1,3})?\p{Sc}?([-−+]?)(\d[\d.,]*)\p{Sc}?(\)?)$`)
	currencySign  = regexp.MustCompile(`^\p{Sc}$`)
	decimalCommas = regexp.MustCompile(`^\d{1,3}(\.\d{3})*,\d{1,3}$|^\d+,\d{1,3}$`)
)

// searchWords splits a search. What stands between quotes is one word; a currency sign that stands beside others, as in
// "$ 12.30", says nothing.
func searchWords(text string) ([]searchWord, error) {
	var words []searchWord
	found := quotedOrWord.FindAllStringSubmatch(text, -1)
	for _, m := range found {
		if len(found) > 1 && currencySign.MatchString(m[0]) {
			continue
		}
		w := searchWord{text: strings.ToLower(m[1])}
		if m[1] == "" {
			w.text, w.bounds = strings.ToLower(m[0]), amountsOf(m[0])
		}
		words = append(words, w)
	}
	if len(words) > searchWordsMost {
		return nil, finops.Errorf(finops.CodeInvalid, "A search has at most %d words.", searchWordsMost)
	}
	return words, nil
}

// amountsOf returns the amounts that a person means by a number: those that are shown so
// when they are rounded to its digits, and of a number with one decimal also those that begin so. Without a
// sign it means charges and credits; in parentheses it is negative, and a currency sign says nothing.
func amountsOf(word string) []amountRange {
	parts := amountWord.FindStringSubmatch(word)
	if parts == nil || (parts[1] == "(") != (parts[4] == ")") {
		return nil
	}
	sign, digits := parts[1]+parts[2], parts[3]
	switch {
	case grouped.MatchString(digits):
		digits = strings.ReplaceAll(digits, ",", "")
	case decimalCommas.MatchString(digits):
		digits = strings.Replace(strings.ReplaceAll(digits, ".", ""), ",", ".", 1)
	}
	if !shortNumber.MatchString(digits) {
		return nil
	}
	a, err := finops.ParseAmount([]byte(digits))
	if err != nil {
		return nil
	}
	_, fraction, _ := strings.Cut(digits, ".")
	scale := len(fraction) + 2
	coef, ok := a.Rescale(scale)
	if !ok {
		return nil
	}
	below, above := int64(50), int64(50)
	if len(fraction) == 1 {
		above = 95 // 12.3 is the begin of 12.39, which is shown of 12.394
	}
	low, high := finops.NewAmount(coef-below, scale), finops.NewAmount(coef+above, scale)
	if coef == 0 {
		return []amountRange{{low: high.Neg(), high: high, lowOpen: true, highOpen: true}}
	}
	charge := amountRange{low: low, high: high, highOpen: true}
	credit := amountRange{low: high.Neg(), high: low.Neg(), lowOpen: true}
	switch {
	case strings.ContainsAny(sign, "-−("):
		return []amountRange{credit}
	case sign == "+":
		return []amountRange{charge}
	}
	return []amountRange{charge, credit}
}

// search keeps the lines in which every word is found: as text in any column but the
// measures, or as an amount in any of the four costs.
func (l *ledger) search(ctx context.Context, positions []uint32, text string) ([]uint32, error) {
	words, err := searchWords(text)
	if err != nil || len(words) == 0 {
		return positions, err
	}
	s := searcher{all: wordMask(1)<<len(words) - 1}
	if err := s.addTexts(ctx, l, words); err != nil {
		return nil, err
	}
	if err := s.addOwn(ctx, l, words); err != nil {
		return nil, err
	}
	if err := s.addAmounts(ctx, l, words); err != nil {
		return nil, err
	}
	found := []uint32{}
	each(positions, l.lines, func(row uint32) {
		if s.matches(row) {
			found = append(found, row)
		}
	})
	return found, nil
}

// searcher knows where the words of a search are.
type searcher struct {
	all     wordMask
	keys    [][]uint32   // per group of columns in which any word is: the id of each line
	found   [][]wordMask // per such group: the words in each id
	own     map[uint32]wordMask
	amounts []searchAmount
}

// searchAmount tests a cost for a word.
type searchAmount struct {
	word   wordMask
	column *column
	bounds []amountRange
	coefs  []coefRange
}

func (s *searcher) matches(row uint32) bool {
	got := s.own[row]
	for g, ids := range s.keys {
		got |= s.found[g][ids[row]]
	}
	for i := range s.amounts {
		if got == s.all {
			return true
		}
		if a := &s.amounts[i]; got&a.word == 0 && a.holds(row) {
			got |= a.word
		}
	}
	return got == s.all
}

func (a *searchAmount) holds(row uint32) bool {
	coef := a.column.values[row]
	for i, r := range a.coefs {
		if coef == segment.Wide && a.bounds[i].holds(a.column.wides[int(row)]) {
			return true
		}
		if coef >= r.first && coef <= r.last {
			return true
		}
	}
	return false
}

// addTexts finds the words in the texts of the ledger and the lines that have them.
func (s *searcher) addTexts(ctx context.Context, l *ledger, words []searchWord) error {
	inText := make([]wordMask, len(l.texts))
	for id, t := range l.texts {
		if t == "" {
			continue
		}
		lower := strings.ToLower(t)
		for w, word := range words {
			if strings.Contains(lower, word.text) {
				inText[id] |= 1 << w
			}
		}
	}
	for g := range store.GroupCount {
		t, err := l.groupTuples(ctx, store.Group(g))
		if err != nil {
			return err
		}
		found, some := make([]wordMask, t.n), wordMask(0)
		for _, column := range t.texts {
			for id, text := range column {
				if int(text) < len(inText) {
					found[id] |= inText[text]
					some |= inText[text]
				}
			}
		}
		if some == 0 {
			continue
		}
		keys, err := l.factKeys(ctx, store.Group(g))
		if err != nil {
			return err
		}
		s.keys, s.found = append(s.keys, keys), append(s.found, found)
	}
	return nil
}

// addOwn finds the words in the values that are kept with a line.
func (s *searcher) addOwn(ctx context.Context, l *ledger, words []searchWord) error {
	if len(l.ownColumns) == 0 {
		return nil
	}
	s.own = map[uint32]wordMask{}
	for w, word := range words {
		err := l.db.LinesWithOwn(ctx, word.text, func(line int64) {
			i := sort.Search(len(l.heads), func(i int) bool { return l.heads[i].FirstLine > line }) - 1
			if i >= 0 && line < l.heads[i].FirstLine+int64(l.heads[i].Lines) {
				s.own[uint32(l.starts[i])+uint32(line-l.heads[i].FirstLine)] |= 1 << w
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// addAmounts brings the amounts that words mean to the scales of the four costs.
func (s *searcher) addAmounts(ctx context.Context, l *ledger, words []searchWord) error {
	for w, word := range words {
		for m := range store.CostCount {
			if word.bounds == nil {
				break
			}
			c, err := l.factAmounts(ctx, m)
			if err != nil {
				return err
			}
			a := searchAmount{word: 1 << w, column: c, bounds: word.bounds}
			for _, r := range word.bounds {
				a.coefs = append(a.coefs, c.coefsIn(r))
			}
			s.amounts = append(s.amounts, a)
		}
	}
	return nil
}

// coefsIn finds the coefficients of the amounts in a range.
func (c *column) coefsIn(r amountRange) coefRange {
	from, to := finops.OpAtLeast, finops.OpAtMost
	if r.lowOpen {
		from = finops.OpGreater
	}
	if r.highOpen {
		to = finops.OpLess
	}
	return coefRange{
		first: (&amountTest{column: c, op: from}).rangeOf(r.low).first,
		last:  (&amountTest{column: c, op: to}).rangeOf(r.high).last,
	}
}
