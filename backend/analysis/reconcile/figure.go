package reconcile

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
)

// Key says which charge lines an invoice is about: what one provider charges one billing
// account for one billing month in one currency. With an Invoice it is only the lines that
// name this invoice.
type Key struct {
	Provider, Account string
	Month             finops.Month
	Invoice           string // "" = the whole bill of the month
	Currency          string // "" = the file names none
}

// Parts are amounts as the invoice prints them; nil = the invoice does not say, or nobody
// typed it. Credits are negative.
type Parts struct {
	Tax, Credits, Marketplace *finops.Amount
	// Other is what the invoice charges and the cost data does not hold, such as support.
	Other *finops.Amount
}

// Figure is what an invoice says, as a person typed or imported it.
type Figure struct {
	ID      int64 // 0 = not kept yet
	Version int64 // raised by every change; when saving, 0 = whatever is stored, below 0 = nothing
	Key
	Total     finops.Amount // the amount to pay
	Parts     Parts
	Note      string
	EnteredAt time.Time
	User      string
}

// The longest texts that a figure may hold.
const (
	nameMax = 300
	noteMax = 2000
)

// CheckGiven answers CodeInvalid with a sentence when something that is given cannot be right, before what is
// missing is looked for.
func (f *Figure) CheckGiven() error {
	for _, text := range []struct {
		what, value string
		most        int
	}{{"provider", f.Provider, nameMax}, {"billing account", f.Account, nameMax}, {"invoice number", f.Invoice, nameMax}, {"note", f.Note, noteMax}} {
		if !utf8.ValidString(text.value) || strings.ContainsFunc(text.value, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
			return finops.Errorf(finops.CodeInvalid, "The %s has characters that cannot be printed. Enter it again.", text.what)
		}
		if utf8.RuneCountInString(text.value) > text.most {
			return finops.Errorf(finops.CodeInvalid, "The %s is longer than %d characters. Shorten it.", text.what, text.most)
		}
	}
	if f.Currency != "" && !isCurrency(f.Currency) {
		return finops.Errorf(finops.CodeInvalid, "%q is not a currency code. Enter three letters, such as USD or EUR.", f.Currency)
	}
	if f.Parts.Credits != nil && f.Parts.Credits.Sign() > 0 {
		return finops.Errorf(finops.CodeInvalid, "Credits lower an invoice. Enter them with a minus: -%s.", f.Parts.Credits)
	}
	return nil
}

// Check answers CodeInvalid with a sentence when a figure cannot be stored.
func (f *Figure) Check() error {
	if err := f.CheckGiven(); err != nil {
		return err
	}
	if f.Provider == "" {
		return finops.Errorf(finops.CodeInvalid, "The provider is missing. Enter who sent the invoice.")
	}
	if f.Month.First() < finops.NewDay(1990, 1, 1) || f.Month.First() > finops.NewDay(2200, 1, 1) {
		return finops.Errorf(finops.CodeInvalid, "%s is not a billing month.", f.Month)
	}
	return nil
}

func isCurrency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Same reports whether two figures say the same of the same invoice, whoever typed them.
func (f *Figure) Same(o *Figure) bool {
	same := func(a, b *finops.Amount) bool { return (a == nil) == (b == nil) && (a == nil || a.Cmp(*b) == 0) }
	return f.Key == o.Key && f.Total.Cmp(o.Total) == 0 && f.Note == o.Note && same(f.Parts.Tax, o.Parts.Tax) &&
		same(f.Parts.Credits, o.Parts.Credits) && same(f.Parts.Marketplace, o.Parts.Marketplace) && same(f.Parts.Other, o.Parts.Other)
}
