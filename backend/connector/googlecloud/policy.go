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
	On          string // the resource of Terraform that gives a role
	Fields      string // of that resource, a line each: `bucket = "acme"`
	Project     string // that a role of one's own belongs to; "" = the organization, which alone can have one for itself and for billing accounts
}

// CallImpersonate asks for a token of another account.
var CallImpersonate = Call{
	Permissions: []string{"iam.serviceAccounts.getAccessToken"}, Role: "Service Account Token Creator",
	On: "google_service_account_iam_member", Fields: `service_account_id = "projects/-/serviceAccounts/%s"`,
}

// Policies returns what must be allowed for the calls: a role of one's own with the least, as the command line of Google Cloud and as Terraform take it. where says on
// what it is given, title names it.
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
	if slices.ContainsFunc(calls, func(c Call) bool { return c.Project == "" }) {
		note += " A role of one's own for it belongs to the organization."
	}
	name := "Google Cloud role to " + strings.ToLower(title[:1]) + title[1:]
	list := []source.Policy{
		{Name: name + " (gcloud iam roles create --file)", Form: "json", Text: string(text) + "\n", Note: note},
		{Name: name + ", for Terraform", Form: "terraform", Text: terraform(title, calls, reader), Note: note},
	}
	if s.impersonate != "" {
		c := CallImpersonate
		c.Fields = fmt.Sprintf(c.Fields, s.impersonate)
		_, home, _ := strings.Cut(s.impersonate, "@")
		c.Project, _, _ = strings.Cut(home, ".")
		list = append(list, source.Policy{Name: "Google Cloud role to impersonate, for Terraform", Form: "terraform", Text: terraform("Impersonate", []Call{c}, who), Note: "For who signs in. The built-in role " + c.Role + " on the service account allows the same."})
	}
	return list
}

// terraform makes a role for each place, with what the calls need there, and gives it. The names begin with the title, so that those of several policies
// can stand in one file.
func terraform(title string, calls []Call, reader string) string {
	var parts []string
	for i, c := range calls {
		same := func(other Call) bool { return other.On == c.On && other.Fields == c.Fields }
		if slices.ContainsFunc(calls[:i], same) {
			continue
		}
		var permissions []string
		for _, other := range calls[i:] {
			if same(other) {
				permissions = append(permissions, other.Permissions...)
			}
		}
		slices.Sort(permissions)
		place := strings.TrimSuffix(strings.TrimPrefix(c.On, "google_"), "_iam_member")
		name := strings.ToLower(strings.ReplaceAll(title+"_"+place, " ", "_"))
		kind, owner := "google_project_iam_custom_role", fmt.Sprintf("project = %q", c.Project)
		if c.Project == "" {
			kind, owner = "google_organization_iam_custom_role", `org_id = "ORGANIZATION"`
		}
		about := fmt.Sprintf("role_id = %q\ntitle = %q\npermissions = [\n    \"%s\",\n  ]", name, title+" ("+strings.NewReplacer("_", " ", "bigquery", "BigQuery").Replace(place)+")", strings.Join(slices.Compact(permissions), "\",\n    \""))
		parts = append(parts, resource(kind, name, owner+"\n"+about), resource(c.On, name, fmt.Sprintf("%s\nrole = %s.%s.id\nmember = \"serviceAccount:%s\"", c.Fields, kind, name, reader)))
	}
	return strings.Join(parts, "\n")
}

// resource writes a resource of Terraform as its own formatter does. Its fields are a line each, "name = value"; a line that begins with a blank belongs to the
// one before.
func resource(kind, name, fields string) string {
	lines, longest := strings.Split(fields, "\n"), 0
	for _, line := range lines {
		if field, _, ok := strings.Cut(line, " = "); ok {
			longest = max(longest, len(field))
		}
	}
	for i, line := range lines {
		if field, value, ok := strings.Cut(line, " = "); ok {
			lines[i] = fmt.Sprintf("  %-*s = %s", longest, field, value)
		}
	}
	return fmt.Sprintf("resource %q %q {\n%s\n}\n", kind, name, strings.Join(lines, "\n"))
}
