package awscloud_test

import (
	"crypto/sha1" //nolint:gosec // AWS names its files so
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
)

// profiles are what the AWS command line has on a computer: keys, and two sign-ins of IAM Identity Center.
const profiles = `[profile keys]
aws_access_key_id = AKIAPROFILE
aws_secret_access_key = planted
[profile billing]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = ReadBills
[sso-session corp]
sso_region = eu-central-1
sso_start_url = https://corp.awsapps.com/start
[profile old]
sso_region = eu-central-1
sso_start_url = https://old.awsapps.com/start
sso_account_id = 123456789012
sso_role_name = ReadBills
`

// computer has the profiles, and the tokens that were signed in for; it returns what signs in there, with AWS played by answer.
func computer(t *testing.T, tokens map[string]time.Time, answer func(*http.Request) (int, string)) func(profile string, more map[string]string) (string, error) {
	t.Helper()
	home := t.TempDir()
	cache := filepath.Join(home, ".aws", "sso", "cache")
	require.NoError(t, os.MkdirAll(cache, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(home, ".aws", "config"), []byte(profiles), 0o600))
	for name, until := range tokens {
		sum := sha1.Sum([]byte(name)) //nolint:gosec // AWS names its files so
		text := fmt.Sprintf(`{"accessToken":"planted-token","expiresAt":%q}`, until.UTC().Format(time.RFC3339))
		require.NoError(t, os.WriteFile(filepath.Join(cache, hex.EncodeToString(sum[:])+".json"), []byte(text), 0o600))
	}
	for _, name := range os.Environ() {
		if name, _, _ = strings.Cut(name, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "")
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, text := answer(r)
		w.Header().Set("Content-Type", map[bool]string{true: "text/xml", false: "application/json"}[strings.HasPrefix(text, "<")])
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text))
	}))
	t.Cleanup(server.Close)
	for name, value := range map[string]string{"HOME": home, "USERPROFILE": home, "AWS_CONFIG_FILE": filepath.Join(home, ".aws", "config"), "AWS_SHARED_CREDENTIALS_FILE": filepath.Join(home, "none"), "AWS_ENDPOINT_URL_SSO": server.URL, "AWS_ENDPOINT_URL_SSO_OIDC": server.URL} {
		t.Setenv(name, value)
	}
	return func(profile string, more map[string]string) (string, error) {
		values := map[string]string{"profile": profile, "sts_endpoint": server.URL}
		maps.Copy(values, more)
		signIn, err := awscloud.ParseSignIn(values)
		require.NoError(t, err)
		session, err := signIn.Open("", connectortest.Reach(t))
		if err != nil {
			return "", err
		}
		who, _, err := session.WhoAmI(t.Context())
		return who, err
	}
}

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/ReadBills/ann</Arn><UserId>A</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

// TestProfile_Keys signs with the keys of a profile.
func TestProfile_Keys(t *testing.T) {
	var signed string
	who := computer(t, nil, func(r *http.Request) (int, string) {
		signed = r.Header.Get("Authorization")
		return http.StatusOK, identity
	})
	said, err := who("keys", nil)
	require.NoError(t, err)
	assert.Equal(t, "Signed in as arn:aws:sts::123456789012:assumed-role/ReadBills/ann of account 123456789012.", said)
	assert.Contains(t, signed, "Credential=AKIAPROFILE/")
	assert.NotContains(t, signed, "planted")
}

// TestProfile_SSO signs in by IAM Identity Center: its token gives a session, with which calls are signed.
func TestProfile_SSO(t *testing.T) {
	tomorrow, yesterday := time.Now().Add(24*time.Hour), time.Now().Add(-24*time.Hour)
	asked, refuse, signed := []string(nil), "", ""
	play := func(r *http.Request) (int, string) {
		asked = append(asked, r.URL.Path)
		switch {
		case r.URL.Path != "/federation/credentials":
			signed = r.Header.Get("Authorization")
			return http.StatusOK, identity
		case refuse == "UnauthorizedException":
			return http.StatusUnauthorized, `{"__type":"UnauthorizedException","message":"Session token not found or invalid"}`
		case refuse != "":
			return http.StatusForbidden, `{"__type":"` + refuse + `","message":"No access"}`
		}
		assert.Equal(t, "planted-token", r.Header.Get("x-amz-sso_bearer_token"))
		assert.Equal(t, "account_id=123456789012&role_name=ReadBills", r.URL.RawQuery)
		return http.StatusOK, fmt.Sprintf(`{"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"planted","sessionToken":"s","expiration":%d}}`, tomorrow.UnixMilli())
	}
	who := computer(t, map[string]time.Time{"corp": tomorrow, "https://old.awsapps.com/start": yesterday}, play)
	said, err := who("billing", nil)
	require.NoError(t, err)
	assert.Contains(t, said, "assumed-role/ReadBills")
	assert.Contains(t, signed, "Credential=ASIASSO/")
	assert.Equal(t, []string{"/federation/credentials", "/"}, asked)

	asked = nil
	_, err = who("old", nil)
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err), "%v", err)
	assert.Contains(t, finops.MessageOf(err), "Run `aws sso login --profile old`")
	assert.Empty(t, asked, "a token that has ended is not sent")

	for _, c := range [][2]string{{"UnauthorizedException", "Run `aws sso login --profile billing`"}, {"ForbiddenException", "does not give the role"}} { // somebody has signed out; a role was taken away
		refuse = c[0]
		_, err = who("billing", nil)
		assert.Equal(t, finops.CodeDenied, finops.CodeOf(err), "%v", err)
		assert.Contains(t, finops.MessageOf(err), c[1])
		assert.NotContains(t, fmt.Sprintf("%+v", err), "planted")
	}
}

// TestRole_ExternalID: what the trust policy asks for is sent, with the keys of the person.
func TestRole_ExternalID(t *testing.T) {
	var role, external string
	who := computer(t, nil, func(r *http.Request) (int, string) {
		if r.PostFormValue("Action") != "AssumeRole" {
			return http.StatusOK, identity
		}
		role, external = r.PostFormValue("RoleArn"), r.PostFormValue("ExternalId")
		assert.Contains(t, r.Header.Get("Authorization"), "Credential=AKIAPROFILE/")
		return http.StatusOK, `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>planted</SecretAccessKey><SessionToken>s</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`
	})
	_, err := who("keys", map[string]string{"role_arn": "arn:aws:iam::222222222222:role/ReadBills", "external_id": "ws-7f2"})
	require.NoError(t, err)
	assert.Equal(t, []string{"arn:aws:iam::222222222222:role/ReadBills", "ws-7f2"}, []string{role, external})
}
