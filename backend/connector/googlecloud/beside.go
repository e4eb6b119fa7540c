package googlecloud

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

const (
	optInventoryProjects = "inventory_projects"
	optServices          = "services_endpoint"
)

// BesideOptions ask what is read beside bills, each with a switch of its own, and where.
func BesideOptions() []source.Option {
	return slices.Concat(NameOptions(), []source.Option{
		{Name: source.OptInventory, Label: source.Inventories, Switch: true, Beside: true, Help: "Also read, once a day, which machines, disks, snapshots, images, addresses and databases the projects have, as a document for the savings checks."},
		{Name: source.OptMetrics, Label: source.Metrics, Switch: true, Beside: true, Help: "Also read, once a day, what machines used in the last 32 days, as a document for the savings checks."},
		{Name: source.OptRecommendations, Label: source.Recommendations, Switch: true, Beside: true, Help: "Also read, once a day, what Google's Recommender recommends, which is shown beside the findings of the savings checks. Google allows 100 reads a day without a support plan: four for each place that has machines."},
		{Name: source.OptPrices, Label: source.ListPrices, Switch: true, Beside: true, Help: "Also read, once a day, what Google lists for machines, disks and storage in the regions below, as a document that the savings checks use before the price book. It costs nothing and takes some 10 calls. Name the regions."},
		{Name: source.OptBudgets, Label: source.ProviderBudgets, Switch: true, Beside: true, Help: "Also read, once a day, the budgets that Google keeps for the billing accounts. They are shown beside those of this workspace."},
		{Name: optInventoryProjects, Label: "Projects", Rare: true, Example: "acme-shop, acme-web", Help: "IDs of the projects whose inventories, metrics and recommendations are read, with commas between; empty for all that may be seen."},
		{Name: optPriceRegions, Label: "Regions of list prices", Beside: true, Example: "europe-west3, us-central1", Help: "Whose list prices are read, with commas between."},
		source.CurrencyOption(),
		{Name: optServices, Label: "Endpoint of other services", Rare: true, Help: "In place of the public ones of what is read beside bills."},
	})
}

var (
	callAssets = Call{Permissions: []string{"cloudasset.assets.listResource"}, Role: "Cloud Asset Viewer", On: "google_organization_iam_member", Fields: `org_id = "ORGANIZATION"`}
	callSeries = Call{Permissions: []string{"monitoring.timeSeries.list"}, Role: "Monitoring Viewer", On: "google_organization_iam_member", Fields: `org_id = "ORGANIZATION"`}
	callAdvice = Call{
		Permissions: []string{
			"recommender.computeInstanceIdleResourceRecommendations.list", "recommender.computeInstanceMachineTypeRecommendations.list", "recommender.computeDiskIdleResourceRecommendations.list",
			"recommender.computeAddressIdleResourceRecommendations.list",
		},
		Role: "Recommender Viewer", On: "google_organization_iam_member", Fields: `org_id = "ORGANIZATION"`,
	}
)

// The pace of the interfaces, in calls a minute, as Google documents it: Cloud Asset 100 for a project, Recommender 100; the design sets 300 for Monitoring.
var (
	apiAssets  = network.API{Name: "Google Cloud Asset", PerSecond: 1.6, Burst: 4}
	apiSeries  = network.API{Name: "Google Cloud Monitoring", PerSecond: 5, Burst: 5}
	apiAdvisor = network.API{Name: "Google Recommender", PerSecond: 1.6, Burst: 4}
)

var projectID = regexp.MustCompile(`^[a-z][a-z0-9:.-]{2,61}$`)

// besides is what one person reads of Google Cloud beside bills.
type besides struct {
	names                  *Client
	assets, series, advice *Client
	budgets, catalogue     *Client
	namesAt, at            string   // at "" = the public endpoints
	wanted                 []string // projects that a person named; none = all
	via                    source.Reach
	projects               []string
	regions                map[string]bool // whose list prices are read
	currency               string          // of them
}

// Beside is what values of BesideOptions switch on. It calls nobody yet. It answers CodeInvalid.
func (s SignIn) Beside(values map[string]string, via source.Reach) (source.Beside, error) {
	names, err := s.Names(values, via)
	if err != nil {
		return source.Beside{}, err
	}
	b := &besides{via: via}
	if b.namesAt, err = network.Endpoint("Resource Manager endpoint", values[optProjects]); err != nil {
		return source.Beside{}, err
	}
	if b.at, err = network.Endpoint("Endpoint of other services", values[optServices]); err != nil {
		return source.Beside{}, err
	}
	for project := range source.NameSet(values[optInventoryProjects]) {
		if !projectID.MatchString(project) {
			return source.Beside{}, finops.Errorf(finops.CodeInvalid, "Projects must be IDs of projects with commas between, such as acme-shop, acme-web.")
		}
		b.wanted = append(b.wanted, project)
	}
	slices.Sort(b.wanted)
	if err := b.setPrices(values); err != nil {
		return source.Beside{}, err
	}
	to := via
	to.Purpose = "documents for " + via.Purpose
	scopes := []string{"https://www.googleapis.com/auth/cloud-platform.read-only"}
	writing := []string{"https://www.googleapis.com/auth/cloud-platform"} // Cloud Asset and Recommender have no narrower one
	b.names, b.series = NewClient(s, apiProjects, scopes, to), NewClient(s, apiSeries, []string{"https://www.googleapis.com/auth/monitoring.read"}, to)
	b.assets, b.advice = NewClient(s, apiAssets, writing, to), NewClient(s, apiAdvisor, writing, to)
	b.budgets = NewClient(s, apiBilling, writing, to)
	b.catalogue = NewClient(s, apiBilling, []string{"https://www.googleapis.com/auth/cloud-billing.readonly"}, to)
	all := source.Beside{Names: names, Now: via.Now, Asked: func() network.Usage {
		return b.names.Usage().Add(b.assets.Usage()).Add(b.series.Usage()).Add(b.advice.Usage()).Add(b.budgets.Usage()).Add(b.catalogue.Usage())
	}}
	all.Add(values, source.OptInventory, source.Extra{Switch: source.Inventories, DataSet: "Cloud Asset inventory", File: "assets.jsonl", Holds: source.Documents, Ask: b.inventory, Needs: callAssets.Permissions})
	all.Add(values, source.OptMetrics, source.Extra{Switch: source.Metrics, DataSet: "Cloud Monitoring metrics", File: "monitoring.json", Holds: source.Documents, Ask: b.metrics, Needs: callSeries.Permissions})
	all.Add(values, source.OptRecommendations, source.Extra{Switch: source.Recommendations, DataSet: "Recommender", File: "recommender.json", Holds: source.Documents, Ask: b.recommendations, Needs: callAdvice.Permissions})
	all.Add(values, source.OptPrices, source.Extra{Switch: source.ListPrices, DataSet: "Cloud Billing catalogue", File: "catalogue.json", Holds: source.Documents, Ask: b.prices})
	all.Add(values, source.OptBudgets, source.Extra{Switch: source.ProviderBudgets, DataSet: source.ProviderBudgets, File: "budgets.json", Holds: source.Budgets, Ask: b.readBudgets, Needs: callBudgets.Permissions})
	return all, nil
}

// BesidePolicies is what reading beside bills needs, beside what the exports do.
func (s SignIn) BesidePolicies(values map[string]string) []source.Policy {
	list := s.NamesPolicies(values)
	var calls []Call
	if source.SwitchedOn(values, source.OptInventory) || source.SwitchedOn(values, source.OptRecommendations) {
		calls = append(calls, callAssets) // its places are where recommendations are asked for
	}
	if source.SwitchedOn(values, source.OptMetrics) {
		calls = append(calls, callSeries)
	}
	if source.SwitchedOn(values, source.OptRecommendations) {
		calls = append(calls, callAdvice)
	}
	s.impersonate = "" // what that needs is said already
	if source.SwitchedOn(values, source.OptBudgets) {
		list = append(list, s.Policies("Read budgets", "each billing account", callBudgets)...)
	}
	if len(calls) == 0 {
		return list
	}
	if len(source.NameSet(values[optInventoryProjects])) == 0 {
		calls = append(calls, callProjects)
	}
	return append(list, s.Policies("Read what the savings checks use", "each project, or the organization", calls...)...)
}

// get asks for one page of an interface and reads it.
func (b *besides) get(ctx context.Context, client *Client, call Call, place, host, path string, query url.Values, page any) error {
	address := cmp.Or(b.at, "https://"+host+".googleapis.com") + path + "?" + query.Encode()
	return client.Do(ctx, call, place, func(ctx context.Context) (*http.Request, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, fmt.Errorf("make a request: %w", err)
		}
		return r, nil
	}, JSON(page))
}

// places are the projects to read.
func (b *besides) places(ctx context.Context) ([]string, error) {
	if b.projects == nil && len(b.wanted) > 0 {
		b.projects = b.wanted
	}
	if b.projects == nil {
		var found []string
		err := eachProject(ctx, b.names, cmp.Or(b.namesAt, "https://cloudresourcemanager.googleapis.com"), func(a source.Account) error {
			found = append(found, a.ID)
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(found) == 0 { // Google leaves out without a word what may not be read
			return nil, finops.Errorf(finops.CodeDenied, "The permission %s is missing: no project can be seen. Give the role %s, or name the projects.", callProjects.Permissions[0], callProjects.Role)
		}
		b.projects = found
	}
	return b.projects, nil
}

// assetTypes are those that the savings checks read.
var assetTypes = []string{
	"compute.googleapis.com/Instance", "compute.googleapis.com/Disk", "compute.googleapis.com/Snapshot", "compute.googleapis.com/Image", "compute.googleapis.com/Address", "sqladmin.googleapis.com/Instance",
}

// eachAsset calls found for each asset of a project; with probe only for those of the first page.
func (b *besides) eachAsset(ctx context.Context, project string, types []string, probe bool, found func(json.RawMessage) error) error {
	query := url.Values{"contentType": {"RESOURCE"}, "pageSize": {"1000"}, "assetTypes": types}
	for {
		var page struct {
			Assets []json.RawMessage `json:"assets"`
			Next   string            `json:"nextPageToken"`
		}
		if err := b.get(ctx, b.assets, callAssets, "the project "+project, "cloudasset", "/v1/projects/"+url.PathEscape(project)+"/assets", query, &page); err != nil {
			return err
		}
		for _, asset := range page.Assets {
			if err := found(asset); err != nil {
				return err
			}
		}
		if page.Next == "" || probe {
			return nil
		}
		query.Set("pageToken", page.Next)
	}
}

// inventory writes an asset in each line, as an export of Cloud Asset does.
func (b *besides) inventory(ctx context.Context, w io.Writer, probe bool) error {
	projects, err := b.places(ctx)
	if err != nil {
		return err
	}
	for _, project := range projects {
		err := b.eachAsset(ctx, project, assetTypes, probe, func(asset json.RawMessage) error {
			_, _ = w.Write(append(oneLine(asset), '\n')) // the sink keeps what goes wrong
			return nil
		})
		if err != nil || probe {
			return err
		}
	}
	return nil
}

func oneLine(text json.RawMessage) []byte {
	line, err := json.Marshal(text) // which leaves out the line breaks
	if err != nil {
		return text
	}
	return line
}

const metricDays = 32 // that are read

// series are the metrics that the savings checks read, and how a day of each is put together.
var series = [][2]string{
	{"compute.googleapis.com/instance/cpu/utilization", "ALIGN_MAX"}, {"compute.googleapis.com/instance/network/received_bytes_count", "ALIGN_SUM"},
	{"compute.googleapis.com/instance/network/sent_bytes_count", "ALIGN_SUM"}, {"agent.googleapis.com/memory/percent_used", "ALIGN_MAX"},
}

func (b *besides) metrics(ctx context.Context, w io.Writer, probe bool) error {
	projects, err := b.places(ctx)
	if err != nil {
		return err
	}
	end := b.via.Now().UTC().Truncate(24 * time.Hour)
	out := &source.Array{W: w}
	out.Open(`{"timeSeries":[`)
	for _, project := range projects {
		for _, s := range series {
			query := url.Values{
				"filter": {`metric.type="` + s[0] + `"`}, "interval.startTime": {end.AddDate(0, 0, -metricDays).Format(time.RFC3339)}, "interval.endTime": {end.Format(time.RFC3339)},
				"aggregation.alignmentPeriod": {"86400s"}, "aggregation.perSeriesAligner": {s[1]}, "pageSize": {"10000"},
			}
			for {
				var page struct {
					Series []json.RawMessage `json:"timeSeries"`
					Next   string            `json:"nextPageToken"`
				}
				if err := b.get(ctx, b.series, callSeries, "the project "+project, "monitoring", "/v3/projects/"+url.PathEscape(project)+"/timeSeries", query, &page); err != nil {
					return err
				}
				for _, one := range page.Series {
					if err := out.Add(one); err != nil {
						return err
					}
				}
				if probe {
					return nil
				}
				if page.Next == "" {
					break
				}
				query.Set("pageToken", page.Next)
			}
		}
	}
	out.Close("]}")
	return nil
}

// recommenders are those of a zone, and that of a region.
var (
	zonal    = []string{"google.compute.instance.IdleResourceRecommender", "google.compute.instance.MachineTypeRecommender", "google.compute.disk.IdleResourceRecommender"}
	regional = []string{"google.compute.address.IdleResourceRecommender"}
)

// recommendations asks each recommender in each place that has machines, disks or addresses. Google counts every call of it against a day's quota.
func (b *besides) recommendations(ctx context.Context, w io.Writer, probe bool) error {
	type question struct{ project, place, recommender string }
	projects, err := b.places(ctx)
	if err != nil {
		return err
	}
	var questions []question
	for _, project := range projects {
		places := map[string]bool{}
		err := b.eachAsset(ctx, project, []string{"compute.googleapis.com/Instance", "compute.googleapis.com/Disk", "compute.googleapis.com/Address"}, probe, func(asset json.RawMessage) error {
			if place := placeOf(asset); place != "" {
				places[place] = true
			}
			return nil
		})
		if err != nil {
			return err
		}
		for place := range places {
			recommenders := zonal
			if strings.Count(place, "-") == 1 {
				recommenders = regional
			}
			for _, r := range recommenders {
				questions = append(questions, question{project, place, r})
			}
		}
		if probe {
			questions = questions[:min(len(questions), 1)]
			break
		}
	}
	slices.SortFunc(questions, func(x, y question) int {
		return cmp.Or(cmp.Compare(x.project, y.project), cmp.Compare(x.place, y.place), cmp.Compare(x.recommender, y.recommender))
	})
	if len(questions) > 0 {
		b.via.Announce(fmt.Sprintf("Reading Recommender takes %s; Google allows 100 a day without a support plan", source.Things(len(questions), "call")))
	}
	out := &source.Array{W: w}
	out.Open(`{"recommendations":[`)
	for _, q := range questions {
		path := fmt.Sprintf("/v1/projects/%s/locations/%s/recommenders/%s/recommendations", url.PathEscape(q.project), url.PathEscape(q.place), q.recommender)
		query := url.Values{"filter": {"stateInfo.state=ACTIVE"}, "pageSize": {"1000"}}
		for {
			var page struct {
				Recommendations []json.RawMessage `json:"recommendations"`
				Next            string            `json:"nextPageToken"`
			}
			err := b.get(ctx, b.advice, callAdvice, "the recommendations of "+q.place, "recommender", path, query, &page)
			if finops.CodeOf(err) == finops.CodeNotFound {
				break // it is not in this place
			}
			if err != nil {
				return err
			}
			for _, one := range page.Recommendations {
				if err := out.Add(one); err != nil {
					return err
				}
			}
			if page.Next == "" {
				break
			}
			query.Set("pageToken", page.Next)
		}
	}
	out.Close("]}")
	return nil
}

// placeOf is the zone or the region of an asset; "" = it has none.
func placeOf(asset json.RawMessage) string {
	var a struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(asset, &a) != nil {
		return ""
	}
	for _, kind := range []string{"/zones/", "/regions/"} {
		if _, after, ok := strings.Cut(a.Name, kind); ok {
			place, _, _ := strings.Cut(after, "/")
			return place
		}
	}
	return ""
}
