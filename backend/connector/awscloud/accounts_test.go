package awscloud_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// namesOf asks Organizations, which answers one of answers after the other, and returns what was found and asked.
func namesOf(t *testing.T, status int, answers ...string) (names []source.Account, asked []string, err error) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "AWSOrganizationsV20161128.ListAccounts", r.Header.Get("X-Amz-Target"))
		assert.Contains(t, r.Header.Get("Authorization"), "/us-east-1/organizations/aws4_request")
		question, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		answer := answers[min(len(asked), len(answers)-1)]
		if asked = append(asked, string(question)); len(asked) == 1 {
			w.WriteHeader(status)
		}
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	values := map[string]string{"access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": "planted", "account_names": "on", "organizations_endpoint": server.URL}
	signIn, err := awscloud.ParseSignIn(values)
	require.NoError(t, err)
	via := connectortest.Reach(t)
	session, err := signIn.Open("eu-central-1", via)
	require.NoError(t, err)
	list, err := session.Names(values, via)
	require.NoError(t, err)
	err = list.Each(t.Context(), func(a source.Account) error { names = append(names, a); return nil })
	return names, asked, err
}

// A page may be empty and not be the last; accounts that are suspended still have costs.
func TestNames_Pages(t *testing.T) {
	names, asked, err := namesOf(t, http.StatusOK, `{"Accounts":[{"Id":"310000000001","Name":"payer","State":"ACTIVE"}],"NextToken":"n2"}`, `{"Accounts":[],"NextToken":"n3"}`,
		`{"Accounts":[{"Id":"310000000033","Name":"old","State":"SUSPENDED"}]}`)
	require.NoError(t, err)
	assert.Equal(t, []source.Account{{ID: "310000000001", Name: "payer"}, {ID: "310000000033", Name: "old"}}, names)
	assert.Equal(t, []string{`{"MaxResults":20}`, `{"MaxResults":20,"NextToken":"n2"}`, `{"MaxResults":20,"NextToken":"n3"}`}, asked)
}

func TestNames_Refusals(t *testing.T) {
	for code, want := range map[string]struct {
		says string
		is   finops.Code
	}{
		"AccessDeniedException":             {"The permission organizations:ListAccounts on * is missing", finops.CodeDenied},
		"AWSOrganizationsNotInUseException": {},
		"TooManyRequestsException":          {}, // the second answer is good
	} {
		names, asked, err := namesOf(t, http.StatusBadRequest, `{"__type":"`+code+`","Message":"no"}`, `{"Accounts":[{"Id":"310000000001","Name":"payer"}]}`)
		assert.Equal(t, want.is, finops.CodeOf(err), code)
		if want.says != "" {
			assert.Contains(t, finops.MessageOf(err), want.says)
			assert.NotContains(t, fmt.Sprint(err), "planted")
		}
		throttled := code == "TooManyRequestsException"
		assert.Equal(t, throttled, len(names) == 1, "%s: an account of no organization has no names", code)
		assert.Equal(t, throttled, len(asked) == 2, code)
	}
}
