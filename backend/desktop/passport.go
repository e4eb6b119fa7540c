package desktop

import (
	"context"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// passportJobLines is the size of a ledger from which a passport takes about a second, so
// that it shows as a job.
const passportJobLines = 500_000

// Quality shows the page how far the data of the open workspace can be relied on.
type Quality struct{ d *Desktop }

// Passport looks at every line, once for a state of the ledger. On a large one it shows as a
// job meanwhile.
func (q *Quality) Passport() (document passport.Document, err error) {
	defer caught(&err)
	h, err := q.d.session.lease("Reading the data quality", false)
	if err != nil {
		return document, err
	}
	defer h.release()
	made, err := q.d.makeDocument(h)
	if err != nil {
		return document, err
	}
	return *made, nil
}

// Export writes a table of the data quality to a file that the person chooses, as csv or xlsx; "" when the person cancelled. It shows as a job
// meanwhile.
func (q *Quality) Export(table service.QualityPart, format TableFormat) (path string, err error) {
	defer caught(&err)
	return q.d.saveTable("Export the data quality", "data quality "+string(table), format, exportParams{Quality: table}, func(ctx context.Context, ws *service.Workspace) (*report.Table, int, error) {
		t, err := ws.Tables.Quality(ctx, table, "")
		return t, 0, err
	})
}

// ExportJSON writes what `passport --json` prints to a file that the person chooses; "" when the person cancelled.
func (q *Quality) ExportJSON() (path string, err error) {
	defer caught(&err)
	window, err := q.d.window()
	if err != nil {
		return "", err
	}
	h, err := q.d.session.lease("An export", false)
	if err != nil {
		return "", err
	}
	defer h.release()
	info, err := h.ws.Info(q.d.ctx)
	if err != nil {
		return "", err
	}
	path, err = window.SaveFileDialog(saveDialog("Export the data quality", info.Name+" data quality.json"))
	if err != nil {
		return "", errDialog(err)
	}
	if path == "" {
		return "", nil
	}
	document, err := q.d.makeDocument(h)
	if err != nil {
		return "", err
	}
	path = withExtension(path, ".json")
	if err := saveFile(path, document.WriteJSON); err != nil {
		return "", err
	}
	return path, nil
}

func (d *Desktop) makeDocument(h *lease) (*passport.Document, error) {
	info, err := h.ws.Info(d.ctx)
	if err != nil {
		return nil, err
	}
	counted, err := h.ws.Quality.Counted(d.ctx)
	if err != nil {
		return nil, err
	}
	passportOf := h.ws.Quality.Passport
	if !counted && info.Lines >= passportJobLines {
		passportOf = func(context.Context) (*passport.Passport, error) { return d.passportJob(h) } //nolint:contextcheck // the job goes on when the page is left
	}
	made, err := passportOf(d.ctx)
	if err != nil {
		return nil, err
	}
	return made.Document(info.Name, "")
}

func (d *Desktop) passportJob(h *lease) (*passport.Passport, error) {
	var made *passport.Passport
	_, err := d.finish(service.JobPassport, "Data quality report", h, func(ctx context.Context, handle *job.Handle) (any, error) {
		handle.Message("Reading every charge line")
		var err error
		made, err = h.ws.Quality.Passport(ctx)
		return nil, err
	})
	return made, err
}
