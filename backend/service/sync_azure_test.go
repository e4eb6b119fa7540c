package service

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azuredetails"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
)

// TestSync_CostDetails brings in a report in parts, and wants the ledger that the import of the whole file makes.
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
	r, err := syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, []string{"2026-09 cost-details"}, syncedMonths(r))
	assert.Equal(t, totalsOf(t, whole), totalsOf(t, w))
	r, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Empty(t, r.Months)
}
