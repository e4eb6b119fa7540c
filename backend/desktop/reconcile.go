package desktop

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// Reconciliation lets the page lay the ledger beside the invoices of the open workspace.
type Reconciliation struct{ d *Desktop }

// List returns every invoice that a person typed, and those of the ledger that nobody did.
func (r *Reconciliation) List() (invoices []ReconciledInvoice, err error) {
	defer caught(&err)
	invoices = []ReconciledInvoice{}
	err = r.d.session.use(func(ws *service.Workspace) error {
		bridges, err := ws.Reconciliation.Bridges(r.d.ctx)
		invoices = converted(bridges, reconciledInvoice)
		return err
	})
	return invoices, err
}

// Bridge leads from the ledger to one invoice.
func (r *Reconciliation) Bridge(key InvoiceKey) (bridge InvoiceBridge, err error) {
	defer caught(&err)
	bridge = invoiceBridge(&reconcile.Bridge{})
	k, _, err := key.key()
	if err != nil {
		return bridge, err
	}
	err = r.d.session.use(func(ws *service.Workspace) error {
		made, err := ws.Reconciliation.Bridge(r.d.ctx, k)
		if err != nil {
			return err
		}
		bridge = invoiceBridge(made)
		return nil
	})
	return bridge, err
}

// Save keeps what an invoice says and returns the name it is kept under. With an ID it
// changes that figure.
func (r *Reconciliation) Save(input FigureInput) (key InvoiceKey, err error) {
	defer caught(&err)
	row, err := input.row()
	if err != nil {
		return key, err
	}
	h, err := r.d.session.lease("Keeping an invoice figure", false)
	if err != nil {
		return key, err
	}
	defer h.release()
	saved, err := h.ws.Reconciliation.SaveFigure(r.d.ctx, row)
	if err != nil {
		return key, err
	}
	return invoiceKey(saved.Key), nil
}

// Delete forgets a figure.
func (r *Reconciliation) Delete(id int64) (err error) {
	defer caught(&err)
	h, err := r.d.session.lease("Deleting an invoice figure", false)
	if err != nil {
		return err
	}
	defer h.release()
	return h.ws.Reconciliation.DeleteFigure(r.d.ctx, id)
}

// ChooseFile asks for a CSV file of figures with the system's dialog; "" when the person
// cancelled.
func (r *Reconciliation) ChooseFile() (path string, err error) {
	defer caught(&err)
	window, err := r.d.window()
	if err != nil {
		return "", err
	}
	paths, err := window.OpenFilesDialog(Dialog{Title: "Choose a CSV file with invoice figures", Filters: []Filter{{"CSV files", "*.csv;*.txt;*.tsv"}, {"All files", "*"}}})
	if err != nil {
		return "", errDialog(err)
	}
	switch len(paths) {
	case 0:
		return "", nil
	case 1:
		return paths[0], nil
	}
	return "", finops.Errorf(finops.CodeInvalid, "Choose one file.")
}

// Import keeps the figures of a CSV file, all of them or none. Decimal is "auto", "point"
// or "comma".
func (r *Reconciliation) Import(path string, decimal reconcile.Decimal) (done FiguresImport, err error) {
	defer caught(&err)
	done.Replaced = []ReplacedFigure{}
	d, err := reconcile.ParseDecimal(string(decimal))
	if err != nil {
		return done, err
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return done, finops.WrapError(finops.CodeNotFound, err, "%s is not there any more.", filepath.Base(path))
	}
	if err != nil {
		return done, finops.WrapError(finops.CodeDenied, err, "%s cannot be opened.", filepath.Base(path))
	}
	defer func() { _ = file.Close() }() // only read
	h, err := r.d.session.lease("An import of invoice figures", false)
	if err != nil {
		return done, err
	}
	defer h.release()
	made, err := h.ws.Reconciliation.ImportFigures(r.d.ctx, file, d)
	if err != nil {
		return done, err
	}
	return figuresImport(made), nil
}

// SaveTemplate writes a CSV file to fill in where the person chooses; "" when the person
// cancelled.
func (r *Reconciliation) SaveTemplate() (path string, err error) {
	defer caught(&err)
	var rows [][]string
	err = r.d.session.use(func(ws *service.Workspace) error {
		rows, err = ws.Reconciliation.FigureTemplate(r.d.ctx)
		return err
	})
	if err != nil {
		return "", err
	}
	window, err := r.d.window()
	if err != nil {
		return "", err
	}
	path, err = window.SaveFileDialog(saveDialog("Save a file to fill in", "invoice figures.csv"))
	if err != nil {
		return "", errDialog(err)
	}
	if path == "" {
		return "", nil
	}
	path = withExtension(path, ".csv")
	return path, saveFile(path, func(w io.Writer) error {
		_, err := report.Plain("Invoice figures", rows).WriteCSV(w, report.CSVOptions{Spreadsheet: true})
		return err
	})
}

// row reads what the person typed; a sentence names the field that cannot be read.
func (f FigureInput) row() (row reconcile.Row, err error) {
	if row.Key, row.MonthGiven, err = f.Key.key(); err != nil {
		return row, err
	}
	row.ID, row.Version, row.Note = f.ID, f.Version, strings.TrimSpace(f.Note)
	if strings.TrimSpace(f.Total) == "" {
		return row, finops.Errorf(finops.CodeInvalid, "Type the total of the invoice: the amount to pay.")
	}
	for _, field := range []struct {
		name, text string
		to         **finops.Amount
	}{{"Total", f.Total, nil}, {"Tax", f.Tax, &row.Parts.Tax}, {"Credits", f.Credits, &row.Parts.Credits}, {"Marketplace", f.Marketplace, &row.Parts.Marketplace}, {"Other", f.Other, &row.Parts.Other}} {
		if strings.TrimSpace(field.text) == "" {
			continue
		}
		a, err := reconcile.ReadAmount(field.text, reconcile.DecimalAuto)
		if err != nil {
			return row, finops.WrapError(finops.CodeInvalid, err, "%s: %s", field.name, finops.MessageOf(err))
		}
		if field.to == nil {
			row.Total = a
		} else {
			*field.to = &a
		}
	}
	return row, nil
}
