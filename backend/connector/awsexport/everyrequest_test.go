package awsexport_test

import (
	"fmt"
	"net/http"
	"testing"

	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/source"
)

// TestEveryRequest ends the session of a role, and cuts an answer, at each request of a list in several pages, of manifests and of parts.
func TestEveryRequest(t *testing.T) {
	p := place(t)
	for key, text := range p.Files {
		p.Put(t, key, text)
	}
	connect := func(t *testing.T, plan func(*http.Request) *connectortest.Fault) source.Connection {
		t.Helper()
		proxy := connectortest.NewFaults(t, p.Values["endpoint"], func(r *http.Request) *connectortest.Fault {
			connectortest.TwoAPage(r, "max-keys")
			if plan == nil || r.Method != http.MethodGet { // signing in is another thing
				return nil
			}
			return plan(r)
		})
		return connectortest.Connect(t, awsexport.Connector{}, values(proxy.URL, "prefix", "exp/", "role_arn", "arn:aws:iam::222222222222:role/ReadBills"), reach(t))
	}
	t.Run("DropsAgain", func(t *testing.T) {
		connectortest.DropsAgain(t, connect, func(r *http.Request) bool { return !r.URL.Query().Has("list-type") }, 25)
	})
	for name, fault := range map[string]connectortest.Fault{
		"SessionEnded": {Status: 400, Body: fmt.Sprintf(errorText, "ExpiredToken", "The provided token has expired.")},
		"Cut":          {Cutoff: true, Cut: 10},
	} {
		t.Run(name, func(t *testing.T) {
			connectortest.AtEveryRequest(t, connect, func(*http.Request) *connectortest.Fault { return &fault })
		})
	}
}
