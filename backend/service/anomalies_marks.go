package service

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// AnomalyMark is what a person said of an anomaly.
type AnomalyMark struct {
	State anomaly.State `json:"state"` // open, expected or resolved; "" = nothing was said of it
	Note  string        `json:"note"`
	// Of is what was marked; nil in marks of older versions of the program.
	Of        *markedAnomaly `json:"of,omitempty"`
	Version   int64          `json:"-"` // 0 = there is none
	ChangedAt time.Time      `json:"-"`
	ChangedBy string         `json:"-"`

	id string // of the anomaly when it was marked first
}

// markedAnomaly is an anomaly as it was when it was marked. A restatement can move its first day, and with it its id.
type markedAnomaly struct {
	Node     anomaly.Node `json:"node"`
	Currency string       `json:"currency"`
	Up       bool         `json:"up"`
	First    finops.Day   `json:"first"`
	Last     finops.Day   `json:"last"`
}

// overlap is on how many days an anomaly of the same place and direction lies where the marked one did; 0 = it is another one.
func (m *markedAnomaly) overlap(a *Anomaly) int {
	if m == nil || a.Node != m.Node || a.Currency != m.Currency || a.Off > 0 != m.Up {
		return 0
	}
	return max(0, int(min(a.Last, m.Last)-max(a.First, m.First))+1)
}

// markStates are what a person can say of an anomaly.
var markStates = map[anomaly.State]bool{anomaly.Open: true, anomaly.Expected: true, anomaly.Resolved: true}

// noteMost is the length of a note.
const noteMost = 2000

func markOf(n store.Named) AnomalyMark {
	var m AnomalyMark
	_ = json.Unmarshal([]byte(n.Content), &m) // what another version wrote says nothing
	m.id, m.Version, m.ChangedAt, m.ChangedBy = n.Name, n.Version, n.ChangedAt, n.ChangedBy
	return m
}

// marks returns the marks of anomalies by their id: those that were made of them, and those of anomalies that are not there any more which
// lay in the same place on some of the same days, as a restatement can move the first day.
func (w Anomalies) marks(ctx context.Context, list []Anomaly) (map[string]AnomalyMark, error) {
	saved, err := w.db.Outlooks(ctx, store.AnomalyMarks)
	if err != nil || len(saved) == 0 {
		return nil, err
	}
	there := map[string]bool{}
	for i := range list {
		there[list[i].ID] = true
	}
	marks := map[string]AnomalyMark{}
	var moved []AnomalyMark
	for _, n := range saved {
		if m := markOf(n); there[n.Name] {
			marks[n.Name] = m
		} else {
			moved = append(moved, m)
		}
	}
	for _, m := range moved {
		best, most := "", 0
		for i := range list {
			if _, has := marks[list[i].ID]; has {
				continue
			}
			if days := m.Of.overlap(&list[i]); days > most {
				best, most = list[i].ID, days
			}
		}
		if most > 0 {
			marks[best] = m
		}
	}
	return marks, nil
}

// ByID returns an anomaly as it is set, also by an id that it had before its first day moved. It answers CodeNotFound when there is none of the id.
func (w Anomalies) ByID(ctx context.Context, id string) (*Anomaly, error) {
	report, err := w.Find(ctx, AnomalyQuestion{})
	if err != nil {
		return nil, err
	}
	if a := anomalyOf(report.Anomalies, id); a != nil {
		return a, nil
	}
	return nil, finops.Errorf(finops.CodeNotFound, "There is no anomaly %q; `anomalies` lists them.", id)
}

// movedMost bounds by how many days the first day of an anomaly moves when bills are restated.
const movedMost = 31

// anomalyOf is the anomaly of an id, or the one that had it before its first day moved; nil = none.
func anomalyOf(list []Anomaly, id string) (found *Anomaly) {
	nearest := movedMost + 1
	for i := range list {
		a := &list[i]
		if a.ID == id {
			return a
		}
		for first := a.First - movedMost; first <= min(a.Last, a.First+movedMost); first++ {
			if away := max(int(first-a.First), int(a.First-first)); away < nearest && a.IDFrom(first) == id {
				found, nearest = a, away
			}
		}
	}
	return found
}

// Current returns the id that the anomaly of an id has now, as it was kept the last time; "" = there is none any more.
func (w Anomalies) Current(ctx context.Context, id string) (string, error) {
	report, _, err := w.Page(ctx)
	if err != nil {
		return "", err
	}
	if a := anomalyOf(report.Anomalies, id); a != nil {
		return a.ID, nil
	}
	return "", nil
}

// Mark says how an anomaly stands and returns the version of that; see Scopes.Save for the version seen. It answers
// CodeInvalid for a state that a person cannot give, CodeNotFound when there is no such anomaly, CodeConflict, with both values, when it
// was changed since.
func (w Anomalies) Mark(ctx context.Context, id string, state anomaly.State, note string, seen int64) (int64, error) {
	note = strings.TrimSpace(note)
	switch {
	case !markStates[state]:
		return 0, finops.Errorf(finops.CodeInvalid, "%q is not a state; use open, expected or resolved.", state)
	case len(note) > noteMost:
		return 0, finops.Errorf(finops.CodeInvalid, "A note has at most %d characters.", noteMost)
	}
	a, err := w.ByID(ctx, id)
	if err != nil {
		return 0, err
	}
	mark := AnomalyMark{State: state, Note: note, Of: &markedAnomaly{a.Node, a.Currency, a.Off > 0, a.First, a.Last}}
	version, err := w.saveOutlook(ctx, store.AnomalyMarks, cmp.Or(a.Mark.id, id), mark, seen)
	return version, withBoth(err, markOf)
}

// saveOutlook keeps a row of a person's own data as JSON.
func (w *workspace) saveOutlook(ctx context.Context, kind store.Outlook, name string, content any, seen int64) (int64, error) {
	text, err := json.Marshal(content)
	if err != nil {
		return 0, fmt.Errorf("write %s: %w", name, err)
	}
	return w.db.SaveOutlook(ctx, kind, store.Named{Name: name, Content: string(text), ChangedAt: w.now(), ChangedBy: w.user}, seen)
}

// enterState enters how an anomaly stands: what a person says of it counts most, then a rule, then what the data says.
func (a *Anomaly) enterState(mark AnomalyMark, mutes []MuteRule) {
	a.Mark = mark
	if mark.State != "" {
		a.State = mark.State
		return
	}
	for _, rule := range mutes {
		if rule.matches(a) {
			a.State, a.Mute = anomaly.Muted, rule.Name
			return
		}
	}
}

// MuteRule mutes the anomalies of which all that it names is true.
type MuteRule struct {
	Name string            `json:"-"`
	Keys map[string]string `json:"keys"` // by anomaly.Levels; a level that is not named may have any value
	Kind anomaly.Kind      `json:"kind"` // "" = any
	Note string            `json:"note"`

	Version   int64     `json:"-"`
	ChangedAt time.Time `json:"-"`
	ChangedBy string    `json:"-"`
}

func (r MuteRule) matches(a *Anomaly) bool {
	if r.Kind != "" && r.Kind != a.Kind {
		return false
	}
	for i, level := range anomaly.Levels {
		if value, ok := r.Keys[level]; ok && (!a.Node.Named[i] || a.Node.Values[i] != value) {
			return false
		}
	}
	return true
}

func (r MuteRule) check() error {
	if err := rules.CheckName("mute rule", r.Name); err != nil {
		return err
	}
	if len(r.Keys) == 0 && r.Kind == "" {
		return finops.Errorf(finops.CodeInvalid, "The mute rule %q names nothing, so that it would mute everything.", r.Name)
	}
	for key := range r.Keys {
		if !isLevel(key) {
			return finops.Errorf(finops.CodeInvalid, "A mute rule cannot name %q; use %s.", key, strings.Join(anomaly.Levels[:], ", "))
		}
	}
	switch r.Kind {
	case "", anomaly.Spike, anomaly.Shift, anomaly.Drop, anomaly.Drift:
		return nil
	}
	return finops.Errorf(finops.CodeInvalid, "%q is not a kind of anomaly; use spike, shift, drop or drift.", r.Kind)
}

func isLevel(name string) bool {
	for _, level := range anomaly.Levels {
		if level == name {
			return true
		}
	}
	return false
}

func muteOf(n store.Named) MuteRule {
	var r MuteRule
	_ = json.Unmarshal([]byte(n.Content), &r) // what another version wrote matches nothing
	if len(r.Keys) == 0 && r.Kind == "" {
		r.Kind = "unreadable"
	}
	r.Name, r.Version, r.ChangedAt, r.ChangedBy = n.Name, n.Version, n.ChangedAt, n.ChangedBy
	return r
}

// MuteRules lists the rules that mute anomalies, by name.
func (w Anomalies) MuteRules(ctx context.Context) ([]MuteRule, error) {
	saved, err := w.db.Outlooks(ctx, store.AnomalyMutes)
	list := make([]MuteRule, len(saved))
	for i, n := range saved {
		list[i] = muteOf(n)
	}
	return list, err
}

// SaveMuteRule keeps a rule and returns its version; see Mark for the errors.
func (w Anomalies) SaveMuteRule(ctx context.Context, r MuteRule, seen int64) (int64, error) {
	r.Name = strings.TrimSpace(r.Name)
	if err := r.check(); err != nil {
		return 0, err
	}
	version, err := w.saveOutlook(ctx, store.AnomalyMutes, r.Name, r, seen)
	return version, withBoth(err, muteOf)
}

// DeleteMuteRule removes a rule; see Dimensions.Delete.
func (w Anomalies) DeleteMuteRule(ctx context.Context, name string, seen int64) error {
	return withBoth(w.db.DeleteOutlook(ctx, store.AnomalyMutes, name, seen, w.user, w.now()), muteOf)
}
