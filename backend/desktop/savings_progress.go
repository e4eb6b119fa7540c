package desktop

import (
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Change decides about findings, all of them or none. It fails with code conflict, which carries both values, when one was changed since the version that
// was seen.
func (s *Savings) Change(findings []FindingVersion, patch ProgressPatch) (err error) {
	defer caught(&err)
	return s.d.session.use(func(ws *service.Workspace) error {
		return ws.Savings.Change(s.d.ctx, wire.Each(findings, func(v FindingVersion) service.FindingVersion { return service.FindingVersion(v) }), patch.patch())
	})
}

// Course returns what a finding is measured by cost by day, the newest four months at most.
func (s *Savings) Course(id string) (days []DayCost, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		list, err := ws.Savings.Course(s.d.ctx, id)
		days = wire.Each(list, func(d service.DayCost) DayCost { return DayCost{d.Day, d.Cost.String()} })
		return err
	})
	return days, err
}

// Standing returns what became of the findings that a person decided about, and of the totals over the imports.
func (s *Savings) Standing() (info SavingsStanding, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		tracked, err := ws.Savings.Tracked(s.d.ctx)
		if err != nil {
			return err
		}
		history, err := ws.Savings.History(s.d.ctx)
		info = savingsStanding(tracked, history)
		return err
	})
	return info, err
}

// Rule returns a rule with everything that its page shows.
func (s *Savings) Rule(id string) (info service.RuleInfo, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		state, err := ws.Savings.RuleState(s.d.ctx, id)
		if err == nil {
			info = state.Info()
		}
		return err
	})
	return info, err
}

// Packs lists the packs of rules of the workspace.
func (s *Savings) Packs() (list []service.PackInfo, err error) {
	defer caught(&err)
	err = s.d.session.use(func(ws *service.Workspace) error {
		packs, err := ws.Savings.Packs(s.d.ctx)
		list = wire.Each(packs, service.RulePack.Info)
		return err
	})
	return list, err
}

// CheckPack asks for a folder of rules and runs their samples, without adding them. Path is "" when the person cancelled.
func (s *Savings) CheckPack() (check PackCheck, err error) {
	defer caught(&err)
	check.Rules = []string{}
	r, err := s.d.window()
	if err != nil {
		return check, err
	}
	if check.Path, err = r.OpenDirectoryDialog(Dialog{Title: "Choose a folder of rules"}); err != nil || check.Path == "" {
		return check, err
	}
	pack, err := service.ReadPack(s.d.ctx, check.Path)
	if err != nil {
		check.Problem = finops.MessageOf(err)
		return check, nil
	}
	check.Name, check.Rules = pack.Name, pack.Info().Rules
	return check, nil
}

// AddPack copies the rules of a folder that was checked into the workspace, in place of a pack of the same name and version; 0 = the
// page shows none of the name.
func (s *Savings) AddPack(path string, version int64) (err error) {
	defer caught(&err)
	return s.d.session.use(func(ws *service.Workspace) error {
		_, err := ws.Savings.AddPack(s.d.ctx, path, version)
		return err
	})
}

// RemovePack removes a pack of rules if the stored one is of the version seen.
func (s *Savings) RemovePack(name string, version int64) (err error) {
	defer caught(&err)
	return s.d.session.use(func(ws *service.Workspace) error { return ws.Savings.RemovePack(s.d.ctx, name, version) })
}
