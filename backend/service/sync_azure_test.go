package service

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azurecosts"
	"cloud-intelligence/backend/connector/azuredetails"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/dailytotals"
	"cloud-intelligence/backend/source/focusfile"
)

// TestSync_CostDetails brings in a report in parts, and wants the ledger that the import of the whole file makes. The network goes in the middle of it, and the
// program ends: the next one goes on with the same report, and reads nothing twice.
func TestSync_CostDetails(t *testing.T) {
	const file = "../../build/validation/bills/azure/mca-2026-09.csv"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	azure, _ := connectortest.NewCostDetails(t)
	azure.Put(t, "2026-09.csv", string(text))
	quick := connectortest.Quick()
	opts := Options{
		Sources: source.Registry{azureexport.Source{}}, User: "Tester", Keychain: &keychain.Memory{}, Connectors: []source.Connector{azuredetails.Connector{}}, Patience: &quick,
		Now: func() time.Time { return time.Date(2026, 10, 2, 12, 0, 0, 0, time.UTC) },
	}
	open := func(name string) *Workspace {
		w, err := Create(t.Context(), filepath.Join(t.TempDir(), name), "Client", opts)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, w.Close()) })
		return w
	}
	whole := open("file.cloudintel")
	load(t, whole, file)
	w := open("client.cloudintel")
	_, err = w.Connections.SetNetwork(t.Context(), NetworkSettings{Settings: network.Settings{CAFile: azure.CAFile}}, 0)
	require.NoError(t, err)
	_, err = w.Connections.Add(t.Context(), ConnectionInput{
		Name: "Main", Kind: "azure-cost-details", Secrets: map[string]string{"client_secret": planted},
		Values: map[string]string{"scope": connectortest.CostDetailsScope, "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "endpoint": azure.URL, "authority": azure.URL},
	})
	require.NoError(t, err)
	azure.Fault = func(r *http.Request) *connectortest.Fault {
		if strings.HasSuffix(r.URL.Path, "/r0/3") {
			return &connectortest.Fault{Reset: true}
		}
		return nil
	}
	_, err = syncMain(t, w, SyncOptions{})
	require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
	path := w.Path()
	require.NoError(t, w.Close())
	w, err = Open(t.Context(), path, opts)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	azure.Fault = nil
	r, err := syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, []string{"2026-09 cost-details"}, syncedMonths(r))
	reports, read := azure.Made()
	head, rest, _ := strings.Cut(string(text), "\n")
	lines := strings.Count(string(text), "\n") - 1
	assert.Equal(t, []int{1, len(rest) + lines*(len(head)+1) - 1}, []int{reports, read}, "reports, and bytes: each part has the header, and the first no end")
	assert.Equal(t, totalsOf(t, whole), totalsOf(t, w))
	r, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Empty(t, r.Months)
}

// TestSync_CostQuery brings in daily totals of Azure, and wants an export of the same bill to take their place, whichever came first.
func TestSync_CostQuery(t *testing.T) {
	azure, _ := connectortest.NewCostQuery(t)
	azure.Put(t, "2026-10.csv", "ChargePeriodStart,ServiceName,SubAccountId,BilledCost,EffectiveCost,BillingCurrency\n"+
		"2026-10-01T00:00:00Z,Storage,4d1c0000-0000-4000-8000-000000000001,10,9,EUR\n2026-10-02T00:00:00Z,Storage,4d1c0000-0000-4000-8000-000000000001,20,20,EUR\n2026-10-03T00:00:00Z,Storage,4d1c0000-0000-4000-8000-000000000001,0.5,1,EUR\n")
	export := newTable().line("ProviderName", "Microsoft", "BillingAccountId", "12345678", "BillingCurrency", "EUR", "BillingPeriodStart", "2026-10-01", "BillingPeriodEnd", "2026-11-01",
		"ChargePeriodStart", "2026-10-01", "ChargePeriodEnd", "2026-10-02", "BilledCost", "7", "EffectiveCost", "7")
	for name, exportFirst := range map[string]bool{"after": false, "before": true} {
		t.Run(name, func(t *testing.T) {
			quick := connectortest.Quick()
			w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", Options{
				Sources: source.Registry{dailytotals.Azure, focusfile.Source{}}, User: "Tester", Keychain: &keychain.Memory{}, Connectors: []source.Connector{azurecosts.Connector{}}, Patience: &quick,
				Now: func() time.Time { return time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC) },
			})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, w.Close()) })
			_, err = w.Connections.SetNetwork(t.Context(), NetworkSettings{Settings: network.Settings{CAFile: azure.CAFile}}, 0)
			require.NoError(t, err)
			_, err = w.Connections.Add(t.Context(), ConnectionInput{Name: "Main", Kind: "azure-cost-query", Secrets: map[string]string{"client_secret": planted}, Values: map[string]string{
				"scope": connectortest.CostDetailsScope, "billing_account": "12345678", "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "endpoint": azure.URL, "authority": azure.URL,
			}})
			require.NoError(t, err)
			billed := func() string {
				a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}})
				require.NoError(t, err)
				require.Len(t, a.Totals, 1)
				return a.Totals[0].Amounts[0].String()
			}
			if exportFirst {
				load(t, w, export.file(t, "focus.csv"))
			}
			r, err := syncMain(t, w, SyncOptions{})
			require.NoError(t, err)
			assert.Equal(t, []string{"2026-10 cost-query"}, syncedMonths(r))
			if !exportFirst {
				assert.Equal(t, "30.5", billed())
				r, err = syncMain(t, w, SyncOptions{})
				require.NoError(t, err)
				assert.Empty(t, r.Months)
				load(t, w, export.file(t, "focus.csv"))
			}
			assert.Equal(t, "7", billed(), "the export counts: it has the charges")
		})
	}
}
