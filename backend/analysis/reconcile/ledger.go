package reconcile

import (
	"slices"
	"strings"
	"unicode"

	"cloud-intelligence/backend/finops"
)

// Cell is the billed cost of the charge lines that are alike in everything that decides
// where a line stands in a bridge. Provider and Account are canonical. "" = the lines have no
// value there.
type Cell struct {
	Provider, Account, Currency, Invoice string
	PeriodStart                          string // BillingPeriodStart as the file wrote it
	Category, Class, Publisher, Issuer   string
	Month, ChargeMonth                   finops.Month
	Lines                                int64
	Billed                               *finops.Sum // nil = none of the lines has a billed cost
}

// BillOf names a bill: what a provider charges a billing account for a month.
type BillOf struct {
	Provider, Account string
	Month             finops.Month
}

// ServiceUse says that a bill holds charges of a service.
type ServiceUse struct {
	BillOf
	Currency, Invoice, Service string
}

// ChargeDay says that a bill holds charges of a day.
type ChargeDay struct {
	BillOf
	Day finops.Day
}

// AccountOf names a billing account of a provider.
type AccountOf struct{ Provider, Account string }

// Ledger holds the bills, ready to be laid beside invoices. It is read-only once made.
type Ledger struct {
	bills map[BillOf]*bill
	names map[string]string // of billing accounts
}

// bill is what is held of one bill.
type bill struct {
	BillOf
	cells    []Cell
	starts   []string // the spellings of BillingPeriodStart
	vendors  []string // publishers whose charges are of the marketplace
	services []ServiceUse
	days     []finops.Day    // in order
	coverage finops.Coverage // of the billing account; zero = nothing is known of it
}

// NewLedger puts the sums of the ledger in order. coverage says on which days there are charges of the
// billing accounts; names are the names of billing accounts, for showing.
func NewLedger(cells []Cell, services []ServiceUse, days []ChargeDay, coverage map[AccountOf]finops.Coverage, names map[string]string) *Ledger {
	l := &Ledger{bills: map[BillOf]*bill{}, names: names}
	for _, c := range cells {
		b := l.bill(BillOf{c.Provider, c.Account, c.Month})
		b.cells = append(b.cells, c)
		if !slices.Contains(b.starts, c.PeriodStart) {
			b.starts = append(b.starts, c.PeriodStart)
		}
	}
	for _, s := range services {
		b := l.bill(s.BillOf)
		b.services = append(b.services, s)
	}
	for _, d := range days {
		b := l.bill(d.BillOf)
		b.days = append(b.days, d.Day)
	}
	for _, b := range l.bills {
		slices.Sort(b.starts)
		slices.Sort(b.days)
		b.days = slices.Compact(b.days)
		b.vendors = vendorsOf(b.cells)
		b.coverage = coverage[AccountOf{b.Provider, b.Account}]
	}
	return l
}

func (l *Ledger) bill(of BillOf) *bill {
	b := l.bills[of]
	if b == nil {
		b = &bill{BillOf: of}
		l.bills[of] = b
	}
	return b
}

// vendorsOf lists the publishers of a bill that are neither its provider nor who issues its
// invoices. Names are compared by their canonical form and their first word, since providers
// write their own name in several ways ("Google" and "Google Cloud", the legal entities of AWS).
func vendorsOf(cells []Cell) []string {
	own := map[string]bool{}
	for _, c := range cells {
		own[c.Provider], own[firstWord(c.Provider)], own[firstWord(c.Issuer)] = true, true, true
	}
	var vendors []string
	for _, c := range cells {
		if c.Publisher != "" && !own[finops.CanonicalProvider(c.Publisher)] && !own[firstWord(c.Publisher)] && !slices.Contains(vendors, c.Publisher) {
			vendors = append(vendors, c.Publisher)
		}
	}
	slices.Sort(vendors)
	return vendors
}

func firstWord(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return strings.ToLower(name)
	}
	return words[0]
}

// serviceCount counts the services of an invoice, or of a whole bill.
func (b *bill) serviceCount(k Key) int {
	names := map[string]bool{}
	for _, s := range b.services {
		if s.Currency == k.Currency && (k.Invoice == "" || s.Invoice == k.Invoice) {
			names[s.Service] = true
		}
	}
	return len(names)
}

// invoices lists the invoice ids that a bill's lines name in a currency.
func (b *bill) invoices(currency string) []string {
	var ids []string
	for _, c := range b.cells {
		if c.Currency == currency && c.Invoice != "" && !slices.Contains(ids, c.Invoice) {
			ids = append(ids, c.Invoice)
		}
	}
	slices.Sort(ids)
	return ids
}

func (b *bill) currencies() []string {
	var codes []string
	for _, c := range b.cells {
		if !slices.Contains(codes, c.Currency) {
			codes = append(codes, c.Currency)
		}
	}
	slices.Sort(codes)
	return codes
}

// Find completes a key from what the ledger holds: where exactly one bill fits what is
// given, its provider, account, month and currency are taken over. What stays open stays
// empty; names are matched without regard to case.
func (l *Ledger) Find(k Key, monthKnown bool) (found Key, complete bool) {
	var fits []Key
	for _, b := range l.bills {
		if !fitsName(k.Provider, b.Provider) || !fitsName(k.Account, b.Account) || (monthKnown && k.Month != b.Month) {
			continue
		}
		for _, currency := range b.currencies() {
			if !fitsName(k.Currency, currency) || (k.Invoice != "" && !slices.Contains(b.invoices(currency), k.Invoice)) {
				continue
			}
			fits = append(fits, Key{b.Provider, b.Account, b.Month, k.Invoice, currency})
		}
	}
	if len(fits) == 1 {
		return fits[0], true
	}
	if len(fits) == 0 && k.Invoice != "" { // an invoice that the lines do not name is still of some bill
		id := k.Invoice
		k.Invoice = ""
		found, complete = l.Find(k, monthKnown)
		found.Invoice = id
		return found, complete
	}
	return k, false
}

// Has reports whether the ledger has the bill that a key names.
func (l *Ledger) Has(k Key) bool {
	b := l.bills[BillOf{k.Provider, k.Account, k.Month}]
	return b != nil && slices.Contains(b.currencies(), k.Currency)
}

func fitsName(given, known string) bool { return given == "" || strings.EqualFold(given, known) }

// Spelling returns a provider's name as the ledger writes it.
func (l *Ledger) Spelling(provider string) string {
	for of := range l.bills {
		if of.Provider == provider {
			return provider
		}
	}
	spellings := []string{}
	for of := range l.bills {
		if strings.EqualFold(of.Provider, provider) && !slices.Contains(spellings, of.Provider) {
			spellings = append(spellings, of.Provider)
		}
	}
	if len(spellings) == 1 {
		return spellings[0]
	}
	return provider
}
