package engine

import (
	"context"
	"maps"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// AccountNames are the names that the files of a workspace give to accounts, by the values
// of the dimensions Account and BillingAccount. A name that one file knows serves the
// charges of all. Where a connection asked the provider, the name that it has today counts.
type AccountNames struct {
	Accounts        map[string]string
	BillingAccounts map[string]string
}

// Of returns the name of a value of a column; "" when it has none.
func (n *AccountNames) Of(column, value string) string {
	if d := builtInNamed(column); d != nil && d.names != nil {
		return d.names(n)[value]
	}
	return ""
}

// HasNames reports whether the values of a column are ids that may have names.
func HasNames(column string) bool {
	d := builtInNamed(column)
	return d != nil && d.names != nil
}

// AccountNames returns the names of the accounts of the ledger.
func (e *Engine) AccountNames(ctx context.Context) (*AccountNames, error) {
	l, err := e.ledger(ctx)
	if err != nil {
		return nil, err
	}
	return l.names(), nil
}

// accountNames gathers the names from the rollup. An account that is its own billing
// account (the payer of an AWS organisation) has one name in both.
func (l *ledger) accountNames() *AccountNames {
	bills, accounts := l.ages()
	n := &AccountNames{
		Accounts:        l.newestNames(l.facets[store.Resource], accounts, "SubAccountId", "SubAccountName"),
		BillingAccounts: l.newestNames(l.bills, bills, "BillingAccountId", "BillingAccountName"),
	}
	l.asked(n.Accounts)
	l.asked(n.BillingAccounts)
	accountsAlone := maps.Clone(n.Accounts)
	complete(n.Accounts, n.BillingAccounts)
	complete(n.BillingAccounts, accountsAlone)
	return n
}

// asked names the ids as their provider does, where it was asked.
func (l *ledger) asked(names map[string]string) {
	for id := range names {
		if name := l.providerNames[id]; name != "" {
			names[id] = name
		}
	}
}

// complete names the ids of one level that have no name ("") as the other level does, and
// leaves out those without any.
func complete(names, other map[string]string) {
	for id, name := range names {
		if name == "" {
			name = other[id]
		}
		if names[id] = name; name == "" {
			delete(names, id)
		}
	}
}

// age orders names: the name of the newest charge counts; of equal days that of a bill
// which counts itself.
type age struct {
	day    finops.Day
	active bool
	seen   bool
}

func (a age) before(b age) bool {
	switch {
	case a.seen != b.seen:
		return b.seen
	case a.day != b.day:
		return a.day < b.day
	}
	return !a.active && b.active
}

// ages finds the newest charge of every bill and of every combination of account and region.
func (l *ledger) ages() (bills, accounts []age) {
	bills, accounts = make([]age, l.bills.n), make([]age, l.facets[store.Resource].n)
	c := l.cube
	for row := range c.n { // the rows are ordered by day
		bill, account := c.keys[store.Bill][row], c.keys[store.Resource][row]
		a := age{l.cubeDays[c.keys[store.Period][row]], l.active[bill], true}
		bills[bill] = a
		if accounts[account].before(a) {
			accounts[account] = a
		}
	}
	return bills, accounts
}

// newestNames returns the newest name of every id of a column; "" = none is known.
func (l *ledger) newestNames(t *tupleSet, ages []age, idColumn, nameColumn string) map[string]string {
	names, newest := map[string]string{}, map[string]age{}
	ids, texts := t.texts[t.columns[idColumn]], t.texts[t.columns[nameColumn]]
	for row := range t.n {
		raw, _ := l.text(ids[row])
		text, _ := l.text(texts[row])
		id, name := finops.CanonicalAccount(raw), strings.TrimSpace(text)
		if id == "" || !ages[row].seen {
			continue
		}
		if strings.EqualFold(finops.CanonicalAccount(name), id) {
			name = "" // it only repeats the id
		}
		if _, met := names[id]; !met {
			names[id] = ""
		}
		if name != "" && !ages[row].before(newest[id]) { // of equals the later row counts
			names[id], newest[id] = name, ages[row]
		}
	}
	return names
}
