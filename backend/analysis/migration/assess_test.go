package migration_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/housetest"
	"cloud-intelligence/backend/pricebook"
)

var today = finops.NewDay(2026, 11, 22)

func builtIn(t testing.TB) *pricebook.Book {
	t.Helper()
	book, err := pricebook.BuiltIn()
	require.NoError(t, err)
	return book
}

func assess(t testing.TB, text string) *migration.Result {
	t.Helper()
	p, err := migration.Decode([]byte(text), builtIn(t), today)
	require.NoError(t, err)
	return migration.Assess(p, builtIn(t), today)
}

func provider(t testing.TB, r *migration.Result, name string) *migration.Provider {
	t.Helper()
	for i := range r.Providers {
		if r.Providers[i].Provider == name {
			return &r.Providers[i]
		}
	}
	t.Fatalf("no provider %s", name)
	return nil
}

// profiles are the assessments that were calculated a second time from the tables, by another program.
var profiles = []string{"shop", "american", "brazil", "japan", "france"}

func profileText(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	require.NoError(t, err)
	return string(text)
}

func components(c *migration.Components) string {
	return fmt.Sprintf("total %s compute %s licences %s block %s object %s database %s network %s support %s",
		c.Total, c.Compute, c.Licences, c.Block, c.Object, c.Database, c.Network, c.Support)
}

// summary is what a person would check of a result.
func summary(r *migration.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "oldest %s, weights %v of %d\n", r.PriceBook.OldestAsOf, r.Sensitivity.Weights, r.Sensitivity.Weightings)
	for _, p := range r.Providers {
		fmt.Fprintf(&b, "\n%s eligible %t %v\n", p.Provider, p.Eligible, p.Gates)
		if p.Monthly == nil {
			continue
		}
		fmt.Fprintf(&b, "  %s\n  terms %v\n  one-off %s of %s to %s %+v\n", components(p.Monthly), *p.Terms, p.OneOff, p.OneOffLow, p.OneOffHigh, *p.OneOffParts)
		fmt.Fprintf(&b, "  npv %v roi %v payback %v horizon %v confidence %v\n", p.NPV, p.ROI, p.PaybackMonth, p.HorizonCost, p.Confidence)
		if p.Score != nil {
			fmt.Fprintf(&b, "  score %v\n", *p.Score)
		}
		for _, l := range p.Workloads {
			if l.Target != nil && l.Components != nil {
				fmt.Fprintf(&b, "  %s: %s, %s\n", l.Name, *l.Target, components(l.Components))
			} else {
				fmt.Fprintf(&b, "  %s: counted %t, without a price %v; %s\n", l.Name, l.Counted, l.Unpriced, l.Reason)
			}
		}
	}
	b.WriteString("\n")
	for _, p := range r.Plan.Phases {
		fmt.Fprintf(&b, "%s %s to %s, %s weeks, %s hours: %s\n", p.Name, p.Start, p.End, p.Weeks, p.Hours, strings.Join(p.Lines, ", "))
	}
	return b.String()
}

func TestAssess_FiveEstates(t *testing.T) {
	for _, name := range profiles {
		t.Run(name, func(t *testing.T) {
			r := assess(t, profileText(t, name))
			housetest.Golden(t, name+".txt", []byte(summary(r)))

			again, err := json.Marshal(assess(t, profileText(t, name)))
			require.NoError(t, err)
			first, err := json.Marshal(r)
			require.NoError(t, err)
			assert.Equal(t, string(first), string(again), "the same profile gives the same bytes")
			requireTies(t, r)
		})
	}
}

func sum(list ...finops.Amount) string {
	var s finops.Sum
	for _, a := range list {
		s.Add(a)
	}
	return s.String()
}

// requireTies checks that lines, components, terms, contributions and the cash flow add up.
func requireTies(t *testing.T, r *migration.Result) {
	t.Helper()
	for _, p := range r.Providers {
		if p.Monthly == nil {
			continue
		}
		var lines []finops.Amount
		for _, l := range p.Workloads {
			if l.Components == nil {
				continue
			}
			c := l.Components
			assert.Equal(t, c.Total.String(), sum(c.Compute, c.Licences, c.Block, c.Object, c.Database, c.Network, c.Support), "%s on %s", l.Name, p.Provider)
			assert.Equal(t, c.Total.String(), l.Monthly.String())
			lines = append(lines, c.Total)
		}
		c := p.Monthly
		assert.Equal(t, c.Total.String(), sum(lines...), p.Provider)
		assert.Equal(t, c.Total.String(), sum(c.Compute, c.Licences, c.Block, c.Object, c.Database, c.Network, c.Support), p.Provider)
		o := p.OneOffParts
		assert.Equal(t, p.OneOff.String(), sum(o.Labour, o.DataOut, o.Training, o.Tooling, o.Partner, o.DualRun, o.Stranded, o.Contingency))
		var once, saved []finops.Amount
		for _, m := range p.CashFlow {
			once = append(once, m.OneOff)
			if m.Saving != nil {
				saved = append(saved, *m.Saving)
				assert.InDelta(t, number(t, m.Cumulative.String()), number(t, sum(saved...)), 0.001, "%s, month %d", p.Provider, m.Month)
			}
		}
		if r.Plan.MonthsToMove < r.Basis.HorizonMonths {
			assert.InDelta(t, number(t, p.OneOff.String()), number(t, sum(once...)), 0.001, "one-off cost is spread over the months of the move")
		}
		points := map[string]migration.Tenth{}
		for _, one := range p.Contributions {
			points[one.Part] += one.Points
		}
		if p.Score != nil {
			assert.Equal(t, map[string]migration.Tenth{"cost": p.Score.Cost, "services": p.Score.Services, "compliance": p.Score.Compliance, "performance": p.Score.Performance}, points)
			assert.True(t, p.Score.Total >= 0 && p.Score.Total <= 1000)
		}
	}
}

// The documentation of Azure Migrate: 10 cores at 20 % are 2 cores, with a comfort factor of 2 they are 4.
func TestAssess_SizingExample(t *testing.T) {
	for comfort, vcpu := range map[string]string{`1.0`: "2", `2.0`: "4"} {
		r := assess(t, `{"organization":{"name":"x","countries":["US"]},"workloads":[{"name":"a","type":"other","vcpu":10,"memory_gib":4,"cpu_p95":20,"growth_pct_year":0}],
			"requirements":{"comfort_factor":`+comfort+`}}`)
		for _, p := range r.Providers {
			assert.Contains(t, p.Workloads[0].Reason, "large enough: "+vcpu+" vCPU", p.Provider)
		}
	}
}

// Prices of the providers' public pages for a month of 730 hours.
func TestAssess_ReferencePrices(t *testing.T) {
	r := assess(t, `{"organization":{"name":"x","countries":["US"]},"workloads":[{"name":"a","type":"other","vcpu":2,"memory_gib":8,"block_gib":100,"egress_gb_month":1100,"object_gib":1000}],
		"requirements":{"purchase_option":"on_demand","target_geo":{"aws":"us-east-1","azure":"eastus","gcp":"us-central1"}}}`)
	aws, gcp := provider(t, r, "aws").Workloads[0], provider(t, r, "gcp").Workloads[0]
	assert.Equal(t, "8", aws.Components.Block.String(), "100 GB of gp3 at 0.08")
	assert.Equal(t, "23", aws.Components.Object.String(), "1,000 GiB of S3 Standard at 0.023")
	assert.Equal(t, "126.5", aws.Components.Network.String(), "1,000 GB at 0.09 and a NAT gateway with its address, 730 × 0.05")
	assert.Equal(t, "e2-standard-2", *gcp.Target)
	assert.Equal(t, "48.91803", gcp.Components.Compute.String(), "730 × 0.067011")
	assert.Equal(t, "10", gcp.Components.Block.String(), "100 GB of balanced disk at 0.10")
	assert.Equal(t, "20", gcp.Components.Object.String(), "1,000 GiB at 0.02")
}

// A price that is missing keeps its line out of all totals, of all providers.
func TestAssess_UnknownPrice(t *testing.T) {
	r := assess(t, `{"organization":{"name":"x","countries":["US"]},"workloads":[{"name":"red hat","type":"other","os":"rhel"},{"name":"plain","type":"other"}]}`)
	for _, p := range r.Providers {
		line := p.Workloads[0]
		assert.False(t, line.Counted)
		assert.Nil(t, line.Monthly)
		assert.Equal(t, p.Monthly.Total.String(), p.Workloads[1].Monthly.String())
	}
	assert.Equal(t, []string{"licences"}, provider(t, r, "aws").Workloads[0].Unpriced)
	assert.Empty(t, provider(t, r, "gcp").Workloads[0].Unpriced)
	require.Len(t, r.NotCounted, 1)
	assert.Equal(t, "AWS has no price for licences; Microsoft Azure has no price for licences", r.NotCounted[0].Reason)
}

func TestAssess_Gates(t *testing.T) {
	r := assess(t, `{"organization":{"name":"x","countries":["US"]},"workloads":[{"name":"a","services":{"quantum":"must"}}],
		"requirements":{"residency":["US-Gov"],"budget_monthly":1,"budget_monthly_kind":"hard"}}`)
	aws, gcp := provider(t, r, "aws"), provider(t, r, "gcp")
	assert.Equal(t, "us-gov-east-1", *aws.Region)
	require.Len(t, aws.Gates, 1)
	assert.Equal(t, "budget_monthly", aws.Gates[0].Code)
	assert.Nil(t, aws.Score)
	assert.NotNil(t, aws.Monthly)
	assert.Equal(t, []string{"residency", "service"}, []string{gcp.Gates[0].Code, gcp.Gates[1].Code})
	assert.Nil(t, gcp.Monthly)
	assert.Nil(t, r.Recommendation.Provider)
}

// Where nothing could be priced, or nothing moves, there is neither a score nor a winner, and no amount that is nobody's cost.
func TestAssess_NothingPriced(t *testing.T) {
	const organization = `{"organization":{"name":"x","countries":["DE"],"current_monthly_cost":500},"workloads":[`
	r := assess(t, organization+`{"name":"a","db_engine":"oracle","db_storage_gib":10}]}`)
	assert.Equal(t, migration.Recommendation{Reason: "No workload could be priced."}, r.Recommendation)
	assert.Empty(t, r.Sensitivity.Weights)
	for _, p := range r.Providers {
		assert.True(t, p.Eligible)
		assert.Nil(t, p.Score)
		assert.Nil(t, p.Monthly)
		assert.Nil(t, p.OneOff)
		assert.Nil(t, p.NPV)
	}
	r = assess(t, organization+`{"name":"a","strategy":"retire"}]}`)
	assert.Equal(t, migration.Recommendation{Reason: "No workload moves to a provider."}, r.Recommendation)
	assert.Equal(t, "0", provider(t, r, "aws").Monthly.Total.String())
	assert.NotNil(t, provider(t, r, "aws").NPV)
	r = assess(t, organization+`{"name":"a"}],"requirements":{"budget_monthly":1,"budget_monthly_kind":"hard"}}`)
	assert.Equal(t, migration.Recommendation{Reason: "No provider meets the requirements."}, r.Recommendation)
}

// One factor on all prices of a provider that is not the source never raises its score.
func TestAssess_RaisingPrices(t *testing.T) {
	from := filepath.Join("..", "..", "..", "..", "shared", "data", "prices")
	if _, err := os.Stat(from); err != nil {
		t.Skip("The published price tables are not beside the project.")
	}
	dir := t.TempDir()
	raise(t, from, dir, "gcp")
	dearer, err := pricebook.Open(dir)
	require.NoError(t, err)
	for _, name := range profiles {
		if name == "japan" {
			continue // Google Cloud is the source there
		}
		text := profileText(t, name)
		before := provider(t, assess(t, text), "gcp")
		p, err := migration.Decode([]byte(text), dearer, today)
		require.NoError(t, err)
		after := provider(t, migration.Assess(p, dearer, today), "gcp")
		if before.Score != nil && after.Score != nil {
			assert.LessOrEqual(t, after.Score.Total, before.Score.Total, name)
		}
	}
}

// raise copies price tables with the prices of a provider a quarter higher.
func raise(t *testing.T, from, to, provider string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(from, "*.csv"))
	require.NoError(t, err)
	factor := finops.NewAmount(125, 2)
	for _, name := range names {
		in, err := os.Open(name)
		require.NoError(t, err)
		rows, err := csv.NewReader(in).ReadAll()
		require.NoError(t, err)
		require.NoError(t, in.Close())
		at := slices.Index(rows[0], "provider")
		for _, row := range rows[1:] {
			for i, column := range rows[0] {
				if at < 0 || row[at] != provider || !strings.HasSuffix(column, "_usd") && !strings.HasPrefix(column, "price_usd") && !strings.Contains(column, "_tier") || row[i] == "" {
					continue
				}
				price, err := finops.ParseAmount([]byte(row[i]))
				require.NoError(t, err, "%s %s", name, column)
				product, ok := price.Mul(factor)
				require.True(t, ok)
				row[i] = product.String()
			}
		}
		out, err := os.Create(filepath.Join(to, filepath.Base(name)))
		require.NoError(t, err)
		require.NoError(t, csv.NewWriter(out).WriteAll(rows))
		require.NoError(t, out.Close())
	}
}

// A framework that all have keeps the order of the compliance part.
func TestAssess_FrameworkOfAll(t *testing.T) {
	order := func(frameworks string) []string {
		r := assess(t, `{"organization":{"name":"x","countries":["FR"]},"workloads":[{"name":"a"}],"requirements":{"frameworks":[`+frameworks+`]}}`)
		list := slices.Clone(r.Providers)
		slices.SortStableFunc(list, func(a, b migration.Provider) int {
			if a.Score.Compliance != b.Score.Compliance {
				return int(b.Score.Compliance - a.Score.Compliance)
			}
			return strings.Compare(a.Provider, b.Provider)
		})
		var names []string
		for _, p := range list {
			names = append(names, p.Provider)
		}
		return names
	}
	assert.Equal(t, order(`{"name":"HDS"}`), order(`{"name":"HDS"},{"name":"ISO 27001"}`))
}

func TestAssess_Strategies(t *testing.T) {
	line := func(fields string) string {
		return `{"name":"` + fmt.Sprint(len(fields)) + fields[:2] + `",` + fields[2:] + `}`
	}
	for _, c := range []struct{ fields, organization, requirements, want string }{
		{`a "end_of_life":true`, ``, ``, "retire"},
		{`a "environment":"dev","cpu_p95":1.9`, ``, ``, "retire"},
		{`a "environment":"prod","cpu_p95":1.9`, ``, ``, "rehost"},
		{`a "plant_latency_ms":4.9`, ``, ``, "retain"},
		{`a "saas_name":"CRM"`, ``, ``, "repurchase"},
		{`a "count":51`, `,"vmware":true`, `"start_date":"2027-01-01","deadline":"2027-06-30"`, "relocate"},
		{`a "count":51`, `,"vmware":true`, `"start_date":"2027-01-01","deadline":"2027-07-03"`, "rehost"},
		{`a "db_engine":"postgresql","db_storage_gib":16383`, ``, ``, "replatform"},
		{`a "db_engine":"postgresql","db_storage_gib":16384`, ``, ``, "rehost"},
		{`a "db_engine":"mariadb","db_storage_gib":10`, ``, ``, "rehost"},
		{`a "change_rate":5`, ``, ``, "refactor"},
		{`a "change_rate":4`, ``, ``, "replatform"},
		{`a "type":"erp","change_rate":5`, ``, ``, "rehost"},
		{`a "change_rate":5,"end_of_life":true,"strategy":"replatform"`, ``, ``, "replatform"}, // chosen by the person
	} {
		r := assess(t, `{"organization":{"name":"x","countries":["US"]`+c.organization+`},"workloads":[`+line(c.fields)+`],"requirements":{`+c.requirements+`}}`)
		assert.Equal(t, c.want, r.Providers[0].Workloads[0].Strategy, c.fields)
	}
}

// The cost of today is shared by machines, vCPU and memory; without it nothing is compared and no figure is invented.
func TestAssess_UnknownCostToday(t *testing.T) {
	r := assess(t, `{"organization":{"name":"x","countries":["US"]},"workloads":[{"name":"a","cpu_p95":50,"mem_p95":50,"egress_gb_month":1,"depends_on":[],"block_gib":1}]}`)
	for _, p := range r.Providers {
		assert.Nil(t, p.NPV)
		assert.Nil(t, p.ROI)
		assert.Nil(t, p.PaybackMonth)
		assert.Equal(t, "0", p.OneOffParts.DualRun.String())
		assert.Equal(t, 3, p.Confidence.Stars)
		assert.Nil(t, p.CashFlow[5].Saving)
	}
}

// Machines are on demand until three months after the last move, then four fifths are committed.
func TestAssess_Ramp(t *testing.T) {
	r := assess(t, `{"organization":{"name":"x","countries":["US"],"current_monthly_cost":500},"workloads":[{"name":"a","type":"other","growth_pct_year":0}],"requirements":{"purchase_option":"3yr"}}`)
	p := provider(t, r, "gcp")
	last := r.Plan.MonthsToMove
	assert.Equal(t, "0", p.CashFlow[last].Target.String())
	assert.Equal(t, p.Terms.OnDemand.String(), p.CashFlow[last+1].Target.String())
	assert.Equal(t, p.Terms.OnDemand.String(), p.CashFlow[last+3].Target.String())
	on, _ := p.Terms.OnDemand.Mul(finops.NewAmount(2, 1))
	off, _ := p.Terms.ThreeYear.Mul(finops.NewAmount(8, 1))
	assert.InDelta(t, number(t, sum(on, off)), number(t, p.CashFlow[last+4].Target.String()), 1e-6)
	assert.Equal(t, "500", p.CashFlow[last].Source.String())
	assert.Equal(t, "0", p.CashFlow[last+1].Source.String())
}

func number(t *testing.T, text string) (v float64) {
	t.Helper()
	_, err := fmt.Sscan(text, &v)
	require.NoError(t, err)
	return v
}

// A known discount is taken off the list prices of one provider in each line and component, and never off licences.
func TestAssess_KnownDiscount(t *testing.T) {
	for _, name := range profiles {
		text := profileText(t, name)
		before := assess(t, text)
		asked := strings.Replace(text, `"requirements":{`, `"requirements":{"discount_aws_pct":12.5,`, 1)
		require.NotEqual(t, text, asked)
		after := assess(t, strings.Replace(asked, ",}", "}", 1))
		for _, provider := range []string{"azure", "gcp"} {
			for i := range before.Providers {
				if before.Providers[i].Provider == provider {
					assert.Equal(t, before.Providers[i].Monthly, providerOf(after, provider).Monthly, "%s on %s", name, provider)
					assert.Nil(t, providerOf(after, provider).Discount)
				}
			}
		}
		was, is := providerOf(before, "aws"), providerOf(after, "aws")
		if was == nil || was.Monthly == nil {
			continue
		}
		assert.Equal(t, "12.5", is.Discount.String())
		assert.Equal(t, was.Monthly.Licences.String(), is.Monthly.Licences.String(), name)
		for _, pair := range [][2]finops.Amount{
			{was.Monthly.Compute, is.Monthly.Compute}, {was.Monthly.Block, is.Monthly.Block}, {was.Monthly.Object, is.Monthly.Object}, {was.Monthly.Database, is.Monthly.Database},
			{was.Monthly.Network, is.Monthly.Network}, {was.Terms.OnDemand, is.Terms.OnDemand},
		} {
			assert.LessOrEqual(t, pair[1].Cmp(pair[0]), 0)
		}
		discounted, ok := was.Monthly.Compute.Mul(finops.NewAmount(875, 3))
		require.True(t, ok)
		assert.InDelta(t, number(t, discounted.String()), number(t, is.Monthly.Compute.String()), 0.001, name)
		require.Contains(t, strings.Join(after.Notes, " "), "AWS: the known discount of 12.5 %")
	}
}

func providerOf(r *migration.Result, name string) *migration.Provider {
	for i := range r.Providers {
		if r.Providers[i].Provider == name {
			return &r.Providers[i]
		}
	}
	return nil
}

// Licences that the tables of the program lack are priced where a price list has them: as the difference to Linux on AWS, by size on Azure.
func TestAssess_LicencesOfPriceLists(t *testing.T) {
	book := builtIn(t)
	const profile = `{"organization":{"name":"x","countries":["DE"]},"workloads":[
		{"name":"red","vcpu":2,"memory_gib":8,"os":"rhel","arch":"x86_64"},
		{"name":"sql","vcpu":8,"memory_gib":32,"arch":"x86_64","db_engine":"sqlserver","db_storage_gib":100,"strategy":"rehost"}],"requirements":{"candidate_providers":["aws","azure"]}}`
	licences := func(book *pricebook.Book) (list []string) {
		p, err := migration.Decode([]byte(profile), book, today)
		require.NoError(t, err)
		res := migration.Assess(p, book, today)
		for _, provider := range res.Providers {
			for i := range provider.Workloads {
				w := &provider.Workloads[i]
				if w.Components == nil {
					list = append(list, strings.TrimSpace(provider.Provider+" "+w.Name+" without "+strings.Join(w.Unpriced, ", ")))
					continue
				}
				list = append(list, provider.Provider+" "+w.Name+" "+w.Components.Licences.String())
			}
		}
		slices.Sort(list)
		return list
	}
	assert.Equal(t, []string{"aws red without licences", "aws sql without licences", "azure red without licences", "azure sql without"}, licences(book))

	var list pricebook.Listing
	number := func(text string) (n pricebook.Number) {
		require.NoError(t, n.UnmarshalText([]byte(text)))
		return n
	}
	for _, c := range book.ComputeIn("aws", "eu-central-1") {
		if c.OS != "linux" {
			continue
		}
		for os, usd := range map[string]finops.Amount{"rhel": finops.NewAmount(288, 4), pricebook.SQLServer: finops.NewAmount(96, 2)} {
			var sum finops.Sum
			sum.Add(c.OnDemand.Amount())
			sum.Add(usd)
			list.Machines = append(list.Machines, pricebook.Quote{Provider: "aws", Region: "eu-central-1", Type: c.Type, OS: os, OnDemand: number(sum.Amount().String()), AsOf: "2026-11-28"})
		}
	}
	for _, size := range []int{1, 2, 4, 8} {
		list.Rates = append(list.Rates, pricebook.Rate{
			Provider: "azure", Region: "germanywestcentral", Kind: pricebook.Licences, Item: pricebook.LicenceItem("rhel", pricebook.BySize(size)), Part: pricebook.Unit,
			USD: number(finops.NewAmount(int64(144*size), 4).String()), AsOf: "2026-11-28",
		})
	}
	book, err := book.With(list)
	require.NoError(t, err)
	// 0.0288 and 0.96 × 730 hours; 0.10 × 8 vCPU × 730 hours.
	assert.Equal(t, []string{"aws red 21.024", "aws sql 700.8", "azure red 21.024", "azure sql 584"}, licences(book))
}
