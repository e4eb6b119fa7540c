package googlecloud

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

const optProjects = "projects_endpoint"

// NameOptions asks whether Google Cloud says what projects are called, and where.
func NameOptions() []source.Option {
	return []source.Option{
		source.NameOption("Also ask Google Cloud, once a day, what the projects are called, which the exports say as of the day of a charge."),
		{Name: optProjects, Label: "Resource Manager endpoint", Rare: true, Example: "https://cloudresourcemanager.googleapis.com", Help: "In place of the public one: Private Service Connect."},
	}
}

// callProjects finds the projects that who signs in may see.
var callProjects = Call{
	Permissions: []string{"resourcemanager.projects.get"}, Role: "Browser", On: "google_organization_iam_member", Fields: `org_id = "ORGANIZATION"`,
}

// apiProjects is paced as the design sets it: 300 calls a minute.
var apiProjects = network.API{Name: "Google Cloud Resource Manager", PerSecond: 5, Burst: 5}

// Names is the list of the projects that the person may see, from the values of NameOptions. It calls nobody yet. It answers CodeInvalid.
func (s SignIn) Names(values map[string]string, via source.Reach) (source.NameList, error) {
	endpoint, err := network.Endpoint("Resource Manager endpoint", values[optProjects])
	if err != nil || !source.NamesWanted(values) {
		return source.NameList{}, err
	}
	endpoint = cmp.Or(endpoint, "https://cloudresourcemanager.googleapis.com")
	via.Purpose = "account names for " + via.Purpose
	client := NewClient(s, apiProjects, []string{"https://www.googleapis.com/auth/cloud-platform.read-only"}, via)
	return source.NameList{Now: via.Now, Asked: client.Usage, Each: func(ctx context.Context, found func(source.Account) error) error {
		return eachProject(ctx, client, endpoint, found)
	}}, nil
}

// NamesPolicies is what reading the names of projects needs, beside what the exports do.
func (s SignIn) NamesPolicies(values map[string]string) []source.Policy {
	if !source.NamesWanted(values) {
		return nil
	}
	s.impersonate = "" // what that needs is said already
	return s.Policies("Read names of projects", "each project, or the organization", callProjects)
}

// eachProject follows the pages. What the person may not read Google leaves out without a word.
func eachProject(ctx context.Context, client *Client, endpoint string, found func(source.Account) error) error {
	query := url.Values{"pageSize": {"500"}}
	for {
		var page struct {
			Projects []struct {
				ID   string `json:"projectId"`
				Name string `json:"displayName"`
			} `json:"projects"`
			Next string `json:"nextPageToken"`
		}
		err := client.Do(ctx, callProjects, "the projects", func(ctx context.Context) (*http.Request, error) {
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint+"/v3/projects:search?"+query.Encode(), nil)
			if err != nil {
				return nil, fmt.Errorf("make a request: %w", err)
			}
			return r, nil
		}, JSON(&page))
		if err != nil {
			return err
		}
		for _, p := range page.Projects {
			if err := found(source.Account{ID: p.ID, Name: p.Name}); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		query.Set("pageToken", page.Next)
	}
}
