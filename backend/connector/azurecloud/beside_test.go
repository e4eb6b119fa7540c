package azurecloud_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

const (
	sub     = "/subscriptions/4d1c0000-0000-4000-8000-000000000001"
	machine = sub + "/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web1"
	disk    = sub + "/resourceGroups/shop/providers/Microsoft.Compute/disks/d1"
)

// estate plays Resource Graph, two pages of an inventory, Azure Monitor and Advisor in their documented shapes. fault, where it answers a status, goes before.
func estate(t *testing.T, values map[string]string, fault func(*http.Request) (int, string)) (source.Beside, *[]string) {
	t.Helper()
	var mu sync.Mutex
	asked := &[]string{}
	address, caFile, via := connectortest.Entra(t, func(*http.Request) (int, string) {
		return http.StatusOK, `{"token_type":"Bearer","expires_in":3599,"access_token":"planted-token"}`
	}, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		prices := strings.HasPrefix(r.URL.Path, "/api/retail/prices")
		assert.Equal(t, prices, r.Header.Get("Authorization") == "", "nobody signs in for list prices, and no token is sent there")
		*asked = append(*asked, r.URL.Path+" "+string(body))
		if status, text := fault(r); status != 0 {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
			return
		}
		_, _ = io.WriteString(w, estateAnswer(r, string(body)))
	})
	all := map[string]string{"tenant_id": "9f2d0000-0000-4000-8000-000000000001", "client_id": "1c2d0000-0000-4000-8000-000000000001", "client_secret": "planted", "authority": address, "prices_endpoint": address}
	maps.Copy(all, values)
	signIn, err := azurecloud.ParseSignIn(all)
	require.NoError(t, err, caFile)
	session, err := signIn.Open(via)
	require.NoError(t, err)
	b, err := session.Beside(all, address, via)
	require.NoError(t, err)
	return b, asked
}

func estateAnswer(r *http.Request, body string) string {
	switch {
	case strings.HasPrefix(r.URL.Path, "/api/retail/prices"):
		page := func(name, next string) string {
			return fmt.Sprintf(`{"Items":[{"currencyCode":%q,"unitPrice":0.115,"retailPrice":0.115,"tierMinimumUnits":0,"armRegionName":"westeurope","meterName":%q,"productName":"Virtual Machines Dsv5 Series","unitOfMeasure":"1 Hour","type":"Consumption","effectiveStartDate":"2026-01-01T00:00:00Z"}],"NextPageLink":%q}`, strings.Trim(r.URL.Query().Get("currencyCode"), "'"), name, next)
		}
		switch {
		case strings.Contains(r.URL.Query().Get("$filter"), "'Storage'"):
			return `{"Items":[],"NextPageLink":null}`
		case r.URL.Query().Get("$skip") == "":
			return page("D2s v5", "https://prices.azure.com:443/api/retail/prices?$filter="+url.QueryEscape(r.URL.Query().Get("$filter"))+"&currencyCode='EUR'&$skip=1000")
		}
		return page("D4s v5", "")
	case strings.Contains(body, "project id, location"):
		return fmt.Sprintf(`{"data":[{"id":%q,"location":"westeurope"},{"id":%q,"location":"westeurope"}],"resultTruncated":"false"}`, machine, disk)
	case strings.HasSuffix(r.URL.Path, "/providers/Microsoft.Insights/metrics"):
		return fmt.Sprintf(`{"timespan":"x","interval":"P1D","value":[{"id":%q,"name":{"value":"Percentage CPU"},"timeseries":[{"data":[{"timeStamp":"2026-11-19T00:00:00Z","average":1.5,"maximum":4.25}]}]}]}`, machine+"/providers/Microsoft.Insights/metrics/Percentage CPU")
	case strings.Contains(body, "advisorresources"):
		return fmt.Sprintf(`{"data":[{"id":%q,"properties":{"category":"Cost","resourceMetadata":{"resourceId":%q},"extendedProperties":{"recommendationType":"SkuChange","currentSku":"D4","targetSku":"D2","annualSavingsAmount":"120","savingsCurrency":"EUR"}}}],"resultTruncated":"false"}`, machine+"/providers/Microsoft.Advisor/recommendations/1", machine)
	case strings.Contains(body, `"$skipToken":"ew0KICAi"`):
		return fmt.Sprintf(`{"data":[{"id":%q,"type":"microsoft.compute/disks","subscriptionId":"4d1c","properties":{"diskState":"Unattached"}}],"resultTruncated":"false"}`, disk)
	case strings.Contains(body, "microsoft.compute/disks"):
		return fmt.Sprintf(`{"data":[{"id":%q,"type":"microsoft.compute/virtualmachines","properties":{"hardwareProfile":{"vmSize":"D4"}}}],"resultTruncated":"false","$skipToken":"ew0KICAi"}`, machine)
	}
	return fmt.Sprintf(`{"data":[{"id":%q}],"resultTruncated":"false"}`, machine)
}

func noFault(*http.Request) (int, string) { return 0, "" }

func TestBeside_Documents(t *testing.T) {
	b, asked := estate(t, map[string]string{"inventories": "on", "metrics": "on", "recommendations": "on"}, noFault)
	var docs []*document.Document
	require.NoError(t, b.List(func(o source.Object) error {
		assert.Equal(t, source.Documents, o.Holds)
		var text bytes.Buffer
		require.NoError(t, b.Fetch(t.Context(), o, &text), o.Key)
		d, err := document.Read(o.Key, text.Bytes())
		require.NoError(t, err, text.String())
		assert.True(t, d.Whole, o.Key)
		docs = append(docs, d)
		return nil
	}))
	require.Len(t, docs, 3)
	facts := document.NewFacts(docs)
	assert.NotNil(t, facts.Thing(document.Machine, document.Key(machine)))
	unattached := facts.Thing(document.Disk, document.Key(disk))
	require.NotNil(t, unattached, "the second page is read")
	assert.Equal(t, "unattached", unattached.State)
	require.Len(t, docs[1].Series, 2)
	assert.Equal(t, document.Key(machine), docs[1].Series[0].Key)
	advice := facts.Advice(document.Key(machine))
	require.Len(t, advice, 1)
	assert.Equal(t, []string{"resize", "D2", "10.00", "EUR"}, []string{advice[0].Action, advice[0].Target, advice[0].Monthly.String(), advice[0].Currency})
	assert.Len(t, *asked, 5, "two pages, the machines and their metrics, the recommendations")
	assert.Positive(t, b.Usage().Calls)
}

func TestBeside_StepsAndNothing(t *testing.T) {
	b, asked := estate(t, map[string]string{"inventories": "on", "metrics": "on", "recommendations": "on"}, noFault)
	steps := b.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	require.Len(t, steps, 5)
	for _, s := range steps {
		assert.True(t, s.OK, s.Detail)
	}
	assert.Contains(t, steps[1].Detail, "Which permissions are there is not shown", "no subscription can be seen")
	assert.Len(t, *asked, 5, "the subscriptions, and only the first page of each")
	none, _ := estate(t, nil, noFault)
	assert.Empty(t, none.Extras)
	assert.Empty(t, azurecloud.BesidePolicies(nil))
}

func TestBeside_Faults(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		text   string
		code   finops.Code
		says   string
	}{
		"Denied": {http.StatusForbidden, `{"error":{"code":"AuthorizationFailed"}}`, finops.CodeDenied, "give the role Reader"},
		"Cut":    {http.StatusOK, `{"data":[],"resultTruncated":"true"}`, finops.CodeUnavailable, "has cut its answer"},
	} {
		t.Run(name, func(t *testing.T) {
			b, _ := estate(t, map[string]string{"inventories": "on"}, func(*http.Request) (int, string) { return c.status, c.text })
			err := b.Extras[0].Ask(t.Context(), io.Discard, false)
			assert.Equal(t, c.code, finops.CodeOf(err))
			assert.Contains(t, finops.MessageOf(err), c.says)
		})
	}
	calls := 0
	b, asked := estate(t, map[string]string{"metrics": "on"}, func(r *http.Request) (int, string) {
		if strings.HasSuffix(r.URL.Path, "/metrics") {
			return http.StatusNotFound, `{"error":{"code":"ResourceNotFound"}}`
		}
		if calls++; calls == 1 {
			return http.StatusTooManyRequests, `{"error":{"code":"RateLimiting"}}`
		}
		return 0, ""
	})
	var text bytes.Buffer
	require.NoError(t, b.Extras[0].Ask(t.Context(), &text, false))
	assert.JSONEq(t, "[]", text.String(), "a machine that has gone meanwhile has no metrics")
	assert.Len(t, *asked, 3, "a throttled call is repeated")
}

// Policies have what is switched on and nothing else.
func TestBeside_Policies(t *testing.T) {
	actions := func(values map[string]string) []string {
		var role struct{ Actions []string }
		require.NoError(t, json.Unmarshal([]byte(azurecloud.BesidePolicies(values)[0].Text), &role))
		return role.Actions
	}
	tested := []string{"Microsoft.Resources/subscriptions/read", "Microsoft.Authorization/permissions/read"} // by which a test names what is missing
	assert.Equal(t, append([]string{"Microsoft.Compute/virtualMachines/read", "Microsoft.Insights/metrics/read"}, tested...), actions(map[string]string{"metrics": "on"}))
	assert.Equal(t, append([]string{"Microsoft.Advisor/recommendations/read"}, tested...), actions(map[string]string{"recommendations": "on"}))
	assert.Len(t, actions(map[string]string{"inventories": "on", "metrics": "on", "list_prices": "on", "provider_budgets": "on"}), 11, "each once")
	text := azurecloud.BesidePolicies(map[string]string{"recommendations": "on"})[1].Text
	assert.Equal(t, `resource "azurerm_role_definition" "read_documents" {
  name        = "Read what stands beside bills"
  scope       = "/subscriptions/SUBSCRIPTION"
  description = "Reads inventories, metrics, recommendations and budgets."

  permissions {
    actions = [
      "Microsoft.Advisor/recommendations/read",
      "Microsoft.Resources/subscriptions/read",
      "Microsoft.Authorization/permissions/read",
    ]
  }

  assignable_scopes = ["/subscriptions/SUBSCRIPTION"]
}

resource "azurerm_role_assignment" "read_documents" {
  scope              = "/subscriptions/SUBSCRIPTION"
  role_definition_id = azurerm_role_definition.read_documents.role_definition_resource_id
  principal_id       = "OBJECT ID OF THE SERVICE PRINCIPAL"
}
`, text, "no more than the role has")
	assert.Len(t, azurecloud.CostPolicies("Read costs", "Reads.", "providers/Microsoft.Billing/billingAccounts/1"), 1, "Terraform has no roles of billing scopes")
}

func TestBeside_Prices(t *testing.T) {
	b, asked := estate(t, map[string]string{"list_prices": "on", "price_currency": "eur"}, noFault)
	var text bytes.Buffer
	require.NoError(t, b.Extras[0].Ask(t.Context(), &text, false))
	d, err := document.Read("retail-prices.json", text.Bytes())
	require.NoError(t, err, text.String())
	assert.Equal(t, document.AzurePrices, d.Kind)
	require.Len(t, d.Prices, 2, "both pages")
	assert.Equal(t, "EUR", d.Prices[0].Currency)
	assert.Len(t, *asked, 4, "the places, two pages of machines, one of storage")
}

func TestBeside_Budgets(t *testing.T) {
	b, _ := estate(t, map[string]string{"provider_budgets": "on"}, func(r *http.Request) (int, string) {
		switch r.URL.Path {
		case "/subscriptions":
			return http.StatusOK, `{"value":[{"subscriptionId":"4d1c","displayName":"Shop"}]}`
		case "/subscriptions/4d1c/providers/Microsoft.Consumption/budgets":
			return http.StatusOK, `{"value":[{"name":"Web","properties":{"category":"Cost","amount":1500.10,"timeGrain":"Monthly","currentSpend":{"amount":712.345,"unit":"EUR"},"forecastSpend":{"amount":1620.0,"unit":"EUR"},"filter":{"tags":{"name":"env"}}}}],"nextLink":null}`
		}
		return 0, ""
	})
	assert.Equal(t, source.Budgets, b.Extras[0].Holds)
	var text bytes.Buffer
	require.NoError(t, b.Extras[0].Ask(t.Context(), &text, false))
	list, err := source.ReadBudgets(&text)
	require.NoError(t, err)
	assert.Equal(t, []source.ProviderBudget{{Provider: "Microsoft Azure", Account: "4d1c", Name: "Web", Every: "month", Amount: "1500.10", Spent: "712.345", Forecast: "1620.0", Currency: "EUR", Of: "a part of the subscription"}}, list)
}

// consumption plays the Consumption API of one subscription.
func consumption(r *http.Request) (int, string) {
	switch {
	case r.URL.Path == "/subscriptions":
		return http.StatusOK, `{"value":[{"subscriptionId":"4d1c","displayName":"Shop"}]}`
	case !strings.HasSuffix(r.URL.Path, "/reservationRecommendations"):
		return 0, ""
	case !strings.Contains(r.URL.Query().Get("$filter"), "'VirtualMachines'"):
		return http.StatusNoContent, ""
	}
	page := func(sku, next string) string {
		return `{"value":[{"id":"/subscriptions/4d1c/providers/Microsoft.Consumption/reservationRecommendations/` + sku + `","location":"westeurope","sku":"` + sku + `","kind":"legacy","properties":{"term":"P1Y","recommendedQuantity":2,"netSavings":41.570000000000000001,"scope":"Single","lookBackPeriod":"Last30Days"}}],"nextLink":"` + next + `"}`
	}
	if r.URL.Query().Get("$skiptoken") == "" {
		return http.StatusOK, page("Standard_D2s_v3", "https://"+r.Host+r.URL.Path+"?"+r.URL.RawQuery+"&%24skiptoken=n2")
	}
	return http.StatusOK, page("Standard_D4s_v3", "")
}

func TestBeside_Purchases(t *testing.T) {
	b, asked := estate(t, map[string]string{"purchase_recommendations": "on"}, consumption)
	var text bytes.Buffer
	require.NoError(t, b.Extras[0].Ask(t.Context(), &text, false))
	d, err := document.Read("reservation-recommendations.json", text.Bytes())
	require.NoError(t, err, text.String())
	assert.Equal(t, document.AzureReservations, d.Kind)
	require.Len(t, d.Advice, 2, "both pages")
	assert.Equal(t, []string{"Reserve 2 × Standard_D2s_v3 for 1 year", "41.570000000000000001"}, []string{d.Advice[0].Said, d.Advice[0].Monthly.String()}, "exactly as Azure says it")
	assert.Len(t, *asked, 7, "the subscriptions, two pages of machines, one of each of the four others")
	policy := azurecloud.BesidePolicies(map[string]string{"purchase_recommendations": "on"})[0].Text
	assert.Contains(t, policy, "Microsoft.Consumption/reservationRecommendations/read")
}

// TestBeside_Permissions: the steps name each permission that is there, and the one that is missing.
func TestBeside_Permissions(t *testing.T) {
	on := map[string]string{"provider_budgets": "on", "purchase_recommendations": "on"}
	b, _ := estate(t, on, func(r *http.Request) (int, string) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/permissions"):
			return http.StatusForbidden, `{"error":{"code":"AuthorizationFailed"}}`
		case strings.HasSuffix(r.URL.Path, "/budgets"):
			return http.StatusForbidden, `{"error":{"code":"AuthorizationFailed","message":"The client 'x' with object id 'y' does not have authorization to perform action 'Microsoft.Consumption/budgets/read' over scope '/subscriptions/4d1c'."}}`
		}
		return consumption(r)
	})
	steps := b.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	require.Len(t, steps, 4)
	assert.Equal(t, source.Step{Name: "Read the permissions", OK: true, Detail: "Which permissions are there is not shown, so that what is left out cannot be named. The permission Microsoft.Authorization/permissions/read is missing on the subscriptions. No sync needs it.", Beside: true}, steps[1])
	assert.Equal(t, source.Step{Name: "Read purchase recommendations", OK: true, Detail: "Can be read: Reservation recommendations. Allowed: Microsoft.Resources/subscriptions/read, Microsoft.Consumption/reservationRecommendations/read. A sync reads this once a day.", Beside: true}, steps[2])
	assert.False(t, steps[3].OK)
	assert.Equal(t, "The permission Microsoft.Consumption/budgets/read is missing: give the role Reader, or that of the policy of this connection, on the subscriptions.", steps[3].Detail)
	blind, _ := estate(t, map[string]string{"provider_budgets": "on"}, func(*http.Request) (int, string) { return http.StatusOK, `{"value":[]}` })
	steps = blind.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	assert.Contains(t, steps[2].Detail, "Microsoft.Resources/subscriptions/read is missing", "Azure leaves out without a word what may not be read")
}

// TestBeside_PermissionsOfResourceGraph: Resource Graph leaves out without a word what may not be read, so that Azure is asked for the permissions themselves:
// of two subscriptions, over two pages, with wildcards and what one role leaves out and another gives.
func TestBeside_PermissionsOfResourceGraph(t *testing.T) {
	roles := map[string][]string{
		"4d1c": {`{"actions":["*/READ"],"notActions":["Microsoft.Compute/snapshots/*","Microsoft.Web/*","Microsoft.Advisor/*"]}`, `{"actions":["Microsoft.Compute/*"],"notActions":[]}`},
		"4d1d": {`{"actions":["Microsoft.Compute/virtualMachines/read","Microsoft.Insights/metrics/read"],"notActions":null}`, `{"actions":[],"notActions":[],"dataActions":["*"]}`},
	}
	b, asked := estate(t, map[string]string{"inventories": "on", "metrics": "on", "recommendations": "on"}, func(r *http.Request) (int, string) {
		if r.URL.Path == "/subscriptions" {
			return http.StatusOK, `{"value":[{"subscriptionId":"4d1c","displayName":"Shop"},{"subscriptionId":"4d1d","displayName":"Test"},{"subscriptionId":"4d1e","displayName":"Closed"}]}`
		}
		if id, ok := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/subscriptions/"), "/providers/Microsoft.Authorization/permissions"); ok {
			if roles[id] == nil {
				return http.StatusForbidden, `{"error":{"code":"AuthorizationFailed"}}`
			}
			assert.Equal(t, "2022-04-01", r.URL.Query().Get("api-version"))
			if r.URL.Query().Get("$skiptoken") == "" {
				return http.StatusOK, `{"value":[` + roles[id][0] + `],"nextLink":"https://` + r.Host + r.URL.Path + `?api-version=2022-04-01&%24skiptoken=2"}`
			}
			return http.StatusOK, `{"value":[` + roles[id][1] + `]}`
		}
		return 0, ""
	})
	steps := b.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	require.Len(t, steps, 5)
	assert.Equal(t, "Azure shows the permissions on 2 of 3 subscriptions.", steps[1].Detail)
	assert.False(t, steps[2].OK)
	assert.Equal(t, "The permission Microsoft.Web/serverfarms/read is missing: give the role Reader, or that of the policy of this connection, on the subscriptions. Can be read: Resource Graph. "+
		"Allowed: Microsoft.Compute/virtualMachines/read, Microsoft.Compute/disks/read, Microsoft.Compute/snapshots/read, Microsoft.Network/publicIPAddresses/read, Microsoft.Network/loadBalancers/read, Microsoft.Network/applicationGateways/read. "+
		"The permissions Microsoft.Compute/disks/read, Microsoft.Compute/snapshots/read, Microsoft.Network/publicIPAddresses/read, Microsoft.Network/loadBalancers/read, Microsoft.Network/applicationGateways/read are missing on Test (4d1d).", steps[2].Detail)
	assert.Equal(t, source.Step{Name: "Read metrics", OK: true, Detail: "Can be read: Azure Monitor metrics. Allowed: Microsoft.Compute/virtualMachines/read, Microsoft.Insights/metrics/read. A sync reads this once a day. It takes a call for each machine.", Beside: true}, steps[3])
	assert.Contains(t, steps[4].Detail, "The permission Microsoft.Advisor/recommendations/read is missing: give")
	tested := len(*asked)
	require.NoError(t, b.List(func(o source.Object) error { return b.Fetch(t.Context(), o, io.Discard) }))
	for _, call := range (*asked)[tested:] {
		assert.NotContains(t, call, "permissions", "no sync asks for them")
	}
}
