package azureexport

import (
	"slices"
	"strings"
	"unicode"

	"cloud-intelligence/backend/finops"
)

// unit is what a UnitOfMeasure says.
type unit struct {
	pricing  string        // PricingUnit
	consumed string        // ConsumedUnit
	block    finops.Amount // consumed units in one pricing unit
	sheet    finops.Amount // the number before the unit, whatever it counts; 0 for none
	single   string        // the unit without that number
}

// readUnit reads a unit of measure. Before a bare count ("10K", "1M/Month", "100") the number
// is a block: the quantity counts blocks and the price is for a block. Before a measure of
// time or size ("10 Hours") it is left over from the price sheet: quantity and price are for
// one. Before anything else ("10000 Transactions") the files do not show which of the two it
// is, so that how much was consumed is unknown. A unit without a number is for one.
func readUnit(text []byte) unit {
	s := strings.TrimSpace(strings.ReplaceAll(string(text), "\u00a0", " "))
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	digits, rest := strings.TrimLeft(s[:i], "0"), strings.TrimSpace(s[i:])
	if i == 0 && s != "" && !strings.EqualFold(s, "unassigned") {
		digits = "1"
	}
	if digits == "" || len(digits) > 12 {
		return unit{pricing: s} // "0 Unassigned"
	}
	var zeros string
	if i > 0 {
		zeros, rest = multiplier(rest)
	}
	sheet, err := finops.ParseAmount([]byte(digits + zeros))
	if err != nil {
		return unit{pricing: s}
	}
	name := unitName(rest)
	u := unit{pricing: name, consumed: name, block: one, sheet: sheet, single: name}
	switch {
	case sheet.Cmp(one) == 0:
	case zeros != "" || rest == "" || rest[0] == '/':
		u.pricing, u.block = sheet.String()+" "+name, sheet
	case !measured(name):
		u.pricing, u.consumed = digits+" "+name, ""
	}
	return u
}

// measures are the words of a unit of time or size.
var measures = []string{"hour", "minute", "second", "day", "month", "bytes", "gb", "gib", "mb", "mib", "tb", "tib", "pb", "pib", "mbps", "gbps"}

func measured(name string) bool {
	for word := range strings.FieldsFuncSeq(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '/' || r == '-' }) {
		if slices.Contains(measures, word) || slices.Contains(measures, strings.TrimSuffix(word, "s")) {
			return true
		}
	}
	return false
}

// multiplier reads the thousands of "10K", "1M/Month" and "1 Million".
func multiplier(rest string) (zeros, left string) {
	if strings.EqualFold(rest, "million") {
		return "000000", ""
	}
	if rest == "s" {
		return "", "" // "10000s"
	}
	for letter, zeros := range map[string]string{"K": "000", "M": "000000", "B": "000000000"} {
		if left, ok := strings.CutPrefix(rest, letter); ok && (left == "" || left[0] == ' ' || left[0] == '/') {
			return zeros, strings.TrimSpace(left)
		}
	}
	return "", rest
}

// unitNames are the words that are not simply a noun in the singular, and those of bills in
// other languages.
var unitNames = map[string]string{
	"": "Units", "hour": "Hours", "hours": "Hours", "1 hour": "Hours", "hora": "Hours", "horas": "Hours", "小时": "Hours", "stunde": "Hours", "stunden": "Hours", "heure": "Hours", "heures": "Hours", "時間": "Hours",
	"day": "Days", "minutes": "Minutes", "seconds": "Seconds", "days": "Days", "months": "Months", "month": "Months", "mes": "Months", "por mes": "Months", "monat": "Months", "mois": "Months", "minute(s)": "Minutes", "gb": "GB", "gib": "GiB", "mb": "MB", "tb": "TB", "gbps": "Gbps", "mbps": "Mbps",
	"gb hour": "GB-Hours", "gib hour": "GiB-Hours", "tb hour": "TB-Hours", "tib hour": "TiB-Hours", "gb second": "GB-Seconds", "gib second": "GiB-Seconds", "tb second": "TB-Seconds", "pb second": "PB-Seconds", "gib minute": "GiB-Minutes",
	"gb hours": "GB-Hours", "gib hours": "GiB-Hours", "gb seconds": "GB-Seconds", "gib seconds": "GiB-Seconds", "vcore": "vCores", "vcpu": "vCPUs",
	"gb / month": "GB/Month", "gb/mes": "GB/Month", "gb/mois": "GB/Month", "gb/monat": "GB/Month", "gb/月": "GB/Month", "gb/hora": "GB/Hour", "mb/month": "MB/Month", "cubic meter/month": "Cubic Meters/Month",
	"core hrs": "Core Hours", "relay hrs": "Relay Hours", "maus": "Users/Month", "vm": "Virtual Machines", "/小时": "Units/Hour", "/月": "Units/Month",
	"api calls": "Requests", "per call": "Calls", "per request": "Requests", "count": "Units", "unit": "Units", "1,000s": "1000 Transactions",
}

// periods are the words that say for how long a unit is priced.
var periods = map[string]string{"daily": "/Day", "hourly": "/Hour", "monthly": "/Month", "annual": "/Year"}

func unitName(word string) string {
	if name, ok := unitNames[strings.ToLower(word)]; ok {
		return name
	}
	if word[0] == '/' {
		return "Units/" + strings.TrimSpace(word[1:])
	}
	if first, rest, ok := strings.Cut(word, " "); ok && rest != "" {
		if period := periods[strings.ToLower(first)]; period != "" {
			return unitName(strings.TrimSpace(rest)) + period
		}
	}
	for _, size := range []string{"GB/", "GiB/", "TB/", "TiB/", "MB/"} {
		if len(word) > len(size) && strings.EqualFold(word[:len(size)], size) {
			return size + strings.ToUpper(word[len(size):len(size)+1]) + word[len(size)+1:]
		}
	}
	last := word[len(word)-1]
	if strings.Contains(word, "/") || last == 's' || last < 'a' || last > 'z' {
		return word
	}
	if c := rune(word[0]); unicode.IsLower(c) {
		word = string(unicode.ToUpper(c)) + word[1:]
	}
	return word + "s"
}
