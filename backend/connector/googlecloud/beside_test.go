package googlecloud_test

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/connector/googlecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

const (
	instanceAsset = `{"name":"//compute.googleapis.com/projects/acme-shop/zones/europe-west1-b/instances/web","assetType":"compute.googleapis.com/Instance","updateTime":"2026-11-19T08:00:00Z","resource":{"data":{"id":"4711","name":"web","status":"RUNNING","zone":"zones/europe-west1-b"}}}`
	addressAsset  = `{"name":"//compute.googleapis.com/projects/acme-shop/regions/europe-west1/addresses/old","assetType":"compute.googleapis.com/Address","resource":{"data":{"id":"4712","name":"old","status":"RESERVED","users":[]}}}`
	seriesOfCPU   = `{"timeSeries":[{"metric":{"type":"compute.googleapis.com/instance/cpu/utilization"},"resource":{"type":"gce_instance","labels":{"project_id":"acme-shop","instance_id":"4711"}},"points":[{"interval":{"startTime":"2026-11-18T00:00:00Z","endTime":"2026-11-19T00:00:00Z"},"value":{"doubleValue":0.0325}}]}]}`
	stopAdvice    = `{"recommendations":[{"name":"r1","description":"Stop it","recommenderSubtype":"STOP_VM","lastRefreshTime":"2026-11-19T08:00:00Z","targetResources":["//compute.googleapis.com/projects/acme-shop/zones/europe-west1-b/instances/web"],"primaryImpact":{"category":"COST","costProjection":{"cost":{"currencyCode":"EUR","units":"-31","nanos":-500000000},"duration":"2592000s"}}}]}`
)

// besideOf plays the documented shapes of Cloud Asset (two pages), Monitoring and Recommender. fault, where it answers a status, goes before.
func besideOf(t *testing.T, values map[string]string, fault func(*http.Request) (int, string)) (source.Beside, *[]string) {
	t.Helper()
	signIn := connectortest.NewGoogleSignIn(t)
	asked := &[]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, connectortest.GoogleAccount, signIn.Whose(r))
		*asked = append(*asked, r.URL.Path+"?"+r.URL.Query().Get("pageToken"))
		if status, text := fault(r); status != 0 {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
			return
		}
		switch {
		case strings.HasSuffix(r.URL.Path, "/assets") && r.URL.Query().Get("pageToken") == "":
			assert.Contains(t, r.URL.Query()["assetTypes"], "compute.googleapis.com/Instance")
			_, _ = io.WriteString(w, `{"assets":[`+instanceAsset+`],"nextPageToken":"n2"}`)
		case strings.HasSuffix(r.URL.Path, "/assets"):
			_, _ = io.WriteString(w, "{\"assets\":[\n"+addressAsset+"\n],\"nextPageToken\":\"\"}")
		case strings.HasSuffix(r.URL.Path, "/timeSeries") && strings.Contains(r.URL.Query().Get("filter"), "cpu/utilization"):
			_, _ = io.WriteString(w, seriesOfCPU)
		case strings.Contains(r.URL.Path, "instance.IdleResourceRecommender"):
			_, _ = io.WriteString(w, stopAdvice)
		case strings.Contains(r.URL.Path, "MachineTypeRecommender"):
			w.WriteHeader(http.StatusNotFound)
		default:
			_, _ = io.WriteString(w, "{}")
		}
	}))
	t.Cleanup(server.Close)
	all := map[string]string{"service_account_key": signIn.Key, "services_endpoint": server.URL, "inventory_projects": "acme-shop"}
	maps.Copy(all, values)
	s, err := googlecloud.ParseSignIn(all)
	require.NoError(t, err)
	b, err := s.Beside(all, connectortest.Reach(t))
	require.NoError(t, err)
	return b, asked
}

func noFault(*http.Request) (int, string) { return 0, "" }

func TestBeside_Documents(t *testing.T) {
	b, asked := besideOf(t, map[string]string{"inventories": "on", "metrics": "on", "recommendations": "on"}, noFault)
	var docs []*document.Document
	require.NoError(t, b.List(func(o source.Object) error {
		var text bytes.Buffer
		require.NoError(t, b.Fetch(t.Context(), o, &text), o.Key)
		d, err := document.Read(o.Key, text.Bytes())
		require.NoError(t, err, text.String())
		docs = append(docs, d)
		return nil
	}))
	require.Len(t, docs, 3)
	assert.Equal(t, 2, docs[0].Entries, "both pages")
	facts := document.NewFacts(docs)
	web := facts.Things(document.Machine)
	require.Len(t, web, 1)
	assert.Equal(t, []string{"running", "europe-west1"}, []string{web[0].State, web[0].Region})
	assert.Len(t, facts.Things(document.Address), 1)
	require.Len(t, docs[1].Series, 1)
	assert.Equal(t, web[0].Key, docs[1].Series[0].Key, "the metric is of the machine")
	assert.Equal(t, "3.25", docs[1].Series[0].Points[0].Value.String())
	require.Len(t, docs[2].Advice, 1)
	assert.Equal(t, "31.5", docs[2].Advice[0].Monthly.String())
	assert.Contains(t, *asked, "/v1/projects/acme-shop/locations/europe-west1/recommenders/google.compute.address.IdleResourceRecommender/recommendations?", "a region has the recommender of addresses only")
	assert.Len(t, *asked, 2+4+2+4, "pages of assets, metrics, pages of places, recommenders")
}

func TestBeside_Steps(t *testing.T) {
	b, asked := besideOf(t, map[string]string{"inventories": "on", "metrics": "on", "recommendations": "on"}, noFault)
	steps := b.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	require.Len(t, steps, 4)
	for _, s := range steps {
		assert.True(t, s.OK, s.Detail)
	}
	assert.Len(t, *asked, 4, "one call each, and one for the places of recommendations")
	none, _ := besideOf(t, nil, noFault)
	assert.Empty(t, none.Extras)
}

func TestBeside_Refusals(t *testing.T) {
	b, _ := besideOf(t, map[string]string{"inventories": "on"}, func(*http.Request) (int, string) {
		return http.StatusForbidden, `{"error":{"code":403,"status":"PERMISSION_DENIED","message":"Permission cloudasset.assets.listResource denied"}}`
	})
	err := b.Extras[0].Ask(t.Context(), io.Discard, false)
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "cloudasset.assets.listResource is missing for the project acme-shop: give the role Cloud Asset Viewer")
	s, err := googlecloud.ParseSignIn(map[string]string{"service_account_key": connectortest.NewGoogleSignIn(t).Key})
	require.NoError(t, err)
	_, err = s.Beside(map[string]string{"inventory_projects": "No Project"}, connectortest.Reach(t))
	assert.Contains(t, finops.MessageOf(err), "Projects must be IDs")
	assert.Empty(t, s.BesidePolicies(nil))
	list := s.BesidePolicies(map[string]string{"metrics": "on", "provider_budgets": "on"})
	require.Len(t, list, 4)
	assert.Contains(t, list[2].Text, "monitoring.timeSeries.list")
	for _, p := range list {
		assert.Contains(t, p.Note, "belongs to the organization", "projects cannot have roles for an organization or a billing account")
	}
	assert.Contains(t, list[1].Text, "role               = google_organization_iam_custom_role.read_budgets_billing_account.id")
	assert.Equal(t, 1, strings.Count(list[3].Text, "google_organization_iam_member"), "one role for all that is read of the organization")
}

func TestBeside_Budgets(t *testing.T) {
	b, _ := besideOf(t, map[string]string{"provider_budgets": "on"}, func(r *http.Request) (int, string) {
		if r.URL.Path == "/v1/billingAccounts" {
			return http.StatusOK, `{"billingAccounts":[{"name":"billingAccounts/01AB23-45CD67-89EF01"}]}`
		}
		if r.URL.Query().Get("pageToken") == "" {
			return http.StatusOK, `{"budgets":[{"displayName":"Web","amount":{"specifiedAmount":{"currencyCode":"EUR","units":"1500","nanos":100000000}},"budgetFilter":{"projects":["projects/42"],"calendarPeriod":"QUARTER"}}],"nextPageToken":"n2"}`
		}
		return http.StatusOK, `{"budgets":[{"displayName":"All","amount":{"lastPeriodAmount":{}},"budgetFilter":{"calendarPeriod":"MONTH"}}]}`
	})
	var text bytes.Buffer
	require.NoError(t, b.Extras[0].Ask(t.Context(), &text, false))
	list, err := source.ReadBudgets(&text)
	require.NoError(t, err)
	assert.Equal(t, []source.ProviderBudget{
		{Provider: "Google Cloud", Account: "01AB23-45CD67-89EF01", Name: "Web", Every: "quarter", Amount: "1500.1", Currency: "EUR", Of: "projects/42"},
		{Provider: "Google Cloud", Account: "01AB23-45CD67-89EF01", Name: "All", Every: "month", Basis: "as the period before"},
	}, list)
}

// TestBeside_Prices plays the catalogue: two services that are read of three, pages, and articles that are left out.
func TestBeside_Prices(t *testing.T) {
	article := func(description, usage, region, nanos string) string {
		return `{"skuId":"A","description":"` + description + `","category":{"usageType":"` + usage + `","resourceGroup":"x"},"serviceRegions":["` + region + `","asia-east1"],"pricingInfo":[{"pricingExpression":{"usageUnit":"h","tieredRates":[{"unitPrice":{"currencyCode":"EUR","units":"9"}}]}},{"effectiveTime":"2026-11-18T00:00:00Z","pricingExpression":{"usageUnit":"h","tieredRates":[{"startUsageAmount":0,"unitPrice":{"currencyCode":"EUR","units":"0","nanos":` + nanos + `}}]}}]}`
	}
	answers := func(r *http.Request) (int, string) {
		switch r.URL.Path {
		case "/v1/services":
			return http.StatusOK, `{"services":[{"serviceId":"CE","displayName":"Compute Engine"},{"serviceId":"CS","displayName":"Cloud Storage"},{"serviceId":"BQ","displayName":"BigQuery"}],"nextPageToken":""}`
		case "/v1/services/CE/skus":
			assert.Equal(t, "EUR", r.URL.Query().Get("currencyCode"))
			if r.URL.Query().Get("pageToken") == "" {
				return http.StatusOK, `{"skus":[` + article("E2 Instance Core running in Frankfurt", "OnDemand", "europe-west3", "25000000") + `,` + article("E2 Instance Core running in Iowa", "OnDemand", "us-central1", "21000000") + `],"nextPageToken":"n2"}`
			}
			return http.StatusOK, `{"skus":[` + article("Spot Preemptible E2 Instance Core running in Frankfurt", "Preemptible", "europe-west3", "7000000") + `,` + article("Storage PD Capacity in Frankfurt", "OnDemand", "europe-west3", "48000000") + `],"nextPageToken":""}`
		}
		return http.StatusOK, `{"skus":[` + article("Nearline Storage Frankfurt", "OnDemand", "europe-west3", "12000000") + `]}`
	}
	on := map[string]string{"list_prices": "on", "price_currency": "eur", "price_regions": "europe-west3"}
	b, asked := besideOf(t, on, answers)
	var text bytes.Buffer
	require.NoError(t, b.Extras[0].Ask(t.Context(), &text, false))
	d, err := document.Read("catalogue.json", text.Bytes())
	require.NoError(t, err, text.String())
	assert.Equal(t, []any{document.GooglePrices, []string{"europe-west3"}, "2026-11-18"}, []any{d.Kind, d.Regions, d.Day.String()})
	facts := document.NewFacts([]*document.Document{d})
	for name, want := range map[string]string{"E2 Instance Core running in Frankfurt": "0.025", "pd-standard": "0.048", "nearline": "0.012"} {
		p := facts.Price(document.PriceOf{Provider: "Google Cloud", Region: "europe-west3", Name: name, Currency: "EUR"})
		require.NotNil(t, p, name)
		assert.Equal(t, want, p.Text(), name)
	}
	assert.NotContains(t, text.String(), "Preemptible")
	assert.Len(t, *asked, 4, "the services, two pages of Compute Engine, one of Cloud Storage")

	probed, calls := besideOf(t, on, answers)
	steps := probed.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	assert.Equal(t, source.Step{Name: "Read list prices", OK: true, Detail: "Can be read: Cloud Billing catalogue. A sync reads this once a day.", Beside: true}, steps[1])
	assert.Len(t, *calls, 1)

	off, _ := besideOf(t, on, func(*http.Request) (int, string) {
		return http.StatusForbidden, `{"error":{"code":403,"status":"PERMISSION_DENIED","details":[{"reason":"SERVICE_DISABLED"}]}}`
	})
	steps = off.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	assert.False(t, steps[1].OK)
	assert.Contains(t, steps[1].Detail, "An API is switched off in the project")
	s, err := googlecloud.ParseSignIn(map[string]string{})
	require.NoError(t, err)
	for want, values := range map[string]map[string]string{
		"Regions of list prices is missing": {"list_prices": "on"}, "Regions of list prices must be": {"price_regions": "Frankfurt"}, "Currency of list prices must be": {"price_currency": "euro"},
	} {
		_, err := s.Beside(values, connectortest.Reach(t))
		assert.Contains(t, finops.MessageOf(err), want)
	}
}

// TestBeside_MissingPermission: a test names the permission of each switch that is there, and the one that is missing.
func TestBeside_MissingPermission(t *testing.T) {
	b, _ := besideOf(t, map[string]string{"provider_budgets": "on"}, func(r *http.Request) (int, string) {
		if r.URL.Path == "/v1/billingAccounts" {
			return http.StatusOK, `{"billingAccounts":[{"name":"billingAccounts/01AB23-45CD67-89EF01"}]}`
		}
		return http.StatusForbidden, `{"error":{"code":403,"status":"PERMISSION_DENIED","message":"Permission 'billing.budgets.list' denied"}}`
	})
	steps := b.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	assert.Equal(t, source.Step{Name: "Read budgets of the provider", Detail: "The permission billing.budgets.list is missing for the billing account 01AB23-45CD67-89EF01: give the role Billing Account Viewer.", Beside: true}, steps[1])
	allowed, _ := besideOf(t, map[string]string{"provider_budgets": "on"}, func(r *http.Request) (int, string) {
		return http.StatusOK, `{"billingAccounts":[{"name":"billingAccounts/1"}]}`
	})
	steps = allowed.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	assert.Equal(t, "Can be read: Budgets of the provider. Allowed: billing.accounts.list, billing.budgets.list. A sync reads this once a day.", steps[1].Detail)
}
