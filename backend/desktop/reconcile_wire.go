package desktop

import (
	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// FigureInput is what a person typed. ID and version are those of the amounts that they changed; both 0 =
// there were none.
type FigureInput struct {
	ID          int64                `json:"id"`
	Version     int64                `json:"version"`
	Key         reconcile.InvoiceKey `json:"key"`
	Total       string               `json:"total"`
	Tax         string               `json:"tax"`
	Credits     string               `json:"credits"`
	Marketplace string               `json:"marketplace"`
	Other       string               `json:"other"`
	Note        string               `json:"note"`
}

// FigureOutcome says what became of one of many amounts that were to be saved.
type FigureOutcome struct {
	Key     reconcile.InvoiceKey `json:"key"`
	Problem string               `json:"problem"` // why it was not saved, "" = it was
}

// FiguresPreview is what a file of invoice amounts says, before any of it is saved.
type FiguresPreview struct {
	File    string            `json:"file"` // its name without the folder
	Decimal reconcile.Decimal `json:"decimal"`
	LeftOut int               `json:"leftOut"` // lines without any amount, such as those of a template that nobody filled in
	Rows    []FigureRow       `json:"rows"`
}

// FigureRow is a line of a file of invoice amounts. The input is ready to be saved; its amounts have a decimal
// point. Where the line cannot be saved its total is as the file writes it.
type FigureRow struct {
	service.FigureLine
	Input FigureInput `json:"input"`
}

func figuresPreview(name string, file *service.FiguresFile) FiguresPreview {
	return FiguresPreview{File: name, Decimal: file.Decimal, LeftOut: file.Blank, Rows: wire.Each(file.Rows, figureRow)}
}

func figureRow(row service.FigureRow) FigureRow {
	out := FigureRow{FigureLine: row.Document(), Input: figureInput(&row.Figure)}
	out.Input.Total = out.Total
	if row.Before != nil {
		out.Input.ID, out.Input.Version = row.Before.ID, row.Before.Version
	}
	return out
}

func figureInput(f *reconcile.Figure) FigureInput {
	part := func(a *finops.Amount) string {
		if a == nil {
			return ""
		}
		return a.String()
	}
	return FigureInput{
		ID: f.ID, Version: f.Version, Key: f.Key.Text(), Total: f.Total.String(), Tax: part(f.Parts.Tax), Credits: part(f.Parts.Credits),
		Marketplace: part(f.Parts.Marketplace), Other: part(f.Parts.Other), Note: f.Note,
	}
}
