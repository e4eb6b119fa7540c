package azurecloud

import (
	"context"
	"encoding/json"
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

// BesideOptions ask what is read beside bills, each with a switch of its own.
func BesideOptions() []source.Option {
	return []source.Option{
		NameOption(),
		{Name: source.OptInventory, Label: source.Inventories, Switch: true, Beside: true, Help: "Also read, once a day, which machines, disks, snapshots, addresses, load balancers and plans the subscriptions have, as a document for the savings checks."},
		{Name: source.OptMetrics, Label: source.Metrics, Switch: true, Beside: true, Help: "Also read, once a day, what machines used in the last 32 days, as a document for the savings checks. It takes a call for each machine."},
		{Name: source.OptRecommendations, Label: source.Recommendations, Switch: true, Beside: true, Help: "Also read, once a day, what Azure Advisor recommends about costs, which is shown beside the findings of the savings checks."},
		{Name: source.OptPurchases, Label: source.Purchases, Switch: true, Beside: true, Help: "Also read, once a day, which reservations Azure recommends for machines, SQL databases, App Service, Redis caches and Cosmos DB. They stand beside what the simulator of commitments finds. It takes five calls for each subscription."},
		{Name: source.OptPrices, Label: source.ListPrices, Switch: true, Beside: true, Help: "Also read, once a day, what Azure lists for machines and storage in the regions that have some, as a document that the savings checks use before the price book."},
		{Name: source.OptBudgets, Label: source.ProviderBudgets, Switch: true, Beside: true, Help: "Also read, once a day, the budgets that Azure keeps for the subscriptions. They are shown beside those of this workspace."},
		source.CurrencyOption(),
		{Name: optPrices, Label: "Prices endpoint", Rare: true, Help: "Of list prices, in place of the public one."},
	}
}

// BesideWanted says that values switch anything on that is read beside bills.
func BesideWanted(values map[string]string) bool {
	for _, o := range BesideOptions() {
		if source.SwitchedOn(values, o.Name) {
			return true
		}
	}
	return false
}

var (
	apiGraph   = network.API{Name: "Azure Resource Graph", PerSecond: 3, Burst: 5} // 15 in 5 seconds
	apiMonitor = network.API{Name: "Azure Monitor", PerSecond: 3, Burst: 3}        // 12,000 an hour
)

// What is asked of Resource Graph. It cuts answers silently that have no id, or are not in its order.
const (
	queryInventory = "resources | where type in~ ('microsoft.compute/virtualmachines', 'microsoft.compute/disks', 'microsoft.compute/snapshots', 'microsoft.network/publicipaddresses', 'microsoft.network/loadbalancers', 'microsoft.network/applicationgateways', 'microsoft.web/serverfarms') | project id, name, type, location, resourceGroup, subscriptionId, managedBy, sku, properties | order by id asc"
	queryMachines  = "resources | where type =~ 'microsoft.compute/virtualmachines' | project id | order by id asc"
	queryAdvice    = "advisorresources | where type =~ 'microsoft.advisor/recommendations' and properties.category =~ 'Cost' | project id, properties | order by id asc"
)

// besides is what is read of Azure beside bills, in one tenant or several.
type besides struct {
	tenants  []*managed
	list     *network.Lane // of list prices
	pricesAt string
	currency string // of list prices
	now      func() time.Time
}

// managed are the interfaces of one tenant.
type managed struct{ graph, monitor, consumption, permissions *Management }

// Beside is what values of BesideOptions switch on. It calls nobody yet. It answers CodeInvalid.
func (c *Session) Beside(values map[string]string, endpoint string, via source.Reach) (source.Beside, error) {
	return besideOf([]*Session{c}, values, endpoint, via)
}

func besideOf(sessions []*Session, values map[string]string, endpoint string, via source.Reach) (source.Beside, error) {
	purpose := "documents for " + via.Purpose
	b := &besides{list: via.Door.Lane(apiPrices, purpose, via.Waiting), now: via.Now}
	for _, c := range sessions {
		of := func(api network.API) *Management {
			return &Management{Session: c, Lane: via.Door.Lane(api, purpose, via.Waiting), Endpoint: endpoint, Refused: refusedBeside}
		}
		b.tenants = append(b.tenants, &managed{graph: of(apiGraph), monitor: of(apiMonitor), consumption: of(apiConsumption), permissions: of(apiPermissions)})
	}
	if err := b.setPrices(values); err != nil {
		return source.Beside{}, err
	}
	all := source.Beside{Names: namesOf(sessions, values, endpoint, via), Now: via.Now, Asked: b.usage, Granted: b.granted}
	all.Add(values, source.OptInventory, source.Extra{Switch: source.Inventories, DataSet: "Resource Graph", File: "resource-graph.json", Holds: source.Documents, Ask: b.inventory, Needs: needs(source.OptInventory), Silent: true})
	all.Add(values, source.OptMetrics, source.Extra{Switch: source.Metrics, DataSet: "Azure Monitor metrics", File: "monitor.json", Holds: source.Documents, Ask: b.metrics, Needs: needs(source.OptMetrics), Silent: true, Charge: "It takes a call for each machine"})
	all.Add(values, source.OptRecommendations, source.Extra{Switch: source.Recommendations, DataSet: "Azure Advisor", File: "advisor.json", Holds: source.Documents, Ask: b.advice, Needs: needs(source.OptRecommendations), Silent: true})
	all.Add(values, source.OptPurchases, source.Extra{Switch: source.Purchases, DataSet: "Reservation recommendations", File: "reservation-recommendations.json", Holds: source.Documents, Ask: b.purchases, Needs: needs(source.OptPurchases)})
	all.Add(values, source.OptPrices, source.Extra{Switch: source.ListPrices, DataSet: "Retail prices", File: "retail-prices.json", Holds: source.Documents, Ask: b.prices, Needs: needs(source.OptPrices), Silent: true})
	all.Add(values, source.OptBudgets, source.Extra{Switch: source.ProviderBudgets, DataSet: source.ProviderBudgets, File: "budgets.json", Holds: source.Budgets, Ask: b.readBudgets, Needs: needs(source.OptBudgets)})
	return all, nil
}

// usage is what all interfaces have called.
func (b *besides) usage() network.Usage {
	u := b.list.Usage()
	for _, m := range b.tenants {
		for _, api := range []*Management{m.graph, m.monitor, m.consumption, m.permissions} {
			u = u.Add(api.Lane.Usage())
		}
	}
	return u
}

// rows calls found for each row of a query, with the tenant that it is of, page by page; with probe only for those of the first page of each. What
// several tenants see is found once.
func (b *besides) rows(ctx context.Context, query string, probe bool, found func(*managed, json.RawMessage) error) error {
	seen := map[string]bool{}
	for _, m := range b.tenants {
		err := m.rows(ctx, query, probe, func(row json.RawMessage) error {
			if len(b.tenants) > 1 {
				var r struct {
					ID string `json:"id"`
				}
				if json.Unmarshal(row, &r) != nil {
					return errCut
				}
				id := strings.ToLower(r.ID)
				if seen[id] {
					return nil
				}
				seen[id] = true
			}
			return found(m, row)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *managed) rows(ctx context.Context, query string, probe bool, found func(json.RawMessage) error) error {
	type options struct {
		Top    int    `json:"$top"`
		Skip   string `json:"$skipToken,omitempty"`
		Format string `json:"resultFormat"`
	}
	const rowsMax = 1000
	for o := (options{Top: rowsMax, Format: "objectArray"}); ; {
		_, _, text, err := m.graph.Ask(ctx, m.graph.Endpoint+"/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01", map[string]any{"query": query, "options": o})
		if err != nil {
			return err
		}
		var page struct {
			Data      []json.RawMessage `json:"data"`
			Truncated string            `json:"resultTruncated"`
			Skip      string            `json:"$skipToken"`
		}
		if json.Unmarshal(text, &page) != nil {
			return errCut
		}
		for _, row := range page.Data {
			if err := found(row); err != nil {
				return err
			}
		}
		if page.Skip == "" && strings.EqualFold(page.Truncated, "true") {
			return finops.Errorf(finops.CodeUnavailable, "Azure Resource Graph has cut its answer. Sync again later.")
		}
		if o.Skip = page.Skip; o.Skip == "" || probe {
			return nil
		}
	}
}

func (b *besides) inventory(ctx context.Context, w io.Writer, probe bool) error {
	out := &source.Array{W: w}
	out.Open(`{"data":[`)
	if err := b.rows(ctx, queryInventory, probe, func(_ *managed, row json.RawMessage) error { return out.Add(row) }); err != nil {
		return err
	}
	out.Close("]}")
	return nil
}

// advice writes recommendations as the command line of Azure does: their properties stand beside their id.
func (b *besides) advice(ctx context.Context, w io.Writer, probe bool) error {
	out := &source.Array{W: w}
	out.Open("[")
	err := b.rows(ctx, queryAdvice, probe, func(_ *managed, row json.RawMessage) error {
		var r struct {
			ID         json.RawMessage            `json:"id"`
			Properties map[string]json.RawMessage `json:"properties"`
		}
		if json.Unmarshal(row, &r) != nil || r.Properties == nil {
			return errCut
		}
		r.Properties["id"] = r.ID
		return out.Add(r.Properties)
	})
	if err != nil {
		return err
	}
	out.Close("]")
	return nil
}

const metricDays = 32 // that are read

// metrics asks for each machine. One that has gone meanwhile has none.
func (b *besides) metrics(ctx context.Context, w io.Writer, probe bool) error {
	end := b.now().UTC().Truncate(24 * time.Hour)
	query := url.Values{
		"api-version": {"2023-10-01"}, "metricnames": {"Percentage CPU,Network In Total,Network Out Total,Available Memory Bytes"}, "aggregation": {"Average,Maximum,Minimum,Total"},
		"interval": {"P1D"}, "timespan": {end.AddDate(0, 0, -metricDays).Format(time.RFC3339) + "/" + end.Format(time.RFC3339)},
	}
	type machine struct {
		*managed
		id string
	}
	var machines []machine
	err := b.rows(ctx, queryMachines, probe, func(m *managed, row json.RawMessage) error {
		var r struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(row, &r) != nil || !strings.HasPrefix(r.ID, "/subscriptions/") {
			return errCut
		}
		machines = append(machines, machine{m, r.ID})
		return nil
	})
	if err != nil {
		return err
	}
	if probe {
		machines = machines[:min(len(machines), 1)]
	}
	out := &source.Array{W: w}
	out.Open("[")
	for _, m := range machines {
		_, _, text, err := m.monitor.Ask(ctx, m.monitor.Endpoint+m.id+"/providers/Microsoft.Insights/metrics?"+query.Encode(), nil)
		if finops.CodeOf(err) == finops.CodeNotFound {
			continue
		}
		if err != nil {
			return err
		}
		var answer struct {
			Value []json.RawMessage `json:"value"`
		}
		if json.Unmarshal(text, &answer) != nil {
			return errCut
		}
		for _, metric := range answer.Value {
			if err := out.Add(metric); err != nil {
				return err
			}
		}
	}
	out.Close("]")
	return nil
}

// refusedAction finds the permission that a refusal of Azure names.
var refusedAction = regexp.MustCompile(`perform action '([A-Za-z0-9./_-]+)'`)

// RefusedAction is the permission that a refusal of Azure names; "" = it names none.
func RefusedAction(text []byte) string {
	if m := refusedAction.FindSubmatch(text); m != nil {
		return string(m[1])
	}
	return ""
}

// refusedBeside explains why something is not given.
func refusedBeside(status int, text []byte) error {
	code, cause := Said(status, text)
	if err := Faulty(status, cause); err != nil {
		return err
	}
	switch status {
	case http.StatusForbidden:
		if action := RefusedAction(text); action != "" {
			return finops.WrapError(finops.CodeDenied, cause, "%s", missingActions(action))
		}
		return finops.WrapError(finops.CodeDenied, cause, "A permission is missing: give the role %s, or that of the policy of this connection, on the subscriptions.", roleNames)
	case http.StatusNotFound:
		return finops.WrapError(finops.CodeNotFound, cause, "Azure does not have the resource.")
	}
	return finops.WrapError(finops.CodeInvalid, cause, "Azure refuses to be read (%s).", code)
}

// BesidePolicies are a role that allows what values switch on, and a test to read which of it is there.
func BesidePolicies(values map[string]string) []source.Policy {
	var actions []string
	for _, n := range besideNeeds {
		if source.SwitchedOn(values, n.option) {
			actions = append(actions, n.actions...)
		}
	}
	var list []source.Policy
	if source.NamesWanted(values) {
		list = NamesPolicies()
	}
	if len(actions) == 0 {
		return list
	}
	var each []string
	for _, action := range append(actions, actionNames, actionPermissions) {
		if !slices.Contains(each, action) {
			each = append(each, action)
		}
	}
	return append(list, rolePolicies("Read what stands beside bills", "Reads inventories, metrics, recommendations and budgets.", "read_documents", "For what is read beside bills", each)...)
}

// rolePolicies are a role that is assigned on each subscription.
func rolePolicies(name, about, id, purpose string, actions []string) []source.Policy {
	r := Role{ID: id, Name: name, About: about, Actions: actions, Owner: "/subscriptions/SUBSCRIPTION", At: "/subscriptions/SUBSCRIPTION"}
	return r.Policies("Azure role: "+strings.ToLower(name[:1])+name[1:], purpose+": assign it on each subscription, or on a management group. The built-in role "+roleNames+" allows it, too.")
}
