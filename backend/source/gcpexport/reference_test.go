package gcpexport_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"

	"cloud-intelligence/backend/source/gcpexport"
)

// sums are the sums of a group of records as REFERENCE.json prints them.
type sums struct {
	Rows               int `json:"rows"`
	Cost, Credits, Net string
	CostAtList         string `json:"cost_at_list"`
	cost, credits, net finops.Sum
	list               finops.Sum
}

type reference struct {
	Kind       string
	Rows       int
	Totals     sums
	Currencies map[string]*sums `json:"by_currency"`
	Services   map[string]*sums `json:"by_service_top10"`
	CostTypes  map[string]*sums `json:"by_cost_type"`
	Invoices   map[string]*sums `json:"by_invoice_month"`
	Usage      map[string]*sums `json:"by_usage_month"`
	Projects   map[string]*sums `json:"by_project"`
	Resources  int              `json:"distinct_resources"`
	Adjusted   int              `json:"rows_with_adjustment_info"`
}

const shared = "../../../../shared/data"

func references(t *testing.T) map[string]reference {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(shared, "real", "REFERENCE.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("The billing files with known sums are not beside the checkout (../shared/data).")
	}
	require.NoError(t, err)
	var all struct{ Files map[string]reference }
	require.NoError(t, json.Unmarshal(text, &all))
	files := map[string]reference{}
	for name, f := range all.Files {
		if f.Kind == "gcp" || f.Kind == "gcpjson" {
			files[filepath.Join(shared, filepath.FromSlash(name))] = f
		}
	}
	require.NotEmpty(t, files)
	return files
}

func sharedFile(t *testing.T, path string) source.File {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	return source.File{Path: path, Size: info.Size()}
}

func addTo(t *testing.T, sum *finops.Sum, text string) {
	t.Helper()
	if text == "" {
		return
	}
	a, err := finops.ParseAmount([]byte(text))
	require.NoError(t, err)
	sum.Add(a)
}

func (s *sums) add(t *testing.T, l line) {
	s.Rows++
	addTo(t, &s.cost, l["cost"])
	addTo(t, &s.credits, l["x_credits_total"])
	addTo(t, &s.net, l["BilledCost"])
	addTo(t, &s.list, l["ListCost"])
}

func (s *sums) compare(t *testing.T, what string, got *sums) {
	t.Helper()
	if !assert.NotNil(t, got, what) {
		return
	}
	assert.Equal(t, s.Rows, got.Rows, what)
	assert.Equal(t, s.Cost, got.cost.String(), what)
	assert.Equal(t, s.Credits, got.credits.String(), what)
	assert.Equal(t, s.Net, got.net.String(), what)
	if s.CostAtList != "" {
		assert.Equal(t, s.CostAtList, got.list.String(), what)
	}
}

type groups map[string]*sums

func (g groups) add(t *testing.T, key string, l line) {
	if g[key] == nil {
		g[key] = &sums{}
	}
	g[key].add(t, l)
}

func (g groups) compare(t *testing.T, what string, want map[string]*sums, all bool) {
	t.Helper()
	for key, s := range want {
		s.compare(t, what+" "+key, g[key])
	}
	if all {
		assert.Len(t, g, len(want), what)
	}
}

func orNone(text string) string {
	if text == "" {
		return "None"
	}
	return text
}

// TestReference_TotalsAndBreakdowns compares every published sample with sums that were
// counted independently, to the printed digit.
func TestReference_TotalsAndBreakdowns(t *testing.T) {
	for path, want := range references(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			all := &sums{}
			by := map[string]groups{"currency": {}, "service": {}, "type": {}, "invoice": {}, "usage": {}, "project": {}}
			resources, adjusted := map[string]bool{}, 0
			rejects := eachLine(t, sharedFile(t, path), func(l line) {
				all.add(t, l)
				month := l["BillingPeriodStart"]
				by["currency"].add(t, l["BillingCurrency"], l)
				by["service"].add(t, l["ServiceName"], l)
				by["type"].add(t, l["cost_type"], l)
				by["invoice"].add(t, month[:4]+month[5:7], l)
				by["usage"].add(t, l["ChargePeriodStart"][:7], l)
				by["project"].add(t, orNone(l["SubAccountId"]), l)
				if l["ResourceId"] != "" && l["ChargeCategory"] != "Purchase" && l["CommitmentDiscountStatus"] != "Unused" {
					resources[l["ResourceId"]] = true
				}
				if l["adjustment_info.type"] != "" {
					adjusted++
				}
				assert.Equal(t, l["BilledCost"], l["EffectiveCost"])
			})
			assert.Empty(t, rejects)
			want.Totals.Rows = want.Rows
			want.Totals.compare(t, "total", all)
			by["currency"].compare(t, "currency", want.Currencies, true)
			by["service"].compare(t, "service", want.Services, false)
			by["type"].compare(t, "cost_type", want.CostTypes, true)
			by["invoice"].compare(t, "invoice", want.Invoices, true)
			by["usage"].compare(t, "usage month", want.Usage, true)
			by["project"].compare(t, "project", want.Projects, true)
			assert.Len(t, resources, want.Resources)
			assert.Equal(t, want.Adjusted, adjusted)
		})
	}
}

func TestReference_Conformance(t *testing.T) {
	var cases []sourcetest.Case
	for path, want := range references(t) {
		cases = append(cases, sourcetest.Case{Name: filepath.Base(path), File: sharedFile(t, path), Version: "1", Rows: want.Rows})
	}
	sourcetest.Run(t, gcpexport.Source{}, cases)
}

// TestReference_Others checks that no other published file is taken for an export.
func TestReference_Others(t *testing.T) {
	own := references(t)
	files, _, err := source.Expand(t.Context(), []string{filepath.Join(shared, "real"), filepath.Join(shared, "synthetic")})
	require.NoError(t, err)
	for _, f := range files {
		if _, ours := own[f.Path]; ours {
			continue
		}
		_, ok, err := sourcetest.Recognize(t.Context(), gcpexport.Source{}, f)
		require.NoError(t, err, f.Name())
		assert.False(t, ok, f.Name())
	}
}

// TestReference_Services finds a category for every service of the samples, but for what
// other companies sell.
func TestReference_Services(t *testing.T) {
	for path := range references(t) {
		eachLine(t, sharedFile(t, path), func(l line) {
			if l["ServiceCategory"] == "Other" && (l["seller_name"] == "" && l["invoice.publisher_type"] != "PARTNER") {
				t.Errorf("%s: %q has no category", filepath.Base(path), l["ServiceName"])
			}
		})
	}
}
