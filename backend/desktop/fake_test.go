package desktop

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/logging"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// fakeRuntime is a window without a screen: a person who answers dialogs as the test says, and a
// page that keeps what it hears.
type fakeRuntime struct {
	mu      sync.Mutex
	events  []fakeEvent
	answer  string   // of the next dialogs for one path
	answers []string // of the next dialogs for several
	fail    error
	asked   []Dialog
	drop    func([]string)
	place   Place
	placed  *Place
	printed int
}

type fakeEvent struct {
	name string
	json string // as the page gets it
}

func (f *fakeRuntime) EventsEmit(event string, payload any) {
	text, err := json.Marshal(payload)
	if err != nil {
		text = []byte("does not marshal: " + err.Error())
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.events = append(f.events, fakeEvent{event, string(text)})
}

func (f *fakeRuntime) ask(d Dialog) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, d)
	return f.answer, f.fail
}

func (f *fakeRuntime) OpenFileDialog(d Dialog) (string, error)      { return f.ask(d) }
func (f *fakeRuntime) OpenDirectoryDialog(d Dialog) (string, error) { return f.ask(d) }
func (f *fakeRuntime) SaveFileDialog(d Dialog) (string, error)      { return f.ask(d) }
func (f *fakeRuntime) OpenFilesDialog(d Dialog) ([]string, error) {
	_, err := f.ask(d)
	return f.answers, err
}
func (f *fakeRuntime) OnFileDrop(fn func([]string)) { f.drop = fn }
func (f *fakeRuntime) Place() Place                 { return f.place }
func (f *fakeRuntime) SetPlace(p Place)             { f.placed = &p }
func (f *fakeRuntime) Print()                       { f.printed++ }

func (f *fakeRuntime) heard(event string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var payloads []string
	for _, e := range f.events {
		if e.name == event {
			payloads = append(payloads, e.json)
		}
	}
	return payloads
}

// changes counts how often the page heard that a topic changed.
func (f *fakeRuntime) changes(topic string) (n int) {
	for _, text := range f.heard(eventChanged) {
		var c ChangeInfo
		if json.Unmarshal([]byte(text), &c) == nil && string(c.Topic) == topic {
			n++
		}
	}
	return n
}

// house is a Desktop with everything real but the window.
type house struct {
	*Desktop
	window     *fakeRuntime
	log        *strings.Builder
	workspaces *Workspaces
	imports    *Imports
	jobList    *Jobs
	ledger     *Ledger
	filters    *Filters
	scopes     *Scopes
	dimensions *Dimensions
	app        *App
}

func newDesktop(t *testing.T, edit func(*Options)) *house {
	t.Helper()
	root := t.TempDir()
	t.Setenv("XDG_DATA_HOME", filepath.Join(root, "share")) // the trash
	config := filepath.Join(root, "config")
	require.NoError(t, os.MkdirAll(config, 0o700))
	var text strings.Builder
	opts := Options{
		Version: "1.2.3", Log: lockedLog(&text),
		Library: &service.Library{Dir: filepath.Join(root, "workspaces"), ConfigDir: config},
		Service: service.Options{Sources: source.Registry{focusfile.Source{}}, User: "nora"},
	}
	if edit != nil {
		edit(&opts)
	}
	d := New(context.WithoutCancel(t.Context()), opts)
	h := &house{Desktop: d, window: &fakeRuntime{}, log: &text}
	for _, b := range d.Bindings() {
		switch b := b.(type) {
		case *Workspaces:
			h.workspaces = b
		case *Imports:
			h.imports = b
		case *Jobs:
			h.jobList = b
		case *Ledger:
			h.ledger = b
		case *Filters:
			h.filters = b
		case *Scopes:
			h.scopes = b
		case *Dimensions:
			h.dimensions = b
		case *App:
			h.app = b
		}
	}
	t.Cleanup(func() { assert.NoError(t, d.Stop(context.WithoutCancel(t.Context()))) })
	return h
}

// openDesktop is a desktop whose window is open.
func openDesktop(t *testing.T) *house {
	t.Helper()
	h := newDesktop(t, nil)
	h.Start(h.window)
	return h
}

type lockedWriter struct {
	mu sync.Mutex
	b  *strings.Builder
}

func (w *lockedWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.Write(p)
}

func lockedLog(b *strings.Builder) *slog.Logger { return logging.New(&lockedWriter{b: b}) }

const header = "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,BillingAccountName,BillingAccountType,BillingCurrency," +
	"BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart," +
	"ConsumedQuantity,ConsumedUnit,ContractedUnitPrice,InvoiceIssuerName,PricingQuantity,PricingUnit,ProviderName,PublisherName,RegionId,RegionName," +
	"ResourceId,ResourceName,ResourceType,ServiceCategory,ServiceName,SkuId,SkuPriceId,SubAccountId,SubAccountName,Tags\n"

// charge is a line of a bill of October 2026.
func charge(day, cost, account, resource, service, tags string) string {
	return cost + "," + cost + ",," + cost + "," + account + ",Acme,Billing,EUR," +
		"2026-11-01T00:00:00Z,2026-10-01T00:00:00Z,Usage,,\"Use of " + service + "\",Usage-Based," + day + "T23:59:59Z," + day + "T00:00:00Z," +
		"1,Hours,,AWS,1,Hours,AWS,AWS,eu-west-1,Ireland," +
		resource + "," + resource + ",Server,Compute," + service + ",sku1,price1,sub1,Shop,\"" + strings.ReplaceAll(tags, `"`, `""`) + "\"\n"
}

func bill() string {
	return header +
		charge("2026-10-01", "0.1", "acc1", "i-1", "EC2", `{"env":"prod"}`) +
		charge("2026-10-02", "0.2", "acc1", "i-1", "EC2", `{"env":"prod"}`) +
		charge("2026-10-03", "-12.5", "acc1", "i-2", "=HYPERLINK(1)", ``)
}

func (h *house) writeBill(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func (h *house) ended(t *testing.T, started JobInfo, err error) JobInfo {
	t.Helper()
	require.NoError(t, err)
	j, err := h.jobs.Wait(t.Context(), started.ID)
	require.NoError(t, err)
	return h.jobInfo(j)
}

// preview looks at files and wants it to work.
func (h *house) preview(t *testing.T, paths ...string) ImportPlan {
	t.Helper()
	started, err := h.imports.Preview(paths)
	require.NoError(t, err)
	plan, err := h.imports.Previewed(started.ID)
	require.NoError(t, err)
	return plan
}

// importBill imports a bill and wants it to work.
func (h *house) importBill(t *testing.T, path string) JobInfo {
	t.Helper()
	plan := h.preview(t, path)
	require.Len(t, plan.Files, 1, "skipped: %v", plan.Skipped)
	started, err := h.imports.Start(plan.ID, ImportOptions{})
	end := h.ended(t, started, err)
	require.Equal(t, job.Done, end.State, "%v", end.Error)
	return end
}

// filled is a desktop with a workspace that holds the bill.
func filled(t *testing.T) *house {
	t.Helper()
	h := openDesktop(t)
	_, err := h.workspaces.Create("Acme")
	require.NoError(t, err)
	h.importBill(t, h.writeBill(t, "focus-2026-10.csv", bill()))
	return h
}

var errBoom = errors.New("boom")

func fixedTime() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }
