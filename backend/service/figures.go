package service

import (
	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
)

// FigureState says what saving a row of a file of invoice amounts does.
type FigureState string

// What saving a row does.
const (
	FigureNew       FigureState = "new"
	FigureUnchanged FigureState = "unchanged" // it is stored so already
	FigureReplaces  FigureState = "replaces"  // other amounts are stored
	FigureRefused   FigureState = "refused"   // it cannot be saved
)

// FigureLine is a line of a file of invoice amounts, the same in the window and in --json.
type FigureLine struct {
	Line int `json:"line"`
	reconcile.InvoiceKey
	Total       string         `json:"total"`       // as the file writes it where the line cannot be saved
	TotalBefore *finops.Amount `json:"totalBefore"` // what is stored of the invoice; null = nothing
	State       FigureState    `json:"state"`
	Problem     string         `json:"problem"` // why it cannot be saved
}

// State says what saving the row does.
func (r *FigureRow) State() FigureState {
	switch {
	case r.Err != nil:
		return FigureRefused
	case r.Before == nil:
		return FigureNew
	case r.Same(r.Before):
		return FigureUnchanged
	}
	return FigureReplaces
}

// Document makes JSON of the row.
func (r *FigureRow) Document() FigureLine {
	d := FigureLine{Line: r.Line, InvoiceKey: r.Key.Text(), Total: r.Total.String(), State: r.State()}
	if r.Before != nil {
		d.TotalBefore = &r.Before.Total
	}
	if r.Err != nil {
		d.Total, d.Problem = r.Text, finops.MessageOf(r.Err)
	}
	return d
}
