package service

import (
	"context"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// courseBefore is how many days before an anomaly its course begins.
const courseBefore = 60

// AnomalyDay is what the charges where an anomaly is cost on a day, and should have cost, rounded to two digits more than the currency has.
type AnomalyDay struct {
	Day      finops.Day
	Cost     finops.Sum
	Expected *finops.Sum // nil = not known
	Low      *finops.Sum // a day outside of Low and High can be an anomaly
	High     *finops.Sum
}

// Course returns the days around an anomaly: from 60 before it to the last complete one of its data. It answers CodeNotFound when there is none of the id.
func (w Anomalies) Course(ctx context.Context, id string) (*Anomaly, []AnomalyDay, error) {
	a, err := w.ByID(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	settings, err := w.settings(ctx)
	if err != nil {
		return nil, nil, err
	}
	var days []AnomalyDay
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		x := detection{snapshot: s, settings: settings, today: finops.DayOfUnix(w.now().Unix())}
		in, err := x.prepare(ctx)
		if err != nil {
			return err
		}
		days = nil
		for _, d := range anomaly.Course(in, a.Node, a.Currency) {
			if d.Day < a.First-courseBefore {
				continue
			}
			day := AnomalyDay{Day: d.Day, Cost: rounded(d.Cost, a.Currency)}
			if d.Known {
				day.Expected = new(rounded(d.Expected, a.Currency))
				day.Low, day.High = new(rounded(d.Low, a.Currency)), new(rounded(d.High, a.Currency))
			}
			days = append(days, day)
		}
		return nil
	})
	return a, days, err
}
