package cli_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/connector/bigqueryexport"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/gcpexport"
)

// version is how often a ledger has changed: a sync imports month by month.
var version = regexp.MustCompile(`"version": \d+,`)

// TestSync_BigQuery syncs a sample of Google's export from a stand-in of BigQuery, and wants the ledger that the import of the file makes.
func TestSync_BigQuery(t *testing.T) {
	const file, name = "../../../shared/data/synthetic/gcp-bigquery-detailed-ndjson/gcp_detailed_2026-09.ndjson.gz", "gcp_billing_export_resource_v1_01A2B3_C4D5E6_F7A8B9"
	packed, err := os.Open(file)
	if err != nil {
		t.Skip("The sample of Google's export is not there:", err)
	}
	defer func() { require.NoError(t, packed.Close()) }()
	r, err := gzip.NewReader(packed)
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)

	signIn := connectortest.NewGoogleSignIn(t)
	query := connectortest.NewBigQuery(t, signIn.Whose)
	query.Create(name, false, connectortest.Schema(t, bytes.NewReader(text)))
	query.Add(t, name, string(text))
	query.PageRows = 500

	folder := t.TempDir()
	deps := cli.Deps{Sources: source.Registry{gcpexport.Source{}}, User: "Ann", Keychain: &keychain.Memory{}, Connectors: []source.Connector{bigqueryexport.Connector{}}}
	run := func(workspace, stdin string, args ...string) string {
		t.Helper()
		var out, problem bytes.Buffer
		code := cli.Main(context.Background(), append([]string{"--workspace", filepath.Join(folder, workspace)}, args...), strings.NewReader(stdin), &out, &problem, deps)
		require.Zero(t, code, problem.String())
		return out.String()
	}
	run("file.cloudintel", "", "workspace", "create", "Client")
	run("file.cloudintel", "", "import", file)
	run("w.cloudintel", "", "workspace", "create", "Client")
	run("w.cloudintel", signIn.Key+"\n", "connections", "add", "Google", "--kind", "bigquery-export", "--set", "project=acme-pays", "--set", "dataset=acme-finance.billing", "--set", "endpoint="+query.URL, "--secret-stdin", "service_account_key")
	assert.Contains(t, run("w.cloudintel", "", "connections", "test", "Google"), "BigQuery charges for 10.0 MB each time")
	first := run("w.cloudintel", "", "sync", "Google")
	assert.Contains(t, first, "Charged by the provider: ")
	for _, question := range [][]string{{"summary", "--json"}, {"spend", "--by", "ServiceName", "--json"}, {"spend", "--by", "SubAccountName", "--json"}} {
		assert.Equal(t, version.ReplaceAllString(run("file.cloudintel", "", question...), ""), version.ReplaceAllString(run("w.cloudintel", "", question...), ""))
	}
	assert.Contains(t, run("w.cloudintel", "", "sync", "Google"), "Charged by the provider: 10.0 MB read")
	assert.Contains(t, run("w.cloudintel", "", "connections", "hosts"), "Google sign-in: signing in for bills of Google")
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	requireNowhere(t, "planted", files)
	requireNowhere(t, "PRIVATE KEY", files)
}
