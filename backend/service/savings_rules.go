package service

import (
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// RuleState is a rule with what a person changed about it.
type RuleState struct {
	Rule    *savings.Rule // with the values that count
	Off     bool
	Pack    string // that it comes from; "" = the program
	Changed []store.RuleSetting
	Version int64 // of what was changed; 0 = nothing ever was
}

// RuleChanges are all changes of one rule, as one of the two values of a conflict.
type RuleChanges struct {
	Rule      string
	Settings  []store.RuleSetting
	Version   int64
	ChangedAt time.Time
	ChangedBy string
}

// RulePack is a set of rules that was added to a workspace.
type RulePack struct {
	Name      string            // identified without regard to case
	Rules     map[string]string // text by id
	Version   int64
	ChangedAt time.Time
	ChangedBy string
}

// ruleBook is what a workspace examines with.
type ruleBook struct {
	catalogue  *savings.Catalogue
	states     []RuleState // by id
	tracked    []TrackedFinding
	dismissed  map[string]bool // findings that are dismissed today, by id
	dimensions []string        // names of the virtual dimensions
	version    string          // of all that decides what is found
}

// all is the rules, also those that are off.
func (b *ruleBook) all() *savings.Catalogue {
	return &savings.Catalogue{Rules: slices.Concat(b.catalogue.Rules, b.catalogue.Off)}
}

// Rules returns the rules that findings come from: those of the program, packs of the workspace in their place, with what a person changed.
func (w Savings) Rules(ctx context.Context) (*savings.Catalogue, error) {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return nil, err
	}
	return b.catalogue, nil
}

// RuleStates lists all rules, also those that are off.
func (w Savings) RuleStates(ctx context.Context) ([]RuleState, error) {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return nil, err
	}
	return b.states, nil
}

func (w Savings) ruleBook(ctx context.Context) (*ruleBook, error) {
	c, err := savings.Embedded()
	if err != nil {
		return nil, err
	}
	packs, err := w.Packs(ctx)
	if err != nil {
		return nil, err
	}
	from := map[string]string{}
	var texts []string
	for _, p := range packs {
		rules, err := packRules(p)
		if err != nil {
			return nil, err
		}
		for _, r := range rules {
			from[r.ID] = p.Name
			texts = append(texts, p.Rules[r.ID])
		}
		c = c.With(rules)
	}
	settings, err := w.db.RuleSettings(ctx)
	if err != nil {
		return nil, err
	}
	b := &ruleBook{catalogue: &savings.Catalogue{}}
	for _, r := range c.Rules {
		state := RuleState{Rule: r, Pack: from[r.ID]}
		if at := slices.IndexFunc(settings, func(n store.Named) bool { return n.Name == r.ID }); at >= 0 {
			if err := state.apply(settings[at]); err != nil {
				return nil, err
			}
		}
		b.states = append(b.states, state)
		if state.Off {
			b.catalogue.Off = append(b.catalogue.Off, state.Rule)
		} else {
			b.catalogue.Rules = append(b.catalogue.Rules, state.Rule)
		}
	}
	if err := w.track(ctx, b); err != nil {
		return nil, err
	}
	dimensions, err := w.db.Dimensions(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range dimensions {
		if b.dimensions = append(b.dimensions, d.Name); strings.EqualFold(d.Name, teamKey) {
			texts = append(texts, d.Name, d.Content)
		}
	}
	documents, err := Documents(w).List(ctx)
	if err != nil {
		return nil, err
	}
	texts = append(texts, factsVersion(documents))
	b.version = b.catalogue.Version(append(texts, slices.Sorted(maps.Keys(b.dismissed))...)...)
	return b, nil
}

// track reads what was decided about findings.
func (w Savings) track(ctx context.Context, b *ruleBook) error {
	rows, err := w.db.Progress(ctx)
	if err != nil {
		return err
	}
	b.dismissed = map[string]bool{}
	for _, p := range rows {
		t, err := trackedFinding(p, b.all())
		if err != nil {
			return err
		}
		if t.Standing(w.today()) == savings.Dismissed {
			b.dismissed[t.ID] = true
		}
		b.tracked = append(b.tracked, t)
	}
	return nil
}

// apply takes over what was changed. A setting that the rule of today cannot have is left out: the default counts.
func (s *RuleState) apply(n store.Named) error {
	s.Version = n.Version
	settings, err := store.ParseRuleSettings(n.Content)
	for _, setting := range settings {
		if setting.Parameter == "" {
			s.Off = setting.Value == store.RuleOff
			s.Changed = append(s.Changed, setting)
		} else if made, err := s.Rule.Set(setting.Parameter, setting.Value); err == nil {
			s.Rule = made
			s.Changed = append(s.Changed, setting)
		}
	}
	return err
}

func packRules(p RulePack) ([]*savings.Rule, error) {
	var rules []*savings.Rule
	for _, id := range slices.Sorted(maps.Keys(p.Rules)) {
		r, err := savings.Decode([]byte(p.Rules[id]))
		if err != nil {
			return nil, finops.Errorf(finops.CodeInvalid, "The pack of rules %q cannot be used with this version of the program: %s: %s", p.Name, id, finops.MessageOf(err))
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// SetRule changes parameters of a rule; a value "" is the default again. seen is the version of its changes that the person saw, AnyVersion
// where they did not look. It answers CodeNotFound for a rule or parameter that is not there, CodeInvalid for a value outside its range, and
// CodeConflict, with both values as RuleChanges, when somebody changed the rule since; then nothing is changed.
func (w Savings) SetRule(ctx context.Context, id string, values map[string]string, seen int64) (RuleState, error) {
	state, err := w.RuleState(ctx, id)
	if err != nil {
		return RuleState{}, err
	}
	var settings []store.RuleSetting
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if _, err := state.Rule.Set(name, values[name]); err != nil {
			return RuleState{}, err
		}
		settings = append(settings, store.RuleSetting{Parameter: name, Value: values[name]})
	}
	return w.changeRule(ctx, state.Rule.ID, settings, seen)
}

// SwitchRule switches a rule on or off; for the version seen and the errors see SetRule.
func (w Savings) SwitchRule(ctx context.Context, id string, on bool, seen int64) (RuleState, error) {
	state, err := w.RuleState(ctx, id)
	if err != nil {
		return RuleState{}, err
	}
	value := store.RuleOff
	if on {
		value = ""
	}
	return w.changeRule(ctx, state.Rule.ID, []store.RuleSetting{{Value: value}}, seen)
}

func (w Savings) changeRule(ctx context.Context, id string, settings []store.RuleSetting, seen int64) (RuleState, error) {
	if err := w.db.SetRule(ctx, id, settings, seen, w.user, w.now()); err != nil {
		return RuleState{}, withBoth(err, ruleChanges)
	}
	return w.RuleState(ctx, id)
}

func ruleChanges(n store.Named) RuleChanges {
	settings, _ := store.ParseRuleSettings(n.Content) // it was read before the conflict
	return RuleChanges{Rule: n.Name, Settings: settings, Version: n.Version, ChangedAt: n.ChangedAt, ChangedBy: n.ChangedBy}
}

// RuleState returns a rule. It answers CodeNotFound when there is none of the id.
func (w Savings) RuleState(ctx context.Context, id string) (RuleState, error) {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return RuleState{}, err
	}
	r, err := b.catalogue.ByID(id)
	if err != nil {
		return RuleState{}, err
	}
	at := slices.IndexFunc(b.states, func(s RuleState) bool { return s.Rule.ID == r.ID })
	return b.states[at], nil
}

// Packs lists the packs of rules of the workspace.
func (w Savings) Packs(ctx context.Context) ([]RulePack, error) {
	rows, err := w.db.RulePacks(ctx)
	packs := make([]RulePack, len(rows))
	for i, n := range rows {
		packs[i] = rulePack(n)
		if packs[i].Rules == nil {
			return nil, finops.Errorf(finops.CodeCorrupt, "The pack of rules %q cannot be read.", n.Name)
		}
	}
	return packs, err
}

func rulePack(n store.Named) RulePack {
	p := RulePack{Name: n.Name, Version: n.Version, ChangedAt: n.ChangedAt, ChangedBy: n.ChangedBy}
	_ = json.Unmarshal([]byte(n.Content), &p.Rules) // nil where it cannot be read
	return p
}

// AddPack copies the rules of a folder into the workspace as a pack that is named like the folder, in place of one of that name and of the
// version seen: 0 = there was none, AnyVersion = whichever it is. It answers CodeNotFound for a folder that is not there, CodeInvalid where
// a rule is none or its samples fail, and CodeConflict, with both values, when another pack is stored.
func (w Savings) AddPack(ctx context.Context, path string, seen int64) (RulePack, error) {
	p, err := ReadPack(ctx, path)
	if err != nil {
		return p, err
	}
	content, err := json.Marshal(p.Rules)
	if err != nil {
		return p, finops.WrapError(finops.CodeInternal, err, "The pack of rules %q cannot be written.", p.Name)
	}
	p.ChangedAt, p.ChangedBy = w.now(), w.user
	p.Version, err = w.db.SaveRulePack(ctx, store.Named{Name: p.Name, Content: string(content), ChangedAt: p.ChangedAt, ChangedBy: p.ChangedBy}, seen)
	return p, withBoth(err, rulePack)
}

// RemovePack removes a pack; see Dimensions.Delete.
func (w Savings) RemovePack(ctx context.Context, name string, seen int64) error {
	return withBoth(w.db.DeleteRulePack(ctx, name, seen, w.user, w.now()), rulePack)
}

// ReadPack reads the rules of a folder and runs their samples. Its errors are those of AddPack.
func ReadPack(ctx context.Context, path string) (RulePack, error) {
	p := RulePack{Name: filepath.Base(filepath.Clean(path)), Rules: map[string]string{}}
	info, err := os.Stat(path)
	if err != nil {
		return p, finops.WrapError(finops.CodeNotFound, err, "The folder %s is not there.", path)
	}
	if !info.IsDir() {
		return p, finops.Errorf(finops.CodeInvalid, "%s is no folder. Name the folder with the rules, each a file ID.yaml.", path)
	}
	folder := os.DirFS(path)
	c, err := savings.Load(folder)
	if err != nil {
		return p, err
	}
	for _, r := range c.Rules {
		if err := r.Test(ctx); err != nil {
			return p, err
		}
		text, err := fs.ReadFile(folder, r.ID+".yaml")
		if err != nil {
			return p, finops.WrapError(finops.CodeUnavailable, err, "The rule %s cannot be read.", r.ID)
		}
		p.Rules[r.ID] = strings.ToValidUTF8(string(text), "\uFFFD")
	}
	return p, nil
}
