package service

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/awscosts"
	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/azureblob"
	"cloud-intelligence/backend/connector/azurecosts"
	"cloud-intelligence/backend/connector/azuredetails"
	"cloud-intelligence/backend/connector/bigqueryexport"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/connector/gcsexport"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/dailytotals"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
)

// clouded is a place of a provider as what plays it has it.
type clouded struct {
	connector source.Connector
	sources   source.Registry
	values    map[string]string
	secrets   map[string]string
	caFile    string
	now       func() time.Time
	// deliver writes a month anew, with so many charges of a mark, while or before it is read.
	deliver func(t *testing.T, month string, charges int, mark string)
}

const (
	tenantID = "72f988bf-0000-4000-8000-2d7cd011db47"
	clientID = "11111111-0000-4000-8000-000000000001"
)

// plannedBy is what asks a test what happens to each request.
type plannedBy func(*http.Request) *connectortest.Fault

// twoFiles are the two files of a month.
func twoFiles(month string, charges int, mark string) [2]string {
	var texts [2]string
	for i := range texts {
		texts[i] = "BilledCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ProviderName,ServiceName,ResourceId\n"
		for n := range charges {
			texts[i] += fmt.Sprintf("%d.25,USD,123456789012,%s-01,%s-0%d,AWS,EC2,%s-%d-%d\n", n+1, month, month, 1+n%9, mark, i, n)
		}
	}
	return texts
}

func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func ofS3(t *testing.T, plan plannedBy) clouded {
	address := connectortest.Moto(t)
	bucket, proxy := connectortest.NewBucket(t, address, "acme-billing"), connectortest.NewFaults(t, address, func(r *http.Request) *connectortest.Fault {
		connectortest.TwoAPage(r, "max-keys")
		return plan(r)
	})
	return clouded{
		connector: awsexport.Connector{}, sources: source.Registry{focusfile.Source{}}, now: time.Now, secrets: map[string]string{"secret_access_key": planted},
		values: map[string]string{"bucket": bucket.Name, "prefix": "exp/", "region": "us-east-1", "access_key_id": "AKIAIOSFODNN7EXAMPLE", "role_arn": "arn:aws:iam::222222222222:role/ReadBills", "endpoint": proxy.URL, "sts_endpoint": proxy.URL},
		deliver: func(t *testing.T, month string, charges int, mark string) {
			var keys []string
			for i, text := range twoFiles(month, charges, mark) {
				keys = append(keys, fmt.Sprintf("exp/focus/data/BILLING_PERIOD=%s/focus-0000%d.csv", month, i+1))
				bucket.Put(t, keys[i], text)
			}
			bucket.Put(t, "exp/focus/metadata/BILLING_PERIOD="+month+"/focus-Manifest.json", asJSON(map[string]any{
				"executionId": mark, "exportArn": "arn:aws:bcm-data-exports:us-east-1:123456789012:export/focus", "dataFiles": keys, "columns": []any{map[string]string{"name": "BilledCost", "type": "double"}},
			}))
		},
	}
}

func ofBlobs(t *testing.T, plan plannedBy) clouded {
	c := connectortest.NewContainer(t)
	blobs := connectortest.NewTokenBlobs(t, c, func(r *http.Request) *connectortest.Fault {
		connectortest.TwoAPage(r, "maxresults")
		return plan(r)
	})
	return clouded{
		connector: azureblob.Connector{}, sources: source.Registry{focusfile.Source{}}, now: time.Now, caFile: blobs.CAFile, secrets: map[string]string{"client_secret": planted},
		values: map[string]string{"account": connectortest.AzuriteAccount, "container": c.Name, "prefix": "focus/", "endpoint": blobs.URL, "authority": blobs.Entra, "tenant_id": tenantID, "client_id": clientID},
		deliver: func(t *testing.T, month string, charges int, mark string) {
			run := "focus/daily/" + strings.ReplaceAll(month, "-", "") + "01-" + strings.ReplaceAll(month, "-", "") + "28/r1/"
			var named []any
			for i, text := range twoFiles(month, charges, mark) {
				key := fmt.Sprintf("%spart_%d_0001.csv", run, i)
				named = append(named, map[string]any{"blobName": key, "byteCount": len(text)})
				c.Put(t, key, text)
			}
			c.Put(t, run+"manifest.json", asJSON(map[string]any{"manifestVersion": "2024-04-01", "blobs": named, "runInfo": map[string]string{"runId": mark}}))
		},
	}
}

func ofGCS(t *testing.T, plan plannedBy) clouded {
	bucket, signIn := connectortest.NewGCSBucket(t), connectortest.NewGoogleSignIn(t)
	proxy := connectortest.NewFaults(t, bucket.Address, func(r *http.Request) *connectortest.Fault {
		connectortest.TwoAPage(r, "maxResults")
		return plan(r)
	})
	return clouded{
		connector: gcsexport.Connector{}, sources: source.Registry{focusfile.Source{}}, now: func() time.Time { return time.Now().Add(time.Hour) }, secrets: map[string]string{"service_account_key": signIn.Key},
		values: map[string]string{"bucket": bucket.Name, "endpoint": proxy.URL},
		deliver: func(t *testing.T, month string, charges int, mark string) {
			for i, text := range twoFiles(month, charges, mark) {
				bucket.Put(t, fmt.Sprintf("focus/%s/part-%d.csv", month, i), text)
			}
		},
	}
}

// october is when the stand-ins below are asked.
func october() time.Time { return time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC) }

// totals are daily totals of a month.
func totals(month string, charges int) string {
	text := "ChargePeriodStart,ChargeCategory,ServiceName,SubAccountId,SubAccountName,BilledCost,EffectiveCost,BillingCurrency\n"
	for n := range charges {
		text += fmt.Sprintf("%s-%02dT00:00:00Z,Usage,AmazonEC2,4d1c0000-0000-4000-8000-000000000001,shop,%d.5,%d.5,USD\n", month, n+1, n+1, n+1)
	}
	return text
}

func ofCostExplorer(t *testing.T, plan plannedBy) clouded {
	costs := connectortest.NewCostExplorer(t)
	costs.PageGroups = 2
	proxy := connectortest.NewFaults(t, costs.URL, plan)
	return clouded{
		connector: awscosts.Connector{}, sources: source.Registry{dailytotals.AWS, focusfile.Source{}}, now: october, secrets: map[string]string{"secret_access_key": planted},
		values: map[string]string{"access_key_id": "AKIAIOSFODNN7EXAMPLE", "endpoint": proxy.URL, "sts_endpoint": proxy.URL},
		deliver: func(t *testing.T, month string, charges int, _ string) {
			costs.Put(t, month+".csv", totals(month, charges))
		},
	}
}

func ofCostQuery(t *testing.T, plan plannedBy) clouded {
	azure, _ := connectortest.NewCostQuery(t)
	azure.Fault = plan
	return clouded{
		connector: azurecosts.Connector{}, sources: source.Registry{dailytotals.Azure, focusfile.Source{}}, now: october, caFile: azure.CAFile, secrets: map[string]string{"client_secret": planted},
		values: map[string]string{"scope": connectortest.CostDetailsScope, "billing_account": "12345678", "tenant_id": tenantID, "client_id": clientID, "endpoint": azure.URL, "authority": azure.URL},
		deliver: func(t *testing.T, month string, charges int, _ string) {
			azure.Put(t, month+".csv", totals(month, charges))
		},
	}
}

func ofCostDetails(t *testing.T, plan plannedBy) clouded {
	text, err := os.ReadFile("../../build/validation/bills/azure/mca-2026-09.csv")
	require.NoError(t, err)
	lines := strings.SplitAfter(string(text), "\n")
	azure, _ := connectortest.NewCostDetails(t)
	azure.Fault = plan
	return clouded{
		connector: azuredetails.Connector{}, sources: source.Registry{azureexport.Source{}}, now: october, caFile: azure.CAFile, secrets: map[string]string{"client_secret": planted},
		values: map[string]string{"scope": connectortest.CostDetailsScope, "tenant_id": tenantID, "client_id": clientID, "endpoint": azure.URL, "authority": azure.URL},
		deliver: func(t *testing.T, month string, charges int, _ string) {
			if charges == 3 {
				charges = 4 // the third costs nothing, so that nobody could see that it is new
			}
			bill := strings.Join(lines[:1+charges], "")
			azure.Put(t, month+".csv", strings.ReplaceAll(bill, "09/", month[5:]+"/"))
		},
	}
}

func ofBigQuery(t *testing.T, plan plannedBy) clouded {
	text, err := os.ReadFile("../../build/validation/bills/gcp/detailed-2026-09.ndjson")
	require.NoError(t, err)
	lines := strings.SplitAfter(string(text), "\n")
	const table = "gcp_billing_export_resource_v1_01A2B3_C4D5E6_F7A8B9"
	signIn := connectortest.NewGoogleSignIn(t)
	query := connectortest.NewBigQuery(t, signIn.Whose)
	query.Create(table, false, connectortest.Schema(t, strings.NewReader(string(text))))
	query.PageRows, query.Slow = 2, 1
	proxy := connectortest.NewFaults(t, query.URL, plan)
	return clouded{
		connector: bigqueryexport.Connector{}, sources: source.Registry{gcpexport.Source{}}, now: time.Now, secrets: map[string]string{"service_account_key": signIn.Key},
		values: map[string]string{"project": "acme-pays", "dataset": "acme-finance.billing", "endpoint": proxy.URL},
		deliver: func(t *testing.T, month string, charges int, _ string) {
			query.Put(t, table+"/"+month+".ndjson", strings.ReplaceAll(strings.Join(lines[:charges], ""), `"202609"`, `"`+strings.ReplaceAll(month, "-", "")+`"`))
		},
	}
}

// trouble is what happens to the requests of a sync.
type trouble struct {
	mu    sync.Mutex
	left  int // requests until it begins; -1 = it does not
	lasts int // requests that it goes on for
	play  func() *connectortest.Fault
}

func (o *trouble) plan(*http.Request) *connectortest.Fault {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.left < 0 || o.lasts == 0 {
		return nil
	}
	if o.left--; o.left >= 0 {
		return nil
	}
	o.left = 0
	o.lasts--
	return o.play()
}

// begin has the trouble begin after some requests.
func (o *trouble) begin(after, lasts int, play func() *connectortest.Fault) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.left, o.lasts, o.play = after, lasts, play
}

// open opens a workspace of the place, which it makes with its connection where there is none.
func (c clouded) open(t *testing.T, path string, secrets keychain.Keychain) *Workspace {
	t.Helper()
	quick := connectortest.Quick()
	opts := Options{Sources: c.sources, User: "Tester", Keychain: secrets, Connectors: []source.Connector{c.connector}, Patience: &quick, Now: c.now}
	if _, err := os.Stat(path); err == nil {
		w, err := Open(t.Context(), path, opts)
		require.NoError(t, err)
		return w
	}
	w, err := Create(t.Context(), path, "Client", opts)
	require.NoError(t, err)
	if c.caFile != "" {
		_, err = w.Connections.SetNetwork(t.Context(), NetworkSettings{Settings: network.Settings{CAFile: c.caFile}}, 0)
		require.NoError(t, err)
	}
	_, err = w.Connections.Add(t.Context(), ConnectionInput{Name: "Main", Kind: c.connector.Name(), Values: c.values, Secrets: c.secrets})
	require.NoError(t, err)
	return w
}

// TestSync_AnyInterleavingOfClouds syncs each kind of place while it is written anew, with resets, storms of throttling, faults of the provider, ended sign-ins, refusals, cancellations and
// restarts at requests that come by chance, and wants the ledger of one clean sync.
func TestSync_AnyInterleavingOfClouds(t *testing.T) {
	long(t)
	played := 0
	for name, place := range map[string]func(*testing.T, plannedBy) clouded{
		"S3": ofS3, "Blob storage": ofBlobs, "Cloud Storage": ofGCS, "Cost Explorer": ofCostExplorer, "Cost query": ofCostQuery, "Cost details": ofCostDetails, "BigQuery": ofBigQuery,
	} {
		for seed := range uint64(orders(1)) {
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
				bad := &trouble{left: -1}
				c := place(t, bad.plan)
				played += interleave(t, c, bad, rand.New(rand.NewPCG(seed, 21)))
			})
		}
	}
	assert.Greater(t, played, 7*orders(1), "something happened in most syncs")
}

// interleave has six syncs end in whatever way comes by chance, and returns how often something happened to a request.
func interleave(t *testing.T, c clouded, bad *trouble, rng *rand.Rand) (played int) {
	t.Helper()
	change := func() {
		c.deliver(t, []string{"2026-09", "2026-10"}[rng.IntN(2)], 1+rng.IntN(6), fmt.Sprint("r", rng.IntN(3)))
	}
	c.deliver(t, "2026-09", 3, "r0")
	c.deliver(t, "2026-10", 2, "r0")
	path, secrets := filepath.Join(t.TempDir(), "client.cloudintel"), &keychain.Memory{}
	var say []string
	for range 6 {
		w := c.open(t, path, secrets)
		kind := rng.IntN(8)
		lasts := map[int]int{1: 8, 2: 30}[kind]
		bad.begin(rng.IntN(14), max(1, lasts), func() *connectortest.Fault {
			played++
			switch kind {
			case 0:
				return &connectortest.Fault{Reset: true}
			case 1:
				return &connectortest.Fault{Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "0.001"}}
			case 2:
				return &connectortest.Fault{Status: http.StatusInternalServerError}
			case 3:
				return &connectortest.Fault{Status: http.StatusForbidden}
			case 4:
				return &connectortest.Fault{Status: http.StatusUnauthorized}
			case 5:
				jobs, err := w.Jobs.List(t.Context(), 1)
				require.NoError(t, err)
				require.NoError(t, w.Jobs.Cancel(t.Context(), jobs[0].ID))
				return nil
			}
			change() // while it is read
			return nil
		})
		_, err := syncMain(t, w, SyncOptions{})
		say = append(say, fmt.Sprint(kind, " ", finops.CodeOf(err)))
		bad.begin(-1, 0, nil)
		require.NoError(t, w.Close())
		if rng.IntN(3) == 0 {
			change()
		}
	}
	w := c.open(t, path, secrets)
	_, err := syncMain(t, w, SyncOptions{})
	require.NoError(t, err, say)
	got := charges(t, w)
	proof, err := w.Ledger.Verify(t.Context())
	require.NoError(t, err)
	assert.True(t, proof.OK)
	require.NoError(t, w.Close())
	assert.NoDirExists(t, path+"-sync")
	noSecret(t, filepath.Dir(path))

	clean := c.open(t, filepath.Join(t.TempDir(), "clean.cloudintel"), &keychain.Memory{})
	_, err = syncMain(t, clean, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, charges(t, clean), got, say)
	require.NoError(t, clean.Close())
	return played
}
