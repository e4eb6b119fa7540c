package awscloud_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// besideOf is what an address is asked beside bills, with more values.
func besideOf(t *testing.T, address string, more map[string]string) source.Beside {
	t.Helper()
	values := map[string]string{"access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": "planted", "sts_endpoint": address, "services_endpoint": address, "inventory_regions": "eu-central-1"}
	maps.Copy(values, more)
	signIn, err := awscloud.ParseSignIn(values)
	require.NoError(t, err)
	via := connectortest.Reach(t)
	session, err := signIn.Open("eu-central-1", via)
	require.NoError(t, err)
	b, err := session.Beside(values, via)
	require.NoError(t, err)
	return b
}

// documentsOf fetches all that is listed, and reads it as a file that a person adds.
func documentsOf(t *testing.T, b source.Beside) map[string]*document.Document {
	t.Helper()
	docs := map[string]*document.Document{}
	require.NoError(t, b.List(func(o source.Object) error {
		var text bytes.Buffer
		require.NoError(t, b.Fetch(t.Context(), o, &text), o.Key)
		if text.Len() == 0 {
			return nil
		}
		d, err := document.Read(o.Key, text.Bytes())
		require.NoError(t, err, "%s: %s", o.Key, text.String())
		name, _ := source.ExtraName(o.DataSet)
		docs[name] = d
		return nil
	}))
	return docs
}

// TestBeside reads an account that moto plays.
func TestBeside(t *testing.T) {
	address := withoutPercentiles(t, connectortest.Moto(t))
	made := connectortest.Populate(t, address)
	t.Run("Inventories", func(t *testing.T) { inventories(t, address, made) })
	t.Run("Metrics", func(t *testing.T) { metrics(t, address, made) })
	t.Run("Steps", func(t *testing.T) { steps(t, address) })
}

// withoutPercentiles stands before moto, which has no percentiles and fails where one is asked for.
func withoutPercentiles(t *testing.T, address string) string {
	t.Helper()
	to, err := url.Parse(address)
	require.NoError(t, err)
	server := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		body, err := io.ReadAll(r.In.Body)
		assert.NoError(t, err)
		text := strings.ReplaceAll(string(body), "MetricStat.Stat=p99", "MetricStat.Stat=Average")
		r.Out.Body, r.Out.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
	}})
	t.Cleanup(server.Close)
	return server.URL
}

func inventories(t *testing.T, address string, made connectortest.Estate) {
	t.Helper()
	b := besideOf(t, address, map[string]string{"inventories": "on"})
	docs := documentsOf(t, b)
	assert.ElementsMatch(t, []string{"EC2 instances", "EBS volumes", "EBS snapshots", "Images (AMI)", "Elastic IP addresses", "Load balancers", "Target groups", "Health of targets", "RDS instances"}, slices.Collect(maps.Keys(docs)))
	for name, d := range docs {
		assert.True(t, d.Whole, name)
		assert.Equal(t, []string{"123456789012"}, d.Accounts, "%s: the account is named", name)
	}
	facts := document.NewFacts(slices.Collect(maps.Values(docs)))
	machine := facts.Thing(document.Machine, document.Key(made.Machine))
	require.NotNil(t, machine)
	assert.Equal(t, []string{"running", "m5.large", "eu-central-1", "shop & web"}, []string{machine.State, machine.Size, machine.Region, machine.Name})
	disk := facts.Thing(document.Disk, document.Key(made.Volume))
	require.NotNil(t, disk)
	assert.Empty(t, disk.On, "it is attached to nothing")
	assert.Equal(t, "available", disk.State)
	ip := facts.Thing(document.Address, document.Key(made.Free))
	require.NotNil(t, ip)
	assert.Equal(t, "free", ip.State)
	group := facts.Thing(document.TargetGroup, document.Key(made.Group))
	require.NotNil(t, group)
	health := facts.Thing(document.Target, document.TargetsOf(group))
	require.NotNil(t, health, "the health of the targets is found by the group")
	assert.Zero(t, health.Count)
	assert.Len(t, facts.Things(document.Database), 1)
	assert.NotEmpty(t, facts.Things(document.Snapshot))
	assert.Positive(t, b.Usage().Calls)
	assert.Empty(t, b.Charges(), "inventories cost nothing")
}

func metrics(t *testing.T, address string, made connectortest.Estate) {
	t.Helper()
	b := besideOf(t, address, map[string]string{"metrics": "on"})
	docs := documentsOf(t, b)
	require.Len(t, docs, 1)
	d := docs["CloudWatch metrics"]
	require.NotNil(t, d)
	at := slices.IndexFunc(d.Series, func(s *document.Series) bool { return s.Metric == document.CPU && s.Stat == document.Maximum })
	require.GreaterOrEqual(t, at, 0)
	assert.Equal(t, document.Key(made.Machine), d.Series[at].Key)
	require.Len(t, d.Series[at].Points, 1)
	assert.Equal(t, "3.25", d.Series[at].Points[0].Value.String())
	assert.Equal(t, "$0.00007 for 7 metrics of CloudWatch", b.Charges(), "four of the machine, two of the database, one of the load balancer")
}

func steps(t *testing.T, address string) {
	t.Helper()
	b := besideOf(t, address, map[string]string{"inventories": "on", "metrics": "on"})
	steps := b.Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	require.Len(t, steps, 3)
	assert.Equal(t, "Read inventories", steps[1].Name)
	assert.Contains(t, steps[1].Detail, "EC2 instances, EBS volumes")
	assert.Equal(t, "Read metrics", steps[2].Name)
	for _, s := range steps {
		assert.True(t, s.OK, s.Detail)
	}
	assert.Empty(t, besideOf(t, address, nil).Extras, "nobody has switched anything on")
}

// Where no regions are named, those are read that the account has switched on.
func TestBeside_AllRegions(t *testing.T) {
	address, asked := stand(t, says(http.StatusOK, `<DescribeRegionsResponse><regionInfo><item><regionName>us-east-1</regionName></item><item><regionName>eu-west-1</regionName></item></regionInfo></DescribeRegionsResponse>`),
		says(http.StatusOK, `<DescribeInstancesResponse/>`))
	text, err := fetchFirst(t, besideOf(t, address, map[string]string{"inventories": "on", "inventory_regions": ""}))
	require.NoError(t, err)
	assert.JSONEq(t, `{"AccountId":"123456789012","Reservations":[]}`, text)
	assert.Len(t, *asked, 3)
}

// stand answers with one answer after the other, the last one again and again.
func stand(t *testing.T, answers ...func(w http.ResponseWriter, form string)) (address string, asked *[]string) {
	t.Helper()
	asked = &[]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		form, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		if strings.Contains(string(form), "GetCallerIdentity") {
			_, _ = io.WriteString(w, `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/a</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`)
			return
		}
		*asked = append(*asked, string(form))
		answers[min(len(*asked), len(answers))-1](w, string(form))
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

func says(status int, text string) func(http.ResponseWriter, string) {
	return func(w http.ResponseWriter, _ string) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
}

func fetchFirst(t *testing.T, b source.Beside) (text string, err error) {
	t.Helper()
	var first *source.Object
	require.NoError(t, b.List(func(o source.Object) error {
		if first == nil {
			first = &o
		}
		return nil
	}))
	var out bytes.Buffer
	err = b.Fetch(t.Context(), *first, &out)
	return out.String(), err
}

const machinePage = `<DescribeInstancesResponse><reservationSet><item><ownerId>123456789012</ownerId><instancesSet><item><instanceId>i-0%s</instanceId></item></instancesSet></item></reservationSet><nextToken>%s</nextToken></DescribeInstancesResponse>`

func TestBeside_PagesAndFaults(t *testing.T) {
	page := func(id, next string) func(http.ResponseWriter, string) {
		return says(http.StatusOK, strings.NewReplacer("i-0%s", "i-0"+id, "%s", next).Replace(machinePage))
	}
	address, asked := stand(t, page("1", "n2"), says(http.StatusServiceUnavailable, `<Response><Errors><Error><Code>RequestLimitExceeded</Code></Error></Errors></Response>`),
		says(http.StatusOK, "<html>sign in</html>"), says(http.StatusOK, "<DescribeInstancesResponse><reservationSet><item>"), page("2", ""))
	text, err := fetchFirst(t, besideOf(t, address, map[string]string{"inventories": "on"}))
	require.NoError(t, err)
	d, err := document.Read("a.json", []byte(text))
	require.NoError(t, err)
	assert.Equal(t, 2, d.Entries, "each machine once")
	require.Len(t, *asked, 5)
	assert.Contains(t, (*asked)[4], "NextToken=n2", "the same page again")
}

func TestBeside_Refusals(t *testing.T) {
	for name, c := range map[string]struct {
		status     int
		text, want string
	}{
		"NotAllowed": {http.StatusForbidden, `<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>x</Message></Error></Errors></Response>`, "The permission ec2:DescribeInstances on * is missing"},
		"RegionOff":  {http.StatusUnauthorized, `<Response><Errors><Error><Code>AuthFailure</Code><Message>x</Message></Error></Errors></Response>`, "AWS refuses the region eu-central-1"},
		"Key":        {http.StatusForbidden, `<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>`, "AWS does not know the access key"},
	} {
		t.Run(name, func(t *testing.T) {
			address, asked := stand(t, says(c.status, c.text))
			_, err := fetchFirst(t, besideOf(t, address, map[string]string{"inventories": "on"}))
			assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
			assert.Contains(t, finops.MessageOf(err), c.want)
			assert.Len(t, *asked, 1, "a refusal is not tried again")
		})
	}
}

func TestBeside_Regions(t *testing.T) {
	signIn, err := awscloud.ParseSignIn(map[string]string{"profile": "", "access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": "planted"})
	require.NoError(t, err)
	via := connectortest.Reach(t)
	session, err := signIn.Open("", via)
	require.NoError(t, err)
	_, err = session.Beside(map[string]string{"inventory_regions": "Frankfurt"}, via)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "Regions must be names of regions")
}

// Policies are of what is switched on, and of nothing else.
func TestBeside_Calls(t *testing.T) {
	actions := func(values map[string]string) (all []string) {
		for _, c := range awscloud.BesideCalls(values) {
			all = append(all, c.Action)
		}
		return all
	}
	assert.Empty(t, actions(map[string]string{"inventories": "off"}))
	both := actions(map[string]string{"inventories": "on", "metrics": "on"})
	assert.Contains(t, both, "ec2:DescribeRegions")
	assert.Contains(t, both, "cloudwatch:GetMetricData")
	unique := slices.Clone(both)
	slices.Sort(unique)
	assert.Len(t, slices.Compact(unique), len(both), "each once")
	assert.NotContains(t, actions(map[string]string{"metrics": "on", "inventory_regions": "eu-central-1"}), "ec2:DescribeRegions")
}

// TestBeside_Recommendations plays the documented shapes of Cost Optimization Hub and Compute Optimizer: pages, a throttled one, and both not switched on.
func TestBeside_Recommendations(t *testing.T) {
	hub := `{"items":[{"recommendationId":"r-1","accountId":"310000000011","region":"eu-central-1","resourceId":"i-0aaa000000000001","estimatedMonthlySavings":41.52,"currencyCode":"USD","actionType":"Rightsize","lastRefreshTimestamp":1.7637e9}],"nextToken":"t2"}`
	throttled := says(http.StatusBadRequest, `{"__type":"ThrottlingException","message":"Rate exceeded"}`)
	optimizer := `{"instanceRecommendations":[{"instanceArn":"arn:aws:ec2:eu-central-1:310000000011:instance/i-0aaa000000000001","accountId":"310000000011","currentInstanceType":"m5.large","finding":"OVER_PROVISIONED","recommendationOptions":[{"instanceType":"m6a.large","savingsOpportunity":{"estimatedMonthlySavings":{"currency":"USD","value":7.25}}}]}],"errors":[]}`
	address, asked := stand(t, says(http.StatusOK, hub), throttled, says(http.StatusOK, `{"items":[]}`), says(http.StatusOK, optimizer))
	docs := documentsOf(t, besideOf(t, address, map[string]string{"recommendations": "on"}))
	require.Len(t, docs, 2)
	facts := document.NewFacts(slices.Collect(maps.Values(docs)))
	advice := facts.Advice(document.Key("i-0aaa000000000001"))
	require.Len(t, advice, 2)
	assert.Equal(t, "41.52", docs["Cost Optimization Hub"].Advice[0].Monthly.String(), "exactly as AWS says it")
	assert.Equal(t, "m6a.large", docs["Compute Optimizer"].Advice[0].Target)
	assert.Equal(t, []string{`{"maxResults":1000}`, `{"maxResults":1000,"nextToken":"t2"}`, `{"maxResults":1000,"nextToken":"t2"}`, `{"maxResults":1000}`}, *asked)

	for code, want := range map[string]string{"ValidationException": "Cost Optimization Hub is not switched on", "AccessDeniedException": "cost-optimization-hub:ListRecommendations on * is missing"} {
		refused, _ := stand(t, says(http.StatusBadRequest, `{"__type":"`+code+`","message":"no"}`))
		_, err := fetchFirst(t, besideOf(t, refused, map[string]string{"recommendations": "on"}))
		assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
		assert.Contains(t, finops.MessageOf(err), want)
	}
}

func TestBeside_Prices(t *testing.T) {
	product := func(kind, price string) string {
		text, err := json.Marshal(`{"product":{"productFamily":"Compute Instance","attributes":{"instanceType":"` + kind + `","regionCode":"eu-central-1","operatingSystem":"Linux","tenancy":"Shared","preInstalledSw":"NA","capacitystatus":"Used","operation":"RunInstances","usagetype":"EUC1-BoxUsage:` + kind + `"},"sku":"S` + kind + `"},"terms":{"OnDemand":{"a":{"priceDimensions":{"b":{"unit":"Hrs","beginRange":"0","endRange":"Inf","pricePerUnit":{"USD":"` + price + `"}}}}}},"publicationDate":"2026-11-18T00:00:00Z"}`)
		require.NoError(t, err)
		return string(text)
	}
	address, asked := stand(t, says(http.StatusOK, `{"PriceList":[`+product("m6a.large", "0.1035000000")+`],"NextToken":"n2"}`), says(http.StatusOK, `{"PriceList":[`+product("m6a.xlarge", "0.2070000000")+`]}`), says(http.StatusOK, `{"PriceList":[]}`))
	docs := documentsOf(t, besideOf(t, address, map[string]string{"list_prices": "on"}))
	d := docs["List prices eu-central-1"]
	require.NotNil(t, d)
	assert.Equal(t, document.AWSPrices, d.Kind)
	assert.NotEmpty(t, d.Prices)
	assert.Len(t, *asked, 3, "two pages of machines, one of volumes")
	assert.Contains(t, (*asked)[0], `{"Type":"TERM_MATCH","Field":"regionCode","Value":"eu-central-1"}`)

	signIn, err := awscloud.ParseSignIn(map[string]string{"access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": "planted"})
	require.NoError(t, err)
	via := connectortest.Reach(t)
	session, err := signIn.Open("", via)
	require.NoError(t, err)
	_, err = session.Beside(map[string]string{"list_prices": "on"}, via)
	assert.Contains(t, finops.MessageOf(err), "Regions is missing")
}

// TestBeside_Budgets plays pages of AWS Budgets: one of costs, one of usage, one whose limit is planned for each period.
func TestBeside_Budgets(t *testing.T) {
	address, asked := stand(t,
		says(http.StatusOK, `{"Budgets":[{"BudgetName":"Web","BudgetType":"COST","TimeUnit":"MONTHLY","BudgetLimit":{"Amount":"1500.10","Unit":"USD"},"CostFilters":{"Service":["Amazon S3","Amazon EC2"]},"CalculatedSpend":{"ActualSpend":{"Amount":"712.345","Unit":"USD"},"ForecastedSpend":{"Amount":"1620","Unit":"USD"}}},{"BudgetName":"Hours","BudgetType":"USAGE","TimeUnit":"MONTHLY","BudgetLimit":{"Amount":"10","Unit":"Hours"}}],"NextToken":"n2"}`),
		says(http.StatusOK, `{"Budgets":[{"BudgetName":"Planned","BudgetType":"COST","TimeUnit":"ANNUALLY","CalculatedSpend":{"ActualSpend":{"Amount":"1","Unit":"USD"}}}]}`))
	b := besideOf(t, address, map[string]string{"provider_budgets": "on"})
	text, err := fetchFirst(t, b)
	require.NoError(t, err)
	list, err := source.ReadBudgets(strings.NewReader(text))
	require.NoError(t, err)
	require.Len(t, list, 2, "budgets of usage are none of costs")
	assert.Equal(t, source.ProviderBudget{Provider: "AWS", Account: "123456789012", Name: "Web", Every: "month", Amount: "1500.10", Spent: "712.345", Forecast: "1620", Currency: "USD", Of: "Service: Amazon S3, Amazon EC2"}, list[0])
	assert.Equal(t, []string{"", "set for each period", "USD"}, []string{list[1].Amount, list[1].Basis, list[1].Currency})
	assert.Equal(t, `{"AccountId":"123456789012","MaxResults":100,"NextToken":"n2"}`, (*asked)[1])

	none, _ := stand(t, says(http.StatusBadRequest, `{"__type":"NotFoundException"}`))
	text, err = fetchFirst(t, besideOf(t, none, map[string]string{"provider_budgets": "on"}))
	require.NoError(t, err)
	assert.JSONEq(t, "[]", text)
	refused, _ := stand(t, says(http.StatusBadRequest, `{"__type":"AccessDeniedException"}`))
	_, err = fetchFirst(t, besideOf(t, refused, map[string]string{"provider_budgets": "on"}))
	assert.Contains(t, finops.MessageOf(err), "budgets:ViewBudget on * is missing")
}

// TestBeside_Purchases plays Cost Explorer's recommendations: a page more of the first, one that has too little data, which is not charged, and a refusal.
func TestBeside_Purchases(t *testing.T) {
	plan := func(next string) func(http.ResponseWriter, string) {
		return says(http.StatusOK, `{"Metadata":{"GenerationTimestamp":"2026-11-18T20:00:00Z"},"SavingsPlansPurchaseRecommendation":{"SavingsPlansType":"COMPUTE_SP","TermInYears":"ONE_YEAR","PaymentOption":"NO_UPFRONT","SavingsPlansPurchaseRecommendationDetails":[{"AccountId":"310000000011","CurrencyCode":"USD","HourlyCommitmentToPurchase":"1.204","EstimatedMonthlySavingsAmount":"310.500000000001"}]},"NextPageToken":"`+next+`"}`)
	}
	reserved := says(http.StatusOK, `{"Metadata":{},"Recommendations":[{"TermInYears":"ONE_YEAR","PaymentOption":"NO_UPFRONT","RecommendationDetails":[{"AccountId":"310000000011","InstanceDetails":{"RDSInstanceDetails":{"InstanceType":"db.m5.large","Region":"eu-central-1"}},"RecommendedNumberOfInstancesToPurchase":"2","EstimatedMonthlySavingsAmount":"61.32","CurrencyCode":"USD"}]}]}`)
	tooLittle := says(http.StatusBadRequest, `{"__type":"DataUnavailableException"}`)
	none := says(http.StatusOK, `{"Metadata":{},"Recommendations":[]}`)
	address, asked := stand(t, plan("n2"), plan(""), tooLittle, reserved, none)
	b := besideOf(t, address, map[string]string{"purchase_recommendations": "on"})
	docs := documentsOf(t, b)
	d := docs["Purchase recommendations"]
	require.NotNil(t, d)
	assert.Equal(t, document.AWSPurchases, d.Kind)
	require.Len(t, d.Advice, 3)
	assert.Equal(t, []string{"Compute Savings Plan with a commitment of USD 1.204 an hour for 1 year, no upfront", "310.500000000001"}, []string{d.Advice[0].Said, d.Advice[0].Monthly.String()}, "exactly as AWS says it")
	assert.Equal(t, "Reserve 2 × db.m5.large for 1 year, no upfront", d.Advice[2].Said)
	assert.Len(t, *asked, 8)
	assert.Contains(t, (*asked)[1], `"NextPageToken":"n2"`)
	assert.Equal(t, "$0.07 for 7 pages of Cost Explorer's recommendations", b.Charges(), "what is refused is not charged")

	empty, _ := stand(t, none)
	text, err := fetchFirst(t, besideOf(t, empty, map[string]string{"purchase_recommendations": "on"}))
	require.NoError(t, err)
	assert.JSONEq(t, "[]", text, "which takes the document away")
	refused, _ := stand(t, plan(""), says(http.StatusBadRequest, `{"__type":"AccessDeniedException"}`))
	steps := besideOf(t, refused, map[string]string{"purchase_recommendations": "on"}).Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	assert.Equal(t, "Read purchase recommendations", steps[1].Name)
	assert.Contains(t, steps[1].Detail, "The permission ce:GetReservationPurchaseRecommendation on * is missing")
	well, _ := stand(t, plan(""), reserved)
	steps = besideOf(t, well, map[string]string{"purchase_recommendations": "on"}).Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	assert.Equal(t, "Can be read: Purchase recommendations. Allowed: ce:GetSavingsPlansPurchaseRecommendation, ce:GetReservationPurchaseRecommendation. A sync reads this once a day. AWS charges $0.07 or more each time.", steps[1].Detail)
}

// TestBeside_PermissionsOfASwitch: the step of a switch names what is there, and each permission that is missing.
func TestBeside_PermissionsOfASwitch(t *testing.T) {
	address, _ := stand(t, says(http.StatusBadRequest, `{"__type":"AccessDeniedException"}`), says(http.StatusOK, `{"instanceRecommendations":[]}`), says(http.StatusBadRequest, `{"__type":"AccessDeniedException"}`), says(http.StatusOK, `{"PriceList":[]}`))
	steps := besideOf(t, address, map[string]string{"recommendations": "on", "provider_budgets": "on", "list_prices": "on"}).Try(t.Context(), source.Steps{{Name: "Sign in", OK: true}})
	require.Len(t, steps, 4)
	assert.Contains(t, steps[1].Detail, "The permission cost-optimization-hub:ListRecommendations on * is missing")
	assert.Contains(t, steps[1].Detail, "Can be read: Compute Optimizer. Allowed: compute-optimizer:GetEC2InstanceRecommendations.")
	assert.Equal(t, "Read budgets of the provider", steps[2].Name)
	assert.Contains(t, steps[2].Detail, "The permission budgets:ViewBudget on * is missing")
	assert.Equal(t, source.Step{Name: "Read list prices", OK: true, Detail: "Can be read: List prices eu-central-1. Allowed: pricing:GetProducts. A sync reads this once a day.", Beside: true}, steps[3])
}
