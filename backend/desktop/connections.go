package desktop

import (
	"context"
	"maps"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/schedule"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
)

// Connections lets the page add the places that bills come from by themselves, test and sync them. Secrets go from the page
// to the keychain of the system and never back.
type Connections struct{ d *Desktop }

// Kinds lists the kinds of connections that there are.
func (c *Connections) Kinds() (kinds []service.ConnectorInfo, err error) {
	defer caught(&err)
	return wire.Each(c.d.opts.Service.Connectors, service.ConnectorOf), nil
}

// List lists the connections by name. It asks the keychain whether it has their secrets.
func (c *Connections) List() (infos []service.ConnectionInfo, err error) {
	defer caught(&err)
	infos = []service.ConnectionInfo{}
	_, openedAt := c.d.session.current()
	h, err := c.d.session.lease("Reading the connections", false) // a keychain may take its time
	if err != nil {
		return infos, err
	}
	defer h.release()
	all, err := h.ws.Connections.List(c.d.ctx)
	return wire.Each(all, func(one service.Connection) service.ConnectionInfo { return service.ConnectionOf(one, openedAt) }), err
}

// Standings says how fresh what connections bring in is, by provider. It does not ask the keychain.
func (c *Connections) Standings() (infos []ProviderStanding, err error) {
	defer caught(&err)
	infos = []ProviderStanding{}
	_, openedAt := c.d.session.current()
	err = c.d.session.use(func(ws *service.Workspace) error {
		imports, err := ws.Imports.List(c.d.ctx)
		if err != nil {
			return err
		}
		standings, err := ws.Syncs.Standings(c.d.ctx, imports)
		for _, provider := range slices.Sorted(maps.Keys(standings)) {
			infos = append(infos, ProviderStanding{provider, service.SyncStandingOf(standings[provider], openedAt)})
		}
		return err
	})
	return infos, err
}

// Save adds a connection (version 0) or changes the one of the name, if it is of the version seen. It contacts nobody.
func (c *Connections) Save(draft ConnectionDraft, version int64) (info service.ConnectionInfo, err error) {
	defer caught(&err)
	var saved service.Connection
	_, openedAt := c.d.session.current()
	err = c.d.changing("Saving a connection", func(ws *service.Workspace) (err error) {
		if version == 0 {
			saved, err = ws.Connections.Add(c.d.ctx, draft.input())
		} else {
			saved, err = ws.Connections.Edit(c.d.ctx, draft.input(), version)
		}
		return err
	})
	return service.ConnectionOf(saved, openedAt), err
}

// Remove removes a connection and its secrets if the stored one is of the version seen; what it brought in stays.
func (c *Connections) Remove(name string, version int64) (err error) {
	defer caught(&err)
	return c.d.changing("Removing a connection", func(ws *service.Workspace) error { return ws.Connections.Remove(c.d.ctx, name, version) })
}

// Test goes through what a sync of a connection needs, step by step, as a job of its kind, and waits for it. It changes
// nothing.
func (c *Connections) Test(name string) (steps []service.TestStep, err error) {
	defer caught(&err)
	steps = []service.TestStep{}
	h, err := c.d.session.lease("Testing a connection", false)
	if err != nil {
		return steps, err
	}
	defer h.release()
	result, err := c.d.finish(service.JobTest, "Test "+name, h, func(ctx context.Context, handle *job.Handle) (any, error) {
		return h.ws.Connections.Test(ctx, name, handle)
	})
	if err != nil {
		return steps, err
	}
	tried, _ := result.([]source.Step) // what the work above gives
	return wire.Each(tried, func(s source.Step) service.TestStep { return service.TestStep(s) }), nil
}

// Answer gives a test or sync that waits for it what its sign-in asks for, such as the code of an MFA device.
func (c *Connections) Answer(jobID, answer string) (err error) {
	defer caught(&err)
	return c.d.session.use(func(ws *service.Workspace) error { return ws.Connections.Answer(jobID, answer) })
}

// Policies returns what a connection of a kind with these values must be allowed.
func (c *Connections) Policies(kind string, values []service.OptionValue) (infos []PolicyInfo, err error) {
	defer caught(&err)
	infos = []PolicyInfo{}
	err = c.d.session.use(func(ws *service.Workspace) error {
		policies, err := ws.Connections.Policies(kind, optionMap(values))
		infos = wire.Each(policies, func(p source.Policy) PolicyInfo { return PolicyInfo(p) })
		return err
	})
	return infos, err
}

// Sync brings in what is new or changed of the connections of these names, as a job for each.
func (c *Connections) Sync(names []string) (infos []JobInfo, err error) {
	defer caught(&err)
	infos = []JobInfo{}
	for _, name := range names {
		info, err := c.d.sync(name)
		if err != nil {
			return infos, err
		}
		infos = append(infos, info)
	}
	return infos, nil
}

// History returns the newest syncs of a connection, the newest first; name "" = of all.
func (c *Connections) History(name string) (infos []service.SyncRunInfo, err error) {
	defer caught(&err)
	infos = []service.SyncRunInfo{}
	err = c.d.session.use(func(ws *service.Workspace) error {
		runs, err := ws.Syncs.History(c.d.ctx, name, jobsShown)
		infos = wire.Each(runs, service.SyncRunOf)
		return err
	})
	return infos, err
}

// Hosts lists every host that was contacted for the workspace, when, for what and how many bytes.
func (c *Connections) Hosts() (infos []service.HostInfo, err error) {
	defer caught(&err)
	infos = []service.HostInfo{}
	err = c.d.session.use(func(ws *service.Workspace) error {
		hosts, err := ws.Connections.Hosts(c.d.ctx)
		infos = wire.Each(hosts, service.HostOf)
		return err
	})
	return infos, err
}

// Network returns how the network is reached for the workspace, and when that happens unasked.
func (c *Connections) Network() (info NetworkSettings, err error) {
	defer caught(&err)
	err = c.d.session.use(func(ws *service.Workspace) error {
		s, err := ws.Connections.Network(c.d.ctx)
		if err != nil {
			return err
		}
		info = NetworkSettings{s.Offline, s.Proxy, s.CAFile, s.AtOpening, s.Version}
		return nil
	})
	return info, err
}

// SetNetwork changes that, where what is stored is of the version that the page shows.
func (c *Connections) SetNetwork(settings NetworkSettings) (err error) {
	defer caught(&err)
	return c.d.changing("Changing the network settings", func(ws *service.Workspace) error {
		_, err := ws.Connections.SetNetwork(c.d.ctx, settings.network(), settings.Version)
		return err
	})
}

// Scheduled returns what the operating system runs every day for the workspace.
func (c *Connections) Scheduled() (info ScheduleInfo, err error) {
	defer caught(&err)
	err = c.d.changing("Reading the schedule", func(ws *service.Workspace) error {
		entry, _, err := ws.Syncs.Scheduled(c.d.ctx)
		info = scheduleInfo(entry)
		return err
	})
	return info, err
}

// Schedule returns what the operating system would be asked to run every day at a local time HH:MM, and with install asks it.
func (c *Connections) Schedule(at string, install bool) (info ScheduleInfo, err error) {
	defer caught(&err)
	err = c.d.changing("Changing the schedule", func(ws *service.Workspace) error {
		task, err := ws.Syncs.DailyTask(c.d.ctx, at)
		if err != nil {
			return err
		}
		info = scheduleInfo(schedule.EntryOf(task))
		if !install {
			return nil
		}
		return schedule.Install(c.d.ctx, task)
	})
	return info, err
}

// RemoveSchedule removes what the operating system runs every day for the workspace.
func (c *Connections) RemoveSchedule() (err error) {
	defer caught(&err)
	return c.d.changing("Changing the schedule", func(ws *service.Workspace) error {
		_, err := ws.Syncs.RemoveSchedule(c.d.ctx)
		return err
	})
}

// ChooseFolder asks for a folder that exports are delivered into; "" when the person cancelled.
func (c *Connections) ChooseFolder() (path string, err error) {
	defer caught(&err)
	r, err := c.d.window()
	if err != nil {
		return "", err
	}
	path, err = r.OpenDirectoryDialog(Dialog{Title: "Choose the folder with the exports"})
	if err != nil {
		return "", errDialog(err)
	}
	return path, nil
}

// ChooseCertificates asks for a file of certificates; "" when the person cancelled.
func (c *Connections) ChooseCertificates() (path string, err error) {
	defer caught(&err)
	r, err := c.d.window()
	if err != nil {
		return "", err
	}
	path, err = r.OpenFileDialog(Dialog{Title: "Choose a file of certificates", Filters: []Filter{{"Certificates", "*.pem;*.crt;*.cer"}, {"All files", "*"}}})
	if err != nil {
		return "", errDialog(err)
	}
	return path, nil
}

// sync begins the sync of a connection.
func (d *Desktop) sync(name string) (JobInfo, error) {
	return d.syncBy(func(h *lease) (job.Job, error) {
		return h.ws.Syncs.Start(d.ctx, name, service.SyncOptions{}, d.afterSync(h))
	})
}

// syncAgain goes on with a sync that ended with its program, or begins one anew that failed.
func (d *Desktop) syncAgain(id string) (JobInfo, error) {
	return d.syncBy(func(h *lease) (job.Job, error) { return h.ws.Jobs.Again(d.ctx, id, d.afterSync(h)) })
}

func (d *Desktop) syncBy(start func(*lease) (job.Job, error)) (JobInfo, error) {
	h, err := d.session.lease(syncing, true)
	if err != nil {
		return JobInfo{}, err
	}
	started, err := start(h)
	if err != nil {
		h.release()
		return JobInfo{}, err
	}
	d.emit(eventChanged, ChangeInfo{service.TopicConnections, d.opts.Now().UnixMilli()})
	return d.jobInfo(started), nil
}

// afterSync announces what became of the connection as well: a sync that finds nothing new changes no charge.
func (d *Desktop) afterSync(h *lease) func() {
	after := d.afterJob(h)
	return func() {
		after()
		d.emit(eventChanged, ChangeInfo{service.TopicConnections, d.opts.Now().UnixMilli()})
	}
}

// quiet leaves out the failures that are no fault while something is tried unasked: a person learns of them elsewhere.
func quiet(err error) bool {
	return slices.Contains([]finops.Code{finops.CodeNotFound, finops.CodeConflict, finops.CodeCancelled}, finops.CodeOf(err))
}
