package anomaly

import "math"

// sizes are the powers of ten that come nearest to the units of a currency in a US dollar; 0 for a currency that is not here. They
// convert nothing: they only say from which amount on somebody looks at a day.
var sizes = map[string]int{
	"AED": 1, "BRL": 1, "CNY": 1, "CZK": 1, "DKK": 1, "HKD": 1, "ILS": 1, "MAD": 1, "MXN": 1, "MYR": 1, "NOK": 1, "PEN": 1, "PLN": 1, "QAR": 1, "RON": 1, "SAR": 1, "SEK": 1, "ZAR": 1,
	"BDT": 2, "DOP": 2, "DZD": 2, "EGP": 2, "INR": 2, "ISK": 2, "JPY": 2, "KES": 2, "LKR": 2, "NPR": 2, "PHP": 2, "PKR": 2, "RSD": 2, "RUB": 2, "THB": 2, "TRY": 2, "TWD": 2, "UAH": 2, "UYU": 2,
	"AMD": 3, "ARS": 3, "CLP": 3, "CRC": 3, "HUF": 3, "IQD": 3, "KRW": 3, "KZT": 3, "NGN": 3, "RWF": 3, "TZS": 3, "XAF": 3, "XOF": 3,
	"COP": 4, "IDR": 4, "KHR": 4, "LAK": 4, "MNT": 4, "PYG": 4, "UGX": 4, "UZS": 4, "VND": 4,
}

// least is the amount of a currency that a day must be off by, whatever the leaf costs.
func least(rules Sensitivity, currency string) float64 {
	return rules.Least * math.Pow10(sizes[currency])
}
