package service

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/platform/notify"
)

// TestConflict_TheLaterOneSeesBothValues lets two people change the same value from the same version: the later one is refused with both
// values, and can then store their own in place of the version that they saw in the conflict.
func TestConflict_TheLaterOneSeesBothValues(t *testing.T) {
	w := newWorkspace(t)
	ctx := t.Context()
	pack := filepath.Join(t.TempDir(), "own")
	require.NoError(t, os.Mkdir(pack, 0o700))
	rule, err := os.ReadFile("../analysis/savings/catalogue/A-NET-07.yaml")
	require.NoError(t, err)
	writePack := func(title string) {
		text := strings.Replace(string(rule), "title: ", "title: "+title+" ", 1)
		require.NoError(t, os.WriteFile(filepath.Join(pack, "A-NET-07.yaml"), []byte(text), 0o600))
	}
	for _, kind := range []struct {
		name         string
		change       func(value string, seen int64) error
		first, later string
		have, want   string // what both sides say
		begin        int64  // version at first
	}{
		{"numbers of a rule", func(value string, seen int64) error {
			_, err := w.Savings.SetRule(ctx, "A-NET-07", map[string]string{"daysAbove": value}, seen)
			return err
		}, "13", "20", "On\ndaysAbove = 13", "On\ndaysAbove = 20", 0},
		{"switch of a rule", func(value string, seen int64) error {
			_, err := w.Savings.SwitchRule(ctx, "A-NET-08", value == "on", seen)
			return err
		}, "off", "on", "Off", "On", 0},
		{"pack of rules", func(value string, seen int64) error {
			writePack(value)
			_, err := w.Savings.AddPack(ctx, pack, seen)
			return err
		}, "First", "Later", ": First ", ": Later ", 0},
		{"name", func(value string, seen int64) error { return w.Rename(ctx, value, seen) }, "Acme", "Acme Corp", "Acme", "Acme Corp", 1},
		{"fiscal year", func(value string, seen int64) error {
			return w.SetFiscalStart(ctx, time.Month(len(value)), seen)
		}, "1234", "1234567", "April", "July", 0},
		{"network", func(value string, seen int64) error {
			s := NetworkSettings{}
			s.Proxy = value
			_, err := w.Connections.SetNetwork(ctx, s, seen)
			return err
		}, "http://one:3128", "http://two:3128", "Proxy: http://one:3128", "Proxy: http://two:3128", 0},
	} {
		t.Run(kind.name, func(t *testing.T) {
			require.NoError(t, kind.change(kind.first, kind.begin))
			before, err := w.Audit.List(ctx, 0)
			require.NoError(t, err)
			err = kind.change(kind.later, kind.begin)
			require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
			both := ConflictOf(err)
			require.NotNil(t, both)
			assert.Contains(t, both.Have.Text, kind.have)
			assert.Contains(t, both.Want.Text, kind.want)
			assert.Equal(t, "Tester", both.Have.ChangedBy)
			assert.NotEmpty(t, both.Have.ChangedAt)
			after, err := w.Audit.List(ctx, 0)
			require.NoError(t, err)
			assert.Equal(t, before, after, "nothing was changed")
			require.NoError(t, kind.change(kind.later, both.Have.Version))
			require.Equal(t, finops.CodeConflict, finops.CodeOf(kind.change(kind.first, both.Have.Version)))
			require.NoError(t, kind.change(kind.first, AnyVersion))
		})
	}
}

// TestConflict_WhatSomebodyChangedIsNotDeleted deletes each kind of thing of the version that somebody changed since: it stays, and the one who
// wanted to delete it sees what it is now.
func TestConflict_WhatSomebodyChangedIsNotDeleted(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root) // with the connection Main
	w := withPlace(t, path, place{}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	ctx := t.Context()
	mapping := completed(t, writeTable(t, "hosting.csv", hosting))
	pack, volumes := filepath.Join(t.TempDir(), "own"), filepath.Join(t.TempDir(), "describe-volumes.json")
	require.NoError(t, os.Mkdir(pack, 0o700))
	rule, err := os.ReadFile("../analysis/savings/catalogue/A-NET-07.yaml")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(pack, "A-NET-07.yaml"), rule, 0o600))
	require.NoError(t, os.WriteFile(volumes, []byte(`{"Volumes":[{"VolumeId":"vol-1","State":"available","AvailabilityZone":"eu-west-1a","Attachments":[]}]}`), 0o600))
	_, err = w.Documents.Add(ctx, []string{volumes}, DocumentChange{Account: "444"})
	require.NoError(t, err)
	require.NoError(t, w.Alerts.AddChannel(ctx, "Here", notify.Settings{Kind: notify.Desktop}, ""))
	main, err := w.Connections.ByName(ctx, "Main")
	require.NoError(t, err)
	require.EqualValues(t, 1, main.Version)
	for _, kind := range []struct {
		name   string
		change func(n int) error // the first and the second time; what is added above is changed only
		remove func(seen int64) error
		have   string // what is stored after the second time
	}{
		{"scope", func(n int) error {
			_, err := w.Scopes.Save(ctx, "Web", finops.If(finops.Condition{Column: "ServiceName", Values: []*string{new(fmt.Sprint(n))}}), AnyVersion)
			return err
		}, func(seen int64) error { return w.Scopes.Delete(ctx, "web", seen) }, `ServiceName = "2"`},
		{"dimension", func(n int) error {
			_, err := w.Dimensions.Save(ctx, rules.Dimension{Name: "Team", Default: new(fmt.Sprint(n))}, AnyVersion)
			return err
		}, func(seen int64) error { return w.Dimensions.Delete(ctx, "team", seen) }, "All others → 2"},
		{"mapping", func(int) error { return w.Mappings.Save(ctx, mapping, true) }, func(seen int64) error { return w.Mappings.Delete(ctx, mapping.Name, seen) }, "BilledCost ←"},
		{"budget", func(n int) error {
			_, err := w.Budgets.Save(ctx, "Shop", budget.Budget{Metric: finops.EffectiveCost, Currency: "USD", Amounts: amounts(t, "2026-05", fmt.Sprint(n, "00"))}, "", AnyVersion)
			return err
		}, func(seen int64) error { return w.Budgets.Delete(ctx, "shop", seen) }, "200"},
		{"planned change", func(n int) error {
			_, err := w.Forecasts.SavePlanned(ctx, PlannedChange{Name: "Shop", Kind: PlannedLaunch, Monthly: new(amountOf(t, fmt.Sprint(n))), Currency: "USD", From: finops.NewDay(2026, 6, 1)}, AnyVersion)
			return err
		}, func(seen int64) error { return w.Forecasts.DeletePlanned(ctx, "shop", seen) }, "A month: 2 USD"},
		{"mute rule", func(n int) error {
			_, err := w.Anomalies.SaveMuteRule(ctx, MuteRule{Name: "Spikes", Kind: anomaly.Spike, Note: fmt.Sprint("note ", n)}, AnyVersion)
			return err
		}, func(seen int64) error { return w.Anomalies.DeleteMuteRule(ctx, "spikes", seen) }, "note 2"},
		{"sensitivity", func(n int) error {
			_, err := w.Anomalies.SetSensitivity(ctx, AllUsage, []string{"", "low", "high"}[n], AnyVersion)
			return err
		}, func(seen int64) error { return w.Anomalies.ClearSensitivity(ctx, AllUsage, seen) }, "Sensitivity: high"},
		{"pack of rules", func(int) error {
			_, err := w.Savings.AddPack(ctx, pack, AnyVersion)
			return err
		}, func(seen int64) error { return w.Savings.RemovePack(ctx, "own", seen) }, "A-NET-07"},
		{"document", func(n int) error {
			if n == 1 {
				return nil
			}
			_, err := w.Documents.Change(ctx, "describe-volumes.json", DocumentChange{Account: "555"}, 1)
			return err
		}, func(seen int64) error { return w.Documents.Remove(ctx, "describe-volumes.json", seen) }, "Accounts: 555"},
		{"channel", func(n int) error {
			if n == 1 {
				return nil
			}
			return w.Alerts.SetHours(ctx, "Here", notify.Hours{Digest: "09:00"}, 1)
		}, func(seen int64) error { return w.Alerts.RemoveChannel(ctx, "here", seen) }, "Daily digest at 09:00"},
		{"alert rule", func(n int) error {
			_, err := w.Alerts.SaveRule(ctx, AlertRule{Name: "Late", Kind: RuleLate, Days: 3 + n}, AnyVersion)
			return err
		}, func(seen int64) error { return w.Alerts.DeleteRule(ctx, "late", seen) }, "Newest data more than 5 days old"},
		{"assessment", func(n int) error {
			_, err := w.Migrations.Save(ctx, "Move", fmt.Appendf(nil, `{"workloads":[{"name":"web %d","memory_gib":16}],"organization":{"team_size":8,"countries":[]}}`, n), nil, AnyVersion)
			return err
		}, func(seen int64) error { return w.Migrations.Delete(ctx, "move", seen) }, "1 workload\nweb 2: memory GiB 16\nteam size 8"},
		{"invoice amount", func(n int) error {
			_, err := w.Reconciliation.SaveFigure(ctx, reconcile.Row{MonthGiven: true, Figure: reconcile.Figure{
				Key: reconcile.Key{Provider: "AWS", Account: "1", Month: finops.NewMonth(2026, 5), Currency: "USD"}, Total: finops.NewAmount(int64(n), 0),
			}})
			return err
		}, func(seen int64) error { return w.Reconciliation.DeleteFigure(ctx, 1, seen) }, "Total 2 USD"},
		{"connection", func(n int) error {
			if n == 1 {
				return nil
			}
			_, err := w.Connections.Edit(ctx, ConnectionInput{Name: "Main", From: new("2026-02")}, 1)
			return err
		}, func(seen int64) error { return w.Connections.Remove(ctx, "Main", seen) }, "First month: Feb 2026"},
	} {
		t.Run(kind.name, func(t *testing.T) {
			require.NoError(t, kind.change(1))
			require.NoError(t, kind.change(2))
			before, err := w.Audit.List(ctx, 0)
			require.NoError(t, err)
			err = kind.remove(1)
			require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
			assert.Contains(t, finops.MessageOf(err), "was changed meanwhile. Look at it again before you delete it; nothing was changed.")
			both := ConflictOf(err)
			require.NotNil(t, both)
			assert.EqualValues(t, 2, both.Have.Version)
			assert.Contains(t, both.Have.Text, kind.have)
			assert.Equal(t, "Tester", both.Have.ChangedBy)
			assert.NotEmpty(t, both.Have.ChangedAt)
			assert.Nil(t, both.Want, "it was to be deleted")
			after, err := w.Audit.List(ctx, 0)
			require.NoError(t, err)
			assert.Equal(t, before, after, "nothing was changed")
			require.NoError(t, kind.remove(both.Have.Version))
			assert.Equal(t, finops.CodeNotFound, finops.CodeOf(kind.remove(AnyVersion)))
		})
	}
}

// TestConflict_SpellsDaysInWords shows days, months and thousands as all pages do, and leaves what is neither as it is.
func TestConflict_SpellsDaysInWords(t *testing.T) {
	day := finops.NewDay(2026, 11, 20)
	for name, kind := range map[string]struct {
		value any
		want  string
	}{
		"decision":   {TrackedFinding{Progress: Progress{State: "dismissed", Until: "2027-03-31", Note: "asked on 2026-11-20"}}, "State: dismissed\nUntil: 31 Mar 2027\nNote: asked on 2026-11-20"},
		"plan":       {PlannedChange{Kind: PlannedShutdown, From: day}, "Shut-down\nFirst day: 20 Nov 2026"},
		"document":   {Document{Day: day, Accounts: []string{"1"}}, "Accounts: 1\nDay: 20 Nov 2026"},
		"invoice":    {reconcile.Figure{Key: reconcile.Key{Currency: "USD"}, Total: finops.NewAmount(541290, 2), Parts: reconcile.Parts{Tax: new(finops.NewAmount(-100000, 2))}}, "Total 5,412.90 USD\nTax -1,000.00"},
		"assessment": {Assessment{Profile: []byte(`{"requirements":{"exit_date":"2026-11-20"}}`)}, "0 workloads\nexit date 20 Nov 2026"},
		"budget":     {Budget{Budget: budget.Budget{Amounts: []budget.Amount{{Period: "2026-11", Amount: finops.NewAmount(12345675, 2)}}}}, " cost of all charges in \nNov 2026: 123,456.75\nAlerts: ."},
	} {
		side, shown := conflictSide(kind.value)
		require.True(t, shown, name)
		assert.Equal(t, kind.want, side.Text, name)
	}
}
