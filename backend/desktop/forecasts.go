package desktop

import "cloud-intelligence/backend/service"

// Forecasts gives the page what costs will come to.
type Forecasts struct{ d *Desktop }

// Build forecasts a cost. A history that is too short is no error: Refused says why there is no forecast.
func (f *Forecasts) Build(q ForecastQuestion) (info ForecastInfo, err error) {
	defer caught(&err)
	info = forecastInfo(nil)
	question, err := q.question()
	if err != nil {
		return info, err
	}
	err = f.d.session.use(func(ws *service.Workspace) error {
		answer, err := ws.Forecasts.Forecast(f.d.ctx, question)
		if err == nil {
			info = forecastInfo(answer)
		}
		return err
	})
	return info, err
}

// Estimate says what the days cost that have passed and that a provider has not delivered yet. It is in no total; Months does not count.
func (f *Forecasts) Estimate(q ForecastQuestion) (info service.EstimateInfo, err error) {
	defer caught(&err)
	info = (&service.Estimate{}).Info()
	question, err := q.question()
	if err != nil {
		return info, err
	}
	err = f.d.session.use(func(ws *service.Workspace) error {
		answer, err := ws.Forecasts.Estimate(f.d.ctx, question)
		if err == nil {
			info = answer.Info()
		}
		return err
	})
	return info, err
}
