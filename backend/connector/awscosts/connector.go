package awscosts

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// The names of the options.
const (
	optPayer    = "billing_account"
	optEndpoint = "endpoint"
)

// Connector connects to Cost Explorer. The zero value is ready to use.
type Connector struct{}

var _ source.Connector = Connector{}

// Name is "aws-cost-explorer".
func (Connector) Name() string { return "aws-cost-explorer" }

// Label says what is read.
func (Connector) Label() string {
	return "AWS Cost Explorer (daily totals by service and account, $0.01 a page)"
}

// Options asks for a way to sign in.
func (Connector) Options() []source.Option {
	return append(slices.Concat(awscloud.Options(), awscloud.BesideOptions()),
		source.Option{Name: optPayer, Label: "Management account", Rare: true, Example: "123456789012", Help: "The account that receives the bill, where you sign in to another one of its organization."},
		source.Option{Name: optEndpoint, Label: "Cost Explorer endpoint", Rare: true, Example: "https://vpce-1a2b3c4d.ce.us-east-1.vpce.amazonaws.com", Help: "In place of the public one: a private link."},
		awscloud.EndpointOption(),
	)
}

var accountID = regexp.MustCompile(`^\d{12}$`)

// region is where Cost Explorer is, whatever the region of what costs.
const region = "us-east-1"

var callCosts = awscloud.Call{Action: "ce:GetCostAndUsage", Resource: "*", Hint: "; the management account may also have switched Cost Explorer off for its members"}

// Policies returns what who signs in must be allowed.
func (Connector) Policies(values map[string]string) []source.Policy {
	s, _ := awscloud.ParseSignIn(values) // what is missing is spelled in capitals
	return s.Policies("read daily costs", "read_costs", "For the user or role that reads Cost Explorer, in the management account.", append([]awscloud.Call{callCosts}, awscloud.BesideCalls(values)...)...)
}

// Connect checks the values and reads the profile where there is one.
func (c Connector) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	if err := source.CheckOptions(c.Options(), values); err != nil {
		return nil, err
	}
	signIn, err := awscloud.ParseSignIn(values)
	if err != nil {
		return nil, err
	}
	conn := &connection{payer: strings.TrimSpace(values[optPayer]), from: via.From, notice: via.Announce, lane: via.Door.Lane(awscloud.APICosts, via.Purpose, via.Waiting)}
	if conn.payer != "" && !accountID.MatchString(conn.payer) {
		return nil, finops.Errorf(finops.CodeInvalid, "Management account must be the 12 digits of an account.")
	}
	if conn.endpoint, err = network.Endpoint("Cost Explorer endpoint", values[optEndpoint]); err != nil {
		return nil, err
	}
	conn.endpoint = cmp.Or(conn.endpoint, "https://ce."+region+".amazonaws.com")
	if conn.session, err = signIn.Open(region, via); err != nil {
		return nil, err
	}
	conn.beside, err = conn.session.Beside(values, via)
	return conn, err
}
