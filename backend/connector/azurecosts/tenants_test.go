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
