package service

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/store"
)

// Progress is what a person decided about a finding. Days are YYYY-MM-DD, "" = none.
type Progress struct {
	State  savings.State `json:"state"`  // one of savings.Decisions
	Reason string        `json:"reason"` // why it is dismissed
	Until  string        `json:"until"`  // the last day on which it is dismissed; "" = for good
	Owner  string        `json:"owner"`  // who sees to it
	Due    string        `json:"due"`    // the day by which it is to be done
	DoneOn string        `json:"doneOn"` // the day on which it was done; its charges before and after are compared
	Note   string        `json:"note"`
}

// The longest texts of a Progress, in characters.
const (
	progressLineMost = 200
	progressNoteMost = 4000
)

// TrackedFinding is a finding about which a person decided something.
type TrackedFinding struct {
	Progress
	Finding   *savings.Finding // as it was when that was decided; nil = its rule is not there any more
	ID        string
	Version   int64
	ChangedAt time.Time
	ChangedBy string
	Measured  *savings.Measurement // of one that is done; nil = not measured yet
	measured  int64                // state of the ledger
}

// Standing is the state that counts on a day: one that was dismissed until an earlier day is open again.
func (t *TrackedFinding) Standing(today finops.Day) savings.State {
	if t.State == savings.Dismissed && t.Until != "" && t.Until < today.String() {
		return savings.Open
	}
	return t.State
}

// ProgressPatch says what changes about findings; nil leaves a part as it is.
type ProgressPatch struct {
	State                                   *savings.State
	Reason, Until, Owner, Due, DoneOn, Note *string
}

// FindingVersion names a finding, and the version of what was decided about it that the person saw: 0 = nothing was, AnyVersion = they did
// not look.
type FindingVersion struct {
	ID   string
	Seen int64
}

// Tracked lists the findings about which a person decided something, by id, also those that are not found any more.
func (w Savings) Tracked(ctx context.Context) ([]TrackedFinding, error) {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return nil, err
	}
	return b.tracked, nil
}

func (w Savings) today() finops.Day { return finops.DayOfUnix(w.now().Unix()) }

func trackedFinding(p store.FindingProgress, c *savings.Catalogue) (TrackedFinding, error) {
	t := TrackedFinding{ID: p.Finding, Version: p.Version, ChangedAt: p.ChangedAt, ChangedBy: p.ChangedBy, measured: p.Ledger}
	if err := json.Unmarshal([]byte(p.Content), &t.Progress); err != nil {
		return t, finops.WrapError(finops.CodeCorrupt, err, "What was decided about the finding %s cannot be read.", p.Finding)
	}
	if found, err := savings.Kept(p.Found, c); err == nil && len(found.Findings) == 1 {
		t.Finding = found.Findings[0]
		t.Finding.Decision = t.State
	}
	if p.Measured != "" {
		t.Measured = &savings.Measurement{}
		if err := json.Unmarshal([]byte(p.Measured), t.Measured); err != nil {
			t.Measured = nil // it is measured again
			t.measured = 0
		}
	}
	return t, nil
}

// decide puts what a person decided into what was found.
func (w Savings) decide(b *ruleBook, r *savings.Result) *savings.Result {
	decisions := map[string]savings.State{}
	for i := range b.tracked {
		decisions[b.tracked[i].ID] = b.tracked[i].Standing(w.today())
	}
	r.Decide(decisions)
	return r
}

// Change decides about findings, all of them or none. It answers CodeNotFound for one that there is not, CodeInvalid for what cannot be decided, and
// CodeConflict, with both values as TrackedFinding, when one was changed since. What a dismissed finding took of others they get when the
// ledger is examined again, which Refresh begins.
func (w Savings) Change(ctx context.Context, findings []FindingVersion, patch ProgressPatch) error {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return err
	}
	found, _, err := w.kept(ctx, b)
	if err == nil && found == nil {
		found, err = w.findAndKeep(ctx, b)
	}
	if err != nil {
		return err
	}
	return w.changeOf(ctx, b, found, findings, patch)
}

// ChangeFound is Change of findings of a result, which may be one of an earlier day: what has been put right since is not found any more.
func (w Savings) ChangeFound(ctx context.Context, found *savings.Result, findings []FindingVersion, patch ProgressPatch) error {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return err
	}
	return w.changeOf(ctx, b, found, findings, patch)
}

func (w Savings) changeOf(ctx context.Context, b *ruleBook, found *savings.Result, findings []FindingVersion, patch ProgressPatch) (err error) {
	var changes []store.ProgressChange
	for _, v := range findings {
		c, err := w.progressChange(b, found, v, patch)
		if err != nil {
			return err
		}
		changes = append(changes, c)
	}
	if err := w.db.SaveProgress(ctx, changes, w.user, w.now()); err != nil {
		return withBoth(err, func(p store.FindingProgress) TrackedFinding {
			t, _ := trackedFinding(p, b.all()) // it was just written
			return t
		})
	}
	if b, err = w.ruleBook(ctx); err != nil {
		return err
	}
	if err := w.measure(ctx, b); err != nil {
		return err
	}
	return w.record(ctx, b)
}

func (w Savings) progressChange(b *ruleBook, found *savings.Result, v FindingVersion, patch ProgressPatch) (store.ProgressChange, error) {
	c := store.ProgressChange{Finding: v.ID, Seen: v.Seen}
	progress := Progress{State: savings.Open}
	var finding *savings.Finding
	if at := slices.IndexFunc(b.tracked, func(t TrackedFinding) bool { return t.ID == v.ID }); at >= 0 {
		progress, finding = b.tracked[at].Progress, b.tracked[at].Finding
	}
	if at := slices.IndexFunc(found.Findings, func(f *savings.Finding) bool { return f.ID == v.ID }); at >= 0 {
		if progress.State != savings.Done || finding == nil { // what it promised before it was done stays
			finding = found.Findings[at]
		}
	}
	if finding == nil {
		return c, finops.Errorf(finops.CodeNotFound, "There is no finding %q; `findings` lists them.", v.ID)
	}
	progress = patch.apply(progress)
	if err := progress.check(w.today()); err != nil {
		return c, err
	}
	content, err := json.Marshal(progress)
	if err != nil {
		return c, finops.WrapError(finops.CodeInternal, err, "What was decided cannot be written.")
	}
	c.Content = string(content)
	c.Subject = strings.TrimSpace(finding.Rule.ID + " " + finding.ResourceID)
	c.Found, err = savings.Keep(&savings.Result{Findings: []*savings.Finding{finding}})
	return c, err
}

// apply changes what the patch says, and clears what the new state does not have.
func (patch ProgressPatch) apply(p Progress) Progress {
	if patch.State != nil {
		p.State = *patch.State
	}
	for _, part := range []struct{ from, to *string }{
		{patch.Reason, &p.Reason}, {patch.Until, &p.Until}, {patch.Owner, &p.Owner}, {patch.Due, &p.Due}, {patch.DoneOn, &p.DoneOn}, {patch.Note, &p.Note},
	} {
		if part.from != nil {
			*part.to = strings.TrimSpace(*part.from)
		}
	}
	if p.State != savings.Dismissed && patch.Reason == nil {
		p.Reason = ""
	}
	if p.State != savings.Dismissed && patch.Until == nil {
		p.Until = ""
	}
	if p.State != savings.Done && patch.DoneOn == nil {
		p.DoneOn = ""
	}
	return p
}

// check answers CodeInvalid for what cannot be decided. A finding that is done without a day was done today.
func (p *Progress) check(today finops.Day) error {
	if !slices.Contains(savings.Decisions(), p.State) {
		return finops.Errorf(finops.CodeInvalid, "%q is no state of a finding: choose open, accepted, planned, done or dismissed.", p.State)
	}
	if p.State == savings.Done && p.DoneOn == "" {
		p.DoneOn = today.String()
	}
	for _, day := range []struct{ name, text string }{{"until", p.Until}, {"due", p.Due}, {"done on", p.DoneOn}} {
		if day.text == "" {
			continue
		}
		d, err := finops.ParseDay(day.text)
		if err != nil {
			return finops.Errorf(finops.CodeInvalid, "%q is no day for %q; write it as 2026-11-30.", day.text, day.name)
		}
		if day.name == "done on" && d > today {
			return finops.Errorf(finops.CodeInvalid, "A finding cannot be done on a day to come (%s).", day.text)
		}
	}
	switch {
	case p.State == savings.Dismissed && p.Reason == "":
		return finops.Errorf(finops.CodeInvalid, "Give the reason why the finding is dismissed.")
	case p.State != savings.Dismissed && (p.Reason != "" || p.Until != ""):
		return finops.Errorf(finops.CodeInvalid, "Only a dismissed finding has a reason and a day until which it is dismissed.")
	case p.State != savings.Done && p.DoneOn != "":
		return finops.Errorf(finops.CodeInvalid, "Only a finding that is done has the day on which it was done.")
	case len([]rune(p.Owner)) > progressLineMost || len([]rune(p.Reason)) > progressLineMost:
		return finops.Errorf(finops.CodeInvalid, "Owner and reason have at most %d characters.", progressLineMost)
	case len([]rune(p.Note)) > progressNoteMost:
		return finops.Errorf(finops.CodeInvalid, "A note has at most %d characters.", progressNoteMost)
	}
	return nil
}

// measure compares the charges before and after of what is done, where the ledger has changed since that was measured.
func (w Savings) measure(ctx context.Context, b *ruleBook) error {
	if w.db.ReadOnly() {
		return nil
	}
	ledger, err := w.db.LedgerVersion(ctx)
	if err != nil {
		return err
	}
	var due []*TrackedFinding
	for i := range b.tracked {
		if t := &b.tracked[i]; t.State == savings.Done && t.Finding != nil && (t.measured != ledger || t.Measured == nil) {
			due = append(due, t)
		}
	}
	if len(due) == 0 {
		return nil
	}
	if err := w.measureAll(ctx, b, due); err != nil {
		return err
	}
	var rows []store.FindingProgress
	for _, t := range due {
		text, err := json.Marshal(t.Measured)
		if err != nil {
			return fmt.Errorf("write a measurement: %w", err)
		}
		rows = append(rows, store.FindingProgress{Finding: t.ID, Version: t.Version, Measured: string(text), Ledger: ledger})
	}
	return w.db.SaveMeasured(ctx, rows, w.user, w.now())
}

// sameEffect are the findings that are done about the same lines, by the filter of these.
func sameEffect(tracked []TrackedFinding) map[string][]*savings.Finding {
	same := map[string][]*savings.Finding{}
	for i := range tracked {
		if t := &tracked[i]; t.State == savings.Done && t.Finding != nil {
			if e := t.Finding.Effect(); e.Reason == "" {
				key := filter.Print(e.Where)
				same[key] = append(same[key], t.Finding)
			}
		}
	}
	return same
}
