package demo

import (
	"fmt"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
)

// Scope is a named filter of the client.
type Scope struct {
	Name  string
	Where finops.Filter
}

// dimensionTexts are the virtual dimensions of the client in the JSON that people write. Tags are
// spelled in many ways there, and most charges have none: rules bring them together.
var dimensionTexts = []string{`{
  "name": "Environment",
  "description": "What the charges are for, from the tags in all their spellings and the names of the accounts",
  "rules": [
    {"where": "Tags/Environment matches \"(?i)^prod\" or Tags/env matches \"(?i)^prod\" or Tags/Env matches \"(?i)^prod\" or Tags/environment matches \"(?i)^prod\"", "value": "production"},
    {"where": "Tags/Environment matches \"(?i)^stag\" or Tags/env matches \"(?i)^stag\" or Tags/Env matches \"(?i)^stag\" or Tags/environment matches \"(?i)^stag\"", "value": "staging"},
    {"where": "Tags/Environment matches \"(?i)^dev\" or Tags/env matches \"(?i)^dev\" or Tags/Env matches \"(?i)^dev\" or Tags/environment matches \"(?i)^dev\"", "value": "development"},
    {"where": "Tags/Environment matches \"(?i)^(te?se?t|qa)\" or Tags/env matches \"(?i)^(te?se?t|qa)\" or Tags/Env matches \"(?i)^(te?se?t|qa)\" or Tags/environment matches \"(?i)^(te?se?t|qa)\"", "value": "test"},
    {"where": "SubAccountName endswith (\"-prod\", \"-lake\")", "value": "production"},
    {"where": "SubAccountName endswith \"-staging\"", "value": "staging"},
    {"where": "SubAccountName endswith \"-dev\"", "value": "development"},
    {"where": "SubAccountName endswith \"-test\"", "value": "test"}
  ],
  "default": "shared"
}`, `{
  "name": "Team",
  "description": "Who owns the charges: the team tag, else the accounts of the team",
  "rules": [
    {"where": "Tags/Team is not empty", "from": {"column": "Tags/Team", "lowerCase": true}},
    {"where": "Tags/team is not empty", "from": {"column": "Tags/team", "lowerCase": true}},
    {"where": "SubAccountName startswith \"hp-retail\"", "value": "storefront"},
    {"where": "SubAccountName startswith \"hp-data\"", "value": "data"},
    {"where": "SubAccountName startswith \"hp-erp\"", "value": "finance-it"},
    {"where": "SubAccountName matches \"^hp-(logistics|orders|shop-de)\"", "from": {"column": "SubAccountName", "capture": "^hp-(logistics|orders|shop-de)"}},
    {"where": "SubAccountName = \"hp-shared-services\"", "value": "platform"},
    {"where": "SubAccountName = \"hp-workplace\"", "value": "workplace"}
  ],
  "default": "unassigned"
}`, `{
  "name": "Cost centre",
  "description": "The cost centre tag, whatever its key and spelling",
  "rules": [
    {"where": "Tags/CostCenter matches \"^(?i)cc-?[0-9]+$\"", "from": {"column": "Tags/CostCenter", "capture": "([0-9]+)$"}},
    {"where": "Tags/cost-center matches \"^(?i)cc-?[0-9]+$\"", "from": {"column": "Tags/cost-center", "capture": "([0-9]+)$"}},
    {"where": "Tags/CostCenter is not empty", "from": {"column": "Tags/CostCenter"}},
    {"where": "Tags/cost-center is not empty", "from": {"column": "Tags/cost-center"}}
  ]
}`}

var scopeTexts = [][2]string{
	{"Production", `Dim/Environment = "production"`},
	{"Untagged usage", `HasTags = "Untagged" and ChargeCategory = "Usage"`},
}

// Dimensions returns the virtual dimensions that suit the bills of the client.
func Dimensions() ([]rules.Dimension, error) {
	list := make([]rules.Dimension, len(dimensionTexts))
	for i, text := range dimensionTexts {
		var err error
		if list[i], err = rules.Decode([]byte(text)); err != nil {
			return nil, fmt.Errorf("dimensions of the demo: %w", err)
		}
	}
	return list, nil
}

// Scopes returns the scopes that suit the bills of the client; they use the Dimensions.
func Scopes() ([]Scope, error) {
	list := make([]Scope, len(scopeTexts))
	for i, text := range scopeTexts {
		where, err := filter.Parse(text[1])
		if err != nil {
			return nil, fmt.Errorf("scopes of the demo: %w", err)
		}
		list[i] = Scope{text[0], where}
	}
	return list, nil
}
