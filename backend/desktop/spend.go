package desktop

import (
	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// Spend takes costs apart: the largest rows and the rest, shares, changes and the series over
// time. All answers are of one snapshot of the ledger.
func (l *Ledger) Spend(questions []SpendQuestion) (answers []service.Spend, err error) {
	defer caught(&err)
	answers = []service.Spend{}
	asked := make([]service.SpendQuestion, len(questions))
	for i, q := range questions {
		if asked[i], err = q.question(); err != nil {
			return answers, err
		}
	}
	err = l.d.session.use(func(ws *service.Workspace) error {
		all, err := ws.Ledger.SpendAll(l.d.ctx, asked)
		if err != nil {
			return err
		}
		for i, s := range all {
			answers = append(answers, service.NewSpend(questions[i].Currency, s))
		}
		return nil
	})
	return answers, err
}

// Bases lists the spans with which a period can be compared, without custom ones.
func (l *Ledger) Bases(from, to string) (spans []BaseSpan, err error) {
	defer caught(&err)
	spans = []BaseSpan{}
	var days [2]finops.Day
	for i, text := range []string{from, to} {
		if days[i], err = finops.ParseDay(text); err != nil {
			return spans, err
		}
	}
	if days[0] > days[1] {
		return spans, finops.Errorf(finops.CodeInvalid, "The period ends on %s, before it begins on %s.", to, from)
	}
	for _, base := range spend.Bases {
		if w, ok := base.Window(spend.Window{From: days[0], To: days[1]}); ok {
			spans = append(spans, BaseSpan{base, w.From.String(), w.To.String()})
		}
	}
	return spans, nil
}
