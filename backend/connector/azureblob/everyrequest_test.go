package azureblob_test

import (
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/sas"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azureblob"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/source"
)

// TestEveryRequest ends the token of a service principal, and breaks the line, at each request of a list in several pages, of manifests and of parts. A stand-in checks the
// tokens, which Azurite does not, and passes on what shows one that has not ended.
func TestEveryRequest(t *testing.T) {
	p := place(t)
	put(t, p, sep1, sep2, sepOf, oct1, octOf)
	key, err := container.NewSharedKeyCredential(connectortest.AzuriteAccount, connectortest.AzuriteKey)
	require.NoError(t, err)
	signed, err := sas.BlobSignatureValues{
		Protocol: sas.ProtocolHTTPSandHTTP, ExpiryTime: time.Now().UTC().Add(time.Hour), ContainerName: p.Values["container"], Permissions: (&sas.ContainerPermissions{Read: true, List: true}).String(),
	}.SignWithSharedKey(key)
	require.NoError(t, err)
	target, err := url.Parse(strings.TrimSuffix(p.Values["endpoint"], "/"+connectortest.AzuriteAccount))
	require.NoError(t, err)
	forward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Header.Del("Authorization")
		r.Out.URL.RawQuery += "&" + signed.Encode()
	}}
	tokens, valid := 0, ""
	connect := func(t *testing.T, plan func(*http.Request) *connectortest.Fault) source.Connection {
		t.Helper()
		address, _, via := connectortest.Entra(t, func(*http.Request) (int, string) {
			tokens++
			valid = fmt.Sprintf("planted-token-%d", tokens)
			return http.StatusOK, fmt.Sprintf(`{"token_type":"Bearer","expires_in":3599,"access_token":%q}`, valid)
		}, func(w http.ResponseWriter, r *http.Request) {
			connectortest.TwoAPage(r, "maxresults")
			if plan != nil {
				if fault := plan(r); fault != nil {
					panic(http.ErrAbortHandler)
				}
			}
			if r.Header.Get("Authorization") != "Bearer "+valid {
				w.Header().Set("X-Ms-Error-Code", "InvalidAuthenticationInfo")
				w.Header().Set("WWW-Authenticate", "Bearer authorization_uri=https://"+r.Host+"/72f988bf-0000-4000-8000-2d7cd011db47/oauth2/authorize resource_id=https://storage.azure.com")
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			forward.ServeHTTP(w, r)
		})
		return connectortest.Connect(t, azureblob.Connector{}, map[string]string{
			"account": connectortest.AzuriteAccount, "container": p.Values["container"], "prefix": "focus/", "endpoint": address + "/" + connectortest.AzuriteAccount, "authority": address,
			"tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": "planted",
		}, via)
	}
	for name, fault := range map[string]func(*http.Request) *connectortest.Fault{
		"TokenEnded": func(*http.Request) *connectortest.Fault { valid = "none"; return nil },
		"Reset":      func(*http.Request) *connectortest.Fault { return &connectortest.Fault{Reset: true} },
	} {
		t.Run(name, func(t *testing.T) { connectortest.AtEveryRequest(t, connect, fault) })
	}
}
