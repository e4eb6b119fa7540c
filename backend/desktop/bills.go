package desktop

import (
	"context"

	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// Bills lets the page see which files are used for each bill of the open workspace, how a
// bill came about, and what a newer export changed in it.
type Bills struct{ d *Desktop }

// List returns the bills of the open workspace, the newest month first.
func (b *Bills) List() (bills []service.BillInfo, err error) {
	defer caught(&err)
	err = b.d.session.use(func(ws *service.Workspace) error {
		bills, err = ws.Bills.List(b.d.ctx)
		return err
	})
	return wire.List(bills), err
}

// Changes says what changed between the versions that two imports brought of a bill.
func (b *Bills) Changes(bill ingest.Bill, before, now int64) (change ingest.Change, err error) {
	defer caught(&err)
	err = b.d.session.use(func(ws *service.Workspace) error {
		made, err := ws.Bills.Changes(b.d.ctx, bill, before, now)
		if err == nil {
			change = *made
		}
		return err
	})
	return change, err
}

// UseExport says which export of a bill is used; "*" lets all of them count, "=" the charges under the account of
// this bill in place of those under another one, and "" forgets what was chosen.
func (b *Bills) UseExport(bill ingest.Bill, exportName string) (err error) {
	defer caught(&err)
	h, err := b.d.session.lease("Choosing the export of a bill", true)
	if err != nil {
		return err
	}
	defer h.release()
	if err := h.ws.Bills.UseExport(b.d.ctx, bill, exportName); err != nil {
		return err
	}
	b.d.look()
	return nil
}

// Export writes every version of the bills that are meant to a file that the person chooses, as csv or xlsx; ""
// when the person cancelled.
func (b *Bills) Export(meant service.BillFilter, format TableFormat) (path string, err error) {
	defer caught(&err)
	return b.d.saveTable("Export the history of bills", "history of bills", format, exportParams{Bills: &meant}, func(ctx context.Context, ws *service.Workspace) (*report.Table, int, error) {
		t, err := ws.Tables.Bills(ctx, meant)
		return t, 0, err
	})
}
