package gcsexport_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/connector/gcsexport"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

const (
	oct1 = "bills/focus/2026-10/part-000000.csv"
	oct2 = "bills/focus/2026-10/part 2+&.csv.gz"
	nov1 = "bills/focus/2026-11/part-000000.csv"
	days = "bills/gcp/billing-2026-10-31.json"
	sep1 = "bills/detailed/invoice_month=202609/000.parquet"
)

// later is a moment at which no file is too young.
func later() time.Time { return time.Now().Add(time.Hour) }

func place(t *testing.T) sourcetest.Place {
	bucket, signIn := connectortest.NewGCSBucket(t), connectortest.NewGoogleSignIn(t)
	p := sourcetest.Place{
		Values: map[string]string{"bucket": "gs://" + bucket.Name + "/", "prefix": "bills/", "service_account_key": signIn.Key, "endpoint": bucket.Address, "projects_endpoint": signIn.URL},
		Reach:  connectortest.Reach(t), Put: bucket.Put, Remove: bucket.Remove,
		Files:  map[string]string{oct1: "part one", oct2: "", nov1: "november", days: "{}", sep1: "PAR1"},
		Later:  map[string]string{oct1: "part one, again", nov1: "november, longer"},
		Change: oct1,
		Gone:   sep1,
	}
	p.Reach.Now = later
	p.Put(t, "bills/focus/_SUCCESS", "no bill")
	return p
}

func TestConnector_Conformance(t *testing.T) {
	sourcetest.RunConnector(t, gcsexport.Connector{}, place)
}

func TestNames(t *testing.T) {
	sourcetest.RunNames(t, gcsexport.Connector{}, place(t), connectortest.ProjectNames)
}

func TestList_MonthsOfFolders(t *testing.T) {
	p := place(t)
	for _, key := range []string{oct1, oct2, nov1, days, sep1} {
		p.Put(t, key, p.Files[key])
	}
	groups := func(v map[string]string, via source.Reach) map[string]int {
		found, err := source.Groups(t.Context(), connectortest.Connect(t, gcsexport.Connector{}, v, via))
		require.NoError(t, err)
		names := map[string]int{}
		for _, g := range found {
			names[g.DataSet+" "+g.Month] = len(g.Objects)
		}
		return names
	}
	assert.Equal(t, map[string]int{"focus 2026-10": 2, "focus 2026-11": 1, "gcp/billing 2026-10": 1, "detailed 2026-09": 1}, groups(p.Values, p.Reach))
	p.Values["exports"] = "billing"
	assert.Equal(t, map[string]int{"gcp/billing 2026-10": 1}, groups(p.Values, p.Reach))
	p.Reach.Now = time.Now
	assert.Empty(t, groups(p.Values, p.Reach), "all are younger than ten minutes")
	steps := connectortest.Connect(t, gcsexport.Connector{}, p.Values, p.Reach).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "Oct 2026 of gcp/billing is left out for now: its youngest file")
}

// refusal is an error in Google's form.
func refusal(status int, reason string) connectortest.Fault {
	return connectortest.Fault{Status: status, Header: map[string]string{"Content-Type": "application/json"}, Body: fmt.Sprintf(`{"error":{"code":%d,"message":"x","errors":[{"reason":%q}]}}`, status, reason)}
}

// TestFaults plays what Google and the network do to calls; each is played once for every request.
func TestFaults(t *testing.T) {
	p := place(t)
	long := strings.Repeat("0123456789", 20_000)
	p.Put(t, oct1, long)
	for name, fault := range map[string]connectortest.Fault{
		"RateLimit403": refusal(403, "rateLimitExceeded"),
		"RateLimit429": {Status: 429, Header: map[string]string{"Retry-After": "0.001"}},
		"Backend":      refusal(503, "backendError"),
		"TokenEnded":   refusal(401, "authError"),
		"SignInPage":   {Status: 200, Header: map[string]string{"Content-Type": "text/html"}, Body: "<html>sign in</html>"},
		"CutJSON":      {Status: 200, Body: `{"items":[{"name":"bills/focus/2026-`},
		"Reset":        {Reset: true},
		"Cut":          {Cutoff: true, Cut: 100},
	} {
		t.Run(name, func(t *testing.T) {
			seen := map[string]bool{}
			proxy := connectortest.NewFaults(t, p.Values["endpoint"], func(r *http.Request) *connectortest.Fault {
				if key := r.Method + r.URL.Path; !seen[key] && (name != "CutJSON" || strings.HasSuffix(key, "/o")) {
					seen[key] = true
					return &fault
				}
				return nil
			})
			v := maps.Clone(p.Values)
			v["endpoint"] = proxy.URL
			c := connectortest.Connect(t, gcsexport.Connector{}, v, p.Reach)
			found, err := source.Groups(t.Context(), c)
			require.NoError(t, err)
			require.Len(t, found, 1)
			var text strings.Builder
			require.NoError(t, c.Fetch(t.Context(), found[0].Objects[0], &text))
			assert.Equal(t, long, text.String())
			if name == "Cut" {
				last := proxy.Asked()[len(proxy.Asked())-1]
				assert.Equal(t, "bytes=100-", last.Header.Get("Range"), "what was read is not read again")
			}
		})
	}
}

func TestTest_Refusals(t *testing.T) {
	p := place(t)
	p.Put(t, oct1, "x")
	for want, fault := range map[string]connectortest.Fault{
		"The permission storage.objects.list is missing for the bucket": refusal(403, "forbidden"),
		"Switch it on in the Google Cloud console":                      {Status: 403, Body: `{"error":{"code":403,"status":"PERMISSION_DENIED","details":[{"reason":"SERVICE_DISABLED"}]}}`},
		"does not accept the sign-in any more":                          refusal(401, "authError"),
		"Enter the project that pays":                                   refusal(400, "userProjectMissing"),
		"There is no bucket":                                            refusal(404, "notFound"),
		"begins anew at midnight Pacific time":                          refusal(403, "quotaExceeded"),
	} {
		proxy := connectortest.NewFaults(t, p.Values["endpoint"], func(*http.Request) *connectortest.Fault { return &fault })
		v := maps.Clone(p.Values)
		v["endpoint"] = proxy.URL
		steps := connectortest.Connect(t, gcsexport.Connector{}, v, p.Reach).Test(t.Context())
		require.Len(t, steps, 2)
		assert.False(t, steps[1].OK)
		assert.Contains(t, steps[1].Detail, want)
	}
}

// TestSignIn signs in in each way at a stand-in that checks what was signed.
func TestSignIn(t *testing.T) {
	p := place(t)
	p.Put(t, oct1, "x")
	signIn := connectortest.NewGoogleSignIn(t)
	var whose, quota string
	proxy := connectortest.NewFaults(t, p.Values["endpoint"], func(r *http.Request) *connectortest.Fault {
		whose, quota = signIn.Whose(r), r.Header.Get("X-Goog-User-Project")
		return nil
	})
	file := filepath.Join(t.TempDir(), "adc.json")
	t.Setenv("GOOGLE_APPLICATION_CREDENTIALS", file)
	tokens := connectortest.NewFaults(t, signIn.URL, nil)
	signIn.Key, signIn.User = strings.ReplaceAll(signIn.Key, signIn.URL, tokens.URL), strings.ReplaceAll(signIn.User, signIn.URL, tokens.URL)
	signIn.URL = tokens.URL // which a token is asked for
	v := map[string]string{"bucket": p.Values["bucket"], "endpoint": proxy.URL, "iam_endpoint": signIn.URL}
	steps := connectortest.Connect(t, gcsexport.Connector{}, v, p.Reach).Test(t.Context())
	assert.Contains(t, steps[0].Detail, "gcloud auth application-default login")
	for want, c := range map[string]struct{ file, key, impersonate, says string }{
		connectortest.GoogleAccount: {key: signIn.Key, says: "Signed in as the service account " + connectortest.GoogleAccount + "."},
		"user":                      {file: signIn.User, says: "the Google account of the Google Cloud command line"},
		connectortest.GoogleOther:   {key: signIn.Key, impersonate: connectortest.GoogleOther, says: "impersonating " + connectortest.GoogleOther},
		connectortest.GoogleOther + " by the command line": {file: `{"type":"impersonated_service_account","service_account_impersonation_url":"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/` + connectortest.GoogleOther + `:generateAccessToken","source_credentials":` + signIn.User + `}`, says: "the service account " + connectortest.GoogleOther},
	} {
		require.NoError(t, os.WriteFile(file, []byte(c.file), 0o600))
		v["service_account_key"], v["impersonate"] = c.key, c.impersonate
		steps := connectortest.Connect(t, gcsexport.Connector{}, v, p.Reach).Test(t.Context())
		for _, s := range steps {
			assert.True(t, s.OK, s.Detail)
		}
		assert.Contains(t, steps[0].Detail, c.says)
		assert.Equal(t, strings.TrimSuffix(want, " by the command line"), whose)
		assert.Equal(t, want == "user", quota == "acme-quota")
		assert.NotContains(t, fmt.Sprint(steps), "planted")
	}
	wire := proxy.Wire() + tokens.Wire()
	assert.Contains(t, tokens.Wire(), "assertion=")
	var key struct {
		Private string `json:"private_key"`
	}
	require.NoError(t, json.Unmarshal([]byte(signIn.Key), &key))
	for line := range strings.Lines(key.Private) {
		assert.NotContains(t, wire, url.QueryEscape(strings.TrimSpace(line)), "a private key signs, and is never sent")
		assert.NotContains(t, wire, strings.TrimSpace(line))
	}
	assert.NotContains(t, proxy.Wire(), "planted-refresh", "what tokens are asked with goes to the sign-in only")
	assert.NotContains(t, proxy.Wire(), "planted-secret")
	v["service_account_key"], v["impersonate"] = signIn.Key, "other@acme-finance.iam.gserviceaccount.com"
	steps = connectortest.Connect(t, gcsexport.Connector{}, v, p.Reach).Test(t.Context())
	assert.Contains(t, steps[0].Detail, "iam.serviceAccounts.getAccessToken is missing for other@acme-finance.iam.gserviceaccount.com: give the role Service Account Token Creator")
}

func TestSignIn_Refusals(t *testing.T) {
	signIn := connectortest.NewGoogleSignIn(t)
	for want, c := range map[string]struct {
		status int
		body   string
	}{
		"deleted or replaced":                 {400, `{"error":"invalid_grant","error_description":"Invalid JWT Signature."}`},
		"the clock of this computer is wrong": {400, `{"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."}`},
		"is not there any more":               {400, `{"error":"invalid_grant","error_description":"Invalid grant: account not found"}`},
		"has a fault of its own":              {503, `<!-- unavailable -->`},
		"Google refuses the sign-in":          {400, `{"error":"unauthorized_client","error_description":"planted"}`},
	} {
		signIn.Refuse = func(*http.Request) (int, string) { return c.status, c.body }
		steps := connectortest.Connect(t, gcsexport.Connector{}, map[string]string{"bucket": "acme-billing", "service_account_key": signIn.Key, "endpoint": "http://127.0.0.1:9"}, connectortest.Reach(t)).Test(t.Context())
		require.Len(t, steps, 1)
		assert.Contains(t, steps[0].Detail, want)
		assert.NotContains(t, fmt.Sprint(steps), "planted")
	}
}

func TestConnect_Refuses(t *testing.T) {
	for want, v := range map[string]map[string]string{
		"Bucket must be":                         {"bucket": "Acme Billing"},
		"Service account key is not complete":    {"bucket": "acme", "service_account_key": `{"type":"service_account","private_key":"planted"}`},
		"Service account to impersonate must be": {"bucket": "acme", "impersonate": "ann@acme.com"},
		"Project that pays must be":              {"bucket": "acme", "user_project": "A"},
		"Cloud Storage endpoint must be":         {"bucket": "acme", "endpoint": "storage"},
	} {
		_, err := gcsexport.Connector{}.Connect(v, connectortest.Reach(t))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
		assert.NotContains(t, fmt.Sprint(err), "planted")
	}
}

// TestPolicies_FromTheCalls names what is called, for whom it is, and nothing else.
func TestPolicies_FromTheCalls(t *testing.T) {
	signIn := connectortest.NewGoogleSignIn(t)
	list := gcsexport.Connector{}.Policies(map[string]string{"bucket": "acme-billing", "service_account_key": signIn.Key, "impersonate": connectortest.GoogleOther})
	require.Len(t, list, 3)
	assert.JSONEq(t, `{"title":"Read bills","stage":"GA","includedPermissions":["storage.objects.get","storage.objects.list"]}`, list[0].Text)
	assert.Contains(t, list[0].Note, "Give it to "+connectortest.GoogleOther+" on the bucket acme-billing.")
	assert.Contains(t, list[1].Text, "  project     = \"PROJECT\"\n  role_id     = \"read_bills_storage_bucket\"\n  title       = \"Read bills (storage bucket)\"\n  permissions = [\n    \"storage.objects.get\",\n    \"storage.objects.list\",\n  ]\n")
	assert.Contains(t, list[1].Text, "resource \"google_storage_bucket_iam_member\" \"read_bills_storage_bucket\" {\n  bucket = \"acme-billing\"\n  role   = google_project_iam_custom_role.read_bills_storage_bucket.id\n  member = \"serviceAccount:"+connectortest.GoogleOther+"\"\n}\n")
	assert.NotContains(t, list[0].Note, "organization")
	assert.Contains(t, list[2].Text, "  project     = \"acme-finance\"\n", "where the account is that is impersonated")
	assert.Contains(t, list[2].Text, "\"iam.serviceAccounts.getAccessToken\"")
	assert.Contains(t, list[2].Text, "serviceAccount:"+connectortest.GoogleAccount)
}

// TestOffline asks nobody while the network is switched off.
func TestOffline(t *testing.T) {
	door, err := network.New(network.Settings{Offline: true})
	require.NoError(t, err)
	defer door.Close()
	signIn := connectortest.NewGoogleSignIn(t)
	steps := connectortest.Connect(t, gcsexport.Connector{}, map[string]string{"bucket": "acme", "service_account_key": signIn.Key}, source.Reach{Door: door, Purpose: "bills", Now: time.Now}).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "Offline is switched on")
	assert.Empty(t, door.TakeContacts())
}
