package desktop

import (
	"context"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// TableFormat is a format in which tables leave.
type TableFormat string

const (
	formatCSV  TableFormat = "csv"
	formatXLSX TableFormat = "xlsx"
)

// progressRows is how many rows are written between two words on the progress.
const progressRows = 1000

// ShownTable is a table of the page: what it shows, unrounded.
type ShownTable struct {
	Title   string        `json:"title"` // names the sheet
	Columns []ShownColumn `json:"columns"`
	// CurrencyColumn holds the currency of the amounts of a row; -1 = there is none.
	CurrencyColumn int         `json:"currencyColumn"`
	Rows           [][]*string `json:"rows"`
}

// ShownColumn is a column of a table of the page.
type ShownColumn struct {
	Name string    `json:"name"`
	Kind ShownKind `json:"kind"`
}

// ShownKind says how a workbook shows the cells of a column; text that is not of the kind
// stays text.
type ShownKind string

const (
	shownText     ShownKind = "text"
	shownDay      ShownKind = "day"
	shownMonth    ShownKind = "month"
	shownTime     ShownKind = "time"
	shownAmount   ShownKind = "amount"
	shownQuantity ShownKind = "quantity"
	shownShare    ShownKind = "share"
	shownCount    ShownKind = "count"
)

var shownKinds = map[ShownKind]report.Kind{
	shownText: report.Text, shownDay: report.Day, shownMonth: report.Month, shownTime: report.Time,
	shownAmount: report.Amount, shownQuantity: report.Quantity, shownShare: report.Share, shownCount: report.Count,
}

func (s ShownTable) table() (*report.Table, error) {
	t := &report.Table{Title: s.Title, Currency: s.CurrencyColumn, Rows: report.List(s.Rows)}
	for _, c := range s.Columns {
		kind, known := shownKinds[c.Kind]
		if !known {
			return nil, finops.Errorf(finops.CodeInvalid, "%q is not a kind of column.", c.Kind)
		}
		t.Columns = append(t.Columns, report.Column{Name: c.Name, Kind: kind})
	}
	if s.CurrencyColumn < -1 || s.CurrencyColumn >= len(s.Columns) {
		return nil, finops.Errorf(finops.CodeInvalid, "The table has no column %d.", s.CurrencyColumn)
	}
	for _, row := range s.Rows {
		if len(row) != len(s.Columns) {
			return nil, finops.Errorf(finops.CodeInvalid, "A row has %d cells, and the table %d columns.", len(row), len(s.Columns))
		}
	}
	return t, nil
}

// ExportLines writes all charge lines that match, not only those of the page, to a file
// that the person chooses, as csv or xlsx; "" when the person cancelled. It shows as a job
// meanwhile.
func (l *Ledger) ExportLines(q LinesQuestion, format TableFormat) (path string, err error) {
	defer caught(&err)
	question, err := q.question()
	if err != nil {
		return "", err
	}
	question.Offset, question.Limit = 0, 0
	return l.d.saveTable("Export charge lines", "charges", format, exportParams{Lines: &q}, func(ctx context.Context, ws *service.Workspace) (*report.Table, int, error) {
		return ws.Tables.Lines(ctx, question, true)
	})
}

// ExportBreakdown writes a cost by the values of a column to a file that the person chooses, as
// csv or xlsx, all of them where Top is 0; "" when the person cancelled.
func (l *Ledger) ExportBreakdown(q SpendQuestion, name string, format TableFormat) (path string, err error) {
	defer caught(&err)
	question, err := q.question()
	if err != nil {
		return "", err
	}
	return l.d.saveTable("Export the breakdown", name, format, exportParams{Breakdown: &q}, func(ctx context.Context, ws *service.Workspace) (*report.Table, int, error) {
		t, err := ws.Tables.Spend(ctx, question)
		return t, 0, err
	})
}

// ExportTable writes a table as the page shows it to a file that the person chooses, as csv
// or xlsx; "" when the person cancelled.
func (l *Ledger) ExportTable(table ShownTable, name string, format TableFormat) (path string, err error) {
	defer caught(&err)
	return l.exportShown(table, name, format, l.d.opts.Now())
}

// exportShown writes a table that a page showed at a time.
func (l *Ledger) exportShown(table ShownTable, name string, format TableFormat, at time.Time) (path string, err error) {
	t, err := table.table()
	if err != nil {
		return "", err
	}
	packed, err := table.pack()
	if err != nil {
		return "", err
	}
	return l.d.saveTable("Export the table", name, format, exportParams{Shown: packed}, func(ctx context.Context, ws *service.Workspace) (*report.Table, int, error) {
		info, err := ws.Info(ctx)
		t.Workspace, t.AsOf = info.Name, at
		return t, len(table.Rows), err
	})
}

// ExportList writes a list of the workspace to a file that the person chooses, as csv or xlsx; "" when the person cancelled.
func (l *Ledger) ExportList(list service.ListName, format TableFormat) (path string, err error) {
	defer caught(&err)
	return l.d.saveTable("Export the list", string(list), format, exportParams{List: list}, func(ctx context.Context, ws *service.Workspace) (*report.Table, int, error) {
		t, err := ws.Tables.List(ctx, list)
		return t, 0, err
	})
}

// saveTable asks where to save a table and writes it as a job. The name of the file begins
// with that of the workspace; params says how the table is made again.
func (d *Desktop) saveTable(title, name string, format TableFormat, params exportParams, tableOf func(context.Context, *service.Workspace) (*report.Table, int, error)) (path string, err error) {
	if format != formatCSV && format != formatXLSX {
		return "", finops.Errorf(finops.CodeInvalid, "%q is not a table format.", format)
	}
	r, err := d.window()
	if err != nil {
		return "", err
	}
	h, err := d.session.lease("An export", false)
	if err != nil {
		return "", err
	}
	defer h.release()
	info, err := h.ws.Info(d.ctx)
	if err != nil {
		return "", err
	}
	path, err = r.SaveFileDialog(saveDialog(title, info.Name+" "+name+"."+string(format)))
	if err != nil {
		return "", errDialog(err)
	}
	if path == "" {
		return "", nil
	}
	path = withExtension(path, "."+string(format))
	switch chosen := TableFormat(strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))); chosen {
	case formatCSV, formatXLSX:
		format = chosen // what the person typed decides
	}
	params.Path, params.Name = path, name
	_, err = h.ws.Jobs.Do(d.ctx, service.KindExport, "Export "+filepath.Base(path), params, func(ctx context.Context, handle *job.Handle) (any, error) {
		t, total, err := tableOf(ctx, h.ws)
		if err != nil {
			return nil, err
		}
		t.Rows = counted(t.Rows, handle, int64(total))
		return nil, saveFile(path, func(out io.Writer) error {
			var done report.Written
			if format == formatXLSX {
				done, err = t.WriteXLSX(out, report.XLSXOptions{})
			} else {
				done.Rows, err = t.WriteCSV(out, report.CSVOptions{Spreadsheet: true})
			}
			if err == nil {
				handle.Finish(job.Outcome{Lines: done.Rows, Path: path})
			}
			return err
		})
	}, h.release)
	if err != nil {
		return "", err
	}
	return path, nil
}

// counted reports the progress of rows while they are written.
func counted(rows iter.Seq2[[]*string, error], h *job.Handle, total int64) iter.Seq2[[]*string, error] {
	return func(yield func([]*string, error) bool) {
		written := int64(0)
		for row, err := range rows {
			if written++; written%progressRows == 0 {
				h.Progress(written, total, written, "Writing")
			}
			if !yield(row, err) {
				return
			}
		}
	}
}
