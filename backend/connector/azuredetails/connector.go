package azuredetails

import (
	"cmp"
	"slices"
	"strings"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optScope    = "scope"
	optView     = "view"
	optEndpoint = "endpoint"
)

// Connector connects to scopes. The zero value is ready to use.
type Connector struct{}

var _ source.Connector = Connector{}

// Name is "azure-cost-details".
func (Connector) Name() string { return "azure-cost-details" }

// Label says what is read.
func (Connector) Label() string { return "Azure cost details report (without an export)" }

// Options asks for the scope and for a way to sign in.
func (Connector) Options() []source.Option {
	return append([]source.Option{
		{Name: optScope, Label: "Scope", Example: "subscriptions/4d1c0000-0000-4000-8000-000000000001", Help: "The subscription, or the billing account or profile (providers/Microsoft.Billing/billingAccounts/…), of an Enterprise Agreement or a Microsoft Customer Agreement."},
		{Name: optView, Label: "View", Rare: true, Example: "amortized", Help: "actual or amortized; actual where it is empty."},
	}, slices.Concat(azurecloud.Options(), azurecloud.BesideOptions(), []source.Option{azurecloud.TenantsOption(), azurecloud.ManagementOption(optEndpoint), azurecloud.AuthorityOption()})...)
}

// apiParts is paced as the design sets it: Azure documents nothing.
var apiParts = network.API{Name: "Azure cost details files", PerSecond: 5, Burst: 5}

// metrics are the views as Azure names them.
var metrics = map[string]string{"": "ActualCost", "actual": "ActualCost", "amortized": "AmortizedCost"}

// Policies returns a role that allows to read costs.
func (Connector) Policies(values map[string]string) []source.Policy {
	scope := cmp.Or(azurecloud.Scope(values[optScope]), "subscriptions/SUBSCRIPTION")
	list := azurecloud.CostPolicies("Read cost details", "Reads costs and cost details of a scope.", scope)
	return append(list, azurecloud.BesidePolicies(values)...)
}

// Connect checks the values.
func (c Connector) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	if err := source.CheckOptions(c.Options(), values); err != nil {
		return nil, err
	}
	if several, ok, err := azurecloud.InTenants(values, via, optScope, optEndpoint, c.Connect); ok {
		return several, err
	}
	signIn, err := azurecloud.ParseSignIn(values)
	if err != nil {
		return nil, err
	}
	conn := &connection{
		scope: azurecloud.Scope(values[optScope]), metric: metrics[strings.ToLower(strings.TrimSpace(values[optView]))], from: via.From, now: via.Now,
		files: via.Door.Lane(apiParts, via.Purpose, via.Waiting),
	}
	switch {
	case !azurecloud.ScopeName.MatchString(conn.scope):
		return nil, finops.Errorf(finops.CodeInvalid, "Scope must be a subscription, such as subscriptions/4d1c0000-0000-4000-8000-000000000001, or a billing account or profile. Management groups have no such report.")
	case conn.metric == "":
		return nil, finops.Errorf(finops.CodeInvalid, "View must be actual or amortized.")
	}
	endpoint, err := azurecloud.ManagementEndpoint(values[optEndpoint])
	if err != nil {
		return nil, err
	}
	session, err := signIn.Open(via)
	if err != nil {
		return nil, err
	}
	conn.costs = &azurecloud.Management{Session: session, Lane: via.Door.Lane(azurecloud.APICosts, via.Purpose, via.Waiting), Endpoint: endpoint, Refused: conn.refused, Pending: "Azure still gathers the cost details."}
	conn.beside, err = session.Beside(values, endpoint, via)
	return conn, err
}
