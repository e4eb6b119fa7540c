package awscloud

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/aws/smithy-go"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

const optOrganizations = "organizations_endpoint"

// NameOptions asks whether AWS Organizations says what accounts are called, and where it is.
func NameOptions() []source.Option {
	return []source.Option{
		source.NameOption("Also ask AWS Organizations, once a day, what the accounts are called. Sign in to the management account or to a delegated administrator."),
		{Name: optOrganizations, Label: "Organizations endpoint", Rare: true, Help: "In place of the public one."},
	}
}

// CallAccounts lists the accounts of an organization.
var CallAccounts = Call{Action: "organizations:ListAccounts", Resource: "*", Hint: "; only the management account and delegated administrators may list accounts"}

var apiOrganizations = network.API{Name: "AWS Organizations", PerSecond: 5, Burst: 1} // AWS documents nothing, so that the design sets it

// The most accounts that AWS gives at a time.
const accountsMax = 20

// Names is the list of the accounts of the organization that the person signs in to, from the values of NameOptions. It calls nobody yet.
// It answers CodeInvalid.
func (c *Session) Names(values map[string]string, via source.Reach) (source.NameList, error) {
	endpoint, err := network.Endpoint("Organizations endpoint", values[optOrganizations])
	if err != nil || !source.NamesWanted(values) {
		return source.NameList{}, err
	}
	home, suffix := homeOf(c.Config.Region)
	to := Service{Endpoint: cmp.Or(endpoint, "https://organizations."+home+".amazonaws.com"+suffix), Region: home, Signing: "organizations", Target: "AWSOrganizationsV20161128."}
	lane := via.Door.Lane(apiOrganizations, "account names for "+via.Purpose, via.Waiting)
	return source.NameList{Now: via.Now, Asked: lane.Usage, Each: func(ctx context.Context, found func(source.Account) error) error {
		return c.eachAccount(ctx, lane, to, found)
	}}, nil
}

// homeOf is the region in which Organizations is in the partition of a region, and how addresses end there.
func homeOf(region string) (home, suffix string) {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "cn-northwest-1", ".cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "us-gov-west-1", ""
	}
	return "us-east-1", ""
}

// eachAccount goes through the pages. One may be empty and not be the last; accounts that are suspended still have costs. An
// account of no organization has no names.
func (c *Session) eachAccount(ctx context.Context, lane *network.Lane, to Service, found func(source.Account) error) error {
	type question struct {
		MaxResults int
		NextToken  string `json:",omitempty"`
	}
	type answer struct {
		Accounts  []struct{ ID, Name string }
		NextToken string
	}
	alone := false
	for q := (question{MaxResults: accountsMax}); ; {
		a, err := Ask[answer](ctx, c, lane, to, "ListAccounts", q, func(err error) error {
			if api, ok := errors.AsType[smithy.APIError](err); ok && api.ErrorCode() == "AWSOrganizationsNotInUseException" {
				alone = true
				return nil
			}
			return c.Explain(CallAccounts, err)
		})
		if err != nil || alone {
			return err
		}
		for _, account := range a.Accounts {
			if err := found(source.Account(account)); err != nil {
				return err
			}
		}
		if q.NextToken = a.NextToken; q.NextToken == "" {
			return nil
		}
	}
}
