package azureblob

import (
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

const scope = "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.Storage/storageAccounts/%s/blobServices/default/containers/%s"

func orName(text, name string) string {
	if text == "" {
		return name
	}
	return text
}

// Policies returns a role that allows to read the container. Listing blobs is an action on data, too, and the same as reading them.
func (Connector) Policies(values map[string]string) []source.Policy {
	s, _ := parse(values) // what is missing is spelled in capitals
	at := fmt.Sprintf(scope, orName(s.account, "ACCOUNT"), orName(s.container, "CONTAINER"))
	r := azurecloud.Role{ID: "read_bills", Name: "Read bills", About: "Lists and reads the exports of one container.", Owner: "/subscriptions/SUBSCRIPTION", At: at}
	for _, c := range []call{callList, callGet} {
		if c.data {
			r.DataActions = append(r.DataActions, c.action)
		} else {
			r.Actions = append(r.Actions, c.action)
		}
	}
	list := r.Policies("Azure role to read the exports", "Assign it to the service principal on "+at+". The built-in role Storage Blob Data Reader allows the same.")
	return append(list, azurecloud.BesidePolicies(values)...)
}
