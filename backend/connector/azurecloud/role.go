package azurecloud

import (
	"encoding/json"
	"fmt"
	"strings"

	"cloud-intelligence/backend/source"
)

// Role is the least that a connection must be allowed, as a role of Azure of one's own.
type Role struct {
	ID          string // as Terraform names it
	Name        string
	About       string   // one sentence
	Actions     []string // on resources
	DataActions []string // on what is in them
	Owner       string   // the scope that the role belongs to
	At          string   // the scope that it is assigned on
}

// Policies are the role as the command line of Azure and as Terraform take it. The note says where it is assigned.
func (r Role) Policies(title, note string) []source.Policy {
	role := map[string]any{"Name": r.Name, "IsCustom": true, "Description": r.About, "Actions": r.Actions, "AssignableScopes": []string{r.Owner}}
	if len(r.DataActions) > 0 {
		role["DataActions"] = r.DataActions
	}
	text, err := json.MarshalIndent(role, "", "  ")
	if err != nil {
		return nil // texts always marshal
	}
	return []source.Policy{
		{Name: title, Form: "json", Text: string(text) + "\n", Note: note},
		{Name: title + ", for Terraform", Form: "terraform", Text: r.terraform(), Note: note},
	}
}

// terraform writes the definition of the role, and its assignment.
func (r Role) terraform() string {
	var b strings.Builder
	fmt.Fprintf(&b, "resource \"azurerm_role_definition\" %q {\n  name        = %q\n  scope       = %q\n  description = %q\n\n  permissions {\n", r.ID, r.Name, r.Owner, r.About)
	for _, list := range []struct {
		name    string
		actions []string
	}{{"actions", r.Actions}, {"data_actions", r.DataActions}} {
		if len(list.actions) == 0 {
			continue
		}
		fmt.Fprintf(&b, "    %s = [\n", list.name)
		for _, action := range list.actions {
			fmt.Fprintf(&b, "      %q,\n", action)
		}
		b.WriteString("    ]\n")
	}
	fmt.Fprintf(&b, "  }\n\n  assignable_scopes = [%q]\n}\n\n", r.Owner)
	fmt.Fprintf(&b, "resource \"azurerm_role_assignment\" %q {\n  scope              = %q\n  role_definition_id = azurerm_role_definition.%s.role_definition_resource_id\n  principal_id       = \"OBJECT ID OF THE SERVICE PRINCIPAL\"\n}\n", r.ID, r.At, r.ID)
	return b.String()
}
