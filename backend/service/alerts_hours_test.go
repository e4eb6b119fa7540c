package service

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/store"
)

// raiseOne raises one alert, by a budget of the name.
func raiseOne(t *testing.T, w *Workspace, name string) {
	t.Helper()
	saveBudget(t, w, name, budget.Budget{Amounts: amounts(t, "2026-05", "1"), Thresholds: []budget.Threshold{{Kind: budget.Actual, Percent: amountOf(t, "100")}}})
}

// logOf prints the delivery log, the oldest alert first.
func logOf(t *testing.T, w *Workspace) (list []string) {
	t.Helper()
	log, err := w.Alerts.Deliveries(t.Context())
	require.NoError(t, err)
	alerts, err := w.Alerts.List(t.Context())
	require.NoError(t, err)
	for i := len(alerts) - 1; i >= 0; i-- {
		for _, d := range log {
			if d.AlertID == alerts[i].ID {
				text := fmt.Sprintf("%s %s %s", alerts[i].Name, d.Channel, d.State)
				if d.State == store.DeliveryHeld {
					text += " until " + d.NextAt.In(w.now().Location()).Format("02 15:04")
				}
				list = append(list, text)
			}
		}
	}
	return list
}

func TestAlerts_TheDailyDigest(t *testing.T) {
	w := budgetWorkspace(t)
	zone, err := time.LoadLocation("Asia/Tokyo")
	require.NoError(t, err)
	now := time.Date(2026, 5, 2, 7, 0, 0, 0, zone)
	w.now = func() time.Time { return now }
	load(t, w, dailyBills(newTable(), 125, func(int) string { return "10" }).file(t, "usage.csv"))
	h := listen(t)
	settings := notify.Settings{Kind: notify.JSON, URL: h.url, Hours: notify.Hours{Digest: "08:00"}}
	require.NoError(t, w.Alerts.AddChannel(t.Context(), "Daily", settings, "a key of some length"))
	raiseOne(t, w, "A")
	raiseOne(t, w, "B")
	for range 2 {
		require.Empty(t, deliver(t, w))
		require.Equal(t, []string{"A Daily held until 02 08:00", "B Daily held until 02 08:00"}, logOf(t, w))
	}
	now = now.Add(time.Hour)
	h.answers(503)
	require.Equal(t, []string{"Daily waiting 1", "Daily waiting 1"}, deliver(t, w))
	now = now.Add(time.Second)
	raiseOne(t, w, "C")
	require.Empty(t, deliver(t, w))
	h.answers(200)
	now = now.Add(time.Minute)
	require.Equal(t, []string{"Daily sent 2", "Daily sent 2"}, deliver(t, w))
	require.Len(t, h.got, 1, "one message")
	require.Equal(t, []string{"A Daily sent", "B Daily sent", "C Daily held until 03 08:00"}, logOf(t, w))

	// The program is away at the time of the digest, and ends while it sends the next one.
	now = now.AddDate(0, 0, 3)
	alerts, err := w.Alerts.List(t.Context())
	require.NoError(t, err)
	channel, err := w.Alerts.ChannelByName(t.Context(), "daily")
	require.NoError(t, err)
	taken, err := w.db.BeginDelivery(t.Context(), []int64{alerts[0].ID}, channel.row, "Tester", now)
	require.NoError(t, err)
	require.Equal(t, map[int64]int64{alerts[0].ID: 1}, taken)
	require.Empty(t, deliver(t, w))
	now = now.AddDate(0, 0, 1)
	require.Empty(t, deliver(t, w), "nobody knows whether it arrived")
	require.Len(t, h.got, 1)

	// Without a digest the rest goes at once; with the channel what it holds is given up.
	raiseOne(t, w, "D")
	raiseOne(t, w, "E")
	require.Empty(t, deliver(t, w))
	require.NoError(t, w.Alerts.SetHours(t.Context(), "Daily", notify.Hours{}, channel.Version))
	require.Equal(t, []string{"Daily sent 1", "Daily sent 1"}, deliver(t, w))
	require.Len(t, h.got, 3)
	err = w.Alerts.SetHours(t.Context(), "Daily", notify.Hours{Digest: "09:00"}, channel.Version)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(w.Alerts.SetHours(t.Context(), "Daily", notify.Hours{Digest: "9"}, AnyVersion)))
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(w.Alerts.SetHours(t.Context(), "Dayly", notify.Hours{}, AnyVersion)))
	require.NoError(t, w.Alerts.SetHours(t.Context(), "Daily", notify.Hours{Digest: "09:00"}, AnyVersion))
	now = now.Add(2 * time.Hour)
	raiseOne(t, w, "F")
	require.Empty(t, deliver(t, w))
	require.NoError(t, w.Alerts.RemoveChannel(t.Context(), "Daily", AnyVersion))
	require.True(t, strings.HasSuffix(strings.Join(logOf(t, w), ", "), "F Daily failed"))
}

func TestAlerts_QuietHours(t *testing.T) {
	w := budgetWorkspace(t)
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	now := time.Date(2026, 5, 2, 19, 59, 0, 0, zone)
	w.now = func() time.Time { return now }
	load(t, w, dailyBills(newTable(), 125, func(int) string { return "10" }).file(t, "usage.csv"))
	h := listen(t)
	require.NoError(t, w.Alerts.AddChannel(t.Context(), "Day", notify.Settings{Kind: notify.JSON, URL: h.url, Hours: notify.Hours{QuietFrom: "20:00", QuietTo: "07:30"}}, "a key of some length"))
	addHook(t, w, h)
	raiseOne(t, w, "A")
	require.Equal(t, []string{"Day sent 1", "Hook sent 1"}, deliver(t, w))
	now = now.Add(time.Minute)
	raiseOne(t, w, "B")
	require.Equal(t, []string{"Hook sent 1"}, deliver(t, w))
	require.Equal(t, "B Day held until 03 07:30", logOf(t, w)[2])
	now = now.AddDate(0, 0, 1) // the program was away, and it is night again
	require.Empty(t, deliver(t, w))
	require.Contains(t, logOf(t, w), "B Day held until 04 07:30")
	now = time.Date(2026, 5, 4, 7, 30, 0, 0, zone)
	require.Equal(t, []string{"Day sent 1"}, deliver(t, w))
	require.Empty(t, deliver(t, w))
}
