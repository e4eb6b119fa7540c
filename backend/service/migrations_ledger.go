package service

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// FromLedger makes a profile of the last complete month of each provider up to a day, with what it comes from. A provider whose last complete month is
// more than oldestMonths before the newest one is left out, as is one without any, which Draft.LeftOut says: its bills do not show what is there now. Base gives what is not a line; where it is empty, the
// organisation is filled in as far as the bills say it. It answers CodeInvalid where there is no complete month.
func (w Migrations) FromLedger(ctx context.Context, name string, base []byte, asOf *finops.Day) (profile []byte, draft *migration.Draft, err error) {
	book, err := w.Book(ctx)
	if err != nil {
		return nil, nil, err
	}
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		months, old, err := lastComplete(ctx, s, asOf)
		if err != nil {
			return err
		}
		var usage []migration.Usage
		for _, m := range months {
			of, err := monthUsage(ctx, s, m)
			if err != nil {
				return err
			}
			usage = append(usage, of...)
		}
		draft = migration.FromLedger(book, months, usage)
		draft.LeftOut = old
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if len(base) == 0 {
		if base, err = json.Marshal(map[string]any{"organization": organizationOf(name, draft)}); err != nil {
			return nil, nil, fmt.Errorf("write the profile: %w", err)
		}
	}
	profile, err = WithWorkloads(base, name, draft.Workloads())
	return profile, draft, err
}

// organizationOf is what bills say of an organisation. The cost of today is that of the lines, since what became none is not priced at the destination either; it is known where all of it is in USD.
func organizationOf(name string, draft *migration.Draft) map[string]any {
	organization := map[string]any{"name": name, "current_infrastructure": "cloud", "source_provider": draft.Providers}
	if draft.Country != "" {
		organization["countries"] = []string{draft.Country}
	}
	var lines finops.Sum
	usd := len(draft.Lines) > 0
	for i := range draft.Lines {
		for _, c := range draft.Lines[i].Costs {
			usd = usd && c.Currency == "USD"
			lines.Add(c.Cost)
		}
	}
	if usd {
		organization["current_monthly_cost"] = json.Number(finops.RoundHalfEven(lines.Rat(), 2))
	}
	return organization
}

func sumOf(a finops.Amount) finops.Sum {
	var s finops.Sum
	s.Add(a)
	return s
}

// oldestMonths is how many months the last complete month of a provider may be before that of another one.
const oldestMonths = 2

// lastComplete is the last complete month of each provider up to a day; old are the providers whose month is too old, or that have none.
func lastComplete(ctx context.Context, s *engine.Snapshot, asOf *finops.Day) (months, old []migration.ProviderMonth, err error) {
	state, err := s.State(ctx)
	if err != nil {
		return nil, nil, err
	}
	newest := finops.Month(-1)
	for _, p := range state.Providers {
		m := p.Last.Month()
		for m >= p.First.Month() && (!p.Complete(m) || (asOf != nil && m.Last() > *asOf)) {
			m--
		}
		if m < p.First.Month() {
			old = append(old, migration.ProviderMonth{Provider: p.Name})
			continue
		}
		newest = max(newest, m)
		months = append(months, migration.ProviderMonth{Provider: p.Name, Month: m})
	}
	if newest < 0 {
		return nil, nil, finops.Errorf(finops.CodeInvalid, "The workspace has no complete month. Import the bills of a whole month first.")
	}
	recent := months[:0:0]
	for _, m := range months {
		if newest-m.Month > oldestMonths {
			old = append(old, m)
		} else {
			recent = append(recent, m)
		}
	}
	return recent, old, nil
}

// usageColumns say who used what; those that the ledger lacks are left out.
var usageColumns = []string{"Provider", "RegionId", "ServiceName", "ConsumedUnit", "ResourceId", "SkuMeter", "SkuPriceDetails", "x_UsageType"}

// monthUsage is what each resource of a provider used in a month, and the other charges without a quantity.
func monthUsage(ctx context.Context, s *engine.Snapshot, of migration.ProviderMonth) (list []migration.Usage, err error) {
	columns, err := present(ctx, s, usageColumns...)
	if err != nil {
		return nil, err
	}
	usage := "Usage"
	from, to := of.Month.First(), of.Month.Last()
	provider := only(finops.DimProvider, &of.Provider)
	if of.Provider == "" {
		provider = only(finops.DimProvider, nil)
	}
	ask := func(category string, where finops.Filter, columns []string, metrics ...finops.Metric) error {
		a, err := s.Ask(ctx, finops.Question{Metrics: metrics, GroupBy: columns, Where: finops.All(provider, where), From: &from, To: &to, Sort: finops.SortKeys})
		if err != nil {
			return err
		}
		for i := range a.Rows {
			u := usageOfRow(columns, &a.Rows[i])
			u.Category = cmp.Or(u.Category, category)
			list = append(list, u)
		}
		return nil
	}
	quantity, err := present(ctx, s, "ConsumedQuantity")
	if err != nil {
		return nil, err
	}
	metrics := []finops.Metric{finops.EffectiveCost}
	if len(quantity) > 0 {
		metrics = append(metrics, finops.Metric("ConsumedQuantity"))
	}
	if err := ask(usage, only("ChargeCategory", &usage), columns, metrics...); err != nil {
		return nil, err
	}
	if err := ask("", finops.Not(only("ChargeCategory", &usage)), []string{"Provider", "ServiceName", "ChargeCategory"}, finops.EffectiveCost); err != nil {
		return nil, err
	}
	pools, err := poolsOf(ctx, s, from, to)
	for i := range list {
		list[i].Pool = pools[list[i].Resource]
	}
	return list, err
}

// poolTags are tags with which services mark machines that they start and end, and how a pool of that name is called.
var poolTags = []struct{ key, name string }{
	{"aws:elasticmapreduce:instance-group-role", "EMR "}, {"aws:autoscaling:groupName", "group "}, {"eks:nodegroup-name", "nodes "}, {"karpenter.sh/nodepool", "nodes "},
	{"aks-managed-poolName", "nodes "}, {"goog-k8s-node-pool-name", "nodes "}, {"goog-dataproc-cluster-name", "Dataproc "},
}

// poolsOf names the pools of the resources of a period, by resource.
func poolsOf(ctx context.Context, s *engine.Snapshot, from, to finops.Day) (map[string]string, error) {
	tags, err := s.TagKeys(ctx)
	if err != nil {
		return nil, err
	}
	columns, err := present(ctx, s, "ResourceId")
	if err != nil || len(columns) == 0 {
		return nil, err
	}
	var names []string
	for _, p := range poolTags {
		if slices.ContainsFunc(tags, func(t engine.TagKeyState) bool { return t.Key == p.key }) {
			columns, names = append(columns, finops.TagPrefix+p.key), append(names, p.name)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	a, err := s.Ask(ctx, finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: columns, From: &from, To: &to, Sort: finops.SortKeys})
	if err != nil {
		return nil, err
	}
	pools := map[string]string{}
	for i := range a.Rows {
		keys := a.Rows[i].Keys
		if keys[0] == nil {
			continue
		}
		for n, name := range names {
			if value := keys[n+1]; value != nil && *value != "" && pools[*keys[0]] == "" {
				pools[*keys[0]] = name + *value
			}
		}
	}
	return pools, nil
}

func usageOfRow(columns []string, row *finops.Row) migration.Usage {
	u := migration.Usage{Currency: row.Currency}
	if row.Amounts[0] != nil {
		u.Cost = row.Amounts[0].Amount()
	}
	if len(row.Amounts) > 1 && row.Amounts[1] != nil {
		q := row.Amounts[1].Amount()
		u.Quantity = &q
	}
	var meter []string
	for i, key := range row.Keys {
		if key == nil {
			continue
		}
		switch columns[i] {
		case "Provider":
			u.Provider = *key
		case "RegionId":
			u.Region = *key
		case "ServiceName":
			u.Service = *key
		case "ConsumedUnit":
			u.Unit = *key
		case "ResourceId":
			u.Resource = *key
		case "ChargeCategory":
			u.Category = *key
		default:
			meter = append(meter, *key)
		}
	}
	u.Meter = strings.Join(meter, " ")
	return u
}
