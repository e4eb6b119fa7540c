package azureblob_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"net/http/httputil"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/sas"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azureblob"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

const (
	sep1   = "focus/daily/20260901-20260930/202609150300/r1/costs_0_0001.csv.gz"
	sep2   = "focus/daily/20260901-20260930/202609150300/r1/costs_1_0001.csv.gz"
	sepOf  = "focus/daily/20260901-20260930/202609150300/r1/manifest.json"
	oct1   = "focus/daily/20261001-20261031/r2/costs_0_0001.csv"
	octOf  = "focus/daily/20261001-20261031/r2/manifest.json"
	once1  = "focus/once/20261001-20261009/r3/costs.csv"
	onceOf = "focus/once/20261001-20261009/r3/manifest.json"
)

func manifestText(run string, names ...string) string {
	blobs := []map[string]any{}
	for _, n := range names {
		blobs = append(blobs, map[string]any{"blobName": n, "byteCount": 1})
	}
	text, err := json.Marshal(map[string]any{"manifestVersion": "2024-04-01", "blobs": blobs, "runInfo": map[string]string{"runId": run}})
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func place(t *testing.T) sourcetest.Place {
	c := connectortest.NewContainer(t)
	return sourcetest.Place{
		Values: map[string]string{"account": connectortest.AzuriteAccount, "container": c.Name, "account_key": connectortest.AzuriteKey, "endpoint": c.Address, "prefix": "focus/"},
		Reach:  connectortest.Reach(t), Put: c.Put, Remove: c.Remove,
		Files: map[string]string{
			sep1: "part one", sep2: "", sepOf: manifestText("r1", sep1, sep2),
			oct1: "october", octOf: manifestText("r2", oct1), once1: "once", onceOf: manifestText("r3", "another/container/"+once1),
		},
		Later:  map[string]string{oct1: "october, again", octOf: manifestText("r2", oct1)},
		Change: oct1,
		Gone:   onceOf,
	}
}

func TestConnector_Conformance(t *testing.T) {
	sourcetest.RunConnector(t, azureblob.Connector{}, place)
}

func put(t *testing.T, p sourcetest.Place, keys ...string) {
	t.Helper()
	for _, key := range keys {
		p.Put(t, key, p.Files[key])
	}
}

func groups(t *testing.T, c source.Connection) map[string][]string {
	t.Helper()
	found, err := source.Groups(t.Context(), c)
	require.NoError(t, err)
	names := map[string][]string{}
	for _, g := range found {
		for _, o := range g.Objects {
			names[g.DataSet+" "+g.Month] = append(names[g.DataSet+" "+g.Month], o.Key)
		}
	}
	return names
}

// TestList_NewestWholeRuns lists of each period the newest run, once it is complete.
func TestList_NewestWholeRuns(t *testing.T) {
	p := place(t)
	put(t, p, oct1, octOf)
	c := connectortest.Connect(t, azureblob.Connector{}, p.Values, p.Reach)
	assert.Equal(t, map[string][]string{"focus/daily 2026-10": {oct1, octOf}}, groups(t, c))
	newer := "focus/daily/20261001-20261031/r4/"
	p.Put(t, newer+"part_0_0001.csv", "newer")
	p.Put(t, newer+"manifest.json", manifestText("r4", newer+"part_0_0001.csv", newer+"part_1_0001.csv"))
	for len(groups(t, c)) > 0 { // Azure keeps times to the second
		p.Put(t, newer+"manifest.json", manifestText("r4", newer+"part_0_0001.csv", newer+"part_1_0001.csv"))
	}
	steps := c.Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "part_1_0001.csv is missing")
	p.Put(t, newer+"manifest.json", manifestText("r4", newer+"part_0_0001.csv"))
	assert.Equal(t, map[string][]string{"focus/daily 2026-10": {newer + "part_0_0001.csv", newer + "manifest.json"}}, groups(t, c))
	p.Values["exports"] = "once"
	assert.Empty(t, groups(t, connectortest.Connect(t, azureblob.Connector{}, p.Values, p.Reach)))
}

func TestTest_WithSAS(t *testing.T) {
	p := place(t)
	put(t, p, oct1, octOf)
	sign := func(permissions sas.ContainerPermissions, end time.Time) map[string]string {
		v := maps.Clone(p.Values)
		delete(v, "account_key")
		v["sas"] = "?" + connectortest.SAS(t, p.Values["container"], permissions, end)
		return v
	}
	hour := time.Now().Add(time.Hour)
	for want, v := range map[string]map[string]string{
		"":                             sign(sas.ContainerPermissions{Read: true, List: true}, hour),
		"SAS token with Read and List": sign(sas.ContainerPermissions{Read: true}, hour),
		"SAS token or account key is wrong or has ended": sign(sas.ContainerPermissions{Read: true, List: true}, time.Now().Add(-time.Hour)),
	} {
		steps := connectortest.Connect(t, azureblob.Connector{}, v, p.Reach).Test(t.Context())
		last := steps[len(steps)-1]
		assert.Equal(t, want == "", last.OK, last.Detail)
		assert.Contains(t, last.Detail, want)
		assert.NotContains(t, fmt.Sprint(steps), "sig=")
	}
}

const errorText = `<?xml version="1.0" encoding="utf-8"?><Error><Code>%s</Code><Message>x</Message></Error>`

// TestFaults plays what Azure and the network do to calls; each is played once for every request.
func TestFaults(t *testing.T) {
	p := place(t)
	long := strings.Repeat("0123456789", 20_000)
	p.Put(t, oct1, long)
	put(t, p, octOf)
	for name, fault := range map[string]connectortest.Fault{
		"ServerBusy": {Status: 503, Header: map[string]string{"X-Ms-Error-Code": "ServerBusy"}, Body: fmt.Sprintf(errorText, "ServerBusy")},
		"Throttled":  {Status: 429, Header: map[string]string{"Retry-After": "0.001"}},
		"Internal":   {Status: 500, Header: map[string]string{"X-Ms-Error-Code": "InternalError"}},
		"SignInPage": {Status: 200, Header: map[string]string{"Content-Type": "text/html"}, Body: "<html>sign in</html>"},
		"Reset":      {Reset: true},
		"Cut":        {Cutoff: true, Cut: 100},
	} {
		t.Run(name, func(t *testing.T) {
			seen := map[string]bool{}
			proxy := connectortest.NewFaults(t, strings.TrimSuffix(p.Values["endpoint"], "/"+connectortest.AzuriteAccount), func(r *http.Request) *connectortest.Fault {
				if key := r.Method + r.URL.Path; !seen[key] {
					seen[key] = true
					return &fault
				}
				return nil
			})
			p.Values["endpoint"] = proxy.URL + "/" + connectortest.AzuriteAccount
			c := connectortest.Connect(t, azureblob.Connector{}, p.Values, connectortest.Reach(t))
			found, err := source.Groups(t.Context(), c)
			require.NoError(t, err)
			require.Len(t, found, 1)
			var text strings.Builder
			require.NoError(t, c.Fetch(t.Context(), found[0].Objects[0], &text))
			assert.Equal(t, long, text.String())
			if name == "Cut" {
				last := proxy.Asked()[len(proxy.Asked())-1]
				assert.Contains(t, last.Header.Get("X-Ms-Range")+last.Header.Get("Range"), "bytes=100-", "what was read is not read again")
			}
		})
		p.Values["endpoint"] = connectortest.Azurite(t)
	}
}

// TestClock plays what Azure answers to a request that a clock has signed which is wrong.
func TestClock(t *testing.T) {
	p := place(t)
	for off, want := range map[time.Duration]string{
		20 * time.Minute:  "The clock of this computer is wrong: it is 20m0s ahead. Set it, and try again.",
		-20 * time.Minute: "The clock of this computer is wrong: it is 20m0s behind. Set it, and try again.",
		0:                 "Azure does not accept the SAS token or account key",
	} {
		now := time.Now().Truncate(time.Second)
		fault := connectortest.Fault{Status: 403, Header: map[string]string{"X-Ms-Error-Code": "AuthenticationFailed", "Date": now.Add(-off).UTC().Format(http.TimeFormat)}, Body: fmt.Sprintf(errorText, "AuthenticationFailed")}
		proxy := connectortest.NewFaults(t, connectortest.Azurite(t), func(*http.Request) *connectortest.Fault { return &fault })
		v, via := maps.Clone(p.Values), p.Reach
		v["endpoint"], via.Now = proxy.URL, func() time.Time { return now }
		_, err := source.Groups(t.Context(), connectortest.Connect(t, azureblob.Connector{}, v, via))
		assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
		assert.Contains(t, finops.MessageOf(err), want)
	}
}

// TestServicePrincipal signs in at a stand-in, which plays what Microsoft Entra ID and Blob storage answer.
func TestServicePrincipal(t *testing.T) {
	const secret = "planted-client-secret"
	for name, c := range map[string]struct {
		status int
		answer string
		want   string
	}{
		"Accepted":    {200, `{"token_type":"Bearer","expires_in":3599,"access_token":"planted-token"}`, ""},
		"SecretEnded": {401, `{"error":"invalid_client","error_description":"AADSTS7000222: ended","error_codes":[7000222],"correlation_id":"c1"}`, "client secret has ended"},
		"WrongSecret": {401, `{"error":"invalid_client","error_description":"AADSTS7000215: wrong","error_codes":[7000215],"correlation_id":"c1"}`, "value of the secret, not its ID"},
		"Unknown":     {400, `{"error":"invalid_request","error_description":"AADSTS12345: x","error_codes":[12345],"correlation_id":"c1"}`, "AADSTS12345, correlation ID c1"},
	} {
		t.Run(name, func(t *testing.T) {
			address, via := empty(t, func(*http.Request) (int, string) { return c.status, c.answer })
			v := map[string]string{"account": "acmebilling", "container": "exports", "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": secret, "endpoint": address, "authority": address}
			steps := connectortest.Connect(t, azureblob.Connector{}, v, via).Test(t.Context())
			last := steps[len(steps)-1]
			if c.want == "" {
				require.Len(t, steps, 3)
				assert.Contains(t, last.Detail, "Switch on file partitioning")
			} else {
				require.Len(t, steps, 1)
				assert.Contains(t, last.Detail, c.want)
			}
			assert.NotContains(t, fmt.Sprint(steps), "planted")
		})
	}
	address, via := empty(t, func(*http.Request) (int, string) { panic(http.ErrAbortHandler) })
	v := map[string]string{"account": "acmebilling", "container": "exports", "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": secret, "endpoint": address, "authority": address}
	err := connectortest.Connect(t, azureblob.Connector{}, v, via).List(t.Context(), func(source.Object) error { return nil })
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err), "a sign-in that is not answered is tried again later: %v", err)
}

// empty plays a container that has no blobs, behind a sign-in that says what token does.
func empty(t *testing.T, token func(*http.Request) (status int, answer string)) (string, source.Reach) {
	t.Helper()
	asked := func(r *http.Request) (int, string) {
		assert.True(t, r.PostFormValue("client_secret") != "" || r.PostFormValue("client_assertion") != "", "the sign-in gets what it needs")
		return token(r)
	}
	address, _, via := connectortest.Entra(t, asked, func(w http.ResponseWriter, r *http.Request) {
		text, err := httputil.DumpRequest(r, true)
		assert.NoError(t, err)
		assert.NotContains(t, string(text), "planted-client-secret", "only the sign-in gets the secret")
		assert.Equal(t, "Bearer planted-token", r.Header.Get("Authorization"))
		w.Header().Set("Content-Type", "application/xml")
		_, _ = fmt.Fprint(w, `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="exports"><Blobs></Blobs><NextMarker/></EnumerationResults>`)
	})
	return address, via
}

// TestCertificate signs in with a certificate at a stand-in that checks what was signed with it.
func TestCertificate(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "principal.pem")
	text := append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})...)
	require.NoError(t, os.WriteFile(file, text, 0o600))
	const client = "11111111-0000-4000-8000-000000000001"
	signed := 0
	address, via := empty(t, func(r *http.Request) (int, string) {
		if !assert.NoError(t, connectortest.CheckAssertion(r, &key.PublicKey, client)) {
			return 401, `{"error":"invalid_client","error_codes":[700027]}`
		}
		signed++
		return 200, `{"token_type":"Bearer","expires_in":3599,"access_token":"planted-token"}`
	})
	v := map[string]string{"account": "acmebilling", "container": "exports", "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": client, "certificate_file": file, "endpoint": address, "authority": address}
	steps := connectortest.Connect(t, azureblob.Connector{}, v, via).Test(t.Context())
	require.Len(t, steps, 3)
	assert.Contains(t, steps[0].Detail, "Signed in as the service principal "+client)
	assert.Equal(t, 1, signed, "the calls that follow use the same token")
	late, lateVia := empty(t, func(*http.Request) (int, string) { return 401, `{"error":"invalid_client","error_codes":[700024]}` })
	behind := maps.Clone(v)
	behind["endpoint"], behind["authority"] = late, late
	steps = connectortest.Connect(t, azureblob.Connector{}, behind, lateVia).Test(t.Context())
	require.Len(t, steps, 1)
	assert.Contains(t, steps[0].Detail, "The clock of this computer is wrong")

	for want, change := range map[string][2]string{
		"The certificate file /none-of-mine.pem cannot be read": {"certificate_file", "/none-of-mine.pem"},
		"holds no certificate with its private key":             {"certificate_file", os.Args[0]},
		"two ways to sign in":                                   {"client_secret", "planted"},
	} {
		bad := maps.Clone(v)
		bad[change[0]] = change[1]
		_, err := azureblob.Connector{}.Connect(bad, via)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		assert.Contains(t, finops.MessageOf(err), want)
	}
}

func TestConnect_Refuses(t *testing.T) {
	for want, v := range map[string]map[string]string{
		"Storage account must be":     {"account": "Acme", "container": "exports"},
		"Container must be":           {"account": "acme", "container": "E"},
		"give one of them":            {"account": "acme", "container": "exports", "sas": "sig=planted", "account_key": "planted"},
		"one of them is missing":      {"account": "acme", "container": "exports", "client_id": "x"},
		"SAS token must be":           {"account": "acme", "container": "exports", "sas": "planted"},
		"Account key is not complete": {"account": "acme", "container": "exports", "account_key": "planted key"},
	} {
		_, err := azureblob.Connector{}.Connect(v, connectortest.Reach(t))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
		assert.NotContains(t, fmt.Sprint(err), "planted")
	}
}

func TestConnection_NoContainer(t *testing.T) {
	v := map[string]string{"account": connectortest.AzuriteAccount, "container": "gone", "account_key": connectortest.AzuriteKey, "endpoint": connectortest.Azurite(t)}
	_, err := source.Groups(context.Background(), connectortest.Connect(t, azureblob.Connector{}, v, connectortest.Reach(t)))
	assert.Contains(t, finops.MessageOf(err), "There is no container gone")
}

// TestOffline asks nobody, and no other program either, while the network is switched off.
func TestOffline(t *testing.T) {
	door, err := network.New(network.Settings{Offline: true})
	require.NoError(t, err)
	defer door.Close()
	for _, v := range []map[string]string{{"account": "acme", "container": "exports"}, {"account": "acme", "container": "exports", "sas": "sig=planted"}} {
		steps := connectortest.Connect(t, azureblob.Connector{}, v, source.Reach{Door: door, Purpose: "bills", Now: time.Now}).Test(t.Context())
		assert.Contains(t, steps[len(steps)-1].Detail, "Offline is switched on")
	}
	assert.Empty(t, door.TakeContacts())
}

// TestNames asks Azure Resource Manager, which a SAS token or an account key does not let in.
func TestNames(t *testing.T) {
	address, _, via := connectortest.Entra(t, func(*http.Request) (int, string) {
		return http.StatusOK, `{"token_type":"Bearer","expires_in":3599,"access_token":"planted-token"}`
	}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/subscriptions" {
			connectortest.Subscriptions(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		_, _ = fmt.Fprint(w, `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="exports"><Blobs></Blobs><NextMarker/></EnumerationResults>`)
	})
	v := map[string]string{
		"account": "acmebilling", "container": "exports", "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": "planted",
		"endpoint": address, "authority": address, "management_endpoint": address,
	}
	sourcetest.RunNames(t, azureblob.Connector{}, sourcetest.Place{Values: v, Reach: via}, connectortest.SubscriptionNames)
	_, err := azureblob.Connector{}.Connect(map[string]string{"account": "acmebilling", "container": "exports", "sas": "sig=planted", "account_names": "on"}, via)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "not with a SAS token")
}
