package service

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
)

// usageTable begins a table with the columns that anomalies look at.
func usageTable() *table {
	return newTable("ChargeFrequency", "SubAccountId", "RegionId", "SkuId", "ConsumedQuantity", "ConsumedUnit")
}

// leaf are the columns of a leaf of usageTable.
func leaf(region, resource string, quantity int) []string {
	return []string{
		"ChargeFrequency", "Usage-Based", "SubAccountId", "app", "ServiceName", "Compute", "RegionId", region, "ResourceId", resource, "SkuId", "vm-hour",
		"ConsumedQuantity", fmt.Sprint(quantity), "ConsumedUnit", "Hours",
	}
}

// onDay are the columns of a charge on a day of 2026, counted from 0.
func onDay(t int) []string {
	day := finops.NewDay(2026, 1, 1) + finops.Day(t)
	m := day.Month()
	return []string{
		"BillingPeriodStart", m.First().String(), "BillingPeriodEnd", (m + 1).First().String(), "ChargePeriodStart", day.String(), "ChargePeriodEnd", (day + 1).String(),
	}
}

func (c *table) onDay(t int, cost string, columns []string) {
	c.line(append(append(onDay(t), columns...), "BilledCost", cost, "EffectiveCost", cost)...)
}

func findAnomalies(t *testing.T, w *Workspace, q AnomalyQuestion) []Anomaly {
	t.Helper()
	r, err := w.Anomalies.Find(t.Context(), q)
	require.NoError(t, err)
	return r.Anomalies
}

func TestAnomalies_PriceAndVolumeAndWhatIsNew(t *testing.T) {
	w := newWorkspace(t)
	c := usageTable()
	for d := range 100 {
		c.onDay(d, "10", leaf("eu", "vm-1", 100)) // 0.1 an hour
		if d == 80 {                              // twice the hours, of which half cost three times as much, and a new machine
			c.onDay(d, "30", leaf("us", "vm-2", 100))
			c.onDay(d, "15", leaf("us", "vm-new", 100))
		} else {
			c.onDay(d, "10", leaf("us", "vm-2", 100))
		}
		c.onDay(d, "500", append(leaf("eu", "fee", 1), "ChargeFrequency", "Recurring", "SkuId", fmt.Sprint("fee-", d%2)))
	}
	c.onDay(70, "9000", append(leaf("eu", "bought", 1), "ChargeCategory", "Purchase", "ChargeFrequency", "One-Time"))
	load(t, w, c.file(t, "usage.csv"))

	found := findAnomalies(t, w, AnomalyQuestion{})
	require.Len(t, found, 1)
	a := found[0]
	require.Equal(t, anomaly.Spike, a.Kind)
	require.Equal(t, anomaly.LeafNode([4]string{"AWS", "app", "Compute", "us"}), a.Node)
	require.Equal(t, "2026-03-22", a.First.String())
	require.Equal(t, a.First, a.Last)
	require.Equal(t, "10", a.Expected.String())
	require.Equal(t, "45", a.Actual.String())
	require.Equal(t, "35", a.Impact.String())
	require.Equal(t, "0", a.Month.String(), "it is over")
	require.Equal(t, "25", a.Cause.Price.String(), "200 hours at 0.225 instead of 0.1")
	require.Equal(t, "10", a.Cause.Volume.String())
	require.Equal(t, []string{"vm-new"}, a.Cause.New)
	require.Equal(t, anomaly.Open, a.State)

	day := finops.NewDay(2026, 3, 21)
	require.Empty(t, findAnomalies(t, w, AnomalyQuestion{AsOf: &day}), "later days are hidden")
	require.Empty(t, findAnomalies(t, w, AnomalyQuestion{To: &day}))
	day = a.First
	again := findAnomalies(t, w, AnomalyQuestion{AsOf: &day, From: &day})
	require.Len(t, again, 1)
	require.Equal(t, a.ID, again[0].ID, "the same whenever it is looked for")
	require.Equal(t, "1050", again[0].Month.String(), "while it lasts")
	_, err := w.Anomalies.Find(t.Context(), AnomalyQuestion{Sensitivity: "huge"})
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func TestAnomalies_NewRegionIsNamed(t *testing.T) {
	w := newWorkspace(t)
	c := usageTable()
	for d := range 100 {
		c.onDay(d, "10", leaf("eu", "vm-1", 100))
		c.onDay(d, "12", leaf("us", "vm-2", 100))
		if d >= 90 {
			c.onDay(d, "40", leaf("ap", "vm-3", 400))
		}
	}
	load(t, w, c.file(t, "usage.csv"))
	found := findAnomalies(t, w, AnomalyQuestion{})
	require.Len(t, found, 1)
	require.Equal(t, anomaly.LeafNode([4]string{"AWS", "app", "Compute", "ap"}), found[0].Node)
	require.Equal(t, anomaly.Shift, found[0].Kind)
	require.Equal(t, "360", found[0].Impact.String(), "nine complete days")
	require.Equal(t, "2026-04-01", found[0].First.String())
	require.Equal(t, []string{"vm-3", "vm-hour"}, found[0].Cause.New)
}

// TestAnomalies_TagsAndTeamsThatExplainThemAreNamed doubles one team of a leaf, then all of another leaf, which two teams share.
func TestAnomalies_TagsAndTeamsThatExplainThemAreNamed(t *testing.T) {
	w := newWorkspace(t)
	c := usageTable()
	c.header = append(c.header, "Tags")
	for d := range 100 {
		for _, team := range []string{"shop", "data"} {
			for _, region := range []string{"eu", "us"} {
				cost := "10"
				if d == 70 && region == "eu" && team == "shop" || d == 85 && region == "us" {
					cost = "40"
				}
				c.onDay(d, cost, append(leaf(region, "vm-"+team+region, 100), "Tags", fmt.Sprintf(`{"team":%q,"stage":"prod"}`, team)))
			}
		}
	}
	load(t, w, c.file(t, "usage.csv"))
	tags := func() (list [][]AnomalyTag) {
		for _, a := range findAnomalies(t, w, AnomalyQuestion{}) {
			list = append(list, a.Tags)
		}
		return list
	}
	require.ElementsMatch(t, []AnomalyTag{{"Tags/stage", "prod"}}, tags()[0], "no team has most of it")
	require.ElementsMatch(t, []AnomalyTag{{"Tags/stage", "prod"}, {"Tags/team", "shop"}}, tags()[1])
	_, err := w.Dimensions.Save(t.Context(), dimension(t, `{"name":"Team","rules":[{"value":"Shops","where":"Tags/team = shop"}]}`), 0)
	require.NoError(t, err)
	require.Equal(t, AnomalyTag{"Dim/Team", "Shops"}, tags()[1][0], "what was kept before the dimension was defined is found again")
}

func TestAnomalies_WhatOnlyANewerBillShowsIsRestated(t *testing.T) {
	w := newWorkspace(t)
	bill := func(cost func(d int) string) *table {
		c := usageTable()
		for d := range 90 {
			c.onDay(d, cost(d), leaf("eu", "vm-1", 100))
			c.onDay(d, "20", leaf("us", "vm-2", 100))
		}
		return c
	}
	load(t, w, bill(func(int) string { return "10" }).file(t, "a.csv"))
	require.Empty(t, findAnomalies(t, w, AnomalyQuestion{}))
	newer := bill(func(d int) string {
		if d == 60 || d == 61 {
			return "50"
		}
		return "10"
	}).file(t, "b.csv")
	_, err := importWith(t.Context(), w, ImportOptions{Overlap: ingest.OverlapReplace}, newer)
	require.NoError(t, err)
	found := findAnomalies(t, w, AnomalyQuestion{})
	require.Len(t, found, 1)
	require.Equal(t, anomaly.Restated, found[0].State)
	require.Equal(t, "80", found[0].Impact.String())
}

func TestAnomalies_LateDaysAreNoDrop(t *testing.T) {
	w := newWorkspace(t)
	c := usageTable()
	for d := range 90 {
		share := 10
		if d >= 86 {
			share = 3
		}
		for r := range 4 {
			c.onDay(d, fmt.Sprint(share*(r+1)), leaf(fmt.Sprint("region-", r), "vm", 100))
		}
	}
	load(t, w, c.file(t, "usage.csv"))
	require.Empty(t, findAnomalies(t, w, AnomalyQuestion{}))
	day := finops.NewDay(2026, 3, 31) // of which all is there
	require.Empty(t, findAnomalies(t, w, AnomalyQuestion{AsOf: &day}))
}

// A licence for a month that is booked on one day is a fee of the calendar, also where its category and frequency say usage, and however much dearer it gets.
func TestAnomalies_ChargesForAWholeMonthAreNotJudged(t *testing.T) {
	w := newWorkspace(t)
	c := usageTable()
	licence := func(t int, cost string, days int) {
		first := finops.NewDay(2026, 1, 1) + finops.Day(t)
		c.line(append(append(onDay(t), leaf("eu", "licence", 1)...), "SkuId", "seat", "ChargePeriodEnd", (first + finops.Day(days)).String(), "BilledCost", cost, "EffectiveCost", cost)...)
	}
	for d := range 120 {
		c.onDay(d, "10", leaf("eu", "vm-1", 100))
	}
	licence(31, "40", 28)
	licence(59, "900", 31)
	licence(104, "700", 30)
	c.onDay(104, "95", leaf("eu", "vm-1", 950))
	load(t, w, c.file(t, "usage.csv"))
	found := findAnomalies(t, w, AnomalyQuestion{Sensitivity: "high"})
	require.Len(t, found, 1)
	require.Equal(t, "105", found[0].Actual.String(), "without the licence of the same day")
	require.Equal(t, "95", found[0].Impact.String())
}
