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

func (m *market) price(provider string, usd pricebook.Number) string {
	price, ok := new(big.Rat).SetString(usd.String())
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
		offers := map[string]any{}
		for _, name := range []string{"AmazonEC2", "AmazonVPC", "AWSELB", "AWSDataTransfer", "AmazonS3", "AmazonRDS", "AmazonElastiCache"} {
			offers[name] = object("currentRegionIndexUrl", "/regions/"+name)
		}
		answer = object("offers", offers)
	case strings.HasPrefix(path, "/regions/"):
		regions := map[string]any{}
		for _, region := range book.Regions() {
			regions[region.Name] = object("currentVersionUrl", "/offer/"+strings.TrimPrefix(path, "/regions/")+"/"+region.Name)
		}
		answer = object("regions", regions)
	case strings.HasPrefix(path, "/offer/"):
		name, region, _ := strings.Cut(strings.TrimPrefix(path, "/offer/"), "/")
		answer = m.offer(book, name, region)
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

// offer has machines and what goes with them; of databases one class only, which is fewer than a list has.
func (m *market) offer(book *pricebook.Book, name, region string) any {
	products, terms := map[string]any{}, map[string]any{}
	add := func(family, usage, unit string, usd pricebook.Number, factor int64, more ...string) {
		attributes := map[string]string{"usagetype": usage}
		for i := 0; i < len(more); i += 2 {
			attributes[more[i]] = more[i+1]
		}
		price, ok := new(big.Rat).SetString(m.price("aws", usd))
		require.True(m.t, ok)
		id := fmt.Sprintf("%s %d", usage, len(products))
		products[id] = map[string]any{"productFamily": family, "attributes": attributes}
		rate := map[string]any{"unit": unit, "beginRange": "0", "pricePerUnit": object("USD", price.Mul(price, big.NewRat(factor, 1_000)).FloatString(12))}
		terms[id] = object("t", object("priceDimensions", object("r", rate)))
	}
	switch name {
	case "AmazonEC2":
		types := book.Orderable("aws", region)
		for i, kind := range types {
			if m.keep > 0 && i*100 >= len(types)*m.keep {
				break
			}
			add("Compute Instance", "BoxUsage:"+kind.Type, "Hrs", book.Compute("aws", region, kind.Type, "linux").OnDemand, 1_000,
				"instanceType", kind.Type, "operatingSystem", "Linux", "preInstalledSw", "NA", "tenancy", "Shared", "capacitystatus", "Used")
		}
		for _, disk := range []string{"gp3", "io2", "st1"} {
			add("Storage", "EBS:VolumeUsage."+disk, "GB-Mo", book.Block("aws", region, disk).GBMonth, 1_000)
		}
		add("System Operation", "EBS:VolumeP-IOPS.gp3", "IOPS-Mo", book.Block("aws", region, "gp3").IOPSMonth, 1_000)
		add("System Operation", "EBS:VolumeP-IOPS.io2", "IOPS-Mo", book.Block("aws", region, "io2").IOPSMonth, 1_000)
		add("Provisioned Throughput", "EBS:VolumeP-Throughput.gp3", "GiBps-mo", book.Block("aws", region, "gp3").MBpsMonth, 1_024_000)
		add("NAT Gateway", "NatGateway-Hours", "Hrs", book.Item("aws", "us-east-1", "nat_gateway").Price, 1_000)
	case "AWSELB":
		add("Load Balancer-Application", "LoadBalancerUsage", "Hrs", book.Item("aws", "us-east-1", "alb").Price, 1_000)
		add("Load Balancer-Application", "LCUUsage", "LCU-Hrs", book.Item("aws", "us-east-1", "alb_lcu").Price, 1_000)
	case "AWSDataTransfer":
		add("Data Transfer", "DataTransfer-Out-Bytes", "GB", book.Egress("aws", region, "internet")[0].GB, 1_000)
		add("Data Transfer", "DataTransfer-Regional-Bytes", "GB", book.Egress("aws", region, "inter_zone")[0].GB, 1_000)
	case "AmazonS3":
		for class, usage := range map[string][2]string{
			"standard": {"TimedStorage-ByteHrs", "Requests-Tier2"}, "standard_ia": {"TimedStorage-SIA-ByteHrs", "Requests-SIA-Tier2"}, "glacier_instant": {"TimedStorage-GIR-ByteHrs", "Requests-GIR-Tier2"},
			"glacier_flexible": {"TimedStorage-GlacierByteHrs", "Requests-GLACIER-Tier2"},
		} {
			for _, o := range book.Objects("aws", region) {
				if o.Class == class {
					add("Storage", usage[0], "GB-Mo", o.GBMonth[0], 1_000)
					add("API Request", usage[1], "Requests", o.GetPer1k, 1)
				}
			}
		}
	case "AmazonRDS":
		add("Database Instance", "InstanceUsage:db.m5.large", "Hrs", book.Databases("aws", region, "rds")[0].OnDemand, 1_000, "databaseEngine", "PostgreSQL", "deploymentOption", "Single-AZ", "licenseModel", "No license required")
	}
	// Products come before terms, which the alphabet sees to as well.
	return map[string]any{"products": products, "terms": object("OnDemand", terms)}
}

func (m *market) retail(book *pricebook.Book, filter string) any {
	items := []any{}
	region := strings.Split(filter, "'")[3]
	if strings.HasPrefix(filter, "serviceName eq 'Virtual Machines'") && strings.HasSuffix(filter, "'Consumption'") {
		for _, kind := range book.Orderable("azure", region) {
			items = append(items, map[string]any{
				"currencyCode": "USD", "retailPrice": json.Number(m.price("azure", book.Compute("azure", region, kind.Type, "linux").OnDemand)), "unitOfMeasure": "1 Hour", "type": "Consumption",
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
	var read, stayed []string
	for _, r := range regions {
		text := r.Provider + " " + r.Region + " " + string(r.Kind)
		if r.Problem != "" {
			stayed = append(stayed, text)
			continue
		}
		read = append(read, fmt.Sprintf("%s %t", text, r.Changed == r.Prices))
		assert.Equal(t, today, r.AsOf)
		assert.Positive(t, r.Prices)
	}
	assert.Equal(t, []string{
		"aws eu-central-1 machines true", "aws eu-central-1 disks true", "aws eu-central-1 objects true", "aws eu-central-1 network true",
		"azure germanywestcentral machines false", "gcp europe-west3 machines true",
	}, read)
	assert.Len(t, stayed, 12, "one database class is fewer than a list has, and of the others there is nothing")
	assert.Contains(t, regions[3].Problem, "lacks")

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
	assert.Len(t, state.Regions, 6)
	live, err := w.Migrations.Book(ctx)
	require.NoError(t, err)
	assert.Equal(t, "0.10472", live.Block("aws", "eu-central-1", "gp3").GBMonth.String(), "0.0952 and a tenth")
	assert.Equal(t, "0.0495", live.Item("aws", "eu-central-1", "nat_gateway").Price.String())
	assert.Equal(t, builtIn.Databases("aws", "eu-central-1", "rds")[0], live.Databases("aws", "eu-central-1", "rds")[0])
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
			for _, r := range regions {
				switch {
				case r.Provider == "aws" && r.Kind == pricebook.Machines:
					assert.Contains(t, r.Problem, c.problem)
				case r.Provider == "azure" && r.Kind == pricebook.Machines:
					assert.Empty(t, r.Problem)
				case r.Provider == "gcp":
					assert.Contains(t, r.Problem, "API key")
				}
			}
			state, err := w.Migrations.Prices(t.Context())
			require.NoError(t, err)
			for _, r := range state.Regions {
				assert.NotEqual(t, "aws machines", r.Provider+" "+string(r.Kind))
				assert.NotEqual(t, "gcp", r.Provider)
			}
			require.NotEmpty(t, state.Regions)
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
