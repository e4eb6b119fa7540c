package desktop

import (
	"encoding/json"
	"path/filepath"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
)

// exportParams is what the row of an exported table keeps. One of Lines and Breakdown says how the
// table is made again; a table that was written as the page showed it has neither.
type exportParams struct {
	Path      string         `json:"path"`
	Name      string         `json:"name,omitempty"` // of the file, without that of the workspace
	Lines     *LinesQuestion `json:"lines,omitempty"`
	Breakdown *SpendQuestion `json:"breakdown,omitempty"`
}

func tableParams(j job.Job) (p exportParams, ok bool) {
	ok = j.Kind == service.KindExport && json.Unmarshal(j.Params, &p) == nil && (p.Lines != nil || p.Breakdown != nil)
	return p, ok
}

func canExportAgain(j job.Job) bool {
	_, table := tableParams(j)
	_, charges := service.ChargesOf(j)
	return table || charges
}

// exportAgain asks where to write and makes the export of a job anew.
func (d *Desktop) exportAgain(j job.Job) (path string, err error) {
	if opts, ok := service.ChargesOf(j); ok {
		written, err := d.exportFocus(opts)
		return written.Path, err
	}
	p, ok := tableParams(j)
	format := TableFormat(strings.ToLower(strings.TrimPrefix(filepath.Ext(p.Path), ".")))
	if format != formatXLSX {
		format = formatCSV
	}
	switch ledger := (&Ledger{d}); {
	case !ok:
		return "", finops.Errorf(finops.CodeUnsupported, "This export cannot be made again. Export it from its page.")
	case p.Lines != nil:
		return ledger.ExportLines(*p.Lines, format)
	default:
		return ledger.ExportBreakdown(*p.Breakdown, p.Name, format)
	}
}
