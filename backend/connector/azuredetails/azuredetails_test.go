package azuredetails_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azuredetails"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

const (
	scope  = connectortest.CostDetailsScope
	header = "date,billingCurrency,costInBillingCurrency\n"
	sep    = "cost-details/2026-09.csv"
	oct    = "cost-details/2026-10.csv"
	nov    = "cost-details/2026-11.csv"
)

func place(t *testing.T) (sourcetest.Place, *connectortest.CostDetails) {
	a, via := connectortest.NewCostDetails(t)
	via.Now = func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
	return sourcetest.Place{
		Values: map[string]string{"scope": "/" + scope, "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": "planted-secret", "endpoint": a.URL, "authority": a.URL},
		Reach:  via, Put: a.Put, Remove: a.Remove,
		Files: map[string]string{
			sep: header + "2026-09-01,EUR,18.40317\n", oct: header + "2026-10-01,EUR,18.40317\n2026-10-02,EUR,2.113\n2026-10-03,EUR,-1\n", nov: header + "2026-11-27,EUR,0.00000001\n",
		},
		Later:  map[string]string{oct: header + "2026-10-01,EUR,19\n"},
		Change: oct,
		Gone:   sep,
	}, a
}

func TestConnector_Conformance(t *testing.T) {
	sourcetest.RunConnector(t, azuredetails.Connector{}, func(t *testing.T) sourcetest.Place {
		p, _ := place(t)
		return p
	})
}

func TestNames(t *testing.T) {
	p, _ := place(t)
	sourcetest.RunNames(t, azuredetails.Connector{}, p, connectortest.SubscriptionNames)
}

// TestFaults plays what Azure and the network do to each kind of call once.
func TestFaults(t *testing.T) {
	p, a := place(t)
	for key, content := range p.Files {
		p.Put(t, key, content)
	}
	for name, fault := range map[string]connectortest.Fault{
		"Throttled": {Status: 429, Header: map[string]string{"x-ms-ratelimit-microsoft.costmanagement-entity-retry-after": "0.001"}, Body: `{"error":{"code":"429"}}`},
		"Fault":     {Status: 503},
		"Reset":     {Reset: true},
	} {
		t.Run(name, func(t *testing.T) {
			seen := map[string]bool{}
			a.Fault = func(r *http.Request) *connectortest.Fault {
				if seen[r.Method+r.URL.Path] {
					return nil
				}
				seen[r.Method+r.URL.Path] = true
				return &fault
			}
			text, err := connectortest.Fetch(t, connectortest.Connect(t, azuredetails.Connector{}, p.Values, p.Reach), oct)
			require.NoError(t, err)
			assert.Equal(t, p.Files[oct], text)
		})
	}
}

// TestReport_Refusals plays answers that no repeating changes.
func TestReport_Refusals(t *testing.T) {
	p, a := place(t)
	p.Put(t, oct, p.Files[oct])
	for want, c := range map[string]struct {
		part  string
		fault connectortest.Fault
		code  finops.Code
	}{
		"The link to a part of the report has ended":       {"/armreports/", connectortest.Fault{Status: 403}, finops.CodeConflict},
		"does not keep the report":                         {"/costDetailsOperationResults/", connectortest.Fault{Status: 404, Body: `{"error":{"code":"NotFound"}}`}, finops.CodeConflict},
		"Azure could not make the report":                  {"/costDetailsOperationResults/", connectortest.Fault{Status: 200, Body: `{"status":"Failed"}`}, finops.CodeUnavailable},
		"use exports for others":                           {"/generateCostDetailsReport", connectortest.Fault{Status: 422, Body: `{"error":{"code":"NotSupported"}}`}, finops.CodeInvalid},
		"names another host than that of Azure Resource M": {"/generateCostDetailsReport", connectortest.Fault{Status: 202, Header: map[string]string{"Location": "https://elsewhere.example.com/x"}}, finops.CodeUnavailable},
		"The permission Microsoft.CostManagement/generateCostDetailsReport/action is missing": {"/generateCostDetailsReport", connectortest.Fault{Status: 403, Body: `{"error":{"code":"AuthorizationFailed","message":"The client 'x' does not have authorization to perform action 'Microsoft.CostManagement/generateCostDetailsReport/action' over scope '/y'."}}`}, finops.CodeDenied},
		"Microsoft.CostManagement/query/read or Microsoft.CostMan":                            {"/generateCostDetailsReport", connectortest.Fault{Status: 403, Body: `{"error":{"code":"RBACAccessDenied"}}`}, finops.CodeDenied},
	} {
		a.Fault = func(r *http.Request) *connectortest.Fault {
			if strings.Contains(r.URL.Path, c.part) {
				return &c.fault
			}
			return nil
		}
		_, err := connectortest.Fetch(t, connectortest.Connect(t, azuredetails.Connector{}, p.Values, p.Reach), oct)
		assert.Equal(t, c.code, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
		assert.NotContains(t, fmt.Sprint(err), "planted")
	}
}

func TestTest(t *testing.T) {
	p, a := place(t)
	steps := connectortest.Connect(t, azuredetails.Connector{}, p.Values, p.Reach).Test(t.Context())
	require.Len(t, steps, 3)
	assert.Contains(t, steps[2].Detail, "No month is complete yet", "there are no costs")
	p.Put(t, oct, p.Files[oct])
	p.Put(t, nov, p.Files[nov])
	steps = connectortest.Connect(t, azuredetails.Connector{}, p.Values, p.Reach).Test(t.Context())
	require.Len(t, steps, 4)
	assert.Contains(t, steps[2].Detail, "cost-details: 2 months, Oct – Nov 2026.")
	assert.Contains(t, steps[3].Detail, "It asks for 2 reports")
	a.Fault = func(*http.Request) *connectortest.Fault {
		return &connectortest.Fault{Status: 404, Body: `{"error":{"code":"SubscriptionNotFound"}}`}
	}
	steps = connectortest.Connect(t, azuredetails.Connector{}, p.Values, p.Reach).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "Azure has no "+scope)
}

func TestConnect_Refuses(t *testing.T) {
	for want, v := range map[string]map[string]string{
		"Scope must be":               {"scope": "providers/Microsoft.Management/managementGroups/acme"},
		"View must be":                {"scope": scope, "view": "both"},
		"one of them is missing":      {"scope": scope, "client_id": "x"},
		"Management endpoint must be": {"scope": scope, "endpoint": "x"},
	} {
		_, err := azuredetails.Connector{}.Connect(v, connectortest.Reach(t))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
	}
	list := azuredetails.Connector{}.Policies(maps.Clone(map[string]string{"scope": scope}))
	require.Len(t, list, 2)
	assert.Contains(t, list[0].Text, "Microsoft.CostManagement/query/action")
	assert.Contains(t, list[1].Text, `"/`+scope+`"`)
}

// TestOffline asks nobody while the network is switched off.
func TestOffline(t *testing.T) {
	door, err := network.New(network.Settings{Offline: true})
	require.NoError(t, err)
	defer door.Close()
	steps := connectortest.Connect(t, azuredetails.Connector{}, map[string]string{"scope": scope}, source.Reach{Door: door, Purpose: "costs", Now: time.Now}).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "Offline is switched on")
	assert.Empty(t, door.TakeContacts())
}
