package source

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

// Holds says what the objects of a group become.
type Holds int

const (
	// Bills are imported.
	Bills Holds = iota
	// Names say what accounts are called, see NameList.
	Names
	// Documents decide findings of savings, as files do that a person adds.
	Documents
	// Budgets are those that the provider keeps, see ReadBudgets.
	Budgets
)

// Account is an account, a subscription or a project as its provider calls it.
type Account struct {
	ID   string // as bills have it
	Name string
}

// optNames is the option that switches the names of accounts on.
const optNames = "account_names"

// NameOption asks whether accounts are to be called by the names that a provider has for them.
func NameOption(help string) Option {
	return Option{Name: optNames, Label: "Account names", Switch: true, Beside: true, Help: help}
}

// NamesWanted says that NameOption is switched on.
func NamesWanted(values map[string]string) bool { return SwitchedOn(values, optNames) }

// NameList is the data set of the names of accounts that a connection can be asked for beside bills. It is asked for once a day: that is
// its version. Its zero value is switched off, and asks nobody.
type NameList struct {
	// Each asks for the names of all accounts that can be seen, with repeating of its own, and calls found for each. It ends with the error
	// of found. nil = the names are switched off.
	Each func(ctx context.Context, found func(Account) error) error
	// Asked says what Each has called so far.
	Asked func() network.Usage
	Now   func() time.Time
}

// NamesOfAccounts is the data set of names.
const NamesOfAccounts = "account names"

// List calls found for the one object that the names are, where they are switched on.
func (n NameList) List(found func(Object) error) error {
	if n.Each == nil {
		return nil
	}
	return found(Object{Key: "account-names.csv", Size: -1, Version: n.Now().UTC().Format(time.DateOnly), DataSet: NamesOfAccounts, Holds: Names})
}

// Fetch writes the names in the form that ReadNames reads.
func (n NameList) Fetch(ctx context.Context, w io.Writer) error {
	if n.Each == nil {
		return finops.Errorf(finops.CodeNotFound, "The names of accounts are switched off for this connection.")
	}
	out := &Sink{W: w}
	rows := csv.NewWriter(out)
	err := n.Each(ctx, func(a Account) error {
		_ = rows.Write([]string{a.ID, a.Name}) // the sink keeps what goes wrong
		return nil
	})
	if rows.Flush(); out.Err != nil {
		return out.Failed()
	}
	return err
}

// Try adds to the steps of Test the one that asks for the names, where they are switched on and all steps before it went well.
func (n NameList) Try(ctx context.Context, steps Steps) Steps {
	if n.Each == nil || !steps[len(steps)-1].OK {
		return steps
	}
	count := 0
	err := n.Each(ctx, func(Account) error { count++; return nil })
	steps.Add("Read account names", fmt.Sprintf("Names of %s. A sync reads them once a day.", Things(count, "account")), err)
	steps[len(steps)-1].Beside = true
	return steps
}

// Usage is what asking for names has called.
func (n NameList) Usage() network.Usage {
	if n.Asked == nil {
		return network.Usage{}
	}
	return n.Asked()
}

// ReadNames reads the names that Fetch of a NameList has written. It answers CodeCorrupt for anything else.
func ReadNames(r io.Reader) ([]Account, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = 2
	var list []Account
	for {
		row, err := rows.Read()
		switch {
		case errors.Is(err, io.EOF):
			return list, nil
		case err != nil:
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The names of accounts that were fetched cannot be read. Sync again.")
		}
		list = append(list, Account{row[0], row[1]})
	}
}
