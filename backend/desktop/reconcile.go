package desktop

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// Reconciliation lets the page compare the ledger with the invoices of the open workspace.
type Reconciliation struct{ d *Desktop }

// List returns every invoice whose amount was entered, and those of the ledger whose amount is missing.
func (r *Reconciliation) List() (invoices []reconcile.InvoiceDocument, err error) {
	defer caught(&err)
	invoices = []reconcile.InvoiceDocument{}
	err = r.d.session.use(func(ws *service.Workspace) error {
		bridges, err := ws.Reconciliation.Bridges(r.d.ctx)
		invoices = wire.Each(bridges, (*reconcile.Bridge).Summary)
		return err
	})
	return invoices, err
}

// Bridge leads from the ledger to one invoice.
func (r *Reconciliation) Bridge(key reconcile.InvoiceKey) (bridge reconcile.BridgeDocument, err error) {
	defer caught(&err)
	k, _, err := key.Key()
	if err != nil {
		return bridge, err
	}
	err = r.d.session.use(func(ws *service.Workspace) error {
		made, err := ws.Reconciliation.Bridge(r.d.ctx, k)
		if err != nil {
			return err
		}
		bridge = made.Document()
		return nil
	})
	return bridge, err
}

// Save stores what an invoice says and returns the name it is stored under. With an ID it
// changes these amounts.
func (r *Reconciliation) Save(input FigureInput) (key reconcile.InvoiceKey, err error) {
	defer caught(&err)
	row, err := input.row(reconcile.DecimalAuto, reconcile.DecimalAuto)
	if err != nil {
		return key, err
	}
	h, err := r.d.session.lease("Saving an invoice amount", false)
	if err != nil {
		return key, err
	}
	defer h.release()
	saved, err := h.ws.Reconciliation.SaveFigure(r.d.ctx, row)
	if err != nil {
		return key, err
	}
	return saved.Key.Text(), nil
}

// SaveAll stores those of many amounts that can be stored and says of each what became of it, in the same
// order. Decimal is "auto", "point" or "comma"; "auto" finds out from all totals, and reads each part for itself.
func (r *Reconciliation) SaveAll(inputs []FigureInput, decimal reconcile.Decimal) (outcomes []FigureOutcome, err error) {
	defer caught(&err)
	outcomes = []FigureOutcome{}
	d, err := reconcile.ParseDecimal(string(decimal))
	if err != nil {
		return outcomes, err
	}
	parts := d
	if d == reconcile.DecimalAuto {
		// Of totals in several forms each is read for itself, and those that can be read in two ways are refused.
		if d, err = reconcile.DetectDecimal(totals(inputs)); err != nil {
			d = reconcile.DecimalAuto
		}
	}
	rows := make([]reconcile.Row, len(inputs))
	for i := range inputs {
		rows[i], err = inputs[i].row(d, parts)
		rows[i].Err = err
	}
	h, err := r.d.session.lease("Saving invoice amounts", false)
	if err != nil {
		return outcomes, err
	}
	defer h.release()
	saved, err := h.ws.Reconciliation.SaveFigures(r.d.ctx, rows)
	if err != nil {
		return outcomes, err
	}
	for i, row := range saved {
		outcome := FigureOutcome{Key: inputs[i].Key}
		if row.Err != nil {
			outcome.Problem = finops.MessageOf(row.Err)
		} else {
			outcome.Key = row.Key.Text()
		}
		outcomes = append(outcomes, outcome)
	}
	return outcomes, nil
}

func totals(inputs []FigureInput) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range inputs {
			if !yield(reconcile.WithoutCurrency(inputs[i].Total, inputs[i].Key.Currency)) {
				return
			}
		}
	}
}

// Delete deletes the amounts of an invoice if the stored ones are of the version seen.
func (r *Reconciliation) Delete(id, version int64) (err error) {
	defer caught(&err)
	h, err := r.d.session.lease("Deleting an invoice amount", false)
	if err != nil {
		return err
	}
	defer h.release()
	return h.ws.Reconciliation.DeleteFigure(r.d.ctx, id, version)
}

// ChooseFile asks for a CSV file of invoice amounts with the system's dialog; "" when the person
// cancelled.
func (r *Reconciliation) ChooseFile() (path string, err error) {
	defer caught(&err)
	window, err := r.d.window()
	if err != nil {
		return "", err
	}
	paths, err := window.OpenFilesDialog(Dialog{Title: "Choose a CSV file with invoice amounts", Filters: []Filter{{"CSV files", "*.csv;*.txt;*.tsv"}, {"All files", "*"}}})
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

// Preview reads a CSV file of invoice amounts and saves nothing: SaveAll does, with the inputs of its rows and
// the decimal "point". A file without the columns that are needed answers "unsupported".
func (r *Reconciliation) Preview(path string, decimal reconcile.Decimal) (preview FiguresPreview, err error) {
	defer caught(&err)
	preview.Rows = []FigureRow{}
	d, err := reconcile.ParseDecimal(string(decimal))
	if err != nil {
		return preview, err
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return preview, finops.WrapError(finops.CodeNotFound, err, "%s was moved or deleted. Choose it again.", filepath.Base(path))
	}
	if err != nil {
		return preview, finops.WrapError(finops.CodeDenied, err, "%s cannot be opened.", filepath.Base(path))
	}
	defer func() { _ = file.Close() }() // only read
	err = r.d.session.use(func(ws *service.Workspace) error {
		read, err := ws.Reconciliation.ReadFigures(r.d.ctx, file, d)
		if err != nil {
			return err
		}
		preview = figuresPreview(filepath.Base(path), read)
		return nil
	})
	return preview, err
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
	path, err = window.SaveFileDialog(saveDialog("Save a file to fill in", "invoice amounts.csv"))
	if err != nil {
		return "", errDialog(err)
	}
	if path == "" {
		return "", nil
	}
	path = withExtension(path, ".csv")
	return path, saveFile(path, func(w io.Writer) error {
		_, err := report.Plain("Invoice amounts", rows).WriteCSV(w, report.CSVOptions{Spreadsheet: true})
		return err
	})
}

// row reads what the person typed, the total and the parts each with their decimal sign; a sentence names the
// field that cannot be read.
func (f FigureInput) row(total, parts reconcile.Decimal) (row reconcile.Row, err error) {
	if row.Key, row.MonthGiven, err = f.Key.Key(); err != nil {
		return row, err
	}
	row.ID, row.Version, row.Note = f.ID, f.Version, strings.TrimSpace(f.Note)
	if f.ID == 0 && f.Version == 0 {
		row.Version = -1 // the person saw no amount of this invoice
	}
	if strings.TrimSpace(f.Total) == "" {
		return row, finops.Errorf(finops.CodeInvalid, "Total: Enter the amount to pay.")
	}
	for _, field := range []struct {
		name, text string
		to         **finops.Amount
	}{{"Total", f.Total, nil}, {"Tax", f.Tax, &row.Parts.Tax}, {"Credits", f.Credits, &row.Parts.Credits}, {"Marketplace", f.Marketplace, &row.Parts.Marketplace}, {"Other", f.Other, &row.Parts.Other}} {
		if strings.TrimSpace(field.text) == "" {
			continue
		}
		decimal := parts
		if field.to == nil {
			decimal = total
		}
		a, err := reconcile.ReadAmount(reconcile.WithoutCurrency(field.text, f.Key.Currency), decimal)
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
