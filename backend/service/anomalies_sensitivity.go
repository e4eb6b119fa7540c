package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// AllUsage stands for the name of a scope where all usage is meant that no scope with a sensitivity of its own has.
const AllUsage = "*"

// defaultSensitivity is used where nothing is set.
const defaultSensitivity = "medium"

// previewDays is how many days back a preview of a sensitivity looks.
const previewDays = 90

// foundForm changes when anomalies are found in another way, so that what was kept is found again.
const foundForm = "4"

// AnomalySensitivity is how far a day must be off in a scope.
type AnomalySensitivity struct {
	Scope     string // AllUsage = what no other one has
	Level     string // low, medium or high
	Version   int64  // 0 = nothing is set
	ChangedAt time.Time
	ChangedBy string
	Problem   string // why it cannot be used; "" = it can
}

// sensitivitySettings are the sensitivities of a workspace.
type sensitivitySettings struct {
	all     string
	scopes  []scopeSensitivity // by name; the first one that has a leaf counts
	version string
}

type scopeSensitivity struct {
	level string
	where finops.Filter
}

func checkSensitivity(level string) error {
	if _, ok := anomaly.Sensitivities[level]; !ok {
		return finops.Errorf(finops.CodeInvalid, "%q is not a sensitivity; use low, medium or high.", level)
	}
	return nil
}

func sensitivityOf(n store.Named) AnomalySensitivity {
	s := AnomalySensitivity{Scope: n.Name, Version: n.Version, ChangedAt: n.ChangedAt, ChangedBy: n.ChangedBy}
	_ = json.Unmarshal([]byte(n.Content), &s.Level) // what another version wrote is no level
	if checkSensitivity(s.Level) != nil {
		s.Level = defaultSensitivity
	}
	return s
}

// Sensitivities lists what is set, all usage first, then by scope.
func (w Anomalies) Sensitivities(ctx context.Context) ([]AnomalySensitivity, error) {
	list, _, err := w.sensitivities(ctx)
	return list, err
}

func (w Anomalies) sensitivities(ctx context.Context) ([]AnomalySensitivity, *sensitivitySettings, error) {
	saved, err := w.db.Outlooks(ctx, store.AnomalySensitivities)
	if err != nil {
		return nil, nil, err
	}
	list := []AnomalySensitivity{{Scope: AllUsage, Level: defaultSensitivity}}
	settings := &sensitivitySettings{}
	var scopes []Scope
	if len(saved) > 0 {
		if scopes, err = Scopes(w).List(ctx); err != nil {
			return nil, nil, err
		}
	}
	text := foundForm
	dims, err := Dimensions(w).List(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range dims { // anomalies are named by them
		text += fmt.Sprintf("\x00%s %d %s", d.Name, d.Version, d.ChangedAt)
	}
	for _, n := range saved {
		s := sensitivityOf(n)
		if s.Scope == AllUsage {
			list[0] = s
			continue
		}
		at := slices.IndexFunc(scopes, func(one Scope) bool { return rules.Key(one.Name) == rules.Key(s.Scope) })
		switch {
		case at < 0:
			s.Problem = fmt.Sprintf("There is no scope named %q.", s.Scope)
		case scopes[at].Problem != "":
			s.Problem = scopes[at].Problem
		default:
			settings.scopes = append(settings.scopes, scopeSensitivity{s.Level, scopes[at].Where})
			text += "\x00" + s.Level + "\x00" + scopes[at].Text
		}
		list = append(list, s)
	}
	settings.all = list[0].Level
	sum := sha256.Sum256([]byte(text + "\x00" + settings.all))
	settings.version = hex.EncodeToString(sum[:8])
	return list, settings, nil
}

func (w Anomalies) settings(ctx context.Context) (*sensitivitySettings, error) {
	_, settings, err := w.sensitivities(ctx)
	return settings, err
}

// SetSensitivity sets how far a day must be off in a scope, AllUsage for what no other scope has, and returns the version of that; see
// Scopes.Save for the version seen. It answers CodeInvalid for a level that there is not, CodeNotFound for such a scope, CodeConflict, with
// both values, when it was changed since.
func (w Anomalies) SetSensitivity(ctx context.Context, scope, level string, seen int64) (int64, error) {
	if err := checkSensitivity(level); err != nil {
		return 0, err
	}
	if scope != AllUsage {
		s, err := Scopes(w).ByName(ctx, scope)
		if err != nil {
			return 0, err
		}
		scope = s.Name
	}
	version, err := w.saveOutlook(ctx, store.AnomalySensitivities, scope, level, seen)
	return version, withBoth(err, sensitivityOf)
}

// ClearSensitivity takes back what is set for a scope; see Dimensions.Delete.
func (w Anomalies) ClearSensitivity(ctx context.Context, scope string, seen int64) error {
	return withBoth(w.db.DeleteOutlook(ctx, store.AnomalySensitivities, scope, seen, w.user, w.now()), sensitivityOf)
}

// SensitivityPreview is what a sensitivity would have found.
type SensitivityPreview struct {
	Level     string
	From, To  finops.Day
	Anomalies []Anomaly // that begin in these days, the newest first
}

// Preview says what each sensitivity, from low to high, would have found in a scope in the last 90 days; AllUsage is everything. See
// SetSensitivity for the errors.
func (w Anomalies) Preview(ctx context.Context, scope string) ([]SensitivityPreview, error) {
	var where finops.Filter
	if scope != AllUsage {
		s, err := Scopes(w).ByName(ctx, scope)
		if err != nil {
			return nil, err
		}
		where = s.Where
	}
	var list []SensitivityPreview
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		list = nil
		for _, level := range []string{"low", "medium", "high"} {
			x := detection{snapshot: s, settings: &sensitivitySettings{all: level}, today: finops.DayOfUnix(w.now().Unix())}
			report, err := x.answer(ctx)
			if err != nil {
				return err
			}
			has, err := x.leavesIn(ctx, where)
			if err != nil {
				return err
			}
			p := SensitivityPreview{Level: level, From: report.AsOf - previewDays + 1, To: report.AsOf}
			for _, a := range report.Anomalies {
				if a.First >= p.From && slices.ContainsFunc(has, func(values [4]string) bool { return a.Node.Has(values) }) {
					p.Anomalies = append(p.Anomalies, a)
				}
			}
			list = append(list, p)
		}
		return nil
	})
	return list, err
}

// leafShare of the cost of a leaf in a scope makes it one of the scope.
const leafShare = 0.5

// leavesIn are the leaves of which most of the cost is in a scope.
func (x *detection) leavesIn(ctx context.Context, where finops.Filter) ([][4]string, error) {
	in, err := x.costs(ctx, where)
	if err != nil || where.Normal().Everything() {
		return keysOf(in, nil), err
	}
	all, err := x.costs(ctx, finops.Filter{})
	return keysOf(in, all), err
}

func keysOf(in, all map[[4]string]float64) [][4]string {
	var list [][4]string
	for values, v := range in {
		if all == nil || math.Abs(v) >= leafShare*math.Abs(all[values]) {
			list = append(list, values)
		}
	}
	slices.SortFunc(list, func(a, b [4]string) int {
		return strings.Compare(strings.Join(a[:], "\x00"), strings.Join(b[:], "\x00"))
	})
	return list
}

// costs are what leaves cost that are judged.
func (x *detection) costs(ctx context.Context, where finops.Filter) (map[[4]string]float64, error) {
	answer, err := x.snapshot.Ask(ctx, finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: anomaly.Levels[:], Where: finops.All(judgedUsage(), where)})
	if err != nil {
		return nil, err
	}
	sums := map[[4]string]float64{}
	for _, r := range answer.Rows {
		if r.Amounts[0] != nil {
			sums[[4]string{deref(r.Keys[0]), deref(r.Keys[1]), deref(r.Keys[2]), deref(r.Keys[3])}] += floatOf(*r.Amounts[0])
		}
	}
	return sums, nil
}

// enterSensitivities gives leaves the sensitivity of the first scope that has them.
func (x *detection) enterSensitivities(ctx context.Context, in anomaly.Input) error {
	for _, s := range x.settings.scopes {
		leaves, err := x.leavesIn(ctx, s.where)
		if err != nil {
			return err
		}
		level := anomaly.Sensitivities[s.level]
		for i := range in.Leaves {
			if l := &in.Leaves[i]; l.Sensitivity == nil && slices.Contains(leaves, l.Values) {
				l.Sensitivity = &level
			}
		}
	}
	return nil
}
