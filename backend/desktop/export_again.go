package desktop

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
)

// exportParams is what the row of an exported table keeps. One of the others says how the
// table is made again.
type exportParams struct {
	Path      string              `json:"path"`
	Name      string              `json:"name,omitempty"` // of the file, without that of the workspace
	Lines     *LinesQuestion      `json:"lines,omitempty"`
	Breakdown *SpendQuestion      `json:"breakdown,omitempty"`
	Quality   service.QualityPart `json:"quality,omitempty"`
	Invoices  *invoicesExport     `json:"invoices,omitempty"`
	Bills     *service.BillFilter `json:"bills,omitempty"`
	List      service.ListName    `json:"list,omitempty"`
	// Shown is a table as a page showed it: a packed ShownTable; none for a large one, and in rows of older versions.
	Shown []byte `json:"shown,omitempty"`
}

// shownMost bounds a table that the row of its export keeps, in bytes once it is packed: some 10,000 rows.
const shownMost = 64 << 10

// pack packs a table for the row of its export; nil = it is too large to be kept.
func (s ShownTable) pack() ([]byte, error) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if err := errors.Join(json.NewEncoder(w).Encode(s), w.Close()); err != nil {
		return nil, fmt.Errorf("pack a table: %w", err)
	}
	if packed.Len() > shownMost {
		return nil, nil
	}
	return packed.Bytes(), nil
}

func unpackShown(packed []byte) (s ShownTable, err error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		err = json.NewDecoder(r).Decode(&s)
	}
	if err != nil {
		return s, finops.WrapError(finops.CodeCorrupt, err, "The table that this export has kept is damaged. Export it from its page.")
	}
	return s, nil
}

func tableParams(j job.Job) (p exportParams, ok bool) {
	ok = j.Kind == service.KindExport && json.Unmarshal(j.Params, &p) == nil && (p.Lines != nil || p.Breakdown != nil || p.Quality != "" || p.Invoices != nil || p.Bills != nil || p.List != "" || p.Shown != nil)
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
	case p.Shown != nil:
		shown, err := unpackShown(p.Shown)
		if err != nil {
			return "", err
		}
		return ledger.exportShown(shown, p.Name, format, j.StartedAt)
	case p.Quality != "":
		return (&Quality{d}).Export(p.Quality, format)
	case p.Invoices != nil:
		return (&Reconciliation{d}).export(*p.Invoices, p.Name, format)
	case p.Bills != nil:
		return (&Bills{d}).Export(*p.Bills, format)
	case p.List != "":
		return ledger.ExportList(p.List, format)
	default:
		return ledger.ExportBreakdown(*p.Breakdown, p.Name, format)
	}
}
