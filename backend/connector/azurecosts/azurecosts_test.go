package azurecosts_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azurecosts"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/dailytotals"
	"cloud-intelligence/backend/source/sourcetest"
)

const (
	scope = "subscriptions/4d1c0000-0000-4000-8000-000000000001"
	sep   = "cost-query/2026-09.csv"
	oct   = "cost-query/2026-10.csv"
	nov   = "cost-query/2026-11.csv"
)

// csv is the file of a month; a line is its day, service, billed and effective cost.
func csv(t *testing.T, lines ...string) string {
	t.Helper()
	text := strings.Join(dailytotals.Azure.Columns(), ",") + "\n"
	for _, l := range lines {
		parts := strings.Split(l, " ")
		day, err := time.Parse(time.DateOnly, parts[0])
		require.NoError(t, err)
		first := day.AddDate(0, 0, 1-day.Day())
		f := func(t time.Time) string { return t.Format(time.RFC3339) }
		text += strings.Join([]string{
			"Microsoft", "Microsoft", "Microsoft", "12345678", "4d1c0000-0000-4000-8000-000000000001", "", f(first), f(first.AddDate(0, 1, 0)), f(day), f(day.AddDate(0, 0, 1)), "Usage",
			"Daily total of " + parts[1], parts[1], parts[2], parts[3], "EUR", "daily total",
		}, ",") + "\n"
	}
	return text
}

func place(t *testing.T) (sourcetest.Place, *connectortest.CostQuery) {
	a, via := connectortest.NewCostQuery(t)
	via.Now = func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
	return sourcetest.Place{
		Values: map[string]string{"scope": "/" + scope, "billing_account": "12345678", "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": "planted-secret", "endpoint": a.URL, "authority": a.URL},
		Reach:  via, Put: a.Put, Remove: a.Remove,
		Files: map[string]string{
			sep: csv(t, "2026-09-30 Storage 18.40317 18.40317"),
			oct: csv(t, "2026-10-01 Storage 18.40317 9.2", "2026-10-01 VirtualMachines 2.113 2.113", "2026-10-31 Storage -0.5 0", "2026-10-31 VirtualMachines 0.00000001 1"),
			nov: csv(t, "2026-11-27 Storage 1 1"),
		},
		Later:  map[string]string{oct: csv(t, "2026-10-01 Storage 19 19")},
		Change: oct,
		Gone:   sep,
	}, a
}

func TestConnector_Conformance(t *testing.T) {
	sourcetest.RunConnector(t, azurecosts.Connector{}, func(t *testing.T) sourcetest.Place {
		p, _ := place(t)
		return p
	})
}

func TestNames(t *testing.T) {
	p, _ := place(t)
	sourcetest.RunNames(t, azurecosts.Connector{}, p, connectortest.SubscriptionNames)
}

// TestFaults plays what Azure and the network do to each question once.
func TestFaults(t *testing.T) {
	p, a := place(t)
	for key, content := range p.Files {
		p.Put(t, key, content)
	}
	for name, fault := range map[string]connectortest.Fault{
		"Throttled":  {Status: 429, Header: map[string]string{"x-ms-ratelimit-microsoft.costmanagement-clienttype-retry-after": "0.001", "x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after": "0.002"}, Body: `{"error":{"code":"429"}}`},
		"Fault":      {Status: 503},
		"Reset":      {Reset: true},
		"Cut":        {Status: 200, Body: `{"properties":{"columns":[`},
		"TokenEnded": {Status: 401, Body: `{"error":{"code":"ExpiredAuthenticationToken","message":"The access token has expired."}}`},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			a.Fault = func(*http.Request) *connectortest.Fault {
				if asked++; asked%2 == 0 {
					return nil
				}
				return &fault
			}
			c := connectortest.Connect(t, azurecosts.Connector{}, p.Values, p.Reach)
			text, err := connectortest.Fetch(t, c, oct)
			require.NoError(t, err)
			assert.Equal(t, p.Files[oct], text)
			assert.Equal(t, name == "TokenEnded", c.Usage().Retries == 0, "a new token is no repetition")
		})
	}
}

// TestFetch_GoesOnWithTheMissingPage ends a month behind its second page: the next run asks only for what is missing. An answer that cannot be read is not kept.
func TestFetch_GoesOnWithTheMissingPage(t *testing.T) {
	p, a := place(t)
	p.Put(t, oct, p.Files[oct])
	folder := t.TempDir()
	days := 0
	run := func(faultAt int, fault connectortest.Fault) error {
		days = 0
		a.Fault = func(r *http.Request) *connectortest.Fault {
			text, err := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(text))
			if err != nil || !strings.Contains(string(text), `"Daily"`) {
				return nil
			}
			if days++; days != faultAt {
				return nil
			}
			return &fault
		}
		c := connectortest.Connect(t, azurecosts.Connector{}, p.Values, p.Reach)
		groups, err := source.Groups(t.Context(), c)
		require.NoError(t, err)
		return groups[0].Fetch(t.Context(), c, folder, func(source.Object) error { return nil })
	}
	denied := connectortest.Fault{Status: 403, Body: `{"error":{"code":"RBACAccessDenied"}}`}
	require.Equal(t, finops.CodeDenied, finops.CodeOf(run(3, denied)))
	require.Equal(t, finops.CodeUnavailable, finops.CodeOf(run(1, connectortest.Fault{Status: 200, Body: `{"properties":{"columns":[{"name":"Cost"}],"rows":[["x"]]}}`})))
	require.NoError(t, run(0, denied))
	asked := days
	text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(oct)))
	require.NoError(t, err)
	assert.Equal(t, p.Files[oct], string(text), "as in one run")
	folder = t.TempDir()
	require.NoError(t, run(0, denied))
	assert.Equal(t, days-2, asked, "two pages were there")
}

// TestCommandLine signs in as the Azure command line is, which here is a program that gives a token, and then one that is signed out.
func TestCommandLine(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("The program that stands in for az is a script of a shell.")
	}
	p, a := place(t)
	p.Put(t, oct, p.Files[oct])
	for _, name := range []string{"tenant_id", "client_id", "client_secret", "authority"} {
		delete(p.Values, name)
	}
	folder := t.TempDir()
	az := func(script string) {
		require.NoError(t, os.WriteFile(filepath.Join(folder, "az"), []byte("#!/bin/sh\n"+script), 0o700)) //nolint:gosec // it is to be run
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	az(`case "$*" in *"account get-access-token"*) echo '{"accessToken":"planted-token","expires_on":4070908800,"expiresOn":"2099-01-01 00:00:00.000000","tokenType":"Bearer"}';; *) exit 1;; esac`)
	var sent string
	a.Fault = func(r *http.Request) *connectortest.Fault { sent = r.Header.Get("Authorization"); return nil }
	steps := connectortest.Connect(t, azurecosts.Connector{}, p.Values, p.Reach).Test(t.Context())
	assert.Equal(t, source.Step{Name: "Sign in", OK: true, Detail: "Signed in as the Azure command line is."}, steps[0])
	assert.Equal(t, "Bearer planted-token", sent)

	az("echo 'ERROR: Please run az login to setup account.' >&2; exit 1")
	steps = connectortest.Connect(t, azurecosts.Connector{}, p.Values, p.Reach).Test(t.Context())
	require.Len(t, steps, 1)
	assert.Contains(t, steps[0].Detail, "az login")
}

func TestRefusals(t *testing.T) {
	p, a := place(t)
	for want, c := range map[string]struct {
		fault connectortest.Fault
		code  finops.Code
	}{
		"Azure has no " + scope: {connectortest.Fault{Status: 404, Body: `{"error":{"code":"SubscriptionNotFound"}}`}, finops.CodeInvalid},
		"Use exports":           {connectortest.Fault{Status: 400, Body: `{"error":{"code":"OfferNotSupported"}}`}, finops.CodeInvalid},
		"Microsoft.CostManagement/query/read or Microsoft.CostManagement/query/action is missing": {connectortest.Fault{Status: 403, Body: `{"error":{"code":"RBACAccessDenied"}}`}, finops.CodeDenied},
		"names another host": {connectortest.Fault{Status: 200, Body: `{"properties":{"nextLink":"https://elsewhere.example.com/x","columns":[],"rows":[]}}`}, finops.CodeUnavailable},
		"Sign in again":      {connectortest.Fault{Status: 401, Body: `{"error":{"code":"InvalidAuthenticationToken"}}`}, finops.CodeDenied},
		"another form":       {connectortest.Fault{Status: 200, Body: `{"properties":{"columns":[{"name":"Cost"}],"rows":[["x"]]}}`}, finops.CodeUnavailable},
	} {
		a.Fault = func(*http.Request) *connectortest.Fault { return &c.fault }
		err := connectortest.Connect(t, azurecosts.Connector{}, p.Values, p.Reach).List(t.Context(), func(source.Object) error { return nil })
		assert.Equal(t, c.code, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
		assert.NotContains(t, fmt.Sprint(err), "planted")
	}
}

func TestTest(t *testing.T) {
	p, a := place(t)
	steps := connectortest.Connect(t, azurecosts.Connector{}, p.Values, p.Reach).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "No month is complete yet", "there are no costs")
	p.Put(t, oct, p.Files[oct])
	before := a.Calls()
	steps = connectortest.Connect(t, azurecosts.Connector{}, p.Values, p.Reach).Test(t.Context())
	require.Len(t, steps, 4)
	assert.Contains(t, steps[2].Detail, "cost-query: 1 month, Oct 2026.")
	assert.Contains(t, steps[3].Detail, "It makes 6 calls or more, four a minute, which takes some 2 minutes.")
	assert.Equal(t, 2, a.Calls()-before, "a question for each kind of cost")
}

func TestConnect(t *testing.T) {
	p, _ := place(t)
	for _, good := range []string{"providers/Microsoft.Management/managementGroups/acme", "/providers/Microsoft.Billing/billingAccounts/123:456_2019-05-31/billingProfiles/AB-C"} {
		v := maps.Clone(p.Values)
		v["scope"] = good
		_, err := azurecosts.Connector{}.Connect(v, p.Reach)
		require.NoError(t, err, good)
	}
	_, err := azurecosts.Connector{}.Connect(map[string]string{"scope": "subscriptions/x"}, p.Reach)
	assert.Contains(t, finops.MessageOf(err), "Scope must be")
	assert.Contains(t, azurecosts.Connector{}.Policies(p.Values)[0].Text, "Microsoft.CostManagement/query/action")
	door, err := network.New(network.Settings{Offline: true})
	require.NoError(t, err)
	defer door.Close()
	steps := connectortest.Connect(t, azurecosts.Connector{}, map[string]string{"scope": scope}, source.Reach{Door: door, Purpose: "costs", Now: time.Now}).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "Offline is switched on")
	assert.Empty(t, door.TakeContacts())
}
