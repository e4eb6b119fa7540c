package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/connector/awscosts"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/dailytotals"
	"cloud-intelligence/backend/source/focusfile"
)

// TestSync_CostExplorer brings in daily totals, and wants an export of the same bill to take their place, whichever came first.
func TestSync_CostExplorer(t *testing.T) {
	costs := connectortest.NewCostExplorer(t)
	deliver := func(amounts ...string) {
		text := "ChargePeriodStart,ChargeCategory,ServiceName,SubAccountId,SubAccountName,BilledCost,EffectiveCost,BillingCurrency\n"
		for i, a := range amounts {
			text += time.Date(2026, 10, 1+i, 0, 0, 0, 0, time.UTC).Format(time.RFC3339) + ",Usage,AmazonEC2,310000000011,shop," + a + "," + a + ",USD\n"
		}
		costs.Put(t, "2026-10.csv", text)
	}
	folder := t.TempDir()
	export := filepath.Join(folder, "focus.csv") // two charges a day, one day less
	require.NoError(t, os.WriteFile(export, []byte(focusHeader+"4,USD,123456789012,2026-10-01,2026-10-01,AWS,EC2\n6,USD,123456789012,2026-10-01,2026-10-01,AWS,Disk\n20,USD,123456789012,2026-10-01,2026-10-02,AWS,EC2\n"), 0o600))
	for name, exportFirst := range map[string]bool{"after.cloudintel": false, "before.cloudintel": true} {
		t.Run(name, func(t *testing.T) {
			deps := cli.Deps{
				Sources: source.Registry{dailytotals.AWS, focusfile.Source{}}, User: "Ann", Keychain: &keychain.Memory{}, Connectors: []source.Connector{awscosts.Connector{}},
				Now: func() time.Time { return time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC) },
			}
			run := func(stdin string, args ...string) string {
				t.Helper()
				var out, problem bytes.Buffer
				code := cli.Main(context.Background(), append([]string{"--workspace", filepath.Join(folder, name)}, args...), strings.NewReader(stdin), &out, &problem, deps)
				require.Zero(t, code, "%s\n%s", out.String(), problem.String())
				return out.String()
			}
			deliver("10", "20", "0.5")
			run("", "workspace", "create", "Client")
			run("planted-key\n", "connections", "add", "AWS", "--kind", "aws-cost-explorer", "--set", "access_key_id=AKIAIOSFODNN7EXAMPLE", "--set", "endpoint="+costs.URL, "--set", "sts_endpoint="+costs.URL, "--secret-stdin", "secret_access_key")
			if exportFirst {
				run("", "import", export)
			}
			assert.Contains(t, run("", "sync", "AWS"), "Charged by the provider: $0.04 for 4 pages")
			if !exportFirst {
				assert.Contains(t, run("", "summary", "--json"), `"total": "30.5"`)
				deliver("10", "20", "1", "2")
				assert.Contains(t, run("", "sync", "AWS"), "Imported Oct 2026")
				assert.Contains(t, run("", "summary", "--json"), `"total": "33"`)
				assert.Contains(t, run("", "sync", "AWS"), "Charged by the provider: $0.01 for 1 page of Cost Explorer\n")
				run("", "import", export)
			}
			assert.Contains(t, run("", "summary", "--json"), `"total": "30"`, "the export counts: it has the charges")
			deliver("10", "20", "1", "2", "90")
			run("", "sync", "AWS")
			assert.Contains(t, run("", "summary", "--json"), `"total": "30"`, "also where the totals go much further")
		})
	}
}
