package service

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/connector/pricelist"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/pricebook"
)

// market stands in for the three price lists: it has the prices of the built-in book for machines with Linux, those of AWS and Azure times a factor.
type market struct {
	t       *testing.T
	factor  map[string]int64 // percent, by provider
	keep    int              // percent of the types that AWS lists; 0 = all
	blocked chan struct{}    // when set, Azure answers once it is closed or the caller has gone
	reached chan struct{}    // receives when Azure is asked

	mu    sync.Mutex
	calls int
}

func (m *market) price(provider string, c *pricebook.Compute) string {
	price, ok := new(big.Rat).SetString(c.OnDemand.String())
	require.True(m.t, ok)
	return price.Mul(price, big.NewRat(m.factor[provider], 100)).FloatString(10)
}

func (m *market) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	m.calls++
	m.mu.Unlock()
	book, err := pricebook.BuiltIn()
	assert.NoError(m.t, err)
	var answer any
	switch path := r.URL.Path; {
	case path == "/offers/v1.0/aws/index.json":
		answer = object("offers", object("AmazonEC2", object("currentRegionIndexUrl", "/regions.json")))
	case path == "/regions.json":
		regions := map[string]any{}
		for _, region := range book.Regions() {
			regions[region.Name] = object("currentVersionUrl", "/offer/"+region.Name)
		}
		answer = object("regions", regions)
	case strings.HasPrefix(path, "/offer/"):
		answer = m.offer(book, strings.TrimPrefix(path, "/offer/"))
	case path == "/api/retail/prices":
		if m.blocked != nil {
			close(m.reached)
			select {
			case <-m.blocked:
			case <-r.Context().Done():
			}
			return
		}
		answer = m.retail(book, r.URL.Query().Get("$filter"))
	case path == "/v1/services":
		answer = object("services", []any{map[string]any{"serviceId": "CE", "displayName": "Compute Engine"}})
	default:
		answer = m.catalogue(r.Header.Get("X-Goog-Api-Key"))
	}
	text, err := json.Marshal(answer)
	assert.NoError(m.t, err)
	_, _ = w.Write(text)
}

func object(name string, value any) map[string]any { return map[string]any{name: value} }

func (m *market) offer(book *pricebook.Book, region string) any {
	products, terms := map[string]any{}, map[string]any{}
	types := book.Orderable("aws", region)
	for i, kind := range types {
		if m.keep > 0 && i*100 >= len(types)*m.keep {
			break
		}
		products[kind.Type] = map[string]any{"productFamily": "Compute Instance", "attributes": map[string]string{
			"instanceType": kind.Type, "operatingSystem": "Linux", "preInstalledSw": "NA", "tenancy": "Shared", "capacitystatus": "Used",
		}}
		rate := map[string]any{"unit": "Hrs", "pricePerUnit": object("USD", m.price("aws", book.Compute("aws", region, kind.Type, "linux")))}
		terms[kind.Type] = object("t", object("priceDimensions", object("r", rate)))
	}
	// Products come before terms, which the alphabet sees to as well.
	return map[string]any{"products": products, "terms": object("OnDemand", terms)}
}

func (m *market) retail(book *pricebook.Book, filter string) any {
	items := []any{}
	region := strings.Split(filter, "'")[3]
	if strings.HasSuffix(filter, "'Consumption'") {
		for _, kind := range book.Orderable("azure", region) {
			items = append(items, map[string]any{
				"currencyCode": "USD", "retailPrice": json.Number(m.price("azure", book.Compute("azure", region, kind.Type, "linux"))), "unitOfMeasure": "1 Hour", "type": "Consumption",
				"isPrimaryMeterRegion": true, "armSkuName": kind.Type,
			})
		}
	}
	return map[string]any{"Items": items, "NextPageLink": nil, "Count": len(items)}
}

func (m *market) catalogue(key string) any {
	assert.Equal(m.t, planted, key)
	skus := []any{}
	for _, family := range []string{"N1 Predefined", "N2", "N2D AMD", "E2", "T2D AMD", "C2D AMD", "C3", "C3D", "C4", "C4A Arm", "C4D", "N4", "N4A", "N4D", "M1 Memory-optimized", "M3 Memory-optimized"} {
		for part, of := range map[string][2]any{"Core": {"h", 36_000_000}, "Ram": {"GiBy.h", 4_800_000}} {
			skus = append(skus, map[string]any{
				"description": family + " Instance " + part + " running in Frankfurt", "category": object("usageType", "OnDemand"), "serviceRegions": []string{"europe-west3"},
				"pricingInfo": []any{object("pricingExpression", map[string]any{"usageUnit": of[0], "tieredRates": []any{object("unitPrice", map[string]any{"currencyCode": "USD", "nanos": of[1]})}})},
			})
		}
	}
	return object("skus", skus)
}

// marketWorkspace is a workspace with the assessment Move, made once, whose price lists are those of a market.
func marketWorkspace(t *testing.T, m *market) *Workspace {
	t.Helper()
	m.t = t
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	opts, patience := testOptions, connectortest.Quick()
	opts.Patience, opts.PriceLists = &patience, pricelist.Endpoints{AWS: server.URL, Azure: server.URL, Google: server.URL}
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", opts)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, w.Close()) })
	_, _, err = w.Migrations.SaveDraft(t.Context(), "Move", []byte(goodProfile), "review", 0)
	require.NoError(t, err)
	_, err = w.Migrations.Make(t.Context(), "Move", finops.NewDay(2026, 11, 22), "", nil)
	require.NoError(t, err)
	require.Zero(t, m.calls, "an assessment asks nobody")
	return w
}

func TestPrices_AreReadWhenAPersonAsks(t *testing.T) {
	m := &market{factor: map[string]int64{"aws": 110, "azure": 100}}
	w := marketWorkspace(t, m)
	ctx := t.Context()
	before, err := w.Migrations.Newest(ctx, "Move")
	require.NoError(t, err)
	builtIn, err := pricebook.BuiltIn()
	require.NoError(t, err)

	regions, err := w.Migrations.RefreshPrices(ctx, "Move", planted, nil)
	require.NoError(t, err)
	today := finops.DayOfUnix(w.now().Unix()).String()
	require.Len(t, regions, 3)
	assert.Equal(t, []string{"aws eu-central-1", "azure germanywestcentral", "gcp europe-west3"}, []string{regions[0].Provider + " " + regions[0].Region, regions[1].Provider + " " + regions[1].Region, regions[2].Provider + " " + regions[2].Region})
	for _, r := range regions {
		assert.Empty(t, r.Problem)
		assert.Equal(t, today, r.AsOf)
		assert.Positive(t, r.Types)
	}
	assert.Equal(t, regions[0].Types, regions[0].Changed)
	assert.Zero(t, regions[1].Changed)

	kept, err := w.Migrations.Newest(ctx, "Move")
	require.NoError(t, err)
	assert.Equal(t, before, kept, "a result keeps its prices")
	_, err = w.Migrations.Model(ctx, "Move")
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err), "the prices are others")

	after, err := w.Migrations.Make(ctx, "Move", finops.NewDay(2026, 11, 22), "", nil)
	require.NoError(t, err)
	assert.NotEqual(t, builtIn.Version(), after.PriceBook.Version)
	changes, err := w.Migrations.Compare(ctx, "Move", 0, 0)
	require.NoError(t, err)
	for _, l := range changes.Lines {
		assert.NotEqual(t, "azure", l.Provider, "its prices are the same")
		if l.Provider == "aws" {
			assert.Equal(t, 1, l.MonthlyAfter.Cmp(*l.MonthlyBefore))
		}
	}
	require.NotEmpty(t, changes.Lines)

	state, err := w.Migrations.Prices(ctx)
	require.NoError(t, err)
	assert.Equal(t, after.PriceBook.Version, state.Book)
	assert.Equal(t, "Tester", state.ReadBy)
	assert.Len(t, state.Regions, 3)
	hosts, err := w.Connections.Hosts(ctx)
	require.NoError(t, err)
	require.Len(t, hosts, 3, "each API has the host that was contacted")
	assert.NotContains(t, fmt.Sprint(hosts), planted)
	jobs, err := w.Jobs.List(ctx, 0)
	require.NoError(t, err)
	assert.NotContains(t, fmt.Sprint(jobs), planted, "the key is kept nowhere")

	path := w.Path()
	again := reopen(t, path)
	book, err := again.Migrations.Book(ctx)
	require.NoError(t, err)
	assert.Equal(t, after.PriceBook.Version, book.Version())
	require.NoError(t, w.Migrations.ResetPrices(ctx))
	book, err = again.Migrations.Book(ctx)
	require.NoError(t, err)
	assert.Equal(t, builtIn.Version(), book.Version(), "another process sees it, too")
}

func TestPrices_WhatCannotBeReadStaysAsItWas(t *testing.T) {
	for name, c := range map[string]struct {
		market  *market
		problem string
	}{
		"LostTypes":   {&market{factor: map[string]int64{"aws": 100, "azure": 100}, keep: 60}, "lacks"},
		"MovedPrices": {&market{factor: map[string]int64{"aws": 300, "azure": 100}}, "moves the prices of"},
	} {
		t.Run(name, func(t *testing.T) {
			w := marketWorkspace(t, c.market)
			regions, err := w.Migrations.RefreshPrices(t.Context(), "Move", "", nil)
			require.NoError(t, err)
			assert.Contains(t, regions[0].Problem, c.problem)
			assert.Empty(t, regions[1].Problem)
			assert.Contains(t, regions[2].Problem, "API key")
			state, err := w.Migrations.Prices(t.Context())
			require.NoError(t, err)
			require.Len(t, state.Regions, 1)
			assert.Equal(t, "azure", state.Regions[0].Provider)
		})
	}
}

func TestPrices_NothingIsAskedOffline(t *testing.T) {
	m := &market{}
	w := marketWorkspace(t, m)
	_, err := w.Connections.SetNetwork(t.Context(), NetworkSettings{Settings: network.Settings{Offline: true}}, AnyVersion)
	require.NoError(t, err)
	_, err = w.Migrations.RefreshPrices(t.Context(), "Move", planted, nil)
	require.Equal(t, finops.CodeDenied, finops.CodeOf(err))
	assert.Zero(t, m.calls)
	state, err := w.Migrations.Prices(t.Context())
	require.NoError(t, err)
	assert.Empty(t, state.Regions)
}

func TestPrices_CancelKeepsNothing(t *testing.T) {
	m := &market{factor: map[string]int64{"aws": 110}, blocked: make(chan struct{}), reached: make(chan struct{})}
	w := marketWorkspace(t, m)
	ended := make(chan error)
	go func() {
		_, err := w.Migrations.RefreshPrices(t.Context(), "Move", "", nil)
		ended <- err
	}()
	<-m.reached // AWS was read whole
	jobs, err := w.Jobs.List(t.Context(), 1)
	require.NoError(t, err)
	require.NoError(t, w.Jobs.Cancel(t.Context(), jobs[0].ID))
	require.Equal(t, finops.CodeCancelled, finops.CodeOf(<-ended))
	close(m.blocked)
	state, err := w.Migrations.Prices(t.Context())
	require.NoError(t, err)
	assert.Empty(t, state.Regions)
	assert.True(t, state.ReadAt.IsZero())
}
