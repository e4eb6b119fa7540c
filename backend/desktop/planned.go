package desktop

import (
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// Planned lists the planned changes by name.
func (f *Forecasts) Planned() (infos []PlannedInfo, err error) {
	defer caught(&err)
	infos = []PlannedInfo{}
	err = f.d.session.use(func(ws *service.Workspace) error {
		list, err := ws.Forecasts.Planned(f.d.ctx)
		infos = wire.Each(list, plannedInfo)
		return err
	})
	return infos, err
}

// SavePlanned keeps a planned change and returns its version, if the stored one is of the version seen; 0 = there was none.
func (f *Forecasts) SavePlanned(p PlannedInput, version int64) (saved int64, err error) {
	defer caught(&err)
	change, err := p.change()
	if err != nil {
		return 0, err
	}
	err = f.d.changing("Saving a planned change", func(ws *service.Workspace) (err error) {
		saved, err = ws.Forecasts.SavePlanned(f.d.ctx, change, version)
		return err
	})
	return saved, err
}

// DeletePlanned removes a planned change if the stored one is of the version seen.
func (f *Forecasts) DeletePlanned(name string, version int64) (err error) {
	defer caught(&err)
	return f.d.changing("Removing a planned change", func(ws *service.Workspace) error { return ws.Forecasts.DeletePlanned(f.d.ctx, name, version) })
}

// Freeze keeps a forecast under a name, to be compared with what comes.
func (f *Forecasts) Freeze(name, scope string, q ForecastQuestion) (err error) {
	defer caught(&err)
	question, err := q.question()
	if err != nil {
		return err
	}
	return f.d.changing("Freezing a forecast", func(ws *service.Workspace) error { return ws.Forecasts.Freeze(f.d.ctx, name, scope, question) })
}

// Unfreeze removes a frozen forecast.
func (f *Forecasts) Unfreeze(name string) (err error) {
	defer caught(&err)
	return f.d.changing("Removing a frozen forecast", func(ws *service.Workspace) error { return ws.Forecasts.Unfreeze(f.d.ctx, name) })
}

// Frozen lists the frozen forecasts by name, each beside what came.
func (f *Forecasts) Frozen() (infos []service.FrozenInfo, err error) {
	defer caught(&err)
	infos = []service.FrozenInfo{}
	err = f.d.session.use(func(ws *service.Workspace) error {
		list, err := ws.Forecasts.Frozen(f.d.ctx)
		infos = wire.Each(list, service.FrozenForecast.Info)
		return err
	})
	return infos, err
}
