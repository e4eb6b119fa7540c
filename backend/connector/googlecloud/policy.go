package googlecloud

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/source"
)

// Call is something that a connector asks Google for. The roles and the sentences on what is missing are made from these,
// and nothing else is called.
type Call struct {
	Permissions []string
	Role        string // the built-in one that allows it, as the console names it
	RoleID      string // "roles/storage.objectViewer"
	On          string // the resource of Terraform that gives it
	Fields      string // of that resource, a line each
}

// CallImpersonate asks for a token of another account.
var CallImpersonate = Call{
	Permissions: []string{"iam.serviceAccounts.getAccessToken"}, Role: "Service Account Token Creator", RoleID: "roles/iam.serviceAccountTokenCreator",
	On: "google_service_account_iam_member", Fields: "  service_account_id = \"projects/-/serviceAccounts/%s\"\n",
}

// Policies returns what must be allowed for the calls: a role of one's own with the least, and the built-in roles for Terraform. where says on what the
// roles are given. title names the role.
func (s SignIn) Policies(title, where string, calls ...Call) []source.Policy {
	var permissions, roles []string
	for _, c := range calls {
		permissions = append(permissions, c.Permissions...)
		if !slices.Contains(roles, c.Role) {
			roles = append(roles, c.Role)
		}
	}
	slices.Sort(permissions)
	text, err := json.MarshalIndent(map[string]any{"title": title, "stage": "GA", "includedPermissions": slices.Compact(permissions)}, "", "  ")
	if err != nil {
		return nil // texts always marshal
	}
	who := "ACCOUNT@PROJECT.iam.gserviceaccount.com"
	if s.key != nil {
		who = s.key.mail
	}
	reader := who
	if s.impersonate != "" {
		reader = s.impersonate
	}
	last := len(roles) - 1
	note := fmt.Sprintf("Give it to %s on %s. The built-in role %s allows the same.", reader, where, roles[last])
	if last > 0 {
		note = fmt.Sprintf("Give it to %s on %s. The built-in roles %s and %s allow the same.", reader, where, strings.Join(roles[:last], ", "), roles[last])
	}
	list := []source.Policy{
		{Name: "Role to read the bills (gcloud iam roles create --file)", Form: "json", Text: string(text) + "\n", Note: note},
		{Name: "The built-in roles for Terraform", Form: "terraform", Text: terraform(title, calls, reader), Note: note},
	}
	if s.impersonate != "" {
		c := CallImpersonate
		c.Fields = fmt.Sprintf(c.Fields, s.impersonate)
		list = append(list, source.Policy{Name: "Role to impersonate, for Terraform", Form: "terraform", Text: terraform("Impersonate", []Call{c}, who), Note: "For who signs in: the role " + c.Role + " on the service account."})
	}
	return list
}

// terraform gives the built-in roles. The names begin with the title, so that those of several policies can stand in one file.
func terraform(title string, calls []Call, reader string) string {
	var parts []string
	for i, c := range calls {
		if slices.ContainsFunc(calls[:i], func(other Call) bool { return other.RoleID == c.RoleID && other.Fields == c.Fields }) {
			continue
		}
		name := strings.ReplaceAll(title+"_"+strings.ReplaceAll(strings.TrimPrefix(c.RoleID, "roles/"), ".", "_"), " ", "_")
		parts = append(parts, fmt.Sprintf("resource %q %q {\n%s  role   = %q\n  member = \"serviceAccount:%s\"\n}\n", c.On, strings.ToLower(name), c.Fields, c.RoleID, reader))
	}
	return strings.Join(parts, "\n")
}
