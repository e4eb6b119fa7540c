package pricebook_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

func builtIn(t testing.TB) *pricebook.Book {
	t.Helper()
	b, err := pricebook.BuiltIn()
	require.NoError(t, err)
	return b
}

// TestBuiltIn_PublishedPrices compares with prices that the providers publish.
func TestBuiltIn_PublishedPrices(t *testing.T) {
	b := builtIn(t)
	for _, c := range []struct{ provider, region, kind, os, want string }{
		{"aws", "us-east-1", "m5.large", "linux", "0.096"},
		{"azure", "eastus", "Standard_D2s_v3", "linux", "0.096"},
		{"gcp", "us-central1", "e2-standard-2", "linux", "0.067011"},
	} {
		row := b.Compute(c.provider, c.region, c.kind, c.os)
		require.NotNil(t, row, c.kind)
		assert.Equal(t, c.want, row.OnDemand.String())
		assert.NotNil(t, b.Source(row.Source))
		require.NotNil(t, b.MachineType(c.provider, c.kind))
		assert.Equal(t, row.Family, b.MachineType(c.provider, c.kind).Family)
	}
	assert.Nil(t, b.Compute("aws", "us-east-1", "m5.huge", "linux"))
	assert.Equal(t, "0.08", b.Block("aws", "us-east-1", "gp3").GBMonth.String())
	assert.Equal(t, "0.045", b.Item("aws", "us-east-1", "nat_gateway").Price.String())
	assert.Equal(t, "1", b.Region("aws", pricebook.Reference("aws")).PriceIndex.String())
	assert.Len(t, b.Version(), 12)
}

// TestBuiltIn_RowsFitTogether asks what lookups rely on.
func TestBuiltIn_RowsFitTogether(t *testing.T) {
	b := builtIn(t)
	machines := 0
	for _, r := range b.Regions() {
		list := b.ComputeIn(r.Provider, r.Name)
		assert.Equal(t, r.HasCompute, len(list) > 0, r.Name)
		for _, c := range list {
			machines++
			require.Positive(t, c.OnDemand.Amount().Sign(), c.Type)
			for _, term := range []pricebook.Term{pricebook.OneYear, pricebook.ThreeYears, pricebook.FlexOneYear, pricebook.FlexThreeYear} {
				if price, ok := b.Committed(c, term); ok {
					require.Negative(t, price.Hourly.Cmp(c.OnDemand.Amount()), "%s %s in %s", c.Type, term, c.Region)
					require.Positive(t, price.Hourly.Sign())
				}
			}
			require.NotNil(t, b.Source(c.Source), c.Source)
		}
	}
	assert.Greater(t, machines, 50_000)
	for _, g := range b.Geos() {
		for provider, region := range g.Regions {
			require.NotNil(t, b.Region(provider, region), "%s in %s", region, g.ID)
		}
	}
	for _, s := range b.Services() {
		for _, p := range pricebook.Providers() {
			require.True(t, s.Fit[p].Known(), s.Key)
		}
	}
}

func TestCommitted(t *testing.T) {
	b := builtIn(t)
	for _, c := range []struct {
		provider, region, kind string
		term                   pricebook.Term
		want, how              string
	}{
		{"aws", "af-south-1", "c5.large", pricebook.OneYear, "0.072", "listed"},
		{"aws", "af-south-1", "c5.large", pricebook.FlexThreeYear, "0.063", "listed"},
		{"gcp", "us-central1", "e2-standard-2", pricebook.FlexOneYear, "0.04824792", "family"},
		{"azure", "westus", "Standard_D2_v3", pricebook.ThreeYears, "", "family"},
		{"azure", "eastus", "Standard_D2ds_v6", pricebook.ThreeYears, "", "fallback"},
	} {
		row := b.Compute(c.provider, c.region, c.kind, "linux")
		require.NotNil(t, row, c.kind)
		price, ok := b.Committed(row, c.term)
		require.True(t, ok, c.kind)
		assert.Equal(t, c.how, price.How, c.kind)
		if c.want != "" {
			assert.Equal(t, c.want, price.Hourly.String(), c.kind)
		}
	}
	gpu := b.ComputeIn("gcp", "us-central1")
	for _, c := range gpu {
		if c.Category == "gpu" {
			_, ok := b.Committed(c, pricebook.FlexOneYear)
			assert.False(t, ok, c.Type)
		}
	}
	_, ok := b.Committed(b.Compute("aws", "us-east-1", "m5.large", "linux"), "5yr")
	assert.False(t, ok)
}

func TestLess(t *testing.T) {
	for _, c := range [][3]string{{"0.1", "37", "0.063"}, {"1", "33.9", "0.661"}, {"0", "50", "0"}, {"3", "0", "3"}, {"7", "100", "0"}} {
		a, err := finops.ParseAmount([]byte(c[0]))
		require.NoError(t, err)
		percent, err := finops.ParseAmount([]byte(c[1]))
		require.NoError(t, err)
		got, ok := pricebook.Less(a, percent)
		assert.True(t, ok)
		assert.Equal(t, c[2], got.String())
	}
}

func TestOrigin_Day(t *testing.T) {
	for asOf, want := range map[string]string{"2026": "2026-01-01", "2026-08": "2026-08-01", "2026-08-30": "2026-08-30", "": ""} {
		assert.Equal(t, want, pricebook.Origin{AsOf: asOf}.Day())
	}
	assert.Equal(t, "2025-01-01", pricebook.Oldest("2025-01-01", "2026-01-01"))
	assert.Equal(t, "2025-01-01", pricebook.Oldest("", "2025-01-01"))
}

// folder writes small tables; changed takes the place of one of them, "" leaves it out.
func folder(t *testing.T, changed map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, columns := range builtIn(t).Tables() {
		text, ok := changed[name]
		if !ok {
			text = strings.Join(columns, ",") + "\n"
		}
		if text != "" {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name+".csv"), []byte(text), 0o600))
		}
	}
	return dir
}

func TestOpen_SaysWhatIsWrong(t *testing.T) {
	b, err := pricebook.Open(folder(t, nil))
	require.NoError(t, err)
	assert.NotEqual(t, builtIn(t).Version(), b.Version())
	for name, c := range map[string]struct {
		changed map[string]string
		code    finops.Code
		want    string
	}{
		"Missing":   {map[string]string{"regions": ""}, finops.CodeNotFound, "regions.csv is missing"},
		"NoColumn":  {map[string]string{"lb_nat_ip": "provider,region,item,unit\n"}, finops.CodeInvalid, "lb_nat_ip.csv has no column price_usd"},
		"NoNumber":  {map[string]string{"lb_nat_ip": "provider,region,item,unit,price_usd\naws,us-east-1,alb,hour,\"0,5 $x\"\n"}, finops.CodeInvalid, "lb_nat_ip.csv, line 2, column price_usd"},
		"Negative":  {map[string]string{"lb_nat_ip": "provider,region,item,unit,price_usd\naws,us-east-1,alb,hour,-1\n"}, finops.CodeInvalid, "cannot be a price"},
		"NoWhole":   {map[string]string{"commitment_discounts": "provider,commitment_type,scope,term_years,discount_pct\naws,x,*,one,3\n"}, finops.CodeInvalid, "not a whole number"},
		"Twice":     {map[string]string{"regions": "provider,region,country,jurisdictions,compute_price_index\naws,r,US,US,1\naws,r,US,US,1\n"}, finops.CodeInvalid, "two rows for aws r"},
		"BrokenCSV": {map[string]string{"regions": "provider,region,country,jurisdictions,compute_price_index\naws,\"r\n"}, finops.CodeInvalid, "regions.csv cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := pricebook.Open(folder(t, c.changed))
			assert.Equal(t, c.code, finops.CodeOf(err))
			assert.ErrorContains(t, err, c.want)
		})
	}
	_, err = pricebook.Open(filepath.Join(t.TempDir(), "none"))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
}

func BenchmarkOpen(b *testing.B) {
	dir, err := filepath.Abs("../../../shared/data/prices")
	require.NoError(b, err)
	if _, err := os.Stat(dir); err != nil {
		b.Skip("the figures are not here: ", err)
	}
	for b.Loop() {
		_, err := pricebook.Open(dir)
		require.NoError(b, err)
	}
}

// TestWith_QuotesTakeThePlaceOfThePricesOfTheirMachine asks what a book with quotes has.
func TestWith_QuotesTakeThePlaceOfThePricesOfTheirMachine(t *testing.T) {
	b := builtIn(t)
	number := func(text string) (n pricebook.Number) {
		require.NoError(t, n.UnmarshalText([]byte(text)))
		return n
	}
	quotes := []pricebook.Quote{
		{Provider: "aws", Region: "us-east-1", Type: "m5.large", OS: "linux", OnDemand: number("0.1"), Commit1: number("0.07"), AsOf: "2026-11-28"},
		{Provider: "azure", Region: "germanywestcentral", Type: "Standard_D2s_v5", OS: "windows", OnDemand: number("0.3"), AsOf: "2026-11-28"},
		{Provider: "aws", Region: "us-east-1", Type: "m5.huge", OS: "linux", OnDemand: number("1"), AsOf: "2026-11-28"},
	}
	live, err := b.With(pricebook.Listing{Machines: quotes})
	require.NoError(t, err)
	m5 := live.Compute("aws", "us-east-1", "m5.large", "linux")
	assert.Equal(t, []string{"0.1", "0.07", "", "2026-11-28", "listed"}, []string{m5.OnDemand.String(), m5.Commit1.String(), m5.Commit3.String(), m5.AsOf, string(m5.Basis)})
	assert.NotNil(t, live.Source(m5.Source))
	assert.Equal(t, "0.096", b.Compute("aws", "us-east-1", "m5.large", "linux").OnDemand.String(), "the book itself stays")

	was, is := b.Compute("aws", "us-east-1", "m5.large", "windows"), live.Compute("aws", "us-east-1", "m5.large", "windows")
	require.NotNil(t, was)
	assert.Equal(t, "0.188 0.192", was.OnDemand.String()+" "+is.OnDemand.String(), "the licence is the difference, which stays")
	assert.Equal(t, was.AsOf, is.AsOf)
	added := live.Compute("azure", "germanywestcentral", "Standard_D2s_v5", "windows")
	require.NotNil(t, added)
	assert.Equal(t, b.MachineType("azure", "Standard_D2s_v5").Family, added.Family)
	assert.Nil(t, live.Compute("aws", "us-east-1", "m5.huge", "linux"), "a type that the book does not know cannot be sized")

	assert.NotEqual(t, b.Version(), live.Version())
	text, err := json.Marshal(quotes)
	require.NoError(t, err)
	var read []pricebook.Quote
	require.NoError(t, json.Unmarshal(text, &read))
	assert.Equal(t, quotes, read)
	same, err := b.With(pricebook.Listing{Machines: read})
	require.NoError(t, err)
	assert.Equal(t, live.Version(), same.Version())
}

// ratesOf makes rates of one region: kind, item, part, from and price each.
func ratesOf(t *testing.T, provider, region string, lines ...[5]string) (rates []pricebook.Rate) {
	t.Helper()
	for _, l := range lines {
		r := pricebook.Rate{Provider: provider, Region: region, Kind: pricebook.Kind(l[0]), Item: l[1], Part: pricebook.Part(l[2]), AsOf: "2026-11-28"}
		require.NoError(t, r.From.UnmarshalText([]byte(l[3])))
		require.NoError(t, r.USD.UnmarshalText([]byte(l[4])))
		rates = append(rates, r)
	}
	return rates
}

func TestWith_RatesTakeThePlaceOfWholeRows(t *testing.T) {
	b := builtIn(t)
	sql := pricebook.DatabaseItem("sql_database", "sqlserver", "locally redundant", "GP_Gen5_4")
	rates := append(ratesOf(t, "azure", "westeurope",
		[5]string{"disks", "premium-ssd-P10", "disk_month", "", "21.68"}, [5]string{"disks", "standard-hdd-S4", "disk_month", "", "1.6"}, [5]string{"disks", "ultra-disk", "gb_month", "", "0.12"},
		[5]string{"objects", "hot_lrs", "gb_month", "0", "0.02"}, [5]string{"objects", "hot_lrs", "gb_month", "51200", "0.019"}, [5]string{"objects", "hot_lrs", "get_1k", "", "0.0005"},
		[5]string{"databases", sql, "compute_month", "", "496.4"}, [5]string{"databases", sql, "licence_month", "", "292"}, [5]string{"databases", sql, "gb_month", "", "0.126"},
		[5]string{"network", "internet", "gb_month", "100", "0.087"}, [5]string{"network", "internet", "gb_month", "10335", "0.083"}, [5]string{"network", "nat_gateway", "unit", "", "0.05"},
	), ratesOf(t, "aws", "eu-central-1", [5]string{"network", "internet", "gb_month", "0", "0.08"}, [5]string{"disks", "gp3", "gb_month", "", "0.09"})...)
	live, err := b.With(pricebook.Listing{Rates: rates})
	require.NoError(t, err)

	p10 := live.Block("azure", "westeurope", "premium-ssd-P10")
	assert.Equal(t, []string{"21.68", "500", "2026-11-28", "azure-retail-prices"}, []string{p10.DiskMonth.String(), p10.MaxIOPS.String(), p10.AsOf, p10.Source}, "what it can do is known of another region")
	assert.Equal(t, "0.05", live.Block("azure", "westeurope", "standard-hdd-S4").GBMonth.String(), "1.60 for 32 GiB")
	assert.Nil(t, live.Block("azure", "westeurope", "ultra-disk"), "without its IOPS it is not whole")
	assert.Equal(t, b.Block("aws", "eu-central-1", "gp3"), live.Block("aws", "eu-central-1", "gp3"), "without its IOPS and throughput it stays as it was")
	hot := live.Objects("azure", "westeurope")
	require.Len(t, hot, 1)
	assert.Equal(t, "0.02 0.019 ", hot[0].GBMonth[0].String()+" "+hot[0].GBMonth[1].String()+" "+hot[0].GBMonth[2].String())
	var database *pricebook.Database
	for _, d := range live.Databases("azure", "westeurope", "sql_database") {
		database = d
	}
	require.NotNil(t, database)
	assert.Equal(t, []string{"1.08", "0.126", "compute 496.4 + licence 292 per month"}, []string{database.OnDemand.String(), database.StorageGBMonth.String(), database.Extra}, "788.40 for 730 hours")
	var steps []string
	for _, e := range live.Egress("azure", "westeurope", "internet") {
		steps = append(steps, e.FromGB.String()+" "+e.ToGB.String()+" "+e.GB.String())
	}
	assert.Equal(t, []string{"100 10335 0.087", "10335  0.083"}, steps)
	require.Len(t, live.Egress("aws", "eu-central-1", "internet"), 1)
	assert.Len(t, b.Egress("aws", "eu-central-1", "internet"), 4, "the book itself stays")
	assert.Equal(t, "0.05", live.Item("azure", "westeurope", "nat_gateway").Price.String())
	assert.NotEqual(t, b.Version(), live.Version())

	text, err := json.Marshal(rates)
	require.NoError(t, err)
	var read []pricebook.Rate
	require.NoError(t, json.Unmarshal(text, &read))
	assert.Equal(t, rates, read)
}

func TestCheckRates_RefusesWhatIsNoPriceList(t *testing.T) {
	b := builtIn(t)
	disks := func(gp3, io2, st1 string) []pricebook.Rate {
		return ratesOf(t, "aws", "eu-central-1", [5]string{"disks", "gp3", "gb_month", "", gp3}, [5]string{"disks", "gp3", "iops_month", "", "0.006"}, [5]string{"disks", "gp3", "mbps_month", "", "0.0476"},
			[5]string{"disks", "io2", "gb_month", "", io2}, [5]string{"disks", "io2", "iops_month", "", "0.08"}, [5]string{"disks", "st1", "gb_month", "", st1}, [5]string{"disks", "gp9", "gb_month", "", "0.01"})
	}
	usable, changed, err := b.CheckRates("aws", "eu-central-1", pricebook.Disks, disks("0.0952", "0.16", "0.06"))
	require.NoError(t, err)
	assert.Len(t, usable, 6, "a disk that the book does not know cannot be used")
	assert.Equal(t, 2, changed)
	for want, rates := range map[string][]pricebook.Rate{
		"moves the prices of block storage": disks("0.2", "0.4", "0.2"),
		"lacks 2 of 3 prices":               disks("0.0952", "0.16", "0.06")[:3],
		"has no prices":                     disks("0.0952", "0.16", "0.06")[6:],
	} {
		_, _, err := b.CheckRates("aws", "eu-central-1", pricebook.Disks, rates)
		require.ErrorContains(t, err, want)
	}
	// Where the book has no prices of the region, those of the reference region times the price index are what is expected: a price for a month in place of an hour is found.
	_, _, err = b.CheckRates("azure", "germanywestcentral", pricebook.Network, ratesOf(t, "azure", "germanywestcentral", [5]string{"network", "application_gateway_v2", "unit", "", "180"}))
	require.ErrorContains(t, err, "moves the prices of the network")
	_, _, err = b.CheckRates("azure", "germanywestcentral", pricebook.Network, ratesOf(t, "azure", "germanywestcentral", [5]string{"network", "internet", "gb_month", "10335", "0.083"}))
	require.ErrorContains(t, err, "has no prices", "the first gigabytes are missing")
}
