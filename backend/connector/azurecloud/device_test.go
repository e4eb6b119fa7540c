package azurecloud_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// TestDeviceCode_Renewed: a sign-in by a person is renewed without the person, whether its token has ended or Azure refuses it, and whatever the network
// does meanwhile. Only where Microsoft Entra ID does not renew it any more the person signs in again.
func TestDeviceCode_Renewed(t *testing.T) {
	const challenge = `{"access_token":{"nbf":{"essential":true,"value":"1796000000"}}}`
	for name, c := range map[string]struct {
		goodFor  time.Duration // of the first token
		refuses  string        // header of the refusal of the first token; "" = it is accepted
		renewal  []int         // statuses of the answers to who renews
		claims   string        // that the renewal asks for
		prompts  int
		renewals int
	}{
		"its time is over":          {time.Second, "", []int{200}, "xms_cc", 1, 1},
		"refused":                   {time.Hour, `Bearer authorization_uri="https://x", error="invalid_token"`, []int{200}, `"nbf":{"essential":true`, 1, 1},
		"refused with a challenge":  {time.Hour, `Bearer error="insufficient_claims", claims="` + base64.StdEncoding.EncodeToString([]byte(challenge)) + `"`, []int{200}, `"value":"1796000000"`, 1, 1},
		"refused, and Entra faulty": {time.Hour, "Bearer", []int{503, 429, 200}, `"nbf":{"essential":true`, 1, 3},
		"no longer renewed":         {time.Hour, "Bearer", []int{400}, "", 2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			prompts, renewals, signIns := 0, 0, 0
			address, _, via := connectortest.Entra(t, func(r *http.Request) (int, string) {
				if r.FormValue("grant_type") != "refresh_token" {
					if signIns++; signIns > 1 {
						return http.StatusOK, connectortest.SignedIn(r, "planted-second", time.Hour)
					}
					return http.StatusOK, connectortest.SignedIn(r, "planted-first", c.goodFor)
				}
				status := c.renewal[min(renewals, len(c.renewal)-1)]
				renewals++
				assert.Equal(t, "planted-refresh", r.FormValue("refresh_token"))
				assert.Contains(t, r.FormValue("claims"), c.claims)
				if status != http.StatusOK {
					return status, `{"error":"invalid_grant","error_codes":[50173]}`
				}
				return status, connectortest.SignedIn(r, "planted-second", time.Hour)
			}, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case strings.HasSuffix(r.URL.Path, "/devicecode"):
					_, _ = fmt.Fprint(w, `{"user_code":"GH7K2","device_code":"planted-device-code","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":1,"message":"x"}`)
				case c.refuses != "" && r.URL.Path == "/second" && r.Header.Get("Authorization") == "Bearer planted-first":
					w.Header().Set("WWW-Authenticate", c.refuses)
					w.WriteHeader(http.StatusUnauthorized)
				default:
					_, _ = fmt.Fprintf(w, "%q", strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer planted-"))
				}
			})
			via.SignIn = &source.Kept{}
			via.Prompt = func(ctx context.Context, _ source.Prompt) (string, error) {
				prompts++
				<-ctx.Done()
				return "", context.Cause(ctx)
			}
			signIn, err := azurecloud.ParseSignIn(map[string]string{"tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "device_code": "on", "authority": address})
			require.NoError(t, err)
			session, err := signIn.Open(via)
			require.NoError(t, err)
			m := &azurecloud.Management{Session: session, Lane: via.Door.Lane(network.API{Name: "x", PerSecond: 100, Burst: 1}, "x", nil), Endpoint: address, Refused: func(status int, text []byte) error {
				_, cause := azurecloud.Said(status, text)
				return azurecloud.Faulty(status, cause)
			}}
			for i, path := range []string{"/first", "/second", "/third"} {
				_, _, text, err := m.Ask(t.Context(), address+path, nil)
				require.NoError(t, err, finops.MessageOf(err))
				assert.Equal(t, []string{`"first"`, `"second"`, `"second"`}[i], string(text))
			}
			assert.Equal(t, []int{c.prompts, c.renewals}, []int{prompts, renewals}, "prompts and renewals")
		})
	}
}
