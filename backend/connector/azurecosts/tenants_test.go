package azurecosts_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azurecosts"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// TestTenants reads the subscriptions of two tenants with one service principal, each with a token of its own tenant, and one that both see once.
func TestTenants(t *testing.T) {
	const first, second = "72f988bf-0000-4000-8000-2d7cd011db47", "9c2e0000-0000-4000-8000-000000000002"
	subscriptions := map[string][]string{first: {"4d1c0000-0000-4000-8000-000000000001", "4d1c0000-0000-4000-8000-000000000003"}, second: {"4d1c0000-0000-4000-8000-000000000002", "4d1c0000-0000-4000-8000-000000000003"}}
	var turn sync.Mutex
	var tokens []string
	address, _, via := connectortest.Entra(t, func(r *http.Request) (int, string) {
		tenant := strings.Split(r.URL.Path, "/")[1]
		turn.Lock()
		defer turn.Unlock()
		if tokens = append(tokens, tenant); subscriptions[tenant] == nil {
			return http.StatusBadRequest, `{"error":"invalid_request","error_codes":[90002]}`
		}
		return http.StatusOK, `{"token_type":"Bearer","expires_in":3599,"access_token":"token-of-` + tenant + `"}`
	}, func(w http.ResponseWriter, r *http.Request) {
		tenant := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer token-of-")
		if r.URL.Path == "/subscriptions" {
			var list []string
			for _, id := range subscriptions[tenant] {
				list = append(list, fmt.Sprintf(`{"subscriptionId":%q,"displayName":"Name of %s"}`, id, id))
			}
			_, _ = io.WriteString(w, `{"value":[`+strings.Join(list, ",")+`]}`)
			return
		}
		id := strings.Split(r.URL.Path, "/")[2]
		if !slices.Contains(subscriptions[tenant], id) {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_, _ = io.WriteString(w, `{"properties":{"nextLink":null,"columns":[{"name":"Cost"},{"name":"BillingMonth"},{"name":"Currency"}],"rows":[[12.5,"2026-10-01T00:00:00","EUR"]]}}`)
	})
	values := func(tenants string) map[string]string {
		return map[string]string{"tenants": tenants, "tenant_id": first, "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": "planted-secret", "endpoint": address, "authority": address, "account_names": "on"}
	}
	via.Now = func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
	c := connectortest.Connect(t, azurecosts.Connector{}, values(first+", "+second), via)
	groups, err := source.Groups(t.Context(), c)
	require.NoError(t, err)
	var sets []string
	for _, g := range groups {
		sets = append(sets, strings.TrimSpace(g.Month+" "+g.DataSet))
	}
	assert.ElementsMatch(t, []string{
		"2026-10 4d1c0000-0000-4000-8000-000000000001/cost-query", "2026-10 4d1c0000-0000-4000-8000-000000000002/cost-query", "2026-10 4d1c0000-0000-4000-8000-000000000003/cost-query", source.NamesOfAccounts,
	}, sets)
	assert.Contains(t, tokens, second)
	steps := c.Test(t.Context())
	for _, s := range steps {
		assert.True(t, s.OK, s)
	}
	assert.Contains(t, fmt.Sprint(steps), "3 subscriptions can be read.")
	assert.NotContains(t, fmt.Sprint(steps), "planted")

	steps = connectortest.Connect(t, azurecosts.Connector{}, values("00000000-0000-4000-8000-000000000009"), via).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "There is no tenant with this ID")
	for want, v := range map[string]map[string]string{
		"Tenants must be IDs":          {"tenants": "acme"},
		"two ways to say what is read": {"tenants": first, "scope": "subscriptions/4d1c0000-0000-4000-8000-000000000001"},
		"Sign in by code is for one":   {"tenants": first, "device_code": "on"},
		"Scope must be":                {},
	} {
		_, err := azurecosts.Connector{}.Connect(v, via)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
	}
}

// TestTenants_Beside reads what stands beside bills of two tenants together, each with a token of its own tenant, and once what both see.
func TestTenants_Beside(t *testing.T) {
	const first, second = "72f988bf-0000-4000-8000-2d7cd011db47", "9c2e0000-0000-4000-8000-000000000002"
	const one, two, both = "4d1c0000-0000-4000-8000-000000000001", "4d1c0000-0000-4000-8000-000000000002", "4d1c0000-0000-4000-8000-000000000003"
	seen := map[string][]string{first: {one, both}, second: {two, both}}
	address, _, via := connectortest.Entra(t, func(r *http.Request) (int, string) {
		return http.StatusOK, `{"token_type":"Bearer","expires_in":3599,"access_token":"token-of-` + strings.Split(r.URL.Path, "/")[1] + `"}`
	}, func(w http.ResponseWriter, r *http.Request) {
		mine := seen[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer token-of-")]
		list := func(form string) string {
			var parts []string
			for _, id := range mine {
				parts = append(parts, strings.ReplaceAll(form, "ID", id))
			}
			return strings.Join(parts, ",")
		}
		id, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/subscriptions/"), "/")
		switch {
		case r.URL.Path == "/subscriptions":
			_, _ = io.WriteString(w, `{"value":[`+list(`{"subscriptionId":"ID","displayName":"Shop"}`)+`]}`)
		case strings.HasSuffix(r.URL.Path, "/Microsoft.ResourceGraph/resources"):
			_, _ = io.WriteString(w, `{"resultTruncated":"false","data":[`+list(`{"id":"/subscriptions/ID/vm"}`)+`]}`)
		case !slices.Contains(mine, id):
			w.WriteHeader(http.StatusForbidden)
		case strings.HasSuffix(rest, "/metrics"):
			_, _ = io.WriteString(w, `{"value":[{"id":"metric of `+id+`"}]}`)
		case strings.HasSuffix(rest, "/budgets"):
			_, _ = io.WriteString(w, `{"value":[{"name":"Web","properties":{"category":"Cost","amount":1,"timeGrain":"Monthly","currentSpend":{"amount":1,"unit":"EUR"}}}]}`)
		case strings.HasSuffix(rest, "/permissions"):
			_, _ = io.WriteString(w, `{"value":[{"actions":["*/read"],"notActions":[]}]}`)
		default:
			_, _ = io.WriteString(w, `{"properties":{"nextLink":null,"columns":[{"name":"Cost"},{"name":"BillingMonth"},{"name":"Currency"}],"rows":[[12.5,"2026-10-01T00:00:00","EUR"]]}}`)
		}
	})
	via.Now = func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
	c := connectortest.Connect(t, azurecosts.Connector{}, map[string]string{
		"tenants": first + "," + second, "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": "planted-secret", "endpoint": address, "authority": address,
		"account_names": "on", "inventories": "on", "metrics": "on", "provider_budgets": "on",
	}, via)
	var read []string
	require.NoError(t, c.List(t.Context(), func(o source.Object) error {
		if o.Holds == source.Bills {
			return nil
		}
		read = append(read, o.DataSet)
		var text strings.Builder
		require.NoError(t, c.Fetch(t.Context(), o, &text), o.Key)
		for _, id := range []string{one, two, both} {
			assert.Equal(t, 1, strings.Count(text.String(), id), "%s: %s", o.DataSet, &text)
		}
		return nil
	}))
	assert.Equal(t, []string{source.NamesOfAccounts, "beside/Resource Graph", "beside/Azure Monitor metrics", "beside/" + source.ProviderBudgets}, read, "each once")
	steps := c.Test(t.Context())
	for _, s := range steps {
		assert.True(t, s.OK, s)
	}
	assert.Contains(t, fmt.Sprint(steps), "Azure shows the permissions on 3 subscriptions.")
}
