package desktop

import (
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Ledger answers the page's questions about the open workspace.
type Ledger struct{ d *Desktop }

// State describes what the ledger holds.
func (l *Ledger) State() (state LedgerState, err error) {
	defer caught(&err)
	state = ledgerState(&engine.State{}, nil, nil)
	err = l.d.session.use(func(ws *service.Workspace) error {
		known, err := ws.Ledger.State(l.d.ctx)
		if err != nil {
			return err
		}
		presets, err := ws.Ledger.Presets(l.d.ctx, known)
		if err != nil {
			return err
		}
		imports, err := ws.Imports.List(l.d.ctx)
		if err != nil {
			return err
		}
		state = ledgerState(known, presets, importedAt(imports))
		return nil
	})
	return state, err
}

// TagKeys returns the tag keys of the ledger, those of most resources first. Every tag is read for it, so it is not
// part of the state, which the first page waits for.
func (l *Ledger) TagKeys() (keys []TagKeyState, err error) {
	defer caught(&err)
	keys = []TagKeyState{}
	err = l.d.session.use(func(ws *service.Workspace) error {
		known, err := ws.Ledger.TagKeys(l.d.ctx)
		keys = wire.Each(known, func(k engine.TagKeyState) TagKeyState { return TagKeyState{k.Key, k.Resources} })
		return err
	})
	return keys, err
}

// AccountNames returns the names that the files give to accounts.
func (l *Ledger) AccountNames() (names AccountNames, err error) {
	defer caught(&err)
	names = accountNames(&engine.AccountNames{})
	err = l.d.session.use(func(ws *service.Workspace) error {
		known, err := ws.Ledger.AccountNames(l.d.ctx)
		if err != nil {
			return err
		}
		names = accountNames(known)
		return nil
	})
	return names, err
}

// Ask answers a question.
func (l *Ledger) Ask(q Question) (answer Answer, err error) {
	defer caught(&err)
	answer = Answer{Rows: []AnswerRow{}, Totals: []AnswerRow{}}
	question, err := q.question()
	if err != nil {
		return answer, err
	}
	err = l.d.session.use(func(ws *service.Workspace) error {
		a, err := ws.Ledger.Ask(l.d.ctx, question)
		if err != nil {
			return err
		}
		answer = Answer{Rows: wire.Each(a.Rows, answerRow), Totals: wire.Each(a.Totals, answerRow), Groups: a.Groups}
		return nil
	})
	return answer, err
}

// LinesFacts adds up the numbers in the columns of a question over the lines from its offset on, as many as
// its limit says.
func (l *Ledger) LinesFacts(q LinesQuestion) (facts []ColumnFact, err error) {
	defer caught(&err)
	facts = []ColumnFact{}
	question, err := q.question()
	if err != nil {
		return facts, err
	}
	err = l.d.session.use(func(ws *service.Workspace) error {
		found, err := ws.Ledger.LinesFacts(l.d.ctx, question)
		if err != nil {
			return err
		}
		facts = wire.Each(found, func(f engine.ColumnFact) ColumnFact { return ColumnFact{f.Column, f.Currency, f.Count, f.Sum.String()} })
		return nil
	})
	return facts, err
}

// Origin says where the charge line at an offset of a question comes from.
func (l *Ledger) Origin(q LinesQuestion, at int) (origin service.Origin, err error) {
	defer caught(&err)
	question, err := q.question()
	if err != nil {
		return origin, err
	}
	question.Offset, question.Limit = 0, 0
	err = l.d.session.use(func(ws *service.Workspace) error {
		origin, err = ws.Ledger.Origin(l.d.ctx, question, at)
		return err
	})
	return origin, err
}

// Lines returns a page of charge lines.
func (l *Ledger) Lines(q LinesQuestion) (page LinesPage, err error) {
	defer caught(&err)
	page = linesPage(&engine.LinesPage{})
	question, err := q.question()
	if err != nil {
		return page, err
	}
	err = l.d.session.use(func(ws *service.Workspace) error {
		p, err := ws.Ledger.Lines(l.d.ctx, question)
		if err != nil {
			return err
		}
		page = linesPage(p)
		return nil
	})
	return page, err
}
