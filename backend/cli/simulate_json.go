package cli

import (
	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/service"
)

func dealJSON(d commitment.Deal) object {
	return object{
		{"upfront", exact(d.Upfront)}, {"monthly", exact(d.Monthly)}, {"total", exact(d.Total)}, {"breakEvenMonth", unlessZero(d.BreakEvenMonth)}, {"paybackMonth", unlessZero(d.PaybackMonth)},
	}
}

func runningJSON(s *service.Simulation) []object {
	list := make([]object, 0, len(s.Running))
	for _, r := range s.Running {
		list = append(list, object{
			{"id", r.ID}, {"name", r.Name}, {"expires", dayOrNull(r.Expires)}, {"expiryKnown", unlessZero(string(r.Known))}, {"endsWithinTerm", r.Within}, {"onDemand", r.Covered},
		})
	}
	return list
}

func afterExpiryJSON(s *service.Simulation) any {
	if s.AfterExpiry == nil {
		return nil
	}
	return pointJSON(*s.AfterExpiry)
}

func planJSON(s *service.Simulation) []object {
	list := make([]object, 0, len(s.Plan))
	for _, p := range s.Plan {
		list = append(list, append(object{{"months", p.Months}, {"add", exact(p.Add)}}, pointJSON(p.Held)...))
	}
	return list
}

func ladderJSON(l *commitment.Ladder) any {
	if l == nil {
		return nil
	}
	rungs, downside := make([]object, 0, len(l.Rungs)), make([]object, 0, len(l.Downside))
	for _, r := range l.Rungs {
		rungs = append(rungs, object{{"months", r.Months}, {"hourlyCommitment", exact(r.HourlyCommitment)}, {"expectedMonthlySaving", exact(r.MonthlySaving)}})
	}
	for _, d := range l.Downside {
		downside = append(downside, object{{"usagePercent", d.UsagePercent}, {"termSaving", exact(d.Saving)}, {"blockTermSaving", exact(d.Block)}})
	}
	return object{{"rungs", rungs}, {"termSaving", exact(l.Saving)}, {"blockTermSaving", exact(l.Block)}, {"downside", downside}}
}

func optionsJSON(s *service.Simulation) []object {
	list := make([]object, 0, len(s.Options))
	for _, o := range s.Options {
		row := object{{"termYears", o.Terms.Years}, {"payment", string(o.Terms.Payment)}, {"leftOut", o.LeftOut}}
		if o.Option == nil {
			row = append(row, field{"optimum", nil}, field{"deal", nil})
		} else {
			row = append(row, field{"optimum", append(pointJSON(o.Optimum), field{"breakEvenUtilisation", exact(o.BreakEven)})}, field{"deal", dealJSON(o.Deal)})
		}
		list = append(list, row)
	}
	return list
}
