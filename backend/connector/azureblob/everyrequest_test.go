package azureblob_test

import (
	"net/http"
	"testing"

	"cloud-intelligence/backend/connector/azureblob"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/source"
)

// TestEveryRequest ends the token of a service principal, and breaks the line, at each request of a list in several pages, of manifests and of parts.
func TestEveryRequest(t *testing.T) {
	p := place(t)
	put(t, p, sep1, sep2, sepOf, oct1, octOf)
	var blobs *connectortest.TokenBlobs // of the connection that was made last
	connect := func(t *testing.T, plan func(*http.Request) *connectortest.Fault) source.Connection {
		t.Helper()
		blobs = connectortest.NewTokenBlobs(t, connectortest.Container{Address: p.Values["endpoint"], Name: p.Values["container"]}, func(r *http.Request) *connectortest.Fault {
			connectortest.TwoAPage(r, "maxresults")
			if plan == nil {
				return nil
			}
			return plan(r)
		})
		return connectortest.Connect(t, azureblob.Connector{}, map[string]string{
			"account": connectortest.AzuriteAccount, "container": p.Values["container"], "prefix": "focus/", "endpoint": blobs.URL, "authority": blobs.Entra,
			"tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": "planted",
		}, blobs.Reach)
	}
	for name, fault := range map[string]func(*http.Request) *connectortest.Fault{
		"TokenEnded": func(*http.Request) *connectortest.Fault { blobs.End(); return nil },
		"Reset":      func(*http.Request) *connectortest.Fault { return &connectortest.Fault{Reset: true} },
	} {
		t.Run(name, func(t *testing.T) { connectortest.AtEveryRequest(t, connect, fault) })
	}
}
