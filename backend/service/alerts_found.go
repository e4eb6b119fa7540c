package service

import (
	"context"
	"fmt"
	"slices"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// ruleAlerts are the alerts that rules give reason for now, raised already or not; rules that are off or have a problem give none. What an alert is about
// is its Period: a rule raises it once, whatever is imported again or restated.
func (w Alerts) ruleAlerts(ctx context.Context, list ...AlertRule) ([]store.Alert, error) {
	x := ruleEvaluation{w: w, today: finops.DayOfUnix(w.now().Unix())}
	for _, r := range list {
		if r.Off || r.Problem != "" {
			continue
		}
		find := map[AlertRuleKind]func(context.Context, AlertRule) error{
			RuleAnomaly: x.anomalies, RuleLate: x.late, RuleExpiring: x.expiring, RuleRegressed: x.regressed,
		}[r.Kind]
		if find == nil {
			continue // a later version made it
		}
		if err := find(ctx, r); err != nil {
			return nil, err
		}
	}
	return x.alerts, nil
}

// ruleEvaluation finds what rules raise alerts for.
type ruleEvaluation struct {
	w      Alerts
	today  finops.Day
	alerts []store.Alert
}

func (x *ruleEvaluation) add(r AlertRule, about string, day finops.Day, format string, args ...any) {
	x.alerts = append(x.alerts, store.Alert{
		Rule: store.AlertRuleKey(r.Name), Version: r.Version, Period: about, Kind: string(r.Kind), Name: r.Name, CrossedAt: day, Message: fmt.Sprintf(format, args...),
	})
}

// anomalies are the open ones whose impact is so much, by their id, but for those that the rule reported before a restatement moved their first day.
func (x *ruleEvaluation) anomalies(ctx context.Context, r AlertRule) error {
	report, err := Anomalies(x.w).Find(ctx, AnomalyQuestion{})
	if err != nil {
		return err
	}
	reported, err := x.reportedAnomalies(ctx, r)
	if err != nil {
		return err
	}
	for i := range report.Anomalies {
		a := &report.Anomalies[i]
		impact, sign := a.Impact, "more"
		if impact.Sign() < 0 {
			impact, sign = finops.Sum{}, "less"
			impact.SubSum(a.Impact)
		}
		if a.State != anomaly.Open || a.Currency != r.Currency || a.Last < r.Since || impact.Cmp(sumOf(r.Amount)) < 0 || reported.has(a) {
			continue
		}
		if in, err := x.touches(ctx, r, AnomalyWhere(*a), &a.First, &a.Last); err != nil || !in {
			if err != nil {
				return err
			}
			continue
		}
		days := "on " + a.First.Words()
		if a.First != a.Last {
			days = "from " + a.First.Words() + " to " + a.Last.Words()
		}
		x.add(r, a.ID, a.Last, "%s cost %s %s than expected %s (%s).", placeOf(a.Node), money(impact, a.Currency), sign, days, a.Kind)
	}
	return nil
}

// reportedAnomalies are the anomalies that a rule has reported: the last day of each, then, by its id.
type reportedAnomalies map[string]finops.Day

func (x *ruleEvaluation) reportedAnomalies(ctx context.Context, r AlertRule) (reportedAnomalies, error) {
	list, err := x.w.db.Alerts(ctx)
	reported := reportedAnomalies{}
	for i := range list {
		if a := &list[i]; a.Rule == store.AlertRuleKey(r.Name) && a.Kind == string(RuleAnomaly) {
			reported[a.Period] = a.CrossedAt
		}
	}
	return reported, err
}

// longestDays bounds how many days before an anomaly one may have begun that it is part of.
const longestDays = 400

// has reports whether an anomaly, or one of the same place and direction that had some of its days, was reported.
func (t reportedAnomalies) has(a *Anomaly) bool {
	if _, ok := t[a.ID]; ok || len(t) == 0 {
		return ok
	}
	for first := a.First - longestDays; first <= a.Last; first++ {
		if last, ok := t[a.IDFrom(first)]; ok && last >= a.First {
			return true
		}
	}
	return false
}

// placeOf names where an anomaly is as people read it.
func placeOf(n anomaly.Node) string {
	text := n.Values[0]
	for i, before := range []string{"", " in account ", ", ", " in "} {
		if i > 0 && n.Named[i] && n.Values[i] != "" {
			text += before + n.Values[i]
		}
	}
	return text
}

// touches reports whether charges of the rule's scope are among those of a filter.
func (x *ruleEvaluation) touches(ctx context.Context, r AlertRule, where finops.Filter, from, to *finops.Day) (in bool, err error) {
	if r.Scope == "" {
		return true, nil
	}
	err = x.w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		a, err := s.Ask(ctx, finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, Where: finops.All(r.where, where), From: from, To: to})
		in = err == nil && len(a.Rows) > 0
		return err
	})
	return in, err
}

// late are the data sets whose newest day is older than so many days, by it: each time that data stops coming. What had ended when the rule was made is not late.
func (x *ruleEvaluation) late(ctx context.Context, r AlertRule) error {
	var sets []*dataSet
	err := x.w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		all, err := allDataSets(ctx, s, x.today)
		if err != nil {
			return err
		}
		in, err := s.Ask(ctx, finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: []string{finops.DimProvider, finops.DimBillingAccount}, Where: r.where})
		if err != nil {
			return err
		}
		for _, row := range in.Rows {
			if set := all[keyID(row.Keys[0])+keyID(row.Keys[1])]; set != nil && !slices.Contains(sets, set) {
				sets = append(sets, set)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	days := fmt.Sprintf("%d days", r.Days)
	if r.Days == 1 {
		days = "1 day"
	}
	for _, s := range sets {
		if age := int(x.today - s.last); age > r.Days && s.last >= r.Since-endedDays {
			x.add(r, fmt.Sprintf("%s %s@%s", s.provider, s.account, s.last), s.last+finops.Day(r.Days)+1, "%s %s has no data after %s, more than %s ago.", s.provider, s.account, s.last.Words(), days)
		}
	}
	return nil
}

// expiring are the commitments that end within so many days, by their id, and by the day where the bill states it.
func (x *ruleEvaluation) expiring(ctx context.Context, r AlertRule) error {
	var list []*commitment.Standing
	err := x.w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		var err error
		list, err = standings(ctx, s, r.where, nil)
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Expires == nil || s.Ended || *s.Expires < r.Since || *s.Expires-finops.Day(r.Days) > x.today {
			continue
		}
		about, name, when := s.Provider+" "+s.ID, s.Name, "ends on "
		switch s.ExpiryKnown {
		case commitment.EndStated:
			about += "@" + s.Expires.String()
		case commitment.EndLatest:
			when = "ends at the latest on "
		case commitment.EndCounted, commitment.EndUnknown:
		}
		if name == "" {
			name = s.ID
		}
		x.add(r, about, *s.Expires-finops.Day(r.Days), "The commitment %s of %s %s%s.", name, s.Provider, when, s.Expires.Words())
	}
	return nil
}

// regressed are the findings that are done and whose saving is lost again, by their id and the day on which they were done.
func (x *ruleEvaluation) regressed(ctx context.Context, r AlertRule) error {
	w := Savings(x.w)
	b, err := w.ruleBook(ctx)
	if err != nil {
		return err
	}
	if err := w.measure(ctx, b); err != nil {
		return err
	}
	for i := range b.tracked {
		t := &b.tracked[i]
		if t.State != savings.Done || t.Finding == nil || t.Measured == nil || t.Measured.Outcome != savings.Regressed {
			continue
		}
		in, err := x.touches(ctx, r, t.Finding.Effect().Where, nil, nil)
		if err != nil {
			return err
		}
		day, err := finops.ParseDay(t.Measured.LastDay)
		if err != nil {
			return finops.WrapError(finops.CodeCorrupt, err, "The measurement of the finding %s cannot be read.", t.ID)
		}
		if !in {
			continue
		}
		what := t.Finding.Rule.Title
		if t.Finding.ResourceID != "" {
			what += ", " + t.Finding.ResourceID
		}
		x.add(r, t.ID+"@"+t.DoneOn, day, "The saving of %s, done on %s, is lost again: at first it saved %s a month, lately %s.",
			what, wordsOf(t.DoneOn), money(sumOf(*t.Measured.Early), t.Finding.Currency), money(sumOf(*t.Measured.Late), t.Finding.Currency))
	}
	return nil
}

// wordsOf writes a day of a record as people do.
func wordsOf(day string) string {
	d, err := finops.ParseDay(day)
	if err != nil {
		return day
	}
	return d.Words()
}

// timed reports whether the rule waits for a day, beside what is imported.
func (r *AlertRule) timed() bool { return !r.Off && (r.Kind == RuleLate || r.Kind == RuleExpiring) }
