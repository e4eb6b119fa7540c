// Package costexplorer is the source "aws-cost-explorer": daily totals by service and account, as the connector of AWS Cost Explorer
// writes them. They are FOCUS with one column more, and a source of their own, so that an export with the charges themselves goes
// before them.
package costexplorer

import (
	"context"
	"slices"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// Mark is the column that distinguishes these files from others in FOCUS format.
const Mark = "x_CostExplorerEstimated"

// Format is that of a Recognition.
const Format = "aws-cost-explorer-csv"

// Source reads the files. It stands before the source of FOCUS files in a registry. The zero value is ready to use.
type Source struct{ focusfile.Source }

var _ source.Source = Source{}

// Name is "aws-cost-explorer".
func (Source) Name() string { return "aws-cost-explorer" }

// Recognize wants the columns of FOCUS and the mark.
func (s Source) Recognize(ctx context.Context, l *source.Look) (source.Recognition, bool, error) {
	h := l.Exact()
	if h == nil || h.Form == source.FormJSON || !slices.Contains(h.Names, Mark) {
		return source.Recognition{}, false, nil
	}
	r, ok, err := s.Source.Recognize(ctx, l)
	r.Format, r.Reason = Format, "It has the daily totals by service and account that AWS Cost Explorer gives."
	return r, ok, err
}
