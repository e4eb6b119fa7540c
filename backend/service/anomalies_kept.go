package service

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
)

// kept reads the anomalies that were found the last time; nil = nobody has looked yet, or in another form.
func (w Anomalies) kept(ctx context.Context, settings *sensitivitySettings) (report *AnomalyReport, stale bool, err error) {
	text, ledger, version, err := w.db.SavedAnomalies(ctx)
	if err != nil || text == "" {
		return nil, true, err
	}
	now, err := w.db.LedgerVersion(ctx)
	if err != nil {
		return nil, true, err
	}
	report = &AnomalyReport{}
	if err := json.Unmarshal([]byte(text), report); err != nil {
		return nil, true, nil //nolint:nilerr // what an older version kept is found again
	}
	return report, ledger != now || version != settings.version, nil
}

// findAndKeep looks at the whole ledger and keeps what it finds.
func (w Anomalies) findAndKeep(ctx context.Context, settings *sensitivitySettings) (*AnomalyReport, error) {
	before, err := w.db.LedgerVersion(ctx)
	if err != nil {
		return nil, err
	}
	report, err := w.detect(ctx, AnomalyQuestion{}, settings)
	if err != nil || w.db.ReadOnly() {
		return report, err
	}
	after, err := w.db.LedgerVersion(ctx)
	if err != nil || after != before {
		return report, err // what was found belongs to neither
	}
	text, err := json.Marshal(report)
	if err != nil {
		return nil, fmt.Errorf("keep the anomalies: %w", err)
	}
	return report, w.db.SaveAnomalies(ctx, string(text), before, settings.version, w.user, w.now())
}

// Page returns the anomalies without looking again where some were kept. stale says that the ledger or the sensitivity has changed since; then
// a job begins that finds them again, unless one runs already.
func (w Anomalies) Page(ctx context.Context) (report *AnomalyReport, stale bool, err error) {
	settings, err := w.settings(ctx)
	if err != nil {
		return nil, false, err
	}
	report, stale, err = w.kept(ctx, settings)
	if err != nil {
		return nil, false, err
	}
	if report == nil || stale && w.db.ReadOnly() {
		if report, err = w.findAndKeep(ctx, settings); err != nil {
			return nil, false, err
		}
		stale = false
	}
	if err := w.enterStates(ctx, report, AnomalyQuestion{}); err != nil || !stale {
		return report, false, err
	}
	return report, true, w.startFinding(ctx)
}

func (w Anomalies) startFinding(ctx context.Context) error {
	_, err := w.book.Start(ctx, KindAnomalies, "Look for anomalies", nil, nil, nil)
	if finops.CodeOf(err) == finops.CodeUnavailable {
		return nil // another process does
	}
	return err
}

// Refresh begins a job that finds again where anomalies were kept and the ledger or the sensitivity has changed since.
func (w Anomalies) Refresh(ctx context.Context) error {
	if w.db.ReadOnly() {
		return nil
	}
	text, _, _, err := w.db.SavedAnomalies(ctx)
	if err != nil || text == "" {
		return err
	}
	if fresh, err := w.fresh(ctx); err != nil || fresh {
		return err
	}
	return w.startFinding(ctx)
}

func (w Anomalies) fresh(ctx context.Context) (bool, error) {
	settings, err := w.settings(ctx)
	if err != nil {
		return false, err
	}
	_, ledger, version, err := w.db.SavedAnomalies(ctx)
	if err != nil {
		return false, err
	}
	now, err := w.db.LedgerVersion(ctx)
	return ledger == now && version == settings.version, err
}

// findJob finds again as a job, until nothing has changed meanwhile.
func (w Anomalies) findJob(ctx context.Context, h *job.Handle, _ json.RawMessage) (any, error) {
	h.Progress(0, 1, 0, "Judging days")
	for {
		settings, err := w.settings(ctx)
		if err != nil {
			return nil, err
		}
		report, err := w.findAndKeep(ctx, settings)
		if err != nil {
			return nil, err
		}
		if fresh, err := w.fresh(ctx); err != nil {
			return nil, err
		} else if fresh || w.db.ReadOnly() {
			h.Finish(job.Outcome{Note: fmt.Sprintf("%d anomalies.", len(report.Anomalies))})
			return nil, nil
		}
	}
}

// enterStates enters what persons and their rules say, and leaves out what is not in the period of a question.
func (w Anomalies) enterStates(ctx context.Context, report *AnomalyReport, q AnomalyQuestion) error {
	marks, err := w.marks(ctx, report.Anomalies)
	if err != nil {
		return err
	}
	mutes, err := w.MuteRules(ctx)
	if err != nil {
		return err
	}
	for i := range report.Anomalies {
		a := &report.Anomalies[i]
		a.enterState(marks[a.ID], mutes)
	}
	report.Anomalies = slices.DeleteFunc(report.Anomalies, func(a Anomaly) bool {
		return q.From != nil && a.Last < *q.From || q.To != nil && a.First > *q.To
	})
	return nil
}
