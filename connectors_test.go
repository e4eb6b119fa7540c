package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/source"
)

// identity is what AWS answers to who asks who signed in.
const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/a</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

// TestConnectors_OtherEndpoints gives each connector other addresses for all that it reaches, switches everything on, and wants that no other host is contacted: private links, other clouds and
// emulators are reached by options alone.
func TestConnectors_OtherEndpoints(t *testing.T) {
	signIn := connectortest.NewGoogleSignIn(t)
	needed := map[string]map[string]string{
		"aws-exports":        {"bucket": "acme-billing", "access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": "planted", "region": "eu-central-1"},
		"aws-cost-explorer":  {"access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": "planted"},
		"azure-exports":      {"account": "acmebilling", "container": "exports"},
		"azure-cost-details": {"scope": connectortest.CostDetailsScope},
		"azure-cost-query":   {"scope": connectortest.CostDetailsScope},
		"bigquery-export":    {"project": "acme-pays", "dataset": "acme-finance.billing", "service_account_key": signIn.Key, "impersonate": connectortest.GoogleOther},
		"gcs-exports":        {"bucket": "acme-billing", "service_account_key": signIn.Key, "impersonate": connectortest.GoogleOther},
	}
	for _, k := range connectors() {
		if k.Name() == "folder" {
			continue
		}
		t.Run(k.Name(), func(t *testing.T) {
			address, _, via := connectortest.Entra(t, func(*http.Request) (int, string) {
				return http.StatusOK, `{"token_type":"Bearer","expires_in":3599,"access_token":"planted-token"}`
			}, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.Method == http.MethodPost && strings.Contains(r.FormValue("Action"), "GetCallerIdentity"):
					_, _ = fmt.Fprint(w, identity)
				case strings.HasSuffix(r.URL.Path, ":generateAccessToken"):
					_, _ = fmt.Fprint(w, `{"accessToken":"planted-token","expireTime":"2099-01-01T00:00:00Z"}`)
				case r.URL.Query().Get("list-type") == "2":
					_, _ = fmt.Fprint(w, `<ListBucketResult></ListBucketResult>`)
				case r.URL.Query().Get("comp") == "list":
					w.Header().Set("Content-Type", "application/xml")
					_, _ = fmt.Fprint(w, `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="exports"><Blobs></Blobs><NextMarker/></EnumerationResults>`)
				case strings.HasPrefix(r.URL.Path, "/storage/v1/b/"):
					_, _ = fmt.Fprint(w, `{}`)
				default:
					w.WriteHeader(http.StatusForbidden)
				}
			})
			values := map[string]string{}
			for _, o := range k.Options() {
				switch {
				case strings.HasSuffix(o.Name, "endpoint") || o.Name == "authority":
					values[o.Name] = address
				case o.Switch && o.Name != "device_code":
					values[o.Name] = "on"
				case strings.Contains(o.Name, "regions"):
					values[o.Name] = map[bool]string{true: "eu-central-1", false: "europe-west4"}[strings.HasPrefix(k.Name(), "aws")]
				case o.Name == "client_id":
					values["tenant_id"], values["client_id"], values["client_secret"] = "72f988bf-0000-4000-8000-2d7cd011db47", "11111111-0000-4000-8000-000000000001", "planted"
				}
			}
			require.NotEmpty(t, needed[k.Name()], "a new kind of connection")
			for name, value := range needed[k.Name()] {
				values[name] = value
			}
			c := connectortest.Connect(t, k, values, via)
			c.Test(t.Context())
			var beside []source.Object
			_ = c.List(t.Context(), func(o source.Object) error { beside = append(beside, o); return nil })
			for _, o := range beside {
				_ = c.Fetch(t.Context(), o, io.Discard) // what is refused was asked
			}
			contacts := via.Door.TakeContacts()
			require.NotEmpty(t, contacts)
			ours, err := url.Parse(address)
			require.NoError(t, err)
			tokens, err := url.Parse(signIn.URL) // the key of a service account says where
			require.NoError(t, err)
			for _, contact := range contacts {
				assert.Contains(t, []string{ours.Host, tokens.Host}, contact.Host, contact.Purpose)
			}
			assert.Greater(t, len(contacts), 1+len(beside)/3, "not the sign-in alone: %v", contacts)
		})
	}
}
