package desktop

import (
	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Anomalies gives the page what usage cost against expectation.
type Anomalies struct{ d *Desktop }

// List returns what was found: at once where it was kept, also when it is stale; then a job looks again.
func (a *Anomalies) List() (info AnomaliesInfo, err error) {
	defer caught(&err)
	info = anomaliesInfo(&service.AnomalyReport{})
	err = a.d.session.use(func(ws *service.Workspace) error {
		report, stale, err := ws.Anomalies.Page(a.d.ctx)
		if err == nil {
			info = anomaliesInfo(report)
			info.Stale = stale
		}
		return err
	})
	return info, err
}

// Course returns the days around an anomaly with what they should have cost.
func (a *Anomalies) Course(id string) (days []AnomalyDayInfo, err error) {
	defer caught(&err)
	days = []AnomalyDayInfo{}
	err = a.d.session.use(func(ws *service.Workspace) error {
		_, course, err := ws.Anomalies.Course(a.d.ctx, id)
		days = wire.Each(course, anomalyDayInfo)
		return err
	})
	return days, err
}

// Current returns the id that the anomaly of an id has now, since a restatement can move its first day; "" = there is none any more.
func (a *Anomalies) Current(id string) (now string, err error) {
	defer caught(&err)
	err = a.d.session.use(func(ws *service.Workspace) (err error) {
		now, err = ws.Anomalies.Current(a.d.ctx, id)
		return err
	})
	return now, err
}

// Mark says how an anomaly stands and returns the version of that, if the stored one is of the version seen; 0 = nothing was said before.
func (a *Anomalies) Mark(id string, state anomaly.State, note string, version int64) (saved int64, err error) {
	defer caught(&err)
	err = a.d.changing("Saving the state of an anomaly", func(ws *service.Workspace) (err error) {
		saved, err = ws.Anomalies.Mark(a.d.ctx, id, state, note, version)
		return err
	})
	return saved, err
}

// MuteRules lists the rules that mute anomalies.
func (a *Anomalies) MuteRules() (infos []MuteRuleInfo, err error) {
	defer caught(&err)
	infos = []MuteRuleInfo{}
	err = a.d.session.use(func(ws *service.Workspace) error {
		list, err := ws.Anomalies.MuteRules(a.d.ctx)
		infos = wire.Each(list, muteRuleInfo)
		return err
	})
	return infos, err
}

// SaveMuteRule keeps a rule that mutes anomalies and returns its version, if the stored one is of the version seen; 0 = there was none.
func (a *Anomalies) SaveMuteRule(rule MuteRuleInput, version int64) (saved int64, err error) {
	defer caught(&err)
	err = a.d.changing("Saving a mute rule", func(ws *service.Workspace) (err error) {
		saved, err = ws.Anomalies.SaveMuteRule(a.d.ctx, rule.rule(), version)
		return err
	})
	return saved, err
}

// DeleteMuteRule removes a rule that mutes anomalies if the stored one is of the version seen.
func (a *Anomalies) DeleteMuteRule(name string, version int64) (err error) {
	defer caught(&err)
	return a.d.changing("Removing a mute rule", func(ws *service.Workspace) error { return ws.Anomalies.DeleteMuteRule(a.d.ctx, name, version) })
}

// Sensitivities lists how far a day must be off to be an anomaly, all usage first, then by scope.
func (a *Anomalies) Sensitivities() (infos []SensitivityInfo, err error) {
	defer caught(&err)
	infos = []SensitivityInfo{}
	err = a.d.session.use(func(ws *service.Workspace) error {
		list, err := ws.Anomalies.Sensitivities(a.d.ctx)
		infos = wire.Each(list, sensitivityInfo)
		return err
	})
	return infos, err
}

// SetSensitivity sets how far a day must be off in a scope ("*" = all usage), and returns the version of that; level "" takes it back.
func (a *Anomalies) SetSensitivity(scope, level string, version int64) (saved int64, err error) {
	defer caught(&err)
	err = a.d.changing("Saving a sensitivity", func(ws *service.Workspace) (err error) {
		if level == "" {
			return ws.Anomalies.ClearSensitivity(a.d.ctx, scope, version)
		}
		saved, err = ws.Anomalies.SetSensitivity(a.d.ctx, scope, level, version)
		return err
	})
	return saved, err
}

// Preview says what each sensitivity would have found in a scope ("*" = all usage) in the last 90 days.
func (a *Anomalies) Preview(scope string) (infos []SensitivityPreviewInfo, err error) {
	defer caught(&err)
	infos = []SensitivityPreviewInfo{}
	err = a.d.session.use(func(ws *service.Workspace) error {
		list, err := ws.Anomalies.Preview(a.d.ctx, scope)
		infos = wire.Each(list, func(p service.SensitivityPreview) SensitivityPreviewInfo {
			return SensitivityPreviewInfo{p.Level, p.From.String(), p.To.String(), wire.Each(p.Anomalies, anomalyInfo)}
		})
		return err
	})
	return infos, err
}
