package commitment

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// Payment is what of a commitment is paid at its start.
type Payment string

// The payments.
const (
	PayUnknown Payment = ""
	PayNone    Payment = "none"
	PayPartial Payment = "partial"
	PayAll     Payment = "all"
)

// Contract is what the lines of a commitment say of what was bought. What no line says is nil, 0 or "".
type Contract struct {
	Start, End *finops.Day // the last day is the one on which it still runs
	Months     int         // its term
	Payment    Payment
}

// TermColumn returns what notes the value of a column that says something of a contract; ok is false for other columns.
func TermColumn(name string) (note func(*Contract, string), ok bool) {
	if name == "SkuPriceDetails" {
		return noteDetails, true
	}
	note, ok = termColumns[foldTerm(name)]
	return note, ok
}

// Names of AWS reports, of Azure's exports, and of details beside a FOCUS price.
var termColumns = map[string]func(*Contract, string){
	"savingsplanstarttime": noteStart, "reservationstarttime": noteStart, "commitmentdiscountstart": noteStart,
	"savingsplanendtime": noteEnd, "reservationendtime": noteEnd, "commitmentdiscountend": noteEnd,
	"savingsplanpurchaseterm": noteTerm, "pricingleasecontractlength": noteTerm, "leasecontractlength": noteTerm, "purchaseterm": noteTerm, "term": noteTerm, "skuterm": noteTerm,
	"savingsplanpaymentoption": notePayment, "pricingpurchaseoption": notePayment, "purchaseoption": notePayment, "paymentoption": notePayment,
}

func noteStart(c *Contract, text string) {
	if at, ok := finops.ParseTime([]byte(text)); ok {
		day := finops.DayOfUnix(at)
		c.Start = &day
	}
}

// noteEnd reads the end, which providers write as the last moment or as the first one after it.
func noteEnd(c *Contract, text string) {
	if at, ok := finops.ParseTime([]byte(text)); ok {
		day := finops.DayOfUnix(at - 1)
		c.End = &day
	}
}

func notePayment(c *Contract, text string) {
	if p := parsePayment(text); p != "" {
		c.Payment = p
	}
}

// parsePayment reads "No Upfront", "All Upfront", "Monthly" and their kind.
func parsePayment(text string) Payment {
	text = strings.ToLower(text)
	switch {
	case strings.Contains(text, "no upfront"), strings.Contains(text, "monthly"):
		return PayNone
	case strings.Contains(text, "partial"):
		return PayPartial
	case strings.Contains(text, "upfront"):
		return PayAll
	}
	return ""
}

func noteTerm(c *Contract, text string) {
	if months := parseTerm(text); months > 0 {
		c.Months = months
	}
}

var termPattern = regexp.MustCompile(`(?i)^p?([0-9]{1,2}) ?(y|yrs?|years?|m|months?)?$`)

// parseTerm reads a term in months: 1yr, 3 Years, P3Y, 36 (months, as Azure writes them).
func parseTerm(text string) int {
	found := termPattern.FindStringSubmatch(strings.TrimSpace(text))
	if found == nil {
		return 0
	}
	n, err := strconv.Atoi(found[1])
	unit := strings.ToLower(found[2])
	switch {
	case err != nil:
		return 0
	case strings.HasPrefix(unit, "y"), unit == "" && n <= 5:
		n *= 12
	}
	if n != 12 && n != 36 && n != 60 {
		return 0
	}
	return n
}

// noteDetails reads the details of a FOCUS price: keys with the prefix x_, in JSON.
func noteDetails(c *Contract, text string) {
	var details map[string]any
	if json.Unmarshal([]byte(text), &details) != nil {
		return
	}
	for key, value := range details {
		note, known := termColumns[foldTerm(key)]
		if text, isText := value.(string); isText && known {
			note(c, text)
		}
	}
}

// foldTerm brings the spellings of a column's name together: savingsPlan/EndTime, savings_plan_end_time, x_Term.
func foldTerm(name string) string {
	name = strings.TrimPrefix(name, "x_")
	return strings.ToLower(strings.NewReplacer("/", "", "_", "", ":", "", " ", "").Replace(name))
}

var googleTerm = regexp.MustCompile(`(?i)for ([13]) years?$`)

// NoteName reads what the name of a contract of Google Cloud says: "Commitment v1: N2 Cpu in Frankfurt for 1 Year".
func (c *Contract) NoteName(provider, name string) {
	if provider != google {
		return
	}
	c.Payment = PayNone // Google is paid by the month
	if found := googleTerm.FindStringSubmatch(name); found != nil && c.Months == 0 {
		c.Months = 12 * int(found[1][0]-'0')
	}
}

// Settle derives the term from start and end, where no line has it.
func (c *Contract) Settle() {
	if c.Months != 0 || c.Start == nil || c.End == nil {
		return
	}
	days := int(*c.End-*c.Start) + 1
	for _, months := range []int{12, 36, 60} {
		if exact := months * 487 / 16; days >= exact-3 && days <= exact+3 {
			c.Months = months
		}
	}
}

// Merge takes over what other lines of the same commitment say.
func (c *Contract) Merge(o Contract) {
	if c.Start == nil || o.Start != nil && *o.Start < *c.Start {
		c.Start = o.Start
	}
	if c.End == nil || o.End != nil && *o.End > *c.End {
		c.End = o.End
	}
	c.Months = max(c.Months, o.Months)
	if c.Payment == "" {
		c.Payment = o.Payment
	}
}

// EndKind says how the end of a commitment is known.
type EndKind string

// The ways in which an end is known.
const (
	EndUnknown EndKind = ""
	EndStated  EndKind = "stated"  // the bill has the day
	EndCounted EndKind = "counted" // from its start, or its first charge, and its term
	EndLatest  EndKind = "latest"  // it ran when the data began, so it ends at the latest on this day
)

// Expiry is the last day of a commitment with charges from first to last, and how it is known. dataFrom is the first day of the data
// set: a commitment that was charged within a week of it may be older. One that is charged beyond its term was renewed, nobody knows until when.
func (c *Contract) Expiry(first, last, dataFrom finops.Day) (end *finops.Day, how EndKind) {
	const week = 7
	from := first
	switch {
	case c.End != nil:
		return c.End, EndStated
	case c.Months == 0:
		return nil, EndUnknown
	case c.Start != nil:
		from, how = *c.Start, EndCounted
	case first > dataFrom+week:
		how = EndCounted
	default:
		how = EndLatest
	}
	counted := finops.DayOfUnix(from.Time().AddDate(0, c.Months, 0).Unix()) - 1
	if counted < last {
		return nil, EndUnknown
	}
	return &counted, how
}

// MonthsUntil counts the months from a purchase after the day from until a commitment with the last day end covers nothing any more, rounded up.
func MonthsUntil(from, end finops.Day) int {
	a, b := from.Time(), end.Time()
	months := 12*(b.Year()-a.Year()) + int(b.Month()-a.Month())
	if a.AddDate(0, months, 0).Before(b.Add(24 * time.Hour)) {
		months++
	}
	return max(0, months)
}
