package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

const focusHeader = "BilledCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ProviderName,ServiceName\n"

// TestSync_AWSFromTheCommandLine goes the way of a person who connects to an export of AWS for the first time.
func TestSync_AWSFromTheCommandLine(t *testing.T) {
	address := connectortest.Moto(t)
	bucket := connectortest.NewBucket(t, address, "acme-billing")
	deliver := func(month, execution string, amounts ...string) {
		var bill strings.Builder
		bill.WriteString(focusHeader)
		for _, a := range amounts {
			bill.WriteString(a + ",USD,123456789012," + month + "-01," + month + "-03,AWS,EC2\n")
		}
		key := "exp/focus/data/BILLING_PERIOD=" + month + "/focus-00001.csv"
		bucket.Put(t, key, bill.String())
		manifest, err := json.Marshal(map[string]any{
			"executionId": execution, "exportArn": "arn:aws:bcm-data-exports:us-east-1:123456789012:export/focus",
			"dataFiles": []string{"s3://acme-billing/" + key}, "columns": []map[string]string{{"name": "BilledCost", "type": "double"}},
		})
		require.NoError(t, err)
		bucket.Put(t, "exp/focus/metadata/BILLING_PERIOD="+month+"/focus-Manifest.json", string(manifest))
	}
	deliver("2026-09", "e1", "10", "20")
	deliver("2026-10", "e2", "1", "2")

	folder := t.TempDir()
	deps := cli.Deps{Sources: source.Registry{focusfile.Source{}}, User: "Ann", Keychain: &keychain.Memory{}, Connectors: []source.Connector{awsexport.Connector{}}}
	run := func(stdin io.Reader, args ...string) (string, string, int) {
		var out, problem bytes.Buffer
		code := cli.Main(context.Background(), append([]string{"--workspace", filepath.Join(folder, "w.cloudintel")}, args...), stdin, &out, &problem, deps)
		return out.String(), problem.String(), code
	}
	ok := func(args ...string) string {
		t.Helper()
		out, problem, code := run(strings.NewReader(""), args...)
		require.Zero(t, code, problem)
		return out
	}
	ok("workspace", "create", "Client")
	_, problem, code := run(strings.NewReader("planted-key\n"), "connections", "add", "Production", "--kind", "aws-exports", "--set", "bucket=acme-billing", "--set", "prefix=exp/",
		"--set", "access_key_id=AKIAIOSFODNN7EXAMPLE", "--set", "endpoint="+address, "--set", "sts_endpoint="+address, "--secret-stdin", "secret_access_key")
	require.Zero(t, code, problem)
	assert.Contains(t, ok("connections", "test", "Production"), "exp/focus: 2 months, Sep – Oct 2026.")
	assert.Contains(t, ok("sync", "Production"), "Imported Sep – Oct 2026 of exp/focus. 4 files, 4 lines")
	assert.Contains(t, ok("summary", "--json"), `"total": "33"`)

	deliver("2026-10", "e3", "1", "2", "4")
	changed := ok("sync", "--all")
	assert.Contains(t, changed, "Imported Oct 2026 of exp/focus. 2 files, 3 lines")
	assert.Contains(t, changed, "All bills of 2026-10: 7.00, before 3.00, change +4.00 USD (+133.3 %)")
	assert.Contains(t, changed, "Newest day 2026-10-03: 7.00, the day before 0.00, change +7.00 USD\n")
	assert.Contains(t, ok("summary", "--json"), `"total": "37"`, "the newer delivery took the place of the older one")
	hosts := ok("connections", "hosts")
	assert.Contains(t, hosts, strings.TrimPrefix(address, "http://"))
	assert.Contains(t, hosts, "Amazon S3: bills of Production")
	assert.Contains(t, hosts, "AWS STS: signing in for bills of Production")
	assert.Contains(t, ok("sync", "history", "--json"), `"state": "done"`)
	ok("connections", "edit", "Production", "--set", "role_arn=arn:aws:iam::222222222222:role/ReadBills", "--set", "mfa_serial=arn:aws:iam::123456789012:mfa/ann")
	_, problem, code = run(strings.NewReader(""), "sync", "--all")
	assert.Equal(t, 1, code, "a schedule has nobody who could enter it")
	assert.Contains(t, problem, "The MFA code was not entered.")
	out, problem, code := run(strings.NewReader("123456\n"), "connections", "test", "Production")
	require.Zero(t, code, problem)
	assert.Contains(t, problem, "Enter the code that the MFA device arn:aws:iam::123456789012:mfa/ann shows now.")
	assert.Contains(t, out, "assumed-role/ReadBills/cloud-intelligence")
	_, problem, code = run(strings.NewReader("123456\n"), "sync", "Production")
	require.Zero(t, code, problem)
	assert.NotContains(t, ok("audit"), "planted-key")
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	requireNowhere(t, "planted-key", files)
	requireNowhere(t, "123456\n", files)
}

func requireNowhere(t *testing.T, text string, files []string) {
	t.Helper()
	require.NotEmpty(t, files)
	for _, path := range files {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.NotContains(t, string(content), text, path)
	}
}
