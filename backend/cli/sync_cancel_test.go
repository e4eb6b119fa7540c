//go:build unix

package cli_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/connector/awscosts"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/dailytotals"
)

// TestSync_Interrupted sends this process the signal that Ctrl-C sends while a provider lets a sync wait for its answer.
func TestSync_Interrupted(t *testing.T) {
	costs := connectortest.NewCostExplorer(t)
	costs.Put(t, "2026-10.csv", "ChargePeriodStart,ChargeCategory,ServiceName,SubAccountId,SubAccountName,BilledCost,EffectiveCost,BillingCurrency\n2026-10-01T00:00:00Z,Usage,AmazonEC2,310000000011,shop,1,1,USD\n")
	asked := 0
	proxy := connectortest.NewFaults(t, costs.URL, func(r *http.Request) *connectortest.Fault {
		if asked++; asked == 3 {
			assert.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGINT))
			<-r.Context().Done() // the sync gives up
		}
		return nil
	})
	deps := cli.Deps{Sources: source.Registry{dailytotals.AWS}, User: "Ann", Keychain: &keychain.Memory{}, Connectors: []source.Connector{awscosts.Connector{}}}
	workspace := filepath.Join(t.TempDir(), "w.cloudintel")
	run := func(stdin string, args ...string) (code int, out, problem string) {
		var stdout, stderr bytes.Buffer
		code = cli.Main(t.Context(), append([]string{"--workspace", workspace}, args...), strings.NewReader(stdin), &stdout, &stderr, deps)
		return code, stdout.String(), stderr.String()
	}
	run("", "workspace", "create", "Client")
	code, _, problem := run("planted-key\n", "connections", "add", "AWS", "--kind", "aws-cost-explorer", "--set", "access_key_id=AKIAIOSFODNN7EXAMPLE", "--set", "endpoint="+proxy.URL, "--set", "sts_endpoint="+proxy.URL, "--secret-stdin", "secret_access_key")
	require.Zero(t, code, problem)
	code, out, problem := run("", "sync", "AWS")
	assert.Equal(t, 130, code)
	assert.Empty(t, out)
	assert.Contains(t, problem, "The sync was cancelled. What it had brought in stays, and the next one goes on with what is missing.")
	assert.NotContains(t, problem, "wrong")
	_, out, _ = run("", "sync", "history", "--json")
	assert.Contains(t, out, `"state": "cancelled"`)
	assert.Contains(t, out, `"note": "It was cancelled."`)
	_, out, _ = run("", "jobs", "--json")
	assert.Contains(t, out, `"state": "cancelled"`)
	code, out, problem = run("", "sync", "AWS", "--json")
	require.Zero(t, code, problem)
	assert.Contains(t, out, `"month": "2026-10"`)
}
