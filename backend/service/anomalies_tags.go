package service

import (
	"context"
	"math"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// tagsMost is how many tag keys anomalies are named by: those of most resources. sharedLeast is the share of an impact that a value must have.
const (
	tagsMost    = 5
	sharedLeast = 0.8
)

// tagColumns are the virtual dimensions and the tags that anomalies are named by.
func (w Anomalies) tagColumns(ctx context.Context, s *engine.Snapshot) ([]string, error) {
	var columns []string
	dims, err := Dimensions(w).List(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range dims {
		if d.Problem == "" {
			columns = append(columns, finops.DimPrefix+d.Name)
		}
	}
	keys, err := s.TagKeys(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range keys[:min(len(keys), tagsMost)] {
		columns = append(columns, finops.TagPrefix+k.Key)
	}
	return columns, nil
}

// enterTags names the values that most of the impact of each anomaly has, against the days before it.
func (x *detection) enterTags(ctx context.Context, list []Anomaly) error {
	for _, column := range x.columns {
		off := make([]map[string]float64, len(list))
		for i := range off {
			off[i] = map[string]float64{}
		}
		err := eachRow(ctx, x.snapshot, x.judged, list, []string{column}, []finops.Metric{finops.EffectiveCost}, func(i int, during bool, r finops.Row) {
			if r.Amounts[0] == nil {
				return
			}
			cost := floatOf(*r.Amounts[0])
			if !during { // as many days of the usual cost
				cost *= -float64(list[i].Last-list[i].First+1) / causeDays
			}
			off[i][deref(r.Keys[4])] += cost
		})
		if err != nil {
			return err
		}
		for i := range list {
			total, best, most := 0.0, "", 0.0
			for value, v := range off[i] {
				if total += v; value != "" && v*list[i].Off > most*math.Abs(list[i].Off) {
					best, most = value, math.Abs(v)
				}
			}
			if total*list[i].Off > 0 && most >= sharedLeast*math.Abs(total) {
				list[i].Tags = append(list[i].Tags, AnomalyTag{column, best})
			}
		}
	}
	return nil
}
