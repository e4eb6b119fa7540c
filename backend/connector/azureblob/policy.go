package azureblob

import (
	"encoding/json"
	"fmt"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/source"
)

// call is something that the connector asks Azure for. The role is made from this list.
type call struct {
	name   string // in words
	action string
	data   bool // the action is one on data
}

var (
	callList = call{"listing the container", "Microsoft.Storage/storageAccounts/blobServices/containers/read", false}
	callGet  = call{"reading a blob", "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read", true}
)

type role struct {
	Name             string
	IsCustom         bool
	Description      string
	Actions          []string
	DataActions      []string
	AssignableScopes []string
}

const scope = "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.Storage/storageAccounts/%s/blobServices/default/containers/%s"

func orName(text, name string) string {
	if text == "" {
		return name
	}
	return text
}

// Policies returns a role that allows to read the container, and the built-in one for Terraform. Listing
// blobs is an action on data, too, and the same as reading them.
func (Connector) Policies(values map[string]string) []source.Policy {
	s, _ := parse(values) // what is missing is spelled in capitals
	at := fmt.Sprintf(scope, orName(s.account, "ACCOUNT"), orName(s.container, "CONTAINER"))
	r := role{Name: "Read bills", IsCustom: true, Description: "Lists and reads the exports of one container.", AssignableScopes: []string{"/subscriptions/SUBSCRIPTION"}}
	for _, c := range []call{callList, callGet} {
		if c.data {
			r.DataActions = append(r.DataActions, c.action)
		} else {
			r.Actions = append(r.Actions, c.action)
		}
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil // texts always marshal
	}
	note := "Assign it to the service principal on " + at + ". The built-in role Storage Blob Data Reader allows the same."
	list := []source.Policy{
		{Name: "Azure role to read the exports", Form: "json", Text: string(text) + "\n", Note: note},
		{Name: "The same for Terraform", Form: "terraform", Note: note, Text: fmt.Sprintf("resource \"azurerm_role_assignment\" \"read_bills\" {\n  scope                = %q\n  role_definition_name = \"Storage Blob Data Reader\"\n  principal_id         = \"OBJECT ID OF THE SERVICE PRINCIPAL\"\n}\n", at)},
	}
	return append(list, azurecloud.BesidePolicies(values)...)
}
