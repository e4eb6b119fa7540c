package document_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
)

// samples are short documents of all ways to read one.
var samples = map[string]struct {
	text string
	kind document.Kind
}{
	"i.json":    {`{"Reservations":[{"OwnerId":"4","Instances":[{"InstanceId":"i-1","State":{"Name":"stopped"},"StateTransitionReason":"User initiated (2026-08-30 17:02:41 GMT)"}]}]}`, document.AWSInstances},
	"v.json":    {`{"Volumes":[{"VolumeId":"vol-1","State":"in-use","Attachments":[{"InstanceId":"i-1","State":"attached"}]}]}`, document.AWSVolumes},
	"s.json":    {`{"Snapshots":[{"SnapshotId":"snap-1","VolumeId":"vol-1","OwnerId":"4"}]}`, document.AWSSnapshots},
	"a.json":    {`{"Addresses":[{"AllocationId":"eipalloc-1"}]}`, document.AWSAddresses},
	"t__1.json": {`{"TargetHealthDescriptions":[]}`, document.AWSTargetHealth},
	"m.json":    {`{"MetricDataResults":[{"Id":"m","Label":"AWS/EC2 i-1 CPUUtilization Maximum 86400","Timestamps":["2026-10-27T00:00:00Z"],"Values":[1.5]}]}`, document.AWSMetrics},
	"o.json":    {`{"instanceRecommendations":[{"instanceArn":"arn:aws:ec2:r:4:instance/i-1","finding":"Overprovisioned","recommendationOptions":[{"instanceType":"m5.large"}]}]}`, document.ComputeOptimizer},
	"ta.json":   {`{"result":{"checkId":"DAvU99Dc4C","timestamp":"2026-10-27T02:15:02Z","flaggedResources":[{"metadata":["r","vol-1","n","t","5","$4.00",null]}]}}`, document.TrustedAdvisor},
	"g.json":    {`{"count":1,"total_records":1,"data":[{"id":"/subscriptions/1/resourceGroups/g/providers/Microsoft.Web/serverfarms/p","properties":{"numberOfSites":0}}]}`, document.AzureInventory},
	"g.csv":     {"id,properties\n/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/disks/d,\"{\"\"diskState\"\":\"\"Unattached\"\"}\"\n", document.AzureInventory},
	"am.csv":    {"ResourceId,MetricName,TimeGrain,TimeStamp,Maximum\n/subscriptions/1/x,Percentage CPU,P1D,2026-10-27T00:00:00Z,3\n", document.AzureMetrics},
	"ad.csv":    {"Category,Recommendation,Subscription ID,Resource Group,Resource Name,Type,Potential Annual Cost Savings\nCost,Shut down,1,g,v,Virtual machine,\"1,682\"\n", document.AzureAdvisor},
	"c.jsonl":   {"{\"name\":\"//compute.googleapis.com/projects/p/zones/z/disks/d\",\"asset_type\":\"compute.googleapis.com/Disk\",\"resource\":{\"data\":{\"id\":\"7\"}}}\n{\"name\":\"//compute.google", document.GoogleAssets},
	"ts.json":   {`{"timeSeries":[{"metric":{"type":"compute.googleapis.com/instance/cpu/utilization"},"resource":{"labels":{"instance_id":"7"}},"points":[{"interval":{"startTime":"2026-10-27T00:00:00Z","endTime":"2026-10-28T00:00:00Z"},"value":{"doubleValue":0.004}}]}]}`, document.GoogleMetrics},
	"pur.json":  {`{"Metadata":{"RecommendationId":"a","GenerationTimestamp":"2026-11-18T20:00:00Z"},"Recommendations":[{"AccountScope":"PAYER","LookbackPeriodInDays":"THIRTY_DAYS","TermInYears":"ONE_YEAR","PaymentOption":"NO_UPFRONT","RecommendationDetails":[{"AccountId":"310000000011","InstanceDetails":{"RDSInstanceDetails":{"Family":"db.m5","InstanceType":"db.m5.large","Region":"eu-central-1","DatabaseEngine":"PostgreSQL"}},"RecommendedNumberOfInstancesToPurchase":"2","EstimatedMonthlySavingsAmount":"61.32","CurrencyCode":"USD"}]}]}`, document.AWSPurchases},
	"rr.json":   {`{"value":[{"id":"/subscriptions/1/providers/Microsoft.Consumption/reservationRecommendations/a","location":"westeurope","sku":"Standard_D2s_v3","kind":"legacy","properties":{"term":"P1Y","recommendedQuantity":2,"netSavings":41.57,"lookBackPeriod":"Last30Days"}}]}`, document.AzureReservations},
	"r.json":    {`[{"description":"d","recommenderSubtype":"STOP_VM","primaryImpact":{"costProjection":{"cost":{"currencyCode":"USD","units":"-153","nanos":-840000000},"duration":"2592000s"}},"targetResources":["//compute.googleapis.com/projects/p/zones/z/instances/i"]}]`, document.GoogleRecommender},
}

// sheets are price sheets in their true shapes, with what is asked of them and the price of one unit.
var sheets = map[string]struct {
	text string
	kind document.Kind
	of   document.PriceOf
	want string // "" = none
}{
	"offer.json": {`{"formatVersion":"v1.0","offerCode":"AmazonEC2","publicationDate":"2026-10-19T08:00:00Z","products":{"A1":{"sku":"A1","productFamily":"Compute Instance","attributes":{"servicecode":"AmazonEC2","regionCode":"eu-west-1","usagetype":"EU-BoxUsage:m5.large","operation":"RunInstances","tenancy":"Shared","capacitystatus":"Used"}},"A2":{"sku":"A2","attributes":{"regionCode":"eu-west-1","usagetype":"EU-BoxUsage:m5.large","operation":"RunInstances:0002","tenancy":"Shared","capacitystatus":"Used"}}},"terms":{"OnDemand":{"A1":{"A1.J":{"sku":"A1","priceDimensions":{"A1.J.6":{"unit":"Hrs","beginRange":"0","endRange":"Inf","pricePerUnit":{"USD":"0.0900000000"}}}}},"A2":{"A2.J":{"sku":"A2","priceDimensions":{"A2.J.6":{"unit":"Hrs","beginRange":"0","pricePerUnit":{"USD":"0.1820000000"}}}}}},"Reserved":{"A1":{"A1.R":{"sku":"A1","priceDimensions":{"A1.R.6":{"unit":"Hrs","pricePerUnit":{"USD":"0.05"}}}}}}}}`,
		document.AWSPrices, document.PriceOf{Provider: "AWS", Region: "eu-west-1", Name: "BoxUsage:m5.large", Operation: "RunInstances", Currency: "USD"}, "0.09"},
	"offer.csv": {"\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"x\"\n\"Publication Date\",\"2026-10-19T08:00:00Z\"\n\"Version\",\"1\"\n\"OfferCode\",\"AmazonS3\"\n\"SKU\",\"TermType\",\"StartingRange\",\"EndingRange\",\"Unit\",\"PricePerUnit\",\"Currency\",\"Region Code\",\"usageType\",\"operation\"\n\"B\",\"OnDemand\",\"0\",\"51200\",\"GB-Mo\",\"0.0036\",\"USD\",\"eu-west-1\",\"EU-TimedStorage-GDA-ByteHrs\",\"\"\n\"B\",\"OnDemand\",\"51200\",\"Inf\",\"GB-Mo\",\"0.003\",\"USD\",\"eu-west-1\",\"EU-TimedStorage-GDA-ByteHrs\",\"\"\n",
		document.AWSPrices, document.PriceOf{Provider: "AWS", Region: "eu-west-1", Name: "TimedStorage-GDA-ByteHrs", Currency: "USD"}, "0.0036"},
	"products.json": {`{"FormatVersion":"aws_v1","PriceList":["{\"product\":{\"sku\":\"A1\",\"attributes\":{\"regionCode\":\"eu-west-1\",\"usagetype\":\"EU-EBS:VolumeUsage.gp3\",\"operation\":\"\"}},\"terms\":{\"OnDemand\":{\"A1.J\":{\"priceDimensions\":{\"A1.J.6\":{\"unit\":\"GB-Mo\",\"beginRange\":\"0\",\"pricePerUnit\":{\"USD\":\"0.07\"}}}}}},\"publicationDate\":\"2026-10-19T08:00:00Z\"}"]}`,
		document.AWSPrices, document.PriceOf{Provider: "AWS", Region: "eu-west-1", Name: "EBS:VolumeUsage.gp3", Currency: "USD"}, "0.07"},
	"ea.csv": {"Price Sheet Report for billing period - 202610\n\nMeter ID,Meter name,Meter category,Meter sub-category,Meter region,Unit,Unit of measure,Part number,Unit price,Currency code,Included quantity,Offer Id,Term,Price type\n1,D2 v3/D2s v3,Virtual Machines,Dv3/DSv3 Series,EU West,100 Hours,100 Hours,P,8.2,EUR,0,MS-AZR-0017P,,Consumption\n2,D2 v3/D2s v3,Virtual Machines,Dv3/DSv3 Series Windows,EU West,100 Hours,100 Hours,P,16.1,EUR,0,MS-AZR-0017P,,Consumption\n3,D2s v3,Virtual Machines,Dv3/DSv3 Series,EU West,1 Hour,1 Hour,P,410,EUR,0,MS-AZR-0017P,P1Y,Reservation\n",
		document.AzurePrices, document.PriceOf{Provider: "Microsoft Azure", Region: "westeurope", Name: "D2s v3", Currency: "EUR"}, "0.082"},
	"mca.csv": {"basePrice,billingAccountId,billingCurrency,currency,effectiveEndDate,effectiveStartDate,includedQuantity,marketPrice,meterCategory,meterId,meterName,meterRegion,meterSubCategory,meterType,priceType,product,productId,serviceFamily,skuId,term,tierMinimumUnits,unitOfMeasure,unitPrice\n0.1,b,EUR,EUR,12/31/2026,10/01/2026,0,0.1,Virtual Machines,m,D2s v5,US East 2,Dsv5 Series,1 Compute Hour,Consumption,Virtual Machines Dsv5 Series - D2s v5 - US East 2,DZ,Compute,DZ/1,,0,1 Hour,0.088\n",
		document.AzurePrices, document.PriceOf{Provider: "Microsoft Azure", Region: "eastus2", Name: "D2s v5", Currency: "EUR"}, "0.088"},
	"retail.json": {`{"BillingCurrency":"EUR","Items":[{"currencyCode":"EUR","tierMinimumUnits":0.0,"retailPrice":0.0912,"unitPrice":0.0912,"armRegionName":"westeurope","meterName":"D2s v5","productName":"Virtual Machines Dsv5 Series","unitOfMeasure":"1 Hour","type":"Consumption","effectiveStartDate":"2026-10-01T00:00:00Z"},{"currencyCode":"EUR","tierMinimumUnits":0.0,"unitPrice":812.0,"armRegionName":"westeurope","meterName":"D2s v5","productName":"Virtual Machines Dsv5 Series","unitOfMeasure":"1 Hour","type":"Reservation"}],"NextPageLink":null}`,
		document.AzurePrices, document.PriceOf{Provider: "Microsoft Azure", Region: "westeurope", Name: "D2s v5", Currency: "EUR"}, "0.0912"},
	"skus.json": {`{"skus":[{"skuId":"A","description":"Storage PD Capacity in Frankfurt","category":{"usageType":"OnDemand"},"serviceRegions":["europe-west3"],"pricingInfo":[{"effectiveTime":"2026-10-19T08:00:00Z","pricingExpression":{"usageUnit":"GiBy.mo","tieredRates":[{"startUsageAmount":0,"unitPrice":{"currencyCode":"EUR","units":"0","nanos":48000000}}]}}]},{"skuId":"B","description":"Storage PD Capacity in Frankfurt","category":{"usageType":"Preemptible"},"serviceRegions":["europe-west3"],"pricingInfo":[{"pricingExpression":{"usageUnit":"GiBy.mo","tieredRates":[{"unitPrice":{"currencyCode":"EUR","units":"9"}}]}}]}],"nextPageToken":""}`,
		document.GooglePrices, document.PriceOf{Provider: "Google Cloud", Region: "europe-west3", Name: "pd-standard", Currency: "EUR"}, "0.048"},
	"machine.json": {`{"skus":[{"description":"N2D AMD Instance Core running in Frankfurt","category":{"usageType":"OnDemand"},"serviceRegions":["europe-west3"],"pricingInfo":[{"pricingExpression":{"usageUnit":"h","tieredRates":[{"startUsageAmount":0,"unitPrice":{"currencyCode":"USD","units":"1","nanos":35000000}}]}}]},{"description":"Standard Storage EU Multi-region","category":{"usageType":"OnDemand"},"serviceRegions":["europe-west3"],"pricingInfo":[{"pricingExpression":{"usageUnit":"GiBy.mo","tieredRates":[{"startUsageAmount":0,"unitPrice":{"currencyCode":"USD","nanos":26000000}}]}}]}]}`,
		document.GooglePrices, document.PriceOf{Provider: "Google Cloud", Region: "europe-west3", Name: "n2d instance core running in Frankfurt", Currency: "USD"}, "1.035"},
	"steps.json": {`{"skus":[{"description":"Fee","category":{"usageType":"OnDemand"},"serviceRegions":["global"],"pricingInfo":[{"pricingExpression":{"usageUnit":"h","tieredRates":[{"startUsageAmount":0,"unitPrice":{"currencyCode":"USD","units":"1"}}]}}]},{"description":"Nearline Storage Frankfurt","category":{"usageType":"OnDemand"},"serviceRegions":["europe-west3"],"pricingInfo":[{"pricingExpression":{"usageUnit":"GiBy.mo","tieredRates":[{"startUsageAmount":0,"unitPrice":{"currencyCode":"USD"}},{"startUsageAmount":5,"unitPrice":{"currencyCode":"USD","nanos":16000000}}]}}]}]}`,
		document.GooglePrices, document.PriceOf{Provider: "Google Cloud", Region: "europe-west3", Name: "nearline", Currency: "USD"}, ""},
	"own.csv":        {"provider,region,name,unit,price,currency,day\ngcp,europe-west1,pd-standard,1 GB-month,0.031,USD,2026-10-01\n", document.PriceList, document.PriceOf{Provider: "Google Cloud", Region: "europe-west1", Name: "pd-standard", Currency: "USD"}, "0.031"},
	"everywhere.csv": {"provider,region,name,unit,price,currency\nAWS,,m6a.large,hour,0.07,USD\n", document.PriceList, document.PriceOf{Provider: "AWS", Region: "eu-west-1", Name: "m6a.large", Operation: "RunInstances", Currency: "USD"}, "0.07"},
	"foreign.csv":    {"provider,name,unit,price,currency\nAWS,m6a.large,hour,0.07,EUR\n", document.PriceList, document.PriceOf{Provider: "AWS", Name: "m6a.large", Currency: "USD"}, ""},
	"twice.csv":      {"provider,name,unit,price,currency\nAWS,m6a.large,hour,0.07,USD\nAWS,m6a.large,hour,0.08,USD\n", document.PriceList, document.PriceOf{Provider: "AWS", Name: "m6a.large", Currency: "USD"}, ""},
}

func TestRead_PriceSheets(t *testing.T) {
	for name, s := range sheets {
		d, err := document.Read(name, []byte(s.text))
		if name == "twice.csv" {
			require.ErrorContains(t, err, "without a price")
			continue
		}
		require.NoError(t, err, name)
		assert.Equal(t, s.kind, d.Kind, name)
		p := document.NewFacts([]*document.Document{d}).Price(s.of)
		if s.want == "" {
			assert.Nil(t, p, name)
			continue
		}
		require.NotNil(t, p, name)
		assert.Equal(t, s.want, strings.TrimRight(p.Value.FloatString(6), "0"), name)
		assert.Same(t, d, p.Document())
		is, decided := document.Looks([]byte(s.text))
		assert.Equal(t, decided, is, name)
	}
	offer, err := document.Read("offer.json", []byte(sheets["offer.json"].text))
	require.NoError(t, err)
	facts := document.NewFacts([]*document.Document{offer})
	of := sheets["offer.json"].of
	of.Operation = "RunInstances:0002"
	assert.Equal(t, "0.182", facts.Price(of).Value.FloatString(3), "with Windows")
	of.Operation = "RunInstances:0010"
	assert.Nil(t, facts.Price(of), "what has several prices has none where the operation does not tell")
	bill := "MeterName,UnitPrice,UnitOfMeasure,Quantity,ResourceId\nD2s v5,0.1,1 Hour,3,x\n"
	is, decided := document.Looks([]byte(bill))
	assert.True(t, decided && !is, "a bill is none")
}

func TestRead_FindsOutWhatAFileIs(t *testing.T) {
	for name, s := range samples {
		d, err := document.Read(name, []byte("\xef\xbb\xbf"+s.text))
		require.NoError(t, err, name)
		assert.Equal(t, s.kind, d.Kind, name)
	}
	cut, err := document.Read("c.jsonl", []byte(samples["c.jsonl"].text))
	require.NoError(t, err)
	assert.False(t, cut.Whole, "the whole lines of a file that is cut off count, and absence in it does not")
	assert.Equal(t, "gcp:disks/7", cut.Things[0].Key)
	page, err := document.Read("v.json", []byte(`{"Volumes":[],"NextToken":"x"}`))
	require.NoError(t, err)
	assert.False(t, page.Whole)
	r, err := document.Read("r.json", []byte(samples["r.json"].text))
	require.NoError(t, err)
	assert.Equal(t, "153.84", r.Advice[0].Monthly.String())
	ad, err := document.Read("ad.csv", []byte(samples["ad.csv"].text))
	require.NoError(t, err)
	assert.Equal(t, "140.17", ad.Advice[0].Monthly.String(), "a twelfth of a year")
}

func TestRead_SaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		code finops.Code
		says string
	}{
		"cut.json":     {`{"Volumes":[{"VolumeId":"vol-`, finops.CodeInvalid, "it ends in the middle"},
		"broken.json":  {`{"Volumes":[}`, finops.CodeInvalid, "not valid JSON"},
		"field.json":   {`{"Volumes":7}`, finops.CodeInvalid, "unexpected value"},
		"other.json":   {`{"hello":"world"}`, finops.CodeUnsupported, "not a client document"},
		"bill.csv":     {"BilledCost,ChargePeriodStart\n1,2026-01-01\n", finops.CodeUnsupported, "not a client document"},
		"empty.csv":    {" ", finops.CodeInvalid, "it is empty"},
		"binary.bin":   {"\xff\xfe\x00", finops.CodeUnsupported, "not text"},
		"health.json":  {`{"TargetHealthDescriptions":[]}`, finops.CodeInvalid, "NAME__HASH.json"},
		"metrics.json": {`{"MetricDataResults":[{"Id":"m0","Label":"CPUUtilization","Timestamps":[],"Values":[]}]}`, finops.CodeInvalid, "do not say which resource"},
	} {
		_, err := document.Read(name, []byte(c.text))
		require.Error(t, err, name)
		assert.Equal(t, c.code, finops.CodeOf(err), name)
		assert.Contains(t, finops.MessageOf(err), name)
		assert.Contains(t, finops.MessageOf(err), c.says)
	}
}

// TestLabel_IsForItsOwnFile: ids of queries repeat from file to file.
func TestLabel_IsForItsOwnFile(t *testing.T) {
	queries := []byte(`[{"Id":"m0","MetricStat":{"Metric":{"Namespace":"AWS/EC2","MetricName":"CPUUtilization","Dimensions":[{"Name":"InstanceId","Value":"i-1"}]},"Period":86400,"Stat":"Maximum"}}]`)
	results := func(id, label string) []byte {
		return []byte(`{"MetricDataResults":[{"Id":"` + id + `","Label":"` + label + `","Timestamps":["2026-10-27T00:00:00Z"],"Values":[1.23456789012345678]}]}`)
	}
	text, ok := document.Label(results("m0", "CPUUtilization"), queries)
	require.True(t, ok)
	d, err := document.Read("m.json", text)
	require.NoError(t, err)
	assert.Equal(t, "i-1", d.Series[0].Key)
	assert.Equal(t, "1.23456789012345678", d.Series[0].Points[0].Value.String())
	_, ok = document.Label(results("m1", "CPUUtilization"), queries)
	assert.False(t, ok, "another id")
	_, ok = document.Label(results("m0", "AWS/EBS vol-1 VolumeReadOps Sum 3600"), queries)
	assert.False(t, ok, "a label that says what it is")
}

func TestKeys_AreWhatBillsAndDocumentsHaveInCommon(t *testing.T) {
	for id, key := range map[string]string{
		"arn:aws:ec2:eu-west-1:4:snapshot/snap-1":                          "snap-1",
		"//compute.googleapis.com/projects/5/zones/z/instances/71":         "gcp:instances/71",
		"https://www.googleapis.com/compute/v1/projects/p/zones/z/disks/d": "gcp:projects/p/zones/z/disks/d",
		"/subscriptions/1/resourceGroups/RG/x":                             "/subscriptions/1/resourcegroups/rg/x",
	} {
		assert.Equal(t, key, document.Key(id))
	}
	assert.Equal(t, []string{"arn:aws:rds:r:4:db:orders", "db:orders"}, document.Keys("arn:aws:rds:r:4:db:orders"))
	assert.True(t, document.Weak("db:orders"))
}

// readOnly are the commands that scripts may run, each of which only reads.
var readOnly = regexp.MustCompile(`^(aws [a-z0-9-]+ (describe|get|list)-[a-z0-9-]+|az (graph query|vm list|monitor metrics list|advisor recommendation list)|` +
	`gcloud (asset list|compute (instances|addresses) list|recommender recommendations list|auth print-access-token)|curl -sSG "https://(monitoring\.googleapis\.com/v3|cloudbilling\.googleapis\.com/v1/services)/)`)

// called finds the calls of a script.
var called = regexp.MustCompile(`(?:^|[ (])((?:aws|az|gcloud|curl) [a-z-].*)`)

func TestScript_OnlyReads(t *testing.T) {
	for _, name := range []string{"aws", "azure", "gcp"} {
		script, ok := document.Script(name)
		require.True(t, ok)
		calls := 0
		for line := range strings.SplitSeq(script, "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "#") {
				continue
			}
			for rest := line; ; {
				m := called.FindStringSubmatchIndex(rest)
				if m == nil {
					break
				}
				call := rest[m[2]:m[3]]
				assert.Regexp(t, readOnly, call)
				calls++
				rest = call[4:]
			}
		}
		assert.Positive(t, calls)
		assert.NotRegexp(t, `\b(rm|sudo|eval|wget|chmod)\b|--data |-X `, script)
	}
}

func TestScript_IsThereForEachKind(t *testing.T) {
	for _, k := range document.Kinds() {
		script, ok := document.Script(string(k.Kind))
		require.True(t, ok, k.Kind)
		assert.Contains(t, script, "# == "+string(k.Kind))
		assert.NotEmpty(t, k.Contains)
		assert.NotEmpty(t, k.Decides)
	}
	_, ok := document.Script("nothing")
	assert.False(t, ok)
}

// FuzzRead: whatever a file says, it is a document or an error with a sentence.
func FuzzRead(f *testing.F) {
	for name, s := range samples {
		f.Add(name, []byte(s.text))
	}
	for name, s := range sheets {
		f.Add(name, []byte(s.text))
	}
	f.Add("x.json", []byte(`{"Values":[1e999999999],"MetricDataResults":[{"Label":"AWS/EC2 i CPUUtilization Maximum 1","Timestamps":["2026-10-27T00:00:00Z"],"Values":[1e999999999]}]}`))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		document.Looks(data)
		d, err := document.Read(name, data)
		if err != nil {
			require.Contains(t, []finops.Code{finops.CodeInvalid, finops.CodeUnsupported}, finops.CodeOf(err))
			require.NotEmpty(t, finops.MessageOf(err))
			return
		}
		facts := document.NewFacts([]*document.Document{d})
		for _, x := range d.Things {
			require.NotNil(t, facts.Thing(x.Type, x.Key))
		}
		for _, s := range d.Series {
			require.NotEmpty(t, s.Points)
		}
	})
}

// TestRead_Purchases: what the providers recommend to buy, in the forms of their answers.
func TestRead_Purchases(t *testing.T) {
	for name, c := range map[string]struct{ text, said, monthly, currency, key string }{
		"plan.json": {`{"Metadata":{},"SavingsPlansPurchaseRecommendation":{"SavingsPlansType":"EC2_INSTANCE_SP","TermInYears":"ONE_YEAR","PaymentOption":"NO_UPFRONT","SavingsPlansPurchaseRecommendationDetails":[{"AccountId":"4","SavingsPlansDetails":{"Region":"eu-central-1","InstanceFamily":"m5"},"CurrencyCode":"USD","HourlyCommitmentToPurchase":"1.204","EstimatedMonthlySavingsAmount":"310.5"}]}}`,
			"EC2 Instance Savings Plan m5 with a commitment of USD 1.204 an hour for 1 year, no upfront", "310.5", "USD", "savingsplan:ec2_instance_sp/eu-central-1/m5"},
		"reserved.json": {`[{"Metadata":{},"Recommendations":[{"TermInYears":"THREE_YEARS","PaymentOption":"ALL_UPFRONT","RecommendationDetails":[{"AccountId":"4","InstanceDetails":{"ESInstanceDetails":{"InstanceClass":"m5","InstanceSize":"large","Region":"eu-central-1"}},"RecommendedNumberOfInstancesToPurchase":"3","EstimatedMonthlySavingsAmount":"12.1","CurrencyCode":"USD"}]}]}]`,
			"Reserve 3 × m5.large for 3 years, all upfront", "12.1", "USD", "reservation:eu-central-1/m5.large"},
		"legacy.json": {`[{"id":"/subscriptions/1/providers/Microsoft.Consumption/reservationRecommendations/a","location":"westeurope","sku":"Standard_D2s_v3","kind":"legacy","properties":{"term":"P1Y","recommendedQuantity":2,"netSavings":41.57,"lookBackPeriod":"Last30Days"}}]`,
			"Reserve 2 × Standard_D2s_v3 for 1 year", "41.57", "", "reservation:westeurope/standard_d2s_v3"},
		"modern.json": {`[{"id":"/subscriptions/1/providers/Microsoft.Consumption/reservationRecommendations/a","kind":"modern","properties":{"location":"westeurope","skuName":"Standard_D4s_v5","term":"P3Y","recommendedQuantity":1,"netSavings":{"currency":"EUR","value":7.5},"lookBackPeriod":"Last30Days"}}]`,
			"Reserve 1 × Standard_D4s_v5 for 3 years", "7.5", "EUR", "reservation:westeurope/standard_d4s_v5"},
		"week.json": {`[{"id":"/subscriptions/1/providers/Microsoft.Consumption/reservationRecommendations/a","kind":"legacy","sku":"X","location":"w","properties":{"term":"P1Y","recommendedQuantity":1,"netSavings":7.5,"lookBackPeriod":"Last7Days"}}]`,
			"Reserve 1 × X for 1 year", "", "", "reservation:w/x"},
	} {
		d, err := document.Read(name, []byte(c.text))
		require.NoError(t, err, name)
		require.Len(t, d.Advice, 1, name)
		a := d.Advice[0]
		assert.Equal(t, []string{c.said, c.currency, c.key, document.ActionReserve}, []string{a.Said, a.Currency, a.Key, a.Action}, name)
		if c.monthly == "" {
			assert.Nil(t, a.Monthly, name)
			continue
		}
		assert.Equal(t, c.monthly, a.Monthly.String(), name)
	}
	d, err := document.Read("none.json", []byte(`{"Metadata":{"GenerationTimestamp":"2026-11-18T20:00:00Z"},"Recommendations":[]}`))
	require.NoError(t, err)
	assert.Equal(t, document.AWSPurchases, d.Kind, "none is recommended")
}
