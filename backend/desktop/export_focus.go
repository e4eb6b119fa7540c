package desktop

import (
	"context"
	"io"
	"path/filepath"

	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/focusout"
	"cloud-intelligence/backend/service"
)

// FocusOptions say what FOCUS file to write.
type FocusOptions struct {
	Format  FocusFormat  `json:"format"`
	Version FocusVersion `json:"version"`
}

// FocusFormat is the encoding of a FOCUS file.
type FocusFormat string

const (
	focusCSV     FocusFormat = "focus-csv"
	focusParquet FocusFormat = "focus-parquet"
)

// FocusVersion is the version of FOCUS that a file follows; "" leaves the charges as they
// were imported.
type FocusVersion string

// The versions that can be asked for.
const (
	FocusAsStored FocusVersion = ""
	Focus10       FocusVersion = "1.0"
	Focus12       FocusVersion = "1.2"
)

// FocusExport is a file that was written; path "" when the person cancelled.
type FocusExport struct {
	Path  string     `json:"path"`
	Lines int64      `json:"lines"`
	Gaps  []FocusGap `json:"gaps"`
}

// FocusGap is a column that lacks values the specification wants.
type FocusGap struct {
	Column string          `json:"column"`
	Reason focusout.Reason `json:"reason"`
	Lines  int64           `json:"lines"`
}

// ExportFocus writes all charge lines to a FOCUS file that the person chooses. It shows as
// a job meanwhile.
func (l *Ledger) ExportFocus(o FocusOptions) (out FocusExport, err error) {
	defer caught(&err)
	return l.d.exportFocus(service.ExportOptions{Format: string(o.Format), Version: string(o.Version)})
}

func (d *Desktop) exportFocus(opts service.ExportOptions) (out FocusExport, err error) {
	out.Gaps = []FocusGap{}
	r, err := d.window()
	if err != nil {
		return out, err
	}
	h, err := d.session.lease("An export", false)
	if err != nil {
		return out, err
	}
	defer h.release()
	state, err := h.ws.Ledger.State(d.ctx)
	if err != nil {
		return out, err
	}
	info, err := h.ws.Info(d.ctx)
	if err != nil {
		return out, err
	}
	asked := FocusOptions{FocusFormat(opts.Format), FocusVersion(opts.Version)}
	path, err := r.SaveFileDialog(focusDialog(info.Name, asked))
	if err != nil {
		return out, errDialog(err)
	}
	if path == "" {
		return out, nil
	}
	if filepath.Ext(path) == "" {
		path += focusExtension(asked)
	}
	lines := state.Lines
	if !opts.Lines.Where.Everything() || opts.Lines.From != nil || opts.Lines.To != nil {
		lines = 0 // how many of them are meant is known at the end
	}
	done, err := h.ws.Exports.ToFile(d.ctx, path, lines, opts, func(ctx context.Context, opts service.ExportOptions) (done *service.Exported, err error) {
		err = saveFile(path, func(out io.Writer) (err error) {
			opts.Out = out
			done, err = h.ws.Exports.Charges(ctx, opts)
			return err
		})
		return done, err
	})
	if err != nil {
		return out, err
	}
	return FocusExport{Path: path, Lines: done.Lines, Gaps: wire.Each(done.Gaps, func(g focusout.Gap) FocusGap {
		return FocusGap{Column: g.Column, Reason: g.Reason, Lines: g.Lines}
	})}, nil
}

func focusExtension(o FocusOptions) string {
	if o.Format == focusParquet {
		return ".parquet"
	}
	return ".csv"
}

func focusDialog(name string, o FocusOptions) Dialog {
	title, extension := "Export as FOCUS", focusExtension(o)
	if name += " FOCUS"; o.Version != "" {
		title, name = title+" "+string(o.Version), name+" "+string(o.Version)
	}
	kind := "CSV files"
	if o.Format == focusParquet {
		kind = "Parquet files"
	}
	return Dialog{Title: title, Name: fileName(name + extension), Filters: []Filter{{kind, "*" + extension}, {"All files", "*"}}}
}
