package desktop

import (
	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/service"
)

// Spend takes costs apart: the largest rows and the rest, shares, changes and the series over
// time. All answers are of one snapshot of the ledger.
func (l *Ledger) Spend(questions []SpendQuestion) (answers []Spend, err error) {
	defer caught(&err)
	answers = []Spend{}
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
		answers = converted(all, func(s *spend.Spend) Spend { return spendAnswer(s) })
		return nil
	})
	return answers, err
}
