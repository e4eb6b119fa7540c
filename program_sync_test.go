package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/sas"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // reads workspaces

	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/keychain/keychaintest"
	"cloud-intelligence/backend/platform/logging"
)

const programVariable = "CI_TEST_PROGRAM"

// TestMain is the program itself where the test below starts it.
func TestMain(m *testing.M) {
	if os.Getenv(programVariable) != "" {
		main()
	}
	os.Exit(m.Run())
}

// TestProgram_SyncKilled runs the program as a person does, with a keychain of the system, against what plays the clouds: a sync that crashes and one that is
// killed go on where they were, to the ledger of a sync that was let alone, and no secret of any kind is anywhere but in the keychain.
func TestProgram_SyncKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("Killing is left out of the short run; with the race detector it would take minutes.")
	}
	keychaintest.Session(t, "TestProgram_InASession", "unlocked")
}

// TestProgram_KeychainLocked runs the program where the keychain is locked between a connection and its sync.
func TestProgram_KeychainLocked(t *testing.T) {
	keychaintest.Session(t, "TestProgram_WithoutKeychain", "locked")
}

// TestProgram_KeychainAbsent runs the program where there is no keychain.
func TestProgram_KeychainAbsent(t *testing.T) {
	keychaintest.Session(t, "TestProgram_WithoutKeychain", keychaintest.Absent)
}

// TestProgram_WithoutKeychain is the child process of the tests above.
func TestProgram_WithoutKeychain(t *testing.T) {
	what := keychaintest.Inside()
	if what == "" {
		t.Skip("This is the child process of other tests; it does nothing by itself.")
	}
	s := &session{T: t, home: os.Getenv("XDG_DATA_HOME")}
	add := []string{"connections", "add", "Main", "--kind", "aws-exports", "--set", "bucket=acme-billing", "--set", "access_key_id=AKIAIOSFODNN7EXAMPLE", "--set", "endpoint=http://127.0.0.1:9", "--secret-stdin", "secret_access_key"}
	fails := func(want, stdin string, args ...string) {
		t.Helper()
		out, err := s.command("w", stdin, args...).CombinedOutput()
		require.Error(t, err, string(out))
		assert.Contains(t, string(out), want)
		assert.NotContains(t, string(out), "planted")
	}
	s.run("w", "", "workspace", "create", "Client")
	want := "There is no keychain on this computer that Cloud Intelligence can reach. "
	if what == "locked" {
		keychaintest.Started(t, keychain.System())
		s.run("w", "planted-key\n", add...)
		keychaintest.Lock(t)
		want = "The keychain is locked or refused access. Unlock it, allow access for Cloud Intelligence, and try again."
		for _, args := range [][]string{{"sync", "Main"}, {"connections", "test", "Main"}} {
			fails(want, "", args...)
		}
		assert.Contains(t, s.run("w", "", "connections", "list"), "The keychain is locked", "what can be known without it is shown")
		assert.Contains(t, s.run("w", "", "sync", "history"), "The keychain is locked", "the history says why")
	}
	add[2] = "Other"
	fails(want, "planted-key\n", add...)
	require.NoError(t, filepath.WalkDir(s.home, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		assert.NotContains(t, string(content), "planted", path)
		return err
	}))
}

// planted is a secret of a connection.
type planted struct {
	option, text string
	find         string // what of it is looked for; "" = all
	sent         bool   // it is what Blob storage or S3 is shown with each call; any other secret signs, or goes to the sign-in only
}

// cloud is one kind of place and one way to sign in to it.
type cloud struct {
	kind    string
	values  map[string]string
	secrets []planted
	caFile  string
	put     func(t *testing.T, key, content string)
	deliver func(month, bill string) [][2]string // keys and contents, in order
	part    func(month string) string            // key of the bill
	wire    func() string                        // what was sent, but to sign in
	gate    *gate
}

// gate holds a request for a file of bills until it is opened.
type gate struct {
	mu    sync.Mutex
	key   string // "" = none is held
	heard chan struct{}
	open  chan struct{}
	asked []string // keys of bills
}

// hold holds the next request for a key.
func (g *gate) hold(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.key, g.heard, g.open = key, make(chan struct{}), make(chan struct{})
}

func (g *gate) plan(r *http.Request) *connectortest.Fault {
	at, err := url.PathUnescape(r.URL.EscapedPath())
	if r.Method != http.MethodGet || err != nil || !strings.HasSuffix(at, ".csv") {
		return nil
	}
	g.mu.Lock()
	g.asked = append(g.asked, at)
	held, heard, open := g.key != "" && strings.HasSuffix(at, g.key), g.heard, g.open
	if held {
		g.key = ""
	}
	g.mu.Unlock()
	if held {
		close(heard)
		<-open
		return &connectortest.Fault{Reset: true} // who asked has gone
	}
	return nil
}

// times is how often a key was asked for.
func (g *gate) times(key string) (n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, at := range g.asked {
		if strings.HasSuffix(at, key) {
			n++
		}
	}
	return n
}

func amazon(t *testing.T) cloud {
	address, g := connectortest.Moto(t), &gate{}
	bucket := connectortest.NewBucket(t, address, "acme-billing")
	proxy := connectortest.NewFaults(t, address, g.plan)
	part := func(month string) string { return "exp/focus/data/BILLING_PERIOD=" + month + "/focus-00001.csv" }
	return cloud{
		kind: "aws-exports", gate: g, put: bucket.Put, wire: proxy.Wire, part: part,
		values:  map[string]string{"bucket": "acme-billing", "prefix": "exp/", "region": "us-east-1", "access_key_id": "ASIAIOSFODNN7EXAMPLE", "endpoint": proxy.URL, "sts_endpoint": proxy.URL},
		secrets: []planted{{option: "secret_access_key", text: "planted-secret-access-key"}, {option: "session_token", text: "planted-session-token", sent: true}},
		deliver: func(month, bill string) [][2]string {
			manifest := map[string]any{"executionId": month, "exportArn": "arn:aws:bcm-data-exports:us-east-1:123456789012:export/focus", "dataFiles": []string{part(month)}, "columns": []any{map[string]string{"name": "BilledCost", "type": "double"}}}
			return [][2]string{{part(month), bill}, {"exp/focus/metadata/BILLING_PERIOD=" + month + "/focus-Manifest.json", text(t, manifest)}}
		},
	}
}

func text(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	return string(text)
}

// azure is a container, to which the values of a way to sign in are added.
func azure(t *testing.T, c connectortest.Container, g *gate) cloud {
	run := func(month string) string {
		return "focus/daily/" + strings.ReplaceAll(month, "-", "") + "01-" + strings.ReplaceAll(month, "-", "") + "28/r1/"
	}
	part := func(month string) string { return run(month) + "costs-" + month + ".csv" }
	return cloud{
		kind: "azure-exports", gate: g, put: c.Put, part: part,
		values: map[string]string{"account": connectortest.AzuriteAccount, "container": c.Name, "prefix": "focus/"},
		deliver: func(month, bill string) [][2]string {
			manifest := map[string]any{"manifestVersion": "2024-04-01", "blobs": []any{map[string]any{"blobName": part(month), "byteCount": len(bill)}}, "runInfo": map[string]string{"runId": month}}
			return [][2]string{{part(month), bill}, {run(month) + "manifest.json", text(t, manifest)}}
		},
	}
}

func azureByKey(t *testing.T) cloud {
	c := azure(t, connectortest.NewContainer(t), &gate{})
	proxy := connectortest.NewFaults(t, strings.TrimSuffix(connectortest.Azurite(t), "/"+connectortest.AzuriteAccount), c.gate.plan)
	c.values["endpoint"], c.wire = proxy.URL+"/"+connectortest.AzuriteAccount, proxy.Wire
	c.secrets = []planted{{option: "account_key", text: connectortest.AzuriteKey}}
	return c
}

func azureBySAS(t *testing.T) cloud {
	c := azureByKey(t)
	token := connectortest.SAS(t, c.values["container"], sas.ContainerPermissions{Read: true, List: true}, time.Now().Add(time.Hour))
	signature, err := url.ParseQuery(token)
	require.NoError(t, err)
	c.secrets = []planted{{option: "sas", text: token, find: url.QueryEscape(signature.Get("sig")), sent: true}}
	return c
}

// azureByPrincipal is a service principal with a client secret, or a certificate with a password.
func azureByPrincipal(t *testing.T, values map[string]string, secret planted) cloud {
	container, g := connectortest.NewContainer(t), &gate{}
	c := azure(t, container, g)
	blobs := connectortest.NewTokenBlobs(t, container, g.plan)
	c.caFile, c.wire, c.secrets = blobs.CAFile, blobs.Wire, []planted{secret}
	c.values["endpoint"], c.values["authority"] = blobs.URL, blobs.Entra
	c.values["tenant_id"], c.values["client_id"] = "72f988bf-0000-4000-8000-2d7cd011db47", "11111111-0000-4000-8000-000000000001"
	for name, value := range values {
		c.values[name] = value
	}
	t.Cleanup(func() {
		assert.Equal(t, secret.option == "client_secret", strings.Contains(blobs.SignIns(), secret.text), "a client secret goes to the sign-in, and a password nowhere")
	})
	return c
}

func google(t *testing.T) cloud {
	bucket, signIn, g := connectortest.NewGCSBucket(t), connectortest.NewGoogleSignIn(t), &gate{}
	proxy := connectortest.NewFaults(t, bucket.Address, g.plan)
	proxy.Answer = connectortest.Old
	tokens := connectortest.NewFaults(t, signIn.URL, nil)
	signIn.Key = strings.ReplaceAll(signIn.Key, signIn.URL, tokens.URL)
	signIn.URL = tokens.URL
	var key struct {
		Private string `json:"private_key"`
	}
	require.NoError(t, json.Unmarshal([]byte(signIn.Key), &key))
	part := func(month string) string { return "focus/" + month + "/costs-" + month + ".csv" }
	return cloud{
		kind: "gcs-exports", gate: g, put: bucket.Put, part: part,
		wire:    func() string { return proxy.Wire() + tokens.Wire() },
		values:  map[string]string{"bucket": bucket.Name, "endpoint": proxy.URL},
		secrets: []planted{{option: "service_account_key", text: signIn.Key, find: strings.Split(key.Private, "\n")[5]}},
		deliver: func(month, bill string) [][2]string { return [][2]string{{part(month), bill}} },
	}
}

// session is a home of the program.
type session struct {
	*testing.T
	home string
	said strings.Builder // by the program
}

// command is the program with a command.
func (s *session) command(workspace, stdin string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(s.Context(), os.Args[0], append([]string{"--workspace", filepath.Join(s.home, workspace+".cloudintel")}, args...)...) //nolint:gosec // the test itself
	cmd.Env = append(os.Environ(), programVariable+"=1", "GOTRACEBACK=all", "TMPDIR="+s.home)
	cmd.Stdin = strings.NewReader(stdin)
	return cmd
}

// run runs a command that must go well.
func (s *session) run(workspace, stdin string, args ...string) string {
	s.Helper()
	out, err := s.command(workspace, stdin, args...).CombinedOutput()
	require.NoError(s, err, "%s: %s", args, out)
	s.said.Write(out)
	return string(out)
}

// connect makes a workspace with a connection.
func (s *session) connect(workspace string, c cloud) {
	s.Helper()
	s.run(workspace, "", "workspace", "create", "Client")
	if c.caFile != "" {
		s.run(workspace, "", "connections", "network", "--ca-file", c.caFile)
	}
	args := []string{"connections", "add", "Main", "--kind", c.kind}
	for name, value := range c.values {
		args = append(args, "--set", name+"="+value)
	}
	for _, secret := range c.secrets {
		s.run(workspace, secret.text+"\n", append(args, "--secret-stdin", secret.option)...)
		args = []string{"connections", "edit", "Main"}
	}
}

// stopped begins a sync, and ends it with a signal while it waits for a file.
func (s *session) stopped(workspace string, c cloud, key string, signal syscall.Signal) string {
	s.Helper()
	c.gate.hold(key)
	cmd := s.command(workspace, "", "sync", "Main")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	require.NoError(s, cmd.Start())
	select {
	case <-c.gate.heard:
	case <-time.After(time.Minute):
		s.Error("the sync did not come to the file within a minute")
	}
	require.NoError(s, cmd.Process.Signal(signal))
	require.Error(s, cmd.Wait())
	close(c.gate.open)
	s.said.Write(out.Bytes())
	return out.String()
}

// ledger is what a workspace has, line by line.
func (s *session) ledger(workspace string) string {
	s.Helper()
	return s.run(workspace, "", "lines", "--format", "csv", "--limit", "0") + changes.ReplaceAllString(s.run(workspace, "", "summary", "--json"), "")
}

// changes is how often a ledger has changed.
var changes = regexp.MustCompile(`"version": \d+,`)

// noSecret looks for what was planted in every file of the home, in every row of every table of a workspace, in all that the program said, and on the wire.
func (s *session) noSecret(workspace string, c cloud) {
	s.Helper()
	rows := s.rows(workspace)
	assert.Contains(s, rows, "Sync Main", "the rows of jobs are among them")
	assert.Contains(s, rows, c.values["endpoint"], "what is no secret is found")
	assert.FileExists(s, filepath.Join(s.home, "cloud-intelligence", logging.FileName))
	seen := 0
	for _, secret := range append(c.secrets, planted{text: "planted-token", sent: true}) {
		find := secret.find
		if find == "" {
			find = secret.text
		}
		assert.NotContains(s, rows, find, secret.option)
		assert.NotContains(s, s.said.String(), find, secret.option)
		if !secret.sent {
			assert.NotContains(s, c.wire(), find, "%s is sent nowhere", secret.option)
		}
		require.NoError(s, filepath.WalkDir(s.home, func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			seen++
			content, err := os.ReadFile(path)
			if err == nil && bytes.Contains(content, []byte(find)) {
				s.Errorf("%s of %s is in %s", secret.option, c.kind, path)
			}
			return err
		}))
	}
	assert.Greater(s, seen, 3)
}

// rows is the text of all rows of all tables.
func (s *session) rows(workspace string) string {
	s.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(s.home, workspace+".cloudintel")+"?mode=ro")
	require.NoError(s, err)
	defer func() { require.NoError(s, db.Close()) }()
	query := func(text string, each func(*sql.Rows) error) {
		rows, err := db.QueryContext(s.Context(), text)
		require.NoError(s, err, text)
		defer func() { require.NoError(s, rows.Close()) }()
		for rows.Next() {
			require.NoError(s, each(rows))
		}
		require.NoError(s, rows.Err())
	}
	var tables []string
	query("SELECT name FROM sqlite_master WHERE type = 'table'", func(r *sql.Rows) error {
		tables = append(tables, "")
		return r.Scan(&tables[len(tables)-1])
	})
	var all strings.Builder
	for _, table := range tables {
		query(`SELECT * FROM "`+table+`"`, func(r *sql.Rows) error {
			columns, err := r.Columns()
			if err != nil {
				return err
			}
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(sql.NullString)
			}
			err = r.Scan(values...)
			for _, v := range values {
				if text, ok := v.(*sql.NullString); ok {
					fmt.Fprintln(&all, text.String)
				}
			}
			return err
		})
	}
	return all.String()
}

// TestProgram_InASession is the child process of the test above.
func TestProgram_InASession(t *testing.T) {
	if keychaintest.Inside() == "" {
		t.Skip("This is the child process of another test; it does nothing by itself.")
	}
	for name, begin := range map[string]func(*testing.T) cloud{
		"Amazon": amazon, "Azure account key": azureByKey, "Azure SAS": azureBySAS, "Google": google,
		"Azure client secret": func(t *testing.T) cloud {
			return azureByPrincipal(t, nil, planted{option: "client_secret", text: "planted-client-secret"})
		},
		"Azure certificate": func(t *testing.T) cloud {
			file, err := filepath.Abs("backend/connector/connectortest/testdata/principal.pfx")
			require.NoError(t, err)
			return azureByPrincipal(t, map[string]string{"certificate_file": file}, planted{option: "certificate_password", text: "planted-certificate-password"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := begin(t)
			s := &session{T: t, home: os.Getenv("XDG_DATA_HOME")}
			for _, month := range []string{"2026-09", "2026-10"} {
				bill := "BilledCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ProviderName,ServiceName\n"
				for day := 1; day <= 9; day++ {
					bill += fmt.Sprintf("%d.5,USD,123456789012,%s-01,%s-0%d,AWS,EC2\n", day, month, month, day)
				}
				for _, file := range c.deliver(month, bill) {
					c.put(t, file[0], file[1])
				}
			}
			first, second := c.part("2026-10"), c.part("2026-09")
			s.connect("clean", c)
			s.run("clean", "", "sync", "Main")

			s.connect("killed", c)
			s.run("killed", "", "connections", "test", "Main")
			crash := s.stopped("killed", c, second, syscall.SIGABRT)
			assert.Contains(t, crash, "SIGABRT")
			assert.Contains(t, crash, "connection).Fetch", "the stack of who knows the secret is in it")
			s.noSecret("killed", c)
			asked := c.gate.times(first)
			s.stopped("killed", c, second, syscall.SIGKILL)
			s.noSecret("killed", c)
			went := s.run("killed", "", "sync", "Main", "--json")
			assert.Contains(t, went, `"month": "2026-09"`)
			assert.NotContains(t, went, `"month": "2026-10"`, "it was there")
			assert.Equal(t, asked, c.gate.times(first), "the month that was brought in before is not fetched again")
			s.run("killed", "", "verify")
			assert.Equal(t, s.ledger("clean"), s.ledger("killed"))
			history := s.run("killed", "", "sync", "history", "--json")
			assert.Equal(t, []int{2, 1}, []int{strings.Count(history, `"state": "interrupted"`), strings.Count(history, `"state": "done"`)}, history)
			s.noSecret("killed", c)
			assert.NoDirExists(t, filepath.Join(s.home, "killed.cloudintel-sync"))
			for _, workspace := range []string{"clean", "killed"} {
				require.NoError(t, os.Remove(filepath.Join(s.home, workspace+".cloudintel")))
			}
		})
	}
}
