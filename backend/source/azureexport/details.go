package azureexport

import (
	"bytes"
	"encoding/json"
	"strings"

	"cloud-intelligence/backend/finops"
)

// details are the facts of AdditionalInfo that FOCUS has columns for.
type details struct {
	instance            string // size of the machine, "Standard_B2s"
	cores               string
	capacityReservation string
	ratio               number // hours of the reservation that an hour of this size uses
}

func readDetails(text []byte) (d details) {
	text = bytes.TrimSpace(text)
	if len(text) < 2 {
		return d
	}
	if text[0] != '{' {
		text = append(append([]byte{'{'}, text...), '}')
	}
	var info struct {
		ServiceType             string
		VCPUs                   json.RawMessage
		VMCapacityReservationID string
		RINormalizationRatio    json.RawMessage
	}
	if json.Unmarshal(text, &info) != nil {
		return d // the column itself is kept as it is
	}
	d.capacityReservation = info.VMCapacityReservationID
	d.ratio = readNumber(bytes.Trim(info.RINormalizationRatio, `"`))
	if strings.HasPrefix(info.ServiceType, "Standard_") || strings.HasPrefix(info.ServiceType, "Basic_") {
		d.instance = info.ServiceType
		if cores := readNumber(bytes.Trim(info.VCPUs, `"`)); cores.known && cores.amount.Sign() > 0 && cores.amount.Scale() == 0 {
			d.cores = cores.amount.String()
		}
	}
	return d
}

// unit is what a UnitOfMeasure says.
type unit struct {
	pricing  string        // PricingUnit
	consumed string        // ConsumedUnit
	block    finops.Amount // consumed units in one pricing unit
}

// readUnit reads a unit of measure. Before a bare count ("10K", "1M", "100") the number is
// a block: the quantity counts blocks and the price is for a block. Before a named unit
// ("10 Hours") it is left over from the price sheet: quantity and price are for one.
func readUnit(text []byte) unit {
	s := strings.TrimSpace(string(text))
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	digits, rest := strings.TrimLeft(s[:i], "0"), s[i:]
	if digits == "" || len(digits) > 12 {
		return unit{pricing: s} // "0 Unassigned", or words only
	}
	zeros := ""
	switch {
	case rest == "K" || strings.HasPrefix(rest, "K "):
		zeros, rest = "000", rest[1:]
	case rest == "M" || strings.HasPrefix(rest, "M "):
		zeros, rest = "000000", rest[1:]
	case strings.TrimSpace(rest) == "Million":
		zeros, rest = "000000", ""
	}
	rest = strings.TrimSpace(rest)
	name := unitName(rest)
	one := finops.NewAmount(1, 0)
	if digits += zeros; digits == "1" || (zeros == "" && rest != "" && rest[0] != '/') {
		return unit{pricing: name, consumed: name, block: one}
	}
	block, err := finops.ParseAmount([]byte(digits))
	if err != nil {
		return unit{pricing: s}
	}
	return unit{pricing: digits + " " + name, consumed: name, block: block}
}

// unitNames are the words that are not simply a noun in the singular.
var unitNames = map[string]string{
	"": "Units", "hour": "Hours", "hours": "Hours", "day": "Days", "days": "Days", "minute": "Minutes", "minutes": "Minutes",
	"second": "Seconds", "seconds": "Seconds", "month": "Months", "months": "Months", "gb": "GB", "gib": "GiB", "mb": "MB", "tb": "TB",
	"gb hour": "GB-Hours", "gib hour": "GiB-Hours", "gb hours": "GB-Hours", "gb second": "GB-Seconds", "gib second": "GiB-Seconds", "vcore": "vCores",
	"/hour": "Units/Hour", "/day": "Units/Day", "/month": "Units/Month", "/year": "Units/Year", "/minute": "Units/Minute",
	"gb/month": "GB/Month", "gib/month": "GiB/Month", "tb/month": "TB/Month", "gb/day": "GB/Day", "gb/hour": "GB/Hour", "gib/hour": "GiB/Hour",
	"api calls": "Requests", "transactions": "Transactions", "count": "Units", "unit": "Units",
}

func unitName(word string) string {
	if name, ok := unitNames[strings.ToLower(word)]; ok {
		return name
	}
	last := word[len(word)-1]
	if strings.ContainsAny(word, "/ ") || last == 's' || last < 'a' || last > 'z' {
		return word
	}
	return word + "s"
}
