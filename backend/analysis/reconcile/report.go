package reconcile

import (
	"slices"

	"cloud-intelligence/backend/finops"
)

// Report makes a bridge for every figure, and one without a figure for every invoice that
// the ledger knows and nobody has typed: for each invoice id, or for the whole bill where no
// line names an invoice. The newest month comes first.
func (l *Ledger) Report(figures []Figure, today finops.Day) []*Bridge {
	typed := map[Key]bool{}
	var list []*Bridge
	for i := range figures {
		typed[figures[i].Key] = true
		list = append(list, l.Bridge(figures[i].Key, &figures[i], today))
	}
	for of, b := range l.bills {
		for _, currency := range b.currencies() {
			whole := Key{of.Provider, of.Account, of.Month, "", currency}
			if typed[whole] {
				continue
			}
			ids := b.invoices(currency)
			if len(ids) == 0 {
				ids = []string{""}
			}
			for _, id := range ids {
				k := whole
				if k.Invoice = id; !typed[k] {
					list = append(list, l.Bridge(k, nil, today))
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b *Bridge) int { return compareKeys(a.Key, b.Key) })
	return list
}

func compareKeys(a, b Key) int {
	if a.Month != b.Month {
		return int(b.Month - a.Month)
	}
	for _, p := range [][2]string{{a.Provider, b.Provider}, {a.Account, b.Account}, {a.Invoice, b.Invoice}, {a.Currency, b.Currency}} {
		if c := compare(p[0], p[1]); c != 0 {
			return c
		}
	}
	return 0
}
