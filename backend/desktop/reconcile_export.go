package desktop

import (
	"context"
	"slices"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// invoicesExport says which reconciled invoices an exported table has: the steps to one, or a list of those with
// a status, all where none is named.
type invoicesExport struct {
	Steps    *reconcile.InvoiceKey `json:"steps,omitempty"`
	Statuses []reconcile.Status    `json:"statuses,omitempty"`
}

// ExportList writes the invoices with one of some statuses, all where none is named, to a file that the person
// chooses, as csv or xlsx; "" when the person cancelled.
func (r *Reconciliation) ExportList(statuses []reconcile.Status, format TableFormat) (path string, err error) {
	defer caught(&err)
	return r.export(invoicesExport{Statuses: statuses}, "reconciliation", format)
}

// ExportSteps writes the steps from the ledger to one invoice to a file that the person chooses, as csv or xlsx;
// "" when the person cancelled. Name is that of the file without that of the workspace.
func (r *Reconciliation) ExportSteps(key reconcile.InvoiceKey, name string, format TableFormat) (path string, err error) {
	defer caught(&err)
	return r.export(invoicesExport{Steps: &key}, name, format)
}

func (r *Reconciliation) export(x invoicesExport, name string, format TableFormat) (path string, err error) {
	tableOf := x.list
	if x.Steps != nil {
		key, _, err := x.Steps.Key()
		if err != nil {
			return "", err
		}
		tableOf = func(ctx context.Context, ws *service.Workspace) (*report.Table, error) {
			br, err := ws.Reconciliation.Bridge(ctx, key)
			if err != nil {
				return nil, err
			}
			return ws.Tables.Bridges(ctx, []*reconcile.Bridge{br})
		}
	}
	return r.d.saveTable("Export the reconciliation", name, format, exportParams{Invoices: &x}, func(ctx context.Context, ws *service.Workspace) (*report.Table, int, error) {
		t, err := tableOf(ctx, ws)
		return t, 0, err
	})
}

func (x *invoicesExport) list(ctx context.Context, ws *service.Workspace) (*report.Table, error) {
	all, err := ws.Reconciliation.Bridges(ctx)
	if err != nil {
		return nil, err
	}
	var chosen []*reconcile.Bridge
	for _, br := range all {
		if len(x.Statuses) == 0 || slices.Contains(x.Statuses, br.Status) {
			chosen = append(chosen, br)
		}
	}
	return ws.Tables.Invoices(ctx, chosen)
}
