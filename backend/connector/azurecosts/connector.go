package azurecosts

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optScope    = "scope"
	optAccount  = "billing_account"
	optEndpoint = "endpoint"
)

// Connector connects to scopes. The zero value is ready to use.
type Connector struct{}

var _ source.Connector = Connector{}

// Name is "azure-cost-query".
func (Connector) Name() string { return "azure-cost-query" }

// Label says what is read.
func (Connector) Label() string {
	return "Azure Cost Management query (daily totals by service and subscription)"
}

// Options asks for the scope and for a way to sign in.
func (Connector) Options() []source.Option {
	return append([]source.Option{
		{Name: optScope, Label: "Scope", Example: "subscriptions/4d1c0000-0000-4000-8000-000000000001", Help: "The subscription, the management group (providers/Microsoft.Management/managementGroups/…), or the billing account or profile (providers/Microsoft.Billing/billingAccounts/…)."},
		{Name: optAccount, Label: "Billing account", Rare: true, Example: "12345678", Help: "The billing account that the bills belong to, as exports have it, so that an export of them goes before these totals. Where it is empty: that of the scope, or the subscription or management group itself."},
	}, slices.Concat(azurecloud.Options(), azurecloud.BesideOptions(), []source.Option{azurecloud.TenantsOption(), azurecloud.ManagementOption(optEndpoint), azurecloud.AuthorityOption()})...)
}

var managementGroup = regexp.MustCompile(`^providers/Microsoft\.Management/managementGroups/[A-Za-z0-9._()-]{1,90}$`)

// Policies returns a role that allows to read costs.
func (Connector) Policies(values map[string]string) []source.Policy {
	list := azurecloud.CostPolicies("Read costs", "Reads what a scope costs.", cmp.Or(azurecloud.Scope(values[optScope]), "subscriptions/SUBSCRIPTION"))
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
	conn := &connection{scope: azurecloud.Scope(values[optScope]), from: via.From, now: via.Now}
	if !azurecloud.ScopeName.MatchString(conn.scope) && !managementGroup.MatchString(conn.scope) {
		return nil, finops.Errorf(finops.CodeInvalid, "Scope must be a subscription, such as subscriptions/4d1c0000-0000-4000-8000-000000000001, a management group, or a billing account or profile.")
	}
	conn.account = cmp.Or(strings.TrimSpace(values[optAccount]), accountOf(conn.scope))
	endpoint, err := azurecloud.ManagementEndpoint(values[optEndpoint])
	if err != nil {
		return nil, err
	}
	session, err := signIn.Open(via)
	if err != nil {
		return nil, err
	}
	conn.costs = &azurecloud.Management{Session: session, Lane: via.Door.Lane(azurecloud.APICosts, via.Purpose, via.Waiting), Endpoint: endpoint, Refused: conn.refused}
	conn.beside, err = session.Beside(values, endpoint, via)
	return conn, err
}

// accountOf is the billing account of a scope, else the last part of it.
func accountOf(scope string) string {
	if rest, ok := strings.CutPrefix(scope, "providers/Microsoft.Billing/billingAccounts/"); ok {
		account, _, _ := strings.Cut(rest, "/")
		return account
	}
	return path.Base(scope)
}
