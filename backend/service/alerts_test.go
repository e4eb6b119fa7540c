package service

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/store"
)

// hook is a web hook on this computer that counts what comes, by id.
type hook struct {
	url string

	mu     sync.Mutex
	status int
	got    map[string]int
}

var idHeader = regexp.MustCompile(`(?i)` + notify.HeaderID + `: (\S+)`)

func listen(t testing.TB) *hook {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	h := &hook{url: "http://" + l.Addr().String(), status: 200, got: map[string]int{}}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // the test has ended
			}
			running.Go(func() { h.answer(conn) })
		}
	})
	t.Cleanup(func() {
		require.NoError(t, l.Close())
		running.Wait()
	})
	return h
}

// answer reads one request up to its body and answers it; whatever goes wrong ends it.
func (h *hook) answer(conn net.Conn) {
	defer func() { _ = conn.Close() }() // the other side may have closed it
	in, head, length := bufio.NewReader(conn), "", 0
	for !strings.HasSuffix(head, "\r\n\r\n") {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		head += line
		_, _ = fmt.Sscanf(strings.ToLower(line), "content-length: %d", &length) // other lines have none
	}
	_, _ = io.CopyN(io.Discard, in, int64(length))
	h.mu.Lock()
	status := h.status
	if id := idHeader.FindStringSubmatch(head); id != nil && status == 200 {
		h.got[id[1]]++
	}
	h.mu.Unlock()
	_, _ = fmt.Fprintf(conn, "HTTP/1.1 %d x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status)
}

func (h *hook) answers(status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.status = status
}

func addHook(t testing.TB, w *Workspace, h *hook) {
	t.Helper()
	require.NoError(t, w.Alerts.AddChannel(t.Context(), "Hook", notify.Settings{Kind: notify.JSON, URL: h.url}, "a key of some length"))
}

func deliver(t testing.TB, w *Workspace) (states []string) {
	t.Helper()
	list, err := w.Alerts.Deliver(t.Context())
	require.NoError(t, err)
	for _, d := range list {
		states = append(states, fmt.Sprintf("%s %s %d", d.Channel, d.State, d.Attempts))
	}
	return states
}

func TestAlerts_AreSentOnce(t *testing.T) {
	w := budgetWorkspace(t)
	load(t, w, dailyBills(newTable(), 125, func(int) string { return "10" }).file(t, "usage.csv"))
	saveBudget(t, w, "Early", budget.Budget{Amounts: amounts(t, "2026-05", "1"), Thresholds: []budget.Threshold{{Kind: budget.Actual, Percent: amountOf(t, "100")}}})
	require.Empty(t, deliver(t, w), "there is no channel")
	now := w.now()
	w.now = func() time.Time { return now }
	now = now.Add(time.Hour)
	h := listen(t)
	addHook(t, w, h)
	require.Empty(t, deliver(t, w), "what was raised before is not sent")

	now = now.Add(time.Hour)
	saveBudget(t, w, "Late", budget.Budget{Amounts: amounts(t, "2026-05", "1"), Thresholds: []budget.Threshold{{Kind: budget.Actual, Percent: amountOf(t, "100")}}})
	h.answers(503)
	require.Equal(t, []string{"Hook waiting 1"}, deliver(t, w))
	require.Empty(t, deliver(t, w), "it waits for a minute")
	now = now.Add(time.Minute)
	require.Equal(t, []string{"Hook waiting 2"}, deliver(t, w))
	h.answers(200)
	now = now.Add(2 * time.Minute)
	require.Equal(t, []string{"Hook sent 3"}, deliver(t, w))
	require.Empty(t, deliver(t, w))
	require.Len(t, h.got, 1)
	alerts, err := w.Alerts.List(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"Hook"}, alerts[0].SentTo)
	require.Empty(t, alerts[1].SentTo)
	require.Equal(t, []string{"Hook"}, checkBudgets(t, w, "2026-05-04", "Late").Standings[0].Alerts[0].SentTo)

	// A program that ends while it sends: nobody knows whether it arrived.
	saveBudget(t, w, "Third", budget.Budget{Amounts: amounts(t, "2026-05", "1"), Thresholds: []budget.Threshold{{Kind: budget.Actual, Percent: amountOf(t, "100")}}})
	alerts, err = w.Alerts.List(t.Context())
	require.NoError(t, err)
	channels, err := w.db.Channels(t.Context())
	require.NoError(t, err)
	taken, err := w.db.BeginDelivery(t.Context(), []int64{alerts[0].ID}, channels[0], "Tester", now)
	require.NoError(t, err)
	require.Len(t, taken, 1)
	now = now.Add(24 * time.Hour)
	require.Empty(t, deliver(t, w))

	require.NoError(t, w.Alerts.Test(t.Context(), "hook"))
	require.Len(t, h.got, 2)
	require.NoError(t, w.Alerts.RemoveChannel(t.Context(), "hook", AnyVersion))
	_, err = w.keychain.Get(t.Context(), "", channelSecret(channels[0].ID))
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	log, err := w.Alerts.Deliveries(t.Context())
	require.NoError(t, err)
	require.Len(t, log, 2, "the log stays")
	require.Equal(t, store.DeliverySending, log[0].State)
}

// locked is a keychain that gives nothing.
type locked struct{ keychain.Keychain }

func (locked) Get(context.Context, string, string) (string, error) {
	return "", finops.Errorf(finops.CodeDenied, "The keychain is locked. Unlock it and try again.")
}

func TestAlerts_ALockedKeychainIsASentence(t *testing.T) {
	w := budgetWorkspace(t)
	load(t, w, dailyBills(newTable(), 125, func(int) string { return "10" }).file(t, "usage.csv"))
	h := listen(t)
	addHook(t, w, h)
	saveBudget(t, w, "B", budget.Budget{Amounts: amounts(t, "2026-05", "1"), Thresholds: []budget.Threshold{{Kind: budget.Actual, Percent: amountOf(t, "100")}}})
	open := w.keychain
	w.keychain = locked{}
	list, err := w.Alerts.Deliver(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, "The keychain is locked. Unlock it and try again.", list[0].Error)
	require.Equal(t, store.DeliveryWaiting, list[0].State)
	w.keychain = open
	now := w.now().Add(time.Minute)
	w.now = func() time.Time { return now }
	require.Equal(t, []string{"Hook sent 2"}, deliver(t, w))

	_, err = w.db.SetNetwork(t.Context(), store.Network{Offline: true}, store.AnyVersion, "Tester", now)
	require.NoError(t, err)
	saveBudget(t, w, "C", budget.Budget{Amounts: amounts(t, "2026-05", "1")})
	_, err = w.Alerts.Deliver(t.Context())
	require.Equal(t, finops.CodeDenied, finops.CodeOf(err))
	require.Len(t, h.got, 1)
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(w.Alerts.AddChannel(t.Context(), "S", notify.Settings{Kind: notify.Slack}, "")))
	require.Equal(t, finops.CodeConflict, finops.CodeOf(w.Alerts.AddChannel(t.Context(), "hook", notify.Settings{Kind: notify.JSON, URL: h.url}, "a key of some length")))
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(w.Alerts.Test(t.Context(), "Hok")))
}
