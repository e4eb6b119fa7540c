package connectortest

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
)

// Organization makes an organization with member accounts of these names at moto, and returns all its accounts.
func Organization(t *testing.T, address string, members ...string) []source.Account {
	t.Helper()
	organizations(t, address, "CreateOrganization", map[string]string{"FeatureSet": "ALL"}, nil)
	for _, name := range members {
		organizations(t, address, "CreateAccount", map[string]string{"AccountName": name, "Email": "billing@example.com"}, nil)
	}
	var all struct {
		Accounts []struct{ ID, Name string }
	}
	organizations(t, address, "ListAccounts", map[string]int{"MaxResults": 100}, &all) // moto knows no most
	list := make([]source.Account, len(all.Accounts))
	for i, a := range all.Accounts {
		list[i] = source.Account(a)
	}
	require.Len(t, list, len(members)+1)
	return list
}

func organizations(t *testing.T, address, call string, question, answer any) {
	t.Helper()
	text, err := json.Marshal(question)
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/", strings.NewReader(string(text)))
	require.NoError(t, err)
	r.Header.Set("Authorization", Signed("organizations"))
	r.Header.Set("X-Amz-Target", "AWSOrganizationsV20161128."+call)
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { require.NoError(t, response.Body.Close()) }()
	require.Equal(t, http.StatusOK, response.StatusCode, call)
	if answer != nil {
		require.NoError(t, json.NewDecoder(response.Body).Decode(answer))
	}
}
