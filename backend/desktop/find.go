package desktop

import (
	"context"
	"sync"

	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// foundMost is how many values of each column the page gets.
const foundMost = 5

// Found is a value of the ledger that has a searched text in it.
type Found struct {
	Column     string   `json:"column"` // what it is of: ServiceName, Account, BillingAccount, InvoiceId, ResourceId
	Value      string   `json:"value"`
	Name       string   `json:"name"` // of an account; "" = none
	Lines      int64    `json:"lines"`
	Currencies []string `json:"currencies"` // most charges first
}

// finder is the search that runs: a newer one takes its place.
type finder struct {
	mu     sync.Mutex
	cancel context.CancelFunc
}

// begin cancels the search that runs. The caller calls end when its own has ended.
func (f *finder) begin(parent context.Context) (ctx context.Context, end func()) {
	ctx, cancel := context.WithCancel(parent)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cancel != nil {
		f.cancel()
	}
	f.cancel = cancel
	return ctx, cancel
}

// Find looks for services, accounts, invoices and resources that have a text in them. It cancels
// the search before it, so that a person can go on typing; that one answers CodeCancelled.
func (l *Ledger) Find(text string) (found []Found, err error) {
	defer caught(&err)
	ctx, end := l.d.finder.begin(l.d.ctx)
	defer end()
	found = []Found{}
	err = l.d.session.use(func(ws *service.Workspace) error {
		all, err := ws.Ledger.Find(ctx, text, foundMost)
		if err == nil {
			found = wire.Each(all, func(f service.Found) Found { return Found{f.Column, f.Value, f.Name, f.Lines, wire.List(f.Currencies)} })
		}
		return err
	})
	return found, err
}
