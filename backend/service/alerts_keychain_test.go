package service

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/keychain/keychaintest"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/store"
)

// TestAlerts_InASession is the child process of the tests below.
func TestAlerts_InASession(t *testing.T) {
	what := keychaintest.Inside()
	if what == "" {
		t.Skip("This is the child process of other tests; it does nothing by itself.")
	}
	w := budgetWorkspace(t)
	w.keychain = keychain.System()
	load(t, w, dailyBills(newTable(), 125, func(int) string { return "10" }).file(t, "usage.csv"))
	h := listen(t)
	settings, key := notify.Settings{Kind: notify.JSON, URL: h.url}, "a key of some length"
	if what == keychaintest.Absent {
		err := w.Alerts.AddChannel(t.Context(), "Hook", settings, key)
		require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
		require.Contains(t, finops.MessageOf(err), "no keychain")
		channels, err := w.Alerts.Channels(t.Context())
		require.NoError(t, err)
		require.Empty(t, channels, "without its secret a channel is not added")
		return
	}
	keychaintest.Started(t, w.keychain)
	require.NoError(t, w.Alerts.AddChannel(t.Context(), "Hook", settings, key))
	saveBudget(t, w, "B", budget.Budget{Amounts: amounts(t, "2026-05", "1"), Thresholds: []budget.Threshold{{Kind: budget.Actual, Percent: amountOf(t, "100")}}})
	switch what {
	case "unlocked":
		require.Equal(t, []string{"Hook sent 1"}, deliver(t, w))
		require.NoError(t, w.Alerts.RemoveChannel(t.Context(), "Hook", AnyVersion))
		id, err := w.db.ID(t.Context(), w.user, w.now())
		require.NoError(t, err)
		_, err = w.keychain.Get(t.Context(), id, channelSecret(1))
		require.Equal(t, finops.CodeNotFound, finops.CodeOf(err), "its secret goes with it")
	case "locked":
		keychaintest.Lock(t)
		list, err := w.Alerts.Deliver(t.Context())
		require.NoError(t, err, "a locked keychain is no failure of the alert")
		require.Len(t, list, 1)
		require.Contains(t, list[0].Error, "locked")
		require.NotContains(t, list[0].Error, key)
		require.Equal(t, store.DeliveryWaiting, list[0].State)
		alerts, err := w.Alerts.List(t.Context())
		require.NoError(t, err)
		require.Len(t, alerts, 1, "it is in the inbox all the same")
		now := w.now().Add(time.Minute)
		w.now = func() time.Time { return now }
		require.Equal(t, finops.CodeDenied, finops.CodeOf(w.Alerts.Test(t.Context(), "Hook")))
		require.Empty(t, h.got)
	}
}

func TestAlerts_KeychainUnlocked(t *testing.T) {
	keychaintest.Session(t, "TestAlerts_InASession", "unlocked")
}

func TestAlerts_KeychainLocked(t *testing.T) {
	keychaintest.Session(t, "TestAlerts_InASession", "locked")
}

func TestAlerts_KeychainAbsent(t *testing.T) {
	keychaintest.Session(t, "TestAlerts_InASession", keychaintest.Absent)
}
