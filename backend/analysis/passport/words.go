package passport

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
)

// Percent writes a ratio with one decimal, rounded down, so that 100 % is everything and
// 0 % nothing.
func Percent(n int) string {
	if n > 0 && n < 10 {
		return "under 0.1 %"
	}
	text := strconv.Itoa(n / 100)
	if tenth := n % 100 / 10; tenth > 0 {
		text += "." + strconv.Itoa(tenth)
	}
	return text + " %"
}

// Decimal writes a ratio as a number from 0 to 1.
func Decimal(n int) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%04d", n/One, n%One), "0"), ".")
}

func count[N int | int64](n N) string {
	text := strconv.FormatInt(int64(n), 10)
	for at := len(text) - 3; at > 0 && text[at-1] != '-'; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

func things[N int | int64](n N, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + one + "s"
}

func verb[N int | int64](n N, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// money writes an amount with two decimals; a passport is read, the exact amounts are in
// its measures.
func money(s finops.Sum, currency string) string {
	text := s.Rat().FloatString(2)
	if !s.IsZero() && roundsToZero(s) {
		return strings.TrimSpace("less than 0.01 " + currency)
	}
	whole, cents, _ := strings.Cut(text, ".")
	unsigned, negative := strings.CutPrefix(whole, "-")
	for at := len(unsigned) - 3; at > 0; at -= 3 {
		unsigned = unsigned[:at] + "," + unsigned[at:]
	}
	if negative {
		unsigned = "-" + unsigned
	}
	return strings.TrimSpace(unsigned + "." + cents + " " + currency)
}

// roundsToZero reports whether nothing is left of an amount at two decimals.
func roundsToZero(s finops.Sum) bool {
	return strings.Trim(s.Rat().FloatString(2), "-0.") == ""
}

func billedOf(amounts []Amount) string {
	var parts []string
	for _, a := range amounts {
		parts = append(parts, money(a.Billed, a.Currency))
	}
	if len(parts) == 0 {
		return ""
	}
	return ", billed " + strings.Join(parts, " and ")
}

// agreed is what is said of a share, as "names its resource", of lines in the plural.
func agreed(base, said string) string {
	if !strings.HasSuffix(base, "lines") {
		return said
	}
	return strings.NewReplacer("names", "name", "carries", "carry", "has ", "have ", "its ", "their ", "covers it", "covers them").Replace(said)
}

// rangesMost is how many ranges of months a sentence names.
const rangesMost = 4

// firstRanges are ranges as far as a sentence has room for them: the first ones, and how many more there are.
func firstRanges(months []finops.Month) string {
	text := finops.MonthRanges(months)
	if strings.Count(text, ",") < rangesMost {
		return text
	}
	list := finops.MonthSpans(months)
	return fmt.Sprintf("%s and %d more spans", finops.SpansWords(list[:rangesMost-1]), len(list)-rangesMost+1)
}

// lower lets a sentence follow a colon. What begins with a capital for another reason, as AWS, stays.
func lower(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if next, _ := utf8.DecodeRuneInString(text[size:]); unicode.IsUpper(next) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}

func condition(column string, value *string) finops.Condition {
	return finops.Condition{Column: column, Op: finops.OpIn, Values: []*string{value}}
}

// where adds the provider and account of the set to conditions.
func (s *Set) where(more ...finops.Condition) []finops.Condition {
	if s.whole {
		return more
	}
	text := func(value string) *string {
		if value == "" {
			return nil
		}
		return &value
	}
	return append([]finops.Condition{condition(finops.DimProvider, text(s.Provider)), condition(finops.DimBillingAccount, text(s.Account))}, more...)
}

// span sets the period of a finding to the months of the set.
func (s *Set) span(f *Finding) {
	if n := len(s.Coverage.Months); n > 0 {
		from, to := s.Coverage.Months[0].Month.First(), s.Coverage.Months[n-1].Month.Last()
		f.From, f.To = &from, &to
	}
}
