package awscloud

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/aws/smithy-go"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optRegions  = "inventory_regions"
	optServices = "services_endpoint"
)

// BesideOptions ask what is read beside bills, each with a switch of its own, and where.
func BesideOptions() []source.Option {
	return []source.Option{
		{Name: source.OptInventory, Label: source.Inventories, Switch: true, Beside: true, Help: "Also read, once a day, which machines, volumes, snapshots, images, addresses, load balancers and databases the account has, as documents for the savings checks."},
		{Name: source.OptMetrics, Label: source.Metrics, Switch: true, Beside: true, Help: "Also read, once a day, what machines, databases and load balancers used in the last 32 days, as a document for the savings checks.", Charge: "CloudWatch charges $0.01 for each 1,000 metrics."},
		{Name: source.OptRecommendations, Label: source.Recommendations, Switch: true, Beside: true, Help: "Also read, once a day, what Cost Optimization Hub and Compute Optimizer recommend, which is shown beside the findings of the savings checks. Both must be switched on in the account."},
		{Name: source.OptPurchases, Label: source.Purchases, Switch: true, Beside: true, Help: "Also read, once a day, which Savings Plans and reserved instances Cost Explorer recommends. They stand beside what the simulator of commitments finds.", Charge: "AWS charges $0.01 for each page: $0.07 a day or more."},
		{Name: source.OptPrices, Label: source.ListPrices, Switch: true, Beside: true, Help: "Also read, once a day, what AWS lists for machines (Linux, on demand) and volumes in the regions below, as documents that the savings checks use before the price book. Name the regions."},
		{Name: source.OptBudgets, Label: source.ProviderBudgets, Switch: true, Beside: true, Help: "Also read, once a day, the budgets that AWS keeps for the account. They are shown beside those of this workspace."},
		{Name: optRegions, Label: "Regions", Beside: true, Example: "eu-central-1, us-east-1", Help: "Where all of that is read, with commas between; empty for all regions that the account has switched on."},
		{Name: optServices, Label: "Endpoint of other services", Rare: true, Help: "In place of the public ones of what is read beside bills."},
	}
}

// apis are the interfaces that are read beside bills, by the names that requests are signed for. The pace is that of the design: AWS documents
// limits of its own for each account.
var apis = map[string]network.API{
	"ec2":                  {Name: "Amazon EC2", PerSecond: 5, Burst: 5},
	"elasticloadbalancing": {Name: "Elastic Load Balancing", PerSecond: 5, Burst: 5},
	"rds":                  {Name: "Amazon RDS", PerSecond: 5, Burst: 5},
	"monitoring":           {Name: "Amazon CloudWatch", PerSecond: 5, Burst: 5},
	signHub:                {Name: "AWS Cost Optimization Hub", PerSecond: 5, Burst: 1},
	signBudgets:            {Name: "AWS Budgets", PerSecond: 5, Burst: 1},
	signPrices:             {Name: "AWS Price List", PerSecond: 5, Burst: 1},
	signCosts:              APICosts,
	signOptimizer:          {Name: "AWS Compute Optimizer", PerSecond: 5, Burst: 1},
}

// versions of the interfaces that take forms.
var versions = map[string]string{"ec2": "2016-11-15", "elasticloadbalancing": "2015-12-01", "rds": "2014-10-31", "monitoring": "2010-08-01"}

// beside is what one person reads beside bills. It belongs to one goroutine.
type beside struct {
	session  *Session
	via      source.Reach
	endpoint string   // "" = the public ones
	wanted   []string // regions that a person named; none = all

	lanes     map[string]*network.Lane
	account   string // "" = it is not known yet
	regions   []string
	metrics   int64 // that CloudWatch charges for
	costPages int64 // of Cost Explorer that are charged
}

// Beside is what values of NameOptions and BesideOptions switch on. It calls nobody yet. It answers CodeInvalid.
func (c *Session) Beside(values map[string]string, via source.Reach) (source.Beside, error) {
	names, err := c.Names(values, via)
	if err != nil {
		return source.Beside{}, err
	}
	b := &beside{session: c, via: via, lanes: map[string]*network.Lane{}}
	if b.endpoint, err = network.Endpoint("Endpoint of other services", values[optServices]); err != nil {
		return source.Beside{}, err
	}
	for region := range source.NameSet(values[optRegions]) {
		if !regionName.MatchString(region) {
			return source.Beside{}, finops.Errorf(finops.CodeInvalid, "Regions must be names of regions with commas between, such as eu-central-1, us-east-1.")
		}
		b.wanted = append(b.wanted, region)
	}
	slices.Sort(b.wanted)
	all := source.Beside{Names: names, Asked: b.usage, Charged: b.charges, Now: via.Now}
	if source.SwitchedOn(values, source.OptPrices) && len(b.wanted) == 0 {
		return source.Beside{}, finops.Errorf(finops.CodeInvalid, "Regions is missing: name the regions whose list prices are read.")
	}
	all.Add(values, source.OptInventory, b.inventory()...)
	all.Add(values, source.OptMetrics, b.measurements())
	all.Add(values, source.OptRecommendations, b.recommendations()...)
	all.Add(values, source.OptPurchases, b.purchases())
	all.Add(values, source.OptBudgets, b.budgets())
	all.Add(values, source.OptPrices, b.prices()...)
	return all, nil
}

// BesideCalls are the calls of what values switch on, for policies.
func BesideCalls(values map[string]string) []Call {
	var calls []Call
	if source.NamesWanted(values) {
		calls = append(calls, CallAccounts)
	}
	regional := slices.ContainsFunc([]string{source.OptInventory, source.OptMetrics, source.OptRecommendations}, func(name string) bool { return source.SwitchedOn(values, name) })
	if regional && len(source.NameSet(values[optRegions])) == 0 {
		calls = append(calls, callRegions)
	}
	if source.SwitchedOn(values, source.OptInventory) {
		for _, l := range lists {
			calls = append(calls, l.call())
		}
		calls = append(calls, callHealth)
	}
	if source.SwitchedOn(values, source.OptMetrics) {
		calls = append(calls, callMetricList, callMetrics)
		for _, l := range lists {
			if l.measured && !slices.Contains(calls, l.call()) {
				calls = append(calls, l.call())
			}
		}
	}
	if source.SwitchedOn(values, source.OptRecommendations) {
		for _, call := range []Call{callHub, callOptimizer, lists[0].call()} { // Compute Optimizer wants its readers to see the machines
			if !slices.Contains(calls, call) {
				calls = append(calls, call)
			}
		}
	}
	if source.SwitchedOn(values, source.OptPurchases) {
		calls = append(calls, callPlans, callReservations)
	}
	if source.SwitchedOn(values, source.OptPrices) {
		calls = append(calls, callPrices)
	}
	if source.SwitchedOn(values, source.OptBudgets) {
		calls = append(calls, callBudgets)
	}
	return calls
}

// lane is that of an interface, by the name that requests are signed for.
func (b *beside) lane(signing string) *network.Lane {
	if b.lanes[signing] == nil {
		b.lanes[signing] = b.via.Door.Lane(apis[signing], "documents for "+b.via.Purpose, b.via.Waiting)
	}
	return b.lanes[signing]
}

func (b *beside) usage() network.Usage {
	var all network.Usage
	for _, lane := range b.lanes {
		all = all.Add(lane.Usage())
	}
	return all
}

// at is an interface in a region.
func (b *beside) at(signing, region string) Service {
	_, suffix := homeOf(region)
	return Service{
		Endpoint: cmp.Or(b.endpoint, "https://"+signing+"."+region+".amazonaws.com"+suffix), Region: region, Signing: signing, Version: versions[signing],
	}
}

// form asks one question of an interface that takes forms.
func form[A any](ctx context.Context, b *beside, what Call, signing, region string, values url.Values) (A, error) {
	_, call, _ := strings.Cut(what.Action, ":")
	return AskForm[A](ctx, b.session, b.lane(signing), b.at(signing, region), call, values, func(err error) error { return b.explain(what, region, err) })
}

// explain says what a call ended with. EC2 refuses who signs in to a region that is switched off as it refuses a wrong key.
func (b *beside) explain(what Call, region string, err error) error {
	if code := codeOf(err); code == "AuthFailure" || code == "OptInRequired" {
		return finops.WrapError(finops.CodeDenied, plain(err), "AWS refuses the region %s: the account has not switched it on. Name the regions to read.", region)
	}
	return b.session.Explain(what, err)
}

func codeOf(err error) string {
	if api, ok := errors.AsType[smithy.APIError](err); ok {
		return api.ErrorCode()
	}
	return ""
}

var callRegions = Call{Action: "ec2:DescribeRegions", Resource: "*"}

// places are the regions to read, and the account whose they are.
func (b *beside) places(ctx context.Context) (regions []string, account string, err error) {
	if account, err = b.who(ctx); err != nil {
		return nil, "", err
	}
	if b.regions == nil && len(b.wanted) > 0 {
		b.regions = b.wanted
	}
	if b.regions == nil {
		answer, err := form[struct {
			Names []string `xml:"regionInfo>item>regionName"`
		}](ctx, b, callRegions, "ec2", b.session.Config.Region, nil)
		if err != nil {
			return nil, "", err
		}
		b.regions = answer.Names
		slices.Sort(b.regions)
	}
	return b.regions, account, nil
}

// who is the account that is read.
func (b *beside) who(ctx context.Context) (account string, err error) {
	if b.account == "" {
		_, b.account, err = b.session.WhoAmI(ctx)
	}
	return b.account, err
}

// open begins the JSON object of a document with the list of its resources.
func open(w io.Writer, account, list string) *source.Array {
	out := &source.Array{W: w}
	out.Open(fmt.Sprintf("{%q:%q,%q:[", accountField, account, list))
	return out
}

// closing ends what open began.
const closing = "]}"

// accountField names the account of a document, which most of AWS's answers do not.
const accountField = "AccountId"
