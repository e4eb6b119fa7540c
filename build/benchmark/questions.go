package main

import (
	"fmt"
	"strings"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// question is asked of the engine and, as SQL, of DuckDB.
type question struct {
	Name     string `json:"name"`
	SQL      string `json:"sql"`
	Cold     bool   `json:"cold"` // DuckDB opens its file for it
	ask      finops.Question
	overview bool
}

func text(s string) *string { return &s }

// questions lists those of the Overview page, then group-bys of any column.
func questions() []question {
	from, to := finops.NewDay(2026, 10, 1), finops.NewDay(2026, 10, 31)
	month := func(q finops.Question) finops.Question { q.From, q.To = &from, &to; return q }
	eq := func(c, v string) finops.Filter {
		return finops.Conditions(finops.Condition{Column: c, Values: []*string{text(v)}})
	}
	all := []question{
		{Name: "spend of the month", ask: month(finops.Question{Metrics: finops.Metrics}), overview: true},
		{Name: "by provider and day", ask: finops.Question{GroupBy: []string{"ProviderName"}, Grain: finops.GrainDay}, overview: true},
		{Name: "by provider and month", ask: finops.Question{GroupBy: []string{"ProviderName"}, Grain: finops.GrainMonth}, overview: true},
		{Name: "by service category", ask: month(finops.Question{GroupBy: []string{"ServiceCategory"}}), overview: true},
		{Name: "by service", ask: month(finops.Question{GroupBy: []string{"ServiceName", "ServiceCategory"}}), overview: true},
		{Name: "by account", ask: month(finops.Question{GroupBy: []string{"SubAccountId", "SubAccountName"}}), overview: true},
		{Name: "by region", ask: month(finops.Question{GroupBy: []string{"RegionId"}}), overview: true},
		{Name: "by charge category", ask: month(finops.Question{GroupBy: []string{"ChargeCategory", "ChargeClass"}}), overview: true},
		{Name: "by service and day", ask: month(finops.Question{GroupBy: []string{"ServiceName"}, Grain: finops.GrainDay}), overview: true},
		{Name: "commitment status", ask: month(finops.Question{GroupBy: []string{"CommitmentDiscountStatus"}, Where: eq("ChargeCategory", "Usage")}), overview: true},
		{Name: "service in one account", ask: finops.Question{GroupBy: []string{"ServiceName"}, Where: eq("SubAccountName", "hp-shared-services"), Grain: finops.GrainMonth}, overview: true},
		{Name: "ResourceId", ask: finops.Question{GroupBy: []string{"ResourceId"}}},
		{Name: "ResourceId × SkuId", ask: finops.Question{GroupBy: []string{"ResourceId", "SkuId"}}},
		{Name: "ChargeDescription × SubAccountName", ask: finops.Question{GroupBy: []string{"ChargeDescription", "SubAccountName"}}},
		{Name: "SkuId where AWS, one month", ask: month(finops.Question{GroupBy: []string{"SkuId"}, Where: eq("ProviderName", "AWS")})},
		{Name: "ResourceType × AvailabilityZone", ask: finops.Question{GroupBy: []string{"ResourceType", "AvailabilityZone"}}},
		{Name: "x_UsageType where Compute", ask: finops.Question{GroupBy: []string{"x_UsageType"}, Where: eq("ServiceCategory", "Compute")}},
		{Name: "Tags/CostCenter", ask: finops.Question{GroupBy: []string{"Tags/CostCenter"}}},
	}
	for i := range all {
		if all[i].ask.Metrics == nil {
			all[i].ask.Metrics = []finops.Metric{finops.EffectiveCost}
		}
		all[i].SQL = sqlOf(all[i].ask)
	}
	return all
}

// coldQuestions are asked as the first of a closed workspace.
func coldQuestions() (cold []question) {
	for _, q := range questions() {
		if q.Name == "ResourceId" || q.Name == "Tags/CostCenter" {
			q.Name = "closed to " + q.Name
			cold = append(cold, q)
		}
	}
	return cold
}

// sqlOf writes a question as SQL over DuckDB's table of the same file.
func sqlOf(q finops.Question) string {
	var groups []string
	for _, g := range q.GroupBy {
		if key, ok := strings.CutPrefix(g, finops.TagPrefix); ok {
			groups = append(groups, "json_extract_string(Tags, '$."+key+"')")
		} else {
			groups = append(groups, g)
		}
	}
	switch q.Grain {
	case finops.GrainDay:
		groups = append(groups, "ChargePeriodStart::DATE")
	case finops.GrainMonth:
		groups = append(groups, "date_trunc('month', ChargePeriodStart)")
	case finops.GrainNone:
	}
	groups = append(groups, "BillingCurrency")
	selected := append(append([]string(nil), groups...), "count(*)")
	for _, m := range q.Metrics {
		selected = append(selected, "sum("+string(m)+")")
	}
	var where []string
	for _, part := range q.Where.Parts {
		where = append(where, part.Condition.Column+" = '"+*part.Condition.Values[0]+"'")
	}
	if q.From != nil {
		where = append(where, "ChargePeriodStart >= '"+q.From.String()+"'", "ChargePeriodStart < '"+(*q.To+1).String()+"'")
	}
	sql := "SELECT " + strings.Join(selected, ", ") + " FROM t"
	if len(where) > 0 {
		sql += " WHERE " + strings.Join(where, " AND ")
	}
	return sql + " GROUP BY " + strings.Join(groups, ", ") + " ORDER BY " + selected[len(selected)-1] + " DESC"
}

// page is a page of charge lines, and the same as SQL.
type page struct {
	Name string
	SQL  string
	ask  engine.LinesQuestion
}

// pages are those that scrolling through a sorted list asks for.
func pages(lines int64) []page {
	const size = 200
	var all []page
	for _, p := range []struct {
		name   string
		offset int64
		column string
	}{{"1 by cost", 0, "BilledCost"}, {"far down by cost", lines * 9 / 10, "BilledCost"}, {"1 by resource", 0, "ResourceId"}} {
		ask := engine.LinesQuestion{SortBy: p.column, SortDesc: true, Offset: int(p.offset), Limit: size}
		sql := fmt.Sprintf("SELECT * FROM t ORDER BY %s DESC NULLS LAST LIMIT %d OFFSET %d", p.column, size, p.offset)
		all = append(all, page{Name: p.name, SQL: sql, ask: ask})
	}
	return all
}
