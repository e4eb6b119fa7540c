package service

import (
	"context"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// Ledger is the area of the charge lines: questions about them, and the proof that they are whole.
type Ledger struct{ *workspace }

// Ask is AskAll of one question.
func (w Ledger) Ask(ctx context.Context, q finops.Question) (*finops.Answer, error) {
	return w.engine.Ask(ctx, q)
}

// AskAll answers questions of one snapshot of the ledger; see engine.AskAll.
func (w Ledger) AskAll(ctx context.Context, questions ...finops.Question) ([]*finops.Answer, error) {
	return w.engine.AskAll(ctx, questions...)
}

// Lines returns a page of charge lines.
func (w Ledger) Lines(ctx context.Context, q engine.LinesQuestion) (*engine.LinesPage, error) {
	return w.engine.Lines(ctx, q)
}

// LinesFacts adds up the numbers of charge lines by column and currency.
func (w Ledger) LinesFacts(ctx context.Context, q engine.LinesQuestion) ([]engine.ColumnFact, error) {
	return w.engine.LinesFacts(ctx, q)
}

// EachLine calls fn for every charge line that matches, in order; Offset and Limit of q
// hold. The row is reused between calls.
func (w Ledger) EachLine(ctx context.Context, q engine.LinesQuestion, fn func(row []*string) error) error {
	return w.engine.EachLine(ctx, q, fn)
}

// State describes what the ledger holds.
func (w Ledger) State(ctx context.Context) (*engine.State, error) { return w.engine.State(ctx) }

// AccountNames returns the names that the files give to accounts.
func (w Ledger) AccountNames(ctx context.Context) (*engine.AccountNames, error) {
	return w.engine.AccountNames(ctx)
}

// TagKeys returns the tag keys of the ledger, those of most resources first.
func (w Ledger) TagKeys(ctx context.Context) ([]engine.TagKeyState, error) {
	return w.engine.TagKeys(ctx)
}
